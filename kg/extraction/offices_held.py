"""Who holds which office, of what: "Russian President X", "X, the head of Y", "X became premier"."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Span, Token

from kg.extraction import frames, grammar, modality
from kg.extraction.lexicon import lexicon, plain
from kg.extraction.mention_at import MentionAt
from kg.extraction.notes import Notes
from kg.extraction.own_modality import is_past, weaker
from kg.extraction.page import Form, LocalEntity, OfficePhrase
from kg.model import POLITIES, EntityRef, Modality, Passage
from kg.slugs import hyphenated


class OfficeReader:
    """Notes the offices of one document; offices are added to its entities."""

    def __init__(
        self,
        notes: Notes,
        phrases: list[OfficePhrase],
        mention_at: MentionAt,
        acts_for: dict[str, str],
        owner_then: Callable[[str, str], str],
    ) -> None:
        """``owner_then`` gives the state that an owner was when a person acted."""
        self._owner_then = owner_then
        self.notes, self.page, self.resolved = notes, notes.page, notes.resolved
        self.phrases, self.mention_at, self.acts_for = phrases, mention_at, acts_for
        self._told: dict[str, list[tuple[str, str | None]]] = {}

    def read(self) -> None:
        """Note who holds what, in the order of the text."""
        roles: dict[str, str] = {}
        holders = [self._holders(phrase) for phrase in self.phrases]
        for phrase, (persons, _) in zip(self.phrases, holders, strict=True):
            for person in persons if not phrase.former else ():
                self._told.setdefault(person, []).append((phrase.role, self._owner(phrase)))
        for phrase, (persons, told) in zip(self.phrases, holders, strict=True):
            role, owner = phrase.role, self._owner(phrase)
            if role == "counterpart":
                role = self._counterpart(phrase, roles, owner)
            if not role or role == "counterpart":
                continue
            for person in persons:
                of = owner or self._served(person, role, phrase)
                of = self._owner_then(of, person) if of is not None else None
                if phrase.former:
                    self._held_before(person, role, of, phrase)
                    continue
                roles[person] = role
                self._hold(person, role, of, phrase, told)
            for person in self._predecessors(phrase) if persons and told is Modality.ACTUAL else ():
                self._held_before(person, role, owner, phrase)

    def _served(self, person: str, role: str, phrase: OfficePhrase) -> str | None:
        """Whom a person acts for by another office; not where an envoy is sent to, nor a brigade for a minister."""
        apart = not lexicon().roles_not_national.isdisjoint({role, role.split()[-1]})
        state = None if apart else self.acts_for.get(person)
        sent_to = self.resolved.referents.get(phrase.to, ()) if phrase.to is not None else ()
        if state is not None and "minister" in role.split() and self.resolved.entities[state].cls not in POLITIES:
            return None
        return None if state in sent_to else state

    def _holders(self, phrase: OfficePhrase) -> tuple[list[str], Modality]:
        keys = [x for k in phrase.persons for x in self.resolved.referents.get(k, ())]
        persons = [k for k in dict.fromkeys(keys) if self.resolved.entities[k].cls == "Person"]
        groups = [k for k in phrase.persons if self.resolved.mentions[k].form is Form.GROUP]
        if any(not self._owned(k) for k in groups):
            return [], Modality.ACTUAL
        named = [k for k in phrase.persons if self.resolved.mentions[k].form not in {Form.NOMINAL}]
        if persons and (named or self._owner(phrase)):
            return persons, Modality.ACTUAL
        return self._predicated(phrase) if not phrase.persons else ([], Modality.ACTUAL)

    def _owned(self, k: int) -> bool:
        """Whether a group's phrase names the states: "the Russian and Iranian presidents"."""
        group = self.resolved.mentions[k]
        return any(group.holds(m) and m.cls in POLITIES for m in self.resolved.mentions)

    def _predicated(self, phrase: OfficePhrase) -> tuple[list[str], Modality]:
        """ "X is the president of Y", "X became premier", "X assumes office as president", "elected X president"."""
        paragraph = self.page.paragraphs[phrase.paragraph]
        head = _head(paragraph.doc[phrase.start : phrase.end])
        verb = head.head if not any(c.dep_ == "cop" for c in head.children) else head
        subjects = [c for c in head.children if c.dep_ in {"nsubj", "nsubj:outer"}]
        if not subjects:
            marker = grammar.preposition(head)
            linking = head.dep_ == "xcomp" or marker == "as"
            if not grammar.is_verb(verb) or not linking:
                return [], Modality.ACTUAL
            wanted = "obj" if verb.lemma_ in lexicon().verbs_appoint else "subj"
            subjects = [a.token for a in frames.verbal_arguments(verb) if a.slot == wanted]
        keys = [k for s in subjects for k in self.mention_at(paragraph, s)]
        persons = [k for k in dict.fromkeys(keys) if self.resolved.entities[k].cls == "Person"]
        if head.dep_ == "appos" or not persons:
            return [], Modality.ACTUAL
        told = modality.of_verb(verb)
        return persons, weaker(told, _to_come(verb))

    def _owner(self, phrase: OfficePhrase) -> str | None:
        keys = self.resolved.referents.get(phrase.of, ()) if phrase.of is not None else ()
        if keys:
            return keys[0]
        default = lexicon().role_default_of.get(phrase.role)
        return default if default in self.resolved.entities else None

    def _counterpart(self, phrase: OfficePhrase, roles: dict[str, str], owner: str | None) -> str:
        """ "his Tajik counterpart": the role of the person nearest before, as ``owner`` calls it."""
        before = [
            (m.paragraph, m.start, key)
            for k, m in enumerate(self.resolved.mentions)
            for key in self.resolved.referents.get(k, ())
            if key in roles and (m.paragraph, m.end) <= (phrase.paragraph, phrase.start)
        ]
        if not before:
            return ""
        role, words = roles[max(before)[2]], lexicon()
        common = words.role_counterparts.get(words.canonical_role(role), role)
        own = words.role_own_titles.get(owner or "", {})
        return own.get(words.canonical_role(common), role if own else common)

    def _hold(self, person: str, role: str, owner: str | None, phrase: OfficePhrase, told: Modality) -> None:
        own = self._owner(phrase)
        if any(_is_longer(r, role) and own in {None, o} for r, o in self._told.get(person, ())):
            return  # "Secretary Rubio" where he is called Secretary of State
        if owner is None and role.replace("-", " ").split()[-1] in lexicon().not_without_owner:
            return
        office, passage = self._office(role, owner), self._passage(phrase)
        self.notes.add(person, "holdsOffice", EntityRef(office), passage, "office", told)
        if owner is not None:
            self.notes.add(office, "officeOf", EntityRef(owner), passage, "office")
            entity = self.resolved.entities[owner]
            acts_for = entity.of if entity.cls == "GovernmentBody" and entity.of in self.resolved.entities else owner
            if acts_for:
                self.notes.add(person, "represents", EntityRef(acts_for), passage, "office", told)

    def _held_before(self, person: str, role: str, owner: str | None, phrase: OfficePhrase) -> None:
        """An office told as held before the time of the text; its holder acts for nobody by it now."""
        if owner is None:
            return
        office, passage = self._office(role, owner), self._passage(phrase)
        self.notes.add(person, "holdsOffice", EntityRef(office), passage, "former-office")
        self.notes.add(office, "officeOf", EntityRef(owner), passage, "former-office")

    def _predecessors(self, phrase: OfficePhrase) -> list[str]:
        """ "X succeeded Y as premier": Y."""
        paragraph = self.page.paragraphs[phrase.paragraph]
        head = _head(paragraph.doc[phrase.start : phrase.end])
        verb = head.head
        if grammar.preposition(head) != "as" or verb.lemma_ not in lexicon().verbs_succeed:
            return []
        keys = [
            k for a in frames.verbal_arguments(verb) if a.slot == "obj" for k in self.mention_at(paragraph, a.token)
        ]
        return [k for k in dict.fromkeys(keys) if self.resolved.entities[k].cls == "Person"]

    def _passage(self, phrase: OfficePhrase) -> Passage:
        """The words of the office and of those who hold it."""
        start, end = phrase.start, phrase.end
        for k in phrase.persons:
            start, end = min(start, self.resolved.mentions[k].start), max(end, self.resolved.mentions[k].end)
        return self.notes.passage(phrase.paragraph, start, end)

    def _office(self, role: str, owner: str | None) -> str:
        canonical = lexicon().canonical_role(role)
        of = self.resolved.entities[owner].name if owner else ""
        name = " ".join(
            w if w in {"of", "the", "for", "and", "to"} else w[:1].upper() + w[1:] for w in canonical.split()
        )
        name = f"{name} of {of}" if of and plain(of) not in canonical else name
        key = f"office/{hyphenated(plain(name))}"
        entity = self.resolved.entities.setdefault(key, LocalEntity(key, "Office", name, of=owner))
        entity.aliases |= {role, canonical} - {name}
        return key


def _head(words: Span) -> Token:
    """The token by which an office hangs in its sentence; the parser may hang "secretary" and "general" apart, or the
    state behind "president of" on the verb."""
    roots = [t for t in words if not words.start <= t.head.i < words.end and grammar.preposition(t) != "of"]
    return next((t for t in roots if grammar.preposition(t)), roots[0] if roots else words.root)


def _is_longer(role: str, other: str) -> bool:
    """Whether a role says more of the same office: no "vice president" of "president"."""
    more = set(role.split()) - set(other.split())
    return set(other.split()) < set(role.split()) and more.isdisjoint(lexicon().roles_below)


def _to_come(verb: Token) -> Modality:
    """ "before X takes office": not yet so, unless told of the past."""
    before = any(c.lower_ in {"before", "until"} and c.dep_ in {"mark", "advmod", "case"} for c in verb.children)
    return Modality.PLANNED if before and verb.tag_ != "VBN" and not is_past(verb) else Modality.ACTUAL
