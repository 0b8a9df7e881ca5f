"""Mentions by name: of treaties, conflicts and bodies first, then of all else."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.extraction.body_names import body_names, congress_names
from kg.extraction.conflict_names import conflict_names
from kg.extraction.entity_names import entity_names, part_owner
from kg.extraction.gazetteer import Gazetteer, Match
from kg.extraction.known_names import KIND_FORM, known_names
from kg.extraction.lexicon import lexicon
from kg.extraction.page import Form, Found, Paragraph
from kg.extraction.treaty_names import shortened, shown_name, treaty_names

ClassOf = Callable[[str], str]


def _inside(gazetteer: Gazetteer, text: str) -> Iterator[Match]:
    """The names in a name: those in its words but the last and in its words but the first, the whole itself aside."""
    words = text.split()
    whole = [m for m in gazetteer.find(text) if (m.start, m.end) != (0, len(text))]
    if whole or len(words) < 2:
        yield from whole
        return
    yield from gazetteer.find(text[: len(text) - len(words[-1])])
    skip = len(words[0]) + 1
    for m in gazetteer.find(text[skip:]):
        yield Match(m.start + skip, m.end + skip, m.records, m.kind)


_NESTED = {"State", "HistoricalState", "InternationalOrganisation"}


def find_names(paragraph: Paragraph, gazetteer: Gazetteer, class_of: ClassOf) -> list[Found]:
    """All mentions by name of one paragraph, in the order of the text; none overlaps another but a state in a body's
    or treaty's name. ``class_of`` gives the contract's class of a record."""
    doc, lex = paragraph.doc, lexicon()
    taken: set[int] = set()
    found: list[Found] = []

    def add(start: int, end: int, cls: str, form: Form, candidates: tuple[str, ...] = (), name: str = "") -> None:
        taken.update(range(start, end))
        text = name or shown_name(doc[start:end])
        found.append(Found(paragraph.index, start, end, cls, form, text, candidates))

    known = known_names(paragraph, gazetteer)
    congresses = [(start, end, "Event") for start, end in congress_names(doc, known)]
    for start, end, cls in [
        *treaty_names(doc, lex, {start for start, *_ in known}),
        *conflict_names(doc, lex),
        *congresses,
    ]:
        if not taken & set(range(start, end)):
            candidates = gazetteer.lookup(shown_name(doc[start:end]))
            fitting = tuple(c for c in candidates if class_of(c) == cls)
            other = class_of(candidates[0]) if candidates and not fitting else cls
            add(start, end, other, Form.NAME, fitting or candidates)
    for start, end, name in shortened(doc, lex):
        if not taken & set(range(start, end)):
            add(start, end, "Treaty", Form.NAME, gazetteer.lookup(name), name)
    for found_start, found_end in body_names(doc, lex, known):
        whole = ((a, b) for a, b, *_ in known if a <= found_start and found_end <= b)
        start, end = next(whole, (found_start, found_end))
        if not taken & set(range(start, end)):
            candidates = gazetteer.lookup(doc[start:end].text)
            add(start, end, "GovernmentBody", Form.NAME, candidates)
    nested = set(taken)
    for found_known in entity_names(doc, known, gazetteer, lex):
        start, end, cls, form, candidates = found_known
        inside = nested & set(range(start, end))
        if form is Form.DEMONYM and candidates and class_of(candidates[0]) not in _NESTED:
            continue
        outside = form is not Form.DEMONYM and class_of(candidates[0] if candidates else "") not in _NESTED
        if inside and (outside or form is Form.SEAT):
            continue
        if not inside and taken & set(range(start, end)) and not part_owner(doc, start):
            continue
        add(start, end, cls or (class_of(candidates[0]) if candidates else ""), form, candidates)
    found = _without_minorities(found)
    found += _owners_inside(paragraph, found, gazetteer, class_of)
    return sorted(found, key=lambda f: (f.start, -f.end))


def _without_minorities(found: list[Found]) -> list[Found]:
    """Without the states of "Bosnian Serb forces", "a Turkish Cypriot leader", who are of neither."""
    starts = {m.start for m in found if m.form is Form.DEMONYM}
    ends = {m.end for m in found if m.form is Form.DEMONYM}
    return [m for m in found if m.form is not Form.DEMONYM or (m.start not in ends and m.end not in starts)]


def _owners_inside(paragraph: Paragraph, found: list[Found], gazetteer: Gazetteer, class_of: ClassOf) -> list[Found]:
    """The state or organisation whose body it is, inside of the body's name: "UN" in "UN General Assembly"."""
    doc, inner = paragraph.doc, []
    spans = {(f.start, f.end) for f in found}
    for mention in found:
        if mention.cls not in {"GovernmentBody", "Conflict", "Treaty"} or mention.end - mention.start < 2:
            continue
        nested = _NESTED if mention.cls != "Conflict" else _NESTED | {"Place"}
        first, last = doc[mention.start].idx, doc[mention.end - 1]
        tail = last.idx + (len(last) if mention.cls == "Conflict" else 0)
        for match in _inside(gazetteer, doc.text[first:tail]):
            span = doc.char_span(first + match.start, first + match.end, alignment_mode="expand")
            if span is None or (span.start, span.end) in spans or class_of(match.records[0]) not in nested:
                continue
            form, cls = KIND_FORM[match.kind], class_of(match.records[0])
            inner.append(Found(paragraph.index, span.start, span.end, cls, form, span.text, match.records))
    return inner
