"""What `pip install .` brings."""

import subprocess
import sys
import zipfile

import pytest

from tests.repository.source import ROOT, files, named


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The names in a wheel built from this tree, without any network."""
    directory = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(directory)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    [path] = directory.glob("runut-*.whl")
    with zipfile.ZipFile(path) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_every_file_of_the_package(wheel):
    ours = {named(path) for path in files() if named(path).startswith("runut/") and path.suffix != ".pyc"}

    assert ours - wheel == set()


def test_the_wheel_holds_the_package_and_nothing_else(wheel):
    strangers = {name for name in wheel if not name.startswith("runut/") and ".dist-info/" not in name}

    assert strangers == set()


def test_the_wheel_brings_templates_static_files_texts_and_procedures(wheel):
    kinds = {"templates": ".html", "static": ".css", "sop/library": ".yaml", "web/panduan": ".md"}

    missing = [
        folder
        for folder, suffix in kinds.items()
        if not any(name.startswith(f"runut/{folder}/") and name.endswith(suffix) for name in wheel)
    ]

    assert missing == []


def test_the_runut_command_is_installed(wheel):
    assert any(name.endswith("entry_points.txt") for name in wheel)


def test_locks_hold_hashes_for_every_package_and_no_address():
    for name in ("requirements.lock", "requirements-dev.lock", "requirements-bench.lock"):
        entries = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ").splitlines()

        assert entries
        assert [line for line in entries if "==" not in line or "--hash=sha256:" not in line or "://" in line] == []
