"""Ordering, planning, examining, meeting, passing on, through the pages."""

from runut.organisation.queries import active_pegawai


def instruct(officer, world, task, *, number="", text="Agar dilaksanakan sesuai SOP.", team=None):
    """Write the order. team: Pegawai -> role; by default two people, the first as head of the team."""
    officer.field("Nomor surat").fill(number or f"800/{task.pk}/{world.office.number_code}/{world.today.year}")
    officer.field("Isi perintah").fill(text)
    if officer.main.locator("details#tim:not([open])").count():
        officer.unfold("Bentuk tim (bila perlu)")
    for pegawai, role in (_usual_team(officer, world) if team is None else team).items():
        seat = officer.main.get_by_label(pegawai.full_name, exact=True)
        if not seat.is_visible():
            officer.unfold("Pegawai lainnya")
        seat.select_option(role)
    officer.act().told("Perintah sudah dikirim.")


def _usual_team(officer, world):
    others = [p for p in active_pegawai(world.office, world.today)[:4] if p.pk != officer.pegawai.pk]
    return dict(zip(others, ("Ketua", "Anggota"), strict=False))


def plan(officer, world, task, *, evidence="Rekap data sumber yang ditandatangani.", cause="", repairer=None):
    """The person and the day that the page offers stay, unless a repairer is named."""
    for box in officer.main.get_by_label("Bukti yang diperlukan untuk").all():
        box.fill(evidence)
    for box in officer.main.get_by_label("Dugaan penyebab").all() if cause else []:
        box.fill(cause)
    for choice in officer.main.get_by_label("Yang memperbaiki").all() if repairer else []:
        choice.select_option(label=repairer)
    officer.act().told("Rencana perbaikan sudah ditetapkan.")


def analyse(officer, world, task, *, text="Sesuai dengan bukti yang dilampirkan.", wrong=None, outcome="complete"):
    """A remark on every figure that stands open. wrong: words of an indicator -> what is wrong with it."""
    for box in officer.main.get_by_role("textbox", name="Analisis ").all():
        box.fill(text)
    for name, what in (wrong or {}).items():
        row = officer.main.locator("details.examined").filter(has_text=name)
        if row.get_attribute("open") is None:
            row.locator("summary").click()
        row.get_by_role("checkbox").check()
        row.get_by_label("Apa yang keliru pada").fill(what)
    why = officer.main.get_by_label("Alasan menyusunnya sekarang")
    if outcome == "complete" and why.count():
        why.fill("Diminta bupati sebelum akhir tahun.")
    officer.act(outcome).told("Analisis selesai.")


def meet(officer, world, task, *, decisions=None, other=None, outcome="complete", reason="", minutes=""):
    """Record a meeting. decisions: indicator name -> label of the decision; the usual one is the new figure.

    other: indicator name -> the figure decided instead.
    """
    for group in officer.main.get_by_role("group", name="Putusan").all():
        group.get_by_label("Pakai angka baru").check()
    for name, label in (decisions or {}).items():
        section = panel(officer, name)
        section.get_by_label(label, exact=True).check()
        if name in (other or {}):
            section.get_by_label("Angka lain").last.fill(other[name])
    for box in officer.main.get_by_label("Dasar putusan").all():
        box.fill("Bukti diperiksa bersama.")
    officer.field("Tempat").fill("Ruang rapat")
    officer.main.get_by_label("Semua yang diundang hadir").check()
    officer.field("Notula").fill(minutes or "Setiap angka dibahas satu per satu beserta buktinya.")
    officer.act(outcome, reason=reason).told("Hasil rapat sudah dicatat.")


def panel(officer, name):
    """The part of the page under a heading of this name."""
    return officer.main.locator("section", has=officer.page.get_by_role("heading", name=name))


def coordinate(officer, world, task, *, to=None, note="Mohon ditindaklanjuti hari ini.", answer="Siap, dikerjakan."):
    if to is None:
        to = next(p for p in active_pegawai(world.office, world.today) if p.pk != officer.pegawai.pk)
    officer.field(to.full_name).check()
    officer.field("Yang disampaikan").fill(note)
    officer.field("Tanggapan atau tanda terima").fill(answer)
    officer.act().told(f"Tercatat: {task.text}")


def do(officer, world, task, *, note="Sudah dikerjakan."):
    officer.field("Yang sudah dikerjakan").fill(note)
    officer.act().told(f"Tercatat: {task.text}")
