"""What a validation found, and its report as SHACL writes it (https://www.w3.org/TR/shacl/#validation-report)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from kg.namespaces import SH

SHAPES = "https://w3id.org/treatygraph/shapes#"


class Severity(StrEnum):
    """How grave a finding is, the gravest first."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Finding:
    """One result. ``shape`` and ``component`` are IRIs, ``name`` is what the shape is called.

    ``focus``, ``path`` and ``value`` are in Turtle without prefixes (``<https://...>``, ``"1813"^^<...>``,
    ``[ <...inversePath> <...> ]``); ``path`` and ``value`` are ``None`` where the result has none.
    """

    severity: Severity
    shape: str
    name: str
    focus: str
    message: str
    component: str
    path: str | None = None
    value: str | None = None

    @property
    def order(self) -> tuple[int, str, str, str, str, str]:
        """What findings are sorted by."""
        return (self.severity.rank, self.shape, self.focus, self.path or "", self.value or "", self.message)


@dataclass(frozen=True, slots=True)
class Report:
    """All findings, the gravest first, and how many triples were checked."""

    findings: tuple[Finding, ...]
    triples: int

    def conforms(self, fail_on: Severity | None = Severity.VIOLATION) -> bool:
        """Whether nothing is as grave as ``fail_on`` or graver; ``None`` lets everything pass."""
        return fail_on is None or all(f.severity.rank > fail_on.rank for f in self.findings)

    def counts(self) -> dict[Severity, int]:
        """How many findings of each severity, none left out."""
        found = Counter(f.severity for f in self.findings)
        return {severity: found[severity] for severity in Severity}

    def by_shape(self) -> dict[str, tuple[Finding, ...]]:
        """The findings by the IRI of their shape, in the order of the findings."""
        return {shape: tuple(group) for shape, group in groupby(self.findings, lambda f: f.shape)}

    def to_turtle(self) -> str:
        """The ``sh:ValidationReport``; the same findings give the same characters.

        As the standard has it, ``sh:conforms`` is false when there is any result, whatever its severity.
        """
        rows = [f"@prefix sh: <{SH}> .\n\n[] a sh:ValidationReport"]
        rows.append(f"    sh:conforms {'false' if self.findings else 'true'}")
        rows += [f"    sh:result [\n{_result(finding)}\n    ]" for finding in self.findings]
        return " ;\n".join(rows) + " .\n"


def sorted_findings(findings: list[Finding]) -> tuple[Finding, ...]:
    """Each finding once, in order."""
    return tuple(sorted(set(findings), key=lambda f: f.order))


def quoted(text: str) -> str:
    """``text`` as a string of N-Triples, all control characters escaped."""
    escapes = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return '"' + "".join(escapes.get(c) or (c if c >= " " else f"\\u{ord(c):04X}") for c in text) + '"'


def _result(finding: Finding) -> str:
    rows = {
        "a": "sh:ValidationResult",
        "sh:resultSeverity": f"sh:{finding.severity.value.capitalize()}",
        "sh:sourceShape": f"<{finding.shape}>",
        "sh:sourceConstraintComponent": f"<{finding.component}>",
        "sh:focusNode": finding.focus,
        "sh:resultPath": finding.path,
        "sh:value": finding.value,
        "sh:resultMessage": quoted(finding.message) + "@en",
    }
    return " ;\n".join(f"        {key} {value}" for key, value in rows.items() if value is not None)
