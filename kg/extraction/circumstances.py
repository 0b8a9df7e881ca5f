"""What is told with a predicate: when, where, how surely, by whom, and the passage that it rests on."""

from __future__ import annotations

import itertools

from spacy.tokens import Token

from kg.extraction import frames, grammar, modality
from kg.extraction.capitals import capitalised
from kg.extraction.clauses import clause_of, lemma_of, stray, verbs_above
from kg.extraction.drafts import DraftEvent
from kg.extraction.frames import Argument, Frame
from kg.extraction.lexicon import lexicon
from kg.extraction.matches import Match
from kg.extraction.mention_at import MentionAt
from kg.extraction.modality_words import modality_words
from kg.extraction.own_modality import of_itself, weaker
from kg.extraction.page import Page, Paragraph, Resolved
from kg.extraction.patterns import Pattern, PatternSet
from kg.extraction.speech import Speech
from kg.extraction.times import Times, Told
from kg.model import POLITIES, Modality, PartialDate, Passage, Span

_PLACE_SLOTS = {"in", "at", "near", "outside"}

_THEN = frozenset({"afterwards", "earlier", "later", "subsequently", "then"})
_SHARED = {"during", "at", "in", "on", "upon", "after", "following", "before", "with"}

_APART = {"after", "before", "since", "until"}

_TIMED = {"during", "at", "in", "upon", "on"}


