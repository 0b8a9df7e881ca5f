"""Names of people within a document."""

from __future__ import annotations

import re

from kg.extraction.lexicon import lexicon
from kg.resolution.folding import words_in


def words_of(name: str) -> tuple[str, ...]:
    """The parts of a person's name, honorifics and diacritics aside, in lower case."""
    parts = words_in(re.sub(r"['’]s\b", "", name))
    return tuple(p for p in parts if p not in lexicon().honorifics) or tuple(parts)


class NameIndex:
    """People named so far, found again by a shorter name whose words are all in the longer one."""

    def __init__(self) -> None:
        self._names: list[tuple[tuple[str, ...], str]] = []

    def add(self, name: str, key: str) -> None:
        self._names.append((words_of(name), key))

    def find(self, name: str) -> str | None:
        """The key of the one person whose name fits; the surname must be among the words."""
        wanted = words_of(name)
        if not wanted:
            return None
        exact = {key for words, key in self._names if words == wanted}
        if len(exact) == 1:
            return exact.pop()
        longer = {key for words, key in self._names if set(wanted) <= set(words) and wanted[-1] in words[-2:]}
        longer = longer or {key for words, key in self._names if len(words) > 1 and set(wanted) <= set(words)}
        shorter = {key for words, key in self._names if len(words) > 1 and set(words) <= set(wanted)}
        found = longer or shorter
        return found.pop() if len(found) == 1 else None
