"""What granian loads in each of its processes."""

from __future__ import annotations

import logging.config

from django.core.handlers.wsgi import WSGIHandler

from opora.site.setup import set_up_django
from opora.web.logs import LOGGING

set_up_django()
logging.config.dictConfig(LOGGING)
application = WSGIHandler()
