"""Addresses of the demonstration."""

from django.urls import path

from runut.web.demo import views

app_name = "demo"

urlpatterns = [
    path("", views.choose, name="choose"),
    path("masuk/", views.enter, name="enter"),
]
