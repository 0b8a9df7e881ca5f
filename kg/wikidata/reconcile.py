"""A client of reconciliation services, W3C Reconciliation API 0.2.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/: the manifest (section 3) says to which
identifiers a service leads, queries (4) go in batches as the form field ``queries``.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from kg import resources
from kg.errors import StoreError
from kg.namespaces import WD
from kg.rdf.wellformed import is_iri
from kg.resolution.judging.context import Context
from kg.resolution.judging.deciding import Candidate, Decision, Judgement
from kg.resolution.judging.features import type_
from kg.resolution.judging.items import Item, Said
from kg.resolution.judging.rules import CONTRADICTS, thresholds
from kg.resolution.judging.spelling import most_alike
from kg.resolution.judging.subject import Subject
from kg.wikidata.client import Client
from kg.wikidata.items import is_qid, settings
from kg.wikidata.kinds import kinds_of


class ReconciliationLinker:
    """Asks a service about the entities of one class at a time, so that its states are known when persons are asked."""

    def __init__(self, client: Client, url: str) -> None:
        self._client, self._url = client, url
        manifest = client.get(url, {})
        if not isinstance(manifest, dict) or not isinstance(space := manifest.get("identifierSpace"), str):
            raise StoreError(f"{url}: no reconciliation service: its manifest names no identifierSpace")
        self._space, self._manifest = space, manifest
        self._waiting: dict[str, list[Subject]] = {}
        self._answers: dict[str, list[Any]] = {}

    @property
    def source(self) -> str:
        return self._url

    def context(self, every: Sequence[Subject]) -> Context:
        for subject in every:
            if not subject.same_as and subject.names:
                self._waiting.setdefault(subject.cls, []).append(subject)
        return Context(every, _NoItems(self._url))

    def decide(self, subject: Subject, context: Context) -> Decision:
        """Raises ``StoreError`` as the client does, and for an answer that is none to the queries."""
        self._ask(self._waiting.pop(subject.cls, []), context)
        results = [each for each in self._answers.get(subject.iri, ()) if isinstance(each, dict)]
        judged = [(c, each.get("match") is True) for each in results if (c := self._candidate(subject, each, context))]
        judged.sort(key=lambda pair: (bool(pair[0].contradicted), -pair[0].score, pair[0].id))
        matched = [c for c, match in judged if match and not c.contradicted]
        best = judged[0][0] if judged else None
        candidates = tuple(c for c, _ in judged)[: thresholds().candidates]
        if best is None or best.score < thresholds().unsure:
            return Decision(subject, Judgement.NEGATIVE, candidates)
        sure = matched == [best] and self._sure(subject, best)
        return Decision(subject, Judgement.POSITIVE if sure else Judgement.UNSURE, candidates)

    def _sure(self, subject: Subject, best: Candidate) -> bool:
        """Only ids of Wikidata can be ``owl:sameAs``."""
        typed = best.features.get("type") == 1.0
        named = best.features["name"] >= _rules()["sure_name"]
        return self._of_wikidata and typed and named and subject.cls in _rules()["sure"]

    @property
    def _of_wikidata(self) -> bool:
        return self._space.replace("https:", "http:").rstrip("/") == WD.rstrip("/")

    def _candidate(self, subject: Subject, result: Mapping[str, Any], context: Context) -> Candidate | None:
        id, label = self._id(result.get("id")), result.get("name")
        if id is None or not isinstance(label, str):
            return None
        values = {"name": round(most_alike(subject.names, (label,)), 4), "service": _share(result.get("score"))}
        kinds = self._type(subject, result, context)
        if kinds is not None:
            values["type"] = kinds
        score = 0.0 if CONTRADICTS in values.values() else round((values["name"] + values["service"]) / 2, 4)
        return Candidate(id, label, score, values)

    def _id(self, given: object) -> str | None:
        """A Q-id or an IRI; None for what is none."""
        if self._of_wikidata:
            return given if is_qid(given) else None
        iri = f"{self._space}{given}"
        return iri if isinstance(given, str) and is_iri(iri) and iri.startswith("http") else None

    def _type(self, subject: Subject, result: Mapping[str, Any], context: Context) -> float | None:
        types = result.get("type")
        ids = [t.get("id") if isinstance(t, dict) else t for t in types] if isinstance(types, list) else []
        known = tuple(Said(id) for id in ids if is_qid(id))
        return type_(subject, Item("Q1", "", claims={"P31": known}), context) if self._of_wikidata and known else None

    def _ask(self, subjects: Sequence[Subject], context: Context) -> None:
        size = self._manifest.get("batchSize")
        size = size if isinstance(size, int) and 0 < size < 1000 else _rules()["batch"]
        for start in range(0, len(subjects), size):
            batch = {f"q{n}": subject for n, subject in enumerate(subjects[start : start + size])}
            queries = {key: self._query(subject, context) for key, subject in batch.items()}
            answer = self._client.post(self._url, {"queries": json.dumps(queries, ensure_ascii=False)})
            if not isinstance(answer, dict):
                raise StoreError(f"{self._url}: the answer is none to reconciliation queries")
            for key, subject in batch.items():
                held = answer.get(key)
                results = held.get("result") if isinstance(held, dict) else None
                self._answers[subject.iri] = results if isinstance(results, list) else []

    def _query(self, subject: Subject, context: Context) -> dict[str, Any]:
        query: dict[str, Any] = {"query": subject.names[0], "limit": _rules()["limit"]}
        roots = settings()["roots"].get(subject.cls, ())
        if self._of_wikidata:
            if roots:
                query |= {"type": roots[0], "type_strict": "should"}
            if properties := list(_properties(subject, context)):
                query["properties"] = properties
        return query


class _NoItems:
    """A context needs a source of items; a service gives none."""

    def __init__(self, source: str) -> None:
        self.source = source

    def search(self, subject: Subject, context: Context) -> Sequence[Item]:
        return ()

    def get(self, ids: object) -> Mapping[str, Item]:
        return {}

    def kinds(self, item: Item) -> frozenset[str]:
        return kinds_of(item)


def _properties(subject: Subject, context: Context) -> Iterator[dict[str, Any]]:
    for prop, what in _rules()["properties"].get(subject.cls, {}).items():
        if what == "date":
            if subject.date:
                yield {"pid": prop, "v": subject.date}
        else:
            for qid in context.qids(getattr(subject, what)):
                yield {"pid": prop, "v": {"id": qid}}


def _share(score: object) -> float:
    """Services score to 100 as a rule; the standard does not say so."""
    return round(min(max(float(score), 0.0), 100.0) / 100, 4) if isinstance(score, int | float) else 0.0


@cache
def _rules() -> Mapping[str, Any]:
    return tomllib.loads(resources.data("wikidata").joinpath("reconcile.toml").read_text(encoding="utf-8"))
