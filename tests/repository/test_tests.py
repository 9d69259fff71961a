"""The promises about the tests themselves."""

import ast
import json

import pytest

from tests.repository.source import ROOT, functions, trees
from tools import requirements

EVADERS = {"skip", "skipif", "skipIf", "skipUnless", "xfail", "importorskip", "expectedFailure"}
# A call that fails the test when what it names is not so.
JUDGES = (
    "assert",
    "django_assert",
    "expect",
    "check",
    "raises",
    "warns",
    "fail",
    "refuse",
    "must",
    "see",
    "play",
    "run_state_machine",
)


def _tests():
    for name, tree in trees().items():
        if name.startswith("tests/") and name.rpartition("/")[2].startswith("test_"):
            yield name, tree


def test_no_test_is_skipped_or_expected_to_fail():
    evading = [
        f"{name}:{node.lineno}"
        for name, tree in trees().items()
        if name.startswith(("tests/", "conftest"))
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in EVADERS
    ]

    assert evading == []


def test_no_test_is_named_after_the_bytes_of_an_archive_with_its_time(request):
    names = [item.nodeid for item in request.session.items if "PK\\x03" in item.nodeid]

    assert names == [], "two processes that name a test differently do not share their work: they stop"


def _judges(function):
    for node in ast.walk(function):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called.lstrip("_").startswith(JUDGES):
                return True
    return False


def test_every_test_asserts_something():
    silent = [
        f"{name}:{function.lineno} {function.name}"
        for name, tree in _tests()
        for function in functions(tree)
        if function.name.startswith("test_") and not _judges(function)
    ]

    assert silent == []


def test_several_processes_keep_the_tests_of_one_scene_together(request):
    """A process that plays one test of a scene builds the whole scene for it."""
    group = request.node.get_closest_marker("xdist_group").args[0]
    grouping = request.config.getoption("loadgroup", default=False)

    assert request.node.nodeid.endswith(f"@{group}") == grouping


def test_every_requirement_that_a_test_names_exists():
    assert requirements.collect(ROOT)


@pytest.fixture
def small_project(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "tests").mkdir()
    (tmp_path / "docs" / "requirements.csv").write_text("id,capability,text\nR-A-1,house,a\nR-A-2,house,b\n")
    return tmp_path


def test_the_report_knows_marks_on_functions_classes_and_files(small_project):
    (small_project / "tests" / "test_a.py").write_text(
        "import pytest\npytestmark = pytest.mark.requirement('R-A-1')\n"
        "class TestB:\n    @pytest.mark.requirement('R-A-2')\n    def test_c(self): ...\n"
    )

    found = requirements.collect(small_project)

    assert [(item.id, item.status, item.tests) for item in found] == [
        ("R-A-1", "covered", ["tests/test_a.py::TestB::test_c"]),
        ("R-A-2", "covered", ["tests/test_a.py::TestB::test_c"]),
    ]


def test_an_unknown_requirement_is_named_with_its_test(small_project):
    (small_project / "tests" / "test_a.py").write_text(
        "import pytest\n@pytest.mark.requirement('R-A-9')\ndef test_c(): ...\n"
    )

    with pytest.raises(ValueError, match=r"R-A-9 in tests/test_a\.py::test_c"):
        requirements.collect(small_project)


def test_the_report_as_json_is_a_line_for_each_and_the_count_last(small_project, capsys):
    requirements.report(requirements.collect(small_project), as_json=True)

    *lines, count = capsys.readouterr().out.splitlines()
    found = [json.loads(line) for line in lines]
    assert [each["id"] for each in found] == ["R-A-1", "R-A-2"]
    assert all(each.keys() == {"id", "capability", "status", "tests"} for each in found)
    assert count.endswith(" open")
