"""Other names: known ones, those that show what they are by a word, and what the pipeline calls an entity."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span

from kg.extraction.capitals import capitalised, runs_of
from kg.extraction.gazetteer import Gazetteer
from kg.extraction.known_names import KIND_FORM, Known
from kg.extraction.lexicon import Lexicon, lexicon
from kg.extraction.page import Form

_LABELS = {"PERSON": "Person", "ORG": "Organisation", "PLACE": "Place", "EVENT": "Event", "TREATY": "Treaty"}
"""Our classes of the labels that ``kg.language.annotate`` gives."""

Name = tuple[int, int, str, Form, tuple[str, ...]]
"""First token, token behind the last, class as far as shown, form, candidates of the reference data."""


def entity_names(doc: Doc, known: list[Known], gazetteer: Gazetteer, lex: Lexicon) -> Iterator[Name]:
    """Known names, names that show their kind, and the pipeline's entities, the better evidence first.

    A longer name around a known one wins ("Westminster International University in Tashkent" is not Westminster), as
    does a person's full name around a known surname or place ("Charles Bagot", "Jordan Henderson")."""
    runs = list(runs_of(doc))
    covered: set[int] = set()
    specials = list(_specials(doc, known, gazetteer, lex))
    certain = [*specials, *_known_in_full(doc, known, runs, specials, lex)]
    for name in certain:
        covered.update(range(name[0], name[1]))
        yield name
    for name in [*_shown(doc, runs, gazetteer, lex), *_recognised(doc, known, gazetteer, lex)]:
        if not covered & set(range(name[0], name[1])):
            covered.update(range(name[0], name[1]))
            yield name
    for start, end, kind, records in known:
        short = end - start < 3 and len(doc[start:end].text) > 2
        if kind == "surname" and short and not covered & set(range(start, end)):
            yield start, end, "Person", Form.SURNAME, records


def _specials(doc: Doc, known: list[Known], gazetteer: Gazetteer, lex: Lexicon) -> Iterator[Name]:
    """Former states told together and parts of countries."""
    for start, end, names in _former_states(doc, lex):
        yield start, end, "HistoricalState", Form.NAME, tuple(r for n in names for r in gazetteer.lookup(n))
    for start, end in _parts(doc, known, lex):
        yield start, end, "Place", Form.NAME, ()


def _known_in_full(
    doc: Doc, known: list[Known], runs: list[tuple[int, int]], specials: list[Name], lex: Lexicon
) -> Iterator[Name]:
    """Known names but surnames, where no longer name stands around them; ``specials`` hold theirs."""
    special = {i for start, end, *_ in specials for i in range(start, end)}
    persons = [_in_full(doc, e, known, lex) for e in doc.ents if e.label_ in {"PERSON", "PER"}]
    for start, end, kind, records in known:
        inside = set(range(start, end)) <= special and kind != "demonym" and not part_owner(doc, start)
        if kind == "surname" or inside:
            continue
        run = next((r for r in runs if r[0] <= start and end <= r[1] and r[1] - r[0] > end - start), None)
        longer = run is not None and (
            _outweighs(doc, run, (start, end), kind, lex) or _ends_organisation(doc, run, (start, end), lex)
        )
        if not longer and not _in_person(doc, persons, start, end):
            yield start, end, "", KIND_FORM[kind], records


def _shown(doc: Doc, runs: list[tuple[int, int]], gazetteer: Gazetteer, lex: Lexicon) -> Iterator[Name]:
    """Runs of capitals whose last or first word shows what they are."""
    for start, end in runs:
        cls = _shown_class(doc, start, end, lex)
        if cls:
            yield start, end, cls, Form.NAME, gazetteer.lookup(doc[start:end].text)


def _recognised(doc: Doc, known: list[Known], gazetteer: Gazetteer, lex: Lexicon) -> Iterator[Name]:
    """What the pipeline calls an entity, as far as it can be one."""
    for ent in doc.ents:
        start, end = _in_full(doc, ent, known, lex)
        if end > start and ent.label_ in _LABELS and _plausible(doc, start, end, _LABELS[ent.label_], lex):
            yield start, end, _LABELS[ent.label_], Form.NAME, gazetteer.lookup(doc[start:end].text)


def _in_person(doc: Doc, persons: list[tuple[int, int]], start: int, end: int) -> bool:
    """ "Jordan" in "Jordan Henderson", "Park Jin" in "Park Jin-soo": a part of a person's longer name."""
    longer = any(a <= start and end <= b and b - a > end - start for a, b in persons)
    cut = end < len(doc) and doc[end].text in {"-", "\u2010", "\u2011"} and not doc[end - 1].whitespace_
    return longer and (end - start == 1 or cut)


def _former_states(doc: Doc, lex: Lexicon) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """ "the Khanates of Yerevan and Nakhchivan": each with the names it may be known by."""
    for i, token in enumerate(doc):
        several = token.lower_ in lex.historical_heads and token.lower_.endswith("s")
        if not several or doc[i + 1 : i + 2].text.lower() != "of":
            continue
        head, j, start = token.lower_.removesuffix("s").capitalize(), i + 1, i
        while j + 1 < len(doc) and doc[j].lower_ in {"of", ",", "and"} and capitalised(doc[j + 1]):
            name = doc[j + 1].text
            yield (start if start == i else j + 1), j + 2, (f"{name} {head}", f"{head} of {name}")
            start, j = j + 1, j + 2


