"""An indicator is ended from its page or with its plan, found again, and put in force again."""

import re
from datetime import date

import pytest

from runut.audit.models import Entry
from runut.planning.actions import Drawn, Hangs, add_goal, add_objective, hang_indicator, open_plan, revise_indicator
from runut.planning.models import Plan
from runut.planning.queries import promises_of
from tests.harness.office_files import libre_xlsx
from tests.planning.test_dictionary import IKM, aim, define
from tests.web.test_dictionary_columns import taken_out, upload
from tests.web.test_imports import bring_in

REASON = "Tidak ada lagi di Renstra 2027"


@pytest.fixture
def admin(office, frozen_time, client_for):
    frozen_time.move_to("2026-07-01T02:00:00+00:00")
    return client_for(office.admin)


@pytest.fixture
def ikm(office):
    return define(office)


def end(admin, indicator, day="2026-03-31", reason=REASON):
    return admin.post(f"/atur/indikator/{indicator.pk}/akhiri/", {"last_day": day, "reason": reason})


def asked(office, year, quarter):
    return promises_of(office.office, "unit", [office.units[2].pk], year, quarter)


def test_an_indicator_is_ended_from_its_page_and_asked_for_no_more(office, ikm, admin):
    page = admin.get(f"/atur/indikator/{ikm.pk}/").text
    assert f'href="/atur/indikator/{ikm.pk}/akhiri/">Akhiri indikator</a>' in page

    assert end(admin, ikm).status_code == 302

    page = admin.get(f"/atur/indikator/{ikm.pk}/").text
    assert f"Berakhir 31 Mar 2026: {REASON}" in page and "Berlakukan lagi" in page
    assert "Akhiri indikator</a>" not in page and "Ubah definisi" not in page and "Yang dapat dilengkapi" not in page
    assert asked(office, 2026, 1) and not asked(office, 2026, 2)
    entry = Entry.objects.latest("pk")
    assert (entry.event, entry.payload["after"], entry.payload["reason"]) == (
        "indicator.ended", {"end": "2026-03-31"}, REASON,
    )  # fmt: skip


def test_one_that_ends_later_holds_until_then_and_says_so(office, ikm, admin):
    end(admin, ikm, "2026-12-31")

    page = admin.get(f"/atur/indikator/{ikm.pk}/").text

    assert "Berlaku sampai 31 Des 2026" in page and "Akhiri indikator</a>" in page
    assert "Berlaku sampai 31 Des 2026" in admin.get("/atur/indikator/").text
    assert end(admin, ikm, "2026-09-30").status_code == 302


@pytest.mark.parametrize(
    ("day", "reason", "sentence"),
    [
        ("2025-12-31", REASON, "IKU-1 baru berlaku mulai 1 Jan 2026."),
        ("", REASON, "belum diisi"),
        ("2026-03-31", "", "belum diisi"),
    ],
)
def test_before_its_start_or_without_a_day_or_a_reason_it_is_refused(office, ikm, admin, day, reason, sentence):
    page = end(admin, ikm, day, reason)

    assert page.status_code == 422 and sentence in page.text
    assert ikm.versions.get().end is None


def test_one_that_has_ended_lacks_no_target_any_more(office, ikm, admin):
    aim(office, define(office, "IKU-2"), {0: "85"})
    before = admin.get("/siapkan/").text

    end(admin, ikm)

    assert "2 indikator; 1 bertarget tahun 2026." in before
    assert "1 indikator; 1 bertarget tahun 2026." in admin.get("/siapkan/").text


def test_one_that_has_ended_is_not_ended_later(office, ikm, admin):
    end(admin, ikm)

    page = end(admin, ikm, "2026-06-30")

    assert page.status_code == 422 and "sudah diakhiri per 31 Mar 2026" in page.text


def test_ended_ones_stand_apart_in_the_dictionary_and_are_found_by_name(office, ikm, admin):
    define(office, "IKU-2")
    end(admin, ikm)

    page = admin.get("/atur/indikator/").text
    link = re.search(r'<a href="\?([^"]*)">1 indikator yang berakhir</a>', page)
    assert link and "IKU-1<" not in page and "IKU-2<" in page
    over = admin.get("/atur/indikator/?" + link[1].replace("&amp;", "&")).text
    assert "Berakhir 31 Mar 2026" in over and "IKU-1<" in over and "IKU-2<" not in over
    assert "1 indikator yang berlaku" in over
    found = admin.get("/atur/indikator/?keadaan=berakhir&q=kepuasan").text
    assert "IKU-1<" in found
    printed = admin.get("/atur/indikator/cetak/").text
    assert "IKU-1" not in printed and "IKU-2" in printed


def form_of(page):
    """What the page of a new version would send as it stands."""
    form = page.context["form"]
    values = {field.name: field.value() for field in form}
    return {name: value for name, value in values.items() if value not in (None, False, "", [])}


