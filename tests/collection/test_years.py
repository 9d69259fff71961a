"""A quarter's run and the year's: each of its own, and each leads to the other."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from runut.audit.models import Entry
from runut.collection import actions
from runut.collection.models import MissingQuarter, Period, YearRun
from runut.collection.queries import quarters_of, year_run_of
from runut.lib.errors import Denied, Refused
from runut.planning.models import IndicatorVersion, Target
from runut.sop.models import Run, RunState, Sop
from tests.collection import builders
from tests.harness.scenes import scene
from tests.sop.play import open_task

PAGE = "/periode/buka/tahun/"
GONE = {1: "SOP belum berlaku", 2: "SOP belum berlaku", 3: "SOP belum berlaku", 4: "Masih diperiksa"}


@scene
def quarter(office, frozen_time):
    """The fourth quarter of 2025, prepared for two units; the other quarters were never collected."""
    units = office.units[2:4]
    builders.give_indicators(office, units=units)
    IndicatorVersion.objects.update(start="2024-01-01")
    Target.objects.update(year=2025)
    run = builders.start(office, "pengumpulan-unit")
    builders.prepare(office, run, units, everybody=office.units, year=2025, quarter=4)
    builders.distribute(office, run)
    return run


def begin_year(office, *, reasons=GONE, by=None, year=2025, key=""):
    return actions.start_year(
        sop=Sop.objects.get(code="pengumpulan-unit"), by=office.actor(by or office.staf), year=year,
        title=f"Data kinerja Tahun {year}", reasons=reasons, key=key,
    )  # fmt: skip


def test_the_year_is_started_from_its_page_with_the_four_quarters_in_sight(office, quarter, client_for):
    sop, client = Sop.objects.get(code="pengumpulan-unit"), client_for(office.staf)
    assert f'href="{PAGE}"' in client.get("/periode/buka/").text

    page = client.get(f"{PAGE}?sop={sop.pk}&tahun=2025").text
    data = {"title": "Data kinerja Tahun 2025", "key": "k"} | {f"reason-{no}": text for no, text in GONE.items()}
    answer = client.post(f"{PAGE}?sop={sop.pk}&tahun=2025", data, follow=True)

    assert page.count("Belum ada") == 3 and "Berjalan" in page and quarter.get_absolute_url() in page
    run = Run.objects.latest("pk")
    assert answer.redirect_chain[-1][0] == f"/tugas/{open_task(run, 'siapkan').pk}/siapkan/"
    assert '<option value="0" selected>' in answer.text and 'value="2025"' in answer.text
    assert (YearRun.objects.get().run, YearRun.objects.get().year) == (run, 2025)
    assert Entry.objects.get(event="year.started").payload["after"]["missing"] == {str(k): v for k, v in GONE.items()}


def test_whoever_may_start_no_collection_is_told_who_may(office, quarter, client_for):
    client, may = client_for(office.kasi[0]), client_for(office.staf)
    sop = Sop.objects.get(code="pengumpulan-unit")

    pages = [client.get(address).text for address in ("/periode/buka/", PAGE, f"{PAGE}?sop={sop.pk}&tahun=2025")]

    for page in pages:
        assert f"“{sop.title}” dimulai oleh" in page and office.staf.full_name in page
        assert 'method="post" novalidate' not in page and "<select" not in page
    assert 'href="/periode/buka/"' not in client.get("/periode/").text
    assert 'href="/periode/buka/"' in may.get("/periode/").text


def test_the_page_proposes_the_year_that_is_over(office, quarter, client_for):
    page = client_for(office.staf).get(PAGE).text

    assert 'name="tahun" value="2025"' in page


def test_a_missing_quarter_asks_for_its_reason_at_its_field(office, quarter, client_for):
    sop = Sop.objects.get(code="pengumpulan-unit")

    answer = client_for(office.staf).post(
        f"{PAGE}?sop={sop.pk}&tahun=2025", {"title": "Tahun 2025", "key": "k", "reason-1": "belum berlaku"}
    )

    assert answer.status_code == 422
    assert "Triwulan II" in answer.text and 'value="belum berlaku"' in answer.text
    assert not YearRun.objects.exists()
    with pytest.raises(Refused, match="Triwulan III"):
        begin_year(office, reasons={1: "a", 2: "b"})


def test_each_board_leads_to_the_other(office, quarter, client_for):
    year = begin_year(office)
    client = client_for(office.kasi[0])
    link = f'href="/periode/setahun/{year.pk}/"'

    assert link in client.get(quarter.get_absolute_url()).text
    assert link in client.get(year.get_absolute_url()).text
    assert link in client.get("/periode/2025/4/").text
    overview = client.get(f"/periode/setahun/{year.pk}/").text
    assert f'href="{quarter.get_absolute_url()}"' in overview and f'href="{year.get_absolute_url()}"' in overview
    assert "SOP belum berlaku" in overview


def test_a_run_of_another_year_is_not_linked(office, quarter, client_for):
    year = begin_year(office, year=2024, reasons=dict.fromkeys(range(1, 5), "belum ada"))

    assert f"/periode/setahun/{year.pk}/" not in client_for(office.staf).get(quarter.get_absolute_url()).text


def test_the_states_of_the_quarters(office, quarter):
    def state():
        return [each.state for each in quarters_of(office.office, "unit", 2025)]

    assert state() == ["missing", "missing", "missing", "running"]
    quarter.sheets.update(state="signed")
    assert state()[3] == "signed"
    quarter.sheets.update(state="validated")
    Run.objects.filter(pk=quarter.pk).update(state=RunState.DONE)
    assert state()[3] == "done"
    Run.objects.filter(pk=quarter.pk).update(state=RunState.CANCELLED)
    assert state()[3] == "missing"


def test_a_year_is_started_once_and_again_when_it_was_cancelled(office, quarter):
    first = begin_year(office, key="k")

    assert begin_year(office, key="k") == first
    with pytest.raises(Refused, match="sudah dimulai"):
        begin_year(office)
    Run.objects.filter(pk=first.pk).update(state=RunState.CANCELLED)
    assert begin_year(office) != first


@pytest.mark.parametrize("year", [2027, 1999])
def test_a_year_to_come_is_refused(office, quarter, year):
    with pytest.raises(Refused, match="tahun"):
        begin_year(office, year=year, reasons=dict.fromkeys(range(1, 5), "belum ada"))


def test_who_may_not_start_the_procedure_starts_no_year(office, quarter, client_for):
    with pytest.raises(Denied):
        begin_year(office, by=office.asn[0])

    assert not YearRun.objects.exists()


def test_its_forms_are_made_for_the_year_alone(office, quarter):
    year = begin_year(office)

    with pytest.raises(Refused, match="dimulai untuk Tahun 2025"):
        builders.prepare(office, year, office.units[2:4], everybody=office.units, year=2025, quarter=1)
    builders.prepare(office, year, office.units[2:4], everybody=office.units, year=2025, quarter=0)

    assert Period.objects.get(run=year).quarter == 0


def test_a_year_chosen_at_the_forms_is_a_year_too(office, quarter):
    run = builders.start_again(office, "pengumpulan-unit")

    builders.prepare(office, run, office.units[2:4], everybody=office.units, year=2025, quarter=0)

    assert year_run_of(run).year == 2025


def test_the_reason_is_written_later_by_whoever_has_the_run_to_do(office, quarter, client_for):
    year = begin_year(office)
    client, address = client_for(office.staf), f"/periode/setahun/{year.pk}/"

    answer = client.post(
        address, {"reason-1": "Server rusak", "reason-2": "SOP belum berlaku", "reason-3": "x", "reason-4": ""}
    )

    assert answer.status_code == 302
    assert MissingQuarter.objects.get(run=year, quarter=1).reason == "Server rusak"
    entry = Entry.objects.filter(event="year.explained").latest("pk")
    assert (entry.payload["before"]["reason"], entry.payload["after"]["reason"]) == ("SOP belum berlaku", "x")
    assert Entry.objects.filter(event="year.explained").count() == 2
    assert client_for(office.asn[0]).post(address, {"reason-1": "Lain"}).status_code == 403


def test_the_overview_asks_a_constant_number_of_times(office, quarter, client_for):
    year = begin_year(office)
    client = client_for(office.staf)
    client.get(f"/periode/setahun/{year.pk}/")

    with CaptureQueriesContext(connection) as queries:
        quarters_of(office.office, "unit", 2025)

    assert len(queries) <= 2


def test_a_quarter_that_has_not_ended_is_explained_where_the_year_begins(office, quarter, client_for):
    sop, client = Sop.objects.get(code="pengumpulan-unit"), client_for(office.staf)
    address = f"{PAGE}?sop={sop.pk}&tahun=2025"
    sent = {"title": "Tahun 2025", "key": "k"} | {f"reason-{no}": GONE[no] for no in (1, 2, 3)}

    page = client.get(address).text
    refused = client.post(address, sent)
    done = client.post(address, sent | {"reason-4": "Masih diperiksa"})

    assert 'name="reason-4"' in page
    assert (refused.status_code, done.status_code) == (422, 302)
    assert "Data Triwulan IV 2025 belum ada atau belum lengkap. Tulis alasannya" in refused.text
    assert 'id="reason-4-error"' in refused.text and 'id="reason-1-error"' not in refused.text
    assert MissingQuarter.objects.get(quarter=4).reason == "Masih diperiksa"


def test_the_form_of_a_year_has_one_target_and_says_which(office, quarter, client_for):
    """Beside a quarter's target stands the year's; of a year they would be the same number twice."""
    year = begin_year(office)
    builders.prepare(office, year, office.units[2:4], everybody=office.units, year=2025, quarter=0)
    head = client_for(office.kasi[0])
    yearly, quarterly = (builders.sheet_of(run, office.units[2]).get_absolute_url() for run in (year, quarter))

    page = head.get(yearly).text
    assert page.count('<th scope="col" class="n">Target') == 1 and "Target Tahun" in page
    assert "Target Tahunan" not in page and "Target Tahunan" not in head.get(f"{yearly}cetak/").text
    page = head.get(quarterly).text
    assert "Target Tahunan" in page and "Target Triwulan" in page
