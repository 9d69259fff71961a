"""What people of a kabupaten's offices do in a quarter, through the product's own pages: seconds and statements."""

from __future__ import annotations

import gc
import random
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from bench import crowd
from bench.asked import IMPORT, OPENING
from bench.kabupaten import PEOPLE
from runut.collection.models import Figure, Line, Period, Sheet
from runut.lib.acts import new_key
from runut.organisation.models import Office, Pegawai, Staged, StagedState
from runut.organisation.queries import actor_of
from runut.sop.models import Run, Task
from runut.web.incoming import work_on

JSON = {"HTTP_ACCEPT": "application/json"}
LOGIN_BACKEND = "runut.organisation.backends.LoginBackend"


class Diary:
    """What each act took: seconds, and how many statements."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = defaultdict(list)
        self.statements: dict[str, list[int]] = defaultdict(list)

    @contextmanager
    def noted(self, act: str) -> Iterator[None]:
        count = 0

        def counted(execute: Any, sql: str, params: Any, many: bool, context: object) -> Any:
            nonlocal count
            count += 1
            return execute(sql, params, many, context)

        begin = perf_counter()
        with connection.execute_wrapper(counted):
            yield
        self.seconds[act].append(perf_counter() - begin)
        self.statements[act].append(count)


class House:
    """One office in the quarter at hand: its people at their browsers. hand: an operator types in for everybody."""

    def __init__(self, office: Office, diary: Diary, year: int, quarter: int) -> None:
        self.office, self.diary, self.when = office, diary, (year, quarter)
        people = Pegawai.objects.filter(assignments__jabatan__office=office).select_related("user")
        self.staf = people.get(assignments__jabatan__code="staf")
        self.head = people.get(assignments__jabatan__code="camat")
        self.people = list(people.filter(assignments__jabatan__code__startswith="asn").order_by("pk"))
        self.everybody = list(people)
        heads = Pegawai.objects.filter(assignments__jabatan__heads_office=True).select_related("user")
        self.coordinator = heads.get(assignments__jabatan__office__coordinates=True)
        self._browsers: dict[int, Client] = {}

    @property
    def address(self) -> str:
        return f"/periode/{self.when[0]}/{self.when[1]}/"

    @property
    def period(self) -> Period:
        rows = Period.objects.select_related("office__calendar", "run")
        return rows.get(office=self.office, year=self.when[0], quarter=self.when[1])

    @property
    def hand(self) -> bool:
        return self.period.collected_by.tasks.filter(work="fill", pegawai=None).exists()

    def browser(self, who: Pegawai) -> Client:
        if who.pk not in self._browsers:
            self._browsers[who.pk] = Client(SERVER_NAME="localhost")
            self._browsers[who.pk].force_login(who.user, backend=LOGIN_BACKEND)
        return self._browsers[who.pk]

    def get(self, act: str, who: Pegawai, address: str) -> HttpResponse:
        browser = self.browser(who)
        with self.diary.noted(act):
            answer = browser.get(address)
        assert answer.status_code == 200, (act, address, answer.status_code)
        return answer

    def post(self, act: str, who: Pegawai, address: str, data: dict[str, Any], status: int = 302, **more: str) -> Any:
        browser = self.browser(who)
        with self.diary.noted(act):
            answer = browser.post(address, data, **more)
        assert answer.status_code == status, (act, address, answer.status_code, answer.text[-3000:])
        return answer

    def open_quarter(self) -> None:
        """The clerk starts the procedure, makes everybody's form and sends the forms out."""
        year, quarter = self.when
        sop = self.office.sops.get(code="kumpul")
        title = f"Pengumpulan Triwulan {quarter} {year}"
        self.post(OPENING[0], self.staf, "/periode/buka/", {"sop": sop.pk, "title": title, "key": new_key()})
        run = Run.objects.get(office=self.office, state="running")
        others = {f"reason-{each.pk}": "memimpin" for each in self.everybody if each not in self.people}
        data = {
            "act": "complete", "key": new_key(), "tahun": year, "triwulan": quarter,
            "member": [each.pk for each in self.people], **others,
        }  # fmt: skip
        self.post(OPENING[1], self.staf, f"/tugas/{_open(run, 'prepare')}/siapkan/", data)
        self.post(
            OPENING[2], self.staf, f"/tugas/{_open(run, 'distribute')}/bagikan/", {"act": "complete", "key": new_key()}
        )
        assert Task.objects.filter(run=run, work="fill", state="open").count() == PEOPLE

    def look_around(self, chance: random.Random) -> None:
        """The pages that are only read."""
        self.get("the matrix of the period", self.head, self.address)
        self.get("the list of periods", self.staf, "/periode/")
        past = Period.objects.filter(office=self.office).exclude(pk=self.period.pk).order_by("-year", "-quarter")[:12]
        before = chance.choice(list(past))
        self.get("the recap of a signed quarter", self.head, f"/himpunan/{before.year}/{before.quarter}/")
        figure = chance.choice(Figure.objects.filter(period=before)[:50])
        self.get("the history of a figure", self.head, figure.get_absolute_url())
        self.get("the dictionary of indicators", self.head, "/atur/indikator/")
        self.get("all offices", self.coordinator, f"{self.address}kantor/")

    def fill_in(self, place: int, chance: random.Random) -> None:
        """One person looks at one's tasks, opens the form, types a cell, then the rest, and hands it in."""
        who = self.people[place]
        sheet = Sheet.objects.get(period=self.period, pegawai=who)
        address = sheet.get_absolute_url()
        self.get("the inbox of a filler", who, "/tugas/")
        self.get("the form", who, address)
        first, *rest = sheet.lines.order_by("figure__no")
        self.post("a cell is saved", who, address, _cell(first, chance), status=200, **JSON)
        self.browser(who).post(address, {name: text for line in rest for name, text in _cell(line, chance).items()})
        assert not sheet.lines.filter(measure="not_filled").exists()
        self.post("a form is handed in", who, f"{address}periksa/", {"act": "complete", "key": new_key()})
        [task] = Task.objects.filter(run=sheet.run_id, branch__member=sheet.member, work="review", state="open")
        reviewer = Pegawai.objects.select_related("user").get(assignments__jabatan=task.jabatan_id)
        # Only now: an empty inbox has nothing to read and takes two statements less.
        self.get("the inbox of a reviewer", reviewer, "/tugas/")
        self.get("the review of a form", reviewer, f"/validasi/{sheet.pk}/")

    def bring_in(self, seed: int) -> None:
        """The operator's workbook of the whole quarter: looked at, and brought in."""
        period = self.period
        content = crowd.workbook(period, actor_of(self.staf, timezone.localdate()), seed)
        file = SimpleUploadedFile("triwulan.xlsx", content)
        browser = self.browser(self.staf)
        with self.diary.noted(IMPORT[0]):
            answer = browser.post(f"/periode/{period.pk}/impor/", {"file": file})
            staged = Staged.objects.filter(about=period.pk).latest("pk")
            _worker(staged, StagedState.READING)
        self.get("the import's result page", self.staf, answer.url)
        with self.diary.noted(IMPORT[1]):
            browser.post(answer.url)
            _worker(staged, StagedState.BRINGING)
        staged.refresh_from_db()
        assert (staged.state, staged.counts["rejected"]) == (StagedState.DONE, 0), (staged.problem, staged.counts)


