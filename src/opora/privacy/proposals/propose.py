"""The verb of the person herself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from opora.indicators.dataset.cells import Unread, Value
from opora.indicators.dataset.schema import Column
from opora.privacy.models import Proposal
from opora.privacy.proposals import files
from opora.privacy.proposals.files import File
from opora.privacy.proposals.subjects import SUBJECTS, Subject
from opora.registry.batch import Correction
from opora.registry.batch.columns import checked
from opora.registry.scope import Actor
from opora.registry.verbs import Refused, Sitting, sitting

MOST_OPEN = 20
"""Of one person: who has so many undecided does not get a free disk from us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProposal:
    person: int
    table: str
    """One of ``SUBJECTS``."""
    becomes: Mapping[str, Value]
    """Of a correction, what is to change; of a new fact, all of it."""
    row: int | None = None
    """Id of what is to be corrected; None: it is a new fact."""
    seen: Mapping[str, Value] | None = None
    """What stood there, of every field that is to change."""
    words: str = ""
    file: File | None = None


def propose(proposals: Sequence[NewProposal], *, municipality: int, by: Actor) -> list[Proposal]:
    """What could not be written now, were it confirmed, is refused now: each is written and taken back."""
    with sitting(municipality, by, "предложения педагогов") as s:
        for place, each in enumerate(proposals):
            _refuse_unsound(s, place, each)
        s.refuse_faults()
        for place, each in enumerate(proposals):
            _try(s, place, each, by)
        s.refuse_faults()
        made = Proposal.objects.bulk_create(
            Proposal(
                municipality_id=municipality,
                person_id=each.person,
                table_name=each.table,
                row_id=each.row,
                seen=None if each.row is None else {name: (each.seen or {})[name] for name in each.becomes},
                becomes=dict(each.becomes),
                words=each.words.strip(),
            )
            for each in proposals
        )
        for proposal, each in zip(made, proposals, strict=True):
            if each.file:
                files.keep(proposal, each.file)
        return made


def write(subject: Subject, told: NewProposal, municipality: int, by: Actor) -> int:
    """Into its table, by the verb of that table: the id of the row. Raises ``Refused``."""
    if told.row is None:
        assert subject.enter is not None
        every: dict[str, Value] = dict.fromkeys(subject.entered)
        return int(subject.enter(told.person, every | dict(told.becomes), municipality, by).pk)
    correction = Correction(row=told.row, seen=told.seen or {}, becomes=told.becomes)
    return int(subject.correct([correction], municipality=municipality, by=by)[0].pk)


def _refuse_unsound(sitting: Sitting, place: int, told: NewProposal) -> None:
    subject = SUBJECTS[told.table]
    columns = subject.corrected if told.row is not None else subject.entered
    if unknown := told.becomes.keys() - columns.keys():
        raise ValueError(f"{told.table}: not to be proposed: {sorted(unknown)}")
    if told.row is None and subject.enter is None:
        raise ValueError(f"{told.table}: nothing new is proposed here")
    if told.row is not None and not subject.rows_of(told.person).filter(pk=told.row).exists():
        sitting.fault(place, "row", "Такой записи о вас нет", "Откройте свою карточку заново")
    if all(value in (None, "") for value in told.becomes.values()) and (told.row is None or not told.becomes):
        sitting.fault(place, "", "Ничего не вписано", "Впишите то, что нужно исправить или добавить")
    else:
        _refuse_values(sitting, place, told, columns)
    if told.file:
        files.refuse_unfit(sitting, place, told.file)
    if Proposal.objects.filter(person=told.person, verdict__isnull=True).count() >= MOST_OPEN:
        sitting.fault(place, "", f"Ответа ждут уже {MOST_OPEN} предложений", "Дождитесь ответа на прежние")


def _refuse_values(sitting: Sitting, place: int, told: NewProposal, columns: Mapping[str, Column]) -> None:
    """Of a correction only what it changes."""
    for name, column in columns.items():
        if told.row is not None and name not in told.becomes:
            continue
        if isinstance(found := checked(column, told.becomes.get(name)), Unread):
            sitting.fault(place, name, found.message, found.how_to_mend)


def _try(sitting: Sitting, place: int, told: NewProposal, by: Actor) -> None:
    try:
        with transaction.atomic():
            write(SUBJECTS[told.table], told, sitting.municipality, by)
            transaction.set_rollback(True)
    except Refused as refused:
        for fault in refused.faults:
            sitting.fault(place, fault.field, fault.message, fault.mend)
