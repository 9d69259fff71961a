"""The product's own settings, for measuring its pages: static files are named without having been gathered."""

from runut.settings import *  # noqa: F403
from runut.settings import STORAGES

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
