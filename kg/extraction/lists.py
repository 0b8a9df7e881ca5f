"""Entities in lists: what "and", commas and colons join to the one that the parser gives as argument."""

from __future__ import annotations

from spacy.tokens import Span, Token

from kg.extraction import grammar
from kg.extraction.lexicon import lexicon
from kg.extraction.mention_at import MentionAt
from kg.extraction.page import Form, Found, OfficePhrase, Paragraph, Resolved
from kg.model import POLITIES

_DETERMINERS = {"his", "her", "their", "the", "its", "then"}


class Lists:
    """Widens an argument to the list that it is part of; for one document."""

    def __init__(self, resolved: Resolved, mention_at: MentionAt, phrases: list[OfficePhrase]) -> None:
        self.resolved, self.mention_at, self.phrases = resolved, mention_at, phrases

    def around(self, paragraph: Paragraph, token: Token, verb: Token) -> tuple[str, ...]:
        """The entities at a token and, where the parser has lost it, the one that "and" joins to it on its left."""
        keys = self.mention_at(paragraph, token)
        k = self.mention_at.index(paragraph, token)
        if k is None:
            return keys or self._exemplified(paragraph, token)
        listed = self._listed(paragraph, k)
        if listed:
            return listed
        before = self._joined_before(paragraph, k, verb)
        after = self._joined_after(paragraph, k) or self._titled_after(paragraph, k)
        return tuple(dict.fromkeys((*before, *keys, *after)))

    def _exemplified(self, paragraph: Paragraph, token: Token) -> tuple[str, ...]:
        """ "the states that joined: Egypt, Ethiopia and Iran", "several countries, including Chad and Mali"."""
        if token.lower_ not in lexicon().polity_groups and token.lower_ not in {"members", "newcomers"}:
            return ()
        doc = paragraph.doc
        for i in range(token.i + 1, token.sent.end - 1):
            if doc[i].text == ":" or doc[i].lower_ in {"including", "namely"}:
                here = (
                    k
                    for k, m in enumerate(self.resolved.mentions)
                    if m.paragraph == paragraph.index and i < m.start <= i + 2
                )
                first = next(
                    (k for k in here if k in self.resolved.referents and self.resolved.mentions[k].cls in POLITIES),
                    None,
                )
                if first is None:
                    return ()
                joined = self._joined_after(paragraph, first)
                return self._listed(paragraph, first) or (*self.resolved.referents[first], *joined)
        return ()

    def _listed(self, paragraph: Paragraph, k: int) -> tuple[str, ...]:
        """All members of a list of three or more that "and" closes: "France, Spain and Italy", "President Sadat, the
        King of Norway, Harald, and Prime Minister Begin"."""
        items = self._persons(paragraph) if self.resolved.mentions[k].cls == "Person" else self._polities(paragraph)
        run: list[tuple[int, int, int]] = []
        gaps: list[str] = []
        for item in items:
            gap = _gap(paragraph.doc[run[-1][1] : item[0]]) if run else ""
            if run and gap in {",", "and", ", and"}:
                run.append(item)
                gaps.append(gap)
                continue
            if k in [n for *_, n in run]:
                break
            run, gaps = [item], []
        if k in [n for *_, n in run] and len(run) > 2 and "and" in gaps[-1]:
            return tuple(dict.fromkeys(x for *_, n in run for x in self.resolved.referents[n]))
        return ()

    def _polities(self, paragraph: Paragraph) -> list[tuple[int, int, int]]:
        """First token, token behind the last, and number of each mention of a state by name."""
        return sorted(
            (m.start, m.end, n)
            for n, m in enumerate(self.resolved.mentions)
            if m.paragraph == paragraph.index
            and n in self.resolved.referents
            and m.cls in POLITIES
            and m.form is not Form.DEMONYM
        )

    def _persons(self, paragraph: Paragraph) -> list[tuple[int, int, int]]:
        """The same of persons, with the titles before or behind their names."""
        found = []
        for n, mention in enumerate(self.resolved.mentions):
            if mention.paragraph == paragraph.index and n in self.resolved.referents and _is_person(mention):
                titles = [p for p in self.phrases if n in p.persons]
                start = min(mention.start, *(p.start for p in titles)) if titles else mention.start
                end = max(mention.end, *(p.end for p in titles)) if titles else mention.end
                found.append((start, end, n))
        return sorted(found)

    def _joined_after(self, paragraph: Paragraph, k: int) -> tuple[str, ...]:
        """ "Yerevan and Nakhchivan": what "and" joins to a place or state on its right, unless it begins a clause."""
        mentions, doc = self.resolved.mentions, paragraph.doc
        here = self.resolved.entities[self.resolved.referents[k][0]].cls if k in self.resolved.referents else ""
        if here not in {"Place", "State", "HistoricalState"}:
            return ()
        end = mentions[k].end
        for n, other in enumerate(mentions):
            if (
                other.paragraph != paragraph.index
                or n not in self.resolved.referents
                or other.start <= end
                or other.start > end + 2
            ):
                continue
            between = doc[end : other.start].text.lower()
            between = "and" if between == "," and paragraph.block.kind == "title" else between
            told = other.form is not Form.DEMONYM  # "Ethiopia and the Spanish Civil War"
            same = told and {self.resolved.entities[x].cls for x in self.resolved.referents[n]} <= {here, "Place"}
            if between in {"and", "and the", ", and"} and same and not other.head(doc).dep_.startswith("nsubj"):
                return self.resolved.referents[n]
        return ()

    def _titled_after(self, paragraph: Paragraph, k: int) -> tuple[str, ...]:
        """ "President Sadat and Prime Minister Begin", "Gandhi, prime minister of India, and Bhutto, president": the
        person behind "and", unless a clause begins with it."""
        units = self._persons(paragraph)
        here = next((i for i, (*_, n) in enumerate(units) if n == k), len(units))
        if here + 1 < len(units) and _gap(paragraph.doc[units[here][1] : units[here + 1][0]]) == ", and":
            n = units[here + 1][2]
            if not self.resolved.mentions[n].head(paragraph.doc).dep_.startswith("nsubj"):
                return self.resolved.referents[n]
        mentions, doc, end = self.resolved.mentions, paragraph.doc, self.resolved.mentions[k].end
        if mentions[k].cls != "Person" or end >= len(doc) or doc[end].lower_ != "and":
            return ()
        starts = {end + 1, end + 2} if doc[end + 1 : end + 2].text.lower() in _DETERMINERS else {end + 1}
        for phrase in self.phrases:
            if phrase.paragraph == paragraph.index and phrase.start in starts:
                for n in phrase.persons:
                    head = mentions[n].head(doc)
                    if (
                        n in self.resolved.referents
                        and not head.dep_.startswith("nsubj")
                        and mentions[n].form is Form.NAME
                    ):
                        return self.resolved.referents[n]
        return ()

    def _joined_before(self, paragraph: Paragraph, k: int, verb: Token) -> tuple[str, ...]:
        """The entity on the left of "and" before a mention and its title, unless another verb has it as argument."""
        mentions, doc = self.resolved.mentions, paragraph.doc
        start = min([mentions[k].start, *(p.start for p in self.phrases if k in p.persons)])
        while start > 0 and doc[start - 1].lower_ in _DETERMINERS:
            start -= 1
        if start < 2 or doc[start - 1].lower_ != "and":
            return ()
        for n, other in enumerate(mentions):
            if other.paragraph == paragraph.index and other.end == start - 1 and n in self.resolved.referents:
                head = other.head(doc)
                taken = grammar.is_verb(head.head) and head.head.i != verb.i and head.head is not head
                kinds = {
                    _kind(self.resolved.entities[x].cls) for m in (n, k) for x in self.resolved.referents.get(m, ())
                }
                if len(kinds) == 1 and not taken:
                    return self.resolved.referents[n]
        return ()


def _gap(words: Span) -> str:
    return " ".join(t.lower_ for t in words if t.lower_ not in _DETERMINERS)


def _is_person(mention: Found) -> bool:
    return mention.cls == "Person" and mention.form in {Form.NAME, Form.NOMINAL}


def _kind(cls: str) -> str:
    return "Polity" if cls in POLITIES else cls
