"""Who is out is told how near she came, and who is not known which fact is missing."""

from __future__ import annotations

import pytest

from opora.indicators.dataset.schema import Table
from opora.indicators.dataset.tables import STORED
from opora.indicators.engine.missing import cells, named_cell, named_list
from opora.indicators.formula import bound as b
from tests.engine.asking import day, job, opened, small_town
from tests.engine.neighbours import JOBS, PEOPLE, course, said
from tests.truth.town import Row, Town

# ── near misses ──────────────────────────────────────────────────────────────────────────────────────────────────


def meetings(*dates: str) -> Town:
    held: list[Row] = [{"association": "mo", "date": day(date)} for date in dates]
    return small_town(
        association=[{"id": "mo", "title": "МО физиков", "kind": "subject", "since": day("2020-01-01")}], meeting=held
    )


THREE = meetings("2022-01-10", "2022-02-10", "2022-12-31", "2021-12-31", "2023-01-01")
"""Three in the period, one before it and one after the date of the count."""


@pytest.mark.parametrize(
    ("share", "near"),
    [
        ("has meeting in period at least 4 times", "3 из 4 заседаний"),
        ("count of meeting in period >= 4", "3 из 4 заседаний"),
        ("count of meeting in period > 3", "3 из 4 заседаний"),
        ("has meeting where (topic is known) in period at least 2 times", "0 из 2 заседаний"),
        # of these nothing can be said so
        ("has meeting in period at most 2 times", ""),
        ("not has meeting in period at least 3 times", ""),
        ("has meeting where (topic is known) in period at least 50%", ""),
        ("has meeting in period exactly 4 times", ""),
    ],
)
def test_a_near_miss_tells_how_near(share: str, near: str) -> None:
    (row,) = opened(THREE, {"share": share, "of": "association"})
    assert [part.near for part in row.failed] == [near]
    assert (row.title, row.code) == ("МО физиков", 0)


def test_what_is_reached_is_no_miss() -> None:
    (row,) = opened(THREE, {"share": "has meeting in period at least 3 times", "of": "association"})
    assert (row.code, row.failed) == (2, ())


def test_a_sum_may_fall_short_by_a_half() -> None:
    lessons: list[Row] = [
        {"person": "anna", "organisation": "A", "subject": subject, "hours": hours, "since": day("2020-09-01")}
        for subject, hours in (("физика", 10.5), ("химия", 6))
    ]
    hours = {"share": "sum of hours over teaching >= 18", "of": "educator"}
    (row,) = opened(small_town(person=PEOPLE[:1], employment=JOBS[:1], teaching=lessons), hours)
    assert [(part.words, part.near) for part in row.failed] == [
        ("сумма «часов в неделю» для преподаваемых предметов не меньше 18", "16,5 из 18")
    ]


@pytest.mark.parametrize(
    ("share", "near"),
    [
        ("age < 50", "52 при норме меньше 50"),
        ("tenure >= 18", "16 при норме 18"),
        ("sex = female", "пол: мужской"),
        ("career_start >= 2006-06-01", "начало педагогической работы: 01.05.2006, на 31 день раньше нужного"),
        ("has training in period", "обучение 20.12.2021, на 12 дней раньше начала периода"),
        ("has training where (form = distance) within 3 years", "обучение 20.12.2021: форма: очная"),
        ("has training where (form = distance and passed) within 3 years", ""),  # two things are wanting
        ("not has employment", "место работы с 01.09.2015"),
        ("has leave", "отпуск: окончено 01.09.2022"),
    ],
)
def test_a_miss_by_one_thing_is_measured(share: str, near: str) -> None:
    boris: Row = {"id": "boris", "born": day("1970-05-05"), "sex": "male", "career_start": day("2006-05-01")}
    learnt: Row = {**course("boris", "2021-12-20", passed=False), "form": "in_person"}
    away: Row = {"person": "boris", "kind": "long", "since": day("2021-09-01"), "until": day("2022-09-01")}
    behind = small_town(person=[boris], employment=[job("boris")], training=[learnt], leave=[away])
    (row,) = opened(behind, {"share": share, "of": "educator"})
    assert (row.code, [part.near for part in row.failed]) == (0, [near])


