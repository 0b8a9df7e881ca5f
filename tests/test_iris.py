import re

import pytest
from pyoxigraph import NamedNode

from kg.errors import SettingsError
from kg.model import (
    Attribution,
    Claim,
    ClassRef,
    Concept,
    Disagreement,
    EntityRef,
    Modality,
    PartialDate,
    Passage,
    Span,
)
from kg.rdf.iris import (
    claim_id,
    concept_iri,
    disagreement_id,
    iri,
    passage_iri,
    value_iri,
    vocabulary_iri,
)
from kg.settings import checked_base

CLAIM = Claim("treaty/a", "party", EntityRef("state/b"), Passage("document/d", Span(1, 20)))


def test_iri_puts_the_base_in_front() -> None:
    assert iri("state/iran") == "https://w3id.org/treatygraph/id/state/iran"
    assert iri("event/2025/1-signing", "http://example.org/") == "http://example.org/event/2025/1-signing"


@pytest.mark.parametrize(
    "id", ["", "State/iran", "state/", "/iran", "a//b", "état", "a b", "a#b", "a.b", "-a", "a-", "a\n"]
)
def test_iri_refuses_other_characters(id: str) -> None:
    with pytest.raises(ValueError, match="not an id"):
        iri(id)


@pytest.mark.parametrize("base", ["https://example.org/id/", "urn:example:", "urn:example:x/", "http://[::1]:80/"])
def test_base_is_accepted(base: str) -> None:
    assert NamedNode(iri("state/iran", checked_base(base))).value == base + "state/iran"


@pytest.mark.parametrize(
    "base",
    [
        "",
        "example.org/",
        "https://example.org/id",
        "https://example.org/id#",
        "https://example.org/?id=/",
        "http://exämple.org/",
        "http://a b/",
        "/",
    ],
)
def test_base_is_refused(base: str) -> None:
    with pytest.raises(SettingsError, match="--base"):
        checked_base(base)


def test_passage_is_named_by_rfc_5147() -> None:
    assert passage_iri(CLAIM.passage) == "https://w3id.org/treatygraph/id/document/d#char=1,20"


def test_vocabulary_and_concepts() -> None:
    assert vocabulary_iri("signedOn") == "https://w3id.org/treatygraph/ontology#signedOn"
    assert concept_iri(Concept("policy-area", "trade")) == "https://w3id.org/treatygraph/scheme/policy-area/trade"
    assert concept_iri(Concept("plover", "ACCUSE")) == "https://w3id.org/treatygraph/plover#ACCUSE"
    assert value_iri(ClassRef("Meeting")) == "https://w3id.org/treatygraph/ontology#Meeting"
    assert value_iri(EntityRef("state/b"), "urn:x:/") == "urn:x:/state/b"


@pytest.mark.parametrize("name", ["", "a b", "a>b", "1a", "é"])
def test_names_that_are_no_local_names_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not a local name"):
        vocabulary_iri(name)
    with pytest.raises(ValueError, match="not a local name"):
        concept_iri(Concept("policy-area", name))


def test_claim_id_is_a_hash_of_what_is_said_and_where() -> None:
    assert re.fullmatch("claim/[0-9a-f]{16}", claim_id(CLAIM))
    said = {"subject": CLAIM.subject, "predicate": CLAIM.predicate, "object": CLAIM.object, "passage": CLAIM.passage}
    others = [
        Claim(**{**said, "subject": "treaty/x"}),
        Claim(**{**said, "predicate": "signatory"}),
        Claim(**{**said, "object": EntityRef("state/x")}),
        Claim(**{**said, "object": ClassRef("state/b")}),
        Claim(**{**said, "object": Concept("state", "b")}),
        Claim(**{**said, "passage": Passage("document/d", Span(12, 0))}),
        Claim(**said, modality=Modality.PLANNED),
        Claim(**said, attribution=Attribution("person/p")),
    ]
    assert len({claim_id(claim) for claim in (CLAIM, *others)}) == len(others) + 1


def test_claim_id_does_not_depend_on_how_it_was_read() -> None:
    again = Claim(CLAIM.subject, CLAIM.predicate, CLAIM.object, CLAIM.passage, confidence=0.1, pattern="other")
    assert claim_id(again) == claim_id(CLAIM)


def test_disagreement_keeps_its_id_when_sources_join_in() -> None:
    one = Disagreement("treaty/a", "signedOn", PartialDate("1999"), (PartialDate("1998"),))
    two = Disagreement("treaty/a", "signedOn", PartialDate("1998"), (PartialDate("1999"), PartialDate("1997")))
    other = Disagreement("treaty/a", "inForceFrom", PartialDate("1999"), (PartialDate("1998"),))
    assert disagreement_id(one) == disagreement_id(two) != disagreement_id(other)
