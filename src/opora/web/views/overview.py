"""The first page of whoever sees numbers: how the programme of the town stands, and the one thing to do next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from opora.access.roles import Role
from opora.cycle.domain.programme import programme_of
from opora.cycle.models import ProgrammeVersion
from opora.cycle.numbers import Numbers, day_of, in_force, values_for
from opora.cycle.queue import sound
from opora.indicators.results import IndicatorResult, ProgrammeResult, Verdict
from opora.papers import reading, words
from opora.people.models import Territory
from opora.programmes.model import Programme
from opora.web.forms import number_in
from opora.web.gate import Request
from opora.web.layout.cells import Link
from opora.web.layout.cells import words as words_of
from opora.web.layout.number import Figure, figure_of
from opora.web.layout.table import Column, Table
from opora.web.number_cells import FigureCell, VerdictCell, address_of
from opora.web.number_rights import chosen_place, places_of
from opora.web.ring.drawing import Ring
from opora.web.ring.stations import stations_of

FEW = 5
"""So many lines stand under «не достигнуто» and «мешают неизвестные»; the rest is in the tables below."""
_LATE = (Verdict.NOT_MET, Verdict.BEHIND)


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator, with where it opens."""

    indicator: IndicatorResult
    figure: Figure
    stale: str = ""
    """When it was counted, if a fact has changed since."""

    @property
    def title(self) -> str:
        return self.figure.title

    @property
    def small(self) -> str:
        return " · ".join(filter(None, [self.indicator.code, self.stale]))

    @property
    def lacking(self) -> str:
        """«неизвестно 12»."""
        return f"неизвестно {self.figure.unknown}" if self.figure.unknown else self.figure.note


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    lines: Sequence[Line]

    @property
    def table(self) -> Table[Line]:
        return Table(_COLUMNS, self.lines)

    @property
    def told(self) -> str:
        """What is seen of it while it is folded."""
        met = sum(line.indicator.verdict in (Verdict.MET, Verdict.HELD) for line in self.lines)
        return f"достигнуто {met} из {len(self.lines)}"


@dataclass(frozen=True, slots=True)
class NextStep:
    title: str
    why: str
    url: str
    button: str


_COLUMNS = (
    Column[Line]("title", "Показатель", lambda one: Link(one.title, one.figure.url, one.small), head=True),
    Column[Line]("value", "Значение", lambda one: FigureCell(one.figure), align="right"),
    Column[Line]("unknown", "Неизвестно", lambda one: one.figure.unknown, align="right"),
    Column[Line]("target", "Цель", lambda one: one.figure.target_words),
    Column[Line]("verdict", "Вывод", lambda one: VerdictCell(one.indicator.verdict)),
)


def overview(request: Request) -> HttpResponse:
    places = places_of(request.standing)
    place = chosen_place(places, request.GET.get("town"))
    today = request.standing.on
    versions = in_force(place.pk, today)
    context = {"place": place, "versions": versions, "others": [one for one in places if one.pk != place.pk]}
    if not versions:
        return render(request, "numbers/overview.html", context | {"step": _without_programme(request)})
    version = _chosen(versions, request.GET.get("programme"))
    on = day_of(version, today)
    numbers = values_for(version, place, on, breakdowns=False)
    context |= {"version": version, "numbers": numbers, "waiting": numbers.waiting}
    context["ring"] = Ring(stations_of(request.standing, place, on, numbers.result))
    if numbers.result is not None and sound(version):
        context |= _counted(version, place, numbers, numbers.result)
    return render(request, "numbers/overview.html", context)


def _counted(
    version: ProgrammeVersion, place: Territory, numbers: Numbers, result: ProgrammeResult
) -> dict[str, object]:
    programme = programme_of(version)
    lines = {one.code: _line(version, place, numbers, one) for one in result.indicators}
    unknown = [
        lines[one.code]
        for one in reading.unknown_first(result)
        if reading.standing(one) in (reading.Standing.UNDECIDED, reading.Standing.NO_DATA)
    ]
    late = [line for line in lines.values() if line.indicator.verdict in _LATE]
    return {
        "result": result,
        "marks": reading.marks(result, approved=True),
        "approval": reading.approval(programme),
        "tally": [(reading.STANDING_WORDS[one], count) for one, count in reading.tally(result).items() if count],
        "late": late[:FEW],
        "late_more": len(late) - FEW,
        "unknown": unknown[:FEW],
        "unknown_more": len(unknown) - FEW,
        "groups": list(_groups(programme, result, lines)),
        "step": _next(late, unknown),
    }


def _line(version: ProgrammeVersion, place: Territory, numbers: Numbers, one: IndicatorResult) -> Line:
    stale = f"посчитано {words_of(numbers.counted[one.code])}" if numbers.is_stale(one.code) else ""
    return Line(one, figure_of(one, address_of(version, place, one.code)), stale)


def _groups(programme: Programme, result: ProgrammeResult, lines: dict[str, Line]) -> Iterable[Group]:
    """By the goal or task that an indicator shows first, the rest by the sections of the programme."""
    left = dict(lines)
    served = reading.served(programme)
    for goal in (*programme.goals, *programme.tasks):
        found = [left.pop(code) for code in served[goal.code] if code in left]
        if found:
            yield Group(f"{goal.code}. {words.capital(goal.text)}", found)
    for section in reading.sections(result):
        rest = [left.pop(one.code) for one in section.indicators if one.code in left]
        if rest:
            yield Group(words.capital(section.title), rest)


def _next(late: Sequence[Line], unknown: Sequence[Line]) -> NextStep | None:
    """What turns «не определён» into a verdict goes first: until then nobody knows whether there is anything to do."""
    if unknown and unknown[0].indicator.verdict is Verdict.UNDECIDED:
        one = unknown[0]
        why = f"{one.indicator.code}. {one.title}: {one.lacking}. Вывод станет ясен, когда сведения внесут."
        return NextStep("Узнать недостающее", why, one.figure.url, "Показать, о ком нет сведений")
    if late:
        one = late[0]
        why = f"{one.indicator.code}. {one.title}: {one.figure.words}, цель — {one.figure.target_words}."
        return NextStep("Разобраться, чего не хватает до цели", why, one.figure.url, "Открыть показатель")
    return None


def _without_programme(request: Request) -> NextStep | None:
    if request.standing.roles.isdisjoint((Role.ADMINISTRATOR, Role.HEAD)):
        return None
    why = "Пока программы нет, считать нечего."
    return NextStep("Ввести программу в действие", why, reverse("office_programmes"), "Программы")


def _chosen(versions: Sequence[ProgrammeVersion], asked: str | None) -> ProgrammeVersion:
    if asked is None:
        return versions[0]
    found = next((one for one in versions if one.pk == number_in(asked)), None)
    if found is None:
        raise Http404("Такой программы здесь нет")
    return found
