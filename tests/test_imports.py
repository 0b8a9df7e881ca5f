"""Imports point one way: the bottom, the stages beside one another, the pipeline over them, its users, the command."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg

PACKAGE = Path(kg.__file__).parent
BOTTOM = ["errors", "namespaces", "slugs", "model", "resources", "settings", "writing"]
STAGES = {"reading", "language", "extraction", "resolution", "rdf"}
MIDDLE = {"progress", "report", "kept", "reader", "readings"}
USES = {"query": {"rdf", "progress"}, "export": {"rdf", "query"}, "load": {"rdf", "progress"}}
"""What is done with a graph once it is built, and the parts above the bottom that it may import."""
TOP = {
    **USES,
    "serve": {*STAGES, *USES, "progress"},
    "wikidata": {*STAGES, "progress"},
    "explain": {*STAGES, "query", "wikidata"},
    "review": {*STAGES, "wikidata"},
    "evaluation": {*STAGES, *MIDDLE, "pipeline"},
    "training": {"language", "progress"},
}
MODULES = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))


def part(module: str) -> str:
    """``kg.rdf.iris`` is of the part ``rdf``, ``kg`` itself of ``kg``."""
    names = module.split(".")
    return names[1] if len(names) > 1 else "kg"


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "relative imports hide where they point"
            yield node.module or ""
            if node.module == "kg":
                yield from (f"kg.{alias.name}" for alias in node.names)


def parts(source: str) -> set[str]:
    """The parts of the package that a module imports, types included; names of ``kg/__init__`` are its own."""
    found = {part(name) for name in imported(ast.parse(source)) if name.split(".")[0] == "kg"}
    return {name for name in found if (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").is_file()}


def allowed(own: str) -> set[str]:
    if own in BOTTOM:
        return set(BOTTOM[: BOTTOM.index(own)])
    if own == "resolution":
        return {*BOTTOM, own, "extraction"}
    if own in STAGES:
        return {*BOTTOM, own}
    if own == "progress":
        return set()
    if own == "reader":
        return {*BOTTOM, *STAGES}
    if own == "readings":
        return {*BOTTOM, *STAGES, "kept", "progress", "reader"}
    if own == "kept":
        return {*BOTTOM, "kg", "resolution"}
    if own == "report":
        return {*BOTTOM, "rdf", "resolution"}
    if own in TOP:
        return {*BOTTOM, *TOP[own], own}
    below = {*BOTTOM, *STAGES, *MIDDLE}
    return below if own == "pipeline" else {*below, *TOP, "pipeline", "cli"}


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_imports_point_down(path: Path) -> None:
    own = "kg" if path.name == "__init__.py" and path.parent == Path() else path.parts[0].removesuffix(".py")
    wrong = parts((PACKAGE / path).read_text(encoding="utf-8")) - allowed(own)
    assert not wrong, f"kg/{path} must not import {sorted(wrong)}"


def test_every_part_has_its_place() -> None:
    there = {path.parts[0].removesuffix(".py") for path in MODULES} - {"__init__", "__main__", "data"}
    assert there <= {*BOTTOM, *STAGES, *MIDDLE, *TOP, "pipeline", "cli"}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import kg.rdf.iris", {"rdf"}),
        ("from kg.rdf import iris", {"rdf"}),
        ("from kg import model, __version__", {"model"}),
        ("import spacy", set()),
        ("def f():\n    from kg.cli import run", {"cli"}),
    ],
)
def test_the_check_sees_imports_of_every_kind(source: str, found: set[str]) -> None:
    assert parts(source) == found


def test_only_the_command_prints() -> None:
    printing = [
        str(path)
        for path in MODULES
        for node in ast.walk(ast.parse((PACKAGE / path).read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert set(printing) <= {"cli/console.py"}
