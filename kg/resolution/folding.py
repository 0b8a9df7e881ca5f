"""Names as keys: what counts as the same spelling."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans(
    {0xF8: "o", 0xD8: "O", 0x142: "l", 0x141: "L", 0x111: "d", 0x110: "D", 0x131: "i", 0xDF: "ss", 0xE6: "ae"}
    | {0xC6: "Ae", 0x259: "a", 0x18F: "A", 0xF0: "d", 0xD0: "D", 0xFE: "th", 0xDE: "Th", 0x153: "oe", 0x152: "Oe"}
)
_APOSTROPHES = "\u2019\u2018\u02bc\u02bb\u02bf\u02be\u0060\u00b4"
_SPACES = "-\u2010\u2011\u2012\u2013\u2014\u2212\u00a0"
_MARKS = str.maketrans(_APOSTROPHES + _SPACES, "'" * len(_APOSTROPHES) + " " * len(_SPACES), ".")


def unaccented(text: str) -> str:
    """The text without diacritics, in ASCII as far as Latin letters go."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def words_in(text: str) -> list[str]:
    """The words of a text in lower case, without diacritics: "Treaty of Björkö" has treaty, of, bjorko."""
    return re.findall(r"[a-z]+", unaccented(text).lower())


def fold(name: str) -> str:
    """The key under which a name is found: apostrophes, dots, hyphens, diacritics, spaces and "the" do not count.

    Case counts for names of one word and for acronyms ("March", "WHO"), not for longer names.
    """
    text = unaccented(name.translate(_MARKS))
    words = text.split()
    if len(words) > 1 and words[0] in ("the", "The"):
        del words[0]
    return words[0] if len(words) == 1 else " ".join(words).lower()


def is_acronym(name: str) -> bool:
    """Whether the name is written in capitals alone: ``UN``, ``U.S.``, ``G7``, ``OPEC+``."""
    return len(name) > 1 and any(c.isupper() for c in name) and not any(c.islower() or c.isspace() for c in name)
