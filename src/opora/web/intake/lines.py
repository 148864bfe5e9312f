"""The lines of a batch, one kind at a time: what each is, what changes, and what somebody decides of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from opora.indicators.dataset.tables import STORED
from opora.intake.domain.as_json import place_of
from opora.intake.domain.verbs import settle
from opora.intake.models import IntakeBatch, IntakeLine
from opora.intake.plan import Answer, Fate, Say
from opora.privacy.reading import log_reading
from opora.registry.verbs import Refused
from opora.web.gate import Request
from opora.web.intake.batch import kinds_of, row_address
from opora.web.intake.cards import Card, cards_of
from opora.web.intake.reach import batch_of
from opora.web.intake.said import Becomes, Said, Told
from opora.web.intake.states import ANSWERED, KINDS, Kind, badge_of
from opora.web.refusals import tell_above

_SIZE = 30
_BACK = "back"
_AS_IN_FILES = ("file__number", "place__sheet", "place__row", "number")
"""All that one row of a file says stands together."""
_RIGHT, _SURE, _NEW, _LEAVE = (
    (str(Say.RIGHT), "Верно, как прочитано"),
    (str(Say.SURE), "Без сомнительного"),
    (str(Say.NEW), "Нет, это новая строка"),
    (str(Say.LEAVE), "Не вносить"),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A line as the page tells of it."""

    number: int
    about: str
    title: str
    place: str
    reason: str
    url: str
    changes: list[Becomes]
    cells: list[Told]
    """What the file says; told where one must choose."""
    cards: list[Card]
    answers: list[tuple[str, str]]


def lines(request: Request, pk: int) -> HttpResponseBase:
    kept = batch_of(request.standing, pk)
    kind = _kind(request.GET.get("kind", ""), kept)
    if request.method == "POST":
        return _settled(request, kept, kind)
    found = _of_kind(kept, kind).select_related("file").defer("file__content").order_by(*_AS_IN_FILES)
    page = Paginator(found, _SIZE).get_page(request.GET.get("page"))
    shown = _shown(kept, list(page.object_list))
    people = {line.person_id for line in page.object_list if line.person_id} | _compared(shown)
    log_reading(people, by=request.standing.actor, what="приём сведений", own=request.user.person_id)
    context = {
        "batch": kept,
        "state": badge_of(kept).__html__(),
        "kind": kind,
        "kinds": kinds_of(kept),
        "page": page,
        "lines": shown,
        "together": [_RIGHT, _SURE, _LEAVE] if kind.code == Fate.UNSURE else [],
    }
    return render(request, "intake/lines.html", context)


def _of_kind(kept: IntakeBatch, kind: Kind) -> QuerySet[IntakeLine]:
    return kept.lines.exclude(answer=None) if kind is ANSWERED else kept.lines.filter(fate=kind.code)


def _kind(code: str, kept: IntakeBatch) -> Kind:
    """The one asked for, or the first of which there is something."""
    there = [kind for kind, _ in kinds_of(kept)]
    return next((kind for kind in (*KINDS, ANSWERED) if kind.code == code), there[0] if there else KINDS[0])


def _shown(kept: IntakeBatch, found: list[IntakeLine]) -> list[Shown]:
    said, cards = Said(kept, found), cards_of(found)
    return [_line(line, said, cards) for line in found]


def _compared(shown: Iterable[Shown]) -> set[int]:
    """Whose cards stand beside lines."""
    return {card.pk for line in shown for card in line.cards if card.of_person}


def _line(line: IntakeLine, said: Said, cards: Mapping[tuple[str, str], Card]) -> Shown:
    own = [card for key in line.choices if (card := cards.get((line.table_name, key)))]
    return Shown(
        line.number,
        said.about(line),
        STORED[line.table_name].words.one,
        str(place_of(line.place)),
        line.reason,
        row_address(line),
        said.changes(line),
        said.cells(line) if own or not line.changes else [],
        own,
        _answers(line, own),
    )


def _answers(line: IntakeLine, cards: Iterable[Card]) -> list[tuple[str, str]]:
    """What may be said of it, by the values of its buttons."""
    if line.answer is not None:
        return [(_BACK, "Взять ответ назад")]
    if line.fate != Fate.UNSURE:
        return []
    if line.choices:
        return [*_rows(line, cards), _NEW, _LEAVE]
    there = [_NEW] if line.table_name == "person" and line.row else []
    return [_RIGHT, _SURE, *there, _LEAVE]


def _rows(line: IntakeLine, cards: Iterable[Card]) -> list[tuple[str, str]]:
    """By the numbers of the cards: namesakes are called alike."""
    told = [(card.key, f"Это {number}, {card.title}") for number, card in enumerate(cards, start=1)]
    same = [(f"{Say.ROW} {key}", words) for key, words in told]
    renamed = [(f"{Say.RENAMED} {key}", f"{words}; имя верно в файле") for key, words in told]
    return [*same, *renamed] if line.table_name == "person" else same


def _settled(request: Request, kept: IntakeBatch, kind: Kind) -> HttpResponseBase:
    answers = _told(request.POST, kept)
    try:
        if answers:
            settle(kept.pk, answers, municipality=kept.municipality_id, by=request.standing.actor)
            return redirect("intake_batch", kept.pk)
    except Refused as refused:
        tell_above(request, refused)
    return redirect(f"{reverse('intake_lines', args=[kept.pk])}?{urlencode({'kind': kind.code})}")


def _told(sent: QueryDict, kept: IntakeBatch) -> dict[int, Answer | None]:
    """Line by line; of those that nothing was said of, what is said of all."""
    shown = [int(number) for number in sent.getlist("line") if number.isdigit()]
    told: dict[int, Answer | None] = {number: None for number in shown if sent.get(f"answer-{number}") == _BACK}
    choices = dict(kept.lines.filter(number__in=shown, fate=Fate.UNSURE).values_list("number", "choices"))
    for number, keys in choices.items():
        answer = _answer(sent.get(f"answer-{number}") or ("" if keys else sent.get("all", "")), keys)
        if answer is not None:
            told[number] = answer
    return told


def _answer(said: str | None, keys: list[str]) -> Answer | None:
    word, _, row = (said or "").partition(" ")
    if word in (Say.ROW, Say.RENAMED) and row in keys:
        return Answer(Say(word), row)
    return Answer(Say(word)) if word in (Say.RIGHT, Say.SURE, Say.NEW, Say.LEAVE) else None
