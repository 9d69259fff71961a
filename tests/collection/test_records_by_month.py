"""A national record that has a row for each month: they become one value by the dictionary, and the look says how."""

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from runut.collection.actions.from_records import OfRecords
from runut.collection.models import Line, OutsideEntry
from runut.planning.models import IndicatorVersion
from tests.collection import builders
from tests.collection.test_import import saved
from tests.collection.test_records import bring_in, lines_of, row, send, states, words
from tests.harness.scenes import scene

IKM, FILES = builders.NAMES[:2]
MONTHS = ("Januari 2026", "Februari 2026", "Maret 2026")


@scene
def quarter(office, frozen_time):
    """A quarter of two people: an index of which the last value counts, and files that are added up."""
    a, b = office.asn_of(office.kasi[0])[:2]
    builders.give_indicators(office, people=[a, b])
    IndicatorVersion.objects.filter(name=FILES).update(aggregation="cumulative")
    run = builders.start(office)
    builders.prepare(office, run, [a, b])
    builders.distribute(office, run)
    return SimpleNamespace(run=run, period=run.period, kasi=office.kasi[0], a=a, b=b)


@pytest.fixture
def staf(office, quarter, client_for):
    return client_for(office.staf)


def months(person, name, *amounts, first=1):
    return [
        row(person, name, amount, f"EK-{no}", Periode=month)
        for no, (month, amount) in enumerate(zip(MONTHS, amounts, strict=False), first)
    ]


def test_the_months_of_a_quarter_are_added_up_and_the_look_says_which_and_how(staf, quarter, client_for):
    page = send(staf, quarter, *months(quarter.a, FILES, "10", "12", "9"))

    assert states(page) == {2: "new", 3: "joined", 4: "joined"}
    assert "1 baru, 0 berubah, 0 tetap, 0 ditolak, 2 digabung" in page.text and "Simpan 1 baris" in page.text
    assert words(page)[2].splitlines() == [
        "Realisasi – → 31",
        "Bulanan dijumlahkan menurut kamus: Januari 10 (baris 2) + Februari 12 (baris 3) + Maret 9 (baris 4) = 31.",
        "Dari e-Kinerja, ref EK-1, EK-2, EK-3",
    ]
    assert words(page)[3] == "Ikut dihitung di baris 2." and "Ikut dihitung di baris 2." in page.text
    assert not Line.objects.exclude(amount=None).exists()
    bring_in(staf, page)
    line = lines_of(quarter, quarter.a)[1]
    assert (line.amount, line.measure) == (31, "measured") and OutsideEntry.objects.get().no == 2
    assert "dari e-Kinerja, ref EK-1, EK-2, EK-3" in client_for(quarter.a).get(f"/isian/{line.sheet_id}/").text


@pytest.mark.parametrize(
    ("aggregation", "amount", "how"),
    [
        ("last", 84, "Dipakai bulan terakhir menurut kamus: Maret 84 (baris 4). Tidak dipakai: Januari 80"),
        ("release", 84, "Dipakai bulan terakhir menurut kamus: Maret 84 (baris 4)."),
        ("average", 82, "Bulanan dirata-ratakan menurut kamus: (Januari 80 (baris 2) + Februari 82 (baris 3)"),
    ],
)
def test_the_dictionary_says_how_they_are_combined(staf, quarter, aggregation, amount, how):
    IndicatorVersion.objects.filter(name=IKM).update(aggregation=aggregation)

    page = send(staf, quarter, *months(quarter.a, IKM, "80", "82", "84"))
    bring_in(staf, page)

    assert how in words(page)[2]
    assert lines_of(quarter, quarter.a)[0].amount == amount


ADDED = (
    "Bulanan dijumlahkan menurut kamus: Januari 10 (baris 2) + Februari 12 (baris 3) = 22. Tidak ada di berkas: Maret."
)


