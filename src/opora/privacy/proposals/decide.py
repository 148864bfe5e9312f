"""The verbs of those who keep her card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from opora.privacy.models import Proposal, ProposalFile
from opora.privacy.models.proposal import Verdict
from opora.privacy.proposals.propose import NewProposal, write
from opora.privacy.proposals.subjects import SUBJECTS, of_json
from opora.registry.scope import Actor
from opora.registry.verbs import Refused, Sitting, sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    proposal: int
    """Id."""
    words: str = ""
    """What she will read; who declines says why."""


def confirm(answers: Sequence[Answer], *, municipality: int, by: Actor) -> list[Proposal]:
    """Each is written into its table by the verb of that table, as if who confirms had entered it."""
    with sitting(municipality, by, "предложения педагогов") as s:
        rows = _waiting(s, answers)
        s.refuse_faults()
        for place, row in enumerate(rows):
            row.row_id = _written(s, place, row, by) or row.row_id
        s.refuse_faults()
        return _decided(rows, answers, Verdict.CONFIRMED, by)


def decline(answers: Sequence[Answer], *, municipality: int, by: Actor) -> list[Proposal]:
    """The copy of the paper goes: nobody needs it any more."""
    with sitting(municipality, by, "предложения педагогов") as s:
        rows = _waiting(s, answers)
        for place, answer in enumerate(answers):
            if not answer.words.strip():
                s.fault(place, "words", "Не сказано, почему", "Напишите причину: её прочитает педагог")
        s.refuse_faults()
        ProposalFile.objects.filter(proposal__in=rows).delete()
        return _decided(rows, answers, Verdict.DECLINED, by)


def _waiting(sitting: Sitting, answers: Sequence[Answer]) -> list[Proposal]:
    """In the order of the answers, held for this transaction."""
    asked = Proposal.objects.filter(pk__in=[each.proposal for each in answers], municipality=sitting.municipality)
    found = {row.pk: row for row in asked.order_by("pk").select_for_update(no_key=True)}
    for place, each in enumerate(answers):
        row = found.get(each.proposal)
        if row is None:
            sitting.fault(place, "", "Такого предложения нет, или его ведёт другая территория", "Обновите страницу")
        elif row.verdict is not None:
            sitting.fault(place, "", f"Уже {Verdict(row.verdict).label}", "Обновите страницу")
    return [found[each.proposal] for each in answers if each.proposal in found]


def _written(sitting: Sitting, place: int, row: Proposal, by: Actor) -> int | None:
    """The id of the row; None, and faults, where it is refused."""
    subject = SUBJECTS[row.table_name]
    columns = subject.entered if row.is_new else subject.corrected
    told = NewProposal(
        person=row.person_id,
        table=row.table_name,
        row=row.row_id,
        seen=None if row.seen is None else of_json(columns, row.seen),
        becomes=of_json(columns, row.becomes),
    )
    try:
        return write(subject, told, sitting.municipality, by)
    except Refused as refused:
        for fault in refused.faults:
            sitting.fault(place, fault.field, fault.message, fault.mend)
        return None


def _decided(rows: Sequence[Proposal], answers: Sequence[Answer], verdict: Verdict, by: Actor) -> list[Proposal]:
    now = timezone.now()
    for row, answer in zip(rows, answers, strict=True):
        row.verdict, row.answer, row.decided_at, row.decided_by = verdict, answer.words.strip(), now, by.user
    Proposal.objects.bulk_update(rows, ["verdict", "answer", "decided_at", "decided_by", "row_id"])
    return list(rows)
