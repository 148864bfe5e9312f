"""``opora serve`` and ``opora user``, as they are called."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.db import OperationalError, connection

from opora.access.models import Grant, Invitation, User
from opora.access.roles import Role
from opora.access.seeing import standing_of
from opora.access.tasks import forget_old_sign_ins
from opora.cli.user import ROLES
from opora.registry.scope import scope
from opora.site.home import Home
from tests.access.world import SCHOOLS, TESTS
from tests.cli.calls import opora, run
from tests.web.people import browser, with_second_factor

pytestmark = pytest.mark.usefixtures("world")
HERE = SCHOOLS[0]
PHRASE = "верное слово с подковой"


@pytest.fixture(autouse=True)
def nobody(world: None) -> Iterator[None]:
    yield
    for model in (Grant, Invitation):
        model._default_manager.all().delete()
    User.objects.all().delete()


# ── opora serve ─────────────────────────────────────────────────────────────────────────────────────────────────────


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def asked(port: int, path: str, **headers: str) -> tuple[int, str]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as client:
        client.request("GET", path, headers=headers)
        answer = client.getresponse()
        return answer.status, answer.read().decode()


@contextmanager
def serving(port: int, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as told:
        server = subprocess.Popen(
            [sys.executable, "-c", f"from opora.cli import main; main(['serve', '--port', '{port}'])"],
            stdout=subprocess.PIPE, stderr=told, env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip
        try:
            yield server
        finally:
            server.terminate()
            server.wait(60)
            assert server.stdout
            server.stdout.close()


def well(port: int, patience: float = 120) -> bool:
    """Whether it gets well, its worker included."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            if asked(port, "/health")[0] == 200:
                return True
        except OSError:
            pass
        time.sleep(0.2)
    return False


def test_the_server_opens_works_and_stops_when_it_is_told_to(tmp_path: Path) -> None:
    port, log = free_port(), tmp_path / "log"
    with serving(port, log) as server:
        assert well(port)
        assert asked(port, "/?secret=1")[0] == 302
        assert "Вход" in asked(port, "/account/login/")[1]
        server.send_signal(signal.SIGTERM)
        assert server.wait(60) == 0
        assert server.stdout
        assert server.stdout.read().decode() == f"Опора открыта: http://127.0.0.1:{port}\nСервер остановлен\n"
    with pytest.raises(OSError, match="refused"):
        asked(port, "/health")
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    requests = [line for line in lines if line["message"] == "request" and line["path"] == "/"]
    assert [(line["status"], line["address"], line["user"]) for line in requests] == [(302, "127.0.0.1", None)]
    assert "secret" not in log.read_text("utf-8")


def test_a_taken_port_is_told_before_anything_begins() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = opora("serve", "--port", str(port))
    assert (said.code, said.out) == (3, "")
    assert f"Порт {port} занят другой программой" in said.err


def test_a_job_of_the_queue_is_carried_out_beside_the_server(tmp_path: Path) -> None:
    port = free_port()
    with serving(port, tmp_path / "log"):
        assert well(port)
        job = forget_old_sign_ins.configure().defer(timestamp=0)
        with connection.cursor() as cursor:
            end = time.monotonic() + 60
            status = ""
            while status != "succeeded" and time.monotonic() < end:
                cursor.execute("SELECT status FROM procrastinate_jobs WHERE id = %s", [job])
                status = cursor.fetchone()[0]
                time.sleep(0.1)
    assert status == "succeeded"


@pytest.fixture
def database_after_all(installation: Home) -> Iterator[None]:
    """For the tests that follow, whatever has become of it."""
    yield
    connection.close()
    assert installation.cluster
    installation.cluster.start()


