"""Wikidata's own services as a source of candidates: search and entity data (the action API), and the query service.

The API proposes by name; the query service says which of the proposed are below the class that is looked for, and
proposes what the names miss: treaties by their parties and year, bodies and offices by their state.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from string import Template
from typing import Any

from kg import resources
from kg.errors import StoreError
from kg.model import PartialDate
from kg.namespaces import WD
from kg.resolution.judging.context import Context
from kg.resolution.judging.items import Item, Said
from kg.resolution.judging.spelling import name, similarity
from kg.resolution.judging.subject import Subject
from kg.wikidata.client import Client
from kg.wikidata.items import is_qid, item_of, settings
from kg.wikidata.kinds import kinds_of

API = "https://www.wikidata.org/w/api.php"
QUERY_SERVICE = "https://query.wikidata.org/sparql"
NAMES = 3
"""How many names of an entity are searched for: those most unlike one another."""
HITS = 10
BATCH = 50
"""The API gives that many entities at once."""
_ALIKE = 0.93
_MAXLAG = {"format": "json", "maxlag": "5"}


class OnlineCandidates:
    """``api`` is the address of a ``w/api.php``, ``query_service`` that of a SPARQL 1.1 endpoint with its data."""

    def __init__(self, client: Client, api: str = API, query_service: str = QUERY_SERVICE) -> None:
        self._client, self._api, self._query_service = client, api, query_service
        self._items: dict[str, Item | None] = {}

    @property
    def source(self) -> str:
        return self._api

    def search(self, subject: Subject, context: Context) -> Sequence[Item]:
        """Raises ``StoreError`` as the client does."""
        ids = dict.fromkeys(id for text in _names(subject) for id in self._found(text))
        ids |= dict.fromkeys(self._asked(subject, context))
        below = self._below(ids, subject.cls)
        items = self.get(ids).values()
        return [_with_class(item, below.get(item.id, ())) for item in items]

    def get(self, ids: Iterable[str]) -> Mapping[str, Item]:
        """The items, a redirected one under the id that was asked for."""
        wanted = [id for id in dict.fromkeys(ids) if is_qid(id)]
        missing = [id for id in wanted if id not in self._items]
        for start in range(0, len(missing), BATCH):
            self._fetch(missing[start : start + BATCH])
        return {id: item for id in wanted if (item := self._items[id])}

    def kinds(self, item: Item) -> frozenset[str]:
        return kinds_of(item)

    def _found(self, text: str) -> Iterator[str]:
        asked = {"action": "wbsearchentities", "search": text, "type": "item", "limit": str(HITS), **_MAXLAG}
        answer = self._client.get(self._api, {**asked, "language": "en", "uselang": "en"})
        for hit in _list(answer, "search"):
            if isinstance(hit, dict) and is_qid(hit.get("id")):
                yield hit["id"]

    def _fetch(self, ids: Sequence[str]) -> None:
        languages = "|".join(settings()["languages"])
        asked = {"action": "wbgetentities", "ids": "|".join(ids), "languages": languages, **_MAXLAG}
        answer = self._client.get(self._api, {**asked, "props": "labels|descriptions|aliases|claims|sitelinks"})
        found = answer.get("entities") if isinstance(answer, dict) else None
        if not isinstance(found, dict):
            raise StoreError(f"{self._api}: the answer has no entities")
        self._items.update(dict.fromkeys(ids))
        for asked_id, entity in found.items():
            item = item_of(entity) if isinstance(entity, dict) else None
            if item:
                self._items[asked_id] = self._items[item.id] = item

    def _below(self, ids: Iterable[str], cls: str) -> dict[str, list[str]]:
        """The root classes that each item is below, where there are any for the class."""
        roots, every = settings()["roots"].get(cls, ()), sorted(ids)
        if not roots or not every:
            return {}
        rows = self._query("below", items=_iris(every), roots=_iris(roots))
        found: dict[str, list[str]] = {}
        for row in rows:
            found.setdefault(row["item"], []).append(row["root"])
        return found

    def _asked(self, subject: Subject, context: Context) -> list[str]:
        """What the query service proposes."""
        rows: list[dict[str, str]] = []
        if subject.cls == "Treaty" and subject.date and len(parties := context.qids(subject.parties)) > 1:
            year = PartialDate(subject.date).year
            signed = " ".join(f"?item wdt:P1891 wd:{qid} ." for qid in sorted(parties))
            rows = self._query("treaties", signatures=signed, **{"from": str(year), "to": str(year)})
        if subject.cls in ("GovernmentBody", "Office") and (owners := context.qids(subject.states)):
            words = [w for w in name(subject.names[0]).words if w.isascii() and w.isalpha()]
            if words:
                rows = self._query("bodies", owner=f"wd:{owners[0]}", word=words[0])
        return [row["item"] for row in rows]

    def _query(self, which: str, **given: str) -> list[dict[str, str]]:
        """The rows of a query, items as Q-ids."""
        text = (resources.data("wikidata") / "queries" / f"{which}.rq").read_text(encoding="utf-8")
        answer = self._client.post(self._query_service, {"query": Template(text).substitute(given), "format": "json"})
        results = answer.get("results") if isinstance(answer, dict) else None
        if not isinstance(results, dict):
            raise StoreError(f"{self._query_service}: the answer has no results")
        rows = (_row(binding) for binding in _list(results, "bindings"))
        return [row for row in rows if row and all(map(is_qid, row.values()))]


def _names(subject: Subject) -> list[str]:
    chosen: list[str] = []
    for text in subject.names:
        if len(chosen) < NAMES and all(similarity(text, other) < _ALIKE for other in chosen):
            chosen.append(text)
    return chosen


def _with_class(item: Item, roots: Sequence[str]) -> Item:
    """The item as an instance of the classes that it is below: our rules know those, not all below them."""
    held = item.claims.get("P31", ())
    more = tuple(Said(root) for root in roots if root not in item.values("P31"))
    return replace(item, claims={**item.claims, "P31": (*held, *more)}) if more else item


def _row(binding: object) -> dict[str, str]:
    held = binding if isinstance(binding, dict) else {}
    return {k: str(v.get("value")).removeprefix(WD) for k, v in held.items() if isinstance(v, dict)}


def _iris(ids: Iterable[str]) -> str:
    return " ".join(f"wd:{id}" for id in ids)


def _list(holder: object, key: str) -> list[Any]:
    found = holder.get(key) if isinstance(holder, dict) else None
    return found if isinstance(found, list) else []
