"""Who puts an office's SOPs in force, and what is to be done first where that person cannot yet."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from runut.organisation.models import Assignment, AssignmentKind, Jabatan, Office
from runut.organisation.permissions import Actor
from runut.organisation.queries import holders, local_day, not_active
from runut.sop.models import Sop, SopVersion, VersionState
from runut.sop.queries.definitions import definition_of
from runut.sop.rules.lint.header import identity_gaps


@dataclass(frozen=True, slots=True)
class Ratifier:
    """Who ratifies, in words; and what is to be done before that, with the page where it is done ("" for nothing)."""

    who: str
    words: str
    url: str = ""
    label: str = ""


def ratifier_of(office: Office) -> Ratifier:
    """The head of the office as of today. At most three queries."""
    post = Jabatan.objects.filter(office=office, heads_office=True, closed_on__isnull=True).first()
    if post is None:
        words = _("Belum ada jabatan yang memimpin kantor ini. Tetapkan dulu, beserta pejabatnya.")
        return Ratifier(_("pimpinan kantor"), words, reverse("organisation:positions"), _("Buka daftar jabatan"))
    held = holders([post.pk], local_day(office, timezone.now())).get(post.pk, [])
    head = next((one for one in held if one.kind == AssignmentKind.DEFINITIF), None)
    if head is None:
        words = _("Jabatan itu tidak dipegang pejabat definitif. Plt. dan Plh. tidak mengesahkan SOP.")
        return Ratifier(post.name, words, reverse("organisation:people"), _("Tetapkan pejabatnya"))
    return _in_person(head)


def to_ratify(actor: Actor) -> list[Sop]:
    """The SOPs that are prepared and wait for this person, as head of the office. At most one query."""
    offices = [
        held.jabatan.office_id
        for held in actor.assignments
        if held.jabatan.heads_office and held.kind == AssignmentKind.DEFINITIF
    ]
    if not offices:
        return []
    later = SopVersion.objects.filter(sop=OuterRef("sop"), no__gt=OuterRef("no"))
    drafts = SopVersion.objects.filter(sop__office__in=offices, state=VersionState.DRAFT).exclude(Exists(later))
    rows = drafts.select_related("sop").order_by("sop__title", "pk")
    return [version.sop for version in rows if not identity_gaps(definition_of(version))]


def _in_person(head: Assignment) -> Ratifier:
    who = f"{head.pegawai.full_name}, {head.title}"
    if not_active([head.pegawai.office_id]).filter(pk=head.pegawai_id).exists():
        words = _("Akun beliau belum aktif. Buat kode aktivasinya, lalu serahkan kepada beliau.")
        return Ratifier(who, words, reverse("organisation:person", args=[head.pegawai_id]), _("Buka data pegawai"))
    return Ratifier(who, _("Minta beliau masuk, membuka SOP ini, lalu menekan Sahkan SOP."))
