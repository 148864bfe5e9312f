"""The interface keeps to its own description, whatever it is asked: nothing undescribed, nothing that fails."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.utils import timezone
from hypothesis import HealthCheck, given, settings

from opora.access.domain.tokens import issue
from opora.access.models import Grant, Purpose, User
from opora.access.roles import Role
from opora.web.api.interface import interface
from tests.access.world import SCHOOLS, TESTS, user_of
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


@pytest.mark.parametrize(("path", "method"), [(path, method) for path, told in PATHS.items() for method in told])
def test_answers_are_as_described(path: str, method: str, described: Any, secret: str) -> None:
    @settings(max_examples=20, suppress_health_check=list(HealthCheck))
    @given(case=described[path][method.upper()].as_strategy())
    def asked(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(headers=HOST | {"Authorization": f"Bearer {secret}"})

    asked()
