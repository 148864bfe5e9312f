"""The addresses of the back office."""

from __future__ import annotations

from django.urls import path

from opora.access.roles import Role
from opora.web.gate import open_to
from opora.web.views.office.grants import grant
from opora.web.views.office.installation import installation
from opora.web.views.office.invitations import invitations, invite_somebody
from opora.web.views.office.programmes import KEEPERS, programmes, text, version
from opora.web.views.office.publishing import publishing
from opora.web.views.office.readings import people, person
from opora.web.views.office.reference import new_row, reference, references, row
from opora.web.views.office.trail import trail
from opora.web.views.office.upload import upload
from opora.web.views.office.users import user, users

ADMINISTRATOR = open_to(Role.ADMINISTRATOR)
KEEPER = open_to(*KEEPERS)

OFFICE = [
    path("office/users/", ADMINISTRATOR(users), name="office_users"),
    path("office/users/<int:pk>/", ADMINISTRATOR(user), name="office_user"),
    path("office/users/<int:pk>/roles/new/", ADMINISTRATOR(grant), name="office_grant"),
    path("office/invitations/", ADMINISTRATOR(invitations), name="office_invitations"),
    path("office/invitations/new/", ADMINISTRATOR(invite_somebody), name="office_invite"),
    path("office/programmes/", KEEPER(programmes), name="office_programmes"),
    path("office/programmes/new/", KEEPER(upload), name="office_programme_upload"),
    path("office/programmes/<int:pk>/", KEEPER(version), name="office_programme"),
    path("office/programmes/<int:pk>/text/", KEEPER(text), name="office_programme_text"),
    path("office/publishing/", open_to(Role.HEAD)(publishing), name="office_publishing"),
    path("office/reference/", ADMINISTRATOR(references), name="office_references"),
    path("office/reference/<slug:table>/", ADMINISTRATOR(reference), name="office_reference"),
    path("office/reference/<slug:table>/new/", ADMINISTRATOR(new_row), name="office_reference_new"),
    path("office/reference/<slug:table>/<int:pk>/", ADMINISTRATOR(row), name="office_reference_row"),
    path("office/trail/", ADMINISTRATOR(trail), name="office_trail"),
    path("office/trail/people/", ADMINISTRATOR(people), name="office_trail_people"),
    path("office/trail/people/<int:pk>/", ADMINISTRATOR(person), name="office_trail_person"),
    path("office/installation/", ADMINISTRATOR(installation), name="office_installation"),
]
