"""The menu: four places always at hand, the rest under "Lainnya"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from runut.organisation.permissions import Actor, manages


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the menu. `under` are further addresses that belong to it."""

    label: str | Promise
    url: str
    icon: str
    under: tuple[str, ...] = ()
    managers_only: bool = False
    current: bool = False
    count: int = 0


# Where the reports of the years are.
REPORTS = "/lkjip/"
ITEMS = (
    Item(_("Tugas Saya"), "/tugas/", "inbox"),
    Item(
        _("Data Kinerja"),
        "/periode/",
        "data",
        ("/isian/", "/validasi/", "/himpunan/", "/angka/", "/periksa-tabel/", "/dokumen-lama/"),
    ),
    Item(_("SOP Berjalan"), "/sop/jalan/", "flow"),
    Item(_("Perbaikan"), "/perbaikan/", "repair", ("/kesalahan/",)),
    Item(_("LKjIP"), REPORTS, "report"),
    Item(_("Perencanaan"), "/rencana/", "tree", ("/atur/indikator/",)),
    Item(_("Arsip"), "/arsip/", "archive", ("/dokumen/",)),
    Item(_("SOP"), "/sop/", "book"),
    Item(_("Pengaturan"), "/atur/pegawai/", "settings", ("/atur/", "/siapkan/"), managers_only=True),
)


def menu(actor: Actor, path: str, waiting: Mapping[str, int] | None = None) -> list[Item]:
    """The entries this person may use; the one under whose address the page lies is current.

    waiting: address of an entry -> how many things there wait for the person.
    """
    counts = waiting or {}
    allowed = [item for item in ITEMS if manages(actor) or not item.managers_only]
    items = [replace(item, label=_named(item, actor), count=counts.get(item.url, 0)) for item in allowed]
    here = max(items, key=lambda item: _reach(item, path), default=None)
    if here is None or not _reach(here, path):
        return items
    return [replace(item, current=True) if item is here else item for item in items]


def _named(item: Item, actor: Actor) -> str | Promise:
    """The yearly report under the office's own word for it."""
    return actor.pegawai.office.terms.get("lkjip", item.label) if item.url == REPORTS else item.label


def _reach(item: Item, path: str) -> int:
    """How much of the path the entry covers: the longest of its addresses that begin the path."""
    return max((len(url) for url in (item.url, *item.under) if path.startswith(url)), default=0)
