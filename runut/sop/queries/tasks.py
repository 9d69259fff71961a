"""What was told about a task: its particulars in words, and the reminder for who has to do it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from runut.lib.dates import Lang, date_time
from runut.organisation.models import Pegawai
from runut.organisation.queries import calendar_of, holders, local_day
from runut.sop.models import Task
from runut.sop.queries.reminders import form_of, warnings_of

LABELS = {
    "number": gettext_lazy("Nomor"),
    "subject": gettext_lazy("Perihal"),
    "summary": gettext_lazy("Ringkasan"),
    "note": gettext_lazy("Yang dikerjakan atau disampaikan"),
    "to": gettext_lazy("Disampaikan kepada"),
    "answer": gettext_lazy("Tanggapan atau tanda terima"),
    "vacant": gettext_lazy("Belum ada yang menerima"),
}


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is reminded; `link` opens a chat with the text, "" when no number is known."""

    name: str
    link: str


@dataclass(frozen=True, slots=True)
class Reminder:
    """A text to copy, and the people it is for."""

    text: str
    recipients: list[Recipient]

    @property
    def to_anyone(self) -> str:
        """Opens WhatsApp with the text; whoever presses chooses the chat."""
        return f"https://wa.me/?text={quote(self.text)}"


def told(task: Task) -> list[tuple[str, str]]:
    """Label and words of what was written while doing the task, where it was written on a page of ours."""
    form: Mapping[str, object] = task.form if isinstance(task.form, Mapping) else {}
    found = [(str(label), _words(form[key])) for key, label in LABELS.items() if form.get(key)]
    return [*found, *_decision(task), *remarks_in(form)]


def remarks_in(form: Mapping[str, object]) -> list[tuple[str, str]]:
    """Part of a document and what was noted on it, from the form of a task that judged it."""
    remarks = form.get("remarks")
    if not isinstance(remarks, Mapping):
        return []
    return [(_("Catatan untuk %(chapter)s") % {"chapter": part}, str(words)) for part, words in sorted(remarks.items())]


def _decision(task: Task) -> list[tuple[str, str]]:
    rows = ((_("Alasan"), task.reason), (_("Alasan terlambat"), task.late_reason))
    return [(label, words) for label, words in rows if words]


def _words(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(str(item.get("name", "")) if isinstance(item, Mapping) else str(item) for item in value)
    return str(value)


def reminder(task: Task, address: str) -> Reminder:
    """A friendly text for those who hold the task now; no figures stand in it."""
    people = _addressed(task)
    parts = [
        _("Yth. %(who)s,") % {"who": ", ".join(person.full_name for person in people) or _("Bapak/Ibu")},
        _wanted(task, people),
    ]
    if task.due_at:
        lang: Lang = "en" if get_language() == "en" else "id"
        at = date_time(task.due_at, calendar_of(task.run.office).zone, lang)
        parts.append(_("Batas waktunya %(at)s.") % {"at": at})
    parts += warnings_of(task.run)
    parts.append(_("Tugasnya dapat dibuka di sini: %(address)s Terima kasih.") % {"address": address})
    text = " ".join(parts)
    return Reminder(text, [Recipient(person.full_name, _chat(person.whatsapp, text)) for person in people])


def _wanted(task: Task, people: Sequence[Pegawai]) -> str:
    words = {"step": task.text, "run": task.run.title, "whose": form_of(task, people)}
    if words["whose"]:
        return _("mohon menyelesaikan tugas “%(step)s” untuk %(whose)s pada %(run)s.") % words
    return _("mohon menyelesaikan tugas “%(step)s” pada %(run)s.") % words


def _addressed(task: Task) -> list[Pegawai]:
    if task.pegawai is not None:
        return [task.pegawai]
    day = local_day(task.run.office, timezone.now())
    held = holders([task.jabatan_id], day) if task.jabatan_id else {}
    return [assignment.pegawai for assignment in held.get(task.jabatan_id or 0, [])]


def _chat(number: str, text: str) -> str:
    digits = re.sub(r"\D", "", number)
    if len(digits) < 9:
        return ""
    international = f"62{digits[1:]}" if digits.startswith("0") else digits
    return f"https://wa.me/{international}?text={quote(text)}"
