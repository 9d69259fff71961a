"""The period's matrix: every form at each step, who has it, how late it is; on the page and as a file."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from runut.collection import actions, queries
from runut.collection.models import Delivery, Period
from tests.cast import build_office
from tests.collection import builders
from tests.collection.builders import fill_in, review, sheet_of, submit, type_in

PAGE = "/periode/2026/1/"


def matrix_of(office, who, chosen=""):
    period = Period.objects.select_related("office__calendar", "run__version").get()
    return queries.matrix(period, office.actor(who), chosen)


def row_of(office, who, member):
    key = builders.key_of(member)
    return next(row for row in matrix_of(office, who).rows if row.sheet.member == key)


def _told(office, client_for, person):
    """In one word how far a person's form is, on the page and in the file."""
    client = client_for(office.staf)
    row = next(row for row in client.get(PAGE).text.split("<tr") if f">{person.full_name}</a>" in row)
    table = table_of(client.get(f"{PAGE}matriks.csv"))
    word = next(cells for cells in table if cells[1] == person.full_name)[table[0].index("Keadaan")]
    assert re.search(rf"</svg>\s*{word}</span>", row)
    return word


def test_every_state_of_a_form_is_told_apart(office, people, client_for):
    told, person = [_told(office, client_for, people.a)], people.a
    client_for(person).get(people.sheet.get_absolute_url())
    told.append(_told(office, client_for, person))
    builders.type_in(office, people.sheet, person, "84,75", None)
    told.append(_told(office, client_for, person))
    fill_in(office, people.run, person, None, "90")
    told.append(_told(office, client_for, person))
    review(office, people.run, person, people.kasi, "return", {0: "Satuan keliru."})
    told.append(_told(office, client_for, person))
    fill_in(office, people.run, person, "85", None)
    review(office, people.run, person, people.kasi)
    told.append(_told(office, client_for, person))

    assert told == ["Terkirim", "Dibuka", "Sedang diisi", "Diajukan", "Dikembalikan", "Tervalidasi"]


