"""A number is measured by what is in force at its period's end: the form says what changed, and one act renews it."""

from datetime import date
from decimal import Decimal

import pytest

from runut.audit.models import Entry
from runut.collection import actions
from runut.collection.models import Figure, Line, Measure, Value, Verdict
from runut.collection.queries import figure_history, hash_of_rows, outdated_lines, rows_of
from runut.lib.errors import Denied, Refused
from runut.planning.actions import Aim, Change, set_targets
from runut.planning.models import Indicator
from tests.collection import builders
from tests.collection.test_former import aimed, revised

CHANGED = "Definisi atau target berubah sesudah formulir ini dibuat"


@pytest.fixture
def first(units):
    return Indicator.objects.filter(unit=units.unit).order_by("pk").first()


def figure_of(units):
    return Figure.objects.get(lines__sheet=units.sheet, no=1)


def test_an_open_form_says_what_changed_from_what_to_what_and_why(office, units, first, client_for):
    kasi, address = client_for(units.kasi), units.sheet.get_absolute_url()
    before = kasi.get(address).text

    aimed(office, first, "95")
    revised(office, first, unit_of_measure="poin")

    page = kasi.get(address).text
    assert CHANGED not in before and CHANGED in page
    assert "Target: <del>80</del> → <ins>95</ins>" in page and "PK Perubahan 2026" in page
    assert "Satuan: <del>indeks</del> → <ins>poin</ins>" in page and "Renstra Perubahan" in page
    assert figure_of(units).target == 80


def test_it_is_handed_in_once_renewed_and_what_was_typed_stays(office, units, first, client_for):
    builders.type_in(office, units.sheet, units.kasi, "84,75", "90")
    aimed(office, first, "95")
    kasi, here = client_for(units.kasi), units.sheet.get_absolute_url()
    with pytest.raises(Refused, match="sudah berubah"):
        builders.submit(office, units.run, units.unit, units.kasi)
    assert "Perbarui formulir ini" in kasi.get(f"{here}periksa/").text

    page = kasi.post(f"{here}perbarui/", follow=True).text
    builders.submit(office, units.run, units.unit, units.kasi)

    assert CHANGED not in page and "84,75" in page
    assert Value.objects.get(figure=figure_of(units)).target == 95
    entry = Entry.objects.get(event="forms.renewed")
    assert "Target 80" in str(entry.payload["before"]) and "Target 95" in str(entry.payload["after"])
    assert entry.payload["reason"] == "PK Perubahan 2026"


def test_handing_in_by_the_former_is_refused_beside_the_form_with_the_way_to_the_line(office, units, first, client_for):
    builders.type_in(office, units.sheet, units.kasi, "84,75", "90")
    aimed(office, first, "95")
    line = units.sheet.lines.get(figure=figure_of(units))

    answer = client_for(units.kasi).post(f"{units.sheet.get_absolute_url()}periksa/", {"act": "complete", "key": "k"})

    assert answer.status_code == 422 and "Belum diajukan" in answer.text
    summary = answer.text.split('class="error-summary"')[1].split("</div>")[0]
    assert "sudah berubah" in summary and f"/isian/{units.sheet.pk}/baris/{line.pk}/" in summary
    assert "Perbarui formulir ini" in answer.text


def test_whoever_sent_the_forms_renews_all_of_them_in_one_act(office, units, first, client_for):
    builders.fill_in(office, units.run, units.other, who=office.kasi[1])
    other = Indicator.objects.filter(unit=units.other).order_by("pk").first()
    aimed(office, first, "95")
    aimed(office, other, "96")
    staf = client_for(office.staf)

    assert "masih memakai yang lama" in staf.get("/periode/2026/1/").text
    here = f"/periode/{units.sheet.period_id}/perbarui/"
    page = staf.get(here).text
    staf.post(here)

    assert units.unit.name in page and "<ins>95</ins>" in page
    assert "Yang sudah diajukan" in page and "<ins>96</ins>" in page
    assert figure_of(units).target == 95
    assert Figure.objects.get(indicator__indicator=other).target == 80
    with pytest.raises(Refused, match="Tidak ada yang perlu diperbarui"):
        actions.renew_forms(period=units.sheet.period, by=office.actor(office.staf))
    with pytest.raises(Denied):
        actions.renew_forms(period=units.sheet.period, by=office.actor(units.kasi))


def test_a_form_that_was_renewed_before_anybody_opened_it_can_still_be_withdrawn(office, units, first, client_for):
    aimed(office, first, "95")
    staf = client_for(office.staf)
    staf.post(f"/periode/{units.sheet.period_id}/perbarui/")

    reason = {"reason": "Sedang cuti besar."}
    answer = staf.post(f"/isian/{units.sheet.pk}/tarik-formulir/", reason, follow=True)

    assert f"Formulir {units.unit.name} sudah ditarik dari penerimanya." in answer.text


