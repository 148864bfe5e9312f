"""The parts of a page as template tags. They are loaded everywhere: a template needs no ``{% load %}``.

A tag with a body ends with ``end`` and its name. An argument that does not exist is an error when the template is read.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from opora.indicators.results import Verdict
from opora.web.guide.about import guide_address, guide_of
from opora.web.layout import cells, icons
from opora.web.layout.chart import Chart
from opora.web.layout.number import Figure, Told
from opora.web.layout.table import Table

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    return icons.icon(name)


@register.simple_tag
def badge(words: str, tone: str = "plain") -> SafeString:
    return cells.Badge(words, tone).__html__()


@register.simple_block_tag(takes_context=True)
def heading(
    context: template.Context, content: str, title: str, *, lead: str = "", guide: str = "", badge: object = ""
) -> SafeString:
    """The head of a page. ``lead``: the two sentences that explain it; the body: what can be done here. Which page of
    the guide is about it, is told by ``web.guide.about``; ``guide`` only where it depends on what is shown."""
    here = context["frame"].here if "frame" in context and context["frame"].signed_in else ""
    address = guide_address(guide or guide_of(here))
    return _made("heading", title=title, lead=lead, guide=address, badge=badge, body=content)


@register.simple_block_tag
def crumbs(content: str) -> SafeString:
    """The way up: links, the nearest last."""
    return _made("crumbs", body=content)


@register.simple_block_tag
def panel(content: str, title: str, *, note: str = "", level: int = 2) -> SafeString:
    """A part of a page under a heading of its own."""
    return _made("panel", title=title, note=note, level=level, body=content)


@register.simple_block_tag
def nothing(content: str, title: str, *, icon: str = "list") -> SafeString:
    """Where a list would be: why it is empty, and in the body what to do about it."""
    return _made("nothing", title=title, icon=icon, body=content)


@register.simple_block_tag
def notice(content: str, tone: str = "info", *, title: str = "", role: str = "") -> SafeString:
    return _made("notice", tone=tone, title=title, role=role, icon=cells.SIGNS[tone] or "info", body=content)


@register.simple_block_tag
def next_step(content: str, title: str, url: str, button: str) -> SafeString:
    """The one thing to do next, the most visible on its page; the body says why."""
    return _made("next_step", title=title, url=url, button=button, body=content)


@register.simple_block_tag
def dialog(content: str, id: str, title: str, button: str, *, look: str = "second") -> SafeString:
    """A button, and what it opens over the page: without a script, closed by Esc and a click beside it."""
    return _made("dialog", id=id, title=title, button=button, look=look, body=content)


@register.simple_block_tag
def moment(content: str, when: object, *, tone: str = "", icon: str = "dot", machine: str = "") -> SafeString:
    """One event in ``<ol class="timeline">``. ``machine``: the moment as ISO 8601."""
    return _made("moment", when=cells.words(when), tone=tone, icon=icon, machine=machine, body=content)


@register.simple_block_tag(takes_context=True)
def toolbar(context: template.Context, content: str, *, words: str = "Отмеченное") -> SafeString:
    """Under a table with boxes to tick: what can be done with all the ticked rows; buttons in the body."""
    return _made("toolbar", csrf_token=context.get("csrf_token"), words=words, body=content)


@register.inclusion_tag("layout/table.html", takes_context=True)
def table(context: template.Context, table: Table[Any]) -> dict[str, Any]:
    return {"table": table, "request": context["request"]}


@register.inclusion_tag("layout/pages.html", takes_context=True)
def pages(context: template.Context, page: object) -> dict[str, Any]:
    return {"page": page, "request": context["request"]}


@register.inclusion_tag("layout/filters.html", takes_context=True)
def filters(context: template.Context, form: object, button: str = "Показать") -> dict[str, Any]:
    """A form over a list, sent by GET; the order of the table stays."""
    return {"form": form, "button": button, "request": context["request"]}


@register.inclusion_tag("layout/figure.html")
def figure(figure: Figure) -> dict[str, Any]:
    return {"figure": figure}


@register.inclusion_tag("layout/number.html")
def number(figure: Figure) -> dict[str, Any]:
    return {"figure": figure}


@register.inclusion_tag("layout/verdict.html")
def verdict(verdict: Verdict) -> dict[str, Any]:
    return {"told": Told(verdict)}


@register.inclusion_tag("layout/chart.html")
def chart(chart: Chart) -> dict[str, Any]:
    return {"chart": chart}


def _made(name: str, **context: Any) -> SafeString:
    return render_to_string(f"layout/{name}.html", context)
