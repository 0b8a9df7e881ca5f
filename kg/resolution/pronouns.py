"""Pronouns, by recency and by what the sentence before is about."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction.grammar import SUBJECTS, is_verb, preposition
from kg.extraction.lexicon import lexicon
from kg.extraction.page import Form
from kg.model import ORGANISATIONS, POLITIES
from kg.resolution.groups import Groups, coordinated
from kg.resolution.local import Local


def _of_treaties(token: Token) -> bool:
    """Whether what is said of a pronoun is said of treaties: "it was signed", "it entered into force", "its terms"."""
    verb, words = token.head, lexicon()
    if token.dep_ == "nmod:poss":
        return verb.lower_ in words.treaty_parts
    if token.dep_ in {"obj", "nsubj:pass"}:
        return verb.lemma_ in words.done_to_treaties
    markers = {c.lower_ for c in token.children if c.dep_ == "case"}
    if token.dep_ == "obl" and markers:
        return "under" in markers or ("from" in markers and verb.lemma_ == "withdraw")
    below = {c.lemma_.lower() for c in verb.children if c.dep_ in {"obj", "obl"}}
    return token.dep_ == "nsubj" and (verb.lemma_ in words.treaties_do or not below.isdisjoint(words.into_force))


def _acts_on_treaty(token: Token) -> bool:
    """Whether it is who signs or ratifies something, and so no treaty: "it signed a treaty"."""
    verb = token.head
    acts = token.dep_ == "nsubj" and verb.lemma_ in lexicon().done_to_treaties
    return acts and any(c.dep_ == "obj" for c in verb.children)


def _subject_above(token: Token) -> Token | None:
    """The subject of the clause that the pronoun's own hangs on."""
    verbs = [verb for verb in token.head.ancestors if is_verb(verb)]
    return next((c for verb in verbs[:1] for c in verb.children if c.dep_ in SUBJECTS), None)


