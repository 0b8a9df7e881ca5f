import gzip
import hashlib
from dataclasses import replace

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad
from rdf_sample import CLAIMS, EVENTS, FIRST, KNOWLEDGE, NEWS, NOTE, NOTE_TEXT, REFERENCE, TREATY, Record, Reference

from kg import resources
from kg.errors import SettingsError
from kg.model import (
    Attribution,
    Claim,
    Disagreement,
    Document,
    Entity,
    EntityRef,
    Knowledge,
    Mention,
    Modality,
    PartialDate,
    Passage,
    Span,
    Statement,
)
from kg.namespaces import ID, REFERENCE_GRAPH, SCHEME, XSD
from kg.namespaces import PREFIXES as NAMESPACES
from kg.rdf.facts import facts_of
from kg.rdf.iris import claim_id
from kg.rdf.mapping import to_quads
from kg.rdf.terms import decimal, source, wikidata
from kg.rdf.validate import Severity, validate

QUADS = to_quads(KNOWLEDGE, reference=REFERENCE)


def full(name: str) -> str:
    prefix, _, local = name.partition(":")
    if prefix in NAMESPACES:
        return NAMESPACES[prefix] + local
    return name if name.startswith("https:") else ID + name


def about(subject: str, predicate: str, quads: list[Quad] = QUADS) -> set[str]:
    """The objects, shortened: the end of an IRI, the value of a literal."""
    found = [q.object for q in quads if (q.subject.value, q.predicate.value) == (full(subject), full(predicate))]
    return {o.value.removeprefix(ID) for o in found}


def graphs(subject: str, quads: list[Quad] = QUADS) -> set[str]:
    named = [q.graph_name for q in quads if q.subject.value == full(subject)]
    return {"" if isinstance(g, DefaultGraph) else g.value.removeprefix(ID) for g in named}


def signed(*dates: str, chosen: str | None = None) -> str:
    """The day of signing that comes of claims that tell these dates."""
    claims = [Claim(TREATY, "signedOn", PartialDate(d), Passage(NEWS, Span(i, i + 1))) for i, d in enumerate(dates)]
    others = tuple(PartialDate(d) for d in dates if d != chosen)
    disagreements = [Disagreement(TREATY, "signedOn", PartialDate(chosen), others)] if chosen else []
    [(_, _, value)] = facts_of(Knowledge(claims=tuple(claims), disagreements=tuple(disagreements)))
    assert isinstance(value, PartialDate)
    return value.text


def test_no_quad_comes_twice_and_no_node_is_blank() -> None:
    assert len(QUADS) == len(set(QUADS))
    assert all(isinstance(q.subject, NamedNode) and isinstance(q.object, NamedNode | Literal) for q in QUADS)
    assert all(q.subject.value.isascii() for q in QUADS)


def test_entity_has_one_class_names_and_links() -> None:
    assert about("person/anna-berg", "rdf:type") == {full("tg:Person")}
    assert about("person/anna-berg", "rdfs:label") == {"Anna Berg"}
    assert about("person/anna-berg", "skos:altLabel") == {"Berg", "A. Berg"}
    assert about("person/anna-berg", "owl:sameAs") == {full("wd:Q42")}
    assert graphs("person/anna-berg") == {""}


def test_uncertain_links_are_close_matches_only() -> None:
    assert about("state/norland", "owl:sameAs") == set()
    assert about("state/norland", "skos:closeMatch") == {full("wd:Q1"), full("wd:Q2")}


def test_belonging_is_told_of_offices_and_bodies_not_of_places() -> None:
    assert about("office/president-of-norland", "tg:officeOf") == {"state/norland"}
    assert about("body/norland-parliament", "tg:bodyOf") == {"state/norland"}
    without = to_quads(replace(KNOWLEDGE, claims=()))
    assert about("place/lund", "tg:locatedIn", without) == set()
    assert about("place/lund", "tg:locatedIn") == {"state/norland"}


def test_labels_are_english() -> None:
    labels = [q.object for q in QUADS if q.predicate.value in (full("rdfs:label"), full("skos:altLabel"))]
    assert {o.language for o in labels if isinstance(o, Literal)} == {"en"}


