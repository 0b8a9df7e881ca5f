"""Mentions without a name: "the pact", "a 2001 agreement", "the two countries", "the British government", "he"."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.extraction.lexicon import Lexicon, lexicon
from kg.extraction.page import Form, Found, Paragraph
from kg.extraction.treaty_names import stands_for_treaty
from kg.model import POLITIES

PRONOUNS = {
    "he": "Person",
    "him": "Person",
    "his": "Person",
    "she": "Person",
    "her": "Person",
    "hers": "Person",
    "himself": "Person",
    "herself": "Person",
    "they": "",
    "them": "",
    "their": "",
    "it": "",
    "its": "",
}
"""The pronouns that stand for an entity, with its class where they say it."""


def find_nominals(paragraph: Paragraph, mentions: list[Found]) -> list[Found]:
    """The mentions given and, behind them, those without a name, in the order of the text."""
    doc, lex = paragraph.doc, lexicon()
    covered = {i for m in mentions if m.form is not Form.DEMONYM for i in range(m.start, m.end)}
    found: list[Found] = []
    for token in doc:
        mention = None
        if token.i not in covered:
            mention = (
                _pronoun(token, paragraph.index)
                or _group(token, paragraph.index, lex, mentions)
                or _of_state(token, paragraph.index, mentions)
                or _country(token, paragraph.index)
                or _treaty(token, paragraph.index, lex, mentions)
                or _body(token, paragraph.index)
                or _conflict(token, paragraph.index)
            )
        if mention is not None:
            found.append(mention)
    return [*mentions, *found]


def _pronoun(token: Token, paragraph: int) -> Found | None:
    if token.lower_ not in PRONOUNS or (token.pos_ not in {"PRON", "DET", "X"} and token.tag_ not in {"PRP", "PRP$"}):
        return None
    plural = token.lower_ in {"they", "them", "their"}
    return Found(paragraph, token.i, token.i + 1, PRONOUNS[token.lower_], Form.PRONOUN, token.text, plural=plural)


def _start_of(token: Token) -> int:
    """Where the noun phrase before its head begins."""
    left = [c for c in token.lefts if c.dep_ not in {"case", "cc", "punct", "mark", "nsubj", "advmod"}]
    return min([token.i, *(c.left_edge.i for c in left)])


_NUMBERS = frozenset({"two", "three", "2", "3"})


def _group(token: Token, paragraph: int, lex: Lexicon, mentions: list[Found]) -> Found | None:
    """ "both leaders", "the two countries", "the two sides"."""
    if token.tag_ not in {"NNS", "NNPS"}:
        return None
    cls = "State" if token.lower_ in lex.polity_groups else "Person" if token.lower_ in lex.person_groups else ""
    if not cls:
        return None
    start = _start_of(token)
    words = {t.lower_ for t in token.doc[start : token.i]}
    told = words & lex.quantifiers
    if told == {"all"} or (told and told <= _NUMBERS and "the" not in words):  # "all parties", "two diplomats": whoever
        return None
    definite = any(child.lower_ in {"the", "their", "these"} for child in token.children)
    holders = token.lower_.removesuffix("s") in lex.role_heads  # "defence ministers", not "birthday parties"
    if not holders and any(child.dep_ == "compound" for child in token.children):
        return None
    if not (words & lex.quantifiers) and not (
        definite and token.lower_ in {"sides", "parties", "leaders", "presidents", "ministers"}
    ):
        return None
    if any(m.start >= start and m.end <= token.i and m.cls in POLITIES for m in mentions):
        return None
    return Found(paragraph, start, token.i + 1, cls, Form.GROUP, token.doc[start : token.i + 1].text, plural=True)


def _of_state(token: Token, paragraph: int, mentions: list[Found]) -> Found | None:
    """ "the British government", "U.S. forces": the state acts through them."""
    if token.lower_ not in lexicon().for_the_state:
        return None
    start = _start_of(token)
    if any(t.lower_ in lexicon().against_the_state for t in token.doc[start : token.i]):
        return None
    owners = [
        k
        for k, m in enumerate(mentions)
        if start <= m.start and m.end <= token.i and m.cls in POLITIES and not by_participle(token.doc, m.end)
    ]
    if not owners:
        after = [c for c in token.rights if c.dep_ == "nmod" and not any(d.dep_ == "conj" for d in c.children)]
        whose = {c.i for c in after if c.left_edge.lower_ in {"of", "from"}}
        owners = [k for k, m in enumerate(mentions) if m.cls in POLITIES and whose & set(range(m.start, m.end))]
    if not owners:
        return None
    of = owners[-1]
    end = max(token.i + 1, mentions[of].end)
    return Found(
        paragraph, start, end, "State", Form.NOMINAL, token.doc[start:end].text, mentions[of].candidates, "", of
    )


def _country(token: Token, paragraph: int) -> Found | None:
    """ "the country", with nothing that says which."""
    told = [child.lower_ for child in token.children if child.dep_ not in {"case", "punct"}]
    if token.lower_ != "country" or token.dep_ == "nmod:poss" or told not in (["the"], ["that"]):
        return None
    return Found(paragraph, token.i - 1, token.i + 1, "State", Form.NOMINAL, token.doc[token.i - 1 : token.i + 1].text)


def by_participle(doc: Doc, i: int) -> bool:
    """Whether a hyphen and a participle follow: "the US-backed government" is not that of the United States."""
    return i + 1 < len(doc) and doc[i].tag_ == "HYPH" and doc[i + 1].tag_ in {"VBN", "VBD", "VBG"}


def _treaty(token: Token, paragraph: int, lex: Lexicon, mentions: list[Found]) -> Found | None:
    """ "a comprehensive strategic partnership agreement", "the deal", "these agreements"."""
    low = token.lower_
    if stands_for_treaty(token, lex) and _dated(token.doc, token.i + 2):
        return Found(paragraph, token.i, token.i + 1, "Treaty", Form.NOMINAL, "treaty")
    if low.startswith("document"):
        definite = low == "document" and token.i > 0 and token.doc[token.i - 1].lower_ == "the"
        if not definite and not _signed(token):
            return None
    elif low not in lex.treaty_descriptive or token.pos_ not in {"NOUN", "PROPN"} or token.dep_ == "compound":
        return None
    before = token.doc[token.i - 1].lower_ if token.i else ""
    if before in lex.treaty_not_after or _phrase_of_mode(token):
        return None
    start = token.i
    while start > 0 and _modifies(token.doc[start - 1], token):
        start -= 1
    plural = token.tag_ in {"NNS", "NNPS"}
    end = token.i + 1
    while (
        end + 1 < len(token.doc)
        and token.doc[end].lower_ in {"of", "and"}
        and (purpose := _purpose_end(token.doc, end + 1)) is not None
    ):
        end = purpose
    return Found(paragraph, start, end, "Treaty", Form.NOMINAL, token.doc[start:end].text, plural=plural)


def _purpose_end(doc: Doc, i: int) -> int | None:
    """The end of "friendship" or "mutual assistance" behind "treaty of"."""
    i += doc[i].pos_ == "ADJ" and i + 1 < len(doc)
    return i + 1 if doc[i].lower_ in lexicon().treaty_purposes else None


def _dated(doc: Doc, i: int) -> bool:
    return doc[i].like_num or doc[i].lower_ in lexicon().months


def _phrase_of_mode(token: Token) -> bool:
    """ "in agreement", "reach agreement", "by agreement": no treaty but a state of mind."""
    modified = {c.dep_ for c in token.children}
    if token.tag_ == "NN" and "acl" in modified and not modified & {"det", "nmod:poss", "compound", "nummod"}:
        return True
    bare = not modified & {"det", "nmod:poss", "amod", "compound", "nummod"}
    return bare and token.tag_ == "NN" and token.pos_ == "NOUN" and not token.is_sent_start


def _signed(token: Token) -> bool:
    head = token.head
    for _ in range(3):
        if head.lemma_ in lexicon().verbs_sign:
            return True
        head = head.head
    return False


def _modifies(token: Token, head: Token) -> bool:
    if token.tag_ in {"POS"} or (token.is_punct and token.text not in {"-", "–"}):
        return False
    if token.text in {"-", "–"}:
        return token.i > 0 and not token.whitespace_
    return token.pos_ in {"ADJ", "NOUN", "PROPN", "NUM"} and token.dep_ in {
        "amod",
        "compound",
        "nummod",
        "nmod",
        "nmod:desc",
        "nmod:unmarked",
        "obl:unmarked",
        "flat",
        "dep",
        "advmod",
        "punct",
        "obl",
        "conj",
    }


def _body(token: Token, paragraph: int) -> Found | None:
    """ "the ministry", "the bloc": a body named before."""
    if token.lower_ not in lexicon().body_described or token.pos_ not in {"NOUN", "PROPN"}:
        return None
    start = _start_of(token)
    told = (c for c in token.children if c.dep_ in {"nmod", "compound", "amod"})
    if token.doc[start].lower_ != "the" or any(c.lower_ != "member" for c in told):  # "the ten-member bloc"
        return None
    return Found(paragraph, start, token.i + 1, "Organisation", Form.NOMINAL, token.doc[start : token.i + 1].text)


def _conflict(token: Token, paragraph: int) -> Found | None:
    """ "the war", "this conflict": one named before."""
    if token.lower_ not in {"war", "conflict", "crisis", "revolution"} or token.pos_ != "NOUN" or not token.i:
        return None
    if token.doc[token.i - 1].lower_ not in {"the", "that", "this"} or any(c.dep_ == "nmod" for c in token.children):
        return None
    return Found(
        paragraph, token.i - 1, token.i + 1, "Conflict", Form.NOMINAL, token.doc[token.i - 1 : token.i + 1].text
    )
