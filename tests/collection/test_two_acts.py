"""Validating and verifying are two acts: who did which, what the form is called after it, and one person doing both."""

import csv
import io
from datetime import timedelta
from types import SimpleNamespace

import pytest

from runut.audit.models import Entry
from runut.collection import actions
from runut.collection.models import SheetState
from runut.collection.queries import hash_of_rows, rows_of
from runut.lib.acts import new_key
from runut.lib.errors import Denied, Stale
from runut.lib.tables import read_table
from tests.collection import builders
from tests.collection.builders import fill_in, review, sheet_of
from tests.harness.scenes import scene

PAGE = "/periode/2026/1/"
BOTH = "Tervalidasi dan terverifikasi"


def _of_two(office, **verifying):
    kasi = office.kasi[0]
    a, b = office.asn_of(kasi)[:2]
    run = builders.collection_by(office, builders.with_verification(**verifying), [a, b])
    for person in (a, b):
        fill_in(office, run, person)
    return SimpleNamespace(run=run, kasi=kasi, a=a, b=b, sheet=sheet_of(run, a))


@scene
def by_two(office, frozen_time):
    """The superior validates, the head verifies: both forms are handed in."""
    return _of_two(office)


@scene
def by_one(office, frozen_time):
    """The superior validates, and verifies too."""
    return _of_two(office, lane="penilai", actor="superior")


@scene
def verified_only(office, units):
    """A unit's form, handed in and verified by a procedure that has no validation."""
    fill_in(office, units.run, units.unit, who=units.kasi)
    review(office, units.run, units.unit, office.sekretaris)
    return units


def _matrix(client):
    return list(csv.reader(io.StringIO(client.get(f"{PAGE}matriks.csv").content.decode("utf-8-sig")), delimiter=";"))


def _in_excel(client, sheet):
    return [str(row[0]) for row in read_table(client.get(f"/isian/{sheet.pk}/unduh/").content).rows[:5]]


def _post(client, sheet, **more):
    sent = {"act": "complete", "key": new_key(), "data_hash": hash_of_rows(rows_of(sheet)), **more}
    return client.post(f"/validasi/{sheet.pk}/", sent, follow=True)


def test_who_validated_is_warned_before_verifying_and_the_log_keeps_it(office, by_one, client_for):
    client = client_for(by_one.kasi)
    before = client.get(f"/validasi/{by_one.sheet.pk}/").text
    review(office, by_one.run, by_one.a, by_one.kasi)

    page = client.get(f"/validasi/{by_one.sheet.pk}/").text
    review(office, by_one.run, by_one.a, by_one.kasi, step="cocokkan")

    warning = "Anda sudah memvalidasi formulir ini. Sebaiknya yang memverifikasinya orang lain"
    assert warning not in before and warning in page and 'name="act"' in page
    entry = Entry.objects.get(event="sheet.verified")
    assert entry.payload["after"]["one_person"] is True
    assert "one_person" not in Entry.objects.get(event="sheet.validated").payload["after"]
    told = client_for(office.camat).get(f"/jejak/collection.sheet/{by_one.sheet.pk}/").text
    assert "validasi dan verifikasi oleh orang yang sama" in told


def test_who_validated_does_not_verify_where_the_office_says_so(office, by_one, client_for):
    office.office.duties_policy = "block"
    office.office.save()
    review(office, by_one.run, by_one.a, by_one.kasi)
    client = client_for(by_one.kasi)
    words = "Anda sudah memvalidasi formulir ini, jadi orang lain yang memverifikasinya."

    page = client.get(f"/validasi/{by_one.sheet.pk}/").text
    answer = _post(client, by_one.sheet)

    by_one.sheet.refresh_from_db()
    refused = Entry.objects.get(refused=True)
    assert f"{words} Minta pimpinan mengalihkannya." in page and 'name="act"' not in page
    assert (answer.status_code, by_one.sheet.verified_by) == (403, None)
    assert (refused.actor_id, refused.payload["reason"].startswith(words)) == (by_one.kasi.pk, True)


def test_the_reverse_order_is_the_same_overlap(office, frozen_time):
    text = builders.with_verification(lane="penilai", actor="superior")
    text = text.replace("act: validasi", "act: ?").replace("act: verifikasi", "act: validasi")
    people = office.asn_of(office.kasi[0])[:1]
    run = builders.collection_by(office, text.replace("act: ?", "act: verifikasi"), people)
    office.office.duties_policy = "block"
    office.office.save()
    fill_in(office, run, people[0])
    review(office, run, people[0], office.kasi[0])

    with pytest.raises(Denied, match="Anda sudah memverifikasi formulir ini, jadi orang lain yang memvalidasinya"):
        review(office, run, people[0], office.kasi[0], step="cocokkan")


def test_in_a_new_round_the_acts_of_the_round_before_bar_nobody(office, by_one):
    office.office.duties_policy = "block"
    office.office.save()
    review(office, by_one.run, by_one.a, by_one.kasi)
    head = office.actor(office.camat)
    actions.reopen_sheets(run=by_one.run, members=[by_one.sheet.member], by=head, reason="Keliru.")

    by_one.sheet.refresh_from_db()

    assert (by_one.sheet.validated_at, by_one.sheet.validated_by, by_one.sheet.judged) == (None, None, ())