class Pronouns:
    """Resolves the pronouns of one document."""

    def __init__(self, local: Local) -> None:
        self.local = local

    def referents(self, k: int) -> tuple[str, ...]:
        """The entities that a pronoun stands for; none when that stays open."""
        mention = self.local.mentions[k]
        beside = self._owner_beside(k)
        if beside:
            return beside
        if mention.plural:
            return self._plural_pronoun(k)
        if mention.cls == "Person":
            return self._person_pronoun(k)
        if mention.text.lower() in {"it", "its"} and _of_treaties(self.local.head(k)):
            return self._treaty(k)
        own = self.local.own_subjects(k)
        acts = _acts_on_treaty(self.local.head(k))
        wanted = POLITIES | ORGANISATIONS | (set() if acts else {"Treaty"})
        before = [b for b in self.local.before(k, wanted, 1) if b[1] not in own]
        above = _subject_above(self.local.head(k)) if acts else None
        if above is not None:
            return tuple(key for n, key in before if self.local.head(n) == above)[:1]
        same = [(n, key) for n, key in before if self._same_sentence(n, k)]
        if mention.text.lower() == "its":
            near = [key for n, key in same if self.local.mentions[n].form is not Form.DEMONYM]
            return (near[-1],) if near else ()
        subjects = [key for n, key in before if self.local.head(n).dep_ in SUBJECTS | {"root", "ROOT"}]
        if own:
            others = {key for n, key in before if self._same_sentence(n, k)}
            return tuple(others) if len(others) == 1 else ()
        return (subjects[-1],) if subjects else ()

    def _treaty(self, k: int) -> tuple[str, ...]:
        """The treaty that the last sentence with one is about: its subject, else the last it names."""
        before = self.local.before(k, {"Treaty"}, 1)
        last = self._sentence(before[-1][0]) if before else None
        options = [
            (self.local.head(n).dep_ in SUBJECTS | {"root", "ROOT"}, n, key)
            for n, key in before
            if self._sentence(n) == last
        ]
        return (max(options, key=lambda o: (o[0], self.local.order.index(o[1])))[2],) if options else ()

    def _sentence(self, k: int) -> tuple[int, int]:
        """The paragraph and the first token of the sentence in which a mention begins."""
        mention = self.local.mentions[k]
        doc = self.local.page.paragraphs[mention.paragraph].doc
        return mention.paragraph, doc[mention.start].sent.start

    def _plural_pronoun(self, k: int) -> tuple[str, ...]:
        groups = Groups(self.local)
        together = self._group_above(k) or self._together(k, groups)
        if together:
            return together
        for near in (self._same_sentence, groups.near, lambda n, k: True):
            for wanted in ({"Person"}, set(POLITIES)):
                pair = coordinated(self.local, k, wanted, 2, near=near)
                if pair and self.local.before(k, wanted, 1):
                    return pair
        return ()

    def _owner_beside(self, k: int) -> tuple[str, ...]:
        """ "North Korea's refusal and its threat": whose the one is, the other is too."""
        token = self.local.head(k)
        if token.dep_ != "nmod:poss" or token.head.dep_ != "conj":
            return ()
        owners = {c.i for c in token.head.head.children if c.dep_ == "nmod:poss"}
        paragraph = self.local.mentions[k].paragraph
        for n in self.local.order[: self.local.order.index(k)] if owners else ():
            if self.local.mentions[n].paragraph == paragraph and self.local.head(n).i in owners:
                return self.local.referents.get(n, ())
        return ()

    def _group_above(self, k: int) -> tuple[str, ...]:
        """ "The two nations ended it after the treaty that they signed": the group that the main clause is about."""
        verbs = [verb for verb in self.local.head(k).head.ancestors if is_verb(verb)]
        above = next((c for verb in verbs for c in verb.children if c.dep_ in SUBJECTS), None)
        for n in self.local.order[: self.local.order.index(k)] if above is not None else ():
            keys = self.local.referents.get(n, ())
            if self.local.mentions[n].form is Form.GROUP and len(keys) > 1 and self.local.head(n) == above:
                return keys
        return ()

    def _together(self, k: int, groups: Groups) -> tuple[str, ...]:
        """ "Putin met Xi. They": who met and who was met, in the last sentence that tells of both."""
        verbs: dict[int, dict[bool, dict[str, None]]] = {}
        for n, key in self.local.before(k, {"Person"}, 1):
            token = self.local.head(n)
            while token.dep_ in {"appos", "conj"}:
                token = token.head
            with_whom = token.dep_ == "obj" or (token.dep_ == "obl" and preposition(token) == "with")
            meets = token.head.lemma_ in lexicon().verbs_meet and (with_whom or token.dep_ in SUBJECTS)
            if meets and groups.near(n, k):
                verbs.setdefault(token.head.i, {}).setdefault(with_whom, {})[key] = None
        last = max((i for i, sides in verbs.items() if len(sides) == 2), default=None)
        return tuple(verbs[last][False] | verbs[last][True]) if last is not None else ()

    def _same_sentence(self, a: int, b: int) -> bool:
        return self._sentence(a) == self._sentence(b)

    def _person_pronoun(self, k: int) -> tuple[str, ...]:
        """ "He": in the same sentence the person before it, else the person that an earlier sentence is about."""
        fronted = self._subject_behind(k)
        if fronted is not None:
            return (fronted,)
        own = self.local.own_subjects(k)
        before = [b for b in self._persons_before(k) if b[1] not in own]
        same = [key for n, key in before if self._same_sentence(n, k) and self.local.head(n).dep_ in SUBJECTS]
        if same:
            return (same[-1],)
        any_same = [
            key for n, key in before if self._same_sentence(n, k) and self.local.mentions[n].form is not Form.PRONOUN
        ]
        if any_same:
            return (any_same[-1],)
        last = self._sentence(before[-1][0]) if before else None
        told = [(n, key) for n, key in before if self._sentence(n) == last]
        topics = self._by_rank(told) or [key for n, key in told if self._fronted(n)]
        if topics:
            return (topics[-1],)
        subjects = [key for n, key in before if self.local.head(n).dep_ in SUBJECTS]
        if subjects:
            return (subjects[-1],)
        return (before[-1][1],) if before else ()

    def _subject_behind(self, k: int) -> str | None:
        """ "Following his visit, Shufeldt sailed": whose it is in what opens a sentence is its subject, if named."""
        token = self.local.head(k)
        phrase = token.head
        if token.dep_ != "nmod:poss" or phrase.dep_ != "obl" or phrase.left_edge.i != token.sent.start:
            return None
        subject = next((c for c in phrase.head.children if c.dep_ in SUBJECTS and c.i > phrase.i), None)
        if subject is None:
            return None
        here = self.local.mentions[k].paragraph
        for n, mention in enumerate(self.local.mentions):
            named = mention.cls == "Person" and mention.form in {Form.NAME, Form.SURNAME} and mention.paragraph == here
            if named and mention.start <= subject.i < mention.end and n in self.local.referents:
                return self.local.referents[n][0]
        return None

    def _by_rank(self, told: list[tuple[int, str]]) -> list[str]:
        """The subjects of a sentence, that of its main clause last: what is said of others is in clauses below it."""
        subjects = [(n, key) for n, key in told if self.local.head(n).dep_ in SUBJECTS]
        return [key for n, key in sorted(subjects, key=lambda s: -sum(map(is_verb, self.local.head(s[0]).ancestors)))]

    def _persons_before(self, k: int) -> list[tuple[int, str]]:
        """Persons, and states that stand for a person whom only an office tells: "the Foreign Secretary"."""
        before = self.local.before(k, {"Person", *POLITIES}, 2)
        return [(n, key) for n, key in before if self.local.mentions[n].cls == "Person"]

    def _fronted(self, k: int) -> bool:
        """ "For Narendra Modi, it was the first visit": whom the sentence is about though not its subject."""
        mention, start = self.local.mentions[k], self.local.head(k).sent.start
        opens = self.local.page.paragraphs[mention.paragraph].doc[start]
        return mention.start <= start + 3 and opens.lower_ in {"for", "to"}
