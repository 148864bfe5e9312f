"""An installation to read pages of: a town's facts, its programme in force and counted, and people who have signed in.

Called in the process that measures, with OPORA_HOME set."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from benchmarks.data import PROGRAMME

CODE = "S-1.4"
"""The indicator whose page and lists are read: one of courses, which the writer changes under it."""
READERS = 30


def prepared(data: Path) -> Any:
    """The home in use, made and filled unless it is; PostgreSQL runs."""
    from opora.site.home import Home
    from opora.site.setup import gather_static, make, migrate

    home = Home.current()
    make(home)
    migrate(home)
    gather_static()
    note = home.folder / "filled"
    if not note.exists():
        _fill(data)
        note.touch()
    return home


def _fill(data: Path) -> None:
    from opora.cli.demo_accounts import make_accounts
    from opora.cycle.domain.programme import put_in_force, take_in
    from opora.indicators.dataset.store import read_dataset
    from opora.programmes.load import load_programme, programme_path
    from opora.programmes.tree import read_file
    from opora.snapshot.load import load

    load(read_dataset(data), PROGRAMME, actor())
    version = take_in(read_file(programme_path(PROGRAMME)), municipality=town().pk, by=actor())
    starts = load_programme(PROGRAMME).about.starts
    assert starts is not None
    put_in_force(version.pk, since=starts, municipality=town().pk, by=actor())
    make_accounts([PROGRAMME], "benchmark of pages", actor())


def count() -> None:
    """The numbers and the lists of ``CODE``, so that pages show what is kept."""
    from opora.cycle.numbers import USUAL, day_of
    from opora.cycle.queue import OPORA, Asking
    from opora.snapshot.opened import fresh_lists
    from opora.snapshot.values import fresh_values

    found, place = version(), town()
    on = day_of(found, dt.date.today())
    fresh_values(Asking(found, place, on, by=USUAL).question, OPORA)
    fresh_lists(Asking(found, place, on, code=CODE).question, OPORA)


def actor() -> Any:
    from opora.registry.scope import Actor

    return Actor("benchmark")


def town() -> Any:
    from opora.snapshot.territories import territory

    return territory(PROGRAMME)


def version() -> Any:
    from opora.cycle.models import ProgrammeVersion
    from opora.registry.scope import scope

    with scope([town().pk], actor()):
        return ProgrammeVersion.objects.get(municipality=town())


def sessions() -> list[str]:
    """Keys of sessions of a head of the service who also is a methodist, signed in on as many machines as there are
    readers: whoever sees most waits longest."""
    from django.contrib.sessions.backends.db import SessionStore
    from django.utils import timezone

    from opora.access.domain.grants import NewGrant, give
    from opora.access.domain.seats import RoleAt
    from opora.access.models import Grant, User
    from opora.access.roles import Role

    user = User.objects.get(email="head@demo.example")
    if not Grant.objects.filter(user=user, role=Role.METHODIST).exists():
        seat = RoleAt(Role.METHODIST, town().pk)
        give([NewGrant(user, seat, timezone.localdate())], within=[town().pk], by=actor())
    keys = []
    for _ in range(READERS):
        store = SessionStore()
        store["_auth_user_id"] = str(user.pk)
        store["_auth_user_backend"] = "allauth.account.auth_backends.AuthenticationBackend"
        store["_auth_user_hash"] = user.get_session_auth_hash()
        store.save()
        keys.append(str(store.session_key))
    return keys


def write_once() -> None:
    """One write: a course of somebody, entered past its verb, so that the pages are measured and not the verb."""
    from opora.learning.models import Training, TrainingProgramme
    from opora.people.models import Person
    from opora.registry.scope import scope

    with scope([town().pk], actor()):
        person, programme = Person.objects.order_by("?").first(), TrainingProgramme.objects.first()
        assert person is not None
        assert programme is not None
        Training.objects.create(municipality=town(), person=person, programme=programme, completed=dt.date.today())