def test_each_act_has_its_person_and_its_word_everywhere(office, by_two, client_for):
    head, filler = client_for(office.camat), client_for(by_two.a)
    address = by_two.sheet.get_absolute_url()
    review(office, by_two.run, by_two.a, by_two.kasi)
    between = filler.get(address).text
    review(office, by_two.run, by_two.a, office.camat, step="cocokkan")

    by_two.sheet.refresh_from_db()
    assert (by_two.sheet.validated_by, by_two.sheet.verified_by) == (by_two.kasi, office.camat)
    assert "Tervalidasi</span>" in between and BOTH not in between
    printed = filler.get(f"{address}cetak/").text
    table = _matrix(head)
    row = next(cells for cells in table if cells[1] == by_two.a.full_name)
    for page in (filler.get(address).text, head.get(PAGE).text, printed):
        assert BOTH in page
    assert BOTH in " ".join(_in_excel(filler, by_two.sheet))
    assert row[table[0].index("Keadaan")] == BOTH
    assert "Divalidasi oleh" in printed and "Diverifikasi oleh" in printed and "Diperiksa oleh" not in printed
    assert by_two.kasi.full_name in printed and office.camat.full_name in printed


def test_a_form_that_awaits_verification_says_so_to_its_filler(office, by_two, client_for):
    review(office, by_two.run, by_two.a, by_two.kasi)
    waits = "Formulir ini sudah divalidasi dan menunggu diverifikasi. Bila ada yang keliru, minta yang memverifikasi"

    page = client_for(by_two.a).get(by_two.sheet.get_absolute_url()).text
    with pytest.raises(Stale, match=waits):
        builders.type_in(office, by_two.sheet, by_two.a, "1")
    review(office, by_two.run, by_two.a, office.camat, step="cocokkan")
    after = client_for(by_two.a).get(by_two.sheet.get_absolute_url()).text

    assert waits in page and "minta penghimpun" not in page
    assert "sudah divalidasi dan diverifikasi. Bila ada yang keliru, minta penghimpun mengembalikannya." in after


def test_the_matrix_has_a_column_for_each_act_with_its_lateness(office, by_two, client_for, frozen_time):
    review(office, by_two.run, by_two.a, by_two.kasi)
    frozen_time.shift(timedelta(days=7))
    review(office, by_two.run, by_two.a, office.camat, step="cocokkan", late_reason="Dinas luar.")

    client = client_for(office.camat)
    heading, *rows = _matrix(client)
    page = client.get(PAGE).text

    of_a = dict(zip(heading, next(row for row in rows if row[1] == by_two.a.full_name), strict=True))
    assert (of_a["Divalidasi"] != "", of_a["Keterlambatan memvalidasi"]) == (True, "")
    assert (of_a["Diverifikasi"] != "", of_a["Alasan terlambat memverifikasi"]) == (True, "Dinas luar.")
    assert of_a["Keterlambatan memverifikasi"].startswith("lewat ")
    assert "Diperiksa" not in heading
    assert ">Divalidasi</th>" in page and ">Diverifikasi</th>" in page and ">Diperiksa</th>" not in page


def test_where_a_procedure_only_verifies_nothing_says_validated(office, verified_only, client_for):
    client, address = client_for(office.camat), verified_only.sheet.get_absolute_url()
    pages = [client.get(each).text for each in (address, f"{address}cetak/", PAGE)]
    heading, *rows = _matrix(client)

    assert all("Terverifikasi" in page and "alidasi" not in page.split("<main")[1] for page in pages)
    assert "Diverifikasi" in heading and "Divalidasi" not in heading
    assert "Terverifikasi" in {row[heading.index("Keadaan")] for row in rows}
    assert "Terverifikasi" in " ".join(_in_excel(client, verified_only.sheet))
    open_form = sheet_of(verified_only.run, verified_only.other).get_absolute_url()
    assert "BELUM DIVERIFIKASI" in client.get(f"{open_form}cetak/").text


def test_the_page_says_what_was_done(office, by_two, client_for):
    validated = _post(client_for(by_two.kasi), by_two.sheet).text
    verified = _post(client_for(office.camat), by_two.sheet).text

    by_two.sheet.refresh_from_db()
    assert f"Formulir {by_two.a.full_name} sudah divalidasi." in validated
    assert f"Formulir {by_two.a.full_name} sudah diverifikasi." in verified
    assert by_two.sheet.state == SheetState.VALIDATED


def test_a_step_of_paraf_without_words_of_its_own_keeps_the_usual_button(office, frozen_time, client_for):
    text = builders.with_verification().replace("{to: cocokkan, label: Validasi dan paraf}", "cocokkan")
    person = office.asn[0]
    run = builders.collection_by(office, text, [person])
    fill_in(office, run, person)

    page = client_for(office.kasi[0]).get(f"/validasi/{sheet_of(run, person).pk}/").text

    assert "Paraf & buka formulir berikutnya" in page
