"""Every address of Opora, each with its gate."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as openid
from allauth.usersessions import views as sessions
from django.urls import path
from django.views.decorators.cache import cache_control

from opora.access.roles import SERVICE, Role
from opora.web.api.urls import INTERFACE
from opora.web.gate import open_to, public, signed_in
from opora.web.intake_urls import INTAKE
from opora.web.layout.appearance import change_appearance
from opora.web.list_urls import LISTS, SEES_PEOPLE
from opora.web.number_rights import SEES_NUMBERS
from opora.web.office_urls import OFFICE
from opora.web.organisation.rights import INSIDE
from opora.web.proposal_urls import PROPOSALS
from opora.web.reconciliation_urls import RECONCILIATION
from opora.web.search_urls import FINDING
from opora.web.survey_urls import SURVEYS
from opora.web.views.account import account_page
from opora.web.views.design import design
from opora.web.views.health import health
from opora.web.views.indicator import indicator, indicator_workbook
from opora.web.views.invitation import invitation
from opora.web.views.organisation import (
    compare_organisations,
    organisation,
    organisation_sheet,
    organisation_workbook,
)
from opora.web.views.organisations import organisations, organisations_workbook
from opora.web.views.person import person
from opora.web.views.private import KEEPERS, private
from opora.web.views.sign_in import NewPassword, SignIn
from opora.web.views.start import start
from opora.web.views.tables import table, tables, workbook
from opora.web.views.tokens import new_token, tokens

_kept_nowhere = cache_control(private=True, no_store=True)
"""Of a page behind a secret link."""

handler400 = "opora.web.views.errors.not_understood"
handler500 = "opora.web.views.errors.failed"

urlpatterns = [
    path("", signed_in(start), name="start"),
    path("indicators/<int:pk>/<str:code>/", open_to(*SEES_NUMBERS)(indicator), name="indicator"),
    path("indicators/<int:pk>/<str:code>/xlsx/", open_to(*SEES_NUMBERS)(indicator_workbook), name="indicator_workbook"),
    path("organisations/", signed_in(organisations), name="organisations"),
    path("organisations/xlsx/", signed_in(organisations_workbook), name="organisations_workbook"),
    path("organisations/compare/", open_to(*SERVICE)(compare_organisations), name="organisations_compare"),
    path("organisations/<int:pk>/", open_to(*Role)(organisation), name="organisation"),
    path("organisations/<int:pk>/xlsx/", open_to(*INSIDE)(organisation_workbook), name="organisation_workbook"),
    path("organisations/<int:pk>/sheet/", open_to(*INSIDE)(organisation_sheet), name="organisation_sheet"),
    *LISTS,
    path("people/<int:pk>/", open_to(*SEES_PEOPLE)(person), name="person"),
    path("people/<int:pk>/private/", open_to(*KEEPERS, Role.EDUCATOR)(private), name="private"),
    *RECONCILIATION,
    *SURVEYS,
    *PROPOSALS,
    *INTAKE,
    path("tables/", public(tables), name="tables"),
    path("tables/<int:pk>/", public(table), name="table"),
    path("tables/<int:pk>/xlsx/", public(workbook), name="table_workbook"),
    *INTERFACE,
    path("health", public(health), name="health"),
    path("invitation/<str:token>/", public(_kept_nowhere(invitation)), name="invitation"),
    path("appearance/", public(change_appearance), name="appearance"),
    path("design/", signed_in(design), name="design"),
    *FINDING,
    *OFFICE,
    # ── one's own account ───────────────────────────────────────────────────────────────────────────────────────
    path("account/", signed_in(account_page), name="account"),
    path("account/programs/", signed_in(tokens), name="tokens"),
    path("account/programs/new/", signed_in(_kept_nowhere(new_token)), name="token_new"),
    path("account/login/", public(SignIn.as_view()), name="account_login"),
    path("account/logout/", public(account.logout), name="account_logout"),
    path("account/inactive/", public(account.account_inactive), name="account_inactive"),
    path("account/new-password/<uidb64>/<token>/", public(NewPassword.as_view()), name="new_password"),
    path("account/password/", signed_in(account.password_change), name="account_change_password"),
    path("account/sessions/", signed_in(sessions.list_usersessions), name="usersessions_list"),
    path(
        "account/reauthenticate/",
        signed_in(account.reauthenticate, before_second_factor=True),
        name="account_reauthenticate",
    ),
    # ── the second factor ───────────────────────────────────────────────────────────────────────────────────────
    path("account/second-factor/", signed_in(mfa.index, before_second_factor=True), name="mfa_index"),
    path("account/second-factor/login/", public(mfa.authenticate), name="mfa_authenticate"),
    path("account/second-factor/reauthenticate/", signed_in(mfa.reauthenticate), name="mfa_reauthenticate"),
    path(
        "account/second-factor/activate/",
        signed_in(totp.activate_totp, before_second_factor=True),
        name="mfa_activate_totp",
    ),
    path("account/second-factor/deactivate/", signed_in(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("account/recovery-codes/", signed_in(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "account/recovery-codes/generate/",
        signed_in(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    # ── OpenID Connect, where it is set up ──────────────────────────────────────────────────────────────────────
    path("account/<slug:provider_id>/login/", public(openid.login), name="openid_connect_login"),
    path("account/<slug:provider_id>/login/callback/", public(openid.callback), name="openid_connect_callback"),
    path("account/openid/cancelled/", public(social.login_cancelled), name="socialaccount_login_cancelled"),
    path("account/openid/error/", public(social.login_error), name="socialaccount_login_error"),
]
