"""Names of states, places and organisations: which of the known ones is meant, else an entity of its own."""

from __future__ import annotations

from dataclasses import replace

from kg.extraction.frames import SUBJECTS
from kg.extraction.lexicon import lexicon
from kg.extraction.page import Form, Found
from kg.model import ORGANISATIONS, POLITIES
from kg.resolution.bodies import body_identity, kind_of
from kg.resolution.judging.deciding import Judgement
from kg.resolution.judging.spelling import name
from kg.resolution.local import Local, existed
from kg.resolution.mention_judging import MentionJudge, links
from kg.resolution.records import Record
from kg.slugs import slug

_WORDS = 3
"""Fewer, in another order, say too little: "State Bank" and "Bank State"."""


class Naming:
    """Resolves the names of one document."""

    def __init__(self, local: Local, judge: MentionJudge) -> None:
        self.local, self.judge = local, judge

    def name(self, k: int) -> None:
        """Resolve a name by the reference data, or as a body by what it is and whose."""
        mention = self.local.mentions[k]
        if self.local.ambiguous(k):
            self._namesake(k)
            return
        record = self._choose(k) or self._reordered(k)
        if record is not None and record.cls == "Person":
            self.local.mentions[k] = replace(mention, cls="Person")
            return
        if record is not None:
            record = self.local.in_time(record, mention)
            self.local.referents[k] = (self.local.adopt(record, mention.text),)
            self.local.mentions[k] = replace(mention, cls=record.cls)
            return
        if mention.cls == "GovernmentBody":
            self._body(k)
            return
        if mention.form is Form.SEAT or len(mention.text.split()) > 1:
            self.unknown(k)

    def _reordered(self, k: int) -> Record | None:
        """The known organisation with the same words: "General Assembly of the United Nations"."""
        text = self.local.mentions[k].text
        if self.local.mentions[k].cls not in ORGANISATIONS or len(text.split()) < _WORDS:
            return None
        known = self.judge.known
        found = [r for cls in sorted(ORGANISATIONS) for r in known.spelled_alike(text, cls) if _same_words(text, r)]
        return found[0] if len(found) == 1 else None

    def _namesake(self, k: int) -> None:
        """One of several places or organisations of this name, or none for sure, by what the text names besides."""
        mention = self.local.mentions[k]
        records = self.local.records(k)
        decision = self.judge.name(k, records[0].cls, records)
        best = self.local.reference.get(decision.candidates[0].id) if decision.candidates else None
        if best is None or decision.judgement is Judgement.NEGATIVE:
            self.unknown(k)
            return
        sure = decision.judgement is Judgement.POSITIVE
        key = self.local.adopt(best, mention.text) if sure else self.local.entity(best.id, best.cls, mention.text).key
        self.local.entities[key].links = links(decision, self.judge.known)
        self.local.referents[k] = (key,)
        self.local.mentions[k] = replace(mention, cls=best.cls)

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
        elif mention.cls and mention.form is not Form.DEMONYM and not self.local.only_opens(k):
            key = f"{folder(mention.cls)}/{slug(mention.text)}"
            self.local.entity(key, mention.cls, mention.text).aliases.add(mention.text)
            self.local.referents[k] = (key,)

    def _choose(self, k: int) -> Record | None:
        mention = self.local.mentions[k]
        records = self.local.records(k)
        if not records:
            return None
        if mention.form is Form.SEAT:
            place = next((r for r in records if r.cls == "Place"), None)
            polities = sorted((r for r in records if r.cls != "Place"), key=lambda r: r.cls != "State")
            polity = self._by_time(polities, mention) if polities else None
            if place is None and self._is_location(k):
                return None
            return place if place is not None and (polity is None or self._is_location(k)) else polity
        if mention.form is Form.DEMONYM and self._of_no_state(mention):
            return None
        if mention.form is Form.DEMONYM:
            return self._by_time([r for r in records if r.cls in POLITIES] or records, mention)
        return self._by_time(records, mention)

    def _of_no_state(self, mention: Found) -> bool:
        """ "the Indians" of North America: the text does not name the state that the word may be of."""
        doc = self.local.page.paragraphs[mention.paragraph].doc
        words = [t.lower_ for t in doc[: mention.end + 1]]
        lengths = ((i, lexicon().of_no_state.length(words, i)) for i in range(max(0, mention.start - 1), mention.end))
        if not any(length and i + length > mention.start for i, length in lengths):
            return False
        named = (m for m in self.local.mentions if m.form is Form.NAME)
        return not any(set(m.candidates) & set(mention.candidates) for m in named)

    def _by_time(self, records: list[Record], mention: Found) -> Record:
        """Of two states that share a name the one that existed; else the likeliest."""
        when = self.local.epochs[mention.paragraph]
        records = sorted(
            records,
            key=lambda r: (r.cls not in POLITIES, -r.prior) if r.cls in {"Place", *POLITIES} else (False, -r.prior),
        )
        states = [r for r in records if r.cls in POLITIES]
        if when is None or len(states) < 2 or records[0].cls not in POLITIES:
            return records[0]
        existing = [r for r in states if existed(r, when)]
        return (existing or records)[0]

    def _is_location(self, k: int) -> bool:
        """Whether a capital's name stands for the place: things happen in it, people go to it."""
        head = self.local.head(k)
        first = self.local.page.paragraphs[self.local.mentions[k].paragraph].doc[self.local.mentions[k].start]
        marker = next((c.lower_ for c in head.children if c.dep_ == "case" and c.i < first.i), "")
        if head.dep_ in {"compound", "nmod", "nmod:desc"} and head.head.lemma_.lower() in lexicon().place_rooms:
            return True
        if self._beside_date(self.local.mentions[k]):
            return True
        if head.dep_ in {"nmod:poss", *SUBJECTS}:
            return head.dep_ == "nmod:poss" and head.head.lemma_.lower() in self.local.lexicon.place_heads
        if marker in {"in", "at", "near", "outside", "around"}:
            return True
        if marker in {"to", "from", "into"}:
            return head.head.lemma_ in lexicon().verbs_travel or head.head.head.lemma_ in lexicon().verbs_travel
        if head.dep_ in {"appos", "list", "root", "ROOT"} and first.i > 0:
            return first.nbor(-1).text in {",", "("}
        return head.dep_ == "obj" and head.head.lemma_ in lexicon().verbs_to_places

    def _beside_date(self, mention: Found) -> bool:
        """ "3 May 1921, Lima", "Lima, 3 May 1921", "Place: Lima": where and when something was."""
        doc = self.local.page.paragraphs[mention.paragraph].doc
        after = [t for t in doc[mention.end : mention.end + 2] if not t.is_space]
        before = [t for t in doc[max(0, mention.start - 2) : mention.start] if not t.is_space]
        ends = not after or "\n" in doc[mention.end : mention.end + 2].text
        if len(after) == 2 and after[0].text == "," and (after[1].like_num or after[1].lower_ in lexicon().months):
            return True
        dated = len(before) == 2 and before[1].text == "," and before[0].like_num
        return ends and (dated or (len(before) > 0 and before[-1].text in {":", "**"}))

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
