"""The act of destruction and the extract of the log, as приказ Роскомнадзора от 28.10.2022 № 179 asks for them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from opora.privacy.changes import ACTIONS, model_of
from opora.privacy.destruction import Destroyed
from opora.privacy.register import register
from opora.registry.batch.columns import columns_of
from opora.registry.models import Row

from . import words

ACT, EXTRACT = "акт.html", "выгрузка из журнала.html"
SYSTEM = "Опора"
METHOD = (
    "удаление строк из базы данных; стирание содержания записей в журнале изменений и в журнале чтений вместе с солью, "
    "без которой по отпечатку содержание не подобрать; закрытие и обезличивание учётной записи"
)


@dataclass(frozen=True, slots=True)
class Operator:
    """Who answers for the data."""

    title: str
    address: str = ""
    """Left to be written by hand where it is empty."""
    signers: tuple[str, ...] = ()
    """Names and posts of those who have destroyed."""


def write_act(destroyed: Destroyed, operator: Operator, folder: Path) -> None:
    """Two files, each a page that prints."""
    told = {"destroyed": destroyed, "operator": operator, "categories": categories(destroyed), "system": SYSTEM}
    for name, template in ((ACT, "act.html.j2"), (EXTRACT, "extract.html.j2")):
        page = _environment().get_template(template).render(told, method=METHOD)
        (folder / name).write_text(page, "utf-8", newline="\n")


def categories(destroyed: Destroyed) -> list[str]:
    """What was destroyed, by tables: of rows that went all columns, of rows that stay those that told of her."""
    kept = [table for table in destroyed.cleared if table not in destroyed.deleted]
    return [_category(table, whole=True) for table in destroyed.deleted] + [_category(table) for table in kept]


def _category(table: str, *, whole: bool = False) -> str:
    model = model_of(table)
    if not issubclass(model, Row):
        return title_of(table)
    columns = columns_of(model)
    told = [columns[name].title.lower() for name in (columns if whole else register().tables[table].fields)]
    return f"{title_of(table)}: {', '.join(told)}"


def title_of(table: str) -> str:
    entry = register().tables.get(table)
    words_of_it = (entry and entry.title) or str(model_of(table)._meta.verbose_name_plural)
    return words.capital(words_of_it)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("opora.papers"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(counted=words.counted, title_of=title_of, actions=ACTIONS, capital=words.capital)
    return environment
