"""Pages of many kinds of sites are read as a careful reader reads them. People on them are invented.

`known` was at hand while the reader was written; each of the others was scored once before anything was mended for it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from opora.intake.pages import Read, read_file
from opora.intake.scoring.folder import ScoredFolder, page_files, score_files
from opora.intake.scoring.score import FIELDS

PAGES = Path(__file__).parent / "pages"
FOLDERS = sorted(folder.name for folder in PAGES.iterdir() if folder.is_dir())
LEAST_RECALL = {
    "persons": 0.995,
    "subjects": 0.97,
    "education": 0.97,
    "category": 0.97,
    "experience": 0.97,
    "titles": 0.95,
    "years": 0.97,
    "hours": 0.97,
    "retraining": 0.95,
}
LEAST_PRECISION = 0.99
MOST_UNSURE = 0.05


def scored(folder: str) -> ScoredFolder:
    *_, result = score_files(page_files(PAGES / folder))
    return result


@pytest.mark.parametrize("folder", FOLDERS)
def test_people_and_courses_are_found_and_nothing_is_made_up(folder: str) -> None:
    result = scored(folder)
    assert result.faults == []
    assert result.scored == len(result.pages)
    for name, tally in result.score.fields.items():
        told = (FIELDS[name], tally.misses)
        assert (tally.precision or 1) >= LEAST_PRECISION, told
        assert (tally.recall or 1) >= LEAST_RECALL.get(name, 0.95), told
        assert (tally.unsure_share or 0) <= MOST_UNSURE, told


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_value_tells_its_file_its_row_and_the_words_that_it_was_read_from(folder: str) -> None:
    for path in page_files(PAGES / folder):
        page = read_file(path)
        for row, person in enumerate(page.persons, 1):
            reads: list[Read[object] | None] = [
                person.name,
                *person.posts,
                *person.subjects,
                person.education,
                person.category,
                person.experience,
            ]
            for training in person.trainings:
                reads += [training.kind, training.title, training.period, training.hours, training.provider]
            for read in reads:
                if read is not None:
                    assert (read.place.file, read.place.row) == (path.name, row)
                    assert read.place.end - read.place.start == len(read.text) > 0