def test_claim_tells_what_where_and_how() -> None:
    claim = claim_id(CLAIMS[0])
    assert about(claim, "rdf:type") == {full("tg:Claim")}
    assert about(claim, "rdf:subject") == {TREATY}
    assert about(claim, "rdf:predicate") == {full("tg:party")}
    assert about(claim, "rdf:object") == {"state/norland"}
    assert about(claim, "prov:wasDerivedFrom") == {f"{NEWS}#char=0,57"}
    assert about(claim, "tg:modality") == {full("tg:Actual")}
    assert about(claim, "tg:confidence") == {"0.88"}
    assert about(claim, "tg:pattern") == {"sign"}
    assert about(claim, "tg:attributedTo") == set()
    assert graphs(claim) == {NEWS}


def test_claim_of_a_class_and_of_concepts() -> None:
    by_predicate = {c.predicate: claim_id(c) for c in CLAIMS if c.modality is Modality.ACTUAL}
    assert about(by_predicate["type"], "rdf:predicate") == {full("rdf:type")}
    assert about(by_predicate["type"], "rdf:object") == {full("tg:Signing")}
    assert about(by_predicate["eventType"], "rdf:object") == {full("plover:AGREE")}


def test_the_same_reading_twice_is_one_claim_with_the_higher_confidence() -> None:
    weak, strong = (replace(CLAIMS[0], confidence=c, pattern=p) for c, p in ((0.5, "a"), (0.9, "b")))
    for claims in ((weak, strong), (strong, weak)):
        quads = to_quads(replace(KNOWLEDGE, claims=claims))
        assert about(claim_id(weak), "tg:confidence", quads) == {"0.9"}
        assert about(claim_id(weak), "tg:pattern", quads) == {"b"}


def test_only_actual_claims_become_facts() -> None:
    assert about(TREATY, "tg:party") == {"state/norland"}
    assert about(TREATY, "tg:ratifiedBy") == set()
    for modality in (Modality.PLANNED, Modality.POSSIBLE, Modality.NEGATED):
        assert facts_of(Knowledge(claims=(replace(CLAIMS[0], modality=modality),))) == []


def test_an_attributed_actual_claim_is_a_fact() -> None:
    claim = replace(CLAIMS[0], attribution=Attribution("person/anna-berg"))
    assert facts_of(Knowledge(claims=(claim,))) == [(TREATY, "party", EntityRef("state/norland"))]


def test_planned_event_is_found_by_its_claims_only() -> None:
    assert about("event/ratification", "rdf:type") == {full("tg:UnrealisedEvent")}
    assert about("event/ratification", "rdfs:label") == {"Ratification of the Border Treaty"}
    properties = {q.predicate.value for q in QUADS if q.subject.value == full("event/ratification")}
    assert properties == {full("rdf:type"), full("rdfs:label")}
    told = [claim_id(c) for c in CLAIMS if c.subject == "event/ratification" and c.predicate == "type"]
    assert about(told[0], "rdf:object") == {full("tg:Ratification")}
    assert about(told[0], "tg:modality") == {full("tg:Planned")}


def test_event_has_the_one_class_of_the_event_whatever_its_claims_say() -> None:
    assert about("event/signing", "rdf:type") == {full("tg:Signing")}
    assert EVENTS[0].cls == "Signing"
    assert about("event/signing", "tg:eventType") == {full("plover:AGREE")}


def test_dated_things_have_earliest_latest_and_year() -> None:
    assert about("event/signing", "tg:earliest") == {"1999-05-01"}
    assert about("event/signing", "tg:latest") == {"1999-05-31"}
    assert about(TREATY, "tg:earliest") == about(TREATY, "tg:latest") == {"1999-05-03"}
    assert about(TREATY, "tg:year") == {"1999"}
    types = {q.object.datatype.value for q in QUADS if q.predicate.value in (full("tg:earliest"), full("tg:latest"))}
    assert types == {XSD + "date"}


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (["1999"], "1999"),
        (["1999", "1999-05-03", "1999"], "1999-05-03"),
        (["1999-05-03", "1999-05"], "1999-05-03"),
        (["1999-05-04", "1999-05-03", "1999-05-03"], "1999-05-03"),
        (["1999-05-04", "1999-05-03"], "1999-05-03"),
        (["1999-05-04", "1999-05", "1998"], "1999-05-04"),
    ],
)
def test_one_date_is_the_most_precise_of_the_best_supported(dates: list[str], expected: str) -> None:
    assert signed(*dates) == signed(*reversed(dates)) == expected


