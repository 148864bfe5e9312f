"""Formulas that together use every construct of the language, whatever the programmes happen to use."""

from __future__ import annotations

from tests.truth.counts import Indicator

OWN_DEFINITIONS = {
    "person": {
        "young": "educator and age < 35",
        "busy": "count of teaching >= 2",
        "main_kind": "organisation.kind",
        "last_level": "latest diagnostic_result ever .level",
    },
    "teaching": {
        "in_profile": "has education where (has profile_match via speciality "
        "where (subject = teaching.subject and fits)) ever"
    },
    "training": {"known_start": "started is known"},
}
"""Beside the standard ones."""

SHARES: dict[str, tuple[str, str]] = {
    "flag": ("passed", "training"),
    "not flag": ("not passed", "training ever"),
    "choice by code": ("form = distance", "training ever"),
    "choice by label": ('form = "дистанционная"', "training ever"),
    "choice among": ("form in (distance, mixed)", "training ever"),
    "choice unequal": ("result != achieved", "mentorship"),
    "code named as a column": ("measures = subject", "diagnostic_result ever"),
    "text": ('subject = "математика"', "teaching"),
    "text among": ('subject in ("математика", "химия")', "deficit"),
    "number": ("rate >= 0.5", "employment"),
    "number between": ("programme.hours between 16 and 72", "training ever"),
    "date between": ("since between (on - 5 years) and (on - 3 years)", "employment"),
    "date in period": ("approved_on in period", "route"),
    "date within": ("approved_on within 6 months", "route"),
    "date within of": ("done_on within 30 days of due", "route_step within 3 years"),
    "date since": ("approved_on since since", "route"),
    "date on": ("approved_on on since", "route"),
    "date ever": ("approved_on ever", "route"),
    "known": ("career_start is known", "educator"),
    "unknown": ("score is unknown", "diagnostic_result"),
    "condition known": ("young is known", "staff"),
    "years": ("years(born, on) < 35", "educator"),
    "years of two dates": ("years(since, until) >= 3", "employment ever"),
    "duration": ("tenure >= 3 years", "educator"),
    "date arithmetic": ("completed <= started + 6 months", "training ever"),
    "number arithmetic": ("planned_rate - filled_rate > 0.5 * 2", "staffing"),
    "division": ("below_threshold / participants >= 50%", "assessment_result"),
    "time words": ("since < period_start or since >= programme_start", "employment"),
    "keys unequal": ("mentee.organisation != mentor.organisation", "mentorship"),
    "path through a definition": ("organisation.kind = school", "educator"),
    "definition that ends in a choice": ("main_kind = preschool", "educator"),
    "definition of a reached row": ("person.young", "teaching"),
    "has": ("has training", "educator"),
    "has ever": ("has training ever", "educator"),
    "has where": ("has training where (passed and programme.kind = pk) within 3 years", "educator"),
    "has in previous period": ("has training in previous period", "educator"),
    "has within of": ("has support within 3 years of career_start", "educator"),
    "has since the programme": ("has training since programme_start", "educator"),
    "has since a date": ("has training since 2021-06-01", "educator"),
    "has since a column": ("has support since career_start", "educator"),
    "has on a date": ("has leave on programme_start", "educator"),
    "has on a column": ("has leave on born", "educator"),
    "state began": ("has attestation where (category in (first, highest)) began in period", "educator"),
    "state ended": ("has employment ended within 1 year", "staff"),
    "state during the period": ("has leave in period", "staff"),
    "state ever": ("has leave ever", "staff"),
    "role": ("has mentorship as mentor where (mentee.organisation != mentor.organisation)", "educator"),
    "via": ("has support via person in period", "route"),
    "shared person": ("has deficit", "training ever"),
    "shared organisation": ("has vacancy where (subject = teaching.subject)", "teaching"),
    "enclosing row": ("has training where (has deficit where (found_on <= training.started)) ever", "educator"),
    "farther enclosing row": (
        "has training where (has deficit where (topic = teaching.subject and found_on <= training.started)) ever",
        "teaching",
    ),
    "at least times": ("has training ever at least 2 times", "educator"),
    "at most times": ("has training ever at most 1 times", "educator"),
    "exactly times": ("has training ever exactly 1", "educator"),
    "at least people": ("has team_member at least 2 people", "team"),
    "at most people": ("has team_member where (role is known) at most 1 people", "team"),
    "exactly people": ("has team_member exactly 2 people", "team"),
    "at least percent": ("has attendance where (present) within 3 years at least 50%", "educator"),
    "at most percent": ("has attendance where (present) within 3 years at most 50%", "educator"),
    "exactly percent": ("has attendance where (present) within 3 years exactly 100%", "educator"),
    "every": ("every training ever satisfies (passed)", "educator"),
    "every where": ("every route_step where (due <= on) ever satisfies (done_on <= due)", "route ever"),
    "latest": ("latest diagnostic_result in period .level = high", "educator"),
    "latest by label": (
        'latest (diagnostic_result where (measures = "предметные") ever).level in (low, medium)',
        "staff",
    ),
    "latest of a state": ("latest attestation.category = highest", "educator"),
    "latest of a state, long ago": ("latest employment ever .organisation.kind = school", "staff"),
    "definition of the latest": ("last_level = low", "staff"),
    "latest compared with a row": ("latest (training ever).completed >= on - 2 years", "educator"),
    "count of rows": ("count of training ever >= 2", "educator"),
    "number before the count": ("2 <= count of training where (passed) ever", "educator"),
    "count between": ("count of training ever between 1 and 2", "educator"),
    "count among": ("count of training ever in (1, 3)", "educator"),
    "count unequal": ("count of training ever != 1", "educator"),
    "people of rows": ("people of team_member >= 2", "team"),
    "sum over rows": ("sum of hours over teaching >= 2", "educator"),
    "sum over a path": ("sum of programme.hours over training where (passed) ever < 72", "educator"),
    "mean over rows": ("mean of score over diagnostic_result ever >= 1", "educator"),
    "min over rows": ("min of since over attestation <= on - 3 years", "educator"),
    "max over rows": ("max of score over diagnostic_result ever > 1", "educator"),
    "spell": (
        "length >= 3 years",
        "spell ever and age_at_start < 35 and since between (on - 5 years) and (on - 3 years)",
    ),
    "spell and person": ("person.has_category", "spell"),
    "spells of a person": ("has spell where (length >= 3)", "staff"),
    "things in a window": ("date in period", "event within 3 years and level = regional"),
    "things that began": ("person.educator", "attestation began in period and category in (first, highest)"),
    "things that ended": ("person.educator", "employment ended in period"),
    "things since a column": ("person.educator", "training since started"),
    "entity": ("has training where (passed) ever", "training_programme and kind = pk"),
    "nested negation": ("not (has training ever and not has leave) or not staff", "person"),
    "definition with rows": ("busy", "staff"),
    "network": ("in_profile", "teaching and person.educator"),
    "register": ("in_federal_register", "training ever"),
    "nullable municipality": ("has contest_entry where (result in (winner, prize)) ever", "contest within 3 years"),
    "things of an owner's owner": ("has training via deficit ever", "route_step and deficit is known"),
    "a derived link": ("has training as deficit ever", "deficit"),
    "fulfilled": ("has training where (passed) ever", "training_request and not withdrawn"),
}
"""By what they show: the condition and ``of:``."""

