"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from kg.errors import OutputError


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Open ``path`` for bytes that appear under its name only when the block has ended well.

    The bytes go to a temporary file in the same folder, which takes the place of the old file at the end; after any
    exception, an interrupt included, it is removed and the old file is what it was. Missing folders are made, a
    symbolic link is followed, a device or pipe is written straight away.

    Raises ``OutputError``, which names the file and the cause, where the system refuses (no room, no permission).
    """
    try:
        target = path.resolve()
        with _special(target) if _is_special(target) else _replacing(target) as out:
            yield out
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}") from error


def write_text(path: Path, text: str) -> None:
    """Write a text as UTF-8, as ``whole_file`` does."""
    with whole_file(path) as out:
        out.write(text.encode())


def _is_special(target: Path) -> bool:
    return target.exists() and not target.is_file()


@contextmanager
def _special(target: Path) -> Iterator[BinaryIO]:
    with target.open("wb") as out:
        yield out


@contextmanager
def _replacing(target: Path) -> Iterator[BinaryIO]:
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.parent / f".kg-{secrets.token_hex(6)}.tmp"
    try:
        with temporary.open("xb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        if target.exists():
            shutil.copymode(target, temporary)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
