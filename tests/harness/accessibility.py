"""What axe-core and a ruler find on a page."""

from pathlib import Path

AXE = Path(__file__).resolve().parents[1] / "vendor" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = "tags => axe.run({runOnly: {type: 'tag', values: tags}})"
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def troubles(page) -> list[str]:
    """Violations with the elements concerned, and whether the page scrolls sideways; empty when all is well."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in page.evaluate(RUN, TAGS)["violations"]
        for node in violation["nodes"]
    ]
    return [*found, *sideways(page)]


def sideways(page) -> list[str]:
    """By how much the page as a whole is wider than the window; empty when it fits."""
    wider = page.evaluate(WIDER)
    return [f"scrolls sideways by {wider} px"] if wider > 0 else []
