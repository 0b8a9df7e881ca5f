"""Where the words of a query are: outside its strings, IRIs and comments.

The lexical rules are those of SPARQL 1.1, 19.8 (https://www.w3.org/TR/sparql11-query/#sparqlGrammar).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

IRI = re.compile(r"<(?:[^<>\"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>")
STRING = re.compile(
    r'"""(?:"{0,2}(?:[^"\\]|\\.))*"""|' + r"'''(?:'{0,2}(?:[^'\\]|\\.))*'''|"
    r'"(?:[^"\\\n\r]|\\.)*"|' + r"'(?:[^'\\\n\r]|\\.)*'",
    re.DOTALL,
)
COMMENT = re.compile(r"#[^\n\r]*")
_WORD = re.compile(r"[?$@]?[\w\u00b7-]+(?:[.:][\w\u00b7-]+)*:?|:[\w-]*")


def words(query: str) -> Iterator[tuple[int, str]]:
    """The words and signs of a query with their offsets; strings, IRIs and comments are left out."""
    at = 0
    while at < len(query):
        skipped = IRI.match(query, at) or STRING.match(query, at) or COMMENT.match(query, at)
        word = skipped or _WORD.match(query, at)
        if word and not skipped:
            yield at, word[0]
        elif not word and not query[at].isspace():
            yield at, query[at]
        at = word.end() if word and word.end() > at else at + 1


def outermost_pattern(query: str) -> int:
    """The offset just behind the ``{`` that opens the outermost graph pattern of a query.

    Raises ``ValueError`` where there is none.
    """
    depth, templates = 0, False
    for at, word in words(query):
        templates = (templates or word.upper() == "CONSTRUCT") and word.upper() != "WHERE"
        if word == "{" and depth == 0 and not templates:
            return at + 1
        depth += {"{": 1, "}": -1}.get(word, 0)
    raise ValueError("the query has no pattern")
