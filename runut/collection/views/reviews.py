"""Judging a sheet: last period beside now, a verdict per line; then the next sheet opens by itself."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from runut.collection import actions, permissions, queries
from runut.collection.forms import VerdictForm
from runut.collection.models import Sheet
from runut.collection.rules import in_review, renewal_words
from runut.collection.rules.acts import act_of, judged_words, one_person_warning
from runut.collection.views.periods import find_task
from runut.lib.acts import read_act
from runut.lib.errors import Refused
from runut.organisation.requests import OfficeRequest
from runut.sop.actions import Result
from runut.sop.queries import WorkPage, barred, next_in_words, with_refusal, with_words
from runut.sop.rules.kinds import KINDS


@require_safe
def review(request: OfficeRequest, task_id: int) -> HttpResponse:
    """From the task to its sheet."""
    sheet = queries.sheet_of(find_task(request, task_id, "review"))
    if sheet is None:
        raise Refused(_("Formulir untuk tugas ini belum dibuat. Hubungi penyiap formulir."))
    return redirect("collection:validation", sheet.pk)


@require_http_methods(["GET", "POST"])
def validation(request: OfficeRequest, sheet_id: int) -> HttpResponse:
    """Compare, then declare right or send the noted lines back."""
    rows = Sheet.objects.visible_to(request.actor).select_related(
        "period__office", "unit", "pegawai", "submitted_by", "edition"
    )
    sheet = rows.filter(pk=sheet_id).first()
    if sheet is None:
        permissions.check_not_given_away(request.actor, sheet_id)
        raise Http404
    page = queries.page_of(sheet, "review", request.actor)
    if page is None:
        return redirect(sheet)
    if page.may_act and (why_not := permissions.why_no_review(request.actor, sheet, act_of(page.step))):
        page = barred(page, why_not)
    lines = queries.rows_of(sheet)
    beside = queries.replaced(sheet, lines), queries.outside_of(sheet), queries.count_remarks(sheet)
    form = VerdictForm(lines, request.POST or None, *beside)
    if request.method == "POST":
        return _judge(request, sheet, page, form)
    actions.mark_looked(sheet=sheet, by=request.actor)
    return render(request, "collection/validation.html", _context(request, sheet, page, form) | {"page": page})


def _judge(request: OfficeRequest, sheet: Sheet, page: WorkPage, form: VerdictForm) -> HttpResponse:
    act, data_hash = read_act(request.POST), request.POST.get("data_hash", "")
    try:
        result = actions.review_sheet(
            task_id=page.task.pk, by=request.actor, outcome=act.outcome, key=act.key,
            verdicts=form.checked(), undecided=bool(form.undecided), data_hash=data_hash, due=form.due,
            outdated_reason=form.outdated_reason, **act.words,
        )  # fmt: skip
    except Refused as refusal:
        beside = refusal.code in {"note", "noted", "outdated", "due", "undecided"}
        again = with_words(page, act) if beside else with_refusal(page, act, refusal)
        context = {"page": again, "error": refusal.sentence if beside else ""}
        context["undecided"] = form.undecided if refusal.code == "undecided" else []
        return render(request, "collection/validation.html", _context(request, sheet, page, form) | context, status=422)
    return _onward(request, page, sheet, result)


def _context(request: OfficeRequest, sheet: Sheet, page: WorkPage, form: VerdictForm) -> dict[str, object]:
    shown = form.shown
    unusual, outdated = sum(row.unusual for row in shown), queries.outdated_lines(sheet)
    bare = [row.unusual for row in shown if row.lacks_evidence]
    open_, total = queries.review_position(request.actor, sheet.run_id)
    return {
        "sheet": sheet,
        "paper": queries.paper_of(sheet), "late": queries.late_reason_of(sheet),
        "led": queries.superiors_in(sheet),
        "rows": shown,
        **_columns(sheet),
        "data_hash": queries.hash_of_rows(form.rows),
        "due": form.typed_due,
        "unusual": unusual,
        "reasonable": len(shown) - unusual,
        "unusual_bare": sum(bare),
        "reasonable_bare": len(bare) - sum(bare),
        "outdated": outdated,
        "asks_why": bool(outdated and queries.outdated_lines(sheet, unsigned=True)),
        "outdated_reason": form.outdated_reason,
        "outdated_words": renewal_words(sheet.state, may_renew=False),
        **_overlap(request, sheet, act_of(page.step)),
        "place": total - open_ + 1, "usual": KINDS["review"].complete,
        "total": total,
    }  # fmt: skip


def _overlap(request: OfficeRequest, sheet: Sheet, act: str) -> dict[str, object]:
    """What this person did with the form before, of which the page warns where the office does not refuse it."""
    one_person = one_person_warning(act) if permissions.did_other_act(request.actor, sheet, act) else ""
    return {"filled_along": permissions.filled_along(request.actor, sheet), "one_person": one_person}


def _columns(sheet: Sheet) -> dict[str, object]:
    """Of the sheet's edition: the indicator's heading, and the columns that stand before the comparison."""
    layout = queries.layout_of(sheet)
    names = dict(queries.headings_of(sheet, layout))
    heads = queries.headings_of(sheet, in_review(layout, own=sheet.edition is not None))
    return {"indicator": names["indicator"], "heads": heads, "width": 6 + len(heads)}


def _onward(request: OfficeRequest, page: WorkPage, sheet: Sheet, result: Result) -> HttpResponse:
    """The person's next sheet of this run, else the inbox."""
    outcome = page.step.outcome(result.outcome)
    if outcome is not None and outcome.back:
        text = _("Formulir %(name)s dikembalikan. %(next)s")
    else:
        text = _("Formulir %(name)s sudah %(acts)s. %(next)s")
    done = {"name": sheet.subject, "acts": judged_words((act_of(page.step),)), "next": next_in_words(result)}
    said = text % done
    if outcome is not None and outcome.back and result.opened:
        link = reverse("sop:remind", args=[result.opened[0]])
        said = format_html('{} <a href="{}">{}</a>', said, link, _("Salin teks WhatsApp"))
    messages.success(request, said)
    following = queries.next_review(request.actor, sheet.run_id)
    return redirect("collection:review", following.pk) if following else redirect("sop:inbox")
