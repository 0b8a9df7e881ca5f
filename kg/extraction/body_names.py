"""Names of ministries, parliaments, courts, with the state that they are of; congresses that met in a town."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from kg.extraction.capitals import belongs, capitalised, tail
from kg.extraction.known_names import Known
from kg.extraction.lexicon import Lexicon


def body_names(doc: Doc, lex: Lexicon, known: list[Known]) -> Iterator[tuple[int, int]]:
    """Ministries, parliaments, courts: "Iran's Foreign Ministry", "Russia's lower house of parliament"."""
    i, words = 0, [t.lower_ for t in doc]
    while i < len(doc):
        length = lex.body_heads.length(words, i)
        if not length or _congress(doc, i, known):
            i += 1
            continue
        match = i + length
        start, end = i, match
        if capitalised(doc[end - 1]) or capitalised(doc[i]):
            while start > 0 and (
                belongs(doc[start - 1]) or (doc[start - 1].lower_ in {"and"} and belongs(doc[start - 2]))
            ):
                start -= 1
            if end < len(doc) - 1 and doc[end].lower_ in {"of", "for"} and capitalised(doc[end - 1]):
                end = tail(doc, end)
        possessor = _possessor_end(doc, start, known)
        named = capitalised(doc[end - 1]) and end - start >= 2
        described = " ".join(t.lower_ for t in doc[i:match]) in lex.body_nominal
        if named or (possessor is not None and described):
            yield (possessor if possessor is not None and possessor < start else start), end
        i = max(end, i + 1)


def congress_names(doc: Doc, known: list[Known]) -> Iterator[tuple[int, int]]:
    """ "the Congress of Vienna" met in a town; it is no town's parliament."""
    for i, token in enumerate(doc):
        if capitalised(token) and (end := _congress(doc, i, known)):
            yield i, end


def _congress(doc: Doc, i: int, known: list[Known]) -> int:
    """The end of the name; 0 for no congress in a town."""
    ends = (last for first, last, kind, _ in known if first == i + 2 and kind == "seat")
    return next(ends, 0) if [t.lower_ for t in doc[i : i + 2]] == ["congress", "of"] else 0


def _possessor_end(doc: Doc, start: int, known: list[Known]) -> int | None:
    """Start of the state's name or demonym right before ``start``: "Iran's", "the Russian"."""
    for first, last, kind, _ in known:
        if last <= start and kind in {"name", "demonym", "acronym", "seat"}:
            between = [t.lower_ for t in doc[last:start]]
            if all(w in {"'s", "’s", "'", "’", "foreign", "defence", "defense", "energy", "interior"} for w in between):
                return first
    return None
