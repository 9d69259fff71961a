"""What happened in a run, from its own stream of the log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from runut.audit.events import event_in_words, state_in_words
from runut.audit.models import Entry
from runut.lib.retold import retold
from runut.organisation.models import Jabatan, Pegawai, Unit
from runut.organisation.permissions import Actor
from runut.sop.models import Run, Task
from runut.sop.queries.definitions import definition_of
from runut.sop.queries.privacy import parts_open_to
from runut.sop.queries.tasks import remarks_in
from runut.sop.rules.definition import Definition

PAGE_SIZE = 50

# About the run itself: their words are for everybody who may see the run.
OPEN = frozenset({
    "run.started", "run.held", "run.resumed", "run.cancelled", "run.member_joined", "run.member_dropped",
    "task.handed_over",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the timeline, named as `components/timeline.html` reads it.

    remarks: part of a document, and what was noted on it when it was sent back.
    """

    kind: str
    event: str
    who: str
    title: str
    at: datetime
    note: str
    round: int = 1
    url: str = ""
    remarks: Sequence[tuple[str, str]] = ()


def history_of(run: Run, actor: Actor, page: str | int = 1) -> tuple[list[Event], Page[Entry]]:
    """A page of what happened, latest first, with what each act opened next. At most eight queries.

    Where figures are persons' own, who only looks on reads who did what and when, without the words.
    """
    definition, members = definition_of(run.version), parts_open_to(run, actor)
    found = Entry.objects.filter(stream=run.audit_stream).order_by("-seq")
    if members is not None:
        found = found.exclude(subject_type__startswith="collection.").exclude(subject_type__startswith="correction.")
    entries = Paginator(found, PAGE_SIZE).get_page(page)
    rows = list(entries.object_list)
    names, told = _names(rows), {entry.pk for entry in rows if _tells(entry, members)}
    noted = _noted([entry for entry in rows if entry.pk in told])
    events = [(entry, _event(entry, definition, names, tells=entry.pk in told)) for entry in rows]
    return [replace(event, remarks=noted.get(entry.pk, ())) for entry, event in events], entries


def _noted(entries: Iterable[Entry]) -> dict[int, list[tuple[str, str]]]:
    """By id of the entry, what was noted on the parts of a document that was sent back. At most one query."""
    returns = {entry.pk: entry.subject_id or 0 for entry in entries if entry.event == "task.returned"}
    forms = dict(Task.objects.filter(pk__in=returns.values()).values_list("pk", "form")) if returns else {}
    return {pk: remarks_in(forms[task]) for pk, task in returns.items() if task in forms}


def _tells(entry: Entry, members: Collection[str] | None) -> bool:
    """Whether the entry's words may be read by somebody to whom these members' parts are open."""
    if members is None or entry.event in OPEN:
        return True
    return _part(entry, "before").get("member") in members


def _event(entry: Entry, definition: Definition, names: Mapping[str, str], *, tells: bool) -> Event:
    before, after = _part(entry, "before"), _part(entry, "after")
    reason = str(entry.payload.get("reason") or "")
    # What the system wrote itself is in the catalogue; what somebody typed stays as it is.
    words = [retold(reason), *_marked(entry.event, after), _late(after)] if tells else []
    notes = [*words, _opened(after, definition, names)]
    if entry.event == "task.handed_over":
        notes.insert(len(words), _("Sejak itu %(who)s yang mengerjakannya.") % {"who": after.get("to", "")})
    return Event(
        kind="back" if entry.event in ("task.returned", "task.recalled", "run.cancelled") else "done",
        event=_title(entry, before, after, definition) + _member(before, names),
        who=entry.actor_name or _("Sistem"),
        title=entry.actor_title,
        at=entry.at,
        note=" ".join(str(note) for note in notes if note),
        round=int(str(before.get("round") or 1)),
    )


