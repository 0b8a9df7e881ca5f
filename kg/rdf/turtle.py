"""Turtle and TriG for people: sections, one block a subject, prefixes for the folders of ids; the same bytes always.

Follows Turtle 1.1 (https://www.w3.org/TR/turtle/): the characters of an id's local name that need it are escaped
(``document:001\\#char\\=12\\,40``), and so are those of a literal that are invisible or turn the reading direction.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter

from pyoxigraph import DefaultGraph, Quad

from kg.model import EVENT_CLASSES
from kg.namespaces import DCTERMS, NIF, PREFIXES, PROV, RDF, RDFS, SCHEME, SKOS, TG, XSD

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
        ("Links", [TG + "Link"]),
        ("Statements", [TG + "Statement"]),
        ("Claims", [TG + "Claim"]),
        ("Passages", [NIF + "Phrase"]),
        ("Concepts", [SKOS + "Concept"]),
        ("Further facts", []),
    )
)

_SECTION_OF = {f"<{cls}>": place for place, (_, classes) in enumerate(SECTIONS) for cls in classes}
_OTHER = len(SECTIONS) - 1

_TYPE, _LABEL, _TITLE = f"<{RDF}type>", f"<{RDFS}label>", f"<{DCTERMS}title>"
_SUBJECT, _PREDICATE, _OBJECT = f"<{RDF}subject>", f"<{RDF}predicate>", f"<{RDF}object>"
_DERIVED_FROM, _TEXT = f"<{PROV}wasDerivedFrom>", f"<{NIF}isString>"
_FIRST = (_TYPE, _LABEL, _TITLE, _SUBJECT, _PREDICATE, _OBJECT)
_RANK = {predicate: rank for rank, predicate in enumerate(_FIRST)} | {_TEXT: 99}

_PREFIX = re.compile(r"[a-z][a-z0-9-]*")
_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_#=,/-]*")
_ESCAPES = str.maketrans({character: "\\" + character for character in "#=,/"})
_NUMBER = re.compile(rf'"(-?[0-9]+)"\^\^<{XSD}integer>|"(-?[0-9]+\.[0-9]+)"\^\^<{XSD}decimal>')
_UNSEEN = re.compile("[\u0085\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]")
_PASSAGE = re.compile(r"(.*)#char=([0-9]+),([0-9]+)>")

Block = dict[str, list[str]]
Place = tuple[str, int, int]


def turtle(quads: Iterable[Quad], base: str) -> str:
    """The triples of all graphs as one Turtle document. ``base`` is what the ids' IRIs begin with.

    Raises ``TypeError`` for a blank node or triple term.
    """
    names = _Names(base)
    body = _sections({str(quad.triple) for quad in quads}, names)
    return names.prefixes() + body


def trig(quads: Iterable[Quad], base: str) -> str:
    """The quads as TriG: the default graph, then each named graph in braces. Raises as ``turtle`` does."""
    names = _Names(base)
    graphs: dict[str, set[str]] = defaultdict(set)
    for quad in quads:
        graphs[str(quad.graph_name)].add(str(quad.triple))
    body = _sections(graphs.pop(str(DefaultGraph()), set()), names)
    for graph, triples in sorted(graphs.items()):
        body += f"\n{names[graph]} {{\n{_sections(triples, names)}}}\n"
    return names.prefixes() + body


def _sections(triples: Iterable[str], names: _Names) -> str:
    """Sections of the blocks of ``triples``, which are lines of N-Triples without the full stop."""
    blocks: list[tuple[int, Place, list[str], str, str]] = []
    for subject, rows in groupby((line.split(" ", 2) for line in sorted(triples)), key=itemgetter(0)):
        block: Block = {}
        for _, predicate, value in rows:
            block.setdefault(predicate, []).append(value)
        blocks.append((*_order(subject, block), subject, _written(subject, block, names)))
    parts: list[str] = []
    for section, group in groupby(sorted(blocks), key=itemgetter(0)):
        parts.append(f"\n# {SECTIONS[section][0]}\n")
        parts += map(itemgetter(-1), group)
    return "".join(parts)


def _order(subject: str, block: Block) -> tuple[int, Place, list[str]]:
    """Claims and statements as their text runs and by what they are about, all else by IRI."""
    section = min([_SECTION_OF.get(cls, _OTHER) for cls in block.get(_TYPE, ())], default=_OTHER)
    origin = min(map(_place, block.get(_DERIVED_FROM, (subject,))))
    return section, origin, [*block.get(_SUBJECT, ()), *block.get(_PREDICATE, ())]


def _written(subject: str, block: Block, names: _Names) -> str:
    lines = [
        f"{short} {', '.join([names[value] for value in block[predicate]])}"
        for predicate, short in names.columns(tuple(block))
    ]
    return f"\n{names[subject]} " + " ;\n    ".join(lines) + " .\n"


class _Names(dict[str, str]):
    """From a term of N-Triples to its short form in Turtle, each worked out once; and the prefixes used."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self._used: dict[str, str] = {}
        self._columns: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        self._vocabularies = {namespace: prefix for prefix, namespace in PREFIXES.items()}
        self._folders = {SCHEME: "scheme-", base: ""}

    def __missing__(self, term: str) -> str:
        if term[0] == "<":
            short = self._iri(term[1:-1])
        elif term[0] == '"':
            short = self._literal(term)
        else:
            raise TypeError(f"only IRIs and literals are written, not {term}")
        self[term] = short
        return short

    def prefixes(self) -> str:
        return "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in sorted(self._used.items()))

    def columns(self, predicates: tuple[str, ...]) -> list[tuple[str, str]]:
        """The predicates of a block in the order to be read in, each with its short form."""
        known = self._columns.get(predicates)
        if known is None:
            ordered = sorted(predicates, key=lambda predicate: (_RANK.get(predicate, 50), self[predicate]))
            known = [(predicate, "a" if predicate == _TYPE else self[predicate]) for predicate in ordered]
            self._columns[predicates] = known
        return known

    def _literal(self, text: str) -> str:
        if text[-1] == ">":
            if number := _NUMBER.fullmatch(text):
                return number[1] or number[2]
            value, _, datatype = text.rpartition("^^")
            text = f"{value}^^{self[datatype]}"
        return text if text.isascii() else _UNSEEN.sub(_escaped, text)

    def _iri(self, iri: str) -> str:
        prefix, namespace = self._prefix(iri)
        local = iri[len(namespace) :]
        if not prefix or not _LOCAL.fullmatch(local) or self._used.setdefault(prefix, namespace) != namespace:
            return f"<{iri}>"
        return f"{prefix}:{local.translate(_ESCAPES)}"

    def _prefix(self, iri: str) -> tuple[str, str]:
        namespace = iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]
        if namespace in self._vocabularies:
            return self._vocabularies[namespace], namespace
        for root, start in self._folders.items():
            if iri.startswith(root):
                folder, slash, _ = iri[len(root) :].partition("/")
                if slash and _PREFIX.fullmatch(folder) and start + folder not in PREFIXES:
                    return start + folder, f"{root}{folder}/"
        return "", ""


def _place(term: str) -> Place:
    """A passage by document and offsets as numbers, so that character 9 comes before character 10."""
    match = _PASSAGE.fullmatch(term)
    return (match[1], int(match[2]), int(match[3])) if match else (term, 0, 0)


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
