"""Whom one means who asks about somebody: by a code, by a surname or a part of it, by the title of a school."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from opora.indicators.dataset.store import Dataset

Key = str | int
MOST_NAMESAKES = 30


@dataclass(frozen=True, slots=True)
class Meant:
    """A person, or a row of a table in which there are no people."""

    key: Key
    person: bool


def meant(dataset: Dataset, tables: Sequence[str], asked: str, on: dt.date) -> Meant:
    """``tables``: those whose rows the indicator counts. Raises ``click.BadParameter``: it is nobody, or several."""
    from opora.indicators.dataset.tables import STORED, TABLES

    people = [name for name in tables if name == "person" or TABLES[name].column("person")]
    if people and (found := _matching(_people(dataset), asked)):
        return Meant(_only(found, asked, _workplaces(dataset, found, on)), person=True)
    for name in tables:
        if name in STORED and name != "person" and (found := _matching(_titles(dataset, name), asked)):
            return Meant(_only(found, asked, {}), person=False)
    who = "человека с таким кодом или такой фамилией" if people else "строки с таким кодом или названием"
    raise _refused(f"Среди тех, кого считает показатель, нет {who}: «{asked}»")


def _matching(names: Mapping[Key, str], asked: str) -> dict[Key, str]:
    """The one whose key it is; else those whose name begins so word for word; else those in whose name it occurs."""
    for key, name in names.items():
        if str(key) == asked:
            return {key: name}
    words = _plain(asked).split()
    if not words:
        return {}
    exact = {key: name for key, name in names.items() if _plain(name).split()[: len(words)] == words}
    return exact or {key: name for key, name in names.items() if " ".join(words) in _plain(name)}


def _plain(text: str) -> str:
    return text.casefold().replace("ё", "е")


def _only(found: Mapping[Key, str], asked: str, places: Mapping[Key, str]) -> Key:
    if len(found) == 1:
        return next(iter(found))
    ordered = sorted(found.items(), key=lambda one: (_plain(one[1]), str(one[0])))
    lines = [f"  {name}{places.get(key, '')} — --person {key}" for key, name in ordered[:MOST_NAMESAKES]]
    if len(ordered) > MOST_NAMESAKES:
        lines.append(f"  …и ещё {len(ordered) - MOST_NAMESAKES}: напишите точнее")
    raise _refused("\n".join([f"По «{asked}» нашлось: {len(ordered)}. Назовите точнее или укажите код:", *lines]))


def _refused(message: str) -> click.BadParameter:
    return click.BadParameter(message, param_hint="--person")


def _people(dataset: Dataset) -> dict[Key, str]:
    rows = dataset.table("person").select(["id", "last_name", "first_name", "patronymic"]).to_pylist()
    return {row["id"]: " ".join(part for part in list(row.values())[1:] if part) for row in rows}


def _titles(dataset: Dataset, table: str) -> dict[Key, str]:
    source = dataset.table(table)
    rows = source.select([name for name in ("id", "title") if name in source.column_names]).to_pylist()
    return {row["id"]: row.get("title") or "" for row in rows}


def _workplaces(dataset: Dataset, people: Mapping[Key, str], on: dt.date) -> dict[Key, str]:
    """Where each works on the date, to tell namesakes apart."""
    titles, found = _titles(dataset, "organisation"), dict.fromkeys(people, "")
    for row in dataset.table("employment").select(["person", "organisation", "until"]).to_pylist():
        title = titles.get(row["organisation"], "")
        if row["person"] in found and (row["until"] is None or row["until"] > on) and title not in found[row["person"]]:
            found[row["person"]] += f", {title}"
    return found
