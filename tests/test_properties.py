"""What holds for any text: reading never fails, passages lie in their text, and the unreal is never told as actual."""

from __future__ import annotations

import pytest
from doc_builder import reference
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_gold import facts, read, reader, said, written

from kg.extraction.drafts import DraftFact
from kg.model import Document, Modality
from kg.rdf.mapping import to_quads
from kg.resolution.corpus import DocumentReading, join

FRAGMENTS = [
    "Iran", "Russia’s", "the Treaty of Gulistan (1813)", "President", "Vladimir Putin", "signed", "will sign",
    "“We agree,”", "he said", ".", "?", ",", "(", ")", "-", "\n", "in Moscow", "on Friday",
    "on 31 February 2025", "20-year", "the pact", "both countries", "his Iranian counterpart", "BRICS",
    "SCO summit", "UN Security Council", "did not", "according to", "war in Gaza", "Khanates of Baku and Shaki",
    "and", "of", "to", "U.S.", "…", "ratified by", "Secretary-General", "\u200f", "the two", "ministers",
    "talks between", "Foreign Ministry", "'s", "\u0301", "№ 5", "2025", "ceded", "territory",
]  # fmt: skip
STATES = ["Armenia", "Belarus", "Georgia", "Japan", "Kenya", "Norway", "Brazil", "Egypt"]
KINDS = ["trade", "border", "fishing", "extradition"]
UNRELATED = ["It rained in the afternoon.", "Shops were closed.", "Nobody was hurt.", "Cats sleep a lot."]
each_text = st.text(max_size=300).filter(lambda text: bool(text.strip()))
each_jumble = st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=25).map(" ".join)
each_state = st.sampled_from(STATES)


def check(told: DocumentReading) -> None:
    """Passages lie in the text and are not empty, and all that is told can become a graph."""
    text = told.document.text
    passages = [p for p, _ in told.mentions] + [f.passage for f in every(told)]
    passages += [s.passage for s in told.statements] + [q for s in told.statements for q in s.quotations]
    for passage in passages:
        assert passage.document == told.document.id
        assert 0 <= passage.span.start < passage.span.end <= len(text)
    for passage, keys in told.mentions:
        assert keys and set(keys) <= set(told.entities), text[passage.span.start : passage.span.end]
    assert {f.subject for f in told.facts} <= set(told.entities)
    assert to_quads(join([told], reference()), reference=reference())


def every(told: DocumentReading) -> list[DraftFact]:
    return [*told.facts, *(p for event in told.events for p in event.properties)]


def actual(told: DocumentReading) -> set[tuple[str, str, object]]:
    return {(f.subject, f.predicate, f.object) for f in told.facts if f.modality is Modality.ACTUAL}


@given(st.lists(each_text, min_size=1, max_size=3))
@settings(max_examples=60, deadline=None)
def test_any_text_can_be_read(texts: list[str]) -> None:
    check(read(*texts))


@given(st.lists(each_jumble, min_size=1, max_size=4))
@settings(max_examples=80, deadline=None)
def test_any_jumble_of_what_texts_are_made_of_can_be_read(texts: list[str]) -> None:
    check(read(*texts))


@given(each_jumble, each_jumble)
@settings(max_examples=40, deadline=None)
def test_any_heading_can_stand_above_a_paragraph(heading: str, paragraph: str) -> None:
    document = written(heading, paragraph)
    first, second = document.blocks
    kinds = (type(first)("heading", first.span), type(second)("paragraph", second.span, first.span))
    check(reader().read(Document(**{n: getattr(document, n) for n in Document.__slots__} | {"blocks": kinds})))


@pytest.mark.parametrize(
    "text",
    [
        "He signed it.",
        "” “",
        "“",
        "The two countries.",
        "'s 's 's",
        "Treaty Treaty Treaty of of of 1813 1813",
        "King King King President of of of of",
        "The the THE tHe",
        "Khanates of , and",
        "Mr. Mr. Mr.",
        "a" * 5000,
        "Iran " * 800,
        "(" * 400,
        "\u202eIran signed\u202c",
        "I\u0307ran and \u0130ran signed a treaty",
        "\U0001f1ee\U0001f1f7 signed \U0001f1f7\U0001f1fa",
        "\ufeffIran signed a treaty with Iraq.",
        "Iran\u00a0signed\u00a0a\u00a0treaty\u00a0with\u00a0Iraq.",
    ],
    ids=lambda text: ascii(text[:20]),
)
def test_hostile_texts_can_be_read(text: str) -> None:
    check(read(text))


def test_a_document_without_anything_can_be_read() -> None:
    check(reader().read(Document("document/x", "x", "", "0" * 64)))


@given(each_state, each_state, st.sampled_from(KINDS), st.sampled_from(UNRELATED))
@settings(max_examples=25, deadline=None, derandomize=True)
def test_an_unrelated_paragraph_takes_nothing_away(one: str, other: str, kind: str, unrelated: str) -> None:
    text = f"{one} signed a {kind} treaty with {other} in Moscow in 1990."
    assert actual(read(text)) <= actual(read(text, unrelated))
    assert actual(read(text)) <= actual(read(unrelated, text))


NEGATED = [
    "{one} did not sign a {kind} treaty with {other} in Moscow.",
    "{one} didn't sign a {kind} treaty with {other} in Moscow.",
    "{one} never signed a {kind} treaty with {other} in Moscow.",
    "{one} has not signed a {kind} treaty with {other} in Moscow.",
    "{one} refused to sign a {kind} treaty with {other} in Moscow.",
    "{one} failed to sign a {kind} treaty with {other} in Moscow.",
    "No {kind} treaty was signed by {one} and {other} in Moscow.",
]
PLANNED = [
    "{one} will sign a {kind} treaty with {other} in Moscow.",
    "{one} plans to sign a {kind} treaty with {other} in Moscow.",
    "{one} is expected to sign a {kind} treaty with {other} in Moscow.",
    "{one} hopes to sign a {kind} treaty with {other} in Moscow.",
    "{one} could sign a {kind} treaty with {other} in Moscow.",
    "A {kind} treaty will be signed by {one} and {other} in Moscow.",
    "If {one} signs a {kind} treaty with {other} in Moscow, trade will grow.",
    "Will {one} sign a {kind} treaty with {other} in Moscow?",
]
PLAIN = [
    "{one} signed a {kind} treaty with {other} in Moscow in 1990.",
    "{one} and {other} signed a {kind} treaty in Moscow in 1990.",
    "A {kind} treaty was signed by {one} and {other} in Moscow in 1990.",
]


@pytest.mark.parametrize("sentence", NEGATED + PLANNED)
def test_what_did_not_happen_is_never_told_as_actual(sentence: str) -> None:
    for one, other, kind in zip(STATES, STATES[1:], KINDS, strict=False):
        told = read(sentence.format(one=one, other=other, kind=kind))
        unreal = {"signedAt Moscow", f"Signing participant {one}", "Signing location Moscow"}
        assert not unreal & said(told), sentence.format(one=one, other=other, kind=kind)


@pytest.mark.parametrize("sentence", PLAIN)
def test_what_is_told_plainly_is_read(sentence: str) -> None:
    for one, other, kind in zip(STATES, STATES[1:], KINDS, strict=False):
        told = read(sentence.format(one=one, other=other, kind=kind))
        wanted = {"signedOn 1990", "signedAt Moscow", f"party {one}", f"party {other}"}
        assert wanted <= facts(told), sentence.format(one=one, other=other, kind=kind)
