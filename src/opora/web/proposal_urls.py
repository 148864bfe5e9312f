"""Addresses of what people propose, each with its gate."""

from __future__ import annotations

from django.urls import path

from opora.access.roles import Role
from opora.web.gate import open_to
from opora.web.views.private import KEEPERS
from opora.web.views.proposals.decide import proposal, proposal_file, proposals
from opora.web.views.proposals.propose import propose, proposing

_herself = open_to(Role.EDUCATOR)
_both = open_to(*KEEPERS, Role.EDUCATOR)

PROPOSALS = (
    path("people/<int:pk>/proposals/", _herself(proposing), name="proposing"),
    path("people/<int:pk>/proposals/<slug:table>/", _herself(propose), name="propose_new"),
    path("people/<int:pk>/proposals/<slug:table>/<int:row>/", _herself(propose), name="propose_correction"),
    path("proposals/", open_to(*KEEPERS)(proposals), name="proposals"),
    path("proposals/<int:pk>/", _both(proposal), name="proposal"),
    path("proposals/<int:pk>/file/", _both(proposal_file), name="proposal_file"),
)
