"""One plan of a kind holds at a time, and within its years: said in the form, and kept by the database."""

from datetime import date
from importlib import import_module

import pytest
from django.db import IntegrityError, connection, transaction

from runut.audit.models import Entry
from runut.lib.errors import Refused
from runut.planning import actions
from runut.planning.actions import Drawn
from runut.planning.models import Plan

RENSTRA = {"kind": "renstra", "title": "Renstra 2021–2026", "year": 2021, "last_year": 2026, "start": date(2021, 9, 1)}
NEXT = {"kind": "renstra", "title": "Renstra 2025–2029", "year": 2025, "last_year": 2029, "start": date(2025, 8, 20)}
OVERLAP = "Renstra 2021–2026 berlaku sampai 31 Des 2026, jadi waktunya bertumpuk"


@pytest.fixture
def by(office):
    return office.actor(office.admin)


def opened(office, by, **drawn):
    return actions.open_plan(office=office.office, drawn=Drawn(**drawn), by=by)


@pytest.mark.parametrize(
    ("drawn", "code", "words"),
    [
        (NEXT, "overlap", OVERLAP),
        (NEXT | {"year": 2026, "last_year": 2030, "start": date(2026, 12, 31)}, "overlap", OVERLAP),
        (NEXT | {"year": 2016, "last_year": 2021, "start": date(2016, 1, 1)}, "overlap", OVERLAP),
        (NEXT | {"year": 2022, "last_year": 2024, "start": date(2022, 1, 1)}, "overlap", OVERLAP),
        (RENSTRA | {"title": "Lagi"}, "taken", "Renstra 2021 sudah ada"),
        (NEXT | {"last_year": None}, "last_year", "Renstra berlaku beberapa tahun"),
        (NEXT | {"last_year": 2024}, "last_year", "tidak mendahului"),
        (NEXT | {"year": 2027, "last_year": 2031, "start": date(2026, 12, 31)}, "start", "tahun 2027 sampai 2031"),
        (NEXT | {"start": date(2030, 1, 1)}, "start", "tahun 2025 sampai 2029"),
        *(
            ({"kind": kind, "title": "x", "year": 2027, "start": start, "last_year": last_year}, code, words)
            for kind in ("renja", "pk", "rencana_aksi", "dpa")
            for start, last_year, code, words in (
                (date(2026, 12, 31), None, "start", "Pilih tanggal pada tahun 2027"),
                (date(2028, 1, 1), 2027, "start", "Pilih tanggal pada tahun 2027"),
                (date(2027, 1, 1), 2028, "last_year", "Hanya Renstra"),
            )
        ),
    ],
)
def test_a_plan_that_does_not_fit_its_time_is_refused(office, by, drawn, code, words):
    opened(office, by, **RENSTRA)
    before = Plan.objects.count()

    with pytest.raises(Refused, match=words) as refusal:
        opened(office, by, **drawn)

    assert (refusal.value.code, Plan.objects.count()) == (code, before)


@pytest.mark.parametrize(
    ("start", "year", "last_year"),
    [(date(2025, 8, 20), 2025, 2029), (date(2026, 12, 31), 2026, 2030), (date(2022, 1, 1), 2022, None)],
)
def test_the_database_itself_refuses_a_second_renstra_in_the_time_of_the_first(office, by, start, year, last_year):
    known = opened(office, by, **RENSTRA)
    twin = Plan(
        instansi_id=known.instansi_id, office=known.office, kind="renstra", year=year, last_year=last_year,
        title="x", start=start,
    )  # fmt: skip

    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_the_next_renstra_follows_on_the_last_year_of_the_one_before(office, by):
    opened(office, by, **RENSTRA)

    made = opened(office, by, **NEXT | {"year": 2027, "last_year": 2031, "start": date(2027, 1, 1)})

    assert made.start == date(2027, 1, 1)


def test_a_change_stays_within_the_years_of_its_document(office, by):
    renstra = opened(office, by, **RENSTRA)
    pk = opened(office, by, kind="pk", title="PK 2027", year=2027, start=date(2027, 1, 4))

    for plan, day, words in ((renstra, date(2027, 1, 1), "2021 sampai 2026"), (pk, date(2028, 1, 1), "tahun 2027")):
        with pytest.raises(Refused, match=words):
            actions.revise_plan(plan=plan, start=day, legal_basis="SK 1", reason="x", by=by)
    assert actions.revise_plan(plan=pk, start=date(2027, 9, 1), legal_basis="SK 1", reason="x", by=by).version == 2


