"""One plan of a kind holds at a time, and within its years: said in the form, and kept by the database."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

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
