"""Government bodies by kind and owner, so that one ministry under three names is one entity."""

from __future__ import annotations

import re

from kg.extraction.lexicon import plain
from kg.extraction.page import LocalEntity
from kg.resolution.records import Record
from kg.resolution.reference import Reference
from kg.slugs import slug

_WORDS = 3
_MINISTRY_OF = {
    "foreign": "Foreign Affairs",
    "defence": "Defence",
    "defense": "Defence",
    "interior": "the Interior",
    "oil": "Petroleum",
    "petroleum": "Petroleum",
}


def kind_of(text: str, owner: LocalEntity | None) -> str:
    """What the body is, its owner's name taken off: "foreign ministry", "lower house of parliament"."""
    words = plain(text)
    words = re.sub(r"^the ", "", words)
    words = re.sub(r"^(.*?)'s? (?=\S)", "", words) if "'" in words else words
    for alias in sorted({*(owner.aliases if owner else ()), owner.name if owner else ""}, key=lambda a: (-len(a), a)):
        if alias and words.startswith(plain(alias) + " "):
            words = words[len(plain(alias)) + 1 :]
        if alias and words.endswith(" of " + plain(alias)):
            words = words[: -len(" of " + plain(alias))]
    return words


def _full_kind(kind: str) -> str:
    match = re.fullmatch(r"(?:ministry (?:of|for) )?(.+?)(?: ministry)?", kind)
    if "ministry" not in kind or match is None:
        return kind
    domain = match.group(1).removeprefix("the ")
    return f"Ministry of {_MINISTRY_OF.get(domain, domain.title())}"


def body_identity(
    text: str, owner: str | None, entities: dict[str, LocalEntity], reference: Reference
) -> tuple[str, str, Record | None]:
    """Name, key and, when it is a known one, the record of a body mentioned as ``text`` and belonging to ``owner``."""
    holder = entities[owner] if owner else None
    kind = kind_of(text, holder)
    for record in reference.by_name(text.removeprefix("the ").removeprefix("The ")):
        if record.cls == "GovernmentBody" and (owner is None or record.country in {None, owner}):
            return record.name, record.id, record
    if owner is not None:
        for record in reference:
            if record.cls == "GovernmentBody" and record.country == owner and _is(record, kind):
                return record.name, record.id, record
    elif (only := _only_one_here(kind, entities, reference)) is not None:
        return only.name, only.id, only
    full = _full_kind(kind)
    name = f"{full[:1].upper()}{full[1:]}" + (f" of {holder.name}" if holder else "")
    return name, f"body/{slug(name)}", None


def _only_one_here(kind: str, entities: dict[str, LocalEntity], reference: Reference) -> Record | None:
    """The one known body of this kind, if that is a name of several words, of the states and organisations named."""
    if len(kind.split()) < _WORDS:
        return None
    bodies = (r for r in reference if r.cls == "GovernmentBody" and r.country in entities)
    found = [r for r in bodies if kind_of(r.name, entities[r.country or ""]) == kind]
    return found[0] if len(found) == 1 else None


def _is(record: Record, kind: str) -> bool:
    names = {plain(n) for n in (record.name, *record.aliases)}
    return kind in names or (record.kind is not None and plain(record.kind) == kind)
