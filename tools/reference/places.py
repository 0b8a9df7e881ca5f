"""Regions, seas and cities."""

from __future__ import annotations

import math
import re

from kg.resolution.folding import fold, unaccented
from kg.resolution.records import Record
from tools.reference.states import ids_by_code
from tools.reference.tables import Row, Sources, curated, distinct, parts, prefixed, slug, weak_words

_SMALLEST = 100_000
_LARGE = 1_000_000
_OF_A_STATE = 0.4  # a city that is called like a state: the bare name means the state
_CODES = {"SDS": "SSD", "KOS": "XKX", "PSX": "PSE"}  # Natural Earth's own codes


def build(sources: Sources) -> list[Record]:
    """Our own places, the territories that are no states, and the cities."""
    own = [row for row in curated("places") if row["kind"] != "extra"]
    regions = [_region(row) for row in own]
    taken = {each.id for each in regions}
    territories = [each for each in map(_territory, sources.identified("place")) if each and each.id not in taken]
    return [*regions, *territories, *_cities(sources, taken | {each.id for each in territories})]


def _region(row: Row) -> Record:
    name = re.sub(r" \(.*\)$", "", row["name"])
    return Record(
        prefixed("place", row["name"]),
        "Place",
        name,
        aliases=parts(row["aliases"]),
        demonyms=parts(row["demonyms"]),
        qid=row["qid"] or None,
        country=row["country"] or None,
        weak=parts(row["weak"]),
        prior=0.4 if row["weak"] else 0.8,
        kind=row["kind"],
        sources=("curated",),
    )


def _territory(row: Row) -> Record | None:
    if "independent per country-codes" not in row["note"] and not row["note"].startswith("rigour parent"):
        return None
    name = re.sub(r" SAR$| \(.*\)$", "", row["label"])
    english = [alias for alias in parts(row["aliases"]) if alias.isascii() and not re.search(r"[(*,&]", alias)]
    return Record(
        prefixed("place", name),
        "Place",
        name,
        aliases=distinct([row["label"], *english[:2]], besides=[name]),
        qid=row["id"],
        prior=0.8,
        kind="territory",
        sources=("wikidata",),
    )


def _cities(sources: Sources, taken: set[str]) -> list[Record]:
    countries = ids_by_code(sources)
    verified = {(row["label"], row["iso3"]): row["id"] for row in sources.identified("place")}
    further = [row for row in curated("places") if row["kind"] == "extra"]
    by_name = {name: row for row in further for name in (*parts(row["aliases"]), row["name"])}
    common = weak_words()
    state_names = {fold(id.removeprefix("state/").replace("-", " ")) for id in countries.values()}
    rows = [row for row in sources.csv("ne_10m_populated_places") if _wanted(row, common)]
    rows.sort(key=lambda row: (-float(row["ADM0CAP"]), -int(row["POP_MAX"]), row["GEONAMEID"]))
    found = []
    for row in rows:
        own = by_name.get(_name(row), {})
        name = own.get("name") or _name(row)
        by_name = {key: each for key, each in by_name.items() if each is not own}
        code = _CODES.get(row["ADM0_A3"], row["ADM0_A3"])
        id = _free(name, row, taken)
        taken.add(id)
        found.append(
            Record(
                id,
                "Place",
                name,
                aliases=_aliases(name, own, row, state_names),
                qid=verified.get((name, code)) or row["WIKIDATAID"] or None,
                country=countries.get(code),
                weak=(name,) if unaccented(name) in common else (),
                prior=_OF_A_STATE
                if fold(unaccented(name).lower()) in state_names
                else _prior(row, unaccented(name) in common),
                kind="capital" if _capital(row) else "city",
                latitude=round(float(row["LATITUDE"]), 3),
                longitude=round(float(row["LONGITUDE"]), 3),
                population=int(row["POP_MAX"]),
                sources=("naturalearth",),
            )
        )
    return found


def _name(row: Row) -> str:
    return (row["NAME_EN"] or row["NAME"]).strip(" \u200e\u200f")


def _aliases(name: str, own: Row, row: Row, state_names: set[str]) -> tuple[str, ...]:
    aliases = distinct([*parts(own.get("aliases")), _name(row), row["NAME"], row["NAMEASCII"]], besides=[name])
    return tuple(alias for alias in aliases if fold(unaccented(alias).lower()) not in state_names)


def _capital(row: Row) -> bool:
    return row["FEATURECLA"].startswith("Admin-0 capital")


def _wanted(row: Row, common: frozenset[str]) -> bool:
    population = int(row["POP_MAX"])
    if not slug(_name(row)):
        return False
    if _capital(row) or population >= _LARGE:
        return True
    return population >= _SMALLEST and unaccented(_name(row)) not in common


def _free(name: str, row: Row, taken: set[str]) -> str:
    base = prefixed("place", name)
    country = (row["ISO_A2"] if row["ISO_A2"] not in ("-99", "") else row["ADM0_A3"]).lower()
    choices = (
        base,
        f"{base}-{country}",
        f"{base}-{country}-{slug(row['ADM1NAME'])}",
        f"{base}-{row['GEONAMEID'][:-2]}",
    )
    return next(choice for choice in choices if choice not in taken)


def _prior(row: Row, common: bool) -> float:
    if _capital(row):
        return 0.6 if common else 0.9
    size = 0.1 + 0.1 * math.log10(max(int(row["POP_MAX"]), 10))
    return round(0.3 if common else size, 2)
