"""The linter finds the slips of the five sources, read as they were printed."""

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import translation

from runut.lib.nip import synthetic_nip
from runut.sop import library
from runut.sop.rules.lint import lint
from runut.sop.rules.parse import load

PRINTED = Path(__file__).parent / "printed"
OFFICES = {
    "ngoro": "Kecamatan Ngoro",
    "sidoarjo": "Dinas Perindustrian dan Perdagangan",
    "kemlagi": "Kecamatan Kemlagi",
    "kintom": "Kecamatan Kintom",
    "inspektorat": "Inspektorat Kabupaten Mojokerto",
}

# the defect, the source, the rule that finds it, the steps it is found at ("" above the flow)
DEFECTS = [
    ("I-NGORO-1", "ngoro", "number-incomplete", {""}),
    ("I-NGORO-2", "ngoro", "qualification-foreign", {""}),
    ("I-NGORO-3", "ngoro", "law-title", {""}),
    ("I-NGORO-4", "ngoro", "spelling", {"", "l1"}),
    ("I-NGORO-5", "ngoro", "role-office", {"l5"}),
    ("I-NGORO-6", "ngoro", "output-repeated", {"l5"}),
    ("I-NGORO-7", "ngoro", "several-acts", {"l6"}),
    ("I-NGORO-7", "ngoro", "paraf-unnamed", {"l6"}),
    ("I-NGORO-8", "ngoro", "state-activity", {"l6", "l7"}),
    ("I-NGORO-8", "ngoro", "no-actor", {"l6", "l7"}),
    ("I-NGORO-9", "ngoro", "spelling", {"", "l1"}),
    ("I-NGORO-10", "ngoro", "no-return", {""}),
    ("I-NGORO-11", "ngoro", "section-missing", {""}),
    ("I-NGORO-12", "ngoro", "nip-age", {""}),
    ("I-SIDOARJO-1", "sidoarjo", "number-gap", {"l3"}),
    ("I-SIDOARJO-1", "sidoarjo", "no-time", {"u6"}),
    ("I-SIDOARJO-3", "sidoarjo", "lane-text", {"l4"}),
    ("I-SIDOARJO-3", "sidoarjo", "lane-doubled", {"l3"}),
    ("I-SIDOARJO-4", "sidoarjo", "section-number", {""}),
    ("I-SIDOARJO-5", "sidoarjo", "noun-activity", {"l4", "l6"}),
    ("I-SIDOARJO-6", "sidoarjo", "revision-twice", {""}),
    ("I-SIDOARJO-7", "sidoarjo", "undefined-role", {""}),
    ("I-SIDOARJO-8", "sidoarjo", "no-separation", {""}),
    ("I-SIDOARJO-9", "sidoarjo", "team-not-approved", {"l1"}),
    ("I-SIDOARJO-10", "sidoarjo", "spelling", {"", "l1"}),
    ("I-SIDOARJO-11", "sidoarjo", "section-missing", {""}),
    ("I-KEMLAGI-1", "kemlagi", "spelling", {"", "l2", "l4"}),
    ("I-KEMLAGI-2", "kemlagi", "spelling", {"", "l2", "l4"}),
    ("I-KEMLAGI-3", "kemlagi", "term-variants", {""}),
    ("I-KEMLAGI-4", "kemlagi", "related-duplicate", {""}),
    ("I-KEMLAGI-5", "kemlagi", "no-fill-step", {""}),
    ("I-KEMLAGI-6", "kemlagi", "report-year", {""}),
    ("I-KEMLAGI-7", "kemlagi", "period-fixed", {""}),
    ("I-KEMLAGI-8", "kemlagi", "law-replaced", {""}),
    ("I-KEMLAGI-9", "kemlagi", "nip-length", {""}),
    ("I-KEMLAGI-10", "kemlagi", "number-incomplete", {""}),
    ("I-KEMLAGI-10", "kemlagi", "effective-missing", {""}),
    ("I-KEMLAGI-11", "kemlagi", "document-vague", {f"l{n}" for n in range(1, 13)}),
    ("I-KEMLAGI-12", "kemlagi", "equal-times", {""}),
    ("I-KEMLAGI-13", "kemlagi", "subject-mixed", {""}),
    ("I-KEMLAGI-14", "kemlagi", "job-name", {""}),
    ("I-KEMLAGI-15", "kemlagi", "qualification-actors", {""}),
    ("I-KINTOM-1", "kintom", "foreign-office", {"l1", "l4"}),
    ("I-KINTOM-2", "kintom", "law-foreign", {""}),
    ("I-KINTOM-2", "kintom", "lane-foreign", {""}),
    ("I-KINTOM-3", "kintom", "law-replaced", {""}),
    ("I-KINTOM-4", "kintom", "title-variants", {""}),
    ("I-KINTOM-5", "kintom", "nip-length", {""}),
    ("I-KINTOM-6", "kintom", "input-output", {f"l{n}" for n in range(1, 10)}),
    ("I-KINTOM-7", "kintom", "hand-over", {"l3"}),
    ("I-KINTOM-8", "kintom", "no-subject", {"l2", "l6", "l7"}),
    ("I-KINTOM-9", "kintom", "lane-doubled", {"l2", "l3", "l5", "l7", "l8"}),
    ("I-KINTOM-10", "kintom", "scope-all", {"l4"}),
    ("I-KINTOM-11", "kintom", "no-cause", {""}),
    ("I-INSP-1", "inspektorat", "spelling", {""}),
    ("I-INSP-3", "inspektorat", "norm-basis", {"l4"}),
    ("I-INSP-4", "inspektorat", "state-activity", {"l4", "l6", "l7"}),
    ("I-INSP-5", "inspektorat", "branch-in-text", {"l4", "l6"}),
    ("I-INSP-7", "inspektorat", "law-amends", {""}),
    ("I-INSP-8", "inspektorat", "head-appraiser", {"l5"}),
    ("I-INSP-9", "inspektorat", "paper-form", {"l2"}),
]


