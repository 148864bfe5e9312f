"""What a programme comes to in an installation: the proof that a restored database means what the first one meant."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import BaseModel, ConfigDict

from opora.indicators.engine.backends import DuckDB
from opora.indicators.results import Value
from opora.programmes.compute import Wish, compute_programme
from opora.programmes.load import available, load_programme

Numbers = tuple[float | None, ...]


class ProgrammeValues(BaseModel):
    model_config = ConfigDict(frozen=True)

    programme: str
    municipality: str
    on: dt.date
    values: dict[str, Numbers]
    """By the indicator's code: value, bounds, n, N, unknown."""


def programme_for(municipality: str) -> str:
    """The programme with the municipality's own key, else any: equal databases give equal values of all."""
    keys = available()
    return municipality if municipality in keys else keys[0]


def counted(municipality: str, programme: str, on: dt.date, *, as_seen: str = "") -> ProgrammeValues:
    """From the registry of this process. ``as_seen``: a snapshot that another transaction has exported."""
    from opora.registry.scope import Actor
    from opora.snapshot.take import take

    with TemporaryDirectory(prefix="opora-") as scratch:
        dataset = take(municipality, on, Path(scratch) / "snapshot", Actor("резервная копия"), as_seen=as_seen)
        wish = Wish(by=(), lists=(), history=False)
        result = compute_programme(load_programme(programme), dataset, DuckDB(), on, wish=wish)
    values = {one.code: _numbers(one.value) for one in result.indicators}
    return ProgrammeValues(programme=programme, municipality=municipality, on=on, values=values)


def _numbers(value: Value) -> Numbers:
    """Without the last digits, which depend on the order in which an engine adds."""
    told = (value.value, value.low, value.high, value.n, value.total, value.unknown)
    return tuple(None if number is None else float(f"{number:.12g}") for number in told)


def unequal(one: Mapping[str, Numbers], other: Mapping[str, Numbers]) -> list[str]:
    """Codes of the indicators that differ."""
    return sorted(code for code in one.keys() | other.keys() if one.get(code) != other.get(code))


def main(municipality: str, programme: str, on: str) -> None:
    from opora.site.setup import start

    start()
    print(counted(municipality, programme, dt.date.fromisoformat(on)).model_dump_json())


if __name__ == "__main__":
    main(*sys.argv[1:])