def test_a_returned_form_takes_the_new_target_into_its_next_version(office, units, first):
    builders.fill_in(office, units.run, units.unit, who=units.kasi)
    aimed(office, first, "95")
    builders.review(office, units.run, units.unit, office.sekretaris, "return", {1: "Periksa lagi"})

    actions.renew_form(sheet=units.sheet, by=office.actor(units.kasi))
    builders.submit(office, units.run, units.unit, units.kasi)

    values = Value.objects.filter(figure=figure_of(units)).order_by("no")
    assert [value.target for value in values] == [80, 95]
    assert {value.amount for value in values} == {Decimal("84.75")}


def test_a_form_that_is_handed_in_tells_its_reviewer(office, units, first, client_for):
    builders.fill_in(office, units.run, units.unit, who=units.kasi)

    aimed(office, first, "95")

    page = client_for(office.camat).get(f"/validasi/{units.sheet.pk}/").text
    assert CHANGED in page and "diajukan menurut yang lama" in page and "Perbarui formulir ini" not in page


def test_what_is_measured_by_the_former_is_declared_right_only_with_a_reason(office, units, first, client_for):
    builders.fill_in(office, units.run, units.unit, who=units.kasi)
    aimed(office, first, "95")
    client, address = client_for(office.sekretaris), f"/validasi/{units.sheet.pk}/"
    sent = {"act": "complete", "key": "k", "data_hash": hash_of_rows(rows_of(units.sheet))}

    refused = client.post(address, sent)
    state = type(units.sheet).objects.get(pk=units.sheet.pk).state
    answer = client.post(address, sent | {"outdated_reason": "Target baru berlaku mulai triwulan depan."}, follow=True)

    assert (refused.status_code, state) == (422, "submitted")
    assert "masih diukur menurut definisi atau target yang lama" in refused.text
    assert 'name="outdated_reason"' in refused.text
    assert f"Formulir {units.unit.name} sudah diverifikasi." in answer.text
    logged = Entry.objects.filter(event__in=("sheet.validated", "sheet.verified")).get()
    assert logged.payload["reason"] == "Target baru berlaku mulai triwulan depan."
    assert units.run.tasks.get(reason="Target baru berlaku mulai triwulan depan.").work == "review"


def test_a_form_that_is_measured_by_what_holds_asks_for_no_such_reason(office, units, client_for):
    builders.fill_in(office, units.run, units.unit, who=units.kasi)

    assert "outdated_reason" not in client_for(office.sekretaris).get(f"/validasi/{units.sheet.pk}/").text


def test_a_signed_form_stays_and_says_by_what_it_was_measured(office, units, first, client_for):
    builders.fill_in(office, units.run, units.unit, who=units.kasi)
    value = Value.objects.get(figure=figure_of(units))
    actions.mark_values(values=[value], kind="signed", by=office.actor(office.camat), basis="Rekap v1")
    type(units.sheet).objects.filter(pk=units.sheet.pk).update(state="signed")

    aimed(office, first, "95")

    page = client_for(units.kasi).get(units.sheet.get_absolute_url()).text
    assert "tetap diukur menurut yang lama" in page and "<del>80</del> → <ins>95</ins>" in page
    assert figure_of(units).target == 80
    assert outdated_lines(units.sheet, unsigned=True) == []
    assert "definisi versi 1" in client_for(units.kasi).get(figure_of(units).get_absolute_url()).text


def test_what_the_new_definition_has_no_cell_for_goes_into_the_note(office, units, first):
    builders.type_in(office, units.sheet, units.kasi, "84,75", note="Hasil survei")
    revised(office, first, numerator="", denominator="", value_type="ordinal", scale=["B", "A"])

    actions.renew_form(sheet=units.sheet, by=office.actor(units.kasi))

    line = Line.objects.get(sheet=units.sheet, figure=figure_of(units))
    assert (line.amount, line.measure) == (None, Measure.NOT_FILLED)
    assert line.note == "Hasil survei\nSebelum definisi diperbarui tertulis: 84,75."
    assert line.figure.indicator.no == 2


@pytest.mark.parametrize("amount", [None, Decimal(70)])
def test_what_the_plan_measures_no_more_or_at_last_is_asked_for_accordingly(office, units, first, amount):
    def aim(to, was):
        changes = {1: Change(Aim(to), Aim(was))}
        set_targets(indicator=first, year=2026, changes=changes, basis="SK", by=office.actor(office.admin))
        actions.renew_form(sheet=units.sheet, by=office.actor(units.kasi))
        return Line.objects.get(sheet=units.sheet, figure__no=1)

    line = aim(None, Decimal(80))
    assert (line.measure, bool(line.note)) == (Measure.NOT_MEASURED, True)
    if amount is not None:
        line = aim(amount, None)
        assert (line.measure, line.note, figure_of(units).target) == (Measure.NOT_FILLED, "", 70)


