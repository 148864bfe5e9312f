"""A formula that says what cannot be said is told so, everything at once, each fault at its place."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from opora.indicators.definitions import Definition, Definitions, merged, standard
from opora.indicators.formula import bound as b
from opora.indicators.formula.bind import bind_condition, bind_definition, bind_measure, bind_test, bind_thing
from opora.indicators.formula.indicator import IndicatorFaults, IndicatorText, bind_indicator
from opora.programmes.load import available, load_programme
from tests.formula.marks import Told, expected, told, unmarked


def of(own: Mapping[str, Mapping[str, str]]) -> Definitions:
    """The standard definitions with some of one's own."""
    given = {table: {name: Definition(text, (name,)) for name, text in some.items()} for table, some in own.items()}
    return merged(standard(), given)


def told_of(text: str, table: str = "person", definitions: Definitions | None = None) -> list[Told]:
    return told(lambda formula: bind_condition(formula, table, definitions or standard()), unmarked(text))


def perhaps(*names: str) -> str:
    return "; возможно, вы имели в виду " + " или ".join(f"«{name}»" for name in names)


LONELY = "Таблица {} не связана с таблицей {}"
IN_PERSON = "В таблице person («Люди») нет "
IN_TRAINING = "В таблице training («Обучение») нет "

FAULTS = [
    # names
    ("age < 35 and [[educatr]]", "person", IN_PERSON + "«educatr»" + perhaps("educator")),
    ("has training where ([[pased]])", "person", IN_TRAINING + "«pased»" + perhaps("passed")),
    ("has training where ([[educator]])", "person", IN_TRAINING + "«educator»"),
    (
        "has training where ([[programme.hors]] > 3)",
        "person",
        "В таблице training_programme («Программы ДПО») нет «hors»" + perhaps("hours"),
    ),
    ("has training\n where (\n  [[x]])", "person", IN_TRAINING + "«x»"),
    ("has [[teacher]]", "person", "teacher — не таблица, а готовое слово или столбец таблицы person: пишите без has"),
    ("has training where (passed = [[true]])", "person", "Да или нет пишут просто именем: passed или not passed"),
    ('has training where (passed = [["да"]])', "person", "Да или нет пишут просто именем: passed или not passed"),
    ("has [[trainings]]", "person", "Нет таблицы «trainings»" + perhaps("training", "training_plan")),
    ("[[training]]", "person", "training — таблица, а здесь нужен столбец; о строках таблицы спрашивают словом has"),
    ("has training since [[started]]", "person", IN_PERSON + "«started»; такой столбец есть в таблице training"),
    ("[[rate]] > 1", "person", IN_PERSON + "«rate»; такой столбец есть в таблицах employment, vacancy"),
    ("[[kind]] = main", "person", IN_PERSON + "«kind»"),
    ("[[born.year]] < 1990", "person", "«born» — дата рождения, от неё нельзя идти дальше точкой"),
    ("[[age.x]] < 3", "person", "После «age» нельзя идти дальше точкой"),
    ("latest training.[[pased]]", "person", IN_TRAINING + "«pased»" + perhaps("passed")),
    # codes of choices
    ("sex = [[mael]]", "person", "У «sex» (пол) нет значения «mael»" + perhaps("male")),
    ('[["женский пол"]] = sex', "person", "У «sex» (пол) нет значения «женский пол»" + perhaps("женский")),
    ("sex = [[x]]", "person", "У «sex» (пол) нет значения «x»; бывает: female, male"),
    ("has leave where (kind in (childcare, [[lng]]))", "person", "У «kind» (вид) нет значения «lng»" + perhaps("long")),
    ("organisation.kind = [[shcool]]", "person", "У «kind» (вид) нет значения «shcool»" + perhaps("school")),
    # types
    ('[[age < "35"]]', "person", "Нельзя сравнить: слева число, справа текст"),
    ("[[age < 5 months]]", "person", "Нельзя сравнить: слева число, справа срок"),
    ("[[born < 35]]", "person", "Нельзя сравнить: слева дата, справа число"),
    ("[[sex < male]]", "person", "Знаком «<» сравнивают числа и даты; текст сравнивают знаками «=» и «!=»"),
    ("[[organisation = municipality]]", "person", "Сравниваются ссылки на разное: organisation и territory"),
    ("[[count of training >= tenure]]", "person", "Нельзя сравнить: слева количество, справа число"),
    ("educator or [[age]]", "person", "Здесь нужно условие, а стоит число"),
    ("not [[born]]", "person", "Здесь нужно условие, а стоит дата"),
    ("[[count of training]]", "person", "Здесь нужно условие, а стоит количество"),
    ("has employment where ([[person]])", "person", "Здесь нужно условие, а стоит ссылка"),
    ("every training satisfies ([[started]])", "person", "Здесь нужно условие, а стоит дата"),
    ("[[tenure + born]] > 3", "person", "Нельзя вычислить: число + дата"),
    ("[[born + 3]] > on", "person", "Нельзя вычислить: дата + число"),
    ("years([[age]], on) < 3", "person", "Здесь нужна дата, а стоит число"),
    ("[[age in period]]", "person", "Промежуток времени применяют к дате, а здесь число"),
    ("[[born began in period]]", "person", "Слова began и ended относятся к таблице, а не к дате"),
    ("has training since [[age]]", "person", "Здесь нужна дата, а стоит число"),
    ("sum of [[passed]] over training > 3", "person", "Складывают и усредняют числа, а здесь условие"),
    ("mean of [[started]] over training > 3", "person", "Складывают и усредняют числа, а здесь дата"),
    (
        "[[count(educator)]] > 3",
        "person",
        "Здесь речь об одной строке: count(…), sum(…) и share(…) пишут в value и yes_if",
    ),
    # how tables hang together
    (
        "has [[mentorship]]",
        "person",
        "Таблица mentorship связана с person несколькими ролями: уточните, например, "
        "mentorship as mentor или mentorship as mentee",
    ),
    ("has [[mentorship as tutor]]", "person", "В таблице mentorship нет роли «tutor» для person; роли: mentor, mentee"),
    ("has [[training as since]]", "organisation", "В таблице training нет роли «since» для organisation"),
    ("has [[instrument]]", "person", LONELY.format("instrument", "person")),
    ("has [[event]]", "person", LONELY.format("event", "person") + "; можно связать через via municipality"),
    ("has training where (has [[profile_match]])", "person", LONELY.format("profile_match", "training")),
    ("has [[training via programme]]", "person", "Столбца «programme» нет в обеих таблицах, person и training"),
    (
        "has [[vacancy via post]]",
        "teaching",
        "Столбца «post» нет в обеих таблицах, teaching и vacancy; можно связать через via organisation, subject",
    ),
    # time
    ("has [[training began]]", "person", "После began нужен промежуток, например in period"),
    (
        "has profile_match via subject [[in period]]",
        "teaching",
        "У таблицы profile_match нет времени, промежуток к ней неприменим",
    ),
    (
        "[[latest profile_match via subject.fits]]",
        "teaching",
        "У таблицы profile_match нет времени, «latest» к ней неприменимо",
    ),
    (
        "has membership at least 2 people and has meeting [[at least 2 people]]",
        "association",
        "В таблице meeting нет столбца person: людей в ней не сосчитать",
    ),
    ("[[people of meeting]] > 2", "association", "В таблице meeting нет столбца person: людей в ней не сосчитать"),
]


