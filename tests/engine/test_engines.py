"""Every engine gives the same numbers, and one that cannot be reached says so."""

from __future__ import annotations

import datetime as dt
import socket
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from opora.demo.spec import town
from opora.demo.write import write_town
from opora.indicators.dataset.store import Dataset, read_dataset
from opora.indicators.engine.backends import NoAnswer, open_engine
from opora.indicators.results import IndicatorResult
from opora.programmes.compute import Wish, compute_programme
from opora.programmes.load import load_programme

PACK = load_programme("olenegorsk")
WISH = Wish(by=("organisation", "subject", "municipality"), lists=(), history=False)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    folder = tmp_path_factory.mktemp("engines") / "town"
    write_town(town("olenegorsk"), folder, people=150, seed=5)
    return read_dataset(folder)


def computed(dataset: Dataset, engine: str, wish: Wish = WISH) -> tuple[IndicatorResult, ...]:
    with open_engine(engine) as opened:
        return compute_programme(PACK, dataset, opened, dt.date(2022, 12, 31), wish=wish).indicators


def test_sail_and_duckdb_give_the_same_values_and_breakdowns(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUST_LOG", "error")  # Sail would tell of its every step
    ours = computed(dataset, "duckdb")
    theirs = computed(dataset, "sail")
    for one, other in zip(ours, theirs, strict=True):
        assert rounded(other) == rounded(one)
    assert any(one.value.unknown for one in ours)
    assert sum(len(breakdown.groups) for one in ours for breakdown in one.breakdowns) > 100


def rounded(result: IndicatorResult) -> object:
    """All of it but the last digits: engines add up in an order of their own."""
    groups = {
        (breakdown.by, group.key): _numbers(group.value)
        for breakdown in result.breakdowns
        for group in breakdown.groups
    }
    return result.code, result.verdict, result.version, _numbers(result.value), groups


def _numbers(value: object) -> list[object]:
    names = ("value", "low", "high", "n", "total", "unknown", "partial")
    found = [getattr(value, name) for name in names]
    return [round(number, 9) if isinstance(number, float) else number for number in found]


@pytest.mark.parametrize(
    "address", ["sc://127.0.0.1:{port}", "sc://no-such-host.invalid:15002", "sc://", "sc://x:99999"]
)
def test_an_engine_that_does_not_answer_says_so_at_once(address: str) -> None:
    address = address.format(port=_free_port())
    begun = time.monotonic()
    with pytest.raises(NoAnswer) as caught, open_engine(address):
        pass
    assert str(caught.value) == f"Движок {address} не отвечает: проверьте адрес и запущен ли сервер"
    assert time.monotonic() - begun < 10


def _free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@pytest.mark.parametrize("engine", ["duckdb", "sail"])
def test_a_folder_may_have_any_name(engine: str, tmp_path: Path) -> None:
    names = ("отчёт 2022", "x[1]", "y*", "z?", "w{1,2}")
    for name in (*names, "x1", "yy", "zz", "w1"):
        (tmp_path / name).mkdir()
        pq.write_table(pa.table({"id": [name]}), tmp_path / name / "t.parquet")
    with open_engine(engine) as opened:
        for name in names:
            opened.register("t", tmp_path / name / "t.parquet")
            assert opened.query("SELECT id FROM t") == [{"id": name}]


def test_an_engine_that_is_not_known_is_told() -> None:
    with pytest.raises(ValueError, match="Движок «spark» неизвестен: бывает duckdb, sail или sc://адрес:порт"):
        open_engine("spark").__enter__()


def test_an_engine_is_closed_even_where_the_work_has_failed() -> None:
    with pytest.raises(ZeroDivisionError), open_engine() as engine:
        raise ZeroDivisionError
    with pytest.raises(Exception, match="Connection already closed"):
        engine.query("SELECT 1")


def test_a_file_and_a_table_in_memory_are_read_alike(dataset: Dataset, tmp_path: Path) -> None:
    in_memory = Dataset({name: dataset.table(name) for name in dataset.sources}, key_type=dataset.key_type)
    wish = Wish(by=("organisation",), lists=(), history=False, codes=[one.code for one in PACK.indicators[:3]])
    assert computed(in_memory, "duckdb", wish) == computed(dataset, "duckdb", wish)
