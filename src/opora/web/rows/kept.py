"""By which verbs of the trade the rows of each table are entered, corrected and ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any, get_args, get_type_hints

from django.db import transaction

from opora.community import models as community
from opora.community.domain import association, contest, event, experience, meeting, membership, project, site, theme
from opora.indicators.dataset.cells import Value
from opora.indicators.dataset.schema import Column, Kind
from opora.learning import models as learning
from opora.learning.domain import deficit, diagnostic, mentorship, plan, programme, route, support, training
from opora.people import models as people
from opora.people.domain import (
    attestation,
    duty,
    education,
    employment,
    leave,
    organisation,
    organisation_ends,
    person,
    staffing,
    teaching,
    team,
)
from opora.people.domain import experience as career
from opora.records import models as records
from opora.records.domain import collection, coverage, document, letter, measure, visit
from opora.registry.batch import Correction, Ending
from opora.registry.batch.columns import columns_of, period_fields, value_of
from opora.registry.models import Row
from opora.registry.scope import Actor
from opora.web.declared import Declared

Verb = Callable[..., Sequence[Any]]


@dataclass(frozen=True)
class Kept(Declared):
    new: type[Any]
    """What is told of a new row."""
    enter: Verb
    correct: Verb
    end: Verb | None = None
    ending: type[Ending] = Ending
    enter_together: Verb | None = None
    """For many at a time, where that finds out more by itself."""

    @cached_property
    def columns(self) -> dict[str, Column]:
        """All of them; what may be corrected."""
        model: type[Row] = self.model
        return columns_of(model)

    @cached_property
    def entered(self) -> dict[str, Column]:
        """Of a new row: what its verb is told, and what it must be told; the rest it finds out by itself."""
        hints = get_type_hints(self.new)
        told = {each.name: type(None) not in get_args(hints[each.name]) for each in fields(self.new)}
        return {name: replace(column, required=told[name]) for name, column in self.columns.items() if name in told}

    @property
    def end_field(self) -> str:
        return period_fields(self.model)[1]

    def values(self, row: Row) -> dict[str, Value]:
        """What stands in it, by the names of the fields; of a reference, the id."""
        return {name: value_of(row, name) for name in self.columns}

    def add(self, values: Mapping[str, Value], *, municipality: int, by: Actor) -> Row:
        (row,) = self.enter([self.new(**values)], municipality=municipality, by=by)
        made: Row = row
        return made

    def add_together(self, told: Sequence[Mapping[str, Value]], *, municipality: int, by: Actor) -> Sequence[Row]:
        verb = self.enter_together or self.enter
        return verb([self.new(**values) for values in told], municipality=municipality, by=by)

    def change(self, corrections: Sequence[Correction], *, municipality: int, by: Actor) -> Sequence[Row]:
        return self.correct(corrections, municipality=municipality, by=by)

    def finish(self, rows: Sequence[int], until: dt.date, *, municipality: int, by: Actor) -> Sequence[Row]:
        """Of rows without an end."""
        assert self.end is not None
        return self.end([self.ending(row=row, until=until) for row in rows], municipality=municipality, by=by)


@dataclass(frozen=True)
class KeptPeople(Kept):
    """Somebody new comes with her place of work: without one no school could enter her."""

    @cached_property
    def entered(self) -> dict[str, Column]:
        job = {name: replace(column, required=False) for name, column in columns_of(people.Employment).items()}
        return super().entered | {name: job[name] for name in _OF_HER_JOB} | {"namesake": _NAMESAKE}

    def add(self, values: Mapping[str, Value], *, municipality: int, by: Actor) -> Row:
        """Raises ``Refused`` also where only a part of the job is told."""
        job = {name: values[name] for name in _OF_HER_JOB}
        card = {name: value for name, value in values.items() if name not in job}
        with transaction.atomic():
            found = super().add(card | {"namesake": bool(card["namesake"])}, municipality=municipality, by=by)
            if any(value is not None for value in job.values()):
                KEPT["employment"].add(job | {"person": found.pk}, municipality=municipality, by=by)
        return found


_OF_HER_JOB = ("organisation", "staff_group", "post", "position", "kind", "rate", "since")
_NAMESAKE = Column(
    "namesake",
    Kind.FLAG,
    "Это однофамилец",
    "Отметьте «да», если Опора сказала, что такой человек уже есть, а это другой",
)


_KEPT = (
    Kept(people.Organisation, organisation.NewOrganisation, organisation.open_organisations, organisation.correct_organisations, organisation_ends.close),
    Kept(people.OrganisationStatus, organisation.NewStatus, organisation.declare_status, organisation.correct_statuses, organisation.lift_status),
    KeptPeople(people.Person, person.NewPerson, person.enter_people, person.correct_people),
    Kept(people.Employment, employment.Job, employment.employ, employment.correct_jobs, employment.dismiss),
    Kept(people.Leave, leave.Absence, leave.go_on_leave, leave.correct_leaves, leave.return_from_leave),
    Kept(people.Teaching, teaching.Lessons, teaching.assign_teaching, teaching.correct_teaching, teaching.end_teaching),
    Kept(people.Staffing, staffing.StaffedPost, staffing.set_staffing, staffing.correct_staffing, staffing.end_staffing),
    Kept(people.Vacancy, staffing.OpenPost, staffing.open_vacancies, staffing.correct_vacancies, staffing.close_vacancies),
    Kept(people.Experience, career.StatedExperience, career.state_experience, career.correct_experience),
    Kept(people.Education, education.Diploma, education.record_education, education.correct_education),
    Kept(people.ProfileMatch, education.Ruling, education.rule_on_profile, education.correct_rulings),
    Kept(people.Attestation, attestation.Award, attestation.attest, attestation.correct_attestations, attestation.end_attestations),
    Kept(people.Team, team.NewTeam, team.form_teams, team.correct_teams, team.dissolve_teams),
    Kept(people.TeamMember, team.NewMember, team.join_teams, team.correct_members, team.leave_teams),
    Kept(people.Responsibility, duty.Appointment, duty.appoint, duty.correct_responsibilities, duty.relieve),
    Kept(people.ExpertRole, duty.Expertise, duty.give_expert_roles, duty.correct_expert_roles, duty.end_expert_roles),
    Kept(learning.Instrument, diagnostic.NewInstrument, diagnostic.enter_instruments, diagnostic.correct_instruments),
    Kept(learning.DiagnosticResult, diagnostic.Result, diagnostic.record_results, diagnostic.correct_results),
    Kept(learning.Deficit, deficit.FoundDeficit, deficit.open_deficits, deficit.correct_deficits, deficit.close_deficits),
    Kept(learning.Route, route.NewRoute, route.open_routes, route.correct_routes, route.close_routes),
    Kept(learning.RouteStep, route.NewStep, route.add_steps, route.correct_steps),
    Kept(learning.Support, support.Help, support.record_support, support.correct_support),
    Kept(learning.TrainingProgramme, programme.NewProgramme, programme.enter_programmes, programme.correct_programmes),
    Kept(learning.TrainingPlan, plan.NewPlan, plan.approve_plans, plan.correct_plans, plan.end_plans),
    Kept(learning.TrainingRequest, plan.Request, plan.request_courses, plan.correct_requests),
    Kept(learning.Training, training.Course, training.record_courses, training.correct_courses, enter_together=training.record_together),
    Kept(learning.Mentorship, mentorship.Pair, mentorship.begin_mentorships, mentorship.correct_mentorships, mentorship.end_mentorships, mentorship.PairEnding),
    Kept(learning.Adaptation, mentorship.Conclusion, mentorship.conclude_adaptation, mentorship.correct_conclusions),
    Kept(community.Association, association.NewAssociation, association.found_associations, association.correct_associations, association.close_associations),
    Kept(community.Membership, membership.NewMembership, membership.join, membership.correct_memberships, membership.leave),
    Kept(community.Meeting, meeting.NewMeeting, meeting.hold_meetings, meeting.correct_meetings),
    Kept(community.Attendance, meeting.Mark, meeting.mark_attendance, meeting.correct_attendance),
    Kept(community.MethodicalTheme, theme.NewTheme, theme.set_themes, theme.correct_themes, theme.end_themes),
    Kept(community.Event, event.NewEvent, event.hold_events, event.correct_events),
    Kept(community.Participation, event.NewPart, event.take_part, event.correct_participation),
    Kept(community.Contest, contest.NewContest, contest.announce_contests, contest.correct_contests),
    Kept(community.ContestEntry, contest.Entry, contest.enter_contests, contest.correct_entries),
    Kept(community.Presentation, experience.NewPresentation, experience.record_presentations, experience.correct_presentations),
    Kept(community.Publication, experience.NewPublication, experience.record_publications, experience.correct_publications),
    Kept(community.Material, experience.NewMaterial, experience.record_materials, experience.correct_materials),
    Kept(community.Practice, experience.NewPractice, experience.open_practices, experience.correct_practices, experience.close_practices),
    Kept(community.Project, project.NewProject, project.begin_projects, project.correct_projects, project.end_projects),
    Kept(community.ProjectParticipant, project.NewParticipant, project.join_projects, project.correct_participants, project.leave_projects),
    Kept(community.InnovationSite, site.NewSite, site.give_site_status, site.correct_sites, site.end_sites),
    Kept(records.Document, document.NewDocument, document.enact, document.correct_documents, document.end_documents),
    Kept(records.Collection, collection.NewCollection, collection.announce_collections, collection.correct_collections),
    Kept(records.CardAnswer, collection.Answer, collection.answer_cards, collection.correct_answers),
    Kept(records.SurveyResult, collection.Survey, collection.record_surveys, collection.correct_surveys),
    Kept(records.Coverage, coverage.Completeness, coverage.declare_coverage, coverage.correct_coverage),
    Kept(records.Measure, measure.NewMeasure, measure.plan_measures, measure.correct_measures),
    Kept(records.Execution, measure.Done, measure.mark_executed, measure.correct_executions),
    Kept(records.Recommendation, letter.NewRecommendation, letter.recommend, letter.correct_recommendations),
    Kept(records.Circular, letter.NewCircular, letter.send_circulars, letter.correct_circulars),
    Kept(records.Acknowledgement, letter.Reading, letter.acknowledge, letter.correct_acknowledgements),
    Kept(records.Visit, visit.NewVisit, visit.record_visits, visit.correct_visits),
    Kept(records.AssessmentResult, visit.Assessment, visit.record_assessments, visit.correct_assessments),
)  # fmt: skip
KEPT = {kept.name: kept for kept in _KEPT}
"""By the names of the tables."""
