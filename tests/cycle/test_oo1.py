"""What Opora counts for the form ОО-1 is what a hand counts in a small school; who falls out is told why."""

from __future__ import annotations

import datetime as dt
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from opora.cycle.models import FormFigure
from opora.cycle.oo1.counting import behind, counts_of
from opora.cycle.oo1.lines import BOX, LINE, LINES, PARTS, cells, last_year
from opora.cycle.oo1.stating import state_figures, stated
from opora.intake.oo1_workbook import read, template
from opora.people.models import Organisation, Person
from opora.registry.models import Trail
from opora.registry.scope import scope
from opora.registry.verbs import Refused
from opora.snapshot.load import load
from tests.registry.database import Keepsakes
from tests.registry.facts import TOWN, Row, dataset, territories
from tests.registry.town import ALICE, municipality

pytestmark = pytest.mark.usefixtures("school")
YEAR = 2024
ON = dt.date(2024, 9, 20)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def job(person: str, post: str = "teacher", group: str = "educator", kind: str | None = "main", **more: object) -> Row:
    since = {"since": day("2010-09-01")}
    return {"id": f"job {person} {len(more)}{kind}", "person": person, "organisation": "школа", "post": post} | {
        "staff_group": group, "kind": kind, **since, **more}  # fmt: skip


PEOPLE: dict[str, Row] = {
    # 49 on 1 January 2025; 27 years at work, and so says the note.
    "Анна": {"born": day("1975-01-02"), "sex": "female", "career_start": day("1997-09-01")},
    # 50 on that day: a day older.
    "Борис": {"born": day("1975-01-01"), "sex": "male", "career_start": day("2021-09-21")},
    "Вера": {"born": None, "sex": "female", "career_start": day("2000-09-01")},
    "Галина": {"born": day("1960-05-05"), "sex": "female", "career_start": None},
    "Дина": {"born": day("1990-01-01"), "sex": "female", "career_start": day("2025-01-01")},
    "Егор": {"born": day("1980-01-01"), "sex": None, "career_start": None},
    "Жанна": {"born": day("1985-01-01"), "sex": "female", "career_start": None},
    "Зоя": {"born": day("1985-01-01"), "sex": "female", "career_start": None},
    "Игорь": {"born": day("1985-01-01"), "sex": "male", "career_start": None},
}
JOBS = [
    job("Анна"),
    job("Анна", "organiser", kind="internal"),
    job("Борис"),
    job("Вера"),
    job("Галина", "director", "manager"),
    job("Дина", "psychologist"),
    job("Егор", "other", "support"),
    job("Жанна", kind="external"),
    job("Зоя", until=ON),
    job("Игорь", kind=None),
]
DIPLOMAS = [
    ("Анна", "higher", True, "1997-06-30"),
    ("Анна", "vocational", True, "1992-06-30"),
    ("Борис", "vocational", True, "2021-06-30"),
    ("Борис", "higher", True, "2024-09-21"),  # the day after the form's
    ("Вера", "higher", None, "1999-06-30"),
    ("Галина", "higher", False, "1985-06-30"),
    ("Егор", "secondary", None, "1998-06-30"),
]
CATEGORIES = [
    ("Анна", "highest", "teacher", "2020-01-01", None),
    ("Анна", "first", "teacher", "2015-01-01", None),
    ("Борис", "first", "teacher", "2019-09-20", "2024-09-20"),  # its term ends on the day
    ("Вера", "first", "organiser", "2022-01-01", None),
]
STATED = [
    ("Анна", "pedagogical", 20, "2017-09-01"),
    ("Вера", "pedagogical", 10, "2024-09-01"),  # by the beginning of her work it is 24
    ("Галина", "pedagogical", 38, "2023-09-01"),
    ("Галина", "total", 39, "2023-09-01"),
]


