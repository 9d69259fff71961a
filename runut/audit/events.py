"""What the log's event codes are called for people. An act that was refused bears the name of its page."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

EVENTS = {
    "instansi.created": gettext_lazy("Pemerintah daerah didaftarkan"),
    "office.created": gettext_lazy("Kantor didaftarkan"),
    "office.updated": gettext_lazy("Data kantor diubah"),
    "office.dues_reckoned": gettext_lazy("Batas waktu dihitung ulang"),
    "unit.created": gettext_lazy("Unit ditambahkan"),
    "unit.updated": gettext_lazy("Unit diubah"),
    "unit.closed": gettext_lazy("Unit ditutup"),
    "unit.reopened": gettext_lazy("Unit dibuka kembali"),
    "jabatan.created": gettext_lazy("Jabatan ditambahkan"),
    "jabatan.updated": gettext_lazy("Jabatan diubah"),
    "pegawai.created": gettext_lazy("Pegawai didaftarkan"),
    "pegawai.updated": gettext_lazy("Data pegawai diubah"),
    "assignment.made": gettext_lazy("Jabatan ditetapkan"),
    "assignment.closed": gettext_lazy("Penugasan ditutup"),
    "superior.set": gettext_lazy("Atasan langsung ditetapkan"),
    "codes.issued": gettext_lazy("Kode aktivasi dibuat"),
    "password.reset": gettext_lazy("Kode baru diberikan"),
    "password.changed": gettext_lazy("Kata sandi diganti"),
    "password.wrong": gettext_lazy("Kata sandi keliru"),
    "user.activated": gettext_lazy("Akun diaktifkan"),
    "preferences.changed": gettext_lazy("Tampilan diubah"),
    "calendar.updated": gettext_lazy("Jam kerja diubah"),
    "holiday.added": gettext_lazy("Hari libur dicatat"),
    "holiday.removed": gettext_lazy("Hari libur dihapus"),
    "holidays.filled": gettext_lazy("Hari libur diusulkan"),
    "season.added": gettext_lazy("Masa Ramadan dicatat"),
    "season.removed": gettext_lazy("Masa Ramadan dihapus"),
    "sop.imported": gettext_lazy("SOP dimasukkan"),
    "sop.lane_bound": gettext_lazy("Pelaksana SOP ditetapkan"),
    "sop.put_in_force": gettext_lazy("SOP diberlakukan"),
    "run.started": gettext_lazy("SOP mulai dijalankan"),
    "run.held": gettext_lazy("SOP dijeda"),
    "run.resumed": gettext_lazy("SOP dilanjutkan"),
    "run.cancelled": gettext_lazy("SOP dibatalkan"),
    "run.finished": gettext_lazy("SOP selesai"),
    "run.member_joined": gettext_lazy("Peserta ditambahkan"),
    "run.member_dropped": gettext_lazy("Peserta dikeluarkan"),
    "task.completed": gettext_lazy("Langkah diselesaikan"),
    "task.returned": gettext_lazy("Langkah dikembalikan"),
    "task.handed_over": gettext_lazy("Tugas dialihkan"),
    "period.prepared": gettext_lazy("Form periode disiapkan"),
    "sheet.added": gettext_lazy("Form ditambahkan"),
    "sheet.submitted": gettext_lazy("Data diajukan"),
    "sheet.returned": gettext_lazy("Data dikembalikan"),
    "sheet.validated": gettext_lazy("Data divalidasi"),
    "sheets.distributed": gettext_lazy("Form dikirim"),
    "sheets.moved": gettext_lazy("Status form berubah"),
    "sheets.opened_for_correction": gettext_lazy("Form dibuka untuk perbaikan"),
    "value.appended": gettext_lazy("Angka baru dicatat"),
    "values.validated": gettext_lazy("Angka divalidasi"),
    "values.signed": gettext_lazy("Angka ditandatangani"),
    "values.published": gettext_lazy("Angka diterbitkan"),
    "values.revoked": gettext_lazy("Tanda tangan atas angka dibatalkan"),
    "document.made": gettext_lazy("Dokumen dibuat"),
    "document.approved": gettext_lazy("Dokumen disetujui"),
    "document.initialled": gettext_lazy("Dokumen diparaf"),
    "document.registered": gettext_lazy("Dokumen diagendakan"),
    "document.signed": gettext_lazy("Dokumen ditandatangani"),
    "document.reproduced": gettext_lazy("Dokumen digandakan"),
    "document.dispatched": gettext_lazy("Dokumen dikirim"),
    "document.received": gettext_lazy("Dokumen diterima"),
    "document.archived": gettext_lazy("Dokumen diarsipkan"),
    "document.initialled_again": gettext_lazy("Dokumen diparaf ulang"),
    "document.unsigned": gettext_lazy("Tanda tangan dibatalkan"),
    "error.reported": gettext_lazy("Kesalahan dilaporkan"),
    "error.accepted": gettext_lazy("Laporan kesalahan diterima"),
    "error.declined": gettext_lazy("Laporan kesalahan tidak diterima"),
    "correction.opened": gettext_lazy("Perbaikan dibuka"),
    "correction.items_added": gettext_lazy("Angka ditambahkan ke perbaikan"),
    "correction.items_removed": gettext_lazy("Angka dikeluarkan dari perbaikan"),
    "correction.stage_set": gettext_lazy("Tahap kesalahan ditetapkan"),
    "correction.planned": gettext_lazy("Perbaikan direncanakan"),
    "correction.decided": gettext_lazy("Perbaikan diputuskan"),
    "correction.closed": gettext_lazy("Perbaikan ditutup"),
    "data.analysed": gettext_lazy("Data dianalisis"),
    "order.given": gettext_lazy("Perintah diberikan"),
    "meeting.held": gettext_lazy("Rapat dicatat"),
    "release.published": gettext_lazy("Data diterbitkan"),
    "release.withdrawn": gettext_lazy("Terbitan ditarik"),
}


def event_in_words(code: str, *, refused: bool = False) -> str:
    """The act in words; an unknown code stands as it is, so that nothing is hidden.

    An act that was refused bears the name of its page, which says nothing to people: the entry's reason does.
    """
    if refused:
        return _("Ditolak: %(act)s") % {"act": EVENTS[code]} if code in EVENTS else _("Tindakan yang ditolak")
    return str(EVENTS.get(code, code))
