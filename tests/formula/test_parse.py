"""A text is a formula, the same one however it is laid out, or it is told in Russian where it goes wrong."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from opora.indicators.formula import tree as t
from opora.indicators.formula.faults import DEEPEST, FormulaFaults
from opora.indicators.formula.parse import LONGEST, parse
from tests.formula.marks import expected, told, unmarked
from tests.formula.trees import trees, written

# ── round trip ───────────────────────────────────────────────────────────────────────────────────────────────────


def deepest_bracket(text: str) -> int:
    depth, most, quoted = 0, 0, False
    for letter in text:
        quoted ^= letter == '"'
        depth += 0 if quoted else (letter == "(") - (letter == ")")
        most = max(most, depth)
    return most


@settings(max_examples=400)
@given(trees())
def test_a_tree_written_as_text_is_read_as_the_same_tree(tree: t.Expr) -> None:
    text = written(tree)
    assume(len(text) <= LONGEST and deepest_bracket(text) <= DEEPEST)
    assert parse(text) == tree


@given(trees(), st.sampled_from(["\n", "  ", "\t", " # и так (тоже\n"]))
def test_spaces_and_comments_change_nothing(tree: t.Expr, space: str) -> None:
    text = written(tree)
    assume('"' not in text and len(text) < LONGEST // 15 and deepest_bracket(text) < DEEPEST)
    assert parse(f"({text.replace(' ', space)})") == tree


SOUP = (
    "and or not has every satisfies latest count people share sum of over where as via began ended in previous period "
    'within since on ever at least most exactly times years is known ( ) ) , . + - * / < = >= 5 3% 2022-02-30 "да" '
    "age training person с # 1.5"
)


@settings(max_examples=300)
@given(st.text(max_size=40) | st.lists(st.sampled_from(SOUP.split()), max_size=12).map(" ".join))
def test_whatever_is_written_is_a_formula_or_a_fault_within_the_text(text: str) -> None:
    try:
        parse(text)
    except FormulaFaults as problem:
        (fault,) = problem.faults
        assert 0 <= fault.at.start <= fault.at.end <= max(len(text), 1)


# ── what is read ─────────────────────────────────────────────────────────────────────────────────────────────────

A, B, C = t.Path(("a",)), t.Path(("b",)), t.Path(("c",))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a or b and c", t.AnyOf((A, t.AllOf((B, C))))),
        ("(a or b) and c", t.AllOf((t.AnyOf((A, B)), C))),
        ("not a and b", t.AllOf((t.Negate(A), B))),
        ("a and (b and c)", t.AllOf((A, B, C))),
        ("a - b - c = 1", t.Compare("=", t.Arithmetic("-", t.Arithmetic("-", A, B), C), t.Number(1))),
        ("a + b * c = 1", t.Compare("=", t.Arithmetic("+", A, t.Arithmetic("*", B, C)), t.Number(1))),
        ("a >= 3 years", t.Compare(">=", A, t.Duration(3, "year"))),
        ("a >= 12.5%", t.Compare(">=", A, t.Percent(0.125))),
        ("a = 2022-02-28", t.Compare("=", A, t.Date(dt.date(2022, 2, 28)))),
        ('a = "скобка ( # и знак"', t.Compare("=", A, t.String("скобка ( # и знак"))),
        ("on > a", t.Compare(">", t.Path(("on",)), A)),
        ("since since since", t.InWindow(t.Path(("since",)), t.Since(t.Path(("since",))))),
        ("years >= 5", t.Compare(">=", t.Path(("years",)), t.Number(5))),
        ("years(a, b) >= 5", t.Compare(">=", t.Years(A, B), t.Number(5))),
        ("has a at  least\n2", t.Has(t.Relation("a"), t.Quantity("at least", 2, "times"))),
        ("notable", t.Path(("notable",))),
    ],
)
def test_a_text_is_read_so(text: str, tree: t.Expr) -> None:
    assert parse(text) == tree


def test_a_node_knows_its_place() -> None:
    tree = parse("educator and\n  age < 35")
    assert isinstance(tree, t.AllOf)
    assert [item.at for item in tree.items] == [t.Place(0, 8, 1, 1), t.Place(15, 23, 2, 3)]


# ── what is refused ──────────────────────────────────────────────────────────────────────────────────────────────

UNEXPECTED = "Здесь не ожидается "
NAMES_ARE_LATIN = "имена пишутся латинскими буквами, а русский текст — в кавычках"
PERHAPS = NAMES_ARE_LATIN + "; возможно, вы имели в виду "
MIXED = "; наберите её в другой раскладке"
HALF = "Формула обрывается: после последнего слова чего-то не хватает"
NOT_CLOSED = "Эта скобка не закрыта: открыто {}, закрыто {}"
QUOTES = 'Кавычки в формуле — прямые двойные: "…"'
ORDER = "; порядок такой: has training as … via … where (…) within 3 years at least 2 times"
TIME_FIRST = "; промежуток времени ставят до числа: has training within 3 years at least 2 times"
NUMBER_LAST = "; число ставят в конце: has training at least 2 times"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        # brackets and quotes
        ("[[(]]age < 35", NOT_CLOSED.format(1, 0)),
        ("has training where [[(]]passed and (form = distance)", NOT_CLOSED.format(2, 1)),
        ("(age < 35) and [[(]]teacher or (age < 30)", NOT_CLOSED.format(3, 2)),
        ('has training where [[(]]topic = ")"', NOT_CLOSED.format(1, 0)),
        ("age < 35[[)]]", "Лишняя закрывающая скобка: открыто 0, закрыто 1"),
        ('topic = "(" [[topic]]', UNEXPECTED + "«topic»"),
        ('topic = [["]]план', "Не закрыты кавычки"),
        ('topic in ("план", [["]]проект)', "Не закрыты кавычки"),
        ("topic = [[«]]план»", QUOTES),
        ("topic = [[“]]план”", QUOTES),
        ("topic = [[']]план'", QUOTES),
        # letters that look alike
        ("has trainin[[с]]g", "В слове «traininсg» 8-я буква, «с», — русская" + MIXED),
        ("[[а]]ge < 35", "В слове «аge» 1-я буква, «а», — русская" + MIXED),
        ("has tra[[і]]ning", "В слове «traіning» 4-я буква, «і», — русская" + MIXED),
        ('topic = "математи[[c]]кa"', "В слове «математиcкa» 9-я буква, «c», — латинская" + MIXED),
        # Russian words
        ("age < 35 and [[с]]", "Слово «с»: " + PERHAPS + "since"),
        ("[[Возраст]] < 35", "Слово «Возраст»: " + PERHAPS + "age"),
        ("[[стаж]] < 3", "Слово «стаж»: " + PERHAPS + "experience или tenure"),
        ("has [[обучение]]", "Слово «обучение»: " + PERHAPS + "training"),
        ("has [[обучения]]", "Слово «обучения»: " + PERHAPS + "training"),
        ("sex = [[женский]]", "Слово «женский»: " + PERHAPS + 'female ("женский")'),
        ("form in (distance, [[смешанная]])", "Слово «смешанная»: " + PERHAPS + 'mixed ("смешанная")'),
        ("kind = [[блюдо]]", "Слово «блюдо»: " + NAMES_ARE_LATIN),
        ("age < 35 [[и]] teacher", "Слово «и»: в формуле пишут and"),
        ("[[не]] teacher", "Слово «не»: в формуле пишут not"),
        ("has training [[за период]]", "Слово «за период»: в формуле пишут in period"),
        # half a formula
        ("[[]]", HALF),
        ("age [[<]]", HALF),
        ("age < 35 an[[d]]", HALF),
        ("latest trainin[[g]]", HALF),
        # a word out of its place
        ("educator [[teacher]]", UNEXPECTED + "«teacher»"),
        ("age < 35\n  and and [[teacher]]", UNEXPECTED + "«teacher»"),
        ("1 < age [[<]] 3", UNEXPECTED + "«<»"),
        ("age < 35 [[лет]]", "Слово «лет»: срок пишется словами years, months, days"),
        ("has training within 3 [[года]]", "Слово «года»: срок пишется словами years, months, days"),
        # signs of other languages
        ("age [[=<]] 3", "Вместо «=<» пишут «<=»"),
        ("age [[=>]] 3", "Вместо «=>» пишут «>=»"),
        ("age [[==]] 35", "Вместо «==» пишут «=»"),
        ("age [[<>]] 35", "Вместо «<>» пишут «!=»"),
        ("age [[≥]] 35", "Вместо «≥» пишут «>=»"),
        ("born < on [[−]] 3 years", "Вместо «−» пишут обычный дефис «-»"),
        ("educator [[&&]] teacher", "Вместо «&&» пишут and"),
        ("educator [[||]] teacher", "Вместо «||» пишут or"),
        ("tenure >= 0[[,]]5", UNEXPECTED + "«,»; дробная часть пишется через точку: 0.5"),
        ("kind [[not]] in (a, b)", UNEXPECTED + "«not»; not ставят перед всем условием: not kind in (…)"),
        ("age is [[not]] known", UNEXPECTED + "«not»; пишут is known или is unknown"),
        # parts of a relation out of their order
        ("has training at least 2 times [[within]] 3 years", UNEXPECTED + "«within»" + TIME_FIRST),
        ("has training at least 2 [[in]] period", UNEXPECTED + "«in»" + TIME_FIRST),
        ("has mentorship in period [[as]] mentee", UNEXPECTED + "«as»" + ORDER),
        ("has training where (passed) [[via]] person", UNEXPECTED + "«via»" + ORDER),
        ("has at [[least]] 2 training", UNEXPECTED + "«least»" + NUMBER_LAST),
        ("every training satisfies [[passed]]", UNEXPECTED + "«passed»; условие пишется в скобках: satisfies (…)"),
        ("[[!]] educator", "Непонятный знак «!»; «не» пишется словом not"),
        ("educator [[&]] teacher", "Непонятный знак «&»; «и» пишется словом and"),
        ("educator [[|]] teacher", "Непонятный знак «|»; «или» пишется словом or"),
        ("has training where [[passed]]", UNEXPECTED + "«passed»; условие пишется в скобках: where (…)"),
        (
            "has training in period [[where]] (passed)",
            UNEXPECTED + "«where»; условие where (…) ставят сразу после таблицы, до промежутка времени и числа",
        ),
        ("has training at least [[two]] times", UNEXPECTED + "«two»"),
        ("has training [[inperiod]]", UNEXPECTED + "«inperiod»"),
        ("has training [[everyone]]", UNEXPECTED + "«everyone»"),
        ("age < [[-]]3", UNEXPECTED + "«-»"),
        ("sex in ([[)]]", UNEXPECTED + "«)»"),
        # numbers and dates
        ("born < [[2022-02-30]]", "Даты 2022-02-30 нет в календаре; пишите ГГГГ-ММ-ДД"),
        ("has training since [[2022-13-01]]", "Даты 2022-13-01 нет в календаре; пишите ГГГГ-ММ-ДД"),
        ("has training\n within [[1.5 years]]", "Срок «1.5 years»: нужно целое число"),
        # what would run in another language
        ('__import__[[(]]"os")', UNEXPECTED + "«(»"),
        ('eval[[(]]"1")', UNEXPECTED + "«(»"),
        ("[[{]]{7*7}}", "Непонятный знак «{»"),
        ("lambda[[:]] 1", "Непонятный знак «:»"),
        ("age < 35[[;]] drop table person", "Непонятный знак «;»"),
        ("age < 35 -[[-]] да", UNEXPECTED + "«-»"),
        ("age < 3[[\\]]n", "Непонятный знак «\\»"),
    ],
)
def test_what_is_no_formula_is_told_with_its_place(text: str, message: str) -> None:
    assert told(parse, unmarked(text)) == expected(text, message)


TOO_DEEP = "Формула вложена слишком глубоко, больше 40 уровней; разбейте её на именованные условия"


def test_a_formula_of_forty_levels_is_read() -> None:
    assert parse("(" * 40 + "a" + ")" * 40) == A
    assert parse("not " * 39 + "a") != A


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("(" * 3_900, 41),
        ("(" * 1_900 + "a" + ")" * 1_900, 41),
        ("(" * 41 + "a" + ")" * 41, 41),
        ("has training where (" * 150 + "passed" + ")" * 150, 820),
        ("has training where (" * 39 + "not not a" + ")" * 39, 401),
        ("not " * 40 + "a", 161),
        ("not " * 900 + "a", 1),
        ("a" + " + a" * 900 + " = 1", 1),
    ],
)
def test_what_is_nested_without_end_is_refused_and_nothing_breaks(text: str, column: int) -> None:
    ((message, _, line, at),) = told(parse, text)
    assert (message, line, at) == (TOO_DEEP, 1, column)


def test_a_text_without_end_is_refused() -> None:
    assert told(parse, "a" * (LONGEST + 1)) == [
        ("Формула длиннее 4000 знаков; разбейте её на именованные условия", "", 1, 1)
    ]
    assert parse("a" * LONGEST) == t.Path(("a" * LONGEST,))


def test_many_closing_brackets_are_told_at_the_first() -> None:
    assert told(parse, ")" * 3_000) == [("Лишняя закрывающая скобка: открыто 0, закрыто 3000", ")", 1, 1)]
