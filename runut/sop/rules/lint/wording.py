"""Rules about words: spelling, one term per thing, names of jabatan and offices."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from runut.sop.rules.definition import Definition
from runut.sop.rules.finding import Finding
from runut.sop.rules.lint import data
from runut.sop.rules.lint.read import error, lines, warning

OFFICE = re.compile(r"\b(?:Kecamatan|KECAMATAN|Kec\.|Camat|CAMAT)\s+(?:(?:Kecamatan|Kec\.)\s+)?([A-Z][a-z]+|[A-Z]{3,})")
LEVEL = re.compile(r"\b((?:Sekretaris )?Camat|Lurah)\s+(?:Kabupaten|Kota)\b", re.IGNORECASE)
UNIT = re.compile(r"\s*(?:sub\s*bag|bagian|seksi|bidang|unit|subbid)")
NOT_A_PLACE = {"kabupaten", "kota", "contoh", "dan"}


def spelling_is_right(definition: Definition, office: str) -> Iterator[Finding]:
    for pattern, right in data.SPELLING.items():
        for step, line in lines(definition):
            match = re.search(pattern, line, re.IGNORECASE)
            if match:
                text = _("“%(wrong)s” seharusnya “%(right)s”.")
                yield warning("spelling", step, text % {"wrong": match[0], "right": right})
                break


def one_term_per_thing(definition: Definition, office: str) -> Iterator[Finding]:
    printed = "\n".join(line for _step, line in lines(definition))
    for names in data.TERMS:
        used = [name for name in names if re.search(rf"\b{name}\b", printed)]
        if len(used) > 1:
            text = _("Satu hal disebut dengan beberapa nama (%(used)s). Pakai satu: %(best)s.")
            yield warning("term-variants", "", text % {"used": ", ".join(used), "best": names[0]})


def jobs_bear_their_name(definition: Definition, office: str) -> Iterator[Finding]:
    for pattern, full in data.JOBS.items():
        for step, line in lines(definition):
            match = re.search(pattern, line, re.IGNORECASE)
            if match:
                text = _("“%(short)s” adalah sebutan lain untuk “%(full)s”. Pakai nama jabatan yang resmi.")
                yield warning("job-name", step, text % {"short": match[0], "full": full})
                break


def office_is_our_own(definition: Definition, office: str) -> Iterator[Finding]:
    """A kecamatan named in the text is the one whose SOP this is; of another office none is.

    Where only a part of an office is known, the kecamatan that is named first counts as its own.
    """
    found = [(step, match[1]) for step, line in lines(definition) for match in OFFICE.finditer(line)]
    places = [(step, place) for step, place in found if place.casefold() not in NOT_A_PLACE]
    ours = office.casefold()
    if not ours.strip() or UNIT.match(ours):
        ours = places[0][1].casefold() if places else ""
    for step, place in places:
        if place.casefold() not in ours:
            text = _("Teks menyebut Kecamatan %(place)s, padahal SOP ini milik perangkat daerah lain. Ganti namanya.")
            yield error("foreign-office", step, text % {"place": place})


def level_of_the_office_is_right(definition: Definition, office: str) -> Iterator[Finding]:
    for step, line in lines(definition):
        match = LEVEL.search(line)
        if match:
            text = _("“%(words)s” tidak ada: jabatan itu berada pada kecamatan. Perbaiki sebutannya.")
            yield warning("role-office", step, text % {"words": match[0]})
