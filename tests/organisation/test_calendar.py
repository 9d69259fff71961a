"""When an office works."""

from datetime import UTC, date, datetime

import pytest

from runut.audit.models import Entry
from runut.lib.errors import Denied, Refused
from runut.organisation import actions, queries
from runut.organisation.models import Holiday, Office, WorkCalendar
from tests.cast import build_office

NOON = datetime(2026, 2, 3, 5, 0, tzinfo=UTC)
DAY = date(2026, 2, 4)


def calendar(office):
    return queries.calendar_of(Office.objects.get(pk=office.office.pk))


def test_a_calendar_is_kept_until_its_revision_changes(office, django_assert_num_queries):
    first = calendar(office)
    fresh = Office.objects.select_related("calendar").get(pk=office.office.pk)

    with django_assert_num_queries(0):
        assert queries.calendar_of(fresh) is first


def test_a_holiday_of_the_government_moves_what_is_due_in_each_office(office):
    wita = build_office(zone="Asia/Makassar", instansi=office.instansi)
    before = calendar(office).due(NOON, 1, "hari"), calendar(wita).due(NOON, 1, "hari")

    actions.add_holiday(
        instansi=office.instansi,
        day=DAY,
        name="Libur",
        kind="daerah",
        source="SE 1/2026",
        by=office.actor(office.admin),
    )

    after = calendar(office).due(NOON, 1, "hari"), calendar(wita).due(NOON, 1, "hari")
    assert [(new - old).days for old, new in zip(before, after, strict=True)] == [1, 1]
    assert Entry.objects.get().stream == f"instansi:{office.instansi.pk}"


def test_an_office_may_be_closed_alone(office):
    other = build_office(instansi=office.instansi)
    actions.add_holiday(
        instansi=office.instansi,
        office=office.office,
        day=DAY,
        name="Pindah gedung",
        kind="daerah",
        source="SE 2/2026",
        by=office.actor(office.admin),
    )

    assert (calendar(office).is_working_day(DAY), calendar(other).is_working_day(DAY)) == (False, True)


def test_a_holiday_twice_is_refused_and_one_taken_back_is_logged(office):
    admin = office.actor(office.admin)
    fields = {"instansi": office.instansi, "day": DAY, "name": "Libur", "kind": "daerah", "source": "SE", "by": admin}
    holiday = actions.add_holiday(**fields)
    with pytest.raises(Refused, match="4 Feb 2026 sudah tercatat"):
        actions.add_holiday(**fields)

    actions.remove_holiday(holiday=holiday, reason="keliru", by=admin)

    assert calendar(office).is_working_day(DAY)
    assert Entry.objects.last().payload["before"]["day"] == "2026-02-04"


def test_a_year_is_proposed_and_says_it_must_be_confirmed(office):
    rows = actions.fill_holidays(instansi=office.instansi, year=2026, by=office.actor(office.admin))
    again = actions.fill_holidays(instansi=office.instansi, year=2026, by=office.actor(office.admin))

    assert [row.kind for row in rows].count("nasional") == 17
    assert [row.kind for row in rows].count("cuti_bersama") == 8
    assert again == []
    assert all("cocokkan dengan SKB" in row.source for row in Holiday.objects.all())


def test_ramadan_hours_hold_in_their_season_only(office):
    actions.add_season(
        instansi=office.instansi,
        start=date(2026, 2, 18),
        end=date(2026, 3, 19),
        source="SE 3/2026",
        by=office.actor(office.admin),
    )

    assert calendar(office).hours_on(date(2026, 2, 19))[0] == (480, 720)
    assert calendar(office).hours_on(date(2026, 2, 5))[0] == (450, 720)


def test_the_admin_changes_hours_on_the_page(office, client_for):
    form = {"zone": "Asia/Jayapura", "day_0": "08.00-12.00, 13.00-15.00", "ramadan_0": "08:00–12:00"}

    answer = client_for(office.admin).post("/atur/kalender/", form)

    row = WorkCalendar.objects.get(office=office.office)
    assert answer.status_code == 302
    assert (row.zone, row.hours, row.revision) == ("Asia/Jayapura", {"0": [["08.00", "12.00"], ["13.00", "15.00"]]}, 2)


@pytest.mark.parametrize("text", ["pagi-sore", "08.00", "13.00-12.00", "25.00-26.00", "08.00-12.00, 11.00-13.00"])
def test_hours_that_cannot_be_read_come_back_as_typed(office, client_for, text):
    answer = client_for(office.admin).post("/atur/kalender/", {"zone": "Asia/Jakarta", "day_0": text})

    assert answer.status_code == 422
    assert f'value="{text}"' in answer.text


def test_staff_do_not_change_the_calendar(office):
    with pytest.raises(Denied):
        actions.add_season(
            instansi=office.instansi, start=DAY, end=DAY, source="SE", by=office.actor(office.sekretaris)
        )
