"""Which marks are one course. A course has each part once: what would be its second title begins the next course."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from opora.intake.words.courses.marks import Mark, Sort
from opora.intake.words.values import TrainingKind

_SHORTEST_TITLE = 8


@dataclass(slots=True)
class Item:
    """The marks of one course."""

    title: Mark | None = None
    date: Mark | None = None
    issued: Mark | None = None
    hours: Mark | None = None
    provider: Mark | None = None
    document: Mark | None = None
    kind: Mark | None = None
    section: Mark | None = None
    """The kind that heads the list in which the course stands."""
    follows: bool = False
    """It is not the first of that list."""
    twin: Item | None = None
    """The course whose title stands just before, with nothing between: «А», «Б», 2022."""
    spare: list[Mark] = field(default_factory=list)
    """Words that might have been a title."""

    @property
    def empty(self) -> bool:
        return not (self.title or self.date or self.hours or self.provider or self.document or self.kind or self.spare)


def group(marks: Sequence[Mark]) -> list[Item]:
    return _Grouping(marks).run()


class _Grouping:
    def __init__(self, marks: Sequence[Mark]) -> None:
        self._marks = [mark for mark in marks if mark.sort is not Sort.SKIPPED]
        self._done: list[Item] = []
        self._item = Item()
        self._section: Mark | None = None
        self._year: Mark | None = None
        self._broke = False
        self._about = False
        first = next((mark.sort for mark in self._marks if mark.sort in (Sort.DATE, Sort.QUOTED, Sort.WORDS)), None)
        self._dates_first = first is Sort.DATE

    def run(self) -> list[Item]:
        for at, mark in enumerate(self._marks):
            self._take(at, mark)
        self._close()
        for item in reversed(self._done):
            if item.twin is not None:
                item.twin.date = item.twin.date or item.date
                item.date = item.date or item.twin.date
        return self._done

    def _take(self, at: int, mark: Mark) -> None:
        if mark.sort is Sort.NUMBERED:
            self._close()
            return
        if mark.sort is Sort.BREAK:
            self._broke = True
            return
        if self._broke:
            self._broke = False
            if self._item.title and self._segment_has_title(at):
                self._close()
        if mark.sort is Sort.KIND:
            self._take_kind(at, mark)
        elif mark.sort is Sort.DATE:
            self._take_date(at, mark)
        elif mark.sort is Sort.ABOUT:
            self._take_about()
        elif mark.sort in (Sort.QUOTED, Sort.WORDS):
            self._take_title(at, mark)
        else:
            self._take_part(mark)

    def _segment(self, at: int) -> Sequence[Mark]:
        """The marks from ``at`` to the next break."""
        end = at
        while end < len(self._marks) and self._marks[end].sort not in (Sort.BREAK, Sort.NUMBERED):
            end += 1
        return self._marks[at:end]

    def _segment_has_title(self, at: int) -> bool:
        segment = self._segment(at)
        quoted = [mark for mark in segment if mark.sort is Sort.QUOTED]
        if quoted:
            return not all(mark.looks_like_provider for mark in quoted) or not self._item.title
        sorts = {mark.sort for mark in segment}
        repeats = (Sort.HOURS in sorts and self._item.hours) or (Sort.DATE in sorts and self._item.date)
        return any(mark.sort is Sort.WORDS and _reads_as_title(mark, small=bool(repeats)) for mark in segment)

    def _take_kind(self, at: int, mark: Mark) -> None:
        if mark.heads:
            self._close()
            self._section = mark if mark.kind else None
            self._year = None
            return
        after_title = self._item.title is not None
        if after_title and not mark.aside and any(m.sort in (Sort.QUOTED, Sort.WORDS) for m in self._segment(at)):
            self._close()
        if self._item.kind is None or self._item.kind.kind is None or mark.kind is TrainingKind.RETRAINING:
            self._item.kind = mark

    def _take_date(self, at: int, mark: Mark) -> None:
        item = self._item
        if mark.heads and self._dates_first and (item.title or item.kind is None):
            self._close()
            self._year = mark
            return
        if item.date is None:
            item.date = mark
        elif item.issued is None and (self._is_issue(at, item) or _tells_more(item, mark)):
            item.issued = mark
        else:
            self._close()
            self._item.date = mark

    def _is_issue(self, at: int, item: Item) -> bool:
        """Whether the date is that of the document named just before it."""
        return at > 0 and self._marks[at - 1].sort is Sort.DOCUMENT and item.title is not None

    def _take_about(self) -> None:
        if self._item.title:
            self._close()
        self._about = True

    def _take_title(self, at: int, mark: Mark) -> None:
        item = self._item
        if mark.sort is Sort.QUOTED and mark.looks_like_provider and item.provider is None and self._another_title(at):
            item.provider = mark
            return
        if mark.text.isdecimal():
            item.spare.append(mark)
            return
        if mark.aside and mark.sort is Sort.QUOTED and item.title and not item.title.aside:
            item.provider = item.provider or mark
            return
        about = self._about and not any(other.sort is Sort.QUOTED for other in self._segment(at + 1))
        self._about = False
        if mark.sort is Sort.WORDS and not about and not self._words_are_title(at, mark):
            item.spare.append(mark)
            return
        if item.title is not None:
            twin = mark.sort is Sort.QUOTED and self._marks[at - 1] is item.title
            self._close()
            self._item.twin = item if twin else None
        self._item.title = mark

    def _another_title(self, at: int) -> bool:
        """Whether the course has a title beside what looks like a provider."""
        if self._item.title is not None:
            return True
        following = self._segment(at + 1)
        return any(mark.sort is Sort.QUOTED for mark in following)

    def _words_are_title(self, at: int, mark: Mark) -> bool:
        """Words in a segment with a quotation are a remark, unless the quotation's course is complete."""
        item = self._item
        if item.title is None:
            return not any(other.sort is Sort.QUOTED for other in self._segment(at + 1)) and not mark.aside
        complete = item.date is not None or item.hours is not None
        return complete and _reads_as_title(mark) and not mark.aside

    def _take_part(self, mark: Mark) -> None:
        name = {Sort.HOURS: "hours", Sort.PROVIDER: "provider", Sort.DOCUMENT: "document"}[mark.sort]
        taken = getattr(self._item, name)
        if taken is not None:
            if mark.aside and self._item.title:
                return
            if mark.sort is Sort.DOCUMENT and self._item.title is None:
                return
            self._close()
        setattr(self._item, name, mark)

    def _close(self) -> None:
        item = self._item
        self._about = False
        if not item.empty:
            item.section = self._section
            item.follows = any(other.section is self._section for other in self._done)
            item.date = item.date or self._year
            self._done.append(item)
        self._item = Item()


def _tells_more(item: Item, mark: Mark) -> bool:
    """Of «2021 год: с 12.03.2021 по 24.03.2021 «Урок»»: the second date is of the same course."""
    if item.title or item.hours or not (item.date and item.date.period and mark.period):
        return False
    return item.date.period.year == mark.period.year and item.date.period != mark.period


def _reads_as_title(mark: Mark, *, small: bool = False) -> bool:
    """``small``: it may begin with a small letter."""
    return len(mark.text) >= _SHORTEST_TITLE and (small or mark.text[0].isupper()) and not mark.aside
