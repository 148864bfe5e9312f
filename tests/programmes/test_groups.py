"""Breakdowns and their groups have Russian names, taken from the tables as they are declared."""

from __future__ import annotations

import datetime as dt

import pytest

from opora.indicators.definitions import standard
from opora.indicators.engine.backends import open_engine
from opora.indicators.formula.indicator import IndicatorText, bind_indicator
from opora.programmes.compute import Wish, compute_programme, possible_breakdowns
from opora.programmes.groups import breakdown_title, what_is_grouped
from opora.programmes.load import load_programme
from opora.programmes.model import Programme
from tests.dataset.files import dataset_of

ON = dt.date(2022, 12, 31)


@pytest.mark.parametrize(
    ("count", "by", "title"),
    [
        ("document", "kind", "по видам"),
        ("event", "organisation.kind", "по видам организаций"),
        ("event", "organisation", "по организациям"),
        ("educator and has contest_entry", "contest_entry.result", "по итогам участий в конкурсах"),
        ("educator and has material as person", "material.updated", "Обновлён (методические материалы)"),
        ("document", "topic", "О чём"),
        ("educator", "post", "по должностям"),
        ("deficit", "person.organisation", "по организациям"),
        ("organisation", "organisation", "по организациям"),
    ],
)
def test_a_breakdown_is_called_as_its_column(count: str, by: str, title: str) -> None:
    formula = bind_indicator(IndicatorText(count=count), standard())
    assert breakdown_title(by, what_is_grouped(formula, by, standard())) == title


def groups(count: str, by: str) -> list[str]:
    town = [{"id": "m", "title": "Еловый район", "kind": "municipality"}]
    schools = [
        {"id": 7, "municipality": "m", "title": "Школа № 7", "kind": "school"},
        {"id": 8, "municipality": "m", "kind": "school"},
    ]
    contests = [{"id": "c", "municipality": "m", "title": "Учитель года", "status": True}]
    contests += [{"id": "d", "municipality": "m", "title": "Смотр", "status": False}]
    contests += [{"id": "e", "municipality": "m", "title": "Слёт"}]
    events = [
        {"id": str(place), "municipality": "m", "organisation": school, "date": ON}
        for place, school in enumerate(("7", "8", None))
    ]
    data = dataset_of(
        territory=town, organisation=[one | {"id": str(one["id"])} for one in schools], contest=contests, event=events
    )
    programme = Programme.model_validate(
        {
            "programme": {"key": "x", "title": "Программа", "municipality": "Еловый район"},
            "indicators": [{"code": "X-1", "title": "Число", "count": count, "by": by}],
        }
    )
    with open_engine() as engine:
        (indicator,) = compute_programme(programme, data, engine, ON, wish=Wish(by=())).indicators
    return [group.title for group in indicator.breakdowns[0].groups]


def test_a_flag_is_told_as_yes_and_no() -> None:
    assert groups("contest", "status") == ["да", "нет", "не указано"]


def test_a_row_is_called_by_its_title_and_without_one_by_its_code() -> None:
    assert groups("event", "organisation") == ["организация 8", "Школа № 7", "не указано"]
    assert groups("organisation", "organisation") == ["организация 8", "Школа № 7"]


def test_a_choice_is_told_by_its_label() -> None:
    assert groups("organisation", "kind") == ["общеобразовательная"]


@pytest.mark.parametrize("key", ["strezhevoy", "lesosibirsk", "balakhta", "olenegorsk", "pervouralsk"])
def test_no_breakdown_of_a_programme_shows_the_name_of_a_column(key: str) -> None:
    programme = load_programme(key)
    possible = possible_breakdowns(programme)
    assert {by for one in programme.indicators for by in one.by} <= set(possible)
    assert not any("«" in title for title in possible.values())


def test_what_was_asked_is_possible_only_if_something_can_be_broken_down_so() -> None:
    possible = possible_breakdowns(load_programme("strezhevoy"), ["association.kind", "school"])
    assert possible["association.kind"] == "по видам объединений"
    assert "school" not in possible
