"""The parties that the phrase of a treaty shows: "between A and B", "A's agreement with B", "the A-B pact"."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.extraction.grammar import conjuncts, preposition
from kg.extraction.nominals import by_participle
from kg.extraction.page import Form, Found
from kg.model import ORGANISATIONS, POLITIES
from kg.resolution.local import Local


class TreatyParties:
    """Reads the parties off the mentions of one document."""

    def __init__(self, local: Local) -> None:
        self.page, self.mentions = local.page, local.mentions
        self.referents, self.entities = local.referents, local.entities

    def _doc(self, mention: Found) -> Doc:
        return self.page.paragraphs[mention.paragraph].doc

    def of(self, mention: Found, head: Token) -> set[str]:
        """States named as parties in the noun phrase: "between A and B", "A's agreement with B"."""
        tokens: list[Token] = []
        for child in head.children:
            if child.dep_ in {"nmod:poss", "compound", "amod", "nmod:desc"}:
                tokens += conjuncts(child)
                tokens += [t for c in conjuncts(child) for t in c.children if t.dep_ in {"compound", "amod", "nmod"}]
            elif child.dep_ in {"nmod", "obl"} and preposition(child) in {"between", "with", "among"}:
                tokens += conjuncts(child)
        tokens += [
            t for t in head.doc[head.left_edge.i : head.i] if t.dep_ in {"compound", "amod", "nmod:poss", "nmod"}
        ]
        inside = {t.i for t in tokens}
        found: set[str] = set()
        for k, m in enumerate(self.mentions):
            if m.paragraph != mention.paragraph or k not in self.referents or by_participle(head.doc, m.end):
                continue
            town = m.form is Form.SEAT and head.text[:1].isupper()  # "the Simla Agreement" was made there
            town = town and m.end <= head.i and head.doc[m.end].tag_ != "POS"
            if any(m.start <= i < m.end for i in inside) and not town:
                wanted = POLITIES if m.end <= head.i else POLITIES | ORGANISATIONS
                found |= {x for x in self.referents[k] if self.entities[x].cls in wanted}
        return found | self._hyphenated(mention) | self._following(mention)

    def _following(self, mention: Found) -> set[str]:
        """ "with Pyongyang", "between Russia and Iran" right behind the noun, wherever the parser hangs it."""
        doc, i = self._doc(mention), mention.end
        if i + 1 >= len(doc) or doc[i].lower_ not in {"with", "between", "among"}:
            return set()
        several = doc[i].lower_ != "with"
        found: set[str] = set()
        i += 1
        while i < len(doc):
            if doc[i].text == "(" and i + 2 < len(doc) and doc[i + 2].text == ")":
                i += 3
                continue
            if doc[i].lower_ in {"the", "and", ",", "'s", "’s"} and (several or doc[i].lower_ == "the"):
                i += 1
                continue
            here = [
                k
                for k, m in enumerate(self.mentions)
                if m.paragraph == mention.paragraph and m.start == i and k in self.referents
            ]
            polities = [k for k in here if self.mentions[k].form is not Form.DEMONYM and self._actors(k)]
            if not polities:
                break
            found |= self._actors(polities[0])
            i = self.mentions[polities[0]].end
            if not several:
                break
        return found

    def _actors(self, k: int) -> set[str]:
        return {x for x in self.referents[k] if self.entities[x].cls in POLITIES | ORGANISATIONS}

    def _hyphenated(self, mention: Found) -> set[str]:
        """ "Iran-Russia", "Soviet-Iranian" at the front of the mention."""
        doc = self._doc(mention)
        found = set()
        for k, m in enumerate(self.mentions):
            if m.paragraph == mention.paragraph and k in self.referents and m.cls in POLITIES:
                if by_participle(doc, m.end):
                    continue
                touching = m.end <= mention.end and m.start >= mention.start
                hyphen = (m.end < len(doc) and doc[m.end].text in {"-", "–", "/"}) or (
                    m.start > 0 and doc[m.start - 1].text in {"-", "–", "/"}
                )
                if touching and hyphen:
                    found |= set(self.referents[k])
        return found
