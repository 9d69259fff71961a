"""Reminding everybody who is late or due soon: in the task list, by e-mail, as a text that a person sends."""

from datetime import timedelta

import pytest

from runut.audit.models import Entry
from runut.collection.models import Period
from runut.lib.acts import new_key
from runut.lib.errors import Refused
from runut.organisation.models import Assignment
from runut.sop import actions
from runut.sop.actions.reminders import send_waiting
from runut.sop.models import MailState, Reminder
from runut.sop.queries.tasks import reminder
from tests.cast import build_office
from tests.collection import builders
from tests.collection.builders import fill_in, key_of
from tests.harness.scenes import scene
from tests.sop.play import do, open_task
from tests.sop.test_concurrency import at_once

HERE = "https://runut.contoh.example"


@scene
def late(office, people, frozen_time):
    """A has an e-mail address and a number, b has neither; both are late."""
    people.a.email, people.a.whatsapp = "a@contoh.example", "0812 000 222"
    people.a.save()
    frozen_time.shift(timedelta(days=7))
    return people


@pytest.fixture
def press(office, client_for, django_capture_on_commit_callbacks):
    """Press the button as somebody; what follows the commit is done."""

    def press(who, **more):
        address = f"/periode/{Period.objects.get().pk}/ingatkan/"
        with django_capture_on_commit_callbacks(execute=True):
            return client_for(who).post(address, {"act": "remind", "key": new_key(), **more}, follow=True)

    return press


def test_who_is_late_is_reminded_in_the_task_list_and_by_e_mail(office, late, press, mail_server, client_for):
    answer = press(office.staf)

    [letter] = mail_server.letters
    text = letter.get_content()
    assert "2 orang diingatkan." in answer.text
    assert (letter["To"], letter["From"]) == ("a@contoh.example", "runut@contoh.example")
    assert letter["Subject"] == "Pengingat: Pengumpulan Triwulan I 2026"
    assert f"Yth. {late.a.full_name}," in text
    assert f"http://testserver/tugas/{open_task(late.run, 'isi', key_of(late.a)).pk}/" in text
    assert "diingatkan 10 Feb 2026" in client_for(late.b).get("/tugas/").text
    states = dict(Reminder.objects.values_list("to__name", "mail"))
    assert states == {late.a.name: MailState.SENT, late.b.name: MailState.NONE}
    assert Entry.objects.get(event="tasks.reminded").actor_id == office.staf.pk


def test_the_matrix_says_who_was_reminded_when_and_by_whom(office, late, press, mail_server, client_for):
    press(office.staf)

    page = client_for(office.camat).get("/periode/2026/1/").text

    assert page.count(f"Diingatkan 10 Feb 2026 09.00 WIB oleh {office.staf.full_name}") == 2
    assert page.count("Surel terkirim") == 1


def test_nobody_is_reminded_twice_on_a_working_day_but_with_a_reason(office, late, press, frozen_time, client_for):
    press(office.staf)
    frozen_time.shift(timedelta(hours=3))

    again = press(office.camat).text
    forced = press(office.camat, reason="Rapat dimajukan ke sore ini.").text
    frozen_time.shift(timedelta(days=1))
    next_day = press(office.staf).text

    assert f"Sudah diingatkan hari ini, jadi dilewati: {late.a.full_name}, {late.b.full_name}." in again
    assert "2 orang diingatkan." in forced
    assert "2 orang diingatkan." in next_day
    assert Reminder.objects.filter(to=late.a).count() == 3
    assert Reminder.objects.filter(reason="Rapat dimajukan ke sore ini.").count() == 2


def test_a_weekend_is_no_new_working_day(office, late, press, frozen_time):
    frozen_time.shift(timedelta(days=3))
    press(office.staf)
    frozen_time.shift(timedelta(days=1))

    assert "jadi dilewati" in press(office.staf).text


def test_a_server_that_fails_loses_nothing_and_is_shown(office, late, press, mail_server, client_for, settings):
    there, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    press(office.staf)

    page = client_for(office.staf).get(f"/periode/{Period.objects.get().pk}/ingatkan/").text
    matrix = client_for(office.staf).get("/periode/2026/1/").text
    assert "server surel tidak dapat dihubungi" in page
    assert "Surel gagal terkirim" in matrix
    assert "diingatkan 10 Feb 2026" in client_for(late.a).get("/tugas/").text

    settings.EMAIL_PORT = there
    press(office.staf, act="resend")

    assert len(mail_server.letters) == 1
    assert Reminder.objects.get(to=late.a).mail == MailState.SENT
    assert Entry.objects.get(event="reminders.sent_again").actor_id == office.staf.pk


def test_what_was_done_meanwhile_is_not_asked_for_again(office, late, press, mail_server, settings):
    there, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    press(office.staf)
    builders.type_in(office, late.sheet, late.a, "84,75", "90")
    builders.submit(office, late.run, late.a, late_reason="Dinas luar.")
    settings.EMAIL_PORT = there

    press(office.staf, act="resend")

    assert mail_server.letters == []


def test_an_address_that_the_server_refuses_does_not_hold_up_the_others(office, late, press, mail_server):
    late.b.email = "b@contoh.example"
    late.b.save()
    mail_server.refused.add("a@contoh.example")

    press(office.staf)

    assert [letter["To"] for letter in mail_server.letters] == ["b@contoh.example"]
    assert Reminder.objects.get(to=late.a).error == "refused"
    assert Reminder.objects.get(to=late.b).mail == MailState.SENT


