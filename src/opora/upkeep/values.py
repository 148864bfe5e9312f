"""What a programme comes to in an installation: the proof that a restored database means what the first one meant."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import BaseModel, ConfigDict

from opora.indicators.engine.backends import DuckDB
from opora.indicators.results import Value
from opora.programmes.compute import Wish, compute_programme
from opora.programmes.faults import ProgrammeFaults
from opora.programmes.load import available, load_programme
from opora.programmes.model import Programme

Numbers = tuple[float | None, ...]


class ProgrammeValues(BaseModel):
    model_config = ConfigDict(frozen=True)

    programme: str
    municipality: str
    on: dt.date
    values: dict[str, Numbers]
    """By the indicator's code: value, bounds, n, N, unknown."""


def programme_for(municipality: str, on: dt.date) -> str:
    """Key of a programme that is in force there on the day; where there is none, of a built-in one: equal databases
    give equal values of all."""
    found = _in_force(municipality, on)
    keys = available()
    return min(found) if found else municipality if municipality in keys else keys[0]


def _in_force(municipality: str, on: dt.date) -> dict[str, Programme]:
    """The programmes of the registry that Opora can read, by key."""
    from opora.cycle.domain.programme import programme_of
    from opora.cycle.numbers import in_force
    from opora.registry.scope import Actor, scope
    from opora.snapshot.territories import territory

    place = territory(municipality).pk
    found = {}
    with scope([place], Actor("резервная копия")):
        for version in in_force(place, on):
            with suppress(ProgrammeFaults):
                found[version.key] = programme_of(version)
    return found


def counted(municipality: str, programme: str, on: dt.date, *, as_seen: str = "") -> ProgrammeValues:
    """From the registry of this process. ``as_seen``: a snapshot that another transaction has exported."""
    from opora.registry.scope import Actor
    from opora.snapshot.take import take

    with TemporaryDirectory(prefix="opora-") as scratch:
        dataset = take(municipality, on, Path(scratch) / "snapshot", Actor("резервная копия"), as_seen=as_seen)
        wish = Wish(by=(), lists=(), history=False)
        chosen = _in_force(municipality, on).get(programme) or load_programme(programme)
        result = compute_programme(chosen, dataset, DuckDB(), on, wish=wish)
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
