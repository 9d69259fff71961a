"""The log as people read it."""

import re
from datetime import date
from pathlib import Path

import pytest

from runut.audit.actions import record
from runut.audit.events import EVENTS
from runut.organisation import actions
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


def test_text_in_the_log_is_never_markup(office, client_for):
    from django.db import transaction

    with transaction.atomic():
        record("office.updated", subject=office.office, by=office.actor(office.camat), reason="<script>x</script>")

    assert "<script>x" not in client_for(office.admin).get("/atur/log/").text
