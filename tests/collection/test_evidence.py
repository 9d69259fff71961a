"""Files and links that support a figure."""

from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from runut.audit.models import Entry
from runut.collection.actions import add_evidence, attach, withdraw_evidence
from runut.collection.models import Evidence, Value
from runut.collection.queries import rows_of
from runut.lib.errors import Denied, Refused
from runut.lib.tables import read_table
from runut.lib.uploads import MEBIBYTE
from tests.collection.builders import fill_in, review, submit, type_in
from tests.lib.test_photos import JFIF, exif, photo
from tests.lib.test_uploads import office as office_file

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def _upload(name="foto.png", content=PNG):
    return SimpleUploadedFile(name, content)


@pytest.fixture
def line(people):
    return people.sheet.lines.get(figure__no=1)


def test_a_file_is_kept_privately_under_a_name_of_our_own(office, people, line):
    evidence = add_evidence(line=line, by=office.actor(people.a), upload=_upload())

    assert (evidence.name, evidence.content_type, evidence.size) == ("foto.png", "image/png", len(PNG))
    assert "foto" not in evidence.file.name
    assert evidence.file.name.startswith("evidence/")
    entry = Entry.objects.get(event="evidence.added")
    assert (entry.stream, entry.payload["after"]["sha256"]) == (f"run:{people.run.pk}", evidence.sha256)


def test_a_file_beside_a_link_that_is_refused_is_not_attached_alone(office, people, line):
    with pytest.raises(Refused, match="Tautan ini tidak lengkap"):
        attach(line=line, by=office.actor(people.a), upload=_upload(), link="rekap di lemari")
    assert not Evidence.objects.filter(line=line).exists()

    attach(line=line, by=office.actor(people.a), upload=_upload(), link="https://contoh.go.id/rekap")
    assert sorted(Evidence.objects.filter(line=line).values_list("name", flat=True)) == ["contoh.go.id", "foto.png"]


@pytest.mark.parametrize(("name", "inside"), [("rekap.xlsx", "xl/workbook.xml"), ("nota.docx", "word/document.xml")])
def test_what_unpacks_to_more_than_an_import_takes_is_no_evidence_either(office, people, line, name, inside):
    bomb = office_file(inside, fill=b"0" * (101 * MEBIBYTE))

    with pytest.raises(Refused, match="terlalu besar setelah dibuka"):
        add_evidence(line=line, by=office.actor(people.a), upload=_upload(name, bomb))
    with pytest.raises(Refused, match="terlalu besar setelah dibuka"):
        read_table(bomb)
    assert not Evidence.objects.filter(line=line).exists()


def test_the_same_file_twice_is_kept_once(office, people, line):
    first = add_evidence(line=line, by=office.actor(people.a), upload=_upload())
    second = add_evidence(line=line, by=office.actor(people.a), upload=_upload("lain.png"))

    assert (first, Evidence.objects.count()) == (second, 1)


def test_a_photo_is_kept_without_its_place_and_known_by_the_hash_it_was_sent_with(office, people, line):
    sent = photo(JFIF, exif())

    evidence = add_evidence(line=line, by=office.actor(people.a), upload=_upload("foto.jpg", sent))

    with evidence.file.open() as file:
        stored = file.read()
    assert (stored, evidence.size) == (photo(JFIF), len(photo(JFIF)))
    assert evidence.sha256 == sha256(stored).hexdigest()
    assert evidence.sent_sha256 == sha256(sent).hexdigest()
    assert Entry.objects.get(event="evidence.added").payload["after"]["sent_sha256"] == evidence.sent_sha256
    assert add_evidence(line=line, by=office.actor(people.a), upload=_upload("foto.jpg", sent)) == evidence


def test_a_link_needs_its_whole_address(office, people, line):
    with pytest.raises(Refused, match="mulai dari https"):
        add_evidence(line=line, by=office.actor(people.a), link="drive/rekap")

    evidence = add_evidence(line=line, by=office.actor(people.a), link="https://contoh.go.id/rekap")
    assert (evidence.name, evidence.file.name) == ("contoh.go.id", "")


@pytest.mark.parametrize(
    ("name", "content"),
    [("surat.exe", b"MZ"), ("foto.png", b"bukan gambar"), ("kosong.pdf", b""), ("data.csv", b"a;b")],
)
def test_a_file_of_the_wrong_kind_is_refused(office, people, line, name, content):
    with pytest.raises(Refused) as refusal:
        add_evidence(line=line, by=office.actor(people.a), upload=_upload(name, content))

    assert (refusal.value.code, Evidence.objects.count()) == ("upload", 0)


def test_a_version_keeps_the_evidence_it_was_handed_in_with(office, people, line):
    evidence = add_evidence(line=line, by=office.actor(people.a), upload=_upload())
    fill_in(office, people.run, people.a)
    review(office, people.run, people.a, people.kasi, "return", {0: "Bukti bulan lain."})

    withdraw_evidence(evidence=evidence, by=office.actor(people.a))
    type_in(office, people.sheet, people.a, "84")
    submit(office, people.run, people.a)

    first, second = Value.objects.filter(figure=line.figure).order_by("no")
    assert ([item["sha256"] for item in first.evidence], second.evidence) == ([evidence.sha256], [])
    assert rows_of(people.sheet)[0].evidence == ()
    assert evidence.file.storage.exists(evidence.file.name)


def test_evidence_alone_makes_a_new_version(office, people, line):
    fill_in(office, people.run, people.a)
    review(office, people.run, people.a, people.kasi, "return", {0: "Belum ada bukti."})

    add_evidence(line=line, by=office.actor(people.a), upload=_upload())
    submit(office, people.run, people.a)

    first, second = Value.objects.filter(figure=line.figure).order_by("no")
    assert (first.amount, len(first.evidence)) == (second.amount, 0)
    assert [item["name"] for item in second.evidence] == ["foto.png"]


def test_nobody_else_attaches_or_withdraws(office, people, line):
    evidence = add_evidence(line=line, by=office.actor(people.a), upload=_upload())

    with pytest.raises(Denied):
        add_evidence(line=line, by=office.actor(people.b), upload=_upload())
    with pytest.raises(Denied):
        withdraw_evidence(evidence=evidence, by=office.actor(people.b))


def test_a_sheet_that_was_handed_in_takes_no_more_evidence(office, people, line):
    fill_in(office, people.run, people.a)

    with pytest.raises(Refused, match="sudah diajukan"):
        add_evidence(line=line, by=office.actor(people.a), upload=_upload())
