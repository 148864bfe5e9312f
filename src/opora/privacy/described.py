"""The register of personal data as a document."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.apps import apps
from django.db.models import Model

from opora.privacy.register import Register, TableEntry, register

_HEAD = """\
# Реестр персональных данных

Эту страницу пишет сама программа: `python -m opora.privacy.describe > docs/personal-data.md`. Проверка сверяет её с
моделями базы данных: поле о человеке, которого здесь нет, и строка, для которой нет поля, — ошибка.

Реестр — основа для локальных актов оператора, а не замена им: сроки и основания утверждает руководитель оператора со
своим юристом. Оператор — муниципалитет (методическая служба), которому принадлежат строки.

- Специальных категорий (здоровье, убеждения, судимость) и биометрии Опора не хранит. Вид отпуска — только «по уходу за
  ребёнком», «длительный», «иное»: больничных в нём нет.
- Фотографий, паспортных данных, адресов и телефонов нет. СНИЛС необязателен, хранится зашифрованным и целиком не
  показывается никому.
- Где персональной названа ссылка на человека, о нём говорит вся строка: должность, предмет, даты.
- Публикуется (сайт, протокол, газета) только то, на что есть отдельное согласие; нет решения — не публикуется.
- Роли «ответственный от ОО», «педагогический работник», «наставник», «руководитель МО» видят только свои строки: [кто
  что видит](access.md). Сам человек и администратор видят ещё, кто его карточку менял и читал."""


def page() -> str:
    told = register()
    parts = [[_HEAD], _purposes(told), _transfers(told), *(_circle(told, name) for name in told.circles)]
    return "\n".join(line for part in parts for line in [*part, ""]).rstrip() + "\n"


def _purposes(told: Register) -> Iterator[str]:
    yield from ("## Цели и основания", "", "| цель | основания |", "|---|---|")
    for purpose in told.purposes.values():
        yield f"| {purpose.title} | {'; '.join(told.bases[code] for code in purpose.bases)} |"


def _transfers(told: Register) -> Iterator[str]:
    yield from ("## Откуда данные в муниципалитете", "", "| передача | таблицы |", "|---|---|")
    for code, words in told.transfers.items():
        tables = [_title(told, name) for name, entry in told.tables.items() if entry.transfer == code]
        yield f"| {words} | {', '.join(tables)} |"


def _circle(told: Register, circle: str) -> Iterator[str]:
    """Tables that the same people see, with all their fields."""
    yield from (f"## Видят: {'; '.join(told.circles[circle])}", "")
    yield from ("| таблица | поля | цели | категория | хранится |", "|---|---|---|---|---|")
    for name, entry in told.tables.items():
        if entry.circle == circle:
            yield from _fields(told, name, entry)


def _fields(told: Register, table: str, entry: TableEntry) -> Iterator[str]:
    """Fields that serve the same purposes stand together."""
    for codes, names in groupby(entry.fields, key=lambda name: entry.fields[name]):
        fields = ", ".join(_field(table, name) for name in names)
        purposes = "; ".join(told.purposes[code].title for code in codes)
        kept = told.retention[entry.retention]
        yield f"| {_title(told, table)} | {fields} | {purposes} | {entry.category} | {kept} |"


def _title(told: Register, table: str) -> str:
    words = told.tables[table].title or str(_model(table)._meta.verbose_name_plural)
    return words[0].upper() + words[1:]


def _field(table: str, name: str) -> str:
    return f"{getattr(_model(table)._meta.get_field(name), 'verbose_name', name)} (`{table}.{name}`)"


def _model(table: str) -> type[Model]:
    return next(model for model in apps.get_models() if model._meta.db_table == table)
