"""The rules of the house that a machine can check."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import careloop

ROOT = Path(careloop.__file__).parent
SOURCES = sorted(
    path
    for path in ROOT.rglob("*.py")
    if "versions" not in path.parts and "node_modules" not in path.parts
)
MAX_LINES = 400
NO_NAMES = frozenset({"utils", "util", "helpers", "helper", "common", "manager", "misc", "base"})
# Modules that are tables of words rather than code.
DATA = frozenset({"crm_core/intake/headers.py", "knowledge/language/stopwords.py"})
SELECTING = re.compile(r"(queries\.py$)|^crm_core/intake/|^kit/|^knowledge/|^migrations/")
# Three places only (rule 7): the worker's loop, the turn's edge, delivery. Each says which it is.
BROAD_REASONS = (
    "worker's loop", "runner's loop", "turn's edge", "delivery", "may not undo",
)  # fmt: skip


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def trees() -> Iterator[tuple[str, ast.Module, list[str]]]:
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        yield relative(path), ast.parse(text), text.splitlines()


def calls(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id, node.lineno


def test_imports_point_down() -> None:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    told = subprocess.run(
        command, cwd=ROOT.parent, capture_output=True, text=True, timeout=120, check=False
    )
    assert told.returncode == 0, told.stdout + told.stderr
    assert " 0 broken" in told.stdout


def test_no_file_has_a_name_that_says_nothing() -> None:
    named = [relative(path) for path in SOURCES if {path.stem, path.parent.name} & NO_NAMES]
    assert named == []


def test_no_file_is_a_book() -> None:
    long = {
        relative(path): lines
        for path in SOURCES
        if relative(path) not in DATA
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > MAX_LINES
    }
    assert long == {}


def test_only_queries_select() -> None:
    found = [
        f"{name}:{line}"
        for name, tree, _ in trees()
        if not SELECTING.search(name)
        for called, line in calls(tree)
        if called == "select"
    ]
    assert found == []


def test_only_the_edge_opens_a_write() -> None:
    """`database.write()` and `commit()` belong to the edge, the tools and the turn. A store of
    passages writes its own index, which is made from the books and is no part of them."""
    edge = re.compile(r"^(api|demo|evals|agents/turn|tools/runtime|kit|knowledge/stores)")
    found = []
    for name, tree, _ in trees():
        if edge.match(name):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                attribute, owner = node.func.attr, ast.unparse(node.func.value)
                if attribute == "commit" or (attribute == "write" and "database" in owner):
                    found.append(f"{name}:{node.lineno}")
    assert found == []


def test_every_transaction_says_whose_rows_it_touches() -> None:
    """`read`, `write` and `draft` name a tenant, or say that they serve every one of them."""
    found = []
    for name, tree, _ in trees():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            opens = node.func.attr in {"read", "write", "draft"}
            if opens and ast.unparse(node.func.value).endswith("database") and not node.args:
                found.append(f"{name}:{node.lineno}")
    assert found == []


def test_only_the_shell_prints() -> None:
    found = [
        f"{name}:{line}"
        for name, tree, _ in trees()
        if not name.startswith("api/cli/")
        for called, line in calls(tree)
        if called == "print"
    ]
    assert found == []


@pytest.mark.parametrize("folder", ["tools", "api/routes"])
def test_what_is_public_says_what_it_does(folder: str) -> None:
    silent = []
    for name, tree, _ in trees():
        if not name.startswith(folder + "/"):
            continue
        assert ast.get_docstring(tree), name
        for node in tree.body:
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            served = any("router." in ast.unparse(d) for d in node.decorator_list)
            public = folder == "tools" or (served and "include_in_schema=False" not in _doors(node))
            if public and not node.name.startswith("_") and not ast.get_docstring(node):
                silent.append(f"{name}:{node.name}")
    assert silent == []


def _doors(node: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    return " ".join(ast.unparse(decorator) for decorator in node.decorator_list)


def test_every_module_says_what_it_is() -> None:
    assert [name for name, tree, _ in trees() if not ast.get_docstring(tree)] == []


def test_time_is_asked_of_the_clock() -> None:
    """`datetime.now` and `time.time` stand in `kit` (and the defaults of its tables) alone."""
    allowed = re.compile(r"^(kit/|demo/|crm_core/accounts/models\.py|evals/)")
    found = []
    for name, tree, _ in trees():
        if allowed.match(name):
            continue
        found.extend(
            f"{name}:{node.lineno}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            and ast.unparse(node.func) in {"datetime.now", "datetime.utcnow", "time.time"}
        )
    assert found == []


def test_a_broad_except_says_why_it_may_stand_there() -> None:
    found = []
    for name, tree, lines in trees():
        for node in ast.walk(tree):
            if not isinstance(node, ast.ExceptHandler):
                continue
            caught = ast.unparse(node.type) if node.type else "everything"
            if caught in {"Exception", "everything"}:
                near = " ".join(lines[node.lineno - 1 : node.lineno + 4])
                if not any(reason in near for reason in BROAD_REASONS):
                    found.append(f"{name}:{node.lineno}")
    assert found == []


def test_nothing_is_left_for_later() -> None:
    words = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|raise NotImplementedError")
    found = [
        f"{name}:{number}"
        for name, _, lines in trees()
        for number, line in enumerate(lines, 1)
        if words.search(line)
    ]
    assert found == []


def test_every_write_route_goes_through_a_tool() -> None:
    """Rule 6: in the routes, only the doors of chat, login and uploads write by themselves."""
    own = {"chat.py", "login.py", "conversations.py", "knowledge.py"}
    found = []
    for name, tree, _ in trees():
        if not name.startswith("api/routes/"):
            continue
        writes = [
            node.lineno
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "write"
        ]
        if writes and Path(name).name not in own:
            found.append((name, writes))
    assert found == []
