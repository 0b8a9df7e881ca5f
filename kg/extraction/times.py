"""Which predicate each time expression and duration belongs to, and which date it means there."""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Token

from kg.extraction import modality
from kg.extraction.dates import TimeExpression, find_durations, find_times, resolve, resolve_end
from kg.extraction.grammar import MEANS, is_verb, preposition
from kg.extraction.page import Page, Paragraph
from kg.model import Duration, PartialDate, Passage, Span

_WORDS = 4  # of "twenty - two years" before "after"
_NOT_FOR = frozenset({"after", "before", "in", "within"})
_ANOTHER_TIME = frozenset({"after", "before", "despite", "following", "pending", "since", "until"})


@dataclass(frozen=True, slots=True)
class Told:
    """A date or duration with the passage that tells it."""

    value: PartialDate | Duration
    passage: Passage


class Times:
    """Dates and durations by the predicate that they modify, as (paragraph, token) -> what is told."""

    def __init__(
        self,
        page: Page,
        predicates: dict[int, set[int]],
        epochs: dict[int, PartialDate | None],
        named: dict[int, list[tuple[int, int]]],
    ) -> None:
        """``named`` are the characters of each paragraph whose times no predicate has ("War of 1812")."""
        self.page, self._epochs = page, epochs
        self.dates: dict[tuple[int, int], Told] = {}
        self.durations: dict[tuple[int, int], Told] = {}
        distances: dict[tuple[int, int], tuple[int, int]] = {}
        for paragraph in page.paragraphs:
            previous: PartialDate | None = None
            outer: PartialDate | None = None
            story: tuple[PartialDate, int] | None = None
            marked = predicates.get(paragraph.index, set())
            dated = page.document.issued is not None
            for expr in find_times(paragraph.doc.text):
                if any(a <= expr.start < b for a, b in named.get(paragraph.index, ())):
                    continue
                token = self._token(paragraph, expr.start, expr.end)
                if token is None:
                    continue
                owners = _owners(token, marked)
                tense, aside = _tense(owners), _is_aside(token)
                previous = previous if aside or expr.basis == "previous" else outer
                before = story is not None and _is_bare(expr) and _near(story[1], token)
                told_on = story[0] if before and story is not None else previous
                anchored = (dated and not before) or told_on is None
                date = resolve(expr, self._anchor(paragraph) if anchored else None, told_on, tense)
                if date is None or (not (dated and anchored) and _goes_back(expr, date, told_on)):
                    continue
                last = resolve_end(expr, None, told_on) or date if expr.to_year else date  # "the winter of 1978-1979"
                previous, outer = last, outer if aside else last
                if before or (expr.year is not None and not aside and self._is_past(paragraph, date)):
                    story = last, token.sent.start
                told = Told(date, self._passage(paragraph, expr.start, expr.end))
                for steps, owner in enumerate(owners):  # nearest in the tree, then in the text
                    key, distance = (paragraph.index, owner.i), (steps, abs(owner.i - token.i))
                    if distance < distances.get(key, (99, 0)):
                        self.dates[key], distances[key] = told, distance
            for found in find_durations(paragraph.doc.text):
                token = self._token(paragraph, found.start, found.end)
                lasts = token is not None and preposition(token) not in _NOT_FOR  # "within six months they signed"
                for owner in _owners(token, marked)[:1] if token is not None and lasts else []:
                    told = Told(Duration(found.iso), self._passage(paragraph, found.start, found.end))
                    self.durations.setdefault((paragraph.index, owner.i), told)

    def of(self, paragraph: Paragraph, expr: TimeExpression, previous: PartialDate | None) -> Told | None:
        """What an expression of a paragraph means after the date told before it."""
        told = previous is not None and _is_bare(expr) and self._is_past(paragraph, previous)
        date = resolve(expr, None if told else self._anchor(paragraph), previous)
        return Told(date, self._passage(paragraph, expr.start, expr.end)) if date is not None else None

    def apart(self, paragraph: int, verb: Token, marker: Token) -> Told | None:
        """When it was what stands behind the marker: "left in May 1915, a month after" is April 1915."""
        main = self.dates.get((paragraph, verb.i))
        start = max(marker.sent.start, marker.i - _WORDS)
        counted = find_times(marker.doc[start : marker.i].text + " later")
        if main is None or not isinstance(main.value, PartialDate) or not counted or counted[-1].offset is None:
            return None
        steps = counted[-1].offset if marker.lower_ in {"before", "until"} else -counted[-1].offset
        date = resolve(replace(counted[-1], offset=steps, basis="previous"), None, main.value)
        return Told(date, main.passage) if date is not None and counted[-1].unit else None

    def _is_past(self, paragraph: Paragraph, date: PartialDate) -> bool:
        """Whether it is so long ago that what is told next without a year is not of the text's own time."""
        anchor = self._anchor(paragraph)
        return anchor is not None and date.year < anchor.year - 1

    def _anchor(self, paragraph: Paragraph) -> PartialDate | None:
        return self.page.document.issued or self._epochs[paragraph.index]

    def _token(self, paragraph: Paragraph, start: int, end: int) -> Token | None:
        span = paragraph.doc.char_span(start, end, alignment_mode="expand")
        return span.root if span is not None else None

    def _passage(self, paragraph: Paragraph, start: int, end: int) -> Passage:
        offset = paragraph.block.span.start
        return Passage(self.page.document.id, Span(offset + start, offset + end))


