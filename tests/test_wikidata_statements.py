"""Statements for Wikidata: which facts, what is there already, and what cannot be written safely."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wikidata_graph import write_graph
from wikidata_help import entity, write_dump

from kg.errors import InputError, SettingsError
from kg.model import PartialDate
from kg.resolution.reference import Reference
from kg.wikidata.indexing import make_index
from kg.wikidata.proposals import Proposal, Rule, Source
from kg.wikidata.quickstatements import Unwritable, line
from kg.wikidata.statements import StatementSettings, StatementsResult, write_statements

ID = "https://w3id.org/treatygraph/id"
TREATY, IRAN, RUSSIA = f"<{ID}/treaty/t>", f"<{ID}/state/iran>", f"<{ID}/state/russia>"
ENTITIES = f"""
{TREATY} a tg:Treaty ; rdfs:label "Treaty of T"@en ; owl:sameAs wd:Q9000000041 .
{IRAN} a tg:State ; rdfs:label "Iran"@en ; owl:sameAs wd:Q794 .
{RUSSIA} a tg:State ; rdfs:label "Russia"@en ; owl:sameAs wd:Q159 .
<{ID}/place/moscow> a tg:Place ; rdfs:label "Moscow"@en ; owl:sameAs wd:Q649 .
<{ID}/organisation/brics> a tg:InternationalOrganisation ; rdfs:label "BRICS"@en ; owl:sameAs wd:Q243630 .
<{ID}/person/putin> a tg:Person ; rdfs:label "Vladimir Putin"@en ; owl:sameAs wd:Q7747 .
<{ID}/office/president> a tg:Office ; rdfs:label "President of Russia"@en ; owl:sameAs wd:Q218295 .
"""
DAY, FORCE = '"2025-01-17"^^xsd:date', '"2025-10-02"^^xsd:date'
RETRIEVED = PartialDate("2026-01-05")
SOURCE = 'S854\t"https://example.org/a"\tS813\t+2026-01-05T00:00:00Z/11'
EMPTY = [entity(id, "x", {}) for id in ("Q9000000041", "Q794", "Q159", "Q7747")]


class Told:
    """The Turtle of claims, each in a document of its own."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(
        self,
        subject: str,
        predicate: str,
        value: str,
        *,
        modality: str = "Actual",
        confidence: float = 0.9,
        source: str = "<https://example.org/a>",
        more: str = "",
        fact: bool | None = None,
    ) -> str:
        self.number += 1
        document, claim = f"{ID}/document/d{self.number}", f"<{ID}/claim/c{self.number}>"
        direct = f"{subject} tg:{predicate} {value} ." if fact or (fact is None and modality == "Actual") else ""
        return f"""{direct}
<{document}> a tg:Document ; dcterms:source {source} ; dcterms:title "A title"@en .
<{document}#char=0,4> a nif:Phrase ; nif:anchorOf "some words" ; nif:referenceContext <{document}> .
{claim} a tg:Claim ; rdf:subject {subject} ; rdf:predicate tg:{predicate} ; rdf:object {value} ;
    prov:wasDerivedFrom <{document}#char=0,4> ; tg:modality tg:{modality} ; tg:confidence {confidence} {more} .
"""


Run = Callable[..., tuple[StatementsResult, list[str], list[dict[str, str]]]]


@pytest.fixture(scope="module")
def reference() -> Reference:
    return Reference.load()


@pytest.fixture
def run(tmp_path: Path, reference: Reference) -> Run:
    """``run(turtle, ...)``: the result, the commands, the rows of the table."""

    def call(*parts: str, known: list[dict[str, Any]] = EMPTY, confidence: float = 0.8) -> Any:
        graph = write_graph(tmp_path / "g.ttl", ENTITIES, *parts)
        (tmp_path / "known.json").write_text(json.dumps(known))
        settings = StatementSettings(RETRIEVED, confidence)
        result = write_statements(graph, tmp_path / "out", tmp_path / "known.json", settings, reference)
        commands = (tmp_path / "out/quickstatements.txt").read_text().splitlines()
        with (tmp_path / "out/statements.csv").open(newline="") as file:
            return result, commands, list(csv.DictReader(file))

    return call


@pytest.fixture
def told() -> Told:
    return Told()