@pytest.mark.parametrize(("text", "table", "message"), FAULTS)
def test_a_fault_is_told_in_russian_at_its_place(text: str, table: str, message: str) -> None:
    assert told_of(text, table) == expected(text, message)


def test_all_the_faults_of_a_formula_are_told_at_once() -> None:
    text = (
        "[[educatr]] and has [[trainig]]\n and ([[born < 3]] or sex = [[x]]) and has [[mentorship as x]] and [[tenure]]"
    )
    assert told_of(text) == expected(
        text,
        IN_PERSON + "«educatr»" + perhaps("educator"),
        "Нет таблицы «trainig»" + perhaps("training", "training_plan"),
        "Нельзя сравнить: слева дата, справа число",
        "У «sex» (пол) нет значения «x»; бывает: female, male",
        "В таблице mentorship нет роли «x» для person; роли: mentor, mentee",
        "Здесь нужно условие, а стоит число",
    )


@pytest.mark.parametrize("text", ["[[agge]] between 20 and 30", "[[agge]] in (20, 25, 30)"])
def test_a_fault_of_what_is_looked_at_twice_is_told_once(text: str) -> None:
    assert told_of(text) == expected(text, IN_PERSON + "«agge»" + perhaps("age"))


def test_all_the_texts_of_an_indicator_are_checked_at_once() -> None:
    text = IndicatorText(
        share="pased and frm = x", of="training and form = x", once_per="persn", exclude="on_lave or educator"
    )
    with pytest.raises(IndicatorFaults) as caught:
        bind_indicator(text, standard())
    assert [(field, fault.message, fault.at.column) for field, fault in caught.value.faults] == [
        ("of", "У «form» (форма) нет значения «x»; бывает: in_person, distance, mixed", 21),
        ("share", IN_TRAINING + "«pased»" + perhaps("passed"), 1),
        ("share", IN_TRAINING + "«frm»" + perhaps("form"), 11),
        ("once_per", "В таблице training нет ссылки «persn»", 1),
        ("exclude", IN_PERSON + "«on_lave»" + perhaps("on_leave"), 1),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[educator]]", "Здесь нужно число по всем: count(…), sum(… of …), share(… of …)"),
        ("count(educator) + [[age]]", "Здесь нужно число по всем: count(…), sum(… of …), share(… of …)"),
        ("sum([[born]] of person)", "Складывают и усредняют числа, а здесь дата"),
        ("[[people(event)]]", "В таблице event нет столбца person: людей в ней не сосчитать"),
        ("count(organisation and [[age]] < 3)", "В таблице organisation («Организации») нет «age»"),
        (
            "count(training_programme [[in period]])",
            "У таблицы training_programme нет времени, промежуток к ней неприменим",
        ),
    ],
)
def test_a_number_over_all_is_checked_too(text: str, message: str) -> None:
    assert told(lambda formula: bind_measure(formula, standard()), unmarked(text)) == expected(text, message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "[[lab]] and level = municipal",
            "lab — не таблица и не слово о человеке; возможно, вы имели в виду innovation_site and kind = lab",
        ),
        (
            "[[school]]",
            "school — не таблица и не слово о человеке; возможно, вы имели в виду organisation and school "
            "или organisation and kind = school",
        ),
        ("[[teachers]] and age < 35", IN_PERSON + "«teachers»" + perhaps("teacher")),
    ],
)
def test_a_kind_of_things_that_stands_for_their_table_is_told(text: str, message: str) -> None:
    assert told(lambda formula: bind_thing(formula, standard()), unmarked(text)) == expected(text, message)


