"""Selections of lists: kept under a name, renamed, shared, forgotten."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from opora.access.domain.selections import forget_selection, keep_selection, rename_selection, selections_for
from opora.access.models import Selection
from opora.registry.verbs import Refused
from opora.web.forms import number_in
from opora.web.gate import Request
from opora.web.lists.filters import Filters
from opora.web.lists.listing import LISTS, address_of
from opora.web.lists.selections import NamingForm, by_list, query_of, services_of, told_in_words
from opora.web.refusals import tell
from opora.web.views.lists import listing_of


def new_selection(request: Request, what: str) -> HttpResponse:
    """Of the list as its address narrows it; what the list does not understand is not kept."""
    listing, standing = listing_of(request, what), request.standing
    filters = Filters(request.GET or None, listing, standing)
    if filters.is_bound and not filters.is_valid():
        return redirect(address_of(what, request.GET.urlencode()))
    query = query_of(request.GET, filters, [column.name for column in listing.columns(standing)])
    form = NamingForm(services_of(standing), request.POST or None)
    if form.is_valid():
        try:
            kept = keep_selection(what, query, form.naming, standing=standing)
        except Refused as refused:
            tell(form, refused)
        else:
            messages.success(request, f"Отбор «{kept.title}» сохранён: он стоит над списком и на странице «Списки»")
            return redirect(address_of(what, query))
    told = told_in_words(filters, request.GET.dict())
    context = {"listing": listing, "form": form, "told": told, "back": address_of(what, query)}
    return render(request, "lists/selection.html", context)


def selections(request: Request) -> HttpResponse:
    """All that are hers, each with its form."""
    mine, services = selections_for(request.standing).filter(user=request.user), services_of(request.standing)
    sent: NamingForm | None = None
    named: Selection | None = None
    if request.method == "POST":
        named = get_object_or_404(mine, pk=number_in(request.POST.get("selection", "")))
        sent = NamingForm(services, request.POST, named)
        if _done(request, named, sent):
            return redirect("selections")
    forms = {one: sent if sent and one == named else NamingForm(services, kept=one) for one in mine}
    shown = [
        (_title(table), [(one, forms[one], address_of(table, one.query) if table in LISTS else "") for one in some])
        for table, some in by_list(list(forms)).items()
    ]
    return render(request, "lists/selections.html", {"shown": shown})


def _title(table: str) -> str:
    return LISTS[table].title if table in LISTS else "Такого списка больше нет"


def _done(request: Request, kept: Selection, form: NamingForm) -> bool:
    """False: the form is to be looked at again."""
    if request.POST.get("act") == "forget":
        forget_selection(kept, standing=request.standing)
        messages.success(request, f"Отбор «{kept.title}» удалён")
        return True
    if not form.is_valid():
        return False
    try:
        rename_selection(kept, form.naming, standing=request.standing)
    except Refused as refused:
        tell(form, refused)
        return False
    messages.success(request, "Сохранено")
    return True
