"""The figures of the form: what is kept of them, and the verb that states them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from opora.cycle.models import FormFigure
from opora.cycle.oo1.counting import Cell
from opora.people.models import Organisation
from opora.registry.scope import Actor
from opora.registry.verbs import sitting

Figures = dict[Cell, int]


def stated(organisations: Collection[int], year: int) -> dict[int, Figures]:
    """By organisation; in a scope."""
    found: dict[int, Figures] = {pk: {} for pk in organisations}
    for row in FormFigure.objects.filter(organisation__in=organisations, year=year):
        found[row.organisation_id][row.line, row.box] = row.value
    return found


def state_figures(
    organisation: Organisation,
    year: int,
    figures: Mapping[Cell, int | None],
    *,
    seen: Mapping[Cell, int | None],
    by: Actor,
) -> int:
    """How many cells have changed. None: the cell is not stated any more; cells that are not named stay.

    ``seen``: what stood in them when they were typed; refused if somebody has stated something else meanwhile. The
    ``field`` of a fault is ``line.box``."""
    with sitting(organisation.municipality_id, by, "числа формы ОО-1") as s:
        now = stated([organisation.pk], year)[organisation.pk]
        changed = {cell: value for cell, value in figures.items() if value != now.get(cell)}
        for cell in changed:
            if seen.get(cell) != now.get(cell):
                told = f"Пока вы вводили, здесь записали другое число: {_told(now.get(cell))}"
                s.fault(None, ".".join(cell), told, "Проверьте его и сохраните ещё раз")
        s.refuse_faults()
        _write(organisation, year, changed)
        return len(changed)


def _write(organisation: Organisation, year: int, changed: Mapping[Cell, int | None]) -> None:
    FormFigure.objects.bulk_create(
        [
            FormFigure(
                municipality_id=organisation.municipality_id,
                organisation=organisation,
                year=year,
                line=line,
                box=box,
                value=value,
            )
            for (line, box), value in changed.items()
            if value is not None
        ],
        update_conflicts=True,
        unique_fields=["organisation", "year", "line", "box"],
        update_fields=["value"],
    )
    gone = {cell for cell, value in changed.items() if value is None}
    kept = FormFigure.objects.filter(organisation=organisation, year=year)
    kept.filter(pk__in=[row.pk for row in kept if (row.line, row.box) in gone]).delete()


def _told(value: int | None) -> str:
    return "пусто" if value is None else str(value)
