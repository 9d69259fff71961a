"""Procedures' pages: bringing one in, binding its lanes, putting it in force, reading it, starting it."""

import itertools
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from runut.audit.models import Entry
from runut.lib.acts import new_key
from runut.sop import actions, library
from runut.sop.actions.library import import_from_library, load_library
from runut.sop.models import LaneBinding, Run, Sop, SopVersion, VersionState
from runut.sop.queries import definition_of
from runut.sop.rules.flowchart import chart, rows_printed, step_numbers, symbol_of
from runut.sop.rules.parse import dump
from tests.cast import build_office
from tests.harness.scenes import scene
from tests.sop.procedures import put_in_force, straight

SOURCES = ("ngoro", "sidoarjo", "kemlagi", "kintom", "inspektorat")


@scene
def sop(office):
    return put_in_force(office, straight())


def _import(client, office, **more):
    data = {"office": office.office.pk, "library": "", "text": "", **more}
    return client.post("/sop/impor/", data)


def _taken_over(office, code):
    """An SOP of the library with every slot bound, in force."""
    item = next(item for item in load_library() if item.code == code)
    bindings = {slot: [office.jabatan["kasi1"]] for slot in item.slots} | {"kepala": [office.jabatan["camat"]]}
    by = office.actor(office.camat)
    version = import_from_library(office=office.office, code=code, by=by, bindings=bindings)
    registered = {"number": "065/07/000/2026", "made_on": date(2026, 1, 2)}
    return actions.put_in_force(version=version, by=by, effective_from=date(2026, 1, 5), **registered)


def test_the_head_imports_a_file_as_a_draft(office, client_for):
    file = SimpleUploadedFile("lurus.yaml", dump(straight()).encode())

    answer = _import(client_for(office.camat), office, file=file)

    version = SopVersion.objects.get()
    assert answer.url == f"/sop/{version.sop_id}/versi/1/"
    assert version.state == VersionState.DRAFT
    assert Entry.objects.filter(event="sop.imported").count() == 1


def test_the_administrator_takes_one_out_of_the_library(office, client_for):
    answer = _import(client_for(office.admin), office, library="kintom")

    assert answer.status_code == 302
    assert Sop.objects.get().code == "kintom"


def test_staff_cannot_import(office, client_for):
    client = client_for(office.staf)

    assert client.get("/sop/impor/").status_code == 403
    assert _import(client, office, text=dump(straight())).status_code == 403
    assert not Sop.objects.exists()


def test_nobody_imports_for_another_office(office, client_for):
    other = build_office(instansi=office.instansi)

    answer = _import(client_for(office.camat), other, text=dump(straight()))

    assert answer.status_code == 422
    assert not Sop.objects.exists()


def test_a_wrong_file_comes_back_with_file_step_fix_and_its_text(office, client_for):
    text = dump(straight()).replace("work: coordinate", "work: berdoa").replace("lane: kepala", "lane: raja")
    file = SimpleUploadedFile("keliru.yaml", text.encode())

    answer = _import(client_for(office.camat), office, file=file)

    assert answer.status_code == 422
    assert "keliru.yaml, langkah “langkah2”" in answer.text
    assert "berdoa" in answer.text and "langkah “langkah3”" in answer.text
    assert "Mengerjakan langkah1" in answer.text
    assert not SopVersion.objects.exists()


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({}, "Belum ada SOP yang diimpor"),
        ({"text": "ini bukan SOP"}, "isinya bukan SOP"),
        ({"text": "code: [a"}, "Penulisan berkas keliru di sekitar baris"),
        ({"file": SimpleUploadedFile("a.yaml", b"\xff\xfe\x00z")}, "mungkin berkas Word, PDF, atau foto"),
    ],
)
def test_what_is_no_sop_is_answered_with_a_sentence(office, client_for, more, sentence):
    answer = _import(client_for(office.camat), office, **more)

    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_draft_shows_what_the_checks_found(office, client_for):
    _import(client_for(office.camat), office, library="kintom")
    version = SopVersion.objects.get()

    page = client_for(office.camat).get(f"/sop/{version.sop_id}/").text

    assert "belum diikat ke jabatan. Pilih jabatannya lewat “Atur peran”." in page
    button = f'href="/sop/{version.sop_id}/peran/">'
    asked = client_for(office.camat).get(f"/sop/{version.sop_id}/sahkan/").text
    assert all(button in each and "Atur peran</a>" in each for each in (page, asked))
    assert "Harus dibereskan sebelum disahkan" in page
    assert f"/sop/{version.sop_id}/sahkan/" in page


