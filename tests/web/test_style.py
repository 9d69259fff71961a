"""The style sheets keep their promises: contrast, size, and what old browsers understand."""

import gzip
import re
from itertools import product
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[2] / "runut" / "static"
SHEETS = {path.name: path.read_text(encoding="utf-8") for path in (STATIC / "css").glob("*.css")}
EVERYTHING = re.sub(r"/\*.*?\*/", "", "\n".join(SHEETS.values()), flags=re.DOTALL)


def tokens(selector):
    block = re.search(re.escape(selector) + r" \{(.*?)\}", SHEETS["runut.css"], re.DOTALL).group(1)
    return dict(re.findall(r"--([\w-]+): (#[0-9A-F]{6});", block))


NORMAL = tokens(":root")
HIGH = NORMAL | tokens('html[data-contrast="high"]')


def luminance(colour):
    def linear(part):
        value = int(part, 16) / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(colour[at : at + 2]) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


TEXT = [
    *product(("ink", "ink-2", "primary", "primary-dark", "error"), ("paper", "ground", "primary-tint")),
    *((f"{tone}-ink", f"{tone}-tint") for tone in ("good", "wait", "bad", "note", "plain")),
    ("paper", "primary"),
    ("paper", "primary-dark"),
    ("paper", "error"),
    ("paper", "bad-ink"),
    ("paper", "good-ink"),
]
MARKS = [
    ("line", "paper"),
    ("paper", "exceeded"),
    ("ink", "achieved"),
    ("ink", "nearly"),
    ("ink", "low"),
    ("paper", "critical"),
    ("exceeded", "paper"),
    ("achieved", "paper"),
    ("nearly", "paper"),
    ("critical", "paper"),
    ("focus", "focus-ring"),
]


@pytest.mark.parametrize("palette", [NORMAL, HIGH], ids=["normal", "high"])
@pytest.mark.parametrize("pair", TEXT, ids="-on-".join)
def test_text_stands_out_from_its_ground(palette, pair):
    front, back = pair

    assert contrast(palette[front], palette[back]) >= 4.5


@pytest.mark.parametrize("pair", MARKS, ids="-on-".join)
def test_marks_and_lines_stand_out_from_their_ground(pair):
    front, back = pair

    assert contrast(NORMAL[front], NORMAL[back]) >= 3


def test_high_contrast_is_higher_for_all_text():
    assert all(contrast(HIGH[name], "#FFFFFF") >= 7 for name in ("ink", "ink-2", "primary", "error"))


def test_the_sheets_weigh_little():
    assert sum(len(gzip.compress(sheet.encode())) for sheet in SHEETS.values()) <= 18_000


@pytest.mark.parametrize("newer", [":has(", "light-dark(", "color-mix(", "@container", "subgrid", "@scope", "oklch("])
def test_nothing_is_newer_than_the_oldest_browser(newer):
    assert newer not in EVERYTHING


def test_no_rule_is_nested_in_another():
    nested = re.findall(r"[{;]\s*&", EVERYTHING)

    assert nested == []


def test_nothing_is_fetched_from_elsewhere():
    assert re.findall(r"url\((?!\"\.\./fonts/)|@import|https?:", EVERYTHING) == []


def test_letters_are_never_under_13_pixels():
    sizes = [float(size) for size in re.findall(r"font-size: ([\d.]+)rem", EVERYTHING)]

    assert sizes
    assert min(sizes) * 16 >= 13


def test_every_icon_that_a_template_names_is_drawn():
    root = STATIC.parent
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "img" / "icons.svg").read_text(encoding="utf-8")))
    pattern = re.compile(r'components/icon\.html" with name="([\w-]+)"')
    named = {name for path in root.glob("templates/**/*.html") for name in pattern.findall(path.read_text("utf-8"))}

    assert named <= drawn
