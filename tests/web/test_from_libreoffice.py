"""Workbooks that LibreOffice itself saved, uploaded: `from-libreoffice/` holds them as it wrote them.

Each went out of this product, was opened in LibreOffice 7.4 set to Indonesian, filled in cell by cell, and saved in
each of its formats. What depends on the database stands there in as many letters as here and is only put in its place.
"""

from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from runut.collection.models import Figure, Line, OutsideEntry
from runut.lib.nip import FEMALE, synthetic_nip
from runut.organisation.models import Jabatan, Pegawai
from runut.planning.models import Indicator, IndicatorVersion, Target
from tests.collection import builders
from tests.harness.scenes import scene
from tests.planning.test_dictionary import aim, define
from tests.sop.play import install

pytestmark = pytest.mark.django_db
FILES = Path(__file__).with_name("from-libreoffice")
ALL = ("xlsx", "ods", "xls", "csv")
SOMEBODY, FIRST, SECOND = "NIP-SESEORANG-0001", "NIP-PERTAMA-000001", "NIP-KEDUA-00000002"
NIPS = [synthetic_nip(date(1991, 4, 17), (2016, 4), FEMALE, no) for no in (951, 952)]


def saved(name, **swaps):
    """The file of this name; `swaps` are (as it stands there, as it is here), of the same length."""
    content = (FILES / name).read_bytes()
    for there, here in swaps.values():
        assert len(there) == len(here)
    if not content.startswith(b"PK"):
        return SimpleUploadedFile(name, swapped(content, swaps))
    buffer = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, swapped(old.read(part), swaps))
    return SimpleUploadedFile(name, buffer.getvalue())


def swapped(content, swaps):
    for there, here in swaps.values():
        content = content.replace(there.encode(), here.encode())
    return content


def keys_of(sheet):
    """The keys of a form's lines, as wide as those in the files."""
    lines = sheet.lines.order_by("figure__no", "pk").values_list("pk", flat=True)
    return {f"key{no}": (f"b{no:017d}-", f"b{pk:017d}-") for no, pk in enumerate(lines, 1)}


def fates(page):
    return {each.no: (each.state, each.words) for each in page.context["staged"].rows.order_by("no")}


def bring_in(client, page):
    return client.post(page.redirect_chain[-1][0], follow=True)


@scene
def form(office, frozen_time):
    return builders.answered_form(office)


@pytest.fixture
def send(office, form, client_for):
    """Upload a form that came back; what would change."""
    client = client_for(office.asn[0])

    def post(name):
        page = client.post(f"/isian/{form.pk}/impor/", {"file": saved(name, **keys_of(form))})
        found = page.context["found"]
        return [(one.typed, one.note) for one in found.changed], found.same, found.rejected

    return post


@pytest.mark.parametrize("ending", ALL)
def test_a_form_that_was_opened_and_saved_changes_nothing(send, ending):
    assert send(f"formulir-tetap.{ending}") == ([], 3, ())


@pytest.mark.parametrize("ending", ALL)
def test_numbers_and_a_note_that_looks_like_a_date_come_back_as_typed(send, ending):
    changed, same, rejected = send(f"formulir.{ending}")

    # A CSV has the number as LibreOffice shows it, without dots.
    assert [(typed.replace(".", ""), note) for typed, note in changed] == [
        ("84,75", "Baris satu\nbaris dua"), ("1250,5", "31-03-2026"),
    ]  # fmt: skip
    assert (same, rejected) == (1, ())


@pytest.mark.parametrize("ending", ["xlsx", "ods", "csv"])
def test_a_number_typed_with_its_sign_of_per_cent_is_not_a_hundredth_of_it(send, ending):
    changed, same, rejected = send(f"formulir-persen.{ending}")

    assert ([typed for typed, _note in changed], same, rejected) == (["97,5%"], 2, ())


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_what_was_locked_and_what_is_accepted_is_still_so_in_the_file(ending):
    with ZipFile(FILES / f"formulir.{ending}") as archive:
        part = "content.xml" if ending == "ods" else "xl/worksheets/sheet1.xml"
        sheet = archive.read(part).decode()

    signs = {
        "ods": ('table:protected="true"', "cell-content-is-decimal-number()", 'table:visibility="collapse"'),
        "xlsx": ('<sheetProtection sheet="true"', 'type="decimal"', 'hidden="true"'),
    }[ending]
    assert all(sign in sheet for sign in signs) and "misalnya 94,5, tanpa tanda %" in sheet


@pytest.mark.parametrize("ending", ["ods", "xls"])
def test_a_period_comes_back_with_one_line_filled_in(office, form, client_for, ending):
    client = client_for(office.asn[0])
    file = saved(f"triwulan.{ending}", **keys_of(form))

    page = client.post(f"/periode/{form.period_id}/impor/", {"file": file}, follow=True)
    bring_in(client, page)

    assert "1 berubah, 2 tetap, 0 ditolak" in page.text
    assert sorted(Line.objects.exclude(amount=None).values_list("amount", flat=True)) == [7, Decimal("1234.5")]