def test_it_is_put_in_force_again_with_the_same_definition_from_a_day_after_its_end(office, ikm, admin):
    end(admin, ikm)
    address = f"/atur/indikator/{ikm.pk}/ubah/"
    page = admin.get(address)
    sent = form_of(page)
    assert "Berakhir 31 Mar 2026. Dari tanggal di bawah ini" in page.text and sent["start"] == date(2026, 7, 1)

    assert "belum diisi" in admin.post(address, sent).text
    refused = admin.post(address, sent | {"start": "2026-03-31", "reason": "x"})
    page = admin.post(address, sent | {"start": "2026-07-01", "reason": "Dipakai lagi"}, follow=True).text

    assert refused.status_code == 422 and "Indikator ini berakhir 31 Mar 2026." in refused.text
    assert "berlaku lagi mulai Triwulan III 2026" in page and "Akhiri indikator</a>" in page
    first, second = ikm.versions.order_by("no")
    assert (first.end, second.start, second.end) == (date(2026, 3, 31), date(2026, 7, 1), None)
    assert [bool(asked(office, 2026, quarter)) for quarter in (1, 2, 3)] == [True, False, True]
    assert Entry.objects.latest("pk").event == "indicator.resumed"


@pytest.fixture
def renstra(office):
    by = office.actor(office.admin)
    drawn = Drawn("renstra", "Renstra 2022–2026", 2022, date(2022, 1, 1), last_year=2026)
    plan = open_plan(office=office.office, drawn=drawn, by=by)
    goal = add_goal(plan=plan, text="Pelayanan prima", by=by)
    return plan, add_objective(plan=plan, text="Kepuasan meningkat", goal=goal, by=by)


def test_the_page_that_ends_a_plan_lists_its_indicators_and_ends_the_ticked_ones_with_it(office, renstra, admin):
    plan, objective = renstra
    first = define(office, sasaran=objective)
    kept = define(office, "IKU-2", sasaran=objective)
    serving = define(office, "IKI-1", serves=first)
    strange = define(office, "IKU-9")
    address = f"/rencana/{plan.pk}/akhiri/"
    hang_indicator(indicator=kept, hangs=Hangs(sasaran=objective, serves=strange), by=office.actor(office.admin))
    page = admin.get(address).text
    assert "IKU-1 · Indeks Kepuasan" in page and "IKI-1 · " in page and "IKU-9 · " not in page
    assert "IKU-2 · Indeks Kepuasan Masyarakat (juga mendukung IKU-9)" in page

    sent = {"last_day": "2026-06-30", "reason": "Diganti", "indicators": [first.pk, serving.pk]}
    page = admin.post(address, sent, follow=True).text

    assert "Ikut diakhiri: IKI-1, IKU-1." in page
    ends = {row.code: row.versions.get().end for row in (first, kept, serving, strange)}
    assert ends == {"IKU-1": date(2026, 6, 30), "IKU-2": None, "IKI-1": date(2026, 6, 30), "IKU-9": None}
    reasons = Entry.objects.filter(event="indicator.ended").values_list("payload", flat=True)
    assert [payload["reason"] for payload in reasons] == ["Diganti", "Diganti"]


def test_a_plan_stays_open_where_an_indicator_ticked_begins_after_its_last_day(office, renstra, admin):
    plan, objective = renstra
    late = define(office, sasaran=objective)

    page = admin.post(
        f"/rencana/{plan.pk}/akhiri/", {"last_day": "2025-12-31", "reason": "Diganti", "indicators": [late.pk]}
    )

    assert page.status_code == 422 and "IKU-1 baru berlaku mulai 1 Jan 2026." in page.text
    assert Plan.objects.get(pk=plan.pk).end is None and late.versions.get().end is None


def test_only_who_keeps_the_dictionary_ends_an_indicator(office, ikm, client_for):
    assert end(client_for(office.staf), ikm).status_code == 403
    assert "Akhiri indikator" not in client_for(office.staf).get(f"/atur/indikator/{ikm.pk}/").text
    assert ikm.versions.get().end is None


def test_a_contact_of_one_that_has_ended_makes_a_new_version(office, ikm, admin):
    end(admin, ikm)

    made = revise_indicator(
        indicator=ikm, start=date(2026, 7, 1), reason="Dipakai lagi", particulars=IKM | {"contact": "Sri"},
        by=office.actor(office.admin), seen=1,
    )  # fmt: skip

    assert (made.no, made.contact, ikm.versions.get(no=1).contact) == (2, "Sri", "")


@pytest.mark.parametrize(
    ("start", "words"),
    [
        ("31-03-2026", "Indikator ini berakhir 31 Mar 2026: isi Mulai berlaku dengan tanggal sesudahnya."),
        ("01-07-2026", ""),
    ],
)
def test_a_row_of_the_dictionary_revises_one_that_has_ended_from_a_day_after_its_end(office, ikm, admin, start, words):
    end(admin, ikm)
    rows = taken_out(admin, office)
    for heading, cell in {"Narahubung": "Sri", "Mulai berlaku": start, "Sebab perubahan": "Dipakai lagi"}.items():
        rows[1][rows[0].index(heading)] = cell

    page = bring_in(admin, upload(admin, office, libre_xlsx(rows)))

    assert words in page.text
    assert [one.end for one in ikm.versions.order_by("no")] == [date(2026, 3, 31), None][: 1 if words else 2]
    assert bool(asked(office, 2026, 3)) is not bool(words)


def test_a_row_of_the_dictionary_does_not_put_in_force_again_what_it_does_not_change(office, ikm, admin):
    end(admin, ikm)
    rows = taken_out(admin, office)
    rows[1][rows[0].index("Mulai berlaku")] = "01-07-2026"

    page = upload(admin, office, libre_xlsx(rows))

    assert "Memberlakukannya lagi: tekan Berlakukan lagi di halamannya." in page.text
