"""The IRIs of the graph: ids with a base in front, valid by RFC 3987 and of ASCII characters only."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import astuple
from functools import lru_cache

from kg.model import Claim, ClassRef, Concept, Disagreement, EntityRef, Passage, Value
from kg.namespaces import ID, PLOVER, SCHEME, TG

_ID = re.compile(r"[a-z0-9]+(?:-+[a-z0-9]+)*(?:/[a-z0-9]+(?:-+[a-z0-9]+)*)*")
_LOCAL_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


def iri(id: str, base: str = ID) -> str:
    """The IRI of an id; ``ValueError`` for an id of other characters than ``a-z 0-9 - /``."""
    if not _ID.fullmatch(id):
        raise ValueError(f"not an id: {id!r}")
    return base + id


def passage_iri(passage: Passage, base: str = ID) -> str:
    """The passage by RFC 5147: the document's IRI with ``#char=start,end``."""
    return f"{iri(passage.document, base)}#char={passage.span.start},{passage.span.end}"


@lru_cache(maxsize=4096)
def vocabulary_iri(name: str) -> str:
    """The IRI of a class or property of the ontology; ``ValueError`` for what is no local name."""
    return TG + _local(name)


@lru_cache(maxsize=4096)
def concept_iri(concept: Concept) -> str:
    """The IRI of a concept: PLOVER event types have a namespace of their own."""
    if concept.scheme == "plover":
        return PLOVER + _local(concept.id)
    return f"{SCHEME}{_local(concept.scheme)}/{_local(concept.id)}"


def claim_id(claim: Claim) -> str:
    """``claim/`` and a hash of what is claimed, where it stands, how and by whom, not of how it was read."""
    place = (claim.passage.document, str(claim.passage.span.start), str(claim.passage.span.end))
    said = (claim.subject, claim.predicate, *_parts(claim.object))
    who = claim.attribution
    others = (who.unnamed, *who.reporters) if who.unnamed or who.reporters else ()
    return "claim/" + _digest((*said, *place, claim.modality.value, who.speaker or "", *others))[:16]


def disagreement_id(disagreement: Disagreement) -> str:
    """``disagreement/`` and a hash of what it is about: it keeps its name when further sources join in."""
    return "disagreement/" + _digest((disagreement.subject, disagreement.predicate))[:16]


def value_iri(value: EntityRef | Concept | ClassRef, base: str = ID) -> str:
    """The IRI of a value that is a thing."""
    match value:
        case EntityRef(id):
            return iri(id, base)
        case Concept():
            return concept_iri(value)
        case ClassRef(name):
            return vocabulary_iri(name)


def _local(name: str) -> str:
    if not _LOCAL_NAME.fullmatch(name):
        raise ValueError(f"not a local name: {name!r}")
    return name


def _parts(value: Value) -> tuple[str, ...]:
    return (type(value).__name__, *astuple(value))


def _digest(parts: Iterable[str]) -> str:
    # The separator occurs in no id, so that ("a", "bc") and ("ab", "c") differ.
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
