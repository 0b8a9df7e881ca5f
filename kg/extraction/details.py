"""Facts that no predicate tells but names and noun phrases do: offices, owners of bodies, parties in a treaty's name,
its year and duration, what it concerns, where a town lies."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from spacy.tokens import Token

from kg.extraction import frames, modality
from kg.extraction.dates import find_durations, find_times, resolve
from kg.extraction.drafts import DraftEvent, DraftFact
from kg.extraction.lexicon import lexicon, plain
from kg.extraction.page import Form, LocalEntity, OfficePhrase, Page, Paragraph, Resolved
from kg.extraction.policy import find_areas
from kg.extraction.speech import MentionAt, Speech
from kg.model import AGENTS, POLITIES, ClassRef, Concept, Duration, EntityRef, Modality, PartialDate, Passage, Value

_ABOUT = {
    "cover", "include", "concern", "focus", "provide", "aim", "regulate", "address", "govern", "envisage", "envision",
    "strengthen", "enhance", "boost", "reinforce", "deepen", "expand", "establish", "set", "delineate", "resolve",
    "symbolize", "symbolise", "contain", "prevent", "limit", "seek", "range", "deal", "encompass", "grant", "reaffirm",
    "eliminate", "pledge", "guarantee", "promote", "facilitate", "define", "settle", "prohibit", "ban", "lay", "help",
    "further", "foster", "bolster", "transfer", "cede", "underscore", "call", "agree", "be", "serve",
}  # fmt: skip
_APPOINT = {"appoint", "elect", "name", "choose", "install", "inaugurate", "nominate", "swear"}


class DetailReader:
    """Reads those facts of one document; entities for offices are added to the resolved ones."""

    def __init__(
        self,
        page: Page,
        resolved: Resolved,
        phrases: list[OfficePhrase],
        speech: Speech,
        mention_at: MentionAt,
        acts_for: dict[str, str],
    ) -> None:
        self.page, self.resolved, self.phrases, self.speech, self.mention_at = (
            page,
            resolved,
            phrases,
            speech,
            mention_at,
        )
        self.acts_for = acts_for
        self.held: dict[str, list[tuple[str, str | None]]] = {}
        self.facts: list[DraftFact] = []
        self.events: list[DraftEvent] = []

    def read(self, told: list[DraftFact]) -> tuple[list[DraftFact], list[DraftEvent]]:
        """``told`` are the facts that the patterns read: a year in a name counts only where they give no date."""
        self._offices()
        self._owners()
        self._places()
        self._treaties(told)
        self._concerns()
        self._conflicts()
        return self.facts, self.events

    def _passage(self, paragraph: int, start: int, end: int) -> Passage:
        return self.page.paragraphs[paragraph].passage(self.page.document.id, start, end)

    def _add(
        self,
        subject: str,
        predicate: str,
        value: Value,
        passage: Passage,
        pattern: str,
        told: Modality = Modality.ACTUAL,
        speaker: str | None = None,
        confidence: float = 0.9,
    ) -> None:
        self.facts.append(DraftFact(subject, predicate, value, passage, told, speaker, confidence, pattern))

    # offices ----------------------------------------------------------------------------------------------------

    def _offices(self) -> None:
        roles: dict[str, str] = {}
        for phrase in self.phrases:
            persons, told = self._holders(phrase)
            if phrase.former or not persons:
                continue
            role = phrase.role
            owner = self._owner(phrase)
            if role == "counterpart":
                role = self._counterpart(phrase, roles)
            if not role or role == "counterpart":
                continue
            for person in persons:
                roles[person] = role
                self._hold(person, role, owner or self.acts_for.get(person), phrase, told)

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
        return any(
            m.paragraph == group.paragraph and group.start <= m.start and m.end <= group.end and m.cls in POLITIES
            for m in self.resolved.mentions
        )

    def _predicated(self, phrase: OfficePhrase) -> tuple[list[str], Modality]:
        """ "X is the president of Y", "X became premier", "X assumes office as president", "elected X president"."""
        paragraph = self.page.paragraphs[phrase.paragraph]
        head = paragraph.doc[phrase.start : phrase.end].root
        verb = head.head if not any(c.dep_ == "cop" for c in head.children) else head
        subjects = [c for c in head.children if c.dep_ in {"nsubj", "nsubj:outer"}]
        if not subjects:
            marker = frames.preposition(head)
            linking = head.dep_ in {"xcomp", "attr", "oprd"} or marker == "as"
            if not frames.is_verb(verb) or not linking:
                return [], Modality.ACTUAL
            wanted = "obj" if verb.lemma_ in _APPOINT else "subj"
            subjects = [a.token for a in frames.verbal_arguments(verb) if a.slot == wanted]
        keys = [k for s in subjects for k in self.mention_at(paragraph, s)]
        persons = [k for k in dict.fromkeys(keys) if self.resolved.entities[k].cls == "Person"]
        if head.dep_ == "appos" or not persons:
            return [], Modality.ACTUAL
        told = modality.of_verb(verb)
        return persons, modality.weaker(told, _to_come(verb))

    def _owner(self, phrase: OfficePhrase) -> str | None:
        keys = self.resolved.referents.get(phrase.of, ()) if phrase.of is not None else ()
        if keys:
            return keys[0]
        default = lexicon().role_default_of.get(phrase.role)
        return default if default in self.resolved.entities else None

    def _counterpart(self, phrase: OfficePhrase, roles: dict[str, str]) -> str:
        """ "his Tajik counterpart": the role of the person nearest before."""
        before = [
            (m.paragraph, m.start, key)
            for k, m in enumerate(self.resolved.mentions)
            for key in self.resolved.referents.get(k, ())
            if key in roles and (m.paragraph, m.end) <= (phrase.paragraph, phrase.start)
        ]
        return roles[max(before)[2]] if before else ""

    def _hold(self, person: str, role: str, owner: str | None, phrase: OfficePhrase, told: Modality) -> None:
        longer = [r for r, o in self.held.get(person, []) if set(role.split()) < set(r.split()) and owner in {None, o}]
        if longer:
            return
        self.held.setdefault(person, []).append((role, owner))
        if owner is None and role.split()[-1] in lexicon().ranks:
            return
        office = self._office(role, owner)
        start, end = phrase.start, phrase.end
        for k in phrase.persons:
            start, end = min(start, self.resolved.mentions[k].start), max(end, self.resolved.mentions[k].end)
        passage = self._passage(phrase.paragraph, start, end)
        self._add(person, "holdsOffice", EntityRef(office), passage, "office", told)
        if owner is not None:
            self._add(office, "officeOf", EntityRef(owner), passage, "office")
            entity = self.resolved.entities[owner]
            acts_for = entity.of if entity.cls == "GovernmentBody" and entity.of in self.resolved.entities else owner
            if acts_for:
                self._add(person, "represents", EntityRef(acts_for), passage, "office", told)

    def _office(self, role: str, owner: str | None) -> str:
        lex = lexicon()
        canonical = lex.role_synonyms.get(plain(role), plain(role))
        of = self.resolved.entities[owner].name if owner else ""
        name = " ".join(
            w if w in {"of", "the", "for", "and", "to"} else w[:1].upper() + w[1:] for w in canonical.split()
        )
        name = f"{name} of {of}" if of and plain(of) not in canonical else name
        slug = re.sub(r"[^a-z0-9]+", "-", plain(name)).strip("-")
        key = f"office/{slug}"
        entity = self.resolved.entities.setdefault(key, LocalEntity(key, "Office", name, of=owner))
        entity.aliases |= {role, canonical} - {name}
        return key

    # owners and places ------------------------------------------------------------------------------------------

    def _owners(self) -> None:
        for k, mention in enumerate(self.resolved.mentions):
            for key in self.resolved.referents.get(k, ()):
                entity = self.resolved.entities[key]
                if (
                    entity.cls == "GovernmentBody"
                    and entity.of
                    and self._shows(mention.paragraph, mention.start, mention.end, entity.of)
                ):
                    passage = self._passage(mention.paragraph, mention.start, mention.end)
                    self._add(key, "bodyOf", EntityRef(entity.of), passage, "body")

        for one, two in self._adjacent_bodies():
            self.resolved.entities[one[2]].of = self.resolved.entities[one[2]].of or two[2]
            if self.resolved.entities[one[2]].of == two[2]:
                self._add(one[2], "bodyOf", EntityRef(two[2]), self._passage(one[0], one[1], two[3]), "body")

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

    def _shows(self, paragraph: int, start: int, end: int, owner: str) -> bool:
        return any(
            owner in self.resolved.referents.get(k, ())
            for k, m in enumerate(self.resolved.mentions)
            if m.paragraph == paragraph and start <= m.start and m.end <= end
        )

    def _places(self) -> None:
        """ "Tianjin, China", "Amiens in France", "Moscow's Vnukovo airport", "eastern regions of Georgia"."""
        spatial = POLITIES | {"Place"}
        mentions = [
            (m.paragraph, m.start, m.end, keys[0])
            for k, m in enumerate(self.resolved.mentions)
            if len(keys := self.resolved.referents.get(k, ())) == 1
            and self.resolved.entities[keys[0]].cls in spatial
            and m.form is not Form.DEMONYM
        ]
        ordered = sorted(set(mentions))
        for one, two in itertools.pairwise(ordered):
            if one[0] != two[0] or one[3] == two[3]:
                continue
            if self.resolved.entities[one[3]].cls != "Place":
                continue
            between = self.page.paragraphs[one[0]].doc[one[2] : two[1]].text.strip().lower()
            if between in {"'s", "’s"} and self.resolved.entities[two[3]].cls == "Place":
                self._add(two[3], "locatedIn", EntityRef(one[3]), self._passage(one[0], one[1], two[2]), "located")
            elif one[1] <= two[1] and two[2] <= one[2]:
                self._add(one[3], "locatedIn", EntityRef(two[3]), self._passage(one[0], one[1], one[2]), "located")
            elif between in {",", "in", "in the"} and not self._is_list(one[0], one[1], two[2]):
                self._add(one[3], "locatedIn", EntityRef(two[3]), self._passage(one[0], one[1], two[2]), "located")

    def _is_list(self, paragraph: int, start: int, end: int) -> bool:
        """ "in Gaza, Syria, Lebanon and Iran" is no chain of places."""
        doc = self.page.paragraphs[paragraph].doc
        after = doc[end].text if end < len(doc) else ""
        before = doc[start - 1].text if start else ""
        if after in {",", ")", ""} or before in {","}:
            following = doc[end + 1 : end + 6].text if end + 1 < len(doc) else ""
            return before == "," or (bool(re.match(r"(and\b|[A-Z]\w+( and|,))", following)) and after == ",")
        return after in {"and", "or"}

    # treaties ---------------------------------------------------------------------------------------------------

    def _treaties(self, told: list[DraftFact]) -> None:
        dated = {
            f.subject for f in told if f.predicate in {"signedOn", "inForceFrom"} and f.modality is Modality.ACTUAL
        }
        for k, mention in enumerate(self.resolved.mentions):
            for key in self.resolved.referents.get(k, ()):
                if self.resolved.entities[key].cls != "Treaty":
                    continue
                passage = self._passage(mention.paragraph, mention.start, mention.end)
                head = mention.head(self.page.paragraphs[mention.paragraph].doc)
                shown = self._wide(mention.paragraph, mention.start, mention.end)
                for party in self.resolved.shown_parties.get(k, ()):
                    self._add(key, "party", EntityRef(party), shown, "treaty-name", modality.of_object(head))
                for found in find_durations(mention.text):
                    self._add(key, "duration", Duration(found.iso), passage, "treaty-name")
                for party, heading in self._section_parties(k):
                    self._add(key, "party", EntityRef(party), heading, "treaty-section")
                year = self.resolved.shown_years.get(k)
                if year is not None and key not in dated:
                    self._year(key, year, k)

    def _section_parties(self, k: int) -> list[tuple[str, Passage]]:
        """Parties from the heading above a treaty's own heading: "Historical treaties between Russia and Iran"."""
        own = self.resolved.mentions[k].paragraph
        above = self.page.heading_of.get(own)
        if self.page.paragraphs[own].block.kind != "heading" or above is None:
            return []
        block = self.page.paragraphs[above]
        if not any(t.lower_ in lexicon().treaty_heads for t in block.doc):
            return []
        passage = self._passage(above, 0, len(block.doc))
        keys = [
            x
            for n, m in enumerate(self.resolved.mentions)
            if m.paragraph == above and m.cls in POLITIES
            for x in self.resolved.referents.get(n, ())
        ]
        return [(x, passage) for x in dict.fromkeys(keys)] if len(set(keys)) == 2 else []

    def _wide(self, paragraph: int, start: int, end: int) -> Passage:
        doc = self.page.paragraphs[paragraph].doc
        head = doc[start:end].root
        left = min(start, head.left_edge.i)
        right = max(end, min(head.right_edge.i + 1, end + 14))
        return self._passage(paragraph, left, right)

    def _year(self, key: str, year: int, k: int) -> None:
        mention = self.resolved.mentions[k]
        doc = self.page.paragraphs[mention.paragraph].doc
        end = next((t.i + 1 for t in doc[mention.start : mention.end + 4] if t.text.startswith(str(year))), mention.end)
        start = min(mention.start, end - 1)
        if str(year) not in doc[start:end].text and mention.start and str(year) in doc[mention.start - 1].text:
            start = mention.start - 1
        passage = self._passage(mention.paragraph, start, end)
        date, passage = self._exact(k) or (PartialDate(str(year)), passage)
        self._add(key, "signedOn", date, passage, "treaty-year", confidence=0.7)
        block = self.page.paragraphs[mention.paragraph].block.kind
        if block == "heading" or mention.form is Form.NOMINAL:
            event = DraftEvent("Signing", "", mention.paragraph, mention.start, Modality.ACTUAL)
            for predicate, value in (("type", ClassRef("Signing")), ("concernsTreaty", EntityRef(key)), ("date", date)):
                event.properties.append(
                    DraftFact("#", predicate, value, passage, Modality.ACTUAL, None, 0.7, "treaty-year")
                )
            self.events.append(event)

    def _exact(self, k: int) -> tuple[PartialDate, Passage] | None:
        """The day or month right behind the noun: "the treaty of 12 March 2001", "the agreement dated May 1995"."""
        mention = self.resolved.mentions[k]
        doc = self.page.paragraphs[mention.paragraph].doc
        last = doc[mention.end - 1]
        after = last.idx + len(last)
        for expr in find_times(doc.text[after : after + 60]):
            if re.fullmatch(r"\s*\(?(of|signed on|signed in|dated|from|,)?\s*", doc.text[after : after + expr.start]):
                date = resolve(expr, None)
                span = doc.char_span(after + expr.start, after + expr.end, alignment_mode="expand")
                if date is not None and span is not None and date.precision != "year":
                    return date, self._passage(mention.paragraph, mention.start, span.end)
            break
        return None

    def _concerns(self) -> None:
        for paragraph in self.page.paragraphs:
            for start, end, area in find_areas(paragraph.doc.text):
                span = paragraph.doc.char_span(start, end, alignment_mode="expand")
                if span is None:
                    continue
                for treaty, passage, told, speaker in self._about(paragraph, span.root):
                    self._add(treaty, "concerns", Concept("policy-area", area), passage, "concerns", told, speaker, 0.7)

    def _about(self, paragraph: Paragraph, token: Token) -> Iterator[tuple[str, Passage, Modality, str | None]]:
        """The treaty that a policy word is about: in its name, modifying it, or object of what it does."""
        key = self._treaty_at(paragraph, token)
        if key is not None:
            k = self.mention_at.index(paragraph, token)
            mention = self.resolved.mentions[k] if k is not None else None
            if mention is not None:
                yield key, self._passage(paragraph.index, mention.start, mention.end), Modality.ACTUAL, None
            return
        node, steps, denied = token, 0, modality.denied(token)
        while node.head is not node and steps < 25:
            node = node.head
            steps += 1
            denied = denied or modality.denied(node)
            key = self._treaty_at(paragraph, node)
            if key is not None:
                yield (
                    key,
                    self._between(paragraph, node, token),
                    Modality.NEGATED if denied else Modality.ACTUAL,
                    self.speech.speaker_of(paragraph, node),
                )
                return
            if frames.is_verb(node) and node.lemma_.lower() in _ABOUT:
                for subject in [a.token for a in frames.verbal_arguments(node) if a.slot == "subj"]:
                    key = self._treaty_at(paragraph, subject)
                    if key is not None:
                        told = modality.of_verb(node)
                        told = Modality.NEGATED if denied or told is Modality.NEGATED else Modality.ACTUAL
                        yield key, self._between(paragraph, node, token), told, self.speech.speaker_of(paragraph, node)
                        return

    def _treaty_at(self, paragraph: Paragraph, token: Token) -> str | None:
        for key in self.mention_at(paragraph, token):
            if self.resolved.entities[key].cls == "Treaty":
                return key
        return None

    def _between(self, paragraph: Paragraph, one: Token, other: Token) -> Passage:
        return self._passage(paragraph.index, min(one.i, other.i), max(one.i, other.i) + 1)

    # conflicts --------------------------------------------------------------------------------------------------

    def _conflicts(self) -> None:
        """Who fights or where, by the conflict's own name: "Russo-Persian War", "conflict in Gaza"."""
        for k, mention in enumerate(self.resolved.mentions):
            keys = self.resolved.referents.get(k, ())
            if mention.cls != "Conflict" or not keys:
                continue
            inside = [
                (m.form, key)
                for n, m in enumerate(self.resolved.mentions)
                if n != k and m.paragraph == mention.paragraph and mention.start <= m.start and m.end <= mention.end
                for key in self.resolved.referents.get(n, ())
            ]
            sides = [key for _, key in inside if self.resolved.entities[key].cls in POLITIES]
            sides = self._combining(mention.text) + sides
            if " in " in mention.text:
                self._conflict(k, keys[0], [("location", x) for _, x in inside])
            elif len(set(sides)) >= 2:
                self._conflict(k, keys[0], [("participant", x) for x in dict.fromkeys(sides)])

    def _combining(self, text: str) -> list[str]:
        """The state behind the first part of "Russo-Persian"."""
        first = re.match(r"([A-Z]\w+)[-–]", text)
        key = lexicon().combining.get(first.group(1).lower()) if first else None
        return [key] if key in self.resolved.entities else []

    def _conflict(self, k: int, key: str, properties: list[tuple[str, str]]) -> None:
        mention = self.resolved.mentions[k]
        passage = self._passage(mention.paragraph, mention.start, mention.end)
        event = DraftEvent("Conflict", "", mention.paragraph, mention.start, Modality.ACTUAL, entity=key)
        values: list[tuple[str, Value]] = [("type", ClassRef("Conflict")), *((p, EntityRef(x)) for p, x in properties)]
        for predicate, value in values:
            event.properties.append(
                DraftFact("#", predicate, value, passage, Modality.ACTUAL, None, 0.8, "conflict-name")
            )
        self.events.append(event)


def _to_come(verb: Token) -> Modality:
    """ "before X takes office": not yet so, unless told of the past."""
    before = any(c.lower_ in {"before", "until"} and c.dep_ in {"mark", "advmod", "case"} for c in verb.children)
    return Modality.PLANNED if before and verb.tag_ not in {"VBD", "VBN"} else Modality.ACTUAL
