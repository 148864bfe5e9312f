"""``python -m tests.demo.figures_page`` writes docs/published-figures.md anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from opora.cli.figures import Figure, figures_of
from opora.demo.spec import town
from opora.demo.write import town_dataset
from opora.papers import reading, words
from opora.programmes.load import load_programme

PAGE = Path("docs/published-figures.md")
TOWNS = ("olenegorsk", "strezhevoy")
SEED = 2021

_HEAD = """\
# Опубликованные числа

Два города напечатали в своих программах, что у них получилось. Каждое такое число — показатель в разделе `published`
программы; здесь рядом с ним то, что дал условный город, который строит `opora demo`. Где число получить нельзя, сказано
почему: под такие числа расчёт не подгоняют. Страница пишется сама: `python -m tests.demo.figures_page`.
"""


def page() -> str:
    return "\n".join([_HEAD, *(line for key in TOWNS for line in _town(key))]) + "\n"


def _town(key: str) -> Iterator[str]:
    programme, spec = load_programme(key), town(key)
    figures = figures_of(programme, town_dataset(spec, seed=SEED), spec.anchor.astype(object))
    attained = sum(figure.attained for figure in figures)
    yield f"## {programme.municipality}: получено {attained} из {len(figures)}\n"
    yield "| Код | Строка | Что напечатано | Напечатано | Вышло | |"
    yield "| --- | ---: | --- | ---: | ---: | --- |"
    yield from (_row(figure) for figure in figures)
    yield ""


def _row(figure: Figure) -> str:
    published, look = figure.published, reading.look(figure.obtained)
    expected = words.shown(look, published.expected)
    obtained = words.shown(look, figure.obtained.value.value)
    verdict = "получено" if figure.attained else "не получено" if published.attainable else "невозможно"
    why = f". {published.why}" if published.why else ""
    return f"| {published.code} | {published.line} | {published.text} | {expected} | {obtained} | {verdict}{why} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
