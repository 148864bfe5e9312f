"""``opora demo``: from nothing to the papers."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from opora.cli.demo import TOWNS
from opora.cli.figures import Figure
from opora.demo import spec
from opora.indicators.results import Shape, Value
from opora.programmes.load import available
from opora.programmes.model import PublishedFigure
from tests.cli.calls import run
from tests.papers.fakes import indicator

Captured = pytest.CaptureFixture[str]


def test_a_town_is_made_counted_and_written(tmp_path: Path, capsys: Captured) -> None:
    assert run(["demo", "--out", str(tmp_path), "--only", "lesosibirsk", "--people", "200", "--papers-only"]) == 0
    shown = capsys.readouterr().out
    assert "Внимание: синтетические данные" in shown
    assert "Показателей 13:" in shown
    assert "opora explain lesosibirsk" in shown
    written = sorted(path.name for path in (tmp_path / "lesosibirsk").iterdir())
    assert written == ["dataset", "lesosibirsk-2025-12-31.html", "lesosibirsk-2025-12-31.xlsx"]


def test_the_published_figures_stand_beside_what_came_out(tmp_path: Path, capsys: Captured) -> None:
    assert run(["demo", "--out", str(tmp_path), "--only", "olenegorsk", "--papers-only"]) == 0
    shown = capsys.readouterr().out
    assert "Опубликованных чисел 37:" in shown
    assert "O-F13        906 →       906  получено" in shown
    assert "невозможно" in shown


def test_every_programme_has_its_town() -> None:
    assert set(TOWNS) == set(available()) == set(spec.TOWNS)


@pytest.mark.parametrize(
    ("value", "tolerance", "attained"),
    [(0.436, 0, True), (0.4364, 0, True), (0.437, 0, False), (0.45, 0.02, True), (None, 1, False)],
)
def test_a_figure_is_attained_to_the_digit_in_which_it_was_published(
    value: float | None, tolerance: float, attained: bool
) -> None:
    published = PublishedFigure(
        code="X", text="43,6 %", expected=0.436, tolerance=tolerance, share="age < 1", of="staff"
    )
    assert Figure(published, indicator(value=Value(Shape.SHARE, value))).attained is attained


def test_the_programmes_are_listed(capsys: Captured) -> None:
    assert run(["programmes"]) == 0
    shown = capsys.readouterr().out
    assert [line for line in shown.splitlines() if not line.startswith(" ")] == available()
    assert f"{dt.date(2022, 12, 31):%d.%m.%Y}" in shown
