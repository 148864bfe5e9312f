"""What a user may see: ``visible_to`` above, row-level security (``scope_of``) beneath."""

from opora.access.seeing.standing import Standing, governed, scope_of, standing_of
from opora.access.seeing.visible import visible_to

__all__ = ["Standing", "governed", "scope_of", "standing_of", "visible_to"]
