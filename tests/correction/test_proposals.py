"""A repaired number is a proposal until it is signed, or its case is closed: until then the signed one holds."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from runut.collection.actions import append_value, mark_values, move_sheets
from runut.collection.models import MarkKind, SheetState
from runut.collection.queries import holding_values
from runut.correction import actions
from runut.correction.models import Decision
from runut.correction.rules import Content
from runut.documents.queries import current_content
from runut.lib.dates import long_date, short_date
from runut.lib.tables import read_table
from tests.collection import builders as forms
from tests.collection.builders import fill_in, sheet_of
from tests.correction import builders
from tests.sop.play import LIBRARY, do, install


def page_of(client, address):
    return " ".join(client.get(address).text.split())


def test_a_repair_that_nobody_has_decided_changes_no_page_of_the_signed_data(office, ngoro, at_meeting, client_for):
    sheet = ngoro.a1.lines.exclude(sheet__run=at_meeting.run).get().sheet
    camat, signed = client_for(office.camat), at_meeting.a.before

    form = page_of(camat, sheet.get_absolute_url())
    history = page_of(camat, ngoro.a1.get_absolute_url())

    assert holding_values([ngoro.a1])[ngoro.a1.pk] == signed
    assert "dikoreksi</a>" not in form and "92,1" not in form
    assert 'v2 <span class="muted small">diusulkan, belum diputuskan</span>' in history
    assert 'v1 <span class="muted small">berlaku</span>' in history
    assert "<del" not in history


def test_what_the_meeting_decided_holds_when_it_is_signed_as_the_wrong_number_was(
    office, ngoro, at_meeting, client_for
):
    sheet = ngoro.a1.lines.exclude(sheet__run=at_meeting.run).get().sheet
    builders.meet(office, at_meeting.run, {at_meeting.a: Decision.NEW, at_meeting.b: Decision.OLD})
    camat, decided = client_for(office.camat), at_meeting.case.items.get(figure=ngoro.a1).decided

    assert holding_values([ngoro.a1])[ngoro.a1.pk] == at_meeting.a.before
    assert "dikoreksi</a>" not in page_of(camat, sheet.get_absolute_url())
    assert "diusulkan, belum ditandatangani" in page_of(camat, ngoro.a1.get_absolute_url())

    mark_values(values=[decided], kind=MarkKind.SIGNED, by=office.actor(office.camat), basis="Laporan perbaikan")

    form = page_of(camat, sheet.get_absolute_url())
    history = page_of(camat, ngoro.a1.get_absolute_url())
    assert "<ins>92,1 </ins>" in form and "dikoreksi</a>" in form
    assert 'v2 <span class="muted small">berlaku</span>' in history
    assert holding_values([ngoro.b1])[ngoro.b1.pk].amount == at_meeting.b.before.amount


def test_a_case_that_was_withdrawn_leaves_the_signed_number_as_it_was(office, ngoro, at_meeting, client_for):
    client = client_for(office.camat)
    actions.withdraw_case(case=at_meeting.case, by=office.actor(office.camat), reason="Salah lapor.")

    holds = holding_values([ngoro.a1])[ngoro.a1.pk]
    assert holds.amount == at_meeting.a.before.amount
    assert [mark.kind for mark in holds.marks.all()] == ["decided"]
    assert "diusulkan" not in page_of(client, ngoro.a1.get_absolute_url())


def test_what_was_put_off_is_not_said_of_the_number_that_came_after_it(office, ngoro, at_meeting):
    put_off = {at_meeting.a: Decision.NEW, at_meeting.b: actions.Choice(Decision.DEFERRED, "bukti belum ada")}
    builders.meet(office, at_meeting.run, put_off, outcome="return", reason="Bukti kurang")

    builders.repair(office, at_meeting.run, ngoro.pptk_b, ngoro.pptk_b, "71")

    at_meeting.b.refresh_from_db()
    content = str(current_content(at_meeting.run))
    assert at_meeting.b.decision == Decision.DEFERRED
    assert "'71'" in content and "Ditunda" not in content


def test_the_print_of_a_correction_says_what_was_there_and_why_it_changed(office, ngoro, at_meeting, client_for):
    sheet = sheet_of(at_meeting.run, ngoro.pptk_a)

    page = page_of(client_for(office.camat), f"{sheet.get_absolute_url()}cetak/")

    assert "<h1>Perbaikan data kinerja" in page and at_meeting.case.code in page
    assert "Sebelumnya" in page and "Penyebab kesalahan: " in page and "Alasan perubahan: " in page


def test_the_page_of_a_line_gives_what_is_asked_line_by_line_and_lets_long_workings_wrap(ngoro, at_meeting, client_for):
    sheet = sheet_of(at_meeting.run, ngoro.pptk_a)
    line = sheet.lines.exclude(asked="").first()

    page = page_of(client_for(ngoro.pptk_a), f"{sheet.get_absolute_url()}baris/{line.pk}/")
    asked = page.split("Yang harus diperbaiki")[1].split("</div>")[0]

    assert len(line.asked.split("\n")) == 3 and asked.count("<br>") == 3
    assert '<p class="num">' not in page


def test_what_is_asked_is_told_in_english_with_what_the_office_wrote_as_written(ngoro, at_meeting, client_for):
    sheet, reader = sheet_of(at_meeting.run, ngoro.pptk_a), client_for(ngoro.pptk_a)
    reader.post("/bahasa/", {"language": "en", "next": "/"})

    page = page_of(reader, sheet.get_absolute_url())

    assert "Wrong: " in page and "Evidence wanted: " in page and "Keliru: " not in page


def row_of(page, no):
    """A version's row of the history, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.split(f'<tr id="v{no}">')[1].split("</tr>")[0]).split())


