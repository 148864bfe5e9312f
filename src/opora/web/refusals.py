"""What a verb refuses: beside the fields in which it is mended, or above the page."""

from __future__ import annotations

from django import forms
from django.contrib import messages

from opora.registry.verbs import Fault, Refused
from opora.web.gate import Request


def tell(form: forms.Form, refused: Refused) -> None:
    for fault in refused.faults:
        form.add_error(fault.field if fault.field in form.fields else None, words_of(fault))


def tell_above(request: Request, refused: Refused) -> None:
    for fault in refused.faults:
        messages.error(request, words_of(fault))


def words_of(fault: Fault) -> str:
    """«Роль уже дана. Выберите другую»."""
    return f"{fault.message}. {fault.mend}" if fault.mend else fault.message
