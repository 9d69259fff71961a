"""The dictionary: indicators are defined, revised in versions, and given targets with their basis."""

from datetime import date
from decimal import Decimal

import pytest

from runut.audit.models import Entry
from runut.lib.errors import Denied, Refused
from runut.planning.actions import Aim, Change, Hangs, Place, define_indicator, revise_indicator, set_targets
from runut.planning.models import Indicator, Target
from runut.planning.queries import promises_of
from tests.cast import build_office

START = date(2026, 1, 1)
IKM = {"name": "Indeks Kepuasan Masyarakat", "unit_of_measure": "indeks", "decimals": 2}


@pytest.fixture
def ikm(office):
    return define(office)


def define(office, code="IKU-1", by=None, **more):
    hangs = Hangs(**{name: more.pop(name) for name in ("tujuan", "sasaran", "kegiatan", "serves") if name in more})
    place = Place(code, START, hangs, **({"unit": office.units[2]} | more))
    actor = office.actor(by or office.admin)
    return define_indicator(office=office.office, place=place, particulars=IKM, by=actor)


def aim(office, indicator, aims, basis="", by=None):
    actor = office.actor(by or office.admin)
    now = {row.quarter: Aim(row.amount, row.text) for row in indicator.targets.filter(year=2026).order_by("no")}
    changes = {
        quarter: Change(Aim(None if text is None else Decimal(text)), now.get(quarter))
        for quarter, text in aims.items()
    }
    return set_targets(indicator=indicator, year=2026, changes=changes, basis=basis, by=actor)


def revise(office, indicator, *, start=date(2026, 7, 1), by=None, seen=1, **particulars):
    actor = office.actor(by or office.admin)
    what = particulars or {"source": "Survei"}
    return revise_indicator(indicator=indicator, start=start, reason="x", particulars=what, by=actor, seen=seen)


def test_an_indicator_is_defined_and_written_down(office, ikm):
    version = ikm.versions.get()
    entry = Entry.objects.latest("pk")

    assert (version.no, version.start, version.name) == (1, START, "Indeks Kepuasan Masyarakat")
    assert (entry.event, entry.stream) == ("indicator.defined", f"office:{office.office.pk}")
    assert entry.payload["after"]["unit_of_measure"] == "indeks"


def test_a_code_is_used_once_in_an_office(office, ikm):
    with pytest.raises(Refused, match="IKU-1 sudah dipakai"):
        define(office)


def test_it_is_reported_by_a_unit_or_a_person_of_the_office(office):
    with pytest.raises(Refused, match="Pilih satu"):
        define(office, pegawai=office.staf)
    with pytest.raises(Refused, match="dari kantor ini"):
        define(office, unit=build_office().units[0])


@pytest.mark.requirement("R-KEMLAGI-3")
def test_a_revision_keeps_what_was_measured_by_the_version_before(office, ikm):
    aim(office, ikm, {0: "85", 1: "84", 3: "84"})
    revise_indicator(
        indicator=ikm, start=date(2026, 7, 1), reason="Renstra Perubahan", particulars={"unit_of_measure": "nilai"},
        by=office.actor(office.admin), seen=1,
    )  # fmt: skip

    def unit(quarter):
        [promise] = promises_of(office.office, "unit", [office.units[2].pk], 2026, quarter)[office.units[2].pk]
        return promise.version.unit_of_measure

    assert (unit(1), unit(3)) == ("indeks", "nilai")
    first, second = ikm.versions.order_by("no")
    assert (first.end, second.no, second.name, second.end) == (date(2026, 6, 30), 2, first.name, None)
    entry = Entry.objects.latest("pk")
    assert entry.payload["before"] == {"unit_of_measure": "indeks", "no": 1, "start": "2026-01-01"}
    assert entry.payload["reason"] == "Renstra Perubahan"


@pytest.mark.parametrize("start", [START, date(2025, 12, 1)])
def test_versions_never_overlap(office, ikm, start):
    with pytest.raises(Refused, match="1 Jan 2026"):
        revise(office, ikm, start=start)

    assert ikm.versions.get().end is None


def test_a_revision_without_a_reason_is_none(office, ikm):
    with pytest.raises(Refused, match="tulis alasannya"):
        revise_indicator(
            indicator=ikm, start=date(2026, 7, 1), reason="  ", particulars={"source": "Survei"},
            by=office.actor(office.admin), seen=1,
        )  # fmt: skip

    assert ikm.versions.count() == 1


@pytest.mark.requirement("R-KEMLAGI-11", "R-INSP-5")
def test_a_changed_target_is_a_new_row_with_its_basis(office, ikm):
    aim(office, ikm, {0: "85", 1: "84", 2: None}, basis="PK 2026")

    with pytest.raises(Refused, match="dasar"):
        aim(office, ikm, {0: "86", 1: "84"})
    [row] = aim(office, ikm, {0: "86", 1: "84"}, basis="PK Perubahan 2026")

    assert (row.quarter, row.no, row.amount, row.basis) == (0, 2, Decimal(86), "PK Perubahan 2026")
    assert Target.objects.filter(indicator=ikm, quarter=0).count() == 2
    assert Entry.objects.latest("pk").payload["before"] == {"2026/0": "85"}


def test_a_quarter_left_empty_is_not_measured_and_nothing_is_written_twice(office, ikm):
    unit = office.units[2]
    aim(office, ikm, {0: "85", 1: None, 2: "84"})

    measured = [promises_of(office.office, "unit", [unit.pk], 2026, quarter)[unit.pk][0].measured for quarter in (1, 2)]
    assert measured == [False, True]
    assert aim(office, ikm, {0: "85", 1: None, 2: "84"}) == []


@pytest.mark.parametrize("who", ["staf", "sekretaris"])
def test_only_who_looks_after_the_office_keeps_them(office, ikm, who):
    person = getattr(office, who)

    with pytest.raises(Denied, match="admin"):
        define(office, code="IKU-2", by=person)
    with pytest.raises(Denied, match="admin"):
        aim(office, ikm, {0: "85"}, by=person)
    with pytest.raises(Denied, match="admin"):
        revise(office, ikm, by=person)


def test_indicators_of_a_person_are_seen_by_that_person_and_who_looks_after_the_office(office):
    own = define(office, unit=None, pegawai=office.staf)

    def sees(person):
        return own in Indicator.objects.visible_to(office.actor(person))

    assert [sees(person) for person in (office.staf, office.admin, office.camat, office.sekretaris)] == [
        True,
        True,
        True,
        False,
    ]


def test_two_people_at_once_do_not_undo_each_other(office, ikm):
    aim(office, ikm, {1: "1", 2: "2"}, basis="PK")
    revise(office, ikm, definition="Survei setahun sekali")
    aim(office, ikm, {1: "9"}, basis="PK Perubahan")

    with pytest.raises(Refused, match="diubah orang lain"):
        set_targets(
            indicator=ikm, year=2026, changes={1: Change(Aim(Decimal(3)), Aim(Decimal(1)))}, basis="PK lain",
            by=office.actor(office.camat),
        )  # fmt: skip
    with pytest.raises(Refused, match="diubah orang lain"):
        revise(office, ikm, start=date(2026, 8, 1), source="BPS", seen=1)


def test_a_revision_that_changes_nothing_is_none(office, ikm):
    with pytest.raises(Refused, match="Tidak ada yang berubah"):
        revise(office, ikm, name="Indeks Kepuasan Masyarakat")
