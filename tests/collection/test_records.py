"""A national record of people's results comes in: looked at first, matched by NIP and indicator, with its reference."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from runut.audit.models import Entry
from runut.collection.models import Line, OutsideEntry, StagedLine
from runut.organisation.models import Staged
from tests.collection import builders
from tests.collection.test_import import saved
from tests.harness.scenes import scene

pytestmark = pytest.mark.django_db

HEADINGS = (
    "NIP", "Nama Pegawai", "Rencana Hasil Kerja", "Indikator Kinerja Individu", "Target", "Realisasi", "No. Referensi",
    "Periode",
)  # fmt: skip
IKM, FILES = builders.NAMES[:2]


@scene
def quarter(office, frozen_time):
    """A quarter of two people of one section, two indicators each: run, period, kasi, a, b."""
    kasi = office.kasi[0]
    a, b = office.asn_of(kasi)[:2]
    run = builders.collection_of_people(office, [a, b])
    return SimpleNamespace(run=run, period=run.period, kasi=kasi, a=a, b=b)


@pytest.fixture
def staf(office, quarter, client_for):
    """Who prepared and sent the forms."""
    return client_for(office.staf)


def row(person, indicator, actual, reference="", **more):
    cells = {
        "NIP": person.nip, "Nama Pegawai": person.name, "Indikator Kinerja Individu": indicator, "Realisasi": actual,
        "No. Referensi": reference, **more,
    }  # fmt: skip
    return [cells.get(heading, "") for heading in HEADINGS]


def send(client, quarter, *rows, headings=HEADINGS, file=None):
    file = file or saved([headings, *rows])
    return client.post(f"/periode/{quarter.period.pk}/impor-ekinerja/", {"file": file}, follow=True)


def bring_in(client, page):
    return client.post(page.redirect_chain[-1][0], follow=True)


def words(page):
    return {each.no: each.words for each in page.context["staged"].rows.order_by("no")}


def states(page):
    return {each.no: each.state for each in page.context["staged"].rows.order_by("no")}


def lines_of(quarter, person):
    return list(Line.objects.filter(sheet__run=quarter.run, sheet__pegawai=person).order_by("figure__no", "pk"))


@pytest.mark.requirement("R-INSP-10")
def test_what_the_record_says_is_looked_at_first_and_then_stands_in_the_open_forms(staf, quarter, client_for):
    page = send(
        staf, quarter, row(quarter.a, "nilai  KEPUASAN masyarakat (ikm)", "84,75", "EK-17", Periode="TW I 2026"),
        row(quarter.a, FILES, Decimal(90), "EK-18"), row(quarter.b, IKM, "81 indeks", "EK-19", Target="85"),
    )  # fmt: skip

    assert states(page) == {2: "new", 3: "new", 4: "new"} and "Belum ada yang tersimpan" in page.text
    assert words(page)[2] == "Realisasi – → 84,75\nDari e-Kinerja, ref EK-17"
    assert "Target di e-Kinerja 85, di sini 80; target di sini tetap." in words(page)[4]
    assert not Line.objects.exclude(amount=None).exists() and not OutsideEntry.objects.exists()
    done = bring_in(staf, page)
    first, second = lines_of(quarter, quarter.a)
    assert "Sudah diimpor: 3 baru" in done.text and not StagedLine.objects.exists()
    assert (first.amount, second.amount, first.measure, first.rev) == (Decimal("84.75"), 90, "measured", 1)
    assert "dari e-Kinerja, ref EK-17" in client_for(quarter.a).get(f"/isian/{first.sheet_id}/").text


def test_the_log_has_one_entry_with_the_digest_of_the_rows(staf, quarter, office):
    page = send(staf, quarter, row(quarter.a, IKM, 84, "EK-17"))
    bring_in(staf, bring_in(staf, page))

    [entry] = Entry.objects.filter(event="import.applied")
    after = entry.payload["after"]
    assert (after["kind"], after["new"], after["about"]) == ("ekinerja", 1, quarter.period.pk)
    assert after["rows_sha256"] == Staged.objects.get().sha256 and len(after["sha256"]) == 64
    kept = OutsideEntry.objects.get()
    assert (kept.by, kept.no, kept.reference, kept.taken) == (office.staf, 2, "EK-17", True) and kept.by_title


def test_what_a_person_typed_stays_and_both_are_shown_for_choosing(staf, quarter, office, client_for):
    builders.type_in(office, builders.sheet_of(quarter.run, quarter.a), quarter.a, "80")

    page = send(staf, quarter, row(quarter.a, IKM, "84,75", "EK-17"))
    bring_in(staf, page)

    assert f"Di sini tertulis 80 ({quarter.a.full_name}, " in words(page)[2] and "di e-Kinerja 84,75" in words(page)[2]
    line = lines_of(quarter, quarter.a)[0]
    assert (line.amount, line.rev) == (80, 1)
    own = client_for(quarter.a)
    form = own.get(f"/isian/{line.sheet_id}/")
    assert "Di e-Kinerja, ref EK-17:" in form.text and "Pakai 84,75" in form.text
    sent = {f"v-{line.pk}": "80", f"rev-{line.pk}": "1", f"use-{line.pk}": "84,75"}
    form = own.post(f"/isian/{line.sheet_id}/", sent, follow=True)
    line.refresh_from_db()
    assert line.amount == Decimal("84.75") and line.edited_by == quarter.a
    assert "dari e-Kinerja, ref EK-17" in form.text and "Pakai 84,75" not in form.text


def test_a_reason_for_no_number_that_somebody_chose_stays_and_can_be_exchanged(staf, quarter, office, client_for):
    sheet = builders.sheet_of(quarter.run, quarter.a)
    builders.type_in(office, sheet, quarter.a, "", measure="awaiting_release", note="Rilis Mei")

    bring_in(staf, send(staf, quarter, row(quarter.a, IKM, 84, "EK-17")))
    line = lines_of(quarter, quarter.a)[0]
    assert (line.amount, line.measure) == (None, "awaiting_release")

    client_for(quarter.a).post(
        f"/isian/{sheet.pk}/baris/{line.pk}/",
        {f"rev-{line.pk}": str(line.rev), f"m-{line.pk}": "awaiting_release", f"use-{line.pk}": "84"},
    )
    line.refresh_from_db()
    assert (line.amount, line.measure, line.note) == (84, "measured", "Rilis Mei")


def test_what_came_from_there_before_follows_a_newer_record(staf, quarter):
    bring_in(staf, send(staf, quarter, row(quarter.a, IKM, 84, "EK-17"), row(quarter.a, FILES, 90, "EK-18")))

    page = send(staf, quarter, row(quarter.a, IKM, 86, "EK-17b"), row(quarter.a, FILES, 90, "EK-18"))
    bring_in(staf, page)

    assert states(page) == {2: "changed"} and page.context["staged"].counts["same"] == 1
    assert words(page)[2].startswith("Realisasi 84 → 86")
    assert lines_of(quarter, quarter.a)[0].amount == 86
    assert list(OutsideEntry.objects.order_by("pk").values_list("reference", flat=True)) == ["EK-17", "EK-18", "EK-17b"]


def test_the_same_number_that_somebody_typed_gets_its_reference(staf, quarter, office):
    builders.type_in(office, builders.sheet_of(quarter.run, quarter.a), quarter.a, "84")

    page = send(staf, quarter, row(quarter.a, IKM, 84, "EK-17"))
    bring_in(staf, page)

    assert words(page)[2].startswith("Realisasi tetap 84; sumbernya dicatat.")
    line = lines_of(quarter, quarter.a)[0]
    assert (line.rev, line.edited_by, OutsideEntry.objects.get().reference) == (1, quarter.a, "EK-17")


def test_a_form_that_was_handed_in_is_not_touched_and_the_row_says_so(staf, quarter, office):
    page = send(staf, quarter, row(quarter.a, IKM, 84, "EK-17"), row(quarter.b, IKM, 82, "EK-19"))
    builders.fill_in(office, quarter.run, quarter.a, "70", "71")

    after = bring_in(staf, page)
    late = send(staf, quarter, row(quarter.a, IKM, 84, "EK-17"))

    assert "1 baru, 0 berubah, 0 tetap, 1 ditolak" in after.text
    assert "sudah diajukan" in words(after)[2] and "sudah diajukan" in words(late)[2]
    assert [line.amount for line in lines_of(quarter, quarter.a)] == [70, 71]
    assert lines_of(quarter, quarter.b)[0].amount == 82
    assert list(OutsideEntry.objects.values_list("reference", flat=True)) == ["EK-19"]


def test_a_line_that_was_written_since_the_look_stays(staf, quarter, office):
    page = send(staf, quarter, row(quarter.a, IKM, 84, "EK-17"))
    builders.type_in(office, builders.sheet_of(quarter.run, quarter.a), quarter.a, "70")

    after = bring_in(staf, page)

    assert words(after)[2].startswith(f"Baris ini diubah ({quarter.a.full_name}, ")
    assert lines_of(quarter, quarter.a)[0].amount == 70 and not OutsideEntry.objects.exists()


def test_reviewer_and_history_see_source_and_reference(staf, quarter, office, client_for):
    builders.type_in(office, builders.sheet_of(quarter.run, quarter.a), quarter.a, None, "60")
    bring_in(staf, send(staf, quarter, row(quarter.a, IKM, 84, "EK-17"), row(quarter.a, FILES, 90, "EK-18")))
    builders.submit(office, quarter.run, quarter.a)

    first, second = lines_of(quarter, quarter.a)
    review = client_for(quarter.kasi).get(f"/validasi/{first.sheet_id}/")
    one, other = (client_for(quarter.a).get(f"/angka/{line.figure_id}/").text for line in (first, second))

    assert "dari e-Kinerja, ref EK-17" in review.text and "Di e-Kinerja, ref EK-18:" in review.text
    assert "dari e-Kinerja, ref EK-17" in one and "Di e-Kinerja, ref EK-18:" in other
    cell = client_for(quarter.a).get(f"/isian/{first.sheet_id}/baris/{second.pk}/").text
    assert "Di e-Kinerja, ref EK-18:" in cell and "tidak mengganti yang sudah tertulis" in cell


def test_a_correction_after_handing_in_does_not_claim_the_source(staf, quarter, office, client_for):
    bring_in(staf, send(staf, quarter, row(quarter.a, IKM, 84, "EK-17"), row(quarter.a, FILES, 90, "EK-18")))
    builders.submit(office, quarter.run, quarter.a)
    builders.review(office, quarter.run, quarter.a, quarter.kasi, "return", {0: "Salah periode."})
    builders.type_in(office, builders.sheet_of(quarter.run, quarter.a), quarter.a, "79")
    builders.submit(office, quarter.run, quarter.a)

    page = client_for(quarter.a).get(f"/angka/{lines_of(quarter, quarter.a)[0].figure_id}/")

    new, old = page.context["versions"]
    assert new.outside_differs and not old.outside_differs and old.outside.reference == "EK-17"


def test_a_person_brings_in_only_the_own_rows(quarter, client_for):
    own = client_for(quarter.a)

    page = send(own, quarter, row(quarter.a, IKM, 84, "EK-17"), row(quarter.b, IKM, 82, "EK-19"))
    bring_in(own, page)

    assert states(page) == {2: "new", 3: "rejected"}
    assert words(page)[3].startswith("Tidak ada formulir periode ini untuk NIP itu yang boleh Anda lihat.")
    assert [line.amount for line in (lines_of(quarter, quarter.a)[0], lines_of(quarter, quarter.b)[0])] == [84, None]


def test_a_superior_who_sees_the_form_does_not_fill_it(quarter, office, client_for):
    builders.fill_in(office, quarter.run, quarter.a)
    builders.review(office, quarter.run, quarter.a, quarter.kasi, "return", {0: "Salah periode."})

    page = send(client_for(quarter.kasi), quarter, row(quarter.a, IKM, 84, "EK-17"))

    assert states(page) == {2: "rejected"}
    assert f"Formulir ini diisi oleh {quarter.a.full_name}" in words(page)[2]


def test_the_head_brings_in_everybodys_and_the_admin_nobodys(quarter, office, client_for):
    head = send(client_for(office.camat), quarter, row(quarter.a, IKM, 84, "EK-17"))
    admin = send(client_for(office.admin), quarter, row(quarter.a, IKM, 84, "EK-17"))

    assert (states(head), states(admin)) == ({2: "new"}, {2: "rejected"})


def test_a_quarter_by_unit_takes_no_record_of_people(office, client_for, frozen_time):
    run = builders.collection_of_units(office, office.units[2:3])

    assert client_for(office.camat).get(f"/periode/{run.period.pk}/impor-ekinerja/").status_code == 404


ROWS = [
    ({"NIP": ""}, "Kolom NIP kosong."),
    ({"NIP": "1990"}, "NIP harus 18 angka"),
    ({"NIP": 199005172015032}, "Tidak ada formulir|NIP harus 18 angka"),
    ({"NIP": "{other}"}, "Tidak ada formulir periode ini untuk NIP itu"),
    ({"Nama Pegawai": "Zulkarnain Hadiwijaya"}, "NIP ini milik"),
    ({"Indikator Kinerja Individu": ""}, "Indikatornya kosong."),
    ({"Indikator Kinerja Individu": "Jumlah surat"}, f"Tidak ada indikator itu. Yang ada: {IKM}; {FILES}."),
    ({"Realisasi": ""}, "Realisasinya kosong"),
    ({"Realisasi": "-"}, "Realisasinya kosong"),
    ({"Realisasi": "sudah selesai"}, "angka"),
    ({"Realisasi": "12 orang"}, "Isi angkanya saja"),
    ({"Realisasi": "1,234.56"}, "1,234.56|dua arti|maksud"),
    ({"Realisasi": "#DIV/0!"}, "Excel"),
    ({"Realisasi": "#FORMULA!"}, "Selnya berisi rumus tanpa hasilnya. Buka berkasnya di Excel, simpan"),
    ({"Realisasi": "1234567890123456789,5"}, "terlalu panjang"),
    ({"Periode": "Triwulan II 2026"}, "Baris ini untuk Triwulan II 2026, bukan Triwulan I 2026."),
    ({"Periode": "Triwulan I 2025"}, "Baris ini untuk Triwulan I 2025"),
    ({"Periode": "April 2026"}, "Baris ini untuk April 2026, bukan Triwulan I 2026."),
    ({"Periode": "Tahun 2026"}, "Baris ini untuk Tahun 2026"),
    ({"Periode": "Semester I 2026"}, "bukan satu triwulan"),
    ({"Periode": "2026-01-01"}, "berisi tanggal 01-01-2026"),
    ({"No. Referensi": "E" * 121}, "lebih dari 120 huruf"),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "sentence"), ROWS, ids=[f"{next(iter(w.items()))}"[:40] for w, _s in ROWS])
def test_a_row_that_cannot_be_taken_says_why_and_the_others_come_in(wrong, sentence, staf, quarter, office):
    cells = {"NIP": quarter.a.nip, "Nama Pegawai": quarter.a.name, "Realisasi": "84", "No. Referensi": "EK-1"}
    cells |= {"Indikator Kinerja Individu": IKM, **wrong}
    if cells["NIP"] == "{other}":
        cells["NIP"] = office.camat.nip
    page = send(staf, quarter, [cells.get(one, "") for one in HEADINGS], row(quarter.b, IKM, 82, "EK-2"))
    bring_in(staf, page)

    assert states(page) == {2: "rejected", 3: "new"}
    assert any(part in words(page)[2] for part in sentence.split("|")), words(page)[2]
    assert lines_of(quarter, quarter.a)[0].amount is None and lines_of(quarter, quarter.b)[0].amount == 82


def test_the_same_indicator_twice_is_taken_once(staf, quarter):
    page = send(staf, quarter, row(quarter.a, IKM, ""), row(quarter.a, IKM, 84), row(quarter.a, IKM, 85))

    assert states(page) == {2: "rejected", 3: "new", 4: "rejected"} and "baris 3" in words(page)[4]


def test_two_indicators_of_one_name_are_told_apart_by_their_code(staf, quarter, office):
    builders.indicator(office, 7, IKM, pegawai=office.asn[5])
    Line.objects.filter(pk=lines_of(quarter, quarter.a)[1].pk).update(figure=_twin(quarter))
    one, other = lines_of(quarter, quarter.a)
    headings = ("NIP", "Kode IKI", "IKI", "Realisasi", "ID")

    page = send(
        staf, quarter, [quarter.a.nip, "", IKM, 84, "EK-1"],
        [quarter.a.nip, other.figure.indicator.indicator.code.lower(), IKM, 85, "EK-2"], headings=headings,
    )  # fmt: skip
    bring_in(staf, page)

    assert "lebih dari satu indikator" in words(page)[2]
    assert [line.amount for line in lines_of(quarter, quarter.a)] == [None, 85] and one.amount is None


def _twin(quarter):
    """The figure of the person's second line, whose indicator is now called as the first."""
    figure = lines_of(quarter, quarter.a)[1].figure
    figure.indicator.name = IKM
    figure.indicator.save(update_fields=["name"])
    return figure


