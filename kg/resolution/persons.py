"""Names of persons: full names first, then surnames of those named in full or known by their office."""

from __future__ import annotations

from kg.extraction.page import Form
from kg.model import PartialDate
from kg.resolution.local import Local
from kg.resolution.reference import Record
from kg.slugs import slug


class Persons:
    """Resolves the persons named in one document."""

    def __init__(self, local: Local) -> None:
        self.local = local

    def full_names(self) -> None:
        """Names of two words and more."""
        for k in self.local.order:
            mention = self.local.mentions[k]
            if mention.cls != "Person" or mention.form is not Form.NAME or len(mention.text.split()) < 2:
                continue
            record = self._person_record(k)
            key = record.id if record else self.local.people.find(mention.text) or f"person/{slug(mention.text)}"
            self.local.entity(key, "Person", mention.text, record).aliases.add(mention.text)
            self.local.people.add(mention.text, key)
            self.local.referents[k] = (key,)

    def _person_record(self, k: int) -> Record | None:
        """The known person of this name who fits the time and the role told beside the name."""
        mention = self.local.mentions[k]
        records = [r for r in map(self.local.reference.get, mention.candidates) if r and r.cls == "Person"]
        if not records:
            records = [r for r in self.local.reference.by_name(mention.text) if r.cls == "Person"]
        return max(records, key=lambda r: (self._fits(r, k), r.prior), default=None)

    def _fits(self, record: Record, k: int) -> float:
        owners = {t.of for t in record.terms}
        told = {self.local.owner(p) for p in self.local.phrases if k in p.persons}
        score = 1.0 if owners & told else 0.0
        when = self.local.epochs[self.local.mentions[k].paragraph]
        if when is not None and any(_in_office(t.start, t.end, when) for t in record.terms):
            score += 0.5
        return score + (0.3 if owners & set(self.local.entities) else 0.0)

    def surnames(self) -> None:
        """Names of one word: someone named in full in the document, else a known holder of high office."""
        for k in self.local.order:
            mention = self.local.mentions[k]
            if (
                mention.cls != "Person"
                or k in self.local.referents
                or mention.form not in {Form.NAME, Form.SURNAME, Form.ACRONYM}
            ):
                continue
            key = self.local.people.find(mention.text)
            if key is None:
                key = self._known_surname(k)
            if key is None and mention.form is Form.NAME and not self.local.only_opens(k):
                key = f"person/{slug(mention.text)}"
                self.local.entity(key, "Person", mention.text)
            if key is not None:
                self.local.entities[key].aliases.add(mention.text)
                self.local.people.add(mention.text, key)
                self.local.referents[k] = (key,)

    def _known_surname(self, k: int) -> str | None:
        titled = any(k in p.persons for p in self.local.phrases)
        records = self.local.reference.persons_by_surname(self.local.mentions[k].text)
        fitting = [r for r in records if self._fits(r, k) >= (0.8 if titled else 1.0) or (titled and r.prior >= 0.8)]
        if not fitting:
            return None
        best = max(fitting, key=lambda r: (self._fits(r, k), r.prior))
        return self.local.adopt(best, self.local.mentions[k].text)


def _in_office(start: str | None, end: str | None, when: PartialDate) -> bool:
    return (
        bool(start) and (start or "") <= when.latest.isoformat() and (end is None or end >= when.earliest.isoformat())
    )
