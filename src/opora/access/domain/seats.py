"""A role in its place, and what can be wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from opora.access.roles import PLACE, Place, Role
from opora.community.models import Association
from opora.people.models import Organisation, Person
from opora.registry.verbs import Fault


@dataclass(frozen=True, slots=True)
class RoleAt:
    """A role within a territory, or within an organisation or association of that territory (ids)."""

    role: Role
    territory: int
    organisation: int | None = None
    association: int | None = None


def seat_faults(seats: Sequence[RoleAt], within: Collection[int]) -> list[Fault]:
    """``within``: territories in which the giver may give roles. Asked in the scope of the seats' territories."""
    organisations = _homes(Organisation, (seat.organisation for seat in seats))
    associations = _homes(Association, (seat.association for seat in seats))
    faults = []
    for row, seat in enumerate(seats):
        if seat.territory not in within:
            faults.append(Fault(row, "territory", "В этом муниципалитете вы не даёте ролей"))
            continue
        place = PLACE[seat.role]
        faults += _place_faults(row, seat, place)
        # An organisation of another town is told in the same words as one that is not there.
        if place is Place.ORGANISATION and seat.organisation and organisations.get(seat.organisation) != seat.territory:
            faults.append(Fault(row, "organisation", "Такой организации в этом муниципалитете нет"))
        if place is Place.ASSOCIATION and seat.association and associations.get(seat.association) != seat.territory:
            faults.append(Fault(row, "association", "Такого объединения в этом муниципалитете нет"))
    return faults


def person_faults(people: Sequence[int | None], taken: Collection[int]) -> list[Fault]:
    """``taken``: persons who are somebody else's already. Asked in the scope in which they must be seen."""
    seen = set(Person.objects.filter(pk__in=[person for person in people if person]).values_list("pk", flat=True))
    faults = []
    for row, person in enumerate(people):
        if person and person not in seen:
            faults.append(Fault(row, "person", "Такого человека в этом муниципалитете нет"))
        elif person in taken:
            faults.append(Fault(row, "person", "Этот человек уже связан с другим пользователем"))
    return faults


def _place_faults(row: int, seat: RoleAt, place: Place) -> list[Fault]:
    told = f"Роль «{seat.role.label}» даётся на {place.value}"
    faults = []
    for field, kind in (("organisation", Place.ORGANISATION), ("association", Place.ASSOCIATION)):
        given = getattr(seat, field) is not None
        if given and place is not kind:
            faults.append(Fault(row, field, told, "Лишнее уберите"))
        if place is kind and not given:
            faults.append(Fault(row, field, f"{told}: укажите, на какую"))
    return faults


def _homes(model: type[Organisation] | type[Association], keys: Iterable[int | None]) -> dict[int, int]:
    """Of those that are there, whose they are."""
    asked = {key for key in keys if key}
    found = model._default_manager.filter(pk__in=asked, archived_at__isnull=True)
    return dict(found.values_list("pk", "municipality_id"))
