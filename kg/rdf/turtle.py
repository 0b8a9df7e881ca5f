"""Turtle and TriG for people: sections, one block a subject, prefixes for the folders of ids; the same bytes always.

Follows Turtle 1.1 (https://www.w3.org/TR/turtle/): the characters of an id's local name that need it are escaped
(``document:001\\#char\\=12\\,40``), and so are those of a literal that are invisible or turn the reading direction.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg.model import EVENT_CLASSES
from kg.namespaces import DCTERMS, NIF, PREFIXES, PROV, RDF, RDFS, SCHEME, TG

SECTIONS: tuple[tuple[str, frozenset[str]], ...] = tuple(
    (heading, frozenset(classes))
    for heading, classes in (
        ("Documents", [TG + "Document"]),
        ("People", [TG + "Person"]),
        ("States", [TG + "State"]),
        ("Historical states", [TG + "HistoricalState"]),
        ("International organisations", [TG + "InternationalOrganisation"]),
        ("Government bodies", [TG + "GovernmentBody"]),
        ("Other organisations", [TG + "Organisation"]),
        ("Offices", [TG + "Office"]),
        ("Places", [TG + "Place"]),
        ("Treaties", [TG + "Treaty"]),
        ("Events", [TG + name for name in EVENT_CLASSES]),
        ("Planned, possible and denied events", [TG + "UnrealisedEvent"]),
        ("Disagreements", [TG + "Disagreement"]),
        ("Statements", [TG + "Statement"]),
        ("Claims", [TG + "Claim"]),
        ("Passages", [NIF + "Phrase"]),
        ("Other", []),
    )
)

_FIRST = [RDF + "type", RDFS + "label", DCTERMS + "title", RDF + "subject", RDF + "predicate", RDF + "object"]
_RANK = {iri: rank for rank, iri in enumerate(_FIRST)} | {NIF + "isString": 99}
_SECTION_OF = {cls: place for place, (_, classes) in enumerate(SECTIONS) for cls in classes}
_TYPE = RDF + "type"
_DERIVED_FROM = PROV + "wasDerivedFrom"

_PREFIX = re.compile(r"[a-z][a-z0-9-]*")
_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_#=,/.-]*")
_ESCAPED = re.compile(r"[#=,/.]")
_NUMBER = re.compile(r'"(-?[0-9]+)"\^\^<[^>]*#integer>|"(-?[0-9]+\.[0-9]+)"\^\^<[^>]*#decimal>')
_UNSEEN = re.compile("[\u0085\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]")
_PASSAGE = re.compile(r"(.*)#char=([0-9]+),([0-9]+)")

Block = dict[str, set[str]]
Place = tuple[str, int, int]
Order = tuple[int, Place, str]


def turtle(quads: Iterable[Quad], base: str) -> Iterator[str]:
    """The triples of all graphs as one Turtle document, in pieces. ``base`` is what the ids' IRIs begin with."""
    content = _Content(quads, base, named=False)
    yield from content.prefixes()
    yield from content.sections("")


def trig(quads: Iterable[Quad], base: str) -> Iterator[str]:
    """The quads as TriG, in pieces: the default graph, then each named graph in braces."""
    content = _Content(quads, base, named=True)
    yield from content.prefixes()
    yield from content.sections("")
    for graph in sorted(content.graphs.keys() - {""}):
        yield f"\n{content.names.short(graph)} {{\n"
        yield from content.sections(graph)
        yield "}\n"