def test_a_lane_without_a_position_keeps_an_sop_from_being_put_in_force(office, client_for):
    client = client_for(office.camat)
    _import(client, office, text=dump(straight()))
    version = SopVersion.objects.get()

    answer = client.post(f"/sop/{version.sop_id}/sahkan/", {"effective_from": "2026-01-05"})

    version.refresh_from_db()
    assert answer.status_code == 422
    assert "Pelaksana “Camat” belum diikat ke jabatan" in answer.text
    assert version.state == VersionState.DRAFT


@pytest.mark.requirement("R-KINTOM-8")
def test_lanes_are_bound_to_positions_several_if_need_be_and_then_it_is_ratified(office, client_for):
    client = client_for(office.camat)
    _import(client, office, text=dump(straight()))
    sop = Sop.objects.get()
    posts = office.jabatan
    chosen = {
        "slot_kepala": [posts["camat"].pk],
        "slot_sekretaris": [posts["sekretaris"].pk],
        "slot_staf": [posts["staf"].pk, posts["kasubag"].pk],
    }

    client.post(f"/sop/{sop.pk}/peran/", chosen)
    answer = client.post(f"/sop/{sop.pk}/sahkan/", {"effective_from": "5 Januari 2026"})

    version = SopVersion.objects.get()
    assert answer.status_code == 302
    assert (version.state, version.effective_from, version.ratified_by) == (
        VersionState.IN_FORCE, date(2026, 1, 5), office.camat,
    )  # fmt: skip
    assert sop.bindings.filter(slot="staf").count() == 2


def test_a_wrong_date_is_explained(office, client_for):
    client = client_for(office.camat)
    by = office.actor(office.camat)
    put_in_force(office, straight())
    actions.import_version(office=office.office, text=dump(straight()), by=by)

    answer = client.post(f"/sop/{Sop.objects.get().pk}/sahkan/", {"effective_from": "31-02-2026"})

    assert answer.status_code == 422
    assert "tidak ada di kalender" in answer.text


def test_ratifying_twice_is_refused_with_a_sentence(office, sop, client_for):
    answer = client_for(office.camat).post(f"/sop/{sop.pk}/sahkan/", {"effective_from": "2026-01-05"})

    assert answer.status_code == 409
    assert "sudah disahkan" in answer.text


@pytest.mark.parametrize("address", ["peran", "sahkan"])
def test_staff_may_neither_bind_nor_ratify(office, sop, client_for, address):
    client = client_for(office.staf)

    assert client.get(f"/sop/{sop.pk}/{address}/").status_code == 403
    assert client.post(f"/sop/{sop.pk}/{address}/", {"effective_from": "2026-01-05"}).status_code == 403


def test_an_sop_of_another_office_is_not_found(office, sop, client_for):
    client = client_for(build_office(instansi=office.instansi).camat)

    for address in ("", "versi/1/", "versi/1/berkas/", "banding/", "peran/", "sahkan/", "mulai/"):
        assert client.get(f"/sop/{sop.pk}/{address}").status_code == 404


def test_starting_a_run_twice_with_one_click_makes_one_run(office, sop, client_for, frozen_time):
    client, key = client_for(office.camat), new_key()
    data = {"key": key, "title": "Urusan Triwulan IV 2025"}

    proposal = client.get(f"/sop/{sop.pk}/mulai/").text
    answers = [client.post(f"/sop/{sop.pk}/mulai/", data) for _click in range(2)]

    run = Run.objects.get()
    assert "Urusan Lurus, Triwulan IV 2025" in proposal
    assert [answer.url for answer in answers] == [f"/sop/jalan/{run.pk}/"] * 2
    # A quarter that a run is named after is not proposed again.
    assert "Urusan Lurus, Triwulan I 2026" in client.get(f"/sop/{sop.pk}/mulai/").text


def test_somebody_outside_the_first_lane_cannot_start_it(office, sop, client_for):
    answer = client_for(office.kasi[0]).post(f"/sop/{sop.pk}/mulai/", {"key": new_key(), "title": "Coba"})

    assert answer.status_code == 403
    assert not Run.objects.exists()


