"""The process that carries out jobs of the queue: ``python -m opora.web.worker``, started by ``opora serve``."""

from __future__ import annotations

import logging.config
import os
import sys

from opora.site.setup import set_up_django
from opora.web.logs import LOGGING

POLITE = 10
"""By so much its work stands behind that of the pages: somebody waits for them, and a count takes every core."""
_log = logging.getLogger("opora.web.worker")


def main() -> int:
    """It ends when the database does; the server starts it again."""
    os.nice(POLITE)
    set_up_django()
    logging.config.dictConfig(LOGGING)
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector
    from procrastinate.exceptions import ConnectorException

    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    try:
        with app.replace_connector(connector.get_worker_connector()) as working:
            working.run_worker(name="opora")
    except ConnectorException as gone:
        _log.error("the database has gone: %s", gone.__cause__ or gone)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
