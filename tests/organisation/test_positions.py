"""A position ends when it is vacant, is named for good, and comes back where the closing was a mistake."""

from datetime import timedelta

import pytest
from django.utils import timezone

from runut.audit.models import Entry
from runut.lib.errors import Denied, Refused
from runut.organisation import actions

TODAY = timezone.localdate()


def vacate(post):
    """Nobody holds it any more: the last day was yesterday."""
    post.assignments.update(start=TODAY - timedelta(days=9), end=TODAY - timedelta(days=1))
    return post


def close(office, post, on=TODAY, by=None):
    by = by or office.actor(office.admin)
    return actions.close_jabatan(jabatan=post, on=on, reason="Perbup 12", by=by)


def test_a_vacant_position_ends_and_is_offered_to_nobody(office, client_for):
    post, browser = vacate(office.jabatan["asn1"]), client_for(office.admin)

    page = browser.get("/atur/jabatan/")
    assert f"/atur/jabatan/{post.pk}/tutup/" in page.text
    assert f"/atur/jabatan/{office.jabatan['kasi1'].pk}/tutup/" not in page.text
    closed = browser.post(f"/atur/jabatan/{post.pk}/tutup/", {"on": TODAY.isoformat(), "reason": "Perbup"}, follow=True)

    entry = Entry.objects.latest("pk")
    assert (entry.event, entry.payload["reason"], entry.payload["after"]) == (
        "jabatan.closed", "Perbup", {"closed_on": TODAY.isoformat()},
    )  # fmt: skip
    assert f"Jabatan {post.name} ditutup." in closed.text
    assert f"/atur/jabatan/{post.pk}/buka/" in closed.text
    assert post.name not in browser.get(f"/atur/pegawai/{office.staf.pk}/jabatan/").text
    with pytest.raises(Refused, match="sudah ditutup"):
        close(office, post)
    with pytest.raises(Refused, match="Jabatan ini sudah ditutup"):
        actions.assign(pegawai=office.staf, jabatan=post, kind="definitif", start=TODAY, by=office.actor(office.admin))


def test_a_closing_by_mistake_is_taken_back(office, client_for):
    post = close(office, vacate(office.jabatan["asn1"]))

    answer = client_for(office.admin).post(f"/atur/jabatan/{post.pk}/buka/", follow=True)

    post.refresh_from_db()
    assert (post.closed_on, Entry.objects.latest("pk").event) == (None, "jabatan.reopened")
    assert f"Jabatan {post.name} dibuka kembali." in answer.text
    with pytest.raises(Refused, match="tidak ditutup"):
        actions.reopen_jabatan(jabatan=post, by=office.actor(office.admin))


def test_a_position_that_is_held_or_will_be_is_not_closed(office, client_for):
    held, promised = office.jabatan["kasi1"], vacate(office.jabatan["asn1"])
    actions.assign(
        pegawai=office.staf, jabatan=promised, kind="definitif", start=TODAY + timedelta(days=1),
        by=office.actor(office.admin),
    )  # fmt: skip

    for post in (held, promised):
        with pytest.raises(Refused, match="masih dipangku"):
            close(office, post)
    page = client_for(office.admin).get(f"/atur/jabatan/{held.pk}/tutup/")

    assert office.kasi[0].full_name in page.text
    assert '<button type="submit" class="btn btn-primary">' not in page.text


def test_a_position_does_not_end_before_its_last_holder_left_nor_tomorrow(office):
    post = vacate(office.jabatan["asn1"])

    with pytest.raises(Refused, match="masih dipangku"):
        close(office, post, on=TODAY - timedelta(days=3))
    with pytest.raises(Refused, match="paling lambat hari ini"):
        close(office, post, on=TODAY + timedelta(days=1))


def test_neither_the_head_of_the_office_nor_a_superior_is_closed(office):
    head, superior = vacate(office.jabatan["camat"]), vacate(office.jabatan["kasi1"])

    with pytest.raises(Refused, match="pimpinan kantor"):
        close(office, head)
    with pytest.raises(Refused, match="Masih ada jabatan di bawahnya"):
        close(office, superior)


def test_a_position_comes_back_only_after_its_unit_and_its_superior(office):
    by, post = office.actor(office.admin), close(office, vacate(office.jabatan["asn1"]))
    superior = close(office, vacate(office.jabatan["kasi1"]))

    with pytest.raises(Refused, match="Jabatan atasannya"):
        actions.reopen_jabatan(jabatan=post, by=by)
    actions.close_unit(unit=office.units[2], on=TODAY, reason="Perbup", by=by)
    with pytest.raises(Refused, match="Unitnya"):
        actions.reopen_jabatan(jabatan=superior, by=by)


@pytest.mark.parametrize("who", ["sekretaris", "staf"])
def test_only_who_looks_after_the_office_closes_positions(office, who):
    by, post = office.actor(getattr(office, who)), vacate(office.jabatan["asn1"])

    with pytest.raises(Denied):
        close(office, post, by=by)
    with pytest.raises(Denied):
        actions.reopen_jabatan(jabatan=post, by=by)
