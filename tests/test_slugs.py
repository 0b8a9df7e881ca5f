"""Names as parts of ids."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.rdf.iris import iri
from kg.slugs import slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Treaty of Gulistan", "treaty-of-gulistan"),
        ("Iran's Foreign Ministry", "iran-foreign-ministry"),
        ("Reykjavík", "reykjavik"),
        ("  A--B  ", "a-b"),
        ("000_6dcc Ünïcode--Name!", "000-6dcc-unicode-name"),
    ],
)
def test_slugs(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(st.text(max_size=200))
def test_a_slug_is_short_ascii_and_never_empty(text: str) -> None:
    made = slug(text)
    assert made and made.isascii() and len(made) <= 80
    assert made == slug(text)
    assert not set(made) - set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_names_in_other_scripts_have_slugs_of_their_own() -> None:
    assert slug("Россия") != slug("Иран")
    assert slug("!?") == slug("!?") != slug("?!")


def test_names_of_files_that_are_no_text_have_slugs() -> None:
    assert slug("\udcff") != slug("\udcfe")


@given(st.text(max_size=200))
def test_every_slug_is_a_valid_id(text: str) -> None:
    assert iri(slug(text)).isascii()
