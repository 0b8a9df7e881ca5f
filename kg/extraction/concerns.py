"""What treaties are about: the policy areas of the words in their names and clauses."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extraction import frames, grammar, modality
from kg.extraction.lexicon import lexicon
from kg.extraction.mention_at import MentionAt
from kg.extraction.notes import Notes
from kg.extraction.page import Paragraph
from kg.extraction.policy import find_areas
from kg.extraction.speech import Speech
from kg.model import Attribution, Concept, Modality, Passage


class ConcernReader:
    """Notes ``concerns`` of the treaties of one document."""

    def __init__(self, notes: Notes, speech: Speech, mention_at: MentionAt) -> None:
        self.notes, self.page, self.resolved = notes, notes.page, notes.resolved
        self.speech, self.mention_at = speech, mention_at

    def read(self) -> None:
        """Note for each word of a policy area the treaty that it is about."""
        for paragraph in self.page.paragraphs:
            for start, end, area in find_areas(paragraph.doc.text):
                span = paragraph.doc.char_span(start, end, alignment_mode="expand")
                if span is None:
                    continue
                for treaty, passage, told, who in self._about(paragraph, span.root):
                    self.notes.add(
                        treaty, "concerns", Concept("policy-area", area), passage, "concerns", told, who, 0.7
                    )

    def _about(self, paragraph: Paragraph, token: Token) -> Iterator[tuple[str, Passage, Modality, Attribution]]:
        """The treaty that a policy word is about: in its name, modifying it, or object of what it does."""
        key = self._treaty_at(paragraph, token)
        if key is not None:
            k = self.mention_at.index(paragraph, token)
            mention = self.resolved.mentions[k] if k is not None else None
            if mention is not None:
                passage = self.notes.passage(paragraph.index, mention.start, mention.end)
                yield key, passage, Modality.ACTUAL, self.speech.attribution(paragraph, token)
            return
        node, steps, denied = token, 0, modality.denied(token)
        while node.head != node and steps < 25:
            node = node.head
            steps += 1
            denied = denied or modality.denied(node)
            key = self._treaty_at(paragraph, node)
            if key is not None:
                yield (
                    key,
                    self._between(paragraph, node, token),
                    Modality.NEGATED if denied else Modality.ACTUAL,
                    self.speech.attribution(paragraph, node),
                )
                return
            if grammar.is_verb(node) and node.lemma_.lower() in lexicon().verbs_about:
                for subject in [a.token for a in frames.verbal_arguments(node) if a.slot == "subj"]:
                    key = self._treaty_at(paragraph, subject)
                    if key is not None:
                        told = modality.of_verb(node)
                        told = Modality.NEGATED if denied or told is Modality.NEGATED else Modality.ACTUAL
                        yield key, self._between(paragraph, node, token), told, self.speech.attribution(paragraph, node)
                        return

    def _treaty_at(self, paragraph: Paragraph, token: Token) -> str | None:
        for key in self.mention_at(paragraph, token):
            if self.resolved.entities[key].cls == "Treaty":
                return key
        return None

    def _between(self, paragraph: Paragraph, one: Token, other: Token) -> Passage:
        return self.notes.passage(paragraph.index, min(one.i, other.i), max(one.i, other.i) + 1)
