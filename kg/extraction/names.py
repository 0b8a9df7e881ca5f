"""Mentions by name: known names, names that show what they are by a word, and what the pipeline calls an entity."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from spacy.tokens import Doc, Span, Token

from kg.extraction.gazetteer import Gazetteer
from kg.extraction.lexicon import Lexicon, lexicon
from kg.extraction.page import Form, Found, Paragraph

ClassOf = Callable[[str], str]
_KIND_FORM = {
    "name": Form.NAME,
    "acronym": Form.ACRONYM,
    "demonym": Form.DEMONYM,
    "seat": Form.SEAT,
    "surname": Form.SURNAME,
}
_LABELS = {"PERSON": "Person", "PER": "Person", "ORG": "Organisation", "PLACE": "Place", "LOC": "Place", "GPE": "Place"}
_LABELS |= {"FAC": "Place", "NORP": "", "EVENT": "Event", "TREATY": "Treaty", "LAW": "Treaty"}
_CONNECTORS = {
    "of",
    "the",
    "on",
    "for",
    "and",
    "de",
    "al",
    "von",
    "van",
    "bin",
    "da",
    "del",
    "el",
    "ibn",
    "-",
    "–",
    "&",
}
_YEAR = re.compile(r"(1[5-9]|20)\d\d")
_QUOTES = {"“", "”", '"', "‘", "’"}
_WEEKDAYS = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
_MONTHS = {"january", "february", "march", "april", "may", "june", "july", "august", "september", "october"}
_MONTHS |= {"november", "december"}


def capitalised(token: Token) -> bool:
    """Whether the token is written as a name is, "al-" and digits aside."""
    return token.text[:1].isupper() and any(c.isalpha() for c in token.text)


def find_names(paragraph: Paragraph, gazetteer: Gazetteer, class_of: ClassOf) -> list[Found]:
    """All mentions by name of one paragraph, in the order of the text; none overlaps another but a state in a body's
    or treaty's name. ``class_of`` gives the contract's class of a record."""
    doc, lex = paragraph.doc, lexicon()
    taken: set[int] = set()
    found: list[Found] = []

    def add(start: int, end: int, cls: str, form: Form, candidates: tuple[str, ...] = ()) -> None:
        taken.update(range(start, end))
        text = shown_name(doc[start:end])
        found.append(Found(paragraph.index, start, end, cls, form, text, candidates))

    known = _known(paragraph, gazetteer)
    for start, end, cls in [*_treaties(doc, lex), *_conflicts(doc, lex)]:
        if not taken & set(range(start, end)):
            candidates = gazetteer.lookup(shown_name(doc[start:end]))
            fitting = tuple(c for c in candidates if class_of(c) == cls)
            other = class_of(candidates[0]) if candidates and not fitting else cls
            add(start, end, other, Form.NAME, fitting or candidates)
    for start, end in _bodies(doc, lex, known):
        if not taken & set(range(start, end)):
            candidates = gazetteer.lookup(doc[start:end].text)
            add(start, end, "GovernmentBody", Form.NAME, candidates)
    nested = set(taken)
    for found_known in _longest_entities(doc, known, gazetteer, taken, lex):
        start, end, cls, form, candidates = found_known
        inside = nested & set(range(start, end))
        if form is Form.DEMONYM and candidates and class_of(candidates[0]) not in _NESTED:
            continue
        if inside and (form is not Form.DEMONYM and class_of(candidates[0] if candidates else "") not in _NESTED):
            continue
        if not inside and taken & set(range(start, end)) and not _part_owner(doc, start):
            continue
        add(start, end, cls or (class_of(candidates[0]) if candidates else ""), form, candidates)
    found += _owners_inside(paragraph, found, gazetteer, class_of)
    return sorted(found, key=lambda f: (f.start, -f.end))


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
        for match in gazetteer.find(doc.text[first:tail]):
            span = doc.char_span(first + match.start, first + match.end, alignment_mode="expand")
            if span is None or (span.start, span.end) in spans or class_of(match.records[0]) not in nested:
                continue
            form, cls = _KIND_FORM[match.kind], class_of(match.records[0])
            inner.append(Found(paragraph.index, span.start, span.end, cls, form, span.text, match.records))
    return inner


_NESTED = {"State", "HistoricalState", "InternationalOrganisation"}


def _known(paragraph: Paragraph, gazetteer: Gazetteer) -> list[tuple[int, int, str, tuple[str, ...]]]:
    """Known names as token ranges with kind and candidates."""
    doc, found = paragraph.doc, []
    for match in gazetteer.find(doc.text):
        span = doc.char_span(match.start, match.end, alignment_mode="expand")
        if span is None or not span.text[:1].isupper():
            continue
        found.append((span.start, span.end, match.kind, match.records))
    return found


def _longest_entities(
    doc: Doc,
    known: list[tuple[int, int, str, tuple[str, ...]]],
    gazetteer: Gazetteer,
    taken: set[int],
    lex: Lexicon,
) -> Iterator[tuple[int, int, str, Form, tuple[str, ...]]]:
    """Known names, names that show their kind, and the pipeline's entities, the better evidence first.

    A longer name around a known one wins ("Westminster International University in Tashkent" is not Westminster), as
    does a person's full name around a known surname or place ("Charles Bagot", "Jordan Henderson")."""
    runs = list(_runs(doc))
    covered: set[int] = set()
    for start, end, names in _former_states(doc, lex):
        covered.update(range(start, end))
        yield start, end, "HistoricalState", Form.NAME, tuple(r for n in names for r in gazetteer.lookup(n))
    for start, end in _parts(doc, lex):
        covered.update(range(start, end))
        yield start, end, "Place", Form.NAME, ()
    wholes = [*((a, b) for a, b, _ in _former_states(doc, lex)), *_parts(doc, lex)]
    special = {i for a, b in wholes for i in range(a, b)}
    for start, end, kind, records in known:
        if kind == "surname" or (
            set(range(start, end)) <= special and kind != "demonym" and not _part_owner(doc, start)
        ):
            continue
        run = next((r for r in runs if r[0] <= start and end <= r[1] and r[1] - r[0] > end - start), None)
        if run is not None and _outweighs(doc, run, (start, end), kind, lex):
            continue
        covered.update(range(start, end))
        yield start, end, "", _KIND_FORM[kind], records
    for start, end in runs:
        cls = _shown_class(doc, start, end, lex)
        if cls and not covered & set(range(start, end)):
            covered.update(range(start, end))
            yield start, end, cls, Form.NAME, gazetteer.lookup(doc[start:end].text)
    for ent in doc.ents:
        start, end = _trimmed(doc, ent.start, ent.end)
        if (
            end > start
            and ent.label_ in _LABELS
            and not covered & set(range(start, end))
            and _plausible(doc, start, end, _LABELS[ent.label_], lex)
        ):
            covered.update(range(start, end))
            yield start, end, _LABELS[ent.label_], Form.NAME, gazetteer.lookup(doc[start:end].text)
    for start, end, kind, records in known:
        if (
            kind == "surname"
            and end - start < 3
            and len(doc[start:end].text) > 2
            and not covered & set(range(start, end))
        ):
            yield start, end, "Person", Form.SURNAME, records


