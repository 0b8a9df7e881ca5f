"""Bytes to text: which encoding, and what is no text at all."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
    b"\x7fELF",
    b"BZh",
    b"\x28\xb5\x2f\xfd",
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 100_000
_WESTERN = "cp1252"
_WESTERN_SHARE = 0.1


class NotText(Exception):
    """The bytes are no text; the message says why, in the words that a user reads."""


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of some bytes, its byte order mark removed and nothing else changed.

    Tried in turn: the byte order mark, UTF-8, the ``declared`` charset, Windows-1252 for texts that are nearly all
    ASCII (English ones with curly quotes), and what charset-normalizer finds. Raises ``NotText``.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding)
    if _is_binary(data):
        raise NotText("binary file")
    for guess in (_utf8, lambda _: declared, _western, _detected):
        name = guess(data)
        if name and (text := _tried(data, name)) is not None:
            return text
    raise NotText("the encoding cannot be told; save it as UTF-8")


def _strictly(data: bytes, encoding: str) -> str:
    text = _tried(data, encoding)
    if text is None:
        raise NotText(
            f"not valid {encoding.upper().removesuffix('-LE').removesuffix('-BE')}, as its byte order mark says"
        )
    return text


def _tried(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError, ValueError):
        return None


def _is_binary(data: bytes) -> bool:
    """A known kind of binary file, or one with more control characters than any text has."""
    controls = len(_CONTROLS.findall(data[:_SAMPLE]))
    return data.startswith(_MAGIC) or b"\0" in data or controls > len(data[:_SAMPLE]) / 100


def _utf8(data: bytes) -> str | None:
    return "utf-8"


def _western(data: bytes) -> str | None:
    high = sum(byte > 127 for byte in data[:_SAMPLE])
    return _WESTERN if high < _WESTERN_SHARE * len(data[:_SAMPLE]) else None


def _detected(data: bytes) -> str | None:
    best = from_bytes(data[:_SAMPLE]).best()
    return best.encoding if best else None
