"""Rows that are written to a sheet in any layout are read back equal; nothing in a sheet makes reading fail."""

from __future__ import annotations

import datetime as dt
import tracemalloc
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opora.indicators.dataset.schema import Kind
from opora.indicators.dataset.tables import STORED
from opora.intake.reading import Reading, Ref
from opora.intake.sheets.kinds import KINDS
from opora.intake.sheets.opening import open_book
from opora.intake.sheets.proposing import mapping_key, proposed_mapping
from opora.intake.sheets.read import read_sheets
from opora.intake.sheets.told import Told
from tests.intake.sheets.files import csv_bytes, ods, xlsx

SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
ON = dt.date(2025, 9, 1)

surnames = st.sampled_from(["Рябинин", "Лужин", "Осокин", "Ветров-Травин", "Ёлкин"])
givens = st.sampled_from(["Пётр", "Олег", "Фёдор", "Лев"])
patronymics = st.sampled_from(["Ильич", "Маркович", "Львович"])
posts = st.sampled_from(
    [("учитель", "teacher"), ("воспитатель", "preschool_teacher"), ("методист", "methodist"), ("тьютор", "tutor")]
)
days = st.dates(dt.date(1950, 1, 1), dt.date(2005, 12, 31))


@dataclass(frozen=True)
class Person:
    surname: str
    given: str
    patronymic: str
    post: tuple[str, str]
    born: dt.date
    rate: float
    years: int
    subject: str
    hours: float


