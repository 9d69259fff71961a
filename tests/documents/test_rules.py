"""What a document says, which parafs it needs, how it is numbered: values in, values out."""

from dataclasses import replace

import pytest

from runut.documents.rules.content import About, FigureRow, Gathered, SheetMark, YearRow, correction, hash_of, recap
from runut.documents.rules.differences import differences
from runut.documents.rules.kinds import kind_of
from runut.documents.rules.moves import MOVES
from runut.documents.rules.numbering import compose, gaps, next_seq, pattern_of
from runut.documents.rules.parafs import Given, missing_parafs, must_be_validated, needed_steps, validates
from runut.documents.rules.report import CHAPTERS, report
from runut.lib.errors import Refused
from runut.sop.rules.parse import load
from tests.sop.play import LIBRARY

AGAIN = "Versi lain. Angka dan keterangannya sama; bukti dukungnya mungkin berbeda."
ABOUT = About("Kecamatan Contoh", "Triwulan I 2026", 2026, 1, "unit")


def procedure(code):
    return load((LIBRARY / f"{code}.yaml").read_text(encoding="utf-8"), code)


def row(figure=1, actual="84,75", **more):
    fields = {
        "figure": figure,
        "value": figure * 10,
        "member": "u1",
        "subject": "Seksi Pelayanan",
        "unit": "Seksi Pelayanan",
        "indicator": f"Indikator {figure}",
        "measure": "indeks",
        "target": "80",
        "actual": actual,
        "achievement": "105,94%",
        **more,
    }
    return FigureRow(**fields)


def gathered(*rows, **more):
    marks = [SheetMark("u1", "Seksi Pelayanan", "a" * 64)]
    return Gathered(about=more.pop("about", ABOUT), rows=rows, sheets=marks, **more)


@pytest.mark.requirement("R-KEMLAGI-25")
def test_a_recap_has_a_line_per_figure_under_its_unit():
    content = recap(gathered(row(1), row(2)))

    [table] = content["blocks"]
    assert [group["label"] for group in table["groups"]] == ["Seksi Pelayanan"]
    assert [line[0] for line in table["groups"][0]["rows"]] == ["1", "2"]
    assert [column["label"] for column in table["columns"]][:3] == ["No", "Sasaran", "Indikator kinerja"]


def test_a_recap_names_those_who_are_missing():
    content = recap(gathered(row(), missing=["Seksi Ketenteraman"]))

    assert "Seksi Ketenteraman" in content["blocks"][0]["text"]


@pytest.mark.requirement("R-KINTOM-17")
def test_a_correction_shows_each_figure_before_and_after():
    figure = row(before="97,8", difference="−5,7", actual="92,1")
    content = correction(gathered(figure), "PD-2026-001", "salah bulan")

    line = content["blocks"][-1]["groups"][0]["rows"][0]
    assert line[3:6] == ["97,8", "92,1", "−5,7"]


def test_the_hash_means_the_content_and_nothing_else():
    first, again, other = recap(gathered(row())), recap(gathered(row())), recap(gathered(row(actual="9,41")))

    assert hash_of(first) == hash_of(again) != hash_of(other)


@pytest.mark.requirement("R-KEMLAGI-26")
def test_a_report_has_its_four_chapters_in_order():
    content = report(gathered(row()), {"1": "Umum.", "2": "Rencana.", "3": "Analisis.", "4": "Penutup."})

    headings = [block["text"] for block in content["blocks"] if block["kind"] == "heading" and block["level"] == 2]
    assert headings == [chapter.title for chapter in CHAPTERS]


def test_differences_name_the_figure_the_chapter_and_both_sides():
    old = report(gathered(row(actual="84,75")), {"1": "Lama.", "2": "Tetap."})
    new = report(gathered(row(actual="83,20")), {"1": "Baru.", "2": "Tetap."})

    found = [(change.where, change.before, change.after) for change in differences(old, new)]

    assert found == [
        ("Seksi Pelayanan: Indikator 1", "84,75", "83,20"),
        ("BAB I PENDAHULUAN", "Lama.", "Baru."),
    ]


@pytest.mark.parametrize(
    ("more", "what", "before", "after"),
    [
        ({"reason": "Sesuai rekap SIAK"}, "Alasan", "", "Sesuai rekap SIAK"),
        ({"cause": "Salah bulan"}, "Penyebab", "", "Salah bulan"),
        ({"measure": "persen"}, "Satuan", "indeks", "persen"),
        ({"annual_target": "90"}, "Target tahunan", "", "90"),
        ({"value": 99}, "Versi angka", "", AGAIN),
    ],
)
def test_whatever_makes_a_figure_another_is_told(more, what, before, after):
    changes = differences(recap(gathered(row())), recap(gathered(row(**more))))

    assert [(change.what, change.before, change.after) for change in changes] == [(what, before, after)]


