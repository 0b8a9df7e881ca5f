"""Whether the terms of a graph are what they claim to be, which SHACL does not ask.

IRIs after RFC 3987, language tags after RFC 5646 (their shape, not the registry), the lexical forms of the datatypes of
XML Schema 1.1 part 2 that the ontology uses, and the characters that XML 1.0 can write.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.namespaces import RDF, SH, XSD
from kg.rdf.findings import SHAPES, Finding, Severity, quoted

Term = NamedNode | BlankNode | Literal | Triple

_UCS = "\u00a0-\u200d\u2010-\u2029\u202f-\ud7ff\uf900-\ufdcf\ufdf0-\uffef" + "".join(
    f"{chr(plane << 16)}-{chr((plane << 16) + 0xFFFD)}" for plane in range(1, 15)
)
_CHAR = rf"(?:[A-Za-z0-9._~!$&'()*+,;=:@/{_UCS}-]|%[0-9A-Fa-f]{{2}})"
_IP_LITERAL = rf"//(?:{_CHAR}*@)?\[[0-9A-Fa-f:.v]+\](?::[0-9]*)?(?=[/?#]|\Z)"
_IRI = re.compile(
    rf"[A-Za-z][A-Za-z0-9+.-]*:(?:{_IP_LITERAL})?{_CHAR}*"
    rf"(?:\?(?:{_CHAR}|[?\ue000-\uf8ff])*)?(?:\#(?:{_CHAR}|\?)*)?"
)
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_YEAR = r"-?(?:[1-9][0-9]{4,}|[0-9]{4})"
_MONTH = r"(?:0[1-9]|1[0-2])"
_ZONE = r"(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
_TIME = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
_DURATION_TIME = (
    r"T(?:[0-9]+H(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]+)?S)?|[0-9]+M(?:[0-9]+(?:\.[0-9]+)?S)?|[0-9]+(?:\.[0-9]+)?S)"
)
_DAY = rf"(?P<year>{_YEAR})-(?P<month>{_MONTH})-(?P<day>0[1-9]|[12][0-9]|3[01])"

_LEXICAL = {
    XSD + name: re.compile(pattern)
    for name, pattern in {
        "boolean": "true|false|1|0",
        "integer": "[+-]?[0-9]+",
        "nonNegativeInteger": r"\+?[0-9]+|-0+",
        "positiveInteger": r"\+?0*[1-9][0-9]*",
        "decimal": r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)",
        "double": r"[+-]?(?:(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[Ee][+-]?[0-9]+)?|INF)|NaN",
        "gYear": _YEAR + _ZONE,
        "gYearMonth": f"{_YEAR}-{_MONTH}{_ZONE}",
        "date": _DAY + _ZONE,
        "dateTime": f"{_DAY}T{_TIME}{_ZONE}",
        "duration": rf"-?P(?=[0-9T])(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?(?:{_DURATION_TIME})?",
    }.items()
}


def is_iri(text: str) -> bool:
    """Whether ``text`` is an absolute IRI, without the characters for writing direction (RFC 3987, 4.1)."""
    return _IRI.fullmatch(text) is not None


def is_lexical(text: str, datatype: str) -> bool:
    """Whether ``text`` is in the lexical space of ``datatype`` (an IRI); any text is, for a datatype unknown here."""
    pattern = _LEXICAL.get(datatype)
    match = pattern.fullmatch(text) if pattern else None
    return pattern is None or (match is not None and _day_exists(match))


def term_text(term: Term) -> str:
    """``term`` in Turtle, or as a plain string where it is so ill-formed that Turtle cannot write it."""
    match term:
        case NamedNode(value=iri):
            return f"<{iri}>" if is_iri(iri) else quoted(iri)
        case Literal(value=text, language=str(language)):
            return quoted(text) + (f"@{language}" if _LANGUAGE.fullmatch(language) else "")
        case Literal(value=text, datatype=NamedNode(value=datatype)):
            plain = datatype == XSD + "string" or not is_iri(datatype)
            return quoted(text) if plain else f"{quoted(text)}^^<{datatype}>"
    return str(term)


def ill_formed(quads: Iterable[Quad]) -> list[Finding]:
    """A finding for each ill-formed term of each triple; its focus is the subject, its path the predicate."""
    causes: dict[Term, tuple[Finding, ...]] = {}
    findings: list[Finding] = []
    for quad in quads:
        for term in (quad.subject, quad.predicate, quad.object):
            if term not in causes:
                causes[term] = tuple(_causes(term))
            findings += [_at(quad, finding) for finding in causes[term]]
    return findings


def _causes(term: Term) -> Iterator[Finding]:
    if isinstance(term, NamedNode):
        if not is_iri(term.value):
            yield _finding("WellFormed-iri", term, f"Not an IRI: {_shown(term.value)}")
    elif isinstance(term, Literal):
        yield from _literal_causes(term)


def _literal_causes(literal: Literal) -> Iterator[Finding]:
    datatype = literal.datatype.value
    if literal.language is not None and not _LANGUAGE.fullmatch(literal.language):
        yield _finding("WellFormed-language", literal, f"Not a language tag: {_shown(literal.language)}")
    if not is_iri(datatype):
        yield _finding("WellFormed-iri", literal, f"The datatype is not an IRI: {_shown(datatype)}")
    if datatype == RDF + "langString" and literal.language is None:
        yield _finding("WellFormed-language", literal, f"A text without its language tag: {_shown(literal.value)}")
    if not is_lexical(literal.value, datatype):
        name = datatype.removeprefix(XSD)
        yield _finding("WellFormed-literal", literal, f"Not an xsd:{name}: {_shown(literal.value)}")
    if unwritable := _NOT_XML.search(literal.value):
        code = f"U+{ord(unwritable[0]):04X}"
        yield _finding("WellFormed-characters", literal, f"The text holds {code}, which RDF/XML cannot write.")


_RULES: dict[str, tuple[Severity, str, str]] = {
    "WellFormed-iri": (Severity.VIOLATION, "IRIs are IRIs", "NodeKindConstraintComponent"),
    "WellFormed-literal": (Severity.VIOLATION, "Values fit their datatype", "DatatypeConstraintComponent"),
    "WellFormed-language": (Severity.VIOLATION, "Language tags are tags", "LanguageInConstraintComponent"),
    "WellFormed-characters": (Severity.WARNING, "Texts can be written everywhere", "PatternConstraintComponent"),
}


def _finding(rule: str, term: Term, message: str) -> Finding:
    severity, name, component = _RULES[rule]
    return Finding(severity, SHAPES + rule, name, "", message, SH + component, value=term_text(term))


def _at(quad: Quad, finding: Finding) -> Finding:
    predicate = quad.predicate.value
    return Finding(
        finding.severity,
        finding.shape,
        finding.name,
        term_text(quad.subject),
        finding.message,
        finding.component,
        f"<{predicate}>" if is_iri(predicate) else None,
        finding.value,
    )


def _day_exists(match: re.Match[str]) -> bool:
    if "day" not in match.re.groupindex:
        return True
    # The calendar repeats every 400 years, so that years outside 1 to 9999 are asked for inside.
    year = int(match["year"]) % 400 + 400
    try:
        dt.date(year, int(match["month"]), int(match["day"]))
    except ValueError:
        return False
    return True


def _shown(text: str) -> str:
    return ascii(text if len(text) <= 80 else text[:77] + "...")
