"""Refusals to sign, and why forms went back, stand before whoever judges, initials or signs after that."""

from datetime import timedelta

import pytest

from tests.collection import builders as forms
from tests.correction import builders as cases
from tests.documents import builders
from tests.documents.test_acted import WHY, seen
from tests.sop.play import do, open_task

REFUSED = "Dikembalikan: Tolak menandatangani · versi 2"


@pytest.fixture
def refused(office, to_sign, frozen_time):
    run, (_first, second) = to_sign.run, to_sign.pptk
    builders.send_back(office, run, "tandatangan", second, member=second, reason=WHY)
    frozen_time.shift(timedelta(minutes=1))
    cases.meet(office, run, dict.fromkeys(to_sign.case.items.order_by("pk"), "old"))
    return to_sign


def of_task(office, run, step, who, client_for, member=None):
    task = open_task(run, step, forms.key_of(member) if member else None)
    return seen(client_for(who), task.get_absolute_url())


def test_a_refusal_stands_before_the_paraf_and_before_who_signs_again(office, refused, client_for):
    run, (first, second) = refused.run, refused.pptk
    initialling = of_task(office, run, "paraf_kasubag", office.kasubag, client_for)
    builders.initial(office, run, office.kasubag, step="paraf_kasubag")
    builders.initial(office, run, office.sekretaris, step="paraf_sekretaris")
    builders.register(office, run, of=builders.line(2))
    signing = of_task(office, run, "tandatangan", first, client_for, first)

    for page in (initialling, signing):
        told = page[page.index("Catatan sebelumnya") :]
        assert REFUSED in told and second.full_name in told and WHY in told


def test_a_refusal_stands_on_the_page_of_the_case_and_on_the_board(office, refused, client_for):
    client = client_for(office.camat)

    pages = [seen(client, address.get_absolute_url()) for address in (refused.case, refused.run)]

    for page in pages:
        assert REFUSED in page and WHY in page


def test_notes_stand_in_the_order_of_time_and_older_ones_are_folded(office, refused, client_for, frozen_time):
    run = refused.run
    for no in range(6):
        frozen_time.shift(timedelta(minutes=1))
        builders.send_back(office, run, "paraf_kasubag", office.kasubag, reason=f"alasan {no}")
        frozen_time.shift(timedelta(minutes=1))
        cases.meet(office, run, dict.fromkeys(refused.case.items.order_by("pk"), "old"))

    page = of_task(office, run, "paraf_kasubag", office.kasubag, client_for)

    told = page[page.index("Catatan sebelumnya") :]
    places = [told.index(f"alasan {no}") for no in reversed(range(6))]
    assert places == sorted(places) and places[-1] < told.index(WHY)
    assert places[1] < told.index("2 catatan yang lebih lama") < places[-1]


@pytest.fixture
def returned(office, pair):
    """The superior had returned one form, and whoever gathers it another; both are right now, the recap is gathered."""
    run = pair.run
    builders.send_back(office, run, "himpun", office.staf, chosen=[pair.a], reason="bukti bulan lain")
    forms.fill_in(office, run, pair.a)
    forms.review(office, run, pair.a, pair.kasi, "return", {0: "nama keliru"})
    forms.fill_in(office, run, pair.a)
    forms.review(office, run, pair.a, pair.kasi)
    builders.compile_data(office, run)
    return pair


def test_why_forms_went_back_stands_before_the_paraf_and_the_signature(office, returned, client_for):
    run = returned.run
    initialling = of_task(office, run, "paraf", office.sekretaris, client_for)
    builders.initial(office, run)
    signing = of_task(office, run, "tandatangan", office.camat, client_for)

    for page in (initialling, signing):
        told = page[page.index("Catatan sebelumnya") :]
        assert told.count(f"Dikembalikan: {returned.a.full_name}") == 2
        assert told.index("nama keliru") < told.index("bukti bulan lain")


def test_why_a_form_went_back_is_told_on_the_board_only_to_who_may_read_it(office, returned, client_for):
    readers = (office.camat, returned.a, returned.b)

    pages = [seen(client_for(who), returned.run.get_absolute_url()) for who in readers]

    assert ["nama keliru" in page for page in pages] == [True, True, False]
    assert ["bukti bulan lain" in page for page in pages] == [True, False, False]


def test_a_case_tells_colleagues_nothing_of_forms_they_may_not_see(office, compiled, client_for):
    builders.initial(office, compiled.run)
    figure = cases.figures(compiled.run, compiled.a)[0]
    case = cases.open_case(office, compiled.run, {figure: "salah bulan"}, code="kintom")
    do(office, case.run, "teliti", office.camat)
    cases.give_order(office, case.run)
    do(office, case.run, "koordinasi", office.sekretaris)
    do(office, case.run, "teruskan", office.kasubag)
    cases.repair(office, case.run, compiled.a, compiled.a, "82,5")
    forms.review(office, case.run, compiled.a, compiled.kasi, "return", {0: "nama keliru"}, step="koreksi")

    pages = [seen(client_for(who), case.get_absolute_url()) for who in (office.camat, compiled.a, compiled.b)]

    assert ["nama keliru" in page for page in pages] == [True, True, False]
