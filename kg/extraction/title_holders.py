"""The persons named beside a title; behind one, any capitalised words are a person's name."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from kg.extraction.capitals import capitalised
from kg.extraction.lexicon import lexicon
from kg.extraction.page import Form, Found, Paragraph
from kg.model import POLITIES

_BEFORE_ROLE = frozenset({"a", "an", "the", "former", "ex", "new", "then", "current", "newly", "appointed", "recently"})


class TitleHolders:
    """Finds the persons of titles in one paragraph; persons that only a title shows are added to ``mentions``."""

    def __init__(self, paragraph: Paragraph, mentions: list[Found]) -> None:
        self.paragraph, self.doc, self.mentions, self.lex = paragraph, paragraph.doc, mentions, lexicon()

    def find(self, left: int, stop: int, plural: bool) -> tuple[int, ...]:
        """The persons named beside the role, right of it or, set off by a comma, left of it."""
        right = self._person_at(stop, True)
        if right is None and stop < len(self.doc) and self.doc[stop].text == ",":
            right = self._person_at(stop + 1, False)
        if right is not None:
            return self._with_coordinated(right) if plural else (right,)
        i = left - 1
        while i > 0 and self.doc[i].lower_ in _BEFORE_ROLE:
            i -= 1
        if i > 0 and self.doc[i].text in {",", "("}:
            before = [k for k, m in enumerate(self.mentions) if m.end == i and m.cls == "Person"]
            if plural and not any(self.doc[self.mentions[k].start - 1].lower_ in {"and", ","} for k in before):
                return ()
            return (before[-1],) if before else ()
        return ()

    def _person_at(self, i: int, adjacent: bool) -> int | None:
        """The person named at token ``i``; right behind a title any capitalised words are a person's name."""
        for k, mention in enumerate(self.mentions):
            if mention.start != i or mention.form in {Form.DEMONYM, Form.NOMINAL, Form.GROUP}:
                continue
            if mention.cls == "Person":
                return k
            if adjacent and mention.cls in {"Place", "Organisation", "", "Event"}:
                self.mentions[k] = replace(mention, cls="Person", candidates=())
                return k
            return None
        if i + 1 < len(self.doc) and self.doc[i].lower_.rstrip(".") in self.lex.honorifics:
            return self._person_at(i + 1, adjacent)
        if not adjacent or i >= len(self.doc) or not self._starts_name(self.doc[i]):
            return None
        end = i + 1
        while end < len(self.doc) and (self._starts_name(self.doc[end]) or self._particle(end)):
            end += 1
        if self.doc[end - 1].text == "-":
            end -= 1
        found = Found(self.paragraph.index, i, end, "Person", Form.NAME, self.doc[i:end].text)
        self.mentions.append(found)
        return len(self.mentions) - 1

    def _particle(self, i: int) -> bool:
        return (
            self.doc[i].lower_ in {"de", "al", "al-", "bin", "von", "van", "-", "el", "da"}
            and i + 1 < len(self.doc)
            and self._starts_name(self.doc[i + 1])
        )

    def _starts_name(self, token: Token) -> bool:
        covered = any(m.start <= token.i < m.end for m in self.mentions)
        return (
            capitalised(token)
            and token.pos_ in {"PROPN", "NOUN", "X"}
            and not covered
            and token.lower_ not in self.lex.role_heads | self.lex.gatherings
        )

    def _with_coordinated(self, first: int) -> tuple[int, ...]:
        """ "Presidents Putin of Russia and Pezeshkian of Iran": all the persons that the plural title covers."""
        found = [first]
        end = self._behind(first)
        while end < len(self.doc) and self.doc[end].lower_ in {",", "and"}:
            following = self._person_at(end + 1 + (self.doc[end : end + 2].text.lower() == ", and"), True)
            if following is None:
                break
            found.append(following)
            end = self._behind(following)
        return tuple(found)

    def _behind(self, person: int) -> int:
        """The token behind a person and the state that is told with the name."""
        end = self.mentions[person].end
        if end + 1 >= len(self.doc) or self.doc[end].lower_ != "of":
            return end
        start = end + 1 + (self.doc[end + 1].lower_ == "the")
        return max((m.end for m in self.mentions if m.start == start and m.cls in POLITIES), default=end)
