"""Naming a step to officers: by its printed number and its text, never by the name it has in the file."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from runut.sop.rules.definition import Definition
from runut.sop.rules.flowchart import step_numbers

_NAMED = re.compile(r"([Ll]angkah )(“[a-z0-9_]+”(?:[a-z, ]{2,6}“[a-z0-9_]+”)*)")
_ONE = re.compile(r"“([a-z0-9_]+)”")


def place_of(definition: Definition, step_id: str) -> str:
    """A step as officers know it: "Langkah 4b, Menandatangani laporan"; "" for what is above the flow."""
    numbers = step_numbers(definition)
    if step_id not in numbers:
        return step_id
    return _("Langkah %(no)s, %(text)s") % {"no": numbers[step_id], "text": definition.step(step_id).text}


def with_numbers(definition: Definition, text: str) -> str:
    """The same sentence with numbers where it names steps: langkah “isi” becomes langkah 3."""
    numbers = step_numbers(definition)

    def numbered(found: re.Match[str]) -> str:
        return found[1] + _ONE.sub(lambda one: numbers.get(one[1], one[0]), found[2])

    return _NAMED.sub(numbered, text)
