"""Which state a name means, or which of a place and a government a capital's: by time, sentence and company."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.extraction.page import Form, Found
from kg.model import ORGANISATIONS, POLITIES
from kg.resolution.folding import fold
from kg.resolution.judging.deciding import Decision, decide
from kg.resolution.judging.subject import Subject
from kg.resolution.local import Local, existed
from kg.resolution.mention_judging import MentionJudge
from kg.resolution.records import Record
from kg.resolution.stance import is_location


class StateJudge:
    """Judges the names of states and capitals of one document, each once for one time and one role in the sentence."""

    def __init__(self, judge: MentionJudge) -> None:
        self.judge, self.local = judge, judge.local
        self._named = _named(judge.local)
        self._decided: dict[tuple[object, ...], Decision] = {}

    def decide(self, k: int, records: Sequence[Record]) -> Decision:
        """Which of these, which have the name, the mention means; for a state of today perhaps the one before it."""
        mention = self.local.mentions[k]
        seat = mention.form is Form.SEAT
        located = is_location(self.local, k) if seat else None
        states = self.judge.behind(k) if seat else self._around_town(mention, records)
        asked = (mention.text, mention.candidates, self.local.epochs[mention.paragraph], located, states)
        if asked not in self._decided:
            self._decided[asked] = self._judged(mention, records, located, states)
        return self._decided[asked]

    def _judged(
        self, mention: Found, records: Sequence[Record], located: bool | None, states: tuple[str, ...]
    ) -> Decision:
        timed = [self.local.in_time(each, mention) for each in records]
        items = [self.judge.known.item(each) for each in dict.fromkeys((*records, *timed))]
        subject = Subject(
            "",
            "Name" if located is None else "Seat",
            (mention.text, *(each.label for each in items if mention.text not in each.names)),
            states=states,
            near=self._besides(mention.text, {each.id for each in records}),
            then=self._there(records, mention),
            located=located,
        )
        return decide(subject, items, self.judge.context(states))

    def _there(self, records: Iterable[Record], mention: Found) -> tuple[str, ...]:
        """Those, or the states before them, that were there when the paragraph tells of.

        By name the oldest of a line stands for those before it, too; a capital for a government that was there.
        """
        when = self.local.epochs[mention.paragraph]
        if when is None:
            return ()
        timed = [(each, self.local.in_time(each, mention)) for each in records]
        named = mention.form is not Form.SEAT
        return tuple(
            then.id for each, then in timed if existed(then, when) or (named and each.cls == "State" and each.lineage)
        )

    def _around_town(self, mention: Found, records: Iterable[Record]) -> tuple[str, ...]:
        """Of what these are or lie in the state in which the town before a comma lies: "Atlanta, Georgia"."""
        end = mention.start - 1
        if end < 1 or self.local.page.paragraphs[mention.paragraph].doc[end].text != ",":
            return ()
        towns = [m for m in self.local.mentions if m.paragraph == mention.paragraph and m.end == end]
        places = [r for m in towns for r in map(self.local.reference.get, m.candidates) if r and r.cls == "Place"]
        owners = {each.country or each.id for each in records}
        return tuple(sorted({each.country for each in places if each.country in owners}))

    def _besides(self, text: str, rivals: set[str]) -> tuple[str, ...]:
        """What the document's other words name, once for each; words that mean all of several rivals tell nothing."""
        own, several = fold(text), len(rivals) > 1
        telling = (ids for words, ids in self._named.items() if words != own and not (several and rivals <= ids))
        return tuple(sorted(id for ids in telling for id in ids))


def _named(local: Local) -> dict[str, frozenset[str]]:
    """What each of a document's names may mean, and what that belongs to."""
    return {fold(local.mentions[k].text): frozenset(_meant(local.records(k))) for k in local.order if local.is_name(k)}


def _meant(records: Sequence[Record]) -> Iterator[str]:
    """What words of these candidates speak of: states and organisations, the only heir of a state; where nothing else
    has the name, a place, a body and a person, and what they belong to."""
    for each in records:
        if each.cls in POLITIES | ORGANISATIONS:
            yield each.id
            yield from each.successors if len(each.successors) == 1 else ()
    if len(records) == 1:
        yield records[0].id
        yield from filter(None, (records[0].country, *(term.of for term in records[0].terms)))
