"""Taking back: a sheet that nobody has opened to check it, a form that its recipient has not opened."""

from datetime import timedelta

import pytest
from django.template import Context, Template
from django.utils.html import format_html

from runut.audit.models import Entry
from runut.collection import actions
from runut.collection.models import Delivery, Period, Sheet, SheetState, Value, Verdict
from runut.lib.acts import new_key
from runut.lib.errors import Denied, Refused, Stale
from runut.sop.models import Branch, Join, Task
from tests.cast import build_office
from tests.collection import builders
from tests.collection.builders import fill_in, key_of, review, sheet_of, submit, type_in
from tests.harness.scenes import scene
from tests.sop.play import open_task
from tests.sop.test_concurrency import at_once
from tests.sop.test_engine import assert_log_replays_to_the_rows


@scene
def handed_in(office, people):
    fill_in(office, people.run, people.a)
    return people


def take_back(office, sheet, who, key=""):
    return actions.take_back_sheet(sheet=sheet, by=office.actor(who), key=key)


def test_whoever_handed_in_takes_it_back_and_hands_it_in_again(office, handed_in):
    before = open_task(handed_in.run, "periksa", key_of(handed_in.a))

    sheet = take_back(office, handed_in.sheet, handed_in.a)

    task = open_task(handed_in.run, "isi", key_of(handed_in.a))
    before.refresh_from_db()
    assert (sheet.state, before.state, task.round) == (SheetState.DRAFT, "cancelled", 2)
    assert_log_replays_to_the_rows(handed_in.run)
    type_in(office, sheet, handed_in.a, "85", None)
    submit(office, handed_in.run, handed_in.a)
    current = Value.objects.filter(superseded_by=None).order_by("figure__no")
    assert [str(value.amount.normalize()) for value in current] == ["85", "9E+1"]
    assert Value.objects.count() == 3
    assert_log_replays_to_the_rows(handed_in.run)


def test_it_is_logged_by_name_and_the_deadline_stays(office, handed_in, frozen_time):
    due = Task.objects.get(run=handed_in.run, branch__member=key_of(handed_in.a), work="fill").due_at
    frozen_time.shift(timedelta(hours=2))

    take_back(office, handed_in.sheet, handed_in.a)

    entry = Entry.objects.get(event="sheet.taken_back")
    assert (entry.actor_id, entry.payload["before"]["state"]) == (handed_in.a.pk, "submitted")
    assert Entry.objects.filter(event="task.recalled").count() == 1
    assert open_task(handed_in.run, "isi", key_of(handed_in.a)).due_at == due


def test_once_the_reviewer_has_opened_it_a_sentence_says_why_not(office, handed_in, client_for):
    address = f"/isian/{handed_in.sheet.pk}/tarik/"
    client_for(office.camat).get(f"/validasi/{handed_in.sheet.pk}/")
    assert "Pemeriksa belum membuka formulir ini." in client_for(handed_in.a).get(address).text
    assert f'href="{address}"' in client_for(handed_in.a).get(handed_in.sheet.get_absolute_url()).text
    assert f'href="{address}"' not in client_for(office.camat).get(handed_in.sheet.get_absolute_url()).text

    client_for(handed_in.kasi).get(f"/validasi/{handed_in.sheet.pk}/")

    page = client_for(handed_in.a).get(address).text
    answer = client_for(handed_in.a).post(address, {"key": new_key()})
    assert "Formulir ini sudah dibuka pemeriksa." in page
    assert 'name="act"' not in page
    assert answer.status_code == 409
    assert open_task(handed_in.run, "periksa", key_of(handed_in.a)).state == "open"
    assert Entry.objects.filter(refused=True, event="collection:take_back").count() == 1


def test_nobody_else_takes_it_back(office, handed_in, client_for):
    with pytest.raises(Denied, match="Hanya yang mengajukannya"):
        take_back(office, handed_in.sheet, office.camat)

    assert client_for(office.camat).post(f"/isian/{handed_in.sheet.pk}/tarik/", {}).status_code == 403


