"""Django's request handler, which the server calls from its thread pool (`server.py`)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "filo.config.settings")
application = get_wsgi_application()
