"""Take the pictures of the officer's guide anew: from the demonstration, as its people see it.

python tools/guide_pictures.py     about a minute; writes runut/static/panduan/*.png
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "runut" / "static" / "panduan"
CHROMIUM = "/usr/bin/chromium"
DESK: ViewportSize = {"width": 1100, "height": 700}
PHONE: ViewportSize = {"width": 360, "height": 640}
PATIENCE = 180


@contextmanager
def demonstration() -> Iterator[tuple[str, list[dict[str, str]]]]:
    """The demonstration in an empty folder: its address, and who may sign in."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        command = [sys.executable, "-m", "runut", "demo", "--port", str(port), "--data", folder]
        served = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(address)
            yield address, json.loads((Path(folder) / "demo.json").read_text(encoding="utf-8"))
        finally:
            served.terminate()
            served.wait()


def _wait(address: str) -> None:
    for _second in range(PATIENCE):
        try:
            urlopen(f"{address}/healthz").close()
        except (URLError, ConnectionError):
            time.sleep(1)
        else:
            return
    raise SystemExit("The demonstration did not start.")


def _asked(page: Page, people: list[dict[str, str]], task: str) -> None:
    """Sign in as the first of these people whose inbox holds such a task."""
    for person in people:
        page.context.clear_cookies()
        page.goto("/masuk/")
        page.get_by_label("NIP").fill(person["nip"])
        page.locator("input[type=password]").fill(person["password"])
        page.locator("main button[type=submit]").click()
        page.wait_for_url("**/tugas/")
        if page.locator("main").get_by_role("link", name=task).count():
            return
    raise SystemExit(f"Nobody in the demonstration has to: {task}")


def _task(page: Page, name: str) -> None:
    page.locator("main").get_by_role("link", name=name).first.click()


def _filling(page: Page) -> None:
    _task(page, "Isi data kinerja")
    page.locator("[data-cell]").first.focus()


def _reviewing(page: Page) -> None:
    _task(page, "Periksa data kinerja")


def _running(page: Page) -> None:
    _task(page, "Isi data kinerja")
    page.locator("main a[href^='/sop/jalan/']").first.click()


def _matrix(page: Page) -> None:
    page.goto("/periode/")
    page.locator("main a[href^='/periode/20']").first.click()


def _importing(page: Page) -> None:
    _task(page, "Isi data kinerja")
    page.get_by_role("link", name="Impor Excel").click()


@dataclass(frozen=True, slots=True)
class Picture:
    """office: part of its name. task: what whoever is shown has to do. take: from the inbox to what is shown."""

    name: str
    office: str
    task: str
    take: Callable[[Page], object]
    size: ViewportSize


TAKEN = (
    Picture("tugas", "Inspektorat", "Periksa data kinerja", lambda page: None, DESK),
    Picture("isian", "Kemlagi", "Isi data kinerja", _filling, DESK),
    Picture("isian-hp", "Kemlagi", "Isi data kinerja", _filling, PHONE),
    Picture("impor", "Kemlagi", "Isi data kinerja", _importing, DESK),
    Picture("papan", "Kemlagi", "Isi data kinerja", _running, DESK),
    Picture("kelengkapan", "Kemlagi", "Isi data kinerja", _matrix, DESK),
    Picture("periksa", "Inspektorat", "Periksa data kinerja", _reviewing, DESK),
)


def main() -> int:
    """Take all pictures, from a demonstration of its own; gives the exit code."""
    PICTURES.mkdir(exist_ok=True)
    with demonstration() as (address, people), sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM)
        for picture in TAKEN:
            context = browser.new_context(viewport=picture.size, locale="id-ID", base_url=address)
            page = context.new_page()
            _asked(page, [one for one in people if picture.office in one["office"]], picture.task)
            picture.take(page)
            page.wait_for_load_state("networkidle")
            page.screenshot(path=PICTURES / f"{picture.name}.png")
            print(f"{picture.name}.png: {page.title()}", flush=True)
            context.close()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
