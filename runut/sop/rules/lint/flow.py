"""Rules about how the rows hang together: returns, hand-over, paraf, who fills in."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from runut.sop.rules.definition import Definition
from runut.sop.rules.finding import Finding
from runut.sop.rules.lint.read import lanes_named, lines, plain, warning

UNNAMED_PARAF = re.compile(r"\bdi ?paraf\b(?! oleh)")
NAMED_PARAF = re.compile(r"\b(?:memaraf|memberi(?:kan)? paraf|(?:validasi )?dan paraf)\b")
CONDITION = re.compile(r"\b(?:apabila|bilamana|jika|bila)\b")
HAND_OVER = re.compile(r"\bberkoordinasi\b.*?\b(?:ke|kepada|dengan)\b(.*)")
EVERYBODY = re.compile(r"\bseluruh (?:pegawai|asn)\b")


def _step_texts(definition: Definition) -> str:
    return "\n".join(plain(step.text) for step in definition.steps)


def paraf_has_an_actor(definition: Definition, office: str) -> Iterator[Finding]:
    if any(step.paraf for step in definition.steps) or NAMED_PARAF.search(_step_texts(definition)):
        return
    for step in definition.steps:
        if UNNAMED_PARAF.search(plain(step.text)):
            text = _("Disebut diparaf, tetapi tidak jelas oleh siapa. Tambahkan langkah paraf dengan pelaksananya.")
            yield warning("paraf-unnamed", step.id, text)


def error_has_a_way_back(definition: Definition, office: str) -> Iterator[Finding]:
    if any(outcome.back for step in definition.steps for outcome in step.outcomes):
        return
    text = _("Tidak ada jalan kembali bila data masih keliru. Tambahkan pengembalian pada langkah yang memeriksa.")
    yield warning("no-return", "", text)


def branch_stands_in_the_flow(definition: Definition, office: str) -> Iterator[Finding]:
    for step in definition.steps:
        if len(step.outcomes) == 1 and CONDITION.search(plain(step.text)):
            text = _("Percabangan hanya disebut di dalam kalimat. Jadikan hasil tersendiri dengan tujuannya.")
            yield warning("branch-in-text", step.id, text)


def units_fill_in(definition: Definition, office: str) -> Iterator[Finding]:
    if definition.category != "collection":
        return
    texts = _step_texts(definition)
    if not re.search(r"\b(?:mengisi|pengisian)\b", texts) and not any(step.work == "fill" for step in definition.steps):
        text = _("Tidak ada langkah pengisian data. Tambahkan langkah “Mengisi” dengan pelaksananya.")
        yield warning("no-fill-step", "", text)


def hand_over_is_complete(definition: Definition, office: str) -> Iterator[Finding]:
    """Who is told to coordinate with somebody hands over to that somebody, not past him."""
    for step, following in zip(definition.steps, definition.steps[1:], strict=False):
        match = HAND_OVER.search(plain(step.text))
        if not match:
            continue
        named = lanes_named(definition, match[1])
        if named and following.lanes and not named & set(following.lanes) and following.work != "coordinate":
            text = _("Sesudah koordinasi, langkah berikutnya dikerjakan orang lain. Tambahkan penyerahannya.")
            yield warning("hand-over", step.id, text)


def team_is_approved(definition: Definition, office: str) -> Iterator[Finding]:
    for step in definition.steps:
        drafts = re.search(r"\b(?:draft?|konsep) tim\b", plain(step.output))
        approved = re.search(r"(?:menetapkan|mengesahkan) tim", _step_texts(definition))
        if drafts and step.work != "instruct" and not approved:
            text = _("Konsep tim tidak pernah disahkan. Sahkan bersama perintah atau tambahkan langkahnya.")
            yield warning("team-not-approved", step.id, text)


def repair_has_a_scope(definition: Definition, office: str) -> Iterator[Finding]:
    if definition.category != "correction":
        return
    for step in definition.steps:
        if re.search(r"\bmemperbaiki\b", plain(step.text)) and EVERYBODY.search(plain(step.text)):
            text = _("Data seluruh pegawai diperbaiki walaupun kesalahannya mungkin satu. Batasi pada yang ditemukan.")
            yield warning("scope-all", step.id, text)


def cause_is_asked(definition: Definition, office: str) -> Iterator[Finding]:
    if definition.category != "correction":
        return
    if not any(re.search(r"\b(?:sebab|penyebab)\b", line.casefold()) for _step, line in lines(definition)):
        yield warning("no-cause", "", _("Sebab kesalahan tidak ditanyakan. Tambahkan agar kesalahan tidak berulang."))


def head_has_an_appraiser(definition: Definition, office: str) -> Iterator[Finding]:
    """Who judges the data of the head, who has no superior in the office?"""
    if definition.subject != "pegawai" or any(step.actor.kind == "superior" for step in definition.steps):
        return
    for step in definition.steps:
        if "pejabat penilai" in plain(step.text) and EVERYBODY.search(plain(step.text)):
            text = _("Tidak jelas siapa menilai data kinerja pimpinan. Sebut atasannya di luar perangkat daerah.")
            yield warning("head-appraiser", step.id, text)


def forms_need_no_paper(definition: Definition, office: str) -> Iterator[Finding]:
    for step in definition.steps:
        if re.search(r"\bmenggandakan\b.*\bform", plain(step.text)):
            text = _("Menggandakan formulir mengandaikan kertas. Formulir dibagikan oleh sistem dan dapat dicetak.")
            yield warning("paper-form", step.id, text)
