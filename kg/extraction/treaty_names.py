"""Names of treaties in running text and in headwords: "Treaty of Gulistan", "GULISTAN, TREATY OF"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from spacy.tokens import Doc, Span, Token

from kg.extraction.capitals import belongs, capitalised, tail
from kg.extraction.lexicon import Lexicon, lexicon

_ABOUT = frozenset({"of", "on", "for", "concerning", "relating", "regarding"})
_ATTACHED = frozenset({"protocol", "protocols", "amendment", "annex"})
_OWNERS = frozenset({"PERSON", "TREATY"})
_SEVERAL = frozenset({"dual", "triple", "quadruple", "quintuple", "grand", "holy"})


def treaty_names(doc: Doc, lex: Lexicon, known: Set[int]) -> Iterator[tuple[int, int, str]]:
    """Names of treaties: "Treaty of Gulistan", "Jay Treaty", "Convention of 1818", "Minsk agreements".

    ``known`` are the tokens at which names of the reference data begin.
    """
    inverted = _inverted(doc, lex)
    if inverted is not None:
        yield 0, inverted, "Treaty"
        return
    i = 0
    while i < len(doc):
        token = doc[i]
        head = token.lower_ in lex.treaty_heads or _alliance(token) or _is_signed_name(token, lex)
        other = i > 0 and capitalised(doc[i - 1]) and doc[i - 1].lower_ in lex.treaty_not_after
        if not head or other or token.lower_.startswith("document"):
            i += 1
            continue
        start, end = i, i + 1
        while start > 0 and (belongs(doc[start - 1]) or _joins(doc, start - 1, capitalised(token))):
            start -= 1
        while start < i and not capitalised(doc[start]):
            start += 1
        if start == i > 1 and capitalised(token) and doc[i - 1].tag_ == "POS" and doc[i - 2].ent_type_ in _OWNERS:
            start = i - 2  # "Pinckney's Treaty"
        if (
            capitalised(token)
            and end + 1 < len(doc)
            and not (start < i and doc[end].lower_ == "for" and end + 1 + (doc[end + 1].lower_ == "the") in known)
            and doc[end + 1].lower_ not in lex.calendar
            and (doc[end].lower_ in _ABOUT or (doc[end].lower_ == "to" and token.lower_ in _ATTACHED))
        ):
            end = tail(doc, end)
        proper = start < i and _has_name(doc, start, i) if not capitalised(token) else start < i or end > i + 1
        compound = end == i + 1 and end < len(doc) and capitalised(doc[end]) and capitalised(token)
        if proper and not compound and not (end == i + 1 and _only_place_or_actor(doc, start, i, lex)):
            yield start, end, "Treaty"
            i = end
        else:
            i += 1


def _is_signed_name(token: Token, lex: Lexicon) -> bool:
    """ "the Grain Initiative, which was signed by", "signed a Declaration of Principles": whatever it calls itself."""
    if not capitalised(token) or token.lower_ not in lex.treaty_if_signed or token.i in {0, len(token.doc) - 1}:
        return False
    before, behind = token.nbor(-1), [t for t in token.doc[token.i + 1 : token.i + 4] if t.lower_ != "the"]
    if len(behind) > 1 and token.dep_ == "obj" and token.head.lemma_ in lex.verbs_sign:
        return capitalised(before) or (behind[0].lower_ in _ABOUT and capitalised(behind[1]))
    verbs = (v for c in (token, *token.children) for v in (c, c.head))
    return capitalised(before) and any(v.lemma_ in lex.verbs_sign and v.tag_ == "VBN" for v in verbs)


def shortened(doc: Doc, lex: Lexicon) -> Iterator[tuple[int, int, str]]:
    """ "the treaty was superseded by that of Turkmenchay": where it stands and the name that is meant."""
    for token in doc:
        if stands_for_treaty(token, lex) and capitalised(doc[token.i + 2]) and doc[token.i + 2].pos_ == "PROPN":
            end = tail(doc, token.i + 1)
            if doc[token.i + 2].lower_ not in lex.calendar:
                yield token.i, end, f"Treaty {doc[token.i + 1 : end].text}"


def stands_for_treaty(token: Token, lex: Lexicon) -> bool:
    """Whether "that" in "that of" means a treaty: one is spoken of before it in the sentence."""
    doc, i = token.doc, token.i
    if token.lower_ != "that" or i + 2 >= len(doc) or doc[i + 1].lower_ != "of":
        return False
    return any(t.lower_ in lex.treaty_heads for t in doc[token.sent.start : i])


def _inverted(doc: Doc, lex: Lexicon) -> int | None:
    """The end of a headword of a reference work: "GULISTAN, TREATY OF (1813)"."""
    comma = next((t.i for t in doc if t.text == ","), len(doc))
    shape = [t.lower_ for t in doc[comma + 1 : comma + 3]]
    if len(shape) == 2 and shape[0] in lex.treaty_heads and shape[1] in {"of", "on", "for", "between"}:
        return comma + 3
    return None


def shown_name(span: Span) -> str:
    """A name as running text has it: "GULISTAN, TREATY OF" is the Treaty of Gulistan."""
    text = " ".join(span.text.split()).removesuffix("/")
    match = re.fullmatch(r"(.+), (\w+) (of|on|for|between)", text, re.IGNORECASE)
    if match is None:
        return text
    words = [w if w.lower() in {"and", "of", "the"} and i else w.capitalize() for i, w in enumerate(match[1].split())]
    name = " ".join(w.lower() if w.lower() in {"and", "of", "the"} else w for w in words)
    return f"{match[2].capitalize()} {match[3].lower()} {name}"


def _alliance(token: Token) -> bool:
    """ "the Anglo-Japanese Alliance", "the Triple Alliance" are agreements; another alliance may be an organisation."""
    if token.text != "Alliance" or token.i < 1:
        return False
    before = token.doc[token.i - 1]
    return before.lower_ in _SEVERAL or (token.i > 2 and before.nbor(-1).tag_ == "HYPH" and capitalised(before))


def _joins(doc: Doc, i: int, capital: bool) -> bool:
    """ "and" inside of a name: "Trade and Navigation Treaty"."""
    return capital and i > 0 and doc[i].lower_ == "and" and capitalised(doc[i - 1]) and capitalised(doc[i + 1])


def _has_name(doc: Doc, start: int, end: int) -> bool:
    """Whether a capital among the words is one of a name, not of the sentence's first word ("Peace treaty between")."""
    words = [t for t in doc[start:end] if capitalised(t) and t.lower_ not in {"new", "the"}]
    return any(not t.is_sent_start or (t.tag_ == "NNP" and t.lower_ not in lexicon().treaty_purposes) for t in words)


def _only_place_or_actor(doc: Doc, start: int, end: int, lex: Lexicon) -> bool:
    """ "Iran Nuclear Deal" has a name; "Iraqi agreement" and "U.S. treaty" are descriptions."""
    words = [t for t in doc[start:end] if capitalised(t)]
    return not capitalised(doc[end]) and len(words) == 1 and words[0].pos_ == "ADJ"