def _tense(owners: list[Token]) -> str | None:
    """Which way a bare day is read: that of "the planned visit on May 9" is to come, whatever the verb above it."""
    if owners and not is_verb(owners[0]) and modality.is_to_come(owners[0]):
        return "future"
    return modality.tense(owners[-1]) if owners and is_verb(owners[-1]) else None


def _goes_back(expr: TimeExpression, date: PartialDate, previous: PartialDate | None) -> bool:
    """A day without a year that comes before the one told before it may be of the next year: nobody knows."""
    return _is_bare(expr) and previous is not None and date.latest < previous.earliest


def _is_bare(expr: TimeExpression) -> bool:
    """Whether it is a day or month without a year."""
    return expr.kind == "absolute" and expr.year is None


def _is_aside(token: Token) -> bool:
    """Whether a relative clause tells the time, from which the story does not go on: "which joined in 2011"."""
    return any(above.dep_.endswith(":relcl") for above in (token, *token.ancestors))


def _near(sentence: int, token: Token) -> bool:
    """Whether a token stands in the sentence that begins at ``sentence``, or in the next one."""
    here = token.sent
    return here.start == sentence or (here.start > 0 and here[0].nbor(-1).sent.start == sentence)


def _owners(token: Token, predicates: set[int]) -> list[Token]:
    """The predicates from the expression up to and including the first verb; none of what is so "since" then.

    What somebody was "invited to" or what is "prepared for" has a time of its own, by which the verb is not dated.
    """
    if preposition(token) == "since" and (token.head.dep_ in {"appos", "nmod"} or preposition(token.head) == "for"):
        return []  # "for their first talks since 2022"
    found: list[Token] = []
    node = token
    for _ in range(60):
        if node.i in predicates or is_verb(node):
            found.append(_aim(node, token, predicates))
            if found[-1] != node or modality.is_aim(node):
                return found[-1:]
        another = node != token and (preposition(node) in _ANOTHER_TIME or _is_clause(node))
        if is_verb(node) or node.head == node or another:
            break
        node = node.head
    if is_verb(node):
        return [*found, *_means(node, token, predicates)]
    return found or [c for c in node.children if c.dep_.startswith("nsubj") and c.i in predicates]


def _aim(verb: Token, token: Token, predicates: set[int]) -> Token:
    """The summit of "invited him to the summit in Lima in May", whose time the parser hangs on the verb."""
    aims = [verb.doc[place] for place in sorted(predicates) if verb.i < place < token.i]
    return next((noun for noun in reversed(aims) if noun.head == verb and modality.is_aim(noun)), verb)


def _is_clause(noun: Token) -> bool:
    """ "The union, of which it has been a member since 2015": a clause of its own."""
    return noun.dep_ == "acl:relcl" and any(c.dep_ == "cop" for c in noun.children)


def _means(verb: Token, token: Token, predicates: set[int]) -> list[Token]:
    """ "They ended the war with the signing of a treaty in 1965": so was what it was done by."""
    between = [verb.doc[place] for place in sorted(predicates) if verb.i < place < token.i]
    marked = [noun for noun in between if noun.pos_ == "NOUN" and preposition(noun) in MEANS]
    return [noun for noun in marked if noun.head == verb or (noun.head.dep_ == "obj" and noun.head.head == verb)]
