"""The files of this repository, as the promises look at them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
NOT_OURS = {
    ".git",
    ".venv",
    ".venv-bench",
    ".data",
    ".cache",
    "__pycache__",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".hypothesis",
    ".import_linter_cache",
    "node_modules",
    "build",
    "dist",
    "tmp",
    "vendor",
}
TEXT = {
    ".py",
    ".html",
    ".txt",
    ".css",
    ".js",
    ".md",
    ".yaml",
    ".yml",
    ".toml",
    ".csv",
    ".json",
    ".svg",
    ".po",
    ".sh",
    "",
}


def _walk(directory: Path) -> Iterator[Path]:
    for path in sorted(directory.iterdir()):
        if path.name in NOT_OURS or path.name.endswith(".egg-info"):
            continue
        if path.is_dir():
            yield from _walk(path)
        else:
            yield path


@cache
def files() -> tuple[Path, ...]:
    """Every file that people of this project write."""
    return tuple(_walk(ROOT))


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def texts() -> dict[str, str]:
    """The content of every text file, by its path."""
    return {
        named(path): path.read_text(encoding="utf-8")
        for path in files()
        if path.suffix in TEXT and path.name not in {"LICENSE", ".coverage"} and not path.name.endswith(".min.js")
    }


@cache
def trees() -> dict[str, ast.Module]:
    """The syntax tree of every Python file, by its path."""
    return {name: ast.parse(text, filename=name) for name, text in texts().items() if name.endswith(".py")}


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
