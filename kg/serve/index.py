"""What is looked up by name: the entities, events and documents of a graph with all their names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from urllib.parse import urlsplit

from pyoxigraph import Literal, NamedNode, Store

from kg.namespaces import DCTERMS, ITSRDF, RDF, RDFS, SKOS, TG
from kg.serve.folding import fold
from kg.serve.vocabulary import ENTITY_CLASSES, EVENT_CLASSES

_SHOWN = frozenset({*ENTITY_CLASSES, *EVENT_CLASSES, "Document", "UnrealisedEvent"})
_NAMES = (RDFS + "label", DCTERMS + "title", SKOS + "altLabel")


@dataclass(frozen=True, slots=True)
class Entry:
    """Something with a name: its IRI, class (local name), best name and how often texts mention it."""

    iri: str
    cls: str
    label: str
    mentions: int


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found, the name by which, and how well that name fits (0 is best)."""

    entry: Entry
    name: str
    rank: int


@dataclass(frozen=True)
class Index:
    """Made once by ``Index.of``. ``names`` holds (folded name, name, number of the entry), sorted.

    ``dates`` gives the first and last possible day of what is dated, ``origin`` is the scheme and host with which most
    of the entries are named.
    """

    entries: tuple[Entry, ...]
    names: tuple[tuple[str, str, int], ...]
    counts: dict[str, int]
    dates: dict[str, tuple[str, str]]
    triples: int
    origin: str

    @classmethod
    def of(cls, store: Store) -> Index:
        """Read all names in a store."""
        classes = _classes(store)
        names = _names(store, classes)
        mentions = _mentions(store)
        entries = tuple(
            Entry(iri, classes[iri], names[iri][0] if iri in names else iri, mentions[iri]) for iri in sorted(classes)
        )
        spelt = sorted(
            (folded, name, number)
            for number, entry in enumerate(entries)
            for folded, name in _folded(names.get(entry.iri, ()))
        )
        return cls(entries, tuple(spelt), dict(Counter(classes.values())), _dates(store), len(store), _origin(classes))

    @cached_property
    def by_iri(self) -> dict[str, Entry]:
        """The entries by IRI."""
        return {entry.iri: entry for entry in self.entries}

    def search(self, text: str, limit: int, classes: Iterable[str] = ()) -> list[Hit]:
        """The best ``limit`` entries with a name that holds ``text``, each once: exact, then prefix, word, inside."""
        wanted = fold(text)
        only = frozenset(classes)
        if not wanted:
            return []
        best: dict[int, Hit] = {}
        for folded, name, number in self.names:
            if wanted not in folded or (only and self.entries[number].cls not in only):
                continue
            hit = Hit(self.entries[number], name, _rank(wanted, folded))
            if number not in best or hit.rank < best[number].rank:
                best[number] = hit
        return nsmallest(limit, best.values(), key=lambda h: (h.rank, -h.entry.mentions, h.entry.label, h.entry.iri))

    def of_class(self, cls: str) -> list[Entry]:
        """All entries of a class, by name."""
        return sorted((e for e in self.entries if e.cls == cls), key=lambda e: (fold(e.label), e.iri))


def _rank(wanted: str, folded: str) -> int:
    if folded == wanted:
        return 0
    if folded.startswith(wanted):
        return 1
    return 2 if f" {wanted}" in folded else 3


def _classes(store: Store) -> dict[str, str]:
    return {
        quad.subject.value: name
        for name in sorted(_SHOWN)
        for quad in store.quads_for_pattern(None, NamedNode(RDF + "type"), NamedNode(TG + name))
        if isinstance(quad.subject, NamedNode)
    }


def _names(store: Store, wanted: dict[str, str]) -> dict[str, list[str]]:
    names: defaultdict[str, list[str]] = defaultdict(list)
    for predicate in _NAMES:
        found = sorted(set(_literals(store, predicate, wanted)))
        for iri, name in found:
            names[iri].append(name)
    return names


def _literals(store: Store, predicate: str, wanted: dict[str, str]) -> Iterator[tuple[str, str]]:
    for quad in store.quads_for_pattern(None, NamedNode(predicate), None):
        if isinstance(quad.object, Literal) and isinstance(quad.subject, NamedNode) and quad.subject.value in wanted:
            yield quad.subject.value, quad.object.value


def _mentions(store: Store) -> Counter[str]:
    pattern = store.quads_for_pattern(None, NamedNode(ITSRDF + "taIdentRef"), None)
    return Counter(quad.object.value for quad in pattern if isinstance(quad.object, NamedNode))


def _dates(store: Store) -> dict[str, tuple[str, str]]:
    first = dict(_days(store, "earliest"))
    return {iri: (first.get(iri, last), last) for iri, last in _days(store, "latest")}


def _days(store: Store, name: str) -> Iterator[tuple[str, str]]:
    for quad in store.quads_for_pattern(None, NamedNode(TG + name), None):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            yield quad.subject.value, quad.object.value


def _folded(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    seen = set()
    for name in names:
        folded = fold(name)
        if folded and folded not in seen:
            seen.add(folded)
            yield folded, name


def _origin(classes: dict[str, str]) -> str:
    counts = Counter(_origin_of(iri) for iri, cls in classes.items())
    counts.pop("", None)
    return max(counts, key=lambda origin: (counts[origin], origin)) if counts else ""


def _origin_of(iri: str) -> str:
    parts = urlsplit(iri)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") and parts.netloc else ""
