from pathlib import Path
from typing import Any

from rich.console import Console

from kg.errors import InputError
from kg.model import Claim, Disagreement, Entity, Event, Knowledge, Modality, PartialDate, Passage, Span
from kg.rdf.findings import Finding, Report, Severity
from kg.report import SHOWN, BuildResult, Counts, as_json, conformance, count, findings, table

HERE = Passage("document/a", Span(0, 4))
SIGNED = [PartialDate("1921-02-26"), PartialDate("1921-02-27")]


def report(*severities: Severity) -> Report:
    """A report with a finding of each severity, all of one shape."""
    found = (Finding(s, f"x:{s}", f"a {s}", f"<x:{n}>", "is wrong", "x:c", "<x:p>") for n, s in enumerate(severities))
    return Report(tuple(found), 5)


def claim(subject: str, value: PartialDate, modality: Modality = Modality.ACTUAL) -> Claim:
    return Claim(subject, "signedOn", value, HERE, modality)


def result(**values: Any) -> BuildResult:
    given = {
        "counts": Counts(),
        "errors": (),
        "report": None,
        "seconds": 1.25,
        "output": Path("g.ttl"),
        "triples": 1500,
    }
    return BuildResult(**{**given, **values})


def printed(shown: BuildResult) -> list[list[str]]:
    console = Console(width=80)
    with console.capture() as captured:
        console.print(table(shown))
    return [line.split() for line in captured.get().splitlines()]


def test_a_fact_is_counted_once_and_its_claims_each() -> None:
    counts = count(Knowledge(claims=(claim("treaty/a", SIGNED[0]),) * 3))
    assert (counts.facts, counts.claims) == (1, 3)


def test_what_is_planned_possible_or_negated_is_no_fact() -> None:
    claims = tuple(claim("treaty/a", SIGNED[0], modality) for modality in Modality)
    counts = count(Knowledge(claims=claims))
    assert (counts.facts, counts.claims, counts.planned, counts.possible, counts.negated) == (1, 4, 1, 1, 1)


def test_the_value_that_lost_a_disagreement_is_no_fact() -> None:
    known = Knowledge(
        claims=(claim("treaty/a", SIGNED[0]), claim("treaty/a", SIGNED[1])),
        disagreements=(Disagreement("treaty/a", "signedOn", SIGNED[0], (SIGNED[1],)),),
    )
    assert (count(known).facts, count(known).disagreements) == (1, 1)


def test_what_is_said_of_an_event_belongs_to_the_event() -> None:
    known = Knowledge(events=(Event("event/a", "Signing", "signing"),), claims=(claim("event/a", SIGNED[0]),))
    assert (count(known).facts, count(known).events) == (0, 1)


def test_entities_are_counted_by_class_in_alphabetical_order() -> None:
    entities = tuple(Entity(f"e/{n}", cls, "x") for n, cls in enumerate(["Treaty", "State", "Treaty"]))
    assert list(count(Knowledge(entities=entities)).entities.items()) == [("State", 1), ("Treaty", 2)]


def test_the_table_names_every_figure() -> None:
    counts = Counts(documents=1234, sentences=3, entities={"State": 2, "Treaty": 1}, facts=4, planned=5, negated=6)
    rows = printed(result(counts=counts, report=report()))
    for row in (
        ["documents", "1,234"],
        ["entities", "3"],
        ["Treaty", "1"],
        ["facts", "4"],
        ["planned", "5"],
        ["negated", "6"],
        ["seconds", "1.2"],
        ["conforms", "yes"],
    ):
        assert row in rows


def test_conforming_or_not_is_said_in_words() -> None:
    assert conformance(None) == "not checked"
    assert conformance(report()) == "yes"
    assert conformance(report(Severity.WARNING)) == "yes: 1 warning"
    violations = [Severity.VIOLATION] * 2
    assert conformance(report(*violations, Severity.WARNING)) == "no: 2 violations, 1 warning"


def test_findings_are_told_by_shape() -> None:
    assert list(findings(report(Severity.VIOLATION, Severity.VIOLATION, Severity.INFO))) == [
        "VIOLATION a violation <x:violation>: 2",
        "  <x:0> <x:p>\n    is wrong",
        "  <x:1> <x:p>\n    is wrong",
        "INFO a info <x:info>: 1",
        "  <x:2> <x:p>\n    is wrong",
    ]


def test_of_many_findings_alike_some_are_told() -> None:
    lines = list(findings(report(*[Severity.WARNING] * (SHOWN + 1234))))
    assert (len(lines), lines[0][-5:], lines[-1]) == (SHOWN + 2, "1,244", "  and 1,234 more")


def test_json_has_the_same_figures() -> None:
    shown = as_json(
        result(
            counts=Counts(documents=2, entities={"State": 1}),
            report=report(Severity.VIOLATION),
            errors=(InputError("a", "empty"),),
        )
    )
    assert shown["documents"] == 2
    assert shown["entities"] == {"State": 1}
    assert shown["conforms"] is False
    assert shown["errors"] == [{"source": "a", "cause": "empty"}]
    assert (shown["seconds"], shown["triples"], shown["output"]) == (1.25, 1500, "g.ttl")


def test_json_of_a_graph_that_was_not_checked_says_null() -> None:
    assert as_json(result())["conforms"] is None
