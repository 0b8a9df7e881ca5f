"""Filling the roles of a pattern from a frame: by slot, by nearness, by list, by the topic of the entry."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction import frames, grammar
from kg.extraction.clauses import governing_subjects, lemma_of, stray, verbs_above
from kg.extraction.frames import Frame
from kg.extraction.lexicon import lexicon
from kg.extraction.lists import Lists
from kg.extraction.mention_at import MentionAt
from kg.extraction.page import Form, OfficePhrase, Page, Paragraph, Resolved
from kg.extraction.patterns import Role
from kg.extraction.topics import topic

_BESIDE = frozenset({"acl", "acl:relcl", "advcl"})
_OUTCOMES = frozenset({"breakthrough", "deadlock", "impasse", "interest", "outcome", "progress", "prospect", "result"})
_ELSEWHEN = frozenset({"after", "before", "following", "since"})
_SOME = frozenset({"few", "many", "most", "other", "several", "some"})


class Fillers:
    """Finds for a role of a pattern the entities of one document that fill it."""

    def __init__(self, page: Page, resolved: Resolved, mention_at: MentionAt, phrases: list[OfficePhrase]) -> None:
        self.page, self.resolved, self.mention_at = page, resolved, mention_at
        self.lists = Lists(resolved, mention_at, phrases)

    def fill(self, paragraph: Paragraph, frame: Frame, role: Role) -> list[str]:
        """The keys of the entities in the role, best evidence first, each once."""
        found: list[str] = []
        for token in self._tokens(paragraph, frame, role):
            if (
                _some_of(token)
                or self._is_place_of(paragraph, token)
                or (role.named and self._stands_for(paragraph, token))
            ):
                continue
            keys = self.lists.around(paragraph, token, frame.predicate)
            found += [k for k in keys if self.resolved.entities[k].cls in role.classes and k not in found]
        return found

    def _is_place_of(self, paragraph: Paragraph, token: Token) -> bool:
        """ "Moscow talks" are talks there, whoever talks; the "Asia Summit" is in none of its places."""
        if token.dep_ == "compound" and token.lower_ in lexicon().continents:
            return True
        k = self.mention_at.index(paragraph, token) if token.dep_ == "compound" else None
        return k is not None and self.resolved.mentions[k].form is Form.SEAT

    def _stands_for(self, paragraph: Paragraph, token: Token) -> bool:
        """Whether it is people of a state rather than the state: "visited American troops"."""
        k = self.mention_at.index(paragraph, token)
        if k is None:
            return False
        mention = self.resolved.mentions[k]
        return mention.form is Form.NOMINAL and mention.cls != "Person" and mention.of is not None

    def topic(self, paragraph: Paragraph, role: Role) -> list[str]:
        """What the entry is about, if it may fill the role."""
        return topic(self.page, self.resolved, paragraph, role.classes) if "topic" in role.slots else []

    def _tokens(self, paragraph: Paragraph, frame: Frame, role: Role) -> list[Token]:
        slots = set(role.slots)
        found = list(frame.fillers(slots))
        if "Treaty" in role.classes:
            found += [whole for part in found for whole in _whose_part(part)]
        found += [t for slot in role.slots if ">" in slot and slot[0] != "?" for t in inside(frame, slot)]
        if "~" in slots and not any(self._fits(paragraph, t, role) for t in found):
            found += stray(frame, slots)
        if not any(self._fits(paragraph, t, role) for t in found):
            found += [t for slot in role.slots if slot[0] == "?" for t in inside(frame, slot[1:], lexicon().belongings)]
        if "self" in slots:
            found.append(frame.predicate)
        if "actor" in slots and not any(a.slot in {"subj", "poss", "between", "by"} for a in frame.arguments):
            told = any(self._fits(paragraph, t, role) for t in found) or _only_spoken_of(frame.predicate)
            found += [] if told else governing_subjects(frame.predicate)
        if "means" in slots and grammar.preposition(frame.predicate) in grammar.MEANS:
            found += governing_subjects(frame.predicate)
        if "near" in slots and self._bare(frame) and not any(self._fits(paragraph, t, role) for t in found):
            near = self._nearest(paragraph, frame.predicate, role, both=frame.predicate.is_sent_start is True)
            found += [near] if near is not None else []
        if "last" in slots and not any(self._fits(paragraph, t, role) for t in found):
            last = self._last(paragraph, frame.predicate, role)
            found += [last] if last is not None else []
        if "clause" in slots and not found:
            for verb in verbs_above(frame.predicate)[:2]:
                found += [a.token for a in frames.verbal_arguments(verb)]
            if not any(self._fits(paragraph, t, role) for t in found):
                near = self._nearest(paragraph, frame.predicate, role, both=True)
                found += [near] if near is not None else []
        return found

    def _fits(self, paragraph: Paragraph, token: Token, role: Role) -> bool:
        return any(self.resolved.entities[k].cls in role.classes for k in self.mention_at(paragraph, token))

    def _last(self, paragraph: Paragraph, token: Token, role: Role) -> Token | None:
        """The head of the last mention before in the paragraph that may fill the role ("which joined in January").

        In an entry it is not one in a clause beside what is told: "as was laid down in the Treaty of Hue".
        """
        options = [
            (m.end, m.head(paragraph.doc).i)
            for k, m in enumerate(self.resolved.mentions)
            if m.paragraph == paragraph.index
            and m.end <= token.i
            and any(self.resolved.entities[x].cls in role.classes for x in self.resolved.referents.get(k, ()))
        ]
        if self.topic(paragraph, role):
            told = paragraph.doc[token.i].sent
            options = [o for o in options if paragraph.doc[o[1]] in told or not _beside(paragraph.doc[o[1]])]
        return paragraph.doc[max(options)[1]] if options else None

    def _bare(self, frame: Frame) -> bool:
        """Whether a predicate may leave its object to the words before it: a participle or a noun."""
        predicate = frame.predicate
        if not grammar.is_verb(predicate):
            return True
        return predicate.tag_ == "VBN" and not any(c.dep_.startswith(("nsubj", "aux")) for c in predicate.children)

    def _nearest(self, paragraph: Paragraph, token: Token, role: Role, both: bool = False) -> Token | None:
        """The head of the last mention before (or, ``both``, after) in the sentence that may fill the role."""
        doc, options = paragraph.doc, []
        start, end = token.sent.start, token.sent.end if both else token.i
        for k, mention in enumerate(self.resolved.mentions):
            inside = mention.paragraph == paragraph.index and start <= mention.start and mention.end <= end
            keys = self.resolved.referents.get(k, ()) if inside else ()
            if any(self.resolved.entities[x].cls in role.classes for x in keys):
                options.append((mention.end <= token.i, -abs(mention.end - token.i), mention.head(doc).i))
        return doc[max(options)[2]] if options else None


def _only_spoken_of(noun: Token) -> bool:
    """Whether who acts in the clause speaks of it ("discussed the summit", "saw progress in talks").

    Or meets at another time: "after a meeting in 1927 they gathered".
    """
    verb = noun.head.lemma_.lower()
    if not any(grammar.preposition(c) == "with" for c in noun.children):
        if grammar.preposition(noun) in _ELSEWHEN:
            return verb in lexicon().verbs_meet
        if noun.dep_ == "nmod" and verb in _OUTCOMES:
            return True
    return noun.dep_ in {"obj", "nsubj:pass"} and verb in lexicon().verbs_speak_of


def _whose_part(token: Token) -> list[Token]:
    """The treaty of its terms: "under the provisions of the treaty"."""
    if token.lower_ not in lexicon().treaty_parts:
        return []
    return Frame(token, tuple(frames.nominal_arguments(token, frozenset())[0])).fillers({"of", "poss"})


def _some_of(token: Token) -> bool:
    """Whether it is some people of a nation, not the nation: "many Americans"."""
    return token.tag_ == "NNPS" and any(
        c.lower_ in _SOME and c.dep_ in {"amod", "det", "nummod"} for c in token.children
    )


def inside(frame: Frame, path: str, nouns: frozenset[str] | None = None) -> list[Token]:
    """What fills the last slot of a path, each being one of the noun before it; of ``nouns`` only, if given."""
    outer, _, rest = path.partition(">")
    found = frame.fillers({outer})
    if not rest:
        return found
    inner = [Frame(n, tuple(frames.nominal_arguments(n, frozenset())[0])) for n in found]
    return [t for f in inner if nouns is None or lemma_of(f.predicate) in nouns for t in inside(f, rest, nouns)]


def _beside(token: Token) -> bool:
    """Whether it stands in a clause that is not the main one."""
    return any(above.dep_ in _BESIDE for above in (token, *token.ancestors))
