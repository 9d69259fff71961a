"""Addresses of documents: the work on them, and reading them."""

from django.urls import path

from runut.documents.views import books, letterhead, reading, signing, steps

app_name = "documents"

urlpatterns = [
    path("tugas/<int:task_id>/himpun/", steps.compile, name="compile"),
    path("himpunan/<int:year>/<int:quarter>/", steps.compilation, name="compilation"),
    path("tugas/<int:task_id>/konsep/", steps.draft, name="draft"),
    path("tugas/<int:task_id>/nilai/", steps.approve, name="approve"),
    path("tugas/<int:task_id>/lapor/", steps.report, name="report"),
    path("tugas/<int:task_id>/paraf/", steps.initial, name="initial"),
    path("tugas/<int:task_id>/agenda/", books.register, name="register"),
    path("tugas/<int:task_id>/gandakan/", books.reproduce, name="reproduce"),
    path("tugas/<int:task_id>/kirim/", books.dispatch, name="dispatch"),
    path("tugas/<int:task_id>/arsipkan/", books.archive, name="archive"),
    path("pengiriman/<int:dispatch_id>/terima/", books.receipt, name="receipt"),
    path("surat/<int:entry_id>/", books.letter, name="letter"),
    path("tugas/<int:task_id>/ttd/", signing.sign, name="sign"),
    path("tugas/<int:task_id>/dokumen-baru/", signing.refresh, name="refresh"),
    path("tugas/<int:task_id>/paraf-ulang/", signing.renew_task, name="renew_task"),
    path("ttd/<int:document_id>/", signing.sign_document, name="sign_document"),
    path("dokumen/", reading.documents, name="documents"),
    path("dokumen/<int:document_id>/", reading.document, name="document"),
    path("dokumen/sop/<int:run_id>/", reading.of_run, name="of_run"),
    path("dokumen/<int:document_id>/paraf-ulang/", signing.renew, name="renew"),
    path("arsip/", reading.archive_list, name="archive_list"),
    path("atur/kantor/", letterhead.office, name="office"),
    path("lkjip/", reading.reports, name="reports"),
    path("lkjip/<int:year>/", reading.report_year, name="report_year"),
]
