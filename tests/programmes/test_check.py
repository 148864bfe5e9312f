"""Every fault of a programme's file is told at once, at its place, in Russian."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from opora.programmes import tree
from opora.programmes.check import MOST_FAULTS, check_programme, examine
from tests.programmes.files import GOOD, faults, spoiled


def test_a_good_programme_has_no_faults() -> None:
    assert faults(GOOD) == []


FIELDS = [
    ("    title: Доля молодых\n", "", 18, 5, "Нет обязательного поля «title»"),
    ("title: Доля молодых", "title:", 19, 11, "Поле «title» не заполнено"),
    ("title: Доля молодых", 'title: ""', 19, 12, "Здесь пусто, а нужен текст"),
    ("measures:", "mesures:", 29, 1, "Неизвестное поле «mesures»; возможно, вы имели в виду «measures»"),
    ("    unit:", "    units:", 21, 5, "Неизвестное поле «units»; возможно, вы имели в виду «unit»"),
    ("    unit:", "    цвет:", 21, 5, "Неизвестное поле «цвет»"),
    ("words: [я", "wrods: 1\n      words: [я", 12, 7, "Неизвестное поле «wrods»; возможно, вы имели в виду «words»"),
    (
        "kind: plan_row",
        "kind: plan",
        32,
        11,
        "Допустимо только plan_row, cycle_row, cycle_item, stage_item, measure_list, а написано «plan»; "
        "возможно, вы имели в виду «plan_row»",
    ),
    ("[3, 4]", "[3, 14]", 33, 17, "Число больше допустимого: не больше 12, а написано «14»"),
    ("[3, 4]", "[3, март]", 33, 17, "Здесь нужно целое число, а написано «март»"),
    ("[3, 4]", "март", 33, 13, "Здесь нужен список, а написано «март»"),
    (
        "key: example",
        "key: Пример",
        2,
        8,
        "Здесь нужно слово из строчных латинских букв, цифр и «_», а написано «Пример»",
    ),
    (
        "[является молодым, не является молодым]",
        "[а, б, в]",
        12,
        14,
        "В списке лишнее: не больше 2 значений",
    ),
]


@pytest.mark.parametrize(("old", "new", "line", "column", "message"), FIELDS)
def test_a_field_that_is_wrong_is_told(old: str, new: str, line: int, column: int, message: str) -> None:
    assert spoiled(old, new) == [(line, column, message)]


CODES = [
    ("[X-1, X-2]", "[X-1, X-3, X-2]", 36, 23, "Показателя «X-3» в программе нет; возможно, вы имели в виду «X-2»"),
    ("[X-1, X-2]", "[X-1, Х-2]", 36, 23, "Показателя «Х-2» в программе нет; возможно, вы имели в виду «X-2»"),
    ("[X-G1, X-T1]", "[X-G1, О-9]", 20, 19, "Цели или задачи «О-9» в программе нет"),
    ("code: X-PM-1", "code: X-1", 30, 11, "Код «X-1» уже занят в строке 18"),
    (
        "code: X-PM-1",
        "code: Х-1",
        30,
        11,
        "Код «Х-1» на вид не отличить от кода в строке 18: в одном из них буквы русские",
    ),
    ("code: X-PM-1", "code: X PM", 30, 11, "«X PM» — не код: годятся буквы, цифры, точка и дефис, без пробелов"),
    (
        "    count: educator",
        "    repeats: X-2\n    count: educator",
        27,
        14,
        "Другого показателя «X-2» в программе нет",
    ),
]


@pytest.mark.parametrize(("old", "new", "line", "column", "message"), CODES)
def test_a_code_must_be_one_and_must_be_there(old: str, new: str, line: int, column: int, message: str) -> None:
    found = spoiled(old, new)
    assert [(at, begin) for at, begin, _ in found] == [(line, column)]
    assert found[0][2].startswith(message)


NO_FORMULA = "Нет формулы: нужно одно из полей share, count, ratio, value, yes_if, reported"
FORMULAS = [
    ("    count: educator\n", "", 25, 5, NO_FORMULA),
    (
        "    count: educator",
        "    count: educator\n    value: count(educator)",
        28,
        5,
        "Вторая формула «value»: уже есть «count», нужна одна",
    ),
    ("    of: educator\n", "", 22, 5, "Доля без поля «of»: не сказано, от кого или чего она считается"),
    ("    count: educator", "    count: educator\n    of: educator", 28, 5, "Поле «of» бывает только рядом с «share»"),
    ("share: young", "share: young and (age < 3", 22, 22, "Эта скобка не закрыта: открыто 1, закрыто 0"),
    ("  person:", "  persn:", 9, 3, "Таблицы «persn» нет; возможно, вы имели в виду «person»"),
    ("    young:", "    young-ones:", 10, 5, "Имя «young-ones» не годится: нужны латинские буквы, цифры и «_»"),
]


@pytest.mark.parametrize(("old", "new", "line", "column", "message"), FORMULAS)
def test_a_formula_must_be_one_and_must_be_readable(old: str, new: str, line: int, column: int, message: str) -> None:
    assert (line, column, message) in spoiled(old, new)


@pytest.mark.parametrize(
    ("new", "line", "column"),
    [
        ("share: young and aeg < 3", 22, 22),
        ("share: 'young and aeg < 3'", 22, 23),
        ('share: "young and aeg < 3"', 22, 23),
        ("share: >-\n      young\n      and aeg < 3", 24, 11),
        ("share: |\n      young and\n      aeg < 3", 24, 7),
        ("share: young\n      and aeg < 3", 23, 11),
        ("share: 'young\n      and aeg < 3'", 23, 11),
    ],
)
def test_a_fault_in_a_formula_is_placed_in_the_file_however_it_is_quoted(new: str, line: int, column: int) -> None:
    [(at, begin, message)] = spoiled("share: young", new)
    assert (at, begin) == (line, column)
    assert "«aeg»" in message


def test_a_broken_definition_is_told_once_where_it_stands() -> None:
    [(line, column, message)] = spoiled("educator and age < 35", "educator and aeg < 35")
    assert (line, column) == (11, 29)
    assert "«aeg»" in message


def test_a_broken_exclusion_is_told_once() -> None:
    [(line, column, message)] = spoiled("reporting_dates:", "exclude: on_leav\nreporting_dates:")
    assert (line, column) == (7, 10)
    assert "возможно, вы имели в виду «on_leave»" in message


TARGETS = [
    ("at least 5%", "at least 5", 24, 13, "Показатель — доля: в цели после числа нужен знак %"),
    ("at least 5%", "yes", 24, 13, "Цель «да» или «нет» подходит только показателю с yes_if или с ответом form: yes"),
    ("2022: at least 3", "2022: at least 3%", 28, 20, "Показатель — количество: знак % в цели лишний"),
    ("2022: at least 3", "2022: at least", 28, 20, "Цель «at least»: не хватает числа"),
    ("2022: at least 3", "22: at least 3", 28, 18, "«22» — не год: цели по годам пишутся как 2025: at least 30%"),
    ("at least 5%", "growth and yes", 24, 13, "Цель «growth and yes»: «рост» и «да» вместе не бывают"),
    ("at least 5%", "[growth]", 24, 13, "Цель — текст вида at least 30% или такие тексты по годам"),
    ("at least 5%", '"at most 5,5%"', 24, 14, "Цель «at most 5,5%»: дробная часть пишется через точку"),
    ("at least 5%", "growth\n    base: {}", 25, 11, "База — либо date, либо value с источником source"),
    (
        "at least 5%",
        "growth\n    base: {value: 0.3}",
        25,
        11,
        "У базы со значением value нужен источник source: откуда взято число",
    ),
    ("at least 5%", "at least 105%", 24, 13, "Доля не бывает больше 100 %"),
    ("at least 5%", "{2022: at least 5%, 2024: at least 150%}", 24, 39, "Доля не бывает больше 100 %"),
    (
        "at least 5%",
        "growth\n    base: {value: 45.2, source: отчёт}",
        25,
        19,
        "Доля пишется частью единицы или со знаком процента: 0.452 или 45.2%",
    ),
    (
        "at least 5%",
        "growth\n    base: {value: 452, source: отчёт}",
        25,
        19,
        "Доля не бывает больше 1, то есть 100 %",
    ),
    ("at least 5%", "growth\n    base: {value: 145%, source: отчёт}", 25, 19, "Доля не бывает больше 100 %"),
    ("at least 5%", "growth\n    base: {value: -0.1, source: отчёт}", 25, 19, "«-0.1»: меньше нуля не бывает"),
    (
        "at least 5%",
        "growth\n    base: {value: 'сорок', source: отчёт}",
        25,
        19,
        "Здесь нужно число; дробная часть — через точку, а написано «сорок»",
    ),
    (
        "at least 5%",
        "growth\n    base: {date: 2022-12-31}",
        25,
        18,
        "База не раньше последней отчётной даты программы: расти будет не от чего",
    ),
    (
        "{2022: at least 3, 2025: at least 5}",
        "growth\n    base: {value: 5%, source: отчёт}",
        29,
        19,
        "Показатель — количество: знак % лишний",
    ),
    (
        "    count: educator\n    target: {2022: at least 3, 2025: at least 5}",
        "    yes_if: count(educator) > 1\n    base: {value: 1, source: отчёт}",
        28,
        11,
        "Показатель отвечает «да» или «нет»: сравнивать с базой нечего",
    ),
]


@pytest.mark.parametrize(("old", "new", "line", "column", "message"), TARGETS)
def test_a_target_must_fit_its_indicator(old: str, new: str, line: int, column: int, message: str) -> None:
    assert spoiled(old, new) == [(line, column, message)]


@pytest.mark.parametrize("written", ["0.452", "45.2%", '"45.2 %"', "1", "100%"])
def test_a_base_of_a_share_is_a_fraction_or_a_percent(written: str) -> None:
    assert spoiled("at least 5%", f"growth\n    base: {{value: {written}, source: отчёт}}") == []


BREAKDOWNS = [
    ("organisaton", "у того, что считают («Люди»), такого столбца нет; возможно, вы имели в виду «organisation»"),
    ("tenyre", "у того, что считают («Люди»), такого столбца нет; возможно, вы имели в виду «tenure»"),
    ("цвет", "у того, что считают («Люди»), такого столбца нет"),
    ("attestation.category", "формула не спрашивает о таблице attestation: нет has attestation …"),
    (
        "employment.pots",
        "в таблице employment («Работа») нет «pots»; возможно, вы имели в виду «post»",
    ),
    (
        "organisaton.kind",
        "такого пути от таблицы person («Люди») нет; возможно, вы имели в виду «organisation»",
    ),
]


@pytest.mark.parametrize(("by", "why"), BREAKDOWNS)
def test_a_breakdown_must_be_something_that_the_counted_things_have(by: str, why: str) -> None:
    assert spoiled("share: young", f"by: [sex, {by}]\n    share: young") == [(22, 15, f"Разрез «{by}»: {why}")]


def test_a_formula_of_several_counts_is_broken_down_by_what_all_have() -> None:
    spoiled_ = spoiled("count: educator", "value: count(educator) + count(event)\n    by: kind")
    assert (28, 9) in [(line, column) for line, column, _ in spoiled_]
    assert spoiled_[0][2] == (
        "Разрез «kind»: в формуле несколько чисел («Люди» и «Мероприятия»), "
        "и разделить их все по одному и тому же нельзя"
    )


ONCE = [
    (
        "    count: educator",
        "    count: educator\n    once_per: person",
        28,
        15,
        "Люди и так считаются по одному разу: уберите once_per",
    ),
    ("    count: educator", "    count: event\n    once_per: person", 28, 15, "В таблице event нет ссылки «person»"),
    (
        "    count: educator",
        "    value: count(educator)\n    once_per: person",
        28,
        5,
        "Поле «once_per» бывает только рядом с «share» или «count»",
    ),
]


@pytest.mark.parametrize(("old", "new", "line", "column", "message"), ONCE)
def test_once_per_person_needs_something_of_a_person(old: str, new: str, line: int, column: int, message: str) -> None:
    assert spoiled(old, new) == [(line, column, message)]


NOT_A_DATE = "— не дата: пишите ГГГГ-ММ-ДД, и такой день должен быть в календаре"
DATES = [
    ("[2021-12-31,", "[2021-02-29,", 7, 19, f"«2021-02-29» {NOT_A_DATE}"),
    ("[2021-12-31,", "[2021,", 7, 19, f"«2021» {NOT_A_DATE}"),
    ("[2021-12-31,", "[0001-01-01,", 7, 19, "«0001-01-01»: год бывает от 1900 до 2100"),
    ("[2021-12-31,", "[2022-12-31,", 7, 31, "Отчётные даты должны идти по возрастанию и не повторяться"),
    ("[2021-12-31,", "[2020-12-31,", 7, 19, "Отчётная дата раньше начала программы"),
    ("ends: 2025-12-31", "ends: 2020-12-31", 6, 9, "Программа заканчивается раньше, чем начинается"),
]


@pytest.mark.parametrize(("old", "new", "line", "column", "message"), DATES)
def test_dates_must_be_in_the_calendar_and_in_order(old: str, new: str, line: int, column: int, message: str) -> None:
    assert spoiled(old, new) == [(line, column, message)]


def test_a_date_may_be_written_the_russian_way() -> None:
    assert spoiled("starts: 2021-01-01", "starts: 01.01.2021") == []


MIXED = "; наберите её в другой раскладке"
WORDS = [
    (
        "Доля молодых",
        "Доля мoлодых",
        19,
        18,
        "В слове «мoлодых» 2-я буква, «o», — латинская; наберите её в другой раскладке",
    ),
    ("Доля молодых", "Доля c молодыми", 19, 17, "Слово «c» набрано латинской буквой; наберите её в русской раскладке"),
    ("Доля молодых", "Доля Eхсel", 19, 18, "В слове «Eхсel» 2-я буква, «х», — русская" + MIXED),
    ("методист", "Иванов И.И.", 35, 25, "«И.И.» похоже на имя человека: в программе пишут должность или роль"),
    ("методист", "Анна Ивановна", 35, 23, "«Ивановна» похоже на имя человека: в программе пишут должность или роль"),
]


@pytest.mark.parametrize(("old", "new", "line", "column", "message"), WORDS)
def test_words_are_checked_for_foreign_letters_and_names(
    old: str, new: str, line: int, column: int, message: str
) -> None:
    assert spoiled(old, new) == [(line, column, message)]


def test_all_faults_are_told_at_once_in_the_order_of_the_file() -> None:
    text = (
        GOOD.replace("ends: 2025-12-31", "ends: 2025-12-32")
        .replace("title: Доля молодых", "title: Доля мoлодых\n    colour: red")
        .replace("share: young", "share: yong")
        .replace("at least 5%", "at lest 5%")
        .replace("X-G1, X-T1", "X-G7, X-T1")
        .replace("code: X-2", "code: X-1")
        .replace("kind: plan_row", "kind: plan_row\n    kind: plan_row")
    )
    assert [(line, column) for line, column, _ in faults(text)] == [
        (6, 9),
        (19, 18),
        (20, 5),
        (21, 13),
        (23, 12),
        (25, 13),
        (26, 11),
        (34, 5),
        (38, 23),
    ]


def test_a_field_written_twice_is_told_with_the_line_of_the_first() -> None:
    twice = spoiled("    kind: plan_row\n", "    kind: plan_row\n    kind: plan_row\n")
    assert twice == [(33, 5, "Поле «kind» уже записано в строке 32")]


SYNTAX = [
    ("a: b: c\n", 1, 5, "Лишнее двоеточие: если оно часть текста, возьмите весь текст в кавычки"),
    ("a:\n\t- b\n", 2, 1, "Табуляция вместо отступа: замените её пробелами"),
    ("unit: %\n", 1, 7, "С знака «%» текст начинаться не может: возьмите его в кавычки"),
    ('a: "x\nb: c\n', 3, 1, "Не закрыты кавычки, открытые в строке 1"),
    ("a: [1, 2\nb: c\n", 2, 2, "Список, открытый в строке 1 скобкой «[», не закрыт или в нём не хватает запятой"),
    ("a: {b: c\n", 2, 1, "Скобка «{», открытая в строке 1, не закрыта или не хватает запятой"),
    ("a: }\n", 1, 4, "Скобка закрыта, но не открыта"),
    ("a:\n  - b\n c: d\n", 3, 2, None),
    ("- a\nb: c\n", 2, 1, None),
    ("a: b\nc\n", 3, 1, "Не хватает двоеточия после имени поля"),
    ("a: >b\n  c\n", 1, 5, "После знака «|» или «>» текст начинается с новой строки"),
    ("a: \x01\n", 1, 4, "Невидимый управляющий знак: удалите его"),
    ("a: b\n---\nc: d\n", 2, 1, "Вторая программа в том же файле: уберите строку «---»"),
    ("[a, b]: c\n", 1, 1, "Имя поля должно быть простым текстом"),
    ("a: *x\n", 1, 4, "«*x» ни на что не указывает: выше нет текста с именем «&x»"),
    ("a: !x y\n", 1, 4, "Метки типов YAML (знак !) не разрешены: уберите метку или возьмите текст в кавычки"),
]


@pytest.mark.parametrize("loader", [tree._LOADER, yaml.SafeLoader], ids=["libyaml", "pure"])
@pytest.mark.parametrize(("text", "line", "column", "message"), SYNTAX)
def test_a_slip_of_yaml_is_told_in_russian(
    text: str, line: int, column: int, message: str | None, loader: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree, "_LOADER", loader)
    found = faults(text)
    assert (line, column) in [(at, begin) for at, begin, _ in found]
    told = next(words for at, begin, words in found if (at, begin) == (line, column))
    assert told == message if message else told.startswith("Отступ")


@pytest.mark.parametrize("text", ["", "# только примечание\n", "- список\n", "просто текст\n"])
def test_a_file_without_fields_is_refused(text: str) -> None:
    message = "Файл пуст или начат не с полей: ожидаются programme:, goals:, indicators: и другие"
    assert faults(text) == [(1, 1, message)]


SWELLING = [
    ("a: " + "[" * 500_000, "Вложенность больше 20 уровней: это не программа"),
    ("a: [" + "1," * 500_000 + "]", "В файле больше 30000 значений: это не программа"),
    ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "Имя «&a» можно дать только тексту, а не группе полей или списку"),
    (f"a: &a {'x' * 100_000}\nb: [{'*a, ' * 20_000}]", "Повторы через «*» раздувают файл: это не программа"),
    ("a: &a [*a]", "Имя «&a» можно дать только тексту, а не группе полей или списку"),
]


@pytest.mark.parametrize(("text", "message"), SWELLING, ids=["deep", "many", "laughs", "long", "self"])
def test_a_file_that_would_swell_is_refused(text: str, message: str) -> None:
    assert examine(text).faults[0].message == message


def test_a_text_may_be_named_and_repeated() -> None:
    assert spoiled("text: Обучение", "text: &t Обучение}\n  - {code: X-T2, text: *t") == []


def test_a_fault_in_a_repeated_text_is_placed_at_each_use() -> None:
    named = GOOD.replace("text: Обучение", "text: &t Обyчение}\n  - {code: X-T2, text: *t ")
    assert [(line, column) for line, column, _ in faults(named)] == [(16, 29), (17, 24)]


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    path.write_bytes(b"a" * 3_000_000)
    assert [str(fault) for fault in check_programme(path)] == [
        "строка 1, столбец 1: Файл больше 1 МБ: это не программа"
    ]


def test_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "old.yaml"
    path.write_bytes("a: b\nkey: Ы".encode("cp1251"))
    assert [str(fault) for fault in check_programme(path)] == [
        "строка 2, столбец 6: Файл не в кодировке UTF-8: сохраните его в UTF-8"
    ]


def test_a_file_of_windows_is_read_with_the_same_places(tmp_path: Path) -> None:
    path = tmp_path / "windows.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("at least 5%", "at lest 5%").replace("\n", "\r\n").encode())
    [fault] = check_programme(path)
    assert (fault.line, fault.column) == (24, 13)


PIECES = [
    "[",
    "]",
    "{",
    "}",
    ": ",
    "- ",
    '"',
    "'",
    "\n",
    "  ",
    "#",
    "*a",
    "&a ",
    "!",
    "%",
    "null",
    "щ",
    "5",
    ">-\n",
    "\t",
]


@settings(max_examples=300)
@given(st.integers(0, len(GOOD)), st.integers(0, 30), st.lists(st.sampled_from(PIECES), max_size=3).map("".join))
def test_whatever_is_done_to_a_file_it_is_answered_with_places_inside_it(at: int, cut: int, new: str) -> None:
    text = GOOD[:at] + new + GOOD[at + cut :]
    lines = text.split("\n")
    for line, column, _ in faults(text):
        assert 1 <= line <= len(lines) + 1
        assert 1 <= column <= len([*lines, ""][line - 1]) + 1


def test_of_a_file_full_of_faults_the_first_are_told() -> None:
    found = examine(GOOD + "".join(f"x{number}: 1\n" for number in range(2000))).faults
    assert len(found) == MOST_FAULTS + 1
    assert found[-1].message == f"Ошибок больше {MOST_FAULTS}: исправьте эти и проверьте снова"


def test_there_is_an_end_to_indicators_dates_and_breakdowns() -> None:
    many = "В списке лишнее: не больше {} значений"
    dates = ", ".join(f"2021-01-{day:02}" for day in range(1, 29)) + ", 2021-02-01" * 80
    assert (7, 18, many.format(100)) in spoiled("[2021-12-31, 2022-12-31]", f"[{dates}]")
    by = ", ".join(["sex"] * 21)
    assert spoiled("share: young", f"by: [{by}]\n    share: young") == [(22, 9, many.format(20))]
