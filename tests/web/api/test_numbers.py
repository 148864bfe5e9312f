"""Programs read the numbers that their user sees, with the same bounds, and small groups only where she sees names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from opora.access.roles import Role
from opora.cycle.models import ProgrammeVersion
from opora.cycle.numbers import day_of, values_for
from opora.people.models import Territory
from opora.registry.scope import scope
from opora.web.number_rights import SEES_NUMBERS
from tests.access.world import SCHOOLS, TESTS, territory
from tests.web.api.conftest import Program
from tests.web.counted import counted_programme
from tests.web.test_number_pages import TEXT

pytestmark = pytest.mark.usefixtures("world", "nobody")
HERE, _, VILLAGE, _ = SCHOOLS


@pytest.fixture(scope="module")
def version(world: None) -> ProgrammeVersion:
    return counted_programme(TEXT, HERE)


@pytest.mark.parametrize("role", SEES_NUMBERS)
def test_values_are_those_of_the_pages(role: Role, version: ProgrammeVersion, program: Callable[..., Program]) -> None:
    ask, home = program(role), territory(HERE.town)
    (town,) = ask("towns").json()
    assert town == {"id": home, "key": HERE.town, "title": Territory.objects.get(pk=home).title, "kind": "municipality"}
    (told,) = ask("programmes").json()
    on = day_of(version, dt.date.today())
    assert told == {"id": version.pk, "key": version.key, "title": version.title, "town": home, "on": on.isoformat()}
    answer = ask(f"programmes/{version.pk}/values").json()
    with scope([home], TESTS):
        numbers = values_for(version, Territory.objects.get(pk=home), on)
    assert numbers.result is not None
    assert answer["state"] == "fresh"
    assert [
        (one["code"], one["value"]["value"], one["value"]["n"], one["verdict"]) for one in answer["indicators"]
    ] == [(one.code, one.value.value, one.value.n, one.verdict) for one in numbers.result.indicators]


def test_groups_are_told_to_those_alone_who_see_names(
    version: ProgrammeVersion, program: Callable[..., Program]
) -> None:
    path = f"programmes/{version.pk}/values/X-3"
    by_school = {
        role: {split["by"]: len(split["groups"]) for split in program(role)(path).json()["breakdowns"]}
        for role in SEES_NUMBERS
    }
    assert by_school.pop(Role.OBSERVER) == {}
    assert {split["organisation"] for split in by_school.values()} == {2}


@pytest.mark.parametrize("role", [role for role in Role if role not in SEES_NUMBERS])
def test_who_sees_no_numbers_gets_none(role: Role, version: ProgrammeVersion, program: Callable[..., Program]) -> None:
    ask = program(role)
    assert ask("towns").json() == []
    assert ask("programmes").json() == []
    assert ask(f"programmes/{version.pk}/values").status_code == 404


def test_another_towns_programme_and_an_unknown_code_are_not_there(
    version: ProgrammeVersion, program: Callable[..., Program]
) -> None:
    away, here = program(Role.METHODIST, VILLAGE), program(Role.METHODIST)
    assert away(f"programmes/{version.pk}/values").status_code == 404
    assert away(f"programmes/{version.pk}/values/X-3").status_code == 404
    assert here(f"programmes/{version.pk}/values/X-3").status_code == 200
    assert here(f"programmes/{version.pk}/values/X-99").status_code == 404
    assert here("programmes", town=territory(VILLAGE.town)).status_code == 404
