"""Inputs to sources: files, folders, patterns, addresses and standard input, each once and in one order."""

from __future__ import annotations

import glob
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from urllib.parse import SplitResult, unquote, urlsplit

from kg.slugs import slug

KINDS = {".txt": "text", ".html": "html", ".htm": "html", ".md": "markdown", ".jsonl": "jsonl"}
"""The kinds of files that are read, by their ending; each also with ``.gz`` behind it."""


@dataclass(frozen=True, slots=True)
class Source:
    """Something to read.

    ``name`` is the address, or the file name as far as it is needed to tell files apart, never an absolute path;
    ``slug`` what the ids of its documents begin with, unique among the sources of a run.
    """

    name: str
    slug: str
    path: Path | None = None
    url: str | None = None
    stream: BinaryIO | None = field(default=None, compare=False, repr=False)

    @property
    def suffix(self) -> str:
        """The ending that tells the kind, ``.gz`` taken off: ``.jsonl`` for ``news.jsonl.gz``."""
        return _suffix(_parts(self.url).path if self.url else self.name)


def discover(inputs: Sequence[str], stdin: BinaryIO | None = None) -> Iterator[Source]:
    """The sources that some inputs name, sorted and without repetition, whatever the order of the inputs.

    A folder stands for all files in and below it that can be read; hidden ones are left out. What does not exist is
    a source as well: reading it gives the ``InputError``.
    """
    found: list[Source] = [Source("stdin", "stdin", stream=stdin)] if "-" in inputs and stdin else []
    found += [Source(url, "", url=url) for url in sorted({text for text in inputs if _is_url(text)})]
    files: dict[Path, list[str]] = {}
    for text in inputs:
        if not _is_url(text) and not (text == "-" and stdin):
            for path, name in _files(text):
                files.setdefault(_resolved(path), []).append(name)
    names = _distinct({path: min(names) for path, names in files.items()})
    found += [Source(name, "", path=path) for path, name in names.items()]
    yield from _with_slugs(sorted(found, key=lambda source: source.name))


def short_hash(text: str) -> str:
    """Six hexadecimal digits that stand for a name."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:6]


def _is_url(text: str) -> bool:
    return re.match(r"https?://", text, re.IGNORECASE) is not None


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):
        return path


def _suffix(name: str) -> str:
    pure = PurePosixPath(name.lower())
    return PurePosixPath(pure.stem).suffix if pure.suffix == ".gz" else pure.suffix


def _files(text: str) -> Iterator[tuple[Path, str]]:
    """The files that one input names, each with its path below the folder that was named, or its file name."""
    path = Path(text)
    if _exists(path, folder=True):
        yield from _below(path) or [(path, path.resolve().name)]
    elif _exists(path) or not glob.has_magic(text):
        yield path, path.name or text
    else:
        matches = [Path(match) for match in glob.glob(text, recursive=True)]  # noqa: PTH207 - takes absolute patterns, too
        readable = [(match, match.name) for match in matches if match.is_file() and _suffix(match.name) in KINDS]
        yield from readable or [(path, path.name)]


def _exists(path: Path, folder: bool = False) -> bool:
    try:
        return path.is_dir() if folder else path.exists()
    except (OSError, ValueError):
        return False


def _below(folder: Path) -> list[tuple[Path, str]]:
    inside = [(path, path.relative_to(folder)) for path in folder.rglob("*") if _suffix(path.name) in KINDS]
    return [(path, name.as_posix()) for path, name in inside if path.is_file() and not _hidden(name.parts)]


def _hidden(parts: Iterable[str]) -> bool:
    return any(part.startswith(".") for part in parts)


def _distinct(names: dict[Path, str]) -> dict[Path, str]:
    """Each file with a name of its own: those that share one take further folders from their paths."""
    longer = dict(names)
    while clashes := {name for name, count in Counter(longer.values()).items() if count > 1}:
        for path in [path for path, name in longer.items() if name in clashes]:
            longer[path] = _one_folder_more(path, longer[path])
    return longer


def _one_folder_more(path: Path, name: str) -> str:
    depth = len(PurePosixPath(name).parts) + 1
    return PurePosixPath(*path.parts[-depth:]).as_posix()


def _with_slugs(found: list[Source]) -> Iterator[Source]:
    """Sources with the slugs of their names, and a hash behind those that could name a document of another source."""
    stems = [source.slug or slug(_stem(source)) for source in found]
    for index, (source, stem) in enumerate(zip(found, stems, strict=True)):
        others = stems[:index] + stems[index + 1 :]
        clashes = stem in others or (
            source.suffix == ".jsonl" and any(other.startswith(f"{stem}-") for other in others)
        )
        yield replace(source, slug=f"{stem}-{short_hash(source.name)}" if clashes else stem)


def _stem(source: Source) -> str:
    if not source.url:
        return _without_suffix(PurePosixPath(source.name).name)
    parts = _parts(source.url)
    return _without_suffix(PurePosixPath(unquote(parts.path)).name) or parts.hostname or source.url


def _parts(url: str) -> SplitResult:
    """The parts of an address, all empty if it is broken: the transport reports that."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", "", "", "")


def _without_suffix(name: str) -> str:
    base = name[: -len(".gz")] if name.lower().endswith(".gz") else name
    return base[: -len(_suffix(name))] if _suffix(name) in KINDS else base
