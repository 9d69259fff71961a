"""Whether a return does what its button says: the step that it leads to can be done once more.

What a form, a signature or the archive holds is not undone by opening a step again. A return that would end there in
a step that nobody can do is refused when the procedure is checked.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from runut.sop.rules.definition import Definition, Outcome, Step
from runut.sop.rules.finding import Finding

# The kinds whose return does not open forms again.
WITHOUT_FORMS = frozenset({"instruct", "prepare", "distribute", "coordinate", "plan", "do"})


def returns_can_be_carried_out(definition: Definition) -> Iterator[Finding]:
    """At most one finding for each return: the first thing that stands in its way."""
    for step in definition.steps:
        for outcome in step.outcomes:
            if not outcome.back or outcome.to is None or definition.index(outcome.to) >= definition.index(step.id):
                continue
            problem = _problem(definition, step, outcome)
            if problem is not None:
                code, text = problem
                yield Finding("error", code, step.id, text % {"label": outcome.label, "work": step.work})


def _problem(definition: Definition, step: Step, outcome: Outcome) -> tuple[str, str] | None:
    assert outcome.to is not None
    start, end = definition.index(outcome.to), definition.index(step.id)
    again = definition.steps[start:end]
    fills = any(one.work == "fill" for one in definition.region(outcome.to))
    if problem := _of_forms(definition, step, outcome, fills=fills):
        return problem
    if any(one.work == "archive" for one in again):
        text = _(
            "“%(label)s” kembali ke langkah mengarsipkan atau sebelumnya, padahal arsip tidak berubah lagi. Arahkan ke "
            "langkah sesudahnya, atau hapus."
        )
        return "return-archive", text
    signed = any(one.work == "sign" for one in again)
    if signed and not any(one.work == "sign" for one in definition.steps[end:]):
        return _after_signing(step, fills=fills)
    return None


def _of_forms(definition: Definition, step: Step, outcome: Outcome, *, fills: bool) -> tuple[str, str] | None:
    """What keeps the forms from being filled in once more, or made once more."""
    assert outcome.to is not None
    start, end = definition.index(outcome.to), definition.index(step.id)
    again, works = definition.steps[start:end], [one.work for one in definition.steps[start:end]]
    if step.work == "fill":
        text = _(
            "Langkah mengisi (work: fill) tidak mengembalikan; yang keliru dikembalikan langkah sesudahnya. Hapus "
            "“%(label)s” dari langkah ini."
        )
        return "return-from-fill", text
    if fills and step.work in WITHOUT_FORMS:
        text = _(
            "Langkah dengan work: %(work)s tidak dapat membuka lagi formulir yang sudah diajukan. Pindahkan "
            "“%(label)s” ke langkah memeriksa atau menghimpun, atau arahkan ke langkah lain."
        )
        return "return-reopen", text
    if step.work == "review" and not any(one.work == "fill" and one.each == step.each for one in again):
        text = _(
            "“%(label)s” pada langkah memeriksa harus menuju langkah mengisi formulir yang diperiksa (work: fill)."
        )
        return "return-review", text
    if outcome.items == "chosen" and definition.step(outcome.to).each and not _names_members(definition, step, fills):
        text = _("Pada langkah ini tidak dapat dipilih siapa yang dikembalikan. Tulis “items: all” pada “%(label)s”.")
        return "return-chosen", text
    if "distribute" in works and "prepare" in works:
        text = _(
            "Formulir yang sudah dibagikan tidak disiapkan ulang. Arahkan “%(label)s” ke langkah sesudah membagikan, "
            "misalnya langkah mengisi (work: fill)."
        )
        return "return-prepare", text
    if not fills and "fill" in works:
        text = _(
            "“%(label)s” melewati langkah mengisi tanpa membuka formulirnya lagi. Arahkan ke langkah mengisi (work: "
            "fill), atau ke langkah sesudahnya."
        )
        return "return-past-fill", text
    return None


def _names_members(definition: Definition, step: Step, fills: bool) -> bool:
    """Whether the page of this step lets somebody choose who gets it back: by forms, or by the items of a case."""
    if step.each or not fills:
        return bool(step.each)
    return step.work != "meet" or definition.category == "correction"


def _after_signing(step: Step, *, fills: bool) -> tuple[str, str] | None:
    if step.work == "sign" or (step.work == "publish" and fills):
        return None
    text = _(
        "“%(label)s” kembali ke belakang tanda tangan. Setelah ditandatangani, hanya langkah menerbitkan (work: "
        "publish) yang dapat mengembalikan, yaitu ke langkah mengisi; selain itu pakai SOP Perbaikan data."
    )
    return "return-signed", text
