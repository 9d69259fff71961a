"""A checking lane of several positions: whoever has the task can do it; nobody is left with data of one's own."""

import re
from types import SimpleNamespace

from runut.collection.queries import hash_of_rows, rows_of
from runut.lib.acts import new_key
from runut.sop.models import Task
from tests.collection import builders
from tests.collection.builders import fill_in, sheet_of
from tests.harness.scenes import scene
from tests.sop.play import LIBRARY, install

ONE_DOES = "data-one-does>Salah satu cukup: "


def _of_people(cast, people, *checkers):
    """A collection per pegawai that these positions check, forms sent out."""
    text = (LIBRARY / "inspektorat.yaml").read_text(encoding="utf-8")
    install(cast, "inspektorat", text.replace("    actor: superior\n", ""), penilai=checkers)
    builders.give_indicators(cast, people=people)
    run = builders.start_again(cast)
    builders.prepare(cast, run, people)
    builders.distribute(cast, run)
    return run


def _of_units(cast, units, *checkers):
    """A collection per unit that these positions check, forms sent out."""
    install(cast, "pengumpulan-unit", sekretaris=checkers)
    builders.give_indicators(cast, units=units)
    run = builders.start_again(cast, "pengumpulan-unit")
    builders.prepare(cast, run, units, everybody=cast.units)
    builders.distribute(cast, run)
    return run


@scene
def two_checkers(office, frozen_time):
    """A form of a person, handed in, that Sekretaris or Kasubag checks: run, person, sheet, seats."""
    run = _of_people(office, [office.asn[0]], "sekretaris", "kasubag")
    fill_in(office, run, office.asn[0])
    tasks = Task.objects.filter(run=run, work="review")
    seats = {post: tasks.get(jabatan=office.jabatan[post]) for post in ("sekretaris", "kasubag")}
    return SimpleNamespace(run=run, person=office.asn[0], sheet=sheet_of(run, office.asn[0]), seats=seats)


def _not_own(page):
    """What a page says to somebody who may not judge."""
    return re.search(r"Anda tidak dapat memeriksa[^<]*", page).group()


def _judge(client, sheet, act, **marks):
    data = {"act": act, "key": new_key(), "data_hash": hash_of_rows(rows_of(sheet)), **marks}
    return client.post(f"/validasi/{sheet.pk}/", data)


def _declare_right(client, sheet):
    return _judge(client, sheet, "complete")


def test_each_holder_can_check_from_the_inbox_and_sees_that_one_is_enough(office, two_checkers, client_for):
    for who, post in ((office.sekretaris, "sekretaris"), (office.kasubag, "kasubag")):
        client, own = client_for(who), two_checkers.seats[post]

        inbox, page = client.get("/tugas/").text, client.get(f"/tugas/{own.pk}/", follow=True).text

        assert f'href="/tugas/{own.pk}/"' in inbox, post
        assert f'data-task="{own.pk}"' in page and ONE_DOES in page, post
        assert 'name="act"' in page and "tidak mengerjakannya" not in page, post


def test_the_first_holder_declares_it_right_and_the_second_sees_who_did(office, two_checkers, client_for):
    answer = _declare_right(client_for(office.sekretaris), two_checkers.sheet)

    done, covered = two_checkers.seats["sekretaris"], two_checkers.seats["kasubag"]
    done.refresh_from_db()
    covered.refresh_from_db()
    other = client_for(office.kasubag)
    page = other.get(f"/tugas/{covered.pk}/", follow=True).text
    assert (answer.status_code, done.state, covered.state) == (302, "done", "covered")
    assert f"Langkah ini sudah dikerjakan oleh {office.sekretaris.full_name}" in page
    assert 'name="act"' not in page and f'href="/tugas/{covered.pk}/"' not in other.get("/tugas/").text
    assert f"oleh {office.sekretaris.full_name}; salah satu cukup" in other.get("/tugas/selesai/").text


def test_the_second_holder_declares_it_right_and_the_first_sees_who_did(office, two_checkers, client_for):
    answer = _declare_right(client_for(office.kasubag), two_checkers.sheet)

    page = client_for(office.sekretaris).get(f"/tugas/{two_checkers.seats['sekretaris'].pk}/", follow=True).text
    assert answer.status_code == 302
    assert f"Langkah ini sudah dikerjakan oleh {office.kasubag.full_name}" in page


