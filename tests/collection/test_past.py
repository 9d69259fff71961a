"""Signed reports of periods that never ran here: typed in once with their scan, a first version like any other."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, connection, transaction
from django.test.utils import CaptureQueriesContext

from runut.audit.models import Entry
from runut.collection import actions
from runut.collection.models import Figure, Mark, MarkKind, PastReport, Period, Value
from runut.collection.queries import known_on, past_values
from runut.lib.errors import Denied, Refused
from runut.organisation.models import Assignment
from runut.planning.models import IndicatorVersion
from tests.cast import build_office
from tests.collection import builders
from tests.harness.scenes import scene
from tests.sop.play import install

PAGE = "/periode/lama/?tahun=2025&triwulan=4&milik=unit"
SOURCE = {"number": "065/12/416/2026", "signed_on": "12 Januari 2026", "signer": "Camat Contoh"}


def paper(name="laporan.pdf", content=b"%PDF-1.4 laporan bertanda tangan"):
    return SimpleUploadedFile(name, content)


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@scene
def promised(office, frozen_time):
    """A collection procedure in force, and two units whose indicators are older than their first period here."""
    install(office, "pengumpulan-unit")
    builders.give_indicators(office, units=office.units[2:4])
    IndicatorVersion.objects.update(start=date(2024, 1, 1))
    return office.units[2:4]


def versions(unit):
    return list(IndicatorVersion.objects.filter(indicator__unit=unit).order_by("indicator__code"))


def rows(*texts, targets=()):
    """The inputs of the page for the indicators in its order: of the first unit, then of the second."""
    keys = [
        f"{version.pk}" for version in IndicatorVersion.objects.order_by("indicator__unit__code", "indicator__code")
    ]
    return {f"v-{key}": text for key, text in zip(keys, texts, strict=False)} | {
        f"t-{key}": text for key, text in zip(keys, targets, strict=False)
    }


def entered(office, units, *texts, year=2025, quarter=4, by=None, **source):
    """The paper of a quarter typed in by the Staf, for the units' indicators in order."""
    typed = zip([version for unit in units for version in versions(unit)], texts, strict=False)
    return actions.enter_past_report(
        office=office.office, by=office.actor(by or office.staf), year=year, quarter=quarter, basis="unit",
        rows={version.pk: actions.PastInput(typed=text) for version, text in typed},
        source=actions.PaperSource(
            **{"number": "065/12", "signed_on": date(2026, 1, 12), "signer": "Camat Contoh", **source}
        ),
        upload=paper(),
    )  # fmt: skip


def test_the_staf_types_in_a_signed_report_of_last_year(office, promised, client_for):
    client = client_for(office.staf)
    assert 'href="/periode/lama/"' in client.get("/periode/").text

    page = client.get(PAGE).text
    answer = client.post(
        PAGE, SOURCE | {"file": paper()} | rows("84,75", "1.234", "nihil", targets=["80"]), follow=True
    )

    assert "Nilai kepuasan masyarakat (IKM)" in page and promised[0].name in page
    assert answer.status_code == 200
    report = PastReport.objects.get()
    assert (report.period.year, report.period.quarter, report.period.run) == (2025, 4, None)
    assert (report.number, report.signed_on, report.signer) == ("065/12/416/2026", date(2026, 1, 12), "Camat Contoh")
    values = list(Value.objects.order_by("figure__unit__code", "figure__no"))
    assert [(v.no, v.amount, v.measure, v.past_report) for v in values] == [
        (1, Decimal("84.75"), "measured", report), (1, Decimal(1234), "measured", report), (1, None, "nil", report),
    ]  # fmt: skip
    assert values[0].target == Decimal(80)
    assert "065/12/416/2026" in answer.text and "84,75" in answer.text


