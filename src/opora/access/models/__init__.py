from opora.access.models.grant import Grant
from opora.access.models.invitation import Invitation
from opora.access.models.selection import Selection
from opora.access.models.token import Purpose, Token
from opora.access.models.user import User

__all__ = ["Grant", "Invitation", "Purpose", "Selection", "Token", "User"]
