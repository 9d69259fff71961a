"""Addresses of the shell."""

from django.urls import path

from runut.web import views

app_name = "web"

urlpatterns = [
    path("", views.home, name="home"),
    path("bahasa/", views.change_language, name="change_language"),
    path("bantuan/", views.help_page, name="help_page"),
    path("atur/log/", views.office_log, name="office_log"),
    path("jejak/<str:subject_type>/<int:subject_id>/", views.trail, name="trail"),
    path("healthz", views.healthz, name="healthz"),
]