@pytest.mark.parametrize(
    ("decision", "words"),
    [(Decision.OLD, "tetap angka lama"), (Decision.OTHER, "diputuskan angka lain")],
)
def test_a_version_that_the_meeting_refused_says_so_and_when(office, ngoro, at_meeting, client_for, decision, words):
    proposed = ngoro.b1.values.get(no=2)
    mark_values(values=[proposed], kind=MarkKind.VALIDATED, by=office.actor(office.kasubag), basis="Periksa")
    other = actions.Choice(decision, "rekap SIAK", Content(Decimal(75), "", "measured"))
    builders.meet(office, at_meeting.run, {at_meeting.a: Decision.NEW, at_meeting.b: other})
    day = short_date(timezone.localdate())
    camat = client_for(office.camat)

    page = page_of(camat, ngoro.b1.get_absolute_url())
    refused = row_of(page, 2)

    assert f"v2 ditolak rapat {day}" in refused and f"Ditolak rapat: {words}" in refused and "rekap SIAK" in refused
    assert "Divalidasi sebelum rapat" in refused and "diusulkan" not in refused
    assert "<del" in page.split('<tr id="v2">')[1].split("</tr>")[0]
    assert "diusulkan, belum ditandatangani" in row_of(page, 3)
    # What was taken says nothing of the kind, and the dossier tells the two apart.
    assert "rapat" not in row_of(page_of(camat, ngoro.a1.get_absolute_url()), 2).split("Divalidasi")[0]
    assert page_of(camat, at_meeting.case.get_absolute_url()).count("· ditolak rapat") == 1


def test_a_version_that_the_meeting_sent_back_says_so_until_it_is_taken(office, ngoro, at_meeting, client_for):
    choices = {at_meeting.a: Decision.NEW, at_meeting.b: Decision.DEFERRED}
    builders.meet(office, at_meeting.run, choices, outcome="return", reason="bukti kurang")

    page = page_of(client_for(office.camat), ngoro.b1.get_absolute_url())

    assert "v2 dikembalikan rapat" in row_of(page, 2) and "Dikembalikan rapat untuk diperbaiki lagi" in row_of(page, 2)


def test_a_proposal_that_was_given_up_was_refused_by_no_meeting(office, ngoro, at_meeting, client_for):
    actions.withdraw_case(case=at_meeting.case, by=office.actor(office.camat), reason="Salah lapor.")
    camat = client_for(office.camat)

    assert "ditolak rapat" not in page_of(camat, ngoro.b1.get_absolute_url())
    assert "ditolak rapat" not in page_of(camat, at_meeting.case.get_absolute_url())


