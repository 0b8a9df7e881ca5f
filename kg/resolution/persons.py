"""Names of persons: full names first, then surnames of those named in full or known by their office."""

from __future__ import annotations

from kg.extraction.page import Form
from kg.resolution.folding import fold
from kg.resolution.judging.deciding import Decision, Judgement
from kg.resolution.judging.rules import thresholds
from kg.resolution.local import Local
from kg.resolution.mention_judging import MentionJudge, links
from kg.resolution.names import words_of
from kg.resolution.offices import canonical
from kg.resolution.records import Record
from kg.slugs import slug


class Persons:
    """Resolves the persons named in one document."""

    def __init__(self, local: Local, judge: MentionJudge) -> None:
        self.local, self.judge = local, judge

    def full_names(self) -> None:
        """Names of two words and more."""
        for k in self.local.order:
            mention = self.local.mentions[k]
            if mention.cls != "Person" or mention.form is not Form.NAME or len(mention.text.split()) < 2:
                continue
            self._enter(k, self._full_name(k))

    def surnames(self) -> None:
        """Names of one word: someone named in full in the document, else a known holder of high office."""
        for k in self.local.order:
            mention = self.local.mentions[k]
            if k in self.local.referents or mention.form not in {Form.NAME, Form.SURNAME, Form.ACRONYM}:
                continue
            if mention.cls == "Place" and not mention.candidates:
                named = self.local.people.find(mention.text) or self._first_word(mention.text)
                if named is not None:
                    self._enter(k, named)
            if mention.cls != "Person":
                continue
            named = self.local.people.find(mention.text)
            key = (named and self._namesake(k, named)) or named or self._known_surname(k)
            key = key or self._first_word(mention.text)
            if key is None and mention.form is Form.NAME and not self.local.only_opens(k):
                key = _key(mention.text)
                self.local.entity(key, "Person", mention.text)
            if key is not None:
                self._enter(k, key)

    def _namesake(self, k: int, named: str) -> str | None:
        """ "President Kennedy", where only his brother, the Attorney General, is named in full: who had that office."""
        text, record = self.local.mentions[k].text, self.local.reference.get(self.local.entities[named].record or "")
        here, elsewhere = set(), {canonical(t.office) for t in record.terms} if record is not None else set()
        for phrase in self.local.phrases:
            for n in phrase.persons:
                if self.local.mentions[n].text == text:
                    here.add(canonical(phrase.role))
                elif self.local.referents.get(n) == (named,):
                    elsewhere.add(canonical(phrase.role))
        return self._known_surname(k) if here and here.isdisjoint(elsewhere) else None

    def _first_word(self, text: str) -> str | None:
        """The only person of the text whose full name begins with this word: "Abiy" after Abiy Ahmed."""
        found = {
            key
            for key, entity in self.local.entities.items()
            for name in (entity.aliases if entity.cls == "Person" else ())
            if len(words := words_of(name)) > 1 and fold(words[0]) == fold(text)
        }
        return found.pop() if len(found) == 1 else None

    def _enter(self, k: int, key: str) -> None:
        text = self.local.mentions[k].text
        self.local.entities[key].aliases.add(text)
        self.local.people.add(text, key)
        self.local.referents[k] = (key,)

    def _full_name(self, k: int) -> str:
        """The known person of this name whom the text allows, or perhaps; else someone else of this name."""
        text = self.local.mentions[k].text
        decision = self.judge.person(k, self._of_name(k))
        if decision.judgement is Judgement.POSITIVE:
            return self._known(k, decision)
        named = self.local.people.find(text)
        if named is not None:
            return named
        if decision.judgement is Judgement.UNSURE:
            return self._perhaps(k, decision)
        key = _key(text)
        entity = self.local.entity(f"{key}-2" if key in self.local.reference else key, "Person", text)
        entity.links = entity.links or links(decision, self.judge.known)
        return entity.key

    def _of_name(self, k: int) -> list[Record]:
        mention = self.local.mentions[k]
        given = [r for r in map(self.local.reference.get, mention.candidates) if r]
        exact = [r for r in given or self.local.reference.by_name(mention.text) if r.cls == "Person"]
        known = self.judge.known
        return exact or known.spelled_alike(mention.text, "Person") or known.with_initials(mention.text)

    def _known(self, k: int, decision: Decision) -> str:
        record = self.local.reference.get(decision.candidates[0].id)
        assert record is not None
        entity = self.local.entity(record.id, "Person", record.name, record)
        entity.record, entity.name = record.id, record.name
        entity.links = links(decision, self.judge.known)
        return entity.key

    def _perhaps(self, k: int, decision: Decision) -> str:
        """An entity under the id of the likeliest record of its very name, which it is not said to be."""
        best, text = decision.candidates[0], self.local.mentions[k].text
        key = best.id if best.features["name"] >= thresholds().sure_name else _key(text)
        entity = self.local.entity(key, "Person", text)
        entity.links = entity.links or links(decision, self.judge.known)
        return entity.key

    def _known_surname(self, k: int) -> str | None:
        """A person whom this word alone means here; who is only possible is not taken."""
        text = self.local.mentions[k].text
        titled = any(k in p.persons for p in self.local.phrases)
        records = self.local.reference.persons_by_surname(text)
        weak = [r for r in records if fold(text) in map(fold, r.weak)]
        decision = self.judge.person(k, records if titled else [r for r in records if r not in weak])
        return self._known(k, decision) if decision.judgement is Judgement.POSITIVE else None


def _key(text: str) -> str:
    """The id of somebody of this name; honorifics are no part of it, where two words are left."""
    words = words_of(text)
    return f"person/{slug(' '.join(words) if len(words) > 1 else text)}"
