"""Which mentions of a document a decision is about: all of them, those of certain words, or one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import Passage, Span

_FORM = re.compile(
    r"(?P<document>document(?:/[a-z0-9]+(?:-+[a-z0-9]+)*)+)(?:#char=(?P<start>\d+),(?P<end>\d+))?(?: (?P<words>.+))?"
)


@dataclass(frozen=True, slots=True)
class Selection:
    """``document/x``, ``document/x Bush`` or, by RFC 5147, ``document/x#char=4,8 Bush``: with characters the words only
    make sure that the text is still the same."""

    document: str
    span: Span | None = None
    words: str = ""

    @classmethod
    def parse(cls, text: str) -> Selection:
        """The selection that is written so; ``ValueError`` for what is none."""
        found = _FORM.fullmatch(text)
        if found is None:
            raise ValueError(f"{text!r} is no place, as 'document/x', 'document/x WORDS' and 'document/x#char=4,8' are")
        span = Span(int(found["start"]), int(found["end"])) if found["start"] else None
        return cls(found["document"], span, found["words"] or "")

    def __str__(self) -> str:
        place = f"#char={self.span.start},{self.span.end}" if self.span else ""
        return f"{self.document}{place}{' ' if self.words else ''}{self.words}"

    @property
    def precision(self) -> int:
        """Of several that hold a mention that with the highest counts."""
        return 2 if self.span else 1 if self.words else 0

    def holds(self, passage: Passage, words: str) -> bool:
        """Whether it is about the mention at this passage, which has these words."""
        return (
            passage.document == self.document
            and (self.span is None or passage.span == self.span)
            and (not self.words or plain_words(words) == self.words)
        )


def plain_words(text: str) -> str:
    """The words of a text as a selection has them: parted by single blanks."""
    return " ".join(text.split())