def test_only_what_the_meeting_refused_is_said_to_be_refused_when_the_case_is_given_up(
    office, ngoro, at_meeting, client_for
):
    camat, by = client_for(office.camat), office.actor(office.camat)
    builders.meet(office, at_meeting.run, {at_meeting.a: Decision.NEW, at_meeting.b: Decision.OLD})
    actions.withdraw_case(case=at_meeting.case, by=by, reason="Salah lapor.")

    assert "ditolak rapat" not in page_of(camat, ngoro.a1.get_absolute_url())
    assert "v2 ditolak rapat" in row_of(page_of(camat, ngoro.b1.get_absolute_url()), 2)
    assert page_of(camat, at_meeting.case.get_absolute_url()).count("v2 · ditolak rapat") == 1


def test_what_the_meeting_put_off_was_not_refused_when_the_case_is_given_up(office, ngoro, at_meeting, client_for):
    choices = {at_meeting.a: Decision.NEW, at_meeting.b: Decision.DEFERRED}
    builders.meet(office, at_meeting.run, choices, outcome="return", reason="bukti kurang")
    actions.withdraw_case(case=at_meeting.case, by=office.actor(office.camat), reason="Salah lapor.")

    assert "ditolak rapat" not in page_of(client_for(office.camat), at_meeting.case.get_absolute_url())


def test_what_a_returning_meeting_only_noted_refuses_nothing(office, ngoro, client_for):
    text = (LIBRARY / "ngoro.yaml").read_text(encoding="utf-8")
    whole = text.replace("return: {to: perbaiki, items: chosen}", "return: {to: perbaiki, items: all}")
    assert whole != text
    case = builders.open_case(office, ngoro.run, {ngoro.b1: "satuan keliru"}, sop=install(office, "ngoro", whole))
    builders.give_order(office, case.run)
    builders.plan(office, case)
    builders.repair(office, case.run, ngoro.pptk_b, ngoro.pptk_b, "70")
    builders.do(office, case.run, "himpun", office.kasubag)
    builders.do(office, case.run, "lapor", office.kasubag)
    builders.meet(office, case.run, {case.items.get(): Decision.OLD}, outcome="return", reason="bukti kurang")
    camat = client_for(office.camat)

    assert "itolak rapat" not in page_of(camat, ngoro.b1.get_absolute_url())
    assert "ditolak rapat" not in page_of(camat, case.get_absolute_url())


def test_the_meeting_recorded_last_counts_whatever_day_was_typed(office, ngoro, at_meeting, client_for):
    builders.meet(office, at_meeting.run, {at_meeting.a: Decision.OLD, at_meeting.b: Decision.NEW})
    builders.do(office, at_meeting.run, "paraf_kasubag", office.kasubag, "return", reason="Dasarnya keliru")
    earlier = builders.meeting(office, held_at=timezone.now() - timedelta(days=1))
    builders.meet(office, at_meeting.run, {at_meeting.a: Decision.NEW, at_meeting.b: Decision.NEW}, of=earlier)
    camat = client_for(office.camat)

    assert "ditolak rapat" not in page_of(camat, ngoro.a1.get_absolute_url())
    assert "ditolak rapat" not in page_of(camat, at_meeting.case.get_absolute_url())


def printed(client, sheet):
    """The rows of a form's print, without their tags."""
    body = page_of(client, f"{sheet.get_absolute_url()}cetak/").split("<tbody>")[1]
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in body.split("</tr>")]


