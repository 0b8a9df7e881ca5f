"""What was read of each document, kept in a folder, so that a run that was stopped goes on and a larger one adds.

A reading is taken again only for the same document, read by the same version of everything: the files of this package,
the language pipeline and the user's own reference data. A file that cannot be read is as good as none.
"""

from __future__ import annotations

import hashlib
import io
import pickle
from collections.abc import Iterable
from dataclasses import is_dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any

import kg
from kg.model import Document
from kg.resolution.corpus import DocumentReading
from kg.writing import whole_file

_ENDING = ".reading"


class Kept:
    """The readings of a folder; ``by`` names what reads: a pipeline, its files, the user's own data."""

    def __init__(self, folder: Path, by: Iterable[str]) -> None:
        self._folder = folder
        self._by = "\n".join([package_digest(), *by])

    def get(self, document: Document) -> DocumentReading | None:
        """What was read of this very document, ``None`` when that is not there or broken."""
        try:
            found = _Reader(io.BytesIO(self._path(document).read_bytes())).load()
        except (
            OSError,
            pickle.UnpicklingError,
            EOFError,
            AttributeError,
            TypeError,
            ValueError,
            IndexError,
            ImportError,
        ):
            return None
        return found if isinstance(found, DocumentReading) and found.document == document else None

    def put(self, reading: DocumentReading) -> None:
        """Keeps a reading. Raises ``OutputError``."""
        with whole_file(self._path(reading.document)) as out:
            pickle.dump(reading, out, protocol=5)

    def _path(self, document: Document) -> Path:
        key = hashlib.sha256(f"{self._by}\n{document!r}".encode("utf-8", "surrogatepass")).hexdigest()
        return self._folder / f"{key}{_ENDING}"


class _Reader(pickle.Unpickler):
    """Makes nothing but values of this package, so that a file from elsewhere cannot run code."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("builtins", "getattr"):  # how Python 3.11 before 3.11.4 keeps the member of an Enum
            return _member
        found = super().find_class(module, name) if module.startswith("kg.") and "." not in name else None
        if isinstance(found, type) and (is_dataclass(found) or issubclass(found, Enum)):
            return found
        raise pickle.UnpicklingError(f"no reading has a {module}.{name}")


def _member(kind: Any, name: Any) -> Enum:
    if isinstance(kind, type) and issubclass(kind, Enum) and name in kind.__members__:
        return kind[name]
    raise pickle.UnpicklingError(f"{name!r} is no member of {kind!r}")


@lru_cache(maxsize=1)
def package_digest() -> str:
    """A digest of all files of this package, code and data."""
    folder = Path(kg.__file__).parent
    return folder_digest(folder)


def folder_digest(folder: Path) -> str:
    """A digest of the names and bytes of all files of a folder, compiled code left out. Raises ``OSError``."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
        digest.update(f"{path.relative_to(folder)}\n{path.stat().st_size}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
