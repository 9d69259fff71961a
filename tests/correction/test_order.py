"""Giving the order: letter, team, scope."""

import re
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from runut.audit.models import Entry
from runut.collection.models import Sheet
from runut.correction.models import Order, Stage
from runut.lib.errors import Denied, Refused, Stale
from runut.organisation.models import Assignment
from tests.cast import build_office
from tests.correction import builders
from tests.sop.play import LIBRARY, do, install, open_task


@pytest.mark.requirement("R-NGORO-11", "R-NGORO-12", "R-NGORO-13", "R-SIDOARJO-27")
def test_the_order_names_number_day_scope_and_team(office, case):
    result = builders.give_order(office, case.run, stage=Stage.EXECUTION)

    order = Order.objects.get()
    assert (order.number, order.addressed_to) == ("065/12/2026", "Kasubag Sungram dan Keuangan")
    team = [(m.pegawai, m.role, m.title) for m in order.team.order_by("pk")]
    assert team == [
        (office.kasubag, "Ketua", office.jabatan["kasubag"].name),
        (office.staf, "Anggota", "Pengelola Data"),
    ]
    case.refresh_from_db()
    assert (case.stage, result.opened) == (Stage.EXECUTION, [open_task(case.run, "rencana").pk])
    assert Entry.objects.get(event="order.given").payload["after"]["team"] == [
        [office.kasubag.pk, "Ketua"], [office.staf.pk, "Anggota"],
    ]  # fmt: skip


@pytest.mark.requirement("R-NGORO-12")
def test_only_the_camat_orders(office, case):
    with pytest.raises(Denied, match="Tugas ini milik Camat"):
        builders.give_order(office, case.run, office.sekretaris)
    assert not Order.objects.exists()


@pytest.mark.requirement("R-NGORO-12")
def test_who_stands_in_for_the_camat_orders_as_such(office, case):
    Assignment.objects.filter(pegawai=office.camat).update(end=date(2026, 1, 1))
    Assignment.objects.create(
        instansi=office.instansi, pegawai=office.sekretaris, jabatan=office.jabatan["camat"], kind="plt",
        start=date(2026, 1, 2), decree_number="821/1/2026", exclusive=False,
    )  # fmt: skip

    builders.give_order(office, case.run, office.sekretaris)

    task = Order.objects.get().task
    assert (task.done_by, task.done_title) == (office.sekretaris, "Plt. Camat")


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("number", "", "Tulis nomor surat"),
        ("subject", " ", "Tulis hal surat"),
        ("text", "", "Tulis isi perintah"),
        ("team", {}, "Pilih anggota tim"),
        ("team", {0: "Ketua"}, "di luar susunan kantor"),
    ],
)
def test_an_incomplete_order_is_refused(office, case, field, text, sentence):
    with pytest.raises(Refused, match=sentence):
        builders.give_order(office, case.run, of=builders.order(office, **{field: text}))
    assert open_task(case.run, "perintah")


def test_a_letter_dated_back_says_why(office, case):
    yesterday = builders.order(office).day - timedelta(days=1)
    with pytest.raises(Refused, match="alasan tanggal mundur"):
        builders.give_order(office, case.run, of=builders.order(office, day=yesterday))

    why = builders.order(office, day=yesterday, back_dated_reason="Ditulis tangan kemarin")
    builders.give_order(office, case.run, of=why)

    assert Order.objects.get().back_dated_reason == "Ditulis tangan kemarin"


def test_a_letter_is_not_dated_ahead(office, case):
    tomorrow = builders.order(office).day + timedelta(days=1)

    with pytest.raises(Refused, match="sesudah hari ini"):
        builders.give_order(office, case.run, of=builders.order(office, day=tomorrow))


def test_the_same_click_again_orders_once(office, case):
    task = open_task(case.run, "perintah")
    from runut.correction.actions import give_order

    words = {"task_id": task.pk, "by": office.actor(office.camat), "order": builders.order(office)}
    first = give_order(**words, key="k-1")
    again = give_order(**words, key="k-1")

    assert (first, Order.objects.count()) == (again, 1)
    with pytest.raises(Stale, match="sudah dikerjakan"):
        give_order(**words, key="k-2")


def test_the_order_may_leave_a_figure_out_but_not_all(office, ngoro, case):
    items = list(case.items.values_list("pk", flat=True))
    with pytest.raises(Refused, match="paling sedikit satu angka"):
        builders.give_order(office, case.run, drop=items)

    builders.give_order(office, case.run, drop=[case.items.get(figure=ngoro.b1).pk])

    assert [item.figure for item in case.items.all()] == [ngoro.a1]
    assert Entry.objects.get(event="correction.items_removed").payload["before"]["items"][0][0] == ngoro.b1.pk


