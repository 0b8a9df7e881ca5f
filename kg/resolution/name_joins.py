"""Two names for one thing: "the University (ATSMU)", "the upper house, the Federation Council", "the Assembly"."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from kg.model import ORGANISATIONS
from kg.resolution.judging.spelling import name
from kg.resolution.local import Local


class NameJoins:
    """Joins such names in one document."""

    def __init__(self, local: Local) -> None:
        self.local = local

    def acronyms(self) -> None:
        """A name and the acronym in brackets behind it are one, wherever the text has it: "... University (ATSMU)"."""
        by_start = {(m.paragraph, m.start): k for k, m in enumerate(self.local.mentions)}
        for k in self.local.order:
            mention = self.local.mentions[k]
            doc = self.local.page.paragraphs[mention.paragraph].doc
            if k not in self.local.referents or mention.end + 2 >= len(doc) or doc[mention.end].text not in {"(", "["}:
                continue
            inner = by_start.get((mention.paragraph, mention.end + 1))
            text = doc[mention.end + 1].text
            if text.isupper() and len(text) > 1 and doc[mention.end + 2].text in {")", "]"}:
                if inner is not None and self._known_by(k, inner):
                    self._merge_into(k, self.local.referents[inner][0])
                    continue
                self.local.entities[self.local.referents[k][0]].aliases.add(text)
                if (inner is not None and inner not in self.local.referents) or (
                    inner is not None and self._initials(k, text)
                ):
                    key = self.local.referents[k][0]
                    for n, other in enumerate(self.local.mentions):
                        if other.text == text:
                            self._merge_into(n, key)

    def appositions(self) -> None:
        """ "Russia's upper house, the Federation Council": the description is the body named behind it, or before."""
        bodies = [
            k for k in self.local.order if k in self.local.referents and self.local.mentions[k].cls == "GovernmentBody"
        ]
        for one, two in pairwise(bodies):
            a, b = self.local.mentions[one], self.local.mentions[two]
            if a.paragraph != b.paragraph or self.local.referents[one] == self.local.referents[two]:
                continue
            between = self.local.page.paragraphs[a.paragraph].doc[a.end : b.start].text.lower()
            known = [self.local.entities[self.local.referents[k][0]].record for k in (one, two)]
            if re.fullmatch(r", ?(the)?", between) and (known[0] is None) != (known[1] is None):
                self._merge_into(
                    *((one, self.local.referents[two][0]) if known[0] is None else (two, self.local.referents[one][0]))
                )

    def last_words(self) -> None:
        """ "The Assembly", of which nothing is known, is the General Assembly that was named before it."""
        named: dict[str, str] = {}
        for k in self.local.order:
            mention = self.local.mentions[k]
            entity = self.local.entities.get(next(iter(self.local.referents.get(k, ())), ""))
            if entity is None or entity.cls not in ORGANISATIONS:
                continue
            *before, last = mention.text.split()
            if before:
                named[last] = entity.key
            elif entity.record is None and named.get(last, entity.key) != entity.key:
                self._merge_into(k, named[last])
                self.local.entities[named[last]].aliases.discard(last)  # no name of it in other texts

    def _known_by(self, k: int, inner: int) -> bool:
        """Whether the acronym is that of a known body, of whose name the unknown one before it has the words, or less
        or more: "the UN's International Atomic Energy Agency (IAEA)"."""
        one, two = (self.local.entities.get(next(iter(self.local.referents.get(n, ())), "")) for n in (k, inner))
        if one is None or two is None or one.record or two.record is None:
            return False
        words, known = (frozenset(name(text).words) for text in (self.local.mentions[k].text, two.name))
        return words <= known or known <= words

    def _initials(self, k: int, acronym: str) -> bool:
        words = [w for w in re.findall(r"\w+", self.local.mentions[k].text) if w[0].isupper()]
        return "".join(w[0] for w in words).upper() == acronym

    def _merge_into(self, k: int, key: str) -> None:
        old = self.local.referents.get(k)
        self.local.referents[k] = (key,)
        self.local.mentions[k] = replace(self.local.mentions[k], cls=self.local.entities[key].cls)
        if old and old[0] != key and not self.local.entities[old[0]].record:
            for n, keys in self.local.referents.items():
                self.local.referents[n] = tuple(key if x == old[0] else x for x in keys)
            self.local.entities[key].aliases |= self.local.entities.pop(old[0]).aliases
