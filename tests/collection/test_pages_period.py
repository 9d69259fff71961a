"""Pages of periods: starting, preparing, distributing, status."""

import re
from datetime import date

import pytest

from runut.collection import queries
from runut.collection.models import Period, Sheet
from runut.lib.acts import new_key
from runut.sop.models import Run
from tests.cast import build_office
from tests.collection import builders
from tests.collection.builders import fill_in, key_of
from tests.sop.play import holder, install, open_task


@pytest.mark.requirement("R-INSP-22")
def test_the_clerk_starts_a_collection_and_lands_on_its_first_task(office, frozen_time, client_for):
    sop = install(office, "inspektorat")
    client = client_for(office.staf)

    page = client.get("/periode/buka/").text
    data = {"sop": sop.pk, "title": "Pengumpulan Triwulan I 2026", "key": "k"}
    answer = client.post("/periode/buka/", data, follow=True)

    run = Run.objects.get()
    assert sop.title in page
    assert answer.redirect_chain[-1][0] == f"/tugas/{open_task(run, 'siapkan').pk}/siapkan/"
    client.post("/periode/buka/", data)
    assert Run.objects.count() == 1


@pytest.mark.requirement("R-KEMLAGI-17")
def test_planning_documents_that_are_missing_are_named_and_stop_nothing(office, frozen_time, client_for):
    sop = install(office, "inspektorat")
    client = client_for(office.staf)

    page = client.get("/periode/buka/").text

    assert "tahun 2025 yang belum lengkap: Renstra" in page and "Periode tetap dapat dibuka" in page
    client.post("/periode/buka/", {"sop": sop.pk, "title": "Triwulan I", "key": "k"})
    assert Run.objects.count() == 1


def test_without_a_title_nothing_is_started(office, frozen_time, client_for):
    sop = install(office, "inspektorat")

    answer = client_for(office.staf).post("/periode/buka/", {"sop": sop.pk, "title": "", "key": "k"})

    assert (answer.status_code, Run.objects.count()) == (422, 0)


def test_the_title_is_proposed_as_the_name_of_the_period_that_comes_next(office, frozen_time, client_for):
    install(office, "inspektorat")
    office.office.terms = {"triwulan": "Tribulan"}
    office.office.save(update_fields=["terms"])
    client = client_for(office.staf)

    first = client.get("/periode/buka/")
    people = office.asn_of(office.kasi[0])[:2]
    builders.give_indicators(office, people=people)
    builders.prepare(office, builders.start(office), people)
    second = client.get("/periode/buka/")

    made = Period.objects.get()
    assert 'value="Tribulan IV 2025"' in first.text
    assert made.quarter < 4 and f'value="Tribulan {"I" * (made.quarter + 1)} {made.year}"' in second.text


@pytest.fixture
def to_prepare(office, frozen_time):
    people = office.asn_of(office.kasi[0])[:2]
    builders.give_indicators(office, people=people)
    run = builders.start(office)
    return run, people, f"/tugas/{open_task(run, 'siapkan').pk}/siapkan/"


def _prepared(office, people, **more):
    left_out = {f"reason-{p.pk}": "cuti" for p in office.everybody if p not in people}
    period = {"tahun": "2026", "triwulan": "1", "member": [p.pk for p in people]}
    return {"act": "complete", "key": new_key(), **period, **left_out, **more}


def _ticked(person):
    return f'value="{person.pk}" id="m{person.pk}" checked'


def test_the_prepare_page_offers_the_quarter_that_is_over(office, to_prepare, client_for):
    run, _people, address = to_prepare
    Run.objects.filter(pk=run.pk).update(title="Pengumpulan data kinerja")

    page = client_for(office.staf).get(address).text

    assert '<option value="4" selected>Triwulan IV</option>' in page
    assert 'value="2025"' in page


def _offers(client, run, year, quarter):
    page = client.get(f"/tugas/{open_task(run, 'siapkan').pk}/siapkan/").text
    return f'value="{year}"' in page and f'<option value="{quarter}" selected>' in page


@pytest.mark.parametrize("title", ["Pengumpulan Triwulan IV 2026", "Data kinerja TW 4 tahun 2026"])
def test_the_prepare_page_offers_the_period_that_the_run_is_named_after(office, to_prepare, client_for, title):
    run, _people, _address = to_prepare
    Run.objects.filter(pk=run.pk).update(title=title)

    assert _offers(client_for(office.staf), run, 2026, 4)


