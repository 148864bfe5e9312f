"""What a staff page says becomes rows of the dataset, and nothing that it does not say."""

from __future__ import annotations

import datetime as dt

from opora.intake.pages import read_page
from opora.intake.pages.facts import lines_of_page
from opora.intake.reading import Reading, Ref
from opora.intake.sheets.told import Told

ON = dt.date(2024, 9, 1)
PAGE = """<meta charset="utf-8"><table>
<tr><th>№</th><th>ФИО</th><th>Должность</th><th>Преподаваемые дисциплины</th><th>Уровень образования</th>
<th>Категория</th><th>Повышение квалификации</th><th>Общий стаж</th><th>Педагогический стаж</th></tr>
<tr><td>1</td><td>Осокина Вера Львовна</td><td>учитель</td><td>математика, физика</td><td>высшее</td>
<td>первая, 2021 г.</td><td>«Цифровая школа», 2023 г., 72 ч.; «Оценивание на уроке», 12.05.2022, 36 ч.</td>
<td>12 лет</td><td>с 2015</td></tr>
<tr><td>2</td><td>Осокина Вера Львовна</td><td>заместитель директора</td><td></td><td></td><td></td>
<td>«Цифровая школа», 2023 г., 72 ч.</td><td></td><td></td></tr>
</table>"""


def rows(reading: Reading, table: str) -> list[dict[str, object]]:
    return [{name: cell.value for name, cell in line.cells.items()} for line in reading.lines if line.table == table]


def read(told: Told | None) -> Reading:
    return lines_of_page(read_page(PAGE.encode(), "школа.html"), told)


def test_a_page_tells_all_that_it_says_of_a_person_as_of_its_day() -> None:
    reading = read(Told(ON, "Школа № 3"))
    names = {line.table: Ref(line.name) for line in reading.lines}
    assert rows(reading, "organisation") == [{"title": "Школа № 3"}]
    assert rows(reading, "person") == [{"last_name": "Осокина", "first_name": "Вера", "patronymic": "Львовна"}]
    works = {"person": names["person"], "organisation": names["organisation"], "observed_on": ON}
    assert rows(reading, "employment") == [
        works | {"staff_group": "educator", "post": "teacher", "position": "учитель"},
        works | {"staff_group": "manager", "post": "deputy", "position": "заместитель директора"},
    ]
    assert rows(reading, "teaching") == [works | {"subject": "математика"}, works | {"subject": "физика"}]
    hers = {"person": names["person"]}
    assert rows(reading, "education") == [hers | {"level": "higher", "observed_on": ON}]
    assert rows(reading, "attestation") == [
        hers | {"post": "teacher", "category": "first", "observed_on": dt.date(2021, 12, 31)}
    ]
    assert rows(reading, "experience") == [hers | {"kind": "total", "years": 12, "date": ON}]


def test_of_a_course_whose_year_alone_is_told_the_year_is_kept_and_no_day_made_up() -> None:
    trainings = [line for line in read(Told(ON, "Школа № 3")).lines if line.table == "training"]
    assert [(line.year, line.cells.get("completed") is not None) for line in trainings] == [(2023, False), (None, True)]
    assert trainings[1].cells["completed"].value == dt.date(2022, 5, 12)


def test_what_cannot_be_kept_is_told_with_what_to_do() -> None:
    told = [(str(one.place), one.message) for one in read(Told(ON, "Школа № 3")).misread]
    assert told == [("школа.html, строка 1, столбец «Педагогический стаж»", "«с 2015»: указан год начала, а не стаж")]


def test_without_a_day_and_an_organisation_no_experience_and_no_job_is_told() -> None:
    reading = read(None)
    assert {line.table for line in reading.lines} == {
        "person", "education", "attestation", "training_programme", "training"
    }  # fmt: skip
    assert [one.mend for one in reading.misread] == [
        "Укажите день страницы при загрузке",
        "Выберите организацию при загрузке",
    ]


def test_the_same_page_read_again_is_the_same_reading() -> None:
    assert read(Told(ON, "Школа № 3")) == read(Told(ON, "Школа № 3"))
