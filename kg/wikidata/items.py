"""An item of Wikidata as it is read from an entity's JSON, as far as linking and comparing need it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, TypeGuard

from kg import resources
from kg.resolution.judging.items import UNKNOWN, Item, Said
from kg.wikidata.times import date_of

QID = re.compile(r"Q[1-9]\d{0,17}")


@cache
def settings() -> Mapping[str, Any]:
    """``kg/data/wikidata/kinds.toml``."""
    import tomllib

    return tomllib.loads(resources.data("wikidata").joinpath("kinds.toml").read_text(encoding="utf-8"))


def is_qid(text: object) -> TypeGuard[str]:
    """Whether this is the id of an item."""
    return isinstance(text, str) and QID.fullmatch(text) is not None


def item_of(entity: Mapping[str, Any]) -> Item | None:
    """The item that an entity's JSON describes; None for properties, lexemes, missing entities and what is no entity.

    Parts that are not as the data model has them are left out.
    """
    if not is_qid(entity.get("id")) or entity.get("type", "item") != "item" or "missing" in entity:
        return None
    names = tuple(dict.fromkeys(_names(entity)))
    return Item(
        entity["id"],
        names[0] if names else entity["id"],
        names,
        _text(entity, "descriptions", "en"),
        len(_mapping(entity.get("sitelinks"))),
        {prop: found for prop in _properties(entity) if (found := _claims(entity, prop))},
    )


def to_json(item: Item) -> str:
    """One line, the same for the same item; :func:`from_json` reads it."""
    row = {name: getattr(item, name) for name in Item.__slots__}
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(text: str) -> Item:
    """The item of a line of :func:`to_json`."""
    row = json.loads(text)
    claims = {
        prop: tuple(Said(value, tuple((name, given) for name, given in qualifiers)) for value, qualifiers in said)
        for prop, said in row.pop("claims").items()
    }
    return Item(**{**row, "names": tuple(row["names"])}, claims=claims)


def _properties(entity: Mapping[str, Any]) -> list[str]:
    given = _mapping(entity.get("claims"))
    return [prop for prop in settings()["properties"] if prop in given]


def _names(entity: Mapping[str, Any]) -> Iterator[str]:
    languages = settings()["languages"]
    yield from filter(None, (_text(entity, "labels", language) for language in languages))
    aliases = _mapping(entity.get("aliases"))
    for language in settings()["alias_languages"]:
        for alias in _list(aliases.get(language)):
            if isinstance(alias, dict) and isinstance(alias.get("value"), str):
                yield alias["value"]


def _text(entity: Mapping[str, Any], kind: str, language: str) -> str:
    value = _mapping(_mapping(entity.get(kind)).get(language)).get("value")
    return value if isinstance(value, str) else ""


def _claims(entity: Mapping[str, Any], prop: str) -> tuple[Said, ...]:
    statements = [s for s in _list(_mapping(entity.get("claims")).get(prop)) if isinstance(s, dict)]
    said = [(_value(s.get("mainsnak")), s) for s in statements if s.get("rank") != "deprecated"]
    return tuple(Said(value, _qualifiers(s)) for value, s in said if value)


def _qualifiers(statement: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    given = _mapping(statement.get("qualifiers"))
    kept = ((prop, _value(snak)) for prop in settings()["qualifiers"] for snak in _list(given.get(prop)))
    return tuple(sorted((prop, value) for prop, value in kept if value))


def _value(snak: object) -> str | None:
    snak = _mapping(snak)
    if snak.get("snaktype") == "somevalue":
        return UNKNOWN
    held = _mapping(snak.get("datavalue"))
    match held.get("type"), held.get("value"):
        case "wikibase-entityid", dict() as value:
            return value["id"] if is_qid(value.get("id")) else None
        case "time", dict() as value:
            return date_of(value)
        case "string", str() as value:
            return value
        case "globecoordinate", dict() as value:
            return f"{value.get('latitude')} {value.get('longitude')}"
        case _:
            return None


def _mapping(value: object) -> Mapping[str, Any]:
    """PHP writes an empty object as an empty list."""
    return value if isinstance(value, dict) else {}


def _list(value: object) -> Iterable[Any]:
    return value if isinstance(value, list) else ()
