"""The tests of access ask a real PostgreSQL."""

from tests import installation as _installation  # noqa: F401 - it must come before any model
