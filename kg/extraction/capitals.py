"""Capital letters as signs of a name: runs of capitalised words, and where a name begins and ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from kg.extraction.lexicon import lexicon

_ARTICLES = frozenset({"al", "ad", "an", "ar", "as", "ash", "el", "ul"})
_ABOUT = frozenset({"relating", "regard", "relation", "respect"})
YEAR = re.compile(r"(1[5-9]|20)\d\d")


def capitalised(token: Token) -> bool:
    """Whether the token is written as a name is, "al-" and digits aside."""
    return token.text[:1].isupper() and any(c.isalpha() for c in token.text)


def belongs(token: Token) -> bool:
    """Whether a name that ends behind the token may go on to the left over it: capitals, hyphens, years."""
    if token.text.endswith("/"):
        return False  # "Treaty of San Lorenzo/ Pinckney's Treaty" is two names
    if token.lower_ in _ARTICLES and token.i + 2 < len(token.doc) and token.nbor().text == "-":
        return capitalised(token.nbor(2))  # "Sharm al-Sheikh Memorandum"
    counted = token.like_num and not token.is_sent_start  # "the Five Power Treaty"
    named = capitalised(token) and token.tag_ not in {"PRP", "PRP$", "DT", "MD"}
    return (named and (counted or not token.is_stop)) or (
        token.text in {"-", "–"} or (token.like_num and len(token) == 4 and bool(YEAR.fullmatch(token.text)))
    )


def tail(doc: Doc, end: int) -> int:
    """The end of "of Friendship and Cooperation", "on the Prohibition of Nuclear Weapons", "of 1818", "of Paris"."""
    i, last = end, end
    while i < len(doc):
        token = doc[i]
        if capitalised(token) or (YEAR.fullmatch(token.text) and doc[i - 1].lower_ == "of" and last == end):
            last = i + 1
            if token.text.endswith("/"):
                break
        elif (
            token.lower_ not in {"of", "on", "the", "and", "for", "to", "-", ","}
            or token.is_sent_start
            or (token.lower_ == "and" and (_another_treaty(doc, i + 1) or YEAR.fullmatch(doc[i - 1].text)))
            or (token.lower_ == "to" and doc[i - 1].lower_ not in _ABOUT and _of_verb(token, end))
            or (token.lower_ == "the" and doc[i - 1].lower_ not in {"of", "on", "and", "for", "to"})
            or (token.lower_ == "on" and i + 1 < len(doc) and doc[i + 1].lower_ in lexicon().calendar)
            or (token.text == "," and not _list_goes_on(doc, end, i))
        ):
            break
        i += 1
    return last


def _of_verb(preposition: Token, start: int) -> bool:
    """ "submitted the Treaty of Versailles to Congress": what it goes to belongs to the verb, not to the name."""
    verb = preposition.head.head
    return preposition.dep_ == "case" and verb.i < start and verb.pos_ == "VERB"


def _another_treaty(doc: Doc, i: int) -> bool:
    """ "and the Treaty of Amity": another name begins."""
    i += i < len(doc) and doc[i].lower_ in {"the", "a", "an"}
    return i + 1 < len(doc) and doc[i].lower_ in lexicon().treaty_heads and doc[i + 1].lower_ in {"of", "on", "for"}


def _list_goes_on(doc: Doc, start: int, comma: int) -> bool:
    """Whether a comma in a name is one of "Settlement, Commerce and Navigation", "Trade, Commerce, and Navigation"."""
    last = min(comma + 4, len(doc) - 1)
    joined = [j for j in range(comma + 1, last) if doc[j].lower_ == "and" and capitalised(doc[j + 1])]
    if joined and joined[0] == comma + 1:
        return any(token.text == "," for token in doc[start:comma])
    return bool(joined) and capitalised(doc[comma + 1])


def runs_of(doc: Doc) -> Iterator[tuple[int, int]]:
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