_PARTS = {
    "regions",
    "region",
    "part",
    "parts",
    "portion",
    "half",
    "provinces",
    "coast",
    "territories",
    "shore",
    "districts",
}


def _former_states(doc: Doc, lex: Lexicon) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """ "the Khanates of Yerevan and Nakhchivan": each with the names it may be known by."""
    for i, token in enumerate(doc):
        if token.lower_ not in lex.historical_heads or not token.lower_.endswith("s"):
            continue
        head, j, start = token.lower_.removesuffix("s").capitalize(), i + 1, i
        while j + 1 < len(doc) and doc[j].lower_ in {"of", ",", "and"} and capitalised(doc[j + 1]):
            name = doc[j + 1].text
            yield (start if start == i else j + 1), j + 2, (f"{name} {head}", f"{head} of {name}")
            start, j = j + 1, j + 2


def _parts(doc: Doc, lex: Lexicon) -> Iterator[tuple[int, int]]:
    """ "eastern regions of Georgia", "southern portion of Sakhalin": a part is a place of its own."""
    for i in range(1, len(doc) - 2):
        if (
            doc[i].lower_ in _PARTS
            and doc[i - 1].lower_ in lex.directions
            and doc[i + 1].lower_ == "of"
            and capitalised(doc[i + 2])
        ):
            end = i + 3
            while end < len(doc) and capitalised(doc[end]):
                end += 1
            yield i - 1, end