class _Content:
    """The quads by graph, subject and predicate, the objects as they will be written."""

    def __init__(self, quads: Iterable[Quad], base: str, *, named: bool) -> None:
        self.names = _Names(base)
        self.graphs: dict[str, dict[str, Block]] = defaultdict(dict)
        self._section: dict[str, int] = {}
        self._origin: dict[str, Place] = {}
        for quad in quads:
            self._add(quad, quad.graph_name.value if named and isinstance(quad.graph_name, NamedNode) else "")

    def _add(self, quad: Quad, graph: str) -> None:
        subject, predicate, object = _iri(quad.subject), quad.predicate.value, quad.object
        block = self.graphs[graph].setdefault(subject, {})
        if isinstance(object, Literal):
            block.setdefault(predicate, set()).add(self.names.literal(object))
            return
        iri = _iri(object)
        block.setdefault(predicate, set()).add(self.names.short(iri))
        if predicate == _TYPE:
            place = _SECTION_OF.get(iri, len(SECTIONS) - 1)
            self._section[subject] = min(place, self._section.get(subject, place))
        elif predicate == _DERIVED_FROM:
            origin = _place(iri)
            self._origin[subject] = min(origin, self._origin.get(subject, origin))

    def prefixes(self) -> Iterator[str]:
        for graph, subjects in self.graphs.items():
            for iri in filter(None, (graph, *subjects, *(p for block in subjects.values() for p in block))):
                self.names.short(iri)
        yield from (f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in self.names.used())

    def sections(self, graph: str) -> Iterator[str]:
        blocks = self.graphs[graph]
        heading = ""
        for subject in sorted(blocks, key=self._order):
            if heading != (heading := SECTIONS[self._section_of(subject)][0]):
                yield f"\n# {heading}\n"
            yield self._written(subject, blocks[subject])

    def _section_of(self, subject: str) -> int:
        return self._section.get(subject, len(SECTIONS) - 1)

    def _order(self, subject: str) -> Order:
        """Claims and statements as their text runs, all else by IRI."""
        return (self._section_of(subject), self._origin.get(subject) or _place(subject), subject)

    def _written(self, subject: str, block: Block) -> str:
        short = self.names.short
        lines = [
            f"{'a' if predicate == _TYPE else short(predicate)} {', '.join(sorted(block[predicate]))}"
            for predicate in sorted(block, key=lambda iri: (_RANK.get(iri, 50), short(iri)))
        ]
        return f"\n{short(subject)} " + " ;\n    ".join(lines) + " .\n"


class _Names:
    """Short forms of IRIs, and the prefixes that they need."""

    def __init__(self, base: str) -> None:
        self._short: dict[str, str] = {}
        self._used: dict[str, str] = {}
        self._vocabularies = {namespace: prefix for prefix, namespace in PREFIXES.items()}
        self._folders = {SCHEME: "scheme-", base: ""}

    def used(self) -> list[tuple[str, str]]:
        return sorted(self._used.items())

    def short(self, iri: str) -> str:
        known = self._short.get(iri)
        if known is None:
            known = self._short[iri] = self._shortened(iri)
        return known

    def literal(self, literal: Literal) -> str:
        text = str(literal)
        if text[-1] == ">":
            if number := _NUMBER.fullmatch(text):
                return number[1] or number[2]
            value, _, datatype = text.rpartition("^^")
            text = f"{value}^^{self.short(datatype[1:-1])}"
        return text if text.isascii() else _UNSEEN.sub(_escaped, text)

    def _shortened(self, iri: str) -> str:
        prefix, namespace = self._prefix(iri)
        local = iri[len(namespace) :]
        if not prefix or not _LOCAL.fullmatch(local):
            return f"<{iri}>"
        if self._used.setdefault(prefix, namespace) != namespace:
            return f"<{iri}>"
        return f"{prefix}:" + _ESCAPED.sub(r"\\\g<0>", local)

    def _prefix(self, iri: str) -> tuple[str, str]:
        namespace = iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]
        if namespace in self._vocabularies:
            return self._vocabularies[namespace], namespace
        for root, start in self._folders.items():
            folder, slash, _ = iri.removeprefix(root).partition("/")
            if iri.startswith(root) and slash and _PREFIX.fullmatch(folder) and start + folder not in PREFIXES:
                return start + folder, f"{root}{folder}/"
        return "", ""


def _iri(node: object) -> str:
    if not isinstance(node, NamedNode):
        raise TypeError(f"only IRIs and literals are written, not {node}")
    return node.value


def _place(iri: str) -> Place:
    """A passage by document and offsets as numbers, so that character 9 comes before character 10."""
    match = _PASSAGE.fullmatch(iri)
    return (match[1], int(match[2]), int(match[3])) if match else (iri, 0, 0)


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
