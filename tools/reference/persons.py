"""Persons and their terms of office."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from kg.resolution import offices
from kg.resolution.folding import fold, unaccented
from kg.resolution.records import Record, Term
from tools.reference.states import ids_by_code
from tools.reference.tables import Row, Sources, curated, distinct, existing, parts, slug, weak_words

_PARTICLES = frozenset(
    {"von", "van", "der", "den", "de", "del", "della", "di", "da", "dos", "al", "el", "bin", "ibn", "le", "la", "ten"}
)
_SURNAME_FIRST = frozenset({"state/china", "state/taiwan", "state/north-korea", "state/south-korea", "state/singapore"})
_GIVEN_NAME = frozenset({"state/vietnam", "state/myanmar", "state/thailand", "state/ethiopia", "state/iceland"})
_CALLED_BY_SURNAME = 0.8


@dataclass
class _Person:
    """What the data sets say of one person, as it is gathered."""

    name: str
    qid: str | None
    born: str = ""
    names: list[str] = field(default_factory=list)
    surnames: list[str] = field(default_factory=list)
    terms: dict[tuple[str, str, str], Term] = field(default_factory=dict)
    rank: float = 0.0
    sources: set[str] = field(default_factory=set)

    def hold(self, words: str, of: str, start: str, end: str, source: str) -> None:
        """Add a term, unless its role is too small to be recorded."""
        role = offices.role(words)
        if role is None or not role.rank or not of or (start and end and end < start[: len(end)]):
            return
        self.rank = max(self.rank, role.rank)
        self.sources.add(source)
        office = offices.canonical(words)
        if not start and any(key[:2] == (office, of) for key in self.terms):
            return
        if start:
            self.terms.pop((office, of, ""), None)
        key = (office, of, start[:4])
        old = self.terms.get(key)
        if old:
            start = max(start, old.start or "")
            end = end or (old.end if (old.end or "") >= start else None) or ""
        self.terms[key] = Term(office, of, start or None, end or None)


def build(sources: Sources) -> list[Record]:
    """Everyone who held a recorded office, and the persons of our own table."""
    people: dict[str, _Person] = {}
    by_qid = {row["qid"]: row for row in sources.csv("people")}
    for qid, name, words, of, start, end, source in _terms(sources):
        person = people.setdefault(qid, _Person(name, qid))
        person.hold(words, of, start, end, source)
    for qid in [qid for qid, person in people.items() if not person.terms]:
        del people[qid]
    for qid, person in people.items():
        row = by_qid.get(qid, {})
        person.born = existing(row.get("born", ""))
        person.names += [person.name, row.get("name", "")]
        person.name = re.sub(r" \(.*\)$", "", row.get("enwiki", "")) or person.name
    for row in sources.identified("person"):
        if row["id"] in people and row["aliases"]:
            person = people[row["id"]]
            person.names += [person.name, *(name for name in parts(row["aliases"]) if name.isascii())]
            person.name = row["label"]
    _add_own(people)
    _close(people.values())
    return _records(sorted(people.values(), key=lambda p: (-p.rank, p.born or "9999", p.name, p.qid or "")))


def _terms(sources: Sources) -> Iterator[tuple[str, str, str, str, str, str, str]]:
    codes = ids_by_code(sources)
    by_qid = {row["id"]: codes[row["iso3"]] for row in sources.identified("state")}
    units = {row["unit"]: row["state"] for row in curated("units")}
    world = {row["position"]: row for row in curated("world_offices")}

    def of_world(words: str, state: str) -> tuple[str, str]:
        found = world.get(words)
        return (found["office"], found["of"]) if found else (words, state)

    for name in ("office_holders_since_2000", "office_holders_2021"):
        for row in sources.csv(name):
            state = units.get(row["unit"], f"state/{row['unit']}")
            words, of = of_world(row["position"], state)
            yield row["personID"], row["person"], words, of, row["start"], row["end"], "everypolitician"
    for row in sources.csv("leaders_2021"):
        words, of = re.sub(r" of .*$", "", row["positionLabel"]), by_qid.get(row["countryid"], "")
        yield (
            row["officeholder"],
            row["officeholderLabel"],
            words,
            of,
            row["start_year"],
            row["end_year"],
            "everypolitician",
        )
    for row in sources.csv("foreign_ministers"):
        if row["person"]:
            of = by_qid.get(row["country"], "")
            yield row["person"], row["name"], "foreign minister", of, row["start"], "", "everypolitician"
    for row in sources.identified("person"):
        end = "" if "still in office" in row["note"] or row["end"] == "unknown" else row["end"]
        for each in re.findall(r"office=(.*?); (?:start/end|dates)", row["note"]):
            for office in each.split("; "):
                yield row["id"], row["label"], office, codes.get(row["iso3"], ""), row["start"], end, "wikidata"
    names = {row["label"]: codes[row["iso3"]] for row in sources.identified("state")} | {"Turkey": "state/turkey"}
    for row in sources.csv("leaders_2026"):
        words, of = of_world(row["title"], names.get(row["country"], ""))
        if row["qid"]:
            yield row["qid"], row["person"], words, of, row["since"], "", "leaders2026"


def _add_own(people: dict[str, _Person]) -> None:
    by_name = {fold(name): person for person in people.values() for name in (person.name, *person.names) if name}
    for row in curated("persons"):
        named = (by_name.get(fold(name)) for name in (row["name"], *parts(row["aliases"])))
        person = people.get(row["qid"]) or next((each for each in named if each and _same_birth(each, row)), None)
        if person is None:
            person = people.setdefault(row["qid"] or row["name"], _Person(row["name"], row["qid"] or None, row["born"]))
            person.rank = 0.7
        person.names += parts(row["aliases"])
        person.surnames += parts(row["surnames"])
        person.sources.add("curated")
        for term in parts(row["terms"]):
            words, of, start, end = term.split("@")
            person.hold(words, of, start, end, "curated")


def _same_birth(person: _Person, row: Row) -> bool:
    return not row["born"] or not person.born or person.born[:4] == row["born"]


def _close(people: Iterable[_Person]) -> None:
    """End the open terms of offices that one person holds at a time where the next holder's begins."""
    held: dict[tuple[str, str], list[tuple[str, _Person, tuple[str, str, str]]]] = defaultdict(list)
    for person in people:
        for key, term in person.terms.items():
            role = offices.role(term.office)
            if role and role.single and term.start:
                held[term.office, term.of].append((term.start, person, key))
    for terms in held.values():
        terms.sort(key=lambda each: each[0])
        for (_, person, key), (start, _, _) in pairwise(terms):
            if person.terms[key].end is None:
                person.terms[key] = replace(person.terms[key], end=start)


