"""The words of a role: "deputy foreign minister", "secretary of state", and where they end."""

from __future__ import annotations

from spacy.tokens import Doc

from kg.extraction.lexicon import lexicon


class RolePhrases:
    """Finds the roles in one parse."""

    def __init__(self, doc: Doc) -> None:
        self.doc, self.lex = doc, lexicon()
        self.words = [t.lower_ for t in doc]

    def end(self, i: int) -> int | None:
        """End of the role phrase that begins exactly at ``i``: fixed phrase, or modifiers, domains and a head."""
        j = i
        while True:
            fixed = self.lex.role_fixed.length(self.words, j)
            if fixed:
                return j + fixed
            step = self._qualifier(j) if j < len(self.words) else 0
            if step == 0:
                break
            j += step
        if j < len(self.words) and self.words[j] in self.lex.role_heads and self.doc[j].pos_ not in {"VERB", "AUX"}:
            return j + 1
        return None

    def _qualifier(self, i: int) -> int:
        """Number of tokens of a modifier or domain word at ``i``, 0 for none. "-" joins ("vice-president")."""
        word = self.words[i]
        if word == "under" and self.words[i + 1 : i + 2] not in (["-"], ["secretary"], ["secretaries"]):
            return 0
        if word in self.lex.role_modifiers and not (word in {"general", "secretary", "chief"} and self._ends(i)):
            return 1
        domain = self.lex.role_domains.length(self.words, i)
        if domain and not self._ends(i + domain - 1):
            return domain
        if word == "and":
            return int(self._joins_domains(i))
        return 1 if word == "-" and i > 0 else 0

    def _joins_domains(self, i: int) -> bool:
        """ "Trade and Integration Minister": one office, where "foreign and defence ministers" are two."""
        domain = self.lex.role_domains.length(self.words, i + 1)
        head = self.words[i + 1 + domain : i + 2 + domain]
        before = i > 0 and self.words[i - 1] in self.lex.role_domain_words
        return bool(before and domain and head and head[0] in self.lex.role_heads and not head[0].endswith("s"))

    def _ends(self, i: int) -> bool:
        """Whether no role word follows, so that the word at ``i`` is itself the head or no role word at all."""
        if i + 1 >= len(self.words):
            return True
        following = self.words[i + 1]
        return not (
            following in {"-", "and"}
            or following in self.lex.role_modifiers
            or following in self.lex.role_heads
            or following in self.lex.role_domain_words
        )

    def singular(self, role: str) -> str:
        """The role in the singular: "presidents" is "president"."""
        words = role.split()
        head = next((i for i, w in enumerate(words) if w in self.lex.role_heads and w.endswith("s")), None)
        if head is not None:
            words[head] = words[head].removesuffix("s")
        return " ".join(words)
