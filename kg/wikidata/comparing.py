"""Whether Wikidata says already what a proposal says."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.model import PartialDate
from kg.resolution.judging.items import Item, Said
from kg.wikidata.items import is_qid, item_of
from kg.wikidata.proposals import Proposal


class Status(StrEnum):
    """``new`` and ``qualifiers`` (the statement is there, without these) are offered, the others are not."""

    NEW = "new"
    QUALIFIERS = "qualifiers"
    KNOWN = "known"
    DIFFERS = "differs"
    UNCOMPARED = "not compared"


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a proposal stands to what Wikidata has, and what that is where it differs."""

    status: Status
    note: str = ""


def compare(proposal: Proposal, item: Item | None, kin: Mapping[str, frozenset[str]]) -> Comparison:
    """``item`` is what is known of the proposal's item; ``kin`` the states of one line, by each of them."""
    if item is None:
        return Comparison(Status.UNCOMPARED, "the item is not in the data to compare with")
    said = item.claims.get(proposal.rule.property, ())
    same = [each for each in said if _agree(each.value, proposal.value)]
    if same:
        return _with_qualifiers(proposal, same)
    if said and proposal.rule.once:
        return Comparison(Status.DIFFERS, f"Wikidata has {', '.join(each.value for each in said)}")
    others = kin.get(proposal.value, frozenset()) & {each.value for each in said}
    if others:
        return Comparison(Status.DIFFERS, f"Wikidata has {', '.join(sorted(others))}, a state of the same line")
    return Comparison(Status.NEW)


def recorded(path: Path) -> dict[str, Item]:
    """The items of a file or folder of JSON: entities, arrays of them, or answers with ``entities``.

    Raises ``InputError`` for a file that is none of these.
    """
    files = sorted(path.rglob("*.json")) if path.is_dir() else [path]
    found = {item.id: item for file in files for item in map(item_of, _entities(file)) if item}
    if not found:
        raise InputError(str(path), "holds no entity of Wikidata")
    return found


def _with_qualifiers(proposal: Proposal, same: Iterable[Said]) -> Comparison:
    lacking = []
    for each in same:
        missing = [prop for prop, _ in proposal.qualifiers if each.qualifier(prop) is None]
        apart = [p for p, v in proposal.qualifiers if not _agree(each.qualifier(p) or v, v)]
        if not missing and not apart:
            return Comparison(Status.KNOWN)
        lacking.append((apart, missing, each))
    apart, missing, each = lacking[0]
    if apart or len(lacking) > 1:
        theirs = ", ".join(f"{p} {each.qualifier(p)}" for p in apart) or "more than one statement with this value"
        return Comparison(Status.DIFFERS, f"Wikidata has {theirs}")
    return Comparison(Status.QUALIFIERS, f"Wikidata has it without {', '.join(missing)}")


def _agree(theirs: str, ours: str) -> bool:
    """The same item, or dates of which one is the other told less precisely."""
    if theirs == ours or is_qid(ours) or is_qid(theirs):
        return theirs == ours
    try:
        return PartialDate(theirs).agrees(PartialDate(ours))
    except ValueError:
        return False


def _entities(file: Path) -> Iterator[Mapping[str, Any]]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(str(file), error.strerror or str(error)) from error
    except (ValueError, RecursionError) as error:
        raise InputError(str(file), f"not JSON: {error}") from error
    held = found.get("entities", found) if isinstance(found, dict) else found
    if isinstance(held, dict):
        held = [held] if "id" in held else list(held.values())
    yield from (each for each in held if isinstance(each, dict)) if isinstance(held, list) else ()
