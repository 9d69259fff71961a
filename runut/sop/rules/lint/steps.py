"""Rules about single rows of the flow: number, actor, activity, lanes, documents, time."""

import re
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from runut.sop.rules.deadline import norm_words
from runut.sop.rules.definition import Definition, Norm, Step
from runut.sop.rules.finding import Finding
from runut.sop.rules.lint import data
from runut.sop.rules.lint.read import begins_with_lane, error, lanes_named, plain, warning

VERB = re.compile(r"\b(?:me[a-z]{4,}|ber[a-z]{4,})\b")
STATE = re.compile(r"\b(?:sudah|telah|siap)\b|\bdi ?[a-z]+(?:kan|i)\b")
TOGETHER = re.compile(r"\b(?:dan|bersama|serta)\b")
EVERYBODY = re.compile(r"\b(?:bawahan|seluruh|setiap|masing-masing)\b")
JUDGING = re.compile(r"\b(?:validasi|memvalidasi|paraf|memaraf|menandatangani)\b")
ACTS = (r"\bparaf", r"agenda", r"tanda ?tangan", r"\bhimpun|menghimpun", r"dokumentasi", r"\bkirim|mengirim")
MANY_ACTS = 3
MANY_STEPS = 5


def numbering_has_no_gap(definition: Definition, office: str) -> Iterator[Finding]:
    expected = 1
    for step in definition.steps:
        match = re.match(r"\d+", step.printed_no)
        if not match:
            continue
        number = int(match[0])
        if number > expected:
            text = _("Nomor melompat ke %(number)d, seharusnya %(expected)d. Periksa apakah ada baris yang hilang.")
            yield warning("number-gap", step.id, text % {"number": number, "expected": expected})
        expected = number + 1


def somebody_acts(definition: Definition, office: str) -> Iterator[Finding]:
    for step in definition.steps:
        if not step.lanes:
            yield error("no-actor", step.id, _("Langkah ini tidak menyebut pelaksana. Tentukan siapa mengerjakannya."))


def activity_is_a_verb(definition: Definition, office: str) -> Iterator[Finding]:
    """An activity is done by somebody now: an active verb, not a thing and not a state."""
    for step in definition.steps:
        sentence = plain(re.split(r"[.;]\s", step.text)[0])
        verbs = [word for word in VERB.findall(sentence) if word not in data.NOT_VERBS]
        if verbs:
            continue
        if STATE.search(sentence):
            text = _("Langkah ini keadaan, bukan kegiatan. Tulis dengan kata kerja, misalnya “Mengarsipkan …”.")
            yield warning("state-activity", step.id, text)
        else:
            text = _("Langkah ini berupa kata benda. Tulis dengan kata kerja, misalnya “Menyusun …”.")
            yield warning("noun-activity", step.id, text)


def subject_is_named(definition: Definition, office: str) -> Iterator[Finding]:
    """Where most rows begin with who acts, the others have forgotten to."""
    bare = [step for step in definition.steps if not begins_with_lane(definition, step.text)]
    if len(bare) * 2 > len(definition.steps):
        return
    for step in bare:
        text = _("Langkah ini tidak menyebut pelakunya, berbeda dengan langkah lain. Tambahkan.")
        yield warning("no-subject", step.id, text)


def lanes_agree_with_the_text(definition: Definition, office: str) -> Iterator[Finding]:
    """A row that begins with its verb is done by its lane; one that names who acts must name that lane."""
    for step in definition.steps:
        named = lanes_named(definition, step.text)
        own = set(step.lanes)
        explained = bool(step.note) or TOGETHER.search(plain(step.text)) is not None
        if len(own) > 1 and step.joint == "any" and not explained:
            text = _("Dua pelaksana ditandai tanpa penjelasan. Pilih: bersama, salah satu, atau penyerahan.")
            yield warning("lane-doubled", step.id, text)
        elif named and own and not named & own and not VERB.match(plain(step.text)):
            text = _("Tanda pelaksana tidak cocok dengan kalimatnya. Tentukan mana yang benar.")
            yield warning("lane-text", step.id, text)


def input_differs_from_output(definition: Definition, office: str) -> Iterator[Finding]:
    for step in definition.steps:
        if step.output and plain(step.output) in {plain(need) for need in step.needs}:
            text = _("Kelengkapan dan keluarannya sama (%(name)s). Sebut apa yang dihasilkan langkah ini.")
            yield warning("input-output", step.id, text % {"name": step.output})


def output_is_new(definition: Definition, office: str) -> Iterator[Finding]:
    for before, step in zip(definition.steps, definition.steps[1:], strict=False):
        same = (before.needs, before.output) == (step.needs, step.output)
        if same and step.output and step.needs and plain(step.output) not in {plain(need) for need in step.needs}:
            text = _("Kelengkapan dan keluaran sama dengan langkah sebelumnya. Sebut hasil yang baru.")
            yield warning("output-repeated", step.id, text)


def documents_have_names(definition: Definition, office: str) -> Iterator[Finding]:
    for step in definition.steps:
        if any(plain(name) in data.VAGUE for name in (*step.needs, step.output) if name):
            text = _("Kelengkapan atau keluaran hanya “Dokumen”. Sebut nama dokumennya.")
            yield warning("document-vague", step.id, text)


def times_are_set(definition: Definition, office: str) -> Iterator[Finding]:
    """Every printed row has a norm; steps that share a row share it. Additions need none."""
    rows = {step.printed_no for step in definition.steps if step.norm and step.printed_no}
    for step in definition.steps:
        if step.norm is None and not step.added and step.printed_no not in rows:
            text = _("Langkah ini tanpa baku waktu. Tambahkan bila ada; tanpa itu tidak pernah dianggap terlambat.")
            yield warning("no-time", step.id, text)


def times_differ(definition: Definition, office: str) -> Iterator[Finding]:
    norms = Counter((step.norm.amount, step.norm.unit) for step in definition.steps if step.norm)
    total = sum(norms.values())
    if total < MANY_STEPS:
        return
    (amount, unit), count = norms.most_common(1)[0]
    if count * 10 >= total * 8:
        text = _("%(count)d langkah berwaktu sama (%(norm)s). Mungkin tersalin; periksa satu per satu.")
        yield warning("equal-times", "", text % {"count": count, "norm": norm_words(Norm(amount, unit))})


def norm_says_of_what(definition: Definition, office: str) -> Iterator[Finding]:
    for step in definition.steps:
        if step.norm is None or step.norm.unit == "hari" or step.norm.per == "item" or step.each is not None:
            continue
        if JUDGING.search(plain(step.text)) and EVERYBODY.search(plain(step.text)):
            text = _("Tidak jelas waktu ini untuk satu berkas atau semuanya. Tambahkan “per item” bila per berkas.")
            yield warning("norm-basis", step.id, text)


def one_act_per_row(definition: Definition, office: str) -> Iterator[Finding]:
    for step in definition.steps:
        if len(_acts(step)) >= MANY_ACTS:
            text = _("Satu baris memuat beberapa kegiatan. Pecah menjadi langkah tersendiri dengan pelaksananya.")
            yield warning("several-acts", step.id, text)


def _acts(step: Step) -> list[str]:
    return [pattern for pattern in ACTS if re.search(pattern, plain(step.text))]
