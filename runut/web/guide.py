"""The officer's guide: pages of Markdown that lie in `panduan/`, read in the product itself, also without internet."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

FOLDER = Path(__file__).parent / "panduan"
INDEX = "README"


@dataclass(frozen=True, slots=True)
class GuidePage:
    """A page of the guide. body: HTML that is ours; the source's own HTML is shown as text."""

    slug: str
    title: str
    body: SafeString


@cache
def slugs() -> tuple[str, ...]:
    """The pages besides the first one, in the order in which that one names them."""
    named = [name for name in _links(_parsed(INDEX)) if name != INDEX]
    return tuple(dict.fromkeys(named))


@cache
def guide_page(slug: str) -> GuidePage:
    """One page. Its first heading is the title; links and pictures lead to where the product has them."""
    tokens = _parsed(slug)
    title = next(tokens[at + 1].content for at, token in enumerate(tokens) if token.tag == "h1")
    closed = next(at for at, token in enumerate(tokens) if token.type == "heading_close" and token.tag == "h1")
    body = tokens[closed + 1 :]
    for token in _every(body):
        if token.type == "link_open":
            token.attrSet("href", _address(str(token.attrGet("href") or "")))
        elif token.type == "image":
            token.attrSet("src", static(f"panduan/{PurePosixPath(str(token.attrGet('src'))).name}"))
            token.attrSet("loading", "lazy")
        elif token.type == "table_open":
            token.attrSet("class", "list")
    markdown = _markdown()
    return GuidePage(slug, title, mark_safe(markdown.renderer.render(body, markdown.options, {})))


@cache
def guide_index() -> tuple[GuidePage, ...]:
    """All pages besides the first one."""
    return tuple(guide_page(slug) for slug in slugs())


def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _parsed(slug: str) -> list[Token]:
    return _markdown().parse((FOLDER / f"{slug}.md").read_text(encoding="utf-8"))


def _every(tokens: list[Token]) -> list[Token]:
    """The tokens, those inside of lines included."""
    return [one for token in tokens for one in (token, *(token.children or ()))]


def _links(tokens: list[Token]) -> list[str]:
    found = [str(token.attrGet("href") or "") for token in _every(tokens) if token.type == "link_open"]
    return [name.removesuffix(".md") for name in found if name.endswith(".md")]


def _address(link: str) -> str:
    page, _hash, part = link.partition("#")
    if not page.endswith(".md"):
        return link
    name = page.removesuffix(".md")
    address = reverse("web:help_page") if name == INDEX else reverse("web:guide", args=[name])
    return f"{address}#{part}" if part else address
