"""Rules about the legal basis."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from runut.sop.rules.definition import Definition
from runut.sop.rules.finding import Finding
from runut.sop.rules.lint import data
from runut.sop.rules.lint.read import law_in, law_name, plain, warning


def laws_are_in_force(definition: Definition, office: str) -> Iterator[Finding]:
    for row in definition.header.legal_basis:
        law = law_in(row)
        if law in data.REPLACED:
            text = _("%(law)s sudah diganti atau berakhir. Periksa %(now)s.")
            yield warning("law-replaced", "", text % {"law": law_name(law), "now": data.REPLACED[law]})


def laws_bear_their_title(definition: Definition, office: str) -> Iterator[Finding]:
    """A law is known by kind, number and year; a wrong title is a slip, not another law."""
    for row in definition.header.legal_basis:
        law = law_in(row)
        low = plain(row)
        if law in data.TITLES and "tentang" in low and not any(words in low for words in data.TITLES[law]):
            text = _("Judul %(law)s keliru. Seharusnya memuat “%(words)s”.")
            yield warning("law-title", "", text % {"law": law_name(law), "words": data.TITLES[law][0]})


def amended_laws_are_cited(definition: Definition, office: str) -> Iterator[Finding]:
    cited = {law_in(row) for row in definition.header.legal_basis}
    for law, amended in data.AMENDS.items():
        if law in cited and amended not in cited:
            text = _("%(law)s mengubah %(amended)s, tetapi peraturan asalnya tidak dicantumkan. Tambahkan.")
            yield warning("law-amends", "", text % {"law": law_name(law), "amended": law_name(amended)})


def laws_and_lanes_fit_the_office(definition: Definition, office: str) -> Iterator[Finding]:
    """A kecamatan that cites the organisation of the inspektorat has copied the inspektorat's SOP."""
    own = next((kind for kind in data.OFFICE_KINDS if kind in office.casefold()), None)
    if own is None:
        return
    for row in definition.header.legal_basis:
        law, low = law_in(row), row.casefold()
        other = [kind for kind in data.OFFICE_KINDS if kind in low]
        if law and law[0] in ("Perda", "Perbup") and other and own not in other:
            text = _("%(law)s mengatur %(other)s, bukan %(own)s. Cantumkan peraturan perangkat daerah ini.")
            yield warning("law-foreign", "", text % {"law": law_name(law), "other": other[0], "own": own})
    for lane in definition.lanes:
        for word, kind in data.LANES_OF.items():
            if word in lane.name.casefold() and kind != own:
                text = _("Pelaksana “%(lane)s” biasanya ada pada %(kind)s. Sesuaikan dengan jabatan di sini.")
                yield warning("lane-foreign", "", text % {"lane": lane.name, "kind": kind})
