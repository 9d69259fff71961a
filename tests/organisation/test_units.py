"""The office's units: added, renamed, moved, ended, never deleted."""

from datetime import timedelta

import pytest
from django.utils import timezone

from runut.audit.models import Entry
from runut.lib.errors import Denied, Refused
from runut.organisation import actions
from runut.organisation.models import Jabatan, Unit
from runut.organisation.queries import supplying_units, unit_tree, units_above
from tests.cast import build_office

TODAY = timezone.localdate()


def close(office, unit, on=TODAY, by=None):
    by = by or office.actor(office.admin)
    return actions.close_unit(unit=unit, on=on, reason="Perbup 12", by=by)


def empty(office, unit):
    """Nobody works in the unit any more: the last day was yesterday."""
    for post in unit.jabatan_set.all():
        post.assignments.update(start=TODAY - timedelta(days=9), end=TODAY - timedelta(days=1))
    return unit


def new(office, **more):
    by = more.pop("by", None) or office.actor(office.admin)
    return actions.create_unit(office=office.office, code="08", name="Seksi Arsip", by=by, **more)


def test_a_unit_is_added_under_another_and_written_down(office):
    unit = new(office, parent=office.units[0], supplies_data=True)

    [entry] = Entry.objects.all()
    assert (unit.parent, unit.supplies_data) == (office.units[0], True)
    assert (entry.event, entry.payload["after"]["parent"]) == ("unit.created", office.units[0].pk)


def test_the_tree_goes_from_the_top_down(office):
    tree = [(depth, unit.code) for depth, unit, _posts in unit_tree(office.office)]

    assert tree == [(0, "01"), (1, "01.1"), (0, "02"), (0, "03"), (0, "04"), (0, "05")]


def test_the_head_of_a_unit_comes_first(office):
    posts = {unit.code: [post.code for post in posts] for _depth, unit, posts in unit_tree(office.office)}

    assert posts["02"] == ["kasi1", "asn1"]


@pytest.mark.parametrize("who", ["sekretaris", "staf"])
def test_only_who_looks_after_the_office_changes_its_units(office, who):
    by = office.actor(getattr(office, who))

    with pytest.raises(Denied, match="admin kantor"):
        new(office, by=by)
    with pytest.raises(Denied):
        close(office, office.units[1], by=by)
    with pytest.raises(Denied):
        actions.reopen_unit(unit=office.units[1], by=by)


def test_a_unit_does_not_hang_under_itself(office):
    secretariat, subsection = office.units[:2]
    assert subsection.pk not in units_above(office.office, but=secretariat)

    with pytest.raises(Refused, match="berputar"):
        actions.update_unit(unit=secretariat, changes={"parent": subsection}, by=office.actor(office.admin))

    secretariat.refresh_from_db()
    assert secretariat.parent is None


def test_a_unit_does_not_hang_under_one_of_another_office_or_one_that_has_ended(office):
    ended, by = close(office, empty(office, office.units[5])), office.actor(office.admin)

    for parent in (ended, build_office(instansi=office.instansi).units[0]):
        with pytest.raises(Refused, match="bukan unit yang masih ada"):
            new(office, parent=parent)
        with pytest.raises(Refused, match="Pilih unit induk lain"):
            actions.update_unit(unit=office.units[1], changes={"parent": parent}, by=by)


def test_a_unit_in_which_somebody_works_is_not_closed(office):
    with pytest.raises(Refused, match="Masih ada jabatan yang dipangku di unit ini: Pelaksana Seksi Pem"):
        close(office, office.units[2])

    assert not Unit.objects.filter(closed_on__isnull=False).exists()


def test_a_unit_with_open_units_below_is_not_closed(office):
    with pytest.raises(Refused, match="Masih ada unit di bawahnya: Subbagian Program dan Keuangan"):
        close(office, empty(office, office.units[0]))


def test_a_unit_whose_head_starts_tomorrow_is_not_closed(office):
    unit = empty(office, office.units[2])
    actions.assign(
        pegawai=office.kasi[0], jabatan=office.jabatan["kasi1"], kind="definitif", start=TODAY + timedelta(days=1),
        by=office.actor(office.admin),
    )  # fmt: skip

    with pytest.raises(Refused, match="Kepala Seksi Pemerintahan"):
        close(office, unit)


