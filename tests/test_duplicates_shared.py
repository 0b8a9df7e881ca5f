"""All texts of the benchmarks as one graph: no state and no organisation is there twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Quad

from kg.pipeline import build
from kg.rdf.validate import read_quads
from kg.review.duplicates import Pair, duplicates
from kg.settings import BuildSettings, Format
from kg.wikidata.subjects import Facts, subjects

pytestmark = pytest.mark.slow
FOLDERS = ("corpora/dev", "corpora/milestones", "seeds")
ORGANISATIONS = ("InternationalOrganisation", "Organisation")


@pytest.fixture(scope="module")
def quads(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Quad]:
    output = tmp_path_factory.mktemp("all") / "graph.nt"
    inputs = [str(shared / folder) for folder in FOLDERS]
    result = build(inputs, BuildSettings(output=output, format=Format.NTRIPLES, validate=False))
    assert result.counts.documents > 190 and not result.errors
    return read_quads(output)


def pairs(quads: list[Quad], *classes: str) -> list[Pair]:
    """The possible duplicates of these classes."""
    return duplicates(subject for subject in subjects(Facts.of(quads)) if subject.cls in classes)


def test_no_state_is_there_twice(quads: list[Quad]) -> None:
    assert pairs(quads, "State") == []
    assert pairs(quads, "HistoricalState") == []


def test_no_organisation_is_there_twice(quads: list[Quad]) -> None:
    assert pairs(quads, *ORGANISATIONS, "GovernmentBody") == []


def test_no_two_nodes_have_one_identity(quads: list[Quad]) -> None:
    identities = [(q.object, q.subject) for q in quads if q.predicate.value.endswith("#sameAs")]
    assert len({item for item, _ in set(identities)}) == len(set(identities))
