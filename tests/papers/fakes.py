"""A counted programme as large and as awkward as a real one: every verdict, every shape, every kind of unknown."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import replace

from opora.indicators.results import (
    Breakdown,
    FailedPart,
    GroupValue,
    IndicatorResult,
    OpenedRow,
    ProgrammeResult,
    Shape,
    Value,
    Verdict,
)
from opora.programmes.model import Programme

FORMULA_INJECTION = "=cmd|'/c calc'!A0"
SCRIPT = "<script>alert('x')</script>"
ON = dt.date(2022, 12, 31)

SECTIONS = (
    "1. Выявление профессиональных дефицитов педагогических работников, повышение квалификации",
    "2. Профессиональное развитие педагогов, методическая помощь молодым специалистам и наставничество",
    "3. Поддержка методических объединений и профессиональных сообществ на муниципальном уровне",
    "4. Кадровые потребности образовательных организаций",
    "5. Инновационная деятельность",
)
TITLES = (
    "Доля педагогических работников, прошедших диагностику профессиональных дефицитов",
    "Доля педагогических работников, освоивших программы дополнительного профессионального образования из федерального "
    "реестра, подобранные с учётом диагностики профессиональных дефицитов",
    "Доля педагогов до 35 лет, за которыми закреплён наставник",
    "Доля учителей, имеющих высшую или первую квалификационную категорию",
    "Количество муниципальных методических мероприятий",
    "Доля педагогов, вовлечённых в работу методических объединений",
    "Наличие положения о муниципальной методической службе",
    "Обеспеченность педагогическими кадрами",
    "Доля молодых педагогов, оставшихся в организации через три года",
    "Среднее число мероприятий на одно методическое объединение",
)
SCHOOLS = (
    "МБОУ «СОШ № 10»",
    "МБОУ «СОШ № 2»",
    "МБОУ «СОШ № 1 имени Героя Советского Союза А. П. Фёдорова»",
    "МКОУ «Ёлкинская ООШ»",
    "МКОУ «Еремеевская СОШ»",
    "МАОУ «Гимназия № 3»",
    "МБОУ «СОШ № 5 с углублённым изучением отдельных предметов»",
    "МБДОУ «Детский сад № 4 „Сказка“»",
    "МБДОУ «Детский сад № 12»",
    "МБДОУ «Детский сад № 7»",
    "МБУ ДО «Дом детского творчества»",
    "МКОУ «Жуковская НШДС»",
    FORMULA_INJECTION,
)
SUBJECTS = (
    "Русский язык",
    "Математика",
    "Английский язык",
    "История",
    "Обществознание",
    "Физика",
    "Химия",
    "Биология",
    "География",
    "Информатика",
    "Физическая культура",
    "Начальные классы",
)
MISSING = ("дата рождения", "дата последних курсов", "квалификационная категория", "результат диагностики", "нагрузка")
FAILING = ("есть курсы за последние три года", "закреплён наставник", "присутствие на заседаниях МО")
SURNAMES = ("Ёлкина", "Егорова", "Жукова", "Абрамова", "Фёдорова", "Яковлева", "Щербакова", "Ивченко", "О'Коннор")


TITLE = (
    "Программа развития муниципальной методической службы «Учитель — это звучит» на 2021–2025 годы "
    "Елового района Вымышленной области"
)
TOWN = "Еловый муниципальный район"


def share(n: int, total: int, unknown: int = 0, *, partial: bool = False) -> Value:
    everyone = total + unknown
    if everyone == 0:
        return Value(Shape.SHARE, None)
    low, high = (0.0, 1.0) if partial else (n / everyone, (n + unknown) / everyone)
    return Value(Shape.SHARE, n / total if total else None, low, high, n, total, unknown, partial)


def indicator(code: str = "B-2.3", **changes: object) -> IndicatorResult:
    plain = IndicatorResult(
        code=code,
        title=TITLES[2],
        section=SECTIONS[1],
        unit="%",
        words="Доля тех, за кем на дату отчёта закреплён наставник, среди педагогических работников моложе 35 лет.",
        interpretation="Молодой педагог — педагогический работник моложе 35 лет; внешние совместители учтены.",
        formula="share: has mentorship as mentee\nof: educator and age < 35",
        version="9f2c41d07ab3",
        value=share(24, 30),
        target="не менее 80 %",
        target_value=0.8,
        verdict=Verdict.MET,
        line=74,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def result(*indicators: IndicatorResult, **changes: object) -> ProgrammeResult:
    plain = ProgrammeResult(
        programme="spruce",
        title=TITLE,
        municipality=TOWN,
        on=ON,
        period="2022 год",
        dataset_hash="5f0c9a7be1d24c8093aa77",
        synthetic=False,
        with_faults=False,
        indicators=indicators or (indicator(),),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def programme_for(counted: ProgrammeResult) -> Programme:
    goals = (
        "создание условий для непрерывного развития профессионального мастерства педагогов",
        "выявление профессиональных дефицитов и построение индивидуальных маршрутов",
        f"вовлечение молодых педагогов в разные формы поддержки {SCRIPT}",
    )
    return Programme.model_validate(
        {
            "programme": {
                "key": "spruce",
                "title": TITLE,
                "municipality": TOWN,
                "region": "Вымышленная область",
                "period": "2021–2025",
                "approved": {"kind": "приказ управления образования", "number": "119", "date": "05.04.2021"},
                "owner": "Управление образования администрации Елового района, методический кабинет",
            },
            "goals": [{"code": f"G{place}", "text": text, "line": 48 + place} for place, text in enumerate(goals, 1)],
            "tasks": [{"code": "T1", "text": "ещё одна задача, которую пока не показывает ни один показатель"}],
            "indicators": [
                {"code": item.code, "title": item.title, "goals": [f"G{place % 3 + 1}"]}
                for place, item in enumerate(counted.indicators)
            ],
        }
    )


def large_result(*, indicators: int = 69, seed: int = 7) -> ProgrammeResult:
    """69 indicators × 13 organisations × 12 subjects, with all that can go wrong in them."""
    chance = random.Random(seed)
    items = tuple(_one(chance, place) for place in range(indicators))
    history = {item.code: _history(chance, item.value) for item in items if item.value.shape is not Shape.YES_NO}
    return result(*items, synthetic=True, with_faults=True, history=history)


def _one(chance: random.Random, place: int) -> IndicatorResult:
    kind = place % len(TITLES)
    section = min(place // 14, len(SECTIONS) - 1)
    code = f"E-{section + 1}.{place % 14 + 1}"
    if kind == 4:
        return _counting(chance, code, place)
    if kind == 6:
        return _yes_no(code, place)
    if kind == 9:
        return _ratio(chance, code, place)
    return _share(chance, code, place)


def _share(chance: random.Random, code: str, place: int) -> IndicatorResult:
    total = chance.randrange(20, 400)
    unknown = chance.choice((0, 0, 0, 3, total // 10, total // 3))
    value = share(chance.randrange(total // 4, total + 1), total, unknown, partial=place % 23 == 5)
    if place % 17 == 11:
        value = share(0, 0)
    wanted = chance.choice((0.05, 0.3, 0.5, 0.65, 0.8, 1.0))
    return indicator(
        code,
        title=_title(place),
        section=_section(place),
        value=value,
        target=f"{'ровно' if wanted == 1 else 'не менее'} {wanted:.0%}".replace("%", " %"),
        target_value=wanted,
        verdict=_verdict(value, wanted, place),
        verdict_note=_note(value, place),
        base=share(1, 3) if place % 7 == 0 else None,
        breakdowns=(
            _breakdown(chance, "organisation", "По организациям", SCHOOLS, empty=place % 5 == 0),
            _breakdown(chance, "subject", "По предметам", SUBJECTS, empty=False),
        ),
        opened=_opened(chance) if place % 6 in (0, 5) else (),
        sql="SELECT count(*) FROM person\nWHERE age < 35 AND note <> '<b>'" if place % 4 == 0 else "",
        line=74 + place,
    )


def _verdict(value: Value, wanted: float, place: int) -> Verdict:
    rare = {8: Verdict.NOT_DUE, 18: Verdict.AHEAD, 25: Verdict.BEHIND, 33: Verdict.NO_TARGET, 41: Verdict.HELD}
    if value.value is None:
        return Verdict.NO_DATA
    if place in (13, 47):
        return Verdict.NO_BASE
    if place in rare:
        return rare[place]
    low, high = value.low or 0, 1 if value.high is None else value.high
    if low >= wanted:
        return Verdict.MET
    return Verdict.NOT_MET if high < wanted else Verdict.UNDECIDED


def _note(value: Value, place: int) -> str:
    if value.partial:
        return "Перечень участников занесён не полностью."
    return "Год назад этот показатель не считали." if place in (13, 47) else ""


def _counting(chance: random.Random, code: str, place: int) -> IndicatorResult:
    n = chance.randrange(4, 90)
    open_end = place % 20 == 4
    value = Value(Shape.COUNT, n, n, None if open_end else n + 6, n=n, unknown=6, partial=open_end)
    groups = tuple(
        GroupValue(f"organisation{k}", name, Value(Shape.COUNT, k, k, None if open_end else k + 1, n=k, unknown=k % 2))
        for k, name in enumerate(SCHOOLS)
    )
    return indicator(
        code,
        title=_title(place),
        section=_section(place),
        unit="ед.",
        value=value,
        target="не менее 20",
        target_value=20,
        verdict=Verdict.MET if n >= 20 else Verdict.UNDECIDED,
        breakdowns=(Breakdown("organisation", "По организациям", groups),),
        reported="Число мероприятий сообщают сами организации в информационной карте." if place % 3 == 1 else "",
    )


def _yes_no(code: str, place: int) -> IndicatorResult:
    known = place % 20 == 6
    value = Value(Shape.YES_NO, 1, 1, 1) if known else Value(Shape.YES_NO, None, 0, 1, unknown=1)
    verdict = Verdict.MET if known else Verdict.UNDECIDED
    return indicator(
        code, title=_title(place), section=_section(place), unit="да/нет", value=value,
        target="да", target_value=1, verdict=verdict,
    )  # fmt: skip


def _ratio(chance: random.Random, code: str, place: int) -> IndicatorResult:
    number = chance.random() * 3
    return indicator(
        code, title=_title(place), section=_section(place), unit="мероприятий",
        value=Value(Shape.RATIO, number, number, number), target="рост", target_value=None,
        verdict=Verdict.NOT_MET, base=Value(Shape.RATIO, 2.5, 2.5, 2.5),
    )  # fmt: skip


def _title(place: int) -> str:
    if place == 2:
        return f"{TITLES[2]} {SCRIPT}"
    if place == 3:
        return FORMULA_INJECTION
    return TITLES[place % len(TITLES)] + (" и ещё одно очень длинное уточнение" * 9 if place == 21 else "")


def _section(place: int) -> str:
    return SECTIONS[min(place // 14, len(SECTIONS) - 1)]


def _breakdown(chance: random.Random, by: str, title: str, names: Sequence[str], *, empty: bool) -> Breakdown:
    groups = [GroupValue(f"{by}{place}", name, _group_share(chance)) for place, name in enumerate(names)]
    if empty:
        groups.insert(0, GroupValue(None, "", share(1, 4, 2)))
    return Breakdown(by, title, tuple(groups))


def _group_share(chance: random.Random) -> Value:
    total = chance.randrange(0, 45)
    unknown = chance.choice((0, 0, 0, 1, 4, 9)) if total else 0
    return share(chance.randrange(0, total + 1), total, unknown)


def _opened(chance: random.Random, rows: int = 60) -> tuple[OpenedRow, ...]:
    return tuple(opened_row(chance, place) for place in range(rows))


def opened_row(chance: random.Random, place: int) -> OpenedRow:
    code = chance.choice((0, 0, 1, 2, 2))
    missing = FailedPart(chance.choice(MISSING), 1)
    failing = FailedPart(chance.choice(FAILING), 0, "3 из 4" if place % 3 == 0 else "")
    failed = {0: (failing,), 1: (missing,), 2: ()}[code]
    in_base = 1 if place % 19 == 4 else 2
    name = FORMULA_INJECTION if place == 5 else f"{chance.choice(SURNAMES)} {chance.choice('АБВГДЕ')}. Н."
    return OpenedRow(f"p{place}", name, chance.choice(SCHOOLS), code, in_base, failed if in_base == 2 else (missing,))


def _history(chance: random.Random, now: Value) -> tuple[tuple[dt.date, Value], ...]:
    years = (2020, 2021)
    earlier = tuple((dt.date(year, 12, 31), _shifted(chance, now, 2022 - year)) for year in years)
    return (*earlier, (ON, now))


def _shifted(chance: random.Random, now: Value, back: int) -> Value:
    if now.value is None:
        return now
    factor = 1 - 0.15 * back * chance.random()
    low, high = (bound if bound is None else bound * factor for bound in (now.low, now.high))
    return replace(now, value=now.value * factor, low=low, high=high)
