"""``opora intake preview`` and what follows: files taken in without the pages, by the same verbs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from opora.cli import codes
from opora.cli.intake_told import state_of, tell_batch, tell_lines, tell_refused
from opora.cli.options import command, day_type, municipality_option
from opora.cli.registry import whoever_runs_this
from opora.cli.screen import Screen

if TYPE_CHECKING:
    from opora.intake.models import IntakeBatch
    from opora.intake.plan import Answer

_ANSWERS = ("new", "right", "sure", "leave")
"""Kept here too, because a help page must not wait for Django to be imported."""
_RENAMED = "renamed:"
_number = click.argument("number", metavar="НОМЕР", type=int, help="Номер приёма: его называет preview.")
_town = municipality_option(required=True)


@command("preview", short_help="прочитать файлы и показать, что изменится")
@click.argument(
    "files",
    metavar="ФАЙЛ…",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Страницы сайтов, книги Excel, .ods, .csv.",
)
@_town
@click.option("--on", metavar="ДАТА", type=day_type, help="День, на который верны сведения; без него — сегодня.")
@click.option("--organisation", metavar="КОД", default="", help="Чьи это файлы, если они этого не говорят.")
def preview(files: tuple[Path, ...], municipality: str, on: dt.date | None, organisation: str) -> None:
    """Прочитать файлы и показать, что изменится в реестре. Ничего не вносится, пока вы не скажете commit.

    \\b
    opora intake preview сайты/*.html --municipality strezhevoy
    opora intake commit 12 --municipality strezhevoy
    """
    place = _start(municipality)
    from django.utils import timezone

    from opora.intake.adapters import Dropped
    from opora.intake.domain.verbs import start

    day = on or timezone.localdate()
    dropped = [Dropped(path.name, path.read_bytes()) for path in files]
    with _refusals():
        batch = start(dropped, on=day, municipality=place, by=whoever_runs_this())
    batch = _done(batch.pk, place)
    if batch.state == "asking":
        batch = _told(batch, place, day, organisation)
    tell_batch(batch, place)


@command("show", short_help="показать приём построчно")
@_number
@_town
@click.option("--fate", metavar="ИСХОД", default="", help="new, changed, unsure, waiting, wrong, left_out, unchanged.")
def show(number: int, municipality: str, fate: str) -> None:
    """Показать приём построчно: что новое, что изменится, что под вопросом, что прочитать не удалось."""
    place = _start(municipality)
    batch = _found(number, place)
    tell_batch(batch, place)
    tell_lines(batch, place, fate)


@command("settle", short_help="решить, что делать со строкой, которая под вопросом")
@_number
@click.argument("answers", metavar="СТРОКА=ОТВЕТ…", nargs=-1, required=True, help="Например 14=new, 15=код строки.")
@_town
def settle(number: int, answers: tuple[str, ...], municipality: str) -> None:
    """Решить, что делать со строками под вопросом: их номера показывает show.

    Ответы: new — такой в реестре нет; right — верно, как прочитано; sure — без сомнительного; leave — не вносить; код
    строки реестра — это она; renamed:код — это она, и верно то, что в файле.

    \\b
    opora intake settle 12 14=new 15=leave --municipality strezhevoy
    """
    from opora.intake.domain.verbs import settle as settle_lines

    place = _start(municipality)
    with _refusals():
        settle_lines(number, dict(map(_answer, answers)), municipality=place, by=whoever_runs_this())
    tell_batch(_done(number, place), place)


@command("commit", short_help="внести приём, как он показан")
@_number
@_town
def commit(number: int, municipality: str) -> None:
    """Внести приём ровно таким, каким он показан.

    Если реестр с тех пор изменился, ничего не вносится, и сказано, что изменилось.
    """
    from opora.intake.domain.verbs import ask_commit

    place = _start(municipality)
    with _refusals():
        ask_commit(number, municipality=place, by=whoever_runs_this())
    _finish(_done(number, place), "committed", f"Внесено. Взять назад: opora intake undo {number}")


@command("undo", short_help="взять внесённый приём назад")
@_number
@_town
def undo(number: int, municipality: str) -> None:
    """Взять внесённый приём назад целиком. Если от него уже зависит что-то новое, сказано, что именно."""
    from opora.intake.domain.verbs import ask_undo

    place = _start(municipality)
    with _refusals():
        ask_undo(number, municipality=place, by=whoever_runs_this())
    _finish(_done(number, place), "undone", "Отменено: новые строки в архиве, изменённые — прежние")


@command("drop", short_help="забыть невнесённый приём")
@_number
@_town
def drop(number: int, municipality: str) -> None:
    """Забыть приём, который не внесён, вместе с файлами."""
    from opora.intake.domain.verbs import drop as drop_batch

    place = _start(municipality)
    with _refusals():
        drop_batch(number, municipality=place, by=whoever_runs_this())
    Screen().say("Забыто. В реестре ничего не изменилось")


@command("list", short_help="показать приёмы")
@_town
def listed(municipality: str) -> None:
    """Показать приёмы муниципалитета, последние сверху."""
    place = _start(municipality)
    from django.utils.timezone import localtime

    from opora.intake.models import IntakeBatch
    from opora.registry.scope import scope

    screen = Screen()
    with scope([place], whoever_runs_this()):
        for each in IntakeBatch.objects.order_by("-pk"):
            made = f"{localtime(each.made_at):%d.%m.%Y %H:%M}"
            screen.say(f"{each.pk}  {made}  {state_of(each)}  {each.title}  ({each.made_by})")


@contextmanager
def _refusals() -> Iterator[None]:
    """What a verb refuses, as a command tells it."""
    from opora.cli.trouble import Faulty
    from opora.registry.verbs import Refused

    try:
        yield
    except Refused as refused:
        raise Faulty("\n".join(f"{fault.message}. {fault.mend}".rstrip(". ") for fault in refused.faults)) from refused


# ── one batch ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _start(municipality: str) -> int:
    """Id of the municipality."""
    from opora.site.setup import start

    start()
    from opora.snapshot.territories import territory

    return territory(municipality).pk


def _found(number: int, place: int) -> IntakeBatch:
    from opora.intake.models import IntakeBatch
    from opora.registry.scope import scope

    with scope([place], whoever_runs_this()):
        found = IntakeBatch.objects.filter(pk=number).first()
    if found is None:
        raise click.UsageError(f"Приёма {number} здесь нет: opora intake list")
    return found


def _done(number: int, place: int) -> IntakeBatch:
    """Here and now, though the server may be at it too: whoever comes second finds nothing to do."""
    from opora.intake.domain.work import carry_out

    carry_out(number, place)
    return _found(number, place)


def _told(batch: IntakeBatch, place: int, on: dt.date, organisation: str) -> IntakeBatch:
    """What files leave open is taken as it is proposed; whose they are must be said."""
    from opora.intake.adapters import Asked, FileTold
    from opora.intake.domain.verbs import tell
    from opora.registry.scope import scope

    by = whoever_runs_this()
    with scope([place], by):
        files = {
            file.number: (file.name, Asked.from_json(file.asked or {}), file.told)
            for file in batch.files.defer("content")
        }
    lacking = [name for name, asked, _ in files.values() if asked.organisation and not organisation]
    if lacking:
        names = ", ".join(f"«{name}»" for name in lacking)
        raise click.UsageError(f"Не понятно, чьи это файлы: {names}. Назовите организацию: --organisation КОД")
    told = {
        number: FileTold(
            on, said.get("organisation_key") or organisation, mappings={each.key: each.mapping for each in asked.sheets}
        )
        for number, (_, asked, said) in files.items()
    }
    tell(batch.pk, told, municipality=place, by=by)
    return _done(batch.pk, place)


def _answer(text: str) -> tuple[int, Answer]:
    line, _, said = text.partition("=")
    if not line.isdigit() or not said:
        raise click.UsageError(f"«{text}»: пишите НОМЕР=ОТВЕТ, например 14=new")
    return int(line), _said(said)


def _said(said: str) -> Answer:
    from opora.intake.plan import Answer, Say

    if said in _ANSWERS:
        return Answer(Say(said))
    key = said.removeprefix(_RENAMED)
    return Answer(Say.ROW if key == said else Say.RENAMED, key)


def _finish(batch: IntakeBatch, state: str, words: str) -> None:
    if batch.state == state:
        Screen().say(words)
        return
    tell_refused(batch)
    raise click.exceptions.Exit(codes.FAULTS)
