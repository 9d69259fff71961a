"""What an entry of the log says was changed, as an officer reads it: fields by their names, rows by theirs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from runut.audit.models import Entry
from runut.lib.dates import short_date
from runut.organisation.models import Jabatan, Office, Pegawai, Unit

LABELS = {
    "absent": gettext_lazy("tidak hadir"),
    "act": gettext_lazy("tindakan"),
    "address": gettext_lazy("alamat"),
    "aggregation": gettext_lazy("penggabungan"),
    "amount": gettext_lazy("angka"),
    "baseline": gettext_lazy("data dasar"),
    "baseline_year": gettext_lazy("tahun data dasar"),
    "basis": gettext_lazy("dasar"),
    "before": gettext_lazy("sebelumnya"),
    "cap": gettext_lazy("batas atas capaian"),
    "cause": gettext_lazy("sebab"),
    "class": gettext_lazy("golongan informasi"),
    "classification": gettext_lazy("kode klasifikasi"),
    "closed": gettext_lazy("langkah yang ditutup"),
    "closed_on": gettext_lazy("ditutup"),
    "code": gettext_lazy("kode"),
    "columns": gettext_lazy("kolom"),
    "contact": gettext_lazy("narahubung"),
    "copies": gettext_lazy("rangkap"),
    "count": gettext_lazy("jumlah"),
    "data_hash": gettext_lazy("sidik isi"),
    "day": gettext_lazy("tanggal"),
    "days": gettext_lazy("hari"),
    "decimals": gettext_lazy("angka desimal"),
    "decree": gettext_lazy("dasar perintah"),
    "decree_number": gettext_lazy("nomor SK"),
    "definition": gettext_lazy("definisi operasional"),
    "denominator": gettext_lazy("penyebut"),
    "denominator_unit": gettext_lazy("satuan penyebut"),
    "due_at": gettext_lazy("batas waktu"),
    "duties_policy": gettext_lazy("rangkap wewenang"),
    "effective_from": gettext_lazy("berlaku mulai"),
    "email": gettext_lazy("surel"),
    "end": gettext_lazy("sampai"),
    "evidence_needed": gettext_lazy("bukti dukung wajib"),
    "figure": gettext_lazy("angka"),
    "filled_along": gettext_lazy("pemeriksa ikut mengisi"),
    "flagged": gettext_lazy("ditandai"),
    "formula": gettext_lazy("cara menghitung"),
    "frequency": gettext_lazy("frekuensi pengukuran"),
    "hash": gettext_lazy("sidik isi"),
    "heads_office": gettext_lazy("pimpinan kantor"),
    "heads_unit": gettext_lazy("kepala unit"),
    "held_at": gettext_lazy("waktu rapat"),
    "high_contrast": gettext_lazy("kontras tinggi"),
    "hours": gettext_lazy("jam kerja"),
    "indicators": gettext_lazy("indikator"),
    "item": gettext_lazy("butir"),
    "items": gettext_lazy("butir"),
    "jabatan": gettext_lazy("jabatan"),
    "keeper": gettext_lazy("unit penanggung jawab"),
    "kept": gettext_lazy("nomor dipertahankan"),
    "kind": gettext_lazy("jenis"),
    "language": gettext_lazy("bahasa"),
    "late_reason": gettext_lazy("alasan terlambat"),
    "leader": gettext_lazy("pemimpin rapat"),
    "left": gettext_lazy("berhenti"),
    "left_out": gettext_lazy("tidak disertakan"),
    "links": gettext_lazy("tautan SDGs, SPM, IKK"),
    "meeting": gettext_lazy("rapat"),
    "member": gettext_lazy("peserta"),
    "members": gettext_lazy("peserta"),
    "method": gettext_lazy("cara"),
    "minutes": gettext_lazy("notula"),
    "multiplier": gettext_lazy("pengali"),
    "missing": gettext_lazy("yang belum ada"),
    "name": gettext_lazy("nama"),
    "nip": gettext_lazy("NIP"),
    "no": gettext_lazy("versi"),
    "notes": gettext_lazy("catatan"),
    "number": gettext_lazy("nomor"),
    "made_on": gettext_lazy("tanggal pembuatan"),
    "number_code": gettext_lazy("kode nomor surat"),
    "numerator": gettext_lazy("pembilang"),
    "numerator_unit": gettext_lazy("satuan pembilang"),
    "opened": gettext_lazy("langkah yang terbuka"),
    "origin": gettext_lazy("asal"),
    "outcome": gettext_lazy("hasil"),
    "parent": gettext_lazy("di bawah unit"),
    "path": gettext_lazy("halaman"),
    "pegawai": gettext_lazy("pegawai"),
    "phone": gettext_lazy("telepon"),
    "place": gettext_lazy("tempat"),
    "points": gettext_lazy("pokok"),
    "polarity": gettext_lazy("arah"),
    "present": gettext_lazy("hadir"),
    "producer": gettext_lazy("produsen data"),
    "proposed": gettext_lazy("angka yang diusulkan"),
    "publishable": gettext_lazy("boleh dipublikasikan"),
    "quarter": gettext_lazy("triwulan"),
    "ramadan_hours": gettext_lazy("jam kerja Ramadan"),
    "rank": gettext_lazy("pangkat"),
    "rating": gettext_lazy("skala predikat"),
    "reason": gettext_lazy("dasar"),
    "received_by": gettext_lazy("diterima oleh"),
    "received_on": gettext_lazy("diterima tanggal"),
    "recipient": gettext_lazy("penerima"),
    "recipients": gettext_lazy("penerima"),
    "region": gettext_lazy("bagian"),
    "register": gettext_lazy("buku agenda"),
    "retention_years": gettext_lazy("masa simpan (tahun)"),
    "round": gettext_lazy("putaran"),
    "scale": gettext_lazy("urutan predikat"),
    "sha256": gettext_lazy("sidik berkas"),
    "sheets": gettext_lazy("form"),
    "short_name": gettext_lazy("nama singkat"),
    "signature": gettext_lazy("tanda tangan"),
    "signed_on": gettext_lazy("tanggal tanda tangan"),
    "signer": gettext_lazy("penanda tangan"),
    "single_holder": gettext_lazy("hanya satu pemangku"),
    "size": gettext_lazy("ukuran berkas"),
    "slot": gettext_lazy("pelaksana"),
    "source": gettext_lazy("dasar"),
    "stage": gettext_lazy("tahap"),
    "start": gettext_lazy("mulai"),
    "state": gettext_lazy("status"),
    "step": gettext_lazy("langkah"),
    "subject": gettext_lazy("perihal"),
    "superior": gettext_lazy("atasan"),
    "supplies_data": gettext_lazy("penyuplai data"),
    "tasks": gettext_lazy("tugas"),
    "team": gettext_lazy("tim"),
    "terms": gettext_lazy("istilah"),
    "text": gettext_lazy("isi"),
    "text_size": gettext_lazy("ukuran huruf"),
    "title": gettext_lazy("judul"),
    "title_back": gettext_lazy("gelar belakang"),
    "title_front": gettext_lazy("gelar depan"),
    "to": gettext_lazy("kepada"),
    "unit": gettext_lazy("unit"),
    "unit_of_measure": gettext_lazy("satuan"),
    "value": gettext_lazy("nilai"),
    "value_type": gettext_lazy("jenis nilai"),
    "values": gettext_lazy("angka"),
    "version": gettext_lazy("versi SOP"),
    "waiver": gettext_lazy("alasan tanpa kolom hitungan"),
    "what": gettext_lazy("yang keliru"),
    "whatsapp": gettext_lazy("nomor WhatsApp"),
    "why": gettext_lazy("alasan pemilihan"),
    "why_over": gettext_lazy("alasan melebihi pagu"),
    "year": gettext_lazy("tahun"),
    "zone": gettext_lazy("zona waktu"),
}
NAMED: dict[str, type[models.Model]] = {"jabatan": Jabatan, "pegawai": Pegawai}
KINDS = (Jabatan, Office, Pegawai, Unit)
DAY = re.compile(r"\d{4}-\d\d-\d\d")
NOTHING = "–"
Names = Mapping[type[models.Model], Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class Change:
    """One field of an act: what it was and what it became; what stayed as it was has no `before`."""

    field: str
    before: str
    after: str


def changes_of(entries: Collection[Entry]) -> dict[int, tuple[Change, ...]]:
    """The changes of each entry, by its id. One query for each kind of row that is named."""
    names = _names_in(entries)
    return {entry.pk: tuple(_changes(entry, names)) for entry in entries}


def label_of(field: str) -> str:
    """What a field of a payload is called; one without a name bears the code's, so that nothing is hidden."""
    return str(LABELS.get(field, field.replace("_", " ")))


