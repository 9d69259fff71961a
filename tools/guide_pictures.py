"""Take the pictures of the officer's guide anew: from the demonstration, as its people see it.

python tools/guide_pictures.py     about a minute; writes runut/static/panduan/*.png
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import FilePayload, Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "runut" / "static" / "panduan"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
DESK: ViewportSize = {"width": 1100, "height": 700}
PHONE: ViewportSize = {"width": 360, "height": 640}
PATIENCE = 180
INDICATOR = "Jumlah dokumen layanan yang diselesaikan"
ATTENDANCE = "Ketepatan waktu kehadiran pegawai"
NUMBERS = ("Kehadiran tepat waktu", "kehadiran", "Seluruh kehadiran", "kehadiran")

# Those who may sign in, with their office and position.
People = list[dict[str, str]]


@contextmanager
def demonstration() -> Iterator[tuple[str, People, Path]]:
    """The demonstration in an empty folder: its address, who may sign in, and its database."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        command = [sys.executable, "-m", "runut", "demo", "--port", str(port), "--data", folder]
        served = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(address)
            people = json.loads((Path(folder) / "demo.json").read_text(encoding="utf-8"))
            yield address, people, Path(folder) / "runut.sqlite3"
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


def _name_two_numbers(database: Path) -> None:
    """No dictionary of the demonstration names a numerator; one picture shows a form that asks for both numbers."""
    columns = "numerator = ?, numerator_unit = ?, denominator = ?, denominator_unit = ?"
    with closing(sqlite3.connect(database, timeout=30)) as opened, opened:
        opened.execute(f"UPDATE planning_indicatorversion SET {columns} WHERE name = ?", (*NUMBERS, ATTENDANCE))


def _asked(page: Page, people: People, task: str) -> None:
    """Sign in as the first of these people whose inbox holds such a task; without one, as the first."""
    for person in people:
        page.context.clear_cookies()
        page.goto("/masuk/")
        page.get_by_label("NIP").fill(person["nip"])
        page.locator("input[type=password]").fill(person["password"])
        page.locator("main button[type=submit]").click()
        page.wait_for_url("**/tugas/")
        if not task or page.locator("main").get_by_role("link", name=task).count():
            return
    raise SystemExit(f"Nobody in the demonstration has to: {task}")


def _task(page: Page, name: str) -> None:
    page.locator("main").get_by_role("link", name=name).first.click()


def _filling(page: Page, people: People) -> None:
    _task(page, "Isi data kinerja")
    page.locator("[data-cell]").first.focus()


def _reviewing(page: Page, people: People) -> None:
    _task(page, "Periksa data kinerja")


def _running(page: Page, people: People) -> None:
    _task(page, "Isi data kinerja")
    page.locator("main a[href^='/sop/jalan/']").first.click()


def _matrix(page: Page, people: People) -> None:
    page.goto("/periode/")
    page.locator("main a[href^='/periode/20']:not([href*='kantor'])").first.click()


def _importing(page: Page, people: People) -> None:
    _task(page, "Isi data kinerja")
    page.get_by_role("link", name="Impor Excel").click()


def _two_numbers(page: Page, people: People) -> None:
    _task(page, "Isi data kinerja")
    for place, number in enumerate(("171", "180")):
        page.locator("[data-cell][inputmode=decimal]").nth(place).fill(number)
    page.locator("[data-strip]").filter(has_text="Tersimpan").wait_for()


def _look_at(page: Page, name: str, rows: list[str]) -> None:
    """Send a table to the page that is open, and come to what would become of its rows."""
    table: FilePayload = {"name": name, "mimeType": "text/csv", "buffer": "\n".join(rows).encode()}
    page.locator("main input[type=file]").set_input_files(table)
    page.get_by_role("button", name="Lihat perubahannya").click()
    page.locator("main table").wait_for(timeout=5000)


def _old_figures(page: Page, people: People) -> None:
    page.goto("/periode/lama/")
    page.get_by_role("link", name="Impor dari Excel").click()
    paper = "065/13/416/2026;20 Januari 2026;Camat, Darma Simulanto"
    figures = [("IKU-01", "Tahun", "85", "82,4"), ("IKU-02", "Tahun", "100", "97,5"), ("IKU-04", "Tahun", "95", "91,2")]
    rows = [*figures, ("IKU-01", "IV", "84", "82,9")]
    _look_at(page, "capaian-2025.csv", [
        "Kode indikator;Tahun;Triwulan;Target;Realisasi;No. dokumen;Tanggal dokumen;Penanda tangan",
        *(f"{code};2025;{quarter};{target};{actual};{paper}" for code, quarter, target, actual in rows),
    ])  # fmt: skip


def _from_records(page: Page, people: People) -> None:
    """A row of each of these people, of whom some have handed in."""
    page.goto("/periode/")
    page.locator("main a[href^='/periode/20']:not([href*='kantor'])").first.click()
    page.get_by_role("link", name="Impor e-Kinerja").click()
    staff = list({one["nip"]: one["name"] for one in people if "Inspektur" not in one["jabatan"]}.items())[:7]
    rows = [f'{nip},"{name}",{INDICATOR},{no + 108},EK-2026-{no:05d}' for no, (nip, name) in enumerate(staff, 10)]
    _look_at(page, "ekspor-ekinerja.csv", ["NIP,Nama,Indikator,Realisasi,No. referensi", *rows])


@dataclass(frozen=True, slots=True)
class Picture:
    """office: part of its name. task: what whoever is shown has to do. take: from the inbox to what is shown.

    post: part of the name of that person's position.
    """

    name: str
    office: str
    task: str
    take: Callable[[Page, People], object]
    size: ViewportSize
    post: str = ""


TAKEN = (
    Picture("tugas", "Inspektorat", "Periksa data kinerja", lambda page, people: None, DESK),
    Picture("isian", "Kemlagi", "Isi data kinerja", _filling, DESK),
    Picture("isian-hp", "Kemlagi", "Isi data kinerja", _filling, PHONE),
    Picture("impor", "Kemlagi", "Isi data kinerja", _importing, DESK),
    Picture("papan", "Kemlagi", "Isi data kinerja", _running, DESK),
    Picture("kelengkapan", "Kemlagi", "Isi data kinerja", _matrix, DESK),
    Picture("periksa", "Inspektorat", "Periksa data kinerja", _reviewing, DESK),
    Picture("impor-lama", "Kemlagi", "", _old_figures, DESK, post="Camat"),
    Picture("impor-ekinerja", "Inspektorat", "", _from_records, DESK, post="Staf Kepegawaian"),
    Picture("pembilang", "Kemlagi", "Isi data kinerja", _two_numbers, DESK, post="Kasubag Umum"),
)


def main() -> int:
    """Take all pictures, from a demonstration of its own; gives the exit code."""
    PICTURES.mkdir(exist_ok=True)
    with demonstration() as (address, people, database), sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM)
        for picture in TAKEN:
            context = browser.new_context(viewport=picture.size, locale="id-ID", base_url=address)
            page = context.new_page()
            if picture.take is _two_numbers:
                _name_two_numbers(database)
            colleagues = [one for one in people if picture.office in one["office"]]
            _asked(page, [one for one in colleagues if picture.post in one["jabatan"]], picture.task)
            picture.take(page, colleagues)
            page.wait_for_load_state("networkidle")
            page.screenshot(path=PICTURES / f"{picture.name}.png")
            print(f"{picture.name}.png: {page.title()}", flush=True)
            context.close()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
