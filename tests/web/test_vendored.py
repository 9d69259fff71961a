"""Files taken from others are the files that were published, and every one of them is listed."""

import base64
import hashlib
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TABLE = (ROOT / "docs" / "vendored.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `([^`]+)` \|.*`sha384-([A-Za-z0-9+/=]+)` \|$", TABLE, re.MULTILINE)


def test_every_listed_file_has_the_hash_in_the_table():
    hashes = {path: hashlib.sha384((ROOT / path).read_bytes()).digest() for path, _ in ROWS}

    assert hashes == {path: base64.b64decode(digest) for path, digest in ROWS}


def test_every_font_and_test_script_is_listed():
    present = {*ROOT.glob("runut/static/fonts/*.woff2"), *ROOT.glob("tests/vendor/*.js")}

    assert {str(path.relative_to(ROOT)) for path in present} == {path for path, _ in ROWS}


def test_every_licence_named_in_the_table_is_there():
    licences = re.findall(r"(?:OFL-1\.1|MPL-2\.0), `([^`]+)`", TABLE)

    assert len(licences) == len(ROWS)
    assert all((ROOT / path).read_text(encoding="utf-8").strip() for path in licences)
