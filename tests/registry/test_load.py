"""Loading a dataset: all or nothing, and twice is once."""

import datetime as dt
from collections.abc import Iterable

import pytest

from opora.indicators.dataset.faults import DatasetFaults
from opora.indicators.dataset.store import Dataset
from opora.people.models import Employment, Person, Territory
from opora.registry.models import Source, Trail
from opora.registry.scope import scope
from opora.snapshot.load import load
from opora.snapshot.territories import territory
from opora.snapshot.trouble import NoSuchTerritory
from tests.registry import town
from tests.registry.facts import dataset, territories
from tests.registry.loading import taken, told
from tests.registry.town import ALICE, BOB, job

pytestmark = pytest.mark.usefixtures("empty_registry")

CITY = "город"


def messages(dataset: Dataset, municipality: str = CITY) -> list[str]:
    with pytest.raises(DatasetFaults) as caught:
        load(dataset, municipality, ALICE)
    return [str(fault) for fault in caught.value.faults]


def known() -> Iterable[int]:
    return Territory.objects.filter(kind="municipality").values_list("pk", flat=True)


def test_what_is_loaded_twice_changes_nothing_the_second_time() -> None:
    first = load(town.of(CITY), CITY, ALICE)
    assert first.added == dict.fromkeys(
        ["organisation", "person", "employment", "training_programme", "training"], 1
    )  # fmt: skip
    second = load(town.of(CITY), CITY, ALICE)
    assert (second.added, second.changed) == ({}, {})
    with scope(known(), ALICE):
        assert (Source.objects.count(), Trail.objects.filter(table_name="employment").count()) == (1, 1)


def test_a_changed_row_is_brought_to_what_the_dataset_says_and_the_others_are_left() -> None:
    load(town.of(CITY), CITY, ALICE)
    changed = load(town.of(CITY, employment=[job("работа", rate=0.5), job("вторая", kind="internal")]), CITY, BOB)
    assert (changed.added, changed.changed) == ({"employment": 1}, {"employment": 1})
    with scope(known(), ALICE):
        assert sorted(Employment.objects.values_list("key", "rate")) == [("вторая", 1.0), ("работа", 0.5)]


def test_rows_that_the_dataset_does_not_name_stay() -> None:
    load(town.of(CITY), CITY, ALICE)
    load(town.of(CITY, training=[], employment=[]), CITY, ALICE)
    assert told(taken()) == told(town.of(CITY))


def test_a_row_comes_back_from_the_archive_when_it_is_loaded_again() -> None:
    load(town.of(CITY), CITY, ALICE)
    with scope(known(), ALICE):
        Employment.objects.update(archived_at=dt.datetime(2023, 1, 1, tzinfo=dt.UTC))
    assert taken().rows("employment") == 0
    assert load(town.of(CITY), CITY, ALICE).changed == {"employment": 1}
    assert taken().rows("employment") == 1


def test_a_dataset_with_faults_is_refused_with_all_of_them_and_nothing_is_written() -> None:
    wrong = town.of(CITY, employment=[job("работа", person="петрова", until=dt.date(2020, 1, 1))])
    assert messages(wrong) == [
        "таблица «Работа», код «работа», столбец «Человек»: В таблице «Люди» нет кода «петрова». "
        "Исправьте код или добавьте строку в таблицу «Люди»",
        "таблица «Работа», код «работа», столбец «По (не включая)»: Конец (01.01.2020) раньше начала (01.09.2021). "
        "Исправьте одну из дат",
    ]
    assert not Territory.objects.exists()


def test_all_second_main_jobs_and_repeated_numbers_are_told_at_once_and_nothing_is_written() -> None:
    load(town.of(CITY), CITY, ALICE)
    course = town.rows(CITY)["training"][0]
    wrong = town.of(
        CITY,
        employment=[job("вторая", since=dt.date(2022, 1, 1)), job("прежняя", until=dt.date(2021, 9, 1), since=None)],
        training=[course | {"id": "другое", "completed": dt.date(2022, 6, 1)}],
    )
    assert messages(wrong) == [
        "таблица «Работа», код «вторая», столбец «Вид работы»: У человека в это же время есть другая основная работа "
        "(строка с кодом «работа»). Исправьте даты или вид занятости одной из двух строк",
        "таблица «Обучение», код «другое», столбец «Номер документа»: «123» уже есть в строке с кодом «обучение». "
        "Оставьте одну из этих строк или исправьте ошибку",
    ]
    assert told(taken()) == told(town.of(CITY))


