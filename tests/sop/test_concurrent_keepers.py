"""Two keepers of an office's SOPs at once, on a database that really commits: one effect, and a sentence."""

from datetime import date

import pytest

from runut.lib.errors import Refused, Stale
from runut.sop import actions
from runut.sop.actions.version import bindings_mark
from runut.sop.models import LaneBinding, Sop, SopVersion, VersionState
from runut.sop.rules.parse import dump
from tests.cast import build_office
from tests.sop.procedures import put_in_force, straight
from tests.sop.test_concurrency import at_once


@pytest.fixture
def cast(committed_db):
    return build_office()


def refusals(answers):
    return [answer for answer in answers if isinstance(answer, Refused)]


def test_the_same_file_imported_twice_at_once_is_one_draft(cast):
    keepers = [cast.actor(cast.camat), cast.actor(cast.admin)]

    answers = at_once(
        [
            lambda by=by: actions.import_version(office=cast.office, text=dump(straight()), by=by)
            for by in [*keepers, *keepers]
        ]
    )

    assert Sop.objects.count() == 1
    assert list(SopVersion.objects.values_list("no", flat=True)) == [1]
    assert [str(refusal) for refusal in refusals(answers)] == [
        "SOP dengan isi yang sama sudah tersimpan sebagai draf versi 1. Buka draf itu di halaman SOP."
    ] * 3


def test_two_different_files_at_once_are_two_drafts(cast):
    texts = [dump(straight()).replace("Mengerjakan langkah2", f"Mengerjakan ke-{n}") for n in range(4)]

    answers = at_once(
        [
            lambda text=text: actions.import_version(office=cast.office, text=text, by=cast.actor(cast.camat))
            for text in texts
        ]
    )

    assert refusals(answers) == []
    assert sorted(SopVersion.objects.values_list("no", flat=True)) == [1, 2, 3, 4]


def test_two_keepers_binding_the_same_lane_at_once_have_one_effect(cast):
    sop = put_in_force(cast, straight())
    shown, posts = bindings_mark(sop.pk), [cast.jabatan[code] for code in ("kasubag", "kasi1", "kasi2", "kasi3")]

    answers = at_once(
        [
            lambda post=post: actions.bind_lanes(
                sop=sop, bindings={"staf": [post]}, by=cast.actor(cast.camat), shown=shown
            )
            for post in posts
        ]
    )

    assert [type(refusal) for refusal in refusals(answers)] == [Stale] * 3
    assert LaneBinding.objects.filter(sop=sop, slot="staf").count() == 1


def test_a_lane_changed_without_a_page_is_bound_by_one_after_the_other(cast):
    sop = put_in_force(cast, straight())
    post = cast.jabatan["kasubag"]

    answers = at_once(
        [
            lambda: actions.bind_lane(sop=sop, slot="staf", jabatan=[post], by=cast.actor(cast.camat))
            for _twice in range(4)
        ]
    )

    assert refusals(answers) == []
    assert list(LaneBinding.objects.filter(sop=sop, slot="staf").values_list("jabatan", flat=True)) == [post.pk]


def test_a_lane_emptied_while_its_sop_is_put_in_force_leaves_no_unsound_sop_in_force(cast):
    put_in_force(cast, straight())
    text = dump(straight()).replace("Mengerjakan langkah2", "Menyampaikan langkah2")
    by = cast.actor(cast.camat)
    version = actions.import_version(office=cast.office, text=text, by=by)
    ratify = {"version": version, "by": by, "effective_from": date(2026, 1, 6), "reason": "Diperjelas."}

    answers = at_once(
        [
            lambda: actions.bind_lanes(sop=version.sop, bindings={"staf": []}, by=cast.actor(cast.admin)),
            lambda: actions.put_in_force(**ratify),
            lambda: actions.put_in_force(**ratify),
        ]
    )

    version.refresh_from_db()
    assert len(refusals(answers)) == 2
    assert version.state == VersionState.IN_FORCE
    assert LaneBinding.objects.filter(sop=version.sop, slot="staf").exists()
