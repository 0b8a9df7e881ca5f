"""Groups: "the two countries", "both presidents", "the sides"."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable

from spacy.tokens import Token

from kg.extraction.lexicon import lexicon
from kg.extraction.page import Form, Found
from kg.model import ORGANISATIONS, POLITIES
from kg.resolution.local import Local, existed

_COUNTED = frozenset({"both", "two", "three"})
_FEW = frozenset({"two", "2", "three", "3"})
_OTHER_TIMES = frozenset({"annual", "future", "last", "next", "previous", "regular"})
_LAST_JOINT = {"and", "-", "–", ", and", "/"}


class Groups:
    """Resolves the groups of one document."""

    def __init__(self, local: Local) -> None:
        self.local = local

    def members(self, k: int) -> tuple[str, ...]:
        """The entities that the group is of; none when that stays open."""
        mention = self.local.mentions[k]
        head = self.local.head(k)
        if any(mention.holds(m) and m.cls in ORGANISATIONS for m in self.local.mentions):
            return ()  # "the APEC leaders": those of all its members
        if mention.cls == "Person" and (named := self._named_behind(k)):
            return named
        if _of_another_time(head) or _of_several(head):
            return ()
        if lexicon().held_by_many(mention.role) and _COUNTED.isdisjoint(mention.text.lower().split()):
            return ()
        size = 3 if re.search(r"\b(three|3)\b", mention.text.lower()) else 2
        return self._persons(k, size) if mention.cls == "Person" else self._polities(k, size)

    def owners(self, k: int) -> tuple[str, ...]:
        """The states that a group holds office in: "the foreign ministers of the two countries", "their ministers"."""
        mention = self.local.mentions[k]
        if mention.cls != "Person":
            return ()
        for n, other in enumerate(self.local.mentions):
            if n != k and other.form is Form.PRONOUN and mention.holds(other):
                keys = self.local.referents.get(n, ())
                return keys if all(self.local.entities[key].cls in POLITIES for key in keys) else ()
        words = re.findall(r"\w+", mention.text.lower())
        of_states = len(words) > 1 and not lexicon().polity_groups.isdisjoint(words)
        return self._polities(k, 3 if "three" in words else 2) if of_states else ()

    def _persons(self, k: int, size: int) -> tuple[str, ...]:
        wanted = {"Person"}
        pair = coordinated(self.local, k, wanted, size, 0, self.near) or coordinated(self.local, k, wanted, size)
        if pair:
            return pair
        before = (key for _, key in reversed(self.local.before(k, wanted, 3)))
        own = self.local.own_subjects(k)
        recent = [key for key in dict.fromkeys(before) if key not in own and self._may_be_of(key, k)]
        return tuple(sorted(recent[:size])) if len(recent) >= size else ()

    def _polities(self, k: int, size: int) -> tuple[str, ...]:
        mention, wanted = self.local.mentions[k], set(POLITIES)
        pair = self._section_parties(k)
        if len(pair) == size:
            return pair
        pair = coordinated(self.local, k, wanted, size, 0, self.near) or self._of_title(k, size)
        pair = pair or self._in_sentence(k, size)
        if pair:
            return pair
        pair = self._states_of_persons(k)
        if len(pair) == size:
            return pair
        pair = coordinated(self.local, k, wanted, size)
        if pair:
            return pair
        counts: Counter[str] = Counter()
        for n in self.local.order:
            if (self.local.mentions[n].paragraph, self.local.mentions[n].start) >= (mention.paragraph, mention.start):
                break
            counts.update(key for key in self.local.referents.get(n, ()) if self.local.entities[key].cls in POLITIES)
        counts = Counter({key: n for key, n in counts.items() if not self._past_state(key, mention)})
        top = [key for key, _ in sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))[:size]]
        timed = [self._now(key, mention) for key in top]
        told_apart = len(top) == size and (size == 2 or len(counts) == size)
        return tuple(sorted(timed)) if told_apart else ()

    def _named_behind(self, k: int) -> tuple[str, ...]:
        """ "The heads of the two services, A and B": those whom the phrase names itself."""
        group = self.local.head(k)
        found: list[str] = []
        for n, mention in enumerate(self.local.mentions):
            if mention.cls != "Person" or mention.paragraph != self.local.mentions[k].paragraph or n == k:
                continue
            token = self.local.head(n)
            while token.dep_ == "conj":
                token = token.head
            behind = token.dep_ == "appos" and (token.head == group or group.is_ancestor(token.head))
            found += self.local.referents.get(n, ()) if behind and token.i > group.i else ()
        return tuple(dict.fromkeys(found)) if len(found) > 1 else ()

    def _may_be_of(self, person: str, k: int) -> bool:
        """Whether nothing speaks against a person being one of "the U.S. commissioners": an office of another state."""
        group = self.local.mentions[k]
        states = {
            key
            for n, m in enumerate(self.local.mentions)
            if group.holds(m) and n != k and m.cls in POLITIES
            for key in self.local.referents.get(n, ())
        }
        owners = {of for holders in self.local.roles.values() for key, of in holders if key == person and of}
        return (not states or not owners or bool(states & owners)) and self._may_be_called(person, group)

    def _may_be_called(self, person: str, group: Found) -> bool:
        """Whether nothing speaks against a person being one of "both presidents": only other offices are told."""
        word = group.text.split()[-1].lower().removesuffix("s")
        roles = {role for role, holders in self.local.roles.items() if any(key == person for key, _ in holders)}
        record = self.local.reference.get(self.local.entities[person].record or "")
        known = {t.office.lower() for t in record.terms} if record is not None and not roles else set()
        roles = (roles | known) - {"counterpart"}
        if not roles or word not in {"president", "minister", "leader"}:
            return True
        return any(
            word in role.split() or (word == "leader" and role in self.local.lexicon.roles_leading) for role in roles
        )

    def _of_title(self, k: int, size: int) -> tuple[str, ...]:
        """The states that the title names, where it names so many: the text is about them."""
        if self.local.page.paragraphs[0].block.kind != "title":
            return ()
        named = [
            key
            for n, mention in enumerate(self.local.mentions)
            if mention.paragraph == 0 and n in self.local.referents
            for key in self.local.referents[n]
            if self.local.entities[key].cls in POLITIES
        ]
        found = dict.fromkeys(self._now(key, self.local.mentions[k]) for key in named)
        return tuple(sorted(found)) if len(found) == size else ()

    def _in_sentence(self, k: int, size: int) -> tuple[str, ...]:
        """ "The Australian government has reached a deal with China; the two nations": all states before them there."""
        sentence = self.local.head(k).sent
        before = [
            key for n, key in self.local.before(k, set(POLITIES), 0) if self.local.mentions[n].start >= sentence.start
        ]
        found = dict.fromkeys(self._now(key, self.local.mentions[k]) for key in before)
        return tuple(sorted(found)) if len(found) == size else ()

    def _states_of_persons(self, k: int) -> tuple[str, ...]:
        """ "the two countries" after "Putin received Pezeshkian": the states that the last two persons act for."""
        owners: dict[str, str] = {key: of for holders in self.local.roles.values() for key, of in holders if of}
        found: dict[str, None] = {}
        for n, key in reversed(self.local.before(k, {"Person"}, 0)):
            record = self.local.reference.get(self.local.entities[key].record or "")
            known = [t.of for t in record.terms if t.of in self.local.entities] if record else []
            state = owners.get(key) or (known[-1] if known else None)
            if state is not None and self.local.entities[state].cls in POLITIES:
                found.setdefault(state)
            if len(found) == 2 or not self.near(n, k):
                break
        return tuple(sorted(found)) if len(found) == 2 else ()

    def near(self, n: int, k: int) -> bool:
        """Whether a mention is in the sentence of another or the one before."""
        if self.local.mentions[n].paragraph != self.local.mentions[k].paragraph:
            return False
        doc = self.local.page.paragraphs[self.local.mentions[k].paragraph].doc
        starts = [s.start for s in doc.sents]
        here = max(i for i, s in enumerate(starts) if s <= self.local.mentions[k].start)
        there = max(i for i, s in enumerate(starts) if s <= self.local.mentions[n].start)
        return here - there <= 1

    def _past_state(self, key: str, mention: Found) -> bool:
        """Whether a state had ended by the time the paragraph tells of."""
        when, entity = self.local.epochs[mention.paragraph], self.local.entities[key]
        record = self.local.reference.get(entity.record) if entity.record else None
        return record is not None and when is not None and entity.cls == "HistoricalState" and not existed(record, when)

    def _now(self, key: str, mention: Found) -> str:
        record = self.local.reference.get(self.local.entities[key].record or "")
        return self.local.adopt(self.local.in_time(record, mention), record.name) if record is not None else key

    def _section_parties(self, k: int) -> tuple[str, ...]:
        """In a section about one treaty "the two nations" are its parties, as far as the paragraph names them."""
        heading = self.local.page.heading_of.get(self.local.mentions[k].paragraph)
        if heading is None:
            return ()
        for n in self.local.order:
            keys = self.local.referents.get(n, ())
            if self.local.mentions[n].paragraph == heading and keys and self.local.entities[keys[0]].cls == "Treaty":
                return self.local.entities[keys[0]].parties
        return ()


def _of_several(group: Token) -> bool:
    """Whether a number in the phrase says that they are more: "the heads of government of the five countries"."""
    numbers = (t.lower_ for t in group.subtree if t.dep_ == "nummod" and t.pos_ == "NUM")
    return any(number not in _FEW for number in numbers)


def _of_another_time(group: Token) -> bool:
    """Whether it is whoever holds the office then: "the next meeting of the heads of state"."""
    return group.dep_ == "nmod" and any(c.lower_ in _OTHER_TIMES for c in group.head.children)


def coordinated(
    local: Local,
    k: int,
    wanted: set[str],
    size: int,
    paragraphs: int = 2,
    near: Callable[[int, int], bool] = lambda n, k: True,
) -> tuple[str, ...]:
    """The nearest list of that many before, within so many paragraphs and ``near``: "A and B", "A, B and C"."""
    own = local.own_subjects(k)
    before = [(n, key) for n, key in local.before(k, wanted, paragraphs) if near(n, k) and key not in own]
    found: tuple[str, ...] = ()
    listed = [before[0][1]] if before else []
    for (first, _), (second, key) in itertools.pairwise(before):
        one, two = local.mentions[first], local.mentions[second]
        doc = local.page.paragraphs[one.paragraph].doc
        start = min([two.start, *(p.start for p in local.phrases if second in p.persons)])
        between = doc[one.end : start].text.strip().lower() if one.paragraph == two.paragraph else ""
        if two.cls == "Person":
            between = between.removesuffix(" the").removesuffix(" his").removesuffix(" her")
        listed = [*listed, key] if between == "," or between in _LAST_JOINT else [key]
        if between in _LAST_JOINT:
            members = tuple(sorted(set(listed)))
            found = members if len(members) == size else found
            listed = [key]
    return found
