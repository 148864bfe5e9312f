"""Every page for every role: none → the sign-in page or 403, in scope → 200, out of scope → 404.

What is out of one's scope is there, and its owner gets it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import URLPattern, path, reverse

from opora.access.keeping import KEEPS
from opora.access.models import User
from opora.access.roles import SERVICE, Role
from opora.intake.adapters import Dropped
from opora.intake.domain.verbs import start
from opora.intake.domain.work import carry_out
from opora.intake.models import IntakeBatch
from opora.people.models import Organisation, Person
from opora.privacy.reading import readings_of
from opora.registry.scope import scope
from opora.web.api.door import NO_PAGE
from opora.web.intake.reach import TAKES_IN
from opora.web.number_rights import SEES_NUMBERS
from opora.web.organisation.rights import INSIDE
from opora.web.urls import urlpatterns
from tests.access.world import MENTOR, SCHOOLS, TESTS, School, territory, user_of
from tests.web.office_pages import ADMINISTRATORS, GIVEN, KEEPERS, a_programme
from tests.web.people import a_proposal, browser, with_second_factor

pytestmark = pytest.mark.usefixtures("world")
HERE, NEIGHBOUR, VILLAGE, _ = SCHOOLS
WHOLE_TOWN = frozenset({Role.ADMINISTRATOR, Role.HEAD, Role.METHODIST, Role.PSYCHOLOGIST, Role.OBSERVER})
Arguments = dict[str, Any]

PUBLIC = {
    "appearance",
    "health",
    "invitation",
    "new_password",
    "account_login",
    "account_logout",
    "account_inactive",
    "mfa_authenticate",
    "openid_connect_login",
    "openid_connect_callback",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
    "tables",
    "table",
    "table_workbook",
    "api_description",
    "api_nothing",
}
"""Pages without a gate. A page comes here only by decision."""


@dataclass(frozen=True)
class Page:
    """What a page answers to those for whom it is. ``of``: its arguments for something of a school; without it the
    page is one for all, and shows what ``visible_to`` gives."""

    of: Callable[[School], Arguments] | None = None
    given: Arguments = field(default_factory=dict)
    """Arguments that say of what kind something is asked, and not of whom."""
    answer: int = 200
    hidden: set[Role] = field(default_factory=set)
    missing: frozenset[Role] = frozenset()
    """To whom it opens for other things than this."""
    whole_town: frozenset[Role] = WHOLE_TOWN
    """Who gets that of the school beside, too."""

    def arguments(self, school: School) -> Arguments:
        return self.given | (self.of(school) if self.of else {})


def someone(school: School) -> Arguments:
    with scope([territory(school.town)], TESTS):
        return {"pk": Person.objects.get(key=school.key("person")).pk}


def an_organisation(school: School) -> Arguments:
    with scope([territory(school.town)], TESTS):
        return {"pk": Organisation.objects.get(key=school.key("organisation")).pk}


def an_indicator(school: School) -> Arguments:
    return a_programme(school) | {"code": "X-1"}


def a_form(school: School, **more: str) -> Arguments:
    with scope([territory(school.town)], TESTS):
        return {"pk": Organisation.objects.get(key=school.key("organisation")).pk, "year": 2024, **more}


def a_cell(school: School) -> Arguments:
    return a_form(school, line="all", box="total")


def a_new_fact(school: School) -> Arguments:
    return someone(school) | {"table": "training"}


def a_correction(school: School) -> Arguments:
    return someone(school) | {"table": "person", "row": someone(school)["pk"]}


def a_batch(school: School) -> Arguments:
    """One of each town, with a line in question."""
    town = territory(school.town)
    with scope([town], TESTS):
        kept = IntakeBatch.objects.first()
    if kept is None:
        row = "<tr><th>ФИО</th><th>Должность</th></tr><tr><td>Новая Анна Львовна</td><td>учитель</td></tr>"
        dropped = Dropped("сотрудники.html", f'<meta charset="utf-8"><table>{row}</table>'.encode())
        kept = start([dropped], on=dt.date(2024, 9, 1), municipality=town, by=TESTS)
        carry_out(kept.pk, town)
    return {"pk": kept.pk}


TAKES_NOTHING_IN = set(Role) - set(TAKES_IN)
ASKS_PASSWORD_FIRST = Page(answer=302)
NUMBERLESS = set(Role) - set(SEES_NUMBERS)
WRITES_NOTHING = set(Role) - set(KEEPS)
KEEPS_NO_DIPLOMAS = frozenset({Role.ADMINISTRATOR, Role.MENTOR, Role.ASSOCIATION_HEAD, Role.PSYCHOLOGIST})
PAGES = {
    "start": Page(),
    "design": Page(),
    "search": Page(),
    "guide_contents": Page(),
    "guide": Page(given={"name": "obzor"}),
    "guide_picture": Page(given={"name": "unknown.svg"}),
    "indicator": Page(of=an_indicator, hidden=NUMBERLESS),
    "indicator_workbook": Page(of=an_indicator, hidden=NUMBERLESS, answer=302),
    "organisations": Page(),
    "organisations_workbook": Page(),
    "organisations_compare": Page(hidden=set(Role) - set(SERVICE)),
    "intake": Page(hidden=TAKES_NOTHING_IN),
    "intake_batch": Page(of=a_batch, hidden=TAKES_NOTHING_IN),
    "intake_files": Page(of=a_batch, hidden=TAKES_NOTHING_IN),
    "intake_lines": Page(of=a_batch, hidden=TAKES_NOTHING_IN),
    "people": Page(hidden={Role.EXPERT, Role.OBSERVER}),
    "lists": Page(),
    "list": Page(given={"what": "training_programme"}),
    "selections": Page(),
    "selection_new": Page(given={"what": "training_programme"}),
    "list_workbook": Page(given={"what": "training_programme"}),
    "list_csv": Page(given={"what": "training_programme"}),
    "list_parquet": Page(given={"what": "training_programme"}),
    "row": Page(of=an_organisation, given={"what": "organisation"}, whole_town=frozenset(Role)),
    "row_new": Page(given={"what": "education"}, hidden=WRITES_NOTHING, missing=KEEPS_NO_DIPLOMAS),
    "row_many": Page(given={"what": "education"}, hidden=WRITES_NOTHING, missing=KEEPS_NO_DIPLOMAS),
    "row_set": Page(given={"what": "education", "field": "level"}, hidden=WRITES_NOTHING, missing=KEEPS_NO_DIPLOMAS),
    "row_filled": Page(given={"what": "education"}, hidden=WRITES_NOTHING, missing=KEEPS_NO_DIPLOMAS, answer=302),
    "row_fill": Page(given={"what": "education", "field": "level"}, hidden=WRITES_NOTHING, missing=KEEPS_NO_DIPLOMAS),
    "row_choose": Page(
        given={"what": "education", "field": "person"}, hidden=WRITES_NOTHING, missing=KEEPS_NO_DIPLOMAS
    ),
    "organisation": Page(of=an_organisation, whole_town=frozenset(Role)),
    "organisation_workbook": Page(of=an_organisation, hidden=set(Role) - set(INSIDE)),
    "organisation_sheet": Page(of=an_organisation, hidden=set(Role) - set(INSIDE)),
    "person": Page(of=someone, hidden={Role.EXPERT, Role.OBSERVER}),
    "private": Page(of=someone, hidden=set(Role) - {Role.HEAD, Role.METHODIST, Role.COORDINATOR, Role.EDUCATOR}),
    "heat": Page(hidden=set(Role) - set(SERVICE)),
    "heat_workbook": Page(hidden=set(Role) - set(SERVICE)),
    "region": Page(hidden=NUMBERLESS),
    "region_workbook": Page(hidden=NUMBERLESS),
    **{name: Page(hidden=set(Role) - set(INSIDE)) for name in ("courses", "courses_workbook", "month")},
    "reconciliation": Page(hidden=set(Role) - set(INSIDE)),
    **{
        f"reconciliation_{name}": Page(of=a_form, hidden=set(Role) - set(INSIDE))
        for name in ("sheet", "figures", "template")
    },
    "reconciliation_cell": Page(of=a_cell, hidden=set(Role) - set(INSIDE)),
    "proposing": Page(of=someone, hidden=set(Role) - {Role.EDUCATOR}),
    "propose_new": Page(of=a_new_fact, hidden=set(Role) - {Role.EDUCATOR}),
    "propose_correction": Page(of=a_correction, hidden=set(Role) - {Role.EDUCATOR}),
    "proposals": Page(hidden=set(Role) - {Role.HEAD, Role.METHODIST, Role.COORDINATOR}),
    **{
        name: Page(of=a_proposal, hidden=set(Role) - {Role.HEAD, Role.METHODIST, Role.COORDINATOR, Role.EDUCATOR})
        for name in ("proposal", "proposal_file")
    },
    "office_publishing": Page(hidden=set(Role) - {Role.HEAD}),
    "account": Page(),
    "account_change_password": Page(),
    "tokens": Page(),
    "token_new": Page(),
    "account_reauthenticate": Page(),
    "usersessions_list": Page(),
    "mfa_index": Page(),
    "mfa_reauthenticate": Page(),
    "mfa_activate_totp": ASKS_PASSWORD_FIRST,
    "mfa_deactivate_totp": ASKS_PASSWORD_FIRST,
    "mfa_view_recovery_codes": ASKS_PASSWORD_FIRST,
    "mfa_generate_recovery_codes": ASKS_PASSWORD_FIRST,
    **{
        name: Page(of, GIVEN.get(name, {}), hidden=set(Role) - roles)
        for pages, roles in ((ADMINISTRATORS, {Role.ADMINISTRATOR}), (KEEPERS, {Role.ADMINISTRATOR, Role.HEAD}))
        for name, of in pages.items()
    },
}


@pytest.fixture(scope="module")
def users(world: None) -> dict[tuple[Role, School], User]:
    return {(role, school): with_second_factor(user_of(role, school)) for role in Role for school in SCHOOLS}


def status(user: User | None, name: str, arguments: Arguments) -> int:
    return browser(user).get(reverse(name, kwargs=arguments)).status_code


def test_every_page_has_its_triad_or_is_public() -> None:
    patterns: list[URLPattern] = [pattern for pattern in urlpatterns if isinstance(pattern, URLPattern)]
    assert len(patterns) == len(urlpatterns)
    gates = {pattern.name: getattr(pattern.callback, "opens_to", "no gate") for pattern in patterns}
    assert {name for name, roles in gates.items() if roles is None} == PUBLIC
    pages = {name: roles for name, roles in gates.items() if name not in PUBLIC and roles != NO_PAGE}
    assert pages == {name: frozenset(Role) - page.hidden for name, page in PAGES.items()}


@pytest.mark.parametrize("name", PAGES)
def test_who_has_not_signed_in_is_led_to_the_sign_in_page(name: str) -> None:
    page = PAGES[name]
    address = reverse(name, kwargs=page.arguments(HERE))
    answer = browser().get(address)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{reverse('account_login')}?next={address}")


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_answers_each_role_as_it_must(name: str, role: Role, users: dict[tuple[Role, School], User]) -> None:
    page, user = PAGES[name], users[role, HERE]
    own = page.arguments(HERE)
    if role in page.hidden:
        assert status(user, name, own) == 403
        return
    if role in page.missing:
        assert status(user, name, own) == 404
        return
    assert status(user, name, own) == page.answer
    if page.of:
        away = page.arguments(VILLAGE)
        assert status(user, name, away) == 404
        assert status(users[role, VILLAGE], name, away) == page.answer
        near = page.arguments(NEIGHBOUR)
        assert status(user, name, near) == (page.answer if role in page.whole_town else 404)
        assert status(users[role, NEIGHBOUR], name, near) == page.answer


@pytest.mark.parametrize("name", PAGES)
def test_who_holds_no_role_gets_her_account_and_nothing_of_others(name: str, world: None) -> None:
    user, page = User.objects.create(email=f"{name}@example.org", full_name="Без роли"), PAGES[name]
    arguments = page.arguments(HERE)
    browsing = browser(user)
    answer = browsing.get(reverse(name, kwargs=arguments))
    if page.hidden or page.of:
        assert answer.status_code == 403
    text = answer.content.decode(errors="replace")
    assert not any(school.name in text for school in SCHOOLS)


@pytest.mark.parametrize("role", Role)
def test_the_list_of_organisations_holds_those_of_the_town_and_no_others(
    role: Role, users: dict[tuple[Role, School], User]
) -> None:
    text = browser(users[role, HERE]).get(reverse("organisations")).content.decode()
    shown = {school.name for school in SCHOOLS if f"title {school.name}" in text}
    assert shown == {HERE.name, NEIGHBOUR.name}


def test_a_card_shows_no_job_that_its_reader_may_not_see(users: dict[tuple[Role, School], User]) -> None:
    with scope([territory("город")], TESTS):
        mentor = Person.objects.get(key=HERE.key(MENTOR)).pk
    assert status(users[Role.METHODIST, HERE], "person", {"pk": mentor}) == 200
    assert status(users[Role.COORDINATOR, HERE], "person", {"pk": mentor}) == 404
    text = browser(users[Role.COORDINATOR, HERE]).get(reverse("person", kwargs=someone(HERE))).content.decode()
    assert f"title {HERE.name}" in text


def test_a_card_that_somebody_else_reads_is_logged_and_ones_own_is_not(
    users: dict[tuple[Role, School], User],
) -> None:
    methodist, herself, card = users[Role.METHODIST, HERE], users[Role.EDUCATOR, HERE], someone(HERE)
    with scope([territory("город")], TESTS):
        before = len(readings_of(card["pk"]))
    assert status(methodist, "person", card) == status(herself, "person", card) == 200
    assert status(users[Role.METHODIST, VILLAGE], "person", card) == 404
    with scope([territory("город")], TESTS):
        told = readings_of(card["pk"])
    assert len(told) == before + 1
    assert (told[0].who, told[0].address, told[0].what) == (methodist.acting, "127.0.0.1", "карточка")


def without_gate(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Все секреты")


class Careless:
    urlpatterns = (*urlpatterns, path("careless/", without_gate, name="careless"))


@override_settings(ROOT_URLCONF=Careless)
def test_a_page_without_a_gate_opens_for_nobody() -> None:
    with pytest.raises(ImproperlyConfigured, match="has no gate"):
        browser().get("/careless/")


def test_an_administrator_gets_nothing_before_her_second_factor(world: None) -> None:
    user = user_of(Role.ADMINISTRATOR, HERE, "new@example.org")
    for name, page in PAGES.items():
        answer = browser(user).get(reverse(name, kwargs=page.arguments(HERE)))
        if name in ("mfa_index", "account_reauthenticate"):
            assert answer.status_code == 200
        elif name == "mfa_activate_totp":
            assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
        else:
            assert answer.headers["Location"] == reverse("mfa_activate_totp"), name
