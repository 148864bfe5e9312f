"""Signing in with a password, and a new password by a link."""

from __future__ import annotations

from allauth.account.views import LoginView
from axes.decorators import axes_dispatch, axes_form_invalid
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.tokens import default_token_generator
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from opora.access.models import User
from opora.registry.scope import Actor, scope


@method_decorator(axes_dispatch, name="dispatch")
@method_decorator(axes_form_invalid, name="form_invalid")
class SignIn(LoginView):  # type: ignore[misc]
    """allauth's own, behind the lock of axes."""


class NewPassword(PasswordResetConfirmView):
    """Once, by a link of ``new_password_path``. There is no page that sends one: the administrator gives it."""

    template_name = "account/new_password.html"
    success_url = reverse_lazy("account_login")

    def form_valid(self, form: SetPasswordForm[User]) -> HttpResponse:
        with scope([], Actor("ссылка для нового пароля", str(self.request.META["REMOTE_ADDR"]))):
            return super().form_valid(form)


def new_password_path(user: User) -> str:
    """Good for a day, or until she signs in or changes her password."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("new_password", args=[uid, default_token_generator.make_token(user)])