def test_a_code_of_another_indicator_is_not_believed(staf, quarter):
    code = lines_of(quarter, quarter.a)[1].figure.indicator.indicator.code
    page = send(staf, quarter, [quarter.a.nip, code, IKM, 84], headings=("NIP", "Kode indikator", "IKI", "Realisasi"))

    assert words(page)[2] == f"Kode {code} milik “{FILES}”, bukan indikator yang ditulis di baris ini."


FILES_REFUSED = [
    ((("Nama", "Indikator", "Realisasi"), ("A", IKM, 84)), "Kolom berikut tidak ditemukan: NIP."),
    ((("NIP", "Indikator", "Target"), ("1", IKM, 84)), "Kolom berikut tidak ditemukan: Realisasi."),
    ((("NIP", "Realisasi"), ("{nip}", 84)), "Kolom berikut tidak ditemukan: Indikator kinerja individu."),
    ((HEADINGS,), "Tabelnya kosong"),
    (((),), "Kolom berikut tidak ditemukan"),
]


@pytest.mark.parametrize(("rows", "sentence"), FILES_REFUSED, ids=["nip", "realisasi", "indikator", "kosong", "hampa"])
def test_a_file_that_is_no_such_record_is_refused_with_what_is_missing(rows, sentence, staf, quarter):
    rows = [[quarter.a.nip if cell == "{nip}" else cell for cell in each] for each in rows]
    page = send(staf, quarter, file=saved(rows))

    assert page.status_code == 422 and sentence in page.text and not Staged.objects.exists()