def test_two_rows_may_exchange_what_must_be_unique() -> None:
    first, second = town.rows(CITY)["training"] * 2
    two = [first, second | {"id": "другое", "document_number": "456"}]
    load(town.of(CITY, training=two), CITY, ALICE)
    exchanged = [two[0] | {"document_number": "456"}, two[1] | {"document_number": "123"}]
    assert load(town.of(CITY, training=exchanged), CITY, ALICE).changed == {"training": 2}


def test_rows_of_another_municipality_are_refused() -> None:
    place = {"id": "село", "title": "Село", "kind": "municipality", "parent": "регион"}
    rows = town.rows(CITY)
    rows["territory"] = [*territories(), place]
    rows["person"][0]["municipality"] = "село"
    assert messages(dataset(rows)) == [
        "таблица «Люди», код «иванова», столбец «Муниципалитет»: Строка относится к территории «село», а загружается "
        "другая. Уберите строку или загрузите её со своей территорией"
    ]


def test_a_dataset_that_calls_its_only_municipality_otherwise_is_loaded_under_the_given_key() -> None:
    load(town.of("1"), "strezhevoy", ALICE)
    assert list(Territory.objects.values_list("key", "title").order_by("pk")) == [
        ("страна", "Россия"),
        ("регион", "Томская область"),
        ("strezhevoy", "1"),
    ]


def renamed(title: str, code: str = "1") -> Dataset:
    """The town as a workbook tells it that calls it by a name and a code of its own."""
    rows = town.rows(CITY)
    for row in rows["territory"]:
        if row["id"] == CITY:
            row |= {"id": code, "title": title}
    rows["organisation"][0]["municipality"] = rows["person"][0]["municipality"] = code
    return dataset(rows)


@pytest.mark.parametrize("title", ["город", "Город", "г. Город", "муниципальный округ Город"])
def test_a_town_that_is_called_a_little_otherwise_is_the_same_one(title: str) -> None:
    load(town.of(CITY), CITY, ALICE)
    assert sum(load(renamed(title), CITY, ALICE).added.values()) == 0


def test_another_town_is_not_loaded_under_a_code_that_is_taken() -> None:
    load(town.of(CITY), CITY, ALICE)
    called = Territory.objects.get(key=CITY).title
    with pytest.raises(DatasetFaults) as refused:
        load(renamed("Лесосибирск"), CITY, ALICE)
    assert [(fault.message, fault.how_to_mend) for fault in refused.value.faults] == [
        (
            f"Набор данных — о муниципалитете «Лесосибирск», а код «{CITY}» в реестре у муниципалитета «{called}»",
            f"Загрузите его под своим кодом; если это он и есть, назовите его в таблице «{called}» или дайте ему код "
            f"«{CITY}»",
        )
    ]
    with scope(known(), ALICE):
        assert Person.objects.count() == 1


def test_a_town_that_is_there_is_not_loaded_once_more_under_another_code() -> None:
    load(town.of(CITY), CITY, ALICE)
    called = Territory.objects.get(key=CITY).title
    with pytest.raises(DatasetFaults) as refused:
        load(renamed(called), "olenegorsk", ALICE)
    assert [(fault.message, fault.how_to_mend) for fault in refused.value.faults] == [
        (
            f"Муниципалитет «{called}» в реестре уже есть, его код — «{CITY}»",
            f"Загрузите набор так: --municipality {CITY}",
        )
    ]
    assert not Territory.objects.filter(key="olenegorsk").exists()


def test_a_region_above_two_towns_is_one_though_their_datasets_number_it_differently() -> None:
    load(town.of(CITY), CITY, ALICE)
    rows = town.rows("село")
    for row in rows["territory"]:
        row["id"], row["parent"] = f"{row['id']}!", row["parent"] and f"{row['parent']}!"
    rows["organisation"][0]["municipality"] = rows["person"][0]["municipality"] = "село!"
    load(dataset(rows), "село", ALICE)
    assert list(Territory.objects.order_by("pk").values_list("key", flat=True)) == ["страна", "регион", CITY, "село"]


def test_the_same_keys_in_two_towns_are_different_rows() -> None:
    town.both_towns()
    with scope(known(), ALICE):
        assert Person.objects.count() == 2
    assert told(taken("село")) == told(town.of("село"))
    together = taken("регион")
    assert together.table("person")["id"].to_pylist() == ["город/иванова", "село/иванова"]
    assert together.table("employment")["person"].to_pylist() == ["город/иванова", "село/иванова"]


def test_an_unknown_territory_is_told_with_those_that_are_there() -> None:
    load(town.of(CITY), CITY, ALICE)
    with pytest.raises(NoSuchTerritory, match=r"Нет территории с кодом «томск»\. Есть: город, регион, страна"):
        territory("томск")
