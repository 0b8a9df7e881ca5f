"""JSON lines: a document a line, each line read or refused for itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BufferedReader
from typing import Any

from kg.reading.lines import layout_words
from kg.reading.options import MAX_BYTES

_NO_TEXT = re.compile("[\0\ud800-\udfff]")


class BadLine(Exception):
    """A line that holds no document; the message says why."""


@dataclass(frozen=True, slots=True)
class Record:
    """A line: the text and what else it gives. ``id`` is that of the record, else the number of the line."""

    number: int
    id: str
    text: str
    title: str | None = None
    date: str | None = None
    url: str | None = None
    publisher: str | None = None


def records(stream: BufferedReader, fields: Mapping[str, str]) -> Iterator[Record | tuple[int, str]]:
    """The records of a stream, or the number of a line that holds none and why; blank lines are passed over."""
    number = 0
    while line := stream.readline(MAX_BYTES + 1):
        number += 1
        complete = _finish(stream, line)
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        try:
            yield _record(number, line if complete else None, fields)
        except BadLine as error:
            yield number, str(error)


def _finish(stream: BufferedReader, line: bytes) -> bool:
    """Whether a line was read to its end within the limit; what is over it is passed over."""
    if len(line) <= MAX_BYTES:
        return True
    while line and not line.endswith(b"\n"):
        line = stream.readline(MAX_BYTES)
    return False


def _record(number: int, line: bytes | None, fields: Mapping[str, str]) -> Record:
    if line is None:
        raise BadLine(f"larger than {MAX_BYTES // 1_000_000} MB")
    found = _parsed(line)
    text = _field(found, "text", fields)
    if text is None:
        raise BadLine(f"no text: the field {fields.get('text', 'text')!r} is missing, empty or no string")
    rest = {name: _field(found, name, fields) for name in ("title", "date", "url", "publisher")}
    return Record(number, _field(found, "id", fields) or str(number), text, **rest)


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        found = json.loads(line.decode("utf-8").rstrip("\r\n"))
    except UnicodeDecodeError:
        raise BadLine("not valid UTF-8") from None
    except json.JSONDecodeError as error:
        raise BadLine(f"not JSON ({error.msg.removesuffix(' at')}, character {error.pos + 1})") from None
    except (ValueError, RecursionError):
        raise BadLine("not JSON that can be read: too deep or a number too long") from None
    if not isinstance(found, dict):
        raise BadLine("not a JSON object")
    return found


def _field(found: dict[str, Any], name: str, fields: Mapping[str, str]) -> str | None:
    """The first of a field's names that holds a string with something in it; a number is taken as one, too."""
    names = [fields[name]] if name in fields else layout_words()["fields"].get(name, [name])
    for key in names:
        value = found.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if isinstance(value, str) and value.strip():
            return _checked(value)
    return None


def _checked(value: str) -> str:
    if _NO_TEXT.search(value):
        raise BadLine("holds characters that no text has, NUL or half of a surrogate pair")
    return value