def test_the_print_of_a_signed_form_shows_what_was_signed_and_beside_it_what_holds_now(
    office, ngoro, at_meeting, client_for
):
    sheet = ngoro.a1.lines.exclude(sheet__run=at_meeting.run).get().sheet
    camat, before = client_for(office.camat), printed(client_for(office.camat), sheet)
    builders.meet(office, at_meeting.run, {at_meeting.a: Decision.NEW, at_meeting.b: Decision.OLD})
    # Decided, but not signed: the form is as it was.
    assert printed(camat, sheet) == before

    decided = at_meeting.case.items.get(figure=ngoro.a1).decided
    mark_values(values=[decided], kind=MarkKind.SIGNED, by=office.actor(office.camat), basis="Laporan perbaikan")
    after = printed(camat, sheet)

    told = f"Angka yang berlaku sejak {long_date(timezone.localdate())}: 92,1 (perbaikan {at_meeting.case.code})"
    [place] = [at for at, row in enumerate(after) if row == told]
    assert [*after[:place], *after[place + 1 :]] == before
    assert ngoro.a1.indicator.name in after[place - 1]
    assert "seperti yang diajukan" in page_of(camat, f"{sheet.get_absolute_url()}cetak/")


def test_the_print_of_a_repair_shows_what_was_handed_in_though_the_meeting_decided_another(
    office, ngoro, at_meeting, client_for
):
    sheet, camat = at_meeting.a.line.sheet, client_for(office.camat)
    before = printed(camat, sheet)
    other = actions.Choice(Decision.OTHER, "hitung ulang", Content(Decimal("93.5"), "", "measured"))
    builders.meet(office, at_meeting.run, {at_meeting.a: other, at_meeting.b: Decision.OLD})
    decided = at_meeting.case.items.get(figure=ngoro.a1).decided
    mark_values(values=[decided], kind=MarkKind.SIGNED, by=office.actor(office.camat), basis="Laporan perbaikan")
    move_sheets(run=at_meeting.run, state=SheetState.SIGNED, by=office.actor(office.camat))

    after = printed(camat, sheet)

    told = f"Angka yang berlaku sejak {long_date(timezone.localdate())}: 93,5 (perbaikan {at_meeting.case.code})"
    [place] = [at for at, row in enumerate(after) if row == told]
    assert [*after[:place], *after[place + 1 :]] == before and "92,1" in before[0]
    assert "seperti yang diajukan" in page_of(camat, f"{sheet.get_absolute_url()}cetak/")
    [line] = [row for row in downloaded(camat, sheet) if ngoro.a1.indicator.name in str(row)]
    assert "92.1" in str(line) and "93.5" not in str(line)


def test_the_print_of_a_form_without_a_later_number_says_nothing_more(office, ngoro, at_meeting, client_for):
    sheet = ngoro.b1.lines.exclude(sheet__run=at_meeting.run).get().sheet

    page = page_of(client_for(office.camat), f"{sheet.get_absolute_url()}cetak/")

    assert "berlaku sejak" not in page and "seperti yang diajukan" not in page


def test_a_later_case_that_changed_nothing_is_not_named_in_the_print(office, ngoro, at_meeting, client_for):
    sheet = ngoro.a1.lines.exclude(sheet__run=at_meeting.run).get().sheet
    by, first = office.actor(office.camat), at_meeting.case
    builders.meet(office, at_meeting.run, {at_meeting.a: Decision.NEW, at_meeting.b: Decision.OLD})
    decided = first.items.get(figure=ngoro.a1).decided
    mark_values(values=[decided], kind=MarkKind.SIGNED, by=by, basis="Laporan perbaikan")
    actions.close_case(run=at_meeting.run, by=by)
    second = builders.open_case(office, ngoro.run, {ngoro.a1: "salah kolom"}, sop=at_meeting.run.version.sop)
    actions.withdraw_case(case=second, by=by, reason="Salah lapor.")

    page = page_of(client_for(office.camat), f"{sheet.get_absolute_url()}cetak/")

    assert f"perbaikan {first.code}" in page and second.code not in page


def changed(office, figure, kind=None):
    """A further version, 91, of a figure, with a mark."""
    by = office.actor(office.camat)
    value = append_value(figure=figure, by=by, amount=Decimal(91), cause="Salah ambil", reason="Sesuai rekap SIAK")
    if kind:
        mark_values(values=[value], kind=kind, by=by, basis="Laporan perbaikan")
    return value


