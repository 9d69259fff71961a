"""Documents lead somewhere."""

import re

import yaml

from tests.repository.source import ROOT, texts

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
PUBLICCODE_KEYS = {
    "publiccodeYmlVersion",
    "name",
    "url",
    "platforms",
    "categories",
    "developmentStatus",
    "softwareType",
    "description",
    "legal",
    "maintenance",
    "localisation",
}


def test_links_between_documents_resolve():
    broken = []
    for name, text in texts().items():
        if not name.endswith(".md"):
            continue
        for target in LINK.findall(text):
            path = target.partition("#")[0]
            outside = "://" in path or path.startswith("mailto:")
            if path and not outside and not ((ROOT / name).parent / path).exists():
                broken.append(f"{name}: {target}")

    assert broken == []


def test_each_decision_is_numbered_once_without_gaps():
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs" / "adr").glob("[0-9]*.md"))

    assert numbers == list(range(1, len(numbers) + 1))


def test_publiccode_has_what_a_catalogue_asks_for():
    data = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))

    assert data.keys() >= PUBLICCODE_KEYS
    assert data["legal"]["license"] == "EUPL-1.2"
    for language in ("en", "id"):
        description = data["description"][language]
        assert len(description["shortDescription"]) <= 150
        assert 150 <= len(description["longDescription"]) <= 10_000
        assert description["features"]


def test_every_runtime_dependency_is_explained():
    import tomllib

    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    names = {re.split(r"[\[<>=]", line)[0] for line in declared}
    explained = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")

    assert {name for name in names if f"| {name} |" not in explained} == set()
