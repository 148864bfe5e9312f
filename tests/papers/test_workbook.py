"""The workbook holds every number of the count, prints well, and runs nothing."""

import re
from pathlib import Path

import pytest

from opora.indicators.results import VERDICT_WORDS, Breakdown, GroupValue, ProgrammeResult, Verdict
from opora.papers.sheets import sheet_names
from opora.papers.workbook import HEAT_GROUNDS, write_workbook

from . import books
from .fakes import FORMULA_INJECTION, SCHOOLS, indicator, large_result, opened_row, programme_for, result, share

FIXED = ["Показатели", "По организациям", "По предметам", "О расчёте"]


def written(counted: ProgrammeResult, folder: Path, *, approved: bool = False) -> Path:
    path = folder / "book.xlsx"
    write_workbook(counted, programme_for(counted), path, approved=approved)
    return path


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(large_result(), tmp_path_factory.mktemp("large"))


def test_every_indicator_is_there_with_its_numbers(large: Path) -> None:
    rows = books.table(large, "Показатели", "Код")
    for row, item in zip(rows, large_result().indicators, strict=True):
        assert (row["Код"], row["Показатель"]) == (item.code, item.title)
        assert row["Вывод"] == VERDICT_WORDS[item.verdict]
        assert row["n"] == ("" if item.value.n is None else item.value.n)
        assert row["N"] == ("" if item.value.total is None else item.value.total)
        if item.value.shape == "share" and item.value.value is not None:
            assert row["Значение"] == pytest.approx(item.value.value)
            assert (row["От"], row["До"]) == pytest.approx((item.value.low, item.value.high))


def test_no_data_is_said_and_is_not_nought(tmp_path: Path) -> None:
    path = written(result(indicator(value=share(0, 0), verdict=Verdict.NO_DATA)), tmp_path)
    row = books.table(path, "Показатели", "Код")[0]
    assert (row["Значение"], row["От"], row["До"]) == ("н/д", "н/д", "н/д")


def test_a_missing_upper_bound_is_not_taken_for_missing_data(large: Path) -> None:
    rows = {row["Код"]: row for row in books.table(large, "Показатели", "Код")}
    open_end = [
        item.code for item in large_result().indicators if item.value.high is None and item.value.low is not None
    ]
    assert open_end
    assert {rows[code]["До"] for code in open_end} == {"без предела"}


def test_no_cell_is_a_formula(large: Path) -> None:
    for number in range(1, len(books.sheets(large)) + 1):
        assert not books.xml(large, number).findall(f".//{books.MAIN}c/{books.MAIN}f")
    assert FORMULA_INJECTION in {row["Показатель"] for row in books.table(large, "Показатели", "Код")}


@pytest.mark.parametrize("text", ["=1+1", "+7 900", "-1", "@SUM(A1)", "\t=1", "https://example.org", "{=1}", "007"])
def test_text_stays_text(text: str, tmp_path: Path) -> None:
    path = written(result(indicator(title=text, interpretation=text)), tmp_path)
    row = books.table(path, "Показатели", "Код")[0]
    assert row["Показатель"] == text
    assert "hyperlink" not in books.part(path, "xl/worksheets/sheet1.xml")


def test_organisations_are_columns_with_percents_that_can_be_counted_on(large: Path) -> None:
    rows = books.table(large, "По организациям", "Код")
    assert set(SCHOOLS) < set(rows[0])
    item = large_result().indicators[0]
    by_name = {group.title: group.value.value for group in item.breakdowns[0].groups}
    assert rows[0]["МБОУ «СОШ № 2»"] == pytest.approx(by_name["МБОУ «СОШ № 2»"])


def test_the_colours_are_those_of_the_report_and_the_legend_explains_them(tmp_path: Path) -> None:
    values = {"А": share(9, 10), "Б": share(1, 10), "В": share(7, 10, 9), "Г": share(0, 0, 2)}
    groups = tuple(GroupValue(name, name, value) for name, value in values.items())
    path = written(result(indicator(breakdowns=(Breakdown("organisation", "по организациям", groups),))), tmp_path)
    legend = dict(HEAT_GROUNDS.values())
    assert [row[1] for row in books.cells(path, "По организациям") if row[1] in legend.values()] == list(
        legend.values()
    )
    row = books.table(path, "По организациям", "Код")[0]
    assert [row[name] for name in values] == [0.9, 0.1, 0.7, "н/д"]
    assert [legend[ground] for ground in books.grounds(path, 2)[-1][4:]] == [
        "цель достигнута",
        "не хватает больше 30",
        "мешают неизвестные или нет данных",
        "мешают неизвестные или нет данных",
    ]


def test_what_is_not_all_is_not_shown_as_all(tmp_path: Path) -> None:
    path = written(result(indicator("A", value=share(9999, 10000)), indicator("B", value=share(1, 2))), tmp_path)
    assert {"0.0### %", "0.0 %"} <= set(re.findall(r'formatCode="([^"]+)"', books.part(path, "xl/styles.xml")))