def test_what_one_job_does_not_reach_the_next_one_sends(office, late, press, mail_server, monkeypatch):
    monkeypatch.setattr("runut.sop.actions.reminders.PEOPLE_AT_ONCE", 1)
    late.b.email = "b@contoh.example"
    late.b.save()

    press(office.staf)

    assert {letter["To"] for letter in mail_server.letters} == {"a@contoh.example", "b@contoh.example"}
    assert set(Reminder.objects.values_list("mail", flat=True)) == {MailState.SENT}


def test_the_job_run_twice_sends_once(office, late, press, mail_server):
    press(office.staf)

    send_waiting.call(late.run.pk, HERE)

    assert len(mail_server.letters) == 1


def test_without_a_mail_server_nothing_waits(office, late, press, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

    press(office.staf)

    assert set(Reminder.objects.values_list("mail", flat=True)) == {MailState.NONE}


def test_a_reviewer_with_many_forms_gets_one_letter(office, late, press, mail_server, frozen_time):
    late.kasi.email = "kasi@contoh.example"
    late.kasi.save()
    for person in (late.a, late.b):
        builders.type_in(office, builders.sheet_of(late.run, person), person, "84,75", "90")
        builders.submit(office, late.run, person, late_reason="Dinas luar.")
    frozen_time.shift(timedelta(hours=2))

    press(office.staf)

    [letter] = mail_server.letters
    assert letter["To"] == "kasi@contoh.example"
    said = letter.get_content()
    assert said.count("http://testserver/tugas/") == 2
    assert all(f" · {person.full_name} (batas " in said for person in (late.a, late.b))
    assert Reminder.objects.filter(to=late.kasi).count() == 2


def test_the_text_for_whatsapp_names_whose_form_it_is_but_not_to_that_person(office, late, client_for):
    own = open_task(late.run, "isi", key_of(late.b))
    builders.type_in(office, late.sheet, late.a, "84,75", "90")
    builders.submit(office, late.run, late.a, late_reason="Dinas luar.")
    to_check = open_task(late.run, "periksa", key_of(late.a))
    client = client_for(office.camat)

    checks, fills = (client.get(f"/tugas/{task.pk}/ingatkan/").text for task in (to_check, own))

    assert f"mohon menyelesaikan tugas “{to_check.text}” untuk {late.a.full_name} pada {late.run.title}." in checks
    assert f"mohon menyelesaikan tugas “{own.text}” pada {late.run.title}." in fills


def test_two_forms_of_one_person_are_told_apart_in_the_letter(office, units, press, mail_server, frozen_time):
    units.kasi.email = "kasi@contoh.example"
    units.kasi.save()
    post = office.jabatan[
        next(key for key, one in office.jabatan.items() if one.unit == units.other and one.heads_unit)
    ]
    Assignment.objects.filter(jabatan=post).delete()
    Assignment.objects.create(
        instansi=office.instansi, jabatan=post, pegawai=units.kasi, kind="plt", start="2026-01-01", decree_number="SP 1"
    )
    frozen_time.shift(timedelta(days=7))

    press(office.staf)

    [letter] = mail_server.letters
    assert all(f" · {unit.name} (batas " in letter.get_content() for unit in (units.unit, units.other))


def test_where_nobody_is_late_nobody_is_bothered(office, people, press, client_for):
    fill_in(office, people.run, people.a)
    fill_in(office, people.run, people.b)
    builders.review(office, people.run, people.a, people.kasi)
    builders.review(office, people.run, people.b, people.kasi)

    page = client_for(office.staf).get(f"/periode/{Period.objects.get().pk}/ingatkan/").text

    assert "Belum ada yang terlambat" in page
    assert Reminder.objects.count() == 0


def test_only_whoever_sent_the_forms_or_leads_reminds(office, late, press):
    assert press(late.kasi).status_code == 403
    assert press(late.a).status_code == 403
    assert Reminder.objects.count() == 0


def test_the_same_click_again_reminds_once(office, late, press):
    for _twice in range(2):
        press(office.staf, key="sekali", reason="Penting.")

    assert Reminder.objects.filter(to=late.a).count() == 1


@pytest.mark.requirement("R-KEMLAGI-19")
def test_letter_and_whatsapp_text_carry_the_procedure_s_warning_and_no_figure(office, frozen_time):
    units = office.units[2:3]
    builders.give_indicators(office, units=units)
    run = builders.start(office, "kemlagi", by=office.camat)
    do(office, run, "perintah", office.camat)
    builders.prepare(office, run, units, everybody=office.units)
    task = open_task(run, "sampaikan")

    text = reminder(task, f"{HERE}{task.get_absolute_url()}").text

    assert "Peringatan dalam SOP: Bila pengumpulan data kinerja tidak selesai, pelaporan terhambat." in text
    assert "80" not in text.replace(f"/tugas/{task.pk}/", "")


def test_two_who_press_at_once_remind_each_person_once(committed_db):
    cast = build_office()
    people = cast.asn_of(cast.kasi[0])[:2]
    run = builders.collection_of_people(cast, people)
    from django.utils import timezone

    from runut.sop.models import Task

    Task.objects.filter(run=run, state="open").update(due_at=timezone.now() - timedelta(days=3))

    answers = at_once([
        lambda who=who: actions.remind(run=run, by=cast.actor(who), address=HERE) for who in (cast.staf, cast.camat)
    ])  # fmt: skip

    assert sorted(answer.people for answer in answers) == [0, 2]
    assert not any(isinstance(answer, Refused) for answer in answers)
    assert Reminder.objects.count() == 2
