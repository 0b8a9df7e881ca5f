"""States of today and historical states."""

from __future__ import annotations

import math
import re
from collections import defaultdict

from kg.resolution.records import Membership, Record
from tools.reference.tables import Row, Sources, curated, distinct, parts, prefixed, weak_words

_PLURAL = re.compile(r".*(an|i|er|ot)$")


def build(sources: Sources) -> list[Record]:
    """All states, today's first."""
    memberships = _memberships(sources)
    today = states(sources, memberships)
    return [*today, *(_historical(row, memberships) for row in curated("historical_states"))]


def ids_by_code(sources: Sources) -> dict[str, str]:
    """The state ids by ISO 3166-1 alpha-3 code."""
    ours = {row["iso3"]: row["name"] for row in curated("states")}
    return {
        row["iso3"]: prefixed("state", ours.get(row["iso3"]) or row["label"]) for row in sources.identified("state")
    }


def states(sources: Sources, memberships: dict[str, list[Membership]]) -> list[Record]:
    """The sovereign states of today."""
    ours = {row["iso3"]: row for row in curated("states")}
    codes = {row["ISO3166-1-Alpha-3"]: row for row in sources.csv("country_codes")}
    world = {row["cca3"].replace("UNK", "XKX"): row for row in sources.json("countries_mledoze")}
    populations = {row["WIKIDATAID"]: int(float(row["POP_EST"])) for row in sources.csv("ne_10m_countries")}
    common = weak_words()
    found = []
    for row in sources.identified("state"):
        iso3 = row["iso3"]
        own = ours.get(iso3, defaultdict(str))
        code = codes.get(iso3, {})
        names = world.get(iso3, {})
        name = own["name"] or row["label"]
        id = prefixed("state", name)
        population = populations.get(row["id"])
        seats = distinct([*parts(own["seats"]), *_capitals(code, names)])
        weak = (*parts(own["weak"]), *(seat for seat in seats if seat in common))
        found.append(
            Record(
                id,
                "State",
                name,
                aliases=_aliases(name, own, [row["label"], *_names(code, names)]),
                demonyms=tuple(dict.fromkeys([*_demonyms(names), *parts(own["demonyms"])])),
                qid=row["id"],
                start=own["start"] or row["start"] or None,
                since=own["since"] or None,
                lineage=own["lineage"] or None,
                seats=seats,
                memberships=tuple(memberships.get(id, ())),
                weak=weak,
                prior=0.7 if name in weak else state_prior(population),
                code=iso3,
                population=population,
                sources=("countrycodes", "mledoze", "wikidata"),
            )
        )
    return found


def state_prior(population: int | None) -> float:
    """Larger states are meant more often: 0.81 for a million people, 0.95 for a billion."""
    return round(0.53 + 0.0465 * math.log10(max(population or 0, 10_000)), 3)


def _historical(row: Row, memberships: dict[str, list[Membership]]) -> Record:
    return Record(
        row["id"],
        "HistoricalState",
        row["name"],
        aliases=parts(row["aliases"]),
        demonyms=parts(row["demonyms"]),
        qid=row["qid"] or None,
        start=row["start"] or None,
        end=row["end"] or None,
        since=row["since"] or None,
        lineage=row["lineage"] or None,
        successors=parts(row["successors"]),
        seats=parts(row["seats"]),
        memberships=tuple(memberships.get(row["id"], ())),
        weak=parts(row["weak"]),
        prior=0.75 if row["qid"] else 0.6,
        sources=("curated", "wikidata") if row["qid"] else ("curated",),
    )


def _aliases(name: str, own: Row, others: list[str]) -> tuple[str, ...]:
    """Our own spellings are all kept (``US`` beside ``U.S.``), others only if they would be found under another key."""
    ours = [alias for alias in parts(own["aliases"]) if alias != name]
    return (*ours, *distinct(others, besides=[name, *ours]))


def _demonyms(names: dict[str, object]) -> list[str]:
    english = names.get("demonyms", {})
    forms = english.get("eng", {}) if isinstance(english, dict) else {}
    words = [w.strip() for form in ("m", "f") for w in re.split(r",| or ", forms.get(form, ""))]
    return [form for w in words if w for form in ((w, w + "s") if _PLURAL.fullmatch(w) else (w,))]


def _names(code: Row, names: dict[str, object]) -> list[str]:
    given = names.get("name")
    common = [str(given["common"]), str(given["official"])] if isinstance(given, dict) else []
    columns = ("CLDR display name", "UNTERM English Short", "UNTERM English Formal", "official_name_en")
    found = [code.get(column, "") for column in columns] + common
    return [re.sub(r"^the ", "", name.strip(" *")) for name in found if not re.search(r"[(),&\[]|St\.|-SAR| - ", name)]


def _capitals(code: Row, names: dict[str, object]) -> list[str]:
    found = names.get("capital")
    return [*(str(name) for name in (found if isinstance(found, list) else ())), code.get("Capital", "").strip()]


def _memberships(sources: Sources) -> dict[str, list[Membership]]:
    found: dict[str, list[Membership]] = defaultdict(list)
    dated = curated("memberships")
    for row in dated:
        found[row["state"]].append(Membership(row["organisation"], row["start"] or None, row["end"] or None))
    covered = {(row["organisation"], row["state"]) for row in dated}
    complete = {row["organisation"] for row in dated} - {"organisation/united-nations"}
    codes = {code: row["id"] for row in curated("organisations") for code in parts(row["factbook"])}
    ids = ids_by_code(sources)
    for row in sources.csv("memberships"):
        organisation, state = codes.get(row["org_id"]), ids.get(row["ISO_3166_3"])
        if row["org_member"] != "member" or not organisation or not state or organisation in complete:
            continue
        if (organisation, state) not in covered:
            covered.add((organisation, state))
            found[state].append(Membership(organisation))
    return {state: sorted(each, key=lambda m: (m.organisation, m.start or "")) for state, each in found.items()}