@pytest.mark.usefixtures("database_after_all")
def test_a_database_that_is_killed_comes_back_and_meanwhile_people_are_told(installation: Home, tmp_path: Path) -> None:
    assert installation.cluster
    port = free_port()
    with serving(port, tmp_path / "log"):
        assert well(port)
        before = workers()
        os.kill(int((installation.cluster.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        assert "База данных не отвечает" in told_of_trouble(port)
        connection.close()
        # Not before: the dead worker was heard of a moment ago.
        assert awaited(lambda: workers() - before)
        assert well(port)
        assert asked(port, "/")[0] == 302


def told_of_trouble(port: int) -> str:
    """The first page that says so: connections outlive their server for a moment."""
    end = time.monotonic() + 60
    status, text = 0, ""
    while status != 503 and time.monotonic() < end:
        status, text = asked(port, "/", Cookie=f"sessionid={'x' * 32}")
    return text


def workers() -> set[int]:
    """Of the queue, as the database knows them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM procrastinate_workers")
        return {row[0] for row in cursor.fetchall()}


def awaited(condition: Callable[[], object]) -> bool:
    """Whether it comes true, once the database answers."""
    end = time.monotonic() + 300
    while time.monotonic() < end:
        try:
            if condition():
                return True
        except OperationalError:
            connection.close()
        time.sleep(0.2)
    return False


# ── opora user ──────────────────────────────────────────────────────────────────────────────────────────────────────


def created(email: str) -> int:
    done = subprocess.run(
        [sys.executable, "-c", f"from opora.cli import main; main(['user', 'create', '{email}', '--name', 'Анна'])"],
        input=f"{PHRASE}\n", text=True, capture_output=True, check=False,
    )  # fmt: skip
    return done.returncode


def test_who_is_made_on_the_command_line_and_given_a_role_can_sign_in() -> None:
    assert created("anna@example.org") == 0
    assert run(["user", "grant", "ANNA@example.org", "--role", "methodist", "--municipality", "город"]) == 0
    user = User.objects.get(email="anna@example.org")
    assert standing_of(user).roles == {Role.METHODIST}
    answer = browser().post("/account/login/", {"login": "anna@example.org", "password": PHRASE})
    assert answer.status_code == 302


def test_a_role_in_an_organisation_is_given_by_its_key(capsys: pytest.CaptureFixture[str]) -> None:
    User.objects.create(email="anna@example.org", full_name="Анна")
    args = ["user", "grant", "anna@example.org", "--role", "organisation_coordinator", "--municipality", "город"]
    assert run(args) == 1
    assert "даётся на организацию: укажите, на какую" in capsys.readouterr().err
    assert run([*args, "--organisation", SCHOOLS[2].key("organisation")]) == 2
    assert f"нет кода «{SCHOOLS[2].key('organisation')}»" in capsys.readouterr().err
    assert run([*args, "--organisation", HERE.key("organisation")]) == 0
    with scope([], TESTS):
        assert Grant.objects.get().organisation_id is not None


def test_an_invitation_is_a_link_that_opens(capsys: pytest.CaptureFixture[str]) -> None:
    args = ["user", "invite", "new@example.org", "--name", "Новая", "--role", "head", "--municipality", "город"]
    assert run(args) == 0
    link = capsys.readouterr().out.split()[-1]
    assert browser().get(link.removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_who_has_lost_everything_is_let_in_again(capsys: pytest.CaptureFixture[str]) -> None:
    user = with_second_factor(User.objects.create(email="anna@example.org", full_name="Анна"))
    assert run(["user", "restore", user.email, "--forget-second-factor"]) == 0
    link = capsys.readouterr().out.split()[-1].removeprefix("http://127.0.0.1:8000")
    client = browser()
    form = client.get(link).headers["Location"]
    client.post(form, {"new_password1": "новая длинная фраза", "new_password2": "новая длинная фраза"})
    answer = client.post("/account/login/", {"login": user.email, "password": "новая длинная фраза"})
    assert answer.headers["Location"] == "/"


def test_an_unknown_user_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["user", "restore", "nobody@example.org"]) == 2
    assert "Пользователя с адресом «nobody@example.org» нет" in capsys.readouterr().err


def test_the_help_page_names_all_roles() -> None:
    assert tuple(Role) == ROLES


def test_static_files_of_this_version_are_in_the_installation(installation: Home) -> None:
    names = json.loads((installation.folder / "static" / "staticfiles.json").read_text("utf-8"))["paths"]
    answer = browser().get("/static/" + names["layout/tokens.css"])
    answer.close()
    assert (answer.status_code, "immutable" in answer.headers["Cache-Control"]) == (200, True)
