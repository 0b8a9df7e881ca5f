"""Where the ontology, the shapes and the data are: in the wheel inside the package, in a checkout beside it."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    packaged = _PACKAGE / "data" / name
    return packaged if packaged.is_dir() else _PACKAGE.parent / name


def data(name: str) -> Path:
    """A file or folder of the package's own data: ``data("patterns")``."""
    return _PACKAGE / "data" / name


def ontology() -> Path:
    """The folder with ``treatygraph.ttl``, the alignments, the schemes and the reference data."""
    return _folder("ontology")


def shapes() -> Path:
    """The folder with the SHACL shapes, one file a class."""
    return _folder("shapes")
