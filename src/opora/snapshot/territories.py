"""Which territories of the registry those of a dataset are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q

from opora.indicators.dataset.faults import DatasetFaults, unreadable
from opora.indicators.dataset.store import Dataset
from opora.people.models import Territory
from opora.snapshot.trouble import NoSuchTerritory


@dataclass(frozen=True, slots=True)
class Territories:
    """What a dataset's territories are in the registry."""

    loaded: int
    """The territory that is loaded, with all that lies in it."""
    ids: Mapping[str, int]
    """Registry id by the dataset's key, of every territory of the dataset."""
    inside: frozenset[str]
    """The dataset's keys of the loaded territory and of those in it."""

    @property
    def scope(self) -> tuple[int, ...]:
        return tuple(sorted({self.ids[key] for key in self.inside}))


def territory(key: str) -> Territory:
    try:
        return Territory.objects.get(key=key)
    except Territory.DoesNotExist:
        known = Territory.objects.order_by("key").values_list("key", flat=True)[:20]
        there = f"Есть: {', '.join(known)}" if known else "В реестре ещё ничего нет: начните с opora load"
        raise NoSuchTerritory(f"Нет территории с кодом «{key}». {there}") from None


def with_all_inside(top: Territory) -> list[Territory]:
    """The territory and all below it, from above downwards."""
    found = [top]
    for each in found:
        found += Territory.objects.filter(parent=each).order_by("key")
    return found


def with_all_above(bottom: Territory) -> list[Territory]:
    found = [bottom]
    while found[-1].parent is not None:
        found.append(found[-1].parent)
    return found


def matched(dataset: Dataset, key: str) -> Territories:
    """Finds the dataset's territories in the registry, and enters those that are not there.

    If the dataset has a territory with this key, its keys are those of the registry. Else it must hold one
    municipality, and that is it: a workbook need not know how the registry calls its town. What is above is then
    recognised by its name.
    """
    rows = {str(row["id"]): row for row in dataset.table("territory").to_pylist()}
    top = key if key in rows else _only_municipality(rows, key)
    if top != key:
        _refuse_another_town(rows, top, key)
    ids: dict[str, int] = {}
    for each in _from_above(rows):
        ids[each] = _found_or_entered(rows[each], ids, own_key=key if each == top else each, by_key=key in rows)
    return Territories(ids[top], ids, frozenset(_inside(rows, top)))


def lock(scope: tuple[int, ...]) -> None:
    """Until the end of the transaction nobody else loads these territories; readers and editors are not held up."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM territory WHERE id = ANY (%s) ORDER BY id FOR NO KEY UPDATE", [list(scope)])


def _only_municipality(rows: Mapping[str, dict[str, object]], key: str) -> str:
    found = [each for each, row in rows.items() if row["kind"] == "municipality"]
    if len(found) == 1:
        return found[0]
    raise _no_place(
        f"В таблице «Территории» нет кода «{key}», а муниципалитетов в ней {len(found)}",
        "Дайте муниципалитету этот код или назовите в --municipality один из тех, что есть в таблице",
    )


def _refuse_another_town(rows: Mapping[str, dict[str, object]], top: str, key: str) -> None:
    """A dataset that calls its town by another code is taken at its word only while the names do not contradict."""
    title, above = str(rows[top]["title"]), _parent(rows[top])
    there = Territory.objects.filter(key=key).first()
    if there is not None and not _same_name(there.title, title):
        raise _no_place(
            f"Набор данных — о муниципалитете «{title}», а код «{key}» в реестре у муниципалитета «{there.title}»",
            f"Загрузите его под своим кодом; если это он и есть, назовите его в таблице «{there.title}» или дайте ему "
            f"код «{key}»",
        )
    namesakes = Territory.objects.filter(kind="municipality", title=title).exclude(key=key)
    if above is not None:
        namesakes = namesakes.filter(parent__title=str(rows[above]["title"]))
    if there is None and (known := namesakes.first()) is not None:
        message = f"Муниципалитет «{title}» в реестре уже есть, его код — «{known.key}»"
        raise _no_place(message, f"Загрузите набор так: --municipality {known.key}")


def _same_name(one: str, other: str) -> bool:
    """«г. Олёнегорск» and «Оленегорск», «город Стрежевой» and «Стрежевой» are one place."""
    first, second = (set(re.findall(r"\w{3,}", name.lower().replace("ё", "е"))) for name in (one, other))
    return first <= second or second <= first


def _no_place(message: str, mend: str) -> DatasetFaults:
    return unreadable(message, mend, "таблица «Территории»")


def _from_above(rows: Mapping[str, dict[str, object]]) -> list[str]:
    """Each after the one in which it lies."""
    ordered: dict[str, None] = {}
    while len(ordered) < len(rows):
        ready = [key for key, row in rows.items() if key not in ordered and _parent(row) in (None, *ordered)]
        if not ready:
            raise _no_place("Территории входят друг в друга по кругу", "Исправьте столбец «Входит в»")
        ordered |= dict.fromkeys(ready)
    return list(ordered)


def _parent(row: Mapping[str, object]) -> str | None:
    return None if row["parent"] is None else str(row["parent"])


def _inside(rows: Mapping[str, dict[str, object]], top: str) -> list[str]:
    found = [top]
    for each in found:
        found += [key for key, row in rows.items() if _parent(row) == each]
    return found


def _found_or_entered(row: dict[str, object], ids: Mapping[str, int], *, own_key: str, by_key: bool) -> int:
    parent = _parent(row)
    same_name = Q(kind=row["kind"], title=row["title"], parent=ids[parent] if parent else None)
    ours = own_key != str(row["id"]) or by_key
    known = Territory.objects.filter(Q(key=own_key) if ours else same_name).first()
    if known is None:
        taken = Territory.objects.filter(key=own_key).exists()
        known = Territory.objects.create(
            key=_free_key() if taken else own_key,
            title=str(row["title"]),
            kind=str(row["kind"]),
            parent_id=ids[parent] if parent else None,
        )
    elif known.kind != row["kind"]:
        message = f"Код «{own_key}» в реестре у другой территории: «{known.title}»"
        raise _no_place(message, "Дайте территории другой код во всех таблицах")
    return known.pk


def _free_key() -> str:
    """For a region whose number in the dataset is that of something else in the registry."""
    last = Territory.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return f"territory-{last + 1}"
