"""The entry point for a WSGI server; `BAQYLAU_SITE` chooses which tree of pages it serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baqylau.config.settings")

application = get_wsgi_application()
