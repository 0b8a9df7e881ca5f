"""Offices and who holds them: "Iran's Foreign Minister Abbas Araghchi", "X, head of the Protocol Department"."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Span

from kg.extraction.capitals import capitalised
from kg.extraction.lexicon import Lexicon, lexicon
from kg.extraction.office_owners import OWNERS, OfficeOwners
from kg.extraction.page import Form, Found, OfficePhrase, Paragraph
from kg.extraction.role_phrases import RolePhrases
from kg.extraction.title_holders import TitleHolders
from kg.model import ORGANISATIONS, POLITIES

_OF_TIME = {"then", "then-"}


def find_offices(paragraph: Paragraph, mentions: list[Found]) -> tuple[list[Found], list[OfficePhrase]]:
    """The office phrases of a paragraph, and its mentions with the persons that only a title shows.

    Indexes in the phrases are into the returned mentions. A description without a name becomes a mention itself.
    """
    finder = _Finder(paragraph, list(mentions))
    i = 0
    while i < len(paragraph.doc):
        i = finder.at(i)
    return finder.mentions, finder.phrases


class _Finder:
    def __init__(self, paragraph: Paragraph, mentions: list[Found]) -> None:
        self.paragraph, self.doc, self.mentions = paragraph, paragraph.doc, mentions
        self.lex: Lexicon = lexicon()
        self.roles, self.holders = RolePhrases(paragraph.doc), TitleHolders(paragraph, mentions)
        self.owners = OfficeOwners(paragraph.doc, mentions)
        self.phrases: list[OfficePhrase] = []

    def at(self, i: int) -> int:
        """Read the role that begins at token ``i``, if any; the token to go on from."""
        end = self.roles.end(i)
        if end is None or self._inside_name(i, end) or self._first_name(end):
            return i + 1
        self._without_title(i, end)
        start, role_tokens = i, self.doc[i:end]
        if self._to_come(role_tokens):
            return end
        last = role_tokens[-1].lower_
        plural = last.endswith("s") and last.removesuffix("s") in self.lex.role_heads
        of, left_start = self.owners.before(start)
        told = (t.lower_ for t in role_tokens if t.lower_ not in self.lex.role_past | _OF_TIME)
        words = " ".join(told).replace(" - ", "-").strip(" -")
        role, stop, of, to = self._after(end, words, of)
        stop = self.owners.end_of_all(stop) if plural else stop
        persons = self.holders.find(left_start, stop, plural)
        former = (
            any(t.lower_ in self.lex.role_past for t in role_tokens)
            or self._word_before(left_start) in self.lex.role_past
        )
        if not persons and role_tokens.text.lower() in lexicon().roles_not_alone:
            return end
        if of is None and len(persons) == 1 and not plural:
            of = self.owners.behind_name(persons[0])
        of = of if of is not None else self.owners.listed(start, self.phrases)
        owners = self.owners.of_each(start, end) if plural else []
        owners = owners or [k for k in map(self.owners.behind_name, persons) if plural and k is not None]
        if persons and len(owners) == len(persons) > 1:
            for owner, person in zip(owners, persons, strict=True):
                self._add(left_start, start, stop, role, owner, (person,), former, plural, to)
            return stop
        other = self._other_role(start, words) if plural and len(persons) == 2 else ""
        if other:
            of = of if of is not None else self.owners.before(start - 2)[0]
            self._add(start - 2, start - 2, stop, other, of, persons[:1], former, plural, to)
            self._add(start, start, stop, role, of, persons[1:], former, plural, to)
            return stop
        self._add(
            left_start, start, stop, role, of if not persons or len(owners) < 2 else None, persons, former, plural, to
        )
        return stop

    def _other_role(self, start: int, words: str) -> str:
        """ "The foreign and defence ministers, A and B": the role of the first of two, empty if both have the same."""
        domain = self.doc[start - 2].lower_ if start > 1 and self.doc[start - 1].lower_ == "and" else ""
        known = domain in self.lex.role_domain_words | self.lex.role_modifiers
        return f"{domain} {words.split()[-1]}" if known else ""

    def _to_come(self, role: Span) -> bool:
        """ "President-elect", "the incoming minister": not held yet."""
        behind = [t.lower_ for t in self.doc[role.end : role.end + 2] if t.text != "-"]
        return behind[:1] in (["elect"], ["designate"]) or any(t.lower_ == "incoming" for t in role)

    def _first_name(self, end: int) -> bool:
        """Whether the word before is a name: "Sultan bin Saad"."""
        return end < len(self.doc) and self.doc[end].lower_ in {"bin", "bint", "ibn"}

    def _without_title(self, start: int, end: int) -> None:
        """ "Emir Tamim" as a name is the name behind the title."""
        for k, mention in enumerate(self.mentions):
            titled = mention.cls == "Person" and mention.start == start and end < mention.end
            if titled and self.doc[start].lower_ not in self.lex.ranks:
                text = self.doc[end : mention.end].text
                self.mentions[k] = replace(mention, start=end, text=text, candidates=())

    def _add(
        self,
        left: int,
        start: int,
        stop: int,
        role: str,
        of: int | None,
        persons: tuple[int, ...],
        former: bool,
        plural: bool,
        to: int | None,
    ) -> None:
        singular = self.roles.singular(role) if plural else role
        if not persons:
            if not self._definite(left, start, of):
                self.phrases.append(OfficePhrase(self.paragraph.index, left, stop, singular, of, (), former))
                return
            form = Form.GROUP if plural else Form.NOMINAL
            left = self.owners.first_of_all(left) if plural else left
            text = self.doc[start:stop].text
            self.mentions.append(
                Found(self.paragraph.index, left, stop, "Person", form, text, (), singular, of, plural)
            )
            persons = (len(self.mentions) - 1,)
            of = None if plural else of
        phrase = OfficePhrase(self.paragraph.index, left, stop, singular, of, persons, former, to)
        self.phrases.append(phrase)

    def _inside_name(self, start: int, end: int) -> bool:
        return any(m.start <= start and end <= m.end and m.cls != "Person" for m in self.mentions)

    def _word_before(self, i: int) -> str:
        return self.doc[i - 1].lower_ if i > 0 else ""

    def _after(self, end: int, role: str, of: int | None) -> tuple[str, int, int | None, int | None]:
        """What follows the head: "of Iran", "for Central Asia", "to Russia", "at the Russian Foreign Ministry"."""
        to: int | None = None
        i = self._behind_group(end)
        if " of " in role and self._joins_domain(i):  # "Minister of Foreign Affairs and Human Mobility"
            i = self._domain_end(i + 1)
        while i < len(self.doc) and self.doc[i].lower_ in {"of", "for", "to", "at", "in", "from"}:
            prep = self.doc[i].lower_
            j = i + 1
            if j < len(self.doc) and self.doc[j].lower_ == "the":
                j += 1
            owner = next((k for k, m in enumerate(self.mentions) if m.start == j and m.form is not Form.DEMONYM), None)
            owner = owner if owner is not None else self._described(j)
            if owner is not None and self.mentions[owner].cls in OWNERS:
                if prep == "to" or (prep == "in" and role.startswith(("ambassador", "minister", "envoy"))):
                    to = owner
                elif of is None or (prep in {"of", "at"} and self.mentions[of].cls in POLITIES):
                    of = owner if of is None or self.mentions[owner].cls not in POLITIES else of
                i = self.mentions[owner].end
            elif owner is not None and self.mentions[owner].cls == "Conflict":
                i = self.mentions[owner].end
                second = self._joined_owner(i)
                if second is not None:
                    of, i = second, self.mentions[second].end
            elif owner is not None and self.mentions[owner].cls == "Place" and prep in {"for", "of", "in"}:
                role += f" {prep} {self.mentions[owner].text.lower()}" if prep != "in" else ""
                i = self.mentions[owner].end
            elif prep in {"of", "for"} and j < len(self.doc) and self._domain_like(j):
                stop = self._domain_end(j)
                role += " " + prep + " " + " ".join(t.lower_ for t in self.doc[j:stop])
                i = stop
            else:
                break
        return role, i, of, to

    def _joined_owner(self, i: int) -> int | None:
        """ "for the war in Syria and the UN": what "and" joins to a conflict, if it can have an office."""
        if i + 1 >= len(self.doc) or self.doc[i].lower_ != "and":
            return None
        second = self._mention_at(i + 2 if self.doc[i + 1].lower_ == "the" else i + 1)
        return second if second is not None and self.mentions[second].cls in OWNERS else None

    def _behind_group(self, end: int) -> int:
        """Behind "of the two countries", which does not say of which."""
        i = end + 1
        while i < len(self.doc) and self.doc[i].lower_ in self.lex.quantifiers | {"the"}:
            i += 1
        here = self.doc[i] if i < len(self.doc) and self.doc[end].lower_ == "of" else None
        return i + 1 if here is not None and here.tag_ == "NNS" and here.text in self.lex.polity_groups else end

    def _domain_end(self, start: int) -> int:
        """The end of "for Trade and Industry", which begins at ``start``, before the name of a person behind it."""
        persons = {m.start for m in self.mentions if m.cls == "Person" and m.form is Form.NAME}
        stop = start + 1
        while stop < len(self.doc) and stop not in persons:
            joined = self.doc[stop].lower_ == "and" and self._domain_like(stop + 1)
            if not joined and not capitalised(self.doc[stop]):
                break
            stop += 1
        return stop

    def _mention_at(self, start: int) -> int | None:
        return next((k for k, m in enumerate(self.mentions) if m.start == start), None)

    def _described(self, j: int) -> int | None:
        """A body whose name begins with the demonym at ``j`` ("at the Russian Foreign Ministry")."""
        options = [k for k, m in enumerate(self.mentions) if m.start == j and m.cls in ORGANISATIONS]
        return options[0] if options else None

    def _domain_like(self, i: int) -> bool:
        if i >= len(self.doc) or any(m.start <= i < m.end for m in self.mentions):
            return False
        token = self.doc[i]
        if token.lower_ in self.lex.role_heads or token.lower_ in self.lex.role_modifiers:
            return False
        return token.lower_ in self.lex.role_domain_words or (
            capitalised(token) and token.pos_ in {"PROPN", "NOUN", "ADJ"}
        )

    def _joins_domain(self, i: int) -> bool:
        """Whether a further domain follows at "and"."""
        joined = i + 1 < len(self.doc) and self.doc[i].lower_ == "and" and capitalised(self.doc[i + 1])
        return joined and self._domain_like(i + 1)

    def _definite(self, left: int, start: int, of: int | None) -> bool:
        """Whether the description stands for one known person: "the president", "Russia's premier"."""
        if of is not None:
            behind = self.mentions[of].start >= start and self.doc[left].lower_ != "the"
            if behind and not capitalised(self.doc[start]):
                return False
            return self.doc[left].lower_ not in {"a", "an"} and self._word_before(left) not in {
                "a",
                "an",
                "any",
                "no",
                "as",
            }
        if self.doc[left].lower_ == "the":
            return True
        return capitalised(self.doc[start]) and not self.doc[start].is_sent_start