def test_whoever_may_not_start_it_is_not_led_into_the_form(office, sop, client_for):
    client = client_for(office.kasi[0])

    asked = client.get(f"/sop/{sop.pk}/mulai/").text
    refused = client.post(f"/sop/{sop.pk}/mulai/", {"key": new_key(), "title": "Coba"}).text

    definition = definition_of(sop.versions.get(state=VersionState.IN_FORCE))
    slot = definition.lane(definition.first.lanes[0]).slot
    begins = LaneBinding.objects.get(sop=sop, slot=slot).jabatan
    assert f'href="/sop/{sop.pk}/mulai/"' not in client.get(f"/sop/{sop.pk}/").text
    assert f'href="/sop/{sop.pk}/mulai/"' in client_for(office.camat).get(f"/sop/{sop.pk}/").text
    assert 'name="title"' not in asked
    for page in (asked, refused):
        assert "dimulai oleh" in page and f"{begins.name} (" in page


def test_a_run_without_a_title_is_not_started(office, sop, client_for):
    answer = client_for(office.camat).post(f"/sop/{sop.pk}/mulai/", {"key": new_key(), "title": " "})

    assert answer.status_code == 422
    assert "Beri judul" in answer.text


def test_a_correction_does_not_start_without_a_case(office, client_for):
    version = _taken_over(office, "kintom")

    answer = client_for(office.camat).post(f"/sop/{version.sop_id}/mulai/", {"key": new_key(), "title": "Coba"})

    assert answer.status_code == 409
    assert "dimulai dari laporan kesalahan" in answer.text


def test_two_versions_are_compared_line_by_line(office, sop, client_for):
    text = dump(straight()).replace("Mengerjakan langkah2", "Menyampaikan langkah2")
    actions.import_version(office=office.office, text=text, by=office.actor(office.camat))

    page = client_for(office.asn[0]).get(f"/sop/{sop.pk}/banding/").text

    assert re.search(r"<del>[^<]*Mengerjakan langkah2</del>", page)
    assert re.search(r"<ins>[^<]*Menyampaikan langkah2</ins>", page)


def test_a_version_is_handed_out_as_a_file_that_reads_back(office, sop, client_for):
    answer = client_for(office.asn[0]).get(f"/sop/{sop.pk}/versi/1/berkas/")

    assert answer["Content-Disposition"] == 'attachment; filename="lurus-v1.yaml"'
    assert answer.text == dump(straight())


def test_the_library_lists_the_offices_sops_with_version_and_runs(office, sop, client_for):
    actions.start_run(sop=sop, by=office.actor(office.camat), title="Jalan")

    page = client_for(office.asn[0]).get("/sop/").text

    assert "Urusan Lurus" in page and "versi 1 sejak 5 Jan 2026" in page
    assert f'href="/sop/jalan/?sop={sop.pk}">1</a>' in page


@pytest.mark.requirement("R-KINTOM-22")
@pytest.mark.parametrize("code", SOURCES)
def test_each_source_prints_as_its_official_form(office, client_for, code):
    version = _taken_over(office, code)
    definition = library.read(code)

    page = client_for(office.asn[0]).get(f"/sop/{version.sop_id}/").text

    for column in (*(lane.name for lane in definition.lanes), "Kelengkapan", "Waktu", "Output", "Ket."):
        assert f'<th scope="col">{column}</th>' in page or f">{column}</th>" in page
    assert page.count("data-step=") == len(definition.steps)
    for correction in definition.corrections:
        assert correction.ref in page


@pytest.mark.requirement("R-INSP-3")
def test_the_form_prints_the_qualifications(office, client_for):
    version = _taken_over(office, "inspektorat")

    page = client_for(office.asn[0]).get(f"/sop/{version.sop_id}/").text

    assert "Kualifikasi pelaksana" in page and "Mengerti alur pengumpulan data kinerja" in page


@pytest.mark.requirement("R-SIDOARJO-7", "R-SIDOARJO-11")
def test_the_iso_layout_has_a_running_head_and_the_duties_of_ketua_and_sekretaris(office, client_for):
    version = _taken_over(office, "sidoarjo")

    page = client_for(office.asn[0]).get(f"/sop/{version.sop_id}/").text

    for words in ("No. Dok.", "No. Rev.", "Tanggung jawab", "Ketua (Kepala Dinas)", "Sekretaris (Sekretaris Dinas)"):
        assert words in page


