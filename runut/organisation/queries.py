"""Who holds what and who leads whom, as of a day; when an office works is in `calendars`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.paginator import Page, Paginator
from django.db.models import F, Prefetch, Q, QuerySet
from django.utils.text import slugify

from runut.audit.queries import trail
from runut.lib.prepared import PreparedForOne
from runut.organisation.calendars import calendar_of as calendar_of
from runut.organisation.calendars import calendars_of as calendars_of
from runut.organisation.calendars import local_day as local_day
from runut.organisation.calendars import zone_of as zone_of
from runut.organisation.models import (
    Assignment,
    AssignmentKind,
    Holiday,
    Instansi,
    Jabatan,
    JabatanKind,
    Leave,
    Office,
    Pegawai,
    Supervision,
    Unit,
    User,
)
from runut.organisation.permissions import Actor
from runut.organisation.rules import Post, Superior, login_of, superior_in_tree

_ORDER = [AssignmentKind.DEFINITIF, AssignmentKind.PLT, AssignmentKind.PLH]
PAGE_SIZE = 50
SLUG_LENGTH = 60
Row = TypeVar("Row", Jabatan, Unit)


def assignments_of(pegawai: Pegawai, on: date) -> tuple[Assignment, ...]:
    """The positions a person holds on a day: definitif before Plt before Plh, being admin last. One query."""
    return tuple(sorted(_HELD_BY.all([pegawai.pk], on), key=_rank))


def _rank(held: Assignment) -> tuple[bool, int, date, int]:
    is_admin = held.jabatan.kind == JabatanKind.ADMIN
    return is_admin, _ORDER.index(AssignmentKind(held.kind)), held.start, held.pk


def actor_of(pegawai: Pegawai, on: date) -> Actor:
    """The person as an actor on a day. One query."""
    held = assignments_of(pegawai, on)
    return Actor(pegawai=pegawai, assignments=held, acting=held[0] if held else None)


def holders(jabatan_ids: Collection[int], on: date) -> dict[int, list[Assignment]]:
    """Who holds each position on a day, with `pegawai` and `jabatan`; a vacant one is left out. One query."""
    found: dict[int, list[Assignment]] = defaultdict(list)
    rows = Assignment.objects.in_force(on).filter(jabatan_id__in=jabatan_ids).select_related("pegawai", "jabatan")
    for held in sorted(rows, key=_rank):
        found[held.jabatan_id].append(held)
    return dict(found)


def heads_of(office_id: int, on: date) -> list[Assignment]:
    """Who heads an office on a day: definitif before Plt before Plh. Two queries."""
    post = Jabatan.objects.filter(office=office_id, heads_office=True).values_list("pk", flat=True).first()
    return holders([post], on).get(post, []) if post else []


def direct_superiors(pegawai_ids: Collection[int], on: date) -> dict[int, Superior]:
    """Who leads each person on a day, by override or by the tree; who has no superior is left out.

    Three queries for any number of people.
    """
    named = _named_superiors(pegawai_ids, on)
    main = _main_positions([pk for pk in pegawai_ids if pk not in named], on)
    found = {pk: Superior(pegawai_id=superior_id) for pk, superior_id in named.items() if superior_id}
    return found | _in_tree(main, on)


def _in_tree(main: Mapping[int, Jabatan], on: date) -> dict[int, Superior]:
    """Whom the tree names for people in these positions; who has no superior in it is left out."""
    posts = _posts_above(main.values(), frozenset(main), on)
    found = {pk: superior_in_tree(pk, jabatan.pk, posts) for pk, jabatan in main.items()}
    return {pk: superior for pk, superior in found.items() if superior is not None}


def superiors_of_last_posts(pegawai_ids: Collection[int], on: date) -> dict[int, Superior]:
    """Who leads now where each served last, of people who hold nothing any more. One query, or three."""
    posts = last_posts(pegawai_ids, on).items()
    main = {pk: held.jabatan for pk, held in posts if held.end is not None and held.end < on}
    return _in_tree(main, on)


def last_posts(pegawai_ids: Collection[int], on: date, office: int | None = None) -> dict[int, Assignment]:
    """What each person holds on a day, or held last before it, maybe in one office only. One query.

    Comes with `pegawai` and `jabatan`; only looking after the system does not count.
    """
    rows = Assignment.objects.filter(pegawai_id__in=pegawai_ids, start__lte=on).exclude(jabatan__kind=JabatanKind.ADMIN)
    rows = rows.filter(jabatan__office=office) if office else rows
    in_time = rows.select_related("pegawai", "jabatan").order_by(F("end").asc(nulls_last=True), "-kind", "start", "pk")
    return {held.pegawai_id: held for held in in_time}


def departed(office: Office, *, since: date, on: date) -> list[Assignment]:
    """What they held last who served in the office on `since` or later, and do no more on a day; by name. One query."""
    ended = Assignment.objects.filter(jabatan__office=office, end__gte=since, end__lt=on)
    held = last_posts(ended.values_list("pegawai", flat=True), on, office.pk).values()
    gone = [one for one in held if one.end is not None and one.end < on]
    return sorted(gone, key=lambda one: (one.pegawai.name, one.pegawai_id))


def on_leave(pegawai_ids: Collection[int], start: date, end: date) -> dict[int, Leave]:
    """The leave of each person that meets these days, the last of several. One query."""
    rows = Leave.objects.filter(pegawai_id__in=pegawai_ids, start__lte=end, end__gte=start).order_by("end", "pk")
    return {row.pegawai_id: row for row in rows}


def _named(pegawai_ids: Collection[int], on: date) -> QuerySet[Supervision]:
    rows = Supervision.objects.filter(pegawai_id__in=pegawai_ids, start__lte=on)
    return rows.filter(Q(end__isnull=True) | Q(end__gte=on)).only("pegawai_id", "superior_id")


def _held_by(pegawai_ids: Collection[int], on: date) -> QuerySet[Assignment]:
    return Assignment.objects.in_force(on).filter(pegawai_id__in=pegawai_ids).select_related("jabatan")


def _holding(jabatan_ids: Collection[int], on: date) -> QuerySet[Assignment]:
    return Assignment.objects.in_force(on).filter(jabatan_id__in=jabatan_ids).select_related("jabatan")


_NAMED = PreparedForOne(_named, date)
_HELD_BY = PreparedForOne(_held_by, date)
_HOLDING = PreparedForOne(_holding, date)


def _named_superiors(pegawai_ids: Collection[int], on: date) -> dict[int, int | None]:
    return {row.pegawai_id: row.superior_id for row in _NAMED.all(pegawai_ids, on)}


def _main_positions(pegawai_ids: Collection[int], on: date) -> dict[int, Jabatan]:
    """The position that makes a person part of the tree."""
    main: dict[int, Jabatan] = {}
    for held in sorted(_HELD_BY.all(pegawai_ids, on), key=_rank):
        main.setdefault(held.pegawai_id, held.jabatan)
    return main


def _posts_above(main: Collection[Jabatan], people: frozenset[int], on: date) -> dict[int, Post]:
    """These positions and, level by level, those above them, as far up as somebody can be the superior.

    Nearly always one query, however large the office. Who shares one's own position does not
    matter, so these come without their holders.
    """
    above: dict[int, Post] = {}
    wanted = {one.superior_id for one in main if one.superior_id is not None and not one.heads_office}
    while wanted:
        read = _posts(wanted, on)
        above |= read
        open_ended = [post for post in read.values() if not post.holders or people.intersection(post.holders)]
        wanted = {post.superior_id for post in open_ended if post.superior_id is not None} - above.keys()
    return {one.pk: Post(one.superior_id, one.heads_office, ()) for one in main} | above


def _posts(jabatan_ids: Collection[int], on: date) -> dict[int, Post]:
    """These positions with their holders, vacant ones too. One query, and one more where a position is vacant."""
    found: dict[int, Jabatan] = {}
    held: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row in _HOLDING.all(jabatan_ids, on):
        found[row.jabatan_id] = row.jabatan
        held[row.jabatan_id].append((_ORDER.index(AssignmentKind(row.kind)), row.pegawai_id))
    if vacant := set(jabatan_ids) - found.keys():
        found |= Jabatan.objects.in_bulk(vacant)
    return {
        pk: Post(one.superior_id, one.heads_office, tuple(pegawai_id for _order, pegawai_id in sorted(held[pk])))
        for pk, one in found.items()
    }


def active_pegawai(office: Office, on: date) -> QuerySet[Pegawai]:
    """The people who hold a position of the office on a day; only looking after the system does not count."""
    held = Assignment.objects.in_force(on).filter(jabatan__office=office).exclude(jabatan__kind=JabatanKind.ADMIN)
    return Pegawai.objects.filter(pk__in=held.values("pegawai")).order_by("name", "pk")


def supplying_units(office: Office) -> QuerySet[Unit]:
    """The units that hand in data."""
    return Unit.objects.filter(office=office, supplies_data=True, closed_on__isnull=True).order_by("code")


def unit_heads(unit_ids: Collection[int]) -> dict[int, int]:
    """The position that heads each unit: unit id to jabatan id."""
    rows = Jabatan.objects.filter(unit_id__in=unit_ids, heads_unit=True, closed_on__isnull=True).order_by("-pk")
    return {row.unit_id: row.pk for row in rows if row.unit_id is not None}


def holidays_of(office: Office, *, since: date) -> QuerySet[Holiday]:
    """Days without work from a day on, the government's and the office's own."""
    rows = Holiday.objects.filter(instansi=office.instansi_id, day__gte=since)
    return rows.filter(Q(office=office) | Q(office__isnull=True)).order_by("day")


def login_for(typed: str) -> str:
    """The sign-in that somebody means who typed an NIP or an e-mail; unknown names come back as typed."""
    name = login_of(typed)
    found = User.objects.filter(Q(login=name) | Q(pegawai__nip=name) | Q(pegawai__email=name))
    return found.values_list("login", flat=True).first() or name


def free_slug(instansi: Instansi, *, name: str, code: str) -> str:
    """What a new office is called in public addresses: its name, and the government's code after one that is taken.

    Within a government names are told apart by their officers, so there a taken one stays as it is.
    """
    slug = (slugify(name) or slugify(code))[:SLUG_LENGTH].rstrip("-")
    if not Office.objects.filter(slug=slug).exclude(instansi=instansi).exists():
        return slug
    ending = f"-{slugify(instansi.code)}"
    return slug[: SLUG_LENGTH - len(ending)].rstrip("-") + ending


def superior_in_words(pegawai: Pegawai, on: date) -> str:
    """Who leads a person on a day: position and holders, or a name; empty when nobody does."""
    superior = direct_superiors([pegawai.pk], on).get(pegawai.pk)
    if superior is None:
        return ""
    if superior.pegawai_id is not None:
        return Pegawai.objects.get(pk=superior.pegawai_id).full_name
    assert superior.jabatan_id is not None
    held = holders([superior.jabatan_id], on)[superior.jabatan_id]
    return "; ".join(f"{one.pegawai.full_name}, {one.title}" for one in held)


def never_signed_in(office_ids: Collection[int]) -> QuerySet[Pegawai, int]:
    """The ids of people of these offices who have not signed in yet and have not left."""
    waiting = Q(user__isnull=True) | Q(user__last_login__isnull=True)
    return Pegawai.objects.filter(waiting, office_id__in=office_ids, left_on=None).values_list("pk", flat=True)


def not_active(office_ids: Collection[int]) -> QuerySet[Pegawai, int]:
    """The ids of people of these offices who have no password to sign in with, and have not left: the code that gives
    them one has not been used."""
    none = Q(user__isnull=True) | Q(user__password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return Pegawai.objects.filter(none, office_id__in=office_ids, left_on=None).values_list("pk", flat=True)


def people_list(office_ids: Collection[int], *, on: date, search: str = "", page: str | int = 1) -> Page[Pegawai]:
    """People of these offices by name, each with the positions in force as `assignments`. Searches name and NIP."""
    rows = Pegawai.objects.filter(office_id__in=office_ids).select_related("office", "user").order_by("name", "pk")
    if words := search.strip():
        digits = login_of(words)
        match = Q(name__icontains=words) | (Q(nip__startswith=digits) if digits.isdigit() else Q())
        rows = rows.filter(match | Q(assignments__jabatan__name__icontains=words)).distinct()
    held = Assignment.objects.in_force(on).select_related("jabatan").order_by("start")
    return Paginator(rows.prefetch_related(Prefetch("assignments", queryset=held)), PAGE_SIZE).get_page(page)


def jabatan_tree(office: Office, on: date) -> list[tuple[int, Jabatan, list[Assignment]]]:
    """The positions of an office from the top down: depth, position, today's holders. Two queries."""
    rows = list(
        Jabatan.objects.filter(office=office, closed_on__isnull=True)
        .select_related("unit", "superior")
        .order_by(F("heads_office").desc(), "code")
    )
    held = holders([row.pk for row in rows], on)
    return [(depth, row, held.get(row.pk, [])) for depth, row in _from_the_top(rows, lambda row: row.superior_id)]