def _title(entry: Entry, before: Mapping[str, object], after: Mapping[str, object], definition: Definition) -> str:
    """What happened, and to what: of a task the step with its outcome, of anything else its name."""
    done, what = event_in_words(entry.event, refused=entry.refused), retold(entry.subject_label)
    if entry.event in ("task.completed", "task.returned", "task.recalled"):
        what = _step_words(definition, str(before.get("step") or ""), str(after.get("outcome") or "")) or what
    return f"{done}: {what}" if what else done


def _step_words(definition: Definition, step_id: str, code: str) -> str:
    """The step as it is written, with the decision where there was one to take."""
    try:
        step = definition.step(step_id)
    except KeyError:
        return ""
    outcome = step.outcome(code)
    return f"{step.text} ({_(outcome.label)})" if outcome and len(step.outcomes) > 1 else step.text


def _member(before: Mapping[str, object], names: Mapping[str, str]) -> str:
    """Whose part of a fan-out it was."""
    name = names.get(str(before.get("member") or ""))
    return f" · {name}" if name else ""


def _marked(event: str, after: Mapping[str, object]) -> Iterable[str]:
    """How many figures an act marked; from which state to which it brought how many forms."""
    values, sheets = after.get("values"), after.get("sheets")
    if event.startswith("values.") and isinstance(values, list):
        yield ngettext("%(n)d angka.", "%(n)d angka.", len(values)) % {"n": len(values)}
    if event == "sheets.moved" and isinstance(sheets, list):
        for was, n in Counter(str(row[1]) for row in sheets).items():
            words = {"n": n, "was": state_in_words(was), "now": state_in_words(str(after.get("state") or ""))}
            yield ngettext("%(n)d formulir: %(was)s → %(now)s.", "%(n)d formulir: %(was)s → %(now)s.", n) % words


def _late(after: Mapping[str, object]) -> str:
    why = str(after.get("late_reason") or "")
    return _("Alasan terlambat: %(why)s") % {"why": why} if why else ""


def _opened(after: Mapping[str, object], definition: Definition, names: Mapping[str, str]) -> str:
    """What came next, and whose it was; a fan-out as a number."""
    opened = _seats(after)
    if not opened:
        return ""
    step = str(opened[0][0])
    try:
        text = definition.step(step).text
    except KeyError:
        return ""
    if len(opened) > 3:
        return _("Berikutnya: %(step)s, %(n)d tugas.") % {"step": text, "n": len(opened)}
    who = ", ".join(_holder(seat, names) for seat in opened)
    return _("Berikutnya giliran %(who)s: %(step)s.") % {"step": text, "who": who}


def _holder(seat: Sequence[object], names: Mapping[str, str]) -> str:
    jabatan, pegawai = seat[3], seat[4]
    return names.get(f"p{pegawai}" if pegawai else f"j{jabatan}", "–")


def _names(entries: Iterable[Entry]) -> dict[str, str]:
    """Names of the positions ("j7"), people ("p7") and units ("u7") that the entries speak of. Three queries."""
    entries = list(entries)
    members = [str(_part(entry, "before").get("member") or "") for entry in entries]
    seats = [seat for entry in entries for seat in _seats(_part(entry, "after"))[:3]]
    jabatan = {seat[3] for seat in seats if isinstance(seat[3], int) and not seat[4]}
    pegawai = {seat[4] for seat in seats if isinstance(seat[4], int)} | _ids(members, "p")
    names = {f"j{row.pk}": row.name for row in Jabatan.objects.filter(pk__in=jabatan)}
    names |= {f"p{row.pk}": row.full_name for row in Pegawai.objects.filter(pk__in=pegawai)}
    return names | {f"u{row.pk}": row.name for row in Unit.objects.filter(pk__in=_ids(members, "u"))}


def _ids(members: Iterable[str], letter: str) -> set[int]:
    return {int(member[1:]) for member in members if member[:1] == letter and member[1:].isdecimal()}


def _part(entry: Entry, name: str) -> Mapping[str, object]:
    part = entry.payload.get(name)
    return part if isinstance(part, Mapping) else {}


def _seats(after: Mapping[str, object]) -> list[Sequence[object]]:
    opened = after.get("opened")
    return [seat for seat in opened if isinstance(seat, list) and len(seat) >= 5] if isinstance(opened, list) else []