def _worker(staged: Staged, state: str) -> None:
    """What the product's worker does as soon as it sees the job, where the request did not do it itself."""
    staged.refresh_from_db()
    if staged.state == state:
        work_on.call(staged.pk)


def _open(run: Run, work: str) -> int:
    return Task.objects.values_list("pk", flat=True).get(run=run, work=work, state="open")


def _cell(line: Line, chance: random.Random) -> dict[str, str]:
    number = f"{chance.randint(5000, 9999) / 100:.2f}".replace(".", ",")
    return {f"v-{line.pk}": number, f"rev-{line.pk}": str(line.rev), f"key-{line.pk}": new_key()}


def go_round(year: int, quarter: int, share: tuple[int, int], samples: int) -> Diary:
    """One round: every so many-th of the offices opens the quarter; then so many visits of each kind in these."""
    warm, diary, chance = Diary(), Diary(), random.Random(share[0])
    offices = list(Office.objects.order_by("pk"))
    offices = offices[len(offices) * share[0] // share[1] : len(offices) * (share[0] + 1) // share[1]]
    houses = [House(office, diary, year, quarter) for office in offices]
    for house in houses:
        house.open_quarter()
    hands = [house for house in houses if house.hand]
    selves = [house for house in houses if not house.hand]
    for number in range(-2, samples):
        # The first visits only warm up: texts, templates and queries are put together once per process.
        if number == 0:
            # As the product's web server does once it is loaded.
            gc.collect()
            gc.freeze()
        for each in houses:
            each.diary = warm if number < 0 else diary
        house, operator = selves[number % len(selves)], hands[number % len(hands)]
        house.look_around(chance)
        house.fill_in(number % PEOPLE, chance)
        if number % 3 == 0 or number < 0:
            operator.bring_in(number)
    return diary
