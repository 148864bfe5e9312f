"""What the same rows take by raw SQL into a bare template: nothing less can show them."""

from __future__ import annotations

import time
from typing import Any

from benchmarks.page_home import actor, town
from benchmarks.page_urls import largest

_ROW = "<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>"
_TEMPLATE = f"<table>{{% for row in rows %}}{_ROW}{{% endfor %}}</table>"
_ORGANISATIONS = "SELECT title, kind, since, until FROM organisation WHERE archived_at IS NULL ORDER BY title LIMIT 50"
_CARD = tuple(
    f"SELECT * FROM {table} WHERE person_id = %(person)s"
    for table in (
        "employment", "education", "attestation", "training", "diagnostic_result", "deficit", "route", "membership",
        "participation", "contest_entry", "presentation", "publication", "material", "support", "experience", "leave",
    )
)  # fmt: skip
_INDICATOR = (
    'SELECT "row" FROM kept_thing ORDER BY values_id, place LIMIT 50',
    "SELECT breakdowns FROM kept_indicator LIMIT 1",
)


def floors(repeats: int) -> dict[str, float]:
    """p95 of each, in this process: no HTTP, no rights beyond the database's own."""
    from django.template import Context, Engine

    template = Engine().from_string(_TEMPLATE)
    person = largest()["people/"]["pk"]
    asked: dict[str, tuple[str, ...]] = {
        "the list of organisations": (_ORGANISATIONS,),
        "a card": _CARD,
        "an indicator": _INDICATOR,
    }
    found = {}
    for name, queries in asked.items():
        taken = []
        for _ in range(repeats):
            started = time.perf_counter()
            template.render(Context({"rows": _rows(queries, {"person": person})}))
            taken.append(time.perf_counter() - started)
        found[name] = sorted(taken)[min(repeats - 1, int(0.95 * repeats))]
    return found


def _rows(queries: tuple[str, ...], given: dict[str, Any]) -> list[tuple[Any, ...]]:
    from django.db import connection

    from opora.registry.scope import scope

    rows: list[tuple[Any, ...]] = []
    with scope([town().pk], actor()), connection.cursor() as cursor:
        for query in queries:
            cursor.execute(query, given if "%(" in query else None)
            rows += cursor.fetchall()
    return rows