def facts() -> dict[str, list[Row]]:
    return {
        "territory": territories(),
        "organisation": [
            {"id": name, "municipality": TOWN, "title": name, "kind": "school", "since": day("2000-01-01")}
            for name in ("школа", "другая")
        ],
        "person": [{"id": name, "municipality": TOWN, "last_name": name} | row for name, row in PEOPLE.items()],
        "employment": [*JOBS, job("Зоя") | {"id": "away", "organisation": "другая", "since": ON}],
        "education": [
            {"id": str(place), "person": who, "level": level, "pedagogical": flag, "date": day(on)}
            for place, (who, level, flag, on) in enumerate(DIPLOMAS)
        ],
        "attestation": [
            {"id": str(place), "person": who, "category": category, "post": post, "since": day(since)}
            | {"until": day(until) if until else None}
            for place, (who, category, post, since, until) in enumerate(CATEGORIES)
        ],
        "experience": [
            {"id": str(place), "person": who, "kind": kind, "years": years, "date": day(on)}
            for place, (who, kind, years, on) in enumerate(STATED)
        ],
    }


@pytest.fixture(scope="module")
def loaded(keepsakes: Keepsakes) -> None:
    keepsakes.bring("small school", lambda: load(dataset(facts()), TOWN, ALICE))


@pytest.fixture
def school(loaded: None) -> Organisation:
    with scope([municipality(TOWN)], ALICE):
        FormFigure.objects.all().delete()
        return Organisation.objects.get(key="школа")


def told(school: Organisation, line: str, box: str) -> tuple[set[str], dict[str, str]]:
    """Who is counted, and who is left out and why."""
    with scope([municipality(TOWN)], ALICE):
        names = dict(Person.objects.values_list("pk", "last_name"))
        people = behind(school.pk, YEAR, LINE[line], BOX[box])
    counted = {str(names[each.person]) for each in people if not each.fault}
    return counted, {str(names[each.person]): each.fault for each in people if each.fault}


def test_the_counts_are_those_of_a_hand(school: Organisation) -> None:
    with scope([municipality(TOWN)], ALICE):
        found = counts_of([school.pk], YEAR)[school.pk]
    assert {cell: count for cell, count in found.items() if cell[0] in ("all", "teacher")} == {
        ("all", "total"): 6,  # without a job from outside, one that has ended, and one of which the kind is not known
        ("all", "higher"): 3,
        ("all", "higher-pedagogical"): 1,
        ("all", "vocational"): 1,
        ("all", "vocational-pedagogical"): 1,
        ("all", "women"): 4,
        ("all", "highest"): 1,
        ("all", "experience-5"): 1,
        ("all", "pedagogical-0"): 1,  # the third year is full a day later
        ("all", "pedagogical-5"): 2,
        ("all", "age-3"): 1,
        ("all", "age-5"): 2,
        ("all", "age-6"): 1,
        ("all", "age-8"): 1,
        ("teacher", "total"): 3,
        ("teacher", "higher"): 2,
        ("teacher", "higher-pedagogical"): 1,
        ("teacher", "vocational"): 1,
        ("teacher", "vocational-pedagogical"): 1,
        ("teacher", "women"): 2,
        ("teacher", "highest"): 1,
        ("teacher", "pedagogical-0"): 1,
        ("teacher", "pedagogical-5"): 1,
        ("teacher", "age-5"): 1,
        ("teacher", "age-6"): 1,
    }


@pytest.mark.parametrize(
    ("line", "box", "counted", "left_out"),
    [
        ("all", "total", {"Анна", "Борис", "Вера", "Галина", "Дина", "Егор"}, {"Игорь": "kind"}),
        ("teacher", "higher-pedagogical", {"Анна"}, {"Вера": "pedagogical", "Игорь": "kind"}),
        ("psychologist", "higher", set(), {"Дина": "no_diploma"}),
        ("support", "higher", set(), {}),
        ("support", "women", set(), {"Егор": "sex"}),
        ("teacher", "first", set(), {"Вера": "category_post", "Игорь": "kind"}),
        ("psychologist", "first", set(), {"Дина": "no_category"}),
        ("managers", "first", set(), {}),
        ("teacher", "age-5", {"Анна"}, {"Вера": "born", "Игорь": "kind"}),
        ("educators", "pedagogical-5", {"Анна"}, {"Вера": "differs", "Дина": "career_later", "Игорь": "kind"}),
        ("director", "experience-5", {"Галина"}, {}),
    ],
)
def test_each_number_opens_to_those_in_it_and_those_who_fell_out(
    school: Organisation, line: str, box: str, counted: set[str], left_out: dict[str, str]
) -> None:
    assert told(school, line, box) == (counted, left_out)