def _part_owner(doc: Doc, start: int) -> bool:
    return start > 1 and doc[start - 1].lower_ == "of" and doc[start - 2].lower_ in _PARTS


def _trimmed(doc: Doc, start: int, end: int) -> tuple[int, int]:
    while start < end and (not capitalised(doc[start]) or doc[start].lower_ in {"the", "mr", "mr.", "mrs", "ms", "dr"}):
        start += 1
    while end > start and (doc[end - 1].is_punct or doc[end - 1].tag_ == "POS" or doc[end - 1].lower_ in {"'s", "’s"}):
        end -= 1
    return start, end


def _plausible(doc: Doc, start: int, end: int, label: str, lex: Lexicon) -> bool:
    """Whether what the pipeline calls an entity can be one: a name of nouns, no date, no office, no plan."""
    words = [t.lower_ for t in doc[start:end]]
    if all(w in _WEEKDAYS or w in _MONTHS or not w.isalpha() for w in words) or len(words) >= 10:
        return False
    if words[-1] in lex.not_entities or (len(words) == 1 and doc[start].pos_ not in {"PROPN", "NOUN", "X"}):
        return False
    return label == "Person" or not any(w in lex.role_heads for w in words)


def _runs(doc: Doc) -> Iterator[tuple[int, int]]:
    """Runs of capitalised words, small connecting words between two of them included."""
    i = 0
    while i < len(doc):
        if not capitalised(doc[i]) or (doc[i].tag_ in {"DT", "IN", "PRP", "PRP$"} and doc[i].is_sent_start):
            i += 1
            continue
        end = i + 1
        while end < len(doc):
            if capitalised(doc[end]) or (doc[end].like_num and capitalised(doc[end - 1]) and len(doc[end]) < 3):
                end += 1
            elif (
                doc[end].lower_ in {"of", "-", "de", "al", "for", "and", "&"}
                and end + 1 < len(doc)
                and capitalised(doc[end + 1])
            ):
                end += 2
            else:
                break
        yield i, end
        i = end


def _outweighs(doc: Doc, run: tuple[int, int], name: tuple[int, int], kind: str, lex: Lexicon) -> bool:
    """Whether the longer run is a name of its own: it ends in a word that shows so, and the known name is inside."""
    start, end = run
    if name[1] == end and kind != "demonym":
        return False
    last = doc[end - 1].lower_
    return last in lex.organisation_heads and " and " not in doc[start:end].text and end - start <= 8


def _shown_class(doc: Doc, start: int, end: int, lex: Lexicon) -> str:
    """The class that a run of capitalised words shows by its last or first word."""
    if end - start < 2:
        return ""
    words = [t.lower_ for t in doc[start:end]]
    stop = next((i for i, w in enumerate(words) if w in {"of", "for", "in"} and i > 0), len(words))
    head = words[stop - 1]
    if head in lex.historical_heads and stop < len(words):
        return "HistoricalState"
    if head in lex.place_heads or words[0] in {"lake", "mount", "cape", "port", "fort"}:
        return "Place"
    if head in lex.organisation_heads:
        return "Organisation"
    return ""


