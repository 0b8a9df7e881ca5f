"""Files of a user's own reference data, and what comes of them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from kg.errors import InputError
from kg.namespaces import ID
from kg.resolution.own import load
from kg.resolution.records import Record
from kg.resolution.reference import Own, Reference

PREFIXES = """
@prefix tg: <https://w3id.org/treatygraph/ontology#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix wd: <http://www.wikidata.org/entity/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <https://example.org/> .
"""


@cache
def packaged() -> Reference:
    """The packaged records, loaded once."""
    return Reference.load()


class Loaded:
    """What came of some files: their records by id, the errors as lines without the folder, the whole reference."""

    def __init__(self, own: Own, errors: tuple[InputError, ...]) -> None:
        self.own, self.records = own, {each.id: each for each in own.records}
        self.errors = [f"{Path(each.source).name}: {each.cause}" for each in errors]
        self.reference = packaged().with_own(own)

    @property
    def only(self) -> Record:
        """The one record; nothing may be wrong."""
        assert not self.errors and len(self.records) == 1, (self.errors, list(self.records))
        return next(iter(self.records.values()))


def loaded(folder: Path, *contents: str, base: str = ID) -> Loaded:
    """Tables (``class,name,...``) and graphs (``id:place/x`` is an IRI of ours), written as ``0.csv``, ``1.ttl`` and so
    on, and loaded in this order."""
    paths = []
    for number, content in enumerate(contents):
        table = content.startswith(("class", "name"))
        path = folder / f"{number}{'.csv' if table else '.ttl'}"
        path.write_text(
            content if table else PREFIXES + re.sub(r"\bid:([\w/-]+)", rf"<{ID}\1>", content), encoding="utf-8"
        )
        paths.append(path)
    return Loaded(*load(paths, packaged(), base))