def test_the_chosen_date_wins_and_may_be_told_more_precisely() -> None:
    assert signed("1998", "1998", "1999", chosen="1999") == "1999"
    assert signed("1998", "1998", "1999", "1999-05", chosen="1999") == "1999-05"


def test_many_values_stay_where_there_may_be_many() -> None:
    claims = tuple(replace(CLAIMS[0], object=EntityRef(f"state/{n}")) for n in ("b", "a", "b"))
    assert facts_of(Knowledge(claims=claims)) == [
        (TREATY, "party", EntityRef("state/a")),
        (TREATY, "party", EntityRef("state/b")),
    ]
    settled = Disagreement(TREATY, "party", EntityRef("state/a"), (EntityRef("state/b"),))
    assert facts_of(Knowledge(claims=claims, disagreements=(settled,))) == [(TREATY, "party", EntityRef("state/a"))]


def test_both_sides_of_a_disagreement_stand_as_claims_and_it_is_told() -> None:
    told = {q.object.value for q in QUADS if q.predicate.value == full("rdf:object")}
    assert {"1999-07-01", "1999-07-02"} <= told
    assert about(TREATY, "tg:inForceFrom") == {"1999-07-01"}
    [node] = [q.subject.value.removeprefix(ID) for q in QUADS if q.object.value == full("tg:Disagreement")]
    assert about(node, "rdf:subject") == {TREATY}
    assert about(node, "rdf:predicate") == {full("tg:inForceFrom")}
    assert about(node, "tg:chosen") == {"1999-07-01"}
    assert about(node, "tg:alternative") == {"1999-07-02"}


def test_passage_holds_the_exact_slice() -> None:
    passage = f"{NOTE}#char=22,36"
    assert about(passage, "rdf:type") == {full("nif:Phrase")}
    assert about(passage, "nif:anchorOf") == {NOTE_TEXT[22:36]} == {"signed in 1999"}
    assert about(passage, "nif:beginIndex") == {"22"}
    assert about(passage, "nif:endIndex") == {"36"}
    assert about(passage, "nif:referenceContext") == {NOTE}
    assert graphs(passage) == {NOTE}


def test_offsets_count_characters_outside_the_basic_plane_as_one() -> None:
    document = Document("document/d", "d", "\U0001f600\U0001f600 Iran", "0" * 64)
    mention = Mention(Passage("document/d", Span(3, 7)), "state/iran")
    quads = to_quads(Knowledge(documents=(document,), mentions=(mention,)))
    assert about("document/d#char=3,7", "nif:anchorOf", quads) == {"Iran"}


def test_mention_identifies_its_entity() -> None:
    assert about(f"{NEWS}#char=0,9", "itsrdf:taIdentRef") == {"person/anna-berg"}


@pytest.mark.parametrize("span", [Span(5, 5), Span(-1, 3), Span(0, 10_000), Span(9, 3)])
def test_passage_outside_its_document_is_refused(span: Span) -> None:
    wrong = replace(KNOWLEDGE, mentions=(Mention(Passage(NEWS, span), TREATY),))
    with pytest.raises(ValueError, match="no such passage"):
        to_quads(wrong)


def test_passage_of_an_unknown_document_is_refused() -> None:
    with pytest.raises(ValueError, match="document/other"):
        to_quads(Knowledge(mentions=(Mention(Passage("document/other", Span(0, 1)), TREATY),)))


def test_statement_quotes_each_part_exactly() -> None:
    assert about("statement/glad", "tg:quotation") == {"We are glad,", "and relieved."}
    assert about("statement/glad", "tg:reportedSpeech") == set()
    assert about("statement/glad", "tg:speaker") == {"person/anna-berg"}
    assert about("statement/glad", "tg:mentions") == {TREATY}
    assert len(about("statement/glad", "prov:wasDerivedFrom")) == 3
    assert graphs("statement/glad") == {NEWS}


def test_reported_speech_is_the_words_of_its_passage() -> None:
    assert about("statement/peace", "tg:reportedSpeech") == {"peace holds"}
    assert about("statement/peace", "tg:quotation") == set()
    assert about("statement/unknown", "tg:speaker") == set()


