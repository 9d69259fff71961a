"""Ways around the pages that must not lead anywhere."""

from itertools import product

import pytest

from runut.audit.models import Entry
from runut.collection.actions import distribute, review_sheet, submit_sheet
from runut.documents.actions import send_back, sign_document
from runut.documents.models import Document
from runut.lib.acts import ActInput, ids_in
from runut.lib.errors import Denied, Refused, Stale
from runut.publication.actions import publish
from runut.sop.actions import hand_over
from runut.sop.actions.particulars import coordinate
from tests.access.addresses import Addresses, numbers_of, patterns, subjects
from tests.scenarios.stage import PASSWORD

pytestmark = pytest.mark.django_db


def test_a_sheet_is_not_declared_right_by_a_page_that_names_no_content(access):
    task, by = access.tasks["review"], access.play.actor("kasi_pem")

    with pytest.raises(Stale, match="Data berubah"):
        review_sheet(task_id=task.pk, by=by, outcome="complete", verdicts={}, data_hash="")


@pytest.mark.parametrize("to", ["person", "position"])
def test_the_admin_takes_nobodys_signature_upon_himself(access, to):
    admin = access.people["admin"]
    receiver = admin if to == "person" else access.play.built.jobs["admin"]

    with pytest.raises(Denied, match="diri sendiri"):
        hand_over(task=access.tasks["sign"], by=access.play.of(admin), to=receiver, reason="Mendesak.")


def test_the_head_may_take_over_a_task(access):
    head = access.people["head"]

    assert hand_over(task=access.tasks["compile"], by=access.play.of(head), to=head, reason="Cuti.").pegawai == head


OTHERS = {
    "fill": lambda task, by: submit_sheet(task_id=task.pk, by=by),
    "distribute": lambda task, by: distribute(task_id=task.pk, by=by),
    "publish": lambda task, by: publish(task_id=task.pk, by=by, data_hash="0" * 64),
    "sign": lambda task, by: sign_document(
        task_id=task.pk, document_id=Document.objects.latest("pk").pk, by=by, password=PASSWORD, data_hash="0" * 64,
        has_read=True,
    ),
    "coordinate": lambda task, by: coordinate(
        task_id=task.pk, by=by, act=ActInput("", "complete", "", "", ()), to=[by.pegawai], way="surat", note="x",
        answer="y",
    ),
}  # fmt: skip


@pytest.mark.parametrize("work", sorted(OTHERS))
def test_a_step_is_not_done_by_the_action_of_another_kind(access, work):
    task = access.tasks["compile"] if work != "compile" else access.tasks["sign"]
    by = access.play.of(access.whose("compile"))

    with pytest.raises(Refused, match="dikerjakan di halaman lain"):
        OTHERS[work](task, by)


def test_nobody_who_took_no_part_is_sent_a_return(access):
    task, by = access.tasks["compile"], access.play.of(access.whose("compile"))

    with pytest.raises(Refused, match="tidak ada"):
        send_back(
            task_id=task.pk, by=by, work="compile", outcome="return", reason="Keliru.",
            chosen=[access.people["neighbour"].pk]
        )  # fmt: skip


@pytest.mark.parametrize("sent", ["²", "٣", "9" * 30, "-1", "1.5", "", "x"])
def test_what_no_row_can_have_as_its_id_is_no_id(sent):
    assert list(ids_in([sent, "7"])) == [7]


@pytest.mark.parametrize("sent", ["²", "9" * 30])
@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("correction:open", "run"),
        ("correction:open", "report"),
        ("correction:report", "figure"),
        ("documents:sign_document", "task"),
        ("publication:publish_document", "task"),
        ("sop:runs", "sop"),
        ("sop:inbox", "sesudah"),
        ("sop:compare", "dari"),
        ("organisation:people", "halaman"),
    ],
)
def test_a_strange_number_in_an_address_breaks_no_page(access, browser_of, name, query, sent):
    address = Addresses(access).of(name).partition("?")[0]

    assert browser_of(access.people["head"]).get(address, {query: sent}).status_code < 500


def test_an_act_of_somebody_without_a_position_is_in_the_log(access, browser_of):
    person = access.people["colleague"]
    person.assignments.update(end="2026-10-01")

    answer = browser_of(person).post(f"/tugas/{access.tasks['do'].pk}/kerjakan/", {"key": "k"})

    assert answer.status_code == 403
    assert Entry.objects.filter(refused=True).latest("pk").actor_id == person.pk


# What no row has as its id, and what no column of a database can hold.
STRANGE = (0, 9223372036854775808, 99999999999999999999)


def test_no_number_in_an_address_breaks_a_page(access, browser_of):
    addresses, head = Addresses(access), browser_of(access.people["head"])

    broken = {
        (name, argument, number)
        for name in patterns()
        for argument, number in product(numbers_of(name), STRANGE)
        if head.get(addresses.of(name, **{argument: number})).status_code >= 500
    }

    assert not broken


@pytest.mark.parametrize("number", STRANGE)
@pytest.mark.parametrize("subject", ["sop.sop", "collection.figure", "organisation.pegawai"])
def test_a_trail_of_nothing_is_not_found(access, browser_of, subject, number):
    address = Addresses(access).of("web:trail", subject_type=subject, subject_id=number)

    assert browser_of(access.people["head"]).get(address).status_code == 404


@pytest.mark.parametrize("number", STRANGE)
def test_every_subject_of_a_trail_is_looked_for_with_care(access, browser_of, number):
    addresses, head = Addresses(access), browser_of(access.people["head"])
    named = [addresses.of("web:trail", subject_type=name, subject_id=number) for name in subjects()]

    assert {head.get(address).status_code for address in named} == {404}