def test_an_opened_indicator_has_a_sheet_of_names_linked_from_its_code(large: Path) -> None:
    opened = [item for item in large_result().indicators if item.opened]
    assert books.sheets(large) == [*FIXED, *(item.code for item in opened)]
    links = [link.get("location") for link in books.xml(large, 1).iter(f"{books.MAIN}hyperlink")]
    assert links == [f"'{item.code}'!A1" for item in opened]


def test_a_sheet_of_names_tells_who_is_out_and_why(large: Path) -> None:
    item = next(item for item in large_result().indicators if item.opened)
    rows = books.table(large, item.code, "Кто")
    assert len(rows) == len(item.opened)
    assert all(row["Не выполнено"] for row in rows if row["Как посчитан"] == "вне")
    assert all(row["Неизвестно"] for row in rows if row["Как посчитан"] == "неизвестно")
    assert rows[0]["Как посчитан"] == "вне"


def test_the_same_count_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    first, second = (written(large_result(), tmp_path / name).read_bytes() for name in ("one", "two"))
    assert first == second


def test_the_workbook_was_made_on_the_date_of_the_count(large: Path) -> None:
    assert "2022-12-31T00:00:00Z" in books.part(large, "docProps/core.xml")


def test_every_sheet_prints_on_a4_lying_with_its_header_on_each_page(large: Path) -> None:
    names = books.sheets(large)
    for number in range(1, len(names) + 1):
        page = books.xml(large, number)
        setup = page.find(f"{books.MAIN}pageSetup")
        assert setup is not None
        assert (setup.get("orientation"), setup.get("paperSize"), setup.get("fitToHeight")) == ("landscape", "9", "0")
        assert setup.get("fitToWidth", "1") == "1"
        footer = page.findtext(f".//{books.MAIN}oddFooter") or ""
        assert "стр. &P из &N" in footer
        assert "Программа развития" in footer
        assert not re.search(r"&8\d", footer), "a digit after the size of the font would become the size"
    assert books.part(large, "xl/workbook.xml").count("_xlnm.Print_Titles") == len(names)


def test_every_sheet_keeps_its_header_in_sight_and_can_be_filtered(large: Path) -> None:
    for number in range(1, len(books.sheets(large)) + 1):
        page = books.xml(large, number)
        pane = page.find(f".//{books.MAIN}pane")
        assert pane is not None
        assert pane.get("state") == "frozen"
        assert page.find(f"{books.MAIN}autoFilter") is not None


def test_a_hundred_organisations_are_spread_over_several_pages(tmp_path: Path) -> None:
    from opora.indicators.results import Breakdown, GroupValue

    groups = tuple(GroupValue(str(k), f"Школа {k}", share(1, 2)) for k in range(100))
    path = written(result(indicator(breakdowns=(Breakdown("organisation", "", groups),))), tmp_path)
    setup = books.xml(path, 2).find(f"{books.MAIN}pageSetup")
    assert setup is not None
    assert setup.get("fitToWidth") == "6"


def test_marks_stand_above_the_numbers_where_they_hold(tmp_path: Path) -> None:
    top = str(books.cells(written(large_result(), tmp_path), "Показатели")[:4])
    assert "синтетические данные · предварительно · в данных есть ошибки" in top
    clean = str(books.cells(written(result(), tmp_path, approved=True), "Показатели"))
    assert not re.search("синтетические|предварительно|ошибки", clean)


def test_the_count_can_be_traced(tmp_path: Path) -> None:
    text = str(books.cells(written(result(), tmp_path), "О расчёте"))
    for fact in ("Еловый муниципальный район", "31.12.2022", "2022 год", "5f0c9a7be1d24c8093aa77", "9f2c41d07ab3"):
        assert fact in text


def test_awkward_codes_become_sheet_names_that_excel_takes(tmp_path: Path) -> None:
    names = sheet_names(["a/b", "A-B", "x" * 40, "x" * 41, "'", "History", ""], ["Показатели"])
    assert len({name.casefold() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\']", name) for name in names)
    assert sheet_names(["показатели"], ["Показатели"]) == ["показатели~2"]


def test_a_text_longer_than_a_cell_holds_is_cut_not_lost(tmp_path: Path) -> None:
    path = written(result(indicator(interpretation="ж" * 40_000)), tmp_path)
    assert len(str(books.table(path, "Показатели", "Код")[0]["Примечание, как прочитано"])) == 32_767


def test_a_programme_without_breakdowns_still_has_its_sheets(tmp_path: Path) -> None:
    path = written(result(), tmp_path)
    assert books.sheets(path) == FIXED
    assert "Ни один показатель так не разложен" in str(books.cells(path, "По предметам"))


def test_a_row_is_as_high_as_its_text_needs(tmp_path: Path) -> None:
    path = written(result(indicator(title="слово " * 60)), tmp_path)
    heights = [float(row.get("ht") or 15) for row in books.xml(path, 1).iter(f"{books.MAIN}row")]
    assert max(heights) >= 6 * 15


def test_thousands_of_names_fit(tmp_path: Path) -> None:
    import random

    rows = tuple(opened_row(random.Random(1), place) for place in range(3000))
    path = written(result(indicator("B-1", opened=rows)), tmp_path)
    assert len(books.table(path, "B-1", "Кто")) == 3000
