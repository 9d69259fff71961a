"""The application as web servers know it."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "runut.settings")

application = get_wsgi_application()

# What is loaded stays: without this the search for garbage goes through all of it, some 60 ms in the middle of a page.
get_resolver().url_patterns  # noqa: B018 — loads the views
gc.collect()
gc.freeze()
