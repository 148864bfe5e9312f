from pathlib import Path

from opora.indicators.dataset.describe import description

PAGE = Path(__file__).parents[2] / "docs" / "dataset.md"


def test_the_page_of_tables_is_what_the_declarations_say() -> None:
    assert PAGE.read_text("utf-8") == description(), "python -m opora.indicators.dataset.describe > docs/dataset.md"
