"""Logs of the server: a line of JSON for each event, on stderr, for whatever collects them."""

from __future__ import annotations

import logging
import re
from typing import Any

from pythonjsonlogger.core import RESERVED_ATTRS

_UNSAID = ["request", "response", "server_time"]
"""What Django hangs on its records: a request in words has its query string, which is nobody's business."""
_SECRET = re.compile(r"(/(?:invitation|account/new-password)/)[^\s\"']+")
"""Addresses that let in whoever knows them."""


def without_secrets(text: str) -> str:
    """An address, or words with addresses in them, as a log may have them."""
    return _SECRET.sub(r"\1…", text)


class WithoutSecrets(logging.Filter):
    """Django tells the address of whatever it refuses, a link that is still good too."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = without_secrets(record.getMessage()), ()
        return True


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "fmt": ["levelname", "name", "message"],
            "rename_fields": {"levelname": "level", "name": "logger"},
            "timestamp": "time",
            "reserved_attrs": [*RESERVED_ATTRS, *_UNSAID],
            "json_ensure_ascii": False,
        }
    },
    "filters": {"without secrets": {"()": "opora.web.logs.WithoutSecrets"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["without secrets"]}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        # These bring handlers of their own, or say more than is wanted.
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        "_granian": {"handlers": [], "propagate": True, "level": "INFO"},
        "procrastinate": {"level": "WARNING"},
        "axes": {"level": "WARNING"},
    },
}
