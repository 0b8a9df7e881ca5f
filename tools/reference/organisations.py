"""International organisations, government bodies and other organisations."""

from __future__ import annotations

import re

from kg.resolution.records import Record
from tools.reference.tables import Row, Sources, curated, parts, prefixed, slug

_PARTS_OF_THE_EU = "EU institutions and bodies"


def build(sources: Sources) -> list[Record]:
    """Our own organisations and bodies first, then those of the data set that are not among them."""
    own = [*(_organisation(row) for row in curated("organisations")), *(_body(row) for row in curated("bodies"))]
    known: set[str | None] = {key for each in own for key in (each.qid, each.id) if key}
    known |= {slug(name) for each in own for name in (each.name, *each.aliases)}
    others = []
    for row in sources.csv("international_organisations"):
        found = _other(row)
        if found and not known & {found.qid, found.id, slug(found.name)}:
            known |= {found.qid, found.id, slug(found.name)}
            others.append(found)
    return own + others


def _organisation(row: Row) -> Record:
    return Record(
        row["id"],
        "InternationalOrganisation",
        row["name"],
        aliases=parts(row["aliases"]),
        demonyms=parts(row["demonyms"]),
        qid=row["qid"] or None,
        start=row["start"] or None,
        end=row["end"] or None,
        successors=parts(row["successors"]),
        seats=parts(row["seats"]),
        weak=(*parts(row["weak"]), *parts(row["seats"])),
        prior=0.6 if row["weak"] else 0.95,
        sources=("curated", "wikidata") if row["qid"] else ("curated",),
    )


def _body(row: Row) -> Record:
    return Record(
        row["id"],
        row["cls"],
        row["name"],
        aliases=parts(row["aliases"]),
        qid=row["qid"] or None,
        start=row["start"] or None,
        end=row["end"] or None,
        country=row["of"] or None,
        weak=parts(row["weak"]),
        prior=0.85,
        kind=row["kind"] or None,
        sources=("curated", "wikidata") if row["qid"] else ("curated",),
    )


def _other(row: Row) -> Record | None:
    name, acronym = row["Name_en"].strip(), row["Abbreviation_en"].strip()
    if len(name.split()) < 3 or "Consortium" in row["Type"]:
        return None
    eu = row["Org_family"] == _PARTS_OF_THE_EU
    year = row["Year_established"].strip()
    return Record(
        prefixed("body" if eu else "organisation", name),
        "GovernmentBody" if eu else "InternationalOrganisation",
        name,
        aliases=(acronym,) if re.fullmatch(r"[A-Z]{4,}", acronym) else (),
        qid=row["Wikidata_code"] if re.fullmatch(r"Q\d+", row["Wikidata_code"]) else None,
        start=year if re.fullmatch(r"\d{4}", year) else None,
        country="organisation/european-union" if eu else None,
        prior=0.4,
        sources=("internationalorganisations",),
    )
