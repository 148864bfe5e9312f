"""``opora trail``: the chain that proves that the trail and the reading log were not rewritten."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from opora.cli import codes
from opora.cli.options import command
from opora.cli.screen import Screen

if TYPE_CHECKING:
    from opora.privacy.sealing import Head


@click.group(
    "trail",
    options_metavar="[ПАРАМЕТРЫ]",
    subcommand_metavar="КОМАНДА …",
    short_help="журналы изменений и чтений: запечатать, проверить",
)
def trail() -> None:
    """Журнал изменений и журнал чтений: запечатать новые записи, проверить, что старые не переписаны."""


class _HeadFile(click.ParamType["Head"]):
    """What ``opora trail head`` has written."""

    name = "файл"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Head:
        import datetime as dt

        from opora.site.setup import set_up_django

        set_up_django()
        from opora.privacy.sealing import Head

        try:
            text = Path(value).read_text("utf-8")
        except OSError:
            self.fail(f"файл «{value}» не читается: его записывает opora trail head", param, ctx)
        try:
            told = json.loads(text)
            return Head(int(told["number"]), str(told["chain"]), dt.datetime.fromisoformat(told["sealed_at"]))
        except (ValueError, KeyError, TypeError):
            self.fail(f"«{value}» записала не команда opora trail head", param, ctx)


@command("seal", short_help="запечатать новые записи")
def seal() -> None:
    """Запечатать записи, которых в цепочке ещё нет. Работающая Опора делает это сама каждые несколько минут."""
    from opora.site.setup import start

    start()
    from opora.privacy.sealing import seal as seal_logs

    number = seal_logs()
    Screen().say("Новых записей нет" if number is None else f"Готово: звено {number}")


@command("head", short_help="показать или записать последнее звено")
@click.argument("file", metavar="[ФАЙЛ]", required=False, type=click.Path(dir_okay=False, path_type=Path))
def head(file: Path | None) -> None:
    """Показать последнее звено цепочки или записать его в файл.

    Храните файл не на этом сервере: по нему видно, если журналы переписал тот, кому на сервере можно всё.

    \b
    opora trail head /mnt/сейф/звено.json
    """
    from opora.cli.trouble import Trouble
    from opora.site.setup import start

    start()
    from opora.privacy.sealing import head as last

    found = last()
    if found is None:
        raise Trouble("В цепочке ещё нет ни одного звена: opora trail seal")
    if file is not None:
        told = {"number": found.number, "chain": found.chain, "sealed_at": found.sealed_at.isoformat()}
        file.write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    Screen().say(f"Звено {found.number} от {found.sealed_at.astimezone():%d.%m.%Y %H:%M}: {found.chain}")


@command("verify", short_help="проверить, что журналы не переписаны")
@click.option(
    "--head",
    "kept",
    metavar="ФАЙЛ",
    type=_HeadFile(),
    help="Звено, которое записала opora trail head: без него не видно, если отрезан конец цепочки.",
)
def verify(kept: Head | None) -> None:
    """Проверить всю цепочку и оба журнала. Код завершения 1 — что-то изменено, вырезано или пропало."""
    from opora.site.setup import start

    start()
    from opora.privacy.sealing import head as last
    from opora.privacy.sealing import verify as verify_logs

    broken = verify_logs(kept)
    if broken:
        screen = Screen(stderr=True)
        for one in broken:
            screen.say(one.words)
        raise click.exceptions.Exit(codes.FAULTS)
    found = last()
    Screen().say(f"Журналы целы. Звеньев: {found.number if found else 0}")


for _command in (seal, verify, head):
    trail.add_command(_command)
