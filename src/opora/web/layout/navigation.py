"""The sections of Opora. An entry is shown to whoever may open it: that is asked of the gate of its page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.urls import URLPattern, get_resolver, reverse

from opora.access.roles import Role
from opora.web.gate import EVERYBODY


@dataclass(frozen=True, slots=True)
class Entry:
    """A page to go to. ``own`` are the beginnings of the names of pages that lie below it."""

    name: str
    title: str
    own: tuple[str, ...] = ()

    def holds(self, here: str) -> bool:
        return here == self.name or here.startswith(self.own or ("\0",))


@dataclass(frozen=True, slots=True)
class Section:
    """A line of the rail. More than one entry: they are the tabs of its pages."""

    title: str
    icon: str
    entries: tuple[Entry, ...]
    group: str = ""
    """The heading in the rail under which it stands."""


SECTIONS = (
    Section("Начало", "home", (Entry("start", "Начало"),)),
    Section("Организации", "school", (Entry("organisations", "Организации"),), group="Методическая служба"),
    Section("Списки", "list", (Entry("lists", "Списки", ("list", "people")),), group="Методическая служба"),
    Section(
        "Приём сведений", "download", (Entry("intake", "Приём сведений", ("intake_",)),), group="Методическая служба"
    ),
    Section("Месяц", "calendar", (Entry("month", "Месяц"),), group="Методическая служба"),
    Section("Курсы", "book", (Entry("courses", "Курсы", ("courses_",)),), group="Методическая служба"),
    Section(
        "Показатели рядом",
        "chart",
        (Entry("heat", "По организациям", ("heat_",)), Entry("region", "По муниципалитетам", ("region_",))),
        group="Методическая служба",
    ),
    Section(
        "Сверка",
        "exchange",
        (Entry("reconciliation", "Сверка с формой ОО-1", ("reconciliation_",)),),
        group="Методическая служба",
    ),
    Section(
        "Предложения",
        "edit",
        (Entry("proposals", "Предложения педагогов", ("proposal",)),),
        group="Методическая служба",
    ),
    Section(
        "Управление",
        "settings",
        (
            Entry("office_users", "Пользователи", ("office_user", "office_grant")),
            Entry("office_invitations", "Приглашения", ("office_invite",)),
            Entry("office_programmes", "Программы", ("office_programme",)),
            Entry("office_publishing", "Таблицы для всех"),
            Entry("office_references", "Справочники", ("office_reference",)),
            Entry("office_trail", "Журнал", ("office_trail",)),
            Entry("office_installation", "Об установке"),
        ),
        group="Настройка",
    ),
)
"""In the order of the rail. Sections of one group stand together."""


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as a page shows it."""

    title: str
    url: str
    icon: str
    here: bool


@dataclass(frozen=True, slots=True)
class Rail:
    groups: dict[str, list[Line]]
    tabs: list[Line]
    """Of the section in which the reader is, if it has more than one page."""


def rail_of(roles: frozenset[Role], here: str) -> Rail:
    groups: dict[str, list[Line]] = {}
    tabs: list[Line] = []
    for section, entries in _open_sections(roles):
        inside = any(entry.holds(here) for entry in entries)
        groups.setdefault(section.group, []).append(_line(entries[0], section, inside))
        if inside and len(entries) > 1:
            tabs = [Line(entry.title, reverse(entry.name), section.icon, entry.holds(here)) for entry in entries]
    return Rail(groups, tabs)


def is_page(name: str) -> bool:
    """Whether Opora has it: a link is left out until there is somewhere to lead."""
    return name in _gates()


def entries_for(roles: frozenset[Role]) -> Iterator[tuple[Section, Entry]]:
    """All that these roles may open, each with its section."""
    return ((section, entry) for section, entries in _open_sections(roles) for entry in entries)


def _open_sections(roles: frozenset[Role]) -> Iterator[tuple[Section, list[Entry]]]:
    gates = _gates()
    for section in SECTIONS:
        entries = [entry for entry in section.entries if _opens(gates[entry.name], roles)]
        if entries:
            yield section, entries


def _opens(gate: frozenset[Role] | None, roles: frozenset[Role]) -> bool:
    """``EVERYBODY`` is also whoever holds no role."""
    return gate is None or gate == EVERYBODY or not gate.isdisjoint(roles)


def _line(first: Entry, section: Section, here: bool) -> Line:
    return Line(section.title, reverse(first.name), section.icon, here)


@cache
def _gates() -> dict[str, frozenset[Role] | None]:
    """By the name of a page: the roles to whom its gate opens; None: to everybody."""
    patterns = get_resolver().url_patterns
    return {
        pattern.name: getattr(pattern.callback, "opens_to", None)
        for pattern in patterns
        if isinstance(pattern, URLPattern) and pattern.name
    }
