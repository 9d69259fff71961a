"""The matrix of a period as a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from runut.collection.models import Delivery, Period, Sheet
from runut.collection.queries.matrix import MatrixRow, Moment, matrix_acts, matrix_rows, withdrawn_of
from runut.collection.queries.status import completeness, with_progress
from runut.collection.rules.acts import VALIDATE, VERIFY, judged_heading
from runut.lib.dates import zone_name
from runut.organisation.permissions import Actor
from runut.organisation.queries import calendar_of
from runut.sop.models import MailState, Reminder


def matrix_table(periods: Iterable[Period], actor: Actor) -> list[list[str]]:
    """The whole matrix as a table, heading first: a paper of the office, in Indonesian whoever asks for it."""
    now = timezone.now()
    with translation.override("id"):
        periods = list(periods)
        acts = matrix_acts(periods)
        table = [_heading(acts)]
        for period in periods:
            zone = calendar_of(period.office).zone
            sheets = list(with_progress(Sheet.objects.of_run_visible_to(period.run_id, actor)))
            rows = matrix_rows(period, sheets, now, completeness(period.collected_by).total, acts)
            table += [_cells(period, row, zone, now) for row in rows]
            table += [
                _closed_cells(period, sent, zone, acts) for sent in withdrawn_of(period, actor) if sent.closed_for
            ]
        return table


def _heading(acts: Iterable[str]) -> list[str]:
    return [
        _("Periode"), _("Formulir"), _("Keadaan"), _("Putaran"), _("Terisi"), _("Yang diminta"), _("Penerima"),
        _("Dikirim"), _("Dibuka"), _("Diajukan"), _("Keterlambatan mengajukan"), _("Alasan terlambat mengajukan"),
        *(name for act in acts for name in _judged_headings(act)), _("Terakhir dikembalikan"),
        _("Sekarang pada"), _("Langkah"), _("Batas waktu"), _("Sisa atau lewat"), _("Terakhir diingatkan"),
        _("Surel pengingat itu"), _("Nihil"), _("Diisikan oleh"), _("Zona waktu"), _("Berhalangan"),
    ]  # fmt: skip


def _judged_headings(act: str) -> list[str]:
    """When it was done, by how much too late, and why."""
    told = {
        VALIDATE: (_("Keterlambatan memvalidasi"), _("Alasan terlambat memvalidasi")),
        VERIFY: (_("Keterlambatan memverifikasi"), _("Alasan terlambat memverifikasi")),
    }
    late = told.get(act) or (_("Keterlambatan memeriksa"), _("Alasan terlambat memeriksa"))
    return [judged_heading(act), *late]


def _moment(at: datetime | None, zone: str) -> str:
    """2026-11-20 16:00, as spreadsheets read and sort it, by the office's clock."""
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}" if at else ""


def _closed_cells(period: Period, sent: Delivery, zone: str, acts: Iterable[str]) -> list[str]:
    """A form that nobody waits for any more: whose, when it was sent, and why it was closed."""
    to = sent.recipient.full_name if sent.recipient else ""
    dates = [_moment(sent.sent_at, zone), _moment(sent.opened_at, zone)]
    known = [period.name, sent.sheet.subject, _("Ditutup"), str(sent.sheet.round), "", "", to, *dates]
    last = [zone_name(zone, sent.sent_at), sent.closed_for]
    return [*known, *[""] * (len(_heading(acts)) - len(known) - len(last)), *last]


def _step(step: Moment | None, zone: str) -> list[str]:
    return [_moment(step.at, zone), step.late, step.why] if step else ["", "", ""]


def _mail(reminder: Reminder) -> str:
    if reminder.mail == MailState.NONE:
        return _("Tanpa surel waktu itu")
    return str(reminder.get_mail_display())


def _cells(period: Period, row: MatrixRow, zone: str, now: datetime) -> list[str]:
    sent, sheet = row.delivery, row.sheet
    return [
        period.name,
        sheet.subject,
        row.state,
        str(sheet.round),
        str(row.filled),
        str(row.lines),
        sent.recipient.full_name if sent and sent.recipient else "",
        _moment(sent.sent_at if sent else None, zone),
        _moment(sent.opened_at if sent else None, zone),
        *_step(row.submitted, zone),
        *(cell for step in row.judged.values() for cell in _step(step, zone)),
        _moment(row.last_return, zone),
        row.who,
        row.task.text if row.task else "",
        _moment(row.deadline.at, zone),
        row.deadline.words,
        _moment(row.reminded.at if row.reminded else None, zone),
        _mail(row.reminded) if row.reminded else "",
        str(row.nil or ""),
        row.paper.by.full_name if row.paper else "",
        zone_name(zone, now),
        row.away.words if row.away else "",
    ]