people = st.lists(
    st.builds(
        Person,
        surnames,
        givens,
        patronymics,
        posts,
        days,
        st.sampled_from([0.25, 0.5, 1.0, 1.5]),
        st.integers(0, 60),
        st.sampled_from(["Химия", "Физика", "Русский язык", "Информатика"]),
        st.integers(1, 72).map(lambda half: half / 2),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda person: (person.surname, person.given, person.patronymic),
)
COLUMNS: dict[str, tuple[list[str], Any]] = {
    "name": (["ФИО", "Ф.И.О.", "Фамилия, имя, отчество"], lambda p: f"{p.surname} {p.given} {p.patronymic}"),
    "post": (["Должность", "Занимаемая должность"], lambda p: p.post[0]),
    "born": (["Дата рождения", "Дата рожд."], lambda p: p.born),
    "rate": (["Ставка", "Кол-во ставок"], lambda p: p.rate),
    "years": (["Педагогический стаж", "Пед. стаж"], lambda p: p.years),
    "subject": (["Предмет", "Преподаваемый предмет"], lambda p: p.subject),
    "hours": (["Часов в неделю", "Нагрузка"], lambda p: p.hours),
}


@st.composite
def layouts(draw: st.DrawFn) -> tuple[list[Person], list[list[Any]]]:
    found = draw(people)
    order = draw(st.permutations([*COLUMNS, "gap"]))
    headings = ["" if name == "gap" else draw(st.sampled_from(COLUMNS[name][0])) for name in order]
    rows: list[list[Any]] = [["Тарификационный список"]] * draw(st.integers(0, 2)) + [[]] * draw(st.integers(0, 2))
    rows.append(headings)
    if draw(st.booleans()):
        rows.append([*range(1, len(headings) + 1)])
    for person in found:
        rows.append(["" if name == "gap" else COLUMNS[name][1](person) for name in order])
        extra = draw(st.sampled_from(["", "", "empty", "total", "header"]))
        if extra:
            kinds: dict[str, list[Any]] = {"empty": [], "total": ["Итого", "", 1], "header": headings}
            rows.append(kinds[extra])
    return found, rows


def said(path: Path) -> list[tuple[Any, ...]]:
    reading = read_sheets(path, told=Told(on=ON))
    assert reading.misread == ()
    lines: dict[str, dict[str, dict[str, Any]]] = {}
    for line in reading.lines:
        cells = {name: cell.value for name, cell in line.cells.items()}
        person = cells.get("person")
        who = person.line if isinstance(person, Ref) else line.name
        lines.setdefault(who, {})[line.table] = cells
        assert not line.doubt
        assert not any(cell.doubt for cell in line.cells.values())
    return [
        (
            *(of["person"][part] for part in ("last_name", "first_name", "patronymic", "born")),
            *(of["employment"][part] for part in ("position", "post", "rate")),
            of["experience"]["years"],
            *(of["teaching"][part] for part in ("subject", "hours")),
        )
        for of in lines.values()
    ]


def meant(found: list[Person]) -> list[tuple[Any, ...]]:
    return [(p.surname, p.given, p.patronymic, p.born, *p.post, p.rate, p.years, p.subject, p.hours) for p in found]


@SETTINGS
@given(layouts(), st.sampled_from(["xlsx", "ods", "csv"]), st.sampled_from(["utf-8-sig", "cp1251", "koi8-r", "utf-16"]))
def test_rows_written_in_any_layout_are_read_back(
    tmp_path: Path, written: tuple[list[Person], list[list[Any]]], form: str, encoding: str
) -> None:
    found, rows = written
    path = tmp_path / f"t.{form}"
    if form == "csv":
        texts = [[f"{cell:%d.%m.%Y}" if isinstance(cell, dt.date) else cell for cell in row] for row in rows]
        path.write_bytes(csv_bytes(texts, ";", encoding))
    elif form == "ods":
        ods(path, rows)
    else:
        xlsx(path, {"Лист": rows})
    assert said(path) == meant(found)


cells = st.one_of(
    st.none(),
    st.text(max_size=40),
    st.integers(-(10**9), 10**9),
    st.floats(-1e9, 1e9),
    st.dates(dt.date(1900, 3, 1)),
    st.sampled_from(
        ["с 2015", "35 лет", "=cmd|' /C calc'!A0", "0,5 ст.; 1", "Лужин Пётр Ильич", "высшая", "31.02.2020", "Итого"]
    ),
)


_TYPES: dict[Kind, type] = {Kind.DATE: dt.date, Kind.NUMBER: float, Kind.INTEGER: int, Kind.FLAG: bool}


def keeps_the_contract(reading: Reading) -> None:
    """Names once; references backwards; values of the type that the column declares, of its choices."""
    seen: set[str] = set()
    for line in reading.lines:
        assert line.name not in seen
        for name, cell in line.cells.items():
            column = STORED[line.table].column(name)
            assert column is not None
            if isinstance(cell.value, Ref):
                assert (column.kind, cell.value.line in seen) == (Kind.REF, True)
            else:
                assert type(cell.value) is _TYPES.get(column.kind, str)
                assert column.kind is not Kind.CHOICE or cell.value in dict(column.choices)
        seen.add(line.name)
    assert all(each.message and each.mend for each in reading.misread)


@SETTINGS
@given(
    kind=st.sampled_from(["", *KINDS]),
    headings=st.lists(st.sampled_from([heading for names, _ in COLUMNS.values() for heading in names]), max_size=6),
    more=st.lists(
        st.sampled_from(["Категория", "Образование", "Отпуск", "Тема курса", "Часов", "Дата", "Уровень", "РМО", "Итог"])
    ),
    rows=st.lists(st.lists(cells, max_size=9), max_size=8),
)
def test_nothing_in_a_sheet_makes_reading_fail(
    tmp_path: Path, kind: str, headings: list[str], more: list[str], rows: list[list[Any]]
) -> None:
    path = xlsx(tmp_path / "t.xlsx", {"Лист": [["ФИО", *headings, *more], *rows]})
    sheet = open_book(path).sheets[0]
    mappings = {mapping_key(sheet): proposed_mapping(sheet, kind)}
    keeps_the_contract(read_sheets(path, mappings, Told(on=ON)))


def test_the_memory_of_a_refusal_is_bounded(tmp_path: Path) -> None:
    from tests.intake.sheets.test_opening import bomb, far_ods, many_wide_sheets

    for make in (bomb, far_ods, many_wide_sheets):
        path = make(tmp_path / "t.xlsx")
        tracemalloc.start()
        assert len(read_sheets(path).misread) == 1
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
        tracemalloc.stop()