def test_the_source_stands_in_the_history_the_period_and_the_log(office, promised, client_for):
    report = entered(office, promised, "84,75", "90")
    figure, client = Figure.objects.order_by("pk").first(), client_for(office.kasi[0])

    history, period = client.get(f"/angka/{figure.pk}/").text, client.get("/periode/2025/4/").text
    scan = client.get(f"/dokumen-lama/{report.pk}/berkas/")

    for page in (history, period):
        assert "dari dokumen lama" in page.lower() and "065/12" in page and "Camat Contoh" in page
    assert b"".join(scan.streaming_content) == b"%PDF-1.4 laporan bertanda tangan"
    assert Mark.objects.get(value__figure=figure).kind == MarkKind.PAST
    entry = Entry.objects.get(event="past_report.entered")
    assert (entry.actor_id, entry.stream) == (office.staf.pk, f"office:{office.office.pk}")
    assert entry.payload["after"]["sha256"] == report.sha256
    assert len(entry.payload["after"]["values"]) == 2
    assert "Dokumen lama" in client.get("/periode/").text


def test_the_next_period_sees_it_as_the_one_before(office, promised, client_for):
    entered(office, promised, "84,75", "90")
    run = builders.start_again(office, "pengumpulan-unit")
    builders.prepare(office, run, promised, everybody=office.units, quarter=1)

    sheet = builders.sheet_of(run, promised[0])
    figures = [line.figure for line in sheet.lines.order_by("figure__no")]
    past = past_values(figures, sheet.period, 8)

    assert past[figures[0].pk][1].amount == Decimal("84.75")
    assert "84,75" in client_for(office.staf).get(sheet.get_absolute_url()).text


def test_what_was_known_as_signed_includes_it(office, promised, frozen_time):
    entered(office, promised, "84,75")
    figure = Figure.objects.get()
    now = Value.objects.get().at

    assert known_on([figure], now, "signed")[figure.pk].amount == Decimal("84.75")
    assert known_on([figure], now, "published") == {}


def test_a_second_paper_brings_what_the_first_did_not_have(office, promised, client_for):
    entered(office, promised[:1], "84,75", "90")

    page = client_for(office.staf).get(PAGE).text
    second = entered(office, promised[1:], "70", "71", number="065/13")

    assert Period.objects.count() == 1 and second.period.figures.count() == 4
    assert page.count("sudah ada") >= 2
    with pytest.raises(Refused, match="sudah ada angkanya"):
        entered(office, promised[:1], "1")
    assert Value.objects.count() == 4


def test_a_period_that_was_collected_here_is_not_typed_in(office, promised, client_for, frozen_time):
    run = builders.start_again(office, "pengumpulan-unit")
    builders.prepare(office, run, promised, everybody=office.units, year=2025, quarter=4)

    answer = client_for(office.staf).get(PAGE)

    assert "sudah dibuka" in answer.text and "/periode/2025/4/" in answer.text
    with pytest.raises(Refused, match="sudah dibuka"):
        entered(office, promised, "84,75")


def test_a_period_with_a_past_report_is_not_opened_again(office, promised):
    entered(office, promised, "84,75")
    run = builders.start_again(office, "pengumpulan-unit")

    with pytest.raises(Refused, match="dokumen lama"):
        builders.prepare(office, run, promised, everybody=office.units, year=2025, quarter=4)


@pytest.mark.parametrize(
    ("year", "quarter", "source", "sentence"),
    [
        (2026, 1, {}, "belum berakhir"),
        (2026, 0, {}, "belum berakhir"),
        (2025, 4, {"signed_on": date(2027, 1, 1)}, "belum tiba"),
        (2025, 4, {"signed_on": date(2025, 9, 30)}, "sebelum periodenya dimulai"),
        (2025, 4, {"signer": " "}, "penanda tangan"),
    ],
)
def test_what_cannot_be_a_paper_of_the_period_is_refused(office, promised, year, quarter, source, sentence):
    with pytest.raises(Refused, match=sentence):
        entered(office, promised, "84,75", year=year, quarter=quarter, **source)

    assert Period.objects.count() == 0


def test_a_number_that_cannot_be_read_is_refused_at_its_cell_and_nothing_is_kept(office, promised, client_for):
    sent = SOURCE | {"file": paper()} | rows("84,75", "sembilan puluh")

    answer = client_for(office.staf).post(PAGE, sent)

    assert answer.status_code == 422
    assert 'value="sembilan puluh"' in answer.text and 'value="84,75"' in answer.text
    assert (Period.objects.count(), Value.objects.count()) == (0, 0)


