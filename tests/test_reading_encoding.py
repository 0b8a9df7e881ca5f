from __future__ import annotations

import codecs
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.reading.encoding import NotText, decode

ENGLISH = "Iran’s “strategic” treaty – signed in 2025 – was praised by both presidents at length."
RUSSIAN = "Президент России подписал в Москве договор, текст которого опубликован во вторник на сайте Кремля."


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides_and_is_removed(encoding: str) -> None:
    assert decode(ENGLISH.encode(encoding)) == ENGLISH


def test_a_mark_decides_against_what_is_declared() -> None:
    assert decode(codecs.BOM_UTF16_BE + RUSSIAN.encode("utf-16-be"), "cp1252") == RUSSIAN


def test_nothing_else_is_changed() -> None:
    text = "one\r\ntwo\rthree\n\n four\x0c\u200b"
    assert decode(text.encode()) == text


def test_the_declared_charset_is_tried_after_utf_8() -> None:
    assert decode(RUSSIAN.encode("koi8-r"), "koi8-r") == RUSSIAN
    assert decode(RUSSIAN.encode(), "koi8-r") == RUSSIAN


@pytest.mark.parametrize("declared", ["no-such-charset", "base64", "", "undefined", None])
def test_a_charset_that_is_none_is_passed_over(declared: str | None) -> None:
    assert decode(ENGLISH.encode("cp1252"), declared) == ENGLISH


def test_english_with_curly_quotes_is_windows_1252() -> None:
    assert decode(ENGLISH.encode("cp1252")) == ENGLISH


def test_other_encodings_are_detected() -> None:
    assert decode(RUSSIAN.encode("cp1251")) == RUSSIAN


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 ...",
        b"\x89PNG\r\n\x1a\n",
        b"PK\x03\x04 docx",
        b"text with a \0 byte",
        bytes(range(32)) * 10,
        random.Random(1).randbytes(5000),
    ],
)
def test_binary_files_are_refused(data: bytes) -> None:
    with pytest.raises(NotText, match="binary file"):
        decode(data)


def test_text_that_its_mark_belies_is_refused() -> None:
    with pytest.raises(NotText, match="not valid UTF-8"):
        decode(codecs.BOM_UTF8 + b"\xff\xfe broken")


@given(st.binary(max_size=400), st.sampled_from([None, "utf-8", "cp1252", "shift_jis", "idna", "punycode", "hex"]))
def test_any_bytes_are_text_or_refused(data: bytes, declared: str | None) -> None:
    try:
        decode(data, declared).encode("utf-8")
    except NotText as error:
        assert str(error)
