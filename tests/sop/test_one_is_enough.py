"""A step of several of whom one is enough: all see that, and who did it in the end."""

from runut.sop import actions
from runut.sop.models import Task
from tests.sop.play import act, do, install


def test_whoever_need_not_do_it_any_more_finds_it_among_what_is_done(office, frozen_time, client_for):
    sop = install(office, "ngoro")
    pptk = office.kasi[0]
    run = actions.start_run(sop=sop, by=office.actor(office.camat), title="Perbaikan", scope={"stakeholder": [pptk.pk]})
    do(office, run, "perintah", office.camat)
    do(office, run, "rencana", office.kasubag)
    do(office, run, "perbaiki", pptk, member=f"p{pptk.pk}")
    slots = Task.objects.filter(run=run, step="himpun", state="open")
    own = slots.get(jabatan=office.jabatan["kasubag"])
    kasubag = client_for(office.kasubag)
    card, before = kasubag.get("/tugas/").text, kasubag.get(f"/tugas/{own.pk}/", follow=True).text

    act(slots.get(jabatan=office.jabatan["sekretaris"]), office.actor(office.sekretaris))

    assert "<span>salah satu cukup</span>" in card and "data-one-does>Salah satu cukup: " in before
    assert "data-one-does" not in kasubag.get(f"/tugas/{own.pk}/", follow=True).text
    listed = kasubag.get("/tugas/selesai/").text
    assert f"oleh {office.sekretaris.full_name}; salah satu cukup" in listed
    assert "salah satu cukup" not in client_for(office.sekretaris).get("/tugas/selesai/").text
