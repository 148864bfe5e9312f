"""From a score to a level by the thresholds of the instrument, and from a low level to a deficit."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from opora.learning.domain.deficit import (
    Finding,
    FoundDeficit,
    close_deficits,
    correct_deficits,
    find_deficits,
    open_deficits,
)
from opora.learning.domain.diagnostic import (
    NewInstrument,
    Result,
    correct_instruments,
    correct_results,
    enter_instruments,
    record_results,
)
from opora.learning.models import Deficit, DiagnosticResult, Instrument
from opora.people.models import Territory
from opora.registry.batch import Correction, Ending
from opora.registry.scope import scope
from opora.registry.verbs import Refused
from tests.people.town import ALICE, AUTUMN, NEW_YEAR, SPRING, Town, refusals, town


def instrument(town: Town, thresholds: str | None = "низкий < 50, высокий ≥ 75") -> int:
    return enter_instruments([NewInstrument(title="Тест", thresholds=thresholds)], **town.as_alice)[0].pk


def result(town: Town, score: float | None, day: dt.date = AUTUMN, **told: Any) -> Result:
    return Result(**{"person": town.people[0], "score": score, "date": day, "measures": "digital"} | told)


def recorded(town: Town, *results: Result) -> list[int]:
    return [row.pk for row in record_results(results, **town.as_alice)]


def found(town: Town, *results: int) -> list[tuple[dt.date | None, str | None]]:
    told = find_deficits([Finding(result=pk) for pk in results], **town.as_alice)
    return [(row.found_on, row.area) for row in told]


def test_a_level_follows_from_the_score_by_the_thresholds_of_the_instrument(city: Town) -> None:
    test = instrument(city)
    told = [result(city, score, instrument=test, subject=str(score)) for score in (49.5, 50, 75)]
    rows = recorded(city, *told, result(city, 40), result(city, None, instrument=test, level="high"))
    with city.seen():
        levels = dict(DiagnosticResult.objects.values_list("pk", "level"))
    assert [levels[row] for row in rows] == ["low", "medium", "high", None, "high"]


def test_a_level_that_contradicts_the_score_and_a_score_beyond_the_scale_are_told(city: Town) -> None:
    test = instrument(city, "низкий 0–49, средний 50–74, высокий 75–100")
    with pytest.raises(Refused) as refused:
        record_results(
            [
                result(city, 40, instrument=test, level="medium"),
                result(city, 120, instrument=test),
                result(city, 49.5, instrument=test, level="low"),
            ],
            **city.as_alice,
        )
    assert refusals(refused) == [
        (0, "level", "Балл 40 по порогам инструмента — низкий уровень, а указан средний"),
        (1, "score", "Балл 120 не относится ни к одному уровню по порогам инструмента"),
    ]


def test_with_a_new_score_a_new_level_is_told(city: Town) -> None:
    (row,) = recorded(city, result(city, 40, instrument=instrument(city)))
    with pytest.raises(Refused) as refused:
        correct_results([Correction(row=row, seen={"score": 40.0}, becomes={"score": 60})], **city.as_alice)
    assert refusals(refused) == [(0, "level", "Балл 60 по порогам инструмента — средний уровень, а указан низкий")]
    both = Correction(row=row, seen={"score": 40.0, "level": "low"}, becomes={"score": 60, "level": "medium"})
    correct_results([both], **city.as_alice)


def test_thresholds_that_cannot_be_read_are_refused_when_they_are_entered_but_do_not_stop_what_was_loaded(
    city: Town,
) -> None:
    with pytest.raises(Refused) as refused:
        enter_instruments([NewInstrument(title="Анкета", thresholds="по ключу")], **city.as_alice)
    message = "Пороги не прочитаны: не понять, о каком уровне сказано: «по ключу»"
    assert refusals(refused) == [(0, "thresholds", message)]
    with city.seen():
        loaded = Instrument.objects.create(municipality_id=city.municipality, title="Анкета", thresholds="по ключу")
    assert recorded(city, result(city, 40, instrument=loaded.pk, level="low"))
    with pytest.raises(Refused) as refused:
        correct_instruments(
            [Correction(row=loaded.pk, seen={"thresholds": "по ключу"}, becomes={"thresholds": "по анкете"})],
            **city.as_alice,
        )
    assert [field for _, field, _ in refusals(refused)] == ["thresholds"]
    correct_instruments(
        [Correction(row=loaded.pk, seen={"independent": None}, becomes={"independent": True})], **city.as_alice
    )


def test_a_low_level_in_a_competence_is_a_deficit_from_that_day_on_and_is_found_once(city: Town) -> None:
    test = instrument(city)
    low, high, mood = recorded(
        city,
        result(city, 40, instrument=test),
        result(city, 80, instrument=test, person=city.people[1]),
        result(city, 40, instrument=test, measures="burnout"),
    )
    assert found(city, low, high, mood) == [(AUTUMN, "digital")]
    assert found(city, low, high, mood) == []
    with city.seen():
        assert Deficit.objects.values_list("person", "diagnostic_result", "closed_on").get() == (
            city.people[0],
            low,
            None,
        )


def test_what_is_lacking_still_is_not_found_anew_but_what_was_closed_is(city: Town) -> None:
    test = instrument(city)
    days = AUTUMN, NEW_YEAR, SPRING
    first, second, third = recorded(city, *(result(city, 40, day, instrument=test) for day in days))
    assert found(city, second, first) == [(AUTUMN, "digital")]
    with city.seen():
        (deficit,) = Deficit.objects.all()
    close_deficits([Ending(row=deficit.pk, until=NEW_YEAR)], **city.as_alice)
    assert found(city, first) == []
    assert found(city, third, second) == [(NEW_YEAR, "digital")]


def test_a_result_whose_level_nobody_knows_finds_nothing_and_says_so(city: Town) -> None:
    unknown, low = recorded(city, result(city, 40), result(city, 40, level="low", person=city.people[1]))
    with pytest.raises(Refused) as refused:
        found(city, unknown, low)
    assert refusals(refused) == [(0, "result", "Уровень не известен: он не указан, а по баллу его не определить")]
    with city.seen():
        assert not Deficit.objects.exists()


def test_a_deficit_follows_from_a_result_of_the_same_person_and_not_before_it(city: Town) -> None:
    (row,) = recorded(city, result(city, 40, NEW_YEAR))
    with pytest.raises(Refused) as refused:
        open_deficits(
            [
                FoundDeficit(person=city.people[1], diagnostic_result=row, found_on=SPRING),
                FoundDeficit(person=city.people[0], diagnostic_result=row, found_on=AUTUMN),
            ],
            **city.as_alice,
        )
    assert refusals(refused) == [
        (0, "diagnostic_result", "«Результат диагностики» — другого человека"),
        (1, "found_on", "Дефицит выявлен раньше, чем получен результат (01.01.2022)"),
    ]


def test_what_others_of_her_rows_refer_to_is_not_given_to_another_person(city: Town) -> None:
    low, free = recorded(city, result(city, 40, level="low"), result(city, 40, level="low", person=city.people[1]))
    find_deficits([Finding(result=low)], **city.as_alice)

    def given(*rows: int) -> list[Correction]:
        hers = {low: city.people[0], free: city.people[1]}
        return [Correction(row=row, seen={"person": hers[row]}, becomes={"person": city.people[2]}) for row in rows]

    with pytest.raises(Refused) as refused:
        correct_results(given(low, free), **city.as_alice)
    assert refusals(refused) == [(0, "person", "На эту запись ссылаются: Дефициты — 1")]
    correct_results(given(free), **city.as_alice)


def test_one_deficit_is_open_once_at_a_time_and_another_topic_is_another_deficit(city: Town) -> None:
    usual: dict[str, Any] = {"person": city.people[0], "area": "digital", "topic": "таблицы"}
    first, _ = open_deficits(
        [FoundDeficit(**usual, found_on=AUTUMN), FoundDeficit(**usual | {"topic": "звук"}, found_on=AUTUMN)],
        **city.as_alice,
    )
    with pytest.raises(Refused) as refused:
        open_deficits([FoundDeficit(**usual, found_on=SPRING)], **city.as_alice)
    assert refusals(refused) == [(0, "", "На это время такая запись уже есть: цифровые, таблицы, с 01.09.2021")]
    close_deficits([Ending(row=first.pk, until=NEW_YEAR)], **city.as_alice)
    open_deficits([FoundDeficit(**usual, found_on=SPRING)], **city.as_alice)
    with pytest.raises(Refused) as refused:
        correct_deficits(
            [Correction(row=first.pk, seen={"closed_on": NEW_YEAR}, becomes={"closed_on": None})], **city.as_alice
        )
    assert [field for _, field, _ in refusals(refused)] == [""]


def test_a_town_measures_with_the_instruments_of_its_region_and_sees_no_results_of_another(city: Town) -> None:
    region = Territory.objects.create(key="регион", title="Регион", kind="region")
    Territory.objects.filter(pk=city.municipality).update(parent=region)
    (test,) = enter_instruments(
        [NewInstrument(title="Тест", thresholds="низкий < 50, высокий ≥ 75")], municipality=region.pk, by=ALICE
    )
    (row,) = recorded(city, result(city, 40, instrument=test.pk))
    with scope([city.municipality], ALICE):
        assert DiagnosticResult.objects.get().level == "low"
    village = town("село")
    with pytest.raises(Refused) as refused:
        found(village, row)
    assert refusals(refused) == [(0, "result", "Такой строки нет, или её ведёт другая территория")]
