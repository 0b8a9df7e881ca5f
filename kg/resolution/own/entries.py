"""What one row of a table or one node of a graph says of an entity, and how its values are checked."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from kg import resources
from kg.errors import InputError
from kg.model import PartialDate
from kg.resolution.folding import fold
from kg.resolution.records import Record

DATED = ("start", "end", "signed", "in_force")
_ID = re.compile(r"[a-z-]+/[a-z0-9]+(?:-+[a-z0-9]+)*")
_HIDDEN = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}


class Wrong(Exception):
    """An entry that cannot be used; the message says why, in the words that a user reads."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entity as one place of a file describes it.

    In ``record`` the fields that refer to other entities still hold what the file says: an id, a name, a Wikidata id or
    an IRI. ``record.id`` is empty where the file gives none. ``key`` is the IRI of a node that has no id of ours.
    """

    file: str
    place: str
    record: Record
    key: str | None = None

    def wrong(self, cause: str) -> InputError:
        """The error that names the file and the place in it."""
        return InputError(self.file, f"{self.place}: {cause}")


@dataclass(slots=True)
class Reading:
    """The entries of a file, and what in it is wrong."""

    entries: list[Entry] = field(default_factory=list)
    errors: list[InputError] = field(default_factory=list)


@cache
def folders() -> Mapping[str, str]:
    """The folder of ids by class; these are the classes that a user's data may have."""
    found: Mapping[str, str] = _rules()["folders"]
    return found


@cache
def columns() -> Mapping[str, frozenset[str]]:
    """The columns of a table and the classes that each is for, all where there is none."""
    return {name: frozenset(classes) for name, classes in _rules()["columns"].items()}


@cache
def _rules() -> dict[str, Any]:
    return tomllib.loads(resources.data("own.toml").read_text(encoding="utf-8"))


def text(value: str) -> str:
    """A name with single spaces, composed (NFC); ``Wrong`` for one with invisible characters or none to see."""
    found = " ".join(unicodedata.normalize("NFC", value).split())
    if any(unicodedata.category(c) in _HIDDEN for c in found):
        raise Wrong(f"a character that cannot be seen in {found!a}")
    if not any(c.isalnum() for c in found):
        raise Wrong(f"{found!r} is no name")
    return found


def names(values: Iterable[str], besides: Iterable[str] = ()) -> tuple[str, ...]:
    """Checked names in one order, each once and without those of ``besides``."""
    return tuple(sorted({text(value) for value in values} - set(besides)))


def date(value: str, what: str) -> str | None:
    """A day, month or year as written, ``None`` for nothing; ``Wrong`` for one that does not exist."""
    if not value:
        return None
    try:
        return PartialDate(value).text
    except ValueError:
        raise Wrong(f"{what} {value!r} is no date: YYYY, YYYY-MM or YYYY-MM-DD that exists") from None


def in_order(start: str | None, end: str | None, what: str = "") -> None:
    """``Wrong`` for what ends before it begins."""
    if start and end and PartialDate(start).earliest > PartialDate(end).latest:
        raise Wrong(f"{what}ends ({end}) before it begins ({start})")


def wikidata_id(value: str) -> str | None:
    """``Q794``, also as an address of Wikidata; ``None`` for nothing."""
    found = re.sub(r"^https?://(www\.)?wikidata\.org/(entity|wiki)/", "", value)
    if found and not re.fullmatch("Q[1-9][0-9]{0,11}", found):
        raise Wrong(f"{value!r} is no Wikidata id: Q and a number")
    return found or None


def entity_id(value: str) -> str:
    """An id of the form ``person/jane-doe``, or nothing."""
    if value and (not _ID.fullmatch(value) or value.split("/")[0] not in folders().values()):
        known = ", ".join(sorted(set(folders().values())))
        raise Wrong(f"{value!r} is no id: a folder ({known}), '/' and words of a-z and 0-9 joined by '-'")
    return value


def parted(name: str, aliases: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A person's aliases, and those that are the last words of the name: surnames, which need more to be sure of."""
    last = {alias for alias in aliases if fold(name).endswith(" " + fold(alias).lower())}
    return tuple(sorted(set(aliases) - last)), tuple(sorted(last))
