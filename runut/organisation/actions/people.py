"""People, the positions they hold, and who leads them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from runut.audit.actions import record
from runut.lib.dates import short_date
from runut.lib.errors import Refused
from runut.lib.nip import read_nip
from runut.organisation import permissions
from runut.organisation.actions.rows import Changes, change, particulars, save_once
from runut.organisation.models import Assignment, AssignmentKind, Jabatan, Office, Pegawai, Supervision, User
from runut.organisation.permissions import Actor
from runut.organisation.queries import local_day
from runut.organisation.rules import check_decree, check_not_self, check_span, mobile_number

PEGAWAI_FIELDS = ("nip", "name", "title_front", "title_back", "rank", "email", "whatsapp")
ASSIGNMENT_FIELDS = ("pegawai", "jabatan", "kind", "start", "end", "decree_number")
SUPERVISION_FIELDS = ("pegawai", "superior", "start", "end", "reason")


@transaction.atomic
def create_pegawai(
    *,
    office: Office,
    nip: str,
    name: str,
    by: Actor | None,
    title_front: str = "",
    title_back: str = "",
    rank: str = "",
    email: str = "",
    whatsapp: str = "",
) -> Pegawai:
    """Take up a civil servant, with a sign-in that a code must first open."""
    permissions.check_can_manage(by, office.pk)
    digits = read_nip(nip).digits
    _check_free(nip=digits, email=_email(email))
    pegawai = save_once(
        Pegawai(
            instansi_id=office.instansi_id,
            office=office,
            nip=digits,
            name=name.strip(),
            title_front=title_front.strip(),
            title_back=title_back.strip(),
            rank=rank.strip(),
            email=_email(email),
            whatsapp=whatsapp.strip(),
        ),
        _("NIP atau surel ini baru saja didaftarkan. Muat ulang daftar pegawai."),
    )
    User.objects.create_user(login=digits, pegawai=pegawai)
    record("pegawai.created", subject=pegawai, by=by, after=_without_number(particulars(pegawai, PEGAWAI_FIELDS)))
    return pegawai


@transaction.atomic
def update_pegawai(*, pegawai: Pegawai, changes: Changes, by: Actor | None) -> Pegawai:
    """Correct a person's data. A corrected NIP is also the new name to sign in with."""
    pegawai = Pegawai.objects.select_for_update().get(pk=pegawai.pk)
    permissions.check_can_manage(by, pegawai.office_id)
    clean = dict(changes)
    if "nip" in clean:
        clean["nip"] = read_nip(str(clean["nip"])).digits
    if "email" in clean:
        clean["email"] = _email(str(clean["email"] or ""))
    _check_free(nip=clean.get("nip"), email=clean.get("email"), but=pegawai.pk)
    before, after = change(pegawai, clean, PEGAWAI_FIELDS, _("NIP atau surel ini sudah dipakai orang lain."))
    if "nip" in after:
        User.objects.filter(pegawai=pegawai).update(login=pegawai.nip)
    record("pegawai.updated", subject=pegawai, by=by, before=_without_number(before), after=_logged(after))
    return pegawai


@transaction.atomic
def change_own_number(*, number: str, by: Actor) -> Pegawai:
    """One's own WhatsApp number, which a reminder opens a chat with; "" takes it away."""
    pegawai = Pegawai.objects.select_for_update().get(pk=by.pegawai_id)
    _before, after = change(pegawai, {"whatsapp": mobile_number(number)}, PEGAWAI_FIELDS, "")
    if after:
        record("pegawai.updated", subject=pegawai, by=by, after=_logged(after))
    return pegawai


def _logged(after: Mapping[str, object]) -> dict[str, object]:
    """As the log keeps a person's data, which colleagues may read: that there is another number, never which."""
    changed = {"whatsapp_changed": True} if "whatsapp" in after else {}
    return _without_number(after) | changed


def _without_number(said: Mapping[str, object]) -> dict[str, object]:
    return {field: value for field, value in said.items() if field != "whatsapp"}


def _email(text: str) -> str | None:
    return text.strip().lower() or None


def _check_free(*, nip: object, email: object, but: int | None = None) -> None:
    others = Pegawai.objects.exclude(pk=but or 0).select_related("office")
    other = others.filter(nip=nip).first() if nip else None
    if other is not None:
        raise Refused(
            _("NIP ini sudah dipakai %(name)s di %(office)s. Periksa lagi NIP pada SK.")
            % {"name": other.full_name, "office": other.office},
            code="nip",
        )
    if email and others.filter(email=email).exists():
        raise Refused(_("Surel ini sudah dipakai orang lain. Pakai surel lain, atau kosongkan."), code="email")


@transaction.atomic
def assign(
    *,
    pegawai: Pegawai,
    jabatan: Jabatan,
    start: date,
    by: Actor | None,
    kind: str = AssignmentKind.DEFINITIF,
    end: date | None = None,
    decree_number: str = "",
) -> Assignment:
    """Let a person hold a position from a day on. A position has one definitive holder at a time."""
    jabatan = Jabatan.objects.select_for_update().get(pk=jabatan.pk)
    permissions.check_can_manage(by, jabatan.office_id)
    if jabatan.closed_on is not None:
        raise Refused(_("Jabatan ini sudah ditutup. Buka kembali dahulu dari daftar jabatan."), code="closed")
    check_span(start, end)
    check_decree(acting=kind != AssignmentKind.DEFINITIF, decree_number=decree_number)
    _check_vacant(jabatan, kind, start, end)
    _check_not_twice(pegawai, jabatan, start, end)
    held = save_once(
        Assignment(
            instansi_id=jabatan.instansi_id,
            pegawai=pegawai,
            jabatan=jabatan,
            kind=kind,
            exclusive=jabatan.single_holder,
            start=start,
            end=end,
            decree_number=decree_number.strip(),
        ),
        _("Jabatan ini baru saja diisi orang lain. Muat ulang halaman pegawai."),
    )
    _welcome(pegawai)
    record("assignment.made", subject=held, by=by, after=particulars(held, ASSIGNMENT_FIELDS))
    return held


