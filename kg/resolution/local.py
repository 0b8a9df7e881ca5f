"""One document under resolution: its mentions, and the entities and roles found so far."""

from __future__ import annotations

import re

from spacy.tokens import Token

from kg.extraction.frames import verbal_arguments
from kg.extraction.grammar import is_verb
from kg.extraction.lexicon import lexicon
from kg.extraction.page import Form, Found, LocalEntity, OfficePhrase, Page
from kg.model import ORGANISATIONS, PartialDate
from kg.resolution.epochs import epochs
from kg.resolution.names import NameIndex
from kg.resolution.records import Record
from kg.resolution.reference import Reference

_MARGIN = 5  # years


class Local:
    """What the steps of resolution share and fill in.

    ``referents`` are the keys of the entities of each mention by its index, ``order`` the mentions as the text has
    them, ``people`` the persons named so far, ``roles`` who holds an office, and of what.
    """

    def __init__(self, page: Page, mentions: list[Found], phrases: list[OfficePhrase], reference: Reference) -> None:
        self.page, self.mentions, self.phrases, self.reference = page, mentions, phrases, reference
        self.epochs = epochs(page)
        self.entities: dict[str, LocalEntity] = {}
        self.referents: dict[int, tuple[str, ...]] = {}
        self.order = sorted(
            range(len(mentions)), key=lambda k: (mentions[k].paragraph, mentions[k].start, -mentions[k].end)
        )
        self.people = NameIndex()
        self.roles: dict[str, list[tuple[str, str | None]]] = {}
        self.lexicon = lexicon()

    def is_name(self, k: int) -> bool:
        """Whether the mention ``k`` refers by a name of any kind."""
        return self.mentions[k].form in {Form.NAME, Form.ACRONYM, Form.DEMONYM, Form.SEAT}

    def records(self, k: int) -> list[Record]:
        """The known entities that the mention ``k`` may be by its name."""
        return [r for r in map(self.reference.get, dict.fromkeys(self.mentions[k].candidates)) if r is not None]

    def ambiguous(self, k: int) -> bool:
        """Whether the words around the name of a town or an organisation tell which one it is, or its government."""
        form, records = self.mentions[k].form, self.records(k)
        if form is Form.SEAT:
            return True
        several = form in {Form.NAME, Form.ACRONYM} and len(records) > 1
        return several and all(r.cls in ORGANISATIONS | {"Place"} for r in records)

    def refer(self, k: int, keys: tuple[str, ...]) -> None:
        """Let ``k`` stand for the entities, if there are any."""
        if keys:
            self.referents[k] = keys

    def head(self, k: int) -> Token:
        """The token by which ``k`` hangs in its sentence."""
        mention = self.mentions[k]
        return mention.head(self.page.paragraphs[mention.paragraph].doc)

    def entity(self, key: str, cls: str, name: str, record: Record | None = None) -> LocalEntity:
        """The entity of this key, entered when it is new."""
        if key not in self.entities:
            self.entities[key] = LocalEntity(key, record.cls if record else cls, record.name if record else name)
            if record:
                self.entities[key].record = record.id
        return self.entities[key]

    def adopt(self, record: Record, text: str) -> str:
        """Enter a known entity under the name that the text has for it; its key."""
        entity = self.entity(record.id, record.cls, record.name, record)
        entity.record, entity.name = record.id, record.name
        entity.aliases.add(text)
        if record.cls == "GovernmentBody" and record.country and entity.of is None:
            owner = self.reference.get(record.country)
            if owner is not None:
                entity.of = self.entity(owner.id, owner.cls, owner.name, owner).key
        return record.id

    def owner(self, phrase: OfficePhrase) -> str | None:
        """The key of what an office is of."""
        keys = self.referents.get(phrase.of) if phrase.of is not None else None
        return keys[0] if keys else None

    def only_opens(self, k: int) -> bool:
        """Whether one word has its capital only from the sentence that it opens."""
        mention = self.mentions[k]
        if (
            len(mention.text.split()) > 1
            or not self.page.paragraphs[mention.paragraph].doc[mention.start].is_sent_start
        ):
            return False
        inside = re.compile(rf"[\w,;'’)] {re.escape(mention.text)}\b")
        return not any(inside.search(p.doc.text) for p in self.page.paragraphs if p.block.kind == "paragraph")

    def in_time(self, record: Record, mention: Found) -> Record:
        """The state that the name meant when it happened: "Russia" in 1813 is the Russian Empire."""
        when = self.epochs[mention.paragraph]
        if record.cls != "State" or when is None or self._about_to_be(record, when):
            return record
        return self.reference.at(record.id, when)

    def _about_to_be(self, record: Record, when: PartialDate) -> bool:
        """Whether a text that is not dated tells of the last years before a state: "Russia" under "APEC, 1989"."""
        started = int((record.start or "0")[:4])
        return self.page.document.issued is None and started - _MARGIN <= when.year < started

    def own_subjects(self, k: int) -> frozenset[str]:
        """Who acts in the clause that a pronoun is object of: "Russia ceded to it" is not to Russia (principle B)."""
        token = self.head(k)
        verb = token.head
        if token.dep_ not in {"obj", "iobj", "obl"} or not is_verb(verb):
            return frozenset()
        heads = {a.token.i for a in verbal_arguments(verb) if a.slot == "subj"}
        paragraph = self.mentions[k].paragraph
        return frozenset(
            key
            for n, m in enumerate(self.mentions)
            if m.paragraph == paragraph and self.head(n).i in heads
            for key in self.referents.get(n, ())
        )

    def before(self, k: int, classes: frozenset[str] | set[str], paragraphs: int = 2) -> list[tuple[int, str]]:
        """Mentions before this one with their entity, nearest last, of one entity each."""
        mention, found = self.mentions[k], []
        for n in self.order:
            other = self.mentions[n]
            if (other.paragraph, other.start) >= (mention.paragraph, mention.start):
                break
            keys = self.referents.get(n, ())
            near = len(keys) == 1 and other.paragraph >= mention.paragraph - paragraphs
            if near and self.entities[keys[0]].cls in classes:
                found.append((n, keys[0]))
        return found


def existed(record: Record, when: PartialDate) -> bool:
    """Whether a state or organisation was there at some day of that time, as far as known."""
    begun = record.start is None or PartialDate(record.start).earliest <= when.latest
    return begun and (record.end is None or when.earliest <= PartialDate(record.end).latest)
