"""Why a backup is not what somebody takes it for."""


class Unfit(Exception):
    """The archive, or the key to it, is refused; nothing was written. The message says why."""
