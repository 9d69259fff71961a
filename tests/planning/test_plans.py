"""Plans in versions, activities by code with their money and PPTK, and the register."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from runut.audit.models import Entry
from runut.lib.errors import Denied, Refused
from runut.planning import actions, queries
from runut.planning.actions import Deed, Drawn, Named
from runut.planning.models import Budget, Indicator, Kegiatan, Plan, Registered, Sasaran, Stakeholder
from tests.planning.test_dictionary import define

START = date(2026, 1, 2)
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def drawn(**more):
    return Drawn(**({"kind": "pk", "title": "Perjanjian Kinerja 2026", "year": 2026, "start": START} | more))


@pytest.fixture
def by(office):
    return office.actor(office.admin)


@pytest.fixture
def plan(office, by):
    Plan.objects.filter(office=office.office).delete()
    made = actions.open_plan(office=office.office, drawn=drawn(), by=by)
    goal = actions.add_goal(plan=made, text="Pelayanan yang baik", by=by)
    actions.add_objective(plan=made, text="Meningkatnya kepuasan", goal=goal, by=by)
    return made


def activity(office, by, code="7.01.02", name="Program Pelayanan", **more):
    edition = "900-2023"
    return actions.define_activity(
        office=office.office, code=code, nomenclature=edition, named=Named(name, **more), by=by
    )


def test_a_plan_is_opened_once_and_written_down(office, by, plan):
    with pytest.raises(Refused, match="Perjanjian Kinerja 2026 sudah ada"):
        actions.open_plan(office=office.office, drawn=drawn(title="Lagi"), by=by)

    entry = Entry.objects.filter(event="plan.opened").latest("pk")
    assert (entry.stream, entry.payload["after"]["kind"]) == (f"office:{office.office.pk}", "pk")


def test_the_database_refuses_a_second_open_version(plan):
    twin = Plan(
        instansi_id=plan.instansi_id,
        office=plan.office,
        kind="pk",
        year=2026,
        version=7,
        title="x",
        start=date(2026, 8, 1),
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_a_change_ends_the_version_before_and_takes_its_objectives_along(office, by, plan):
    later = actions.revise_plan(plan=plan, start=date(2026, 9, 1), legal_basis="SK 9", reason="APBD-P", by=by)
    plan.refresh_from_db()

    assert (later.version, plan.end) == (2, date(2026, 8, 31))
    assert [one.text for one in later.sasaran_set.all()] == ["Meningkatnya kepuasan"]
    actions.reword(node=later.sasaran_set.get(), text="Meningkatnya mutu pelayanan", reason="SK 9", by=by)
    [goal] = queries.tree_of(plan, by).children
    assert [one.text for one in goal.children] == ["Meningkatnya kepuasan"]


def test_a_version_that_has_ended_does_not_change(office, by, plan):
    actions.revise_plan(plan=plan, start=date(2026, 9, 1), legal_basis="SK 9", reason="", by=by)

    for act in (
        lambda: actions.add_goal(plan=plan, text="x", by=by),
        lambda: actions.add_objective(plan=plan, text="x", goal=None, by=by),
        lambda: actions.revise_plan(plan=plan, start=date(2026, 10, 1), legal_basis="SK", reason="", by=by),
    ):
        with pytest.raises(Refused, match="berakhir 31 Agu 2026"):
            act()
    for field in ({"title": "Lain"}, {"snapshot": {}}, {"end": None}, {"start": date(2026, 2, 1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Plan.objects.filter(pk=plan.pk).update(**field)


@pytest.mark.parametrize(
    ("start", "basis", "words"), [(START, "SK", "sesudah versi sekarang"), (date(2026, 9, 1), " ", "dasar")]
)
def test_a_change_has_a_later_day_and_a_basis(by, plan, start, basis, words):
    with pytest.raises(Refused, match=words):
        actions.revise_plan(plan=plan, start=start, legal_basis=basis, reason="", by=by)
    assert Plan.objects.get(pk=plan.pk).end is None


def test_only_who_keeps_the_office_plans_it(office, plan):
    staff = office.actor(office.staf)
    for act in (
        lambda: actions.open_plan(office=office.office, drawn=drawn(year=2027), by=staff),
        lambda: actions.add_goal(plan=plan, text="x", by=staff),
        lambda: actions.revise_plan(plan=plan, start=date(2026, 9, 1), legal_basis="SK", reason="", by=staff),
        lambda: activity(office, staff),
        lambda: actions.register_document(
            office=office.office, deed=Deed("iku", "SK IKU", 2026), upload=None, by=staff
        ),
    ):
        with pytest.raises(Denied):
            act()


def test_an_activity_lies_under_the_one_its_code_names(office, by):
    with pytest.raises(Refused, match=r"Tambahkan dulu 7\.01\.02\.2\.01"):
        activity(office, by, "7.01.02.2.01.0001", "Sub")
    activity(office, by)
    activity(office, by, "7.01.02.2.01", "Kegiatan")
    assert activity(office, by, "7.01.02.2.01.0001", "Sub").level == "sub_kegiatan"
    with pytest.raises(Refused, match="sudah ada di kantor ini"):
        activity(office, by)


def test_money_is_summed_upwards_and_its_share_worked_out(office, by):
    activity(office, by)
    activity(office, by, "7.01.02.2.01", "Kegiatan")
    for number, ceiling, spent in ((1, 100, 40), (2, 300, 60)):
        sub = activity(office, by, f"7.01.02.2.01.000{number}", "Sub")
        actions.set_budget(
            kegiatan=sub, year=2026, amounts={0: Decimal(ceiling), 1: Decimal(spent)}, basis="DPA", by=by
        )

    rows = {row.kegiatan.code: row for row in queries.activity_rows(office.office, 2026, START)}

    assert (rows["7.01.02"].ceiling, rows["7.01.02"].spent, rows["7.01.02"].share) == (400, 100, 25)
    assert rows["7.01.02.2.01.0001"].share == 40
    assert {row.depth for row in rows.values()} >= {0, 1, 2}


def test_a_ceiling_changes_with_its_basis_and_the_old_row_stays(office, by):
    kegiatan = activity(office, by)
    actions.set_budget(kegiatan=kegiatan, year=2026, amounts={0: Decimal(100)}, basis="DPA", by=by)

    with pytest.raises(Refused, match="DPPA"):
        actions.set_budget(kegiatan=kegiatan, year=2026, amounts={0: Decimal(120)}, basis=" ", by=by)
    actions.set_budget(kegiatan=kegiatan, year=2026, amounts={0: Decimal(120)}, basis="DPPA", by=by)

    assert list(Budget.objects.order_by("no").values_list("amount", flat=True)) == [100, 120]
    assert queries.budget_of(kegiatan, 2026) == {0: 120}


def test_what_was_spent_does_not_fall(office, by):
    kegiatan = activity(office, by)
    with pytest.raises(Refused, match="tidak lebih kecil"):
        actions.set_budget(kegiatan=kegiatan, year=2026, amounts={1: Decimal(50), 3: Decimal(40)}, basis="", by=by)
    assert not Budget.objects.exists()


def test_the_next_pptk_ends_the_one_before(office, by):
    kegiatan, first, second = activity(office, by), *office.asn_of(office.kasi[0])[:2]
    actions.appoint(kegiatan=kegiatan, pegawai=first, start=START, decree="SK 1", by=by)
    actions.appoint(kegiatan=kegiatan, pegawai=second, start=date(2026, 7, 1), decree="SK 2", by=by)

    assert [(row.pegawai, row.end) for row in Stakeholder.objects.order_by("start")] == [
        (first, date(2026, 6, 30)), (second, None),
    ]  # fmt: skip
    with pytest.raises(Refused, match="sesudahnya"):
        actions.appoint(kegiatan=kegiatan, pegawai=first, start=date(2026, 7, 1), decree="", by=by)


def test_the_tree_holds_objectives_indicators_programs_and_what_lies_below(office, by, plan):
    objective = Sasaran.objects.get(plan=plan)
    top = define(office, sasaran=objective)
    activity(office, by, sasaran=objective)
    activity(office, by, "7.01.02.2.01", "Kegiatan Pelayanan")
    below = define(office, "IKK-1")
    Indicator.objects.filter(pk=below.pk).update(kegiatan=Kegiatan.objects.get(code="7.01.02.2.01"))
    served = define(office, "IKI-1")
    Indicator.objects.filter(pk=served.pk).update(serves=top)

    [goal] = queries.tree_of(plan, by).children
    [node] = goal.children

    kinds = [(one.kind, one.number, [below.number for below in one.children]) for one in node.children]
    assert kinds == [("indicator", "IKU-1", ["IKI-1"]), ("program", "7.01.02", ["7.01.02.2.01"])]
    assert [one.number for one in node.children[1].children[0].children] == ["IKK-1"]


def test_the_tree_costs_the_same_however_large(office, by, plan, django_assert_num_queries):
    objective = Sasaran.objects.get(plan=plan)
    for number in range(6):
        define(office, f"IKU-{number}", sasaran=objective)
        activity(office, by, f"7.01.0{number + 3}", "Program", sasaran=objective)
    with django_assert_num_queries(5):
        queries.tree_of(plan, by)


def test_a_document_is_registered_and_counts_in_each_of_its_years(office, by):
    upload = SimpleUploadedFile("renstra.pdf", PDF, "application/pdf")
    deed = Deed("renstra", "Renstra 2025–2029", 2025, last_year=2029, number="050/1")
    row = actions.register_document(office=office.office, deed=deed, upload=upload, by=by)

    for year, complete in ((2024, False), (2025, True), (2029, True), (2030, False)):
        found = {one.standing.kind: one.standing for one in queries.completeness(office.office, year)}
        assert found["renstra"].is_complete is complete
    assert (row.file_name, len(row.sha256)) == ("renstra.pdf", 64)


def test_a_plan_kept_here_counts_without_being_registered(office, plan):
    found = {one.standing.kind: one.standing for one in queries.completeness(office.office, 2026)}

    assert found["pk"].is_complete and not found["renja"].is_complete
    assert "Perjanjian Kinerja" not in queries.lacking([office.office.pk], 2026)[office.office.pk]


def test_documents_of_people_are_counted_person_by_person(office, by):
    person = office.asn_of(office.kasi[0])[0]
    actions.register_document(
        office=office.office, deed=Deed("iki", "IKI", 2026, pegawai=person, number="1"), upload=None, by=by
    )

    [found] = [one for one in queries.completeness(office.office, 2026) if one.standing.kind == "iki"]
    assert found.standing.found == 1 and found.standing.wanted > 1
    assert person.pk not in found.standing.lacking and person.full_name not in found.people


@pytest.mark.parametrize(
    ("deed", "words"),
    [
        (Deed("iki", "IKI", 2026), "Pilih pegawainya"),
        (Deed("renstra", "Renstra", 2026, last_year=2025), "Tahun terakhir"),
        (Deed("iku", "SK IKU", 2026), "tanpa itu dokumennya"),
    ],
)
def test_a_document_that_does_not_fit_is_refused(office, by, deed, words):
    with pytest.raises(Refused, match=words):
        actions.register_document(office=office.office, deed=deed, upload=None, by=by)
    assert not Registered.objects.exists()


def test_a_file_that_is_no_pdf_is_refused(office, by):
    upload = SimpleUploadedFile("sk.pdf", b"bukan pdf", "application/pdf")
    with pytest.raises(Refused):
        actions.register_document(office=office.office, deed=Deed("iku", "SK IKU", 2026), upload=upload, by=by)
    assert not Registered.objects.exists()
