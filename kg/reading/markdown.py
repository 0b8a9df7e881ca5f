"""Markdown to units; the source is the text of record, so that marks inside a paragraph stay where they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from kg.reading.lines import Line, Unit, lines, trim, unit

_ATX = re.compile(r"#{1,6}[ \t]+")
_ATX_END = re.compile(r"[ \t]+#+$")
_FENCE = re.compile(r"`{3,}|~{3,}")
_RULE = re.compile(r"(?:=+|-{2,}|(?:[-*_][ \t]*){3,}|[|: -]*-[|: -]*|<!--.*-->)")
_QUOTE = re.compile(r"(?:>[ \t]?)+")
_LIST = re.compile(r"(?:[-*+]|\d{1,3}[.)])[ \t]+")
_FIELD = re.compile(r"([A-Za-z_ -]{1,30}):[ \t]+[\"']?(.{1,300}?)[\"']?$")

_LONGEST_FRONT = 60

_LINK = re.compile(
    r"!?\[([^\[\]\n]+)\]\("
    r"(?:<[^<>\n]*>|(?:https?:|mailto:|[/#.?]|\w[\w/-]*\.)(?:[^()\s]|\([^()\s]*\))*|)"
    r"(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\)"
)
"""An inline link or image: CommonMark 0.31, 6.3."""


def units(text: str) -> list[Unit]:
    """The units of a Markdown text, without their markers; front matter, code and rules keep their role."""
    found = list(lines(text))
    front = _front_matter(text, found)
    result = [unit(text, found[:front], "front matter")] if front else []
    return result + [made for group in _groups(text, found[front:]) for made in _units(text, *group)]


def front_matter(text: str) -> dict[str, str]:
    """The simple fields of the front matter, their names in lower case."""
    found = list(islice(lines(text), _LONGEST_FRONT))
    pairs = [_FIELD.fullmatch(text[line.start : line.end]) for line in found[: _front_matter(text, found)]]
    return {pair[1].strip().lower(): pair[2] for pair in pairs if pair}


def _front_matter(text: str, found: list[Line]) -> int:
    """How many lines the front matter takes, 0 if there is none."""
    if not found or found[0].start or text[: found[0].end] != "---":
        return 0
    ends = (
        index for index, line in enumerate(found[1:_LONGEST_FRONT], 2) if text[line.start : line.end] in ("---", "...")
    )
    return next(ends, 0)


def _groups(text: str, found: list[Line]) -> Iterator[tuple[list[Line], str]]:
    """Lines that belong together, with their role: code between fences, single marked lines, paragraphs."""
    group: list[Line] = []
    fence = ""
    for line in found:
        content = text[line.start : line.end]
        mark = _FENCE.match(content)
        if fence or mark:
            if not fence:
                yield from _paragraph(group)
                group, fence = [], mark[0] if mark else ""
            elif content.startswith(fence):
                fence = ""
            yield [line], "code"
        elif _ATX.match(content) or _RULE.fullmatch(content):
            setext = bool(group) and not line.gap and set(content) <= {"=", "-"}
            yield from _paragraph(group, "heading" if setext and len(group) == 1 else "text")
            yield [line], "heading" if _ATX.match(content) else "markup"
            group = []
        elif group and (line.gap or _LIST.match(content)):
            yield from _paragraph(group)
            group = [line]
        else:
            group.append(line)
    yield from _paragraph(group)


def _paragraph(group: list[Line], role: str = "text") -> Iterator[tuple[list[Line], str]]:
    if group:
        yield group, role


def _units(text: str, group: list[Line], role: str) -> Iterator[Unit]:
    """The unit of a group without its marker, nothing if only the marker is there."""
    made = unit(text, group, role)
    start, end = made.start, made.end
    if role == "heading":
        if mark := _ATX.match(text, start, end):
            start = mark.end()
        if closing := _ATX_END.search(text[start:end]):
            end = start + closing.start()
    elif role == "text" and (quote := _QUOTE.match(text, start, end)):
        start = quote.end()
    start, end = trim(text, start, end)
    if start < end:
        yield Unit(start, end, made.gap, made.single, made.role)


def unlinked(text: str) -> str:
    """The text with blanks in place of the addresses of inline links and of the brackets around their words.

    No character moves, so that offsets hold: "the [Council](https://example.org)" is read as "the  Council".
    """
    return _LINK.sub(_blanked, text)


def _blanked(found: re.Match[str]) -> str:
    before, behind = found.start(1) - found.start(), found.end() - found.end(1)
    return " " * before + found[1] + " " * behind