def test_a_unit_does_not_end_tomorrow(office):
    with pytest.raises(Refused, match="paling lambat hari ini"):
        close(office, empty(office, office.units[2]), on=TODAY + timedelta(days=1))


def test_an_empty_unit_ends_with_its_vacant_positions_and_gets_no_more_forms(office):
    unit = close(office, empty(office, office.units[2]))

    entry = Entry.objects.get(event="unit.closed")
    assert unit not in supplying_units(office.office)
    assert set(unit.jabatan_set.values_list("closed_on", flat=True)) == {TODAY}
    assert entry.payload["after"]["jabatan"] == [office.jabatan["asn1"].pk, office.jabatan["kasi1"].pk]
    assert entry.payload["reason"] == "Perbup 12"
    with pytest.raises(Refused, match="sudah ditutup"):
        close(office, unit)
    with pytest.raises(Refused, match="Buka kembali dahulu"):
        actions.update_unit(unit=unit, changes={"name": "Lain"}, by=office.actor(office.admin))


def test_a_closing_by_mistake_is_taken_back_with_its_positions(office):
    unit, by = empty(office, office.units[2]), office.actor(office.admin)
    Jabatan.objects.filter(code="asn1").update(closed_on=TODAY - timedelta(days=30))

    unit = actions.reopen_unit(unit=close(office, unit), by=by)

    assert unit in supplying_units(office.office)
    assert list(unit.jabatan_set.filter(closed_on=None).values_list("code", flat=True)) == ["kasi1"]
    assert Entry.objects.latest("pk").event == "unit.reopened"
    with pytest.raises(Refused, match="tidak ditutup"):
        actions.reopen_unit(unit=unit, by=by)


def test_a_unit_comes_back_only_after_the_one_above(office):
    above, below = empty(office, office.units[0]), empty(office, office.units[1])
    below = close(office, below)
    close(office, above)

    with pytest.raises(Refused, match="Unit induknya, Sekretariat, masih ditutup"):
        actions.reopen_unit(unit=below, by=office.actor(office.admin))


def test_the_pages_add_rename_move_and_close(office, client_for):
    browser = client_for(office.admin)
    form = {"name": "Seksi Arsip", "code": "08", "supplies_data": "on"}
    browser.post(f"/atur/unit/baru/{office.office.pk}/", form)
    unit = Unit.objects.get(code="08")

    moved = browser.post(f"/atur/unit/{unit.pk}/", {"name": "Arsip", "code": "08", "parent": office.units[0].pk})
    closed = browser.post(f"/atur/unit/{unit.pk}/tutup/", {"on": TODAY.isoformat(), "reason": "Perbup"}, follow=True)

    unit.refresh_from_db()
    assert (moved.status_code, unit.name, unit.parent, unit.supplies_data) == (302, "Arsip", office.units[0], False)
    assert unit.closed_on == TODAY
    assert "Unit Arsip ditutup." in closed.text and "Sudah ditutup" in closed.text
    assert "Unit Arsip dibuka kembali." in browser.post(f"/atur/unit/{unit.pk}/buka/", follow=True).text


def test_a_taken_code_is_told_at_its_field(office, client_for):
    answer = client_for(office.admin).post(f"/atur/unit/baru/{office.office.pk}/", {"name": "Arsip", "code": "01"})

    assert answer.status_code == 422
    assert "Kode 01 sudah dipakai unit lain" in answer.text and 'href="#id_code"' in answer.text


def test_the_page_of_closing_says_who_still_works_there(office, client_for):
    browser, path = client_for(office.admin), f"/atur/unit/{office.units[2].pk}/tutup/"

    before, tried = browser.get(path), browser.post(path, {"on": TODAY.isoformat(), "reason": "Perbup"})
    empty(office, office.units[2])
    after = browser.get(path)

    assert "Kepala Seksi Pemerintahan" in before.text and 'name="reason"' not in before.text
    assert tried.status_code == 422 and "Masih ada jabatan yang dipangku" in tried.text
    assert "Jabatan lowong yang ikut ditutup" in after.text and 'name="reason"' in after.text


def test_the_tree_takes_two_queries(office, django_assert_num_queries):
    with django_assert_num_queries(2):
        tree = unit_tree(office.office)
        assert tree[1][1].parent.name == "Sekretariat"
