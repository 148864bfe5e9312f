"""A program with a key of a user's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from opora.access.domain.tokens import issue
from opora.access.models import Purpose, Token, User
from opora.access.roles import Role
from tests.access.world import SCHOOLS, TESTS, School, user_of
from tests.web.people import with_second_factor

Program = Callable[..., Any]
"""Asks an address of the interface, and gives the answer."""


@pytest.fixture
def program(nobody: None) -> Callable[..., Program]:
    """Of somebody who holds the role."""

    def of(role: Role, school: School = SCHOOLS[0], purposes: Collection[Purpose] = tuple(Purpose)) -> Program:
        email = f"{role}.{SCHOOLS.index(school)}@example.org"
        user = User.objects.filter(email=email).first() or with_second_factor(user_of(role, school))
        day = timezone.localdate() + dt.timedelta(1)
        issued = issue(user, f"программа {Token.objects.count()}", purposes, day, by=TESTS)
        return asking(issued.secret)

    return of


def asking(secret: str) -> Program:
    client = Client(SERVER_NAME="127.0.0.1", enforce_csrf_checks=True)
    headers = {"authorization": f"Bearer {secret}"} if secret else {}

    def ask(path: str, method: str = "get", data: Any = None, **asked: Any) -> Any:
        """``data``: a form with files, or a list that goes as JSON."""
        sends: dict[str, Any] = {"content_type": "application/json"} if isinstance(data, list) else {}
        send = getattr(client, method)
        return send(f"/api/v1/{path}", asked if data is None else data, headers=headers, **sends)

    return ask