def test_the_prepare_page_offers_the_quarter_after_the_one_that_is_open(office, to_prepare, client_for, frozen_time):
    """Also while that one still runs, where the page says that the next has not begun."""
    run, people, _address = to_prepare
    frozen_time.move_to("2026-11-17 09:00+07:00")
    builders.prepare(office, run, people, quarter=4, late_reason="Menunggu.")
    again = builders.start_again(office)

    page = client_for(office.staf).get(f"/tugas/{open_task(again, 'siapkan').pk}/siapkan/").text

    assert _offers(client_for(office.staf), again, 2027, 1)
    assert "Triwulan I 2027 baru mulai 1 Jan 2027." in page


def test_what_is_missing_is_that_of_the_year_that_is_proposed(office, to_prepare, client_for, frozen_time):
    run, people, _address = to_prepare
    frozen_time.move_to("2026-11-17 09:00+07:00")
    builders.prepare(office, run, people, quarter=4, late_reason="Menunggu.")

    page = client_for(office.staf).get("/periode/buka/").text

    assert "Triwulan I 2027" in page and f"Dokumen perencanaan {office.office} tahun 2027" in page
    assert f"Dokumen perencanaan {office.office} tahun 2026" not in page


def test_what_has_no_target_and_what_is_open_already_is_said_before_the_forms_are_made(office, to_prepare, client_for):
    run, people, _address = to_prepare
    staf = client_for(office.staf)
    builders.indicator(office, 9, "Tanpa target triwulan ini", pegawai=people[0], quarter=3)

    first = staf.get(f"/tugas/{open_task(run, 'siapkan').pk}/siapkan/?tahun=2026&triwulan=1").text
    builders.prepare(office, run, people)
    again = builders.start_again(office)
    address = f"/tugas/{open_task(again, 'siapkan').pk}/siapkan/"
    shown = staf.post(address, {"act": "show", "tahun": "2026", "triwulan": "1"}).text
    free = staf.post(address, {"act": "show", "tahun": "2026", "triwulan": "2"}).text

    assert "1 dari 5 indikator belum mempunyai target untuk Triwulan I 2026" in first
    assert "sudah dibuka untuk kantor ini" not in first and "sudah dibuka untuk kantor ini" not in free
    assert "Triwulan I 2026 sudah dibuka untuk kantor ini" in shown and 'href="/periode/2026/1/"' in shown


def test_a_quarter_of_the_units_or_a_whole_year_leaves_the_offer_of_the_people_s_alone(
    office, to_prepare, client_for, frozen_time
):
    run, people, _address = to_prepare
    frozen_time.move_to("2026-07-14 09:00+07:00")
    builders.prepare(office, run, people, quarter=1, late_reason="Menunggu.")
    known = Period.objects.get()
    for year, quarter, basis in ((2026, 2, "unit"), (2027, 0, "pegawai")):
        Period.objects.create(
            instansi=known.instansi, office=known.office, year=year, quarter=quarter, basis=basis,
            opened_at=known.opened_at,
        )  # fmt: skip

    assert _offers(client_for(office.staf), builders.start_again(office), 2026, 2)


def test_a_quarter_whose_run_was_cancelled_is_offered_again(office, to_prepare, client_for, frozen_time):
    from runut.sop.actions import cancel

    run, people, _address = to_prepare
    frozen_time.move_to("2026-07-14 09:00+07:00")
    builders.prepare(office, run, people, quarter=1, late_reason="Menunggu.")
    second = builders.start_again(office)
    builders.prepare(office, second, people, quarter=2)
    cancel(run=second, by=office.actor(office.camat), reason="Keliru memilih triwulan.")

    assert _offers(client_for(office.staf), builders.start_again(office), 2026, 2)


def test_the_prepare_page_offers_everybody_in_the_chosen_quarter(office, to_prepare, client_for):
    _run, people, address = to_prepare

    page = client_for(office.staf).get(f"{address}?tahun=2026&triwulan=1").text

    assert '<option value="1" selected>Triwulan I</option>' in page
    assert page.count('name="member"') == len(office.everybody)
    assert page.count(_ticked(people[0])) == 1
    assert "belum ada" in page


def test_what_is_prepared_is_the_quarter_that_the_page_shows(office, to_prepare, client_for):
    """Another quarter chosen and the big button pressed: its people are shown first, nothing is made yet."""
    _run, people, address = to_prepare
    data = _prepared(office, people, shown="2025-4")

    answer = client_for(office.staf).post(address, data)

    assert (answer.status_code, Period.objects.count()) == (200, 0)
    assert "Periodenya berganti. Periksa pengisinya, lalu tekan tombolnya sekali lagi." in answer.text
    assert "Formulir Triwulan I 2026" in answer.text and 'name="shown" value="2026-1"' in answer.text
    client_for(office.staf).post(address, data | {"shown": "2026-1"})
    assert Period.objects.get().quarter == 1