def test_a_page_that_was_left_open_by_the_other_holder_says_who_was_first(office, two_checkers, client_for):
    _declare_right(client_for(office.sekretaris), two_checkers.sheet)

    answer = _declare_right(client_for(office.kasubag), two_checkers.sheet)

    assert answer.status_code == 409 and office.sekretaris.full_name in answer.text


def test_once_the_first_holder_has_looked_the_form_is_not_taken_back(office, two_checkers, client_for):
    client_for(office.sekretaris).get(f"/validasi/{two_checkers.sheet.pk}/")

    two_checkers.sheet.refresh_from_db()
    assert two_checkers.sheet.looked_at is not None


def test_a_form_that_several_positions_of_a_unit_may_fill_in_is_open_to_each(office, frozen_time, client_for):
    text = (LIBRARY / "pengumpulan-unit.yaml").read_text(encoding="utf-8")
    unit = office.units[2]
    text = text.replace("    actor: subject\n", "")
    install(office, "pengumpulan-unit", text, kepala_unit=["kasi1", "asn1"])
    builders.give_indicators(office, units=[unit])
    run = builders.start_again(office, "pengumpulan-unit")
    builders.prepare(office, run, [unit], everybody=office.units)
    builders.distribute(office, run)
    sheet = sheet_of(run, unit)

    pages = [client_for(who).get(f"/isian/{sheet.pk}/").text for who in (office.kasi[0], office.asn[0])]
    saved = [
        builders.type_in(office, sheet, office.kasi[0], "84,75"),
        builders.type_in(office, sheet, office.asn[0], None, "90"),
    ]

    assert [ONE_DOES in page and "tidak mengerjakannya" not in page for page in pages] == [True, True]
    assert all(each.is_clean for each in saved)
    client_for(office.kasi[0]).post(f"/isian/{sheet.pk}/periksa/", {"act": "complete", "key": new_key()})
    sheet.refresh_from_db()
    assert (sheet.state, sheet.submitted_by) == ("submitted", office.kasi[0])


def test_a_checker_s_own_form_is_open_to_the_other_holder_of_the_lane_only(office, frozen_time, client_for):
    run = _of_people(office, [office.sekretaris], "sekretaris", "kasubag")
    fill_in(office, run, office.sekretaris)

    [task] = Task.objects.filter(run=run, work="review", state="open")

    assert task.jabatan == office.jabatan["kasubag"]
    assert 'name="act"' in client_for(office.kasubag).get(f"/tugas/{task.pk}/", follow=True).text
    assert _declare_right(client_for(office.kasubag), sheet_of(run, office.sekretaris)).status_code == 302


def test_the_only_checker_s_own_form_waits_for_a_hand_over_and_all_are_told(office, frozen_time, client_for):
    run = _of_people(office, [office.sekretaris], "sekretaris")
    fill_in(office, run, office.sekretaris)
    task = Task.objects.get(run=run, work="review")

    page = client_for(office.sekretaris).get(f"/tugas/{task.pk}/", follow=True).text
    board = client_for(office.camat).get(f"/sop/jalan/{run.pk}/").text

    assert _not_own(page) == (
        f"Anda tidak dapat memeriksa data kinerja Anda sendiri. Minta Camat ({office.camat.full_name}) "
        "mengalihkannya ke orang lain, lewat tombol “Alihkan” di papan SOP."
    )
    assert f"Pemeriksaan data {office.sekretaris.full_name} menunggu dialihkan" in board
    assert f'href="/tugas/{task.pk}/alihkan/">Alihkan pemeriksaan {office.sekretaris.full_name}</a>' in board
    own_board = client_for(office.sekretaris).get(f"/sop/jalan/{run.pk}/").text
    assert "menunggu dialihkan" in own_board and "/alihkan/" not in own_board

    to = {"to": f"p{office.kasubag.pk}", "reason": "Sekretaris mengisi formulir ini."}
    client_for(office.camat).post(f"/tugas/{task.pk}/alihkan/", to)

    task.refresh_from_db()
    assert task.pegawai == office.kasubag
    assert "menunggu dialihkan" not in client_for(office.camat).get(f"/sop/jalan/{run.pk}/").text


