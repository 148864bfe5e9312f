"""The process that carries out jobs of the queue: ``python -m opora.web.worker``, started by ``opora serve``."""

from __future__ import annotations

import logging.config

from opora.site.setup import set_up_django
from opora.web.logs import LOGGING


def main() -> None:
    set_up_django()
    logging.config.dictConfig(LOGGING)
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    with app.replace_connector(connector.get_worker_connector()) as working:
        working.run_worker(name="opora")


if __name__ == "__main__":
    main()
