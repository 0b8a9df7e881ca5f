"""What belongs to what by standing beside it: bodies and their states, towns and their countries."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from kg.extraction.lexicon import lexicon
from kg.extraction.notes import Notes
from kg.extraction.page import Form, Found
from kg.model import AGENTS, POLITIES, EntityRef


class Whereabouts:
    """Notes ``bodyOf`` and ``locatedIn`` from neighbouring names."""

    def __init__(self, notes: Notes) -> None:
        self.notes, self.page, self.resolved = notes, notes.page, notes.resolved

    def owners(self) -> None:
        """Whose a body is, where its name or its neighbour shows it."""
        for k, mention in enumerate(self.resolved.mentions):
            for key in self.resolved.referents.get(k, ()):
                entity = self.resolved.entities[key]
                if entity.cls == "GovernmentBody" and entity.of and self._shows(mention, entity.of):
                    passage = self.notes.passage(mention.paragraph, mention.start, mention.end)
                    self.notes.add(key, "bodyOf", EntityRef(entity.of), passage, "body")

        for one, two in self._adjacent_bodies():
            self.resolved.entities[one[2]].of = self.resolved.entities[one[2]].of or two[2]
            if self.resolved.entities[one[2]].of == two[2]:
                self.notes.add(one[2], "bodyOf", EntityRef(two[2]), self.notes.passage(one[0], one[1], two[3]), "body")

    def _adjacent_bodies(self) -> Iterator[tuple[tuple[int, int, str, int], tuple[int, int, str, int]]]:
        """ "the Protocol Department at the Foreign Ministry": a body and the one it is part of."""
        bodies = [
            (m.paragraph, m.start, keys[0], m.end)
            for k, m in enumerate(self.resolved.mentions)
            if (keys := self.resolved.referents.get(k, ()))
            and self.resolved.entities[keys[0]].cls in AGENTS - {"Person"}
        ]
        ordered = sorted(bodies)
        for one, two in itertools.pairwise(ordered):
            if (
                one[0] == two[0]
                and one[3] < two[1]
                and self.resolved.entities[one[2]].cls == "GovernmentBody"
                and one[2] != two[2]
            ):
                between = self.page.paragraphs[one[0]].doc[one[3] : two[1]].text.lower()
                if re.fullmatch(r"(at|of|in) ?(the)?", between):
                    yield one, two

    def _shows(self, mention: Found, owner: str) -> bool:
        return any(
            owner in self.resolved.referents.get(k, ())
            for k, m in enumerate(self.resolved.mentions)
            if mention.holds(m)
        )

    def places(self) -> None:
        """ "Tianjin, China", "Amiens in France", "Moscow's Vnukovo airport", "eastern regions of Georgia"."""
        spatial = POLITIES | {"Place"}
        mentions = [
            (m.paragraph, m.start, m.end, keys[0])
            for k, m in enumerate(self.resolved.mentions)
            if len(keys := self.resolved.referents.get(k, ())) == 1
            and self.resolved.entities[keys[0]].cls in spatial
            and m.form in {Form.NAME, Form.ACRONYM, Form.SEAT}
        ]
        ordered = sorted(set(mentions))
        for one, two in itertools.pairwise(ordered):
            if one[0] != two[0] or one[3] == two[3]:
                continue
            if self.resolved.entities[one[3]].cls != "Place":
                continue
            between = self.page.paragraphs[one[0]].doc[one[2] : two[1]].text.strip().lower()
            between = re.sub(r"^\(\w+\)", "", between).strip()  # "Guangzhou (Canton), China"
            if between in {"'s", "’s"} and self.resolved.entities[two[3]].cls == "Place":
                self.notes.add(
                    two[3], "locatedIn", EntityRef(one[3]), self.notes.passage(one[0], one[1], two[2]), "located"
                )
            elif one[1] <= two[1] and two[2] <= one[2]:
                self.notes.add(
                    one[3], "locatedIn", EntityRef(two[3]), self.notes.passage(one[0], one[1], one[2]), "located"
                )
            elif between in {",", "in", "in the"} and not self._is_apart(one[0], one[1], two[2]):
                self.notes.add(
                    one[3], "locatedIn", EntityRef(two[3]), self.notes.passage(one[0], one[1], two[2]), "located"
                )

    def by_adjective(self) -> None:
        """ "the Russian city of Kazan", "the Turkish capital, Ankara", "Iraqi Kurdistan"."""
        states = [
            (m, keys[0])
            for k, m in enumerate(self.resolved.mentions)
            if m.form is Form.DEMONYM and len(keys := self.resolved.referents.get(k, ())) == 1
        ]
        for k, mention in enumerate(self.resolved.mentions):
            keys = self.resolved.referents.get(k, ())
            if len(keys) != 1 or self.resolved.entities[keys[0]].cls != "Place" or mention.form is Form.NOMINAL:
                continue
            doc = self.page.paragraphs[mention.paragraph].doc
            for state, key in states:
                near = state.paragraph == mention.paragraph and 0 <= mention.start - state.end <= 4
                words = (
                    [t.lower_ for t in doc[state.end : mention.start] if t.text not in {",", "-"}] if near else ["?"]
                )
                if self.resolved.entities[key].cls in POLITIES and _names_a_town(words):
                    passage = self.notes.passage(mention.paragraph, state.start, mention.end)
                    self.notes.add(keys[0], "locatedIn", EntityRef(key), passage, "located")

    def _is_apart(self, paragraph: int, start: int, end: int) -> bool:
        """Whether two names side by side are no place and where it lies: a list, "according to Kommersant, Oman"."""
        before = self.page.paragraphs[paragraph].doc[max(0, start - 2) : start].text.lower()
        return before == "according to" or self._is_list(paragraph, start, end)

    def _is_list(self, paragraph: int, start: int, end: int) -> bool:
        """ "in Gaza, Syria, Lebanon and Iran" is no chain of places."""
        doc = self.page.paragraphs[paragraph].doc
        after = doc[end].text if end < len(doc) else ""
        before = doc[start - 1].text if start else ""
        if after in {",", ")", ""} or before in {","}:
            following = doc[end + 1 : end + 6].text if end + 1 < len(doc) else ""
            return before == "," or (bool(re.match(r"(and\b|[A-Z]\w+( and|,))", following)) and after == ",")
        return after in {"and", "or"}


def _names_a_town(words: list[str]) -> bool:
    """Whether the words between a state's adjective and a place's name say that it is one: "port city of", none."""
    named = [w for w in words if w != "of"]
    return not words or (bool(named) and all(w in lexicon().settlements | lexicon().place_heads for w in named))