class Circumstances:
    """Reads the circumstances of the frames of one document."""

    def __init__(
        self,
        page: Page,
        resolved: Resolved,
        mention_at: MentionAt,
        speech: Speech,
        times: Times,
        known: PatternSet,
        countries: dict[str, str],
    ) -> None:
        """``countries`` gives the state that a place lies in, where it is known."""
        self.page, self.resolved, self.mention_at, self.countries = page, resolved, mention_at, countries
        self.speech, self.times, self.patterns = speech, times, known

    def told(
        self,
        paragraph: Paragraph,
        frame: Frame,
        pattern: Pattern,
        fillers: dict[str, tuple[str, ...]],
        events: dict[str, DraftEvent],
    ) -> Match:
        """The match of a pattern whose roles are filled, with all that is told beside."""
        date = self._date(paragraph, frame, pattern)
        told = self._modality(frame, pattern)
        if told is Modality.ACTUAL and self._scheduled(paragraph, frame, pattern, date):
            told = Modality.PLANNED
        return Match(
            pattern,
            frame,
            paragraph,
            fillers,
            events,
            self._passage(paragraph, frame, pattern),
            told,
            self.speech.attribution(paragraph, frame.verb),
            date,
            self._place(paragraph, frame),
            self.times.durations.get((paragraph.index, frame.predicate.i)),
        )

    def _scheduled(self, paragraph: Paragraph, frame: Frame, pattern: Pattern, date: Told | None) -> bool:
        """ "The treaty takes effect on 1 January", "takes effect once all have signed": the present of a timetable."""
        perfect = any(c.dep_.startswith("aux") and c.lemma_ in {"have", "be"} for c in frame.verb.children)
        if frame.verb.tag_ not in {"VBZ", "VBP"} or perfect or paragraph.block.kind != "paragraph":
            return False
        issued = self.page.document.issued
        if date is None or not isinstance(date.value, PartialDate):
            return pattern.event == "EntryIntoForce"
        return issued is not None and date.value.earliest > issued.latest

    def _modality(self, frame: Frame, pattern: Pattern) -> Modality:
        governor = _governor(frame.predicate, pattern)
        if pattern.event == "Conflict" and capitalised(frame.predicate):
            return Modality.ACTUAL  # a war with a name was fought: "failed to resolve the Chaco War"
        if pattern.always:
            return modality.of_object(frame.predicate)
        if governor is not None:
            return weaker(modality.of_verb(governor), of_itself(frame.predicate))
        if grammar.is_verb(frame.predicate):
            return modality.of_verb(frame.predicate)
        return modality.of_noun(frame.predicate, frame.light)

    def _passage(self, paragraph: Paragraph, frame: Frame, pattern: Pattern) -> Passage:
        """The characters from the first to the last word that the match rests on, the whole sentence at most."""
        slots = {s for r in pattern.roles for s in r.slots}
        sentence = frame.predicate.sent
        tokens = [frame.predicate.i, frame.verb.i]
        governor = _governor(frame.predicate, pattern)
        above = [a for a in frames.verbal_arguments(governor) if a.slot == "subj"] if governor is not None else []
        tokens += [governor.i] if governor is not None else []
        own = [a for a in frame.arguments if a.slot in slots | _PLACE_SLOTS]
        for argument in (*own, *above):
            if sentence.start <= argument.token.i < sentence.end:
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
        conflict = pattern.event == "Conflict"  # "ended the war in 1905" says when it ended
        for token in (frame.predicate, None if conflict else frame.verb, _governor(frame.predicate, pattern)):
            if token is not None and (index, token.i) in at:
                return at[(index, token.i)]
        if conflict:
            return None
        marker = _at_another_time(frame.predicate)
        if marker is not None:
            return self.times.apart(index, frame.predicate.head, marker)
        if any(slot == "comp" for slot, _ in pattern.needs):
            for below in (c for c in frame.predicate.children if c.dep_ == "xcomp" and (index, c.i) in at):
                return at[(index, below.i)]
        for argument in frame.arguments:
            if argument.slot in _TIMED and (index, argument.token.i) in at and self._is_event(argument.token):
                return at[(index, argument.token.i)]
        above = _enactment(frame.predicate) or self._carrier(frame)
        shared = at.get((index, above.i)) if above is not None else None
        return shared if shared is None or self._may_be_of(frame.verb, shared) else None

    def _may_be_of(self, verb: Token, date: Told) -> bool:
        """Not the past day of another clause for what is to come: "replaces one of 1996 and will enter into force"."""
        issued, value = self.page.document.issued, date.value
        past = isinstance(value, PartialDate) and issued is not None and value.latest < issued.earliest
        if grammar.is_verb(verb):
            return not (past and modality.tense(verb) == "future")
        return not (past and modality.of_noun(verb, None) is Modality.PLANNED)

    def _carrier(self, frame: Frame) -> Token | None:
        """The verb whose time and place a predicate shares: "said during talks", "arrived, landing"."""
        token = frame.predicate
        if grammar.is_verb(token):
            shares = token.dep_ in {"advcl", "conj", "xcomp"} and _at_another_time(token) is None
            if shares and grammar.is_verb(token.head):
                return token.head
            return None
        token = grammar.portioned(token)
        marker = grammar.preposition(token)
        verb = clause_of(token)
        if verb is None or token.head.i != verb.i:
            return None
        if marker in _TIMED or token.dep_ in {"obj", "nsubj", "nsubj:pass"}:
            return verb
        return None

    def _is_event(self, token: Token) -> bool:
        return any(p.event for p in self.patterns.by_noun.get(lemma_of(token), ()))

    def _place(self, paragraph: Paragraph, frame: Frame) -> tuple[str, ...]:
        """Where it happened: the nearest town or building told with it, else the state."""
        own = self._places(paragraph, frame.arguments)
        if not own:
            shared = (a for a in frame.arguments if a.slot in _SHARED | {"to"} and not modality.is_aim(a.token))
            nested = [a for a in shared if self._is_event(a.token)]
            for argument in nested:
                below, _ = frames.nominal_arguments(argument.token, frozenset())
                own = own or self._places(paragraph, tuple(below), _PLACE_SLOTS | {"to"})
        if not own:
            carrier = self._carrier(frame)
            if carrier is not None and not self._at_own_time(paragraph, frame.predicate):
                own = self._places(paragraph, tuple(frames.verbal_arguments(carrier)))
        return own or self._place_behind(paragraph, frame)

    def _at_own_time(self, paragraph: Paragraph, verb: Token) -> bool:
        """Whether it is elsewhere too, maybe: "was signed in Lima in May and ratified in June", "and later met"."""
        dated = (paragraph.index, verb.i) in self.times.dates or any(c.lower_ in _THEN for c in verb.children)
        return verb.dep_ == "conj" and dated

    def _place_behind(self, paragraph: Paragraph, frame: Frame) -> tuple[str, ...]:
        """A town behind the predicate that the parser has hung on a name: "met Ibrahim al-Jaafari in London"."""
        for token in stray(frame, _PLACE_SLOTS):
            head = token.head
            named = (k for t in (token, *_part_of(token)) for k in self.mention_at(paragraph, t))
            keys = [k for k in named if self.resolved.entities[k].cls == "Place"]
            if not keys or head.i == frame.predicate.i or self._is_event(head):
                continue
            own = {a.token.i for a in frame.arguments if a.slot in {"obj", "subj", "of"}}
            below = keys[0] in self.countries and self._in_treaty(paragraph, own, head)
            if below or self._named_otherwise(paragraph, head) or (head.i in own and self.mention_at(paragraph, head)):
                return (keys[0],)
        return ()

    def _named_otherwise(self, paragraph: Paragraph, token: Token) -> bool:
        """Whether it names something, but no treaty: where that was signed is told of it alone."""
        return any(self.resolved.entities[k].cls != "Treaty" for k in self.mention_at(paragraph, token))

    def _in_treaty(self, paragraph: Paragraph, own: set[int], token: Token) -> bool:
        """Whether a word is below the noun of the frame's own treaty: "signed an agreement on travel in Hanoi"."""
        above = itertools.takewhile(lambda t: not grammar.is_verb(t), token.ancestors)
        return any(
            t.i in own and self.resolved.entities[k].cls == "Treaty"
            for t in above
            for k in self.mention_at(paragraph, t)
        )

    def _places(
        self, paragraph: Paragraph, arguments: tuple[Argument, ...], slots: set[str] = _PLACE_SLOTS
    ) -> tuple[str, ...]:
        told = [a.token for a in arguments if a.slot in slots and not _behind_number(a.token)]
        tokens = [t for each in told for t in (each, *_part_of(each), *_in_town(each))]
        keys = [k for t in tokens for k in self.mention_at(paragraph, t)]
        places = [k for k in keys if self.resolved.entities[k].cls == "Place"]
        states = [k for k in keys if self.resolved.entities[k].cls in POLITIES]
        return tuple((places or states)[:1])


