"""Which rows and blocks are people: marks, headers, merged cells, cards; and which are not."""

from __future__ import annotations

from opora.intake.pages import Person, read_page

HEADER = "<tr><th>ФИО</th><th>Должность</th><th>Образование</th></tr>"


def people(body: str) -> tuple[Person, ...]:
    return read_page(f"<html><body>{body}</body></html>".encode(), "page.html").persons


def names(body: str) -> list[str]:
    return [person.name.value.surname for person in people(body)]


def row(surname: str, attributes: str = "") -> str:
    return f"<tr {attributes}><td>{surname} Майя Львовна</td><td>воспитатель</td><td>высшее</td></tr>"


def test_rows_of_sections_totals_and_repeated_headers_are_no_people() -> None:
    rows = (
        HEADER
        + "<tr><td colspan=3>Дошкольное отделение</td></tr>"
        + row("Зорина")
        + HEADER
        + row("Вешняя")
        + "<tr><td>Итого</td><td>2</td><td></td></tr>"
    )
    assert names(f"<table>{rows}</table>") == ["Зорина", "Вешняя"]


def test_a_list_of_telephones_is_not_read_as_staff() -> None:
    header = "<tr><th>ФИО</th><th>Должность</th><th>Телефон</th></tr>"
    telephones = f"<table>{header}<tr><td>Громов Ян Ильич</td><td>директор</td><td>1-23</td></tr></table>"
    assert names(telephones + f"<table>{HEADER}{row('Зорина')}</table>") == ["Зорина"]


def test_a_row_that_is_not_marked_among_marked_ones_is_unsure() -> None:
    rows = HEADER + row("Зорина", "itemprop=teachingStaff") * 2 + row("Вешняя")
    assert [person.name.doubt for person in people(f"<table>{rows}</table>")] == [
        "",
        "",
        "строка не отмечена как педагогическая, а другие отмечены",
    ]


def test_managers_are_marked_otherwise_and_left_out() -> None:
    rows = HEADER + row("Громова", "itemprop=rucovodstvo") + row("Зорина", "itemprop=teachingStaff")
    assert names(f"<table>{rows}</table>") == ["Зорина"]


def test_a_table_without_a_header_goes_on_with_the_columns_of_the_one_before() -> None:
    body = f"<table>{HEADER}{row('Зорина')}</table><p>Филиал</p><table>{row('Вешняя')}{row('Летняя')}</table>"
    assert [(person.name.value.surname, [post.value for post in person.posts]) for person in people(body)] == [
        ("Зорина", ["воспитатель"]),
        ("Вешняя", ["воспитатель"]),
        ("Летняя", ["воспитатель"]),
    ]


def test_a_person_whose_cell_is_merged_over_rows_is_one_person() -> None:
    rows = (
        "<tr><th>ФИО</th><th>Должность</th><th>Тема курсов</th><th>Год</th><th>Часы</th></tr>"
        "<tr><td rowspan=2>Зорина Майя Львовна</td><td rowspan=2>воспитатель</td>"
        "<td>Игра</td><td>2021</td><td>72</td></tr>"
        "<tr><td>Речь</td><td>2023</td><td>36</td></tr>"
    )
    (person,) = people(f"<table>{rows}</table>")
    courses = [
        (t.title and t.title.value, t.period and t.period.value.year, t.hours and t.hours.value)
        for t in person.trainings
    ]
    assert courses == [("Игра", 2021, 72), ("Речь", 2023, 36)]


def test_letters_of_two_alphabets_become_one_name() -> None:
    assert names(f"<table>{HEADER}{row('3opинa'.replace('3', 'З'))}</table>") == ["Зорина"]


def test_cards_end_where_their_element_ends() -> None:
    card = "<div class=c><h4>{} Майя Львовна</h4><p>Должность: воспитатель</p><p>Стаж: 5 лет</p></div>"
    body = f"<div>{card.format('Зорина')}{card.format('Вешняя')}</div><p>Повышение квалификации: «Для всех», 2020</p>"
    assert [(person.name.value.surname, len(person.trainings)) for person in people(body)] == [
        ("Зорина", 0),
        ("Вешняя", 0),
    ]


def test_a_name_in_a_text_is_no_card() -> None:
    assert names("<p>Зорина Майя Львовна</p><p>поздравляем с праздником!</p>") == []


def test_the_category_is_found_in_whatever_cell_it_stands() -> None:
    header = "<tr><th>ФИО</th><th>Должность</th><th>Награды</th><th>Стаж</th></tr>"
    row = "<tr><td>Зорина Майя Львовна</td><td>тьютор</td><td>первая категория</td><td>5</td></tr>"
    (person,) = people(f"<table>{header}{row}</table>")
    assert person.category is not None
    assert (person.category.value.category, person.category.place.cell) == ("first", "Награды")
