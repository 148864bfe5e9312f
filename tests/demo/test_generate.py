"""The synthetic towns: the same every time, free of faults, marked as made up, and as large as said."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import pytest

from opora.demo.generate import generate, generate_country
from opora.demo.spec import TOWNS, town
from opora.demo.write import town_dataset, write_town
from opora.indicators.dataset.check import check_dataset
from opora.indicators.dataset.store import Dataset, read_dataset
from opora.indicators.dataset.tables import STORED


@pytest.fixture(scope="module", params=TOWNS)
def dataset(request: pytest.FixtureRequest) -> Dataset:
    return town_dataset(town(request.param), seed=5)


def asked(dataset: Dataset, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect() as connection:
        for name in STORED:
            connection.register(name, dataset.table(name))
        return connection.execute(sql).fetchall()


def counted(dataset: Dataset, sql: str) -> object:
    ((number,),) = asked(dataset, sql)
    return number


class TestEveryTown:
    def test_it_has_no_faults(self, dataset: Dataset) -> None:
        assert [str(fault) for fault in (*dataset.reading_faults, *check_dataset(dataset))] == []

    def test_it_says_that_it_is_synthetic(self, dataset: Dataset) -> None:
        assert dataset.synthetic
        assert "синтетические данные" in dataset.title
        assert (
            counted(dataset, "select count(*) from territory where kind != 'country' and title not like '% (демо)'")
            == 0
        )

    def test_every_table_has_rows(self, dataset: Dataset) -> None:
        assert [name for name in STORED if not dataset.rows(name)] == []

    def test_it_has_about_sixty_rows_a_person(self, dataset: Dataset) -> None:
        assert 45 < sum(dataset.rows(name) for name in STORED) / dataset.rows("person") < 75

    def test_nobody_has_two_main_jobs_at_once(self, dataset: Dataset) -> None:
        overlapping = """
            select count(*) from employment a join employment b on a.person = b.person and a.id < b.id
            where a.kind = 'main' and b.kind = 'main'
              and coalesce(a.since, a.observed_on) < coalesce(b.until, date '2100-01-01')
              and coalesce(b.since, b.observed_on) < coalesce(a.until, date '2100-01-01')
        """
        assert counted(dataset, overlapping) == 0

    def test_a_mentor_is_older_than_the_mentee(self, dataset: Dataset) -> None:
        younger = """
            select count(*) from mentorship m join person mentor on mentor.id = m.mentor
            join person mentee on mentee.id = m.mentee where m.mentor = m.mentee or mentor.born >= mentee.born
        """
        assert counted(dataset, younger) == 0

    def test_a_course_answers_a_deficit_found_before_it(self, dataset: Dataset) -> None:
        early = """
            select count(*) from training t join deficit d on d.id = t.deficit
            where d.found_on > t.started or d.person != t.person
        """
        assert counted(dataset, early) == 0

    def test_women_have_the_names_of_women(self, dataset: Dataset) -> None:
        wrong = "select count(*) from person where (sex = 'female') != (patronymic like '%на')"
        assert counted(dataset, wrong) == 0

    def test_some_things_are_unknown(self, dataset: Dataset) -> None:
        for sql in (
            "select count(*) from person where born is null",
            "select count(*) from employment where since is null and observed_on is not null",
            "select count(*) from diagnostic_result where level is null",
        ):
            assert counted(dataset, sql), sql

    def test_nobody_begins_to_teach_as_a_child(self, dataset: Dataset) -> None:
        young = """
            select count(*) from employment e join person p on p.id = e.person
            where e.since < p.born + interval 18 year or p.career_start > e.since
        """
        assert counted(dataset, young) == 0

    def test_what_the_programme_names_is_there(self, dataset: Dataset) -> None:
        spec = next(town(key) for key in TOWNS if town(key).title in dataset.title)
        for table in ("document", "association", "project", "event", "contest"):
            titles = {row["title"] for row in spec.named.get(table, [])}
            assert titles <= set(dataset.table(table)["title"].to_pylist())


def test_two_events_of_one_name_on_one_day_are_told_apart() -> None:
    dataset = town_dataset(town("pervouralsk"), seed=2021)
    assert check_dataset(dataset) == ()
    assert counted(dataset, "select count(*) from event where title like '%. Секция 2'") == 2


def test_the_same_seed_gives_the_same_town() -> None:
    assert town_dataset(town("balakhta"), seed=3).hash == town_dataset(town("balakhta"), seed=3).hash


def test_another_seed_gives_another_town() -> None:
    assert town_dataset(town("balakhta"), seed=3).hash != town_dataset(town("balakhta"), seed=4).hash


def test_a_town_can_be_made_larger() -> None:
    tables = generate(town("olenegorsk"), people=2_000, seed=1)
    day = dt.date(2021, 12, 31)
    people = {
        row["person"]
        for row in tables["employment"].to_pylist()
        if row["staff_group"] != "support"
        and (row["since"] or row["observed_on"]) <= day
        and (row["until"] is None or row["until"] > day)
    }
    assert len(people) == 2_000


def test_a_written_town_is_read_back(tmp_path: Path) -> None:
    written = write_town(town("balakhta"), tmp_path / "town")
    read = read_dataset(tmp_path / "town")
    assert read.synthetic
    assert read.title == written.title
    assert {name: read.rows(name) for name in STORED} == {name: written.rows(name) for name in STORED}
    assert not read.reading_faults


class TestCountry:
    def test_it_has_no_faults_and_as_many_people_as_asked(self, tmp_path: Path) -> None:
        rows = generate_country(60, 3_000, 1, tmp_path)
        dataset = read_dataset(tmp_path)
        assert dataset.synthetic
        assert [str(fault) for fault in check_dataset(dataset)] == []
        assert {name: dataset.rows(name) for name in STORED} == rows
        day = "date '2021-12-31'"
        educators = f"""
            select count(distinct person) from employment join organisation o on o.id = organisation
            where staff_group = 'educator' and coalesce(employment.since, employment.observed_on) <= {day}
              and (employment.until is null or employment.until > {day})
        """
        assert counted(dataset, educators) == 3_000

    def test_its_chunks_join_without_a_seam(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("opora.demo.generate.CHUNK", 500)
        generate_country(40, 2_000, 1, tmp_path)
        assert [str(fault) for fault in check_dataset(read_dataset(tmp_path))] == []

    def test_only_the_wanted_tables_are_filled(self, tmp_path: Path) -> None:
        rows = generate_country(20, 1_000, 1, tmp_path, tables=["person", "employment"])
        assert {name for name, number in rows.items() if number} == {"person", "employment"}
