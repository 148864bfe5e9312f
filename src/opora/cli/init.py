"""``opora init``: makes an installation."""

from __future__ import annotations

from opora.cli.options import command
from opora.cli.screen import Screen, steps


@command("init", short_help="создать установку с реестром")
def init() -> None:
    """Создать установку: папку, базу данных и таблицы. После обновления Опоры — обновить таблицы.

    Папку называет переменная OPORA_HOME, без неё — opora-home здесь. База — встроенный PostgreSQL; свой сервер
    называют DATABASE_URL и DATABASE_OWNER_URL.
    """
    from opora.site.home import Home
    from opora.site.setup import make
    from opora.upkeep.journal import Journal

    home = Home.current()
    with steps(1) as step:
        step("создаю базу данных")
        make(home)
    screen = Screen()
    screen.say(f"Готово: {home.folder}")
    screen.say("Дальше: opora load НАБОР --municipality КОД")
    if Journal.of(home).key_saved is None:
        screen.say("Сохраните ключ, без которого не открыть резервные копии: opora backup-key ФАЙЛ")
