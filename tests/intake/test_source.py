"""What is not a page is refused with words that say what it is; what would take too long is refused before it does."""

from __future__ import annotations

import io
import zipfile
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.intake.pages import UnreadablePage, read_page
from opora.intake.pages.page import NOBODY
from opora.intake.words.encoding import decoded

HEADER = "<table><tr><th>ФИО</th><th>Должность</th><th>Повышение квалификации</th></tr>"
PERSON = "<tr><td>Рябинина Олеся Марковна</td><td>воспитатель</td><td>{}</td></tr>"
PAGE = HEADER + PERSON.format("«Урок», 2021, 72 ч.")


def names(content: bytes) -> list[str]:
    return [str(person.name.value) for person in read_page(content, "page.html").persons]


def refusal(content: bytes) -> str:
    with pytest.raises(UnreadablePage) as refused:
        read_page(content, "page.html")
    return str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8-r", "cp866", "iso8859-5"])
@pytest.mark.parametrize("said", ["utf-8", "windows-1251", "iso-8859-1"])
def test_the_letters_and_not_the_page_tell_its_encoding(encoding: str, said: str) -> None:
    page = f'<html><head><meta charset="{said}"></head><body>{PAGE}</body></html>'.translate({0xAB: '"', 0xBB: '"'})
    assert names(page.encode(encoding)) == ["Рябинина Олеся Марковна"]


def test_one_broken_byte_does_not_make_a_page_another_encoding() -> None:
    assert names((PAGE * 20).encode() + b"\xd0<p>")[0] == "Рябинина Олеся Марковна"


def test_a_web_archive_is_read() -> None:
    letter = MIMEMultipart("related")
    letter.attach(MIMEText(f"<html><body>{PAGE}</body></html>", "html", "utf-8"))
    assert names(letter.as_bytes()) == ["Рябинина Олеся Марковна"]


def docx() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (docx(), "Это документ Word, книга Excel или архив, а не страница сайта, хотя файл так назван"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Это документ Word или книга Excel старого формата, а не страница сайта"),
        (b"%PDF-1.7", "Это PDF, а не страница сайта"),
        ("Просто текст".encode(), "В файле нет разметки HTML: это не страница сайта"),
        (b"", "В файле нет разметки HTML: это не страница сайта"),
        (b"<html><frameset><frame src='a'></frameset>", "Это рамка, содержимое лежит рядом"),
        (b"<p>" + b" " * 25_000_000, "Файл больше 25 МБ"),
        (HEADER.encode() + b"<td>1" * 1_000_000, "Страница устроена слишком сложно"),
        (b"<div>" * 100_000, "Страница устроена слишком сложно"),
        (b"<div " + b"a=1 " * 100_000 + b">", "Страница устроена слишком сложно"),
    ],
)
def test_what_is_refused_and_why(content: bytes, what: str) -> None:
    assert refusal(content).startswith(what)


def test_a_page_without_people_says_what_was_looked_for() -> None:
    assert read_page(b"<html><body><p>News</p></body></html>", "news.html").remarks == (NOBODY,)


@pytest.mark.parametrize(
    "cell",
    [
        "<script>alert('«Курс», 2020')</script>",
        "<style>td{}</style><!-- «Курс», 2020 -->",
        "<button>Показать все</button>",
        "<div>" * 500,
        "<table><tr><td>" * 5,
        "«" * 20_000,
        "1" * 50_000,
        "(" * 50_000,
        "\u00a0\u00ad" * 50_000,
    ],
)
def test_a_strange_cell_costs_nobody_else(cell: str) -> None:
    rows = PERSON.format(cell) + PERSON.replace("Рябинина Олеся", "Зорина Майя").format("«Урок», 2021, 72 ч.")
    people = read_page((HEADER + rows).encode(), "page.html").persons
    assert str(people[0].name.value) == "Рябинина Олеся Марковна"


def test_programs_of_a_page_are_no_part_of_it() -> None:
    page = f"<script>{'var row = ' + repr(PERSON)};</script>" * 2000 + PAGE
    assert names(page.encode()) == ["Рябинина Олеся Марковна"]


def test_a_cell_that_covers_the_world_is_cut() -> None:
    rows = '<tr><td rowspan="60000" colspan="60000">Учителя</td></tr>' + "<tr><td>x</td></tr>" * 2000
    assert names((HEADER + PERSON.format("-") + rows).encode()) == ["Рябинина Олеся Марковна"]


_TAGS = """<table>|<tr>|<td>|<th>|</td>|</tr>|</table>|<div>|</div>|<p>|<br>|<li>|<ul>|<h3>|<td rowspan=3>|<dl>|<dt>
|<dd>|<script>|</script>|<!--|-->|<b>|</b>|<a class=btn>|<tr itemprop=teachingStaff>|<td itemprop=fio>"""
_WORDS = (
    "ФИО|Должность|Стаж|Категория|Зорина Майя Львовна|учитель физики|36 лет|высшая|Образование: высшее|«Урок», 2021"
)
_pieces = st.sampled_from(_TAGS.replace("\n", "").split("|") + _WORDS.split("|"))


@given(st.lists(_pieces | st.text(max_size=20), max_size=60))
def test_no_page_breaks_the_reader(pieces: list[str]) -> None:
    read_page((" ".join(pieces) + "<p>").encode("utf-8", errors="replace"), "page.html")


@given(st.binary(max_size=300))
def test_no_bytes_break_the_decoding(content: bytes) -> None:
    assert isinstance(decoded(content), str)
