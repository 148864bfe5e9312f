"""For herself: what may be mended or added, and its form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.datastructures import MultiValueDict

from opora.access.roles import Role
from opora.access.seeing import visible_to
from opora.indicators.dataset.cells import Value
from opora.people.models import Person
from opora.privacy.proposals import LARGEST, SUBJECTS, File, NewProposal, Subject
from opora.privacy.proposals import propose as propose_all
from opora.registry.batch.columns import value_of
from opora.registry.batch.words import described
from opora.registry.verbs import Refused
from opora.web.gate import Request
from opora.web.layout.table import page_of
from opora.web.person.timeline import TELLINGS
from opora.web.places import place_field
from opora.web.refusals import tell
from opora.web.rows.form import RowForm
from opora.web.views.proposals.reach import badge, facts, hers, row_in_words, what

_BESIDE = {telling.model: telling.beside for telling in TELLINGS}
_KINDS = ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"


class ProposalForm(RowForm):
    """The fields of the fact, and what comes with them."""

    def __init__(
        self,
        subject: Subject,
        places: frozenset[int],
        row: Mapping[str, Value] | None = None,
        data: Any = None,
        files: Any = None,
    ) -> None:
        super().__init__(subject.entered if row is None else subject.corrected, {}, data, row)
        self.files = files or MultiValueDict()
        self.fields["words"] = forms.CharField(
            label="Пояснение",
            required=False,
            max_length=1000,
            help_text="Если без него не понять, что исправить",
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        self.fields["file"] = forms.FileField(
            label="Копия документа",
            required=False,
            max_length=500,
            help_text=f"Скан или фотография: PDF, JPEG или PNG, не больше {LARGEST // 1_000_000} МБ",
            widget=forms.FileInput(attrs={"accept": _KINDS}),
        )
        self.fields["place"] = place_field(places, "Кому предложить")

    @property
    def file(self) -> File | None:
        given = self.cleaned_data["file"]
        return File(str(given.name), bytes(given.read(LARGEST + 1))) if given else None

    def ask_for_the_file_again(self) -> None:
        """A browser does not keep it, so it must be said."""
        if self.errors and self.files.get("file") and "file" not in self.errors:
            self.add_error("file", "Выберите файл ещё раз: страница его не сохранила")


def proposing(request: Request, pk: int) -> HttpResponse:
    found = _herself(request, pk)
    kept = [(subject, _rows(request, subject, found)) for subject in SUBJECTS.values() if subject.model is not Person]
    page = page_of(request, hers(request.standing).order_by("-proposed_at", "-pk"), 20)
    context = {
        "person": found,
        "name": described(found),
        "new": [subject for subject in SUBJECTS.values() if subject.enter],
        "kept": [(subject.name, row.pk, row_in_words(row)) for subject, rows in kept for row in rows],
        "page": page,
        "proposed": [(one, what(one), badge(one), facts(one)) for one in page.object_list],
    }
    return render(request, "proposals/proposing.html", context)


def propose(request: Request, pk: int, table: str, row: int | None = None) -> HttpResponseBase:
    found = _herself(request, pk)
    subject = SUBJECTS.get(table)
    if subject is None or (row is None and subject.enter is None):
        raise Http404("Этого здесь не предлагают")
    corrected = get_object_or_404(_rows(request, subject, found), pk=row) if row is not None else None
    values = {name: value_of(corrected, name) for name in subject.corrected} if corrected else None
    places = _places(request, corrected)
    form = ProposalForm(subject, places, values)
    if request.method == "POST":
        form = ProposalForm(subject, places, values, request.POST, request.FILES)
        if form.is_valid() and _proposed(request, found, subject, row, form):
            return redirect("proposing", pk)
        form.ask_for_the_file_again()
    title = "Исправить свою карточку" if subject.model is Person else subject.new
    if corrected is not None and subject.model is not Person:
        title = f"Исправить: {row_in_words(corrected)}"
    return render(request, "proposals/propose.html", {"person": found, "title": title, "form": form})


def _proposed(request: Request, person: Person, subject: Subject, row: int | None, form: ProposalForm) -> bool:
    told = NewProposal(
        person=person.pk,
        table=subject.name,
        row=row,
        seen=form.seen if row is not None else None,
        becomes=form.changed if row is not None else form.typed,
        words=form.cleaned_data["words"],
        file=form.file,
    )
    try:
        propose_all([told], municipality=form.cleaned_data["place"].pk, by=request.standing.actor)
    except Refused as refused:
        tell(form, refused)
        return False
    messages.success(request, "Предложение отправлено. В карточке оно появится, когда его подтвердят")
    return True


def _herself(request: Request, pk: int) -> Person:
    """Nobody proposes for somebody else."""
    if pk != request.user.person_id:
        raise Http404("Это не ваша карточка")
    return get_object_or_404(visible_to(request.standing.only(Role.EDUCATOR), Person), pk=pk)


def _rows(request: Request, subject: Subject, person: Person) -> Any:
    mine = visible_to(request.standing.only(Role.EDUCATOR), subject.model)
    beside = _BESIDE.get(subject.model, ())
    return mine.filter(pk__in=subject.rows_of(person.pk).values("pk")).select_related(*beside).order_by("-pk")


def _places(request: Request, row: Any) -> frozenset[int]:
    """Who keeps the row, or may keep a new one."""
    mine = request.standing.territories([Role.EDUCATOR])
    return (mine & {row.municipality_id} or mine) if row is not None else mine
