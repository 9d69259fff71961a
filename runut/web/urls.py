"""Addresses of the shell."""

from django.urls import path

from runut.web import imports, setup, views

app_name = "web"

urlpatterns = [
    path("", views.home, name="home"),
    path("bahasa/", views.change_language, name="change_language"),
    path("bantuan/", views.help_page, name="help_page"),
    path("bantuan/<slug:page>/", views.guide, name="guide"),
    path("atur/log/", views.office_log, name="office_log"),
    path("siapkan/", setup.setup, name="setup"),
    path("atur/impor/", imports.choose, name="imports"),
    path("atur/impor/hasil/<int:staged_id>/", imports.outcome, name="import_outcome"),
    path("atur/impor/<int:office_id>/<slug:kind>/", imports.look, name="import_table"),
    path("atur/impor/<int:office_id>/<slug:kind>/contoh/", imports.example, name="import_example"),
    path("atur/impor/<int:office_id>/<slug:kind>/sekarang/", imports.present, name="import_present"),
    path("periode/<int:period_id>/impor/", imports.import_period, name="import_period"),
    path("periode/lama/<int:office_id>/impor/", imports.import_past, name="import_past"),
    path("periode/lama/<int:office_id>/impor/contoh/", imports.past_example, name="import_past_example"),
    path("periode/<int:period_id>/impor-ekinerja/", imports.import_records, name="import_records"),
    path("periode/<int:period_id>/impor-ekinerja/contoh/", imports.records_example, name="import_records_example"),
    path("jejak/<str:subject_type>/<int:subject_id>/", views.trail, name="trail"),
    path("healthz", views.healthz, name="healthz"),
]