def test_document_has_its_metadata() -> None:
    assert about(NEWS, "rdf:type") == {full("tg:Document")}
    assert about(NEWS, "dcterms:title") == {"A treaty"}
    assert about(NEWS, "dcterms:issued") == {"1999-05-04"}
    assert about(NEWS, "dcterms:publisher") == {"The Paper"}
    assert about(NEWS, "tg:sha256") == {"ab" * 32}
    assert about(NOTE, "dcterms:source") == {"note file.txt"}
    assert about(NOTE, "dcterms:issued") == about(NOTE, "dcterms:title") == set()
    assert graphs(NOTE) == {NOTE}


def test_text_is_kept_unless_it_may_not_be() -> None:
    assert about(NOTE, "nif:isString") == {NOTE_TEXT}
    without = to_quads(KNOWLEDGE, keep_text=False)
    assert about(NOTE, "nif:isString", without) == set()
    assert about(f"{NOTE}#char=22,36", "nif:anchorOf", without) == {"signed in 1999"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://example.org/a?b=c#d", NamedNode("https://example.org/a?b=c#d")),
        ("https://example.org/é b", NamedNode("https://example.org/%C3%A9%20b")),
        ("https://example.org/%C3%A9", NamedNode("https://example.org/%C3%A9")),
        ("https://[broken/", Literal("https://[broken/")),
        ("folder/file.txt", Literal("folder/file.txt")),
        ("-", Literal("-")),
    ],
)
def test_source_is_an_iri_where_it_can_be(text: str, expected: NamedNode | Literal) -> None:
    assert source(text) == expected


def test_reference_leads_from_historical_states_to_those_of_today() -> None:
    assert about("state/old-sudland", "tg:succeededBy") == {"state/sudland-union"}
    assert about("state/sudland-union", "tg:succeededBy") == {"state/sudland", "state/norland"}
    assert about("state/sudland-union", "rdf:type") == {full("tg:HistoricalState")}
    assert about("state/sudland", "rdfs:label") == {"Sudland"}
    assert about("state/sudland", "owl:sameAs") == {full("wd:Q7")}
    assert about("tg:reference", "prov:wasDerivedFrom") == {"document/reference"}
    assert {q.graph_name.value for q in QUADS if q.predicate.value == full("tg:succeededBy")} == {REFERENCE_GRAPH}
    assert graphs("state/sudland") == {REFERENCE_GRAPH}


def test_what_own_data_say_of_succession_derives_from_no_document_of_ours() -> None:
    reference = Reference(
        Record("state/own-old", "HistoricalState", "Old", ("state/own-new",)), Record("state/own-new", "State", "New")
    )
    entities = (Entity("state/own-old", "HistoricalState", "Old"),)
    quads = to_quads(Knowledge(entities=entities), reference=reference)
    assert about("state/own-old", "tg:succeededBy", quads) == {"state/own-new"}
    assert {quad.graph_name for quad in quads} == {DefaultGraph()}


def test_reference_is_a_document_of_which_all_is_known() -> None:
    assert about("document/reference", "rdf:type") == {full("tg:Document")}
    assert about("document/reference", "dcterms:title") == {"Reference data of treatygraph"}
    assert about("document/reference", "dcterms:source") == {"reference.jsonl.gz"}
    with gzip.open(resources.data("reference.jsonl.gz")) as file:
        assert about("document/reference", "tg:sha256") == {hashlib.sha256(file.read()).hexdigest()}
    [issued] = about("document/reference", "dcterms:issued")
    assert PartialDate(issued).precision == "day"
    assert graphs("document/reference") == {REFERENCE_GRAPH}
    assert [f for f in validate(QUADS).findings if f.focus.endswith("document/reference>")] == []


def test_reference_repeats_nothing_of_what_was_read() -> None:
    assert graphs("state/norland") == {""}


def test_reference_without_historical_states_adds_nothing() -> None:
    today = replace(KNOWLEDGE, entities=tuple(e for e in KNOWLEDGE.entities if e.cls != "HistoricalState"))
    assert to_quads(today, reference=REFERENCE) == to_quads(today)


def test_reference_that_runs_in_a_circle_ends() -> None:
    circle = Reference(
        Record("state/old-sudland", "HistoricalState", "Old Sudland", ("state/b",)),
        Record("state/b", "HistoricalState", "B", ("state/old-sudland",)),
    )
    quads = to_quads(KNOWLEDGE, reference=circle)
    assert about("state/b", "tg:succeededBy", quads) == {"state/old-sudland"}
    assert about("state/old-sudland", "tg:succeededBy", quads) == {"state/b"}


