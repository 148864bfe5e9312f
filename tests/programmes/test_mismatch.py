"""Data of another town or of other years are told of before any number."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from opora.indicators.dataset.store import Dataset, read_dataset, write_parquet
from opora.indicators.periods import Context
from opora.programmes.load import load_programme
from opora.programmes.mismatch import days_of, mismatches
from opora.programmes.model import Programme
from tests.dataset.files import dataset_of

END = dt.date(2022, 12, 31)


def town(*titles: str, day: dt.date = END) -> Dataset:
    territories = [{"id": f"m{place}", "title": title, "kind": "municipality"} for place, title in enumerate(titles)]
    return dataset_of(territory=territories, event=[{"id": "e", "municipality": "m0", "date": day}])


def programme_of(place: str) -> Programme:
    about = {"key": "x", "title": "Программа", "municipality": place}
    return Programme.model_validate({"programme": about})


@pytest.mark.parametrize(
    ("place", "title"),
    [
        ("городской округ Стрежевой", "Стрежевой (демо)"),
        ("Балахтинский район", "Балахтинский муниципальный район"),
        ("муниципальный округ город Оленегорск с подведомственной территорией", "г. Оленегорск"),
        ("Еловый район", "муниципальное образование «Ёловый район»"),
        ("городской округ", "Светлоречье"),
    ],
)
def test_one_place_is_known_under_all_its_names(place: str, title: str) -> None:
    assert mismatches(programme_of(place), town(title), Context.on_date(END)) == ()


def test_another_town_is_named() -> None:
    assert mismatches(programme_of("город Лесосибирск"), town("Стрежевой"), Context.on_date(END)) == (
        "данные не о том городе: в них «Стрежевой», а программа — «город Лесосибирск»",
    )


def test_a_country_is_of_the_programme_if_one_of_its_towns_is() -> None:
    country = town("Стрежевой", "Лесосибирск", "Оленегорск", "Первоуральск")
    assert mismatches(programme_of("город Лесосибирск"), country, Context.on_date(END)) == ()
    (told,) = mismatches(programme_of("Еловый район"), country, Context.on_date(END))
    assert "«Оленегорск» и ещё 1, а программа — «Еловый район»" in told


@pytest.mark.parametrize("on", [dt.date(2021, 12, 31), dt.date(2030, 12, 31)])
def test_a_period_outside_the_data_is_told(on: dt.date) -> None:
    (told,) = mismatches(programme_of("Еловый район"), town("Еловый район"), Context.on_date(on))
    assert told == f"за {on.year} год записей нет: в данных они с 31.12.2022 по 31.12.2022"


def test_nothing_is_said_of_data_without_dates() -> None:
    assert mismatches(programme_of("Еловый район"), dataset_of(), Context.on_date(END)) == ()


def test_the_days_of_files_are_those_of_tables_in_memory(tmp_path: Path) -> None:
    in_memory = town("Еловый район", day=dt.date(2019, 5, 1))
    write_parquet(in_memory, tmp_path / "town")
    assert days_of(read_dataset(tmp_path / "town")) == days_of(in_memory) == (dt.date(2019, 5, 1), dt.date(2019, 5, 1))


def test_the_programmes_of_opora_are_of_different_places() -> None:
    places = {key: load_programme(key).municipality for key in ("strezhevoy", "lesosibirsk", "balakhta", "olenegorsk")}
    for key in places:
        others = town(*(place for other, place in places.items() if other != key))
        assert mismatches(load_programme(key), others, Context.on_date(END))