def _check_vacant(jabatan: Jabatan, kind: str, start: date, end: date | None) -> None:
    if kind != AssignmentKind.DEFINITIF or not jabatan.single_holder:
        return
    other = _meeting(jabatan.assignments.filter(kind=kind), start, end).select_related("pegawai").first()
    if other is None:
        return
    until = short_date(other.end) if other.end else _("sekarang")
    raise Refused(
        _(
            "%(jabatan)s masih dipegang %(name)s sejak %(start)s sampai %(until)s. "
            "Tutup dahulu penugasan itu, atau tunjuk sebagai Plt. atau Plh."
        )
        % {
            "jabatan": jabatan.name,
            "name": other.pegawai.full_name,
            "start": short_date(other.start),
            "until": until,
        },
        code="held",
    )


def _check_not_twice(pegawai: Pegawai, jabatan: Jabatan, start: date, end: date | None) -> None:
    if _meeting(jabatan.assignments.filter(pegawai=pegawai), start, end).exists():
        raise Refused(
            _("%(name)s sudah memegang %(jabatan)s pada tanggal itu. Periksa daftar penugasannya.")
            % {"name": pegawai.full_name, "jabatan": jabatan.name},
            code="twice",
        )


def _meeting(rows: QuerySet[Assignment], start: date, end: date | None) -> QuerySet[Assignment]:
    """Of these rows those that share a day with the span."""
    rows = rows.filter(Q(end__isnull=True) | Q(end__gte=start))
    return rows if end is None else rows.filter(start__lte=end)


def _welcome(pegawai: Pegawai) -> None:
    """Somebody who had left and holds a position again may sign in again, with a new code."""
    if pegawai.left_on is not None:
        Pegawai.objects.filter(pk=pegawai.pk).update(left_on=None)
    User.objects.filter(pegawai=pegawai, is_active=False).update(is_active=True)


@transaction.atomic
def close_assignment(
    *, assignment: Assignment, end: date, reason: str, by: Actor | None, cause: str = ""
) -> Assignment:
    """End a tenure; `end` is its last day. Whoever is left without a position can no longer sign in."""
    assignment = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("jabatan", "pegawai__office__calendar")
        .get(pk=assignment.pk)
    )
    permissions.check_can_manage(by, assignment.jabatan.office_id)
    check_span(assignment.start, end)
    if not reason.strip():
        raise Refused(_("Tulis dasar berakhirnya penugasan ini, misalnya nomor SK."), code="reason")
    if assignment.end is not None and assignment.end < end:
        raise Refused(
            _("Penugasan ini sudah berakhir pada %(day)s. Buat penugasan baru bila diperpanjang.")
            % {"day": short_date(assignment.end)},
            code="ended",
        )
    before = {"end": assignment.end}
    assignment.end, assignment.end_cause = end, cause
    assignment.save(update_fields=["end", "end_cause"])
    left = _farewell(assignment.pegawai, end)
    after = {"end": end, "left": left, **({"end_cause": cause} if cause else {})}
    record("assignment.closed", subject=assignment, by=by, before=before, after=after, reason=reason)
    return assignment


def _farewell(pegawai: Pegawai, end: date) -> bool:
    """Note that a person without any later position leaves; at once when the last day is over.

    Until the end of a last day to come the sign-in stays open; from then on the sign-in back end refuses it.
    """
    if pegawai.assignments.filter(Q(end__isnull=True) | Q(end__gt=end)).exists():
        return False
    Pegawai.objects.filter(pk=pegawai.pk).update(left_on=end)
    if end >= local_day(pegawai.office, timezone.now()):
        return True
    for user in User.objects.filter(pegawai=pegawai):
        user.is_active = False
        # A new password ends every session made with the old one.
        user.set_unusable_password()
        user.save(update_fields=["is_active", "password"])
    return True


@transaction.atomic
def set_superior(
    *,
    pegawai: Pegawai,
    superior: Pegawai | None,
    start: date,
    reason: str,
    by: Actor | None,
    end: date | None = None,
) -> Supervision:
    """Name a direct superior other than the tree's, or nobody; an open override before it ends the day before."""
    pegawai = Pegawai.objects.select_for_update().get(pk=pegawai.pk)
    permissions.check_can_manage(by, pegawai.office_id)
    check_span(start, end)
    check_not_self(pegawai.pk, superior.pk if superior else None)
    if superior is not None and superior.instansi_id != pegawai.instansi_id:
        raise Refused(_("Atasan harus pegawai dari pemerintah daerah yang sama."), code="instansi")
    if not reason.strip():
        raise Refused(_("Tulis dasar penetapan atasan ini, misalnya nomor SK atau nota dinas."), code="reason")
    pegawai.supervisions.filter(start__lt=start, end__isnull=True).update(end=start - timedelta(days=1))
    row = save_once(
        Supervision(
            instansi_id=pegawai.instansi_id,
            pegawai=pegawai,
            superior=superior,
            start=start,
            end=end,
            reason=reason.strip(),
        ),
        _("Pada tanggal itu atasan lain sudah ditetapkan. Periksa tanggal mulainya."),
    )
    record("superior.set", subject=row, by=by, after=particulars(row, SUPERVISION_FIELDS), reason=reason)
    return row