def test_an_officer_is_told_what_is_in_the_way_ends_it_and_goes_on(office, by, client_for):
    former = opened(office, by, **RENSTRA)
    actions.add_goal(plan=former, text="Tujuan lama", by=by)
    admin, sent = client_for(office.admin), {name: str(value) for name, value in NEXT.items()}
    here = f"/rencana/baru/{office.office.pk}/"

    refused = admin.post(here, sent)
    assert refused.status_code == 422 and OVERLAP in refused.text
    assert "Akhiri" in admin.get(f"/rencana/{former.pk}/").text
    late = admin.post(f"/rencana/{former.pk}/akhiri/", {"last_day": "2027-01-01", "reason": "Renstra baru"})
    assert late.status_code == 422 and "berakhir dengan sendirinya pada akhir 2026" in late.text
    admin.post(f"/rencana/{former.pk}/akhiri/", {"last_day": "2025-08-19", "reason": "Renstra baru"})
    admin.post(here, sent)

    assert Plan.objects.get(title="Renstra 2025–2029").start == date(2025, 8, 20)
    page = admin.get(f"/rencana/{former.pk}/").text
    assert "berakhir 19 Agu 2025" in page and "Tujuan lama" in page and "Buka versi yang berlaku" not in page
    assert Entry.objects.get(event="plan.ended").payload["reason"] == "Renstra baru"


def test_a_renstra_that_has_not_begun_does_not_end_before_it(office, by):
    plan = opened(office, by, **RENSTRA)

    with pytest.raises(Refused, match="baru berlaku 1 Sep 2021"):
        actions.end_plan(plan=plan, last_day=date(2021, 8, 31), reason="x", by=by)
    with pytest.raises(Refused, match="mengapa"):
        actions.end_plan(plan=plan, last_day=date(2022, 8, 31), reason=" ", by=by)


def test_a_renstra_ended_for_its_years_is_opened_again_with_the_same_first_year(office, by, client_for):
    mistyped = opened(office, by, **NEXT | {"last_year": 2092})
    admin, sent = client_for(office.admin), {name: str(value) for name, value in NEXT.items()}
    here = f"/rencana/baru/{office.office.pk}/"
    admin.post(f"/rencana/{mistyped.pk}/akhiri/", {"last_day": "2025-08-31", "reason": "Tahun terakhir salah tulis"})

    refused = admin.post(here, sent)
    assert refused.status_code == 422
    assert "berlaku 20 Agu 2025 sampai 31 Agu 2025, jadi waktunya bertumpuk. Pilih hari di luarnya." in refused.text
    page = admin.post(here, sent | {"start": "2025-09-01"}, follow=True)

    made = Plan.objects.get(kind="renstra", end=None)
    assert (made.version, made.year, made.last_year, made.start) == (2, 2025, 2029, date(2025, 9, 1))
    assert page.redirect_chain[-1][0] == f"/rencana/{made.pk}/"
    assert "Renstra 2025 sudah ada" in admin.post(here, sent | {"start": "2026-01-01"}).text


def test_a_last_year_that_was_mistyped_is_put_right_by_a_change(office, by, client_for):
    mistyped = opened(office, by, **NEXT | {"last_year": 2092})
    actions.add_goal(plan=mistyped, text="Tujuan tetap", by=by)
    address = f"/rencana/{mistyped.pk}/ubah/"
    sent = {"start": "2025-09-01", "legal_basis": "SK 1", "reason": "Tahun terakhir salah tulis"}
    admin = client_for(office.admin)
    assert 'name="last_year" value="2092"' in admin.get(address).text

    page = admin.post(address, sent | {"last_year": "2029"}, follow=True)

    assert "Renstra 2025–2029" in page.text and "Tujuan tetap" in page.text
    assert Plan.objects.get(kind="renstra", end=None).last_year == 2029


@pytest.mark.parametrize("kind", ["renja", "pk", "rencana_aksi", "dpa"])
def test_a_document_of_one_year_is_not_ended_before_it(office, by, client_for, kind):
    plan = opened(office, by, kind=kind, title="Dokumen setahun", year=2027, start=date(2027, 1, 4))
    admin = client_for(office.admin)

    page = admin.post(f"/rencana/{plan.pk}/akhiri/", {"last_day": "2027-06-30", "reason": "x"})

    assert page.status_code == 422 and "berakhir dengan sendirinya pada akhir 2027" in page.text
    assert Plan.objects.get(pk=plan.pk).end is None and "last_year" not in admin.get(f"/rencana/{plan.pk}/ubah/").text


def beside(former, **drawn):
    """Another Renstra in the time of the former, as an office had them before the database refused it."""
    guards = import_module("runut.planning.migrations.0002_guards").Migration.operations
    [guard] = [guard for guard in guards if guard.label.endswith("with the same office_id, kind")]
    told = {"instansi_id": former.instansi_id, "office": former.office}
    connection.check_constraints()
    with connection.cursor() as cursor:
        for sql in guard.drop[connection.vendor]:
            cursor.execute(sql)
        later = Plan.objects.create(**told, **drawn)
        connection.check_constraints()
        for sql in guard.make[connection.vendor]:
            cursor.execute(sql)
    return former, later


