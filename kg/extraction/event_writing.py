"""Writing what a matched pattern says: its facts, its event, and what adds to another predicate's event."""

from __future__ import annotations

from kg.extraction.drafts import DraftEvent, DraftFact
from kg.extraction.matches import Match, around, each
from kg.extraction.mention_at import MentionAt
from kg.extraction.page import Resolved
from kg.extraction.patterns import PatternSet
from kg.extraction.times import Told
from kg.model import POLITIES, ClassRef, Concept, EntityRef, Modality, PartialDate, Passage, Value

_INSIDE_NAMES = {"-", "–", "/", "[", "]", "(", ")", "'s", "’s"}


class FactWriter:
    """Collects the facts and events of one document; ``events`` by the paragraph and token of their predicate."""

    def __init__(
        self,
        resolved: Resolved,
        represents: dict[str, str],
        countries: dict[str, str],
        mention_at: MentionAt,
        known: PatternSet,
    ) -> None:
        self.resolved, self.represents, self.countries = resolved, represents, countries
        self.mention_at, self.patterns = mention_at, known
        self.facts: list[DraftFact] = []
        self.events: dict[tuple[int, int], DraftEvent] = {}
        self.order: list[DraftEvent] = []

    def write(self, match: Match) -> None:
        """Add the facts of a match and its event, one for each filler where each acts for itself."""
        for subject, predicate, value in match.pattern.facts:
            for s in match.fillers.get(subject, ()):
                for told, passage in self._values(match, predicate, value):
                    if not (isinstance(told, EntityRef) and told.id == s):
                        self.facts.append(self._fact(match, s, predicate, told, passage))
        if match.pattern.event:
            for one in each(match):
                self._event(one)

    def _values(self, match: Match, predicate: str, value: str) -> list[tuple[Value, Passage]]:
        if value == "@date":
            return [(match.date.value, match.date.passage)] if match.date else []
        if value == "@duration":
            return [(match.duration.value, match.duration.passage)] if match.duration else []
        if value.startswith("area/"):
            return [(Concept("policy-area", value.removeprefix("area/")), match.passage)]
        keys = match.place if value == "@place" else match.fillers.get(value.partition(":")[0], ())
        return [(EntityRef(k), match.passage) for k in self._in_range(predicate, keys)]

    def _in_range(self, predicate: str, keys: tuple[str, ...]) -> list[str]:
        """The fillers that the property may have, a person's polity in place of the person where that is meant."""
        wanted = self.patterns.ranges.get(predicate)
        found: list[str] = []
        for key in keys:
            if predicate in self.patterns.represented["persons"] and self.resolved.entities[key].cls == "Person":
                key = self.represents.get(key, key)
            elif (
                predicate in self.patterns.represented["bodies"] and self.resolved.entities[key].cls == "GovernmentBody"
            ):
                key = self.resolved.entities[key].of or ""
            if key in self.resolved.entities and (wanted is None or self.resolved.entities[key].cls in wanted):
                found.append(key)
        return list(dict.fromkeys(found))

    def _fact(self, match: Match, subject: str, predicate: str, value: Value, passage: Passage) -> DraftFact:
        whole = match.passage if passage is match.passage else around(match.passage, passage)
        confidence = 0.75 if match.attribution else 0.85
        return DraftFact(
            subject, predicate, value, whole, match.modality, match.attribution, confidence, match.pattern.id
        )

    def _event(self, match: Match) -> None:
        pattern, token = match.pattern, match.frame.predicate
        key = (match.paragraph.index, token.i)
        cls = pattern.event
        targets = match.fillers.get("target", ()) if pattern.kind else ()
        if targets and not self._others(match, targets):
            return
        event = DraftEvent(cls, pattern.kind, *key, match.modality)
        event.name = self._event_name(match) if cls == "Summit" else ""
        if cls == "Conflict":
            names = self.mention_at(match.paragraph, token)
            event.entity = names[0] if names and self.resolved.entities[names[0]].cls == "Conflict" else None
            if pattern.entity != (event.entity is not None):
                return
        self.events.setdefault(key, event)
        self.order.append(event)
        node = "#"
        event.properties.append(self._fact(match, node, "type", ClassRef(cls), match.passage))
        if pattern.kind:
            event.properties.append(
                self._fact(match, node, "eventType", Concept("plover", pattern.kind), match.passage)
            )
        self._arguments(match, event)
        for place in self._in_range("location", match.place):
            if cls != "Interaction" or self.resolved.entities[place].cls == "Place":
                event.properties.append(self._fact(match, node, "location", EntityRef(place), match.passage))
        if match.date is not None:
            event.properties.append(self._fact(match, node, "date", match.date.value, match.date.passage))
        if cls == "Visit":
            self._visited(match, event)

    def _arguments(self, match: Match, event: DraftEvent) -> None:
        for predicate, roles in match.pattern.args:
            for told in roles:
                name, _, cls = told.partition(":")
                keys = self._chosen(match.fillers.get(name, ()), cls)
                if match.pattern.kind and name == "target":
                    keys = self._others(match, keys)
                for key in self._in_range(predicate, keys):
                    event.properties.append(self._fact(match, "#", predicate, EntityRef(key), match.passage))

    def _chosen(self, keys: tuple[str, ...], cls: str) -> tuple[str, ...]:
        """Those of a class; for "state" all, people by the state that they act for, for "polity" bodies as well."""
        if cls == "state":
            return tuple(self.represents.get(k, k) for k in keys)
        if cls == "polity":
            return tuple(self.represents.get(k) or self.resolved.entities[k].of or k for k in keys)
        return tuple(k for k in keys if not cls or self.resolved.entities[k].cls == cls)

    def _others(self, match: Match, targets: tuple[str, ...]) -> tuple[str, ...]:
        """The targets without the agents' own states, where there are others: "Putin praised the two countries".

        What a parliament does to its own state is nothing between states: "Congress rejected U.S. membership".
        """
        agents = match.fillers.get("agent", ())
        own = {self.represents.get(a) for a in agents}
        bodies = {self.resolved.entities[a].of for a in agents if self.resolved.entities[a].cls == "GovernmentBody"}
        return tuple(k for k in targets if k not in own | bodies) or tuple(k for k in targets if k not in bodies)

    def _visited(self, match: Match, event: DraftEvent) -> None:
        """The target of a visit is a state, its location the town: "visited Moscow" is a visit to Russia."""
        kept = []
        for fact in event.properties:
            if fact.predicate == "target" and isinstance(fact.object, EntityRef):
                key = fact.object.id
                if self.resolved.entities[key].cls == "Place":
                    event_place = self._fact(match, "#", "location", EntityRef(key), match.passage)
                    if all(p.object != EntityRef(key) for p in event.properties if p.predicate == "location"):
                        kept.append(event_place)
                    state = self.countries.get(key)
                    if state is not None:
                        kept.append(self._fact(match, "#", "target", EntityRef(state), match.passage))
                    continue
            where = fact.object.id if fact.predicate == "location" and isinstance(fact.object, EntityRef) else None
            if where is not None and self.resolved.entities[where].cls in POLITIES:
                continue
            kept.append(fact)
        event.properties = kept

    def _event_name(self, match: Match) -> str:
        """The capitalised words before the noun, and it: "2016 UK-France Summit"."""
        token, doc = match.frame.predicate, match.paragraph.doc
        start = token.i
        while start > 0 and (doc[start - 1].text[:1].isupper() or doc[start - 1].text in _INSIDE_NAMES):
            start -= 1
        while start < token.i and not doc[start].text[:1].isupper():
            start += 1
        return str(doc[start : token.i + 1].text)

    def extend(self, match: Match) -> None:
        """Add to an event that another predicate told of: who attended, who hosted."""
        event = match.events[match.pattern.extends]
        if match.modality is Modality.NEGATED and event.modality is Modality.ACTUAL:
            return
        self._arguments(match, event)
        known = {p.predicate for p in event.properties}
        if match.date is not None and self._consistent(event, match.date):
            event.properties.append(self._fact(match, "#", "date", match.date.value, match.date.passage))
        if "location" not in known:
            for place in self._in_range("location", match.place):
                event.properties.append(self._fact(match, "#", "location", EntityRef(place), match.passage))

    def _consistent(self, event: DraftEvent, told: Told) -> bool:
        """Whether a date may be added: there is none yet, or it is the same told more precisely."""
        dates = [d for d in event.values("date") if isinstance(d, PartialDate)]
        return isinstance(told.value, PartialDate) and all(d.agrees(told.value) for d in dates)