def test_concepts_that_are_used_are_described() -> None:
    trade = f"{SCHEME}policy-area/trade"
    assert about(trade, "rdf:type") == about("plover:AGREE", "rdf:type") == {full("skos:Concept")}
    assert about(trade, "skos:prefLabel") == {"trade"}
    assert about(trade, "skos:inScheme") == {f"{SCHEME}policy-area"}
    assert about("plover:AGREE", "skos:prefLabel") == {"agree"}
    assert about("tg:Planned", "skos:prefLabel") == {"planned"}
    assert graphs(trade) == graphs("plover:AGREE") == graphs("tg:Planned") == {REFERENCE_GRAPH}
    assert {q.predicate.value for q in QUADS if q.subject.value == trade} == {
        full(name) for name in ("rdf:type", "skos:prefLabel", "skos:inScheme")
    }


def test_concepts_that_are_not_used_are_left_out() -> None:
    described = {q.subject.value for q in QUADS if q.object.value == full("skos:Concept")}
    used = {f"{SCHEME}policy-area/trade", full("plover:AGREE"), full("tg:Actual"), full("tg:Planned")}
    assert described == used
    without = to_quads(replace(KNOWLEDGE, claims=()), reference=REFERENCE)
    assert not [q for q in without if q.object.value == full("skos:Concept")]


def test_concepts_keep_their_iris_whatever_the_base() -> None:
    quads = to_quads(KNOWLEDGE, "http://example.org/g/")
    assert about(f"{SCHEME}policy-area/trade", "skos:prefLabel", quads) == {"trade"}


def test_order_of_what_was_read_makes_no_difference() -> None:
    backwards = Knowledge(
        documents=KNOWLEDGE.documents[::-1],
        entities=KNOWLEDGE.entities[::-1],
        mentions=KNOWLEDGE.mentions[::-1],
        events=KNOWLEDGE.events[::-1],
        claims=KNOWLEDGE.claims[::-1],
        statements=KNOWLEDGE.statements[::-1],
        disagreements=KNOWLEDGE.disagreements[::-1],
    )
    assert set(to_quads(backwards, reference=REFERENCE)) == set(QUADS)


def test_base_is_put_before_ids_only() -> None:
    quads = to_quads(KNOWLEDGE, "http://example.org/g/", REFERENCE)
    values = {t.value for q in quads for t in (q.subject, q.object) if isinstance(t, NamedNode)}
    assert "http://example.org/g/state/norland" in values
    assert f"http://example.org/g/{NEWS}#char=0,57" in values
    assert not [v for v in values if v.startswith(ID)]
    with pytest.raises(SettingsError):
        to_quads(KNOWLEDGE, "not a base")


def test_wrong_ids_are_refused() -> None:
    with pytest.raises(ValueError, match="not an id"):
        to_quads(Knowledge(entities=(replace(KNOWLEDGE.entities[0], id="person/Anna Berg"),)))
    with pytest.raises(ValueError, match="not a Wikidata id"):
        wikidata("42")
    with pytest.raises(ValueError, match="not a local name"):
        to_quads(replace(KNOWLEDGE, claims=(replace(CLAIMS[0], predicate="is party"),)))


def test_statement_of_nobody_about_nothing_has_no_empty_values() -> None:
    quads = to_quads(replace(KNOWLEDGE, statements=(Statement("statement/s", FIRST),)))
    properties = {q.predicate.value for q in quads if q.subject.value == full("statement/s")}
    assert properties == {full(p) for p in ("rdf:type", "tg:reportedSpeech", "prov:wasDerivedFrom")}


@pytest.mark.parametrize(("value", "text"), [(0.8, "0.8"), (1, "1.0"), (0, "0.0"), (0.854, "0.85"), (0.999, "1.0")])
def test_decimals_are_written_one_way(value: float, text: str) -> None:
    assert decimal(value) == Literal(text, datatype=NamedNode(XSD + "decimal"))


def test_nothing_gives_nothing() -> None:
    assert to_quads(Knowledge(), reference=REFERENCE) == []


def test_the_graph_conforms_to_the_shapes() -> None:
    report = validate(QUADS)
    assert report.conforms(Severity.VIOLATION), report.findings
    assert {finding.message for finding in report.findings if finding.severity is Severity.WARNING} == {
        "It is not known who said this."
    }
