"""The workbook to fill in: empty it is a dataset without faults, and it helps while one types."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from opora.indicators.dataset.check import check_dataset
from opora.indicators.dataset.store import dataset_of_tables, read_dataset
from opora.indicators.dataset.tables import STORED
from opora.indicators.dataset.template import write_template, write_workbook


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "Шаблон.xlsx"
    write_template(path)
    return path


def part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode()


def sheet_of(path: Path, table: str) -> str:
    return part(path, f"xl/worksheets/sheet{list(STORED).index(table) + 2}.xml")


def test_an_empty_template_is_an_empty_dataset_without_faults(template: Path) -> None:
    dataset = read_dataset(template)
    assert dataset.reading_faults == ()
    assert dataset.missing == ()
    assert dataset.synthetic is False
    assert {name: dataset.rows(name) for name in STORED} == dict.fromkeys(STORED, 0)
    assert check_dataset(dataset) == ()


def test_the_sheets_stand_in_the_order_of_filling_in(template: Path) -> None:
    with CalamineWorkbook.from_path(template) as workbook:
        shown = [sheet.name for sheet in workbook.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
        assert shown == ["Как заполнять", *(table.title for table in STORED.values())]
        assert workbook.sheet_names[-1] == "Списки"


def test_there_is_one_heading_and_required_columns_carry_a_star(template: Path) -> None:
    with CalamineWorkbook.from_path(template) as workbook:
        assert workbook.get_sheet_by_name("Территории").to_python() == [["Код *", "Название *", "Вид *", "Входит в"]]


def test_every_sheet_prints_on_a_landscape_page_with_its_heading(template: Path) -> None:
    for name in STORED:
        sheet = sheet_of(template, name)
        assert '<pageSetup paperSize="9" fitToHeight="0" orientation="landscape"/>' in sheet
        assert 'topLeftCell="B2"' in sheet
    titles = re.findall(r'<definedName name="_xlnm.Print_Titles"[^>]*>([^<]*)<', part(template, "xl/workbook.xml"))
    assert len(titles) == len(STORED)


def test_a_choice_is_a_list_and_a_date_is_checked(template: Path) -> None:
    sheet = sheet_of(template, "mentorship")
    checks = dict(re.findall(r'<dataValidation type="(\w+)"[^>]*sqref="([A-Z]+)2:', sheet))
    assert set(checks) == {"list", "date"}
    assert '<formula1>"да,нет"</formula1>' in sheet
    assert "<formula1>'Списки'!$" in sheet


def test_a_reference_says_which_sheet_its_code_is_from(template: Path) -> None:
    assert "Код из листа «Люди». Обязательно" in sheet_of(template, "employment")


@pytest.mark.parametrize("synthetic", [False, True])
def test_made_up_data_stay_marked_in_a_workbook(tmp_path: Path, synthetic: bool) -> None:
    write_workbook(dataset_of_tables({}, synthetic=synthetic), tmp_path / "t.xlsx")
    assert read_dataset(tmp_path / "t.xlsx").synthetic is synthetic
    assert ("Данные условные" in part(tmp_path / "t.xlsx", "xl/sharedStrings.xml")) is synthetic