def test_the_reason_of_a_case_and_the_order_of_lines_are_told():
    old, new = (correction(gathered(row()), "PD-2026-001", why) for why in ("salah bulan", "salah unduh"))
    turned = [report(gathered(row()), {"1": text}) for text in ("Satu.\nDua.", "Dua.\nSatu.")]

    assert [(c.before, c.after) for c in differences(old, new)] == [
        ("Alasan perbaikan: salah bulan", "Alasan perbaikan: salah unduh")
    ]
    assert "BAB I PENDAHULUAN" in [change.where for change in differences(*turned)]


def test_a_year_that_changed_elsewhere_is_told_by_its_table():
    years = [YearRow("", "Indeks", "indeks", "80", (), actual, "100%") for actual in ("84", "83")]
    old, new = (report(gathered(row(), year_rows=[year]), {}) for year in years)

    [change] = differences(old, new)

    assert (change.where, change.what) == ("Pengukuran kinerja tahun 2026", "Tabel")
    assert ("84" in change.before, "83" in change.after) == (True, True)


def test_how_a_year_came_about_is_told_in_the_offices_own_word():
    year = YearRow("", "Indeks", "indeks", "80", (), "84", "100%", derivation="rata-rata dari 2")
    about = replace(ABOUT, quarter_word="Tribulan")

    blocks = report(gathered(row(), about=about, year_rows=[year]), {})["blocks"]

    texts = [block.get("text", "") for block in blocks]
    assert "Realisasi setahun dari tribulannya:" in texts and not any("triwulannya" in text for text in texts)


def test_what_is_printed_nowhere_but_changes_the_hash_is_told_too():
    new = recap(gathered(row()))
    new["sheets"] = [{**sheet, "data_hash": "b" * 64} for sheet in new["sheets"]]

    assert [change.what for change in differences(recap(gathered(row())), new)] == ["Susunan"]


def test_without_an_earlier_version_nothing_is_different():
    assert differences(None, recap(gathered(row()))) == []


@pytest.mark.parametrize(
    ("category", "has_report", "kind"),
    [("collection", False, "recap"), ("correction", False, "correction"), ("collection", True, "report")],
)
def test_a_run_is_about_one_document(category, has_report, kind):
    assert kind_of(category=category, has_report=has_report) == kind


@pytest.mark.parametrize(
    ("code", "judged"),
    [("inspektorat", True), ("kintom", True), ("sidoarjo", True), ("kemlagi", False), ("pengumpulan-unit", True)],
)
def test_only_a_procedure_that_validates_can_miss_a_validation(code, judged):
    assert validates(procedure(code)) is judged


@pytest.mark.requirement("R-NGORO-23", "R-ALL-3")
def test_ngoro_needs_two_parafs_before_it_is_signed():
    assert [step.id for step in needed_steps(procedure("ngoro"), "tandatangan")] == [
        "paraf_kasubag",
        "paraf_sekretaris",
    ]


@pytest.mark.requirement("R-ALL-3")
def test_a_paraf_under_another_content_does_not_count():
    definition = procedure("ngoro")
    given = [Given("paraf_kasubag", None, "new"), Given("paraf_sekretaris", None, "old")]

    missing = list(missing_parafs(definition, "tandatangan", given, "new", {}))

    assert [(each.step.id, each.member) for each in missing] == [("paraf_sekretaris", None)]


def test_a_void_paraf_does_not_count():
    definition = procedure("kintom")
    given = [Given("paraf", None, "new", voided=True)]

    assert len(list(missing_parafs(definition, "tandatangan", given, "new", {}))) == 1


@pytest.mark.requirement("R-INSP-13")
def test_each_sheet_needs_the_paraf_of_its_superior():
    definition = procedure("inspektorat")
    given = [Given("periksa", "p1", "h1"), Given("periksa", "p2", "stale")]

    missing = list(missing_parafs(definition, "tandatangan", given, "x", {"p1": "h1", "p2": "h2"}))

    assert [(each.step.id, each.member) for each in missing] == [("periksa", "p2")]


def test_only_a_procedure_with_a_review_asks_for_validated_sheets():
    assert must_be_validated(procedure("inspektorat"), "tandatangan")
    assert not must_be_validated(procedure("kemlagi"), "tandatangan")


@pytest.mark.requirement("R-NGORO-24")
@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("416-306", "065/12/416-306/2026"),
        ("", "065/12/2026"),
        ("SOP/{nomor}/438.5.20/{tahun}", "SOP/12/438.5.20/2026"),
    ],
)
def test_a_number_follows_the_office_pattern(code, number):
    assert compose(pattern_of(code), seq=12, year=2026, classification="065") == number


def test_a_pattern_with_an_unknown_place_is_refused():
    with pytest.raises(Refused, match="bulan"):
        pattern_of("{nomor}/{bulan}")


def test_the_next_number_follows_the_highest_and_gaps_are_named():
    assert (next_seq([1, 2, 5]), gaps([1, 2, 5])) == (6, [3, 4])
    assert (next_seq([]), gaps([])) == (1, [])


def test_a_superseded_document_stays_superseded():
    assert MOVES["superseded"] == frozenset()
    assert "draft" not in MOVES["signed"]
