"""The log as people read it."""

import ast
import re
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction

from runut.audit.actions import record
from runut.audit.events import EVENTS
from runut.audit.models import Entry
from runut.organisation import actions
from runut.organisation.actions import offices, people, units
from runut.web.changes import LABELS
from tests.cast import build_office

ROOMS = Path(__file__).resolve().parents[2] / "runut"


@pytest.fixture
def renamed(office):
    actions.update_pegawai(pegawai=office.staf, changes={"rank": "Penata Muda"}, by=office.actor(office.admin))
    return office


def test_the_trail_says_who_changed_what(renamed, client_for):
    page = client_for(renamed.sekretaris).get(f"/jejak/organisation.pegawai/{renamed.staf.pk}/").text

    assert "Data pegawai diubah" in page and renamed.admin.full_name in page
    assert "<del>Penata (III/c)</del> Penata Muda" in page


def test_another_office_does_not_see_the_trail(renamed, client_for):
    other = build_office(instansi=renamed.instansi)

    assert client_for(other.camat).get(f"/jejak/organisation.pegawai/{renamed.staf.pk}/").status_code == 404


@pytest.mark.parametrize("path", ["/jejak/organisation.pegawai/999999/", "/jejak/tidak.ada/1/", "/jejak/x/1/"])
def test_a_trail_of_nothing_is_404(office, client_for, path):
    assert client_for(office.camat).get(path).status_code == 404


def test_an_account_is_its_owners_own(office, client_for):
    staf = office.staf
    actions.change_preferences(user=staf.user, by=office.actor(staf), text_size=130)
    path = f"/jejak/organisation.user/{staf.user.pk}/"

    assert client_for(staf).get(path).status_code == 200
    assert client_for(office.camat).get(path).status_code == 404


def test_a_holiday_taken_back_still_has_its_trail(office, client_for):
    admin = office.actor(office.admin)
    holiday = actions.add_holiday(
        instansi=office.instansi,
        office=office.office,
        day=date(2026, 2, 4),
        name="Haul",
        kind="daerah",
        source="SE",
        by=admin,
    )
    pk = holiday.pk
    actions.remove_holiday(holiday=holiday, reason="keliru tanggal", by=admin)

    page = client_for(office.staf).get(f"/jejak/organisation.holiday/{pk}/").text

    assert "Hari libur dihapus" in page and "keliru tanggal" in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", True),
        ("?orang=laras", True),
        ("?tindakan=pegawai.updated", True),
        ("?tindakan=calendar.updated", False),
        ("?orang=zzz", False),
        ("?sampai=2020-01-01", False),
        ("?dari=2020-01-01", True),
    ],
)
def test_the_office_log_is_narrowed(renamed, client_for, query, shown):
    page = client_for(renamed.admin).get(f"/atur/log/{query}").text

    assert ('<th scope="row">Data pegawai diubah' in page) is shown


def test_an_unreadable_filter_says_so(renamed, client_for):
    page = client_for(renamed.admin).get("/atur/log/?dari=kemarin").text

    assert "Tulis tanggal lengkap" in page


def test_every_event_that_is_recorded_has_words():
    recorded = set()
    for path in ROOMS.rglob("*.py"):
        recorded |= set(re.findall(r'\brecord\(\s*"([a-z_.]+)"', path.read_text(encoding="utf-8")))

    assert recorded - set(EVENTS) == set()


def test_every_field_that_is_recorded_has_a_name():
    told = {*offices.OFFICE_FIELDS, *offices.JABATAN_FIELDS, *units.UNIT_FIELDS}
    told |= {*people.PEGAWAI_FIELDS, *people.ASSIGNMENT_FIELDS, *people.SUPERVISION_FIELDS}
    for path in ROOMS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record":
                said = [keyword.value for keyword in node.keywords if keyword.arg in ("before", "after")]
                told |= {key.value for each in said if isinstance(each, ast.Dict) for key in each.keys if key}

    assert told - set(LABELS) == set()


