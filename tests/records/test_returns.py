"""Cards, surveys, measures, letters, visits, exams, completeness: what each verb promises."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from opora.people.domain.organisation_ends import close
from opora.records.domain.collection import (
    Answer,
    NewCollection,
    Survey,
    announce_collections,
    answer_cards,
    correct_answers,
    record_surveys,
)
from opora.records.domain.coverage import Completeness, declare_coverage
from opora.records.domain.letter import (
    NewCircular,
    NewRecommendation,
    Reading,
    acknowledge,
    correct_circulars,
    recommend,
    send_circulars,
)
from opora.records.domain.measure import Done, NewMeasure, mark_executed, plan_measures
from opora.records.domain.visit import Assessment, NewVisit, record_assessments, record_visits
from opora.records.models import CardAnswer, Execution
from opora.registry.batch import Correction, Ending
from opora.registry.verbs import Refused
from tests.people.town import AUTUMN, NEW_YEAR, SPRING, Town, refusals, town


def test_a_card_is_answered_once_a_day_a_later_answer_stands_beside_and_a_part_is_not_above_its_base(
    city: Town,
) -> None:
    (made,) = announce_collections([NewCollection(title="Кадры", date=SPRING)], **city.as_alice)
    usual: dict[str, Any] = {"collection": made.pk, "question": "1.1", "organisation": city.school, "date": NEW_YEAR}
    (first,) = answer_cards([Answer(**usual, value=3, base=10)], **city.as_alice)
    with pytest.raises(Refused) as refused:
        answer_cards(
            [
                Answer(**usual, value=4, base=10),
                Answer(**usual | {"organisation": None}, value=2.5, base=2),
                Answer(**usual | {"question": "1.2"}, value=-1),
            ],
            **city.as_alice,
        )
    assert refusals(refused) == [
        (0, "", "На это время такая запись уже есть: 1.1, 01.01.2022"),
        (1, "value", "«Значение» (2,5) больше, чем «Из скольких» (2)"),
        (2, "value", "«Значение»: число -1 меньше 0"),
    ]
    answer_cards([Answer(**usual | {"date": SPRING}, value=4, base=10)], **city.as_alice)
    with city.seen():
        assert list(CardAnswer.objects.order_by("date").values_list("value", flat=True)) == [3.0, 4.0]
    with pytest.raises(Refused) as refused:
        correct_answers([Correction(row=first.pk, seen={"value": 3.0}, becomes={"value": 11})], **city.as_alice)
    assert refusals(refused) == [(0, "value", "«Значение» (11) больше, чем «Из скольких» (10)")]


def test_no_more_have_answered_well_or_failed_than_were_asked(city: Town) -> None:
    with pytest.raises(Refused) as refused:
        record_surveys([Survey(topic="Опрос", date=SPRING, respondents=5, positive=6)], **city.as_alice)
    assert refusals(refused) == [(0, "positive", "«Ответили положительно» (6) больше, чем «Опрошено» (5)")]
    usual: dict[str, Any] = {"organisation": city.school, "procedure": "vpr", "subject": "история", "date": SPRING}
    with pytest.raises(Refused) as refused:
        record_assessments([Assessment(**usual, participants=20, below_threshold=21)], **city.as_alice)
    assert refusals(refused) == [(0, "below_threshold", "«Ниже порога» (21) больше, чем «Участников» (20)")]
    record_assessments([Assessment(**usual, participants=20, below_threshold=20)], **city.as_alice)


def test_a_measure_has_one_mark_of_a_day(city: Town) -> None:
    (made,) = plan_measures([NewMeasure(title="Семинар", due=SPRING)], **city.as_alice)
    mark_executed([Done(measure=made.pk, result="partly", date=NEW_YEAR)], **city.as_alice)
    with pytest.raises(Refused) as refused:
        mark_executed([Done(measure=made.pk, result="done", date=NEW_YEAR)], **city.as_alice)
    assert refusals(refused) == [(0, "", "На это время такая запись уже есть: выполнена частично, 01.01.2022")]
    mark_executed([Done(measure=made.pk, result="done", date=SPRING)], **city.as_alice)
    with city.seen():
        assert list(Execution.objects.order_by("date").values_list("result", flat=True)) == ["partly", "done"]


def test_a_circular_is_read_once_by_an_organisation_and_not_before_it_was_sent(city: Town) -> None:
    (made,) = send_circulars([NewCircular(title="О конкурсе", date=NEW_YEAR)], **city.as_alice)
    reading: dict[str, Any] = {"circular": made.pk, "organisation": city.school}
    with pytest.raises(Refused) as refused:
        acknowledge(
            [
                Reading(**reading, date=AUTUMN),
                Reading(**reading | {"organisation": city.gymnasium}, date=SPRING),
                Reading(**reading | {"organisation": city.gymnasium}, date=SPRING + dt.timedelta(1)),
            ],
            **city.as_alice,
        )
    assert refusals(refused) == [
        (0, "date", "Письмо отправлено только 01.01.2022"),
        (2, "organisation", "Организация уже ознакомилась с этим письмом 01.03.2022"),
    ]
    acknowledge([Reading(**reading, date=NEW_YEAR)], **city.as_alice)
    with pytest.raises(Refused) as refused:
        acknowledge([Reading(**reading, date=SPRING)], **city.as_alice)
    assert refusals(refused) == [(0, "organisation", "Организация уже ознакомилась с этим письмом 01.01.2022")]
    with pytest.raises(Refused) as refused:
        correct_circulars(
            [Correction(row=made.pk, seen={"respond_by": None}, becomes={"respond_by": AUTUMN})], **city.as_alice
        )
    assert refusals(refused) == [(0, "respond_by", "Срок ознакомления раньше, чем отправлено письмо (01.01.2022)")]


def test_a_recommendation_is_for_somebody(city: Town) -> None:
    with pytest.raises(Refused) as refused:
        recommend([NewRecommendation(date=SPRING, text="Учиться")], **city.as_alice)
    assert refusals(refused) == [(0, "organisation", "Не указано, кому рекомендация")]
    recommend([NewRecommendation(date=SPRING, staff_category="young")], **city.as_alice)


def test_a_closed_school_is_not_visited(city: Town) -> None:
    close([Ending(row=city.school, until=NEW_YEAR)], **city.as_alice)
    record_visits([NewVisit(organisation=city.school, kind="audit", date=AUTUMN)], **city.as_alice)
    with pytest.raises(Refused) as refused:
        record_visits([NewVisit(organisation=city.school, kind="audit", date=NEW_YEAR)], **city.as_alice)
    assert refusals(refused) == [
        (0, "organisation", "«Организация» — только по 31.12.2021: Школа (город), общеобразовательная, по 31.12.2021")
    ]


def test_only_tables_that_there_are_are_complete(city: Town) -> None:
    with pytest.raises(Refused) as refused:
        declare_coverage([Completeness(table="приказы", status="complete")], **city.as_alice)
    assert refusals(refused) == [(0, "table", "Нет таблицы «приказы»")]
    declare_coverage([Completeness(table="training", status="complete", since=AUTUMN)], **city.as_alice)


def test_another_town_neither_answers_our_cards_nor_reads_our_letters(city: Town) -> None:
    village = town("село")
    (collection,) = announce_collections([NewCollection(title="Кадры", date=SPRING)], **city.as_alice)
    (circular,) = send_circulars([NewCircular(title="О конкурсе", date=NEW_YEAR)], **city.as_alice)
    with pytest.raises(Refused) as refused:
        answer_cards([Answer(collection=collection.pk, question="1.1", date=SPRING)], **village.as_alice)
    assert refusals(refused) == [(0, "collection", "«Сбор данных»: в таблице «Сборы данных» такой строки нет")]
    with pytest.raises(Refused) as refused:
        acknowledge([Reading(circular=circular.pk, organisation=village.school, date=SPRING)], **village.as_alice)
    assert refusals(refused) == [(0, "circular", "«Письмо»: в таблице «Информационные письма» такой строки нет")]
