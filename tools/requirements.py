"""Which requirement is proven by which test: reads docs/requirements.csv and the markers in tests/, runs nothing."""

import argparse
import ast
import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Once a capability is finished, an open id of it is an error.
FINISHED_CAPABILITIES = {"data", "house"}


@dataclass(frozen=True)
class Requirement:
    """One id, with the tests that carry it; `status` is covered or open."""

    id: str
    capability: str
    status: str
    tests: list[str]


def marked_ids(decorators: list[ast.expr]) -> Iterator[str]:
    """The ids in `@pytest.mark.requirement("R-…", …)` among these decorators (or pytestmark values)."""
    for decorator in decorators:
        if (
            isinstance(decorator, ast.Call)
            and isinstance(decorator.func, ast.Attribute)
            and decorator.func.attr == "requirement"
        ):
            for argument in decorator.args:
                if not isinstance(argument, ast.Constant) or not isinstance(argument.value, str):
                    raise ValueError(f"line {argument.lineno}: write requirement ids as plain texts")
                yield argument.value


def _file_marks(tree: ast.Module) -> list[str]:
    marks: list[str] = []
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "pytestmark" for t in node.targets):
            values = node.value.elts if isinstance(node.value, ast.List | ast.Tuple) else [node.value]
            marks += marked_ids(values)
    return marks


def _tests_in(body: list[ast.stmt], prefix: str, inherited: list[str]) -> Iterator[tuple[str, str]]:
    for node in body:
        if isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            marks = [*inherited, *marked_ids(node.decorator_list)]
            yield from _tests_in(node.body, f"{prefix}::{node.name}", marks)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            for requirement in [*inherited, *marked_ids(node.decorator_list)]:
                yield requirement, f"{prefix}::{node.name}"


def proofs(root: Path) -> dict[str, list[str]]:
    """Tests by requirement id, found in every test file under `root`/tests."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted((root / "tests").rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
        for requirement, test in _tests_in(tree.body, path.relative_to(root).as_posix(), _file_marks(tree)):
            if test not in found[requirement]:
                found[requirement].append(test)
    return found


def collect(root: Path) -> list[Requirement]:
    """Every requirement in the order of the table. Raises ValueError when a test carries an id that is not in it."""
    found = proofs(root)
    with (root / "docs" / "requirements.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["id"], row["capability"]) for row in csv.DictReader(file)]
    unknown = sorted(set(found) - {id for id, _ in rows})
    if unknown:
        where = "; ".join(f"{id} in {found[id][0]}" for id in unknown)
        raise ValueError(f"These ids are not in docs/requirements.csv: {where}. Correct the marker or add the row.")
    return [
        Requirement(id, capability, "covered" if found.get(id) else "open", found.get(id, []))
        for id, capability in rows
    ]


def report(requirements: list[Requirement], *, as_json: bool) -> None:
    for item in requirements:
        if as_json:
            print(json.dumps(asdict(item), ensure_ascii=False))
        else:
            tests = ", ".join(item.tests[:2])
            print(f"{item.id:<14} {item.capability:<12} {item.status:<8} {len(item.tests):>3}  {tests}")
    covered = sum(item.status == "covered" for item in requirements)
    print(f"{covered} covered, {len(requirements) - covered} open")


def main(argv: list[str] | None = None) -> int:
    """Print the report; 1 while an id of a finished capability is open, 2 when the table or a marker is wrong."""
    parser = argparse.ArgumentParser(prog="./run requirements", description=__doc__)
    parser.add_argument("--json", action="store_true", help="as JSON Lines, then the closing line")
    parser.add_argument("--capability", help="only the ids of this capability")
    options = parser.parse_args(argv)
    try:
        requirements = collect(ROOT)
    except (OSError, ValueError, SyntaxError) as error:
        print(f"requirements: {error}", file=sys.stderr)
        return 2
    if options.capability:
        known = {item.capability for item in requirements}
        if options.capability not in known:
            print(
                f"requirements: no capability {options.capability!r}; known: {', '.join(sorted(known))}",
                file=sys.stderr,
            )
            return 2
        requirements = [item for item in requirements if item.capability == options.capability]
    report(requirements, as_json=options.json)
    return int(any(item.status == "open" and item.capability in FINISHED_CAPABILITIES for item in requirements))


if __name__ == "__main__":
    sys.exit(main())
