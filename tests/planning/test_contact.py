"""Who is asked about an indicator: no part of what is measured, so it changes at once and makes no version."""

from datetime import date

import pytest

from runut.audit.models import Entry
from runut.lib.errors import Denied
from runut.planning.models import Indicator, IndicatorVersion
from tests.harness.office_files import libre_xlsx
from tests.planning.test_dictionary import define, revise
from tests.web.test_dictionary_columns import full, taken_out, upload
from tests.web.test_imports import bring_in, fates

NEW = "Sekar, 0812-0000-1111"


@pytest.fixture
def admin(office, client_for):
    return client_for(office.admin)


def as_it_opens(page):
    """What the browser sends of a form that nobody touched."""
    form = page.context["form"]
    sent = {field.html_name: field.value() for field in form}
    return {name: "on" if value is True else value for name, value in sent.items() if value not in (None, False)}


def contact_of(made):
    return [(row.no, row.contact) for row in made.versions.order_by("no")]


def test_only_the_contact_changed_on_the_page_asks_for_no_reason_and_makes_no_version(office, admin):
    made = full(office)
    page = admin.get(f"/atur/indikator/{made.pk}/ubah/")
    assert "required" not in str(page.context["form"]["reason"])
    assert "Boleh kosong hanya bila Narahubung saja yang berubah." in page.text

    saved = admin.post(f"/atur/indikator/{made.pk}/ubah/", as_it_opens(page) | {"contact": NEW}, follow=True)

    assert "Narahubung indikator IKU-F tersimpan. Definisinya tetap, tanpa versi baru." in saved.text
    assert contact_of(made) == [(1, NEW)] and NEW in saved.text
    entry = Entry.objects.latest("pk")
    assert (entry.event, entry.payload["before"], entry.payload["after"]) == (
        "indicator.contact_changed", {"contact": "Pengelola data"}, {"contact": NEW},
    )  # fmt: skip
    assert Entry.objects.filter(event__startswith="indicator.").count() == 2
    assert "Narahubung indikator diubah" in admin.get("/atur/log/").text


def test_anything_else_beside_the_contact_is_a_new_version_with_its_reason(office, admin):
    made = full(office)
    address = f"/atur/indikator/{made.pk}/ubah/"
    sent = as_it_opens(admin.get(address)) | {"contact": NEW, "source": "Survei", "start": "2026-07-01"}

    refused = admin.post(address, sent)
    admin.post(address, sent | {"reason": "Renstra Perubahan"})

    assert refused.status_code == 422 and list(refused.context["form"].errors) == ["reason"]
    assert "tulis alasannya, misalnya Renstra Perubahan 2026." in refused.text
    assert contact_of(made) == [(1, "Pengelola data"), (2, NEW)]


def test_a_page_that_shows_another_contact_than_there_is_now_changes_nothing(office, admin):
    made = full(office)
    address = f"/atur/indikator/{made.pk}/ubah/"
    old = as_it_opens(admin.get(address))
    admin.post(address, old | {"contact": NEW})

    for more in ({"contact": "Orang lain"}, {"source": "Survei", "reason": "x", "start": "2026-07-01"}):
        stale = admin.post(address, old | more)
        assert stale.status_code == 422 and "diubah orang lain sementara itu" in stale.text

    assert contact_of(made) == [(1, NEW)]


def test_the_contact_changes_in_the_version_in_force_and_in_those_to_come(office, frozen_time):
    made = define(office)
    IndicatorVersion.objects.update(contact="Lama")
    revise(office, made, start=date(2026, 1, 5), source="Survei")
    revise(office, made, start=date(2099, 1, 1), source="BPS", seen=2)

    revise(office, made, contact=NEW, seen=3)

    assert contact_of(made) == [(1, "Lama"), (2, NEW), (3, NEW)]


def test_only_who_looks_after_the_office_changes_it(office):
    made = define(office)

    with pytest.raises(Denied, match="admin"):
        revise(office, made, by=office.staf, contact=NEW)


def test_only_the_contact_changed_in_the_table_is_taken_without_day_and_reason(office, admin):
    made = full(office)
    rows = taken_out(admin, office)
    rows[1][rows[0].index("Narahubung")] = NEW

    page = upload(admin, office, libre_xlsx(rows))
    words = page.context["staged"].rows.get().words
    bring_in(admin, page)

    assert words.splitlines()[0] == f"Narahubung: Pengelola data → {NEW}" and words.count("→") == 1
    assert contact_of(made) == [(1, NEW)]
    assert Entry.objects.filter(event="indicator.contact_changed").count() == 1
    assert fates(upload(admin, office, libre_xlsx(rows))) == [("", "same")]
    rows[1][rows[0].index("Narahubung")] = "Orang lain"
    rows[1][rows[0].index("Mulai berlaku")] = "01-07-2026"
    refused = upload(admin, office, libre_xlsx(rows)).context["staged"].rows.get()
    assert refused.state == "rejected" and "bukan Narahubung saja" in refused.words
    assert Indicator.objects.get().versions.get().contact == NEW
