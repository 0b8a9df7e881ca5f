"""Write the answers of the named questions on the sample graph, to be reviewed: ``python -m tools.answers``.

One file a question in ``tests/fixtures/answers``: SPARQL CSV results, for a graph N-Triples. The tests compare with
them. Read what changed before it is committed: an answer is right because the texts of the sample say so.
"""

from __future__ import annotations

import sys
from pathlib import Path

from pyoxigraph import NamedNode, QueryBoolean, QueryResultsFormat, QuerySolutions, QueryTriples, Store

from kg.namespaces import ID
from kg.query.graphs import open_graph
from kg.query.questions import Question, load

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "tests" / "fixtures" / "answers"
SAMPLE = ROOT / "output" / "sample.ttl"


def answer(store: Store, question: Question) -> str:
    """The answer with the defaults; ids are cut down to what follows the base."""
    return written(store.query(question.sparql()))


def written(found: QuerySolutions | QueryBoolean | QueryTriples) -> str:
    """A table as CSV, a graph as sorted N-Triples."""
    if isinstance(found, QueryTriples):
        return "".join(f"{line} .\n" for line in sorted(set(map(str, found)))).replace(f"<{ID}", "<")
    return (found.serialize(format=QueryResultsFormat.CSV) or b"").decode().replace("\r\n", "\n").replace(ID, "")


def local() -> list[Question]:
    """The questions that ask no other endpoint."""
    return [question for question in load().values() if not question.federated]


def items(store: Store, question: Question) -> list[NamedNode]:
    """What a federated question asks the other endpoint about."""
    found = store.query(question.items_sparql())
    assert isinstance(found, QuerySolutions)
    return [row[0] for row in found if isinstance(row[0], NamedNode)]


def main(graph: Path = SAMPLE) -> None:
    """Write all answers and remove those of questions that are gone."""
    store = open_graph(graph)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.csv"):
        old.unlink()
    for question in local():
        (FOLDER / f"{question.name}.csv").write_text(answer(store, question), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
