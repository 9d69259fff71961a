"""What is in one person's form, evidence, review and correction, nobody else reads in what was ever said about it.

That no page of the product tells it is seen where every address is asked by every role.
"""

import pytest
from django.db.models import Q

from runut.audit.models import Entry
from runut.sop.models import Task
from tests.access.stage import STRANGERS, secrets_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def paths(access, long_pages):
    """What was ever said about the runs with the person's figures, and every task in them."""
    runs, found = [access.personal, access.personal_case.run], []
    mine = Task.objects.filter(Q(branch__isnull=True) | Q(branch__pegawai=access.owner), run__in=runs)
    found += [f"/tugas/{pk}/" for pk in mine.values_list("pk", flat=True)]
    for run in runs:
        found += [f"/sop/jalan/{run.pk}/", f"/sop/jalan/{run.pk}/riwayat/"]
    told = Entry.objects.filter(Q(stream__in=[run.audit_stream for run in runs]) | Q(subject_id=access.report.pk))
    told = told.exclude(subject_type="collection.sheet").exclude(subject_type="sop.task")
    trails = set(told.values_list("subject_type", "subject_id"))
    trails |= {("collection.sheet", access.sheet.pk), ("correction.errorreport", access.report.pk)}
    trails |= {("sop.task", pk) for pk in mine.values_list("pk", flat=True)}
    return [*found, *(f"/jejak/{kind}/{pk}/" for kind, pk in sorted(trails))]


@pytest.mark.parametrize("role", STRANGERS)
def test_nobody_else_reads_a_persons_figures(access, browser_of, paths, role):
    browser = browser_of(access.people[role])

    assert {path: found for path in paths if (found := secrets_in(browser.get(path)))} == {}


@pytest.mark.parametrize("role", ["person", "superior", "head"])
def test_who_has_to_do_with_them_reads_them(access, browser_of, role):
    browser = browser_of(access.people[role])

    assert secrets_in(browser.get(f"/isian/{access.sheet.pk}/"))
    assert secrets_in(browser.get(f"/angka/{access.figure.pk}/"))
    assert secrets_in(browser.get(f"/jejak/collection.evidence/{access.evidence.pk}/"))
    paper = browser.get(f"/bukti/{access.evidence.pk}/")
    assert b"".join(paper.streaming_content).startswith(b"%PDF")
    assert paper["Content-Disposition"].startswith("attachment")
    assert paper["X-Content-Type-Options"] == "nosniff"
