"""Addresses of sign-in, one's own account, and the office's settings."""

from django.urls import path

from runut.organisation.views import account, calendar, people, positions, sign_in, units

app_name = "organisation"

urlpatterns = [
    path("masuk/", sign_in.sign_in, name="sign_in"),
    path("keluar/", sign_in.sign_out, name="sign_out"),
    path("lupa-sandi/", sign_in.forgot_password, name="forgot_password"),
    path("aktivasi/", sign_in.activation, name="activation"),
    path("saya/", account.me, name="me"),
    path("saya/whatsapp/", account.change_number, name="change_number"),
    path("saya/sandi/", account.change_password, name="change_password"),
    path("atur/pegawai/", people.people, name="people"),
    path("atur/pegawai/baru/", people.add_person, name="add_person"),
    path("atur/pegawai/kode/", people.issue_codes, name="issue_codes"),
    path("atur/pegawai/<int:pegawai_id>/", people.person, name="person"),
    path("atur/pegawai/<int:pegawai_id>/ubah/", people.edit_person, name="edit_person"),
    path("atur/pegawai/<int:pegawai_id>/jabatan/", people.assign, name="assign"),
    path("atur/pegawai/<int:pegawai_id>/atasan/", people.set_superior, name="set_superior"),
    path("atur/pegawai/<int:pegawai_id>/cuti/", people.add_leave, name="add_leave"),
    path("atur/cuti/<int:leave_id>/hapus/", people.remove_leave, name="remove_leave"),
    path("atur/pegawai/<int:pegawai_id>/kode/", people.reset_password, name="reset_password"),
    path("atur/penugasan/<int:assignment_id>/tutup/", people.close_assignment, name="close_assignment"),
    path("atur/unit/", units.units, name="units"),
    path("atur/unit/baru/<int:office_id>/", units.add_unit, name="add_unit"),
    path("atur/unit/<int:unit_id>/", units.edit_unit, name="edit_unit"),
    path("atur/unit/<int:unit_id>/tutup/", units.close_unit, name="close_unit"),
    path("atur/unit/<int:unit_id>/buka/", units.reopen_unit, name="reopen_unit"),
    path("atur/jabatan/", positions.positions, name="positions"),
    path("atur/jabatan/baru/<int:office_id>/", positions.add_position, name="add_position"),
    path("atur/jabatan/<int:jabatan_id>/", positions.edit_position, name="edit_position"),
    path("atur/jabatan/<int:jabatan_id>/pemangku/", positions.fill_position, name="fill_position"),
    path("atur/jabatan/<int:jabatan_id>/tutup/", positions.close_position, name="close_position"),
    path("atur/jabatan/<int:jabatan_id>/buka/", positions.reopen_position, name="reopen_position"),
    path("atur/kalender/", calendar.calendar, name="calendar"),
    path("atur/kalender/libur/", calendar.add_holiday, name="add_holiday"),
    path("atur/kalender/libur/isi/", calendar.fill_holidays, name="fill_holidays"),
    path("atur/kalender/libur/<int:holiday_id>/hapus/", calendar.remove_holiday, name="remove_holiday"),
    path("atur/kalender/ramadan/", calendar.add_season, name="add_season"),
    path("atur/kalender/ramadan/<int:season_id>/hapus/", calendar.remove_season, name="remove_season"),
]
