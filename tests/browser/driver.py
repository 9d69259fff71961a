"""Playing a procedure through the real pages: whose turn it is opens the task in a browser and does it.

`Scene(Play(KEMLAGI), new_page, live_url)` gives everybody of a play a browser: `scene.do("perintah", number="800/1")`
lets whoever it is do a step in the ordinary way, `scene.open("draf")` stops at its page, `scene.officer("camat")` is
a person at a browser.
"""

from tests.browser import by_case, by_paper, by_sheet
from tests.browser.officer import Officer

WORKS = {
    "instruct": by_case.instruct,
    "plan": by_case.plan,
    "analyse": by_case.analyse,
    "meet": by_case.meet,
    "coordinate": by_case.coordinate,
    "do": by_case.do,
    "prepare": by_sheet.prepare,
    "distribute": by_sheet.distribute,
    "fill": by_sheet.fill,
    "review": by_sheet.review,
    "compile": by_paper.compile,
    "draft": by_paper.draft,
    "approve": by_paper.approve,
    "initial": by_paper.initial,
    "report": by_paper.report,
    "register": by_paper.register,
    "sign": by_paper.sign,
    "publish": by_paper.publish,
    "reproduce": by_paper.reproduce,
    "dispatch": by_paper.dispatch,
    "archive": by_paper.archive,
}


class Scene:
    """A play with a browser for each of its people."""

    def __init__(self, play, new_page, live_url):
        self.play, self.new_page, self.live_url = play, new_page, live_url
        self.officers = {}

    @property
    def world(self):
        return self.play.world

    def officer(self, job, which=0, **options):
        """The holder of a position, at a browser; options are Playwright's for a new context."""
        return self.of(self.play.person(job, which), **options)

    def of(self, pegawai, **options):
        """This person at a browser, signed in; options ask for a browser of a kind of its own."""
        if pegawai.pk not in self.officers or options:
            self.officers[pegawai.pk] = Officer(pegawai, self.new_page(**options)).enter(self.live_url)
        return self.officers[pegawai.pk]

    def visitor(self, job, which=0, **options):
        """The same person at another browser, not signed in."""
        return Officer(self.play.person(job, which), self.new_page(**options))

    def whose(self, task):
        """The officer whose turn it is."""
        return self.of(self.world.holder(task).pegawai)

    def open(self, step, member=None, run=None):
        """Open a step's task from the inbox of whoever has it: the task and the officer, at its page."""
        task = self.play.task(step, member, run)
        assert task is not None, f"{step} is not open; {self.play.open_steps(run)} are"
        return task, self.whose(task).open_task(task)

    def do(self, step, member=None, run=None, **particulars):
        """Let whoever it is do an open step through its page."""
        task, officer = self.open(step, member, run)
        WORKS[task.work](officer, self.world, task, **particulars)
        return officer

    def do_all(self, step, run=None, **particulars):
        """Everybody whose turn it is in a fan-out does it."""
        while task := self.play.task(step, None, run):
            officer = self.whose(task).open_task(task)
            WORKS[task.work](officer, self.world, task, **particulars)

    def send_back(self, step, *, reason, chosen=(), outcome="return", member=None, run=None):
        """Return what a step was given; chosen: names of those whose data go back."""
        task, officer = self.open(step, member, run)
        if chosen:
            officer.unfold("Ada yang perlu diperbaiki?")
        for name in chosen:
            officer.main.get_by_role("checkbox", name=name).check()
        officer.act(outcome, reason=reason).told(f"Dikembalikan dari langkah “{task.text}”")
        return officer

    def board(self, officer, run=None):
        """The run's board as this officer sees it."""
        run = run or self.play.run
        officer.go(f"/sop/jalan/{run.pk}/")
        return officer

    def state_on_board(self, officer, step):
        """What the board says of a step: done, now, ahead ..."""
        return officer.page.locator(f'tr[data-step="{step}"]').get_attribute("data-state")