def _records(people: list[_Person]) -> list[Record]:
    common = weak_words()
    taken: set[str] = set()
    found = []
    for person in people:
        base = slug(person.name)
        if not base:
            continue
        choices = (base, f"{base}-{person.born[:4]}", f"{base}-{(person.qid or '').lower()}")
        id = "person/" + next(each for each in choices if each not in taken and not each.endswith("-"))
        taken.add(id.removeprefix("person/"))
        terms = tuple(sorted(person.terms.values(), key=lambda t: (t.start or "", t.office, t.of, t.end or "")))
        surnames = distinct(person.surnames or _surnames(person.name, terms)) if _prominent(person) else ()
        aliases = [name for name in person.names if name and (" " in name or name in person.surnames)]
        found.append(
            Record(
                id,
                "Person",
                person.name,
                aliases=distinct(aliases, besides=[person.name, *surnames]),
                qid=person.qid,
                start=person.born or None,
                surnames=surnames,
                terms=terms,
                weak=tuple(name for name in surnames if unaccented(name) in common),
                prior=round(0.4 + 0.5 * person.rank, 2),
                sources=tuple(sorted(person.sources)),
            )
        )
    return found


def _prominent(person: _Person) -> bool:
    return bool(person.surnames) or person.rank >= _CALLED_BY_SURNAME


def _surnames(name: str, terms: tuple[Term, ...]) -> list[str]:
    words = re.sub(r",? (Jr|Sr|Baron|Baroness|[IVX]+)\b.*$", "", name).split()
    states = {term.of for term in terms}
    if len(words) < 2 or states & _GIVEN_NAME or {"bin", "of", "the"} & set(words):
        return []
    if states & _SURNAME_FIRST and "-" not in words[0] and len(words) <= 3:
        return [words[0]]
    first = len(words) - 1
    while first > 1 and words[first - 1].lower() in _PARTICLES:
        first -= 1
    surname = " ".join(words[first:])
    return [surname] if re.search(r"[a-z]", surname) else []
