"""Whether a query stays at home: ``SERVICE`` and ``FROM``, found in the text before the engine sees it.

pyoxigraph calls the address of every ``SERVICE`` and has no switch for it, so nothing that it could read as one may
pass. Where the lexer of SPARQL 1.1 (19.8) leaves two readings ("?a <b" as comparison or as the start of an IRI), a
query that holds the word is refused rather than guessed at. Workers without network are the second wall.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\r\n]*)
    |(?P<string>'''(?:[^'\\]|\\.|'(?!''))*'''|\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"
        |'(?:[^'\\\r\n]|\\.)*'|"(?:[^"\\\r\n]|\\.)*")
    |(?P<iri><[^<>"{}|^`\x00-\x20]*>)
    |(?P<variable>[?$]\w+)
    |(?P<prefixed>(?:[^\W\d_][\w.-]*)?:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\.)*)
    |(?P<word>\w+)
    |(?P<space>\s+)
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_CLEAR_IRI = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]*://[^']*|[^#']*)>")
_SERVICE = re.compile("service", re.IGNORECASE)
_CALL = re.compile(r"service\s+(?:silent\s+)?<(https?://[^<>\"{}|^`\\\x00-\x20]+)>", re.IGNORECASE)


class Refused(Exception):
    """The query asks for what this server does not do; the message says what and how it could be allowed."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a query names itself, as IRIs; both empty when it names none."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.default or self.named)


def check(query: str, allowed: frozenset[str] = frozenset()) -> Dataset:
    """The dataset clauses of a query that calls no other host than those ``allowed`` (lower case, without port).

    Raises ``Refused`` otherwise. A text that is no SPARQL may pass: the engine reports it.
    """
    if _SERVICE.search(query):
        if allowed:
            _check_calls(query, allowed)
        else:
            _check_no_call(query)
    return _dataset(query)


def _check_no_call(query: str) -> None:
    for token in _TOKEN.finditer(query):
        kind, text = token.lastgroup, token.group()
        if kind == "iri" and not _CLEAR_IRI.fullmatch(text):
            raise Refused(
                f"the query holds the word SERVICE and {text}, which can be read in two ways: write it in full"
            )
        # "trueservice:x" is a prefixed name, or the word true and a call of service: the engine tries both.
        name = text.partition(":")[0] if kind == "prefixed" else text
        if kind in {"word", "prefixed"} and _SERVICE.search(name):
            raise Refused(
                "SERVICE is off: this server asks no other one (whoever starts it can allow a host: --allow-host)"
            )


def _check_calls(query: str, allowed: frozenset[str]) -> None:
    """Each occurrence of the word must call an allowed host, wherever it stands: in a string as well."""
    for found in _SERVICE.finditer(query):
        call = _CALL.match(query, found.start())
        if call is None:
            raise Refused(
                "each SERVICE must be followed by an address in full, <https://...>, and the word used nowhere else"
            )
        host = (urlsplit(call[1]).hostname or "").lower()
        if host not in allowed:
            raise Refused(f"SERVICE may not call {host or call[1]}: allowed are {', '.join(sorted(allowed))}")


def _dataset(query: str) -> Dataset:
    tokens = _meaningful(query)
    prefixes: dict[str, str] = {}
    default: list[str] = []
    named: list[str] = []
    for index, (kind, text) in enumerate(tokens):
        following = tokens[index + 1 : index + 3]
        if kind != "word" or not following:
            continue
        if text.lower() == "prefix" and len(following) == 2 and following[1][0] == "iri":
            prefixes[following[0][1]] = following[1][1][1:-1]
        if text.lower() == "from":
            named_one = following[0][1].lower() == "named"
            (named if named_one else default).append(_graph(following[named_one:], prefixes))
    return Dataset(tuple(default), tuple(named))


def _graph(tokens: list[tuple[str, str]], prefixes: dict[str, str]) -> str:
    if not tokens or tokens[0][0] not in {"iri", "prefixed"}:
        return ""
    kind, text = tokens[0]
    if kind == "iri":
        return text[1:-1]
    prefix, _, local = text.partition(":")
    return prefixes.get(prefix + ":", prefix + ":") + re.sub(r"\\(.)", r"\1", local)


def _meaningful(query: str) -> list[tuple[str, str]]:
    return [(kind, text) for kind, text in _tokens(query) if kind not in {"space", "comment"}]


def _tokens(query: str) -> Iterator[tuple[str, str]]:
    return ((token.lastgroup or "other", token.group()) for token in _TOKEN.finditer(query))