def _treaties(doc: Doc, lex: Lexicon) -> Iterator[tuple[int, int, str]]:
    """Names of treaties: "Treaty of Gulistan", "Jay Treaty", "Convention of 1818", "Minsk agreements"."""
    inverted = _inverted(doc, lex)
    if inverted is not None:
        yield 0, inverted, "Treaty"
        return
    i = 0
    while i < len(doc):
        token = doc[i]
        if token.lower_ not in lex.treaty_heads or token.lower_.startswith("document"):
            i += 1
            continue
        start, end = i, i + 1
        while start > 0 and (_belongs(doc[start - 1]) or _joins(doc, start - 1, capitalised(token))):
            start -= 1
        while start < i and not capitalised(doc[start]):
            start += 1
        if (
            capitalised(token)
            and end + 1 < len(doc)
            and doc[end].lower_ in {"of", "on", "for", "concerning", "relating", "regarding"}
        ):
            end = _tail(doc, end)
        proper = start < i and _has_name(doc, start, i) if not capitalised(token) else start < i or end > i + 1
        compound = end == i + 1 and end < len(doc) and capitalised(doc[end]) and capitalised(token)
        if proper and not compound and not (end == i + 1 and _only_place_or_actor(doc, start, i, lex)):
            yield start, end, "Treaty"
            i = end
        else:
            i += 1


def _inverted(doc: Doc, lex: Lexicon) -> int | None:
    """The end of a headword of a reference work: "GULISTAN, TREATY OF (1813)"."""
    comma = next((t.i for t in doc if t.text == ","), len(doc))
    shape = [t.lower_ for t in doc[comma + 1 : comma + 3]]
    if len(shape) == 2 and shape[0] in lex.treaty_heads and shape[1] in {"of", "on", "for", "between"}:
        return comma + 3
    return None


def shown_name(span: Span) -> str:
    """A name as running text has it: "GULISTAN, TREATY OF" is the Treaty of Gulistan."""
    text = " ".join(span.text.split())
    match = re.fullmatch(r"(.+), (\w+) (of|on|for|between)", text, re.IGNORECASE)
    if match is None:
        return text
    words = [w if w.lower() in {"and", "of", "the"} and i else w.capitalize() for i, w in enumerate(match[1].split())]
    name = " ".join(w.lower() if w.lower() in {"and", "of", "the"} else w for w in words)
    return f"{match[2].capitalize()} {match[3].lower()} {name}"


def _belongs(token: Token) -> bool:
    return (capitalised(token) and token.tag_ not in {"PRP", "PRP$", "DT", "MD"} and not token.is_stop) or (
        token.text in {"-", "–"} or (token.like_num and len(token) == 4 and bool(_YEAR.fullmatch(token.text)))
    )


def _joins(doc: Doc, i: int, capital: bool) -> bool:
    """ "and" inside of a name: "Trade and Navigation Treaty"."""
    return capital and i > 0 and doc[i].lower_ == "and" and capitalised(doc[i - 1]) and capitalised(doc[i + 1])


def _tail(doc: Doc, end: int) -> int:
    """The end of "of Friendship and Cooperation", "on the Prohibition of Nuclear Weapons", "of 1818", "of Paris"."""
    i, last = end, end
    while i < len(doc):
        token = doc[i]
        if capitalised(token) or (_YEAR.fullmatch(token.text) and doc[i - 1].lower_ == "of" and last == end):
            last = i + 1
        elif (
            token.lower_ not in {"of", "on", "the", "and", "for", "to", "-", ","}
            or token.is_sent_start
            or (token.text == "," and not (i + 1 < len(doc) and capitalised(doc[i + 1]) and _list_goes_on(doc, i)))
        ):
            break
        i += 1
    return last


def _list_goes_on(doc: Doc, comma: int) -> bool:
    """Whether a comma in a name is one of "Settlement, Commerce and Navigation"."""
    return any(
        doc[j].lower_ == "and" and capitalised(doc[j + 1]) for j in range(comma + 1, min(comma + 4, len(doc) - 1))
    )


def _has_name(doc: Doc, start: int, end: int) -> bool:
    return any(capitalised(t) and t.lower_ not in {"new", "the"} for t in doc[start:end])


def _only_place_or_actor(doc: Doc, start: int, end: int, lex: Lexicon) -> bool:
    """ "Iran Nuclear Deal" has a name; "Iraqi agreement" and "U.S. treaty" are descriptions."""
    words = [t for t in doc[start:end] if capitalised(t)]
    return not capitalised(doc[end]) and len(words) == 1 and words[0].pos_ == "ADJ"


