"""Which of the known treaties a text means, if any: by name or description, parties, date, place and number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from kg.extraction.page import Found
from kg.model import PartialDate
from kg.resolution.judging.context import Context
from kg.resolution.judging.deciding import Decision, Judgement, decide
from kg.resolution.judging.known import known
from kg.resolution.judging.subject import Subject
from kg.resolution.records import Record
from kg.resolution.reference import Reference


class TreatyJudge:
    """The treaties of the reference data, by their parties and days, and which of them is told of."""

    def __init__(self, reference: Reference) -> None:
        self.reference, self.known = reference, known(reference)
        self._by_parties: dict[frozenset[str], list[Record]] = defaultdict(list)
        self._by_day: dict[str, list[Record]] = defaultdict(list)
        for each in reference.treaties():
            self._by_parties[self._lines(each.parties)].append(each)
            self._by_day[each.signed or ""].append(each)

    def named(self, mentions: Iterable[Found]) -> list[Record]:
        """The treaties that go by the names of mentions."""
        ids = dict.fromkeys(id for mention in mentions for id in mention.candidates)
        return [each for each in map(self.reference.get, ids) if each is not None and each.cls == "Treaty"]

    def decide(self, told: Subject, named: Iterable[Record] = ()) -> Decision:
        """Judge ``named``, which go by a name that the text has; if none of them can be, the treaties of the parties or
        of the day told."""
        decision = self._decide(told, named)
        if decision.best is not None and not decision.best.contradicted:
            return decision
        alike = self._by_parties.get(self._lines(told.parties), []) if len(told.parties) > 1 else []
        found = {each.id: each for each in (*alike, *self._by_day.get(told.date or "-", []))}
        return self._decide(told, found.values())

    def _decide(self, told: Subject, records: Iterable[Record]) -> Decision:
        context = Context((Subject(id, "State", (), id) for id in told.parties), self.known, self.known.kin)
        return decide(told, map(self.known.item, records), context)

    def sure(self, decision: Decision) -> Record | None:
        """The treaty that it surely is."""
        return self.reference.get(decision.candidates[0].id) if decision.judgement is Judgement.POSITIVE else None

    def _lines(self, parties: Iterable[str]) -> frozenset[str]:
        """The parties, states that followed one another as one."""
        return frozenset(map(self.reference.lineage_id, parties))


def agreement(
    names: Iterable[str],
    parties: Iterable[str],
    date: str | None,
    words: Iterable[str],
    issued: PartialDate | None,
    place: str | None = None,
) -> Subject:
    """What a text of that day tells of a treaty: names, parties, day or year, describing words; the names that begin
    with a small letter only describe."""
    return Subject(
        "",
        "Agreement",
        tuple(name for name in names if name[:1].isupper()),
        parties=tuple(sorted(parties)),
        date=date,
        words=frozenset(words),
        written=issued.year if issued else None,
        place=place,
    )


def dates(years: Iterable[int], days: Iterable[str] = ()) -> str | None:
    """The one day, else the one year that is told."""
    found = (sorted(set(days)), sorted({str(year) for year in years}))
    return next((each[0] for each in found if len(each) == 1), None)


@lru_cache(maxsize=2)
def treaty_judge(reference: Reference) -> TreatyJudge:
    """The judge of this reference data, whose indexes are made once."""
    return TreatyJudge(reference)
