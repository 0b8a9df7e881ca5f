import ast
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import kg

PUBLIC = [
    "BuildResult",
    "BuildSettings",
    "ExitCode",
    "Format",
    "InputError",
    "OutputError",
    "PipelineError",
    "SettingsError",
    "StoreError",
    "TreatygraphError",
    "__version__",
    "build",
    "validate",
]
MODULES = sorted(Path(kg.__file__).parent.rglob("*.py"))


def test_the_public_names_are_these_and_sorted() -> None:
    assert kg.__all__ == PUBLIC == sorted(PUBLIC)


@pytest.mark.parametrize("name", PUBLIC)
def test_each_is_there_and_documented(name: str) -> None:
    value = getattr(kg, name)
    assert isinstance(value, str) or inspect.getdoc(value)


def test_anything_else_is_not_there() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = kg.nonsense


def test_importing_the_package_loads_no_heavy_library() -> None:
    heavy = {"spacy", "pyshacl", "rdflib", "trafilatura", "numpy"}
    script = f"import sys, kg, kg.cli; print(sorted({heavy!r} & set(sys.modules)))"
    assert subprocess.check_output([sys.executable, "-c", script], text=True).strip() == "[]"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(MODULES[0].parent.parent).as_posix())
def test_a_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
