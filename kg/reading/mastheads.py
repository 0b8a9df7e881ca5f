"""Names of those who publish, as they stand above a title: newspapers, agencies, reference works, ministries."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from kg.reading import datelines
from kg.reading.dates import metadata_words

_CAPITALISED = r"[A-Z0-9][\w.’'&-]{0,20},?"
_JOINT = r"of|the|and|for|in|to|on|de|du|&"
_NAME = re.compile(rf"(?:{_CAPITALISED}|the)(?: (?:{_CAPITALISED}|{_JOINT})){{0,15}}")
_TAIL = re.compile(r" (?:\||[–—-]) (?P<name>[^|–—]{3,60})$")
_FEW, _MANY = 6, 14
_OPENING = 80


def is_masthead(folded: str) -> bool:
    """Whether a line is the name of a newspaper, an agency, a reference work or an office of state."""
    known: frozenset[str] = _words("names")
    return folded.casefold().removeprefix("the ") in known or _is_periodical(folded) or is_office(folded)


def is_name(folded: str) -> bool:
    """Whether a line could be a name: a few capitalised words, no verb, no year, nothing that titles speak of."""
    words = _split(folded)
    return (
        len(words) <= _FEW
        and _NAME.fullmatch(folded) is not None
        and not any(word.isdigit() for word in words)
        and not _has_verb(words)
        and not _words("topics") & set(words)
    )


def is_office(folded: str) -> bool:
    """Whether a line names a ministry, an embassy or the like: they publish, and speak of themselves."""
    head = _head(folded)
    in_list = "," not in head or re.search(r", .*(?:and|&) ", head)
    words = _split(head)
    return (
        _NAME.fullmatch(folded) is not None
        and len(folded.split()) <= _MANY
        and bool(in_list)
        and not _has_verb(words)
        and not _words("topics") & set(words)
        and _ends_in(words, _words("offices"))
    )


def is_section(folded: str) -> bool:
    """Whether a line is what sections of an entry are called: ``Background``, ``Further reading``."""
    return bool(_words("sections") & set(_split(folded)))


def is_signed(folded: str, text: str) -> bool:
    """Whether a text gives a name as that of its agency or of who holds the rights: ``(Example Plus) —``."""
    name = re.escape(folded)
    signature = rf"\({name}\) ?[–—-]|(?:©|copyright|source:)[^\n]{{0,20}}\b{name}\b"
    return is_name(folded) and re.search(signature, text, re.IGNORECASE) is not None


def is_subject(name: str, paragraph: str) -> bool:
    """Whether a paragraph begins with the name, as the first of an entry does and that under a masthead does not."""
    dateline = datelines.find(paragraph)
    start = dateline.length if dateline else 0
    return not is_office(name) and name.casefold() in paragraph[start : start + _OPENING].casefold()


def split(title: str) -> tuple[str, str | None]:
    """A title and the masthead behind it, if there is one: ``Ministers meet | Example Times``."""
    found = _TAIL.search(title)
    if not found or " " not in title[: found.start()] or not is_masthead(found["name"]):
        return title, None
    return title[: found.start()], found["name"]


def _is_periodical(folded: str) -> bool:
    if not is_name(folded) or "," in folded:
        return False
    words, heads = _split(folded), _words("heads")
    if len(words) < 2:
        return False
    return _ends_in(words, heads | _words("last")) or _ends_in(_split(_head(folded)), heads) or words[0] in heads


def _head(folded: str) -> str:
    """What stands before the first ``of``: ``Example Journal`` in ``Example Journal of Treaties``."""
    return re.split(r" (?:of|OF|for|FOR|on|ON) ", folded, maxsplit=1)[0]


def _ends_in(words: list[str], names: frozenset[str]) -> bool:
    return bool(words) and (words[-1] in names or " ".join(words[-2:]) in names)


def _has_verb(words: list[str]) -> bool:
    """Whether a word inside looks like the verb of a headline: ``Iran Opens Embassy``."""
    return any(re.fullmatch(r"\w+[^su'’]s", word) and word not in _words("plurals") for word in words[1:-1])


def _split(folded: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:['’][^\W_]+)*", folded.casefold())


@cache
def _words(name: str) -> frozenset[str]:
    table: dict[str, Any] = metadata_words()["masthead"]
    agencies = set(metadata_words()["publisher"]["agencies"]) - set(metadata_words()["publisher"]["generic"])
    return frozenset(table[name]) | (agencies if name == "names" else frozenset())
