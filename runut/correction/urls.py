"""Addresses of error reports, cases, and the steps that order, plan, examine and decide."""

from django.urls import path

from runut.correction.views import cases, meetings, reports, steps

app_name = "correction"

urlpatterns = [
    path("kesalahan/", reports.reports, name="reports"),
    path("kesalahan/lapor/", reports.report, name="report"),
    path("kesalahan/<int:report_id>/tolak/", reports.decline, name="decline"),
    path("perbaikan/", cases.corrections, name="corrections"),
    path("perbaikan/buka/", cases.open_case, name="open"),
    path("perbaikan/<int:case_id>/", cases.correction, name="correction"),
    path("perbaikan/<int:case_id>/angka/", cases.items, name="items"),
    path("perbaikan/<int:case_id>/batalkan/", cases.withdraw, name="withdraw"),
    path("perbaikan/<int:case_id>/rapat/", meetings.meeting, name="meeting"),
    path("perbaikan/<int:case_id>/berita-acara/", meetings.minutes, name="minutes"),
    path("tugas/<int:task_id>/perintah/", steps.instruct, name="instruct"),
    path("tugas/<int:task_id>/rencana/", steps.plan, name="plan"),
    path("tugas/<int:task_id>/analisis/", steps.analyse, name="analyse"),
    path("tugas/<int:task_id>/rapat/", meetings.meet, name="meet"),
    path("tugas/<int:task_id>/notula/", meetings.task_minutes, name="task_minutes"),
]