ONCE_PER_PERSON = {"network", "things that began", "register", "number", "nullable person"}
"""Of the shares: those that are counted by person too."""

WHOLE: dict[str, Indicator] = {
    "count": {"count": "innovation_site and kind = lab"},
    "count people": {"count": "young and not has leave"},
    "count entries once per person": {"count": "contest_entry ever and result = winner", "once_per": "person"},
    "share once per person with teams": {
        "share": "result in (winner, prize)",
        "of": "contest_entry ever",
        "once_per": "person",
    },
    "sum of what may be negative": {"value": "sum(planned_rate - filled_rate of staffing and post = teacher)"},
    "people since the programme": {"count": "training since programme_start and passed"},
    "answers before": {"value": "sum(value of last_answer in previous period and base > 0) / 2"},
    "answers of an organisation": {"share": "has last_answer where (value > 0)", "of": "organisation"},
    "reported share": {"reported": "share", "code": "X-1"},
    "reported count": {"reported": "count", "code": "X-1"},
    "reported yes": {"reported": "yes", "code": "X-1"},
    "excluded": {"share": "age < 35", "of": "educator", "exclude": "on_leave or external_only"},
    "excluded count": {"count": "manager", "exclude": "on_leave"},
    "not excluded": {"count": "manager", "exclude": "none"},
    "nothing excluded of jobs": {"count": "employment", "exclude": "on_leave"},
    "ratio": {"ratio": {"of": "count(innovation_site)", "to": "count(organisation)"}},
    "ratio of sums": {
        "ratio": {"of": "sum(rate of employment)", "to": "sum(rate of employment) + sum(rate of vacancy)"},
    },
    "ratio with an exclusion": {"ratio": {"of": "count(young)", "to": "count(educator)"}, "exclude": "on_leave"},
    "value": {"value": "count(presentation) + 2 * count(publication) - count(practice began in period)"},
    "value of people": {"value": "people(presentation ever) / people(employment)"},
    "value of a share": {"value": "share(passed of training ever) * 100"},
    "mean": {"value": "mean(score of diagnostic_result)"},
    "min": {"value": "min(years(since, on) of employment)"},
    "max": {"value": "max(rate of employment and staff_group = educator)"},
    "yes if a count": {"yes_if": 'count(document and kind = plan and topic = "методический совет") >= 1'},
    "yes if a share": {"yes_if": "share(has document where (kind = plan) in period of association) = 100%"},
    "yes if both": {"yes_if": "count(event) >= 2 and not share(passed of training ever) < 50%"},
    "yes if between": {"yes_if": "count(event) between 1 and 3 or people(publication and topic is known) > 2"},
    "yes if a ratio": {"yes_if": "sum(positive of survey_result ever) / sum(respondents of survey_result ever) > 50%"},
    "yes if a mean": {"yes_if": "mean(score of diagnostic_result ever) >= 1"},
}

