"""Who may see which sheet, figure and period."""

from runut.collection.models import Figure, Period, Sheet
from runut.sop.models import Branch
from tests.cast import build_office
from tests.collection.builders import fill_in, review, sheet_of
from tests.harness.scenes import scene


def _sees(office, pegawai, sheet):
    actor = office.actor(pegawai)
    figure = sheet.lines.first().figure
    seen = Sheet.objects.visible_to(actor).filter(pk=sheet.pk).exists()
    assert Figure.objects.visible_to(actor).filter(pk=figure.pk).exists() == seen
    together = Sheet.objects.visible_to(actor).of_run(sheet.run_id)
    assert set(Sheet.objects.of_run_visible_to(sheet.run_id, actor)) == set(together), pegawai
    return seen


@scene
def handed_in(office, people):
    fill_in(office, people.run, people.a)
    return people


def test_a_person_s_data_are_seen_by_the_person_the_superior_the_lanes_and_the_head(office, handed_in):
    seers = [p for p in office.everybody if _sees(office, p, handed_in.sheet)]

    assert set(seers) == {handed_in.a, handed_in.kasi, office.staf, office.camat}


def test_before_it_is_handed_in_the_superior_does_not_see_a_draft(office, people):
    assert not _sees(office, people.kasi, people.sheet)


def test_whoever_had_a_task_with_the_sheet_still_sees_it(office, handed_in):
    review(office, handed_in.run, handed_in.a, handed_in.kasi)

    assert _sees(office, handed_in.kasi, handed_in.sheet)
    assert not _sees(office, handed_in.kasi, sheet_of(handed_in.run, handed_in.b))


def test_a_colleague_of_the_same_run_sees_nothing_of_another(office, handed_in):
    assert not _sees(office, handed_in.b, handed_in.sheet)


def test_who_left_the_collection_is_not_among_the_forms_of_the_run(office, handed_in):
    Branch.objects.filter(run=handed_in.run, member=handed_in.sheet.member).update(state="dropped")

    seen = Sheet.objects.of_run_visible_to(handed_in.run.pk, office.actor(office.camat))

    assert _sees(office, office.camat, handed_in.sheet) and handed_in.sheet not in seen and seen.exists()


def test_a_unit_s_data_are_seen_by_the_whole_office(office, units):
    assert all(_sees(office, p, units.sheet) for p in office.everybody)


def test_another_office_sees_neither_sheets_nor_figures_nor_periods(office, units, handed_in):
    other = build_office(instansi=office.instansi)
    actors = [other.actor(p) for p in (other.camat, other.staf, other.admin)]

    for actor in actors:
        for model in (Sheet, Figure, Period):
            assert not model.objects.visible_to(actor).exists()


def test_a_period_is_seen_by_the_office_and_by_an_outside_superior(office, people):
    from runut.sop.models import Task

    other = build_office(instansi=office.instansi)
    Task.objects.filter(run=people.run, step="isi", branch__pegawai=people.b).update(pegawai=other.staf)

    assert Period.objects.visible_to(office.actor(office.asn[5])).count() == 1
    assert Period.objects.visible_to(other.actor(other.staf)).count() == 1
    assert Sheet.objects.visible_to(other.actor(other.staf)).get() == sheet_of(people.run, people.b)
