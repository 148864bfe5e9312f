"""``opora``: the commands, and what becomes of an error."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from opora import __version__
from opora.cli import codes
from opora.cli.backup import backup, backup_key
from opora.cli.check import check
from opora.cli.compute import compute
from opora.cli.database import database
from opora.cli.dataset import dataset
from opora.cli.demo import demo
from opora.cli.doctor import doctor
from opora.cli.drill import drill
from opora.cli.explain import explain
from opora.cli.init import init
from opora.cli.intake import intake
from opora.cli.load import load
from opora.cli.personal import person
from opora.cli.programme import programme
from opora.cli.programmes import programmes
from opora.cli.publish import publish
from opora.cli.restore import restore
from opora.cli.serve import serve
from opora.cli.snapshot import snapshot
from opora.cli.trail import trail
from opora.cli.trouble import told
from opora.cli.user import user


class _Opora(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order in which one meets them, not of the alphabet."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            outcome = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            # The reader has seen enough (`| head`): what is left to say goes nowhere, without a complaint.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return codes.DONE
        return outcome


@click.group(
    cls=_Opora,
    options_metavar="[ПАРАМЕТРЫ]",
    subcommand_metavar="КОМАНДА …",
    epilog=codes.MEANINGS,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message="opora, версия %(version)s", help="Показать версию.")
def opora() -> None:
    """Опора считает показатели программ муниципальных методических служб и показывает, кто стоит за каждым числом.

    Для начала: opora demo — пять программ на условных городах.
    """


for _command in (
    demo,
    compute,
    explain,
    check,
    dataset,
    programmes,
    programme,
    init,
    load,
    snapshot,
    publish,
    serve,
    user,
    database,
    backup,
    backup_key,
    restore,
    drill,
    doctor,
    trail,
    person,
    intake,
):
    opora.add_command(_command)


def run(args: Sequence[str] | None = None) -> int:
    """Carries out a command and returns its exit code."""
    try:
        outcome = opora.main(args=args, prog_name="opora", standalone_mode=False)
    except Exception as error:
        return told(error)
    except KeyboardInterrupt as error:
        return told(error)
    return outcome if isinstance(outcome, int) else codes.DONE
