"""Addresses of periods, sheets, reviews and figures."""

from django.urls import path

from runut.collection.views import (
    exchange,
    figures,
    follow_up,
    lines,
    nil,
    paper,
    periods,
    reviews,
    sheets,
    tables,
    trees,
)  # fmt: skip

app_name = "collection"

urlpatterns = [
    path("periode/", periods.periods, name="periods"),
    path("periode/buka/", periods.start, name="start"),
    path("periode/<int:year>/<int:quarter>/", periods.period, name="period"),
    path("periode/<int:year>/<int:quarter>/matriks.csv", periods.matrix_csv, name="matrix_csv"),
    path("periode/<int:period_id>/ingatkan/", follow_up.remind, name="remind"),
    path("periode/<int:period_id>/unduh/", exchange.download_period, name="download_period"),
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
    path("isian/<int:sheet_id>/nihil/", nil.nil, name="nil"),
    path("isian/<int:sheet_id>/kertas/", paper.enter, name="paper"),
    path("isian/<int:sheet_id>/kertas/<int:paper_id>/", paper.scan, name="scan"),
    path("isian/<int:sheet_id>/tarik/", follow_up.take_back, name="take_back"),
    path("isian/<int:sheet_id>/tarik-formulir/", follow_up.withdraw_form, name="withdraw_form"),
    path("bukti/<int:evidence_id>/", lines.evidence, name="evidence"),
    path("bukti/<int:evidence_id>/tarik/", lines.withdraw, name="withdraw"),
    path("validasi/<int:sheet_id>/", reviews.validation, name="validation"),
    path("validasi/<int:sheet_id>/kembalikan/", reviews.validation, name="send_back"),
    path("angka/<int:figure_id>/", figures.figure, name="figure"),
    path("rencana/<int:plan_id>/pohon/", trees.tree, name="tree"),
    path("periksa-tabel/", tables.check_table, name="check_table"),
]
