"""From resolved mentions and parsed sentences to facts, events and statements: the patterns applied to all frames."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from kg.extraction import frames, grammar, modality
from kg.extraction.circumstances import Circumstances
from kg.extraction.clauses import lemma_of
from kg.extraction.conditions import fits, with_copula
from kg.extraction.drafts import DraftEvent, Reading
from kg.extraction.event_writing import FactWriter
from kg.extraction.fillers import Fillers
from kg.extraction.frames import Frame
from kg.extraction.matches import Match, around
from kg.extraction.mention_at import MentionAt
from kg.extraction.page import Form, OfficePhrase, Page, Paragraph, Resolved
from kg.extraction.patterns import Pattern, Role, patterns
from kg.extraction.remnants import Remnant, done_again, remnants, timed
from kg.extraction.speech import Speech
from kg.extraction.statements import Statements
from kg.extraction.summits import is_named, put_within, told_before
from kg.extraction.times import Times, Told
from kg.model import PartialDate


class FactReader:
    """Reads the facts of one document.

    ``represents`` says for a person which polity or organisation he or she acts for; ``epochs`` gives each paragraph's
    time; ``countries`` the state that a place lies in, where it is known. All ids are those of entities.
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
        self.page, self.resolved, self.patterns = page, resolved, patterns()
        self.mention_at = MentionAt(resolved, phrases)
        self.frames = {p.index: self._frames(p) for p in page.paragraphs}
        predicates = {i: {f.predicate.i for f in fs} for i, fs in self.frames.items()}
        self.remnants = {key: found for p in page.paragraphs for key, found in self._remnants(p)}
        self._inside: dict[tuple[int, int], Remnant] = {}
        self.frames = {i: [self._without_remnants(i, f) for f in fs] for i, fs in self.frames.items()}
        self.times = Times(page, predicates, epochs, self._not_of_verbs())
        self.speech = Speech(page, resolved, self.mention_at)
        self.fillers = Fillers(page, resolved, self.mention_at, phrases)
        self.circumstances = Circumstances(
            page, resolved, self.mention_at, self.speech, self.times, self.patterns, countries
        )
        self.writer = FactWriter(resolved, represents, countries, self.mention_at, self.patterns)

    def _remnants(self, paragraph: Paragraph) -> Iterator[tuple[tuple[int, int], tuple[Remnant, ...]]]:
        """What stands behind each verb of a paragraph without a verb of its own."""
        mentions = [m for m in self.resolved.mentions if m.paragraph == paragraph.index]
        times = timed(paragraph.doc)
        verbs = [f.predicate for f in self.frames[paragraph.index] if grammar.is_verb(f.predicate)]
        again = list(done_again(paragraph.doc, verbs, times))
        for verb in verbs:
            rest = (*remnants(verb, mentions, times), *(r for v, r in again if v.i == verb.i))
            yield (paragraph.index, verb.i), rest

    def _without_remnants(self, paragraph: int, frame: Frame) -> Frame:
        """The frame with its own arguments only."""
        rest = self.remnants.get((paragraph, frame.predicate.i), ())
        own = (a for a in frame.arguments if not any(r.start <= a.token.i < r.end for r in rest))
        return self._in_its_remnant(paragraph, Frame(frame.predicate, tuple(own), frame.light) if rest else frame)

    def _in_its_remnant(self, paragraph: int, frame: Frame) -> Frame:
        """ "A broke it in 1885 and B in 1908 by annexing C": who annexed is B."""
        verb = frame.predicate
        above = self.remnants.get((paragraph, verb.head.i), ()) if verb.dep_ == "advcl" else ()
        actors = [a for r in above if r.end <= verb.i for a in r.arguments if a.slot == "subj"]
        if not actors or any(a.slot == "subj" and a.token.i > actors[-1].token.i for a in frame.arguments):
            return frame
        self._inside[(paragraph, verb.i)] = next(r for r in above if actors[-1] in r.arguments)
        kept = (a for a in frame.arguments if a.slot != "subj")
        return Frame(verb, (*kept, actors[-1]), frame.light)

    def _not_of_verbs(self) -> dict[int, list[tuple[int, int]]]:
        """The characters of each paragraph whose years and days are not told of the verbs: in names, in remnants."""
        found = self._named_years()
        for (paragraph, _), rest in self.remnants.items():
            doc = self.page.paragraphs[paragraph].doc
            found[paragraph] += [(doc[r.start].idx, doc[r.end - 1].idx + len(doc[r.end - 1])) for r in rest]
        return found

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
                self.writer.extend(match)
        put_within(self.page, self.writer.events)
        return Reading(
            tuple(self.writer.facts),
            tuple(self.writer.order),
            tuple(Statements(self.page, self.resolved, self.speech).read()),
        )

    def _frames(self, paragraph: Paragraph) -> list[Frame]:
        """Nominal predicates first, so that a verb can add to the event of its object."""
        nouns, verbs = [], []
        for token in paragraph.doc:
            lemma = lemma_of(token)
            if grammar.is_verb(token) and lemma in self.patterns.by_verb:
                verbs.append(Frame(token, tuple(frames.verbal_arguments(token))))
            elif (token.pos_ in {"NOUN", "PROPN"} or token.tag_.startswith("NN")) and lemma in self.patterns.by_noun:
                arguments, light = frames.nominal_arguments(token, self.patterns.light)
                nouns.append(Frame(token, tuple(arguments), light))
        return [*nouns, *verbs]

    def _apply(self, paragraph: Paragraph, frame: Frame) -> list[tuple[Paragraph, Frame, Pattern]]:
        """Apply the patterns of the frame's lemma; those that add to other events are returned for later."""
        lemma = lemma_of(frame.predicate)
        table = self.patterns.by_verb if grammar.is_verb(frame.predicate) else self.patterns.by_noun
        fired: list[Match] = []
        later = []
        for pattern in table.get(lemma, ()):
            if pattern.extends:
                later.append((paragraph, frame, pattern))
            elif not (pattern.otherwise & {m.pattern.id for m in fired}):
                match = self._match(paragraph, frame, pattern)
                if match is not None:
                    fired += [*self._respectively(paragraph, match), *self._again(paragraph, frame, pattern)]
        replaced = {id for m in fired for id in m.pattern.instead_of}
        for match in fired:
            if match.pattern.id not in replaced:
                self.writer.write(match)
        return later

    def _respectively(self, paragraph: Paragraph, match: Match) -> list[Match]:
        """ "A and B joined in 2023 and 2024, respectively": each at its time; at none where that stays open."""
        verb, keys = match.frame.predicate, match.fillers.get(match.pattern.each, ())
        end = next((t.i for t in verb.sent if t.lower_ == "respectively" and t.i > verb.i), None)
        if end is None or len(keys) < 2 or match.date is None:
            return [match]
        told = [expr for start, stop, expr in timed(paragraph.doc) if verb.i < start and stop <= end][-len(keys) :]
        dates = (
            [self.times.of(paragraph, expr, None) for expr in told] if len(told) == len(keys) else [None] * len(keys)
        )
        return [
            replace(match, fillers={**match.fillers, match.pattern.each: (key,)}, date=date)
            for key, date in zip(keys, dates, strict=True)
        ]

    def _again(self, paragraph: Paragraph, frame: Frame, pattern: Pattern) -> Iterator[Match]:
        """The pattern with what stands in the verb's remnants."""
        for remnant in self.remnants.get((paragraph.index, frame.predicate.i), ()):
            match = self._match(paragraph, remnant.in_place(frame), pattern)
            if match is not None:
                yield self._of_remnant(paragraph, remnant, match)

    def _of_remnant(self, paragraph: Paragraph, remnant: Remnant, match: Match) -> Match:
        """With the words of the remnant, and as its own verb tells it, if it has one."""
        words = paragraph.passage(self.page.document.id, remnant.start, remnant.end)
        match = replace(match, date=self._date_of(paragraph, remnant, match), passage=around(match.passage, words))
        verb = remnant.proform
        if verb is None:
            return match
        who = self.speech.attribution(paragraph, verb)
        date = match.date if remnant.when is not None else None
        return replace(match, modality=modality.of_verb(verb), attribution=who, date=date, place=())

    def _date_of(self, paragraph: Paragraph, remnant: Remnant, match: Match) -> Told | None:
        if remnant.when is None:
            return match.date
        before = match.date.value if match.date is not None else None
        return self.times.of(paragraph, remnant.when, before if isinstance(before, PartialDate) else None)

    def _match(self, paragraph: Paragraph, frame: Frame, pattern: Pattern) -> Match | None:
        frame = with_copula(frame, pattern)
        if not fits(frame, pattern):
            return None
        if pattern.needs_name and not is_named(self.mention_at, paragraph, frame.predicate):
            summit = told_before(frame.predicate, self.writer.order)
            if summit is not None:
                self.writer.events.setdefault((paragraph.index, frame.predicate.i), summit)
            return None
        fillers: dict[str, tuple[str, ...]] = {}
        events: dict[str, DraftEvent] = {}
        used: set[str] = set()
        topics: set[str] = set()
        for role in pattern.roles:
            if any(c.startswith("event:") for c in role.classes):
                event = self._event_filler(paragraph, frame, role)
                if event is not None:
                    events[role.name] = event
            else:
                keys = tuple(k for k in self.fillers.fill(paragraph, frame, role) if k not in used)
                if not keys and not grammar.is_pluperfect(frame.verb):
                    keys = tuple(self.fillers.topic(paragraph, role))
                    topics |= {role.name} if keys else set()
                if keys:
                    fillers[role.name] = keys
                    used.update(keys)
            if pattern.mutual and role.name == "target" and role.name not in fillers:
                fillers |= _with_each_other(fillers)
            if role.required and role.name not in fillers and role.name not in events:
                return None
        if pattern.needs_two and len(used) < 2:
            return None
        match = self.circumstances.told(paragraph, frame, pattern, fillers, events)
        remnant = self._inside.get((paragraph.index, frame.predicate.i))
        if remnant is not None:
            match = replace(match, date=self._date_of(paragraph, remnant, match))
        if topics and not self._of_its_time(match, topics):
            fillers = {name: keys for name, keys in fillers.items() if name not in topics}
            if any(role.required and role.name in topics for role in pattern.roles):
                return None
            match = replace(match, fillers=fillers)
        alone = len(used) < 2 and match.date is None and not match.place
        return None if pattern.needs_more and alone else match

    def _of_its_time(self, match: Match, topics: set[str]) -> bool:
        """Whether what is told may belong to the treaty that the text is about: no other year is told with it."""
        keys = {k for name in topics for k in match.fillers[name]}
        signed = (f.object for f in self.writer.facts if f.predicate == "signedOn" and f.subject in keys)
        years = {day.year for day in signed if isinstance(day, PartialDate)}
        years |= {year for k in keys if (year := self.resolved.entities[k].year) is not None}
        told = match.date.value if match.date is not None else None
        return not isinstance(told, PartialDate) or not years or told.year in years

    def _event_filler(self, paragraph: Paragraph, frame: Frame, role: Role) -> DraftEvent | None:
        wanted = {c.removeprefix("event:") for c in role.classes}
        for token in frame.fillers(set(role.slots)):
            event = self.writer.events.get((paragraph.index, token.i))
            if event is not None and event.cls in wanted:
                return event
        return None


def _with_each_other(fillers: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """ "Iran and Russia agreed": the first with the others, where several act together."""
    first, *others = fillers.get("agent", ("",))
    return {"agent": (first,), "target": tuple(others)} if others else {}
