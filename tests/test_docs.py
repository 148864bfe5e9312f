"""The documentation promises nothing that is not there."""

import re
import shlex
from pathlib import Path

import click
import pytest
import xlsxwriter

from opora.cli import codes
from opora.cli.app import opora
from opora.indicators.dataset.check import check_dataset
from opora.indicators.dataset.faults import DatasetFaults
from opora.indicators.dataset.store import Dataset, read_dataset
from opora.indicators.engine.backends import open_engine
from opora.indicators.results import Value, Verdict
from opora.programmes.check import check_programme, examine
from opora.programmes.compute import Wish, compute_programme
from opora.programmes.load import load_programme
from opora.programmes.model import read_day
from tests.docs import PAGE, Example, answers, examples

DOCS = PAGE.parent
ROOT = DOCS.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]
EXAMPLES = list(examples(PAGE.read_text("utf-8")))
SAMPLE = DOCS / "samples" / "seventh-town.yaml"
SCHOOL = DOCS / "samples" / "four-teachers"


def anchors(page: Path) -> set[str]:
    """Anchors of the headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links(page: Path) -> list[str]:
    prose = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.DOTALL)
    return [link for link in re.findall(r"\]\(([^)\s]+)\)", prose) if "://" not in link]


def commands(page: Path) -> list[str]:
    """What a reader is told to type."""
    blocks = re.findall(r"^```sh\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return [line.partition("#")[0].strip() for block in blocks for line in block.splitlines() if line]


TYPED = [(page, line) for page in PAGES for line in commands(page) if line.startswith("opora ")]


# ── formulas.md ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"line{example.line}")
def test_an_example_means_what_the_page_says(example: Example) -> None:
    said = answers(example)
    assert not example.answers or example.answers == said, "python -m tests.docs"


def test_the_page_shows_every_kind_of_example() -> None:
    assert {example.kind for example in EXAMPLES} == {"formula", "indicator", "programme", "wrong"}


# ── samples ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_sample_programme_has_no_faults() -> None:
    assert check_programme(SAMPLE) == ()
    assert len(load_programme(SAMPLE).indicators) == 10


def test_the_sample_programme_can_be_counted() -> None:
    programme = load_programme(SAMPLE)
    with open_engine("duckdb") as engine:
        result = compute_programme(programme, read_dataset(SCHOOL), engine, programme.reporting_dates[0])
    assert [one.code for one in result.indicators] == [one.code for one in programme.indicators]


def category_of_four(dataset: Dataset) -> tuple[Value, Verdict]:
    with open_engine("duckdb") as engine:
        wish = Wish(by=(), history=False, codes=["S-3.5"])
        programme = load_programme("strezhevoy")
        found = compute_programme(programme, dataset, engine, read_day("2025-12-31"), wish=wish)
    return found.indicators[0].value, found.indicators[0].verdict


def test_two_of_the_four_teachers_have_a_category() -> None:
    dataset = read_dataset(SCHOOL)
    assert (*dataset.reading_faults, *check_dataset(dataset)) == ()
    value, verdict = category_of_four(dataset)
    assert (value.n, value.total, value.unknown, verdict) == (2, 4, 0, Verdict.NOT_MET)


def test_without_the_promise_of_completeness_two_of_them_are_unknown(tmp_path: Path) -> None:
    for file in SCHOOL.glob("*.csv"):
        if file.name != "coverage.csv":
            (tmp_path / file.name).write_bytes(file.read_bytes())
    value, verdict = category_of_four(read_dataset(tmp_path))
    assert (value.n, value.total, value.unknown, verdict) == (2, 2, 2, Verdict.UNDECIDED)
    assert (value.low, value.high) == (0, 1)


# ── messages of «Если не получается» ─────────────────────────────────────────────────────────────────────────────

TROUBLE = (DOCS / "guide" / "esli-ne-poluchaetsya.md").read_text("utf-8")


def quoted(heading: str) -> list[str]:
    """First cells of the table under a heading."""
    section = re.split(rf"^## {heading}.*$", TROUBLE, flags=re.MULTILINE)[1].split("\n## ")[0]
    return re.findall(r"^\| ((?!сообщение)[^|\-][^|]*) \|", section, re.MULTILINE)


FAULTY = {
    "Территории": "Код;Название;Вид\n1;Светлоречье;муниципалитет",
    "Организации": "Код;Муниципалитет;Название;Вид\nш1;1;Школа;школа\nш2;1;Лицей;общеобразовательная",
    "Люди": "Код;Муниципалитет;Фамилия;Дата рождения;Возраст\n1;1;Первая;12.03.1990;33\n"
    "2;1;Вторая;31.02.1985;\n2;1;Третья;01.01.1990;",
    "Работа": "Код;Человек;Организация;Категория работников;Должность;С;По (не включая)\n"
    "1;7;ш2;педагогические работники;учитель;01.09.2015;01.09.2010\n"
    "2;1;;педагогические работники;учитель;сентябрь 2015;\n3;1;ш2;педагогические работники;учитeль;;",
    "Отпуска": "Код;Человек;С\nКод;Человек;С\n1;1;01.01.2020",
    "Курсы": "Код\n1",
    "Стаж": "",
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> str:
    """All that Opora says of a folder and of workbooks with the faults of the page."""
    folder = tmp_path_factory.mktemp("faulty")
    for name, text in FAULTY.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    renamed, merged = folder / "renamed.xlsx", folder / "merged.xlsx"
    renamed.write_text("no workbook")
    with xlsxwriter.Workbook(merged) as workbook:
        sheet = workbook.add_worksheet("Территории")
        sheet.write_row(0, 0, ("Код", "Название", "Вид"))
        sheet.merge_range(1, 0, 2, 0, "1")
    (folder / "parquet").mkdir()
    (folder / "parquet" / "person.parquet").write_text("no Parquet")
    refused = []
    for source in (renamed, folder / "parquet"):
        with pytest.raises(DatasetFaults) as unreadable:
            read_dataset(source)
        refused.append(str(unreadable.value))
    read = read_dataset(folder)
    faults = (*read.reading_faults, *check_dataset(read), *read_dataset(merged).reading_faults)
    return "\n".join([*refused, *map(str, faults)])


@pytest.mark.parametrize("message", quoted("Данные"))
def test_a_quoted_fault_of_data_is_what_opora_says(message: str, told: str) -> None:
    assert message in told


BROKEN_PROGRAMMES = (
    "indicators:\n- code: M-1\n title: Доля\n",
    "indicators:\n- title: Доля: педагоги\n",
    "indicators:\n- {code: M-1, titel: Доля, count: event}\n- {code: M-1, title: Доля, count: event}\n",
)


@pytest.mark.parametrize("message", quoted("Программа"))
def test_a_quoted_fault_of_a_programme_is_what_opora_says(message: str, tmp_path: Path) -> None:
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("title: Доля".encode("cp1251"))
    faults = [*check_programme(latin), *(fault for text in BROKEN_PROGRAMMES for fault in examine(text).faults)]
    assert message in "\n".join(fault.message for fault in faults)


# ── links and commands ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in links(page):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize(("page", "line"), TYPED, ids=lambda value: value if isinstance(value, str) else value.stem)
def test_every_command_of_the_pages_exists(page: Path, line: str) -> None:
    command: click.Command = opora
    arguments = shlex.split(line)[1:]
    while isinstance(command, click.Group):
        command = command.commands[arguments.pop(0)]
    context = click.Context(command, info_name=command.name)
    _, rest, _ = command.make_parser(context).parse_args(arguments)
    assert rest == []


@pytest.mark.parametrize("page", [ROOT / "README.md", DOCS / "guide" / "esli-ne-poluchaetsya.md"], ids=lambda p: p.stem)
def test_the_exit_codes_are_told_as_they_are(page: Path) -> None:
    text = page.read_text("utf-8")
    for code in (codes.DONE, codes.FAULTS, codes.WRONG_CALL, codes.TROUBLE, codes.INTERRUPTED):
        assert re.search(rf"(?<!\d){code}(?: \||\s—)", text), code
