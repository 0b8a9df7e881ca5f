"""What is declared is what is used, what is pinned is what is declared, and what is installed works."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

import kg

CHECK = """
import sys
from kg import resources
assert (resources.ontology() / "treatygraph.ttl").is_file(), resources.ontology()
assert any(resources.shapes().glob("*.ttl")), resources.shapes()
assert any(resources.data("sample").iterdir())
print(resources.data("sample"))
"""


def normal(name: str) -> str:
    """A distribution's name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def names(requirements: list[str]) -> set[str]:
    return {normal(re.split(r"[\s<>=!~;\[]", requirement)[0]) for requirement in requirements}


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, Any]:
    return dict(tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"])


@pytest.fixture(scope="module")
def pins(root: Path) -> dict[str, str]:
    lines = (root / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split("==") for line in lines if not line.startswith("#"))


def test_names_of_the_project(project: dict[str, Any]) -> None:
    assert project["name"] == "treatygraph"
    assert project["scripts"] == {"kg": "kg.cli:main"}
    assert project["requires-python"] == ">=3.11,<3.14"


def test_the_citation_names_this_version(root: Path) -> None:
    assert f"version: {kg.__version__}\n" in (root / "CITATION.cff").read_text(encoding="utf-8")


def lines(project: dict[str, Any]) -> list[str]:
    """All requirements but those of training, and the project's own extras."""
    extras = project["optional-dependencies"]
    declared = [*project["dependencies"], *extras["dev"], *extras["serve"]]
    return [line for line in declared if not line.startswith(project["name"])]


def test_every_dependency_is_pinned(project: dict[str, Any], pins: dict[str, str]) -> None:
    assert names(lines(project)) <= set(pins)


def test_pins_are_names_and_versions_alone(pins: dict[str, str]) -> None:
    assert all(re.fullmatch(r"[a-z0-9-]+", name) for name in pins)
    assert all(re.fullmatch(r"[0-9][0-9a-z.]*", version) for version in pins.values())
    assert list(pins) == sorted(pins)


def test_the_pins_satisfy_what_is_declared(project: dict[str, Any], pins: dict[str, str]) -> None:
    requirements = pytest.importorskip("packaging.requirements")
    for line in lines(project):
        requirement = requirements.Requirement(line)
        assert requirement.specifier.contains(pins[normal(requirement.name)]), line


def imported_modules() -> Iterator[str]:
    for path in Path(kg.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.module.partition(".")[0]


def test_what_is_imported_is_declared_and_what_is_declared_imported(project: dict[str, Any]) -> None:
    owners = packages_distributions()
    modules = {name for name in imported_modules() if name not in sys.stdlib_module_names} - {"kg"}
    used = {normal(owners.get(name, [name])[0]) for name in modules}
    declared = names(project["dependencies"])
    extras = names(project["optional-dependencies"]["train"] + project["optional-dependencies"]["serve"])
    assert used - declared - extras == set()
    assert declared - used <= {"lxml-html-clean"}


# Installation, each way in an environment that has nothing else.


class Environment:
    """A virtual environment; commands run in it see neither this one nor the repository."""

    def __init__(self, folder: Path) -> None:
        venv.create(folder, with_pip=True)
        self.bin = folder / ("Scripts" if os.name == "nt" else "bin")

    def run(self, program: str, *arguments: object, cwd: Path) -> str:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        command = [str(self.bin / program), *map(str, arguments)]
        done = subprocess.run(command, cwd=cwd, env=kept, capture_output=True, text=True, timeout=600)
        assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"
        return done.stdout

    def pip(self, *arguments: object, cwd: Path) -> None:
        self.run("python", "-m", "pip", "--disable-pip-version-check", *arguments, cwd=cwd)


@pytest.fixture(scope="module")
def copy(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository without what git ignores, so that building leaves nothing behind in it."""
    folder = tmp_path_factory.mktemp("copy") / "treatygraph"
    ignored = shutil.ignore_patterns(".*", "__pycache__", "dist", "build", "*.egg-info")
    return Path(shutil.copytree(root, folder, ignore=ignored))


@pytest.fixture(scope="module")
def wheel(copy: Path) -> Path:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel"], cwd=copy, check=True, capture_output=True
    )
    return next((copy / "dist").glob("*.whl"))


@pytest.fixture(scope="module")
def environment(wheel: Path, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An environment into which nothing but the wheel was installed, with what it asks for."""
    folder = tmp_path_factory.mktemp("environment")
    made = Environment(folder)
    made.pip("install", "--quiet", "-c", root / "constraints.txt", wheel, cwd=folder)
    return made


def works(environment: Environment, cwd: Path, where: Path) -> None:
    """The command runs from ``cwd`` and builds the sample graph to the byte; the package is below ``where``."""
    assert environment.run("python", "-m", "kg", "--version", cwd=cwd) == f"treatygraph {kg.__version__}\n"
    sample = Path(environment.run("python", "-c", CHECK, cwd=cwd).strip())
    assert sample.is_relative_to(where.resolve())
    assert "state/iran" in environment.run("python", "-m", "kg", "reference", "Iran", cwd=cwd)
    output = where / "built.ttl" if cwd == where else cwd / "built.ttl"
    environment.run("python", "-m", "kg", "build", sample, "-o", output, "--json", cwd=cwd)
    golden = Path(__file__).resolve().parent.parent / "output" / "sample.ttl"
    assert output.read_bytes() == golden.read_bytes()


@pytest.mark.slow
def test_the_wheel_carries_data_and_nothing_else(wheel: Path) -> None:
    carried = zipfile.ZipFile(wheel).namelist()
    assert "kg/data/ontology/treatygraph.ttl" in carried
    assert any(re.fullmatch(r"kg/data/shapes/[\w-]+\.ttl", name) for name in carried)
    assert any(name.startswith("kg/data/sample/") for name in carried)
    assert {name.split("/")[0] for name in carried} == {"kg", f"treatygraph-{kg.__version__}.dist-info"}
    assert not any("__pycache__" in name for name in carried)
    assert wheel.stat().st_size < 50_000_000


@pytest.mark.slow
def test_from_the_wheel(environment: Environment, tmp_path: Path) -> None:
    works(environment, tmp_path, environment.bin.parent)
    assert environment.run("kg", "--version", cwd=tmp_path)


@pytest.mark.slow
def test_editable(environment: Environment, copy: Path, root: Path, tmp_path: Path) -> None:
    environment.pip("uninstall", "--quiet", "-y", "treatygraph", cwd=tmp_path)
    pinned = ("-c", root / "constraints.txt")
    environment.pip("install", "--quiet", *pinned, "hatchling", "editables", cwd=tmp_path)
    environment.pip("install", "--quiet", *pinned, "--no-deps", "--no-build-isolation", "-e", copy, cwd=tmp_path)
    works(environment, tmp_path, copy)


@pytest.mark.slow
def test_from_a_checkout(environment: Environment, copy: Path, tmp_path: Path) -> None:
    environment.pip("uninstall", "--quiet", "-y", "treatygraph", cwd=tmp_path)
    works(environment, copy, copy)
