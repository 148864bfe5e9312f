"""Words without their endings, by PostgreSQL's Russian dictionary: «наставники», «наставников» → «наставник»."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django.db import connection

from opora.web.search.query import Query, look_alike, words_in

Stems = Mapping[str, str]
"""The stem of each word of a query; of «и» and «по» it is empty: they are in every text, and tell nothing."""


def stems_of(words: Collection[str]) -> Stems:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word, coalesce((ts_lexize('russian_stem', word))[1], '') FROM unnest(%s::text[]) word",
            [sorted(words)],
        )
        return dict(cursor.fetchall())


def telling(query: Query, stems: Stems) -> list[list[str]]:
    """The stems of each reading: words of no meaning only where there are no others."""
    return [[stems[word] for word in reading if stems[word]] or list(reading) for reading in query.readings]


def is_number(stem: str) -> bool:
    """A number is meant as a whole: «школа 5» is not № 55."""
    return stem.isdigit()


def fits(text: Iterable[str], stems: Collection[str]) -> bool:
    """Whether each of the stems begins a word of a text."""
    words = set(text)
    return all(
        stem in words or (not is_number(stem) and any(word.startswith(stem) for word in words)) for stem in stems
    )


def says(text: str, query: Query, stems: Stems) -> bool:
    """Whether a text answers the query in one of its readings."""
    words = words_in(text)
    return any(fits(words, reading) for reading in telling(query, stems))


def is_code(code: str, query: Query) -> bool:
    """Whether the query is a code, in letters of whichever alphabet."""
    return look_alike(query.text) == look_alike(code)