def _parts(doc: Doc, known: list[Known], lex: Lexicon) -> Iterator[tuple[int, int]]:
    """ "eastern regions of Georgia", "southern portion of Sakhalin", "East Florida": a part is a place of its own."""
    starts = {start for start, *_ in known}
    for start, end, kind, _ in known:
        before = doc[start - 1] if start else None
        if before is None or kind != "name" or before.i in starts or before.is_sent_start:
            continue
        if capitalised(before) and before.lower_ in lex.directions:
            yield before.i, end
    for i in range(1, len(doc) - 2):
        if (
            doc[i].lower_ in lex.place_parts
            and doc[i - 1].lower_ in lex.directions
            and doc[i + 1].lower_ == "of"
            and capitalised(doc[i + 2])
        ):
            end = i + 3
            while end < len(doc) and capitalised(doc[end]):
                end += 1
            yield i - 1, end


def part_owner(doc: Doc, start: int) -> bool:
    """Whether the name at ``start`` owns the part before it: "regions of Georgia"."""
    return start > 1 and doc[start - 1].lower_ == "of" and doc[start - 2].lower_ in lexicon().place_parts


def _in_full(doc: Doc, ent: Span, known: list[Known], lex: Lexicon) -> tuple[int, int]:
    """The words of an entity; in "Ambassador to Egypt Ahmed Karim" the state is no part of the person's name."""
    start, end = _trimmed(doc, ent.start, ent.end)
    sent = start > 1 and doc[start - 1].lower_ in {"in", "to"} and doc[start - 2].lower_ in lex.sent_roles
    if ent.label_ != "PERSON" or not sent:
        return start, end
    return next((e for s, e, kind, _ in known if s == start and kind == "name" and end - e > 1), start), end


def _trimmed(doc: Doc, start: int, end: int) -> tuple[int, int]:
    while start < end and (not capitalised(doc[start]) or doc[start].lower_ in {"the", "mr", "mr.", "mrs", "ms", "dr"}):
        start += 1
    while end > start and (doc[end - 1].is_punct or doc[end - 1].tag_ == "POS" or doc[end - 1].lower_ in {"'s", "’s"}):
        end -= 1
    return start, end


def _plausible(doc: Doc, start: int, end: int, label: str, lex: Lexicon) -> bool:
    """Whether what the pipeline calls an entity can be one: a name of nouns, no date, no office, no plan."""
    words = [t.lower_ for t in doc[start:end]]
    if all(w in lex.weekdays or w in lex.months or not w.isalpha() for w in words) or len(words) >= 10:
        return False
    if words[-1] in lex.not_entities or (len(words) == 1 and doc[start].pos_ not in {"PROPN", "NOUN", "X"}):
        return False
    if label == "Treaty" and words[-2:-1] and words[-2] in lex.treaty_not_after:
        return False
    if label == "Treaty" and doc[start].is_sent_start and not any(capitalised(t) for t in doc[start + 1 : end]):
        return False
    if label == "Person":  # "PLO Negotiator Mahmoud Abbas", read as two
        return words[-1] not in lex.role_heads or end == len(doc) or doc[end].ent_type_ != "PERSON"
    return not any(w in lex.role_heads for w in words)


def _outweighs(doc: Doc, run: tuple[int, int], name: tuple[int, int], kind: str, lex: Lexicon) -> bool:
    """Whether the longer run is a name of its own: it ends in a word that shows so, and the known name is inside."""
    start, end = run
    if _waters(doc, run, name, lex):
        return True
    if name[1] == end and kind != "demonym":
        return False
    last = doc[end - 1].lower_
    return last in lex.organisation_heads and " and " not in doc[start:end].text and end - start <= 8


def _waters(doc: Doc, run: tuple[int, int], name: tuple[int, int], lex: Lexicon) -> bool:
    """ "Jordan River", "Lake Chad": a state's or town's name as that of a river or lake."""
    if name[0] - 1 == run[0] and name[1] == run[1]:
        return doc[run[0]].lower_ in lex.waters
    return name[0] == run[0] and name[1] == run[1] - 1 and doc[name[1]].lower_ in lex.waters


def _ends_organisation(doc: Doc, run: tuple[int, int], name: tuple[int, int], lex: Lexicon) -> bool:
    """ "Bank of England": whether the pipeline, too, calls an organisation what a word before "of" shows to be one."""
    of = name[0] - 1 - (doc[name[0] - 1].lower_ == "the")
    shown = of > run[0] and doc[of].lower_ == "of" and doc[of - 1].lower_ in lex.organisation_heads
    called = any(e.label_ == "ORG" and _trimmed(doc, e.start, e.end)[1] == name[1] and e.start < of for e in doc.ents)
    return shown and called and name[1] == run[1]


def _shown_class(doc: Doc, start: int, end: int, lex: Lexicon) -> str:
    """The class that a run of capitalised words shows by its last or first word."""
    if end - start < 2:
        return ""
    words = [t.lower_ for t in doc[start:end]]
    stop = next((i for i, w in enumerate(words) if w in {"of", "for", "in"} and i > 0), len(words))
    head = words[stop - 1]
    if head in lex.historical_heads and stop < len(words):
        return "HistoricalState"
    of_something = stop < len(words) and head in lex.organisation_heads  # "Bank of Ghana", not "West Bank"
    if (head in lex.place_heads and not of_something) or words[0] in {"lake", "river", "mount", "cape", "port", "fort"}:
        return "Place"
    if head in lex.organisation_heads:
        return "Organisation"
    return ""
