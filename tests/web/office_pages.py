"""Of the back office: what each page is asked about, and to whom it is closed. ``test_gates`` asks it of every role."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from opora.access.models import User
from opora.access.roles import Role
from opora.community.models import Contest
from opora.cycle.domain.programme import take_in
from opora.people.models import Person
from opora.registry.scope import scope
from tests.access.world import SCHOOLS, TESTS, School, territory, user_of
from tests.programmes.files import GOOD

Of = Callable[[School], dict[str, Any]] | None


def a_user(school: School) -> dict[str, Any]:
    email = f"card.{SCHOOLS.index(school)}@example.org"
    found = User.objects.filter(email=email).first() or user_of(Role.METHODIST, school, email)
    return {"pk": found.pk}


def a_programme(school: School) -> dict[str, Any]:
    return {"pk": take_in(GOOD, municipality=territory(school.town), by=TESTS).pk}


def a_contest(school: School) -> dict[str, Any]:
    with scope([territory(school.town)], TESTS):
        return {"table": "contest", "pk": Contest.objects.get(key=school.key("contest")).pk}


def somebody(school: School) -> dict[str, Any]:
    with scope([territory(school.town)], TESTS):
        return {"pk": Person.objects.get(key=school.key("person")).pk}


ADMINISTRATORS: dict[str, Of] = {
    "office_users": None,
    "office_user": a_user,
    "office_grant": a_user,
    "office_invitations": None,
    "office_invite": None,
    "office_references": None,
    "office_reference": None,
    "office_reference_new": None,
    "office_reference_row": a_contest,
    "office_trail": None,
    "office_trail_people": None,
    "office_trail_person": somebody,
    "office_installation": None,
}
"""Pages of administrators alone."""

KEEPERS: dict[str, Of] = {
    "office_programmes": None,
    "office_programme_upload": None,
    "office_programme": a_programme,
    "office_programme_text": a_programme,
}
"""Pages of heads of the service too."""

GIVEN: dict[str, dict[str, Any]] = {
    "office_reference": {"table": "contest"},
    "office_reference_new": {"table": "contest"},
}
"""Of what kind of things a page is."""
