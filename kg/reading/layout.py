"""Units to blocks: what is the title, a heading, a paragraph, and what is not read."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.model import Block, Skipped, Span
from kg.reading import datelines, imprints, mastheads, rules, stamps
from kg.reading.headings import looks_like_heading, open_ended
from kg.reading.imprints import Imprint
from kg.reading.lines import Unit, ended, fold
from kg.reading.stamps import Evidence

_TITLE = 200
_PARAGRAPH = 100
_TOP, _BELOW = 40, 8
_REPEATED = 40
_SPLIT = 4000
_UNREAD = ("code", "front matter", "markup")
_Noise = tuple[str, str]


@dataclass(slots=True)
class Layout:
    """The blocks and the skipped spans of a text, apart from each other and in order, and what they tell about it."""

    blocks: list[Block] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    evidence: Evidence = field(default_factory=Evidence)
    title: str | None = None


def lay_out(text: str, units: list[Unit], title: str | None = None) -> Layout:
    """The layout of a text. ``title`` is one that the source gives apart from the text: it is looked for in it."""
    return _Walk(text, units, title).run()


class _Walk:
    """One way through the units, from the top of the page to its end."""

    def __init__(self, text: str, units: list[Unit], title: str | None) -> None:
        self.text, self.units, self.given = text, units, fold(title) if title else None
        named, masthead = mastheads.split(title) if title else (None, None)
        self.out = Layout(title=named)
        if masthead:
            self.out.evidence.publisher(masthead)
        self.folded = [fold(text[unit.start : min(unit.end, unit.start + _SPLIT)]) for unit in units]
        self.spaced = any(unit.gap for unit in units)
        self.tail = False
        self.paragraphs = 0
        self.seen: set[str] = set()
        self.heading: Span | None = None
        self.parent: Span | None = None

    def run(self) -> Layout:
        index = 0
        while index < len(self.units):
            index = self._step(index)
        return self.out

    def _step(self, index: int) -> int:
        """Place the unit at ``index``; the index of the next one that is not placed."""
        unit, folded = self.units[index], self.folded[index]
        if unit.role in _UNREAD:
            return self._skip(index, index + 1, unit.role)
        place = rules.Place(self.tail, self._under_title(unit))
        if unit.role != "heading" and (stamp := stamps.whole(folded, self.tail)):
            self.out.evidence.add(stamp)
            return self._skip(index, index + 1, "publication date")
        if found := self._imprint(index):
            return self._skip(index, index + 1, self._note(found))
        if noise := self._noise(folded, place):
            reason, takes = noise
            return self._skip(index, self._reach(index, takes), reason)
        if self._is_repeated(unit, folded):
            return self._skip(index, index + 1, "repeated")
        self._read(index)
        return index + 1

    def _imprint(self, index: int) -> Imprint | None:
        """What the unit says of publisher and date, if it is such a line and no title."""
        folded = self.folded[index]
        if self.tail or index >= _TOP:
            return None
        found = imprints.read(folded) or self._signature(folded)
        if not found or (rules.find(folded, rules.Place()) and not found.stamps):
            return None
        return found if self._is_imprint(index, found) else None

    def _is_imprint(self, index: int, found: Imprint) -> bool:
        """Whether what reads like an imprint stands where one does: with a date, or right above or below the title."""
        if self.units[index].role != "heading":
            if found.stamps or not found.publisher:
                return found.certain or bool(found.publisher or self.out.blocks)
            if self.out.blocks:
                return self._follows_title() and index + 1 < len(self.units)
        return not self.out.blocks and self._is_above_title(index, found)

    def _is_above_title(self, index: int, found: Imprint) -> bool:
        """Whether a line that looks like a title is to come, and is none of the article that the name would head."""
        below = range(index + 1, min(index + _BELOW, len(self.units)))
        title = next((later for later in below if not self._is_noise(later)), None)
        if title is None or self._title_start(title) is None or mastheads.is_section(self.folded[title]):
            return False
        if self.units[index].role == "heading" and self.units[title].role != "heading":
            return False
        opening = next((folded for folded in self.folded[title + 1 :] if len(folded) >= _PARAGRAPH), "")
        return not mastheads.is_subject(found.publisher or "", opening)

    def _signature(self, folded: str) -> Imprint | None:
        named = not self.out.blocks and mastheads.is_signed(folded, self.text)
        return Imprint(folded, (), True) if named else None

    def _is_noise(self, index: int) -> bool:
        folded = self.folded[index]
        return bool(rules.find(folded, rules.Place()) or imprints.read(folded))

    def _note(self, found: Imprint) -> str:
        """Keep what an imprint says; the reason for which it is not read."""
        for stamp in found.stamps:
            self.out.evidence.add(stamp)
        if found.publisher:
            self.out.evidence.publisher(found.publisher)
        return "masthead" if found.publisher else "publication date"

    def _noise(self, folded: str, place: rules.Place) -> _Noise | None:
        """What the unit, or each part of it between upright bars, is if it is no article."""
        found = rules.find(folded, place)
        if found:
            if found[1]:
                self.out.evidence.publisher(found[1])
            return found[0].reason, found[0].takes
        if parts := imprints.noise(folded, place):
            for stamp in parts[1]:
                self.out.evidence.add(stamp)
            return parts[0], "unit"
        return None

    def _reach(self, index: int, takes: str) -> int:
        """The index after the last unit that a rule takes."""
        if takes == "rest":
            return len(self.units)
        end = index + 1
        while takes == "list" and end < len(self.units) and self._is_link(end):
            end += 1
        return end

    def _is_link(self, index: int) -> bool:
        """Whether a unit under "Related articles" is one of them: short, no sentence, no heading of a paragraph."""
        folded = self.folded[index]
        if self.units[index].role == "heading" or len(folded) > _TITLE or (ended(folded) and not folded.endswith("?")):
            return False
        return not self._is_heading(index) and not rules.find(folded, rules.Place(tail=self.tail))

    def _under_title(self, unit: Unit) -> bool:
        """Whether the unit stands right below the title, in a text that sets other units apart by blank lines."""
        return bool(self.out.blocks) and not self.tail and unit.gap == 0 and self.spaced and unit.role == "text"

    def _is_repeated(self, unit: Unit, folded: str) -> bool:
        key = folded.casefold() if unit.end - unit.start < _SPLIT else fold(self.text[unit.start : unit.end]).casefold()
        again = key in self.seen
        if len(key) >= _REPEATED or (not again and not self.tail):
            self.seen.add(key)
        return again

    def _skip(self, index: int, end: int, reason: str) -> int:
        for unit in self.units[index:end]:
            self.out.skipped.append(Skipped(Span(unit.start, unit.end), reason))
        return end

    def _read(self, index: int) -> None:
        unit = self.units[index]
        if not self.out.blocks and (start := self._title_start(index)) is not None:
            self._add_title(unit, start)
        elif self._is_heading(index):
            self._add_heading(Span(unit.start, unit.end))
        else:
            self._add_paragraph(unit, self.folded[index])

    def _title_start(self, index: int) -> int | None:
        """Where the title begins in the first unit that is read, ``None`` if that is no title."""
        unit, folded = self.units[index], self.folded[index]
        if self.given:
            return unit.start if self.given.casefold().startswith(folded.casefold()) else None
        if unit.role == "heading":
            return unit.start
        alone = len(self.units) == index + 1
        if alone or unit.role == "item" or not unit.single or len(folded) > _TITLE or not open_ended(folded):
            return None
        return unit.start + stamps.prefix(self.text[unit.start : unit.end])

    def _add_title(self, unit: Unit, start: int) -> None:
        if start > unit.start:
            self._skip_label(unit.start, unit.start + len(self.text[unit.start : start].rstrip()))
        title, masthead = mastheads.split(self.text[start : unit.end])
        end = start + len(title)
        if masthead:
            self.out.skipped.append(Skipped(Span(end, unit.end), "masthead"))
            self.out.evidence.publisher(masthead)
        self.out.title = self.out.title or fold(title)
        self.seen.add(fold(title).casefold())
        self.out.blocks.append(Block("title", Span(start, end)))

    def _skip_label(self, start: int, end: int) -> None:
        stamp = stamps.whole(fold(self.text[start:end]), False)
        if stamp:
            self.out.evidence.add(stamp)
        self.out.skipped.append(Skipped(Span(start, end), "publication date" if stamp else "label"))

    def _add_heading(self, span: Span) -> None:
        """Headings one below the other: the first is the heading of the others and of those that follow like them."""
        if self.heading and self.out.blocks[-1].kind == "heading":
            self.parent = self.parent or self.heading
        self.out.blocks.append(Block("heading", span, self.parent))
        self.heading = span

    def _add_paragraph(self, unit: Unit, folded: str) -> None:
        start = unit.start
        if self.paragraphs < 3 and (dateline := datelines.find(self.text[start : min(unit.end, start + 200)])):
            end = start + len(dateline.text.rstrip())
            self.out.skipped.append(Skipped(Span(start, end), "dateline"))
            self.out.evidence.dateline(dateline)
            start += dateline.length
            self.seen.add(fold(self.text[start : unit.end]).casefold())
        self.out.blocks.append(Block("paragraph", Span(start, unit.end), self.heading))
        self.paragraphs += 1
        self.tail = self.tail or len(folded) >= _PARAGRAPH or (len(folded) >= _REPEATED and ended(folded))

    def _is_heading(self, index: int) -> bool:
        unit, folded = self.units[index], self.folded[index]
        if unit.role != "text" or index + 1 == len(self.units):
            return unit.role == "heading"
        below = self.units[index + 1]
        if not unit.single or not looks_like_heading(folded) or below.role not in ("text", "heading"):
            return False
        if self._follows_title() and (len(folded) > 50 or not below.gap):
            return False
        apart = unit.gap > 0 and below.gap > 0
        return apart or self._opens_paragraph(index)

    def _follows_title(self) -> bool:
        return bool(self.out.blocks) and self.out.blocks[-1].kind == "title"

    def _opens_paragraph(self, index: int) -> bool:
        """Whether a line without blank lines around it stands on a long paragraph and under a sentence that ended."""
        below = self.folded[index + 1]
        above = self.folded[index - 1] if index else ""
        return len(below) >= _PARAGRAPH and len(below) >= 2 * len(self.folded[index]) and ended(below) and ended(above)