def test_without_a_number_there_is_nothing_to_keep(office, promised, client_for):
    answer = client_for(office.staf).post(PAGE, SOURCE | {"file": paper()} | rows("", ""))

    assert answer.status_code == 422 and "Salin paling sedikit satu angka" in answer.text
    assert Period.objects.count() == 0


@pytest.mark.parametrize(("name", "content"), [("laporan.pdf", b"bukan pdf"), ("laporan.exe", b"MZ")])
def test_what_is_no_scan_is_refused_at_its_field(office, promised, client_for, name, content):
    answer = client_for(office.staf).post(PAGE, SOURCE | {"file": paper(name, content)} | rows("84,75"))

    assert answer.status_code == 422 and Period.objects.count() == 0


def test_who_sends_the_forms_out_and_the_head_enter_papers_nobody_else(office, promised, client_for):
    for who in (office.admin, office.kasi[0], office.asn[0]):
        with pytest.raises(Denied):
            entered(office, promised, "84,75", by=who)
        assert client_for(who).get(PAGE).status_code == 403

    assert entered(office, promised, "84,75", by=office.camat).by == office.camat


def test_indicators_are_those_in_force_when_the_period_ended(office, promised, client_for):
    IndicatorVersion.objects.filter(pk=versions(promised[0])[0].pk).update(start=date(2026, 1, 1))

    page = client_for(office.staf).get(PAGE).text

    assert page.count("Nilai kepuasan masyarakat (IKM)</th>") == 1


def test_a_report_of_a_person_stays_with_the_person_and_those_who_answer_for_it(office, promised, client_for):
    person, colleague = office.asn[0], office.asn[5]
    builders.give_indicators(office, people=[person])
    IndicatorVersion.objects.update(start=date(2024, 1, 1))
    version = IndicatorVersion.objects.filter(indicator__pegawai=person).first()
    report = actions.enter_past_report(
        office=office.office, by=office.actor(office.staf), year=2025, quarter=4, basis="pegawai",
        rows={version.pk: actions.PastInput(typed="77,3125")}, upload=paper(),
        source=actions.PaperSource(number="", signed_on=date(2026, 1, 12), signer="Kasi"),
    )  # fmt: skip
    figure = Figure.objects.get()

    seen = {who: client_for(who).get(f"/angka/{figure.pk}/").status_code for who in (person, office.camat, office.staf)}
    hidden = [
        client_for(colleague).get(page).status_code for page in (f"/angka/{figure.pk}/", f"/dokumen-lama/{report.pk}/")
    ]

    assert set(seen.values()) == {200}
    assert Entry.objects.get(event="past_report.entered").stream == f"period:{report.period_id}"
    assert hidden == [404, 404]
    assert "77,3125" in client_for(person).get("/periode/2025/4/").text
    assert "77,3125" not in client_for(colleague).get("/periode/2025/4/").text


def test_another_office_neither_sees_nor_enters_it(office, promised, client_for):
    report = entered(office, promised, "84,75")
    other = build_office()

    client = client_for(other.camat)

    assert client.get(f"/dokumen-lama/{report.pk}/").status_code == 404
    assert client.get(f"/dokumen-lama/{report.pk}/berkas/").status_code == 404
    with pytest.raises(Denied):
        entered(office, promised, "1", by=other.camat)


def test_what_stands_on_the_paper_is_never_changed_or_removed(office, promised):
    entered(office, promised, "84,75")

    for change in (lambda rows: rows.update(signer="Lain"), lambda rows: rows.delete()):
        with pytest.raises(Error), transaction.atomic():
            change(PastReport.objects.all())


def test_the_list_of_a_period_asks_as_often_for_many_figures_as_for_few(office, promised, client_for):
    entered(office, promised[:1], "84,75")
    client = client_for(office.camat)
    client.get("/periode/2025/4/")

    with CaptureQueriesContext(connection) as few:
        client.get("/periode/2025/4/")
    entered(office, promised[1:], "70", "71")
    with CaptureQueriesContext(connection) as many:
        client.get("/periode/2025/4/")

    assert len(many) == len(few)


def test_a_plt_enters_it_with_the_title_of_the_post(office, promised):
    held = Assignment.objects.get(pegawai=office.staf)

    report = entered(office, promised, "84,75")

    assert report.by_title == held.title
