"""What a verb refuses, beside the fields in which it is mended."""

from __future__ import annotations

from django import forms

from opora.registry.verbs import Fault, Refused


def tell(form: forms.Form, refused: Refused) -> None:
    for fault in refused.faults:
        form.add_error(fault.field if fault.field in form.fields else None, words(fault))


def words(fault: Fault) -> str:
    """«Роль уже дана. Выберите другую»."""
    return f"{fault.message}. {fault.mend}" if fault.mend else fault.message
