"""After a table was brought in: what was written stays to be read, row by row, and the log leads there."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from runut.audit.models import Entry
from runut.lib.workbooks import Column, write_workbook
from runut.organisation.actions.imports import tidy
from runut.organisation.models import Staged
from runut.web.incoming import KINDS
from tests.web.test_imports import NEW, bring_in, send

NAMES = [one.heading for one in KINDS["unit"].columns]


@pytest.fixture
def admin(office, client_for):
    return client_for(office.admin)


@pytest.fixture
def done(office, admin):
    """The page of a table that was brought in: a unit with another name, and a new one."""
    unit = office.units[2]
    page = send(admin, office, "unit", (unit.code, "Nama Lain", "", "ya"), ("BARU", "Seksi Baru", "", ""))
    return bring_in(admin, page)


def outcome(page):
    return page.request["PATH_INFO"]


def test_the_outcome_says_of_each_row_what_was_written_and_with_which_digest(office, done):
    staged = Staged.objects.get()

    assert "Sudah diimpor: 1 baru, 1 berubah" in done.text and "Yang tersimpan" in done.text
    assert "→ Nama Lain" in done.text and "Kode: BARU" in done.text and "Nama unit: Seksi Baru" in done.text
    assert staged.sha256 in done.text and f"Disimpan {office.admin.full_name}" in done.text


def test_the_log_leads_to_it_also_whoever_else_looks_after_the_office(office, done, client_for):
    head, address = client_for(office.camat), outcome(done)

    log = head.get("/atur/log/").text

    assert f'<a href="{address}">Tabel diimpor</a>' in log
    assert "berkas: tabel.xlsx" in log and "baris baru: 1" in log
    assert "→ Nama Lain" in head.get(address).text
    assert head.post(address).status_code == 404
    assert client_for(office.staf).get(address).status_code == 404


def test_the_log_has_the_digest_of_the_file_as_an_auditor_computes_it_and_that_of_the_rows(office, admin):
    content = write_workbook("Tabel", (), [Column(name, 20) for name in NAMES], [("BARU", "Seksi Baru", "", "")])
    address = f"/atur/impor/{office.office.pk}/unit/"

    page = bring_in(admin, admin.post(address, {"file": SimpleUploadedFile("tabel.xlsx", content)}, follow=True))

    digest, staged = sha256(content).hexdigest(), Staged.objects.get()
    after = Entry.objects.get(event="import.applied").payload["after"]
    assert (after["sha256"], after["rows_sha256"]) == (digest, staged.sha256)
    log = admin.get("/atur/log/").text
    assert f"sidik berkas: {digest}" in log and f"sidik isi: {staged.sha256}" in log
    assert f"Sidik berkas (SHA-256): {digest}" in page.text


def test_its_own_trail_can_be_read(office, done, admin, client_for):
    address = f"/jejak/organisation.staged/{Staged.objects.get().pk}/"

    assert f'href="{address}"' in done.text
    assert "Tabel diimpor" in admin.get(address).text and client_for(office.camat).get(address).status_code == 200
    assert client_for(office.staf).get(address).status_code == 404


def test_what_was_not_brought_in_yet_is_for_nobody_else(office, admin, client_for):
    page = send(admin, office, "unit", ("BARU", "Seksi Baru", "", ""))

    assert client_for(office.camat).get(page.redirect_chain[-1][0]).status_code == 404


def test_after_a_month_the_counts_and_the_digest_are_left(done, admin):
    tidy(timezone.now() + timedelta(days=31), KINDS)

    page = admin.get(outcome(done))

    assert "Sudah diimpor: 1 baru, 1 berubah" in page.text and Staged.objects.get().sha256 in page.text
    assert "Rincian barisnya dibuang sesudah 30 hari." in page.text and "Nama Lain" not in page.text


def test_of_people_no_number_and_no_address_stays_to_be_read(office, admin, client_for):
    known = office.staf
    new = (NEW, "Warga Baru", "", "", "Penata", "warga@contoh.go.id", "6281200001111", "", "", "")
    other = (known.nip, "Nama Lain", "", "", "", "lain@contoh.go.id", "6281200002222", "", "", "")
    seen = send(admin, office, "pegawai", new, other)

    page = bring_in(admin, seen).text
    log = client_for(office.camat).get(outcome(seen)).text

    kept = [row.words for row in Staged.objects.get().rows.order_by("no")]
    assert kept[0] == "Nama: Warga Baru"
    assert "Surel: diubah" in kept[1] and "WhatsApp: diubah" in kept[1] and "→ Nama Lain" in kept[1]
    for told in (page, log, *kept):
        assert not any(word in told for word in (NEW, "@contoh.go.id", "62812"))
    assert "→ lain@contoh.go.id" in seen.text
