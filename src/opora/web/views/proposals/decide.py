"""For who keeps the cards: what is proposed, and the answer to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header

from opora.privacy.models import Proposal, ProposalFile
from opora.privacy.proposals import Answer, confirm, decline, file_of
from opora.privacy.reading import log_reading
from opora.registry.batch.words import described
from opora.registry.verbs import Refused
from opora.web.actors import names_of
from opora.web.gate import Request
from opora.web.layout.cells import Link
from opora.web.layout.table import Column, table_of
from opora.web.refusals import tell
from opora.web.views.proposals.reach import badge, facts, seen, state, to_decide, what

_COLUMNS = (
    Column[Proposal](
        "who",
        "Кто предлагает",
        lambda one: Link(described(one.person), reverse("proposal", args=[one.pk])),
        sort=("person__last_name", "person__first_name"),
        head=True,
    ),
    Column[Proposal]("what", "Что", what, sort=("table_name",)),
    Column[Proposal]("when", "Когда", lambda one: one.proposed_at, sort=("proposed_at",)),
    Column[Proposal]("state", "Решение", state, sort=("verdict",)),
)


class AnswerForm(forms.Form):
    words = forms.CharField(
        label="Ответ педагогу",
        required=False,
        max_length=1000,
        help_text="Если отклоняете, напишите почему",
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def proposals(request: Request) -> HttpResponse:
    decided = "decided" in request.GET
    rows = to_decide(request.standing).filter(verdict__isnull=not decided).select_related("person")
    table = table_of(request, rows, _COLUMNS, default="-when" if decided else "when")
    assert table.page is not None
    people = [one.person_id for one in table.page.object_list]
    log_reading(people, by=request.standing.actor, what="предложения", own=request.user.person_id)
    return render(request, "proposals/list.html", {"table": table, "decided": decided})


def proposal(request: Request, pk: int) -> HttpResponseBase:
    found = _found(request, pk)
    deciding = to_decide(request.standing).filter(pk=pk).exists()
    form = AnswerForm(request.POST or None)
    if request.method == "POST":
        if not deciding:
            raise PermissionDenied
        if found.verdict is not None:
            messages.info(request, "На это предложение уже ответили")
        elif form.is_valid() and _answered(request, found, form):
            return redirect("proposals")
    log_reading([found.person_id], by=request.standing.actor, what="предложение", own=request.user.person_id)
    context: dict[str, Any] = {
        "proposal": found,
        "name": described(found.person),
        "what": what(found),
        "state": badge(found),
        "facts": facts(found),
        "file": ProposalFile.objects.filter(proposal=found).only("name", "size").first(),
        "mine": not deciding,
        "by": names_of([found.decided_by]).get(found.decided_by, ""),
        "form": form if deciding and found.verdict is None else None,
    }
    return render(request, "proposals/proposal.html", context)


def proposal_file(request: Request, pk: int) -> HttpResponse:
    found = _found(request, pk)
    file = file_of(found.pk)
    if file is None:
        raise Http404("Файла нет")
    log_reading([found.person_id], by=request.standing.actor, what="файл предложения", own=request.user.person_id)
    # Never shown within Opora's own pages: what somebody has sent must not speak in their name.
    answer = HttpResponse(file.content, content_type=file.kind)
    answer.headers["Content-Disposition"] = content_disposition_header(True, file.name) or "attachment"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _found(request: Request, pk: int) -> Proposal:
    return get_object_or_404(seen(request.standing).select_related("person"), pk=pk)


def _answered(request: Request, found: Proposal, form: AnswerForm) -> bool:
    verbs = {"confirm": (confirm, "Подтверждено: запись внесена"), "decline": (decline, "Отклонено")}
    act = request.POST.get("act", "")
    if act not in verbs:
        raise Http404("Такой кнопки нет")
    verb, done = verbs[act]
    answer = Answer(proposal=found.pk, words=form.cleaned_data["words"])
    try:
        verb([answer], municipality=found.municipality_id, by=request.standing.actor)
    except Refused as refused:
        tell(form, refused)
        return False
    messages.success(request, done)
    return True