def _changes(entry: Entry, names: Names) -> Iterable[Change]:
    before, after = entry.payload.get("before") or {}, entry.payload.get("after") or {}
    for field in sorted({*before, *after}):
        was, now = (_words(entry, field, said.get(field), names) for said in (before, after))
        yield Change(label_of(field), NOTHING if was == now else was, now)


def _words(entry: Entry, field: str, value: object, names: Names) -> str:
    """A stored value as a reader sees it; nothing is an en dash, never "None"."""
    kind = _kind_of(entry.subject_type, field)
    if isinstance(value, str) and value in (choices := _choices(entry.subject_type, field)):
        return choices[value]
    if kind is None:
        return _plain(value)
    known = names[kind]
    return ", ".join(known.get(pk, str(pk)) for pk in _ids(value)) or _plain(value)


def _plain(value: object) -> str:
    if value is None or value == "" or value == [] or value == {}:
        return NOTHING
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, str) and DAY.fullmatch(value):
        return short_date(date.fromisoformat(value), "en" if translation.get_language() == "en" else "id")
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_plain(item)}" for key, item in value.items())
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ", ".join(_plain(item) for item in value)
    return str(value)


def _names_in(entries: Iterable[Entry]) -> Names:
    wanted: dict[type[models.Model], set[int]] = defaultdict(set)
    for entry in entries:
        for said in (entry.payload.get("before") or {}, entry.payload.get("after") or {}):
            for field, value in said.items():
                if (kind := _kind_of(entry.subject_type, field)) is not None:
                    wanted[kind].update(_ids(value))
    return {
        kind: {pk: str(row) for pk, row in kind._default_manager.in_bulk(ids).items()} for kind, ids in wanted.items()
    }


def _ids(value: object) -> list[int]:
    """The ids in a value that names rows; what is no number names none."""
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, int) and not isinstance(one, bool)]


def _kind_of(subject_type: str, field: str) -> type[models.Model] | None:
    """The kind of row that a field names: only people, positions, units and offices are told by name."""
    found = _field(subject_type, field)
    kind = found.related_model if isinstance(found, models.ForeignKey) else NAMED.get(field)
    return kind if kind in KINDS else None


def _choices(subject_type: str, field: str) -> dict[str, str]:
    found = _field(subject_type, field)
    return {str(code): str(words) for code, words in found.flatchoices} if found is not None else {}


def _field(subject_type: str, field: str) -> models.Field[object, object] | None:
    try:
        found = apps.get_model(subject_type)._meta.get_field(field)
    except (LookupError, ValueError, FieldDoesNotExist):
        return None
    return found if isinstance(found, models.Field) else None
