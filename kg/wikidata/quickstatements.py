"""QuickStatements, version 1: one statement a line, columns apart by tabs, its source behind it.

https://www.wikidata.org/wiki/Help:QuickStatements. The notation has no escape: a tab or ``|`` begins a new column, a
quote ends a text, ``/*`` begins a comment, a line feed the next command. What holds one of these is refused.
"""

from __future__ import annotations

import re

from kg.model import PartialDate
from kg.rdf.wellformed import is_iri
from kg.wikidata.items import is_qid
from kg.wikidata.proposals import Proposal, cited
from kg.wikidata.times import quickstatements_time

LONGEST_ADDRESS = 500
"""What Wikidata takes as a URL."""

_UNSAFE = {
    "|": re.compile(r"\|"),
    "a quotation mark": re.compile('["\u201c\u201d\u201e\u201f\uff02]'),
    "a comment": re.compile(r"/\*|\*/"),
    "a tab": re.compile(r"\t"),
    "a line break": re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]"),
    "a control character": re.compile("[\x00-\x1f\x7f-\x9f]"),
}


class Unwritable(ValueError):
    """What cannot be written safely; the message says why."""


def line(proposal: Proposal, retrieved: PartialDate) -> str:
    """The command that adds the statement with its qualifiers and its surest source, without a line end.

    ``retrieved`` is the day the source was read. Raises ``Unwritable``.
    """
    cells = [proposal.item, proposal.rule.property, _value(proposal.value)]
    for prop, value in proposal.qualifiers:
        cells += [prop, _value(value)]
    cells += ["S854", _text(address(proposal)), "S813", quickstatements_time(retrieved)]
    return "\t".join(cells)


def address(proposal: Proposal) -> str:
    """The web address of the surest source that has one; raises ``Unwritable`` without one."""
    place = cited(proposal.sources).place
    if not re.match(r"https?://[^/]", place):
        raise Unwritable("the source has no web address")
    return place


def _value(value: str) -> str:
    return value if is_qid(value) else quickstatements_time(PartialDate(value))


def _text(text: str) -> str:
    for what, pattern in _UNSAFE.items():
        if pattern.search(text):
            raise Unwritable(f"the address of the source holds {what}, for which QuickStatements has no escape")
    if not is_iri(text):
        raise Unwritable("the address of the source is not well-formed")
    if len(text) > LONGEST_ADDRESS:
        raise Unwritable(f"the address of the source has more than {LONGEST_ADDRESS} characters")
    return f'"{text}"'
