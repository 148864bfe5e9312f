"""The one table: columns are declared once, and sort, print and fold into cards by themselves.

    COLUMNS = (
        Column("title", "Название", lambda one: Link(one.title, one.url), sort=("title",), head=True),
        Column("staff", "Работников", lambda one: one.staff, sort=("staff",), align="right"),
    )
    table = table_of(request, Organisation.objects.filter(…), COLUMNS)

and in the template ``{% table table %}``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, Literal, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import F, Model, QuerySet
from django.db.models.expressions import OrderBy
from django.http import HttpRequest
from django.utils.safestring import SafeString

from opora.papers.words import sort_key
from opora.web.layout.cells import shown, words

SIZE = 50
R = TypeVar("R")
M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Column(Generic[R]):
    """``name`` stands in the address when the table is sorted by it; ``of`` gives a cell (see ``cells``)."""

    name: str
    title: str
    of: Callable[[R], object]
    sort: tuple[str, ...] = ()
    """Fields of the query by which it sorts; none: it does not."""
    key: Callable[[R], Any] | None = None
    """The same for rows that are a list, where what is shown does not sort by itself."""
    align: Literal["left", "right", "middle"] = "left"
    head: bool = False
    """What the row is called: one column has it."""
    printed: bool = True
    """On paper too; of a link that does nothing there, False."""


class Order(Generic[R]):
    """By what a reader has asked a table to be sorted: ``?sort=name`` or ``?sort=-name``."""

    def __init__(self, request: HttpRequest, columns: Sequence[Column[R]], default: str = "") -> None:
        asked = request.GET.get("sort", default)
        known = {column.name: column for column in columns}
        self.column = known.get(asked.removeprefix("-")) or known.get(default.removeprefix("-"))
        self.descending = asked.startswith("-")

    def of_query(self, rows: QuerySet[M]) -> QuerySet[M]:
        """The primary key last, so that pages do not overlap; what is not known stands at the end either way."""
        if self.column is None or not self.column.sort:
            return rows
        return rows.order_by(*(self._field(name) for name in self.column.sort), "pk")

    def of_rows(self, rows: Iterable[R]) -> list[R]:
        """Of rows that are here: a stable sort, what is not known at the end either way."""
        listed = list(rows)
        if self.column is None:
            return listed
        key = self.column.key or self.column.of
        known = [(value, row) for row in listed if (value := _sortable(key(row))) is not None]
        unknown = [row for row in listed if _sortable(key(row)) is None]
        known.sort(key=lambda pair: pair[0], reverse=self.descending)
        return [row for _, row in known] + unknown

    def _field(self, name: str) -> OrderBy:
        return F(name).desc(nulls_last=True) if self.descending else F(name).asc(nulls_last=True)


@dataclass(frozen=True, slots=True)
class Head:
    column: Column[Any]
    sorts: str
    """What a click asks for; empty: it does not sort."""
    state: str
    """``ascending``, ``descending`` or empty."""


@dataclass(frozen=True, slots=True)
class Cell:
    column: Column[Any]
    text: SafeString


@dataclass(frozen=True, slots=True)
class Row:
    key: str
    """What its box sends when it is ticked; empty where rows are not picked."""
    name: str
    cells: list[Cell]


class Table(Generic[R]):
    def __init__(
        self,
        columns: Sequence[Column[R]],
        rows: Iterable[R],
        *,
        order: Order[R] | None = None,
        page: Page[Any] | None = None,
        caption: str = "",
        pick: Callable[[R], object] | None = None,
    ) -> None:
        """``pick``: rows have boxes to tick, which send this in the field ``row`` with the ``{% toolbar %}`` below."""
        self.columns, self.page, self.caption, self.pick = columns, page, caption, pick
        self._rows, self._order = rows, order

    @property
    def picks(self) -> bool:
        """For templates, which call what can be called."""
        return self.pick is not None

    @property
    def heads(self) -> list[Head]:
        return [self._head(column) for column in self.columns]

    @cached_property
    def rows(self) -> list[Row]:
        return [self._row(row) for row in self._rows]

    def _head(self, column: Column[R]) -> Head:
        if self._order is None or not (column.sort or column.key):
            return Head(column, "", "")
        if column is not self._order.column:
            return Head(column, column.name, "")
        down = self._order.descending
        return Head(column, column.name if down else f"-{column.name}", "descending" if down else "ascending")

    def _row(self, row: R) -> Row:
        values = [(column, column.of(row)) for column in self.columns]
        name = next((words(value) for column, value in values if column.head), "")
        key = str(self.pick(row)) if self.pick else ""
        return Row(key, name, [Cell(column, shown(value)) for column, value in values])


def table_of(
    request: HttpRequest,
    rows: QuerySet[M],
    columns: Sequence[Column[M]],
    *,
    default: str = "",
    caption: str = "",
    pick: Callable[[M], object] | None = None,
    size: int = SIZE,
) -> Table[M]:
    """A query as a table: sorted as the reader asks (``default`` if she does not), a page at a time."""
    order = Order(request, columns, default or columns[0].name)
    page = page_of(request, order.of_query(rows), size)
    return Table(columns, page.object_list, order=order, page=page, caption=caption, pick=pick)


def page_of(request: HttpRequest, rows: QuerySet[M], size: int = SIZE) -> Page[M]:
    """The page that the address names, or the nearest there is. What stands beside rows is read of its own alone: to
    sort all of them, joined and wide, takes three times as long."""
    page = Paginator(rows, size).get_page(request.GET.get("page"))
    if rows.query.select_related:
        here = rows[max(page.start_index() - 1, 0) : page.end_index()]
        page.object_list = rows.filter(pk__in=here.values("pk"))
    return page


def _sortable(value: object) -> Any:
    if value is None or value == "":
        return None
    return sort_key(str(value)) if isinstance(value, str) or hasattr(value, "__html__") else value