def test_yes_or_no_is_asked_of_numbers() -> None:
    text = "count(event) > 3 and [[educator]]"
    message = "Здесь нужно сравнение чисел, например count(…) >= 1"
    assert told(lambda formula: bind_test(formula, standard()), unmarked(text)) == expected(text, message)


# ── ВПР and exams are never a finding on a named person ──────────────────────────────────────────────────────────

WEAK = of(
    {
        "organisation": {
            "weak": "has assessment_result where (mean_score < 3)",
            "good": "not weak",
            "score": "latest assessment_result.mean_score",
        },
        "employment": {"at_weak": "organisation.weak"},
        "person": {"works_at_weak": "has employment where (organisation.weak)"},
    }
)
JUDGED = "Итоги ВПР и экзаменов говорят о школе и предмете; вывод о человеке по ним не делают"


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ("has [[assessment_result]]", "person"),
        ("has [[assessment_result via organisation]]", "teaching"),
        ("has [[assessment_result where (subject = teaching.subject)]]", "teaching"),
        ("educator and not has [[assessment_result via organisation where (procedure = vpr) ever]]", "person"),
        ("has employment where (has [[assessment_result via organisation]])", "person"),
        ("has training where (has employment where (has [[assessment_result]])) ever", "person"),
        ("every [[assessment_result via organisation]] satisfies (mean_score > 3)", "teaching"),
        ("latest ([[assessment_result via organisation ever]]).mean_score > 3", "teaching"),
        ("count of [[assessment_result]] > 3", "teaching"),
        ("mean of mean_score over [[assessment_result]] > 3", "employment"),
        ("has [[assessment_result]]", "spell"),
        ("has [[assessment_result via organisation]]", "association"),
        ("has employment where (has [[assessment_result]])", "organisation"),
        # by way of a definition on the organisation
        ("[[organisation.weak]]", "person"),
        ("not [[organisation.good]]", "person"),
        ("[[organisation.weak]]", "teaching"),
        ("has employment where ([[organisation.weak]])", "person"),
        ("latest employment.[[organisation.weak]]", "person"),
        ("count of training >= 1 and min of [[organisation.score]] over employment < 3", "person"),
        ("has employment where ([[employment.organisation.weak]])", "organisation"),
    ],
)
def test_exam_results_are_never_a_finding_on_a_person(text: str, table: str) -> None:
    assert told_of(text, table, WEAK) == expected(text, JUDGED)


