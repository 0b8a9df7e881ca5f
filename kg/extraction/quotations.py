"""Direct speech in a document's paragraphs: where it is, over how many paragraphs it runs, and what kind it is.

Who speaks is not said here. Two parts of one utterance ("...", he said, "...") are two quotations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.extraction.quotation_kinds import SENTENCE, kind_of
from kg.extraction.quote_marks import Marks, read_marks
from kg.extraction.speech_lexicon import speech_data
from kg.model import Block

_NEW_PARAGRAPH = re.compile(r"(?<=:)[^\S\n]{0,9}\n\s{0,9}|\n\s{0,9}(?=[“\"«‘])")
_LEADING = re.compile(r"\s*[“\"«‘]")
_BRIDGE = 8  # paragraphs of one quotation that may follow without a mark of their own
_CUE = 200  # characters at the end of a paragraph in which "A spokesman said:" is looked for


@dataclass(frozen=True, slots=True)
class Quotation:
    """Direct speech in ``[start, end)`` of a text, without its marks.

    ``paragraph`` is the index of its block. ``continues``: the quotation of the paragraph before goes on, which was
    not closed. ``kind`` is ``sentence``, ``fragment`` (a phrase inside the sentence of another) or ``name`` (a title,
    or a word held at a distance). ``unmarked``: speech without marks under a line such as "A spokesman said:".
    """

    start: int
    end: int
    paragraph: int
    kind: str
    continues: bool = False
    unmarked: bool = False


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph, or a line of a block that opens with a mark as a paragraph does."""

    block: int
    start: int
    end: int
    running: bool  # no heading
    leading: bool  # opens with a mark
    introduces: bool  # ends with "X said:"
    marks: Marks

    @property
    def plain(self) -> bool:
        """Neither opens a quotation at its beginning nor closes one that was open before."""
        return self.running and not self.leading and self.marks.stray is None


def find_quotations(text: str, blocks: Sequence[Block]) -> list[Quotation]:
    """The direct speech of a document in its order, none overlapping; ``blocks`` are those that are read."""
    paragraphs = [paragraph for index, block in enumerate(blocks) for paragraph in _paragraphs(text, index, block)]
    found: list[Quotation] = []
    index, carried = 0, False
    while index < len(paragraphs):
        here = paragraphs[index]
        goes_on = _goes_on(paragraphs, index, carried)
        found += _marked(text, here, carried, goes_on)
        index += 1
        if here.introduces and not goes_on:
            speech = paragraphs[index : _end_of_speech(text, paragraphs, index)]
            found += [_made(text, part, part.start, part.end, part is not speech[0], True) for part in speech]
            index += len(speech)
        carried = goes_on
    return [quotation for quotation in found if quotation.start < quotation.end]


def inner_quotations(text: str, outer: Quotation) -> list[Quotation]:
    """The direct speech that a quotation itself quotes, the outermost of what is nested in it."""
    spans = read_marks(text, outer.start, outer.end).spans
    made = [_part(text, start, end, outer) for start, end in spans]
    return [quotation for quotation in made if quotation.kind == SENTENCE and quotation.start < quotation.end]


def _part(text: str, start: int, end: int, outer: Quotation) -> Quotation:
    start, end = _stripped(text, start, end)
    kind = kind_of(text, start, end, outer.start, outer.end)
    return Quotation(start, end, outer.paragraph, kind)


def _paragraphs(text: str, index: int, block: Block) -> Iterator[_Paragraph]:
    start, end = block.span.start, block.span.end
    breaks = list(_NEW_PARAGRAPH.finditer(text, start, end))
    starts, ends = [start, *(found.end() for found in breaks)], [*(found.start() for found in breaks), end]
    for first, last in zip(starts, ends, strict=True):
        leading = bool(_LEADING.match(text, first, last))
        introduces = bool(_said().search(text[max(first, last - _CUE) : last]))
        yield _Paragraph(
            index, first, last, block.kind == "paragraph", leading, introduces, read_marks(text, first, last)
        )


def _goes_on(paragraphs: list[_Paragraph], index: int, carried: bool) -> bool:
    """Whether a quotation is open at the end of a paragraph and goes on in the next one.

    It does where the next one opens with a mark again, or where a mark further on closes what nothing else opened.
    """
    here = paragraphs[index]
    if here.marks.open is None and not (carried and here.plain):
        return False
    ahead = paragraphs[index + 1 : index + 1 + _BRIDGE]
    after = next((paragraph for paragraph in ahead if not paragraph.plain), None)
    if after is None or not after.running:
        return False
    return after is ahead[0] if after.leading else after.marks.stray is not None


def _marked(text: str, here: _Paragraph, carried: bool, goes_on: bool) -> list[Quotation]:
    marks = here.marks
    if carried and here.plain and goes_on:
        return [_made(text, here, here.start, here.end, True)]
    spans = list(marks.spans)
    if marks.open is not None:
        before = [span for span in spans if span[0] < marks.open]
        if goes_on or before == spans:
            spans = [*before, (marks.open, here.end)]
    found = [_made(text, here, start, end, carried and here.leading and start == _first(spans)) for start, end in spans]
    if carried and not here.leading and marks.stray is not None:
        after = [quotation for quotation in found if quotation.start > marks.stray]
        return [_made(text, here, here.start, marks.stray, True), *after]
    return found


def _first(spans: list[tuple[int, int]]) -> int:
    return spans[0][0]


def _made(
    text: str, here: _Paragraph, start: int, end: int, continues: bool = False, unmarked: bool = False
) -> Quotation:
    start, end = _stripped(text, start, end)
    long = continues or unmarked or end >= here.end
    kind = SENTENCE if long else kind_of(text, start, end, here.start, here.end)
    return Quotation(start, max(start, end), here.block, kind, continues, unmarked)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    inside = text[start:end]
    return start + len(inside) - len(inside.lstrip()), end - (len(inside) - len(inside.rstrip()))


def _end_of_speech(text: str, paragraphs: list[_Paragraph], first: int) -> int:
    """The index after the speech without marks that begins at ``first``.

    The paragraph under "X said:" is speech; one further down is while its speaker says "I" or "we", with one
    paragraph at most between that does not.
    """
    end = first
    while end < len(paragraphs) and _may_be_speech(text, paragraphs[end]):
        near = [paragraph for paragraph in paragraphs[end : end + 2] if _may_be_speech(text, paragraph)]
        if end > first and not any(_first_person().search(text, part.start, part.end) for part in near):
            break
        end += 1
    return end


def _may_be_speech(text: str, here: _Paragraph) -> bool:
    stops = here.leading or here.introduces or not here.running
    return not stops and not _after_speech().match(text, here.start, here.end)


@cache
def _said() -> re.Pattern[str]:
    verbs = "|".join(speech_data()["line"]["verbs"])
    return re.compile(rf"\b(?:{verbs})\b[^.:!?“”\"]{{0,120}}:\s*\Z")


@cache
def _first_person() -> re.Pattern[str]:
    words = "|".join(speech_data()["line"]["first_person"])
    return re.compile(rf"(?<![\w.])(?:{words})(?!\w|\.\w)")


@cache
def _after_speech() -> re.Pattern[str]:
    openings = "|".join(speech_data()["line"]["after_speech"])
    return re.compile(rf"\s*(?:{openings})\b", re.IGNORECASE)