def test_how_months_made_a_number_stands_in_the_form_before_the_reviewer_and_in_its_history(
    staf, quarter, office, client_for
):
    bring_in(staf, send(staf, quarter, row(quarter.a, IKM, 84, "EK-9"), *months(quarter.a, FILES, "10", "12")))
    added = ADDED.replace("baris 3", "baris 4").replace("baris 2", "baris 3")
    line = lines_of(quarter, quarter.a)[1]
    own = client_for(quarter.a)
    pages = [own.get(f"/isian/{line.sheet_id}/{page}") for page in ("", f"baris/{line.pk}/")]
    builders.submit(office, quarter.run, quarter.a)
    pages += [client_for(quarter.kasi).get(f"/validasi/{line.sheet_id}/"), own.get(f"/angka/{line.figure_id}/")]

    # The line's own page has it twice: beside the number, and in the list of what came from elsewhere.
    assert [page.text.count(added) for page in pages] == [1, 2, 1, 1]


def test_the_months_are_told_in_the_words_of_whoever_reads(staf, quarter, client_for):
    bring_in(staf, send(staf, quarter, *months(quarter.a, FILES, "10", "12")))
    reader = client_for(quarter.a)
    reader.post("/bahasa/", {"language": "en", "next": "/"})

    page = reader.get(f"/isian/{lines_of(quarter, quarter.a)[1].sheet_id}/")

    assert OutsideEntry.objects.get().derivation == ADDED and ADDED not in page.text
    assert "(row 2)" in page.text and "= 22." in page.text


def test_what_stays_beside_a_typed_number_says_how_months_made_it(staf, quarter, office, client_for):
    builders.type_in(office, builders.sheet_of(quarter.run, quarter.a), quarter.a, None, "30")
    bring_in(staf, send(staf, quarter, *months(quarter.a, FILES, "10", "12")))

    page = client_for(quarter.a).get(f"/isian/{lines_of(quarter, quarter.a)[1].sheet_id}/")

    assert ADDED in page.text and not OutsideEntry.objects.get().taken


def test_a_number_of_one_row_has_no_such_words(staf, quarter, client_for):
    bring_in(staf, send(staf, quarter, row(quarter.a, IKM, 84, "EK-9")))

    page = client_for(quarter.a).get(f"/isian/{lines_of(quarter, quarter.a)[0].sheet_id}/")

    assert OutsideEntry.objects.get().made_of is None and "data-made-of" not in page.text


def test_rows_of_a_month_may_stand_anywhere_and_be_judged_in_any_batch(staf, quarter, monkeypatch):
    monkeypatch.setattr(OfRecords, "at_once", 2)
    sorted_by_month = [
        one
        for together in zip(months(quarter.a, FILES, 1, 2, 3), months(quarter.b, FILES, 10, 20, 30), strict=True)
        for one in together
    ]

    page = send(staf, quarter, *sorted_by_month, row(quarter.a, IKM, 84, "EK-9"))
    bring_in(staf, page)

    assert states(page) == {2: "new", 3: "new", 4: "joined", 5: "joined", 6: "joined", 7: "joined", 8: "new"}
    assert [lines_of(quarter, who)[1].amount for who in (quarter.a, quarter.b)] == [6, 60]
    assert lines_of(quarter, quarter.a)[0].amount == 84


def test_the_same_months_again_change_nothing_and_a_new_month_follows(staf, quarter):
    bring_in(staf, send(staf, quarter, *months(quarter.a, FILES, "10", "12")))
    again = send(staf, quarter, *months(quarter.a, FILES, "10", "12"))
    assert states(again) == {} and again.context["staged"].counts["same"] == 2

    page = send(staf, quarter, *months(quarter.a, FILES, "10", "12", "9"))
    bring_in(staf, page)

    assert words(page)[2].startswith("Realisasi 22 → 31\n")
    assert lines_of(quarter, quarter.a)[1].amount == 31


def test_months_that_are_not_in_the_file_are_named(staf, quarter):
    page = send(staf, quarter, *months(quarter.a, FILES, "10"))

    assert words(page)[2].splitlines()[1].endswith("Januari 10 (baris 2) = 10. Tidak ada di berkas: Februari, Maret.")