def test_what_was_validated_is_not_taken_back(office, handed_in):
    review(office, handed_in.run, handed_in.a, handed_in.kasi)

    with pytest.raises(Refused, match="sudah dikerjakan"):
        take_back(office, handed_in.sheet, handed_in.a)


def test_a_repaired_form_comes_back_with_the_notes_it_was_returned_with(office, handed_in):
    review(office, handed_in.run, handed_in.a, handed_in.kasi, "return", {1: "Bukti tidak cocok."})
    fill_in(office, handed_in.run, handed_in.a, None, "88")

    sheet = take_back(office, handed_in.sheet, handed_in.a)

    lines = sheet.lines.order_by("figure__no").values_list("editable", "verdict", "verdict_note")
    assert sheet.state == SheetState.RETURNED
    assert list(lines) == [(False, Verdict.FINE, ""), (True, Verdict.NOTED, "Bukti tidak cocok.")]


def test_the_same_click_again_takes_it_back_once(office, handed_in, client_for):
    client, address, key = client_for(handed_in.a), f"/isian/{handed_in.sheet.pk}/tarik/", new_key()

    first, again = (client.post(address, {"key": key}) for _twice in range(2))

    assert (first.status_code, again.status_code) == (302, 302)
    assert Entry.objects.filter(event="sheet.taken_back").count() == 1
    with pytest.raises(Stale, match="sudah ditarik kembali"):
        take_back(office, handed_in.sheet, handed_in.a, key="lain")


def test_where_nobody_reviews_it_is_taken_back_until_all_are_in(office, frozen_time):
    """Kemlagi gathers without a review: who is through is waited for again."""
    units = office.units[2:4]
    builders.give_indicators(office, units=units)
    run = builders.start(office, "kemlagi", by=office.camat)
    run = _gathering(office, run, units)
    fill_in(office, run, units[0], who=office.kasi[0])

    take_back(office, sheet_of(run, units[0]), office.kasi[0])

    assert Join.objects.get(run=run).pending == 2
    assert Branch.objects.get(run=run, member=key_of(units[0])).state == "open"
    assert_log_replays_to_the_rows(run)
    submit(office, run, units[0], office.kasi[0])
    fill_in(office, run, units[1], who=office.kasi[1])
    with pytest.raises(Refused, match="Semua formulir sudah masuk"):
        take_back(office, sheet_of(run, units[1]), office.kasi[1])


def test_it_is_offered_only_where_it_would_succeed(office, frozen_time, client_for):
    units = office.units[2:4]
    builders.give_indicators(office, units=units)
    run = _gathering(office, builders.start(office, "kemlagi", by=office.camat), units)
    fill_in(office, run, units[0], who=office.kasi[0])
    early = _offered(client_for(office.kasi[0]), sheet_of(run, units[0]))

    fill_in(office, run, units[1], who=office.kasi[1])

    assert early == [True, True]
    for unit, kasi in zip(units, office.kasi, strict=False):
        assert _offered(client_for(kasi), sheet_of(run, unit)) == [False, False]


def test_it_is_not_offered_after_the_reviewer_has_opened_the_form(office, handed_in, client_for):
    before = _offered(client_for(handed_in.a), handed_in.sheet)

    client_for(handed_in.kasi).get(f"/validasi/{handed_in.sheet.pk}/")

    assert (before, _offered(client_for(handed_in.a), handed_in.sheet)) == ([True, True], [False, False])


def _offered(client, sheet):
    """Whether the form's page and the one after handing in offer it."""
    pages = (client.get(sheet.get_absolute_url()), client.get(f"/isian/{sheet.pk}/terkirim/"))
    return [f'href="/isian/{sheet.pk}/tarik/"' in page.text for page in pages]


