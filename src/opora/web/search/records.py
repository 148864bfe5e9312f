"""Organisations and documents by their words."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse

from opora.access.seeing import Standing, visible_to
from opora.papers.words import capital
from opora.people.models import Organisation
from opora.records.models import Document
from opora.web.layout.cells import words
from opora.web.layout.navigation import is_page
from opora.web.search.found import Found, Hit, of_rows
from opora.web.search.query import Query, words_in
from opora.web.search.stems import Stems, fits, telling
from opora.web.search.text import Joined, Kept, Words, all_of, any_of, begins, saying, words_of


def organisations(standing: Standing, query: Query, stems: Stems, start: int, size: int) -> Found:
    still_there = Q(until__isnull=True) | Q(until__gt=standing.on)
    rows = visible_to(standing, Organisation).filter(still_there, archived_at__isnull=True)
    rows = rows.alias(words=words_of("title")).filter(saying("words", query, stems))
    return of_rows(rows.select_related("municipality").order_by("title", "pk"), _organisations, start, size)


def documents(standing: Standing, query: Query, stems: Stems, start: int, size: int) -> Found:
    rows = visible_to(standing, Document).filter(archived_at__isnull=True)
    texts = [Kept(name) for name in ("topic", "title", "number")]
    found = any_of([all_of([_of_a_document(stem) for stem in reading]) for reading in telling(query, stems)])
    rows = rows.alias(joined=Joined(*texts), words=Words(*texts)).filter(found)
    return of_rows(rows.select_related("organisation").order_by("-dated", "pk"), _documents, start, size)


def _of_a_document(stem: str) -> Q:
    """A document is asked for as it is called, too, and is kept by a code."""
    choices = Document._meta.get_field("kind").flatchoices
    kinds = [code for code, title in choices if fits(words_in(str(title)), [stem])]
    return Q(kind__in=kinds) | (Q(joined__contains=stem) & begins("words", stem))


def _organisations(page: Sequence[Organisation]) -> list[Hit]:
    own = is_page("organisation")
    return [
        Hit(
            one.title,
            reverse("organisation", args=[one.pk]) if own else reverse("organisations"),
            f"{one.get_kind_display()}, {one.municipality.title}",
        )
        for one in page
    ]


def _documents(page: Sequence[Document]) -> list[Hit]:
    return [Hit(_title(one), reverse("row", args=["document", one.pk]), _note(one)) for one in page]


def _title(one: Document) -> str:
    return one.title or capital(one.topic or one.get_kind_display())


def _note(one: Document) -> str:
    number = f"№ {one.number}" if one.number else ""
    dated = f"от {words(one.dated)}" if one.dated else ""
    whose = one.organisation.title if one.organisation else ""
    return ", ".join(filter(None, [" ".join(filter(None, [one.get_kind_display(), number, dated])), whose]))