def test_a_treaty_with_its_parties_dates_and_place(run: Run, told: Told) -> None:
    _, commands, rows = run(
        told(TREATY, "party", IRAN),
        told(TREATY, "party", RUSSIA),
        told(TREATY, "signedOn", DAY),
        told(TREATY, "inForceFrom", FORCE),
        told(TREATY, "signedAt", f"<{ID}/place/moscow>"),
        told(TREATY, "ratifiedBy", RUSSIA),
    )
    signed = "P585\t+2025-01-17T00:00:00Z/11"
    assert commands == [
        f"Q9000000041\tP276\tQ649\t{SOURCE}",
        f"Q9000000041\t{signed}\t{SOURCE}",
        f"Q9000000041\tP1891\tQ159\t{signed}\t{SOURCE}",
        f"Q9000000041\tP1891\tQ794\t{signed}\t{SOURCE}",
        f"Q9000000041\tP6193\tQ159\t{SOURCE}",
        f"Q9000000041\tP7588\t+2025-10-02T00:00:00Z/11\t{SOURCE}",
    ]
    assert rows[2] == {
        "status": "new",
        "item": "Q9000000041",
        "item label": "Treaty of T",
        "property": "P1891",
        "property label": "signatory",
        "value": "Q159",
        "value label": "Russia",
        "qualifiers": "P585=2025-01-17",
        "confidence": "0.90",
        "source": "https://example.org/a",
        "source title": "A title",
        "quotation": "some words",
        "note": "",
    }


def test_a_membership_has_the_date_of_the_accession(run: Run, told: Told) -> None:
    accession = f"""<{ID}/event/e> a tg:Accession ; rdfs:label "x"@en ; tg:agent {IRAN} ;
        tg:target <{ID}/organisation/brics> ."""
    month = told(f"<{ID}/event/e>", "date", '"2024-01"^^xsd:gYearMonth')
    _, commands, _ = run(told(IRAN, "memberOf", f"<{ID}/organisation/brics>"), accession, month)
    assert commands == [f"Q794\tP463\tQ243630\tP580\t+2024-01-00T00:00:00Z/10\t{SOURCE}"]


def test_an_office_is_a_position_held(run: Run, told: Told) -> None:
    _, commands, _ = run(told(f"<{ID}/person/putin>", "holdsOffice", f"<{ID}/office/president>"))
    assert commands == [f"Q7747\tP39\tQ218295\t{SOURCE}"]


@pytest.mark.parametrize("modality", ["Planned", "Possible", "Negated"])
@pytest.mark.parametrize("fact", [True, False])
def test_only_what_is_actual_is_offered(modality: str, fact: bool, run: Run, told: Told) -> None:
    result, commands, rows = run(told(TREATY, "party", IRAN, modality=modality, fact=fact))
    assert (commands, rows, result.statuses) == ([], [], {})


def test_what_somebody_only_says_is_not_offered(run: Run, told: Told) -> None:
    _, commands, rows = run(told(TREATY, "party", IRAN, more=f"; tg:attributedTo {RUSSIA}"))
    assert commands == rows == []


def test_a_claim_below_the_confidence_is_not_offered(run: Run, told: Told) -> None:
    fact = told(TREATY, "party", IRAN, confidence=0.7)
    assert run(fact)[1] == []
    assert len(run(fact, confidence=0.7)[1]) == 1


def test_a_claim_that_did_not_become_a_fact_is_not_offered(run: Run, told: Told) -> None:
    assert run(told(TREATY, "signedOn", DAY, fact=False))[1] == []


def test_an_entity_that_is_not_surely_linked_gives_none(run: Run, told: Told) -> None:
    unsure = f'<{ID}/state/x> a tg:State ; rdfs:label "X"@en ; skos:closeMatch wd:Q1 .'
    assert run(unsure, told(TREATY, "party", f"<{ID}/state/x>"))[1] == []


def test_an_organ_of_a_state_is_no_state_that_ratified(run: Run, told: Told) -> None:
    duma = f'<{ID}/body/duma> a tg:GovernmentBody ; rdfs:label "Duma"@en ; owl:sameAs wd:Q715641 .'
    assert run(duma, told(TREATY, "ratifiedBy", f"<{ID}/body/duma>"))[1] == []


def test_what_is_denied_elsewhere_is_refused(run: Run, told: Told) -> None:
    result, commands, rows = run(told(TREATY, "party", IRAN), told(TREATY, "party", IRAN, modality="Negated"))
    assert (commands, rows[0]["note"]) == ([], "another passage denies it")
    line = "Q9000000041 (Treaty of T) P1891 (signatory) Q794 (Iran): another passage denies it"
    assert result.refused == (line,)


