"""Everything done with a document, through the pages."""

import re

from playwright.sync_api import expect

from runut.documents.rules.report import CHAPTERS
from tests.scenarios.stage import PASSWORD


def compile(officer, world, task, *, missing="Menyusul pada periode berikutnya.", suffices=True, note=""):
    """Gather; in a correction each repaired figure is judged (cause gone, can be followed up)."""
    why = officer.main.get_by_label("Mengapa dilanjutkan tanpa data itu?")
    if why.count():
        why.fill(missing)
    judge(officer, suffices=suffices, note=note)
    done(officer.act(), task)


def judge(officer, *, suffices=True, note=""):
    for group in officer.main.get_by_role("group", name="Penyebab kesalahan sudah hilang?").all():
        group.get_by_label("Ya" if suffices else "Tidak", exact=True).check()
    for group in officer.main.get_by_role("group", name="Dapat ditindaklanjuti?").all():
        group.get_by_label("Ya", exact=True).check()
    for box in officer.main.get_by_label("Catatan (boleh kosong)", exact=True).all() if note else []:
        box.fill(note)


def draft(officer, world, task, *, texts=None):
    """Write the chapters. texts: chapter title -> text."""
    for chapter in CHAPTERS:
        words = (texts or {}).get(str(chapter.title), f"Uraian {str(chapter.title).lower()} kecamatan tahun ini.")
        officer.field(str(chapter.title)).fill(words)
    done(officer.act(), task)


def approve(officer, world, task, *, remark=""):
    if remark:
        officer.field("Catatan penilai").fill(remark)
    done(officer.act(), task)


def initial(officer, world, task):
    officer.sees("Paraf Anda berlaku untuk isi dokumen persis seperti di atas.")
    done(officer.act(), task)


def report(officer, world, task, *, to=None, text="Data sudah dihimpun dan siap diperiksa."):
    if to is not None:
        officer.main.get_by_role("group", name="Dilaporkan kepada").get_by_label(to.full_name).check()
    officer.field("Ringkasan untuk penerima").fill(text)
    done(officer.act(), task)


def register(officer, world, task, *, subject="", recipient="Bupati melalui Bagian Organisasi"):
    """The number that the page offers stays as it is, and one that was given before is kept."""
    if officer.main.get_by_label("Pakai nomor yang sudah ada").count():
        return done(officer.act(), task)
    officer.field("Perihal").fill(subject or str(task.run.title))
    officer.field("Penerima").fill(recipient)
    done(officer.act(), task)


def sign(officer, world, task, *, password=PASSWORD):
    """Read, tick that it was read, type the password again."""
    renew = officer.main.get_by_role("button", name="Buat versi baru")
    if renew.count():
        renew.click()
        officer.at_task(task)
    officer.sees("bukan TTE tersertifikasi")
    officer.tick("Saya sudah membaca dokumen ini")
    officer.field("Kata sandi Anda").fill(password)
    officer.act()
    if password == PASSWORD:
        done(officer, task)


def publish(officer, world, task):
    officer.sees("Sebelum terbit", "Yang menjadi publik")
    for box in officer.main.get_by_role("checkbox").all():
        box.check()
    officer.act()
    officer.told("Terbit untuk publik")
    link = officer.page.get_by_role("link", name="Lihat halaman publiknya")
    expect(link).to_have_attribute("href", re.compile(r"^/publik/.*/v\d+/$"))


def reproduce(officer, world, task, *, copies=((2, "Bagian Organisasi"), (1, "Arsip"))):
    for no, (amount, whom) in enumerate(copies):
        officer.main.get_by_label("Untuk siapa").nth(no).fill(whom)
        officer.main.get_by_label("Jumlah").nth(no).fill(str(amount))
    done(officer.act(), task)


def dispatch(officer, world, task, *, recipient="Bagian Organisasi Setda"):
    officer.main.get_by_label("Penerima", exact=True).fill(recipient)
    officer.field("Tanggal kirim").fill(world.today.isoformat())
    done(officer.act(), task)


def archive(officer, world, task, *, place="Lemari arsip 2, boks 14"):
    officer.field("Tempat arsip fisik").fill(place)
    done(officer.act(), task)


def done(officer, task):
    """The confirmation names the step that was done."""
    officer.told(f"Tercatat: {task.text}")
