"""Write ``docs/queries.md`` from the named questions: ``python -m tools.questions``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.query.questions import Question, load

TARGET = Path(__file__).resolve().parent.parent / "docs" / "queries.md"
HEAD = """# Questions to a graph

```sh
kg query graph.ttl 'SELECT ?t ?d { ?t a tg:Treaty ; tg:signedOn ?d }'   # the prefixes are declared
kg query graph.trig.gz -f query.rq --format csv                         # '-f -' reads standard input
kg query graph.ttl --name in-force-on -p day=2025-12-31
kg query --list                                                         # the questions below
kg query --show in-force-on                                             # the SPARQL, for any engine
```

All named graphs are asked as one; a triple that is in several counts once, but not in a store folder. A query is ended
after `--timeout` seconds. Updates are refused, and so is `SERVICE`, unless `--allow-service HOST` allows its host
(`name` or `name:port`). ASK that is false and a query without rows end with exit code 1.

A person, state, organisation, treaty or document can be given by name (`Iran`), by the last part of its id (`iran`),
by its IRI or by its Wikidata entity (`wd:Q794`). A parameter that says *any* may be left out. Facts are what texts
tell as done; what is planned, possible or denied is only in the answers that say so.

A name is looked up as it is written; only where nothing has it are all names read, in any case of their letters, and
then the other names of things. Of things that share a name, 500 are found.

From Python: `kg.query.questions.load()["in-force-on"].sparql({"day": "2025-12-31"})`.

Written by `make docs`; `make answers` rewrites the answers that the tests expect on the sample graph.
"""


def page() -> str:
    """The whole page, Markdown."""
    return HEAD + "".join(f"\n{line}" for question in load().values() for line in section(question)) + "\n"


def section(question: Question) -> Iterator[str]:
    yield f"## {question.name}"
    yield ""
    yield question.question
    if question.parameters:
        yield ""
    for parameter in question.parameters:
        default = "needed" if parameter.default is None else f"`{parameter.default}`" if parameter.default else "any"
        yield f"- `{parameter.name}`: {parameter.help} ({default})"
    yield ""


if __name__ == "__main__":
    TARGET.write_text(page().rstrip() + "\n", encoding="utf-8")
