"""Whose proposals a reader sees, and how they are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.safestring import SafeString

from opora.access.roles import Role
from opora.access.seeing import Standing, visible_to
from opora.indicators.dataset.cells import Value
from opora.people.models import Person
from opora.privacy.models import Proposal
from opora.privacy.models.proposal import Verdict
from opora.privacy.proposals import SUBJECTS, of_json
from opora.registry.batch.words import shown
from opora.web.layout.cells import Badge
from opora.web.person.timeline import TELLINGS
from opora.web.views.private import KEEPERS

_BADGES = {
    None: ("ждёт ответа", "info"),
    Verdict.CONFIRMED: ("подтверждено", "good"),
    Verdict.DECLINED: ("отклонено", "bad"),
}
_TELLINGS = {telling.model: telling for telling in TELLINGS}


@dataclass(frozen=True, slots=True)
class Fact:
    """One field of a proposal."""

    title: str
    was: str
    """Empty in a new fact."""
    becomes: str


def to_decide(standing: Standing) -> QuerySet[Proposal]:
    """Of those whose cards she keeps, her own left out: nobody confirms what she has proposed herself."""
    keeping = standing.only(*KEEPERS)
    people = visible_to(keeping, Person).values("pk")
    found = Proposal.objects.filter(person__in=people, municipality__in=keeping.territories())
    return found.exclude(person=standing.user.person_id) if standing.user.person_id else found


def hers(standing: Standing) -> QuerySet[Proposal]:
    """What she has proposed herself."""
    mine = standing.only(Role.EDUCATOR)
    me = standing.user.person_id if mine.grants else None
    return Proposal.objects.filter(person=me, municipality__in=mine.territories())


def seen(standing: Standing) -> QuerySet[Proposal]:
    return Proposal.objects.filter(Q(pk__in=to_decide(standing).values("pk")) | Q(pk__in=hers(standing).values("pk")))


def what(proposal: Proposal) -> str:
    """«Обучение: новая запись»."""
    kind = "новая запись" if proposal.is_new else "исправление"
    return f"{SUBJECTS[proposal.table_name].title.capitalize()}: {kind}"


def state(proposal: Proposal) -> Badge:
    return Badge(*_BADGES[Verdict(proposal.verdict) if proposal.verdict else None])


def badge(proposal: Proposal) -> SafeString:
    """The same, where it stands outside of a table."""
    return state(proposal).__html__()


def facts(proposal: Proposal) -> list[Fact]:
    """What she has left empty in a new fact is not told."""
    subject = SUBJECTS[proposal.table_name]
    columns = subject.entered if proposal.is_new else subject.corrected
    becomes, was = of_json(columns, proposal.becomes), of_json(columns, proposal.seen or {})

    def told(values: Mapping[str, Value], name: str) -> str:
        return "" if proposal.is_new and values.get(name) is None else shown(columns[name], values.get(name))

    return [
        Fact(column.title, "" if proposal.is_new else told(was, name), told(becomes, name))
        for name, column in columns.items()
        if name in becomes and not (proposal.is_new and becomes[name] is None)
    ]


def row_in_words(row: Any) -> str:
    """As her timeline tells it."""
    telling = _TELLINGS[type(row)]
    words = telling.tell(row, "person")
    day = getattr(row, telling.day)
    return ", ".join(filter(None, [words.title, words.detail, f"{day:%d.%m.%Y}" if day else ""]))
