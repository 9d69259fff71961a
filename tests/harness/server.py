"""A real server on the test's own database copy, and a real browser to visit it."""

import os
import shutil
from collections.abc import Iterator

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread

# Pages live too short here for their scripts to be worth optimising: compiling them would cost more than it saves.
FLAGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--js-flags=--no-maglev --no-turbofan",
]
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium-headless-shell") or "/usr/bin/chromium"


class CachedStatic(StaticFilesHandler):
    """Static files are kept by the browser, as they are in the product: for good.

    A shorter life would be over at once where the test's clock, which dates the answer, is behind the browser's.
    """

    def serve(self, request):
        response = super().serve(request)
        response["Cache-Control"] = "max-age=315360000, immutable"
        return response


@pytest.fixture
def live_url(committed_db, settings) -> Iterator[str]:
    """The address (no slash at the end) of the product, served in threads on a fresh database copy."""
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    server = LiveServerThread("127.0.0.1", CachedStatic)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium, one for the whole run."""
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread; Django would refuse every query made beside it.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def new_page(browser, live_url):
    """Make pages of separate people: each call is a new browser profile that knows nothing of the others."""
    contexts = []
    troubles = []

    def make(**options):
        options = {
            "viewport": {"width": 1366, "height": 768},
            "locale": "id-ID",
            "timezone_id": "Asia/Jakarta",
            **options,
        }
        context = browser.new_context(base_url=live_url, **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(f"script error: {error}"))
        page.on("console", lambda message: _note_violation(message, troubles))
        return page

    yield make
    for context in contexts:
        context.close()
    assert not troubles, troubles


def _note_violation(message, troubles: list[str]) -> None:
    if message.type == "error" and "Content Security Policy" in message.text:
        troubles.append(message.text)


@pytest.fixture
def page(new_page):
    """One page of one person, on the live server; a script error or a CSP violation fails the test."""
    return new_page()