def unit_tree(office: Office) -> list[tuple[int, Unit, list[Jabatan]]]:
    """The open units of an office from the top down: depth, unit, its open positions, the head first. Two queries."""
    rows = list(Unit.objects.filter(office=office, closed_on__isnull=True).select_related("parent").order_by("code"))
    posts: dict[int | None, list[Jabatan]] = defaultdict(list)
    for post in Jabatan.objects.filter(office=office, closed_on__isnull=True).order_by(F("heads_unit").desc(), "code"):
        posts[post.unit_id].append(post)
    return [(depth, row, posts[row.pk]) for depth, row in _from_the_top(rows, lambda row: row.parent_id)]


def _from_the_top(rows: Sequence[Row], above: Callable[[Row], int | None]) -> Iterator[tuple[int, Row]]:
    """Each row after the one it hangs under, with its depth; what hangs under none of them is at the top."""
    known = {row.pk for row in rows}
    below: dict[int | None, list[Row]] = defaultdict(list)
    for row in rows:
        below[above(row) if above(row) in known else None].append(row)
    waiting = [(0, row) for row in reversed(below[None])]
    while waiting:
        depth, row = waiting.pop()
        yield depth, row
        waiting += [(depth + 1, child) for child in reversed(below[row.pk])]


def units_above(office: Office, but: Unit | None = None) -> list[int]:
    """The units under which one may hang, not under itself or what hangs under it already."""
    tree, barred = unit_tree(office), set[int | None]()
    for _depth, unit, _posts in tree:
        if but is not None and (unit.pk == but.pk or unit.parent_id in barred):
            barred.add(unit.pk)
    return [unit.pk for _depth, unit, _posts in tree if unit.pk not in barred]


