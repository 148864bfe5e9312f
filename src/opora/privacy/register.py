"""The register of personal data: why each field is kept, on what ground, how long, and who sees it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict, model_validator


class Category(StrEnum):
    """As 152-ФЗ tells them apart."""

    ORDINARY = "обычные"
    SPECIAL = "специальные"
    BIOMETRIC = "биометрические"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Purpose(_Frozen):
    title: str
    bases: tuple[str, ...]


class TableEntry(_Frozen):
    circle: str
    retention: str
    transfer: str
    category: Category = Category.ORDINARY
    title: str = ""
    """Of a library's table that has no name in Russian."""
    fields: dict[str, tuple[str, ...]]
    """Of each field the codes of its purposes."""


class Register(_Frozen):
    """Everything but ``tables`` and ``impersonal`` gives words to the codes that stand there."""

    bases: dict[str, str]
    transfers: dict[str, str]
    purposes: dict[str, Purpose]
    retention: dict[str, str]
    circles: dict[str, tuple[str, ...]]
    tables: dict[str, TableEntry]
    impersonal: tuple[str, ...]
    """Patterns of fields outside the dataset that tell nothing of a person."""

    @model_validator(mode="after")
    def _every_code_is_known_and_used(self) -> Register:
        entries = self.tables.values()
        _require(self.circles, {entry.circle for entry in entries})
        _require(self.retention, {entry.retention for entry in entries})
        _require(self.transfers, {entry.transfer for entry in entries})
        _require(self.purposes, {code for entry in entries for codes in entry.fields.values() for code in codes})
        _require(self.bases, {code for purpose in self.purposes.values() for code in purpose.bases})
        return self

    @property
    def fields(self) -> frozenset[str]:
        """«table.field»."""
        return frozenset(f"{table}.{name}" for table, entry in self.tables.items() for name in entry.fields)

    def is_impersonal(self, field: str) -> bool:
        return any(fnmatchcase(field, pattern) for pattern in self.impersonal)


def _require(known: Mapping[str, object], used: set[str]) -> None:
    if odd := known.keys() ^ used:
        raise ValueError(f"not known or not used: {sorted(odd)}")


@cache
def register() -> Register:
    text = files("opora.privacy").joinpath("register.yaml").read_text("utf-8")
    return Register.model_validate(yaml.safe_load(text))
