"""Which state a name means, or which of a place and a government a capital's: by time, sentence and company."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.extraction.lexicon import lexicon
from kg.extraction.page import Form, Found
from kg.model import ORGANISATIONS, POLITIES, PartialDate
from kg.resolution.folding import fold
from kg.resolution.judging.context import Context
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
        self._decided: dict[tuple[Subject, tuple[str, ...]], Decision] = {}

    def decide(self, k: int, records: Sequence[Record]) -> Decision:
        """Which of these, which have the name, the mention means; for a state of today perhaps the one before it."""
        mention, seat = self.local.mentions[k], self.local.mentions[k].form is Form.SEAT
        timed = tuple(self.local.in_time(each, mention) for each in records)
        asked = Subject(
            "",
            "Seat" if seat else "Name",
            (mention.text,),
            states=self.judge.behind(k) if seat else self._around_town(mention, records),
            then=self._there(mention, records, timed),
            located=is_location(self.local, k) if seat else None,
        )
        key = asked, tuple(each.id for each in (*records, *timed))
        if key not in self._decided:
            self._decided[key] = self._judged(asked, records, timed)
        return self._decided[key]

    def _judged(self, asked: Subject, records: Sequence[Record], timed: Sequence[Record]) -> Decision:
        known = self.judge.known
        items = [known.item(each) for each in {each.id: each for each in (*records, *timed)}.values()]
        [text] = asked.names
        others = tuple(each.label for each in items if text not in each.names)
        near = self._besides(text, {each.id for each in records})
        context = Context((Subject(id, "State", (), id) for id in asked.states), known, known.kin)
        return decide(replace(asked, names=(text, *others), near=near), items, context)

    def _there(self, mention: Found, records: Sequence[Record], timed: Sequence[Record]) -> tuple[str, ...] | None:
        """What of these, or of the states before them, was there when the paragraph tells of, or, if the text says
        "former", was there before.

        By name the oldest of a line stands for those before it, too; a capital for a government that was there.
        """
        when = self.local.epochs[mention.paragraph]
        if when is None:
            return None
        ended = tuple(each.id for each in records if each.end and PartialDate(each.end).latest < when.earliest)
        if ended and self._former(mention):
            return ended
        named = mention.form is not Form.SEAT
        pairs = zip(records, timed, strict=True)
        return tuple(
            then.id for each, then in pairs if existed(then, when) or (named and each.cls == "State" and each.lineage)
        )

    def _former(self, mention: Found) -> bool:
        doc = self.local.page.paragraphs[mention.paragraph].doc
        return mention.start > 0 and doc[mention.start - 1].lower_ in lexicon().role_past

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
        """What the document's other words name, once for each; words that mean all of several rivals tell nothing.

        Of a rival's own name follows nothing for another, its heir.
        """
        own, several = fold(text), len(rivals) > 1
        found: list[str] = []
        for words, (meant, further) in self._named.items():
            if words != own and not (several and rivals <= meant):
                found += meant if meant & rivals else meant | further
        return tuple(sorted(found))


def _named(local: Local) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """What each of a document's names may mean, and what else that speaks of."""
    named = {fold(local.mentions[k].text): local.records(k) for k in local.order if local.is_name(k)}
    return {words: (_meant(records), frozenset(_further(records))) for words, records in named.items()}


def _meant(records: Sequence[Record]) -> frozenset[str]:
    """The states and organisations of a name; a place, a body or a person only where nothing else has the name."""
    return frozenset(each.id for each in records if len(records) == 1 or each.cls in POLITIES | ORGANISATIONS)


def _further(records: Sequence[Record]) -> Iterator[str]:
    """The only heir of a state; what the only bearer of a name lies in, belongs to or held an office of."""
    for each in records:
        yield from each.successors if len(each.successors) == 1 else ()
    if len(records) == 1:
        yield from filter(None, (records[0].country, *(term.of for term in records[0].terms)))
