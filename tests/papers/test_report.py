"""The report is one file that tells every number of the count, and asks nothing of the world outside."""

import re
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest

from opora.indicators.results import ProgrammeResult, Shape, Value, Verdict
from opora.papers import words
from opora.papers.report import OPENED_SHOWN, anchor, bar, render_report, scale_top, verdict_parts, write_report

from .fakes import FORMULA_INJECTION, SCRIPT, indicator, large_result, opened_row, programme_for, result, share
from .pages import Page

LARGEST_FILE = 3_000_000


def rendered(counted: ProgrammeResult, *, approved: bool = False) -> str:
    return render_report(counted, programme_for(counted), approved=approved)


@pytest.fixture(scope="module")
def html() -> str:
    return rendered(large_result())


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return Page(html)


def test_every_tag_is_closed_where_it_was_opened(page: Page) -> None:
    assert page.misplaced == []
    assert page.open == []


def test_it_fits_into_three_megabytes(html: str) -> None:
    assert len(html.encode()) < LARGEST_FILE


def test_it_loads_nothing_and_runs_nothing(html: str, page: Page) -> None:
    assert page.tags("script") == []
    assert all(value.startswith(("#", "data:,")) for value in page.attributes("href", "src", "xlink:href"))
    assert not re.search(r"@import|url\(", html)
    assert not [name for _, given in page.elements for name in given if name.startswith("on")]