def test_what_sources_disagree_about_is_refused(run: Run, told: Told) -> None:
    disagreement = f"""<{ID}/disagreement/d> a tg:Disagreement ; rdf:subject {TREATY} ; rdf:predicate tg:inForceFrom ;
        tg:chosen {FORCE} ; tg:alternative "2025-10-22"^^xsd:date ."""
    result, commands, _ = run(told(TREATY, "inForceFrom", FORCE), disagreement)
    assert (commands, len(result.refused)) == ([], 1)
    assert result.refused[0].endswith("2025-10-02: the sources disagree")


UNSAFE = [
    ("https://example.org/a|b", "|"),
    ('https://example.org/"a"', "a quotation mark"),
    ("https://example.org/“a”", "a quotation mark"),
    ("https://example.org/*x", "a comment"),
    ("https://example.org/x*/", "a comment"),
    ("https://example.org/a\\tQ1", "a tab"),
    ("https://example.org/a\\nQ1\\tP31\\tQ5", "a tab"),
    ("https://example.org/a\\u2028b", "a line break"),
    ("https://example.org/a\\u0000b", "a control character"),
    ("https://example.org/a b", "not well-formed"),
    ("https://example.org/" + "a" * 500, "more than 500 characters"),
    ("talks.txt", "no web address"),
    ("javascript:alert(1)", "no web address"),
    ("https://", "no web address"),
]


@pytest.mark.parametrize(("place", "cause"), UNSAFE)
def test_what_cannot_be_written_safely_is_refused_with_a_line(place: str, cause: str, run: Run, told: Told) -> None:
    literal = '"' + place.replace('"', '\\"') + '"'
    result, commands, rows = run(told(TREATY, "party", IRAN, source=literal))
    assert commands == [] and len(rows) == 1
    (line,) = result.refused
    assert line.startswith("Q9000000041 (Treaty of T) P1891 (signatory) Q794 (Iran): ") and cause in line
    assert (result.folder / "refused.txt").read_text() == line + "\n"


@given(st.text(alphabet=st.sampled_from('a|"/*\t\n\r \u2028\x00“%é?#'), max_size=12))
@settings(max_examples=200, deadline=None)
def test_no_address_breaks_out_of_its_column(text: str) -> None:
    rule = Rule("signedAt", ("Treaty",), "P276", "location", ("Place",))
    source = Source(0.9, f"https://example.org/{text}", "", "")
    try:
        command = line(Proposal(rule, "Q1", "x", "Q2", "y", (), (source,)), RETRIEVED)
    except Unwritable:
        return
    cells = command.split("\t")
    assert cells == ["Q1", "P276", "Q2", "S854", f'"https://example.org/{text}"', "S813", "+2026-01-05T00:00:00Z/11"]
    assert command.count('"') == 2 and "|" not in command and "/*" not in command and len(command.splitlines()) == 1


def test_the_surest_source_is_the_reference_and_the_table_has_all(run: Run, told: Told) -> None:
    less = told(TREATY, "party", IRAN, confidence=0.85, source="<https://example.org/less>")
    local = told(TREATY, "party", IRAN, confidence=0.99, source='"file.txt"')
    _, commands, rows = run(less, told(TREATY, "party", IRAN), local)
    assert commands == [f"Q9000000041\tP1891\tQ794\t{SOURCE}"]
    assert [row["confidence"] for row in rows] == ["0.99", "0.90", "0.85"]


def test_labels_cannot_break_lines_or_run_as_formulas(run: Run, told: Told) -> None:
    evil = f'<{ID}/state/evil> a tg:State ; rdfs:label "=HYPERLINK(1)\\nQ1\\tP31\\tQ5 /* x"@en ; owl:sameAs wd:Q1 .'
    result, commands, rows = run(evil, told(TREATY, "party", f"<{ID}/state/evil>", source='"file"'))
    assert commands == [] and rows[0]["value label"].startswith("'=")
    assert "\n" not in result.refused[0] and "\t" not in result.refused[0]


def test_a_source_does_not_vouch_for_the_date_that_another_tells(run: Run, told: Told) -> None:
    other = told(TREATY, "signedOn", DAY, source="<https://example.org/other>")
    commands = run(told(TREATY, "party", IRAN), other)[1]
    assert commands[1] == f"Q9000000041\tP1891\tQ794\t{SOURCE}"
    assert run(told(TREATY, "party", IRAN), other, told(TREATY, "signedOn", DAY))[1][1].count("P585") == 1


def treaty(**claims: list[Any]) -> list[dict[str, Any]]:
    """As Wikidata has it, with the day of its signing."""
    return [entity("Q9000000041", "Treaty of T", {"P585": ["2025-01-17"], **claims})]


