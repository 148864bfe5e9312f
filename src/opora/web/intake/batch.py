"""One batch: what is done with it, what it comes to, and the verbs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from opora.intake.domain.numbers import RESULT
from opora.intake.domain.verbs import ask_commit, ask_undo, drop, settle, tell
from opora.intake.models import Busy, IntakeBatch, IntakeFile, IntakeLine, State
from opora.intake.plan import Fate
from opora.papers.words import bounds, has_spread, out_of
from opora.registry.verbs import Refused
from opora.web.actors import names_of
from opora.web.gate import Request
from opora.web.intake.reach import batch_of
from opora.web.intake.states import ANSWERED, KINDS, Kind, badge_of
from opora.web.layout.number import Figure, figure_of
from opora.web.refusals import tell_above
from opora.web.rows.kept import KEPT
from opora.web.views.rows import address_of

_MOST_TOLD = 100
"""Of what could not be read, or what stands in the way: more is nobody's to read through."""


def _look_again(pk: int, **whose: Any) -> None:
    settle(pk, {}, **whose)


def _read_again(pk: int, **whose: Any) -> None:
    tell(pk, {}, **whose)


_ACTS: dict[str, Callable[..., None]] = {
    "commit": ask_commit,
    "undo": ask_undo,
    "again": _look_again,
    "reread": _read_again,
    "drop": drop,
}
_ASKED_TWICE = {
    "undo": (
        "Взять приём назад?",
        "Новые строки уйдут в архив, изменённые станут прежними — все сразу. Если от приёма уже зависит что-то новое, "
        "Опора назовёт это и ничего не тронет.",
        "Да, взять назад",
    ),
    "drop": (
        "Забыть приём?",
        "Файлы и всё, что вы о них ответили, удалятся. В реестре ничего не изменится.",
        "Да, забыть",
    ),
}
"""What cannot be done again with one press: the question, what follows, the button."""


@dataclass(frozen=True, slots=True)
class Moved:
    was: Figure
    becomes: Figure

    @property
    def sides(self) -> tuple[str, str]:
        """With n of N and the bounds: what is unknown may move alone."""
        return _told(self.was), _told(self.becomes)


@dataclass(frozen=True, slots=True)
class Programme:
    title: str
    moved: list[Moved]


@dataclass(frozen=True, slots=True)
class InTheWay:
    """Why a commit or an undo was refused; ``url``: the row that it is about."""

    message: str
    mend: str
    url: str = ""


def batch(request: Request, pk: int) -> HttpResponseBase:
    kept = batch_of(request.standing, pk)
    if request.method == "POST":
        return _acted(request, kept)
    makers = names_of({kept.made_by, kept.committed_by, kept.undone_by})
    context = {
        "batch": kept,
        "state": badge_of(kept).__html__(),
        "kinds": kinds_of(kept),
        "unsettled": kept.counts.get(Fate.UNSURE, 0) + kept.counts.get(Fate.WAITING, 0),
        "new": kept.counts.get(Fate.NEW, 0),
        "changed": kept.counts.get(Fate.CHANGED, 0),
        "files": [_File(file) for file in kept.files.defer("content", "told", "asked")],
        "programmes": list(_programmes(kept)),
        "counting": kept.state == State.PLANNED and kept.busy == Busy.NO and kept.numbers is None,
        "done": [(what, at, makers.get(who, who)) for what, at, who in _history(kept) if at],
        "refused": list(_in_the_way(kept)),
        "unknown": list(_unknown_organisations(kept)),
    }
    return render(request, "intake/batch.html", context)


def _history(kept: IntakeBatch) -> list[tuple[str, dt.datetime | None, str]]:
    return [
        ("Начат", kept.made_at, kept.made_by),
        ("Внесён", kept.committed_at, kept.committed_by),
        ("Отменён", kept.undone_at, kept.undone_by),
    ]


def kinds_of(kept: IntakeBatch) -> list[tuple[Kind, int]]:
    found = [(kind, count) for kind in KINDS if (count := kept.counts.get(kind.code, 0))]
    answered = kept.lines.exclude(answer=None).count() if kept.state == State.PLANNED else 0
    return [*found, (ANSWERED, answered)] if answered else found


class _File:
    """A file as the page tells of it."""

    def __init__(self, file: IntakeFile) -> None:
        self.name, self.size, self.count = file.name, file.size, len(file.misread)
        self.misread = file.misread[:_MOST_TOLD]


def _acted(request: Request, kept: IntakeBatch) -> HttpResponseBase:
    act = request.POST.get("act", "")
    if act in _ASKED_TWICE and not request.POST.get("sure"):
        question, meaning, does = _ASKED_TWICE[act]
        context = {"batch": kept, "act": act, "question": question, "meaning": meaning, "does": does}
        return render(request, "intake/sure.html", context)
    try:
        verb: Callable[..., None] = _ACTS.get(act, _look_again)
        verb(kept.pk, municipality=kept.municipality_id, by=request.standing.actor)
    except Refused as refused:
        tell_above(request, refused)
        return redirect("intake_batch", kept.pk)
    if act == "drop":
        messages.success(request, f"Удалено: {kept.title}. В реестре ничего не изменилось")
        return redirect("intake")
    return redirect("intake_batch", kept.pk)


def _programmes(kept: IntakeBatch) -> Iterator[Programme]:
    for each in kept.numbers or []:
        yield Programme(each["title"], [_moved(pair, each["version"]) for pair in each["moved"]])


def _moved(pair: dict[str, Any], version: int) -> Moved:
    was, becomes = (RESULT.validate_python(pair[side]) for side in ("was", "becomes"))
    return Moved(figure_of(was), figure_of(becomes, reverse("indicator", args=[version, becomes.code])))


def _told(figure: Figure) -> str:
    """«12,5 % (5 из 40; от 12,5 % до 20,0 %)»."""
    spread = bounds(figure.look, figure.value) if has_spread(figure.value) else ""
    more = "; ".join(filter(None, (out_of(figure.value), spread)))
    return f"{figure.words} ({more})" if more else figure.words


def _in_the_way(kept: IntakeBatch) -> Iterator[InTheWay]:
    told = kept.refused[:_MOST_TOLD]
    numbers = [each["line"] for each in told if each["line"] is not None]
    lines = {line.number: line for line in kept.lines.filter(number__in=numbers).defer("cells", "before", "after")}
    for each in told:
        line = lines.get(each["line"])
        yield InTheWay(each["message"], each["mend"], row_address(line) if line else "")


def row_address(line: IntakeLine) -> str:
    """Of the row that a line speaks of, if it is there."""
    if line.row_id is None or line.table_name not in KEPT:
        return ""
    return address_of(KEPT[line.table_name], line.row_id)


def _unknown_organisations(kept: IntakeBatch) -> Iterator[tuple[str, str]]:
    """Titles that the registry does not know, each with the form by which it is entered: a file does not say what kind
    of organisation it is."""
    if kept.busy != Busy.NO:
        return
    wrong = kept.lines.filter(fate=Fate.WRONG, table_name="organisation", row="")
    cells: Iterable[dict[str, Any]] = wrong.order_by("number").values_list("cells", flat=True)[:_MOST_TOLD]
    for title in dict.fromkeys(each["title"]["value"] for each in cells if "title" in each):
        yield title, f"{reverse('row_new', args=['organisation'])}?{urlencode({'title': title})}"
