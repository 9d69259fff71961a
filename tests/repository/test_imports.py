"""What import-linter cannot say: private parts of an app, and rules that know nothing but values."""

import ast

from tests.repository.source import trees

APPS = {"audit", "organisation", "planning", "sop", "collection", "correction", "documents", "publication", "web"}
PRIVATE = {"views", "forms", "urls"}
RULES_MAY_IMPORT = ("django.utils.translation", "runut.lib")


def _imported(name, tree):
    """Full names of what a module imports, with the line; `from a import b` counts as a and as a.b."""
    package = name.removesuffix(".py").split("/")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*above, *([node.module] if node.module else [])])
            yield node.lineno, source
            for alias in node.names:
                yield node.lineno, f"{source}.{alias.name}"


def _app(name):
    parts = name.split("/")
    return parts[1] if len(parts) > 2 and parts[0] == "runut" and parts[1] in APPS else None


def test_views_forms_and_urls_are_private_to_their_app():
    strangers = set()
    for name, tree in trees().items():
        if not name.startswith("runut/"):
            continue
        for line, imported in _imported(name, tree):
            parts = imported.split(".")
            if parts[0] == "runut" and len(parts) > 2 and parts[2] in PRIVATE and parts[1] != _app(name):
                strangers.add(f"{name}:{line} imports {imported}")

    assert strangers == set()


def _is_rules(name):
    return _app(name) is not None and (name.split("/")[2] in {"rules", "rules.py"})


def test_rules_import_neither_models_nor_the_framework():
    impure = set()
    for name, tree in trees().items():
        if not _is_rules(name):
            continue
        for line, imported in _imported(name, tree):
            root = imported.split(".")[0]
            is_rules = root == "runut" and imported.split(".")[2:3] == ["rules"]
            harmless = imported in {"django.utils", f"runut.{_app(name)}"} or imported.startswith(RULES_MAY_IMPORT)
            if root in {"django", "runut"} and not is_rules and not harmless:
                impure.add(f"{name}:{line} imports {imported}")

    assert impure == set()


def test_rules_do_not_read_the_clock():
    readers = [
        f"{name}:{node.lineno}"
        for name, tree in trees().items()
        if _is_rules(name) or name.startswith("runut/lib/worktime")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"now", "today", "utcnow", "localdate", "localtime"}
    ]

    assert readers == []


def test_state_is_not_changed_in_signals_or_save():
    hidden = [
        f"{name}:{function.lineno}"
        for name, tree in trees().items()
        if name.startswith("runut/") and "/models" in name
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef) and function.name in {"save", "delete"}
    ]
    signals = [name for name in trees() if name.startswith("runut/") and name.endswith("/signals.py")]

    assert (hidden, signals) == ([], [])
