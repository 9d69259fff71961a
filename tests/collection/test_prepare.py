"""Making the forms of a period and sending them out."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from runut.audit.models import Entry
from runut.collection import actions
from runut.collection.forms import default_period
from runut.collection.models import Delivery, Line, Measure, Period, Sheet, Value
from runut.collection.queries import completeness, rows_of, sheet_rows
from runut.lib.errors import Denied, Refused
from runut.sop.actions import hold, resume
from runut.sop.actions.clock import reckon_again
from runut.sop.models import Run, RunScope, Task
from tests.collection import builders
from tests.collection.builders import distribute, fill_in, indicator, prepare, sheet_of, start
from tests.sop.play import act, do, open_task


@pytest.fixture
def pair(office, frozen_time):
    """Two people with two indicators each, and a run at its first step."""
    people = office.asn_of(office.kasi[0])[:2]
    builders.give_indicators(office, people=people)
    return people


def test_a_period_is_called_as_the_office_calls_it(office, pair):
    office.office.terms = {"triwulan": "Tribulan"}
    office.office.save(update_fields=["terms"])
    prepare(office, start(office), pair)
    again = builders.start_again(office)

    with pytest.raises(Refused, match="Tribulan I 2026 sudah dibuka"):
        prepare(office, again, pair)

    entry = Entry.objects.get(event="period.prepared")
    assert (Period.objects.get().name, entry.subject_label) == ("Tribulan I 2026", "Tribulan I 2026")


@pytest.mark.parametrize(
    ("title", "becomes"),
    [
        ("Pengumpulan, Tribulan III 2025", "Pengumpulan, Tribulan I 2026"),
        ("Data kinerja tribulan iv 2025 (ulang)", "Data kinerja Tribulan I 2026 (ulang)"),
        ("Pengumpulan awal tahun", "Pengumpulan awal tahun"),
    ],
)
def test_a_run_bears_the_quarter_that_was_prepared_in_it(office, pair, title, becomes):
    office.office.terms = {"triwulan": "Tribulan"}
    office.office.save(update_fields=["terms"])
    run = start(office)
    Run.objects.filter(pk=run.pk).update(title=title)

    prepare(office, run, pair)

    run.refresh_from_db()
    told = [entry.payload["after"]["title"] for entry in Entry.objects.filter(event="run.retitled")]
    assert (run.title, told) == (becomes, [becomes] if becomes != title else [])


@pytest.mark.requirement("R-INSP-10", "R-INSP-22")
def test_forms_are_made_from_the_plan_without_an_order(office, pair):
    run = start(office)
    task = open_task(run, "siapkan")

    prepare(office, run, pair)

    assert task.due_at - task.opened_at == timedelta(days=1)
    period = Period.objects.get()
    sheet = sheet_of(run, pair[0])
    lines = [(row.figure.no, row.version.name, row.target, row.line.measure) for row in rows_of(sheet)]
    assert (period.run, period.basis, period.name) == (run, "pegawai", "Triwulan I 2026")
    assert lines == [
        (1, "Nilai kepuasan masyarakat (IKM)", Decimal(80), Measure.NOT_FILLED),
        (2, "Berkas selesai tepat waktu", Decimal(80), Measure.NOT_FILLED),
    ]
    assert RunScope.objects.get(run=run, each="pegawai").members == [p.pk for p in sorted(pair, key=lambda p: p.name)]
    entry = Entry.objects.get(event="period.prepared")
    assert len(entry.payload["after"]["sheets"]) == 2
    assert "sedang tugas belajar" in entry.payload["after"]["left_out"].values()
    assert open_task(run, "bagikan").work == "distribute"


def test_the_same_click_again_makes_the_forms_once(office, pair):
    run = start(office)
    task = open_task(run, "siapkan")
    left_out = {each.pk: "cuti" for each in office.everybody if each not in pair}
    again = {
        "task_id": task.pk, "by": office.actor(office.staf), "year": 2026, "quarter": 1, "key": "k",
        "members": [p.pk for p in pair], "left_out": left_out,
    }  # fmt: skip

    first, second = actions.prepare_period(**again), actions.prepare_period(**again)

    assert first == second
    assert Sheet.objects.count() == 2


def test_a_quarter_is_opened_once(office, pair):
    prepare(office, start(office), pair)
    run = builders.start_again(office)

    with pytest.raises(Refused, match=r"Triwulan I 2026 sudah dibuka .*pilih periode lain") as refusal:
        prepare(office, run, pair)

    assert refusal.value.code == "duplicate"
    assert Period.objects.count() == 1


def test_a_quarter_whose_run_was_cancelled_is_opened_again(office, pair):
    from runut.sop.actions import cancel

    run = start(office)
    prepare(office, run, pair)
    cancel(run=run, by=office.actor(office.camat), reason="Keliru memilih triwulan.")
    again = builders.start_again(office)

    prepare(office, again, pair)

    assert list(Period.objects.order_by("pk").values_list("run", "void")) == [(run.pk, True), (again.pk, False)]


def test_whoever_is_left_out_is_left_out_with_a_reason(office, pair):
    run = start(office)

    with pytest.raises(Refused, match=r"tidak diikutkan \(.+\), atau ikutkan lagi") as refusal:
        actions.prepare_period(
            task_id=open_task(run, "siapkan").pk, by=office.actor(office.staf), year=2026, quarter=1,
            members=[pair[0].pk],
        )  # fmt: skip

    assert refusal.value.code == "left_out"


def test_whoever_has_no_indicator_is_named(office, pair):
    run = start(office)

    with pytest.raises(Refused, match=f"Indikator untuk {office.staf.full_name} belum ada"):
        prepare(office, run, [*pair, office.staf])

    assert Sheet.objects.count() == 0


def test_a_stranger_cannot_be_made_to_fill_in(office, pair):
    from tests.cast import build_office

    stranger = build_office(instansi=office.instansi).staf

    with pytest.raises(Refused, match="bukan penyuplai data"):
        prepare(office, start(office), [*pair, stranger])


def test_only_whoever_the_step_belongs_to_prepares(office, pair):
    with pytest.raises(Denied):
        prepare(office, start(office), pair, by=office.kasubag)


@pytest.mark.requirement("R-KEMLAGI-2")
def test_every_unit_that_supplies_data_takes_part(office, frozen_time):
    builders.give_indicators(office, units=office.units)
    run = start(office, "pengumpulan-unit")
    prepare(office, run, office.units, everybody=office.units)
    distribute(office, run)
    fill_in(office, run, office.units[2], who=office.kasi[0])

    found = completeness(run)

    assert (found.total, found.handed_in, found.is_complete) == (6, 1, False)
    assert found.by_state == {"draft": 5, "submitted": 1}


def test_a_unit_reports_on_the_sasaran_of_its_plan(office, units):
    rows = rows_of(units.sheet)

    assert {row.version.indicator.sasaran.text for row in rows} == {"Meningkatnya mutu pelayanan"}
    assert [(row.target, row.figure.annual_target) for row in rows] == [(Decimal(80), Decimal(85))] * 2


def test_what_the_plan_does_not_measure_is_marked_so_from_the_start(office, frozen_time):
    person = office.asn[0]
    indicator(office, 1, "Survei tahunan", pegawai=person, target=None)
    run = start(office)

    prepare(office, run, [person])

    line = Line.objects.get()
    assert (line.measure, line.note) == (Measure.NOT_MEASURED, "Menurut rencana tidak diukur pada periode ini.")
    [row] = sheet_rows(Sheet.objects.of_run(run))
    assert (row.filled, row.lines) == (0, 0)


@pytest.mark.parametrize(
    ("today", "latest", "proposed"),
    [
        (date(2026, 11, 21), None, (2026, 3)),
        (date(2026, 11, 21), (2026, 3), (2026, 4)),
        (date(2026, 11, 21), (2026, 1), (2026, 2)),
        (date(2026, 11, 21), (2026, 4), (2027, 1)),
        (date(2027, 1, 4), (2026, 3), (2026, 4)),
        (date(2027, 4, 1), (2026, 4), (2027, 1)),
    ],
)
def test_the_first_quarter_that_is_not_open_yet_is_proposed(today, latest, proposed):
    assert default_period(today, latest) == proposed


def test_the_year_starts_with_what_its_quarters_give(office, people):
    fill_in(office, people.run, people.a, "84,75", "90")
    run = builders.start_again(office)

    prepare(office, run, [people.a], quarter=0)

    amounts = sheet_of(run, people.a).lines.order_by("figure__no").values_list("amount", flat=True)
    assert list(amounts) == [Decimal("84.75"), Decimal(90)]
    assert Value.objects.filter(figure__period__quarter=0).count() == 0


@pytest.mark.requirement("R-INSP-11")
def test_forms_are_sent_to_everyone_with_a_status_per_recipient(office, pair):
    run = start(office)
    prepare(office, run, pair)

    distribute(office, run)

    sent = Delivery.objects.order_by("recipient")
    assert {each.recipient for each in sent} == set(pair)
    assert all(each.opened_at is None for each in sent)
    assert Task.objects.filter(run=run, step="isi", state="open").count() == 2
    assert Entry.objects.filter(event="sheets.distributed").count() == 1


def test_a_unit_s_form_goes_to_whoever_heads_it(office, units):
    assert units.sheet.delivery.recipient == units.kasi


@pytest.mark.requirement("R-KEMLAGI-23")
def test_the_secretary_delivers_the_format_to_every_section_within_an_hour(office, frozen_time):
    builders.give_indicators(office, units=office.units)
    run = start(office, "kemlagi", by=office.camat)
    act(open_task(run, "perintah"), office.actor(office.camat))
    prepare(office, run, office.units, everybody=office.units)
    task = open_task(run, "sampaikan")

    distribute(office, run, "sampaikan", by=office.sekretaris)

    assert task.due_at - task.opened_at == timedelta(minutes=60)
    heads = {office.sekretaris, office.kasubag, *office.kasi}
    assert {each.recipient for each in Delivery.objects.all()} == heads


@pytest.mark.requirement("R-INSP-11")
def test_whoever_joins_later_gets_a_form_too(office, people):
    late = office.asn_of(people.kasi)[2]
    builders.give_indicators(office, people=[late])
    period = Period.objects.get()

    sheet = actions.add_member(period=period, member=late.pk, by=office.actor(office.camat), reason="Pindah tugas.")

    assert (sheet.pegawai, sheet.delivery.recipient, sheet.lines.count()) == (late, late, 2)
    assert open_task(people.run, "isi", f"p{late.pk}").pegawai == late
    assert Entry.objects.get(event="sheet.added").payload["reason"] == "Pindah tugas."


def test_a_latecomer_is_added_by_the_head_or_the_admin_only(office, people):
    late = office.asn_of(people.kasi)[2]
    builders.give_indicators(office, people=[late])

    with pytest.raises(Denied):
        actions.add_member(period=Period.objects.get(), member=late.pk, by=office.actor(people.a), reason="Ikut.")


@pytest.mark.requirement("R-KEMLAGI-1")
def test_a_day_set_for_the_period_is_everybody_s_deadline_where_the_sop_names_no_time(office, frozen_time, client_for):
    """Kemlagi gives the units no time of its own; the office's calendar says until when it is open that day."""
    units = office.units[2:4]
    builders.give_indicators(office, units=units)
    run = builders.start(office, "kemlagi", by=office.camat)
    do(office, run, "perintah", office.camat)
    builders.prepare(office, run, units, everybody=office.units, due=date(2026, 2, 13))
    builders.distribute(office, run, "sampaikan", office.sekretaris)

    tasks = Task.objects.filter(run=run, step="isi")

    assert {task.due_at.isoformat() for task in tasks} == {"2026-02-13T09:30:00+00:00"}
    assert (
        "Batas pengajuan: Jumat, 13 Februari 2026 pukul 16.30 WIB"
        in client_for(office.camat).get("/periode/2026/1/").text
    )
    frozen_time.move_to("2026-02-17T09:00:00+07:00")
    assert client_for(office.camat).get("/periode/2026/1/?saring=terlambat").text.count("lewat 2 hari kerja") == 2


