"""What a node holds, mention for mention, and a reviewer's choice of those that are another entity."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.model import Passage
from kg.resolution.decisions import Decision, Kind, is_id
from kg.resolution.selection import Selection, plain_words
from kg.review.evidence import Evidence, Texts

_CHOICE = re.compile(r"(\d+)(?:\.(\d+)(?:-(\d+))?)?")
HOW = "2 or 2.1 or 2.1-3 what is another"


@dataclass(frozen=True, slots=True)
class Mentioned:
    """One mention of the node, with its sentence."""

    passage: Passage
    words: str
    sentence: Evidence


@dataclass(frozen=True, slots=True)
class Parting:
    """The mentions of ``entity`` by document, in the order of the texts; ``other`` is an id that is free,
    ``whole`` says that the reviewer wants to see each of them."""

    entity: str
    other: str
    documents: tuple[tuple[Mentioned, ...], ...]
    whole: bool

    def chosen(self, answer: str) -> list[Decision]:
        """The decisions that an answer stands for: ``2`` for all of the second document, ``1.3`` and ``1.3-5`` for
        mentions of the first, and ``= ID`` behind them for who it is. Raises ``ValueError`` with what is wrong."""
        numbers, named, id = (part.strip() for part in answer.partition("="))
        other = id if named else self.other
        if not is_id(other) or other == self.entity:
            raise ValueError(f"{other!r} is no id of another entity, as {self.other} is")
        picked = {each for token in re.split(r"[\s,]+", numbers) for each in self._numbered(token)}
        if len(picked) == sum(map(len, self.documents)):
            raise ValueError("that is all there is: choose what is another entity than the rest")
        where = [each for mentions in self.documents for each in _selections(mentions, picked)]
        return [Decision(Kind.SPLIT, self.entity, other, str(each)) for each in where]

    def _numbered(self, token: str) -> Sequence[Mentioned]:
        found = _CHOICE.fullmatch(token)
        document, first, last = (int(n) if n else 0 for n in found.groups()) if found else (0, 0, 0)
        if not 1 <= document <= len(self.documents):
            raise ValueError(f"{token!r} is none of the numbers above")
        mentions = self.documents[document - 1]
        if not first:
            return mentions
        if not first <= (last or first) <= len(mentions):
            raise ValueError(f"{token!r}: there are 1 to {len(mentions)} in {document}")
        return mentions[first - 1 : last or first]


def parting(texts: Texts, iri: str, taken: Container[str], whole: bool) -> Parting:
    """What an entity of the graph is made of; ``taken`` are the ids that no other entity can have."""
    entity = iri.removeprefix(texts.base)
    mentions = (Mentioned(place, texts.words(each), texts.sentence(each)) for place, each in texts.of(iri))
    documents = tuple(tuple(group) for _, group in groupby(mentions, key=lambda each: each.passage.document))
    return Parting(entity, _free(entity, taken), documents, whole)


def _free(entity: str, taken: Container[str]) -> str:
    """The id with the first number behind it that nobody has."""
    number = 2
    while f"{entity}-{number}" in taken:
        number += 1
    return f"{entity}-{number}"


def _selections(mentions: Sequence[Mentioned], picked: Container[Mentioned]) -> Iterator[Selection]:
    """The mentions of a document that were picked, as shortly as can be said."""
    mine = [each for each in mentions if each in picked]
    if not mine:
        return
    document = mine[0].passage.document
    if len(mine) == len(mentions):
        yield Selection(document)
        return
    all_ = Counter(plain_words(each.words) for each in mentions)
    here = Counter(plain_words(each.words) for each in mine)
    whole = [words for words in here if here[words] == all_[words]]
    yield from (Selection(document, words=words) for words in whole)
    for each in mine:
        if (words := plain_words(each.words)) not in whole:
            yield Selection(document, each.passage.span, words)
