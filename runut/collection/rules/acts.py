"""Validating and verifying: two acts of judging a form, which of them a procedure has, and the words for them.

Validation holds the figures against their standard, verification holds the report against its evidence.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from runut.sop.rules.definition import Definition, Step

VALIDATE, VERIFY = "validasi", "verifikasi"
BOTH = frozenset({VALIDATE, VERIFY})


@dataclass(frozen=True, slots=True)
class Acts:
    """Of one form: the acts it has behind it in its present round, and those that its procedure asks for after them."""

    done: tuple[str, ...] = ()
    awaited: tuple[str, ...] = ()


NO_ACTS = Acts()


def act_of(step: Step) -> str:
    """Which of the two a step of judging is: it validates unless the procedure calls it a verification."""
    return VERIFY if step.act == VERIFY else VALIDATE


def acts_of(definition: Definition) -> tuple[str, ...]:
    """The acts that a procedure judges figures by, in its order; none where nobody judges them."""
    judging = (step for step in definition.steps if step.work == "review" or judges_by_compiling(definition, step))
    return tuple(dict.fromkeys(act_of(step) for step in judging))


def judges_by_compiling(definition: Definition, step: Step) -> bool:
    """Whether gathering is itself the judgement: the SOP calls it so, and nobody examines the forms before it."""
    before = definition.steps[: definition.index(step.id)]
    return step.work == "compile" and step.act in BOTH and not any(each.work == "review" for each in before)


def state_of_judged(done: Collection[str]) -> str:
    """What a form that was found right is called."""
    if set(done) >= BOTH:
        return _("Tervalidasi dan terverifikasi")
    return _("Terverifikasi") if VERIFY in done else _("Tervalidasi")


def judged_words(acts: Collection[str]) -> str:
    """What was done to it, inside a sentence."""
    if set(acts) >= BOTH:
        return _("divalidasi dan diverifikasi")
    return _("diverifikasi") if VERIFY in acts else _("divalidasi")


def judged_heading(act: str) -> str:
    """Over a column of when it was done; "" for no act in particular."""
    return {VALIDATE: _("Divalidasi"), VERIFY: _("Diverifikasi")}.get(act) or _("Diperiksa")


def judged_by(act: str) -> str:
    """On paper, before the name of who did it."""
    return _("Diverifikasi oleh") if act == VERIFY else _("Divalidasi oleh")


def judged_sentence(acts: Acts) -> str:
    """Why a form that was found right is locked, and whom to ask about it."""
    words = {"done": judged_words(acts.done), "awaited": judged_words(acts.awaited)}
    if not acts.awaited:
        return _("Formulir ini sudah %(done)s. Bila ada yang keliru, minta penghimpun mengembalikannya.") % words
    if VERIFY in acts.awaited:
        return (
            _(
                "Formulir ini sudah %(done)s dan menunggu %(awaited)s. Bila ada yang keliru, minta yang memverifikasi "
                "mengembalikannya."
            )
            % words
        )
    return (
        _(
            "Formulir ini sudah %(done)s dan menunggu %(awaited)s. Bila ada yang keliru, minta yang memvalidasi "
            "mengembalikannya."
        )
        % words
    )


def one_person_warning(act: str) -> str:
    """To whoever did the other act on the form and is about to do this one."""
    if act == VERIFY:
        return _(
            "Anda sudah memvalidasi formulir ini. Sebaiknya yang memverifikasinya orang lain; bila Anda melanjutkan, "
            "hal ini tercatat."
        )
    return _(
        "Anda sudah memverifikasi formulir ini. Sebaiknya yang memvalidasinya orang lain; bila Anda melanjutkan, "
        "hal ini tercatat."
    )


def one_person_refusal(act: str, *, leads: bool) -> str:
    """The same where the office refuses it, with who can help. leads: whether the person may hand the task over."""
    if act == VERIFY and leads:
        return _("Anda sudah memvalidasi formulir ini, jadi orang lain yang memverifikasinya. Alihkan ke orang itu.")
    if act == VERIFY:
        return _(
            "Anda sudah memvalidasi formulir ini, jadi orang lain yang memverifikasinya. Minta pimpinan mengalihkannya."
        )
    if leads:
        return _("Anda sudah memverifikasi formulir ini, jadi orang lain yang memvalidasinya. Alihkan ke orang itu.")
    return _(
        "Anda sudah memverifikasi formulir ini, jadi orang lain yang memvalidasinya. Minta pimpinan mengalihkannya."
    )
