"""A table of the dataset, as its declaration tells of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Declared:
    model: type[Any]

    @property
    def name(self) -> str:
        return str(self.model.dataset.name)

    @property
    def title(self) -> str:
        return str(self.model.dataset.title)

    @property
    def meaning(self) -> str:
        return str(self.model.dataset.meaning)
