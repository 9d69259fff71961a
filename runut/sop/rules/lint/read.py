"""Reading a definition as printed words: every sentence with its place, laws, lanes named in a text."""

import re
from collections.abc import Iterator
from dataclasses import fields

from runut.sop.rules.definition import Definition, Lane, Step
from runut.sop.rules.finding import Finding

Law = tuple[str, int, int]

LAW_KINDS = (
    ("UU", r"undang\s*[-\u2013]?\s*undang|\bUU\b"),
    ("PP", r"\bperaturan pemerintah\b|\bPP\b"),
    ("Perpres", r"\bperaturan presiden\b|\bperpres\b"),
    ("Permendagri", r"\bpermendagri\b|\bperaturan menteri dalam negeri\b"),
    ("KepmenPAN", r"\bkeputusan menteri (?:negara )?pendayagunaan|\bkepmenpan|\bKEP/"),
    ("PermenPANRB", r"\bpermenpan|\bperaturan menteri (?:negara )?(?:pendayagunaan|pan\b|pab\b)"),
    ("Perda", r"\bperaturan daerah\b|\bperda\b"),
    ("Perbup", r"\bperaturan bupati\b|\bperbup\b"),
)
LAW_NUMBERS = (
    r"(?:nomor|no\.?)\s*0*(\d+)\s+tahun\s+(\d{4})",
    r"\bKEP/0*(\d+)/\D*\d{0,2}/?(\d{4})",
    r"\b0*(\d+)/(\d{4})\b",
    r"\b0*(\d+)\s+tahun\s+(\d{4})",
)


def warning(code: str, step: str, message: str) -> Finding:
    return Finding("warning", code, step, message)


def error(code: str, step: str, message: str) -> Finding:
    return Finding("error", code, step, message)


def header_lines(definition: Definition) -> Iterator[str]:
    """Every printed sentence above the flow."""
    yield definition.title
    header = definition.header
    for box in fields(header):
        value = getattr(header, box.name)
        if isinstance(value, str) and box.name != "layout":
            yield value
        elif isinstance(value, tuple) and box.name != "responsibilities":
            yield from value
    for role, duties in header.responsibilities:
        yield role
        yield from duties
    for lane in definition.lanes:
        yield lane.name


def step_lines(step: Step) -> Iterator[str]:
    yield step.text
    yield from step.needs
    yield step.output
    yield step.note


def lines(definition: Definition) -> Iterator[tuple[str, str]]:
    """Every printed sentence with the id of its step, or "" above the flow."""
    for line in header_lines(definition):
        yield "", line
    for step in definition.steps:
        for line in step_lines(step):
            yield step.id, line


def plain(text: str) -> str:
    """For comparing: small letters, single spaces, no punctuation at the end."""
    return " ".join(text.casefold().split()).strip(" .;:,")


def law_in(line: str) -> Law | None:
    """The regulation a line is about: the first one it names."""
    found = ((kind, re.search(pattern, line, re.IGNORECASE)) for kind, pattern in LAW_KINDS)
    starts = [(match.start(), kind) for kind, match in found if match]
    if not starts:
        return None
    at, kind = min(starts)
    for pattern in LAW_NUMBERS:
        if match := re.search(pattern, line[at:], re.IGNORECASE):
            return kind, int(match[1]), int(match[2])
    return None


def law_name(law: Law) -> str:
    return f"{law[0]} {law[1]}/{law[2]}"


def own_lanes(definition: Definition, step: Step) -> list[Lane]:
    return [definition.lane(key) for key in step.lanes]


def lanes_named(definition: Definition, text: str) -> set[str]:
    """Keys of the lanes whose name stands in the text; `Kepala Seksi/Lurah` is two names."""
    low = plain(text)
    found = set()
    for lane in definition.lanes:
        names = [plain(name) for name in lane.name.split("/")]
        if any(re.search(rf"\b{re.escape(name)}\b", low) for name in names if name):
            found.add(lane.key)
    return found


def begins_with_lane(definition: Definition, text: str) -> bool:
    low = plain(text)
    return any(low.startswith(plain(name)) for lane in definition.lanes for name in lane.name.split("/"))
