"""Addresses of tasks, runs and procedures."""

from django.urls import path

from runut.sop.views import inbox, tasks

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
]