def test_the_day_set_stays_to_the_minute_when_the_calendar_is_counted_again(office, frozen_time):
    person = office.asn[0]
    builders.give_indicators(office, people=[person])
    run = builders.start(office)
    frozen_time.shift(timedelta(seconds=42))
    builders.prepare(office, run, [person], due=date(2026, 2, 20))
    builders.distribute(office, run)

    reckon_again(office_id=office.office.pk)

    assert Task.objects.get(run=run, step="isi").due_at == Period.objects.get().due_at


def test_the_day_stays_after_a_hold_and_a_return_before_it(office, frozen_time):
    person = office.asn[0]
    builders.give_indicators(office, people=[person])
    run = builders.start(office)
    builders.prepare(office, run, [person], due=date(2026, 2, 20))
    builders.distribute(office, run)
    first = open_task(run, "isi", f"p{person.pk}").due_at

    hold(run=run, by=office.actor(office.camat), reason="Menunggu.")
    resume(run=run, by=office.actor(office.camat))
    held = open_task(run, "isi", f"p{person.pk}").due_at
    builders.fill_in(office, run, person)
    builders.review(office, run, person, office.kasi[0], "return", {0: "Satuan keliru."})

    assert first == held == open_task(run, "isi", f"p{person.pk}").due_at


@pytest.mark.parametrize(
    ("day", "words"), [(date(2026, 2, 15), "Kantor tutup pada tanggal itu."), (date(2026, 2, 2), "sudah lewat")]
)
def test_a_day_that_cannot_be_kept_is_refused(office, frozen_time, day, words):
    person = office.asn[0]
    builders.give_indicators(office, people=[person])
    run = builders.start(office)

    with pytest.raises(Refused, match=words):
        builders.prepare(office, run, [person], due=day)


