"""The grammar of time expressions in ``kg/data/dates.toml``, compiled: each form becomes one regular expression.

Patterns are matched only where a word begins that a form can begin with, and every repetition in them is bounded, so
reading takes time linear in the length of the text.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg import resources

CONTEXT = 90  # characters before an expression that may decide whether it is one
_GAP = r"(?:[^\S\n]{1,3}|[^\S\n]?\n)"
_SPACE = re.compile(r"\[(?:\\.|[^\]\\])*\]| ")
_SLOT = re.compile(r"(?<!\?P)<(\w*)(?::(\w+))?>")
_SETTINGS = frozenset({"id", "kind", "starts", "pattern", "examples", "after", "not_after", "sign", "dual"})


@dataclass(frozen=True, slots=True)
class Form:
    """One form of time expression. ``fixed`` are the fields that do not depend on the words."""

    id: str
    kind: str
    starts: tuple[str, ...]
    pattern: re.Pattern[str]
    after: re.Pattern[str] | None
    not_after: re.Pattern[str] | None
    sign: int
    dual: bool
    fixed: tuple[tuple[str, Any], ...]
    examples: tuple[tuple[str, str], ...]

    def fits(self, before: str) -> bool:
        """Whether the form may stand after this text."""
        if self.after and not self.after.search(before):
            return False
        return not (self.not_after and self.not_after.search(before))


@dataclass(frozen=True, slots=True)
class Grammar:
    """The forms by what they start with, the words that start one, and the names that are no dates."""

    forms: dict[str, tuple[Form, ...]]
    starters: dict[str, str]
    names: re.Pattern[str]
    months: dict[str, int]
    weekdays: dict[str, int]
    offsets: dict[str, int]
    numbers: dict[str, int]

    def number(self, words: str) -> int:
        """The value of ``17``, ``seventeen``, ``twenty-five`` or ``a``."""
        if words.isdecimal():
            return int(words)
        values = [self.numbers[word] for word in re.split(r"\W+", words.lower())]
        return max(values) if values[0] == 1 else sum(values)


def _spellings(table: dict[str, list[str]]) -> dict[str, int]:
    """Each way to write the names of a cycle (months, weekdays), in title case and in capitals, with its number."""
    found: dict[str, int] = {}
    for number, (name, short) in enumerate(table.items(), 1):
        for spelling in (name, *short):
            found |= {spelling: number, spelling.upper(): number}
    return found


def _longest_first(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


def _exactly(words: Iterable[str]) -> str:
    """A pattern for any of these words, capitals as they are given."""
    return rf"(?-i:{_longest_first(words)})(?!\w)"


def number_pattern(numbers: dict[str, int]) -> str:
    """A pattern for the number words from one to a hundred, ``twenty-five`` and ``twenty five`` included."""
    tens, ones = ([w for w, n in numbers.items() if low <= n < high] for low, high in ((20, 100), (1, 10)))
    compound = rf"(?:{'|'.join(tens)})[ -](?:{'|'.join(w for w in ones if w not in ('a', 'an'))})"
    return rf"(?:(?:a |one )?hundred|{compound}|{_longest_first(numbers)})(?!\w)"


def _fragments(data: dict[str, Any]) -> dict[str, str]:
    months, weekdays = list(data["months"]), list(data["weekdays"])
    plain = [name for name in months if name not in data["ambiguous"]["months"]]
    written: dict[str, str] = data["fragments"]
    return written | {
        "month": _exactly(_spellings(data["months"])) + r"\.?",
        "full_month": _exactly(months),
        "plain_month": _exactly(plain),
        "weekday": _exactly(_spellings(data["weekdays"])) + r"\.?",
        "full_weekday": _exactly(weekdays),
        "number": number_pattern(data["numbers"]),
    }


def expand(pattern: str, fragments: dict[str, str]) -> str:
    """Put the fragments into a pattern's slots and a short gap on one line for its spaces."""

    def fill(slot: re.Match[str]) -> str:
        field, fragment = slot.group(1), slot.group(2) or slot.group(1)
        inner = _SLOT.sub(fill, fragments[fragment])
        return f"(?P<{field}>{inner})" if field else f"(?:{inner})"

    filled = _SLOT.sub(fill, pattern)
    return _SPACE.sub(lambda found: _GAP if found.group() == " " else found.group(), re.sub(r"\n\s*", "", filled))


def _form(entry: dict[str, Any], fragments: dict[str, str], contexts: dict[str, re.Pattern[str]]) -> Form:
    return Form(
        id=entry["id"],
        kind=entry["kind"],
        starts=tuple(entry["starts"]),
        pattern=re.compile(expand(entry["pattern"], fragments), re.IGNORECASE),
        after=contexts[entry["after"]] if "after" in entry else None,
        not_after=contexts[entry["not_after"]] if "not_after" in entry else None,
        sign=entry.get("sign", 1),
        dual=entry.get("dual", False),
        fixed=tuple((key, value) for key, value in entry.items() if key not in _SETTINGS),
        examples=tuple(entry["examples"].items()),
    )


def _starters(data: dict[str, Any]) -> dict[str, str]:
    words = dict.fromkeys([*data["starters"]["words"], *data["numbers"]], "word")
    capitalised = {word.capitalize(): kind for word, kind in words.items()}
    months, weekdays = _spellings(data["months"]), _spellings(data["weekdays"])
    return words | capitalised | dict.fromkeys(months, "month") | dict.fromkeys(weekdays, "weekday")


@cache
def grammar() -> Grammar:
    """The grammar as the package ships it."""
    data = tomllib.loads(resources.data("dates.toml").read_text(encoding="utf-8"))
    fragments = _fragments(data)
    contexts = {
        name: re.compile(re.sub(r"\n\s*", "", pattern), re.IGNORECASE) for name, pattern in data["contexts"].items()
    }
    forms = [_form(entry, fragments, contexts) for entry in data["form"]]
    kinds = ("digit", "month", "weekday", "word")
    return Grammar(
        forms={kind: tuple(form for form in forms if kind in form.starts) for kind in kinds},
        starters=_starters(data),
        names=re.compile(rf"\b(?:{'|'.join(data['names']['names'])})\b"),
        months={spelling.lower(): number for spelling, number in _spellings(data["months"]).items()},
        weekdays={spelling.lower(): number - 1 for spelling, number in _spellings(data["weekdays"]).items()},
        offsets=data["offsets"],
        numbers=data["numbers"],
    )
