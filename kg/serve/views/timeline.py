"""Events and treaties in time: a chart of how many there were, and the list of a stretch of years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from kg.namespaces import TG
from kg.serve.graph import Graph, Thing
from kg.serve.reply import Reply
from kg.serve.views import related
from kg.serve.views.render import page
from kg.serve.words import year_of

FIRST = 1800
_LISTED = 150
_LINES = 40
_DECADES_FROM = 45
GROUPS = {
    "treaties": ("Treaties", ("Treaty",)),
    "life": ("Steps of treaties", ("Negotiation", "Signing", "Ratification", "EntryIntoForce", "Termination")),
    "met": ("Meetings", ("Meeting", "Visit", "Summit")),
    "other": ("Other events", ("Accession", "Cession", "Conflict", "Interaction", "Event")),
}
"""What is counted together: a key, its name and its classes."""

WIDTH, HEIGHT = 960, 180


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the chart, with its parts from the bottom up: (group, y, height)."""

    label: str
    total: int
    x: float
    width: float
    parts: list[tuple[str, float, float]]
    href: str


@dataclass(frozen=True, slots=True)
class Line:
    """The life of a treaty: x of its signing, of its entry into force and of its end (or of the chart's)."""

    thing: Thing
    signed: float
    force: float | None
    end: float | None
    note: str


@dataclass(frozen=True, slots=True)
class Scale:
    """From years to the chart: whole bins of ``step`` years from ``first`` up to, not with, ``end``."""

    first: int
    end: int
    step: int

    @classmethod
    def of(cls, first: int, last: int) -> Scale:
        """The scale of some years, by decades for many."""
        step = 10 if last - first >= _DECADES_FROM else 1
        return cls(first // step * step, (last // step + 1) * step, step)

    def x(self, year: float) -> float:
        """Where a moment is, in units of ``WIDTH``, the ends of the chart for what is beyond them."""
        part = (year - self.first) / (self.end - self.first)
        return round(min(1, max(0, part)) * WIDTH, 1)

    def ticks(self) -> list[tuple[int, float]]:
        """At most twelve round years and where they are."""
        step = next(s for s in (1, 2, 5, 10, 20, 25, 50, 100, 250, 1000) if (self.end - self.first) / s <= 12)
        return [(year, self.x(year)) for year in range(-(-self.first // step) * step, self.end, step)]


def timeline(graph: Graph, arguments: Mapping[str, str]) -> Reply:
    """The page for the years ``from`` to ``to`` (``today`` at the most) and the groups of ``kind``, all without it."""
    today = int(arguments["today"])
    first, last = _years(arguments, today)
    scale = Scale.of(first, last)
    kind = arguments.get("kind", "")
    classes = {cls for key, (_, names) in GROUPS.items() if kind in ("", key) for cls in names}
    dated = _dated(graph, classes)
    inside = [(year, raw, iri) for year, raw, iri in dated if first <= year <= last]
    shown = inside[:_LISTED]
    return page(
        "timeline.html",
        first=first,
        last=last,
        start=FIRST,
        today=today,
        kind=kind,
        groups=GROUPS,
        bars=_bars(graph, inside, scale, kind),
        ticks=scale.ticks(),
        lines=_lines(graph, inside, scale) if kind in ("", "treaties") else [],
        lines_most=_LINES,
        width=WIDTH,
        height=HEIGHT,
        years=_by_year(graph, shown),
        total=len(inside),
        more=len(inside) - len(shown),
        earlier=sum(year < FIRST for year, _, _ in dated),
    )


def _years(arguments: Mapping[str, str], today: int) -> tuple[int, int]:
    given = [arguments.get(name, "") for name in ("from", "to")]
    first = int(given[0]) if given[0].isdecimal() and len(given[0]) < 5 else FIRST
    last = int(given[1]) if given[1].isdecimal() and len(given[1]) < 5 else today
    return (first, last) if first <= last else (last, first)


def _dated(graph: Graph, classes: set[str]) -> list[tuple[int, str, str]]:
    found = []
    for iri, (earliest, _) in graph.index.dates.items():
        entry = graph.index.by_iri.get(iri)
        year = year_of(earliest)
        if entry and year is not None and entry.cls in classes:
            found.append((year, earliest, iri))
    return sorted(found)


def _bars(graph: Graph, inside: list[tuple[int, str, str]], scale: Scale, kind: str) -> list[Bar]:
    group = {cls: key for key, (_, names) in GROUPS.items() for cls in names}
    counts = Counter((year // scale.step * scale.step, group[graph.index.by_iri[iri].cls]) for year, _, iri in inside)
    starts = range(scale.first, scale.end, scale.step)
    most = max((sum(counts[start, key] for key in GROUPS) for start in starts), default=0) or 1
    return [_bar(start, scale, counts, most, kind) for start in starts]


def _bar(start: int, scale: Scale, counts: Counter[tuple[int, str]], most: int, kind: str) -> Bar:
    parts, y = [], float(HEIGHT)
    for key in GROUPS:
        if counts[start, key]:
            height = counts[start, key] / most * HEIGHT
            y -= height
            parts.append((key, round(y, 1), round(height, 1)))
    last = start + scale.step - 1
    href = "/timeline?" + urlencode({"from": start, "to": last} | ({"kind": kind} if kind else {}))
    width = round(scale.x(start + scale.step) - scale.x(start) - 1.5, 1)
    total = sum(counts[start, key] for key in GROUPS)
    return Bar(str(start) if start == last else f"{start} to {last}", total, scale.x(start), max(1, width), parts, href)


def _lines(graph: Graph, inside: list[tuple[int, str, str]], scale: Scale) -> list[Line]:
    treaties = [(raw, iri) for _, raw, iri in inside if graph.index.by_iri[iri].cls == "Treaty"]
    chosen = sorted(treaties, key=lambda pair: -graph.index.by_iri[pair[1]].mentions)[:_LINES]
    return [_line(graph, iri, raw, scale) for raw, iri in sorted(chosen)]


def _line(graph: Graph, iri: str, raw: str, scale: Scale) -> Line:
    force, end = (_moment(graph.value(iri, TG + name)) for name in ("inForceFrom", "terminatedOn"))
    later = min((m for r in graph.subjects(TG + "replaces", iri) if (m := _moment(_first_day(graph, r)))), default=None)
    until = end or later
    note = f"ended {int(end)}" if end else f"replaced {int(later)}" if later else ""
    start = _moment(raw) or scale.first
    at = [None if m is None else scale.x(m) for m in (force, until)]
    return Line(graph.thing(iri), scale.x(start), at[0], at[1], note)


def _first_day(graph: Graph, iri: str) -> str | None:
    return graph.index.dates.get(iri, (None, None))[0]


def _moment(raw: str | None) -> float | None:
    """A date as a fraction of years: ``2025.5`` in the midst of 2025."""
    if not raw or year_of(raw) is None:
        return None
    year, _, rest = raw.partition("-")
    month, _, day = rest.partition("-")
    months = int(month) - 1 if month.isdecimal() else 0
    days = int(day) - 1 if day.isdecimal() else 0
    return int(year) + months / 12 + days / 366


def _by_year(graph: Graph, shown: list[tuple[int, str, str]]) -> list[tuple[int, list[related.Happening]]]:
    years: dict[int, list[related.Happening]] = {}
    for year, _, iri in shown:
        years.setdefault(year, []).append(related.happening(graph, iri))
    return list(years.items())
