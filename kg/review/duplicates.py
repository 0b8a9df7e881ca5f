"""Entities of one kind whose names are equal, or of persons one contained in the other, so that they may be one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.extraction.lexicon import lexicon
from kg.resolution.folding import words_in
from kg.resolution.judging.spelling import name
from kg.resolution.judging.subject import Subject

_FAMILIES: Mapping[str, str] = {"InternationalOrganisation": "Organisation", "GovernmentBody": "Organisation"}
_UNNAMED = frozenset({"Office"})
"""Classes of which many have the same other names: "president", "foreign minister"."""

_SMALL = frozenset({"of", "the", "and", "on", "for", "s", "u"})

Words = frozenset[str]


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Two entities by IRI, in order, and the names that make them alike."""

    one: str
    other: str
    names: tuple[str, str]


def duplicates(subjects: Iterable[Subject]) -> list[Pair]:
    """The pairs, sorted. None are two that differ in Wikidata item, in date, in a number of the name, or in what they
    belong to."""
    families: dict[str, list[Subject]] = defaultdict(list)
    for subject in subjects:
        if subject.cls not in _UNNAMED:
            families[_FAMILIES.get(subject.cls, subject.cls)].append(subject)
    return sorted(pair for members in families.values() for pair in _Names(members).pairs())


class _Names:
    """The names of the entities of one kind."""

    def __init__(self, members: list[Subject]) -> None:
        self.members = {subject.iri: subject for subject in members}
        self.called: dict[Words, dict[str, str]] = defaultdict(dict)
        self.ending: dict[str, set[Words]] = defaultdict(set)
        for subject in members:
            for text in subject.names:
                if _is_name(text, subject.cls):
                    words = name(text).words
                    self.called[frozenset(words)].setdefault(subject.iri, text)
                    self.ending[words[-1]].add(frozenset(words))

    def pairs(self) -> Iterator[Pair]:
        found: dict[tuple[str, str], Pair] = {}
        for words, there in self.called.items():
            for iri, text in there.items():
                for other, theirs in (*there.items(), *self._longer(iri, words)):
                    if iri != other and not _apart(self.members[iri], self.members[other], text, theirs):
                        one, two = sorted(((iri, text), (other, theirs)))
                        found.setdefault((one[0], two[0]), Pair(one[0], two[0], (one[1], two[1])))
        yield from found.values()

    def _longer(self, iri: str, words: Words) -> Iterator[tuple[str, str]]:
        """For a person of whom one word is known those with a name that ends in it: for "Truman" Harry Truman."""
        if self.members[iri].cls == "Person" and len(words) == 1 and len(name(self.members[iri].names[0]).words) == 1:
            for longer in sorted(self.ending[next(iter(words))], key=sorted):
                if words < longer:
                    yield from self.called[longer].items()


def _is_name(text: str, cls: str) -> bool:
    """Not a description: "the agreement", "Peace Treaty", "new treaty of alliance"."""
    words = set(words_in(text))
    if cls == "Treaty" and words <= lexicon().treaty_generic | lexicon().treaty_heads | _SMALL:
        return False
    return bool(name(text).words) and (text[:1].isupper() or text[:1].isdigit())


def _apart(one: Subject, other: Subject, mine: str, theirs: str) -> bool:
    """Whether a Wikidata item each, a date, a number or what they belong to says that they are two."""
    if one.same_as and other.same_as and one.same_as != other.same_as:
        return True
    if one.date and other.date and not (one.date.startswith(other.date) or other.date.startswith(one.date)):
        return True
    if one.states and other.states and not set(one.states) & set(other.states):
        return True
    return name(mine).numbers != name(theirs).numbers
