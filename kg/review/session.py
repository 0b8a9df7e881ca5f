"""The session: one question at a time, an answer by a key, each kept at once, the last one taken back by ``u``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from kg.resolution.decisions import Decision, Decisions, Kind
from kg.review.parting import HOW
from kg.review.questions import Question, Questions

KEYS = {
    Kind.SAME: "same",
    Kind.DIFFERENT: "different",
    Kind.LINK: "link",
    Kind.NO_LINK: "no link",
    Kind.ONE: "one",
}
SKIP, QUIT, UNDO, MENTIONS = "", "q", "u", "m"

Made = tuple[Decision, Decision | None]
"""A decision, and the one that it took the place of."""


@dataclass(slots=True)
class Session:
    """``ask`` shows a question and returns the key, ``None`` at the end of input; ``keep`` is called after each change;
    ``tell`` says what was wrong with an answer. ``by`` and ``on`` go into each decision."""

    asked: Questions
    decisions: Decisions
    ask: Callable[[Question, int, int], str | None]
    keep: Callable[[Decisions], None]
    tell: Callable[[str], None]
    by: str = ""
    on: str = ""
    _done: list[tuple[int, list[Made]]] = field(default_factory=list)

    def run(self, questions: Sequence[Question]) -> int:
        """Go through the questions until the last, ``q`` or the end of input; returns how many were decided."""
        at, todo = 0, list(questions)
        while at < len(todo):
            question = todo[at]
            key = self.ask(question, at + 1, len(todo))
            if key is None or key == QUIT:
                break
            if key == UNDO:
                at = self._undo(at)
            elif key == MENTIONS and question.entities:
                todo[at:at] = [self.asked.mentions(iri, self.decisions) for iri in question.entities]
            elif key in (SKIP, "k"):
                at += 1
            else:
                at += self._answer(question, key, at)
        return len(self._done)

    def _answer(self, question: Question, key: str, at: int) -> bool:
        """Whether the key decides the question."""
        if key in question.answers:
            return self._decide([question.answers[key]], at)
        if question.parting is None or not key[:1].isdigit():
            self.tell(f"{key!r} is no answer: {choices(question)}")
            return False
        try:
            return self._decide(question.parting.chosen(key), at)
        except ValueError as error:
            self.tell(str(error))
            return False

    def _decide(self, answers: Sequence[Decision], at: int) -> bool:
        decisions = [replace(answer, by=self.by, on=self.on) for answer in answers]
        made = [(decision, self.decisions.add(decision)) for decision in decisions]
        if cause := self.decisions.contradiction():
            self._restore(made)
            self.tell(cause)
            return False
        self._done.append((at, made))
        self.keep(self.decisions)
        return True

    def _undo(self, at: int) -> int:
        if not self._done:
            self.tell("there is nothing to take back")
            return at
        at, made = self._done.pop()
        self._restore(made)
        self.keep(self.decisions)
        return at

    def _restore(self, made: Sequence[Made]) -> None:
        for decision, before in made:
            if before is None:
                del self.decisions.made[decision.about]
            else:
                self.decisions.made[decision.about] = before


def choices(question: Question) -> str:
    """The keys and what they mean: ``s same, d different, m mentions, k skip, u undo, q quit``."""
    own = [f"{key} {KEYS.get(each.kind, each.value)}" for key, each in question.answers.items()]
    if question.parting is not None:
        own.append(HOW)
    if question.entities:
        own.append("m mentions")
    return ", ".join((*own, "k skip", "u undo", "q quit"))
