"""The PostgreSQL that comes with Opora."""

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from opora.site.embedded import SUPERUSER, Cluster
from opora.site.trouble import SiteTrouble

PASSWORD = "пароль"


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """Not pytest's own: where tests run as root, the server's user could not enter that."""
    made = Path(tempfile.mkdtemp(prefix="opora-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def made(folder: Path) -> Cluster:
    """Made from a shell that knows neither Russian nor where we are."""
    cluster = Cluster(folder / "made")
    with pytest.MonkeyPatch.context() as shell:
        shell.setenv("LC_ALL", "C")
        shell.setenv("PGPORT", "1")
        cluster.create(PASSWORD)
    return cluster


@pytest.fixture
def cluster(made: Cluster) -> Iterator[Cluster]:
    made.start()
    yield made
    made.stop()


def connected(cluster: Cluster, password: str = PASSWORD) -> psycopg.Connection:
    words = make_conninfo(**cluster.connection(), dbname="postgres", user=SUPERUSER, password=password)
    return psycopg.connect(words, autocommit=True)


def ask(cluster: Cluster, question: str, password: str = PASSWORD) -> object:
    with connected(cluster, password) as connection:
        answer = connection.execute(question.encode()).fetchone()
    assert answer is not None
    return answer[0]


def postmaster(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().split()[0])


def test_it_keeps_what_was_written_when_it_is_killed_and_when_it_is_stopped(cluster: Cluster) -> None:
    with connected(cluster) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    os.kill(postmaster(cluster), signal.SIGKILL)
    while cluster.running:
        time.sleep(0.05)
    cluster.start()
    assert ask(cluster, "SELECT one FROM kept") == 1
    cluster.stop()
    assert not cluster.running
    cluster.start()
    assert ask(cluster, "SELECT one FROM kept") == 1


def test_it_is_started_once_and_stopped_once_however_often_it_is_asked(cluster: Cluster) -> None:
    first = postmaster(cluster)
    cluster.create("другой пароль")
    cluster.start()
    assert (postmaster(cluster), ask(cluster, "SELECT 1")) == (first, 1)
    cluster.stop()
    cluster.stop()
    assert not cluster.running


def test_russian_letters_have_case_whatever_the_shell(cluster: Cluster) -> None:
    assert ask(cluster, "SELECT upper('ёлка') || ('УЧИТЕЛЬ' ILIKE 'учитель')") == "ЁЛКАtrue"
    assert ask(cluster, "SELECT to_tsvector('учителями') @@ to_tsquery('учитель')") is True


def test_nobody_comes_in_without_the_password(cluster: Cluster) -> None:
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        ask(cluster, "SELECT 1", password="не тот")


def test_a_folder_too_deep_for_a_socket_is_served_on_this_machine_only(folder: Path) -> None:
    deep = folder / ("очень-" * 10 + "глубоко")
    deep.mkdir(mode=0o711)
    cluster = Cluster(deep)
    cluster.create(PASSWORD)
    cluster.start()
    assert cluster.connection()["host"] == "127.0.0.1"
    assert ask(cluster, "SELECT current_setting('listen_addresses')") == "127.0.0.1"
    cluster.stop()


def test_a_cluster_that_was_not_made_says_what_to_do(folder: Path) -> None:
    with pytest.raises(SiteTrouble, match="сначала выполните opora init"):
        Cluster(folder / "nothing").start()


def test_a_cluster_of_another_major_version_is_refused_and_the_way_is_told(folder: Path) -> None:
    old = Cluster(folder / "old")
    old.data.mkdir(parents=True)
    (old.data / "PG_VERSION").write_text("17\n")
    with pytest.raises(SiteTrouble) as refused:
        old.start()
    assert str(refused.value) == (
        f"База в папке «{old.data}» сделана PostgreSQL 17, а с этой Опорой приходит 18: её данных он не прочтёт. "
        "Поставьте прежнюю версию Опоры и сделайте ею копию (opora backup ПАПКА), затем этой версией восстановите "
        "копию в новую папку (opora restore КОПИЯ --into НОВАЯ-ПАПКА)"
    )
    assert sorted(path.name for path in old.folder.rglob("*")) == ["PG_VERSION", "data"]
