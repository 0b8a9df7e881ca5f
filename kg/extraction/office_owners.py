"""Whose office a title is of: "Russia's president", "the presidents of Chile and Peru", "King Harald of Norway"."""

from __future__ import annotations

from spacy.tokens import Doc

from kg.extraction.page import Form, Found, OfficePhrase
from kg.model import ORGANISATIONS, POLITIES

OWNERS = POLITIES | ORGANISATIONS
_SKIPPED = {"'s", "’s", "'", "’", "the", "new", "then", "current", "veteran", "visiting", "country", "longtime"}


class OfficeOwners:
    """Finds the owners beside the titles of one parse, as indexes into ``mentions``, which may grow."""

    def __init__(self, doc: Doc, mentions: list[Found]) -> None:
        self.doc, self.mentions = doc, mentions

    def before(self, start: int) -> tuple[int | None, int]:
        """The state or organisation right before the role ("Iran's", "the Russian"), and where the phrase begins."""
        i = start - 1
        while i >= 0 and self.doc[i].lower_ in _SKIPPED:
            i -= 1
        possessive = any(t.tag_ == "POS" or t.lower_ in {"'s", "’s", "'", "’"} for t in self.doc[i + 1 : start])
        owners = [
            k
            for k, m in enumerate(self.mentions)
            if m.end == i + 1 and m.cls in OWNERS and m.form is not Form.GROUP and (possessive or self._modifies(m))
        ]
        if not owners:
            left = start - 1 if start and self.doc[start - 1].lower_ == "the" else start
            return None, left
        k = max(owners, key=lambda n: self.mentions[n].end - self.mentions[n].start)
        left = self.mentions[k].start
        if left and self.doc[left - 1].lower_ == "the":
            left -= 1
        return k, left

    def listed(self, start: int, before: list[OfficePhrase]) -> int | None:
        """ "Russian Energy Minister A, Deputy Foreign Minister B and C": the state of the first holds for the list."""
        if not before or start < 1 or self.doc[start - 1].lower_ not in {",", "and"}:
            return None
        last = before[-1]
        ends = [self.mentions[k].end for k in last.persons]
        gap = start - max(ends, default=-9)
        return last.of if 0 < gap <= 2 else None

    def behind_name(self, person: int) -> int | None:
        """ "King Harald of Norway": the state behind the name of the holder."""
        i = self.mentions[person].end
        if i + 1 >= len(self.doc) or self.doc[i].lower_ != "of":
            return None
        return self._polity_at(i + 1 + (self.doc[i + 1].lower_ == "the"))

    def of_each(self, start: int, end: int) -> list[int]:
        """The states of several holders, in order: "the Azerbaijani and Armenian ministers", "ministers of A and B"."""
        first = self.before(start)[0]
        if first is not None:
            return self._joined_before(first)
        behind = end < len(self.doc) and self.doc[end].lower_ in {"of", "from"}
        return self._joined_from(end + 1) if behind else []

    def first_of_all(self, left: int) -> int:
        """Where "the Russian and Iranian presidents" begins; ``left`` is where its last owner does."""
        last = next((k for k, m in enumerate(self.mentions) if m.start == left and m.cls in POLITIES), None)
        return self.mentions[self._joined_before(last)[0]].start if last is not None else left

    def end_of_all(self, stop: int) -> int:
        """Where "the presidents of Russia, Iran and China" ends; ``stop`` is behind its first owner."""
        first = next((m for m in self.mentions if m.end == stop and m.cls in POLITIES), None)
        if first is None:
            return stop
        named = self._joined_from(first.start)
        last = self.mentions[named[-1]] if named else first
        closed = any(t.lower_ == "and" for t in self.doc[stop : last.start])
        return last.end if closed else stop

    def _joined_before(self, last: int) -> list[int]:
        """The polity and those that "and" or a comma joins to it on its left, in the order of the text."""
        found = [last]
        while (left := self.mentions[found[0]].start) > 1 and self.doc[left - 1].lower_ in {"and", ","}:
            before = (k for k, m in enumerate(self.mentions) if m.end == left - 1 and m.cls in POLITIES)
            first = next((k for k in before if self.mentions[k].form is not Form.GROUP), None)
            if first is None:
                break
            found.insert(0, first)
        return found

    def _joined_from(self, i: int) -> list[int]:
        """The polities of the list that begins at a token: "Russia, Iran and China"."""
        found: list[int] = []
        while i < len(self.doc):
            here = self._polity_at(i + (self.doc[i].lower_ == "the"))
            if here is None:
                break
            found.append(here)
            i = self.mentions[here].end
            if i >= len(self.doc) or self.doc[i].lower_ not in {"and", ","}:
                break
            i += 1 + (self.doc[i].text == "," and i + 1 < len(self.doc) and self.doc[i + 1].lower_ == "and")
        return found

    def _polity_at(self, start: int) -> int | None:
        here = ((m.end, k) for k, m in enumerate(self.mentions) if m.start == start and m.cls in POLITIES)
        return max((each for each in here if self.mentions[each[1]].form is not Form.DEMONYM), default=(0, None))[1]

    def _modifies(self, mention: Found) -> bool:
        """ "US President", "Russian President", not "In Turkey Minister X"."""
        if mention.form in {Form.DEMONYM, Form.ACRONYM, Form.SEAT} or mention.cls not in POLITIES:
            return True
        return self.doc[mention.start - 1].pos_ != "ADP" if mention.start else True