def test_the_page_takes_the_day_and_shows_what_is_wrong_with_it(office, frozen_time, client_for):
    person = office.asn[0]
    builders.give_indicators(office, people=[person])
    run = builders.start(office)
    address = f"/tugas/{open_task(run, 'siapkan').pk}/siapkan/"
    sent = {
        "act": "complete", "key": "k", "tahun": "2026", "triwulan": "1", "member": [person.pk],
        **{f"reason-{each.pk}": "cuti" for each in office.everybody if each != person},
    }  # fmt: skip
    client = client_for(office.staf)

    unread = client.post(address, sent | {"batas": "31 Februari"})
    closed = client.post(address, sent | {"batas": "2026-02-15"})
    done = client.post(address, sent | {"batas": "2026-02-20"})

    assert (unread.status_code, closed.status_code, done.status_code) == (422, 422, 302)
    assert "Kantor tutup pada tanggal itu." in closed.text
    assert f'id="m{person.pk}" checked' in closed.text
    assert Period.objects.get().due_at.isoformat() == "2026-02-20T09:30:00+00:00"


@pytest.mark.parametrize(
    ("title", "warns"),
    [
        ("Pengumpulan TW 2 2026", True),
        ("Data kinerja 2025", True),
        ("Data kinerja Triwulan II 2025", False),
        ("Pengumpulan TW I 2026", False),
        ("Data kinerja kantor", False),
    ],
)
def test_the_page_warns_of_a_title_that_names_another_period_and_stays(office, frozen_time, client_for, title, warns):
    builders.give_indicators(office, people=[office.asn[0]])
    run = builders.start(office)
    Run.objects.filter(pk=run.pk).update(title=title)

    page = client_for(office.staf).get(f"/tugas/{open_task(run, 'siapkan').pk}/siapkan/?tahun=2026&triwulan=1").text

    assert (f"SOP ini berjudul “{title}”, sedangkan formulirnya untuk Triwulan I 2026." in page) == warns