def printed_text(name):
    young = synthetic_nip(date(1990, 3, 5), (2009, 2), 1, 901)
    text = (PRINTED / f"{name}.yaml").read_text(encoding="utf-8")
    return text.replace("NIP-MUDA", young).replace("NIP-PENDEK", young[:-1])


def findings_of(name):
    return lint(load(printed_text(name), f"{name}.yaml", printed=True), OFFICES[name])


@pytest.mark.requirement("R-ALL-8")
@pytest.mark.parametrize(("defect", "source", "code", "steps"), DEFECTS)
def test_a_slip_of_the_sources_is_found(defect, source, code, steps):
    assert {finding.step for finding in findings_of(source) if finding.code == code} == steps


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("ngoro", ["Menteri PAB", "Mutu Buku", "Review", "merevies"]),
        ("sidoarjo", ["Mutu Buku", "mereview"]),
        ("kemlagi", ["STANDART", "Realiasi", "Menganalis", "masing2", "yg"]),
        ("inspektorat", ["PENCATATAN DAN PENDAPATAN"]),
    ],
)
def test_each_misspelt_word_is_quoted(source, words):
    messages = [finding.message for finding in findings_of(source) if finding.code == "spelling"]

    assert [word for word in words if not any(f"“{word}”" in message for message in messages)] == []


def test_55_of_the_58_slips_are_found_by_rule():
    """The others are decisions: I-SIDOARJO-2 and I-INSP-6 an office's own values, I-INSP-2 a lawful order of dates."""
    assert len({defect for defect, *_rest in DEFECTS}) == 55


def test_all_replaced_laws_of_kemlagi_are_named():
    messages = [finding.message for finding in findings_of("kemlagi") if finding.code == "law-replaced"]

    assert sorted(message.split(" sudah")[0] for message in messages) == [
        "KepmenPAN 135/2004",
        "PP 8/2008",
        "PermenPANRB 20/2013",
        "PermenPANRB 25/2012",
        "Permendagri 54/2010",
        "Perpres 81/2010",
    ]


@pytest.mark.requirement("R-NGORO-5", "R-KEMLAGI-16")
@pytest.mark.parametrize(("source", "count"), [("ngoro", 2), ("kemlagi", 5)])
def test_qualifications_are_kept_as_written_although_they_are_wrong(source, count):
    assert len(load(printed_text(source), printed=True).header.qualifications) == count


def test_a_draft_revised_before_it_took_effect_is_in_order():
    assert "dates-order" not in {finding.code for finding in findings_of("inspektorat")}


