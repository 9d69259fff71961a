"""Setting an office up: taken up at the command line, then six steps that say what is done and what is next."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from runut.lib.nip import FEMALE, synthetic_nip
from runut.organisation.actions import activate
from runut.organisation.models import Assignment, Holiday, Instansi, Office, Pegawai
from runut.sop import actions as sop
from runut.sop.queries.ratifier import ratifier_of
from runut.sop.rules.definition import Header
from runut.sop.rules.parse import dump
from runut.web.setup import steps_of
from tests.cast import PASSWORD
from tests.collection import builders
from tests.planning.test_dictionary import START, aim, define
from tests.sop.procedures import BINDINGS, straight

NIP = synthetic_nip(START.replace(year=1992), (2017, 5), FEMALE, 951)
GIVEN = {
    "government": "Kabupaten Contoh Baru", "government_code": "KCB", "name": "Kecamatan Contoh Baru", "code": "7.01.9",
    "kind": "kecamatan", "zone": "WITA", "admin_nip": NIP, "admin_name": "Admin Contoh",
}  # fmt: skip


@pytest.mark.django_db
def test_an_empty_installation_gets_its_first_office_and_somebody_to_look_after_it(client):
    out = StringIO()
    call_command("create_office", stdout=out, **GIVEN)

    office, code = Office.objects.get(), out.getvalue().partition("Admin Contoh: ")[2].split()[0]
    assert (office.instansi.name, office.calendar.zone) == ("Kabupaten Contoh Baru", "Asia/Makassar")
    client.force_login(activate(login=NIP, code=code, password=PASSWORD))
    page = client.get("/siapkan/").text
    assert "0 dari 6 langkah selesai" in page and 'aria-current="step"' in page


@pytest.mark.django_db
def test_who_looks_after_an_office_that_is_not_set_up_is_led_there_from_the_empty_inbox(client):
    out = StringIO()
    call_command("create_office", stdout=out, **GIVEN)
    code = out.getvalue().partition("Admin Contoh: ")[2].split()[0]
    client.force_login(activate(login=NIP, code=code, password=PASSWORD))

    page = client.get("/tugas/").text

    assert "Siapkan kantor: 0 dari 6" in page and 'href="/siapkan/"' in page
    assert "Tidak ada tugas saat ini" not in page


def test_an_office_at_work_is_not_called_unprepared_though_a_step_is_open_again(office, client_for, frozen_time):
    builders.give_indicators(office, people=office.asn_of(office.kasi[0])[:2])
    admin = client_for(office.admin)
    before = admin.get("/tugas/").text
    run = builders.start(office)

    page = admin.get("/tugas/").text

    assert not all(done(office))
    assert "Kantor Anda belum selesai disiapkan" in before and "Kantor Anda belum selesai" not in page
    assert "Tidak ada tugas saat ini" in page
    type(run).objects.update(state="cancelled")
    assert "Kantor Anda belum selesai disiapkan" in admin.get("/tugas/").text


def test_the_head_reads_in_the_empty_inbox_how_work_begins(office, client_for, monkeypatch):
    monkeypatch.setattr("runut.web.context._setup_open", lambda _actor: ())

    page = client_for(office.camat).get("/tugas/").text

    assert "tekan “Mulai SOP”" in page and 'href="/sop/"' in page
    assert "tekan “Mulai SOP”" not in client_for(office.staf).get("/tugas/").text


def test_an_office_is_taken_up_before_anything_was_prepared(tmp_path):
    given = [f"--{key.replace('_', '-')}={value}" for key, value in GIVEN.items()]
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment |= {"RUNUT_DATA": str(tmp_path / "baru"), "DJANGO_SETTINGS_MODULE": "runut.settings"}

    line = [sys.executable, "-m", "runut", "create-office", *given]
    done = subprocess.run(line, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert "Kecamatan Contoh Baru terdaftar." in done.stdout and "Kode aktivasi Admin Contoh" in done.stdout


@pytest.mark.django_db
def test_what_is_refused_leaves_nothing_behind():
    with pytest.raises(CommandError, match="NIP"):
        call_command("create_office", **(GIVEN | {"admin_nip": NIP[:-1]}))

    assert not (Instansi.objects.exists() or Office.objects.exists() or Pegawai.objects.exists())


def done(office):
    return [step.done for step in steps_of(office.office, timezone.localdate())]


def test_each_step_is_done_when_the_data_say_so(office, frozen_time):
    assert done(office) == [False, True, True, False, False, False]
    Holiday.objects.create(
        instansi=office.instansi, day="2026-08-17", name="Kemerdekaan", kind="nasional", source="SKB"
    )
    aim(office, define(office), {0: "85"})
    assert done(office) == [True, True, True, True, False, False]
    builders.give_indicators(office, people=office.asn_of(office.kasi[0])[:2])
    run = builders.start(office)
    assert done(office)[4:] == [True, False]
    people = office.asn_of(office.kasi[0])[:2]
    builders.prepare(office, run, people)
    builders.distribute(office, run)
    assert done(office)[4:] == [True, True]


def test_the_page_says_what_is_next_and_leads_there(office, client_for, frozen_time):
    page = client_for(office.admin).get("/siapkan/").text

    assert "Hari libur tahun ini belum dicatat" in page and "Impor dari Excel" in page
    assert page.index('aria-current="step"') < page.index("Unit dan jabatan")


def test_a_vacant_position_is_filled_from_the_step_that_counts_it(office, client_for, frozen_time):
    client = client_for(office.admin)
    Assignment.objects.filter(pegawai=office.staf).delete()
    vacant = office.jabatan["staf"]

    step = client.get("/siapkan/").text
    listed = client.get("/atur/jabatan/").text
    form = client.get(f"/atur/jabatan/{vacant.pk}/pemangku/").text
    sent = {"pegawai": office.staf.pk, "kind": "definitif", "start": "2026-01-05"}
    answer = client.post(f"/atur/jabatan/{vacant.pk}/pemangku/", sent)

    assert "1 jabatan kosong" in step and 'href="/atur/jabatan/"' in step and "Isi jabatan" in step
    assert listed.count("Tetapkan pemangku") == 1 and f'href="/atur/jabatan/{vacant.pk}/pemangku/"' in listed
    assert vacant.name in form and office.staf.full_name in form
    assert answer.url == "/atur/jabatan/"
    assert Assignment.objects.get(jabatan=vacant).pegawai == office.staf


def test_the_steps_cost_the_same_however_many_people(office, frozen_time):
    counts = []
    for number in range(2):
        with CaptureQueriesContext(connection) as queried:
            list(steps_of(office.office, timezone.localdate()))
        counts.append(len(queried))
        define(office, f"IKU-{number + 5}")
    assert counts == [12, 12]


def test_a_draft_that_is_prepared_only_waits_for_who_ratifies_it(office, client_for, frozen_time):
    by, definition = office.actor(office.admin), straight()
    version = sop.import_version(office=office.office, text=dump(replace(definition, header=Header())), by=by)
    admin = client_for(office.admin)

    unprepared = admin.get("/siapkan/").text
    for lane in definition.lanes:
        posts = [office.jabatan[key] for key in BINDINGS.get(lane.slot, [])]
        sop.bind_lane(sop=version.sop, slot=lane.slot, jabatan=posts, by=by)
    unnumbered = admin.get("/siapkan/").text
    sop.fill_identity(version=version, number="067/12/2026", made_on=date(2026, 1, 5), by=by)
    prepared = admin.get("/siapkan/").text

    assert "masih draf. Atur perannya" in unprepared and "masih draf. Atur perannya" in unnumbered
    assert "masih draf" not in prepared
    assert f"tinggal disahkan oleh {office.camat.full_name}" in prepared
    assert ratifier_of(office.office).words in prepared


def test_a_run_that_was_started_says_whose_turn_it_is(office, client_for, frozen_time):
    admin = client_for(office.admin)
    builders.give_indicators(office, people=office.asn_of(office.kasi[0])[:2])
    run = builders.start(office)

    page = admin.get("/siapkan/").text

    assert f"“{run.title}” sudah dimulai. Berikutnya giliran" in page
    assert f'href="{run.get_absolute_url()}">Lihat jalannya SOP' in page and "Buka periode" not in page


@pytest.mark.parametrize("address", ["/periode/", "/periode/buka/", "/periode/buka/tahun/"])
def test_without_an_sop_who_looks_after_the_office_is_led_to_where_one_is_prepared(office, client_for, address):
    admin, other = (client_for(person).get(address).text for person in (office.admin, office.staf))

    assert 'href="/siapkan/">Siapkan kantor</a>' in admin and "Hubungi admin" not in admin
    assert "Hubungi admin kantor" in other and "langkah 5" not in other
