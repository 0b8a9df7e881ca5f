"""Mentions of one document to entities of that document: names, surnames, roles, pronouns, groups.

A sieve in the manner of Lee et al. (2013): the surest evidence first (a known full name), then names within the
document, then descriptions by office, then "the two countries" and pronouns by recency and salience.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Token

from kg.extraction.lexicon import lexicon, plain
from kg.extraction.page import Form, Found, LocalEntity, OfficePhrase, Page, Resolved
from kg.model import ORGANISATIONS, POLITIES, PartialDate
from kg.resolution.bodies import body_identity, kind_of
from kg.resolution.names import NameIndex, slug
from kg.resolution.offices import canonical
from kg.resolution.reference import Record, Reference
from kg.resolution.treaties import TreatyResolver

_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")
_LOCATIVE = {"in", "at", "near", "around", "through", "across", "inside", "outside", "into", "to", "from", "via", "of"}
_SUBJECTS = {"nsubj", "nsubj:pass", "nsubjpass", "csubj"}
_HEADS_OF_STATE = (
    "president",
    "king",
    "emperor",
    "tsar",
    "shah",
    "prime minister",
    "premier",
    "supreme leader",
    "leader",
)


def epochs(page: Page) -> dict[int, PartialDate | None]:
    """For each paragraph the time it tells of: the year in its heading, the year in the title of a text that is not
    dated itself, else the day of publication."""
    title_year = _year(page.document.title or "")
    general = page.document.issued or (PartialDate(title_year) if title_year else None)
    found: dict[int, PartialDate | None] = {}
    for paragraph in page.paragraphs:
        heading = page.heading_of.get(paragraph.index)
        own = _year(paragraph.doc.text) if paragraph.block.kind == "heading" else ""
        above = _year(page.paragraphs[heading].doc.text) if heading is not None else ""
        year = own or above
        if not year or (page.document.issued is not None and year == page.document.issued.text[:4]):
            found[paragraph.index] = general
        else:
            found[paragraph.index] = PartialDate(year)
    return found


def _year(text: str) -> str:
    match = _YEAR.search(text)
    return match.group() if match else ""


def resolve_document(page: Page, mentions: list[Found], phrases: list[OfficePhrase], reference: Reference) -> Resolved:
    """Decide for each mention which entities of the document it stands for.

    Returns the mentions in the order given with their referents by index (none for what stays unresolved) and the
    entities of the document by key. Keys of known entities are ids of the reference data; the others are
    ``<class>/<slug of the name>``.
    """
    return _Resolver(page, mentions, phrases, reference).run()


class _Resolver:
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

    def run(self) -> Resolved:
        for k in self.order:
            if self.mentions[k].cls not in {"Person", "Treaty"} and self._is_name(k):
                self._name(k)
        self._acronyms()
        self._appositions()
        self._full_names()
        self._surnames()
        for k in self.order:
            if k not in self.referents and self.mentions[k].cls not in {"Person", "Treaty"} and self._is_name(k):
                self._unknown(k)
        self._learn_roles()
        treaties = TreatyResolver(self.page, self.mentions, self.referents, self.entities, self.reference)
        treaties.run()
        for k in self.order:
            mention = self.mentions[k]
            if k in self.referents or mention.cls == "Treaty":
                continue
            if mention.form is Form.NOMINAL:
                self._nominal(k)
            elif mention.form is Form.GROUP:
                self._set(k, (self._holders(k) if mention.role else ()) or self._group(k))
            elif mention.form is Form.PRONOUN:
                self._set(k, self._pronoun(k))
        return Resolved(
            self.mentions, self.referents, self.entities, treaties.clusters.shown_parties, treaties.clusters.shown_years
        )

    def _is_name(self, k: int) -> bool:
        return self.mentions[k].form in {Form.NAME, Form.ACRONYM, Form.DEMONYM, Form.SEAT}

    def _set(self, k: int, keys: tuple[str, ...]) -> None:
        if keys:
            self.referents[k] = keys

    def _head(self, k: int) -> Token:
        mention = self.mentions[k]
        return mention.head(self.page.paragraphs[mention.paragraph].doc)

    def _entity(self, key: str, cls: str, name: str, record: Record | None = None) -> LocalEntity:
        if key not in self.entities:
            self.entities[key] = LocalEntity(key, record.cls if record else cls, record.name if record else name)
            if record:
                self.entities[key].record = record.id
        return self.entities[key]

    def _adopt(self, record: Record, text: str) -> str:
        entity = self._entity(record.id, record.cls, record.name, record)
        entity.aliases.add(text)
        if record.cls == "GovernmentBody" and record.country and entity.of is None:
            owner = self.reference.get(record.country)
            if owner is not None:
                entity.of = self._entity(owner.id, owner.cls, owner.name, owner).key
        return record.id

    # names ------------------------------------------------------------------------------------------------------

    def _name(self, k: int) -> None:
        mention = self.mentions[k]
        record = self._choose(k)
        if record is not None and record.cls == "Person":
            self.mentions[k] = replace(mention, cls="Person")
            return
        if record is not None:
            record = self._in_time(record, mention)
            self.referents[k] = (self._adopt(record, mention.text),)
            self.mentions[k] = replace(mention, cls=record.cls)
            return
        if mention.cls == "GovernmentBody":
            self._body(k)
            return
        if mention.form is Form.SEAT or len(mention.text.split()) > 1:
            self._unknown(k)

    def _unknown(self, k: int) -> None:
        """A name that is not in the reference data: a person named in full elsewhere, else a thing of its own.

        A single word at the head of a sentence is a name only if the text has it elsewhere with a capital too."""
        mention = self.mentions[k]
        if mention.form is Form.SEAT:
            mention = self.mentions[k] = replace(mention, cls="Place")
        person = self.people.find(mention.text) if len(mention.text.split()) == 1 else None
        if person is not None:
            self.mentions[k] = replace(mention, cls="Person")
            self.entities[person].aliases.add(mention.text)
            self.referents[k] = (person,)
        elif mention.cls and not self._only_opens(k):
            key = f"{_folder(mention.cls)}/{slug(mention.text)}"
            self._entity(key, mention.cls, mention.text).aliases.add(mention.text)
            self.referents[k] = (key,)

    def _only_opens(self, k: int) -> bool:
        mention = self.mentions[k]
        if (
            len(mention.text.split()) > 1
            or not self.page.paragraphs[mention.paragraph].doc[mention.start].is_sent_start
        ):
            return False
        inside = re.compile(rf"[\w,;'’)] {re.escape(mention.text)}\b")
        return not any(inside.search(p.doc.text) for p in self.page.paragraphs if p.block.kind == "paragraph")

    def _in_time(self, record: Record, mention: Found) -> Record:
        """The state that the name meant when it happened: "Russia" in 1813 is the Russian Empire."""
        when = self.epochs[mention.paragraph]
        if record.cls != "State" or when is None:
            return record
        return self.reference.at(record.id, when)

    def _choose(self, k: int) -> Record | None:
        mention = self.mentions[k]
        records = [r for r in map(self.reference.get, mention.candidates) if r is not None]
        if not records:
            return None
        if mention.form is Form.SEAT:
            place = next((r for r in records if r.cls == "Place"), None)
            polities = sorted((r for r in records if r.cls != "Place"), key=lambda r: r.cls != "State")
            polity = self._by_time(polities, mention) if polities else None
            if place is None and self._is_location(k):
                return None
            return place if place is not None and (polity is None or self._is_location(k)) else polity
        if mention.form is Form.DEMONYM:
            return self._by_time([r for r in records if r.cls in POLITIES] or records, mention)
        return self._by_time(records, mention)

    def _by_time(self, records: list[Record], mention: Found) -> Record:
        """Of two states that share a name the one that existed; else the likeliest."""
        when = self.epochs[mention.paragraph]
        records = sorted(
            records,
            key=lambda r: (r.cls not in POLITIES, -r.prior) if r.cls in {"Place", *POLITIES} else (False, -r.prior),
        )
        states = [r for r in records if r.cls in POLITIES]
        if when is None or len(states) < 2 or records[0].cls not in POLITIES:
            return records[0]
        existing = [r for r in states if _existed(r, when)]
        return (existing or records)[0]

    def _is_location(self, k: int) -> bool:
        """Whether a capital's name stands for the place: things happen in it, people go to it."""
        head = self._head(k)
        first = self.page.paragraphs[self.mentions[k].paragraph].doc[self.mentions[k].start]
        marker = next((c.lower_ for c in head.children if c.dep_ in {"case", "prep"} and c.i < first.i), "")
        if head.dep_ == "pobj":
            marker = head.head.lower_
        if head.dep_ in {"compound", "nmod", "nmod:desc"} and head.head.lemma_.lower() in _ROOMS:
            return True
        if head.dep_ in {"nmod:poss", "poss", *_SUBJECTS}:
            return head.dep_ in {"nmod:poss", "poss"} and head.head.lemma_.lower() in self.lexicon.place_heads
        if marker in {"in", "at", "near", "outside", "around"}:
            return True
        if marker in {"to", "from", "into"}:
            return head.head.lemma_ in _TRAVEL or head.head.head.lemma_ in _TRAVEL
        if head.dep_ in {"appos", "list", "root", "ROOT"} and first.i > 0:
            return first.nbor(-1).text in {",", "("}
        return head.dep_ in {"obj", "dobj"} and head.head.lemma_ in {"visit", "leave", "reach", "capture", "attack"}

    def _body(self, k: int) -> None:
        """A body by what it is and whose: "Iran's Foreign Ministry" and "the Iranian Foreign Ministry" are one."""
        mention = self.mentions[k]
        owner = next(
            (
                self.referents[n][0]
                for n, m in enumerate(self.mentions)
                if n in self.referents
                and n != k
                and m.paragraph == mention.paragraph
                and mention.start <= m.start
                and m.end <= mention.end
                and m.cls in POLITIES | ORGANISATIONS
            ),
            None,
        )
        if owner is None:
            known = self._body_of_kind(mention.text)
            if known is not None:
                self.referents[k] = (known,)
                return
        name, key, record = body_identity(mention.text, owner, self.entities, self.reference)
        if record is not None:
            self.referents[k] = (self._adopt(record, mention.text),)
            return
        entity = self._entity(key, "GovernmentBody", name)
        entity.aliases.add(mention.text)
        entity.of = entity.of or owner
        self.referents[k] = (key,)

    def _body_of_kind(self, text: str) -> str | None:
        """ "the Foreign Ministry" after "Iran's Foreign Ministry": the body of that kind named last."""
        kind = kind_of(text, None)
        for entity in reversed(self.entities.values()):
            if entity.cls == "GovernmentBody" and entity.of:
                owner = self.entities.get(entity.of)
                if any(kind_of(alias, owner) == kind for alias in entity.aliases):
                    return entity.key
        return None

    def _acronyms(self) -> None:
        """A name and the acronym in brackets behind it are one: "Avicenna ... University (ATSMU)"."""
        by_start = {(m.paragraph, m.start): k for k, m in enumerate(self.mentions)}
        for k in self.order:
            mention = self.mentions[k]
            doc = self.page.paragraphs[mention.paragraph].doc
            if k not in self.referents or mention.end + 2 >= len(doc) or doc[mention.end].text not in {"(", "["}:
                continue
            inner = by_start.get((mention.paragraph, mention.end + 1))
            text = doc[mention.end + 1].text
            if text.isupper() and len(text) > 1 and doc[mention.end + 2].text in {")", "]"}:
                self.entities[self.referents[k][0]].aliases.add(text)
                if (inner is not None and inner not in self.referents) or (
                    inner is not None and self._initials(k, text)
                ):
                    self._merge_into(inner, self.referents[k][0])

    def _appositions(self) -> None:
        """ "Russia's upper house, the Federation Council": the description is the body named behind it, or before."""
        bodies = [k for k in self.order if k in self.referents and self.mentions[k].cls == "GovernmentBody"]
        for one, two in pairwise(bodies):
            a, b = self.mentions[one], self.mentions[two]
            if a.paragraph != b.paragraph or self.referents[one] == self.referents[two]:
                continue
            between = self.page.paragraphs[a.paragraph].doc[a.end : b.start].text.lower()
            known = [self.entities[self.referents[k][0]].record for k in (one, two)]
            if re.fullmatch(r", ?(the)?", between) and (known[0] is None) != (known[1] is None):
                self._merge_into(
                    *((one, self.referents[two][0]) if known[0] is None else (two, self.referents[one][0]))
                )

    def _initials(self, k: int, acronym: str) -> bool:
        words = [w for w in re.findall(r"\w+", self.mentions[k].text) if w[0].isupper()]
        return "".join(w[0] for w in words).upper() == acronym

    def _merge_into(self, k: int, key: str) -> None:
        old = self.referents.get(k)
        self.referents[k] = (key,)
        self.mentions[k] = replace(self.mentions[k], cls=self.entities[key].cls)
        if old and old[0] != key and not self.entities[old[0]].record:
            for n, keys in self.referents.items():
                self.referents[n] = tuple(key if x == old[0] else x for x in keys)
            self.entities[key].aliases |= self.entities.pop(old[0]).aliases

    # people -----------------------------------------------------------------------------------------------------

    def _full_names(self) -> None:
        for k in self.order:
            mention = self.mentions[k]
            if mention.cls != "Person" or mention.form is not Form.NAME or len(mention.text.split()) < 2:
                continue
            record = self._person_record(k)
            key = record.id if record else self.people.find(mention.text) or f"person/{slug(mention.text)}"
            self._entity(key, "Person", mention.text, record).aliases.add(mention.text)
            self.people.add(mention.text, key)
            self.referents[k] = (key,)

    def _person_record(self, k: int) -> Record | None:
        """The known person of this name who fits the time and the role told beside the name."""
        mention = self.mentions[k]
        records = [r for r in map(self.reference.get, mention.candidates) if r and r.cls == "Person"]
        if not records:
            records = [r for r in self.reference.by_name(mention.text) if r.cls == "Person"]
        return max(records, key=lambda r: (self._fits(r, k), r.prior), default=None)

    def _fits(self, record: Record, k: int) -> float:
        owners = {t.of for t in record.terms}
        told = {self._owner(p) for p in self.phrases if k in p.persons}
        score = 1.0 if owners & told else 0.0
        when = self.epochs[self.mentions[k].paragraph]
        if when is not None and any(_in_office(t.start, t.end, when) for t in record.terms):
            score += 0.5
        return score + (0.3 if owners & set(self.entities) else 0.0)

    def _owner(self, phrase: OfficePhrase) -> str | None:
        keys = self.referents.get(phrase.of) if phrase.of is not None else None
        return keys[0] if keys else None

    def _surnames(self) -> None:
        """Names of one word: someone named in full in the document, else a known holder of high office."""
        for k in self.order:
            mention = self.mentions[k]
            if (
                mention.cls != "Person"
                or k in self.referents
                or mention.form not in {Form.NAME, Form.SURNAME, Form.ACRONYM}
            ):
                continue
            key = self.people.find(mention.text)
            if key is None:
                key = self._known_surname(k)
            if key is None and mention.form is Form.NAME and not self._only_opens(k):
                key = f"person/{slug(mention.text)}"
                self._entity(key, "Person", mention.text)
            if key is not None:
                self.entities[key].aliases.add(mention.text)
                self.people.add(mention.text, key)
                self.referents[k] = (key,)

    def _known_surname(self, k: int) -> str | None:
        titled = any(k in p.persons for p in self.phrases)
        records = self.reference.persons_by_surname(self.mentions[k].text)
        fitting = [r for r in records if self._fits(r, k) >= (0.8 if titled else 1.0) or (titled and r.prior >= 0.8)]
        if not fitting:
            return None
        best = max(fitting, key=lambda r: (self._fits(r, k), r.prior))
        return self._adopt(best, self.mentions[k].text)

    # roles and descriptions -------------------------------------------------------------------------------------

    def _learn_roles(self) -> None:
        for phrase in self.phrases:
            owner = self._owner(phrase)
            for k in phrase.persons:
                if k in self.referents:
                    role = self._canonical(phrase.role)
                    self.roles.setdefault(role, []).append((self.referents[k][0], owner))

    def _canonical(self, role: str) -> str:
        return self.lexicon.role_synonyms.get(plain(role), plain(role))

    def _nominal(self, k: int) -> None:
        mention = self.mentions[k]
        if mention.role == "counterpart":
            self._set(k, self._counterpart(k))
        elif mention.cls in POLITIES and mention.of is not None:
            self._set(k, self.referents.get(mention.of, ()))
        elif mention.cls == "Person":
            self._set(k, self._by_role(k))
        elif mention.cls == "Organisation":
            self._set(k, self._named_body(k))
        elif mention.cls == "Conflict":
            before = [key for _, key in self._before(k, {"Conflict"}, 4)]
            self._set(k, (before[-1],) if before else ())

    def _by_role(self, k: int) -> tuple[str, ...]:
        """The person who holds the office in this document, else in the reference data, else the state itself."""
        mention = self.mentions[k]
        owner = self.referents[mention.of][0] if mention.of is not None and mention.of in self.referents else None
        role = self._canonical(mention.role)
        for wanted in [role, *(_HEADS_OF_STATE if role == "leader" and owner else ())]:
            holders = [key for key, of in self.roles.get(wanted, []) if owner is None or of is None or of == owner]
            if holders:
                return (holders[0],) if owner else (holders[-1],)
        known = self._known_holder(role, owner)
        if known:
            return known
        if owner is None:
            return self._only_titled(role)
        when = self.page.document.issued
        if when is not None:
            record = self.reference.holder(role, owner, when)
            if record is not None:
                return (self._adopt(record, mention.text),)
        return (owner,) if self.entities[owner].cls in POLITIES else ()

    def _holders(self, k: int) -> tuple[str, ...]:
        """ "the Russian and Iranian presidents": for each state in the phrase who holds the office, else the state."""
        mention, role = self.mentions[k], self._canonical(self.mentions[k].role)
        found: list[str] = []
        for n, other in enumerate(self.mentions):
            inside = other.paragraph == mention.paragraph and mention.start <= other.start and other.end <= mention.end
            if not inside or n == k or n not in self.referents or other.cls not in POLITIES:
                continue
            owner = self.referents[n][0]
            told = [key for key, of in self.roles.get(role, []) if of == owner]
            found += told[:1] or list(self._known_holder(role, owner)) or [owner]
        return tuple(dict.fromkeys(found))

    def _known_holder(self, role: str, owner: str | None) -> tuple[str, ...]:
        """The one person of the document who is known to have held the office."""
        of = owner or self.lexicon.role_default_of.get(role)
        wanted = canonical(role)
        found = [
            key
            for key, entity in self.entities.items()
            if entity.cls == "Person"
            and (record := self.reference.get(entity.record or "")) is not None
            and of is not None
            and any(t.of == of and canonical(t.office) == wanted for t in record.terms)
        ]
        return (found[0],) if len(found) == 1 else ()

    def _counterpart(self, k: int) -> tuple[str, ...]:
        """ "his Iranian counterpart": who holds for that state the office of the person before."""
        mention = self.mentions[k]
        owner = self.referents.get(mention.of, ()) if mention.of is not None else ()
        before = {key for _, key in self._before(k, {"Person"}, 1)}
        roles = [r for r, holders in self.roles.items() if any(key in before for key, _ in holders)]
        found = [key for r in roles for key, of in self.roles[r] if owner and of == owner[0]]
        return (found[0],) if found else owner

    def _only_titled(self, role: str) -> tuple[str, ...]:
        """ "The Minister" after "Minister for Central Asia X": the only person whose role has this word."""
        fits = {
            key for told, holders in self.roles.items() if set(role.split()) <= set(told.split()) for key, _ in holders
        }
        return tuple(fits) if len(fits) == 1 else ()

    def _named_body(self, k: int) -> tuple[str, ...]:
        """ "the ministry": the body last named whose name has the word."""
        word = self.mentions[k].text.split()[-1].lower()
        word = {"bloc": "", "group": "", "organization": "", "organisation": "", "alliance": ""}.get(word, word)
        if not word:
            return self._main_organisation(k)
        for n in reversed(self.order[: self.order.index(k)]):
            keys = self.referents.get(n, ())
            if keys and self.entities[keys[0]].cls in ORGANISATIONS:
                names = " ".join([self.entities[keys[0]].name, *sorted(self.entities[keys[0]].aliases)]).lower()
                if word in names:
                    return keys
        return ()

    def _main_organisation(self, k: int) -> tuple[str, ...]:
        """ "the group": the organisation that the text speaks of most, so far."""
        counts: Counter[str] = Counter()
        for n in self.order[: self.order.index(k)]:
            keys = self.referents.get(n, ())
            if keys and self.entities[keys[0]].cls == "InternationalOrganisation":
                counts[keys[0]] += 3 if self.page.paragraphs[self.mentions[n].paragraph].block.kind == "title" else 1
        return (min(counts, key=lambda key: (-counts[key], key)),) if counts else ()

    # groups and pronouns ----------------------------------------------------------------------------------------

    def _before(self, k: int, classes: frozenset[str] | set[str], paragraphs: int = 2) -> list[tuple[int, str]]:
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

    def _group(self, k: int) -> tuple[str, ...]:
        mention = self.mentions[k]
        wanted = {"Person"} if mention.cls == "Person" else set(POLITIES)
        size = 3 if re.search(r"\b(three|3)\b", mention.text.lower()) else 2
        pair = self._section_parties(k) if wanted != {"Person"} else ()
        if len(pair) == size:
            return pair
        pair = self._coordinated(k, wanted, size)
        if pair:
            return pair
        if wanted == {"Person"}:
            recent = list(dict.fromkeys(key for _, key in reversed(self._before(k, wanted, 3))))
            return tuple(sorted(recent[:size])) if len(recent) >= size else ()
        pair = self._states_of_persons(k)
        if len(pair) == size:
            return pair
        counts: Counter[str] = Counter()
        for n in self.order:
            if (self.mentions[n].paragraph, self.mentions[n].start) >= (mention.paragraph, mention.start):
                break
            counts.update(key for key in self.referents.get(n, ()) if self.entities[key].cls in POLITIES)
        counts = Counter({key: n for key, n in counts.items() if not self._past_state(key, mention)})
        top = [key for key, _ in sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))[:size]]
        timed = [self._now(key, mention) for key in top]
        return tuple(sorted(timed)) if len(top) == size else ()

    def _states_of_persons(self, k: int) -> tuple[str, ...]:
        """ "the two countries" after "Putin received Pezeshkian": the states that the last two persons act for."""
        owners: dict[str, str] = {key: of for holders in self.roles.values() for key, of in holders if of}
        found: dict[str, None] = {}
        for n, key in reversed(self._before(k, {"Person"}, 0)):
            record = self.reference.get(self.entities[key].record or "")
            known = [t.of for t in record.terms if t.of in self.entities] if record else []
            state = owners.get(key) or (known[-1] if known else None)
            if state is not None and self.entities[state].cls in POLITIES:
                found.setdefault(state)
            if len(found) == 2 or not self._near(n, k):
                break
        return tuple(sorted(found)) if len(found) == 2 else ()

    def _near(self, n: int, k: int) -> bool:
        """Whether a mention is in the sentence of another or the one before."""
        doc = self.page.paragraphs[self.mentions[k].paragraph].doc
        starts = [s.start for s in doc.sents]
        here = max(i for i, s in enumerate(starts) if s <= self.mentions[k].start)
        there = max(i for i, s in enumerate(starts) if s <= self.mentions[n].start)
        return here - there <= 1

    def _past_state(self, key: str, mention: Found) -> bool:
        """Whether a state had ended by the time the paragraph tells of."""
        when, entity = self.epochs[mention.paragraph], self.entities[key]
        record = self.reference.get(entity.record) if entity.record else None
        return (
            record is not None and when is not None and entity.cls == "HistoricalState" and not _existed(record, when)
        )

    def _now(self, key: str, mention: Found) -> str:
        record = self.reference.get(self.entities[key].record or "")
        return self._adopt(self._in_time(record, mention), record.name) if record is not None else key

    def _section_parties(self, k: int) -> tuple[str, ...]:
        """In a section about one treaty "the two nations" are its parties, as far as the paragraph names them."""
        heading = self.page.heading_of.get(self.mentions[k].paragraph)
        if heading is None:
            return ()
        for n in self.order:
            keys = self.referents.get(n, ())
            if self.mentions[n].paragraph == heading and keys and self.entities[keys[0]].cls == "Treaty":
                return self.entities[keys[0]].parties
        return ()

    def _coordinated(self, k: int, wanted: set[str], size: int) -> tuple[str, ...]:
        """The nearest "A and B" before, within two paragraphs."""
        mention = self.mentions[k]
        before = self._before(k, wanted, 2)
        for (first, a), (second, b) in reversed(list(itertools.pairwise(before))):
            one, two = self.mentions[first], self.mentions[second]
            if a == b or one.paragraph != two.paragraph or size != 2:
                continue
            between = self.page.paragraphs[one.paragraph].doc[one.end : two.start].text.strip().lower()
            if between in {"and", "-", "–", ", and", "/"} and one.paragraph >= mention.paragraph - 2:
                return tuple(sorted((a, b)))
        return ()

    def _pronoun(self, k: int) -> tuple[str, ...]:
        mention = self.mentions[k]
        if mention.plural:
            return self._plural_pronoun(k)
        if mention.cls == "Person":
            return self._person_pronoun(k)
        before = self._before(k, POLITIES | ORGANISATIONS | {"Treaty"}, 1)
        same = [(n, key) for n, key in before if self._same_sentence(n, k)]
        if mention.text.lower() == "its":
            near = [key for n, key in same if self.mentions[n].form is not Form.DEMONYM]
            return (near[-1],) if near else ()
        subjects = [key for n, key in before if self._head(n).dep_ in _SUBJECTS | {"root", "ROOT"}]
        return (subjects[-1],) if subjects else ()

    def _plural_pronoun(self, k: int) -> tuple[str, ...]:
        for wanted in ({"Person"}, set(POLITIES)):
            pair = self._coordinated(k, wanted, 2)
            if pair and self._before(k, wanted, 1):
                return pair
        return ()

    def _same_sentence(self, a: int, b: int) -> bool:
        one, two = self.mentions[a], self.mentions[b]
        if one.paragraph != two.paragraph:
            return False
        doc = self.page.paragraphs[one.paragraph].doc
        return bool(doc[one.start].sent.start == doc[two.start].sent.start)

    def _person_pronoun(self, k: int) -> tuple[str, ...]:
        """ "He": in the same sentence the person before it, else the person that an earlier sentence is about."""
        before = self._before(k, {"Person"}, 2)
        same = [key for n, key in before if self._same_sentence(n, k) and self._head(n).dep_ in _SUBJECTS]
        if same:
            return (same[-1],)
        any_same = [key for n, key in before if self._same_sentence(n, k) and self.mentions[n].form is not Form.PRONOUN]
        if any_same:
            return (any_same[-1],)
        subjects = [key for n, key in before if self._head(n).dep_ in _SUBJECTS]
        if subjects:
            return (subjects[-1],)
        return (before[-1][1],) if before else ()


_ROOMS = {"room", "palace", "hall", "building", "airport", "square", "office", "street", "complex", "tower", "hotel"}
_TRAVEL = {
    "visit",
    "travel",
    "trip",
    "fly",
    "go",
    "come",
    "arrive",
    "return",
    "arrival",
    "journey",
    "flight",
    "head",
    "accompany",
    "leave",
    "depart",
    "mission",
    "send",
}


def _existed(record: Record, when: PartialDate) -> bool:
    return not (record.start and record.start[:4] > when.text[:4]) and not (
        record.end and record.end[:4] < when.text[:4]
    )


def _in_office(start: str | None, end: str | None, when: PartialDate) -> bool:
    return (
        bool(start) and (start or "") <= when.latest.isoformat() and (end is None or end >= when.earliest.isoformat())
    )


def _folder(cls: str) -> str:
    return {
        "GovernmentBody": "body",
        "InternationalOrganisation": "organisation",
        "HistoricalState": "historical-state",
    }.get(cls, cls.lower())
