"""One person at a browser: signing in, opening a task, pressing what the page offers."""

import re

from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from tests.harness.accessibility import sideways
from tests.scenarios.stage import PASSWORD

# Two cores may be busy with other things than this page.
expect.set_options(timeout=15_000)

LOGIN_BACKEND = "runut.organisation.backends.LoginBackend"
FRAME = ("data-sop", "data-run", "data-step", "data-task", "data-state")


class Officer:
    """Somebody of the office with a browser of their own. `page` is Playwright's; the rest are habits."""

    def __init__(self, pegawai, page):
        self.pegawai, self.page = pegawai, page

    def __str__(self):
        return self.pegawai.full_name

    @property
    def main(self):
        return self.page.get_by_role("main")

    def sign_in(self, password=PASSWORD):
        """Through the page, with the NIP."""
        self.page.goto("/masuk/")
        self.page.get_by_label("NIP atau surel").fill(self.pegawai.nip)
        self.page.get_by_label("Kata sandi").fill(password)
        self.main.get_by_role("button", name="Masuk", exact=True).click()
        expect(self.page.get_by_role("heading", name="Tugas Saya", level=1)).to_be_visible()
        return self

    def enter(self, url):
        """With a session that is there already: changing roles without typing."""
        client = Client()
        client.force_login(self.pegawai.user, backend=LOGIN_BACKEND)
        name = settings.SESSION_COOKIE_NAME
        self.page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": url}])
        return self

    def go(self, path):
        """Open an address and read it: what came back, with the page."""
        response = self.page.goto(path)
        assert response.status < 500, f"{path}: {response.status}"
        assert sideways(self.page) == [], path
        return response

    def open_task(self, task):
        """From Tugas Saya to the page of a task, as by clicking its title; checks what the page says it is."""
        self.page.goto("/tugas/")
        self.page.locator(f'li[data-task="{task.pk}"]').get_by_role("link").first.click()
        return self.at_task(task)

    def at_task(self, task, state="open"):
        """The page shown is this task's page."""
        frame = self.frame()
        expect(frame).to_have_attribute("data-task", str(task.pk))
        expected = [task.run.version.sop.code, str(task.run_id), task.step, str(task.pk), state]
        assert [frame.get_attribute(name) for name in FRAME] == expected
        assert sideways(self.page) == [], self.page.url
        return self

    def frame(self):
        """The part of a work page that says which step of which run it is."""
        return self.page.locator("[data-task][data-step]").first

    def act(self, outcome="complete", *, reason="", late_reason="Menunggu data dari unit lain."):
        """Press the button of an outcome; a return is unfolded and given its reason first."""
        late = self.page.get_by_label("Alasan terlambat")
        if late.count():
            late.fill(late_reason)
        if reason:
            self.unfold("Ada yang perlu diperbaiki?")
            self.page.get_by_label("Alasan dan yang perlu diperbaiki").fill(reason)
        self.press(outcome)
        return self

    def press(self, outcome):
        self.page.locator(f'button[name="act"][value="{outcome}"]').click()

    def unfold(self, words):
        """Open a folded part of the page, unless it is open."""
        summary = self.page.locator("summary", has_text=words).first
        if summary.locator("xpath=..").get_attribute("open") is None:
            summary.click()

    def field(self, label):
        """A field by its label; the words may go on, as with "(boleh kosong)"."""
        return self.main.get_by_label(label).first

    def write(self, fields):
        """Label -> what is typed."""
        for label, words in fields.items():
            self.field(label).fill(str(words))
        return self

    def tick(self, label):
        self.field(label).check()
        return self

    def sees(self, *sentences):
        """Each of these words stands in the main part of the page."""
        for words in sentences:
            expect(self.main).to_contain_text(words)
        return self

    def sees_no(self, *sentences):
        for words in sentences:
            expect(self.main).not_to_contain_text(words)
        return self

    def told(self, words):
        """The confirmation at the head of the page."""
        expect(self.page.locator(".messages .notice.good")).to_contain_text(words)
        return self

    def warned(self, words):
        """The page came back with a summary of what is wrong, the address unchanged."""
        expect(self.page.get_by_role("alert").first).to_contain_text(words)
        return self

    def row(self, words):
        """A line of a table that holds these words."""
        return self.main.get_by_role("row").filter(has_text=re.compile(re.escape(words)))

    def asks(self):
        """How many things wait in Tugas Saya."""
        self.page.goto("/tugas/")
        return self.page.locator("li.task").count()
