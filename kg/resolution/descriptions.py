"""Descriptions without a name: "the president", "his Tajik counterpart", "the ministry", "the group"."""

from __future__ import annotations

from collections import Counter

from kg.extraction.grammar import SUBJECTS
from kg.extraction.lexicon import lexicon
from kg.extraction.page import OfficePhrase
from kg.model import ORGANISATIONS, POLITIES, PartialDate
from kg.resolution.epochs import other_year
from kg.resolution.local import Local
from kg.resolution.offices import canonical
from kg.resolution.representation import state_of


class Descriptions:
    """Resolves the descriptions of one document."""

    def __init__(self, local: Local) -> None:
        self.local = local

    def resolve(self, k: int) -> None:
        """Resolve a description by its kind."""
        mention = self.local.mentions[k]
        if mention.role == "counterpart":
            self.local.refer(k, self._counterpart(k))
        elif mention.cls in POLITIES and mention.of is not None:
            self.local.refer(k, self.local.referents.get(mention.of, ()))
        elif mention.cls in POLITIES:
            self.local.refer(k, self._country(k))
        elif mention.cls == "Person":
            self.local.refer(k, self._by_role(k))
        elif mention.cls == "Organisation":
            self.local.refer(k, self._named_body(k))
        elif mention.cls == "Conflict":
            before = [key for _, key in self.local.before(k, {"Conflict"}, 4)]
            self.local.refer(k, (before[-1],) if before else ())

    def _country(self, k: int) -> tuple[str, ...]:
        """ "the country": the one state of this sentence and the last but who acts in it; none where there are more."""
        own, doc = self.local.own_subjects(k), self.local.page.paragraphs[self.local.mentions[k].paragraph].doc
        here = self.local.head(k).sent.start
        since = doc[here - 1].sent.start if here else 0
        before = self.local.before(k, POLITIES, 0)
        near = {key for n, key in before if self.local.mentions[n].start >= since and key not in own}
        return (near.pop(),) if len(near) == 1 else ()

    def _by_role(self, k: int) -> tuple[str, ...]:
        """The person who holds the office in this document, else in the reference data, else the state itself."""
        mention = self.local.mentions[k]
        behind = self._named_behind(k)
        if behind:
            return behind
        owner = (
            self.local.referents[mention.of][0]
            if mention.of is not None and mention.of in self.local.referents
            else None
        )
        role = self.local.lexicon.canonical_role(mention.role)
        then = self._told_of(k)
        if then is not None and owner is not None:
            return self._holder_at(role, owner, then, mention.text)
        for wanted in [role, *(lexicon().roles_leading if role == "leader" and owner else ())]:
            holders = [
                key for key, of in self.local.roles.get(wanted, []) if owner is None or of is None or of == owner
            ]
            if holders:
                return (holders[0],) if owner else self._last_told(k, holders, then)
        known = self._known_holder(role, owner)
        if known:
            return known
        if owner is None:
            return self._only_titled(role) or self._default(mention.role)
        return self._holder_at(role, owner, self.local.page.document.issued, mention.text)

    def _named_behind(self, k: int) -> tuple[str, ...]:
        """ "Prime Minister General 'Abd al-Karim Qasim": another title and a quotation mark stand before the name."""
        mention, doc = self.local.mentions[k], self.local.page.paragraphs[self.local.mentions[k].paragraph].doc
        end = mention.end
        while end < len(doc) and (doc[end].is_quote or doc[end].lower_ in lexicon().role_heads):
            end += 1
        named = (n for n, m in enumerate(self.local.mentions) if m.paragraph == mention.paragraph and m.start == end)
        persons = [n for n in named if self.local.mentions[n].cls == "Person" and self.local.is_name(n)]
        return self.local.referents.get(persons[0], ()) if persons and end > mention.end else ()

    def _last_told(self, k: int, holders: list[str], then: PartialDate | None) -> tuple[str, ...]:
        """Of several holders the one last named before; in a dated text also one who is named later."""
        for n in reversed(self.local.order[: self.local.order.index(k)]):
            told = [key for key in self.local.referents.get(n, ()) if key in holders]
            if told and not self._beside_own_act(k, n):
                return (told[0],)
        dated = self.local.page.document.issued is not None
        return (holders[0],) if dated and then is None else ()

    def _beside_own_act(self, k: int, n: int) -> bool:
        """ "Having won Sadat's consent, the President left": who does both is nobody that the first clause names."""
        token, subject = self.local.head(n), self.local.head(k)
        if subject.dep_ not in SUBJECTS or self.local.mentions[n].paragraph != self.local.mentions[k].paragraph:
            return False
        fronted = (c for c in subject.head.lefts if c.dep_ == "advcl" and c.tag_ in {"VBG", "VBN"})
        return any(
            (c == token or c.is_ancestor(token)) and all(x.dep_ not in SUBJECTS for x in c.children) for c in fronted
        )

    def _default(self, role: str) -> tuple[str, ...]:
        """The state that "the Foreign Secretary" is of wherever nothing else is said, if the text names it."""
        state = self.local.lexicon.role_default_of.get(role)
        return (state,) if state in self.local.entities else ()

    def _holder_at(self, role: str, owner: str, when: PartialDate | None, text: str) -> tuple[str, ...]:
        """Who is known to have held the office then, else the state that it is of."""
        record = self.local.reference.holder(role, owner, when) if when is not None else None
        if record is not None:
            return (self.local.adopt(record, text),)
        return (owner,) if self.local.entities[owner].cls in POLITIES else ()

    def _told_of(self, k: int) -> PartialDate | None:
        """The one year that the sentence names, if it is not the text's own time."""
        return other_year(self.local.head(k).sent.text, self.local.page.document.issued)

    def _known_holder(self, role: str, owner: str | None) -> tuple[str, ...]:
        """The one person of the document who is known to have held the office."""
        of = owner or self.local.lexicon.role_default_of.get(role)
        wanted = canonical(role)
        found = [
            key
            for key, entity in self.local.entities.items()
            if entity.cls == "Person"
            and (record := self.local.reference.get(entity.record or "")) is not None
            and of is not None
            and any(t.of == of and canonical(t.office) == wanted for t in record.terms)
        ]
        return (found[0],) if len(found) == 1 else ()

    def named(self, k: int, owners: tuple[str, ...]) -> tuple[str, ...]:
        """ "the two countries' presidents, A and B": those persons, and the states of none of them."""
        mention = self.local.mentions[k]
        for phrase in self.local.phrases:
            inside = phrase.paragraph == mention.paragraph and mention.start <= phrase.start < phrase.end == mention.end
            if inside and len(phrase.persons) > 1:
                persons = tuple(key for n in phrase.persons for key in self.local.referents.get(n, ()))
                covered = {of for holders in self.local.roles.values() for key, of in holders if key in persons}
                return (*persons, *(owner for owner in owners if owner not in covered))
        return ()

    def holders(self, k: int, owners: tuple[str, ...] = ()) -> tuple[str, ...]:
        """ "the Russian and Iranian presidents": for each state, by default of the phrase, who holds the office.

        Where that is not told, the state itself.
        """
        mention = self.local.mentions[k]
        inside = [(n, m) for n, m in enumerate(self.local.mentions) if n != k and mention.holds(m)]
        within = [self.local.referents[n][0] for n, m in inside if n in self.local.referents and m.cls in POLITIES]
        phrases = (p.role for p in self.local.phrases if p.paragraph == mention.paragraph and p.end == mention.end)
        role = self.local.lexicon.canonical_role(mention.role or next(phrases, ""))
        if self.local.lexicon.held_by_many(role):
            return tuple(dict.fromkeys(owners or within))
        found: list[str] = []
        for owner in owners or within:
            told = [key for key, of in self.local.roles.get(role, []) if of == owner]
            found += told[:1] or list(self._known_holder(role, owner)) or [owner]
        return tuple(dict.fromkeys(found))

    def _counterpart(self, k: int) -> tuple[str, ...]:
        """ "his Iranian counterpart": who holds for that state the office of the person before."""
        mention = self.local.mentions[k]
        owner = self.local.referents.get(mention.of, ()) if mention.of is not None else ()
        told = {key for holders in self.local.roles.values() for key, _ in holders}
        nearest = next((key for _, key in reversed(self.local.before(k, {"Person"}, 1)) if key in told), None)
        roles = [r for r, holders in self.local.roles.items() if any(key == nearest for key, _ in holders)]
        found = [key for r in roles for key, of in self.local.roles[r] if owner and of == owner[0]]
        return (found[0],) if found else owner

    def _only_titled(self, role: str) -> tuple[str, ...]:
        """ "The Minister" after "Minister for Central Asia X": the only person whose role has this word."""
        fits = {
            key
            for told, holders in self.local.roles.items()
            if set(role.split()) <= set(told.split())
            for key, _ in holders
        }
        return tuple(fits) if len(fits) == 1 else ()

    def _named_body(self, k: int) -> tuple[str, ...]:
        """ "the ministry": the body last named whose name has the word."""
        word = self.local.mentions[k].text.split()[-1].lower()
        word = {"bloc": "", "group": "", "organization": "", "organisation": "", "alliance": ""}.get(word, word)
        if not word:
            return self._main_organisation(k)
        for n in reversed(self.local.order[: self.local.order.index(k)]):
            keys = self.local.referents.get(n, ())
            if keys and self.local.entities[keys[0]].cls in ORGANISATIONS:
                names = " ".join(
                    [self.local.entities[keys[0]].name, *sorted(self.local.entities[keys[0]].aliases)]
                ).lower()
                if word in names:
                    return keys
        return ()

    def _main_organisation(self, k: int) -> tuple[str, ...]:
        """ "the group": the organisation that the text speaks of most, so far."""
        counts: Counter[str] = Counter()
        for n in self.local.order[: self.local.order.index(k)]:
            keys = self.local.referents.get(n, ())
            if keys and self.local.entities[keys[0]].cls == "InternationalOrganisation":
                counts[keys[0]] += (
                    3 if self.local.page.paragraphs[self.local.mentions[n].paragraph].block.kind == "title" else 1
                )
        return (min(counts, key=lambda key: (-counts[key], key)),) if counts else ()

    def _served(self, k: int, phrase: OfficePhrase) -> str | None:
        """The state that a known person holds the office of, where the text does not name it."""
        record = self.local.reference.get(self.local.entities[self.local.referents[k][0]].record or "")
        when = self.local.epochs[phrase.paragraph]
        return state_of(record, when, canonical(phrase.role)) or None if record is not None else None

    def learn_roles(self) -> None:
        """Note which person is told with which office."""
        for phrase in self.local.phrases:
            for k in phrase.persons:
                if k in self.local.referents:
                    owner = self.local.owner(phrase) or self._served(k, phrase)
                    role = self.local.lexicon.canonical_role(phrase.role)
                    self.local.roles.setdefault(role, []).append((self.local.referents[k][0], owner))