def test_a_version_that_begins_after_the_period_changes_nothing_of_it(office, units, first, client_for):
    revised(office, first, start=date(2026, 4, 1), unit_of_measure="poin")

    assert CHANGED not in client_for(units.kasi).get(units.sheet.get_absolute_url()).text
    builders.fill_in(office, units.run, units.unit, who=units.kasi)


def test_a_definition_that_changed_between_two_rounds_makes_a_version_and_leaves_the_former_as_it_was(
    office, units, first, client_for
):
    builders.fill_in(office, units.run, units.unit, who=units.kasi)
    figure, kasi = figure_of(units), client_for(units.kasi)
    [handed_in] = figure_history(figure)
    builders.review(office, units.run, units.unit, office.sekretaris, "return", {1: "Periksa lagi"})
    revised(office, first, numerator="", denominator="", polarity="negative")

    actions.renew_form(sheet=units.sheet, by=office.actor(units.kasi))
    between = kasi.get(figure.get_absolute_url()).text
    lines = units.sheet.lines.order_by("figure__no")
    verdicts = [(line.verdict, line.verdict_note) for line in lines]
    builders.submit(office, units.run, units.unit, units.kasi)

    after, before = figure_history(figure_of(units))
    assert [after.value.no, before.value.no] == [2, 1]
    assert (before.definition.no, after.definition.no) == (1, 2)
    assert before.achievement.percent == handed_in.achievement.percent != after.achievement.percent
    assert verdicts == [(Verdict.NONE, ""), (Verdict.NOTED, "Periksa lagi")]
    assert "105,94" in between and "definisi versi 1" in between
    page = kasi.get(figure.get_absolute_url()).text
    assert "105,94" in page and "94,06" in page and "definisi versi 1" in page


def test_two_renewals_before_it_is_handed_in_again_keep_what_was_measured_first(office, units, first):
    builders.fill_in(office, units.run, units.unit, who=units.kasi)
    builders.review(office, units.run, units.unit, office.sekretaris, "return", {0: "Periksa lagi"})
    for start, direction in ((date(2026, 2, 1), "negative"), (date(2026, 3, 1), "stable")):
        revised(office, first, start, numerator="", denominator="", polarity=direction)
        actions.renew_form(sheet=units.sheet, by=office.actor(units.kasi))

    builders.submit(office, units.run, units.unit, units.kasi)

    assert [each.definition.no for each in figure_history(figure_of(units))] == [3, 1]


def test_a_form_that_was_withdrawn_is_not_renewed_with_the_others(office, units, first):
    actions.withdraw_form(sheet=units.sheet, by=office.actor(office.staf), reason="Tidak menyuplai data.")
    aimed(office, first, "95")

    with pytest.raises(Refused, match="Tidak ada yang perlu diperbarui"):
        actions.renew_forms(period=units.sheet.period, by=office.actor(office.staf))

    assert figure_of(units).target == 80


def test_a_number_that_becomes_a_share_goes_into_the_note_and_its_components_are_asked_for(
    office, units, first, client_for
):
    builders.type_in(office, units.sheet, units.kasi, "84,75", note="Hasil survei")
    revised(office, first)

    page = client_for(units.kasi).post(f"{units.sheet.get_absolute_url()}perbarui/", follow=True).text

    line = Line.objects.get(sheet=units.sheet, figure=figure_of(units))
    assert (line.amount, line.measure, line.parts.is_empty) == (None, Measure.NOT_FILLED, True)
    assert line.note == "Hasil survei\nSebelum definisi diperbarui tertulis: 84,75."
    assert f'name="d-{line.pk}"' in page and "tertulis: 84,75." in page
    with pytest.raises(Refused, match="Belum dapat diajukan"):
        builders.submit(office, units.run, units.unit, units.kasi)


def test_a_number_in_another_unit_is_asked_for_again(office, units, first):
    builders.type_in(office, units.sheet, units.kasi, "75")
    measured_in = figure_of(units).indicator.unit_of_measure
    revised(office, first, numerator="", denominator="", unit_of_measure="jam")

    actions.renew_form(sheet=units.sheet, by=office.actor(units.kasi))

    line = Line.objects.get(sheet=units.sheet, figure=figure_of(units))
    assert (line.amount, line.measure) == (None, Measure.NOT_FILLED)
    assert line.note == f"Sebelum definisi diperbarui tertulis: 75 {measured_in}."