def test_an_sop_in_force_before_it_was_made_is_refused():
    text = printed_text("inspektorat").replace('effective_on: "2023-01-16"', 'effective_on: "2022-12-31"')

    codes = {finding.code for finding in lint(load(text, printed=True))}

    assert "dates-order" in codes


def test_a_complete_sop_of_the_library_is_clean():
    assert lint(library.read("inspektorat"), "Inspektorat Contoh") == []


@pytest.mark.parametrize(
    ("code", "office", "left"),
    [
        ("ngoro", "Kecamatan Contoh Ngoro", {"number-incomplete", "section-missing"}),
        ("sidoarjo", "Dinas Contoh", {"number-gap", "no-time", "section-missing", "no-separation"}),
        ("kemlagi", "Kecamatan Contoh Kemlagi", {"number-incomplete", "effective-missing", "equal-times"}),
        ("kintom", "Kecamatan Contoh Kintom", {"number-missing", "date-missing", "effective-missing", "lane-foreign"}),
        ("pengumpulan-unit", "", {"number-missing", "date-missing", "effective-missing"}),
        ("pengumpulan-pegawai", "", {"number-missing", "date-missing", "effective-missing"}),
    ],
)
def test_the_library_keeps_only_what_the_office_must_decide(code, office, left):
    assert {finding.code for finding in lint(library.read(code), office)} == left


def test_a_time_that_stands_everywhere_is_named_in_the_readers_language():
    with translation.override("en"):
        [found] = [finding for finding in lint(library.read("kemlagi"), "") if finding.code == "equal-times"]

    assert "(60 minutes)" in found.message and "menit" not in found.message


def test_a_neighbours_name_is_found_without_knowing_whose_sop_it_is():
    text = printed_text("kintom").replace("owner_unit: Kecamatan Kintom", "owner_unit: Sub Bagian Program")

    findings = [finding for finding in lint(load(text, printed=True)) if finding.code == "foreign-office"]

    assert {finding.step for finding in findings} == {"l1", "l4"}


@pytest.mark.parametrize("words", ["Camat Kec. Batui", "Kecamatan Batui"])
@pytest.mark.parametrize("office", ["Inspektorat Kabupaten Mojokerto", "Disperindag Kabupaten Sidoarjo"])
def test_a_kecamatan_is_foreign_in_the_sop_of_another_kind_of_office(words, office):
    text = library.text("inspektorat").replace("Menyiapkan formulir", f"Menyiapkan untuk {words} formulir", 1)

    findings = [finding for finding in lint(load(text), office) if finding.code == "foreign-office"]

    assert [finding.step for finding in findings] == ["siapkan"]
    assert "Kecamatan Batui" in findings[0].message


def run_command(path, *options):
    out = StringIO()
    try:
        call_command("lint_sop", str(path), *options, stdout=out)
    except SystemExit as end:
        return end.code, out.getvalue()
    return 0, out.getvalue()


def test_the_command_ends_with_0_for_a_clean_file(tmp_path):
    path = tmp_path / "sop.yaml"
    path.write_text(library.text("inspektorat"), encoding="utf-8")

    assert run_command(path, "--format", "json") == (0, "")


def test_the_command_prints_one_json_object_per_finding_and_ends_with_1(tmp_path):
    path = tmp_path / "sop.yaml"
    path.write_text(printed_text("kintom"), encoding="utf-8")

    status, out = run_command(path, "--format", "json", "--office", "Kecamatan Kintom")

    rows = [json.loads(line) for line in out.splitlines()]
    assert status == 1
    assert all(set(row) == {"level", "code", "step", "message"} for row in rows)
    assert {"foreign-office", "input-output", "nip-length"} <= {row["code"] for row in rows}


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"code: [", b"- satu\n- dua\n", b"code: x\njudul: y\n"])
def test_the_command_ends_with_2_for_what_is_no_sop(tmp_path, content):
    path = tmp_path / "sop.yaml"
    path.write_bytes(content)

    status, out = run_command(path, "--format", "json")

    assert status == 2
    assert json.loads(out.splitlines()[0])["level"] == "error"


def test_the_command_ends_with_2_for_a_missing_file(tmp_path):
    status, out = run_command(tmp_path / "tidak-ada.yaml")

    assert status == 2
    assert "tidak dapat dibaca" in out
