"""What whoever judges, drafts and meets reads beside the figures."""

from runut.collection.actions import append_value
from runut.collection.models import Evidence, Line
from runut.correction.models import Analysis
from tests.correction import builders as cases
from tests.documents import builders
from tests.documents.test_pages import _answers, fields, text
from tests.sop.play import open_task


def test_whoever_judges_sees_what_evidence_was_asked_for_and_what_there_is(office, ngoro, client_for):
    line = Line.objects.get(sheet__run=ngoro.run, figure=ngoro.a1)
    actor = office.actor(ngoro.pptk[0])
    url = f"/tugas/{open_task(ngoro.run, 'himpun').pk}/himpun/"
    client = client_for(office.kasubag)

    page = text(client.get(url))

    assert page.count("Bukti yang diminta: Rekap SIAK") == 2
    assert page.count("Bukti yang diminta belum ada.") == 2
    value = line.figure.values.order_by("-no").first()
    file = Evidence.objects.create(
        instansi=office.instansi, line=line, name="rekap.pdf", sha256="a" * 64, size=9, uploaded_by=actor.pegawai,
        uploaded_at=value.at,
    )  # fmt: skip
    kept = [{"id": file.pk, "name": file.name, "sha256": file.sha256, "size": 9, "link": ""}]
    append_value(
        figure=line.figure, by=actor, amount=value.amount, cause=value.cause, reason=value.reason, evidence=kept,
        sheet=line.sheet,
    )  # fmt: skip
    page = text(client.get(url))
    assert ("rekap.pdf" in page, page.count("Bukti yang diminta belum ada.")) == (True, 1)


def test_a_figure_that_did_not_change_keeps_its_answers_when_another_goes_back(office, ngoro, client_for):
    client = client_for(office.kasubag)
    url = f"/tugas/{open_task(ngoro.run, 'himpun').pk}/himpun/"
    answers = _answers(ngoro, a1="penyebab belum jelas") | {f"note_{ngoro.b1.pk}": "Satuan sudah cocok."}
    sent = fields(client.get(url), "return", reason="belum memadai", **answers)
    assert client.post(url, sent).status_code == 302
    cases.repair(office, ngoro.run, ngoro.pptk[0], ngoro.pptk[0], "91,9")

    form = client.get(f"/tugas/{open_task(ngoro.run, 'himpun').pk}/himpun/").context["form"]

    said = {name: (form[f"{name}_{ngoro.a1.pk}"].value(), form[f"{name}_{ngoro.b1.pk}"].value())
            for name in ("cause", "follow", "note")}  # fmt: skip
    assert said == {"cause": (None, "ya"), "follow": (None, "ya"), "note": (None, "Satuan sudah cocok.")}


def test_the_meeting_reads_how_the_repair_was_judged(office, ngoro, client_for):
    client = client_for(office.kasubag)
    url = f"/tugas/{open_task(ngoro.run, 'himpun').pk}/himpun/"
    answers = _answers(ngoro) | {f"note_{ngoro.a1.pk}": "Rekap sudah dicocokkan."}
    assert client.post(url, fields(client.get(url), **answers)).status_code == 302
    builders.hand_up(office, ngoro.run, "lapor", office.kasubag, office.sekretaris)

    page = text(client_for(office.sekretaris).get(f"/tugas/{open_task(ngoro.run, 'rapat').pk}/", follow=True))

    assert "Catatan penilai: Rekap sudah dicocokkan." in page
    assert page.count("Penilaian kecukupan") == 2


def test_the_report_names_the_evidence_that_is_still_missing(office, ngoro, client_for):
    builders.compile_data(office, ngoro.run, office.kasubag, adequate=[ngoro.a1.pk, ngoro.b1.pk])

    page = text(client_for(office.kasubag).get(f"/tugas/{open_task(ngoro.run, 'lapor').pk}/lapor/"))

    assert page.count("Bukti yang diminta belum ada: Rekap SIAK") == 2
    assert page.count("Rekap menyusul.") == 2


