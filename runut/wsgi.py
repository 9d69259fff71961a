"""The application as web servers know it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "runut.settings")

application = get_wsgi_application()
