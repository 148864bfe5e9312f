"""The interface keeps to its own description, whatever it is asked: nothing undescribed, nothing that fails."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import schemathesis
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opora.access.domain.tokens import issue
from opora.access.models import Grant, Purpose, User
from opora.access.roles import Role
from opora.cycle.models import ProgrammeVersion
from opora.intake.adapters import Dropped
from opora.intake.domain.verbs import start
from opora.intake.domain.work import carry_out
from opora.intake.models import IntakeBatch
from opora.registry.scope import scope
from opora.web.api.interface import interface
from tests.access.world import LONG_AGO, SCHOOLS, TESTS, territory, user_of
from tests.web.api.test_intake import PAGE
from tests.web.counted import counted_programme
from tests.web.test_number_pages import TEXT

HOST = {"Host": "127.0.0.1"}


@pytest.fixture(scope="module")
def secret(world: None) -> Iterator[str]:
    counted_programme(TEXT, SCHOOLS[0])
    user = user_of(Role.METHODIST, SCHOOLS[0])
    yield issue(user, "проверка", tuple(Purpose), timezone.localdate(), by=TESTS).secret
    Grant.objects.all().delete()
    User.objects.all().delete()


@pytest.fixture(scope="module")
def described(world: None) -> Any:
    from opora.web.wsgi import application as opora

    def application(environ: dict[str, Any], start_response: Any) -> Any:
        return opora(environ | {"REMOTE_ADDR": "127.0.0.1"}, start_response)  # as a server would

    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application, headers=HOST)


PATHS = interface.get_openapi_schema(path_prefix="/api/v1/")["paths"]


@pytest.fixture
def known(secret: str) -> Iterator[Mapping[str, int]]:
    """What is there, by the beginning of its address: numbers drawn at random mostly speak of nothing."""
    town = territory(SCHOOLS[0].town)
    batch = start([Dropped("страница.html", PAGE.encode())], on=LONG_AGO, municipality=town, by=TESTS)
    carry_out(batch.pk, town)
    with scope([town], TESTS):
        programme = ProgrammeVersion.objects.latest("pk").pk
    yield {"/api/v1/intake": batch.pk, "/api/v1/programmes": programme}
    with scope([town], TESTS):
        IntakeBatch.objects.all().delete()


@pytest.mark.parametrize(("path", "method"), [(path, method) for path, told in PATHS.items() for method in told])
def test_answers_are_as_described(
    path: str, method: str, described: Any, secret: str, known: Mapping[str, int]
) -> None:
    @settings(max_examples=30, suppress_health_check=list(HealthCheck))
    @given(case=described[path][method.upper()].as_strategy(), there=st.booleans())
    def asked(case: schemathesis.Case[Any], there: bool) -> None:
        found = [pk for start, pk in known.items() if path.startswith(start)]
        if there and found and "pk" in case.path_parameters:
            case.path_parameters["pk"] = found[0]
        case.call_and_validate(headers=HOST | {"Authorization": f"Bearer {secret}"})

    asked()