def test_taking_back_is_no_new_round_for_anybody_who_reads(office, handed_in, client_for):
    take_back(office, handed_in.sheet, handed_in.a)
    own = client_for(handed_in.a)
    pages = [own.get("/tugas/").text, own.get(handed_in.sheet.get_absolute_url()).text]
    pages.append(client_for(office.staf).get(handed_in.run.get_absolute_url()).text)

    assert all("putaran 2" not in page and "<dt>Putaran</dt>" not in page for page in pages)

    fill_in(office, handed_in.run, handed_in.a)
    builders.review(office, handed_in.run, handed_in.a, handed_in.kasi, "return", {0: "Cek lagi."})

    form = own.get(handed_in.sheet.get_absolute_url()).text
    assert "<dt>Putaran</dt><dd>2</dd>" in form and "putaran 2</span>" in form
    assert "putaran 2" in own.get("/tugas/").text


def _gathering(office, run, units):
    from tests.sop.play import do

    do(office, run, "perintah", office.camat)
    builders.prepare(office, run, units, everybody=office.units)
    builders.distribute(office, run, "sampaikan", office.sekretaris)
    return run


def withdraw(office, sheet, who, reason="Unit ini tidak menyuplai data."):
    return actions.withdraw_form(sheet=sheet, by=office.actor(who), reason=reason)


def test_whoever_sent_a_form_withdraws_it_while_it_is_unopened(office, people, client_for):
    page = client_for(office.staf).get("/periode/2026/1/").text
    assert f"/isian/{people.sheet.pk}/tarik-formulir/" in page

    answer = client_for(office.staf).post(
        f"/isian/{people.sheet.pk}/tarik-formulir/", {"reason": "Sedang cuti besar."}, follow=True
    )

    assert f"Formulir {people.a.full_name} sudah ditarik dari penerimanya." in answer.text
    assert not Task.objects.filter(run=people.run, branch__member=key_of(people.a), state="open").exists()
    assert list(Sheet.objects.of_run(people.run)) == [sheet_of(people.run, people.b)]
    assert Entry.objects.get(event="sheet.withdrawn").payload["reason"] == "Sedang cuti besar."
    assert_log_replays_to_the_rows(people.run)


def test_what_the_recipient_has_opened_stays_with_the_recipient(office, people, client_for):
    client_for(people.a).get(people.sheet.get_absolute_url())

    with pytest.raises(Refused, match="Penerima sudah membuka formulir ini"):
        withdraw(office, people.sheet, office.staf)

    assert f"/isian/{people.sheet.pk}/tarik-formulir/" not in client_for(office.staf).get("/periode/2026/1/").text
    assert open_task(people.run, "isi", key_of(people.a)).state == "open"


def test_the_page_of_an_opened_form_says_so_instead_of_offering_its_button(office, people, client_for):
    address, staf = f"/isian/{people.sheet.pk}/tarik-formulir/", client_for(office.staf)
    before = staf.get(address).text
    client_for(people.a).get(people.sheet.get_absolute_url())

    after = staf.get(address).text

    assert "Penerima sudah membuka formulir ini" in after and "Penerima sudah membuka formulir ini" not in before
    assert 'name="reason"' in before and 'name="reason"' not in after


def test_a_sentence_that_ends_in_a_title_ends_in_one_full_stop(office, people, client_for):
    office.staf.title_back = people.a.title_back = "S.E."
    office.staf.save()
    people.a.save()
    link = f"/periode/{Period.objects.get().pk}/tambah/?lagi={people.a.pk}"
    withdraw(office, people.sheet, office.staf)

    with pytest.raises(Stale) as again:
        withdraw(office, people.sheet, office.camat)
    reached = client_for(office.staf).post(link, {"member": str(people.a.pk), "reason": "x"}, follow=True)

    assert again.value.sentence.endswith("S.E.") and not again.value.sentence.endswith("..")
    assert f"Formulir untuk {people.a.full_name} sudah dikirim." in reached.text
    told = Template("{% include 'components/notice.html' with text=text only %}").render(
        Context({"text": format_html("{}. <a href='/x/'>Lihat</a>", people.a.full_name)})
    )
    assert f"{people.a.full_name} <a href='/x/'>Lihat</a>" in told


