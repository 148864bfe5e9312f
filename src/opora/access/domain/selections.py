"""Selections of a list that users keep by name: each her own, and those that colleagues have shared."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from opora.access.models import Selection, User
from opora.access.roles import SERVICE
from opora.access.seeing import Standing
from opora.registry.scope import scope
from opora.registry.verbs import Fault, Refused

MOST = 100
"""Of one user: more is a list in which nothing is found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    title: str
    shared_in: int | None = None
    """A municipality in whose service she is; its colleagues see the selection then."""


def selections_for(standing: Standing) -> QuerySet[Selection]:
    """Her own, and those shared with a service that she is in."""
    shared = Q(shared_in__in=standing.territories(SERVICE))
    return Selection.objects.filter(Q(user=standing.user) | shared).order_by("title", "pk")


def keep_selection(table: str, query: str, naming: Naming, *, standing: Standing) -> Selection:
    with scope(standing.territories(), standing.actor):
        mine = _mine(standing)
        title, faults = _faults(mine.filter(table_name=table), naming, standing)
        if mine.count() >= MOST:
            faults.append(Fault(None, "title", f"Отборов уже {MOST}", "Удалите те, что больше не нужны"))
        if faults:
            raise Refused(tuple(faults))
        return Selection.objects.create(
            user=standing.user, table_name=table, query=query, title=title, shared_in_id=naming.shared_in
        )


def rename_selection(selection: Selection, naming: Naming, *, standing: Standing) -> None:
    """Whom it is shared with is told anew too."""
    with scope(standing.territories(), standing.actor):
        beside = _mine(standing).filter(table_name=selection.table_name).exclude(pk=selection.pk)
        title, faults = _faults(beside, naming, standing)
        if faults:
            raise Refused(tuple(faults))
        _mine(standing).filter(pk=selection.pk).update(title=title, shared_in=naming.shared_in)


def forget_selection(selection: Selection, *, standing: Standing) -> None:
    with scope(standing.territories(), standing.actor):
        _mine(standing).filter(pk=selection.pk).delete()


def _mine(standing: Standing) -> QuerySet[Selection]:
    """One sitting after another: two at once would not see each other."""
    User.objects.select_for_update().get(pk=standing.user.pk)
    return Selection.objects.filter(user=standing.user)


def _faults(beside: QuerySet[Selection], naming: Naming, standing: Standing) -> tuple[str, list[Fault]]:
    title, faults = " ".join(naming.title.split()), []
    if not title:
        faults.append(Fault(None, "title", "У отбора нет названия", "Впишите его"))
    elif beside.filter(title=title).exists():
        faults.append(Fault(None, "title", f"Отбор «{title}» у вас уже есть", "Назовите этот иначе"))
    if naming.shared_in is not None and naming.shared_in not in standing.territories(SERVICE):
        faults.append(Fault(None, "shared_in", "Показывать отбор можно только своей службе", "Выберите свою"))
    return title, faults
