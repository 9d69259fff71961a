"""Reads an SOP file into a Definition, and writes one back. The format is `docs/sop-format.md`."""

import re
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from typing import Literal, get_args

from django.utils.translation import gettext as _

from runut.lib.canonical import content_hash as hash_of
from runut.lib.errors import Refused
from runut.sop.rules import yaml_text
from runut.sop.rules.definition import Correction, Definition, EachKind, Header, Lane
from runut.sop.rules.file_words import key_in_words
from runut.sop.rules.node import Node, Problem
from runut.sop.rules.parse_steps import read_steps
from runut.sop.rules.write import IDENTITY, as_plain

TOP = (
    "format",
    "code",
    "title",
    "category",
    "subject",
    "identity",
    "purpose",
    "scope",
    "definition",
    "legal_basis",
    "qualifications",
    "related",
    "equipment",
    "warnings",
    "records",
    "responsibilities",
    "headings",
    "lanes",
    "steps",
    "corrections",
)
CATEGORIES: tuple[Literal["collection", "correction"], ...] = ("collection", "correction")
LAYOUTS: tuple[Literal["sop_ap", "iso"], ...] = ("sop_ap", "iso")
SUBJECTS: tuple[EachKind, ...] = get_args(EachKind)
CODE = re.compile(r"[a-z][a-z0-9-]*")
NAME = re.compile(r"[a-z][a-z0-9_]*")


class SopFileError(Refused):
    """The file is no SOP yet; `problems` names every place and what to do there."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(dict.fromkeys(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems), code="sop-file")


@lru_cache(maxsize=32)
def load(text: str, file: str = "", *, printed: bool = False) -> Definition:
    """The definition written in `text`; SopFileError with all problems when there are any.

    A form taken over as `printed` may leave open who acts and the kind of work: it is read to be
    checked, not to be run. What was read is kept: the same few files are read again and again.
    """
    file = file or _("Berkas SOP")
    problems: list[Problem] = []
    try:
        data = yaml_text.read(text)
    except yaml_text.UnreadableYaml as error:
        raise SopFileError([Problem(file, "", "yaml", str(error))]) from error
    if not isinstance(data, dict):
        message = _("isinya bukan SOP. Baris pertamanya kode SOP, misalnya “code: nama-sop”.")
        raise SopFileError([Problem(file, "", "yaml", message)])
    definition = _definition(Node(data, file, problems), printed=printed)
    if problems or definition is None:
        raise SopFileError(problems)
    return definition


def dump(definition: Definition) -> str:
    """The definition as a file; `load(dump(d)) == d`."""
    return yaml_text.write(as_plain(definition))


def content_hash(definition: Definition) -> str:
    """The hash that names this content, whatever the layout of its file."""
    return hash_of(asdict(definition))


def _definition(top: Node, *, printed: bool) -> Definition | None:
    top.only(TOP)
    if top.number("format", least=1) not in (None, 1):
        top.wrong("format", _("bentuk berkas ini lebih baru daripada aplikasi. Perbarui aplikasi lebih dahulu."))
    code = top.text("code", required=True)
    if code and not CODE.fullmatch(code):
        top.wrong(
            "bad-code", _("Kode SOP (“code”) hanya boleh huruf kecil, angka dan tanda hubung, misalnya “kintom-2023”.")
        )
    title = top.text("title", required=True)
    category = top.choice("category", CATEGORIES)
    subject = top.choice("subject", SUBJECTS)
    header = _header(top)
    lanes = _lanes(top)
    steps = read_steps(top, {lane.key for lane in lanes}, printed=printed)
    corrections = _corrections(top)
    if category is None or subject is None or top.problems:
        return None
    return Definition(code, title, category, subject, lanes, steps, header, corrections)


def _header(top: Node) -> Header:
    identity = top.child("identity")
    identity.only(IDENTITY)
    duties = []
    for node in top.children("responsibilities"):
        node.only(("role", "duties"))
        duties.append((node.text("role", required=True), node.texts("duties")))
    return Header(
        number=identity.text("number"),
        made_on=_day(identity, "made_on"),
        revised_on=_day(identity, "revised_on"),
        effective_on=_day(identity, "effective_on"),
        revision=identity.number("revision") or 0,
        layout=identity.choice("layout", LAYOUTS, "sop_ap") or "sop_ap",
        owner_unit=identity.text("owner_unit"),
        ratified_by=identity.text("ratified_by"),
        approvals=identity.texts("approvals"),
        purpose=top.texts("purpose"),
        scope=top.texts("scope"),
        definition=top.texts("definition"),
        legal_basis=top.texts("legal_basis"),
        qualifications=top.texts("qualifications"),
        related=top.texts("related"),
        equipment=top.texts("equipment"),
        warnings=top.texts("warnings"),
        records=top.texts("records"),
        responsibilities=tuple(duties),
        headings=top.texts("headings"),
    )


def _day(node: Node, key: str) -> str:
    """A date as written in the file (ISO), or empty."""
    value = node.text(key)
    if not value:
        return ""
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        text = _('%(key)s berisi “%(value)s”. Tulis tanggal sebagai tahun-bulan-hari, misalnya "2023-09-14".')
        node.wrong("bad-date", text % {"key": key_in_words(key), "value": value})
        return ""


def _lanes(top: Node) -> tuple[Lane, ...]:
    lanes: list[Lane] = []
    for node in top.children("lanes", required=True):
        node.only(("key", "name", "slot", "note"))
        key, name, slot = (node.text(word, required=True) for word in ("key", "name", "slot"))
        lane = Lane(key, name, slot, node.text("note"))
        for word in (lane.key, lane.slot):
            if word and not NAME.fullmatch(word):
                text = _("“%(word)s” pada daftar pelaksana hanya boleh huruf kecil, angka dan garis bawah.")
                node.wrong("bad-id", text % {"word": word})
        if lane.key and any(lane.key == other.key for other in lanes):
            text = _("pelaksana “%(key)s” tertulis dua kali. Beri kunci yang berbeda atau hapus salah satunya.")
            node.wrong("duplicate-lane", text % {"key": lane.key})
        lanes.append(lane)
    return tuple(lanes)


def _corrections(top: Node) -> tuple[Correction, ...]:
    found = []
    for node in top.children("corrections"):
        node.only(("ref", "printed", "used"))
        ref, used = node.text("ref", required=True), node.text("used", required=True)
        found.append(Correction(ref, node.text("printed"), used))
    return tuple(found)