def test_the_nearest_of_several_rows_is_told() -> None:
    courses = [course("boris", date) for date in ("2019-05-05", "2021-11-01", "2020-05-05")]
    behind = small_town(person=PEOPLE[1:2], employment=[job("boris")], training=courses)
    (row,) = opened(behind, {"share": "has training", "of": "educator"})
    assert [part.near for part in row.failed] == ["обучение 01.11.2021, на 2 месяца раньше начала периода"]


def test_a_choice_among_several_is_one_condition() -> None:
    (row,) = opened(THREE, {"share": "kind in (council, club)", "of": "association"})
    assert [(part.words.count(" или "), part.near) for part in row.failed] == [(1, "вид: предметное")]


# ── what is missing ──────────────────────────────────────────────────────────────────────────────────────────────


def missing(town: Town, share: str, of: str = "educator") -> list[str]:
    (row,) = opened(town, {"share": share, "of": of})
    assert row.code == 1
    return [part.missing for part in row.failed if part.code == 1]


VERA = small_town(person=PEOPLE[2:3], employment=[job("vera")], training=[course("vera", "2022-03-01", passed=None)])


@pytest.mark.parametrize(
    ("share", "fact"),
    [
        ("age < 35", "не указано «Дата рождения» (лист «Люди»)"),
        ("has training where (passed)", "обучение 01.03.2022: не указано «Документ получен» (лист «Обучение»)"),
        (
            "every training in period satisfies (passed)",
            "обучение 01.03.2022: не указано «Документ получен» (лист «Обучение»)",
        ),
        ("latest training .form = distance", "в последней записи не указано «Форма» (лист «Обучение»)"),
        (
            "latest training where (passed) .form = distance",
            "неизвестно, какая из записей на листе «Обучение» последняя",
        ),
        ("latest attestation .category = first", said("not has attestation")),
        ("has support within 3 years of career_start", "не указано «Начало педагогической работы» (лист «Люди»)"),
    ],
)
def test_what_is_not_known_is_told_by_the_empty_cell(share: str, fact: str) -> None:
    assert missing(VERA, share) == [fact]


def test_a_row_of_unknown_time_is_told_by_its_empty_date() -> None:
    undated = VERA.changed("training", 0, "completed", None).changed("training", 0, "passed", True)
    assert missing(undated, "has training where (passed)") == ["обучение: не указано «Завершено» (лист «Обучение»)"]


def test_a_list_that_is_not_said_to_be_complete_is_named_with_the_time() -> None:
    whole = small_town(person=PEOPLE[:1], employment=JOBS[:1])
    kept = [row for row in whole.rows("coverage") if row["table"] != "training"]
    partial = Town({**whole.tables, "coverage": kept})
    sheet = "нет подходящих строк на листе «Обучение», а лист «Полнота» не говорит, что он полон"
    assert missing(partial, "has training") == [f"{sheet} за 2022 год"]
    assert missing(partial, "has training ever") == [f"{sheet} за всё время"]
    assert missing(partial, "has training within 3 years") == [f"{sheet} с 01.01.2020 по 31.12.2022"]
    assert missing(partial, "has training in period at least 2 times") == [
        f"{sheet} за 2022 год".replace("нет подходящих", "мало подходящих")
    ]


def test_a_thing_of_unknown_time_is_told_by_its_empty_date() -> None:
    undated = VERA.changed("training", 0, "completed", None)
    (row,) = opened(undated, {"share": "person is known", "of": "training"})
    assert [(part.words, part.missing) for part in row.failed] == [
        ("обучение за период", "не указано «Завершено» (лист «Обучение»)")
    ]


@pytest.mark.parametrize("table", STORED.values(), ids=lambda table: table.name)
def test_the_words_for_an_empty_cell_lead_back_to_it(table: Table) -> None:
    for column in table.columns:
        words = next(cells(b.Attribute(table.name, column, b.Type.KEY))).words
        assert named_cell(f"обучение 01.02.2022: {words}") == (table.name, column.name)
        assert named_list(words) is None


def test_the_words_for_a_list_that_may_lack_rows_lead_to_it() -> None:
    assert (
        named_list("нет подходящих строк на листе «Обучение», а лист «Полнота» не говорит, что он полон") == "training"
    )
    assert named_list("лист «Полнота» не говорит, что лист «Образование» полон за 2022 год") == "education"
    assert named_cell("ждёт решения") is None
