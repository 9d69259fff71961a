"""Addresses of periods, sheets, reviews and figures."""

from django.urls import path

from runut.collection.views import exchange, figures, lines, periods, reviews, sheets, tables

app_name = "collection"

urlpatterns = [
    path("periode/", periods.periods, name="periods"),
    path("periode/buka/", periods.start, name="start"),
    path("periode/<int:year>/<int:quarter>/", periods.period, name="period"),
    path("periode/<int:period_id>/tambah/", periods.add_member, name="add_member"),
    path("tugas/<int:task_id>/siapkan/", periods.prepare, name="prepare"),
    path("tugas/<int:task_id>/bagikan/", periods.distribute, name="distribute"),
    path("tugas/<int:task_id>/isi/", sheets.fill, name="fill"),
    path("tugas/<int:task_id>/periksa/", reviews.review, name="review"),
    path("isian/<int:sheet_id>/", sheets.sheet, name="sheet"),
    path("isian/<int:sheet_id>/baris/<int:line_id>/", lines.line, name="line"),
    path("isian/<int:sheet_id>/tempel/", sheets.paste, name="paste"),
    path("isian/<int:sheet_id>/unduh/", exchange.download, name="download"),
    path("isian/<int:sheet_id>/impor/", exchange.import_sheet, name="import_sheet"),
    path("isian/<int:sheet_id>/periksa/", sheets.check, name="check"),
    path("isian/<int:sheet_id>/terkirim/", sheets.sent, name="sent"),
    path("bukti/<int:evidence_id>/", lines.evidence, name="evidence"),
    path("bukti/<int:evidence_id>/tarik/", lines.withdraw, name="withdraw"),
    path("validasi/<int:sheet_id>/", reviews.validation, name="validation"),
    path("validasi/<int:sheet_id>/kembalikan/", reviews.validation, name="send_back"),
    path("angka/<int:figure_id>/", figures.figure, name="figure"),
    path("periksa-tabel/", tables.check_table, name="check_table"),
]
