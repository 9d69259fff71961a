"""Old figures of many periods from one table: looked at first, then first versions with the paper each stands on."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, connection, transaction
from django.test.utils import CaptureQueriesContext

from runut.audit.models import Entry
from runut.collection.models import Figure, Mark, PastReport, PastScan, Period, StagedValue, Value
from runut.collection.queries import incoming_past
from runut.planning.models import Indicator, IndicatorVersion
from tests.collection import builders
from tests.collection.test_import import saved
from tests.harness.scenes import scene
from tests.sop.play import install

pytestmark = pytest.mark.django_db
HEADINGS = (
    "Kode indikator",
    "Tahun",
    "Triwulan",
    "Target",
    "Realisasi",
    "No. dokumen",
    "Tanggal dokumen",
    "Penanda tangan",
)
PAPER = ("065/12/416/2026", "12 Januari 2026", "Camat Contoh")
OLDER = ("065/9/416/2025", "10-10-2025", "Camat Contoh")


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@scene
def promised(office, frozen_time):
    """A collection procedure in force, and two units and a person whose indicators are older than it."""
    install(office, "pengumpulan-unit")
    builders.give_indicators(office, units=office.units[2:4], people=office.asn[:1])
    IndicatorVersion.objects.update(start=date(2024, 1, 1))
    return [row.code for row in Indicator.objects.order_by("pk")]


@pytest.fixture
def staf(office, promised, client_for):
    return client_for(office.staf)


def row(code, actual, year=2025, quarter="IV", target="", paper=PAPER):
    return [code, year, quarter, target, actual, *paper]


def send(client, office, *rows, headings=HEADINGS):
    address = f"/periode/lama/{office.office.pk}/impor/"
    return client.post(address, {"file": saved([headings, *rows])}, follow=True)


def bring_in(client, page):
    return client.post(page.redirect_chain[-1][0], follow=True)


def words(page):
    return {each.no: each.words for each in page.context["staged"].rows.order_by("no")}


def states(page):
    return {each.no: each.state for each in page.context["staged"].rows.order_by("no")}


def test_old_figures_of_several_periods_become_first_versions_with_their_papers(office, promised, staf):
    person, _second, one, other, *_more = promised
    page = send(
        staf, office, row(one, "84,75"), row(one, 83, quarter="TW 3", paper=OLDER), row(other, "nihil"),
        row(person, 7), row(one, 84, quarter="Tahun", target="86"),
    )  # fmt: skip

    assert set(states(page).values()) == {"new"} and not Value.objects.exists() and not Period.objects.exists()
    assert words(page)[2] == "Realisasi 84,75\nDokumen: 065/12/416/2026, 12 Jan 2026, Camat Contoh"
    done = bring_in(staf, page)

    assert "Sudah diimpor: 5 baru" in done.text and not StagedValue.objects.exists()
    assert Period.objects.filter(run=None).count() == 4 and PastReport.objects.count() == 4
    value = Value.objects.get(figure__indicator__indicator__code=one, figure__period__quarter=4)
    assert (value.no, value.amount, value.by, value.past_report.number) == (1, Decimal("84.75"), office.staf, PAPER[0])
    assert value.marks.get().kind == "past" and value.evidence == [] and value.figure.unit == office.units[2]
    assert Value.objects.get(figure__period__quarter=0).target == 86
    assert Value.objects.get(figure__indicator__indicator__code=other).measure == "nil"
    assert Figure.objects.get(pegawai=office.asn[0]).values.get().amount == 7


def test_the_code_of_an_indicator_is_known_in_any_capitals(office, promised, staf):
    Indicator.objects.filter(code=promised[1]).update(code="iku-Lama")

    page = send(staf, office, row("IKU-lama", "84,75"))

    assert states(page) == {2: "new"}


def test_what_was_brought_in_looks_like_any_old_paper(office, promised, staf):
    one = promised[2]
    bring_in(staf, send(staf, office, row(one, "84,75")))
    report = PastReport.objects.get()

    shown = staf.get(f"/dokumen-lama/{report.pk}/").text
    copy = b"".join(staf.get(f"/dokumen-lama/{report.pk}/berkas/")).decode("utf-8-sig")
    history = staf.get(f"/angka/{Figure.objects.get().pk}/").text

    assert "065/12/416/2026" in shown and "84,75" in shown and "Dari dokumen lama" in history
    assert copy.splitlines()[1] == f"2;{one};{builders.NAMES[0]};84,75"


def scan(name="surat.pdf", content=b"%PDF-1.4 dokumen bertanda tangan"):
    return SimpleUploadedFile(name, content)


def test_each_paper_is_asked_for_its_scan_which_then_stands_beside_its_rows(office, promised, staf, client_for):
    done = bring_in(staf, send(staf, office, row(promised[2], "84,75"), row(promised[2], 83, quarter=3, paper=OLDER)))
    missing, report = f"/periode/lama/{office.office.pk}/pindaian/", PastReport.objects.get(period__quarter=4)
    own = f"/dokumen-lama/{report.pk}/"
    assert f'href="{missing}"' in done.text and "2 dokumen dari tabel belum ada" in staf.get("/periode/lama/").text
    assert own in staf.get(missing).text and "belum dipindai" in staf.get(own).text
    assert "belum ada pindaian" in staf.get("/periode/2025/4/").text

    after = staf.post(f"{own}pindaian/", {"file": scan()}, follow=True)

    kept = PastScan.objects.get()
    assert "surat.pdf" in after.text and "belum dipindai" not in after.text and f'href="{missing}"' in after.text
    assert own not in staf.get(missing).text and "1 dokumen dari tabel" in staf.get("/periode/lama/").text
    assert "belum ada pindaian" not in staf.get("/periode/2025/4/").text
    sent = client_for(office.kasi[0]).get(f"{own}pindaian/{kept.pk}/")
    assert b"".join(sent.streaming_content) == b"%PDF-1.4 dokumen bertanda tangan"
    entry = Entry.objects.get(event="past_report.scanned")
    assert (entry.actor_id, entry.payload["after"]["sha256"]) == (office.staf.pk, kept.sha256)


def test_the_same_scan_sent_twice_is_kept_once_and_never_changed(office, promised, staf):
    bring_in(staf, send(staf, office, row(promised[2], "84,75")))
    address = f"/dokumen-lama/{PastReport.objects.get().pk}/pindaian/"
    for _press in range(2):
        staf.post(address, {"file": scan()})

    assert PastScan.objects.count() == Entry.objects.filter(event="past_report.scanned").count() == 1
    with pytest.raises(Error), transaction.atomic():
        PastScan.objects.update(name="lain.pdf")


def test_what_is_no_scan_is_refused_at_its_field_and_who_only_reads_attaches_none(office, promised, staf, client_for):
    bring_in(staf, send(staf, office, row(promised[2], "84,75")))
    address = f"/dokumen-lama/{PastReport.objects.get().pk}/pindaian/"

    wrong = [staf.post(address, sent) for sent in ({"file": scan("surat.exe")}, {"file": scan(content=b"x")}, {})]
    reader = client_for(office.kasi[0]).post(address, {"file": scan()})

    assert [page.status_code for page in wrong] == [422] * 3 and "surat.exe" in wrong[0].text
    assert reader.status_code == 403 and not PastScan.objects.exists()
    assert "Lampirkan pindaian" not in client_for(office.kasi[0]).get(address.removesuffix("pindaian/")).text


def test_of_people_each_has_a_paper_of_ones_own_that_no_colleague_sees(office, promised, staf, client_for):
    builders.give_indicators(office, people=office.asn[1:2])
    IndicatorVersion.objects.update(start=date(2024, 1, 1))
    codes = [Indicator.objects.filter(pegawai=who).order_by("pk").first().code for who in office.asn[:2]]
    bring_in(staf, send(staf, office, *(row(code, 71 + no) for no, code in enumerate(codes))))

    own, other = (PastReport.objects.get(values__figure__pegawai=who) for who in office.asn[:2])
    page, copy = (client_for(office.asn[0]).get(f"/dokumen-lama/{own.pk}/{end}") for end in ("", "berkas/"))

    assert "71" in page.text and b";72" not in b"".join(copy)
    assert client_for(office.asn[0]).get(f"/dokumen-lama/{other.pk}/").status_code == 404


def test_the_log_has_the_digest_of_the_rows_and_each_paper(office, promised, staf):
    bring_in(staf, send(staf, office, row(promised[2], 84), row(promised[2], 83, quarter=3, paper=OLDER)))

    [applied] = Entry.objects.filter(event="import.applied")
    assert applied.payload["after"]["new"] == 2 and len(applied.payload["after"]["sha256"]) == 64
    entered = [entry.payload["after"] for entry in Entry.objects.filter(event="past_report.entered")]
    assert sorted((each["quarter"], each["rows"]) for each in entered) == [(3, 1), (4, 1)]


def test_the_same_table_again_changes_nothing_and_another_number_is_no_overwriting(office, promised, staf):
    one = promised[2]
    bring_in(staf, send(staf, office, row(one, 84)))

    page = send(staf, office, row(one, 84), row(promised[3], 85))
    other = send(staf, office, row(one, 90))

    assert states(page) == {3: "new"} and page.context["staged"].counts["same"] == 1
    assert words(other) == {2: "Angkanya sudah ada: 84. Bila keliru, laporkan kesalahan pada angka itu."}


def test_whoever_was_quicker_wins(office, promised, staf, client_for):
    one, other = promised[2:4]
    page = send(staf, office, row(one, 84), row(other, 85))
    head = client_for(office.camat)
    bring_in(head, send(head, office, row(one, 70)))

    after = bring_in(staf, page)

    assert "1 baru, 0 berubah, 0 tetap, 1 ditolak" in after.text and "sudah dimasukkan orang lain" in words(after)[2]
    found = Value.objects.values_list("figure__indicator__indicator__code", "amount")
    assert dict(found) == {one: 70, other: 85}
    assert Mark.objects.count() == 2


def test_a_period_that_was_opened_here_takes_no_old_figure(office, promised, staf):
    page = send(staf, office, row(promised[2], 84, year=2026, quarter="I"))
    assert "belum berakhir" in words(page)[2]

    later = send(staf, office, row(promised[2], 84))
    Period.objects.create(
        instansi=office.instansi, office=office.office, year=2025, quarter=4, basis="unit",
        opened_at="2026-01-05T00:00Z", run=builders.start_again(office, "pengumpulan-unit"),
    )  # fmt: skip
    after = bring_in(staf, later)

    assert "sudah dibuka di sini" in words(after)[2] and not Value.objects.exists() and not PastReport.objects.exists()


ROWS = [
    (("TIDAK-ADA", 2025, "IV", "", 84, *PAPER), "Indikator dengan kode TIDAK-ADA tidak ada"),
    (("", 2025, "IV", "", 84, *PAPER), "Kolom Kode indikator kosong."),
    (("{code}", "25", "IV", "", 84, *PAPER), "Tahun “25” tidak dikenal"),
    (("{code}", 2025, "V", "", 84, *PAPER), "Triwulan “V” tidak dikenal"),
    (("{code}", 2025, "Januari", "", 84, *PAPER), "Triwulan “Januari” tidak dikenal"),
    (("{code}", 2025, "TW I 2024", "", 84, *PAPER), "tahun yang berbeda"),
    (("{code}", 2023, "IV", "", 84, *PAPER), "belum atau tidak lagi berlaku pada 31 Des 2023"),
    (("{code}", 2026, "IV", "", 84, *PAPER), "belum berakhir"),
    (("{code}", 2025, "IV", "", "", *PAPER), "Realisasinya kosong"),
    (("{code}", 2025, "IV", "", "baik sekali", *PAPER), "angka"),
    (("{code}", 2025, "IV", "banyak", 84, *PAPER), "angka"),
    (("{code}", 2025, "IV", "", 84, "1", "", "Camat"), "Kolom Tanggal dokumen kosong."),
    (("{code}", 2025, "IV", "", 84, "1", "kemarin", "Camat"), "Tulis tanggal lengkap"),
    (("{code}", 2025, "IV", "", 84, "1", "1 Januari 2030", "Camat"), "Tanggal dokumen belum tiba"),
    (("{code}", 2025, "IV", "", 84, "1", "1 Januari 2025", "Camat"), "sebelum periodenya dimulai"),
    (("{code}", 2025, "IV", "", 84, "1", "12 Januari 2026", ""), "Kolom Penanda tangan kosong."),
    (("{code}", 2025, "IV", "", 84, "9" * 101, "12 Januari 2026", "Camat"), "terlalu panjang"),
]


@pytest.mark.parametrize(("cells", "sentence"), ROWS, ids=[sentence for _cells, sentence in ROWS])
def test_a_row_that_cannot_be_taken_says_why_and_the_others_come_in(cells, sentence, office, promised, staf):
    one, other = promised[2:4]
    page = send(staf, office, [one if cell == "{code}" else cell for cell in cells], row(other, 85))
    bring_in(staf, page)

    assert states(page) == {2: "rejected", 3: "new"} and sentence in words(page)[2]
    assert Value.objects.get().amount == 85


def test_the_same_figure_twice_is_taken_once(office, promised, staf):
    page = send(staf, office, row(promised[2], 84), row(promised[2], 85))

    assert states(page) == {2: "new", 3: "rejected"} and "baris 2" in words(page)[3]


def test_too_many_papers_are_refused_as_a_whole(office, promised, staf, monkeypatch):
    monkeypatch.setattr(incoming_past, "MOST_PAPERS", 1)
    page = send(staf, office, row(promised[2], 84), row(promised[2], 83, quarter=3, paper=OLDER))

    assert page.status_code == 422 and "menyebut lebih dari 1 dokumen" in page.text and not StagedValue.objects.exists()


def test_only_who_may_copy_old_papers_may_bring_such_a_table(office, promised, client_for):
    address = f"/periode/lama/{office.office.pk}/impor/"

    people = (office.camat, office.staf, office.admin, office.asn[0])
    assert [client_for(who).get(address).status_code for who in people] == [200, 200, 403, 403]
    assert address in client_for(office.camat).get("/periode/lama/").text
    assert client_for(office.camat).get(f"{address}contoh/").status_code == 200


def test_neither_reading_nor_bringing_in_asks_more_for_more_rows(office, promised, staf):
    """Of one paper each."""
    read, brought = [], []
    for quarter, codes in ((1, promised[2:3]), (2, promised[2:3]), (3, promised[2:])):
        with CaptureQueriesContext(connection) as context:
            page = send(staf, office, *(row(code, 80, 2024, quarter) for code in codes))
        read.append(len(context))
        with CaptureQueriesContext(connection) as context:
            bring_in(staf, page)
        brought.append(len(context))

    assert Value.objects.count() == 6 and (read[1], brought[1]) == (read[2], brought[2])


def test_a_text_that_could_be_two_numbers_stands_beside_what_was_read(office, promised, staf):
    page = send(staf, office, row(promised[0], "9.095"), row(promised[1], "84,75", quarter="III"))

    told = words(page)
    assert "tertulis “9.095”, dibaca: sembilan ribu sembilan puluh lima" in told[2]
    assert "tertulis" not in told[3]
    assert 'name="sign"' in staf.get(f"/periode/lama/{office.office.pk}/impor/").text


def test_the_person_says_that_the_file_has_decimal_dots(office, promised, staf):
    address = f"/periode/lama/{office.office.pk}/impor/"
    file = saved([HEADINGS, row(promised[0], "9.095")])

    page = staf.post(address, {"file": file, "sign": "dot"}, follow=True)

    assert "Realisasi 9,095" in words(page)[2]
    assert "tertulis “9.095”, dibaca: 9,095 (sembilan koma nol sembilan lima)" in words(page)[2]
    bring_in(staf, page)
    assert Value.objects.get().amount == Decimal("9.095")
