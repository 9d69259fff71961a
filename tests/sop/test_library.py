"""The SOPs that come with the product: complete, corrected, every difference noted, nobody's name in them."""

import csv
import json
import re
from pathlib import Path

import pytest
import yaml
from django.utils.translation import gettext, override
from jsonschema import Draft202012Validator

from runut.sop import library
from runut.sop.rules.parse import SopFileError, load

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs/sop.schema.json").read_text(encoding="utf-8"))
SOURCES = ("ngoro", "sidoarjo", "kemlagi", "kintom", "inspektorat")
SLIPS = {"NGORO": 12, "SIDOARJO": 11, "KEMLAGI": 15, "KINTOM": 11, "INSP": 9}


def norms(code):
    """Printed number (or id of a step without one) and norm, in order."""
    steps = library.read(code).steps
    return [(step.printed_no or step.id, f"{step.norm.amount} {step.norm.unit}") for step in steps if step.norm]


def returns(code):
    pairs = [(step, outcome) for step in library.read(code).steps for outcome in step.outcomes if outcome.back]
    return {(step.id, outcome.code, outcome.to, outcome.items) for step, outcome in pairs}


def test_the_library_lists_exactly_its_files():
    files = {path.stem for path in (ROOT / "runut/sop/library").glob("*.yaml")}

    assert files == set(library.CODES)
    assert {library.read(code).code for code in library.CODES} == set(library.CODES)


def test_an_sop_the_library_does_not_have_is_a_key_error():
    with pytest.raises(KeyError):
        library.text("../kinds")


@pytest.mark.parametrize("code", library.CODES)
def test_the_file_fits_the_schema(code):
    errors = list(Draft202012Validator(SCHEMA).iter_errors(yaml.safe_load(library.text(code))))

    assert errors == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("work: fill", "work: isi"),
        ("each: pegawai", "each: desa"),
        ("time: 1 hari", "time: sehari"),
        ("lane: asn", "lajur: asn"),
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(old, new):
    text = library.text("inspektorat")
    assert old in text
    wrong = text.replace(old, new, 1)

    assert not Draft202012Validator(SCHEMA).is_valid(yaml.safe_load(wrong))
    with pytest.raises(SopFileError):
        load(wrong)


@pytest.mark.parametrize("code", SOURCES)
def test_every_slip_of_the_source_is_settled_in_the_file(code):
    source = "INSP" if code == "inspektorat" else code.upper()

    noted = {note.ref for note in library.read(code).corrections}

    assert {f"I-{source}-{number}" for number in range(1, SLIPS[source] + 1)} <= noted


@pytest.mark.parametrize("code", library.CODES)
def test_corrections_quote_known_requirements(code):
    with (ROOT / "docs/requirements.csv").open(encoding="utf-8", newline="") as file:
        known = {row["id"] for row in csv.DictReader(file)}

    refs = {note.ref for note in library.read(code).corrections}

    assert {ref for ref in refs if ref.startswith("R-")} <= known


@pytest.mark.parametrize("code", library.CODES)
def test_added_steps_have_no_norm_and_everything_else_has_words(code):
    definition = library.read(code)

    assert [step.id for step in definition.steps if step.added and step.norm] == []
    assert [step.id for step in definition.steps if not (step.needs and step.output)] == []


@pytest.mark.parametrize("code", library.CODES)
def test_no_person_stands_in_the_library(code):
    text = library.text(code)

    assert re.search(r"\bNIP\b\W*\d|\d{8}[ .]?\d{6}|\b(?:S\.|M\.Si|Drs\.|Dra\.)", text) is None


@pytest.mark.requirement("R-INSP-20", "R-INSP-8")
def test_inspektorat_keeps_its_lanes_and_norms():
    assert [lane.name for lane in library.read("inspektorat").lanes] == [
        "Staf Kepegawaian",
        "Pejabat Penilai",
        "ASN Inspektorat",
        "Inspektur",
    ]
    assert norms("inspektorat") == [
        ("1", "1 hari"),
        ("2", "30 menit"),
        ("3", "3 hari"),
        ("4", "15 menit"),
        ("5", "1 hari"),
        ("6", "10 menit"),
        ("7", "10 menit"),
    ]
    assert library.read("inspektorat").step("periksa").norm.per == "item"


def test_ngoro_keeps_its_norms_and_the_norm_of_row_6_stands_once():
    assert norms("ngoro") == [
        ("1", "15 menit"),
        ("2", "1 hari"),
        ("3", "1 hari"),
        ("4", "30 menit"),
        ("5", "30 menit"),
        ("6", "1 hari"),
        ("7", "30 menit"),
    ]
    assert [step.id for step in library.read("ngoro").steps if step.printed_no == "6"] == [
        "paraf_kasubag",
        "paraf_sekretaris",
        "agenda",
        "tandatangan",
    ]


