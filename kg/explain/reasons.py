"""What ties a mention to its entity, and by what else in the text: its name, an office, a pronoun's antecedent."""

from __future__ import annotations

import re

from kg.explain.mentions import Mentions, holds
from kg.explain.ties import Tie, tie
from kg.extraction.lexicon import lexicon
from kg.extraction.nominals import PRONOUNS
from kg.model import POLITIES, Passage
from kg.namespaces import ITSRDF
from kg.resolution.folding import words_in
from kg.resolution.judging.spelling import most_alike

_LIKE = 0.8
_LOOSE = frozenset({Tie.SURNAME, Tie.SPELLING, Tie.FURTHER, Tie.DESCRIBED})
"""What is not a name as such, but for something else in the text."""
_OWN = frozenset({Tie.NAME, Tie.KNOWN, Tie.DEMONYM, Tie.LINE})


class Reasons:
    """Tells of each mention of one entity why it is taken for it."""

    def __init__(self, mentions: Mentions) -> None:
        self.mentions, self.passages = mentions, mentions.passages
        self.subject, self.record, self.line = mentions.subject, mentions.record, mentions.line

    def reason(self, place: Passage, iri: str) -> tuple[Tie, str]:
        """What ties a mention to the entity, and by what else in the text."""
        words, tied = self.mentions.words(iri), self.mentions.tie_of(iri)
        if self.subject.cls == "Office":
            return Tie.HELD, ""
        if tied is Tie.ACRONYM:
            return tied, self._in_brackets(place, words)
        if self.subject.cls == "Treaty" and words.lower() not in PRONOUNS and (tied in _LOOSE or _generic(words)):
            return Tie.TREATY, self._treaty(place, words) or self.mentions.before(place)
        if tied is Tie.DESCRIBED:
            return self._described(place, iri, words)
        return self._named(tied, place, words) if tied in _LOOSE else (tied, "")

    def _named(self, tied: Tie, place: Passage, words: str) -> tuple[Tie, str]:
        """What shows that a name which is not just that of the entity is of it."""
        if self.subject.cls == "Person":
            return tied, self._fuller(place, words)
        if self.subject.cls in POLITIES and (inner := self.mentions.inside(place) or self._joined(words)):
            return Tie.ACTING, f"by {inner!r} in it"
        if self.subject.cls == "GovernmentBody" and self.subject.states:
            return tied, f"for this kind of body of {self.mentions.labels(self.subject.states)}"
        return tied, ""

    def _joined(self, words: str) -> str:
        """The name in a word that was made with it: "Japanese" in "Anti-Japanese"."""
        parts = re.split(r"[-\u2010-\u2013]", words)
        names = (part for part in parts if tie(part, self.subject.names, self.record, self.line) in _OWN)
        return next(names, "") if len(parts) > 1 else ""

    def _described(self, place: Passage, iri: str, words: str) -> tuple[Tie, str]:
        others = [each for each in self.mentions.facts.all(iri, ITSRDF + "taIdentRef") if each != self.subject.iri]
        pronoun = words.lower() in PRONOUNS
        if others:
            return Tie.PRONOUN if pronoun else Tie.GROUP, f"with {self.mentions.labels(others)}"
        if pronoun:
            return Tie.PRONOUN, self.mentions.before(place)
        if self.subject.cls == "Person" and (office := self._office(words)):
            return Tie.OFFICE, office
        if self.subject.cls in POLITIES and (inner := self.mentions.inside(place)):
            return Tie.ACTING, f"by {inner!r} in it"
        return Tie.DESCRIBED, self.mentions.before(place)

    def _fuller(self, place: Passage, words: str) -> str:
        """The longer name that the text has for somebody named by one word."""
        here = [self.mentions.words(iri) for other, iri in self.mentions.named if other.document == place.document]
        many = len(words.split())
        longer = [
            name for name in here if len(name.split()) > max(many, 1) and most_alike([words], name.split()) >= _LIKE
        ]
        if longer:
            return f"of {max(longer, key=lambda name: (len(name), name))!r} in the same text"
        held = {
            value for at, name, value in self.mentions.claims if name == "holdsOffice" and at.document == place.document
        }
        return (
            f"alone in the text{f', with the office {self.mentions.labels(held)}' if held else ''}" if many == 1 else ""
        )

    def _in_brackets(self, place: Passage, words: str) -> str:
        """The name that the text explains an acronym by: "Eurasian Trade Institute (ETI)"."""
        text = self.passages.text(place.document)
        for other, iri in self.mentions.named:
            behind = text[other.span.end : other.span.end + len(words) + 3] if other.document == place.document else ""
            if re.match(rf"\s?[(\[]{re.escape(words)}[)\]]", behind):
                return f"in brackets behind {self.mentions.words(iri)!r}"
        return "by the reference data" if self.record is not None else ""

    def _office(self, words: str) -> str:
        """The office of a person that the words tell of, and who says that it is held."""
        wanted = _content(words)
        told = [held.words for held in self.subject.offices if wanted & _content(held.words)]
        if told:
            return f"{max(told, key=lambda office: (len(wanted & _content(office)), office))}, by the texts"
        known = [term.office for term in self.record.terms if wanted & _content(term.office)] if self.record else []
        return f"{known[0]}, by the reference data" if known else ""

    def _treaty(self, place: Passage, words: str) -> str:
        """The words of its name, the parties and the date of a treaty that are told there."""
        label = _content(self.subject.names[0]) if self.subject.names else set()
        said = [f"{word!r}" for word in words_in(words) if word in label - _unnamed()]
        told = [(predicate, value) for at, predicate, value in self.mentions.claims if holds(at, place)]
        parties = sorted({value for predicate, value in told if predicate == "party"})
        signed = sorted({value for predicate, value in told if predicate == "signedOn"})
        parts = [f"by {' and '.join(said)} of its name"] if said else []
        parts += [f"with the parties {self.mentions.labels(parties)}"] if parties else []
        return ", ".join([*parts, *(f"signed {date}" for date in signed)])


def _generic(words: str) -> bool:
    return {*words.lower().split()} <= _unnamed()


def _unnamed() -> frozenset[str]:
    """The words that any treaty is described by."""
    return frozenset(lexicon().treaty_generic | lexicon().treaty_heads)


def _content(words: str) -> set[str]:
    return {word for word in words_in(words) if len(word) > 2} - {"the", "and", "for"}