def test_the_head_who_alone_checks_is_told_to_hand_the_own_form_over(office, frozen_time, client_for):
    run = _of_people(office, [office.camat], "camat")
    fill_in(office, run, office.camat)
    task = Task.objects.get(run=run, work="review")

    page = client_for(office.camat).get(f"/tugas/{task.pk}/", follow=True).text

    assert _not_own(page).endswith("sendiri. Alihkan tugas ini ke orang lain dengan tombol “Alihkan”.")
    assert f'href="/tugas/{task.pk}/alihkan/"' in page


def test_a_form_with_two_seats_handed_to_its_author_names_who_else_can_check(office, frozen_time, client_for):
    run = _of_people(office, [office.asn[0]], "sekretaris", "kasubag")
    fill_in(office, run, office.asn[0])
    own = Task.objects.get(run=run, work="review", jabatan=office.jabatan["sekretaris"])
    Task.objects.filter(pk=own.pk).update(jabatan=None, pegawai=office.asn[0])

    page = client_for(office.asn[0]).get(f"/tugas/{own.pk}/", follow=True).text

    name = f"{office.jabatan['kasubag'].name} ({office.kasubag.full_name})"
    assert _not_own(page).endswith(f"sendiri. Yang dapat mengerjakan tugas ini: {name}.")


def test_a_unit_s_form_goes_to_the_holder_of_the_lane_who_did_not_hand_it_in(office, frozen_time, client_for):
    secretariat, subsection = office.units[:2]
    run = _of_units(office, [secretariat, subsection], "sekretaris", "kasubag")
    fill_in(office, run, secretariat, who=office.sekretaris)
    fill_in(office, run, subsection, who=office.kasubag)

    seats = {
        task.branch.unit: task.jabatan for task in Task.objects.filter(run=run, work="review").select_related("branch")
    }

    assert seats == {secretariat: office.jabatan["kasubag"], subsection: office.jabatan["sekretaris"]}
    assert _declare_right(client_for(office.kasubag), sheet_of(run, secretariat)).status_code == 302
    assert _declare_right(client_for(office.sekretaris), sheet_of(run, subsection)).status_code == 302


def test_a_unit_s_form_whose_only_checker_handed_it_in_waits_for_a_hand_over(office, frozen_time, client_for):
    secretariat = office.units[0]
    run = _of_units(office, [secretariat], "sekretaris")
    fill_in(office, run, secretariat, who=office.sekretaris)
    sheet = sheet_of(run, secretariat)

    page = client_for(office.sekretaris).get(f"/validasi/{sheet.pk}/").text
    refused = _declare_right(client_for(office.sekretaris), sheet)

    assert f"data yang Anda isi sendiri. Minta Camat ({office.camat.full_name}) mengalihkannya" in page
    assert refused.status_code == 403
    assert (
        f"Pemeriksaan data {secretariat.name} menunggu dialihkan"
        in client_for(office.camat).get(f"/sop/jalan/{run.pk}/").text
    )


def test_the_head_s_own_form_without_a_superior_goes_to_another_holder_of_the_lane(office, frozen_time):
    install(office, "inspektorat", penilai=["camat", "sekretaris"])
    builders.give_indicators(office, people=[office.camat])
    run = builders.start_again(office)
    builders.prepare(office, run, [office.camat])
    builders.distribute(office, run)

    fill_in(office, run, office.camat)

    assert Task.objects.get(run=run, work="review").jabatan == office.jabatan["sekretaris"]


def test_a_review_left_open_after_a_hand_over_says_so_and_gives_back_the_notes(office, people, client_for):
    fill_in(office, people.run, people.a)
    sheet, task = people.sheet, Task.objects.get(run=people.run, work="review")
    line = sheet.lines.first()
    to = {"to": f"p{office.kasubag.pk}", "reason": "Atasannya dinas luar."}
    client_for(office.camat).post(f"/tugas/{task.pk}/alihkan/", to)

    marks = {f"verdict-{line.pk}": "noted", f"note-{line.pk}": "Bukti tidak cocok dengan angka."}
    answer = _judge(client_for(people.kasi), sheet, "return", **marks)

    assert answer.status_code == 409
    assert f"Tugas ini sudah dialihkan kepada {office.kasubag.full_name}." in answer.text
    assert "Alasan: Atasannya dinas luar." in answer.text
    assert "data-typed>Bukti tidak cocok dengan angka.</p>" in answer.text