def test_others_do_not_withdraw_forms(office, people):
    with pytest.raises(Denied, match=office.staf.full_name):
        withdraw(office, people.sheet, people.kasi)


def test_a_withdrawn_form_is_sent_again_as_it_was(office, people):
    withdraw(office, people.sheet, office.staf)
    withdraw(office, people.sheet, office.staf)

    sheet = actions.add_member(
        period=Period.objects.get(), member=people.a.pk, by=office.actor(office.camat), reason="Sudah kembali."
    )

    assert sheet == people.sheet
    assert Entry.objects.filter(event="sheet.withdrawn").count() == 1
    assert Delivery.objects.get(sheet=sheet).withdrawn_at is None
    assert open_task(people.run, "isi", key_of(people.a)).round == 2
    assert_log_replays_to_the_rows(people.run)
    fill_in(office, people.run, people.a)


def test_whoever_withdrew_a_form_sends_it_again_from_the_period_page(office, people, client_for):
    staf, period = client_for(office.staf), Period.objects.get()
    address = f"/periode/{period.pk}/tambah/"
    withdraw(office, people.sheet, office.staf)

    link = f'href="{address}?lagi={people.a.pk}"'
    page, others = staf.get("/periode/2026/1/").text, client_for(people.kasi).get("/periode/2026/1/").text
    form = staf.get(f"{address}?lagi={people.a.pk}").text
    sent = {"member": str(people.a.pk), "reason": "Sudah masuk lagi."}
    answer = staf.post(f"{address}?lagi={people.a.pk}", sent, follow=True)

    assert link in page and "Kirim lagi" in page and link not in others
    assert "Kirim lagi formulir yang ditarik" in form and f'value="{people.a.pk}" selected' in form
    assert f"Formulir untuk {people.a.full_name} sudah dikirim." in answer.text
    entry = Entry.objects.get(event="sheet.added")
    assert (entry.actor_id, entry.payload["reason"]) == (office.staf.pk, "Sudah masuk lagi.")
    assert_log_replays_to_the_rows(people.run)
    assert staf.get(address).status_code == 403
    stranger = office.asn_of(office.kasi[1])[0].pk
    assert staf.post(f"{address}?lagi={stranger}", {"member": str(stranger), "reason": "x"}).status_code == 422


@pytest.fixture
def committed(committed_db):
    cast = build_office()
    people = cast.asn_of(cast.kasi[0])[:2]
    return cast, people, builders.collection_of_people(cast, people)


def test_taking_back_and_validating_at_once_leave_one_of_both(committed):
    cast, people, run = committed
    fill_in(cast, run, people[0])
    sheet, task = sheet_of(run, people[0]), open_task(run, "periksa", key_of(people[0]))

    answers = at_once([
        lambda: take_back(cast, sheet, people[0]),
        lambda: actions.review_sheet(
            task_id=task.pk, by=cast.actor(cast.kasi[0]), outcome="complete", verdicts={}, key=""
        ),
    ])  # fmt: skip

    sheet.refresh_from_db()
    tasks = Task.objects.filter(run=run, branch__member=key_of(people[0]), state="open")
    assert sum(isinstance(answer, Refused) for answer in answers) == 1
    assert (sheet.state, tasks.count()) in [("draft", 1), ("validated", 0)]


def test_a_form_opened_while_it_is_withdrawn_is_one_or_the_other(committed):
    cast, people, run = committed
    sheet = sheet_of(run, people[0])

    at_once([
        lambda: withdraw(cast, sheet, cast.staf),
        lambda: actions.mark_opened(sheet=sheet, by=cast.actor(people[0])),
    ])  # fmt: skip

    delivery = Delivery.objects.get(sheet=sheet)
    assert (delivery.opened_at is None) != (delivery.withdrawn_at is None)
