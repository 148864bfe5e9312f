"""The lines of a sheet: whom pasted names name, who is ticked, what is told of each."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict

from opora.access.seeing import Standing, visible_to
from opora.people.models import Person
from opora.privacy.reading import log_reading
from opora.registry.batch.words import described
from opora.registry.verbs import Refused
from opora.web.forms import number_in
from opora.web.refusals import words_of
from opora.web.rows.choosing import Option, Target
from opora.web.rows.form import written
from opora.web.rows.line import LineForm
from opora.web.rows.names import MOST, Named, lines_of, people_named
from opora.web.rows.sheet import Sheet

_BLANK = 5
"""Lines to fill by hand that a page begins with, and gets more of."""


@dataclass(frozen=True, slots=True)
class _Sent:
    """Names of the fields that every line and the sheet send."""

    table: str

    @property
    def count(self) -> str:
        return f"{self.table}-lines"

    @property
    def pasted(self) -> str:
        return f"{self.table}-names"

    def of(self, line: int, field: str) -> str:
        return f"{self.table}-{line}-{field}"


class Lines:
    """Bound to what was sent, with pasted names made into lines; or new, for the people whom an address names.

    ``fresh``: somebody was found who has not been looked at yet, so nothing is written until she was.
    """

    def __init__(
        self, sheet: Sheet, standing: Standing, sent: QueryDict | None = None, people: Iterable[int] = ()
    ) -> None:
        self.sheet, self.standing, self.names = sheet, standing, _Sent(sheet.name)
        self.fresh, self.left_over = False, 0
        self.data: dict[str, str] = {} if sent is None else {name: str(sent[name]) for name in sent}
        self.count = min(number_in(self.data.get(self.names.count, "")) or 0, MOST)
        if sheet.of_people:
            self._begin_with(people) if sent is None else self._take_pasted()
        elif sent is None or self.data.get("more") == sheet.name:
            self.count = min(self.count + _BLANK, MOST)
        self._choose_the_only_ones()
        self.faults: list[str] = []
        self.forms = self._made(judged=False)

    @property
    def pasted(self) -> str:
        """What had no place among the lines."""
        return self.data.get(self.names.pasted, "")

    def _made(self, *, judged: bool) -> list[LineForm]:
        options = self._options if self.sheet.of_people else [[]] * self.count
        return [
            LineForm(self.sheet, f"{self.sheet.name}-{line}", self.data, options[line], judged=judged, near=near)
            for line in range(self.count)
            for near in [self.sheet.of_people and not self._named[self._who(line)].exactly]
        ]

    @property
    def used(self) -> list[LineForm]:
        return [form for form in self.forms if form.used]

    @property
    def heads(self) -> list[str]:
        return [column.title for column in self.sheet.own.values()]

    @property
    def told(self) -> str:
        """«Найдено 10, нужно выбрать 1, не нашлось 2»."""
        kinds = [_kind(form) for form in self.forms]
        counts = ((words, kinds.count(words)) for words in ("найдено", "нужно выбрать", "не нашлось"))
        return ", ".join(f"{words} {count}" for words, count in counts if count)

    def is_valid(self) -> bool:
        """Each line is looked at, so that all faults come at once."""
        self.forms = self._made(judged=True)
        sound = [form.is_valid() for form in self.used]
        return all(sound) and not self._refuse_twice()

    def tell(self, refused: Refused) -> None:
        """Beside the lines, by their places among those that are used."""
        used = self.used
        for fault in refused.faults:
            if fault.row is None:
                self.faults.append(words_of(fault))
            else:
                line = used[fault.row]
                line.add_error(fault.field if fault.field in line.fields else None, words_of(fault))

    def log(self, what: str) -> None:
        seen = {int(one.key) for form in self.forms for one in form.options}
        log_reading(sorted(seen), by=self.standing.actor, what=what, own=self.standing.user.person_id)

    def _begin_with(self, people: Iterable[int]) -> None:
        seen = visible_to(self.standing, Person).filter(archived_at__isnull=True, pk__in=list(people)[:MOST])
        for person in seen.order_by("last_name", "first_name", "patronymic", "pk"):
            self._add(described(person), str(person.pk))

    def _take_pasted(self) -> None:
        lines = lines_of(self.pasted)
        room = MOST - self.count
        for line in lines[:room]:
            self._add(line)
        self.left_over = len(lines[room:])
        self.data[self.names.pasted] = "\n".join(lines[room:])

    def _add(self, who: str, person: str = "") -> None:
        usual = {name: written(self.sheet.usual[name]) for name in self.sheet.own if name in self.sheet.usual}
        told = {"who": who, "person": person, "on": "on"} | (usual if self.sheet.owner else {})
        self.data |= {self.names.of(self.count, field): value for field, value in told.items()}
        self.count += 1

    def _who(self, line: int) -> str:
        return self.data.get(self.names.of(line, "who"), "")

    @cached_property
    def _named(self) -> dict[str, Named]:
        every = {self._who(line) for line in range(self.count if self.sheet.of_people else 0)}
        return people_named(every, self.standing) if every else {}

    @cached_property
    def _options(self) -> list[list[Option]]:
        """By line, whom it may name, with what tells namesakes apart; who was ticked, however her name is written."""
        lines = range(self.count if self.sheet.of_people else 0)
        named = {line: found.people for line, found in self._named.items()}
        ticked = self._ticked({person.pk for some in named.values() for person in some})
        people = {person.pk: person for some in [ticked, *named.values()] for person in some}
        options = {option.key: option for option in Target(Person, self.standing).options(list(people.values()))}
        keys = [[str(person.pk) for person in named[self._who(line)]] for line in lines]
        hers = [self.data.get(self.names.of(line, "person"), "") for line in lines]
        return [
            [options[key] for key in ([*some, one] if one in options and one not in some else some)]
            for some, one in zip(keys, hers, strict=True)
        ]

    def _ticked(self, known: Collection[int]) -> list[Person]:
        """Of those whom lines say to be chosen: the others whom she may see."""
        sent = (number_in(self.data.get(self.names.of(line, "person"), "")) for line in range(self.count))
        wanted = {number for number in sent if number is not None} - set(known)
        return list(visible_to(self.standing, Person).filter(archived_at__isnull=True, pk__in=wanted)) if wanted else []

    def _choose_the_only_ones(self) -> None:
        """Who is named twice is taken once: the second line stays to be seen, without its tick."""
        taken: set[str] = set()
        for line in range(self.count if self.sheet.of_people else 0):
            place, options = self.names.of(line, "person"), self._options[line]
            known = self.data.get(place, "") in {one.key for one in options}
            if not known:
                only = len(options) == 1 and self._named[self._who(line)].exactly
                self.data[place] = options[0].key if only else ""
                self.fresh = self.fresh or only
                if self.data[place] in taken:
                    self.data[self.names.of(line, "on")] = ""
            taken |= {self.data[place]} - {""}

    def _refuse_twice(self) -> bool:
        seen: set[str] = set()
        found = False
        for form in self.used if self.sheet.of_people else []:
            key = form.chosen.key if form.chosen else ""
            if key in seen:
                form.add_error(None, "Этот человек уже есть выше: снимите галочку")
                found = True
            seen |= {key} - {""}
        return found


def _kind(form: LineForm) -> str:
    return "найдено" if form.chosen else "нужно выбрать" if form.options else "не нашлось"
