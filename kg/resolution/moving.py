"""Mentions of one document that a reviewer gave to another entity: it gets them, with the names and years they tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.extraction.page import Form, LocalEntity
from kg.model import ENTITY_CLASSES, Span
from kg.resolution.local import Local
from kg.resolution.naming import folder

Moved = Mapping[tuple[Span, str], str]
"""For mentions of a document, by their characters and the key of their entity, the key of that which they mean."""

_NAMING = frozenset({Form.NAME, Form.ACRONYM, Form.SURNAME})


class Moving:
    """Moves them in between the steps of resolution, so that what refers back to them follows."""

    def __init__(self, local: Local, moved: Moved) -> None:
        self.local, self.moved = local, moved

    def run(self) -> None:
        """Move what is resolved so far, and was not moved before."""
        changed: dict[str, None] = {}
        for k in self.local.order if self.moved else ():
            keys, span = self.local.referents.get(k, ()), self._span(k)
            for key in (key for key in keys if (span, key) in self.moved):
                new = self.moved[span, key]
                self._enter(new, self.local.entities[key])
                self.local.referents[k] = tuple(new if each == key else each for each in self.local.referents[k])
                self._reclass(k, new)
                changed |= {key: None, new: None}
        for key in changed:
            self._retell(self.local.entities[key])

    def years(self, shown_parties: Mapping[int, tuple[str, ...]], shown_years: Mapping[int, int]) -> None:
        """The year and the parties of treaties from the mentions that each has now."""
        for key in sorted({key for (_, old), new in self.moved.items() for key in (old, new)}):
            entity = self.local.entities.get(key)
            if entity is None or entity.cls != "Treaty":
                continue
            mine = self._mentions(key)
            entity.year = next((shown_years[k] for k in mine if k in shown_years), None)
            parties = {party for k in mine for party in shown_parties.get(k, ())}
            entity.parties = tuple(sorted(parties)) or entity.parties

    def _span(self, k: int) -> Span:
        mention = self.local.mentions[k]
        paragraph = self.local.page.paragraphs[mention.paragraph]
        return paragraph.passage(self.local.page.document.id, mention.start, mention.end).span

    def _enter(self, key: str, old: LocalEntity) -> None:
        record = self.local.reference.get(key)
        entity = self.local.entity(key, _class_of(key, old.cls), old.name, record)
        entity.of, entity.parties = entity.of or old.of, entity.parties or old.parties

    def _reclass(self, k: int, key: str) -> None:
        """A name that was read as that of a state may be that of a place."""
        mention, cls = self.local.mentions[k], self.local.entities[key].cls
        if mention.form in _NAMING and "Treaty" not in (mention.cls, cls):
            self.local.mentions[k] = replace(mention, cls=cls)

    def _retell(self, entity: LocalEntity) -> None:
        """The names that the mentions of an entity have; a record keeps its own."""
        mine = [k for k in self._mentions(entity.key) if self.local.mentions[k].form in _NAMING]
        texts = {self.local.mentions[k].text for k in mine}
        entity.aliases = {each for each in entity.aliases if _inside(each, texts)} | texts
        if entity.record is None and texts and not _inside(entity.name, texts):
            entity.name = max(texts, key=lambda text: (len(text.split()), len(text), text))

    def _mentions(self, key: str) -> list[int]:
        return [k for k in self.local.order if key in self.local.referents.get(k, ())]


def _class_of(id: str, cls: str) -> str:
    """The class that an id is of, ``cls`` where it may be that."""
    begins = id.partition("/")[0]
    classes = (each for each in sorted(ENTITY_CLASSES, reverse=True) if folder(each) == begins)
    return cls if folder(cls) == begins else next(classes, cls)


def _inside(name: str, texts: Iterable[str]) -> bool:
    return any(name in text for text in texts)
