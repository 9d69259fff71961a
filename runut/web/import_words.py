"""What the pages say that take a table whose columns are known by several headings."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Words:
    """A page's name, and how it is done, step by step."""

    title: str | Promise
    steps: tuple[str | Promise, ...]


OF_PAST = Words(
    _("Impor angka periode lama"),
    (
        _(
            "Satu baris untuk satu indikator pada satu triwulan atau satu tahun, dengan dokumen bertanda tangan yang "
            "memuat angkanya."
        ),
        _(
            "Unggah di sini. Anda melihat dahulu baris yang baru dan yang ditolak, dengan alasannya. Belum ada yang "
            "tersimpan."
        ),
        _(
            "Setiap dokumen menjadi satu dokumen lama, dengan salinan barisnya. Angkanya menjadi versi pertama dan "
            "tidak disalin dua kali. Periode yang sudah dibuka di sini ditolak. Sesudahnya, lampirkan pindaian setiap "
            "dokumen."
        ),
    ),
)

OF_RECORDS = Words(
    _("Impor e-Kinerja"),
    (
        _(
            "Ekspor hasil kinerja dari e-Kinerja/SKP: satu baris untuk satu pegawai dan satu indikator. Yang wajib "
            "ada: NIP, indikator atau hasil kerja, dan realisasi."
        ),
        _(
            "Unggah di sini. Anda melihat dahulu baris yang terisi, yang berubah, dan yang ditolak, dengan alasannya. "
            "Belum ada yang tersimpan."
        ),
        _(
            "Yang kosong terisi, dengan nomor referensinya. Yang sudah diketik tidak diganti: kedua angka tampil di "
            "formulir dan pengisinya memilih. Formulir yang sudah diajukan tetap."
        ),
        _(
            "Baris bulanan satu indikator digabung menurut kamusnya: dijumlahkan, dirata-ratakan, atau dipakai bulan "
            "terakhir. Cara dan bulannya tampil sebelum disimpan."
        ),
    ),
)
