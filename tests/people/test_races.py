"""Two who enter at the same time, and what only the database sees: told in words, never an error of the program."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from opora.people.domain.employment import Job, employ
from opora.people.models import Employment
from opora.registry.verbs import Refused, sitting
from opora.site.home import Home
from tests.people.town import ALICE, AUTUMN, BOB, SPRING, Town, refusals


def job(town: Town, **told: Any) -> Job:
    usual: dict[str, Any] = {"staff_group": "educator", "post": "teacher", "kind": "main", "since": AUTUMN}
    return Job(person=town.people[0], organisation=town.school, **usual | told)


def elsewhere(work: Callable[[], Any]) -> tuple[threading.Thread, list[Any]]:
    """The work in another thread, and so in another connection; its answer, or what it has raised."""
    answer: list[Any] = []

    def run() -> None:
        try:
            answer.append(work())
        except Exception as error:
            answer.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, answer


def test_the_second_of_two_sittings_sees_what_the_first_has_entered(city: Town) -> None:
    """It waits for its turn, and then is told of the fault as if it had come later."""
    with sitting(city.municipality, ALICE, "приём на работу"):
        thread, answer = elsewhere(lambda: employ([job(city, since=SPRING)], municipality=city.municipality, by=BOB))
        thread.join(0.5)
        assert thread.is_alive()
        employ([job(city)], **city.as_alice)
    thread.join()
    assert isinstance(answer[0], Refused)
    assert [fault.field for fault in answer[0].faults] == ["kind"]


def test_what_comes_past_the_verbs_in_between_is_refused_by_the_database_and_told_in_words(
    city: Town, installation: Home
) -> None:
    """As from a load, which does not wait for sittings."""
    with psycopg.connect(make_conninfo(**installation.application())) as other:
        other.execute(f"SELECT set_config('opora.municipalities', '{{{city.municipality}}}', false)".encode())
        other.execute(
            "INSERT INTO employment (municipality_id, person_id, organisation_id, staff_group, post, kind, since) "
            "VALUES (%s, %s, %s, 'educator', 'teacher', 'main', '2021-01-01')",
            [city.municipality, city.people[0], city.school],
        )
        thread, answer = elsewhere(lambda: employ([job(city)], **city.as_alice))
        thread.join(1)
        assert thread.is_alive()
        other.commit()
    thread.join()
    assert isinstance(answer[0], Refused)
    told = [(fault.row, fault.message) for fault in answer[0].faults]
    assert told == [(None, "У человека в это же время есть другая основная работа")]
    with city.seen():
        assert Employment.objects.count() == 1


def test_who_waits_too_long_is_told_to_try_again(city: Town, installation: Home) -> None:
    def impatient() -> None:
        with sitting(city.municipality, ALICE, "переименование"):
            connection.cursor().execute("SET LOCAL lock_timeout = '50ms'")
            connection.cursor().execute("UPDATE organisation SET title = 'Лицей'")

    with psycopg.connect(make_conninfo(**installation.application())) as other:
        other.execute(f"SELECT set_config('opora.municipalities', '{{{city.municipality}}}', false)".encode())
        other.execute("SELECT id FROM organisation FOR UPDATE")
        with pytest.raises(Refused) as refused:
            impatient()
    assert refusals(refused) == [(None, "", "Эти же сведения сейчас меняет кто-то ещё")]
