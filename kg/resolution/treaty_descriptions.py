"""What one mention says of its treaty: words, year, parties, subject matter."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extraction.grammar import preposition
from kg.extraction.lexicon import lexicon
from kg.extraction.page import Form, Found
from kg.model import POLITIES
from kg.resolution.epochs import YEAR
from kg.resolution.folding import unaccented, words_in
from kg.resolution.local import Local
from kg.resolution.treaty_parties import TreatyParties

_BRACKETED = re.compile(r"\((1[5-9]\d\d|20\d\d)\)\s*$")

DATED = re.compile(
    r"(?:of|signed (?:on|in)|dated|from)\s+(?:\d{1,2}\s+)?(?:[A-Z]\w+\s+)?(?:\d{1,2},\s*)?(1[5-9]\d\d|20\d\d)\b"
)

_APART = {"earlier", "existing", "previous", "previously", "separate", "similar"}

_CUT = {"between", "with", ",", "which", "that"}

_FUNCTION = {"of", "and", "for", "between", "from", "with", "regarding", "concerning", "about", "over", "their", "its"}


@dataclass
class Description:
    """What one mention says of its treaty."""

    index: int
    words: frozenset[str]
    year: int | None
    parties: frozenset[str]
    determiner: str
    plural: bool
    proper: bool
    subject_matter: str
    noun: str
    title: bool
    apart: bool


class TreatyDescriber:
    """Describes the treaty mentions of one document."""

    def __init__(self, local: Local) -> None:
        self.local = local
        self.page, self.mentions, self.referents = local.page, local.mentions, local.referents
        self.parties = TreatyParties(local)

    def describe(self, k: int) -> Description:
        """What the mention ``k`` says."""
        mention = self.mentions[k]
        doc = self._doc(mention)
        block = self.page.paragraphs[mention.paragraph].block
        head = self._noun(mention, doc)
        before = doc[mention.start - 1].lower_ if mention.start else ""
        text = mention.text
        after = doc[mention.end : mention.end + 3].text
        year = YEAR.search(text) or re.match(r"[,(\s]*(1[5-9]\d\d|20\d\d)\b", after)
        year = year or DATED.match(doc[mention.end : mention.end + 7].text)
        year = year or (YEAR.search(doc[max(0, mention.start - 1) : mention.start].text))
        if year is None and block.kind in {"title", "heading"}:
            year = _BRACKETED.search(doc[mention.end :].text)
        matter = self._matter(head)
        place = self._named_after(mention, head)
        return Description(
            index=k,
            words=self._words(f"{text} {matter}", head) | place,
            year=int(year.group(1)) if year else None,
            parties=frozenset() if place else frozenset(self.parties.of(mention, head)),
            determiner=self._determiner(head, before),
            plural=mention.plural or (mention.form is Form.NAME and head.lower_.endswith("s") and head.tag_ == "NNPS"),
            proper=mention.form is Form.NAME,
            subject_matter=matter,
            noun=head.lower_,
            apart=any(t.lower_ in _APART for c in head.children if c.dep_ == "amod" for t in c.subtree),
            title=block.kind == "title" or self._named_by_title(mention),
        )

    def _named_after(self, mention: Found, head: Token) -> frozenset[str]:
        """The words of the one state that a treaty is named after, which is no party by that: "Cyprus Convention"."""
        inside = [self.mentions[k] for k in self._inside(head) if mention.holds(self.mentions[k])]
        states = [m for m in inside if m.cls in POLITIES]
        alone = mention.form is Form.NAME and len(states) == 1 and states[0].form is Form.NAME
        return frozenset(words_in(states[0].text.lower())) if alone and states[0].end == head.i else frozenset()

    def _determiner(self, head: Token, before: str) -> str:
        """The article or the like of the noun, else the word before the mention: "a long-awaited treaty" has "a"."""
        return next((c.lower_ for c in head.children if c.dep_ == "det" and c.i < head.i), before)

    def _named_by_title(self, mention: Found) -> bool:
        """Whether the title has this name, though it shows no treaty by itself: "Gadsden Purchase, 1853"."""
        title = self.page.document.title or ""
        return mention.form is Form.NAME and mention.text.lower() in title.lower()

    def _doc(self, mention: Found) -> Doc:
        return self.page.paragraphs[mention.paragraph].doc

    def head(self, k: int) -> Token:
        """The noun for a treaty in the mention ``k``."""
        mention = self.mentions[k]
        return self._noun(mention, self._doc(mention))

    def _noun(self, mention: Found, doc: Doc) -> Token:
        heads = [t for t in doc[mention.start : mention.end] if t.lower_ in lexicon().treaty_heads]
        return heads[0] if heads else mention.head(doc)

    def _words(self, text: str, head: Token) -> frozenset[str]:
        generic = lexicon().treaty_generic
        words = re.findall(r"[a-z]+(?:-[a-z]+)*", unaccented(text).lower())
        skipped = generic | lexicon().treaty_heads | _FUNCTION
        found = {w for w in words if w not in skipped and len(w) > 2 and "year" not in w.split("-")}
        return frozenset(found - self._actor_words(head))

    def _actor_words(self, head: Token) -> set[str]:
        """Names of parties are told apart as parties, not as description."""
        names = [self.mentions[k].text.lower() for k in self._inside(head) if self.mentions[k].cls in POLITIES]
        words = {w for name in names for w in words_in(name)}
        return words | {f"{a}-{b}" for a in names for b in names if a != b}

    def _inside(self, head: Token) -> list[int]:
        edge = head.left_edge.i
        return [
            k
            for k, m in enumerate(self.mentions)
            if self._doc(m) is head.doc and edge <= m.start and m.end <= head.i + 1 and k in self.referents
        ]

    def _matter(self, head: Token) -> str:
        """ "on the construction of a plant": what a treaty without a name is about."""
        for child in head.children:
            marker = preposition(child) or child.lower_
            dated = child.like_num or child.lower_ in lexicon().months | lexicon().weekdays
            if (
                child.dep_ in {"nmod", "acl"}
                and not dated
                and marker in {"on", "regarding", "concerning", "about", "over"}
            ):
                return self._cut(head.doc, child.left_edge.i, min(child.right_edge.i + 1, child.left_edge.i + 10))
        return ""

    def _cut(self, doc: Doc, start: int, end: int) -> str:
        """The words up to where the parties or a further clause begin."""
        stop = next((i for i in range(start + 1, end) if doc[i].lower_ in _CUT or self._in_town(doc, i)), end)
        return str(doc[start:stop].text)

    def _in_town(self, doc: Doc, i: int) -> bool:
        """ "in Hanoi", "on 13 March": where and when something happened is no part of what a treaty is about."""
        if doc[i].lower_ not in {"in", "at", "on"} or i + 1 >= len(doc):
            return False
        if doc[i + 1].like_num or doc[i + 1].lower_ in lexicon().weekdays:
            return True
        here = [m for m in self.mentions if m.start == i + 1 and self._doc(m) is doc]
        records = [self.local.reference.get(c) for m in here for c in m.candidates]
        return any(r is not None and r.cls == "Place" and r.country for r in records)
