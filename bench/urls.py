"""The addresses that an inbox's rows link to; no page is opened here."""

from django.urls import include, path

urlpatterns = [path("", include("runut.sop.urls"))]