@pytest.mark.parametrize("name", ["at_weak", "works_at_weak"])
def test_nor_are_they_under_another_name(name: str) -> None:
    table = "person" if name == "works_at_weak" else "employment"
    assert told_of(f"[[{name}]]", table, WEAK) == expected(f"[[{name}]]", f"В определении «{name}»: {JUDGED}")


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ("has assessment_result where (procedure = vpr and mean_score < 3)", "organisation"),
        ("weak and has employment", "organisation"),
        ("organisation.weak", "visit"),
        ("below_threshold / participants > 20%", "assessment_result"),
    ],
)
def test_of_a_school_they_may_speak(text: str, table: str) -> None:
    assert told_of(text, table, WEAK) == []


# ── definitions ──────────────────────────────────────────────────────────────────────────────────────────────────

CIRCULAR = of(
    {
        "person": {
            "one": "two and age < 35",
            "two": "not three",
            "three": "educator or one",
            "itself": "itself",
            "round_about": "has training where (person.round_about)",
            "broken": "has trainig",
            "half": "(age < 35",
            "sound": "educator",
        }
    }
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "[[one]]",
            "В определении «one»: В определении «two»: В определении «three»: Определение «one» ссылается само на себя",
        ),
        ("sound and [[itself]]", "В определении «itself»: Определение «itself» ссылается само на себя"),
        ("[[round_about]]", "В определении «round_about»: Определение «round_about» ссылается само на себя"),
        (
            "not [[broken]]",
            "В определении «broken»: Нет таблицы «trainig»" + perhaps("training", "training_plan"),
        ),
        ("[[half]]", "В определении «half»: Эта скобка не закрыта: открыто 1, закрыто 0"),
    ],
)
def test_a_definition_that_goes_round_or_is_wrong_is_told(text: str, message: str) -> None:
    assert told_of(text, definitions=CIRCULAR) == expected(text, message)


def test_a_definition_may_be_used_twice() -> None:
    assert told_of("sound and (sound or not sound)", definitions=CIRCULAR) == []


def test_a_column_is_nearer_than_a_definition() -> None:
    hidden = of({"person": {"born": "years(career_start, on)"}})
    item = bind_definition("born", "person", hidden)
    assert isinstance(item, b.Attribute)
    assert item.column.name == "born"


def test_a_definition_does_not_see_the_rows_that_ask() -> None:
    blind = of({"training": {"fits": "subject = teaching.subject"}})
    assert told_of("has training via person where (teaching.subject is known) ever", "teaching") == []
    assert told_of("has training via person where ([[fits]]) ever", "teaching", blind) == expected(
        "has training via person where ([[fits]]) ever",
        "В определении «fits»: " + IN_TRAINING + "«subject»",
    )


# ── what is counted ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "table", "window", "moment"),
    [
        ("educator", "person", b.Fixed("none"), "during"),
        ("person", "person", b.Fixed("none"), "during"),
        ("teaching and subject is known", "teaching", b.Fixed("date"), "during"),
        ("training", "training", b.Fixed("period"), "during"),
        ("event within 3 years", "event", b.Fixed("last", b.Span(3, "year")), "during"),
        ("attestation began in period and post is known", "attestation", b.Fixed("period"), "began"),
    ],
)
def test_the_first_name_tells_what_is_counted(text: str, table: str, window: b.Window, moment: str) -> None:
    thing = bind_thing(text, standard())
    assert (thing.table, thing.window, thing.moment) == (table, window, moment)


@pytest.mark.parametrize("name", available())
def test_every_formula_of_every_programme_is_bound(name: str) -> None:
    programme = load_programme(name)
    for one in (*programme.indicators, *programme.published):
        bind_indicator(one.formula(programme.exclude), programme.all_definitions)