def test_every_cell_opens_to_as_many_as_it_counts(school: Organisation) -> None:
    with scope([municipality(TOWN)], ALICE):
        found = counts_of([school.pk], YEAR)[school.pk]
    for line, box in cells():
        assert len(told(school, line, box)[0]) == found.get((line, box), 0), (line, box)


def test_all_organisations_are_counted_by_one_statement(school: Organisation) -> None:
    with scope([municipality(TOWN)], ALICE):
        every = list(Organisation.objects.values_list("pk", flat=True))
        with CaptureQueriesContext(connection) as asked:
            found = counts_of(every, YEAR)
    assert len(asked) == 1
    assert sorted(counts["all", "total"] for counts in found.values()) == [1, 6]


def test_figures_are_kept_changed_and_taken_back_and_the_trail_tells_it(school: Organisation) -> None:
    cell, other = ("all", "total"), ("teacher", "age-5")
    state_figures(school, YEAR, {cell: 7, other: 0}, seen={}, by=ALICE)
    state_figures(school, YEAR, {cell: 6, other: None}, seen={cell: 7, other: 0}, by=ALICE)
    with scope([municipality(TOWN)], ALICE):
        assert stated([school.pk], YEAR) == {school.pk: {cell: 6}}
        assert stated([school.pk], YEAR - 1) == {school.pk: {}}
        told = Trail.objects.filter(table_name="form_figure").order_by("-pk")[:4]
        lines = [each.action for each in told]
    assert sorted(lines) == ["delete", "insert", "insert", "update"]


def test_what_somebody_else_has_stated_meanwhile_is_not_overwritten(school: Organisation) -> None:
    cell = ("all", "total")
    state_figures(school, YEAR, {cell: 7}, seen={}, by=ALICE)
    with pytest.raises(Refused) as refused:
        state_figures(school, YEAR, {cell: 8}, seen={cell: None}, by=ALICE)
    assert [(fault.field, fault.message) for fault in refused.value.faults] == [
        ("all.total", "Пока вы вводили, здесь записали другое число: 7")
    ]


def test_a_workbook_comes_back_as_it_was_filled_in() -> None:
    figures = {cell: place for place, cell in enumerate(cells())}
    given = read(template("Школа № 1", YEAR, figures))
    assert (given.figures, given.faults) == (figures, [])


def test_all_faults_of_a_workbook_are_told_with_their_places() -> None:
    import xlsxwriter

    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet(PARTS[0].title)
        sheet.write_row(0, 0, ["Строка", "Всего", "женщины"])
        sheet.write_row(1, 0, [LINES[0].title, "шесть", -1])
        sheet.write_row(2, 0, ["чужая строка", 5])
        sheet.write_row(3, 0, ["учитель", 3, 2.5])
    given = read(buffer.getvalue())
    assert given.figures == {("teacher", "total"): 3}
    assert given.faults == [
        "Лист «Образование и пол», строка 2, столбец 2: «шесть» — не число людей. Впишите целое число от 0",
        "Лист «Образование и пол», строка 2, столбец 3: «-1.0» — не число людей. Впишите целое число от 0",
        "Лист «Образование и пол», строка 3: в форме нет строки «чужая строка». Верните название",
        "Лист «Образование и пол», строка 4, столбец 3: «2.5» — не число людей. Впишите целое число от 0",
    ]


@pytest.mark.parametrize("content", [b"", b"\xd0\xcf\x11\xe0", b"PK\x03\x04 torn"])
def test_what_is_no_workbook_is_refused_in_words(content: bytes) -> None:
    given = read(content)
    assert (given.figures, len(given.faults)) == ({}, 1)


def test_an_empty_workbook_states_nothing_and_says_so() -> None:
    assert read(template("Школа", YEAR, {})).faults == [
        "В книге нет ни одного числа. Впишите числа в шаблон и загрузите его"
    ]


def test_the_template_has_a_sheet_for_each_part() -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(template("Школа", YEAR, {})))
    assert book.sheet_names == [part.title for part in PARTS]


def test_the_latest_form_is_that_whose_day_has_come() -> None:
    assert [last_year(dt.date(2024, 9, 19)), last_year(dt.date(2024, 9, 20))] == [2023, 2024]
