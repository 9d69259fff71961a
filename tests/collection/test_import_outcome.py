"""What became of a workbook that was brought into one form: rows taken and not, digest, when and by whom."""

import pytest

from runut.audit.models import Entry
from runut.organisation.models import Staged, StagedState
from tests.collection import builders
from tests.collection.test_import_preview import (
    ACTUAL,
    NOTE,
    TARGET,
    amounts,
    as_browser,
    client,
    send,
    sheet,
    workbook,
)

__all__ = ["client", "sheet", "workbook"]
pytestmark = pytest.mark.django_db


def save(client, sheet, page, **chosen):
    return client.post(f"/isian/{sheet.pk}/", as_browser(page, **chosen), follow=True)


def test_the_import_of_a_form_ends_with_what_became_of_its_rows(office, client, sheet, workbook):
    workbook[6][ACTUAL], workbook[6][NOTE], workbook[7][TARGET], workbook[8][ACTUAL] = 84, "Dari berkas", 99, "dua"

    done = save(client, sheet, send(client, sheet, workbook))

    staged = Staged.objects.get()
    assert done.redirect_chain[-1][0] == f"/atur/impor/hasil/{staged.pk}/"
    assert "Sudah diimpor: 0 baru, 1 berubah, 0 tetap, 2 ditolak" in done.text
    assert "Realisasi: – → 84" in done.text and "Keterangan: (kosong) → Dari berkas" in done.text
    assert "Target di berkas 99" in done.text and "Baris 9" in done.text
    assert office.asn[0].full_name in done.text and staged.sha256 in done.text and len(staged.sha256) == 64
    assert f'href="/isian/{sheet.pk}/"' in done.text and f'href="/isian/{sheet.pk}/impor/"' in done.text
    assert {str(row.cells) for row in staged.rows.all()} == {"{}"} and amounts(sheet) == [84, None, None]
    [entry] = Entry.objects.filter(event="import.applied")
    after = entry.payload["after"]
    assert (after["kind"], after["about"], after["rows"], after["changed"]) == ("formulir", sheet.pk, 3, 1)
    assert (after["rows_sha256"], after["sha256"]) == (staged.sha256, staged.file_sha256)
    assert len(after["sha256"]) == 64 and after["sha256"] in done.text and after["sha256"] != staged.sha256


def test_a_row_that_stays_as_the_form_has_it_says_why(office, client, sheet, workbook):
    workbook[6][ACTUAL], workbook[7][ACTUAL], workbook[8][ACTUAL] = 84, 0.84, 3
    builders.type_in(office, sheet, office.asn[0], "70")

    done = save(client, sheet, send(client, sheet, workbook))

    told = {row.no: (row.state, row.words) for row in Staged.objects.get().rows.all()}
    assert told[7][0] == "rejected" and "Tetap seperti di formulir" in told[7][1]
    assert told[8][0] == "rejected" and "Tidak dipilih mana" in told[8][1]
    assert told[9] == ("changed", "Realisasi: – → 3")
    assert "1 berubah, 0 tetap, 2 ditolak" in done.text and amounts(sheet) == [70, None, 3]


def test_saved_twice_it_has_one_outcome(client, sheet, workbook):
    workbook[6][ACTUAL] = 84
    page = send(client, sheet, workbook)

    first, again = save(client, sheet, page), save(client, sheet, page)

    assert first.redirect_chain[-1] == again.redirect_chain[-1]
    assert "1 berubah, 2 tetap, 0 ditolak" in again.text
    assert Entry.objects.filter(event="import.applied").count() == 1


def test_what_is_only_looked_at_is_saved_from_its_own_page_alone(office, client, client_for, sheet, workbook):
    workbook[6][ACTUAL] = 84
    send(client, sheet, workbook)
    staged = Staged.objects.get()
    address = f"/atur/impor/hasil/{staged.pk}/"

    assert client.get(address)["Location"] == client.post(address)["Location"] == f"/isian/{sheet.pk}/impor/"
    assert client_for(office.asn[1]).get(address).status_code == 404
    staged.refresh_from_db()
    assert staged.state == StagedState.READY and amounts(sheet) == [None, None, None]


def test_a_workbook_that_changes_nothing_leaves_nothing_behind(client, sheet, workbook):
    send(client, sheet, workbook)

    assert not Staged.objects.exists()
