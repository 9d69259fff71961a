"""Kintom and Ngoro from the order to the archive, as far as this room carries them."""

from decimal import Decimal

import pytest
from django.db import transaction

from runut.collection.models import MarkKind, SheetState, Value
from runut.collection.queries import known_on
from runut.correction import actions, queries
from runut.correction.models import Decision
from runut.sop import actions as sop
from runut.sop.models import RunState, Task
from tests.collection import builders as forms
from tests.correction import builders
from tests.sop.play import do, holder, open_task


@transaction.atomic
def finish(cast, run, step, who):
    """The last step, as an upper room does it."""
    act = sop.begin(task_id=open_task(run, step).pk, by=cast.actor(who))
    return actions.conclude(act)


@pytest.mark.requirement("R-KINTOM-13", "R-KINTOM-14", "R-KINTOM-15", "R-KINTOM-19")
def test_kintom_from_the_finding_to_the_signature(office, kintom):
    case = builders.open_case(office, kintom.run, {kintom.fa: "bukti tidak cocok"}, code="kintom")
    run = case.run
    actions.analyse(task_id=open_task(run, "teliti").pk, by=office.actor(office.camat), notes={})
    builders.give_order(office, run, of=builders.order(office, team={}))
    do(office, run, "koordinasi", office.sekretaris)
    do(office, run, "teruskan", office.kasubag)
    assert [t.pegawai for t in Task.objects.filter(run=run, step="perbaiki")] == [kintom.a]

    builders.repair(office, run, kintom.a, kintom.a, "80")
    forms.review(office, run, kintom.a, kintom.kasi, "return", {0: "masih salah"}, step="koreksi", reason="Belum benar")
    builders.repair(office, run, kintom.a, kintom.a, "81")
    forms.review(office, run, kintom.a, kintom.kasi, step="koreksi")
    do(office, run, "sampaikan", kintom.kasi)
    do(office, run, "rekap", office.kasubag)
    do(office, run, "paraf", office.sekretaris)
    result = finish(office, run, "tandatangan", office.camat)

    case.refresh_from_db()
    kintom.run.refresh_from_db()
    [row] = queries.items_of_run(run)
    assert (result.run_state, kintom.run.state) == (RunState.DONE, RunState.RUNNING)
    assert (row.before.amount, row.decided.amount, row.item.decision) == (Decimal("84.75"), 81, Decision.NEW)
    assert case.closed_at is not None
    assert open_task(kintom.run, "tandatangan")
    assert builders.now_of(kintom.fb).no == 1


@pytest.mark.requirement("R-NGORO-18", "R-NGORO-21", "R-NGORO-29")
def test_ngoro_with_an_item_sent_back_by_the_meeting(office, ngoro, at_meeting):
    run = at_meeting.run
    choices = {at_meeting.a: Decision.NEW, at_meeting.b: actions.Choice(Decision.DEFERRED, "bukti belum ada")}
    builders.meet(office, run, choices, outcome="return", reason="Bukti kurang")
    builders.repair(office, run, ngoro.pptk_b, ngoro.pptk_b, "71")
    do(office, run, "himpun", office.kasubag)
    do(office, run, "lapor", office.kasubag)
    builders.meet(office, run, {at_meeting.a: Decision.NEW, at_meeting.b: Decision.OLD})
    do(office, run, "paraf_kasubag", office.kasubag)
    do(office, run, "paraf_sekretaris", office.sekretaris)
    do(office, run, "agenda", office.staf)
    signing = list(Task.objects.filter(run=run, step="tandatangan", state="open"))
    for task in signing:
        do(office, run, "tandatangan", holder(office, task).pegawai, member=task.branch.member)
    finish(office, run, "arsip", office.staf)

    assert {task.pegawai for task in signing} == {ngoro.pptk_a, ngoro.pptk_b}
    at_meeting.case.refresh_from_db()
    assert at_meeting.case.closed_at is not None
    amounts = [row.decided.amount for row in queries.items_of_run(run)]
    assert amounts == [Decimal("92.1"), Decimal("97.8")]
    assert not at_meeting.case.items.filter(open=True).exists()


@pytest.mark.requirement("R-NGORO-9")
def test_what_was_signed_stays_readable_after_the_correction(office, ngoro, at_meeting):
    signed_at = Value.objects.get(figure=ngoro.a1, no=1).marks.get(kind=MarkKind.SIGNED).at
    builders.meet(office, at_meeting.run, {at_meeting.a: Decision.NEW, at_meeting.b: Decision.NEW})

    then = known_on([ngoro.a1], signed_at, "signed")
    assert (then[ngoro.a1.pk].amount, builders.now_of(ngoro.a1).amount) == (Decimal("97.8"), Decimal("92.1"))
    assert builders.now_of(ngoro.a1).supersedes == then[ngoro.a1.pk]


def test_a_corrected_figure_may_be_corrected_again_in_another_case(office, ngoro, at_meeting):
    actions.withdraw_case(case=at_meeting.case, by=office.actor(office.camat), reason="Laporan keliru")

    again = builders.open_case(office, ngoro.run, {ngoro.a1: "tetap keliru"}, sop=at_meeting.run.version.sop)

    assert again.items.get().before.no == 3
    assert forms.sheet_of(ngoro.run, ngoro.units[0]).state == SheetState.SIGNED