def _conflicts(doc: Doc, lex: Lexicon) -> Iterator[tuple[int, int, str]]:
    """Wars and crises: "Russo-Persian War of 1804–1813", "civil war in Greece", "Syrian conflict"."""
    for i, token in enumerate(doc):
        low = token.lower_
        start, end = i, i + 1
        if low in lex.conflict_names and capitalised(token):
            while start > 0 and _belongs(doc[start - 1]):
                start -= 1
            if end < len(doc) and (doc[end].text in {"II", "I", "Two", "One", "2", "1"}):
                end += 1
            end = _conflict_tail(doc, end)
            if end > i + 1 or start < i:
                yield start, end, "Conflict"
        elif low in lex.conflict_descriptive and i + 2 < len(doc) + 1:
            if doc[i - 1].lower_ == "civil" and i > 0:
                start -= 1
            before = doc[start - 1] if start > 0 else None
            after = doc[i + 1 : i + 3]
            if len(after) == 2 and after[0].lower_ in {"in"} and capitalised(after[1]) and after[1].ent_type_ != "DATE":
                if after[1].lower_ not in _MONTHS:
                    yield start, i + 3, "Conflict"
            elif before is not None and low != "fighting" and _names_conflict(doc, _unquoted(doc, start)):
                yield _conflict_start(doc, _unquoted(doc, start)), i + 1, "Conflict"


def _names_conflict(doc: Doc, start: int) -> bool:
    token = doc[start - 1]
    return token.pos_ in {"ADJ", "PROPN"} and capitalised(token) and not token.is_sent_start and token.tag_ != "POS"


def _unquoted(doc: Doc, start: int) -> int:
    return start - 1 if start > 1 and doc[start - 1].text in _QUOTES else start


def _conflict_start(doc: Doc, start: int) -> int:
    start -= 1
    while start > 0:
        before = _unquoted(doc, start)
        if before > 1 and doc[before - 1].text in {"-", "–"} and capitalised(doc[before - 2]):
            start = before - 2
        else:
            break
    return start


def _conflict_tail(doc: Doc, end: int) -> int:
    """The years of a war: "of 1804–1813", "of 1812"."""
    if end + 1 < len(doc) and doc[end].lower_ == "of" and _YEAR.match(doc[end + 1].text):
        end += 2
        while end < len(doc) and (doc[end].text in {"-", "–", "—"} or doc[end].like_num):
            end += 1
    return end


def _bodies(doc: Doc, lex: Lexicon, known: list[tuple[int, int, str, tuple[str, ...]]]) -> Iterator[tuple[int, int]]:
    """Ministries, parliaments, courts: "Iran's Foreign Ministry", "Russia's lower house of parliament"."""
    i, words = 0, [t.lower_ for t in doc]
    while i < len(doc):
        length = lex.body_heads.length(words, i)
        if not length:
            i += 1
            continue
        match = i + length
        start, end = i, match
        if capitalised(doc[end - 1]) or capitalised(doc[i]):
            while start > 0 and (
                _belongs(doc[start - 1]) or (doc[start - 1].lower_ in {"and"} and _belongs(doc[start - 2]))
            ):
                start -= 1
            if end < len(doc) - 1 and doc[end].lower_ in {"of", "for"} and capitalised(doc[end - 1]):
                end = _tail(doc, end)
        possessor = _possessor_end(doc, start, known)
        named = capitalised(doc[end - 1]) and end - start >= 2
        described = " ".join(t.lower_ for t in doc[i:match]) in lex.body_nominal
        if named or (possessor is not None and described):
            yield (possessor if possessor is not None and possessor < start else start), end
        i = max(end, i + 1)


def _possessor_end(doc: Doc, start: int, known: list[tuple[int, int, str, tuple[str, ...]]]) -> int | None:
    """Start of the state's name or demonym right before ``start``: "Iran's", "the Russian"."""
    for first, last, kind, _ in known:
        if last <= start and kind in {"name", "demonym", "acronym", "seat"}:
            between = [t.lower_ for t in doc[last:start]]
            if all(w in {"'s", "’s", "'", "’", "foreign", "defence", "defense", "energy", "interior"} for w in between):
                return first
    return None
