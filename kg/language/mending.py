"""What names tell of a tree that the parser missed: a name is one phrase, people are joined with people."""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from kg.language.reattaching import TAKE_IN, hang, reattach

_WHERE = frozenset({"in", "at"})
_PARTICIPLES = frozenset({"VBD", "VBN"})  # which of the two "concluded" is, its subject tells


def mended(doc: Doc) -> Doc:
    """The document with its trees changed where words of one name hang on the same word, each on its own.

    "Signed in Abu Dhabi", read as "in" a particle, "Abu" a modifier and "Dhabi" an object of the verb. Before that,
    where grammar says that single words hang on the wrong word; persons who sign for states are joined with each other.
    """
    for token in doc:
        reattach(token)
    names = list(doc.ents)
    for name in names:
        if name.label_ == "PERSON":
            _join_people(name, names)
            _join_list(name, names)
        elif name.label_ == "TREATY":
            _say_of(name)
        first, *others = [token for token in name if token.head == token or token.head not in name]
        if all(token.head == first.head != token for token in others):
            relations = {token.dep_ for token in (first, *others)}
            for token in others:
                hang(token, first, "flat")
                reattach(token)
            if relations <= {"obj", "obl"} and ("obl" in relations or first.head.lemma_ not in TAKE_IN):
                _unglue(name, first)
    return doc


def _join_people(second: Span, names: list[Span]) -> None:
    """ "By Godoy for Spain and Pinto for Portugal": persons are joined with each other, not with a state."""
    state = next((n for n in names if second.root.dep_ == "conj" and second.root.head in n), None)
    first = _stands_for(state, names) if state is not None and state.label_ == "PLACE" else None
    if state is None or first is None:
        return
    if not hang(second.root, first.root, "conj"):
        return
    for name in names:
        person = _stands_for(name, [first, second])
        if person is not None and name.label_ == "PLACE":
            hang(name.root, person.root, "nmod")


def _join_list(last: Span, names: list[Span]) -> None:
    """ "The treaty, signed by Godoy and by Pinto, and Rojas": who stands right behind a person is joined with it."""
    start = last.root.left_edge.i
    before = next((n for n in names if n.end == start and n.label_ == "PERSON"), None)
    listed = last.root.dep_ == "conj" and last.doc[start].dep_ in {"punct", "cc"}
    if (
        before is not None
        and listed
        and last.root.head.is_ancestor(before.root)
        and last.root.head.ent_type_ != "PERSON"
    ):
        hang(last.root, before.root, "conj")


def _say_of(treaty: Span) -> None:
    """ "Replaced by the Treaty of Berlin, concluded in 1878": the participle is said of the treaty before the comma."""
    end = max([treaty.end, *(c.right_edge.i + 1 for c in treaty.root.rights if c.dep_ == "nmod")])
    behind = treaty.doc[end : end + 2]
    if len(behind) < 2 or behind[0].text != "," or behind[1].tag_ not in _PARTICIPLES or behind[1].dep_ != "advcl":
        return
    if not any(c.dep_.startswith("nsubj") or c.dep_ == "mark" for c in behind[1].children):
        hang(behind[1], treaty.root, "acl")


def _stands_for(state: Span, names: list[Span]) -> Span | None:
    """The person of ``names`` behind whom "for" and the state stand."""
    if state.start < 2 or state.doc[state.start - 1].lower_ != "for":
        return None
    return next((n for n in names if n.end == state.start - 1 and n.label_ == "PERSON"), None)


def _unglue(name: Span, head: Token) -> None:
    before = name.doc[name.start - 1] if name.start > name.sent.start else None
    glued = before is not None and before.dep_ == "compound:prt" and before.head == head.head
    if before is not None and glued and name.label_ == "PLACE" and before.lower_ in _WHERE:
        hang(before, head, "case")
        head.dep_ = "obl"
