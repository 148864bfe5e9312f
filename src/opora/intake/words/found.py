"""A value found in the text of one cell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    value: T
    start: int
    end: int
    doubt: str = ""

    def moved(self, by: int) -> Found[T]:
        return replace(self, start=self.start + by, end=self.end + by)
