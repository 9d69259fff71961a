"""What axe-core and a ruler find on a page."""

from pathlib import Path

AXE = Path(__file__).resolve().parents[1] / "vendor" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Every rule runs on everything; only what is wrong is put into words and sent over. The page is looked at from its
# top: where a mistake took the focus further down, the bar above covers what has just been scrolled past.
BEGIN = """tags => {
    window.scrollTo(0, 0)
    const words = all => all.violations.flatMap(rule =>
        rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 160)}`))
    const options = {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']}
    window.found = new Promise(resolve => setTimeout(() => resolve(axe.run(options).then(words))))
}"""
END = "() => window.found"
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def equip(page) -> None:
    """Have axe at hand in whatever this page opens, so that it need not be sent each time."""
    page.add_init_script(path=AXE)


def begin(page) -> None:
    """Let axe look at a page that is equipped; `end` waits for what it finds. Other pages can be driven meanwhile."""
    page.evaluate(BEGIN, TAGS)


def end(page) -> list[str]:
    """Violations with the elements concerned, and whether the page scrolls sideways; empty when all is well."""
    return [*page.evaluate(END), *sideways(page)]


def troubles(page) -> list[str]:
    """What `end` gives, of a page that need not be equipped."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    begin(page)
    return end(page)


def sideways(page) -> list[str]:
    """By how much the page as a whole is wider than the window; empty when it fits."""
    wider = page.evaluate(WIDER)
    return [f"scrolls sideways by {wider} px"] if wider > 0 else []
