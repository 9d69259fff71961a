"""A file over a weak line: it comes in parts and goes on from where it stopped."""

import os
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from runut.collection.models import Evidence
from runut.lib.uploads import MOST_BYTES
from tests.collection.builders import fill_in

PDF = b"%PDF-1.4 " + b"x" * 500
KEY = "0123456789abcdef"


@pytest.fixture
def send(people, client_for, settings, tmp_path):
    """Send a part of the PDF, from one byte to another, as the page's script does."""
    settings.MEDIA_ROOT = tmp_path
    line = people.sheet.lines.get(figure__no=1)

    def post(start, end, *, who=None, **more):
        data = {"act": "part", "key": KEY, "name": "rekap.pdf", "total": len(PDF), "at": start, **more}
        if end > start:
            data["part"] = SimpleUploadedFile("rekap.pdf", PDF[start:end])
        address = f"/isian/{people.sheet.pk}/baris/{line.pk}/"
        return client_for(who or people.a).post(address, data, headers={"accept": "application/json"})

    post.folder = Path(tmp_path) / "parts"
    return post


def test_the_parts_become_the_file(send):
    assert send(0, 200).json() == {"have": 200, "whole": False}
    assert send(200, 509).json() == {"have": 509, "whole": True}

    evidence = Evidence.objects.get()
    assert (evidence.name, Path(evidence.file.path).read_bytes()) == ("rekap.pdf", PDF)
    assert list(send.folder.iterdir()) == []


def test_after_a_break_the_device_asks_and_goes_on(send):
    send(0, 200)

    assert send(509, 509).json() == {"have": 200, "whole": False}
    assert send(0, 200).json() == {"have": 200, "whole": False}
    assert send(200, 509).json()["whole"]


def test_a_last_part_whose_answer_was_lost_makes_no_second_file(send):
    send(0, 509)

    assert send(509, 509).json() == {"have": 0, "whole": False}
    assert send(0, 509).json()["whole"]
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "../../secret-key"},
        {"key": "short"},
        {"total": MOST_BYTES + 1},
        {"total": 100},
        {"at": -1},
        {"total": "x"},
        {"name": ""},
    ],
)
def test_what_is_no_part_of_a_file_is_refused_in_words(send, wrong):
    answer = send(0, 200, **wrong)

    assert answer.status_code == 422
    assert answer.json()["sentence"].endswith(".")
    assert not send.folder.exists() or list(send.folder.iterdir()) == []


def test_a_file_that_is_not_what_it_says_is_refused_when_it_is_whole(send):
    answer = send(0, 509, name="rekap.png")

    assert answer.status_code == 422
    assert "tidak cocok dengan akhiran namanya" in answer.json()["sentence"]
    assert (Evidence.objects.count(), list(send.folder.iterdir())) == (0, [])


def test_parts_are_taken_from_whoever_fills_the_form_only(office, people, send):
    assert send(0, 200, who=people.b).status_code == 404
    fill_in(office, people.run, people.a)
    assert send(0, 200).status_code == 409
    assert not send.folder.exists()


def test_what_was_never_finished_is_thrown_away(send):
    send(0, 200)
    [old] = send.folder.iterdir()
    os.utime(old, (0, 0))

    send(0, 100, key="fedcba9876543210")

    assert [path.name.rpartition("-")[2] for path in send.folder.iterdir()] == ["fedcba9876543210"]
