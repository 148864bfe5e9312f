"""A programme comes in: as a file or as pasted text; its faults, or what it holds, and then it is taken in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from opora.access.seeing import Standing
from opora.cycle.domain.programme import take_in
from opora.people.models import Territory
from opora.programmes.check import examine
from opora.programmes.faults import ProgrammeFaults, pointed_out
from opora.programmes.tree import LARGEST_FILE, decoded
from opora.registry.verbs import Refused
from opora.web.gate import Request
from opora.web.places import place_field
from opora.web.refusals import tell_above
from opora.web.views.office.programmes import holds, kept_by


class UploadForm(forms.Form):
    file = forms.FileField(
        label="Файл программы",
        required=False,
        help_text=f"YAML в кодировке UTF-8, не больше {LARGEST_FILE // 1_000_000} МБ",
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,text/yaml"}),
    )
    text = forms.CharField(
        label="или её текст",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false", "class": "code"}),
    )

    def __init__(self, standing: Standing, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"] = place_field(kept_by(standing), "Чья программа")
        self.order_fields(["place"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("file") and not given.get("text", "").strip():
            raise forms.ValidationError("Выберите файл или вставьте текст")
        return given

    @property
    def place(self) -> Territory:
        chosen: Territory = self.cleaned_data["place"]
        return chosen

    @property
    def content(self) -> bytes:
        """A file goes before a text. Of a text browsers send lines that end as on Windows."""
        if file := self.cleaned_data["file"]:
            return bytes(file.read(LARGEST_FILE + 1))
        return str(self.cleaned_data["text"]).replace("\r\n", "\n").encode()


def upload(request: Request) -> HttpResponseBase:
    form = UploadForm(request.standing, request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        try:
            text = decoded(form.content).replace("\r\n", "\n")
            if request.POST.get("act") == "take" and (taken := _taken(request, text, form.place)):
                return taken
            context |= _looked_at(request, text, form)
        except ProgrammeFaults as refused:
            context["faults"] = [(fault, None) for fault in refused.faults]
    return render(request, "office/upload.html", context)


def _looked_at(request: Request, text: str, form: UploadForm) -> dict[str, Any]:
    examined = examine(text)
    # What came as a file is shown to be mended here, or to be taken in.
    again = UploadForm(request.standing, initial={"text": text, "place": form.place.pk})
    context: dict[str, Any] = {"form": again, "text": text, "place": form.place}
    if examined.programme is None:
        return context | {"faults": list(pointed_out(text, examined.faults))}
    return context | {"held": holds(examined.programme, form.place.pk, request.standing.on)}


def _taken(request: Request, text: str, place: Territory) -> HttpResponseBase | None:
    """None if that was refused: then the text is there to be sent again."""
    try:
        version = take_in(text, municipality=place.pk, by=request.standing.actor)
    except Refused as refused:
        tell_above(request, refused)
        return None
    messages.success(request, f"Редакция {version.number} принята. Осталось ввести её в действие")
    return redirect("office_programme", pk=version.pk)