def test_what_a_person_typed_stays_beside_the_months_together(staf, quarter, office):
    builders.type_in(office, builders.sheet_of(quarter.run, quarter.a), quarter.a, None, "30")

    page = send(staf, quarter, *months(quarter.a, FILES, "10", "12", "9"))
    bring_in(staf, page)

    assert "Di sini tertulis 30" in words(page)[2] and "di e-Kinerja 31" in words(page)[2]
    assert lines_of(quarter, quarter.a)[1].amount == 30


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([("Januari 2026", "10"), ("Februari 2026", "")], "Februari, baris 3: Realisasinya kosong"),
        ([("Januari 2026", "10"), ("Februari 2026", "dua")], "Februari, baris 3: "),
        ([("Januari 2026", "10"), ("Januari 2026", "10")], "Januari ada dua kali, di baris 2 dan 3. Sisakan satu."),
    ],
)
def test_what_cannot_be_put_together_is_not_taken_in_part(staf, quarter, rows, sentence):
    page = send(staf, quarter, *(row(quarter.a, FILES, said, Periode=month) for month, said in rows))
    bring_in(staf, page)

    assert states(page) == {2: "rejected", 3: "rejected"} and sentence in words(page)[2]
    assert words(page)[3] == "Bulan ini digabung dengan baris 2, yang ditolak."
    assert lines_of(quarter, quarter.a)[1].amount is None


def test_a_month_and_the_quarter_of_one_indicator_are_not_both_taken(staf, quarter):
    both = [row(quarter.a, FILES, "31", "EK-1", Periode="TW I 2026"), *months(quarter.a, FILES, "10", "12")]

    page = send(staf, quarter, *both)

    assert states(page) == {2: "new", 3: "rejected", 4: "rejected"}
    assert "Indikator ini sudah ada di baris 2" in words(page)[3]


def test_results_of_a_quotient_are_not_added_up(staf, quarter):
    IndicatorVersion.objects.filter(name=FILES).update(numerator="Tepat waktu", denominator="Semua")

    page = send(staf, quarter, *months(quarter.a, FILES, "50", "60"))

    assert states(page) == {2: "rejected", 3: "rejected"} and "dihitung dari pembilang dan penyebut" in words(page)[2]


def test_a_month_of_another_persons_name_stops_all_of_them(staf, quarter):
    rows = months(quarter.a, FILES, "10", "12")
    rows[1][1] = "Zzyx Qwerty"

    page = send(staf, quarter, *rows)

    assert states(page) == {2: "rejected", 3: "rejected"} and f"milik {quarter.a.name}" in words(page)[2]


@pytest.mark.parametrize(
    ("cell", "state", "said"),
    [
        ("1", "new", "Januari 10"), ("Maret", "new", "Maret 10"), ("03", "new", "Maret 10"),
        ("4", "rejected", "Baris ini untuk April 2026, bukan Triwulan I 2026."),
        ("13", "rejected", "Bulan “13” tidak dikenal"),
    ],
)  # fmt: skip
def test_the_month_may_have_a_column_of_its_own(staf, quarter, cell, state, said):
    headings = ("NIP", "Indikator Kinerja Individu", "Realisasi", "Bulan", "Tahun", "Periode")
    line = (quarter.a.nip, FILES, "10", cell, "2026", "TW I")

    page = send(staf, quarter, file=saved([headings, line]))

    assert states(page) == {2: state} and said in words(page)[2]


def test_months_ask_no_more_for_more_rows(staf, quarter):
    def queries(*rows):
        with CaptureQueriesContext(connection) as context:
            send(staf, quarter, *rows)
        return len(context)

    few = queries(*months(quarter.a, FILES, 1))
    many = queries(*months(quarter.a, FILES, 1, 2, 3), *months(quarter.b, FILES, 1, 2, 3))

    assert many == few
