"""The entities that a token of an argument stands for."""

from __future__ import annotations

from collections import defaultdict

from spacy.tokens import Token

from kg.extraction import grammar
from kg.extraction.lexicon import lexicon
from kg.extraction.page import OfficePhrase, Paragraph, Resolved
from kg.model import POLITIES


class MentionAt:
    """The entities that an argument's token stands for."""

    def __init__(self, resolved: Resolved, phrases: list[OfficePhrase]) -> None:
        self.resolved, self._spans = resolved, _by_token(resolved)
        self._titles: dict[tuple[int, int], tuple[int, ...]] = defaultdict(tuple)
        for phrase in phrases:
            for i in range(phrase.start, phrase.end):
                self._titles[(phrase.paragraph, i)] += phrase.persons

    def index(self, paragraph: Paragraph, token: Token) -> int | None:
        """The mention at the token: the longest whose head it is, else the longest around it."""
        covering = self._spans.get((paragraph.index, token.i), ())
        mentions = self.resolved.mentions
        headed = [k for k in covering if mentions[k].head(paragraph.doc).i == token.i]
        options = headed or [k for k in covering if self._same_phrase(k, paragraph, token)]
        return max(
            options, key=lambda k: (k in self.resolved.referents, mentions[k].end - mentions[k].start), default=None
        )

    def _same_phrase(self, k: int, paragraph: Paragraph, token: Token) -> bool:
        """Inside of the name, not a possessor in it: the parser's head of a name is not always ours."""
        mention = self.resolved.mentions[k]
        root = mention.head(paragraph.doc)
        return token.dep_ not in {"nmod:poss", "amod"} or token.i == root.i

    def __call__(self, paragraph: Paragraph, token: Token) -> tuple[str, ...]:
        k = self.index(paragraph, token)
        titled = self._titles.get((paragraph.index, token.i), ())
        if k is not None and k not in self.resolved.referents and len(titled) > 1:
            k = None
        if k is None and not titled:
            k = self._by_name_below(paragraph, token)
        if k is None and token.dep_ not in {"nmod:poss", "amod"}:
            named = tuple(dict.fromkeys(x for p in titled for x in self.resolved.referents.get(p, ())))
            return named or self._each_state(paragraph, token)
        return self.resolved.referents.get(k, ()) if k is not None else ()

    def _each_state(self, paragraph: Paragraph, token: Token) -> tuple[str, ...]:
        """ "the Soviet and Iranian governments", "officials from Iran and Oman": the states that act through them."""
        words, phrase = lexicon(), paragraph.doc[token.left_edge.i : token.i]
        several = token.tag_ == "NNS" or token.lower_.endswith("s")  # a tagger may take "empires" for one
        forms = {token.lemma_.lower(), token.lower_, token.lower_.removesuffix("s")}
        if not several or forms.isdisjoint(words.for_the_state):
            return ()
        if any(t.lower_ in words.against_the_state for t in phrase):
            return ()
        inside = [
            k
            for k, m in enumerate(self.resolved.mentions)
            if m.paragraph == paragraph.index
            and token.left_edge.i <= m.start
            and m.end <= token.i
            and m.cls in POLITIES
        ]
        sources = [c for c in token.rights if c.dep_ == "nmod" and grammar.preposition(c) in {"of", "from"}]
        behind = [self.index(paragraph, t) for c in sources[:1] for t in grammar.conjuncts(c)]
        inside = inside or [k for k in behind if k is not None and self.resolved.mentions[k].cls in POLITIES]
        return tuple(dict.fromkeys(x for k in inside for x in self.resolved.referents.get(k, ())))

    def _by_name_below(self, paragraph: Paragraph, token: Token) -> int | None:
        """A title as head with the name hanging below it: "President" of "President Vladimir Putin"."""
        for child in token.children:
            if child.dep_ in {"flat", "appos", "nmod:desc", "compound", "flat:name"} and child.pos_ == "PROPN":
                k = self.index(paragraph, child)
                if k is not None and self.resolved.mentions[k].cls == "Person":
                    return k
        return None


def _by_token(resolved: Resolved) -> dict[tuple[int, int], tuple[int, ...]]:
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    for k, mention in enumerate(resolved.mentions):
        for i in range(mention.start, mention.end):
            found[(mention.paragraph, i)].append(k)
    return {key: tuple(ks) for key, ks in found.items()}
