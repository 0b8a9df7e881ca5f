"""The session: one question at a time, an answer by a key, each kept at once, the last one taken back by ``u``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from kg.resolution.decisions import Decision, Decisions, Kind
from kg.review.questions import Question

KEYS = {
    Kind.SAME: "same",
    Kind.DIFFERENT: "different",
    Kind.LINK: "link",
    Kind.NO_LINK: "no link",
}
SKIP, QUIT, UNDO = "", "q", "u"


@dataclass(slots=True)
class Session:
    """``ask`` shows a question and returns the key, ``None`` at the end of input; ``keep`` is called after each change;
    ``tell`` says what was wrong with an answer. ``by`` and ``on`` go into each decision."""

    decisions: Decisions
    ask: Callable[[Question, int, int], str | None]
    keep: Callable[[Decisions], None]
    tell: Callable[[str], None]
    by: str = ""
    on: str = ""
    _done: list[tuple[int, Decision, Decision | None]] = field(default_factory=list)

    def run(self, questions: Sequence[Question]) -> int:
        """Go through the questions until the last, ``q`` or the end of input; returns how many were decided."""
        at = 0
        while at < len(questions):
            key = self.ask(questions[at], at + 1, len(questions))
            if key is None or key == QUIT:
                break
            if key == UNDO:
                at = self._undo(at)
            elif key in questions[at].answers:
                at = self._decide(questions[at].answers[key], at)
            elif key in (SKIP, "k"):
                at += 1
            else:
                self.tell(f"{key!r} is no answer: {choices(questions[at])}")
        return len(self._done)

    def _decide(self, answer: Decision, at: int) -> int:
        decision = replace(answer, by=self.by, on=self.on)
        before = self.decisions.add(decision)
        if cause := self.decisions.contradiction():
            self._restore(decision, before)
            self.tell(cause)
            return at
        self._done.append((at, decision, before))
        self.keep(self.decisions)
        return at + 1

    def _undo(self, at: int) -> int:
        if not self._done:
            self.tell("there is nothing to take back")
            return at
        at, decision, before = self._done.pop()
        self._restore(decision, before)
        self.keep(self.decisions)
        return at

    def _restore(self, decision: Decision, before: Decision | None) -> None:
        if before is None:
            del self.decisions.made[decision.about]
        else:
            self.decisions.made[decision.about] = before


def choices(question: Question) -> str:
    """The keys and what they mean: ``s same, d different, k skip, u undo, q quit``."""
    own = (f"{key} {KEYS.get(each.kind, each.value)}" for key, each in question.answers.items())
    return ", ".join((*own, "k skip", "u undo", "q quit"))