@pytest.mark.parametrize("junk", [b"", b"%PDF-1.4 ...", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0broken"])
def test_a_broken_file_is_refused_with_a_sentence(junk, staf, quarter):
    from django.core.files.uploadedfile import SimpleUploadedFile

    page = send(staf, quarter, file=SimpleUploadedFile("skp.xlsx", junk))

    assert page.status_code == 422 and not Staged.objects.exists() and not OutsideEntry.objects.exists()


def test_csv_ods_and_old_xls_say_the_same(staf, quarter):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from tests.harness.office_files import libre_ods, old_xls

    rows = [list(HEADINGS), row(quarter.a, IKM, "84,75", "EK-17")]
    text = "\n".join(";".join(f'"{cell}"' for cell in each) for each in rows)
    files = {"skp.csv": text.encode(), "skp.ods": libre_ods(rows), "skp.xls": old_xls(rows)}

    found = {name: words(send(staf, quarter, file=SimpleUploadedFile(name, body))) for name, body in files.items()}

    assert set(map(str, found.values())) == {"{2: 'Realisasi – → 84,75\\nDari e-Kinerja, ref EK-17'}"}


def test_the_example_is_read_and_names_the_period(staf, quarter, office):
    example = staf.get(f"/periode/{quarter.period.pk}/impor-ekinerja/contoh/")
    from django.core.files.uploadedfile import SimpleUploadedFile

    page = send(staf, quarter, file=SimpleUploadedFile("contoh.xlsx", example.content))

    assert page.status_code == 200 and set(states(page).values()) == {"rejected"}
    assert all("untuk NIP itu" in said for said in words(page).values()), "nobody has the example's NIP"


def test_the_page_shows_the_way_and_the_headings(staf, quarter):
    page = staf.get(f"/periode/{builders.YEAR}/{builders.QUARTER}/")
    form = staf.get(f"/periode/{quarter.period.pk}/impor-ekinerja/")

    assert f"/periode/{quarter.period.pk}/impor-ekinerja/" in page.text and "Impor e-Kinerja" in page.text
    assert "Rencana hasil kerja" in form.text and "milik semua" not in form.text


def test_reading_asks_no_more_for_more_rows(staf, quarter):
    def queries(*rows):
        with CaptureQueriesContext(connection) as context:
            send(staf, quarter, *rows)
        return len(context)

    few = queries(row(quarter.a, IKM, 84, "EK-1"))
    many = queries(*(row(who, name, 84, "EK-1") for who in (quarter.a, quarter.b) for name in (IKM, FILES)))

    assert many == few
