"""A character of a value is found again in the file, however the value was written."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.programmes.tree import Fields, Text, read_tree

WORD = st.text(st.sampled_from("abcщё<()=\"'\\"), min_size=1, max_size=6).map(lambda letters: f"a{letters}")
SENTENCE = st.lists(WORD, min_size=1, max_size=8)


def value_of(text: str) -> Text:
    root, _ = read_tree(text)
    node = root.get("a")
    assert isinstance(node, Text)
    return node


def assert_every_letter_is_found(text: str, escaped: str = "") -> None:
    node, lines = value_of(text), text.split("\n")
    for offset, letter in enumerate(node.value):
        line, column = node.place(offset)
        if not letter.isspace():
            written = lines[line - 1][column - 1]
            assert written == letter or (written == "\\" and letter in escaped)


@given(SENTENCE)
def test_in_a_plain_text(words: list[str]) -> None:
    assert_every_letter_is_found(f"a: {' '.join(words)}\n")


@given(SENTENCE, st.sampled_from([">-", ">", "|", "|-", ">- # примечание"]))
def test_in_a_block(words: list[str], header: str) -> None:
    assert_every_letter_is_found(f"x: 1\na: {header}\n" + "".join(f"  {word}\n" for word in words))


@given(SENTENCE, st.booleans())
def test_in_single_quotes(words: list[str], folded: bool) -> None:
    joint = "\n   " if folded else " "
    assert_every_letter_is_found(f"a: '{joint.join(words).replace(chr(39), chr(39) * 2)}'\n")


@given(SENTENCE)
def test_in_double_quotes(words: list[str]) -> None:
    assert_every_letter_is_found(f"a: {json.dumps(' '.join(words), ensure_ascii=False)}\n", escaped='"\\')


@pytest.mark.parametrize(
    ("text", "offset", "place"),
    [
        ('a: "x\\ny\\x41z"\n', 4, (1, 13)),
        ('a: "x \\\n   y"\n', 2, (2, 4)),
        ("a: &n имя\n", 0, (1, 7)),
        ("a: &n\n  имя\n", 1, (2, 4)),
        ("a: имя\n", 3, (1, 7)),
        ("x: &n имя\na: *n\n", 2, (2, 4)),
    ],
)
def test_in_rarer_ways_of_writing(text: str, offset: int, place: tuple[int, int]) -> None:
    assert value_of(text).place(offset) == place


def test_a_word_stays_what_was_written() -> None:
    root, _ = read_tree("a: {b: yes, c: 093, d: 2021-01-01, e: 1.50, f: ~, g: on}\n")
    inner = root.get("a")
    assert isinstance(inner, Fields)
    assert [text.value if (text := inner.text(name)) else None for name in "bcdefg"] == [
        "yes",
        "093",
        "2021-01-01",
        "1.50",
        None,
        "on",
    ]
