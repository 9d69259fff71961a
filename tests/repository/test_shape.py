"""The promises about size, names and words."""

import re

from tests.repository.source import ROOT, files, functions, named, texts, trees

LINES = {".py", ".html", ".css", ".js", ".sh"}
FILE_LINES = 400
FUNCTION_LINES = 40
VIEW_LINES = 25
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "core", "common", "misc"}
# In two pieces, so that this file does not contain them.
UNFINISHED = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "NotImplemented" + "Error", "segera" + " hadir"]
REGISTRIES = ["pypi" + ".org", "python" + "hosted", "registry." + "npmjs", "--index" + "-url", "--find" + "-links"]
MACHINES = re.compile(r"(?<![\w.])/(?:home|root|work|Users)/\w")
PERSONAL_NUMBER = re.compile(r"(?<![0-9A-Za-z])(?:\d{16}|\d{18}|\d{8} \d{6} \d \d{3})(?![0-9A-Za-z])")


def test_files_have_at_most_400_lines():
    long = {
        name: text.count("\n")
        for name, text in texts().items()
        if ((name.rpartition(".")[2] and f".{name.rpartition('.')[2]}" in LINES) or name == "run")
        and "/migrations/" not in name
        and text.count("\n") > FILE_LINES
    }

    assert long == {}


def test_functions_have_at_most_40_lines_and_views_25():
    long = {}
    for name, tree in trees().items():
        is_view = name.endswith("/views.py") or "/views/" in name
        limit = VIEW_LINES if is_view and name.startswith("runut/") else FUNCTION_LINES
        for function in functions(tree):
            lines = (function.end_lineno or 0) - function.lineno + 1
            if lines > limit:
                long[f"{name}:{function.lineno} {function.name}"] = lines

    assert long == {}


def test_no_module_has_a_name_that_says_nothing():
    empty = [
        named(path)
        for path in files()
        if EMPTY_NAMES & {part.partition(".")[0] for part in path.relative_to(ROOT).parts}
    ]

    assert empty == []


def _lines_with(words):
    one = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")
    return [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1}: {match.group()}"
        for name, text in texts().items()
        for match in one.finditer(text)
    ]


def test_nothing_is_left_unfinished():
    assert _lines_with(UNFINISHED) == []


def test_no_file_names_a_package_registry():
    assert _lines_with(REGISTRIES) == []


def test_no_file_contains_a_number_of_a_person():
    found = [name for name, text in texts().items() if PERSONAL_NUMBER.search(text)]

    assert found == []


def test_no_file_names_a_directory_of_one_machine():
    found = [f"{name}: {match.group()}" for name, text in texts().items() for match in MACHINES.finditer(text)]

    assert found == []


def test_continuous_integration_calls_the_front_door_and_nothing_else():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()

    assert len(script) == 2
    assert script[1].endswith('/../run" test')
