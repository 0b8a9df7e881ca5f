"""Names of states, places and organisations: which of the known ones is meant, else an entity of its own."""

from __future__ import annotations

from dataclasses import replace

from kg.extraction.lexicon import lexicon
from kg.extraction.page import Form, Found
from kg.model import ORGANISATIONS, POLITIES
from kg.resolution.bodies import body_identity, kind_of
from kg.resolution.judging.deciding import Decision, Judgement
from kg.resolution.judging.spelling import name
from kg.resolution.local import Local
from kg.resolution.mention_judging import MentionJudge, links
from kg.resolution.records import Record
from kg.resolution.stance import is_location
from kg.resolution.state_judging import StateJudge
from kg.slugs import slug

_WORDS = 3
"""Fewer, in another order, say too little: "State Bank" and "Bank State"."""


class Naming:
    """Resolves the names of one document."""

    def __init__(self, local: Local, judge: MentionJudge) -> None:
        self.local, self.judge, self.states = local, judge, StateJudge(judge)
        self.surnames = _surnames(local)

    def name(self, k: int) -> None:
        """Resolve a name by the reference data, or as a body by what it is and whose."""
        mention = self.local.mentions[k]
        records = [] if self._of_no_state(mention) else self.local.records(k)
        if not records:
            records = self._reordered(k)
        if self._is_surname(k, records):
            self.local.mentions[k] = replace(mention, cls="Person", form=Form.SURNAME)
        elif any(each.cls in POLITIES for each in records) or (records and mention.form is Form.SEAT):
            self._judged(k, self.states.decide(k, records))
        elif len(records) > 1:
            self._judged(k, self.judge.name(k, records[0].cls, records))
        elif records and records[0].cls == "Person":
            self.local.mentions[k] = replace(mention, cls="Person")
        elif records:
            told = self._body_of_kind(k) if mention.text.lower() in lexicon().body_nominal else None
            self._refer(k, told or self.local.adopt(records[0], mention.text))
        elif mention.cls == "GovernmentBody":
            self._body(k)
        elif mention.form is Form.SEAT or len(mention.text.split()) > 1:
            self.unknown(k)

    def _is_surname(self, k: int, records: list[Record]) -> bool:
        """Whether a town's name is that of somebody whom the text names in full: "Washington warned the nation"."""
        mention = self.local.mentions[k]
        town = mention.form is Form.SEAT or (records and all(each.cls == "Place" for each in records))
        return bool(town) and mention.text in self.surnames and not is_location(self.local, k)

    def _judged(self, k: int, decision: Decision) -> None:
        """One of several of this name, or none for sure."""
        mention = self.local.mentions[k]
        best = self.local.reference.get(decision.candidates[0].id) if decision.candidates else None
        if best is None or decision.judgement is Judgement.NEGATIVE:
            self.unknown(k)
            return
        sure = decision.judgement is Judgement.POSITIVE
        key = self.local.adopt(best, mention.text) if sure else self.local.entity(best.id, best.cls, mention.text).key
        self.local.entities[key].judged(links(decision, self.judge.known))
        self._refer(k, key)

    def _refer(self, k: int, key: str) -> None:
        self.local.referents[k] = (key,)
        self.local.mentions[k] = replace(self.local.mentions[k], cls=self.local.entities[key].cls)

    def _reordered(self, k: int) -> list[Record]:
        """The one known organisation with the same words: "General Assembly of the United Nations"."""
        text = self.local.mentions[k].text
        if self.local.mentions[k].cls not in ORGANISATIONS or len(text.split()) < _WORDS:
            return []
        known = self.judge.known
        found = [r for cls in sorted(ORGANISATIONS) for r in known.spelled_alike(text, cls) if _same_words(text, r)]
        return found if len(found) == 1 else []

    def unknown(self, k: int) -> None:
        """A name that is not in the reference data: a person named in full elsewhere, else a thing of its own.

        A single word at the head of a sentence is a name only if the text has it elsewhere with a capital too."""
        mention = self.local.mentions[k]
        if mention.form is Form.SEAT:
            mention = self.local.mentions[k] = replace(mention, cls="Place")
        person = self.local.people.find(mention.text) if len(mention.text.split()) == 1 else None
        if person is not None:
            self.local.mentions[k] = replace(mention, cls="Person")
            self.local.entities[person].aliases.add(mention.text)
            self.local.referents[k] = (person,)
        elif (whole := self._by_head(k)) is not None:
            self.local.refer(k, (whole,))
        elif mention.cls and mention.form is not Form.DEMONYM and not self.local.only_opens(k):
            key = f"{folder(mention.cls)}/{slug(mention.text)}"
            self.local.entity(key, mention.cls, mention.text).aliases.add(mention.text)
            self.local.referents[k] = (key,)

    def _by_head(self, k: int) -> str | None:
        """ "the League" behind the League of Nations: the only organisation named before with this head."""
        mention = self.local.mentions[k]
        doc, word = self.local.page.paragraphs[mention.paragraph].doc, mention.text.lower()
        if word not in lexicon().organisation_heads or not mention.start or doc[mention.start - 1].lower_ != "the":
            return None
        before = self.local.before(k, ORGANISATIONS, len(self.local.page.paragraphs))
        headed = {key for n, key in before if _head_word(self.local.mentions[n].text) == word}
        return headed.pop() if len(headed) == 1 else None

    def _of_no_state(self, mention: Found) -> bool:
        """ "the Indians" of North America: the text does not name the state that the word may be of."""
        if mention.form is not Form.DEMONYM:
            return False
        doc = self.local.page.paragraphs[mention.paragraph].doc
        words = [t.lower_ for t in doc[: mention.end + 1]]
        lengths = ((i, lexicon().of_no_state.length(words, i)) for i in range(max(0, mention.start - 1), mention.end))
        if not any(length and i + length > mention.start for i, length in lengths):
            return False
        named = (m for m in self.local.mentions if m.form is Form.NAME)
        return not any(set(m.candidates) & set(mention.candidates) for m in named)

    def _body(self, k: int) -> None:
        """A body by what it is and whose: "Iran's Foreign Ministry" and "the Iranian Foreign Ministry" are one."""
        mention = self.local.mentions[k]
        owner = next(
            (
                self.local.referents[n][0]
                for n, m in enumerate(self.local.mentions)
                if n in self.local.referents and n != k and mention.holds(m) and m.cls in POLITIES | ORGANISATIONS
            ),
            None,
        )
        if owner is None:
            known = self._body_of_kind(k)
            if known is not None:
                self.local.referents[k] = (known,)
                return
        name, key, record = body_identity(mention.text, owner, self.local.entities, self.local.reference)
        if record is not None:
            self.local.referents[k] = (self.local.adopt(record, mention.text),)
            return
        entity = self.local.entity(key, "GovernmentBody", name)
        entity.aliases.add(mention.text)
        entity.of = entity.of or owner
        self.local.referents[k] = (key,)

    def _body_of_kind(self, k: int) -> str | None:
        """ "the Foreign Ministry" after "Iran's Foreign Ministry": the body of that kind told of last."""
        local, kind = self.local, kind_of(self.local.mentions[k].text, None)
        for n in reversed(local.order[: local.order.index(k)]):
            entity = local.entities.get(next(iter(local.referents.get(n, ())), ""))
            if entity is not None and entity.cls == "GovernmentBody" and entity.of:
                owner = local.entities.get(entity.of)
                if any(kind_of(alias, owner) == kind for alias in entity.aliases):
                    return entity.key
        return None


def _surnames(local: Local) -> frozenset[str]:
    """The last words of the persons whom the document names in full."""
    full = (m.text.split() for m in local.mentions if m.cls == "Person" and m.form is Form.NAME)
    return frozenset(words[-1] for words in full if len(words) > 1)


def folder(cls: str) -> str:
    """What the ids of a class begin with."""
    return {
        "GovernmentBody": "body",
        "InternationalOrganisation": "organisation",
        "HistoricalState": "historical-state",
    }.get(cls, cls.lower())


def _same_words(text: str, record: Record) -> bool:
    words = sorted(name(text).words)
    return any(sorted(name(each).words) == words for each in (record.name, *record.aliases))


def _head_word(name: str) -> str:
    """The last word of a name before "of" or "for", in lower case."""
    words = name.lower().split()
    stop = next((i for i, word in enumerate(words) if word in {"of", "for", "on"}), len(words))
    return words[stop - 1] if stop else ""
