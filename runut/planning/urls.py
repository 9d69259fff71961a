"""Addresses of the dictionary of indicators and of targets."""

from django.urls import path

from runut.planning import views

app_name = "planning"

urlpatterns = [
    path("atur/indikator/", views.indicators, name="indicators"),
    path("atur/indikator/baru/<int:office_id>/", views.add_indicator, name="add_indicator"),
    path("atur/indikator/<int:indicator_id>/", views.indicator, name="indicator"),
    path("atur/indikator/<int:indicator_id>/ubah/", views.revise_indicator, name="revise_indicator"),
    path("atur/indikator/<int:indicator_id>/target/<int:year>/", views.targets, name="targets"),
]
