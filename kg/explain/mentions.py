"""By which words the texts refer to an entity, what ties each of them to it, and by what else in the text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg.explain.ties import Tie, tie
from kg.extraction.lexicon import lexicon
from kg.extraction.nominals import PRONOUNS
from kg.model import POLITIES, Passage
from kg.namespaces import ITSRDF, PROV, RDF, RDFS
from kg.resolution.judging.spelling import most_alike
from kg.resolution.judging.subject import Subject
from kg.resolution.records import Record
from kg.wikidata.passages import Passages

_OBJECT = RDF + "object"
_TOLD = 2
"""Reasons that are told of one wording."""
_LIKE = 0.8
_LOOSE = frozenset({Tie.SURNAME, Tie.SPELLING, Tie.FURTHER, Tie.DESCRIBED})
"""What is not a name as such, but for something else in the text."""
_OWN = frozenset({Tie.NAME, Tie.KNOWN, Tie.DEMONYM, Tie.LINE})


@dataclass(frozen=True, slots=True)
class Wording:
    """Words, how often they stand for the entity, in how many documents, and why; ``by`` says what else in the text
    shows it, empty where the words suffice."""

    text: str
    tie: Tie
    times: int
    documents: int
    by: str = ""


@dataclass(slots=True)
class _Told:
    """What is counted of one wording."""

    documents: list[str] = field(default_factory=list)
    by: Counter[str] = field(default_factory=Counter)


def wordings(passages: Passages, subject: Subject, record: Record | None, line: Sequence[Record]) -> list[Wording]:
    """All wordings, the most frequent first; ``line`` are the states before and after a state."""
    mentions = _Mentions(passages, subject, record, line)
    found: dict[tuple[str, Tie], _Told] = defaultdict(_Told)
    for place, iri in mentions.every:
        tied, by = mentions.reason(place, iri)
        told = found[_plain(passages.words(iri)), tied]
        told.documents.append(place.document)
        told.by[by] += 1
    return [
        Wording(text, tied, len(told.documents), len({*told.documents}), _reasons(told.by))
        for (text, tied), told in sorted(found.items(), key=lambda each: (-len(each[1].documents), each[0]))
    ]


def _reasons(by: Counter[str]) -> str:
    told = sorted((text for text in by if text), key=lambda text: (-by[text], text))
    return "; ".join((*told[:_TOLD], *(["…"] if len(told) > _TOLD else [])))


class _Mentions:
    """The mentions of one entity in the order of the texts, and what is around them."""

    def __init__(self, passages: Passages, subject: Subject, record: Record | None, line: Sequence[Record]) -> None:
        self.passages, self.facts = passages, passages.facts
        self.subject, self.record, self.line = subject, record, line
        self.every = passages.of(subject.iri) or self._silent()
        self.named = [(place, iri) for place, iri in self.every if self._tie(iri) is not Tie.DESCRIBED]
        self.claims = self._claims()

    def reason(self, place: Passage, iri: str) -> tuple[Tie, str]:
        """What ties a mention to the entity, and by what else in the text."""
        words, tied = _plain(self.passages.words(iri)), self._tie(iri)
        if self.subject.cls == "Office":
            return Tie.HELD, ""
        if tied is Tie.ACRONYM:
            return tied, self._in_brackets(place, words)
        if self.subject.cls == "Treaty" and words.lower() not in PRONOUNS and (tied in _LOOSE or _generic(words)):
            return Tie.TREATY, self._treaty(place, words) or self._before(place)
        if tied is Tie.DESCRIBED:
            return self._described(place, iri, words)
        return self._named(tied, place, words) if tied in _LOOSE else (tied, "")

    def _named(self, tied: Tie, place: Passage, words: str) -> tuple[Tie, str]:
        """What shows that a name which is not just that of the entity is of it."""
        if self.subject.cls == "Person":
            return tied, self._fuller(place, words)
        if self.subject.cls in POLITIES and (inner := self._inside(place) or self._joined(words)):
            return Tie.ACTING, f"by {inner!r} in it"
        if self.subject.cls == "GovernmentBody" and self.subject.states:
            return tied, f"for this kind of body of {self._labels(self.subject.states)}"
        return tied, ""

    def _joined(self, words: str) -> str:
        """The name in a word that was made with it: "Japanese" in "Anti-Japanese"."""
        parts = re.split(r"[-\u2010-\u2013]", words)
        names = (part for part in parts if tie(part, self.subject.names, self.record, self.line) in _OWN)
        return next(names, "") if len(parts) > 1 else ""

    def _described(self, place: Passage, iri: str, words: str) -> tuple[Tie, str]:
        others = [each for each in self.facts.all(iri, ITSRDF + "taIdentRef") if each != self.subject.iri]
        pronoun = words.lower() in PRONOUNS
        if others:
            return Tie.PRONOUN if pronoun else Tie.GROUP, f"with {self._labels(others)}"
        if pronoun:
            return Tie.PRONOUN, self._before(place)
        if self.subject.cls == "Person" and (office := self._office(words)):
            return Tie.OFFICE, office
        if self.subject.cls in POLITIES and (inner := self._inside(place)):
            return Tie.ACTING, f"by {inner!r} in it"
        return Tie.DESCRIBED, self._before(place)

    def _tie(self, iri: str) -> Tie:
        return tie(_plain(self.passages.words(iri)), self.subject.names, self.record, self.line)

    def _before(self, place: Passage) -> str:
        """The name last told before, else what else was: what a pronoun or a description goes back to."""
        for mentions in (self.named, self.every):
            earlier = [iri for other, iri in mentions if other.document == place.document and other < place]
            if earlier:
                return f"for {_plain(self.passages.words(earlier[-1]))!r} before it"
        later = [iri for other, iri in self.named if other.document == place.document and other > place]
        return f"for {_plain(self.passages.words(later[0]))!r} behind it" if later else ""

    def _fuller(self, place: Passage, words: str) -> str:
        """The longer name that the text has for somebody named by one word."""
        here = [_plain(self.passages.words(iri)) for other, iri in self.named if other.document == place.document]
        many = len(words.split())
        longer = [
            name for name in here if len(name.split()) > max(many, 1) and most_alike([words], name.split()) >= _LIKE
        ]
        if longer:
            return f"of {max(longer, key=lambda name: (len(name), name))!r} in the same text"
        held = {value for at, name, value in self.claims if name == "holdsOffice" and at.document == place.document}
        return f"alone in the text{f', with the office {self._labels(held)}' if held else ''}" if many == 1 else ""

    def _in_brackets(self, place: Passage, words: str) -> str:
        """The name that the text explains an acronym by: "Eurasian Trade Institute (ETI)"."""
        text = self.passages.text(place.document)
        for other, iri in self.named:
            behind = text[other.span.end : other.span.end + len(words) + 3] if other.document == place.document else ""
            if re.match(rf"\s?[(\[]{re.escape(words)}[)\]]", behind):
                return f"in brackets behind {_plain(self.passages.words(iri))!r}"
        return "by the reference data" if self.record is not None else ""

    def _office(self, words: str) -> str:
        """The office of a person that the words tell of, and who says that it is held."""
        wanted = _content(words)
        told = [held.words for held in self.subject.offices if wanted & _content(held.words)]
        if told:
            return f"{max(told, key=lambda office: (len(wanted & _content(office)), office))}, by the texts"
        known = [term.office for term in self.record.terms if wanted & _content(term.office)] if self.record else []
        return f"{known[0]}, by the reference data" if known else ""

    def _inside(self, place: Passage) -> str:
        """The mention of the same entity within these words: "Soviet" in "the Soviet government"."""
        inner = (
            iri
            for other, iri in self.named
            if other.document == place.document
            and other != place
            and place.span.start <= other.span.start
            and other.span.end <= place.span.end
        )
        return _plain(self.passages.words(next(inner, "")))

    def _treaty(self, place: Passage, words: str) -> str:
        """The words of its name, the parties and the date of a treaty that are told there."""
        label = _content(self.subject.names[0]) if self.subject.names else set()
        said = [f"{word!r}" for word in re.findall(r"[a-z]+", words.lower()) if word in label - _unnamed()]
        told = [(predicate, value) for at, predicate, value in self.claims if _holds(at, place)]
        parties = sorted({value for predicate, value in told if predicate == "party"})
        signed = sorted({value for predicate, value in told if predicate == "signedOn"})
        parts = [f"by {' and '.join(said)} of its name"] if said else []
        parts += [f"with the parties {self._labels(parties)}"] if parties else []
        return ", ".join([*parts, *(f"signed {date}" for date in signed)])

    def _silent(self) -> list[tuple[Passage, str]]:
        """Where the texts tell of something that they do not name: that somebody holds an office; what a state did at a
        time when it was another one, in the words for that."""
        told = {
            place
            for claim in self.facts.instances("Claim")
            if self.subject.iri in (self.facts.one(claim, RDF + "subject"), self.facts.one(claim, _OBJECT))
            for place in self.facts.all(claim, PROV + "wasDerivedFrom")
        }
        places = sorted((self.passages.passage(place), place) for place in told)
        if self.subject.cls == "Office":
            return places
        states = (each for state in self.line for each in self.passages.of(self.passages.base + state.id))
        return sorted(each for each in states if any(_holds(place, each[0]) for place, _ in places))

    def _claims(self) -> list[tuple[Passage, str, str]]:
        """What the texts tell of a treaty or a person, by property and value, and where."""
        found = []
        for claim in self.facts.instances("Claim") if self.subject.cls in ("Treaty", "Person") else ():
            if self.facts.one(claim, RDF + "subject") == self.subject.iri:
                predicate = (self.facts.one(claim, RDF + "predicate") or "").rpartition("#")[2]
                value = self.facts.one(claim, _OBJECT) or ""
                for place in self.facts.all(claim, PROV + "wasDerivedFrom"):
                    found.append((self.passages.passage(place), predicate, value))
        return found

    def _labels(self, iris: Iterable[str]) -> str:
        return " and ".join(sorted(self.facts.one(iri, RDFS + "label") or iri for iri in iris))


def _generic(words: str) -> bool:
    return {*words.lower().split()} <= _unnamed()


def _unnamed() -> frozenset[str]:
    """The words that any treaty is described by."""
    return frozenset(lexicon().treaty_generic | lexicon().treaty_heads)


def _holds(outer: Passage, inner: Passage) -> bool:
    same = outer.document == inner.document
    return same and outer.span.start <= inner.span.start and inner.span.end <= outer.span.end


def _plain(text: str) -> str:
    return " ".join(text.split())


def _content(words: str) -> set[str]:
    return {word for word in re.findall(r"[a-z]+", words.lower()) if len(word) > 2} - {"the", "and", "for"}