def test_nil_and_typed_in_from_paper_stand_beside_the_name_and_in_the_file(
    office, people, client_for, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    client_for(people.b).post(f"/isian/{sheet_of(people.run, people.b).pk}/nihil/", {"reason": "Tidak ada berkas."})
    scan = SimpleUploadedFile("formulir.pdf", b"%PDF-1.4 tulisan tangan")
    actions.enter_from_paper(sheet=people.sheet, by=office.actor(office.staf), upload=scan)

    page = client_for(office.staf).get(PAGE).text
    table = table_of(client_for(office.staf).get(f"{PAGE}matriks.csv"))

    of_a, of_b = (next(row for row in table if row[1] == each.full_name) for each in (people.a, people.b))
    assert page.count(">nihil</span>") == 1
    assert f"diisikan oleh {office.staf.full_name} dari kertas" in page
    assert (of_a[table[0].index("Diisikan oleh")], of_a[table[0].index("Nihil")]) == (office.staf.full_name, "")
    assert (of_b[table[0].index("Diisikan oleh")], of_b[table[0].index("Nihil")]) == ("", "2")


@pytest.mark.requirement("R-KEMLAGI-1")
def test_each_form_shows_its_deadline_in_the_office_s_working_time_and_how_late_it_is(office, people, frozen_time):
    frozen_time.shift(timedelta(days=7))

    row = row_of(office, office.camat, people.a)

    assert row.deadline.at.date().isoformat() == "2026-02-06"
    assert (row.is_late, row.deadline.words) == (True, "lewat 2 hari kerja")
    assert row.who == people.a.full_name


def test_what_was_done_too_late_says_by_how_much(office, people, frozen_time):
    frozen_time.shift(timedelta(days=6))
    builders.type_in(office, people.sheet, people.a, "84,75", "90")
    builders.submit(office, people.run, people.a, late_reason="Dinas luar.")
    review(office, people.run, people.a, people.kasi)

    row = row_of(office, office.camat, people.a)

    assert (row.submitted.late, row.judged["validasi"].late) == ("lewat 1 hari kerja", "")
    assert (row.filled, row.lines, row.task) == (2, 2, None)


def test_a_returned_form_is_back_with_its_owner(office, people):
    fill_in(office, people.run, people.a)
    review(office, people.run, people.a, people.kasi, "return", {0: "Satuan keliru."})

    row = row_of(office, office.camat, people.a)

    assert (row.submitted, row.judged, row.returned is not None) == (None, {"validasi": None}, True)
    assert (row.who, row.task.work) == (people.a.full_name, "fill")


def test_a_form_is_opened_once_by_whoever_has_it_to_fill_in(office, units, client_for, frozen_time):
    """Also by a holder of the position who came after the forms were sent out."""
    Delivery.objects.filter(sheet=units.sheet).update(recipient=office.asn[0])
    client_for(office.camat).get(units.sheet.get_absolute_url())
    assert row_of(office, office.camat, units.unit).delivery.opened_at is None

    client_for(units.kasi).get(units.sheet.get_absolute_url())
    first = row_of(office, office.camat, units.unit).delivery.opened_at
    frozen_time.shift(timedelta(hours=1))
    client_for(units.kasi).get(units.sheet.get_absolute_url())

    assert first is not None
    assert row_of(office, office.camat, units.unit).delivery.opened_at == first


def test_the_list_is_narrowed_to_those_who_are_late_or_have_not_opened(office, people, client_for, frozen_time):
    fill_in(office, people.run, people.a)
    frozen_time.shift(timedelta(minutes=20))

    late, unopened = (matrix_of(office, office.camat, which) for which in ("terlambat", "belum-dibuka"))

    assert [row.sheet.member for row in late.rows] == [builders.key_of(people.a)]
    assert [row.sheet.member for row in unopened.rows] == [builders.key_of(people.b)]
    assert late.counts == {
        "": 2,
        "terlambat": 1,
        "belum-dibuka": 1,
        "belum-diajukan": 1,
        "dikembalikan": 0,
        "berhalangan": 0,
    }
    page = client_for(office.camat).get(f"{PAGE}?saring=terlambat").text
    assert people.a.full_name in page
    assert people.b.full_name not in page
    assert "lewat 5 menit" in page


def test_a_filter_that_does_not_exist_shows_all(office, people, client_for):
    page = client_for(office.camat).get(f"{PAGE}?saring=apa-saja").text

    assert people.a.full_name in page
    assert people.b.full_name in page


def test_the_matrix_takes_as_many_statements_for_many_as_for_one(office, frozen_time, client_for):
    few = builders.collection_of_people(office, office.asn[:2])
    client = client_for(office.camat)
    client.get(PAGE)
    counts = []
    for more in range(2):
        with CaptureQueriesContext(connection) as statements:
            client.get(PAGE)
        with CaptureQueriesContext(connection) as of_file:
            client.get(f"{PAGE}matriks.csv")
        counts.append((len(statements), len(of_file)))
        if not more:
            builders.give_indicators(office, people=office.asn[2:9])
            for person in office.asn[2:9]:
                _add(office, few, person)

    assert counts[0] == counts[1]
    assert sheet_of(few, office.asn[8]).lines.count() == 2


def _add(office, run, person):
    from runut.collection.actions import add_member

    add_member(period=run.period, member=person.pk, by=office.actor(office.camat), reason="Pindah tugas.")


def table_of(answer):
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_the_matrix_is_downloaded_as_a_table_that_excel_opens(office, people, client_for, frozen_time):
    fill_in(office, people.run, people.a)
    people.b.name = "=HYPERLINK(1)"
    people.b.save()
    frozen_time.shift(timedelta(days=7))

    answer = client_for(office.camat).get(f"{PAGE}matriks.csv")

    heading, *rows = table_of(answer)
    of_a, of_b = sorted(rows, key=lambda row: row[1] != people.a.full_name)
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert (of_a[heading.index("Keadaan")], of_a[heading.index("Terisi")]) == ("Diajukan", "2")
    assert of_b[heading.index("Formulir")] == "'=HYPERLINK(1)"
    assert of_b[heading.index("Sisa atau lewat")] == "lewat 2 hari kerja"
    assert of_b[heading.index("Batas waktu")] == "2026-02-06 09:00"
    assert of_b[heading.index("Zona waktu")] == "WIB"


def test_the_file_says_why_a_form_came_late_when_it_was_sent_back_and_that_a_mail_had_no_address(
    office, people, client_for, frozen_time
):
    frozen_time.shift(timedelta(days=7))
    client_for(office.camat).post(f"/periode/{people.run.period.pk}/ingatkan/", {"key": "k" * 20})
    type_in(office, people.sheet, people.a, "84,75", "90")
    submit(office, people.run, people.a, late_reason="Menunggu rilis BPS.")
    builders.review(office, people.run, people.a, people.kasi, "return", {0: "Cek lagi."})
    type_in(office, people.sheet, people.a, "85")
    submit(office, people.run, people.a)
    people.b.email = "baru@contoh.go.id"
    people.b.save()

    heading, *rows = table_of(client_for(office.camat).get(f"{PAGE}matriks.csv"))
    form = client_for(people.a).get(people.sheet.get_absolute_url()).text

    of_a, of_b = sorted(rows, key=lambda row: row[1] != people.a.full_name)
    assert of_a[heading.index("Keadaan")] == "Diajukan"
    assert of_a[heading.index("Terakhir dikembalikan")] == of_a[heading.index("Diajukan")]
    assert of_b[heading.index("Surel pengingat itu")] == "Tanpa surel waktu itu"
    assert "alasan terlambat" not in form


def test_reminding_is_the_first_thing_to_do_only_where_somebody_is_late(office, people, client_for, frozen_time):
    button = f'href="/periode/{people.run.period.pk}/ingatkan/"'
    before = client_for(office.camat).get(PAGE).text
    frozen_time.shift(timedelta(days=7))
    after = client_for(office.camat).get(PAGE).text

    assert f'class="btn btn-secondary" {button}' in before and f'class="btn btn-primary" {button}' in after


def test_why_a_form_came_late_is_read_on_it_by_its_reviewer_and_in_the_file(office, people, client_for, frozen_time):
    frozen_time.shift(timedelta(days=7))
    type_in(office, people.sheet, people.a, "84,75", "90")
    submit(office, people.run, people.a, late_reason="Menunggu rilis BPS.")

    heading, *rows = table_of(client_for(office.camat).get(f"{PAGE}matriks.csv"))
    pages = (
        client_for(people.a).get(people.sheet.get_absolute_url()),
        client_for(people.kasi).get(f"/validasi/{people.sheet.pk}/"),
    )

    why = {row[heading.index("Alasan terlambat mengajukan")] for row in rows}
    assert why == {"Menunggu rilis BPS.", ""}
    assert all("alasan terlambat: Menunggu rilis BPS." in page.text for page in pages)


def test_the_file_holds_what_one_may_see_and_nothing_of_another_office(office, people, client_for):
    other = build_office(instansi=office.instansi)

    mine = table_of(client_for(people.a).get(f"{PAGE}matriks.csv"))

    assert [row[1] for row in mine[1:]] == [people.a.full_name]
    assert client_for(other.camat).get(f"{PAGE}matriks.csv").status_code == 404