def test_a_quarter_that_is_open_already_is_linked(office, to_prepare, client_for):
    run, people, address = to_prepare
    client_for(office.staf).post(address, _prepared(office, people))
    again = builders.start_again(office)

    answer = client_for(office.staf).post(
        f"/tugas/{open_task(again, 'siapkan').pk}/siapkan/", _prepared(office, people)
    )

    assert answer.status_code == 422
    assert f'<a href="{run.period.get_absolute_url()}">Buka Triwulan I 2026</a>' in answer.text


def test_a_quarter_that_still_runs_or_has_not_begun_says_so(office, to_prepare, client_for, frozen_time):
    _run, _people, address = to_prepare
    client = client_for(office.staf)

    running, to_come = (client.get(f"{address}?tahun=2026&triwulan={no}").text for no in (1, 4))

    assert "Triwulan I 2026 belum berakhir; hari terakhirnya 31 Mar 2026." in running
    assert "Triwulan IV 2026 baru mulai 1 Okt 2026." in to_come and "belum berakhir" not in to_come


def test_a_quarter_that_has_not_begun_is_prepared_by_whoever_means_it(office, to_prepare, client_for, frozen_time):
    _run, people, address = to_prepare
    client, data = client_for(office.staf), _prepared(office, people) | {"triwulan": "4", "shown": "2026-4"}

    refused = client.post(address, data)
    assert refused.status_code == 422 and "Periode ini belum mulai." in refused.text
    assert not Period.objects.exists()

    assert client.post(address, data | {"early": "on"}).status_code == 302
    assert Period.objects.get().quarter == 4


def test_preparing_leads_back_to_the_inbox_with_what_comes_next(office, to_prepare, client_for):
    _run, people, address = to_prepare

    answer = client_for(office.staf).post(address, _prepared(office, people), follow=True)

    assert answer.redirect_chain[-1][0] == "/tugas/"
    assert "Formulir sudah disiapkan." in answer.text
    assert Sheet.objects.count() == 2


def test_a_missing_reason_is_asked_for_and_what_was_ticked_stays(office, to_prepare, client_for):
    _run, people, address = to_prepare

    data = _prepared(office, people[:1]) | {f"reason-{people[1].pk}": ""}
    answer = client_for(office.staf).post(address, data)

    assert answer.status_code == 422
    assert "Formulir belum disiapkan" in answer.text
    assert f"Tulis alasan untuk yang tidak diikutkan ({people[1].full_name}), atau ikutkan lagi." in answer.text
    assert _ticked(people[0]) in answer.text
    assert _ticked(people[1]) not in answer.text
    assert f'<a href="#reason-{people[1].pk}">' in answer.text and f'id="reason-{people[1].pk}"' in answer.text
    assert f'href="#reason-{people[0].pk}"' not in answer.text


def test_a_year_without_any_indicator_is_said_to_have_none(office, to_prepare, client_for):
    _run, people, address = to_prepare

    for ticked in ([], people[:1]):
        answer = client_for(office.staf).post(address, _prepared(office, ticked) | {"tahun": "2021", "early": "on"})
        shown = {"shown": answer.context["form"].chosen, "tahun": "2021", "early": "on"}
        answer = client_for(office.staf).post(address, _prepared(office, ticked) | shown)
        assert answer.status_code == 422
        assert "Belum ada indikator untuk periode ini" in answer.text
        assert "paling sedikit satu" not in answer.text


def test_of_whom_nothing_is_measured_no_reason_is_asked(office, to_prepare, client_for):
    run, people, address = to_prepare
    data = {name: value for name, value in _prepared(office, people[:1]).items() if not name.startswith("reason-")}

    client_for(office.staf).post(address, data | {f"reason-{people[1].pk}": "cuti"})

    left_out = queries.left_out_of(run)
    assert (left_out[office.camat.full_name], left_out[people[1].full_name]) == ("belum ada indikator", "cuti")
    task = run.tasks.get(state="open")
    sent = client_for(holder(office, task).pegawai).get(f"/tugas/{task.pk}/bagikan/").text
    shown = client_for(office.camat).get("/periode/2026/1/").text
    assert (f"{people[1].full_name} (cuti)" in sent, f"{people[1].full_name} (cuti)" in shown) == (True, True)
    assert '<details class="panel" open><summary>Tidak diikutkan sejak disiapkan' in shown
    assert "Tidak diikutkan sejak disiapkan" not in client_for(people[0]).get("/periode/2026/1/").text


