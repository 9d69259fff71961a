"""What the keys and words of an SOP file are called, for sentences and for the help page (docs/sop-format.md)."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from runut.sop.rules.kinds import KINDS

Words = dict[str, str]

TOP: Words = {
    "code": _("Kode SOP"),
    "title": _("Nama SOP"),
    "category": _("Golongan"),
    "subject": _("Data milik siapa"),
    "identity": _("Identitas"),
    "purpose": _("Tujuan"),
    "scope": _("Ruang lingkup"),
    "definition": _("Pengertian"),
    "legal_basis": _("Dasar hukum"),
    "qualifications": _("Kualifikasi pelaksana"),
    "related": _("Keterkaitan"),
    "equipment": _("Peralatan dan perlengkapan"),
    "warnings": _("Peringatan"),
    "records": _("Pencatatan dan pendataan"),
    "responsibilities": _("Tanggung jawab"),
    "headings": _("Judul pada naskah asli"),
    "lanes": _("Daftar pelaksana"),
    "steps": _("Daftar langkah"),
    "corrections": _("Perbedaan dari naskah asli"),
    "format": _("Bentuk berkas"),
}
IDENTITY: Words = {
    "number": _("Nomor SOP"),
    "made_on": _("Tanggal pembuatan"),
    "revised_on": _("Tanggal revisi"),
    "effective_on": _("Tanggal efektif"),
    "revision": _("Nomor revisi"),
    "layout": _("Tata letak"),
    "owner_unit": _("Unit pemilik"),
    "ratified_by": _("Disahkan oleh"),
    "approvals": _("Persetujuan"),
}
LANE: Words = {
    "key": _("Kunci pelaksana"),
    "name": _("Nama pelaksana"),
    "slot": _("Peran"),
}
STEP: Words = {
    "id": _("Kunci langkah"),
    "printed_no": _("Nomor langkah"),
    "text": _("Kegiatan"),
    "lane": _("Pelaksana"),
    "work": _("Jenis pekerjaan"),
    "needs": _("Kelengkapan"),
    "time": _("Waktu baku"),
    "output": _("Output"),
    "note": _("Keterangan"),
    "act": _("Jenis tindakan"),
    "each": _("Diulang untuk tiap"),
    "actor": _("Siapa yang mengerjakan"),
    "joint": _("Cara mengerjakan bersama"),
    "join": _("Syarat lanjut"),
    "paraf": _("Paraf"),
    "strategic": _("Langkah strategis"),
    "added": _("Langkah tambahan"),
    "outcomes": _("Hasil langkah"),
}
PARTS: Words = {
    "to": _("Tujuan hasil"),
    "label": _("Kata pada tombol"),
    "back": _("Pengembalian"),
    "items": _("Yang dikembalikan"),
    "amount": _("Lamanya"),
    "unit": _("Satuan waktu"),
    "per": _("Dasar waktu"),
    "quorum": _("Kuorum"),
    "late": _("Boleh menyusul"),
    "role": _("Peran"),
    "duties": _("Tugas"),
    "ref": _("Rujukan"),
    "printed": _("Tertulis di naskah"),
    "used": _("Yang dipakai"),
}
KEYS: Words = {**PARTS, **STEP, **LANE, **IDENTITY, **TOP}
CHOICES: Words = {
    "collection": _("pengumpulan data"),
    "correction": _("perbaikan data"),
    "unit": _("unit kerja"),
    "pegawai": _("pegawai"),
    "stakeholder": _("pemangku kegiatan"),
    "sop_ap": _("formulir SOP AP"),
    "iso": _("dokumen bergaya ISO"),
    "any": _("salah satu cukup"),
    "all": _("semua"),
    "chosen": _("yang dipilih"),
    "item": _("tiap berkas"),
    "batch": _("sekaligus"),
}


def key_in_words(key: str) -> str:
    """A key as a sentence names it, with what stands in the file behind: Daftar pelaksana (“lanes”)."""
    words = KEYS.get(key)
    return f"{gettext(words)} (“{key}”)" if words else f"“{key}”"


def choice_in_words(word: str) -> str:
    """A word one may choose, with what it means where the word itself does not say it."""
    means = KINDS[word].label if word in KINDS else CHOICES.get(word)
    return f"“{word}” ({gettext(means)})" if means and means != word else f"“{word}”"


def file_parts() -> list[tuple[str, list[tuple[str, str]]]]:
    """The parts of a file for the help page: heading, and its keys with their words."""
    parts = (
        (_("Bagian atas"), TOP),
        (_("Identitas"), IDENTITY),
        (_("Setiap pelaksana"), LANE),
        (_("Setiap langkah"), STEP),
    )
    return [(gettext(title), [(key, gettext(words)) for key, words in rows.items()]) for title, rows in parts]
