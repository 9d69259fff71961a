"""Every address of the product, room by room. Each room owns its own `urls`."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

ROOMS = ("web", "organisation", "planning", "sop", "collection", "correction", "documents", "publication")

urlpatterns: list[URLPattern | URLResolver] = [path("", include(f"runut.{room}.urls")) for room in ROOMS]

if settings.DEMO:
    urlpatterns.append(path("demo/", include("runut.web.demo.urls")))

handler400 = "runut.web.views.unreadable"
handler403 = "runut.web.views.forbidden"
handler404 = "runut.web.views.not_found"
handler500 = "runut.web.views.broken"