@pytest.mark.requirement("R-KINTOM-12")
def test_where_no_plan_follows_the_order_makes_the_forms(office, kintom):
    case = builders.open_case(office, kintom.run, {kintom.fa: "bukti tidak cocok"}, code="kintom")
    builders.do(office, case.run, "teliti", office.camat)

    builders.give_order(office, case.run, of=builders.order(office, team={}))

    sheet = Sheet.objects.get(run=case.run)
    item = case.items.get()
    assert (sheet.pegawai, item.line.sheet, item.repairer) == (kintom.a, sheet, kintom.a)
    assert Order.objects.get().addressed_to == "Sekretaris"
    assert open_task(case.run, "koordinasi").jabatan == office.jabatan["sekretaris"]


@pytest.mark.requirement("R-KEMLAGI-22")
def test_a_collection_begins_with_a_nota_dinas(office, frozen_time):
    from runut.sop.actions import start_run

    run = start_run(sop=install(office, "kemlagi"), by=office.actor(office.camat), title="LKjIP 2026")
    builders.give_order(office, run, of=builders.order(office, team={}, subject="Penyusunan LKjIP"))

    assert Order.objects.get().subject == "Penyusunan LKjIP"
    assert open_task(run, "siapkan")


def test_the_database_keeps_an_order_as_it_was_given(office, case):
    builders.give_order(office, case.run)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE correction_order SET number = 'lain'")


def test_who_gives_the_order_is_not_in_the_team(office, case):
    team = {office.camat.pk: "Ketua", office.staf.pk: "Anggota"}

    with pytest.raises(Refused, match="tidak ikut dalam tim"):
        builders.give_order(office, case.run, of=builders.order(office, team=team))

    assert not Order.objects.exists()


def test_nobody_from_outside_the_office_is_in_the_team(office, case):
    stranger = build_office(instansi=office.instansi).staf

    with pytest.raises(Refused, match="di luar susunan kantor"):
        builders.give_order(office, case.run, of=builders.order(office, team={stranger.pk: "Ketua"}))


def test_a_team_has_one_leader(office, case):
    two = builders.order(office, team={office.kasubag.pk: "Ketua", office.staf.pk: "Ketua"})

    with pytest.raises(Refused, match="Ketua tim cukup satu orang") as refusal:
        builders.give_order(office, case.run, of=two)

    assert refusal.value.code == "team"


def test_the_team_is_named_with_its_leader_first(office, case, client_for):
    team = {office.staf.pk: "Anggota", office.sekretaris.pk: "Sekretaris", office.kasubag.pk: "Ketua"}
    builders.give_order(office, case.run, of=builders.order(office, team=team))

    page = client_for(office.camat).get(case.get_absolute_url()).text

    names = [f"{role}: {who.full_name}" for role, who in (
        ("Ketua", office.kasubag), ("Sekretaris", office.sekretaris), ("Anggota", office.staf)
    )]  # fmt: skip
    assert sorted(names, key=page.index) == names


def test_the_roles_of_the_team_are_english_on_an_english_page(office, case, client_for):
    office.camat.user.language = "en"
    office.camat.user.save(update_fields=["language"])

    page = client_for(office.camat).get(f"/tugas/{open_task(case.run, 'perintah').pk}/perintah/").text

    assert '<option value="Sekretaris">Secretary</option>' in page


@pytest.fixture
def order_back(office, ngoro, client_for):
    """An order that was given by its page, and the plan after it sent back."""
    text = (LIBRARY / "ngoro.yaml").read_text(encoding="utf-8")
    back = text.replace("    work: plan\n", "    work: plan\n    outcomes: {return: perintah}\n")
    case = builders.open_case(office, ngoro.run, {ngoro.b1: "satuan keliru"}, sop=install(office, "ngoro", back))
    builders.give_order(office, case.run)
    do(office, case.run, "rencana", office.kasubag, "return", reason="Belum jelas.")
    return case


def test_an_order_that_came_back_begins_as_it_was_given_and_shows_the_old_one(office, order_back, client_for):
    page = client_for(office.camat).get(f"/tugas/{open_task(order_back.run, 'perintah').pk}/perintah/").text

    assert 'value="065/12/2026"' in page
    assert "Perbaiki data kinerja yang keliru.</textarea>" in page
    assert "Perintah sebelumnya: Perbaikan data kinerja" in page
    roles = re.findall(r'<select name="role-(\d+)".*?</select>', page, flags=re.S)
    chosen = re.findall(r'<option value="(Ketua|Anggota)" selected', page)
    assert str(office.kasubag.pk) in roles
    assert sorted(chosen) == ["Anggota", "Ketua"]


def test_of_two_orders_it_is_said_which_one_holds(office, order_back, client_for):
    again = builders.order(office, text="Perbaiki hanya satuannya.")
    builders.give_order(office, order_back.run, of=again)
    task = open_task(order_back.run, "rencana")

    pages = [
        client_for(office.kasubag).get(url).text
        for url in (f"/tugas/{task.pk}/rencana/", order_back.get_absolute_url())
    ]

    for page in pages:
        before, after = page.split("Perbaiki hanya satuannya.")
        assert before.count("Tidak berlaku lagi: perintahnya diberikan ulang dengan nomor 065/12/2026") == 1
        assert "Tidak berlaku lagi" not in after
    assert "Perintah: Perbaikan data kinerja (diganti)" in pages[0]
