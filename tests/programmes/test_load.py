"""The founding programmes load, whole and fast; nothing their documents demand is missing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import ValidationError

from opora.indicators.definitions import Definition, merged, standard
from opora.programmes.check import check_programme
from opora.programmes.faults import ProgrammeFaults
from opora.programmes.inventory import inventory, missing_codes, missing_counts
from opora.programmes.load import NoSuchProgramme, available, load_programme, programme_path
from tests.programmes.files import GOOD

FOUNDING = ["balakhta", "lesosibirsk", "olenegorsk", "pervouralsk", "strezhevoy"]


def test_the_founding_programmes_are_available() -> None:
    assert set(FOUNDING) <= set(available())


@pytest.mark.parametrize("key", FOUNDING)
def test_a_founding_programme_has_no_faults(key: str) -> None:
    assert [str(fault) for fault in check_programme(programme_path(key))] == []


@pytest.mark.parametrize("key", FOUNDING)
def test_a_founding_programme_has_all_that_its_document_demands(key: str) -> None:
    programme = load_programme(key)
    assert programme.key == key
    assert missing_codes(programme, inventory(key)) == ()
    assert missing_counts(programme, inventory(key)) == {}


@pytest.mark.parametrize("key", FOUNDING)
def test_everything_coded_names_the_line_of_its_document(key: str) -> None:
    programme = load_programme(key)
    lines = {item.code: item.line for item in (*programme.goals, *programme.tasks)}
    lines |= {item.code: item.line for item in programme.indicators}
    lines |= {item.code: item.line for item in programme.measures}
    lines |= {item.code: item.line for item in programme.monitorings}
    assert [code for code, line in lines.items() if line is None] == []


def test_the_lists_hold_what_the_inventory_counted() -> None:
    lists = [inventory(key) for key in FOUNDING]
    total = {section: sum(len(each.codes[section]) for each in lists) for section in lists[0].codes}
    assert (total["indicators"], total["measures"], total["monitorings"]) == (194, 170, 37)
    assert sum(each.counts["documents"] for each in lists) == 222


def test_a_missing_code_is_found() -> None:
    listed = inventory("lesosibirsk")
    more = replace(listed, codes={**listed.codes, "indicators": ("L-9.9",)}, counts={"documents": 10**3})
    programme = load_programme("lesosibirsk")
    assert missing_codes(programme, more) == ("L-9.9",)
    assert missing_counts(programme, more) == {"documents": 10**3 - len(programme.documents)}


def test_a_file_is_loaded_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(GOOD, encoding="utf-8")
    programme = load_programme(path)
    assert (programme.key, programme.title) == ("example", "Программа развития")
    assert programme.about.starts is not None
    indicator = programme.indicator("X-1")
    assert indicator is not None
    assert (indicator.share, indicator.of, indicator.target.words) == ("young", "educator", "не менее 5 %")
    assert programme.all_definitions["person"]["young"].formula == "educator and age < 35"


def test_a_faulty_file_is_not_loaded(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(GOOD.replace("share: young", "share: yong").replace("plan_row", "row"), encoding="utf-8")
    with pytest.raises(ProgrammeFaults) as caught:
        load_programme(path)
    assert [fault.line for fault in caught.value.faults] == [22, 32]


def test_an_unknown_key_is_answered_with_the_nearest_one() -> None:
    with pytest.raises(NoSuchProgramme, match="возможно, вы имели в виду «strezhevoy»"):
        load_programme("strezevoy")


def test_the_exclusion_of_a_programme_reaches_a_formula_unless_switched_off(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    off = GOOD.replace("    count: educator", "    count: educator\n    exclude: none")
    path.write_text("exclude: on_leave\n" + off, encoding="utf-8")
    programme = load_programme(path)
    texts = [indicator.formula(programme.exclude) for indicator in programme.indicators]
    assert [text.exclude for text in texts] == ["on_leave", None]


def test_a_loaded_programme_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        load_programme("lesosibirsk").exclude = "x"  # type: ignore[misc]


def test_own_definitions_stand_over_the_standard_ones() -> None:
    own = Definition("has employment", ("да", "нет"))
    both = merged(standard(), {"person": {"educator": own}, "event": {"big": own}})
    assert both["person"]["educator"] is both["event"]["big"] is own
    assert both["person"]["teacher"] is standard()["person"]["teacher"]
    assert standard()["person"]["educator"] != own
