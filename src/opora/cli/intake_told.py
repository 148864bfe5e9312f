"""What ``opora intake`` tells of a batch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from opora.cli.registry import whoever_runs_this
from opora.cli.screen import Screen

if TYPE_CHECKING:
    from opora.intake.models import IntakeBatch, IntakeLine

_SHOWN = 200


def state_of(batch: IntakeBatch) -> str:
    return str(batch.get_state_display())


def tell_batch(batch: IntakeBatch, place: int) -> None:
    from opora.intake.models import IntakeLine
    from opora.registry.scope import scope

    screen = Screen()
    screen.head(f"Приём {batch.pk}: {batch.title} — {state_of(batch)}")
    titles = dict(IntakeLine.FATES)
    for fate, number in batch.counts.items():
        if number:
            screen.say(f"{titles[fate]}: {number}", indent=2)
    with scope([place], whoever_runs_this()):
        misread = [each for file in batch.files.only("misread") for each in file.misread]
    for each in misread[:_SHOWN]:
        screen.say(f"{each['place']}: {each['message']}. {each['mend']}".rstrip(". "), indent=2)
    for programme in batch.numbers or []:
        screen.say(f"Изменятся показатели программы «{programme['title']}»:")
        for pair in programme["moved"]:
            screen.say(f"{pair['was']['code']}: {_value(pair['was'])} → {_value(pair['becomes'])}", indent=2)
    tell_refused(batch)


def _value(result: dict[str, Any]) -> str:
    from opora.intake.domain.numbers import RESULT
    from opora.papers.reading import look
    from opora.papers.words import out_of, shown

    found = RESULT.validate_python(result)
    return f"{shown(look(found), found.value.value)} {out_of(found.value)}".strip()


def tell_refused(batch: IntakeBatch) -> None:
    screen = Screen()
    for each in batch.refused[:_SHOWN]:
        line = "" if each["line"] is None else f"Строка {each['line']}: "
        screen.say(f"{line}{each['message']}. {each['mend']}".rstrip(". "), "bold")
    if batch.failure:
        screen.say(batch.failure, "bold")


def tell_lines(batch: IntakeBatch, place: int, fate: str) -> None:
    """All but those that change nothing, or those of one fate."""
    from opora.registry.scope import scope

    screen = Screen()
    with scope([place], whoever_runs_this()):
        lines = batch.lines.filter(fate=fate) if fate else batch.lines.exclude(fate="unchanged")
        for line in lines[:_SHOWN]:
            _tell_line(screen, line)
        if (rest := lines.count() - _SHOWN) > 0:
            screen.say(f"… и ещё {rest}: их можно показать по исходам, --fate")


def _tell_line(screen: Screen, line: IntakeLine) -> None:
    from opora.indicators.dataset.tables import STORED
    from opora.intake.domain.as_json import changes_of, place_of
    from opora.registry.batch.words import shown

    table = STORED[line.table_name]
    fate = dict(line.FATES).get(line.fate or "", "")
    screen.say(f"{line.number}. {fate}: {table.words.one} — {place_of(line.place)}")
    for change in changes_of(line.table_name, line.changes):
        column = table.column(change.column)
        if column is not None and not column.to:
            screen.say(f"{column.title}: {shown(column, change.was)} → {shown(column, change.becomes)}", indent=4)
    if line.reason:
        screen.say(line.reason, indent=4)
    for choice in line.choices:
        screen.say(f"подходит: {choice}", indent=4)