@pytest.mark.parametrize("ending", ALL)
def test_people_keep_their_zeros_and_a_nip_that_lost_its_digits_is_refused(office, client_for, ending):
    for code in ("kasipel", "007"):
        Jabatan.objects.create(
            instansi=office.instansi, office=office.office, code=code, name=f"Pengelola {code}", kind="pelaksana",
        )  # fmt: skip
    client = client_for(office.admin)
    file = saved(f"pegawai.{ending}", first=(FIRST, NIPS[0]), second=(SECOND, NIPS[1]))

    page = client.post(f"/atur/impor/{office.office.pk}/pegawai/", {"file": file}, follow=True)
    bring_in(client, page)

    found = fates(page)
    assert [found[no][0] for no in (2, 3, 4)] == ["new", "new", "rejected"], found
    assert "Jadikan format kolomnya Teks, lalu ketik ulang" in found[4][1]
    first, second = (Pegawai.objects.get(nip=nip) for nip in NIPS)
    assert first.whatsapp.endswith("81200000001") and first.full_name == "Contoh Pegawai, S.E."
    post = second.assignments.get()
    assert (post.jabatan.code, post.start, post.decree_number) == ("007", date(2026, 1, 2), "1/2/2026")


@pytest.mark.parametrize("ending", ALL)
def test_the_dictionary_comes_back_with_a_row_less_and_a_row_more(office, client_for, ending):
    for code in ("IKU-1", "IKU-2"):
        define(office, code)
    client = client_for(office.admin)
    file = saved(f"indikator.{ending}")

    page = client.post(f"/atur/impor/{office.office.pk}/indikator/", {"file": file}, follow=True)
    bring_in(client, page)

    assert {no: state for no, (state, _words) in fates(page).items()} == {2: "changed", 3: "new"}, fates(page)
    revised = IndicatorVersion.objects.filter(indicator__code="IKU-1").latest("start")
    assert (revised.start, revised.source, revised.baseline) == (date(2026, 7, 1), "Aplikasi", "84,5")
    made = Indicator.objects.get(code="007").versions.get()
    assert (made.multiplier, made.denominator, made.aggregation) == (100, "Semua", "cumulative")
    assert Indicator.objects.filter(code="IKU-2").exists()


@pytest.mark.parametrize("ending", ["xlsx", "ods", "csv"])
def test_targets_come_back_with_a_sign_of_per_cent(office, client_for, ending):
    aim(office, define(office), {0: "85", 1: "80", 2: None, 3: "84", 4: "85"})
    client = client_for(office.admin)

    page = client.post(f"/atur/impor/{office.office.pk}/target/", {"file": saved(f"target.{ending}")}, follow=True)
    bring_in(client, page)

    latest = {row.quarter: row for row in Target.objects.order_by("no")}
    assert (latest[3].amount, latest[4].amount) == (Decimal("84.5"), Decimal("87.5"))
    assert latest[4].basis == "PK Perubahan 2026"


@pytest.mark.parametrize("ending", ALL)
def test_a_record_of_months_comes_back_with_its_words_as_words(office, form, client_for, ending):
    IndicatorVersion.objects.filter(name=builders.NAMES[2]).update(aggregation="cumulative")
    person, client = office.asn[0], client_for(office.camat)
    file = saved(f"ekinerja.{ending}", nip=(SOMEBODY, person.nip))

    page = client.post(f"/periode/{form.period_id}/impor-ekinerja/", {"file": file}, follow=True)

    states = [state for state, _words in fates(page).values()]
    assert states == ["changed", "new", "joined", "joined"], fates(page)
    bring_in(client, page)
    joined = OutsideEntry.objects.get(line__figure__indicator__name=builders.NAMES[2])
    assert (joined.amount, joined.reference) == (Decimal("31.5"), "02, 03, 04")


@pytest.mark.parametrize("ending", ALL)
def test_old_figures_come_back_with_their_dates_and_numbers(
    office, frozen_time, client_for, ending, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    install(office, "pengumpulan-unit")
    define(office)
    IndicatorVersion.objects.update(start=date(2024, 1, 1))
    client = client_for(office.staf)

    page = client.post(f"/periode/lama/{office.office.pk}/impor/", {"file": saved(f"lama.{ending}")}, follow=True)
    bring_in(client, page)

    found = {figure.period.quarter: figure.values.get() for figure in Figure.objects.select_related("period")}
    assert {no: value.amount for no, value in found.items()} == {4: Decimal("84.75"), 0: Decimal("84.2")}
    assert [found[no].past_report.signed_on for no in (4, 0)] == [date(2025, 1, 14), date(2025, 1, 20)]