def test_the_log_names_rows_fields_and_choices_in_words(office, client_for, django_assert_max_num_queries):
    admin, unit = office.actor(office.admin), office.units[5]
    actions.update_unit(unit=unit, changes={"parent": office.units[0], "supplies_data": False}, by=admin)
    actions.assign(
        pegawai=office.sekretaris, jabatan=office.jabatan["camat"], kind="plh", start=date(2026, 2, 4),
        decree_number="800/1", by=admin,
    )  # fmt: skip

    browser = client_for(office.admin)

    with django_assert_max_num_queries(12):
        page = browser.get("/atur/log/").text

    assert "di bawah unit: Sekretariat" in page
    assert "penyuplai data: <del>ya</del> tidak" in page
    assert "jabatan: Camat" in page and "jenis: Plh." in page and "mulai: 4 Feb 2026" in page
    assert f"pegawai: {office.sekretaris.full_name}" in page


def test_what_stayed_as_it_was_is_not_struck_through(office, client_for):
    before, after = {"slot": "staf", "jabatan": []}, {"slot": "staf", "jabatan": [office.jabatan["staf"].pk]}
    with transaction.atomic():
        record("sop.lane_bound", subject=office.office, by=office.actor(office.camat), before=before, after=after)

    page = client_for(office.admin).get("/atur/log/").text

    assert "pelaksana: staf" in page and "jabatan: Pengelola Data" in page and "<del>" not in page


def test_an_act_that_was_refused_is_told_without_codes(office, client_for):
    staf = client_for(office.staf)
    staf.post(f"/atur/pegawai/{office.kasubag.pk}/kode/")

    page = staf.get(f"/jejak/organisation.pegawai/{office.staf.pk}/").text

    assert "Tindakan yang ditolak" in page and "diatur oleh admin kantor" in page
    assert "organisation:reset_password" not in page


def test_text_in_the_log_is_never_markup(office, client_for):
    with transaction.atomic():
        record("office.updated", subject=office.office, by=office.actor(office.camat), reason="<script>x</script>")

    assert "<script>x" not in client_for(office.admin).get("/atur/log/").text


def test_rows_of_the_office_log_bear_names_not_numbers(office, client_for):
    admin = office.actor(office.admin)
    held = office.staf.assignments.get()
    actions.close_assignment(assignment=held, end=date(2026, 3, 31), reason="SK 8", by=admin)

    page = client_for(office.admin).get("/atur/log/").text

    assert f"{office.staf.full_name}, Pengelola Data</span>" in page
    assert re.search(r"No\. \d+, buku kantor", page) and "sidik " in page
    assert f"office:{office.office.pk}#" not in page and "2 isian" not in page


def test_a_row_that_was_recorded_under_a_number_is_told_by_name(office, client_for):
    held = office.staf.assignments.get()
    with transaction.atomic():
        record("assignment.closed", subject=Numbered(held), by=None)
    assert Entry.objects.get().subject_label.startswith(f"{office.staf.pk} ")

    page = client_for(office.admin).get("/atur/log/").text

    assert f"{office.staf.full_name}, Pengelola Data</span>" in page


class Numbered:
    """An assignment as it named itself in earlier versions of the program."""

    def __init__(self, held):
        self.pk, self._meta, self.audit_stream, self.instansi_id = held.pk, held._meta, held.audit_stream, None
        self.label = f"{held.pegawai_id} {held.title}"

    def __str__(self):
        return self.label


def test_the_admin_sees_what_was_refused_to_the_offices_people(office, client_for):
    address = f"/atur/pegawai/{office.kasubag.pk}/kode/"
    client_for(office.staf).post(address)
    client_for(build_office(instansi=office.instansi).staf).post(address)
    browser = client_for(office.admin)

    assert "Tindakan yang ditolak" not in browser.get("/atur/log/").text
    page = browser.get("/atur/log/?tampil=ditolak").text

    assert page.count("Tindakan yang ditolak<br>") == 1
    assert office.staf.full_name in page and address in page and "diatur oleh admin kantor" in page
    assert "Tidak ada yang cocok" in browser.get("/atur/log/?tampil=ditolak&orang=zzz").text


def test_the_head_of_a_trail_has_one_full_stop(office, client_for):
    actions.update_pegawai(pegawai=office.staf, changes={"title_back": "S.Sos."}, by=office.actor(office.admin))

    page = client_for(office.sekretaris).get(f"/jejak/organisation.pegawai/{office.staf.pk}/").text

    assert "S.Sos. Yang pertama" in page