def test_it_forbids_itself_to_load_anything(page: Page) -> None:
    policies = [
        meta.get("content") for meta in page.tags("meta") if meta.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'; img-src data:"]


def test_it_is_in_russian(page: Page) -> None:
    assert page.tags("html") == [{"lang": "ru"}]


def test_what_people_wrote_is_shown_and_never_run(html: str, page: Page) -> None:
    assert SCRIPT not in html
    assert SCRIPT in page.words
    assert FORMULA_INJECTION in page.words


def test_every_indicator_has_its_block_and_its_row(page: Page) -> None:
    ids = page.attributes("id")
    assert len(ids) == len(set(ids))
    for item in large_result().indicators:
        assert anchor(item.code) in ids
        assert " ".join(item.title.split()) in page.words


def test_every_link_leads_somewhere(page: Page) -> None:
    ids = set(page.attributes("id"))
    targets = {value[1:] for value in page.attributes("href") if value.startswith("#")}
    assert targets <= ids


def test_the_top_counts_the_verdicts(page: Page) -> None:
    met = sum(item.verdict in (Verdict.MET, Verdict.HELD) for item in large_result().indicators)
    undecided = sum(item.verdict is Verdict.UNDECIDED for item in large_result().indicators)
    assert f"{met} достигнуто" in page.words
    assert f"{undecided} мешают неизвестные" in page.words


@pytest.mark.parametrize("verdict", Verdict)
def test_a_verdict_is_told_by_word_and_sign_not_by_colour_alone(verdict: Verdict) -> None:
    shown = Page(rendered(result(indicator(verdict=verdict))))
    first, rest = verdict_parts(verdict)
    assert f"{first} {rest}".strip() in shown.words
    assert f"#v-{verdict}" in shown.attributes("href")


def test_a_number_stands_with_its_parts_its_unknown_its_bounds_and_its_target() -> None:
    text = Page(rendered(result(indicator(value=share(24, 30, 10), verdict=Verdict.UNDECIDED)))).words
    for fact in ("80,0 %", "24 из 30", "Неизвестно 10", "от 60,0 % до 85,0 %", "не менее 80 %"):
        assert fact in text


def test_a_number_says_how_it_was_counted_and_read() -> None:
    item = indicator(reported="Сообщают школы.", sql="SELECT 1", verdict_note="Мало данных.")
    text = Page(rendered(result(item))).words
    for fact in (item.words, item.interpretation, "Сообщают школы.", "SELECT 1", "Мало данных.", "9f2c41d07ab3", "74"):
        assert fact in text


def test_no_data_is_said_and_is_not_nought() -> None:
    text = Page(rendered(result(indicator(value=share(0, 0), verdict=Verdict.NO_DATA)))).words
    assert "н/д" in text
    assert "0,0 %" not in text


def test_who_is_out_is_named_with_the_reason(page: Page) -> None:
    assert "закреплён наставник — 3 из 4" in page.words
    assert "Кто не в числе и чего не хватает" in page.words


def test_a_long_list_of_names_is_cut_and_says_where_the_rest_is() -> None:
    import random

    rows = tuple(opened_row(random.Random(2), 1) for _ in range(OPENED_SHOWN + 50))
    text = Page(rendered(result(indicator("B-7", opened=rows)))).words
    assert "И ещё 50 — в книге Excel, лист «B-7»" in text


def test_names_are_announced_as_personal_data() -> None:
    import random

    rows = (opened_row(random.Random(2), 1),)
    assert "с персональными данными" in Page(rendered(result(indicator(opened=rows)))).words
    assert "с персональными данными" not in Page(rendered(result())).words


def test_marks_stand_where_they_hold() -> None:
    assert "синтетические данные предварительно в данных есть ошибки" in Page(rendered(large_result())).words
    clean = Page(rendered(result(), approved=True)).words
    assert not re.search("синтетические|предварительно|данных есть ошибки", clean)


def test_the_next_step_begins_with_what_decides_most(page: Page) -> None:
    after = page.words.split("Что делать дальше", 1)[1][:700]
    assert after.index("Исправьте ошибки") < after.index("Неизвестно:") < after.index("Ближе всего к выводу")


def test_a_programme_with_nothing_left_to_do_says_so() -> None:
    text = Page(rendered(result(indicator()), approved=True)).words
    assert "Всё известно и достигнуто" in text
    assert "Неизвестного нет" in text


def test_the_passport_and_the_trace_of_the_count_are_there(page: Page) -> None:
    facts = ("Вымышленная область", "2021–2025", "приказ управления образования от 05.04.2021 № 119", "31.12.2022")
    for fact in (*facts, "5f0c9a7be1d24c8093aa77", "показателей нет"):
        assert fact in page.words


def test_a_chart_has_its_numbers_in_words_too(page: Page) -> None:
    labels = [label for label in page.attributes("aria-label") if label.startswith("По датам")]
    assert len(labels) > 50
    assert all("31.12.2022" in label for label in labels)


def test_every_chart_has_its_table(html: str) -> None:
    assert html.count('<figure class="chart">') > 50
    assert html.count('<th scope="col">На дату</th>') == html.count('<figure class="chart">')


def test_the_steps_of_heat_grow_darker() -> None:
    """So they can be told apart in black and white, and by who sees no red or no green."""
    steps = [luminance(colours(dark=False)[f"heat-{step}"]) for step in ("met", "close", "far", "farthest")]
    assert all(paler - darker > 0.02 for paler, darker in pairwise(steps))


def test_a_unit_agrees_with_its_number() -> None:
    counted = Value(Shape.COUNT, 5, 5, 5, n=5)
    text = Page(rendered(result(indicator(value=counted, unit="мероприятие", target="", target_value=None)))).words
    assert "5 мероприятий" in text


def test_a_bar_stays_within_its_track() -> None:
    drawn = bar(share(5, 10, 10), 1.0, 1.4)
    assert 'class="fill" y="25%" width="50%"' in drawn
    assert 'class="spread" x1="25%" y1="50%" x2="75%" y2="50%"' in drawn
    assert 'class="goal" x1="100%"' in drawn


def test_bars_of_shares_end_at_the_whole() -> None:
    assert scale_top(indicator(value=share(1, 100), target_value=0.05)) == 1


def test_the_file_is_the_same_each_time(tmp_path: Path) -> None:
    for name in ("one.html", "two.html"):
        write_report(large_result(), programme_for(large_result()), tmp_path / name)
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


# ── colours ──────────────────────────────────────────────────────────────────────────────────────────────────────

INKS = ["met", "not-met", "undecided", "no-data", "not-due"]
PAIRS = [
    *[
        ("ink", ground)
        for ground in ("paper", "tint", "heat-met", "heat-close", "heat-far", "heat-farthest", "heat-unknown")
    ],
    *[(ink, "paper") for ink in ("muted", "accent", "chart-target", "no-target", *INKS)],
    *[(ink, f"{ink}-soft") for ink in INKS],
]


def colours(*, dark: bool) -> dict[str, str]:
    style = files("opora.papers").joinpath("report.css").read_text("utf-8")
    blocks = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    chosen = blocks[0] + (blocks[1] if dark else "")
    return dict(re.findall(r"--([\w-]+): (#\w+)", chosen))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_words_are_readable_on_their_ground(ink: str, ground: str, dark: bool) -> None:
    chosen = colours(dark=dark)
    pale, deep = sorted((luminance(chosen[ink]), luminance(chosen[ground])), reverse=True)
    assert (pale + 0.05) / (deep + 0.05) >= 4.5


def test_numbers_are_written_with_signs_that_hold_to_them(html: str) -> None:
    assert f"43,2{words.NBSP}%" in rendered(result(indicator(value=share(432, 1000))))
    assert not re.search(r"\d %", re.sub(r"(?s)<style>.*?</style>|<pre.*?</pre>", "", html))