BREAKDOWNS: tuple[tuple[Indicator, str], ...] = (
    ({"share": "rate >= 0.5", "of": "employment"}, "post"),
    ({"share": "rate >= 0.5", "of": "employment"}, "organisation"),
    ({"share": "rate >= 0.5", "of": "employment"}, "organisation.kind"),
    ({"share": "in_profile", "of": "teaching and person.educator", "once_per": "person"}, "subject"),
    ({"share": "in_profile", "of": "teaching and person.educator", "once_per": "person"}, "person.organisation"),
    ({"share": "age < 35", "of": "educator"}, "organisation"),
    ({"share": "age < 35", "of": "educator", "exclude": "on_leave"}, "municipality"),
    ({"share": "age < 35", "of": "school_educator and not external_only"}, "post"),
    ({"share": "age < 35", "of": "teacher or manager"}, "staff_group"),
    ({"share": "age < 35", "of": "young and not manager"}, "organisation_kind"),
    ({"share": "age < 35", "of": "educator"}, "subject"),
    ({"share": "age < 35", "of": "has employment where (staff_group = educator) in period"}, "organisation"),
    ({"share": "age < 35", "of": "has employment where (since <= person.career_start) and educator"}, "organisation"),
    (
        {
            "share": "age < 35",
            "of": "has employment where (has vacancy via organisation where (since >= person.career_start)) ever",
        },
        "post",
    ),
    ({"share": "not (has attestation where (category = first))", "of": "educator"}, "attestation.category"),
    ({"share": "passed and person.educator", "of": "training ever"}, "person.organisation.kind"),
    ({"share": "has attestation where (category = first)", "of": "has attestation in period"}, "attestation.post"),
    ({"share": "age < 35", "of": "educator"}, "organisation.kind"),
    ({"share": "age < 35", "of": "educator"}, "sex"),
    ({"share": "has attestation where (category in (first, highest))", "of": "educator"}, "attestation.category"),
    ({"share": "has employment where (kind in (internal, external))", "of": "educator"}, "employment.kind"),
    ({"count": "educator and has attestation began within 3 years"}, "attestation.category"),
    ({"count": "educator and has_category"}, "attestation.post"),
    ({"count": "young"}, "organisation"),
    ({"share": "has training in period", "of": "educator"}, "training.programme.topic"),
    ({"share": "passed", "of": "training ever"}, "form"),
    ({"ratio": {"of": "count(event)", "to": "count(organisation)"}}, "municipality"),
    ({"ratio": {"of": "sum(rate of vacancy)", "to": "sum(rate of employment)"}}, "organisation"),
)


def shares() -> dict[str, Indicator]:
    found: dict[str, Indicator] = {name: {"share": share, "of": of} for name, (share, of) in SHARES.items()}
    for name in ONCE_PER_PERSON & found.keys():
        found[f"{name}, once per person"] = {**found[name], "once_per": "person"}
    return found


def own_indicators() -> dict[str, Indicator]:
    return {**shares(), **WHOLE}
