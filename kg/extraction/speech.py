"""Who says what: quotations with their speakers, and the source of each clause that is reported."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.extraction.frames import blames, is_verb, verbal_arguments
from kg.extraction.lexicon import lexicon
from kg.extraction.mention_at import MentionAt
from kg.extraction.page import Page, Paragraph, Resolved
from kg.extraction.quotations import Quotation, find_quotations
from kg.extraction.speech_lexicon import speech_verbs
from kg.model import AGENTS, ORGANISATIONS


class Speech:
    """The speech of one document; ``speaker_of`` answers who says a clause."""

    def __init__(self, page: Page, resolved: Resolved, mention_at: MentionAt) -> None:
        self.page, self.resolved, self.mention_at = page, resolved, mention_at
        self._verbs = speech_verbs()
        self.quotations = find_quotations(page.document.text, [p.block for p in page.paragraphs])
        self.speakers = self._quotation_speakers()

    def _paragraph_of(self, quotation: Quotation) -> Paragraph:
        return self.page.paragraphs[quotation.paragraph]

    def _quotation_speakers(self) -> dict[int, str | None]:
        found: dict[int, str | None] = {}
        last: str | None = None
        for n, quotation in enumerate(self.quotations):
            if quotation.kind == "name":
                continue
            speaker = last if quotation.continues else self._speaker(quotation)
            if speaker is None and quotation.unmarked:
                speaker = self._introducer(quotation)
            if speaker is None and quotation.kind == "sentence":
                speaker = self._introducer(quotation) or last
            found[n] = speaker
            last = speaker or last
        return found

    def _inside(self, quotation: Quotation, token: Token, offset: int) -> bool:
        return quotation.start <= offset + token.idx < quotation.end

    def quoted(self, paragraph: Paragraph, token: Token) -> bool:
        """Whether the token stands inside of a quotation."""
        at = paragraph.block.span.start + token.idx
        return any(q.start <= at < q.end for q in self.quotations if q.kind != "name")

    def _speaker(self, quotation: Quotation) -> str | None:
        """Who says a quotation: the subject of the verb of saying nearest to it in its sentence, outside of it."""
        paragraph = self._paragraph_of(quotation)
        doc, offset = paragraph.doc, paragraph.block.span.start
        span = doc.char_span(quotation.start - offset, quotation.end - offset, alignment_mode="contract")
        if span is None or not len(span):
            return None
        sentences = {t.sent.start: t.sent for t in span}
        first, last = min(sentences), max(sentences)
        start, end = sentences[first].start, sentences[last].end
        after = next((s for s in doc.sents if s.start == end), None)
        near = after is not None and after.start < len(doc) and doc[after.start].lower_ in {"he", "she"}
        candidates: list[tuple[int, int, str]] = []
        limit = after.end if after is not None and (near or self._cut(doc, end)) else end
        for token in doc[start:limit]:
            if self._inside(quotation, token, offset) or not self.is_saying(token) or self.quoted(paragraph, token):
                continue
            speaker = self.subject(paragraph, token)
            if speaker is not None:
                distance = span.start - token.i if token.i < span.start else token.i - span.end
                candidates.append((max(distance, 0), token.i, speaker))
        if candidates:
            return min(candidates)[2]
        source = self._according_to(paragraph, start, end)
        if source is not None:
            return source
        if quotation.kind == "sentence" and span.start > sentences[first].start + 3:
            return self._clause_subject(paragraph, span[0])
        return self._clause_subject(paragraph, span.root) if quotation.kind == "fragment" else None

    def _cut(self, doc: Doc, end: int) -> bool:
        """Whether the parser ended the sentence inside: at a comma or before a small letter."""
        return end < len(doc) and (doc[end - 1].text in {",", '"', "”", "’"} or doc[end].text[:1].islower())

    def is_saying(self, token: Token) -> bool:
        """Whether the token is a verb of saying."""
        return is_verb(token) and token.lemma_.lower() in self._verbs

    def subject(self, paragraph: Paragraph, verb: Token) -> str | None:
        """The key of the agent who is subject of a verb, if one is told."""
        for argument in verbal_arguments(verb):
            if argument.slot == "subj" and not self.quoted(paragraph, argument.token):
                for key in (*self.mention_at(paragraph, argument.token), *self._speaks_for(paragraph, argument.token)):
                    if self.resolved.entities[key].cls in AGENTS:
                        return key
        return self._beside(paragraph, verb) if self.is_saying(verb) else None

    def _beside(self, paragraph: Paragraph, verb: Token) -> str | None:
        """The agent right behind the verb ("...," said a spokesman for X) or right before it, for a verb that
        the parser leaves without subject at the edge of a quotation."""
        doc = paragraph.doc
        if verb.i and doc[verb.i - 1].is_quote:
            words = [t.lemma_.lower() for t in doc[verb.i + 1 : verb.i + 4]]
            reach = 9 if any(w in lexicon().spokespersons for w in words) else 3
            return self._next_agent(paragraph, verb.i + 1, min(verb.i + reach, verb.sent.end))
        before = [
            keys[0]
            for k, m in enumerate(self.resolved.mentions)
            if m.paragraph == paragraph.index and m.end == verb.i and (keys := self.resolved.referents.get(k, ()))
        ]
        return next((k for k in before if self.resolved.entities[k].cls in AGENTS), None)

    def _speaks_for(self, paragraph: Paragraph, token: Token) -> tuple[str, ...]:
        """Whom an unnamed speaker speaks for: "a Foreign Office spokesman", "an official of the ministry"."""
        if token.lemma_.lower() not in lexicon().spokespersons:
            return ()
        below = [c for c in token.subtree if c.i != token.i and c.pos_ in {"PROPN", "NOUN", "ADJ"}]
        found = [k for c in below for k in self.mention_at(paragraph, c)]
        return tuple(sorted(dict.fromkeys(found), key=lambda k: self.resolved.entities[k].cls not in ORGANISATIONS))

    def _clause_subject(self, paragraph: Paragraph, token: Token) -> str | None:
        """The subject of the clause that a quoted phrase stands in: "he hailed a 'turning point'"."""
        node = token
        for _ in range(40):
            if is_verb(node) and not self.quoted(paragraph, node):
                subject = self.subject(paragraph, node)
                if subject is not None:
                    return subject
            if node.head == node:
                return None
            node = node.head
        return None

    def _according_to(self, paragraph: Paragraph, start: int, end: int) -> str | None:
        doc = paragraph.doc
        for i in range(start, end - 2):
            if doc[i].lower_ == "according" and doc[i + 1].lower_ == "to":
                return self._next_agent(paragraph, i + 2, min(i + 8, end))
        return None

    def _next_agent(self, paragraph: Paragraph, start: int, stop: int) -> str | None:
        for k, mention in enumerate(self.resolved.mentions):
            if mention.paragraph == paragraph.index and start <= mention.start < stop:
                keys = self.resolved.referents.get(k, ())
                wide = max(
                    (
                        m.end
                        for m in self.resolved.mentions
                        if m.paragraph == paragraph.index and m.start == mention.start
                    ),
                    default=0,
                )
                if mention.end < wide:
                    continue
                if keys and self.resolved.entities[keys[0]].cls in AGENTS:
                    return keys[0]
        return None

    def _introducer(self, quotation: Quotation) -> str | None:
        """The subject of a verb of saying that ends the paragraph before: "A spokesman said:"."""
        before = self.page.paragraphs[quotation.paragraph - 1] if quotation.paragraph else None
        if before is not None and before.doc.text.rstrip().endswith(":"):
            for sentence in list(before.doc.sents)[-1:]:
                speaker = self.subject(before, sentence.root) or self._agent_before(before, before.doc[-1])
                if speaker is not None:
                    return speaker
        for index in range(quotation.paragraph, max(quotation.paragraph - 2, -1), -1):
            paragraph = self.page.paragraphs[index]
            verbs = [t for t in paragraph.doc if self.is_saying(t) and not self.quoted(paragraph, t)]
            for verb in reversed(verbs):
                speaker = self.subject(paragraph, verb)
                if speaker is None and (paragraph.doc.text.rstrip().endswith(":") or index == quotation.paragraph):
                    speaker = self._agent_before(paragraph, verb)
                if speaker is not None:
                    return speaker
        return None

    def _agent_before(self, paragraph: Paragraph, verb: Token) -> str | None:
        agents = [
            (m.end, keys[0])
            for k, m in enumerate(self.resolved.mentions)
            if m.paragraph == paragraph.index
            and m.end <= verb.i
            and (keys := self.resolved.referents.get(k, ()))
            and self.resolved.entities[keys[0]].cls in AGENTS
        ]
        sentence = [a for a in agents if a[0] > verb.sent.start]
        return min(sentence)[1] if sentence else None

    def speaker_of(self, paragraph: Paragraph, token: Token) -> str | None:
        """Who says the clause of this predicate: the speaker of the quotation around it, else of the verb above it."""
        at = paragraph.block.span.start + token.idx
        for n, quotation in enumerate(self.quotations):
            if quotation.start <= at < quotation.end and quotation.kind == "sentence":
                return self.speakers.get(n)
        node = token
        for _ in range(30):
            if node.head == node:
                break
            reported = node.dep_ in {"ccomp", "csubj"} or self._told_beside(node) or blames(node)
            if reported and self.is_saying(node.head) and not _is_infinitive(node):
                return self.subject(paragraph, node.head)
            node = node.head
        sentence = token.sent
        return self._according_to(paragraph, sentence.start, sentence.end)

    def _told_beside(self, clause: Token) -> bool:
        """ "the pact is signed, he said": not "he refused the offer, so they signed"."""
        verb = self._verbs.get(clause.head.lemma_.lower())
        return clause.dep_ == "parataxis" and verb is not None and not verb.frames.isdisjoint({"that", "quote"})


def _is_infinitive(verb: Token) -> bool:
    return any(c.lower_ == "to" and c.dep_ in {"mark", "aux"} for c in verb.children)
