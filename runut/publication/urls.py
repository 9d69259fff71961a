"""Addresses of publishing, and of what everybody may read."""

from django.urls import path

from runut.publication.views import public, work

app_name = "publication"

urlpatterns = [
    path("tugas/<int:task_id>/terbitkan/", work.publish, name="publish"),
    path("terbit/<int:document_id>/", work.publish_document, name="publish_document"),
    path("terbit/<int:release_id>/tarik/", work.withdraw, name="withdraw"),
    path("publik/", public.offices, name="offices"),
    path("publik/<slug:slug>/", public.office, name="office"),
    path("publik/<slug:slug>/<int:year>/", public.office_year, name="office_year"),
    path("publik/<slug:slug>/<int:year>/v<int:no>/", public.release, name="release"),
    path("publik/<slug:slug>/<int:year>/v<int:no>/data.csv", public.release_csv, name="release_csv"),
]
