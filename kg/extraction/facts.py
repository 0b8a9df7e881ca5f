"""From resolved mentions and parsed sentences to facts, events and statements: the patterns applied to all frames."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from spacy.tokens import Token

from kg.extraction import frames, modality
from kg.extraction.drafts import DraftEvent, DraftFact, Reading
from kg.extraction.frames import Argument, Frame
from kg.extraction.lexicon import lexicon
from kg.extraction.page import Form, OfficePhrase, Page, Paragraph, Resolved
from kg.extraction.patterns import Pattern, PatternSet, Role, patterns
from kg.extraction.speech import MentionAt, Speech
from kg.extraction.times import Times, Told
from kg.model import AGENTS, POLITIES, ClassRef, Concept, EntityRef, Modality, PartialDate, Passage, Span, Value

_PLACE_SLOTS = {"in", "at", "near", "outside"}
_SHARED = {"during", "at", "in", "on", "upon", "after", "following", "before", "with"}
_INSIDE_NAMES = {"-", "–", "/", "[", "]", "(", ")", "'s", "’s"}
_DETERMINERS = {"his", "her", "their", "the", "its", "then"}
_TIMED = {"during", "at", "in", "upon", "on"}
_PROPERTY_ORDER = (
    "type",
    "eventType",
    "agent",
    "target",
    "participant",
    "host",
    "location",
    "date",
    "within",
    "concernsTreaty",
)


@dataclass
class _Match:
    """A pattern that fired: what fills its roles, as entity keys or, for events, as drafts."""

    pattern: Pattern
    frame: Frame
    paragraph: Paragraph
    fillers: dict[str, tuple[str, ...]]
    events: dict[str, DraftEvent]
    passage: Passage
    modality: Modality
    speaker: str | None
    date: Told | None
    place: tuple[str, ...]
    duration: Told | None


class FactReader:
    """Reads the facts of one document.

    ``represents`` says for a person which polity or organisation he or she acts for; ``epochs`` gives each paragraph's
    time; ``country_of`` the state that a place lies in, by entity id (``None`` when not known).
    """

    def __init__(
        self,
        page: Page,
        resolved: Resolved,
        represents: dict[str, str],
        epochs: dict[int, PartialDate | None],
        countries: dict[str, str],
        phrases: list[OfficePhrase],
    ) -> None:
        self.page, self.resolved, self.represents = page, resolved, represents
        self.patterns: PatternSet = patterns()
        self.countries, self.phrases = countries, phrases
        self.mention_at = MentionAt(resolved, _by_token(resolved), phrases)
        self.frames = {p.index: self._frames(p) for p in page.paragraphs}
        predicates = {i: {f.predicate.i for f in fs} for i, fs in self.frames.items()}
        self.times = Times(page, predicates, epochs, self._named_years())
        self.speech = Speech(page, resolved, self.mention_at)
        self.facts: list[DraftFact] = []
        self.events: dict[tuple[int, int], DraftEvent] = {}
        self.order: list[DraftEvent] = []

    def _named_years(self) -> dict[int, list[tuple[int, int]]]:
        found: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for mention in self.resolved.mentions:
            if mention.cls == "Conflict" and mention.form is Form.NAME:
                doc = self.page.paragraphs[mention.paragraph].doc
                last = doc[mention.end - 1]
                found[mention.paragraph].append((doc[mention.start].idx, last.idx + len(last)))
        return found

    def read(self) -> Reading:
        """All facts, events and statements that the patterns find."""
        later: list[tuple[Paragraph, Frame, Pattern]] = []
        for paragraph in self.page.paragraphs:
            for frame in self.frames[paragraph.index]:
                later += self._apply(paragraph, frame)
        for paragraph, frame, pattern in later:
            match = self._match(paragraph, frame, pattern)
            if match is not None:
                self._extend(match)
        self._within()
        return Reading(tuple(self.facts), tuple(self.order), tuple(self.speech.statements()))

    # frames -----------------------------------------------------------------------------------------------------

    def _frames(self, paragraph: Paragraph) -> list[Frame]:
        """Nominal predicates first, so that a verb can add to the event of its object."""
        nouns, verbs = [], []
        for token in paragraph.doc:
            lemma = lemma_of(token)
            if frames.is_verb(token) and lemma in self.patterns.by_verb:
                verbs.append(Frame(token, tuple(frames.verbal_arguments(token))))
            elif token.pos_ in {"NOUN", "PROPN"} and lemma in self.patterns.by_noun:
                arguments, light = frames.nominal_arguments(token, self.patterns.light)
                nouns.append(Frame(token, tuple(arguments), light))
        return [*nouns, *verbs]

    def _apply(self, paragraph: Paragraph, frame: Frame) -> list[tuple[Paragraph, Frame, Pattern]]:
        """Apply the patterns of the frame's lemma; those that add to other events are returned for later."""
        lemma = lemma_of(frame.predicate)
        table = self.patterns.by_verb if frames.is_verb(frame.predicate) else self.patterns.by_noun
        fired: list[_Match] = []
        later = []
        for pattern in table.get(lemma, ()):
            if pattern.extends:
                later.append((paragraph, frame, pattern))
            elif not (pattern.otherwise & {m.pattern.id for m in fired}):
                match = self._match(paragraph, frame, pattern)
                if match is not None:
                    fired.append(match)
        replaced = {id for m in fired for id in m.pattern.instead_of}
        for match in fired:
            if match.pattern.id not in replaced:
                self._write(match)
        return later

    # matching ---------------------------------------------------------------------------------------------------

    def _match(self, paragraph: Paragraph, frame: Frame, pattern: Pattern) -> _Match | None:
        frame = self._with_copula(frame, pattern)
        if not self._conditions(frame, pattern, paragraph):
            return None
        fillers: dict[str, tuple[str, ...]] = {}
        events: dict[str, DraftEvent] = {}
        used: set[str] = set()
        for role in pattern.roles:
            if any(c.startswith("event:") for c in role.classes):
                event = self._event_filler(paragraph, frame, role)
                if event is not None:
                    events[role.name] = event
            else:
                keys = tuple(k for k in self._fill(paragraph, frame, role) if k not in used)
                if keys:
                    fillers[role.name] = keys
                    used.update(keys)
            if role.required and role.name not in fillers and role.name not in events:
                return None
        if pattern.needs_two and len(used) < 2:
            return None
        return self._told(paragraph, frame, pattern, fillers, events)

    def _with_copula(self, frame: Frame, pattern: Pattern) -> Frame:
        """ "became a member of BRICS": the noun's arguments beside the verb's."""
        if not pattern.copula:
            return frame
        for child in frame.predicate.children:
            if child.dep_ in {"xcomp", "obj", "attr", "acomp", "dobj"} and lemma_of(child) in pattern.copula:
                arguments, _ = frames.nominal_arguments(child, frozenset())
                return Frame(frame.predicate, (*frame.arguments, *arguments))
        return frame

    def _conditions(self, frame: Frame, pattern: Pattern, paragraph: Paragraph) -> bool:
        head = frame.predicate.head
        if pattern.copula and not any(lemma_of(c) in pattern.copula for c in frame.predicate.children):
            return False
        if pattern.governors and not (
            lemma_of(head) in pattern.governors and frame.predicate.dep_ in {"xcomp", "ccomp", "obj"}
        ):
            return False
        if pattern.under and not any(lemma_of(v) in pattern.under for v in _verbs_above(frame.predicate)):
            return False
        if pattern.needs_name and not self._named(paragraph, frame.predicate):
            self._refer(paragraph, frame.predicate)
            return False
        if not pattern.needs:
            return True
        return any(
            "*" in words or lemma_of(token) in words
            for slot, words in pattern.needs
            for token in self._slot(frame, slot)
        )

    def _slot(self, frame: Frame, slot: str) -> list[Token]:
        if slot == "comp":
            return [c for c in frame.predicate.children if c.dep_ in {"xcomp", "acomp", "attr"}]
        return frame.fillers({slot})

    def _refer(self, paragraph: Paragraph, token: Token) -> None:
        """ "the summit": the one told of before."""
        if any(c.lower_ in {"the", "this"} for c in token.children):
            same = [e for e in self.order if e.cls == "Summit"]
            if same:
                self.events.setdefault((paragraph.index, token.i), same[-1])

    def _named(self, paragraph: Paragraph, token: Token) -> bool:
        """Whether a summit is a particular one: whose, of what, or by a name."""
        if token.text[:1].isupper() and token.i and token.doc[token.i - 1].text[:1].isupper():
            return token.doc[token.i - 1].lower_ not in {"the", "this", "a"}
        modifiers = [c for c in token.children if c.dep_ in {"compound", "nmod:poss", "poss", "amod", "nmod"}]
        return any(self.mention_at(paragraph, c) for c in modifiers) or any(c.tag_ == "VBN" for c in token.children)

    def _fill(self, paragraph: Paragraph, frame: Frame, role: Role) -> list[str]:
        found: list[str] = []
        for token in self._tokens(paragraph, frame, role):
            if role.named and self._stands_for(paragraph, token):
                continue
            keys = self._with_conjunct(paragraph, token, frame)
            found += [k for k in keys if self.resolved.entities[k].cls in role.classes and k not in found]
        if not found and "topic" in role.slots:
            found += self._topic(paragraph, role)
        return found

    def _stands_for(self, paragraph: Paragraph, token: Token) -> bool:
        """Whether it is people of a state rather than the state: "visited American troops"."""
        k = self.mention_at.index(paragraph, token)
        return k is not None and self.resolved.mentions[k].form is Form.NOMINAL

    def _topic(self, paragraph: Paragraph, role: Role) -> list[str]:
        """What the entry is about: named in the heading above, else in the title."""
        for index in (self.page.heading_of.get(paragraph.index), 0):
            if index is None or (index == 0 and self.page.paragraphs[0].block.kind != "title"):
                continue
            for k, mention in enumerate(self.resolved.mentions):
                if mention.paragraph == index and mention.form is Form.NAME:
                    keys = [
                        x for x in self.resolved.referents.get(k, ()) if self.resolved.entities[x].cls in role.classes
                    ]
                    if keys:
                        return keys
        return []

    def _with_conjunct(self, paragraph: Paragraph, token: Token, frame: Frame) -> tuple[str, ...]:
        """The entities at a token and, where the parser has lost it, the one that "and" joins to it on its left."""
        keys = self.mention_at(paragraph, token)
        k = self.mention_at.index(paragraph, token)
        if k is None:
            return keys or self._exemplified(paragraph, token)
        listed = self._listed(paragraph, k)
        if listed:
            return listed
        before, after = self._joined_before(paragraph, k, frame.predicate), self._joined_after(paragraph, k)
        return tuple(dict.fromkeys((*before, *keys, *after)))

    def _exemplified(self, paragraph: Paragraph, token: Token) -> tuple[str, ...]:
        """ "the states that joined: Egypt, Ethiopia and Iran", "several countries, including Chad and Mali"."""
        if token.lower_ not in lexicon().polity_groups and token.lower_ not in {"members", "newcomers"}:
            return ()
        doc = paragraph.doc
        for i in range(token.i + 1, token.sent.end - 1):
            if doc[i].text == ":" or doc[i].lower_ in {"including", "namely"}:
                here = (
                    k
                    for k, m in enumerate(self.resolved.mentions)
                    if m.paragraph == paragraph.index and i < m.start <= i + 2
                )
                first = next(
                    (k for k in here if k in self.resolved.referents and self.resolved.mentions[k].cls in POLITIES),
                    None,
                )
                if first is None:
                    return ()
                joined = self._joined_after(paragraph, first)
                return self._listed(paragraph, first) or (*self.resolved.referents[first], *joined)
        return ()

    def _listed(self, paragraph: Paragraph, k: int) -> tuple[str, ...]:
        """All members of a list of three or more states that "and" closes: "France, Spain, Italy and Greece"."""
        mentions, doc = self.resolved.mentions, paragraph.doc
        polities = sorted(
            (m.start, m.end, n)
            for n, m in enumerate(mentions)
            if m.paragraph == paragraph.index
            and n in self.resolved.referents
            and m.cls in POLITIES
            and m.form.value != "demonym"
        )
        run: list[tuple[int, int, int]] = []
        gaps: list[str] = []
        for item in polities:
            gap = doc[run[-1][1] : item[0]].text.lower().strip() if run else ""
            if run and gap in {",", "and", ", and", ", the", "and the", ", and the"}:
                run.append(item)
                gaps.append(gap)
                continue
            if k in [n for *_, n in run]:
                break
            run, gaps = [item], []
        if k in [n for *_, n in run] and len(run) > 2 and "and" in gaps[-1]:
            return tuple(dict.fromkeys(x for *_, n in run for x in self.resolved.referents[n]))
        return ()

    def _joined_after(self, paragraph: Paragraph, k: int) -> tuple[str, ...]:
        """ "Yerevan and Nakhchivan": what "and" joins to a place or state on its right, unless it begins a clause."""
        mentions, doc = self.resolved.mentions, paragraph.doc
        here = self.resolved.entities[self.resolved.referents[k][0]].cls if k in self.resolved.referents else ""
        if here not in {"Place", "State", "HistoricalState"}:
            return ()
        end = mentions[k].end
        for n, other in enumerate(mentions):
            if (
                other.paragraph != paragraph.index
                or n not in self.resolved.referents
                or other.start <= end
                or other.start > end + 2
            ):
                continue
            between = doc[end : other.start].text.lower()
            same = {self.resolved.entities[x].cls for x in self.resolved.referents[n]} <= {here, "Place"}
            if between in {"and", "and the", ", and"} and same and not other.head(doc).dep_.startswith("nsubj"):
                return self.resolved.referents[n]
        return ()

    def _joined_before(self, paragraph: Paragraph, k: int, verb: Token) -> tuple[str, ...]:
        """The entity on the left of "and" before a mention and its title, unless another verb has it as argument."""
        mentions, doc = self.resolved.mentions, paragraph.doc
        start = min([mentions[k].start, *(p.start for p in self.phrases if k in p.persons)])
        while start > 0 and doc[start - 1].lower_ in _DETERMINERS:
            start -= 1
        if start < 2 or doc[start - 1].lower_ != "and":
            return ()
        for n, other in enumerate(mentions):
            if other.paragraph == paragraph.index and other.end == start - 1 and n in self.resolved.referents:
                head = other.head(doc)
                taken = frames.is_verb(head.head) and head.head.i != verb.i and head.head is not head
                kinds = {
                    _kind(self.resolved.entities[x].cls) for m in (n, k) for x in self.resolved.referents.get(m, ())
                }
                if len(kinds) == 1 and not taken:
                    return self.resolved.referents[n]
        return ()

    def _last(self, paragraph: Paragraph, token: Token, role: Role) -> Token | None:
        """The head of the last mention before in the paragraph that may fill the role ("which joined in January")."""
        options = [
            (m.end, m.head(paragraph.doc).i)
            for k, m in enumerate(self.resolved.mentions)
            if m.paragraph == paragraph.index
            and m.end <= token.i
            and any(self.resolved.entities[x].cls in role.classes for x in self.resolved.referents.get(k, ()))
        ]
        return paragraph.doc[max(options)[1]] if options else None

    def _bare(self, frame: Frame) -> bool:
        """Whether a predicate may leave its object to the words before it: a participle or a noun."""
        predicate = frame.predicate
        if not frames.is_verb(predicate):
            return True
        return predicate.tag_ == "VBN" and not any(c.dep_.startswith(("nsubj", "aux")) for c in predicate.children)

    def _nearest(self, paragraph: Paragraph, token: Token, role: Role, both: bool = False) -> Token | None:
        """The head of the last mention before (or, ``both``, after) in the sentence that may fill the role."""
        doc, options = paragraph.doc, []
        start, end = token.sent.start, token.sent.end if both else token.i
        for k, mention in enumerate(self.resolved.mentions):
            inside = mention.paragraph == paragraph.index and start <= mention.start and mention.end <= end
            keys = self.resolved.referents.get(k, ()) if inside else ()
            if any(self.resolved.entities[x].cls in role.classes for x in keys):
                options.append((mention.end <= token.i, -abs(mention.end - token.i), mention.head(doc).i))
        return doc[max(options)[2]] if options else None

    def _tokens(self, paragraph: Paragraph, frame: Frame, role: Role) -> list[Token]:
        slots = set(role.slots)
        found = list(frame.fillers(slots))
        for slot in role.slots:
            outer, _, inner = slot.partition(">")
            if inner:
                nouns = frame.fillers({outer})
                found += [
                    t
                    for n in nouns
                    for t in Frame(n, tuple(frames.nominal_arguments(n, frozenset())[0])).fillers({inner})
                ]
        if "~" in slots and not any(self._fits(paragraph, t, role) for t in found):
            found += self._stray(frame, slots)
        if "self" in slots:
            found.append(frame.predicate)
        if "actor" in slots and not any(a.slot in {"subj", "poss", "between", "by"} for a in frame.arguments):
            found += frames.governing_subjects(frame.predicate)
        if "near" in slots and self._bare(frame) and not any(self._fits(paragraph, t, role) for t in found):
            near = self._nearest(paragraph, frame.predicate, role, both=frame.predicate.is_sent_start is True)
            found += [near] if near is not None else []
        if "last" in slots and not any(self._fits(paragraph, t, role) for t in found):
            last = self._last(paragraph, frame.predicate, role)
            found += [last] if last is not None else []
        if "clause" in slots and not found:
            for verb in _verbs_above(frame.predicate)[:2]:
                found += [a.token for a in frames.verbal_arguments(verb)]
            if not any(self._fits(paragraph, t, role) for t in found):
                near = self._nearest(paragraph, frame.predicate, role, both=True)
                found += [near] if near is not None else []
        return found

    def _fits(self, paragraph: Paragraph, token: Token, role: Role) -> bool:
        return any(self.resolved.entities[k].cls in role.classes for k in self.mention_at(paragraph, token))

    def _stray(self, frame: Frame, slots: set[str]) -> list[Token]:
        """Prepositional phrases behind the predicate that the parser has hung elsewhere, up to the next clause."""
        found = []
        for token in frame.predicate.doc[frame.predicate.i + 1 : frame.predicate.sent.end]:
            if frames.is_verb(token) and token.tag_ in {"VBD", "VBZ", "VBP"}:
                break
            if frames.preposition(token) in slots:
                found += frames.conjuncts(token)
        return found

    def _event_filler(self, paragraph: Paragraph, frame: Frame, role: Role) -> DraftEvent | None:
        wanted = {c.removeprefix("event:") for c in role.classes}
        for token in frame.fillers(set(role.slots)):
            event = self.events.get((paragraph.index, token.i))
            if event is not None and event.cls in wanted:
                return event
        return None

    # circumstances ----------------------------------------------------------------------------------------------

    def _told(
        self,
        paragraph: Paragraph,
        frame: Frame,
        pattern: Pattern,
        fillers: dict[str, tuple[str, ...]],
        events: dict[str, DraftEvent],
    ) -> _Match:
        if frames.is_verb(frame.predicate):
            told = modality.of_verb(frame.predicate)
            if pattern.governors:
                told = modality.of_verb(frame.predicate.head)
        else:
            told = modality.of_noun(frame.predicate, frame.light)
        return _Match(
            pattern,
            frame,
            paragraph,
            fillers,
            events,
            self._passage(paragraph, frame, pattern),
            modality.of_object(frame.predicate) if pattern.always else told,
            self.speech.speaker_of(paragraph, frame.verb),
            self._date(paragraph, frame, pattern),
            self._place(paragraph, frame),
            self.times.durations.get((paragraph.index, frame.predicate.i)),
        )

    def _passage(self, paragraph: Paragraph, frame: Frame, pattern: Pattern) -> Passage:
        """The characters from the first to the last word that the match rests on, the whole sentence at most."""
        slots = {s for r in pattern.roles for s in r.slots}
        sentence = frame.predicate.sent
        tokens = [frame.predicate.i, frame.verb.i]
        for argument in frame.arguments:
            if argument.slot in slots | _PLACE_SLOTS and sentence.start <= argument.token.i < sentence.end:
                index = self.mention_at.index(paragraph, argument.token)
                mention = self.resolved.mentions[index] if index is not None else None
                tokens += [mention.start, mention.end - 1] if mention else [argument.token.i]
        date = self.times.dates.get((paragraph.index, frame.predicate.i))
        passage = paragraph.passage(self.page.document.id, min(tokens), max(tokens) + 1)
        if date is not None:
            start, end = passage.span.start, passage.span.end
            limit = paragraph.passage(self.page.document.id, sentence.start, sentence.end).span
            if limit.start <= date.passage.span.start and date.passage.span.end <= limit.end:
                span = Span(min(start, date.passage.span.start), max(end, date.passage.span.end))
                return Passage(self.page.document.id, span)
        return passage

    def _date(self, paragraph: Paragraph, frame: Frame, pattern: Pattern) -> Told | None:
        """The date told with the predicate, with its light verb, with the event it happens in, or with its clause."""
        at = self.times.dates
        index = paragraph.index
        for token in [frame.predicate, frame.verb, *([frame.predicate.head] if pattern.governors else [])]:
            if (index, token.i) in at:
                return at[(index, token.i)]
        for argument in frame.arguments:
            if argument.slot in _TIMED and (index, argument.token.i) in at and self._is_event(argument.token):
                return at[(index, argument.token.i)]
        above = self._carrier(frame)
        if above is not None and (index, above.i) in at:
            return at[(index, above.i)]
        return None

    def _carrier(self, frame: Frame) -> Token | None:
        """The verb whose time and place a predicate shares: "said during talks", "arrived, landing"."""
        token = frame.predicate
        if frames.is_verb(token):
            if token.dep_ in {"advcl", "conj", "xcomp"} and frames.is_verb(token.head):
                return token.head
            return None
        marker = frames.preposition(token)
        verb = frames.clause_of(token)
        if verb is None or token.head.i != verb.i:
            return None
        if marker in _TIMED or token.dep_ in {"obj", "dobj", "nsubj", "nsubj:pass", "nsubjpass"}:
            return verb
        return None

    def _is_event(self, token: Token) -> bool:
        return any(p.event for p in self.patterns.by_noun.get(lemma_of(token), ()))

    def _place(self, paragraph: Paragraph, frame: Frame) -> tuple[str, ...]:
        """Where it happened: the nearest town or building told with it, else the state."""
        own = self._places(paragraph, frame.arguments)
        if not own:
            nested = [a for a in frame.arguments if a.slot in _SHARED | {"to"} and self._is_event(a.token)]
            for argument in nested:
                below, _ = frames.nominal_arguments(argument.token, frozenset())
                own = own or self._places(paragraph, tuple(below), _PLACE_SLOTS | {"to"})
        if not own:
            carrier = self._carrier(frame)
            if carrier is not None:
                own = self._places(paragraph, tuple(frames.verbal_arguments(carrier)))
        return own or self._place_behind(paragraph, frame)

    def _place_behind(self, paragraph: Paragraph, frame: Frame) -> tuple[str, ...]:
        """A town behind the predicate that the parser has hung on a name: "met Ibrahim al-Jaafari in London"."""
        for token in self._stray(frame, _PLACE_SLOTS):
            head = token.head
            keys = [k for k in self.mention_at(paragraph, token) if self.resolved.entities[k].cls == "Place"]
            if keys and head.i != frame.predicate.i and self.mention_at(paragraph, head) and not self._is_event(head):
                return (keys[0],)
        return ()

    def _places(
        self, paragraph: Paragraph, arguments: tuple[Argument, ...], slots: set[str] = _PLACE_SLOTS
    ) -> tuple[str, ...]:
        tokens = [t for a in arguments if a.slot in slots for t in (a.token, *_part_of(a.token))]
        keys = [k for t in tokens for k in self.mention_at(paragraph, t)]
        places = [k for k in keys if self.resolved.entities[k].cls == "Place"]
        states = [k for k in keys if self.resolved.entities[k].cls in POLITIES]
        return tuple((places or states)[:1])

    # writing ----------------------------------------------------------------------------------------------------

    def _write(self, match: _Match) -> None:
        for subject, predicate, value in match.pattern.facts:
            for s in match.fillers.get(subject, ()):
                for told, passage in self._values(match, predicate, value):
                    if not (isinstance(told, EntityRef) and told.id == s):
                        self.facts.append(self._fact(match, s, predicate, told, passage))
        if match.pattern.event:
            for one in _each(match):
                self._event(one)

    def _values(self, match: _Match, predicate: str, value: str) -> list[tuple[Value, Passage]]:
        if value == "@date":
            return [(match.date.value, match.date.passage)] if match.date else []
        if value == "@duration":
            return [(match.duration.value, match.duration.passage)] if match.duration else []
        keys = match.place if value == "@place" else match.fillers.get(value.partition(":")[0], ())
        return [(EntityRef(k), match.passage) for k in self._in_range(predicate, keys)]

    def _in_range(self, predicate: str, keys: tuple[str, ...]) -> list[str]:
        """The fillers that the property may have, a person's polity in place of the person where that is meant."""
        wanted = self.patterns.ranges.get(predicate)
        found: list[str] = []
        for key in keys:
            if predicate in self.patterns.represented and self.resolved.entities[key].cls == "Person":
                key = self.represents.get(key, key)
            elif predicate in self.patterns.represented and self.resolved.entities[key].cls == "GovernmentBody":
                key = self.resolved.entities[key].of or key
            if key in self.resolved.entities and (wanted is None or self.resolved.entities[key].cls in wanted):
                found.append(key)
        return list(dict.fromkeys(found))

    def _fact(self, match: _Match, subject: str, predicate: str, value: Value, passage: Passage) -> DraftFact:
        whole = match.passage if passage is match.passage else _around(match.passage, passage)
        confidence = 0.85 if match.speaker is None else 0.75
        return DraftFact(subject, predicate, value, whole, match.modality, match.speaker, confidence, match.pattern.id)

    def _event(self, match: _Match) -> None:
        pattern, token = match.pattern, match.frame.predicate
        key = (match.paragraph.index, token.i)
        cls = pattern.event
        event = DraftEvent(cls, pattern.kind, *key, match.modality)
        event.name = self._event_name(match) if cls == "Summit" else ""
        if pattern.entity:
            names = self.mention_at(match.paragraph, token)
            event.entity = names[0] if names and self.resolved.entities[names[0]].cls == "Conflict" else None
            if event.entity is None:
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

    def _arguments(self, match: _Match, event: DraftEvent) -> None:
        for predicate, roles in match.pattern.args:
            for told in roles:
                name, _, cls = told.partition(":")
                keys = tuple(k for k in match.fillers.get(name, ()) if not cls or self.resolved.entities[k].cls == cls)
                for key in self._in_range(predicate, keys):
                    event.properties.append(self._fact(match, "#", predicate, EntityRef(key), match.passage))

    def _visited(self, match: _Match, event: DraftEvent) -> None:
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

    def _event_name(self, match: _Match) -> str:
        """The capitalised words before the noun, and it: "2016 UK-France Summit"."""
        token, doc = match.frame.predicate, match.paragraph.doc
        start = token.i
        while start > 0 and (doc[start - 1].text[:1].isupper() or doc[start - 1].text in _INSIDE_NAMES):
            start -= 1
        while start < token.i and not doc[start].text[:1].isupper():
            start += 1
        return str(doc[start : token.i + 1].text)

    def _extend(self, match: _Match) -> None:
        """Add to an event that another predicate told of: who attended, who hosted."""
        event = match.events[match.pattern.extends]
        if (
            match.modality is not Modality.ACTUAL
            and event.modality is Modality.ACTUAL
            and match.modality is Modality.NEGATED
        ):
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

    def _within(self) -> None:
        """ "on the sidelines of the summit": a meeting and the summit above it in the sentence."""
        for (paragraph, token), event in sorted(self.events.items(), key=lambda kv: kv[0]):
            if event.cls != "Summit":
                continue
            doc = self.page.paragraphs[paragraph].doc
            node = doc[token]
            for _ in range(8):
                node = node.head
                inner = self.events.get((paragraph, node.i))
                if inner is not None and inner is not event and inner.cls in {"Meeting", "Interaction", "Signing"}:
                    first = inner.properties[0]
                    whole = _around(first.passage, event.properties[0].passage)
                    inner.properties.append(
                        DraftFact(
                            "#",
                            "within",
                            EntityRef(f"@.{paragraph}.{token}"),
                            whole,
                            first.modality,
                            first.attributed_to,
                            0.8,
                            "within",
                        )
                    )
                    break
                if node.head is node:
                    break