@pytest.mark.parametrize("code", library.CODES)
def test_the_flowchart_has_a_symbol_in_each_lane_and_an_arrow_into_each_row(code):
    definition = library.read(code)
    rows = chart(definition)

    for at, row in enumerate(rows):
        marked = {lane.key for lane, cell in zip(definition.lanes, row.cells, strict=True) if cell.symbol}
        assert row.step is None or marked == set(row.step.lanes)
        assert at == 0 or any(cell.down for cell in row.cells)
    assert symbol_of(definition, definition.first) == "capsule"
    assert [cell.symbol for cell in rows[-1].cells if cell.symbol] == ["capsule"]


def test_rows_that_share_a_printed_number_get_letters():
    numbers = step_numbers(library.read("sidoarjo"))

    assert (numbers["perbaiki"], numbers["himpun"], numbers["lapor"]) == ("4a", "4b", "5")


@pytest.mark.parametrize(("code", "rows"), [("kemlagi", 12), ("sidoarjo", 7), ("kintom", 9)])
def test_a_procedure_has_as_many_steps_as_its_last_number_says(code, rows):
    assert rows_printed(library.read(code)) == rows


@pytest.mark.requirement("R-KINTOM-22")
@pytest.mark.parametrize("code", ["kemlagi", "sidoarjo"])
def test_where_a_page_ends_the_flow_goes_on_through_connectors(office, client_for, code):
    version = _taken_over(office, code)

    page = client_for(office.asn[0]).get(f"/sop/{version.sop_id}/").text

    leaving, arriving = page.count("Bersambung ke halaman berikutnya"), page.count("Sambungan dari halaman sebelumnya")
    assert leaving == arriving > 0
    assert page.count('aria-label="sambungan ke halaman lain"') >= 2 * leaving


def test_a_short_form_of_one_page_needs_no_connector(office, sop, client_for):
    page = client_for(office.asn[0]).get(f"/sop/{sop.pk}/").text

    assert "Bersambung" not in page


@pytest.mark.parametrize("code", library.CODES)
def test_every_line_that_crosses_a_page_end_meets_a_connector_on_both_sides(code):
    rows = chart(library.read(code))

    for row, after in itertools.pairwise(rows):
        crossing = {(at, x) for at, cell in enumerate(row.cells) for x in _ends(cell.path, 100)}
        arriving = {(at, x) for at, cell in enumerate(after.cells) for x in _ends(cell.path, 0)}
        assert crossing == arriving
        for cells, edge in ((row.leaving, 0), (row.arriving, 100)):
            assert {(at, x) for at, cell in enumerate(cells) for x in _ends(cell.path, edge)} == crossing
            assert {at for at, cell in enumerate(cells) if cell.symbol == "pentagon"} == {at for at, _x in crossing}


def _ends(path, edge):
    """Where lines of a cell touch its lower (100) or its upper (0) edge: their x."""
    found = set()
    for part in re.findall(r"M[^M]+", path):
        x, y = map(int, re.match(r"M(\d+) (\d+)", part).groups())
        places = [(x, y)]
        for axis, to in re.findall(r"([HV])(\d+)", part):
            x, y = (int(to), y) if axis == "H" else (x, int(to))
            places.append((x, y))
        found |= {x for x, y in (places[0], places[-1]) if y == edge}
    return found


@pytest.mark.requirement("R-KEMLAGI-18", "R-KINTOM-5")
@pytest.mark.parametrize(
    ("code", "listed"),
    [
        ("kemlagi", ("Alat tulis kantor", "Komputer atau laptop", "Printer", "Kursi dan meja", "Lemari arsip")),
        ("kintom", ("Peraturan terbaru dan yang terkait Renstra", "Data dan informasi pelaksanaan program", "Printer")),
    ],
)
def test_sources_and_equipment_of_a_procedure_stand_in_its_official_form(office, client_for, code, listed):
    version = _taken_over(office, code)

    page = client_for(office.asn[0]).get(version.sop.get_absolute_url()).text

    assert definition_of(version).header.equipment[-1] in page
    assert [item for item in listed if item not in page] == []
