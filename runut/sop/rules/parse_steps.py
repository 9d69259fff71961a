"""Reads the steps of an SOP file: what is printed, and what the engine needs beyond it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Literal, get_args

from django.utils.translation import gettext as _

from runut.sop.rules.definition import (
    COMPLETE,
    RETURN,
    Actor,
    ActorKind,
    EachKind,
    JoinRule,
    Norm,
    NormUnit,
    Outcome,
    Step,
)
from runut.sop.rules.kinds import KINDS, Kind
from runut.sop.rules.node import Node

STEP = (
    "id",
    "printed_no",
    "text",
    "lane",
    "lanes",
    "work",
    "act",
    "each",
    "actor",
    "joint",
    "join",
    "paraf",
    "strategic",
    "added",
    "time",
    "needs",
    "output",
    "note",
    "outcomes",
)
OUTCOME = ("to", "label", "back", "items")
END = "end"
ACTS = ("isi", "validasi", "verifikasi", "reviu", "perbaikan")
EACH: tuple[EachKind, ...] = get_args(EachKind)
UNITS: tuple[NormUnit, ...] = get_args(NormUnit)
ACTORS: tuple[ActorKind, ...] = get_args(ActorKind)
ITEMS: tuple[Literal["all", "chosen"], ...] = ("all", "chosen")
JOINT: tuple[Literal["any", "all"], ...] = ("any", "all")
PER: tuple[Literal["item", "batch"], ...] = ("batch", "item")
NAME = re.compile(r"[a-z][a-z0-9_]*")
TIME = re.compile(r"([0-9]{1,5})\s+(menit|jam|hari)(?:\s+per\s+(item|batch))?")


def read_steps(top: Node, lane_keys: set[str], *, printed: bool = False) -> tuple[Step, ...]:
    """All steps in their order; problems are noted on `top`. A `printed` step may lack lane and work."""
    nodes = [_placed(node, at) for at, node in enumerate(top.children("steps", required=True), start=1)]
    ids = [node.text("id") for node in nodes]
    each_of = {node.text("id"): node.data.get("each") for node in nodes}
    for node in nodes:
        if node.text("id") and ids.count(node.text("id")) > 1:
            node.wrong(
                "duplicate-id", _("kunci langkah (“id”) ini dipakai lebih dari sekali. Beri kunci yang berbeda.")
            )
    steps = []
    for at, node in enumerate(nodes):
        following = ids[at + 1] if at + 1 < len(ids) else None
        step = _step(node, lane_keys, printed=printed)
        outcomes = _outcomes(node, KINDS.get(step.work), ids[: at + 1], following, each_of)
        steps.append(replace(step, outcomes=outcomes))
    return tuple(steps)


def _placed(node: Node, at: int) -> Node:
    """The same node, knowing which step it is."""
    name = node.data.get("id")
    step = name if isinstance(name, str) and name else f"#{at}"
    return Node(node.data, node.file, node.problems, step)


def _step(node: Node, lane_keys: set[str], *, printed: bool) -> Step:
    node.only(STEP)
    name = node.text("id", required=True)
    if name and (not NAME.fullmatch(name) or name == END):
        node.wrong("bad-id", _("Kunci langkah (“id”) hanya boleh huruf kecil, angka dan garis bawah, dan bukan “end”."))
    work = node.choice("work", tuple(KINDS), "do" if printed else None)
    return Step(
        id=name,
        printed_no=node.text("printed_no"),
        text=node.text("text", required=True),
        lanes=_lanes(node, lane_keys, required=not printed),
        work=work or "",
        outcomes=(),
        needs=node.texts("needs"),
        output=node.text("output"),
        note=node.text("note"),
        norm=_norm(node),
        each=node.choice("each", EACH) if "each" in node.data else None,
        actor=_actor(node),
        joint=node.choice("joint", JOINT, "any") or "any",
        join=_join(node),
        act=(node.choice("act", ACTS) or "") if "act" in node.data else "",
        paraf=node.flag("paraf"),
        strategic=node.flag("strategic"),
        added=node.flag("added"),
    )


def _lanes(node: Node, lane_keys: set[str], *, required: bool) -> tuple[str, ...]:
    if "lane" in node.data and "lanes" in node.data:
        node.wrong(
            "lane-twice",
            _("pelaksana tertulis dua kali. Pakai “lane” untuk satu atau “lanes” untuk beberapa, jangan keduanya."),
        )
    lanes = node.texts("lanes") or node.texts("lane")
    if not lanes and required:
        node.wrong("no-lane", _("pelaksana belum disebut. Tambahkan (“lane”) dengan kunci dari daftar pelaksana."))
    for lane in lanes:
        if lane_keys and lane not in lane_keys:
            text = _("pelaksana “%(lane)s” tidak ada di daftar pelaksana (“lanes”). Pakai salah satu dari: %(known)s.")
            node.wrong("unknown-lane", text % {"lane": lane, "known": ", ".join(sorted(lane_keys))})
    return lanes


def _norm(node: Node) -> Norm | None:
    """`15 menit`, `15 menit per item`, or the same as amount, unit, per."""
    value = node.data.get("time")
    if value is None:
        return None
    if isinstance(value, dict):
        part = node.child("time")
        part.only(("amount", "unit", "per"))
        amount, unit = part.number("amount", least=1), part.choice("unit", UNITS)
        per = part.choice("per", PER, "batch")
        return Norm(amount, unit, per) if amount and unit and per else None
    match = TIME.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None or int(match[1]) == 0:
        text = _("waktu “%(value)s” tidak terbaca. Tulis misalnya “15 menit”, “3 hari” atau “15 menit per item”.")
        node.wrong("bad-time", text % {"value": value})
        return None
    written = next(word for word in UNITS if word == match[2])
    return Norm(int(match[1]), written, "item" if match[3] == "item" else "batch")


def _actor(node: Node) -> Actor:
    value = node.text("actor") or "holder"
    word, colon, arg = value.partition(":")
    for kind in ACTORS:
        if word == kind and bool(colon) == (kind == "same_as") and bool(arg) == bool(colon):
            return Actor(kind, arg)
    text = _(
        "Siapa yang mengerjakan (“actor”) berisi “%(value)s”. Pilih pemegang jabatan (“holder”), atasan langsung "
        "(“superior”), yang datanya dikumpulkan (“subject”), yang memulai (“starter”), yang disebut (“listed”), atau "
        "orang dari langkah lain (“same_as:kunci langkah”)."
    )
    node.wrong("bad-actor", text % {"value": value})
    return Actor()


def _join(node: Node) -> JoinRule:
    if "join" not in node.data:
        return JoinRule()
    part = node.child("join")
    part.only(("quorum", "late"))
    return JoinRule(part.number("quorum", least=1), part.flag("late", default=True))


def _outcomes(
    node: Node, kind: Kind | None, so_far: list[str], following: str | None, each_of: Mapping[str, object]
) -> tuple[Outcome, ...]:
    """The written outcomes; `complete` leads to the next step when it is not written."""
    written = node.child("outcomes").data
    rows: dict[str, object] = dict(written) if COMPLETE in written else {COMPLETE: following or END, **written}
    found = []
    for code, value in rows.items():
        plain = value if isinstance(value, dict) else {"to": value}
        part = Node(plain, node.file, node.problems, node.step)
        part.only(OUTCOME)
        if not NAME.fullmatch(code):
            part.wrong("bad-id", _("hasil “%(code)s” hanya boleh huruf kecil, angka dan garis bawah.") % {"code": code})
        found.append(_outcome(part, code, kind, so_far, each_of))
    return tuple(found)


def _outcome(part: Node, code: str, kind: Kind | None, so_far: list[str], each_of: Mapping[str, object]) -> Outcome:
    target = part.text("to")
    if not target:
        text = _("hasil “%(code)s” tidak menyebut tujuannya. Tulis kunci langkahnya, atau “end” untuk selesai.")
        part.wrong("no-target", text % {"code": code})
    elif target != END and target not in each_of:
        text = _("hasil “%(code)s” menuju langkah “%(target)s” yang tidak ada. Periksa ejaan kunci langkah itu.")
        part.wrong("unknown-target", text % {"code": code, "target": target})
    back = part.flag("back", default=target in so_far)
    label = part.text("label") or default_label(code, kind, back=back)
    if not label:
        text = _("hasil “%(code)s” belum punya kata pada tombolnya. Tambahkan (“label”).")
        part.wrong("no-label", text % {"code": code})
    items = part.choice("items", ITEMS, default_items(back=back, into_set=each_of.get(target) is not None))
    return Outcome(code, None if target in ("", END) else target, label, back, items or "all")


def default_label(code: str, kind: Kind | None, *, back: bool) -> str:
    """The label when the file gives none: the kind's own for `complete`, *Kembalikan* for a return."""
    if kind is None:
        return code
    if code == COMPLETE:
        return kind.complete
    return kind.back if back or code == RETURN else ""


def default_items(*, back: bool, into_set: bool) -> Literal["all", "chosen"]:
    """A return into a fan-out takes chosen members unless the file says otherwise."""
    return "chosen" if back and into_set else "all"