def _part_of(token: Token) -> list[Token]:
    """ "the village of Gulistan": the name below a common noun for a place."""
    if token.lemma_.lower() not in {"village", "city", "town", "port", "capital", "resort", "fortress", "island"}:
        return []
    return [c for c in token.children if c.dep_ in {"nmod", "appos", "pobj"} and frames.preposition(c) in {"of", ""}]


def _kind(cls: str) -> str:
    return "Polity" if cls in POLITIES else cls


def lemma_of(token: Token) -> str:
    """The lemma in lower case; of a plural noun that the lemmatizer left alone, the singular."""
    lemma = str(token.lemma_).lower()
    if token.tag_ in {"NNS", "NNPS"} and lemma == token.lower_ and lemma.endswith("s"):
        return lemma[:-3] + "y" if lemma.endswith("ies") else lemma[:-1]
    return lemma


def _each(match: _Match) -> list[_Match]:
    """One match for each filler of the role that makes separate events: every parliament ratifies for itself."""
    role = match.pattern.each
    keys = match.fillers.get(role, ())
    if len(keys) < 2:
        return [match]
    return [replace(match, fillers={**match.fillers, role: (key,)}) for key in keys]


def _verbs_above(token: Token) -> list[Token]:
    found, node = [], token
    for _ in range(40):
        if node.head is node:
            break
        node = node.head
        if frames.is_verb(node):
            found.append(node)
    return found


