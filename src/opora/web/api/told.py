"""What programs are told: the shapes of answers, from which the description (OpenAPI) is written."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from ninja import Field, Schema

from opora.cycle.numbers import Freshness
from opora.indicators.dataset.schema import Kind
from opora.indicators.results import Shape, Verdict

Cell = str | int | float | bool | dt.date | None


class Town(Schema):
    id: int
    key: str = Field(description="Код территории в наборе данных")
    title: str
    kind: str = Field(description="municipality — муниципалитет, region — регион")


class ToldProgramme(Schema):
    id: int = Field(description="Номер редакции: он меняется, когда в силу вступает другая")
    key: str
    title: str
    town: int
    on: dt.date = Field(description="День, на который считаются показатели")


class Number(Schema):
    shape: Shape = Field(description="share — доля от 0 до 1, yes_no — 1 или 0")
    value: float | None = Field(description="Пусто, если посчитать не из чего")
    low: float | None = Field(description="Наименьшее возможное при нынешних неизвестных")
    high: float | None = Field(description="Наибольшее возможное; пусто, если границы нет")
    n: float | None
    total: float | None
    unknown: float


class ToldIndicator(Schema):
    code: str
    title: str
    unit: str
    meaning: str = Field(description="Формула по-русски")
    version: str = Field(description="Отпечаток смысла формулы: у равных формул он один")
    value: Number
    target: str
    target_value: float | None
    verdict: Verdict
    counted_at: dt.datetime
    stale: bool = Field(description="После подсчёта сведения изменились; новое число считается")


class Values(Schema):
    state: Freshness = Field(
        description="fresh — посчитано; counting — считается, спросите ещё раз; failed — не удалось"
    )
    notice: str
    town: int
    on: dt.date
    synthetic: bool | None = Field(description="Данные условные; пусто, пока не посчитано")
    indicators: list[ToldIndicator]


class ToldGroup(Schema):
    key: str | None = Field(description="Пусто — не указано")
    title: str
    value: Number


class ToldBreakdown(Schema):
    by: str
    title: str
    groups: list[ToldGroup]


class OneIndicator(Schema):
    state: Freshness
    notice: str
    indicator: ToldIndicator | None = Field(description="Пусто, пока не посчитано")
    breakdowns: list[ToldBreakdown] = Field(description="Только тем, кто видит имена: число малой группы их выдаёт")


class ToldColumn(Schema):
    name: str
    title: str
    kind: Kind
    refers_to: str = Field(description="Таблица, на строку которой указывает; иначе пусто")
    choices: dict[str, str] = Field(description="Значения и как они называются")


class ToldTable(Schema):
    name: str
    title: str
    meaning: str
    columns: list[ToldColumn]


class ToldRow(Schema):
    id: int
    key: str
    values: dict[str, Cell] = Field(description="По именам столбцов; ссылки — номера строк (id)")


class Rows(Schema):
    rows: list[ToldRow]
    next: int | None = Field(description="С чем спросить дальше (after); пусто — это всё")


class Trouble(Schema):
    detail: str


class ToldFault(Schema):
    where: str = Field(description="О чём речь: поле запроса, файл, строка; пусто — обо всём")
    message: str
    mend: str = Field(description="Как исправить")


class Refusal(Schema):
    detail: str
    faults: list[ToldFault] = Field(description="Всё, что мешает, сразу; ничего не сделано")


class Tag(StrEnum):
    """Groups of the description."""

    NUMBERS = "Показатели"
    FACTS = "Списки"
    INTAKE = "Приём файлов"
