"""Invented data for the page that shows every part: nobody and nothing in it exists."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest

from opora.indicators.results import Shape, Value, Verdict
from opora.papers.words import Look
from opora.web.forms import DayInput
from opora.web.layout.cells import Badge, Link
from opora.web.layout.chart import Bar, Chart, chart_by_date, chart_of_bars
from opora.web.layout.number import Figure
from opora.web.layout.table import Column, Order, Table


@dataclass(frozen=True, slots=True)
class Teacher:
    name: str
    post: str
    school: str
    category: tuple[str, str]
    course: dt.date | None
    hours: int | None


TEACHERS = (
    Teacher(
        "Берёзкина Анна Петровна", "учитель математики", "Школа № 2", ("высшая", "good"), dt.date(2024, 11, 15), 72
    ),
    Teacher("Ёлкин Сергей Ильич", "учитель физики", "Школа № 7", ("первая", "info"), dt.date(2021, 3, 4), 36),
    Teacher("Заречная Мария Львовна", "воспитатель", "Детский сад «Ромашка»", ("нет", "plain"), None, None),
    Teacher(
        "Константинопольская Александра Вениаминовна",
        "учитель русского языка и литературы",
        "Гимназия № 1 имени первооткрывателей",
        ("истекает", "warn"),
        dt.date(2023, 6, 20),
        16,
    ),
    Teacher("Яблоков Пётр Олегович", "педагог-психолог", "Школа № 2", ("истекла", "bad"), dt.date(2020, 9, 1), 72),
)
COLUMNS = (
    Column[Teacher](
        "name",
        "Фамилия, имя, отчество",
        lambda one: Link(one.name, "#table", one.post),
        key=lambda one: one.name,
        head=True,
    ),
    Column[Teacher]("school", "Организация", lambda one: one.school, key=lambda one: one.school),
    Column[Teacher]("category", "Категория", lambda one: Badge(*one.category), key=lambda one: one.category[0]),
    Column[Teacher]("course", "Последний курс", lambda one: one.course, key=lambda one: one.course),
    Column[Teacher]("hours", "Часов", lambda one: one.hours, key=lambda one: one.hours, align="right"),
)
FIGURES = (
    Figure(
        Value(Shape.SHARE, 0.6496, 0.6496, 0.6496, 254, 391),
        Look.PERCENT,
        "Доля учителей, прошедших диагностику профессиональных дефицитов",
        "В-1.2",
        target="не менее 65 %",
        goal=0.65,
        verdict=Verdict.NOT_MET,
        url="#numbers",
    ),
    Figure(
        Value(Shape.SHARE, 0.82, 0.7, 0.88, 41, 50, 9),
        Look.PERCENT,
        "Доля молодых педагогов, у которых есть наставник",
        "В-2.3",
        target="не менее 80 %",
        goal=0.8,
        verdict=Verdict.UNDECIDED,
        url="#numbers",
    ),
    Figure(
        Value(Shape.COUNT, 12, 12, 12),
        Look.NUMBER,
        "Муниципальных мероприятий для управленческих команд",
        "В-3.1",
        unit="мероприятие",
        target="не менее 10",
        goal=10,
        verdict=Verdict.MET,
        url="#numbers",
    ),
    Figure(
        Value(Shape.SHARE, None),
        Look.PERCENT,
        "Доля победителей региональных конкурсов",
        "В-4.4",
        target="рост",
        verdict=Verdict.NO_DATA,
        url="#numbers",
    ),
)
HISTORY = tuple(
    (dt.date(year, 12, 31), Value(Shape.SHARE, value, low, high, round(value * 391), 391, unknown))
    for year, value, low, high, unknown in (
        (2022, 0.31, 0.28, 0.44, 63),
        (2023, 0.42, 0.4, 0.49, 35),
        (2024, 0.55, 0.55, 0.55, 0),
        (2025, 0.6496, 0.6496, 0.6496, 0),
    )
)
BARS = (
    Bar("Гимназия № 1 имени первооткрывателей", Value(Shape.SHARE, 0.91, 0.91, 0.91, 42, 46), "#charts"),
    Bar("Школа № 7", Value(Shape.SHARE, 0.74, 0.6, 0.82, 31, 42, 9), "#charts"),
    Bar("Школа № 2", Value(Shape.SHARE, 0.52, 0.5, 0.55, 28, 54, 3), "#charts"),
    Bar("Детский сад «Ромашка»", Value(Shape.SHARE, None), "#charts"),
)


class SampleForm(forms.Form):
    title = forms.CharField(label="Название мероприятия", help_text="Как в приказе, без слова «муниципальный».")
    on = forms.DateField(label="Дата", widget=DayInput)
    kind = forms.ChoiceField(label="Вид", choices=[("", "—"), ("seminar", "семинар"), ("workshop", "мастер-класс")])
    level = forms.ChoiceField(
        label="Уровень",
        choices=[("school", "организации"), ("town", "муниципальный"), ("region", "региональный")],
        widget=forms.RadioSelect,
    )
    for_whom = forms.MultipleChoiceField(
        label="Для кого",
        choices=[("teachers", "учителя"), ("kindergarten", "воспитатели"), ("heads", "руководители")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    about = forms.CharField(label="О чём", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    plan = forms.BooleanField(label="Есть в плане на год", required=False)


class SampleFilters(forms.Form):
    q = forms.CharField(label="Фамилия", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    kind = forms.ChoiceField(
        label="Должность", choices=[("", "любая"), ("t", "учитель"), ("p", "воспитатель")], required=False
    )
    since = forms.DateField(label="Курс позже", widget=DayInput, required=False)


CHOICE: dict[str, Any] = {
    "widget": {"attrs": {"id": "choice"}},
    "name": "teacher",
    "label": "Педагог",
    "find": "ёлк",
    "chosen": {"key": "1", "title": TEACHERS[0].name, "beside": f"{TEACHERS[0].post}, {TEACHERS[0].school}"},
    "found": [{"key": "2", "title": TEACHERS[1].name, "beside": f"{TEACHERS[1].post}, {TEACHERS[1].school}"}],
}
"""A row to choose, as ``rows.choosing`` shows it; here nothing is looked for."""


def samples(request: HttpRequest) -> dict[str, Any]:
    order = Order(request, COLUMNS, "name")
    picked = Table(COLUMNS, order.of_rows(TEACHERS), order=order, pick=lambda one: one.name)
    faulty = {"title": "Неделя молодого педагога", "on": "", "level": "town", "about": "Открытые уроки"}
    return {
        "table": picked,
        "filters_form": SampleFilters(request.GET or None),
        "form": SampleForm(auto_id="new_%s"),
        "choice": CHOICE,
        "faulty": SampleForm(faulty, auto_id="faulty_%s"),
        "figures": FIGURES,
        "verdicts": list(Verdict),
        "by_year": chart_by_date("По годам", HISTORY, Look.PERCENT, target=0.65, note="На 31 декабря"),
        "by_organisation": _bars(),
        "tones": ("good", "bad", "warn", "info", "plain"),
    }


def _bars() -> Chart:
    note = "Чёрточками показано, куда число может сдвинуться, когда станет известно всё; отвесная черта — цель"
    return chart_of_bars("По организациям", BARS, Look.PERCENT, head="Организация", target=0.65, note=note)
