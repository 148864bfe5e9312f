"""One column set in the rows that were ticked, after a look at what was and what becomes."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render

from opora.access.keeping import places_of
from opora.privacy.reading import log_reading
from opora.web.forms import number_in
from opora.web.gate import Request
from opora.web.lists.listing import LISTS, address_of
from opora.web.rows.kept import KEPT
from opora.web.rows.setting import Setting, settable


def set_rows(request: Request, what: str, field: str) -> HttpResponseBase:
    """``?row=17&row=18``: in which; what is sent back names those whose ticks are left."""
    kept, standing = KEPT.get(what), request.standing
    if kept is None or field not in settable(kept) or not places_of(standing, kept.model):
        raise Http404("Такого столбца нет, или вы его не ведёте")
    sent = request.POST if request.method == "POST" else None
    named = (sent or request.GET).getlist("row")
    setting = Setting(kept, field, [n for text in named if (n := number_in(text)) is not None], standing, sent)
    if sent is not None and "find" in sent:
        setting.look_up()
    elif sent is not None and (count := setting.done()) is not None:
        messages.success(request, f"Изменено: {count}" if count else "Ничего не изменено: везде так и было")
        return redirect(address_of(what))
    people = LISTS[what].shown(setting.rows, standing)
    log_reading(people, by=standing.actor, what=f"строки «{kept.title}»", own=request.user.person_id)
    return render(request, "rows/set.html", {"table": kept, "setting": setting})
