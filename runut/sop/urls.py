"""Addresses of tasks, runs and procedures."""

from django.urls import path

from runut.sop.views import drafts, inbox, procedures, ratify, runs, tasks

app_name = "sop"

urlpatterns = [
    path("tugas/", inbox.inbox, name="inbox"),
    path("tugas/menunggu/", inbox.waiting, name="waiting"),
    path("tugas/selesai/", inbox.done, name="done"),
    path("tugas/<int:task_id>/", tasks.task, name="task"),
    path("tugas/<int:task_id>/kerjakan/", tasks.do, name="do"),
    path("tugas/<int:task_id>/koordinasi/", tasks.coordinate, name="coordinate"),
    path("tugas/<int:task_id>/berkas/<int:file_id>/", tasks.task_file, name="task_file"),
    path("tugas/<int:task_id>/ingatkan/", tasks.remind, name="remind"),
    path("tugas/<int:task_id>/alihkan/", tasks.hand_over, name="hand_over"),
    path("sop/jalan/", runs.runs, name="runs"),
    path("sop/jalan/<int:run_id>/", runs.run, name="run"),
    path("sop/jalan/<int:run_id>/riwayat/", runs.run_history, name="run_history"),
    path("sop/jalan/<int:run_id>/jeda/", runs.hold, name="hold"),
    path("sop/jalan/<int:run_id>/lanjutkan/", runs.resume, name="resume"),
    path("sop/jalan/<int:run_id>/batalkan/", runs.cancel, name="cancel"),
    path("sop/", procedures.library, name="library"),
    path("sop/impor/", drafts.import_sop, name="import_sop"),
    path("sop/<int:sop_id>/", procedures.sop, name="sop"),
    path("sop/<int:sop_id>/versi/<int:no>/", procedures.version, name="version"),
    path("sop/<int:sop_id>/versi/<int:no>/berkas/", procedures.source, name="source"),
    path("sop/<int:sop_id>/banding/", procedures.compare, name="compare"),
    path("sop/<int:sop_id>/peran/", drafts.lanes, name="lanes"),
    path("sop/<int:sop_id>/sahkan/", ratify.ratify, name="ratify"),
    path("sop/<int:sop_id>/mulai/", drafts.start, name="start"),
]
