"""What programs are told of files that are taken in, and what they tell themselves."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from ninja import Field, Schema

from opora.intake.models import Busy, State
from opora.intake.plan import Fate, Say
from opora.web.api.told import Cell, Number

MOST_ANSWERS = 10_000
LARGEST = 2**31 - 1
LineNumber = Annotated[int, Field(ge=0, le=LARGEST)]


class ToldBatch(Schema):
    id: int
    town: int
    title: str
    on: dt.date = Field(description="День, на который верны сведения")
    state: State = Field(
        description="asking — ответьте о файлах; planned — можно смотреть, решать и вносить; failed — не прочитан"
    )
    busy: Busy = Field(description="Что делается сейчас: пока не пусто, спрашивайте ещё раз")
    done: int = Field(description="Сделано шагов из total")
    total: int
    failure: str = Field(description="Почему не вышло последнее дело")
    counts: dict[Fate, int] = Field(description="Сколько строк с каким исходом")
    made_at: dt.datetime
    committed_at: dt.datetime | None
    undone_at: dt.datetime | None


class ToldMisread(Schema):
    place: str = Field(description="Файл, лист, строка, столбец")
    message: str
    mend: str


class LikelyOrganisation(Schema):
    key: str
    title: str
    sure: bool


class ToldSheetColumn(Schema):
    place: int
    heading: str
    meaning: str = Field(description="Что в нём стоит, по мнению Опоры; пусто — не читается")
    sureness: float = Field(description="От 0 до 1")


class ToldChoice(Schema):
    code: str
    title: str


class AskedSheet(Schema):
    key: str
    title: str
    kind: str = Field(description="О чём лист; пусто — Опора не узнала")
    sure: bool
    columns: list[ToldSheetColumn]
    choices: list[ToldChoice] = Field(description="Чем может быть столбец; у неузнанного листа — о чём он может быть")
    rows: list[list[str]] = Field(description="Первые строки под заголовком")


class ToldFile(Schema):
    number: int
    name: str
    size: int
    adapter: str = Field(description="Чем прочитан: pages — страница сайта, sheets — таблица")
    whose: bool = Field(description="Надо сказать, чей он")
    organisations: list[LikelyOrganisation]
    sheets: list[AskedSheet]
    misread: list[ToldMisread] = Field(description="Что в нём не прочитано")


class ToldMoved(Schema):
    code: str
    title: str
    was: Number
    becomes: Number


class ToldMoves(Schema):
    programme: int
    title: str
    moved: list[ToldMoved]


class InTheWay(Schema):
    line: int | None
    where: str
    message: str
    mend: str


class OneBatch(ToldBatch):
    files: list[ToldFile]
    numbers: list[ToldMoves] | None = Field(
        description="Какие показатели изменятся, если внести; пусто, пока не посчитано"
    )
    refused: list[InTheWay] = Field(description="Что помешало внести или отменить")


class ColumnAnswer(Schema):
    sheet: str = Field(description="key листа")
    place: int
    meaning: str = Field(description="code из choices листа; пусто — не читать")


class FileAnswer(Schema):
    number: Annotated[int, Field(ge=0, le=LARGEST)]
    organisation: str = Field("", description="Код организации, чей это файл")
    nobodys: bool = Field(False, description="Не одной организации")
    about: str = Field("", description="Название конкурса, объединения или методики, если его нет в файле")
    on: dt.date | None = Field(None, description="День, на который верны сведения этого файла; пусто — день приёма")
    kinds: dict[str, str] = Field(default_factory=dict, description="О чём лист, по его key")
    columns: list[ColumnAnswer] = Field(default_factory=list, description="Что в столбцах; остальные — как предложено")


class ToldPlace(Schema):
    file: str
    sheet: str
    row: int | None
    column: str


class ToldSaid(Schema):
    value: Any = Field(description="Значение; у ссылки на другую строку приёма — {«line»: её имя в файле}")
    column: str = Field(description="Где стоит")
    doubt: str = Field(description="Почему под сомнением; пусто — нет")


class ToldChange(Schema):
    column: str
    was: Cell
    becomes: Cell
    doubt: str


class ToldAnswer(Schema):
    say: Say
    row: str


class ToldLine(Schema):
    number: int
    file: int = Field(description="Номер файла в приёме")
    name: str = Field(description="Имя строки в файле: на него ссылаются другие")
    table: str
    fate: Fate
    reason: str
    place: ToldPlace
    cells: dict[str, ToldSaid] = Field(description="Что сказано в файле, по столбцам таблицы")
    changes: list[ToldChange] = Field(description="Что изменится; у новой строки — всё, что сказано")
    row: str = Field(description="Код строки реестра; пусто, если она не решена")
    row_id: int | None
    choices: list[str] = Field(description="Коды строк, между которыми надо выбрать")
    answer: ToldAnswer | None


class Lines(Schema):
    lines: list[ToldLine]
    next: int | None = Field(description="С чем спросить дальше (after); пусто — это всё")


class LineAnswer(Schema):
    line: LineNumber
    say: Say | None = Field(
        description="row — это строка row; renamed — она, и верно то, что в файле; new — новая; right — верно, как "
        "прочитано; sure — без сомнительного; leave — не вносить; пусто — взять ответ назад"
    )
    row: str = ""
