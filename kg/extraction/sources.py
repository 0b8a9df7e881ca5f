"""Who a clause is told by: the subject of a verb of saying, whom it cites, "according to", a source without a name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from spacy.tokens import Token

from kg.extraction.control import blames
from kg.extraction.frames import verbal_arguments
from kg.extraction.grammar import SUBJECTS, is_verb
from kg.extraction.lexicon import lexicon
from kg.extraction.mention_at import MentionAt
from kg.extraction.page import Form, Page, Paragraph, Resolved
from kg.extraction.quotations import Quotation
from kg.extraction.speech_lexicon import speech_data, speech_verbs
from kg.model import AGENTS, NOBODY, ORGANISATIONS, POLITIES, Attribution

_FIRST_PERSON = frozenset({"i", "we"})
_NAMING = frozenset({"appos", "flat", "nmod:desc", "compound"})
_CONTENT = frozenset({"ccomp", "obj", "xcomp"})
_REACH = 40  # tokens from a clause to the verb that governs all above it


class Sources:
    """Finds the sources of the clauses of one document; ``quotations`` may lie inside of one another."""

    def __init__(self, page: Page, resolved: Resolved, mention_at: MentionAt, quotations: list[Quotation]) -> None:
        self.page, self.resolved, self.mention_at = page, resolved, mention_at
        self._spoken: defaultdict[int, list[Quotation]] = defaultdict(list)
        for quotation in quotations:
            if quotation.kind != "name":
                self._spoken[quotation.paragraph].append(quotation)
        self._verbs, self._citing = speech_verbs(), frozenset(speech_data()["citing"]["verbs"])

    def level(self, paragraph: Paragraph, token: Token) -> int:
        """How many quotations the token stands in."""
        return len(self._around(paragraph, token))

    def speeches(self, paragraph: Paragraph, token: Token) -> list[Quotation]:
        """The sentences of direct speech that the token stands in, the outermost first."""
        return [q for q in self._around(paragraph, token) if q.kind == "sentence"]

    def _around(self, paragraph: Paragraph, token: Token) -> list[Quotation]:
        at = paragraph.block.span.start + token.idx
        return [q for q in self._spoken[paragraph.index] if q.start <= at < q.end]

    def is_saying(self, token: Token) -> bool:
        """Whether the token is a verb of saying."""
        return is_verb(token) and token.lemma_.lower() in self._verbs

    def of_verb(self, paragraph: Paragraph, verb: Token) -> Attribution:
        """Who says what a verb of saying governs, in "citing a source, Interfax said" the source first."""
        if self._is_cited(verb):
            return self._object(paragraph, verb.head).passed_on(self.subject(paragraph, verb.head))
        return self._cited(paragraph, verb).passed_on(self.subject(paragraph, verb))

    def subject(self, paragraph: Paragraph, verb: Token) -> Attribution:
        """The agent who is subject of a verb, if one is told at the verb's own level of quotation."""
        verb = self._continued(verb)
        level = self.level(paragraph, verb)
        subjects = [a.token for a in verbal_arguments(verb) if a.slot == "subj"]
        tellers = [self.teller(paragraph, t) for t in subjects if self.level(paragraph, t) == level]
        found = [who for who in tellers if who]
        if found:
            return next((who for who in found if who.speaker), found[0])
        if not self.is_saying(verb):
            return NOBODY
        nouns = (t for t in subjects if t.pos_ == "NOUN" and self.level(paragraph, t) == level)
        said = next((t for t in nouns if not any(x.is_quote for x in t.subtree)), None)  # "the report said"
        return Attribution(None, _words(said)) if said is not None else self._beside(paragraph, verb)

    def _continued(self, verb: Token) -> Token:
        """ "said that they had left, adding that": who adds says the clause before, on which the parser hangs it."""
        clause = verb.head
        adds = verb.tag_ == "VBG" and verb.dep_ == "advcl" and verb.i > clause.i and self.is_saying(verb)
        return clause.head if adds and self._is_reported(clause) and not self.is_saying(clause) else verb

    def teller(self, paragraph: Paragraph, token: Token) -> Attribution:
        """Whom the head of a phrase stands for, as one who says something; what is named but no agent by its words."""
        unnamed = token.lemma_.lower() in lexicon().unnamed_sources and token.pos_ == "NOUN"
        agents = AGENTS - POLITIES if unnamed else AGENTS
        named = (
            k for c in token.children if c.dep_ in _NAMING and c.pos_ == "PROPN" for k in self.mention_at(paragraph, c)
        )
        own = self.mention_at(paragraph, token)
        if token.tag_ == "NNS" and len(own) > 1:  # "the two governments"
            return Attribution(None, _words(token))
        for key in (*own, *named, *self._speaks_for(paragraph, token)):
            if self.resolved.entities[key].cls in agents:
                return Attribution(key)
        return Attribution(None, _words(token)) if unnamed or token.pos_ == "PROPN" else NOBODY

    def beside_clause(self, paragraph: Paragraph, verb: Token) -> Attribution:
        """Who is told to say a clause beside it: "according to Oslo", "as Interfax reported", "..., Interfax said"."""
        for child in verb.children:
            if any(c.lower_ == "according" for c in child.children):
                return self.teller(paragraph, child)
            if self._says_the_clause(child, verb):
                return self.of_verb(paragraph, child)
        return NOBODY

    def above(self, paragraph: Paragraph, token: Token) -> Attribution:
        """Who says the clause of this predicate by the verbs of saying above it, to the edge of its quotation."""
        told, node, around = NOBODY, token, self.speeches(paragraph, token)
        for _ in range(_REACH):
            told = told.passed_on(self.beside_clause(paragraph, node))
            if node.head == node or self.speeches(paragraph, node.head) != around:
                break
            told = told.passed_on(self._of_cited(paragraph, node))
            if self._is_reported(node) and not (around and self.of_oneself(node.head)):
                told = told.passed_on(self.of_verb(paragraph, node.head))
            node = node.head
        if told or around:
            return told
        sentence = token.sent
        return self._behind(paragraph, token) or self.according_to(paragraph, sentence.start, sentence.end)

    def according_to(self, paragraph: Paragraph, start: int, end: int) -> Attribution:
        """Who stands behind "according to" in ``[start, end)``."""
        for token in paragraph.doc[start : max(start, end - 2)]:
            if token.lower_ == "according" and token.nbor().lower_ == "to":
                return self.teller(paragraph, token.head) or self.next_agent(
                    paragraph, token.i + 2, _phrase_end(token, end)
                )
        return NOBODY

    def next_agent(self, paragraph: Paragraph, start: int, stop: int) -> Attribution:
        """The first agent whose name begins in ``[start, stop)``."""
        inside = [
            (m.start, -m.end, keys[0])
            for k, m in enumerate(self.resolved.mentions)
            if m.paragraph == paragraph.index
            and start <= m.start < stop
            and m.form is not Form.DEMONYM
            and (keys := self.resolved.referents.get(k, ()))
            and self.resolved.entities[keys[0]].cls in AGENTS
        ]
        return Attribution(min(inside)[2]) if inside else NOBODY

    def agent_before(self, paragraph: Paragraph, token: Token) -> Attribution:
        """The first agent named before a token in its sentence."""
        return self.next_agent(paragraph, token.sent.start, token.i)

    def _of_cited(self, paragraph: Paragraph, clause: Token) -> Attribution:
        """ "reported, citing a diplomat, that they had signed", where the clause was hung on who is cited."""
        citing = clause.head.head
        marked = any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)
        if clause.dep_ != "acl" or not marked or citing.lemma_.lower() not in self._citing:
            return NOBODY
        return self.teller(paragraph, clause.head).passed_on(self.subject(paragraph, citing.head))

    def _is_reported(self, clause: Token) -> bool:
        """Whether a clause is what its governing verb says: "he said that ...", "the pact is signed, he said"."""
        told_beside = clause.dep_ == "parataxis" and not self._frames(clause.head).isdisjoint({"that", "quote"})
        reported = clause.dep_ in {"ccomp", "csubj"} or told_beside or blames(clause)
        return reported and self.is_saying(clause.head) and not _is_infinitive(clause)

    def _frames(self, verb: Token) -> frozenset[str]:
        known = self._verbs.get(verb.lemma_.lower())
        return known.frames if known is not None else frozenset()

    def _says_the_clause(self, child: Token, verb: Token) -> bool:
        """ "as Interfax reported", and a verb of saying behind the clause that has no clause of its own."""
        if not self.is_saying(child) or any(c.dep_ in _CONTENT for c in child.children):
            return False
        marked = child.dep_ == "advcl" and any(c.lower_ == "as" and c.dep_ == "mark" for c in child.children)
        behind = child.dep_ == "parataxis" and child.i > verb.i and "that" in self._frames(child)
        return marked or (behind and any(c.dep_ in SUBJECTS for c in child.children))

    def of_oneself(self, verb: Token) -> bool:
        """ "I believe that": no other speaker than the one who is quoted."""
        return any(a.slot == "subj" and a.token.lower_ in _FIRST_PERSON for a in verbal_arguments(verb))

    def _is_cited(self, verb: Token) -> bool:
        """Whether it is "saying" of "quoted the minister as saying"."""
        marked = any(c.lower_ == "as" and c.i < verb.i for c in verb.children)
        return verb.tag_ == "VBG" and marked and verb.head.lemma_.lower() in self._citing

    def _behind(self, paragraph: Paragraph, token: Token) -> Attribution:
        """The source of a sentence that ends with "..., Interfax reported on Friday", however that was parsed."""
        behind = (verb for verb in token.sent if verb.i > token.i and self.is_saying(verb))
        bare = (verb for verb in behind if not any(c.dep_ in _CONTENT for c in verb.children))
        found = next((verb for verb in bare if self._is_cited(verb) or self._is_added(verb)), None)
        return self.of_verb(paragraph, found) if found is not None else NOBODY

    def _is_added(self, verb: Token) -> bool:
        """Whether a verb of saying stands right behind its subject, and that behind a comma, no "which" or "whose"."""
        subject = next((c for c in _subjects(verb) if c.right_edge.i == verb.i - 1), None)
        left = subject.left_edge if subject is not None else verb
        if subject is None or "that" not in self._frames(verb) or left.tag_.startswith("W"):
            return False
        return left.text == "," or (left.i > 0 and left.nbor(-1).text == ",")

    def _cited(self, paragraph: Paragraph, verb: Token) -> Attribution:
        """Whom a verb's subject cites: "reported, citing a source"."""
        clauses = (c for head in (verb, *_subjects(verb)) for c in head.children if c.dep_ in {"advcl", "acl"})
        found = (self._object(paragraph, c) for c in clauses if c.tag_ == "VBG" and c.lemma_.lower() in self._citing)
        return next((source for source in found if source), NOBODY)

    def _object(self, paragraph: Paragraph, verb: Token) -> Attribution:
        objects = (a.token for a in verbal_arguments(verb) if a.slot == "obj")
        return next((source for token in objects if (source := self.teller(paragraph, token))), NOBODY)

    def _beside(self, paragraph: Paragraph, verb: Token) -> Attribution:
        """The agent right behind the verb ("...," said a spokesman for X) or right before it, for a verb that
        the parser leaves without subject at the edge of a quotation."""
        doc = paragraph.doc
        if verb.i and doc[verb.i - 1].is_quote:
            words = [t.lemma_.lower() for t in doc[verb.i + 1 : verb.i + 4]]
            reach = 9 if any(w in lexicon().spokespersons for w in words) else 3
            return self.next_agent(paragraph, verb.i + 1, min(verb.i + reach, verb.sent.end))
        before = [
            keys[0]
            for k, m in enumerate(self.resolved.mentions)
            if m.paragraph == paragraph.index and m.end == verb.i and (keys := self.resolved.referents.get(k, ()))
        ]
        named = (Attribution(k) for k in before if self.resolved.entities[k].cls in AGENTS)
        phrases = (self.teller(paragraph, t) for t in doc[verb.sent.start : verb.i] if t.right_edge.i == verb.i - 1)
        return next(named, NOBODY) or next((who for who in phrases if who.unnamed), NOBODY)

    def _speaks_for(self, paragraph: Paragraph, token: Token) -> tuple[str, ...]:
        """Whom an unnamed speaker speaks for: "a Foreign Office spokesman", "a statement of the ministry"."""
        if token.lemma_.lower() not in lexicon().spokespersons:
            return ()
        below = [c for c in token.subtree if c.i != token.i and c.pos_ in {"PROPN", "NOUN", "ADJ"}]
        found = [k for c in below for k in self.mention_at(paragraph, c)]
        return tuple(sorted(dict.fromkeys(found), key=lambda k: self.resolved.entities[k].cls not in ORGANISATIONS))


def _subjects(verb: Token) -> Iterator[Token]:
    return (c for c in verb.children if c.dep_ in SUBJECTS)


def _phrase_end(token: Token, end: int) -> int:
    """The end of the phrase that a preposition opens: its first comma, or ``end``."""
    return next((t.i for t in token.doc[token.i : end] if t.text == ","), end)


def _words(head: Token) -> str:
    """The phrase of a head, without what is added behind a comma or tells more of it in a clause."""
    last = head.i
    for token in sorted(head.subtree, key=lambda t: t.i):
        if token.i > head.i and (token.text in {",", "–", "—", "(", ";"} or token.lower_ in {"who", "that", "which"}):
            break
        last = max(last, token.i)
    first = next(t.i for t in head.doc[head.left_edge.i :] if t.dep_ not in {"case", "fixed", "punct"})
    return head.doc[min(first, head.i) : last + 1].text


def _is_infinitive(verb: Token) -> bool:
    return any(c.lower_ == "to" and c.dep_ in {"mark", "aux"} for c in verb.children)