def _behind_number(token: Token) -> bool:
    """ "in 2017, Iran in 2023": no place beside a year."""
    return token.dep_ in {"conj", "appos"} and token.head.like_num


def _at_another_time(verb: Token) -> Token | None:
    """The word that sets a clause before or after the one that it hangs on: "after it had signed"."""
    if verb.dep_ != "advcl":
        return None
    return next((c for c in verb.children if c.lower_ in _APART and c.dep_ in {"mark", "advmod"}), None)


def _enactment(predicate: Token) -> Token | None:
    """The verb that enacts what a law does: "signed a law ratifying it"."""
    noun = predicate.head
    is_law = predicate.dep_ == "acl" and noun.lemma_.lower() in modality_words().enactments
    return noun.head if is_law and grammar.is_verb(noun.head) else None


def _governor(predicate: Token, pattern: Pattern) -> Token | None:
    """The verb that a pattern wants above its predicate: as it is told, so is what it governs."""
    if pattern.governors:
        return predicate.head
    return next((v for v in verbs_above(predicate) if lemma_of(v) in pattern.under), None)


def _part_of(token: Token) -> list[Token]:
    """ "the village of Gulistan": the name below a common noun for a place."""
    if token.lemma_.lower() not in lexicon().settlements:
        return []
    return [c for c in token.children if c.dep_ in {"nmod", "appos"} and grammar.preposition(c) in {"of", ""}]


def _in_town(token: Token) -> list[Token]:
    """ "at a ceremony in Lima", "at the palace in Luanda": the name below whatever it happened at."""
    if token.pos_ not in {"NOUN", "PROPN"}:
        return []
    return [c for c in token.children if c.dep_ == "nmod" and grammar.preposition(c) in {"in", "at"}]