def _by_token(resolved: Resolved) -> dict[tuple[int, int], tuple[int, ...]]:
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    for k, mention in enumerate(resolved.mentions):
        for i in range(mention.start, mention.end):
            found[(mention.paragraph, i)].append(k)
    return {key: tuple(ks) for key, ks in found.items()}


def _around(one: Passage, other: Passage) -> Passage:
    """The shortest passage that holds both, unless they are far apart."""
    start, end = min(one.span.start, other.span.start), max(one.span.end, other.span.end)
    return Passage(one.document, Span(start, end)) if end - start < 600 else one


def represented(resolved: Resolved, phrases: list[OfficePhrase]) -> dict[str, str]:
    """For each person with an office in this document the polity or organisation that he or she acts for."""
    found: dict[str, str] = {}
    for phrase in phrases:
        owner = resolved.referents.get(phrase.of, ()) if phrase.of is not None else ()
        if not owner:
            default = lexicon().role_default_of.get(phrase.role)
            owner = (default,) if default and default in resolved.entities else ()
        if not owner or phrase.former:
            continue
        key = owner[0]
        if resolved.entities[key].cls == "GovernmentBody" and resolved.entities[key].of:
            key = resolved.entities[key].of or key
        for k in phrase.persons:
            for person in resolved.referents.get(k, ()):
                if resolved.entities[person].cls == "Person" and key in resolved.entities:
                    found.setdefault(person, key)
    return {p: k for p, k in found.items() if resolved.entities[k].cls in AGENTS}
