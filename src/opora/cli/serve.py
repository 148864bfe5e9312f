"""``opora serve``: the web server."""

from __future__ import annotations

import click

from opora.cli.options import command
from opora.cli.screen import Screen, steps


@command("serve", short_help="запустить сервер со страницами")
@click.option(
    "--port",
    metavar="ПОРТ",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="Порт на этой машине.",
)
def serve(port: int) -> None:
    """Запустить сервер: страницы, вход и фоновые задачи. Остановить его — Ctrl+C.

    Сервер слушает только эту машину. Чтобы он открывался и с других, нужны прокси с https (nginx) и адрес в opora.toml.
    """
    from opora.cli.trouble import Trouble
    from opora.site.setup import gather_static, start
    from opora.upkeep.migrations import pending

    with steps(2) as step:
        step("запускаю базу данных")
        home = start()
        if pending():
            raise Trouble("Таблицы установки — от другой версии Опоры: выполните opora init")
        step("запускаю сервер")
        gather_static()
    from opora.web.server import HOST
    from opora.web.server import serve as serve_pages

    _refuse_taken(port)
    Screen().say(f"Опора открыта: {home.address or f'http://{HOST}:{port}'}")
    serve_pages(home, port)
    Screen().say("Сервер остановлен")


def _refuse_taken(port: int) -> None:
    import socket

    from opora.cli.trouble import Trouble
    from opora.web.server import HOST

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise Trouble(f"Порт {port} занят другой программой: укажите свободный, --port") from error