def closed_units(office: Office) -> QuerySet[Unit]:
    """The units that have ended, the last one first."""
    return Unit.objects.filter(office=office, closed_on__isnull=False).order_by("-closed_on", "code")


def closed_posts(office: Office) -> QuerySet[Jabatan]:
    """The positions that have ended, the latest first."""
    return Jabatan.objects.filter(office=office, closed_on__isnull=False).order_by("-closed_on", "code")


def posts_under(jabatan: Jabatan) -> QuerySet[Jabatan]:
    """The open positions that stand directly under this one."""
    return Jabatan.objects.filter(superior=jabatan, closed_on__isnull=True).order_by("code")


def post_in_use(jabatan: Jabatan, on: date) -> list[str]:
    """Who holds the position on a day or will hold it. One query."""
    rows = Assignment.objects.filter(Q(end__isnull=True) | Q(end__gte=on), jabatan=jabatan)
    return [one.pegawai.full_name for one in rows.select_related("pegawai").order_by("start", "pk")]


def units_below(unit: Unit) -> QuerySet[Unit]:
    """The open units that hang directly under this one."""
    return Unit.objects.filter(parent=unit, closed_on__isnull=True).order_by("code")


def posts_of(unit: Unit) -> QuerySet[Jabatan]:
    """The open positions of a unit."""
    return Jabatan.objects.filter(unit=unit, closed_on__isnull=True).order_by("code")


def posts_in_use(unit: Unit, on: date) -> QuerySet[Jabatan]:
    """The open positions of a unit that somebody holds on a day or will hold, and the head of the office's."""
    held = Assignment.objects.filter(Q(end__isnull=True) | Q(end__gte=on), jabatan__unit=unit)
    return posts_of(unit).filter(Q(heads_office=True) | Q(pk__in=held.values("jabatan")))


def letterhead_at(office: Office, at: datetime | None) -> dict[str, object]:
    """What a paper of that moment says of its office, in the shape that the letterhead's template reads; None: now.

    Every later change of the office stands in the log with what was there before it. One query, none for now.
    """
    shown = office.letterhead
    later = trail(office).filter(event="office.updated", refused=False, at__gt=at).order_by("-pk") if at else ()
    for entry in later:
        before = entry.payload.get("before") or {}
        shown |= {name: before[name] for name in shown.keys() & before.keys()}
    return shown
