"""What goes with a person: rows about her, what cannot be without them; and what stays without her."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.contrib.auth import get_user_model
from django.db.backends.utils import CursorWrapper
from django.db.models import CASCADE, Model

from opora.people.models import Person, PersonMerge
from opora.privacy.concerns import Fate, about_people, fate_of, person_columns
from opora.registry.batch.references import Reference, references_to

NAMELESS = "обезличено"
"""The key of the card that stands, one in a municipality, for all who were destroyed there."""
Keys = set[int | str]


@dataclass
class Closure:
    deleted: defaultdict[type[Model], Keys] = field(default_factory=lambda: defaultdict(set))
    emptied: defaultdict[Reference, Keys] = field(default_factory=lambda: defaultdict(set))
    """Rows that stay, by the reference that is taken from them."""
    nameless: defaultdict[Reference, Keys] = field(default_factory=lambda: defaultdict(set))
    """Rows in which the nameless card takes her place."""
    accounts: Keys = field(default_factory=set)


def closure_of(cards: Collection[int], cursor: CursorWrapper) -> Closure:
    found = Closure()
    found.deleted[Person] |= set(cards)
    cursor.execute("SELECT id FROM person WHERE key = %s", [NAMELESS])
    nobody = [*cards, *(pk for (pk,) in cursor.fetchall())]
    for each in about_people():
        rows = _referring(each, cards, cursor)
        match fate_of(each):
            case Fate.DELETED:
                _delete(found, each.model, rows, cursor)
            case Fate.CLEARED:
                found.emptied[each] |= rows
            case Fate.NAMELESS:
                alone = rows & _with_nobody_else(each, nobody, cursor)
                _delete(found, each.model, alone, cursor)
                found.nameless[each] |= rows
            case Fate.CLOSED:
                found.accounts |= rows
    for name in ("kept", "duplicate"):
        _delete(found, PersonMerge, _referring(Reference(PersonMerge, name), cards, cursor), cursor)
    _delete_traces_of_accounts(found, cursor)
    return _without_deleted(found)


def _delete(found: Closure, model: type[Model], rows: Collection[int | str], cursor: CursorWrapper) -> None:
    """And what refers to the rows: it goes too where it cannot be without them, else the reference is emptied."""
    fresh = set(rows) - found.deleted[model]
    found.deleted[model] |= fresh
    for each in references_to(model) if fresh else ():
        referring = _referring(each, fresh, cursor)
        if getattr(each.model._meta.get_field(each.field), "null", False):
            found.emptied[each] |= referring
        else:
            _delete(found, each.model, referring, cursor)


def _with_nobody_else(reference: Reference, nobody: Collection[int], cursor: CursorWrapper) -> Keys:
    """Rows whose other person is none either."""
    others = person_columns(reference.table) - {reference.column}
    told = " OR ".join(f'"{column}" = ANY (%(nobody)s)' for column in sorted(others))
    cursor.execute(f'SELECT id FROM "{reference.table}" WHERE {told}', {"nobody": list(nobody)})
    return {pk for (pk,) in cursor.fetchall()}


def _delete_traces_of_accounts(found: Closure, cursor: CursorWrapper) -> None:
    """What libraries keep of an account, and what of ours goes with it (keys of her programs); and invitations to its
    address, which need not tell whom they are for."""
    accounts = get_user_model()
    for each in references_to(accounts):
        if not each.model.__module__.startswith("opora.") or _goes_with_it(each):
            _delete(found, each.model, _referring(each, found.accounts, cursor), cursor)
    addressed = {each.model for each in about_people() if fate_of(each) is Fate.DELETED}
    for model in addressed:
        if any(one.name == "email" for one in model._meta.local_fields):
            cursor.execute(
                f'SELECT i.id FROM "{model._meta.db_table}" i JOIN "{accounts._meta.db_table}" u USING (email) '
                f"WHERE u.id = ANY (%s)",
                [[*found.accounts]],
            )
            _delete(found, model, {pk for (pk,) in cursor.fetchall()}, cursor)


def _goes_with_it(reference: Reference) -> bool:
    remote = reference.model._meta.get_field(reference.field).remote_field
    return getattr(remote, "on_delete", None) is CASCADE


def _referring(reference: Reference, ids: Iterable[int | str], cursor: CursorWrapper) -> Keys:
    key = reference.model._meta.pk
    cursor.execute(f'SELECT "{key.column}" FROM "{reference.table}" WHERE "{reference.column}" = ANY (%s)', [[*ids]])
    return {pk for (pk,) in cursor.fetchall()}


def _without_deleted(found: Closure) -> Closure:
    for kept in (found.emptied, found.nameless):
        for each in kept:
            kept[each] -= found.deleted[each.model]
    return found
