"""Well-formed terms: RFC 3987, RFC 5646 and XML Schema 1.1, by what is just inside and just outside."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.namespaces import XSD
from kg.rdf.findings import SHAPES, Severity
from kg.rdf.wellformed import ill_formed, is_iri, is_lexical, term_text

GOOD_IRIS = [
    "https://w3id.org/treatygraph/id/document/x#char=0,20",
    "http://example.org/%D0%9C?q=a/b?c#d?e",
    "http://example.org/Москва",
    "http://[2001:db8::7]/c=GB?one",
    "http://user@[::1]:80/",
    "urn:isbn:0451450523",
    "mailto:a@example.org",
    "file:///tmp/a",
    "http://example.org/\U0001f600",
    "http://example.org/?\ue000",
]
BAD_IRIS = [
    "",
    "no/scheme",
    "http://example.org/a b",
    "http://example.org/<x>",
    'http://example.org/"',
    "http://example.org/{x}",
    "http://example.org/a|b",
    "http://example.org/a\\b",
    "http://example.org/a^b",
    "http://example.org/`",
    "http://example.org/%zz",
    "http://example.org/%4",
    "http://example.org/#a#b",
    "http://example.org/[x]",
    "http://example.org/\n",
    "http://example.org/\x7f",
    "http://example.org/\u202e",
    "http://example.org/\u200f",
    "http://example.org/\ue000",
    "http://example.org/\ufdd0",
    "1http://example.org/",
]
LEXICAL = [
    (
        "date",
        ["2025-01-17", "2024-02-29", "2000-02-29", "-0044-03-15", "12025-01-17", "2025-01-17Z", "2025-01-17+14:00"],
    ),
    ("gYear", ["1813", "-0044", "12025", "1813Z"]),
    ("gYearMonth", ["1813-10", "1813-12+03:30"]),
    ("integer", ["0", "-1", "+007"]),
    ("nonNegativeInteger", ["0", "12", "+3", "-0"]),
    ("positiveInteger", ["1", "+01"]),
    ("decimal", ["1", "0.8", ".5", "1.", "-0.0"]),
    ("double", ["1e3", "-INF", "NaN", "1.5E-7"]),
    ("boolean", ["true", "false", "1", "0"]),
    ("duration", ["P20Y", "P1Y2M3D", "PT5M", "-P1D", "P1DT2H3M4.5S", "PT0.5S"]),
    ("dateTime", ["2025-01-17T22:05:00", "2025-01-17T24:00:00Z", "2025-01-17T22:05:00.25+03:30"]),
    ("string", ["", "anything"]),
]
NOT_LEXICAL = [
    (
        "date",
        ["x", "", "2025-02-29", "1900-02-29", "2025-13-01", "2025-00-01", "2025-01-00", "2025-1-7", "25-01-17", "2025"],
    ),
    (
        "date",
        [
            "02025-01-17",
            "2025-01-17T00:00:00",
            "2025-01-17+15:00",
            " 2025-01-17",
            "2025-04-31",
            "\u0662\u0660\u0662\u0665-01-17",
        ],
    ),
    ("gYear", ["813", "1813-10", "01813", "year"]),
    ("gYearMonth", ["1813", "1813-13", "1813-10-24"]),
    ("integer", ["1.0", "", "one", "1 000", "--1", "\u0663"]),
    ("nonNegativeInteger", ["-1", "-10", ""]),
    ("positiveInteger", ["0", "-1"]),
    ("decimal", ["1e3", ".", "NaN", "1,5", ""]),
    ("double", ["inf", "+NaN", "e3"]),
    ("boolean", ["True", "yes", ""]),
    ("duration", ["P", "PT", "20Y", "P20", "P1.5Y", "P1D2H", "P1YT", "P1M1Y"]),
    (
        "dateTime",
        ["2025-01-17", "2025-01-17T25:00:00", "2025-01-17T24:00:01", "2025-01-17 22:05:00", "2025-02-30T00:00:00"],
    ),
]


@pytest.mark.parametrize("iri", GOOD_IRIS)
def test_an_iri_is_one(iri: str) -> None:
    assert is_iri(iri)


@pytest.mark.parametrize("iri", BAD_IRIS)
def test_what_is_no_iri_is_refused(iri: str) -> None:
    assert not is_iri(iri)


@pytest.mark.parametrize("name, text", [(name, text) for name, texts in LEXICAL for text in texts])
def test_a_lexical_form_is_one(name: str, text: str) -> None:
    assert is_lexical(text, XSD + name)


@pytest.mark.parametrize("name, text", [(name, text) for name, texts in NOT_LEXICAL for text in texts])
def test_what_is_no_lexical_form_is_refused(name: str, text: str) -> None:
    assert not is_lexical(text, XSD + name)


def _quad(subject: str, value: Literal | NamedNode) -> Quad:
    return Quad(NamedNode(subject), NamedNode("https://example.org/p"), value)


def test_each_use_of_a_bad_term_is_a_finding_at_its_subject() -> None:
    bad = Literal("2025-02-30", datatype=NamedNode(XSD + "date"))
    first, second = ill_formed([_quad("https://example.org/a", bad), _quad("https://example.org/b", bad)])
    assert (first.focus, second.focus) == ("<https://example.org/a>", "<https://example.org/b>")
    assert first.path == "<https://example.org/p>"
    assert first.shape == SHAPES + "WellFormed-literal"
    assert first.severity is Severity.VIOLATION
    assert first.message == "Not an xsd:date: '2025-02-30'"


def test_a_long_text_is_shortened_in_the_message() -> None:
    (finding,) = ill_formed(
        [_quad("https://example.org/a", Literal("9" * 500 + "x", datatype=NamedNode(XSD + "integer")))]
    )
    assert len(finding.message) < 120


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_a_character_that_xml_cannot_write_is_a_warning(character: str) -> None:
    (finding,) = ill_formed([_quad("https://example.org/a", Literal(f"a{character}b"))])
    assert (finding.shape, finding.severity) == (SHAPES + "WellFormed-characters", Severity.WARNING)


def test_a_sound_graph_has_no_findings() -> None:
    assert ill_formed([_quad("https://example.org/a", Literal("Tehran\t\n\U0001f600", language="en-GB"))]) == []


@pytest.mark.parametrize(
    "term, text",
    [
        (NamedNode("https://example.org/a"), "<https://example.org/a>"),
        (Literal('say "hi"\\\n'), '"say \\"hi\\"\\\\\\n"'),
        (Literal("\x00"), '"\\u0000"'),
        (Literal("x", language="en"), '"x"@en'),
        (Literal("1813", datatype=NamedNode(XSD + "gYear")), f'"1813"^^<{XSD}gYear>'),
    ],
)
def test_terms_are_told_in_turtle(term: NamedNode | Literal, text: str) -> None:
    assert term_text(term) == text