def test_an_analysis_without_a_full_stop_does_not_run_into_its_follow_up(office, yearly, client_for):
    figure = yearly.run.period.figures.order_by("pk").first()
    Analysis.objects.filter(run=yearly.run, figure=figure).delete()
    Analysis.objects.create(
        instansi=office.instansi, run=yearly.run, figure=figure, text="Menunggu perekaman KTP", follow_up="Buka loket"
    )

    page = text(client_for(office.kasubag).get(f"/tugas/{open_task(yearly.run, 'draf').pk}/konsep/"))

    assert "Menunggu perekaman KTP. Tindak lanjut: Buka loket" in page


def test_what_was_written_of_the_data_is_taken_over_into_the_report(office, yearly, client_for):
    figure = yearly.run.period.figures.order_by("pk").first()
    Analysis.objects.filter(run=yearly.run, figure=figure).delete()
    Analysis.objects.create(
        instansi=office.instansi, run=yearly.run, figure=figure, text="Antrean terurai.", follow_up="Buka loket."
    )
    task, client = open_task(yearly.run, "draf"), client_for(office.kasubag)
    url = f"/tugas/{task.pk}/konsep/"
    words = f"{figure.indicator.name} ({figure.unit.name}): Antrean terurai. Tindak lanjut: Buka loket."
    page = client.get(url)
    assert words in text(page)

    taken = client.post(url, fields(page, save="take", chapter_3="Kinerja membaik."), follow=True)

    chapter = taken.context["form"]["chapter_3"].value()
    assert chapter.startswith("Kinerja membaik.\n\nAnalisis tahun ini:")
    assert words in chapter
    builders.draft(office, yearly.run)
    judged = client_for(office.sekretaris).get(f"/tugas/{open_task(yearly.run, 'koreksi').pk}/nilai/")
    assert words in text(judged)
    assert 'value="take"' not in text(judged)


def test_a_report_is_not_approved_while_a_note_on_a_chapter_asks_for_something(office, yearly, client_for):
    builders.draft(office, yearly.run)
    task, client = open_task(yearly.run, "koreksi"), client_for(office.sekretaris)
    url = f"/tugas/{task.pk}/nilai/"
    page = client.get(url)

    refused = client.post(url, fields(page, act="complete", chapter_3="Sebutkan penyebabnya."))
    task.refresh_from_db()
    still = task.state
    done = client.post(url, fields(page, act="complete", chapter_3=""))

    assert (refused.status_code, still, done.status_code) == (422, "open", 302)
    assert "Catatan untuk BAB III AKUNTABILITAS KINERJA: Kembalikan supaya diperbaiki" in text(refused)
    assert "Sebutkan penyebabnya." in text(refused)


def test_what_is_wrong_while_gathering_says_whose_figure_it_is(office, ngoro, client_for):
    client, url = client_for(office.kasubag), f"/tugas/{open_task(ngoro.run, 'himpun').pk}/himpun/"
    page = client.get(url)
    sent = {"key": page.context["page"].key, "act": "complete", "data_hash": page.context["paper"].data_hash}
    judged = {f"{name}_{figure.pk}": "tidak" for name in ("cause", "follow") for figure in (ngoro.a1, ngoro.b1)}

    unanswered, poor = client.post(url, sent).text, client.post(url, sent | judged).text

    for figure, person in zip((ngoro.a1, ngoro.b1), ngoro.pptk, strict=True):
        assert f"Jawab ya atau tidak untuk “{figure.indicator.name}, {person.full_name}”." in unanswered
        assert f"{figure.indicator.name}, {person.full_name}" in poor.split("Perbaikan ini belum memadai")[1]
    assert "Kembalikan kepada yang memperbaikinya." in poor


def test_a_figure_of_somebody_whose_name_ends_with_a_stop_gets_no_second_one(office, ngoro, client_for):
    for person in ngoro.pptk:
        person.title_back = "M.Si."
        person.save()
    client, url = client_for(office.kasubag), f"/tugas/{open_task(ngoro.run, 'himpun').pk}/himpun/"
    page = client.get(url)
    sent = {"key": page.context["page"].key, "act": "complete", "data_hash": page.context["paper"].data_hash}
    judged = {f"{name}_{figure.pk}": "tidak" for name in ("cause", "follow") for figure in (ngoro.a1, ngoro.b1)}

    poor = client.post(url, sent | judged).text

    assert "M.Si. Kembalikan kepada yang memperbaikinya." in poor
