"""Arguments and options that several commands share."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from opora.indicators.periods import Period

BREAKDOWNS = ("organisation", "subject", "municipality", "post", "staff_group", "organisation_kind")
"""Kept here too, because a help page must not wait for the engine to be imported."""

_Command = TypeVar("_Command", bound=Callable[..., Any])


class _Day(click.ParamType[dt.date]):
    name = "дата"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        from opora.programmes.model import read_day

        try:
            return value if isinstance(value, dt.date) else read_day(value)
        except ValueError:
            self.fail(f"«{value}» — не дата: пишите 2022-12-31 или 31.12.2022", param, ctx)


class _Period(click.ParamType["Period"]):
    name = "период"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        from opora.indicators.periods import BadPeriod, Period, parse_period

        try:
            return value if isinstance(value, Period) else parse_period(value)
        except BadPeriod as bad:
            self.fail(str(bad), param, ctx)


class _Engine(click.ParamType[str]):
    name = "движок"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not re.fullmatch(r"duckdb|sail|sc://[^\s/:]+:\d{1,5}(/\S*)?", value):
            self.fail(f"Движок «{value}» неизвестен: бывает duckdb, sail или sc://адрес:порт", param, ctx)
        return str(value)


def joined(*decorators: Callable[[_Command], _Command]) -> Callable[[_Command], _Command]:
    def decorate(command: _Command) -> _Command:
        for decorator in reversed(decorators):
            command = decorator(command)
        return command

    return decorate


programme_argument = click.argument(
    "programme", metavar="ПРОГРАММА", help="Ключ встроенной программы (opora programmes) или файл YAML."
)


_data_option = click.option(
    "--data",
    "source",
    metavar="ПУТЬ",
    type=click.Path(exists=True, path_type=Path),
    help="Набор данных: папка с Parquet или CSV либо книга Excel.",
)


def municipality_option(*, required: bool) -> Callable[[_Command], _Command]:
    return click.option(
        "--municipality",
        metavar="КОД",
        required=required,
        help="Код муниципалитета или региона в реестре: strezhevoy.",
    )


day_type = _Day()
data_or_municipality_options = joined(_data_option, municipality_option(required=False))
day_option = click.option("--on", metavar="ДАТА", required=True, type=day_type, help="На какую дату: 2022-12-31.")
when_options = joined(
    day_option,
    click.option(
        "--period",
        metavar="ПЕРИОД",
        type=_Period(),
        help="Отчётный период: 2022, 2021/22, 2022-H1, 2022-Q3, 2022-09. Без него — год даты.",
    ),
)
engine_option = click.option(
    "--engine",
    metavar="ДВИЖОК",
    default="duckdb",
    show_default=True,
    type=_Engine(),
    help="duckdb; sail — свой сервер Sail; sc://адрес:порт — любой Spark Connect.",
)
accept_option = click.option(
    "--accept-faults", is_flag=True, help="Работать и с ошибками в данных; результаты будут помечены."
)


def command(name: str, **more: Any) -> Callable[[Callable[..., Any]], click.Command]:
    """``click.command`` whose usage line is in Russian."""
    return click.command(name, options_metavar="[ПАРАМЕТРЫ]", **more)
