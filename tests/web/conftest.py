"""The tests of pages ask a real PostgreSQL, through Django as it runs in the server."""

from tests import installation as _installation  # noqa: F401 - it must come before any model