COMPARED = [
    ([], "not compared", ""),
    (treaty(), "new", ""),
    (treaty(P1891=["Q159"]), "new", ""),
    (treaty(P1891=["Q794"]), "qualifiers", "Wikidata has it without P585"),
    (treaty(P1891=[("Q794", {"P585": "2025-01-17"})]), "known", None),
    (treaty(P1891=[("Q794", {"P585": "2025"})]), "known", None),
    (treaty(P1891=[("Q794", {"P585": "2024-01-17"})]), "differs", "Wikidata has P585 2024-01-17"),
    (treaty(P1891=["Q189326"]), "differs", "Wikidata has Q189326, a state of the same line"),
]


@pytest.mark.parametrize(("known", "status", "note"), COMPARED)
def test_it_is_compared_with_what_wikidata_has(
    known: list[dict[str, Any]], status: str, note: str | None, run: Run, told: Told
) -> None:
    known = known or [entity("Q1", "x", {})]
    result, commands, every = run(told(TREATY, "party", IRAN), told(TREATY, "signedOn", DAY), known=known)
    date = "not compared" if status == "not compared" else "known"
    assert result.statuses == Counter([status, date])
    assert len(commands) == (status in ("new", "qualifiers"))
    rows = [row for row in every if row["property"] == "P1891"]
    assert [row["status"] for row in rows] == ([] if note is None else [status])
    assert note is None or status == "not compared" or rows[0]["note"] == note


@pytest.mark.parametrize(
    ("theirs", "status"),
    [("2025-10-02", "known"), ("2025-10", "known"), ("2025-10-22", "differs"), ("2024", "differs")],
)
def test_a_date_that_differs_is_for_a_person_to_settle(theirs: str, status: str, run: Run, told: Told) -> None:
    result, commands, _ = run(told(TREATY, "inForceFrom", FORCE), known=treaty(P7588=[theirs]))
    assert (result.statuses, commands) == ({status: 1}, [])


def test_an_index_does_as_well_as_recorded_entities(tmp_path: Path, told: Told) -> None:
    known = [entity("Q9000000041", "Treaty of T", {"P31": ["Q131569"], "P1891": ["Q159"]})]
    make_index(write_dump(tmp_path / "d.json", known), tmp_path / "index")
    graph = write_graph(tmp_path / "g.ttl", ENTITIES, told(TREATY, "party", IRAN), told(TREATY, "party", RUSSIA))
    result = write_statements(graph, tmp_path / "out", tmp_path / "index", StatementSettings(RETRIEVED))
    assert result.statuses == {"new": 1, "known": 1}


@pytest.mark.parametrize("shape", ["array", "answer", "one", "folder"])
def test_recorded_entities_come_in_many_shapes(shape: str, tmp_path: Path, told: Told) -> None:
    (each,) = treaty(P1891=["Q794"])
    known = tmp_path / "known.json"
    held = {"array": [each], "answer": {"entities": {"Q9000000041": each}}, "one": each, "folder": each}[shape]
    if shape == "folder":
        known = tmp_path / "known"
        (known / "deep").mkdir(parents=True)
    (known / "deep" / "a.json" if shape == "folder" else known).write_text(json.dumps(held))
    graph = write_graph(tmp_path / "g.ttl", ENTITIES, told(TREATY, "party", IRAN))
    result = write_statements(graph, tmp_path / "out", known, StatementSettings(RETRIEVED))
    assert result.statuses == {"known": 1}


@pytest.mark.parametrize(
    ("content", "cause"),
    [("", "not JSON"), ("[]", "no entity"), ('{"a": 1}', "no entity"), ("[" * 100_000, "not JSON")],
)
def test_what_is_no_entity_is_said(content: str, cause: str, tmp_path: Path) -> None:
    (tmp_path / "known.json").write_text(content)
    graph = write_graph(tmp_path / "g.ttl", ENTITIES)
    with pytest.raises(InputError, match=cause):
        write_statements(graph, tmp_path / "out", tmp_path / "known.json", StatementSettings(RETRIEVED))


def test_settings_that_make_no_sense_are_said() -> None:
    with pytest.raises(SettingsError, match="--confidence 2"):
        StatementSettings(RETRIEVED, 2)
    with pytest.raises(SettingsError, match="--retrieved 2026-01"):
        StatementSettings(PartialDate("2026-01"))


def test_the_same_graph_gives_the_same_files(run: Run, told: Told, tmp_path: Path) -> None:
    parts = [told(TREATY, "party", value) for value in (IRAN, RUSSIA)] + [told(TREATY, "signedOn", DAY)]
    run(*parts)
    first = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    run(*parts[::-1])
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == first