@pytest.fixture
def two_at_a_time(office, by):
    return beside(opened(office, by, **RENSTRA), **NEXT)


def test_of_two_renstra_that_begin_on_one_day_the_one_not_used_never_held(office, by, client_for):
    used, other = beside(opened(office, by, **NEXT), **NEXT | {"title": "Renstra ganda", "year": 2024})
    admin, address = client_for(office.admin), f"/rencana/{other.pk}/akhiri/"
    assert f"{used.title} mulai pada hari yang sama." in admin.get(f"/rencana/{other.pk}/").text

    told = admin.post(address, {"last_day": "2025-08-20", "reason": "Ganda"})
    assert told.status_code == 422 and "Akhiri yang tidak dipakai per 19 Agu 2025" in told.text
    early = admin.post(address, {"last_day": "2025-08-18", "reason": "Ganda"})
    assert early.status_code == 422 and "baru berlaku 20 Agu 2025" in early.text
    admin.post(address, {"last_day": "2025-08-19", "reason": "Ganda"})

    assert list(Plan.objects.order_by("pk").values_list("end", flat=True)) == [None, date(2025, 8, 19)]
    page = admin.get(f"/rencana/{used.pk}/").text
    assert "mulai pada hari yang sama" not in page and "pada waktu yang sama" not in page


def test_of_two_renstra_at_a_time_the_former_is_ended_the_day_before_the_later(office, two_at_a_time, client_for):
    (former, later), admin = two_at_a_time, client_for(office.admin)
    both = "Akhiri yang mulai lebih dahulu, paling lambat sehari sebelum yang lain mulai."
    change = {"start": "2026-01-01", "legal_basis": "SK 1", "reason": "x"}

    for one, other in ((former, later), (later, former)):
        page = admin.get(f"/rencana/{one.pk}/").text
        assert f"{other.title} berlaku pada waktu yang sama. {both}" in page
        for address, sent in (("ubah", change), ("akhiri", {"last_day": "2026-06-30", "reason": "x"})):
            refused = admin.post(f"/rencana/{one.pk}/{address}/", sent)
            assert refused.status_code == 422
            assert f"{other.title} berlaku" in refused.text and "waktunya bertumpuk" in refused.text
    admin.post(f"/rencana/{former.pk}/akhiri/", {"last_day": "2025-08-19", "reason": "Diganti"})
    admin.post(f"/rencana/{later.pk}/ubah/", change)

    ends = Plan.objects.filter(kind="renstra").order_by("start").values_list("start", "end")
    assert list(ends) == [
        (date(2021, 9, 1), date(2025, 8, 19)), (date(2025, 8, 20), date(2025, 12, 31)), (date(2026, 1, 1), None),
    ]  # fmt: skip
    assert Plan.objects.get(pk=former.pk).snapshot is not None
    assert both not in admin.get(f"/rencana/{later.pk}/").text


def test_a_change_does_not_reach_into_the_renstra_that_follows(office, by, client_for):
    former = opened(office, by, **RENSTRA)
    opened(office, by, **NEXT | {"year": 2027, "last_year": 2031, "start": date(2027, 1, 1)})
    sent = {"start": "2026-01-01", "last_year": "2028", "legal_basis": "SK 1", "reason": "Diperpanjang"}

    refused = client_for(office.admin).post(f"/rencana/{former.pk}/ubah/", sent)

    assert refused.status_code == 422 and "berlaku sampai 31 Des 2031, jadi waktunya bertumpuk" in refused.text
    assert Plan.objects.get(pk=former.pk).end is None and Plan.objects.filter(kind="renstra").count() == 2


@pytest.fixture
def without_last_year(office, by):
    """As it could be entered before a Renstra had to say it."""
    return Plan.objects.create(
        instansi_id=office.office.instansi_id, office=office.office, **RENSTRA | {"last_year": None}
    )


def test_a_renstra_without_a_last_year_says_it_with_its_change(office, without_last_year, client_for):
    address, admin = f"/rencana/{without_last_year.pk}/ubah/", client_for(office.admin)
    sent = {"start": "2026-02-01", "legal_basis": "SK 1", "reason": "Disesuaikan"}

    asked = admin.post(address, sent)
    assert asked.status_code == 422 and "Tulis tahun terakhirnya" in asked.text
    admin.post(address, sent | {"last_year": "2026"})

    later = Plan.objects.get(kind="renstra", end=None)
    assert (later.version, later.last_year, later.start) == (2, 2026, date(2026, 2, 1))


def test_a_renstra_without_a_last_year_ends_on_the_day_it_ended(office, without_last_year, client_for):
    sent = {"last_day": "2025-08-19", "reason": "Diganti Renstra 2025–2029"}

    client_for(office.admin).post(f"/rencana/{without_last_year.pk}/akhiri/", sent)

    assert Plan.objects.get(pk=without_last_year.pk).end == date(2025, 8, 19)