def test_a_unit_without_a_head_is_named_where_its_form_is_sent(office, frozen_time, client_for):
    units = office.units[2:4]
    builders.give_indicators(office, units=units)
    run = builders.start(office, "pengumpulan-unit")
    builders.prepare(office, run, units, everybody=office.units)
    office.jabatan["kasi1"].assignments.update(end=date(2026, 1, 30))
    step = run.tasks.get(state="open")
    client, address = client_for(holder(office, step).pegawai), f"/tugas/{step.pk}/bagikan/"

    page = client.get(address).text
    receipt = client.post(address, {"act": "complete", "key": "k"}, follow=True).text

    assert f"belum ada yang menerima: {units[0].name}." in page
    assert f"Belum ada yang menerima formulir {units[0].name}" in receipt


@pytest.mark.parametrize("wrong", [{"tahun": "dua ribu"}, {"triwulan": "7"}, {"tahun": "2026,5"}])
def test_a_period_that_does_not_exist_is_refused_beside_its_field(office, to_prepare, client_for, wrong):
    _run, people, address = to_prepare

    answer = client_for(office.staf).post(address, _prepared(office, people, **wrong))

    assert (answer.status_code, Period.objects.count()) == (422, 0)


def test_somebody_else_is_shown_whose_task_it_is(office, to_prepare, client_for):
    _run, people, address = to_prepare
    client = client_for(office.kasubag)

    assert client.get(address, follow=True).status_code == 200
    assert client.post(address, _prepared(office, people)).status_code == 403
    assert Period.objects.count() == 0


def test_distributing_shows_each_recipient_before_and_after(office, to_prepare, client_for):
    run, people, address = to_prepare
    client = client_for(office.staf)
    client.post(address, _prepared(office, people))
    address = f"/tugas/{open_task(run, 'bagikan').pk}/bagikan/"
    before = client.get(address).text

    client.post(address, {"act": "complete", "key": new_key()})

    after = client.get(address).text
    assert all(person.full_name in before for person in people)
    assert 'name="act"' in before
    assert 'name="act"' not in after
    assert after.count("Selasa, 3 Februari 2026") >= 2


@pytest.mark.requirement("R-KEMLAGI-2")
def test_the_period_page_shows_who_has_handed_in_and_whose_turn_it_is(office, units, client_for):
    fill_in(office, units.run, units.unit, who=units.kasi)

    page = client_for(office.asn[7]).get("/periode/2026/1/").text

    assert "1 dari 2" in page
    assert "Diajukan" in page
    assert re.search(r"</svg>\s*Terkirim</span>", page)
    assert "Sekretaris Kecamatan" in page


def test_a_period_of_people_lists_only_the_sheets_one_may_see(office, people, client_for):
    mine = client_for(people.a).get("/periode/2026/1/").text
    head = client_for(office.camat).get("/periode/2026/1/").text

    assert people.a.full_name in mine
    assert people.b.full_name not in mine
    assert people.b.full_name in head


def test_an_office_does_not_find_the_period_of_another(office, people, client_for):
    other = build_office(instansi=office.instansi)

    assert client_for(other.camat).get("/periode/2026/1/").status_code == 404
    assert "Belum ada periode" in client_for(other.camat).get("/periode/").text


def test_the_list_of_periods_takes_a_constant_number_of_statements(office, people, client_for):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_for(office.camat)
    client.get("/periode/")
    counts = []
    for quarter in (0, 2):
        with CaptureQueriesContext(connection) as queries:
            client.get("/periode/")
        counts.append(len(queries))
        run = builders.start_again(office)
        builders.prepare(office, run, [people.a], quarter=quarter)

    assert counts[0] == counts[1]


def test_the_head_adds_a_latecomer(office, people, client_for):
    late = office.asn_of(people.kasi)[2]
    builders.give_indicators(office, people=[late])
    address = f"/periode/{Period.objects.get().pk}/tambah/"

    answer = client_for(office.camat).post(address, {"member": late.pk, "reason": "Pindah tugas."}, follow=True)

    assert f"Formulir untuk {late.full_name} sudah dikirim." in answer.text
    assert Sheet.objects.get(member=key_of(late)).delivery.recipient == late
    assert client_for(people.a).post(address, {"member": late.pk, "reason": "x"}).status_code in (403, 422)
