"""Entities in the JSON of Wikidata's dumps and API, made from facts; and the reference data in that shape."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.model import PartialDate

GREGORIAN, JULIAN = "http://www.wikidata.org/entity/Q1985727", "http://www.wikidata.org/entity/Q1985786"
TIMES = {"P569", "P570", "P571", "P576", "P580", "P582", "P585", "P7588", "P813"}
STRINGS = {"P297", "P298", "P854"}
PRECISION = {"year": 9, "month": 10, "day": 11}


def snak(prop: str, value: str, calendar: str = GREGORIAN) -> dict[str, Any]:
    """A snak; ``?`` is some value, ``-`` is none."""
    if value in ("?", "-"):
        kind = {"?": "somevalue", "-": "novalue"}[value]
        return {"snaktype": kind, "property": prop, "datatype": "wikibase-item"}
    if prop in TIMES:
        return _held(prop, "time", "time", _time(value, calendar))
    if prop in STRINGS:
        return _held(prop, "string", "external-id", value)
    if prop == "P625":
        north, east = map(float, value.split())
        where = {"latitude": north, "longitude": east, "altitude": None, "precision": 0.01}
        return _held(
            prop, "globecoordinate", "globe-coordinate", {**where, "globe": "http://www.wikidata.org/entity/Q2"}
        )
    entity = {"entity-type": "item", "numeric-id": int(value[1:]), "id": value}
    return _held(prop, "wikibase-entityid", "wikibase-item", entity)


def _held(prop: str, kind: str, datatype: str, value: object) -> dict[str, Any]:
    return {
        "snaktype": "value",
        "property": prop,
        "hash": "0" * 40,
        "datavalue": {"value": value, "type": kind},
        "datatype": datatype,
    }


def _time(text: str, calendar: str) -> dict[str, Any]:
    precision = PRECISION[PartialDate(text).precision]
    padded = text + "-00-00"[: 10 - len(text)]
    given = {"time": f"+{padded}T00:00:00Z", "timezone": 0, "before": 0, "after": 0}
    return {**given, "precision": precision, "calendarmodel": calendar}


Value = str | tuple[str, Mapping[str, str]]


def entity(
    id: str,
    label: str,
    claims: Mapping[str, Iterable[Value]],
    aliases: Iterable[str] = (),
    sitelinks: int = 0,
    description: str = "",
) -> dict[str, Any]:
    """An entity as a dump has it; a value with qualifiers is a pair."""
    english = {"language": "en"}
    return {
        "type": "item",
        "id": id,
        "labels": {"en": {**english, "value": label}},
        "descriptions": {"en": {**english, "value": description}} if description else {},
        "aliases": {"en": [{**english, "value": alias} for alias in aliases]} if aliases else [],
        "claims": {
            p: [_statement(id, p, n, v) for n, v in enumerate(values)] for p, values in claims.items() if values
        },
        "sitelinks": {f"x{n}wiki": {"site": f"x{n}wiki", "title": label, "badges": []} for n in range(sitelinks)},
        "pageid": int(id[1:]),
        "ns": 0,
        "title": id,
        "lastrevid": 1,
        "modified": "2026-01-01T00:00:00Z",
    }


def _statement(id: str, prop: str, number: int, value: Value) -> dict[str, Any]:
    text, qualifiers = (value, {}) if isinstance(value, str) else value
    made = {"mainsnak": snak(prop, text), "type": "statement", "id": f"{id}${number}", "rank": "normal"}
    if qualifiers:
        made["qualifiers"] = {p: [snak(p, v)] for p, v in qualifiers.items()}
        made["qualifiers-order"] = list(qualifiers)
    return made


def dump_text(entities: Iterable[Mapping[str, Any]]) -> str:
    """The array of a dump: one entity a line, commas at their ends."""
    lines = [json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in entities]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def write_dump(path: Path, entities: Iterable[Mapping[str, Any]]) -> Path:
    """A dump, packed as its ending says."""
    import bz2
    import gzip

    data = dump_text(entities).encode()
    packers = {".gz": lambda: gzip.compress(data, mtime=0), ".bz2": lambda: bz2.compress(data)}
    path.write_bytes(packers.get(path.suffix, lambda: data)())
    return path


def noise(count: int, first: int = 50_000_000) -> Iterator[dict[str, Any]]:
    """Articles and the like, which most of a dump is, each of some 3 kB."""
    for number in range(first, first + count):
        yield entity(
            f"Q{number}",
            f"Observations on the {number}th sample",
            {"P31": ["Q13442814"], "P50": ["Q1", "Q2"], "P577": [], "P1433": ["Q5133764"], "P921": ["Q11173"] * 8},
            sitelinks=0,
            description="scientific article",
        )