def test_a_form_that_nobody_signed_takes_no_later_signature_as_its_own(office, kintom, client_for):
    sheet = kintom.fa.lines.get().sheet
    before = printed(client_for(office.camat), sheet)
    changed(office, kintom.fa, MarkKind.SIGNED)

    after = printed(client_for(office.camat), sheet)

    assert sheet.state == SheetState.VALIDATED
    assert [row for row in after if "berlaku sejak" not in row] == before
    assert f"Angka yang berlaku sejak {long_date(timezone.localdate())}: 91" in after


def test_a_proposal_that_nobody_judged_is_not_said_to_hold(office, people, client_for):
    fill_in(office, people.run, people.a, "84,75", "90")
    sheet = sheet_of(people.run, people.a)
    changed(office, sheet.lines.get(figure__no=1).figure)

    page = page_of(client_for(people.a), f"{sheet.get_absolute_url()}cetak/")

    assert "84,75" in page and "berlaku sejak" not in page


def test_a_number_holds_since_the_signature_that_was_not_taken_back(office, ngoro, client_for, frozen_time):
    sheet, by = ngoro.a1.lines.get().sheet, office.actor(office.camat)
    value = changed(office, ngoro.a1, MarkKind.SIGNED)
    frozen_time.shift(timedelta(days=1))
    mark_values(values=[value], kind=MarkKind.REVOKED, by=by, basis="Laporan perbaikan")
    frozen_time.shift(timedelta(days=1))
    mark_values(values=[value], kind=MarkKind.SIGNED, by=by, basis="Laporan perbaikan")

    told = printed(client_for(office.camat), sheet)

    assert f"Angka yang berlaku sejak {long_date(timezone.localdate())}: 91" in told


def downloaded(client, sheet):
    return read_table(client.get(f"/isian/{sheet.pk}/unduh/").content).rows


def test_the_workbook_of_a_signed_form_says_what_its_print_says(office, ngoro, client_for):
    sheet, camat = ngoro.a1.lines.get().sheet, client_for(office.camat)
    before = downloaded(camat, sheet)
    changed(office, ngoro.a1, MarkKind.SIGNED)

    after = downloaded(camat, sheet)

    [place] = [at for at, row in enumerate(after) if row and "1 angka" in str(row[0])]
    assert after[place][0] == (
        "1 angka di tabel ini sudah diperbaiki sesudah formulir ini diajukan. "
        "Angka yang berlaku disebut di cetakan formulir ini."
    )
    assert [*after[:place], *after[place + 1 :]] == list(before)


def test_the_note_that_stood_is_offered_with_the_repair_and_goes_on_beside_the_new_number(
    office, frozen_time, client_for
):
    person, note = office.asn_of(office.kasi[0])[0], "Rilis BPS menyusul bulan Mei."
    source = forms.collection_of_people(office, [person], code="pengumpulan-pegawai")
    forms.type_in(office, sheet_of(source, person), person, "84,75", "90", note=note)
    forms.submit(office, source, person)
    forms.review(office, source, person, office.kasi[0])
    for step, who in (("himpun", office.staf), ("paraf", office.sekretaris)):
        do(office, source, step, who)
    figure = builders.figures(source, person)[0]
    run = builders.open_case(office, source, {figure: "salah bulan"}, code="kintom").run
    do(office, run, "teliti", office.camat)
    builders.give_order(office, run)
    do(office, run, "koordinasi", office.sekretaris)
    do(office, run, "teruskan", office.kasubag)
    sheet = sheet_of(run, person)
    line, client = sheet.lines.get(), client_for(person)

    form = page_of(client, sheet.get_absolute_url())
    said = {f"v-{line.pk}": "82,5", f"c-{line.pk}": "salah bulan", f"r-{line.pk}": "rekap", f"n-{line.pk}": note}
    client.post(sheet.get_absolute_url(), {**said, f"rev-{line.pk}": line.rev, "act": "save"})
    forms.submit(office, run, person, step="perbaiki")

    assert '<th scope="col">Keterangan</th>' in form
    assert re.search(rf'<input name="n-{line.pk}"[^>]* value="{note}"', form)
    assert (builders.now_of(figure).no, builders.now_of(figure).note) == (2, note)
