from pathlib import Path
from typing import Any

import pytest

from kg.errors import SettingsError
from kg.settings import BuildSettings, Format, format_of, parse_day, parse_fields


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("a.ttl", Format.TURTLE),
        ("a.b.NT", Format.NTRIPLES),
        ("a.trig", Format.TRIG),
        ("a.nq", Format.NQUADS),
        ("a.jsonld", Format.JSONLD),
        ("a.rdf", Format.RDFXML),
        ("a.nt.gz", Format.NTRIPLES),
        ("a.TTL.GZ", Format.TURTLE),
    ],
)
def test_the_ending_names_the_format(name: str, format: Format) -> None:
    assert format_of(Path(name)) is format


def test_a_named_format_wins_over_the_ending() -> None:
    assert format_of(Path("a.ttl"), Format.NQUADS) is Format.NQUADS


@pytest.mark.parametrize("name", ["a", "a.txt", ".ttl", "a.gz", "a.txt.gz"])
def test_an_unknown_ending_asks_for_the_format(name: str) -> None:
    with pytest.raises(SettingsError, match="names no format"):
        format_of(Path(name))


def test_day() -> None:
    assert parse_day("2025-01-17").text == "2025-01-17"


@pytest.mark.parametrize("text", ["2025-02-30", "2025-01", "2025", "yesterday", "", "17.01.2025", "2025-01-17T10:00"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match="--date"):
        parse_day(text)


def test_fields() -> None:
    assert parse_fields("text=body,title=headline") == {"text": "body", "title": "headline"}


@pytest.mark.parametrize("text", ["", "text", "text=", "body=text", "text=body,", "text:body"])
def test_wrong_fields_are_refused(text: str) -> None:
    with pytest.raises(SettingsError, match="--fields"):
        parse_fields(text)


@pytest.mark.parametrize(
    ("settings", "option"),
    [
        ({"workers": 0}, "--workers"),
        ({"timeout": 0}, "--timeout"),
        ({"base": "id/"}, "--base"),
        ({"base": "https://example.org/id"}, "--base"),
        ({"base": "https://example.org/a b/"}, "--base"),
        ({"base": "https://example.org/>/"}, "--base"),
        ({"base": "https://example.org/#"}, "--base"),
        ({"validation_report": Path("r.ttl"), "validate": False}, "--no-validate"),
        ({"validation_report": Path("g.ttl"), "output": Path("g.ttl")}, "--validation-report"),
    ],
)
def test_what_makes_no_sense_is_refused(settings: dict[str, Any], option: str) -> None:
    with pytest.raises(SettingsError, match=option):
        BuildSettings(**settings)


@pytest.mark.parametrize("base", ["https://example.org/id/", "urn:x:", "http://localhost:8000/"])
def test_an_absolute_base_is_taken(base: str) -> None:
    assert BuildSettings(base=base).base == base
