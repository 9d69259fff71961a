"""The tables with which an office is set up, as workbooks: what is there, or an example."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils import translation
from django.utils.translation import gettext as _

from runut.lib.imports import Column as Heading
from runut.lib.workbooks import Column, Line, Offer, write_workbook
from runut.organisation.actions.tables import Kind
from runut.organisation.models import Office

# So many new rows may be written below what is there.
SPARE = 500


def workbook_of(kind: Kind, office: Office, rows: Iterable[Sequence[str]], *, left_out: str = "") -> bytes:
    """Rows of the office that are there already: what names them is locked. A query for each list to choose from.

    left_out: what of the office is not among them.
    """
    with translation.override("id"):
        closed = [at for at, one in enumerate(kind.columns) if one.key in kind.fixed or one.hidden]
        above = (str(kind.title), left_out) if left_out else ()
        lines = (Line(row, closed=closed) for row in rows)
        columns = _columns(kind, office)
        notes = _notes(kind, columns, left_out)
        return write_workbook(str(kind.title), above, columns, lines, filters=True, notes=lambda: notes, spare=SPARE)


def example_of(kind: Kind, office: Office, rows: Iterable[Sequence[object]]) -> bytes:
    """The same columns over rows that are invented."""
    with translation.override("id"):
        columns = _columns(kind, office)
        notes = _notes(kind, columns, "")
        lines = (Line([str(cell) for cell in row]) for row in rows)
        return write_workbook(str(kind.title), (), columns, lines, notes=lambda: notes, spare=SPARE)


def plain_columns(headings: Iterable[Heading]) -> list[Column]:
    """Columns in which everything may be typed. What is no number stays as it is typed: a NIP, a code, a date."""
    return [Column(one.heading, one.width, text=one.form != "number") for one in headings]


def _columns(kind: Kind, office: Office) -> list[Column]:
    offers = kind.offers(office) if kind.offers else {}
    return [
        Column(
            one.heading, one.width, open=not one.hidden, hidden=one.hidden, text=one.form != "number",
            offer=_offer(one, offers),
        )
        for one in kind.columns
    ]  # fmt: skip


def _offer(one: Heading, offers: Mapping[str, Offer]) -> Offer | None:
    return Offer(("ya", "tidak")) if one.form == "yes" else offers.get(one.key)


def _notes(kind: Kind, columns: Iterable[Column], left_out: str) -> list[str]:
    """How the workbook is filled in and sent back."""
    fixed = ", ".join(one.heading for one in kind.columns if one.key in kind.fixed)
    needed = ", ".join(one.heading for one in kind.columns if one.required)
    said = [
        str(kind.title),
        _("Sel berlatar kuning boleh diisi; sel lain terkunci, tanpa kata sandi. Baris baru ditulis di bawah tabel."),
        _("Kolom yang wajib diisi: %(names)s.") % {"names": needed},
    ]
    if fixed:
        locked = _("Terkunci di baris yang sudah ada, karena baris dikenali dari sana: %(names)s.")
        said.append(locked % {"names": fixed})
    if any(column.offer and column.offer.answers for column in columns):
        said.append(_("Kolom dengan jawaban tertentu punya daftar; seluruh pilihannya ada di lembar Pilihan."))
    if any(one.hidden for one in kind.columns):
        said.append(
            _("Kolom Kunci tersembunyi: dengan itu baris tetap dikenali walaupun namanya berubah. Jangan menyalinnya.")
        )
    said.append(
        _("Simpan sebagai .xlsx, lalu unggah di halaman Impor. Anda melihat dahulu perubahannya sebelum tersimpan.")
    )
    return [*said, left_out] if left_out else said