@pytest.mark.requirement("R-SIDOARJO-36", "R-SIDOARJO-37")
def test_sidoarjo_keeps_its_printed_numbers_norms_and_jabatan():
    definition = library.read("sidoarjo")

    assert norms("sidoarjo") == [
        ("1", "15 menit"),
        ("2", "1 hari"),
        ("4", "1 hari"),
        ("5", "30 menit"),
        ("6", "1 hari"),
        ("7", "30 menit"),
    ]
    assert [lane.name for lane in definition.lanes[:4]] == ["Kepala OPD", "Pejabat Pelaporan", "Sekretaris", "Staf"]
    assert definition.header.layout == "iso"
    assert [len(duties) for _role, duties in definition.header.responsibilities] == [3, 7, 6]


def test_kemlagi_keeps_its_twelve_rows_and_its_three_minutes():
    assert norms("kemlagi") == [("1", "3 menit"), *((str(row), "60 menit") for row in range(2, 13))]


def test_kintom_keeps_its_990_minutes_and_five_lanes():
    definition = library.read("kintom")

    assert sum(step.norm.amount for step in definition.steps if step.norm) == 990
    assert [lane.name for lane in definition.lanes] == [
        "Camat",
        "Sekretaris",
        "Kepala Seksi/Lurah",
        "Kasubag Evlap",
        "Pelaksana",
    ]


@pytest.mark.requirement("R-KEMLAGI-5", "R-KEMLAGI-6", "R-KEMLAGI-7", "R-KEMLAGI-8", "R-KEMLAGI-9")
def test_kemlagi_names_who_answers_manages_serves_compiles_and_supplies():
    roles = dict(library.read("kemlagi").header.responsibilities)

    assert roles["Penanggung jawab"] == ("Camat",)
    assert roles["Unit pengelola data"] == ("Sekretaris Kecamatan",)
    assert len(roles["Unit penyuplai data"]) == 6
    assert set(roles["Unit pelayanan kepegawaian"]) < set(roles["Unit penyuplai data"])
    assert set(roles["Unit penyusun laporan kinerja"]) < set(roles["Unit penyuplai data"])


@pytest.mark.requirement("R-INSP-3", "R-KINTOM-3")
def test_qualifications_are_kept():
    assert len(library.read("inspektorat").header.qualifications) == 2
    assert len(library.read("kintom").header.qualifications) == 4


@pytest.mark.requirement("R-ALL-2")
def test_the_five_acts_are_told_apart():
    assert {step.act for code in library.CODES for step in library.read(code).steps if step.act} == {
        "isi",
        "validasi",
        "verifikasi",
        "reviu",
        "perbaikan",
    }


def test_the_returns_lead_where_the_readings_say():
    assert returns("inspektorat") == {
        (step, "return", "isi", "chosen") for step in ("periksa", "himpun", "tandatangan", "terbitkan")
    }
    assert returns("kintom") == {
        ("koreksi", "return", "perbaiki", "chosen"),
        ("paraf", "return", "perbaiki", "chosen"),
        ("paraf", "return_recap", "rekap", "all"),
        ("tandatangan", "return", "perbaiki", "chosen"),
    }
    assert {("setujui", "return", "koreksi", "all"), ("koreksi", "return", "draf", "all")} <= returns("kemlagi")
    assert ("tandatangan", "return", "rapat", "all") in returns("ngoro")
    assert ("verifikasi", "return", "himpun", "all") in returns("sidoarjo")


def test_a_quarter_of_kemlagi_may_end_after_the_analysis():
    outcome = library.read("kemlagi").step("analisis").outcome("quarter_done")

    assert (outcome.to, outcome.back, outcome.label) == (None, False, "Akhiri di sini; LKjIP tidak disusun")


def test_the_examples_in_the_format_page_are_read():
    page = (ROOT / "docs/sop-format.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)

    (whole,) = [block for block in blocks if block.startswith("code:")]

    assert [step.id for step in load(whole).steps] == ["isi", "periksa", "tandatangan"]
    assert Draft202012Validator(SCHEMA).is_valid(yaml.safe_load(whole))


@pytest.mark.parametrize("code", sorted(library.CODES))
def test_every_button_of_the_library_has_its_english(code):
    labels = {outcome.label for step in library.read(code).steps for outcome in step.outcomes}

    with override("en"):
        assert [label for label in labels if gettext(label) == label] == []
