"""Settings of the bench: the product's own, with the rivals' apps beside it.

Which database it is, and where it lies, comes through DATABASE_URL and RUNUT_DATA, as in the product.
"""

from runut.settings import *  # noqa: F403
from runut.settings import INSTALLED_APPS, STORAGES

INSTALLED_APPS = [*INSTALLED_APPS, "viewflow", "viewflow.workflow", "bench.rivals"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
ROOT_URLCONF = "bench.urls"
SILENCED_SYSTEM_CHECKS = ["viewflow.W001"]
