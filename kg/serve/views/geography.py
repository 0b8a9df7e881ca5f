"""Places on a map: where the graph, or the built-in reference data, knows coordinates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import sqrt

from pyoxigraph import Literal, NamedNode

from kg.namespaces import SCHEMA, TG, WDT
from kg.serve.graph import Graph, Thing
from kg.serve.reply import Reply
from kg.serve.views.render import page

GEO = "http://www.w3.org/2003/01/geo/wgs84_pos#"
_PAIRS = ((GEO + "lat", GEO + "long"), (SCHEMA + "latitude", SCHEMA + "longitude"))
_POINTS = (WDT + "P625", "http://www.opengis.net/ont/geosparql#asWKT")
_POINT = re.compile(r"\s*(?:<[^>]*>\s*)?POINT\s*Z?\s*\(\s*(-?[0-9.]+)\s+(-?[0-9.]+)[^)]*\)\s*", re.IGNORECASE)
_ROLES = ("location", "signedAt", "transfersTerritory")
WIDTH, HEIGHT = 1000, 500

Box = tuple[float, float, float, float]
"""The left and upper edges of a part of the map, its width and height."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the map: longitude and latitude in degrees, and how many events and treaties are there."""

    thing: Thing
    longitude: float
    latitude: float
    events: int
    mentions: int

    @property
    def x(self) -> float:
        """The place on a plate carrée map of 1,000 by 500."""
        return _x(self.longitude)

    @property
    def y(self) -> float:
        """The same from the top."""
        return _y(self.latitude)

    @property
    def radius(self) -> float:
        """Its area grows with what happened there."""
        return round(3 + 1.6 * sqrt(min(60, self.events)), 1)


def geography(graph: Graph, arguments: Mapping[str, str]) -> Reply:
    """The page, with as much of the world as the places need."""
    found = dict(_coordinates(graph))
    events = _events(graph)
    points = [_point(graph, iri, at, events[iri]) for iri, at in sorted(found.items())]
    points.sort(key=lambda p: (-p.events, -p.mentions, p.thing.label))
    shown = [p for p in points if p.events or p.mentions] or points
    box = _box(shown)
    return page(
        "map.html",
        points=shown,
        labelled=_labelled(shown, box),
        box=box,
        world=_world(graph, box),
        unplaced=graph.index.counts.get("Place", 0) - len(points),
    )


def _point(graph: Graph, iri: str, at: tuple[float, float], events: int) -> Point:
    entry = graph.index.by_iri.get(iri)
    return Point(graph.thing(iri), at[1], at[0], events, entry.mentions if entry else 0)


def _events(graph: Graph) -> Counter[str]:
    counts: Counter[str] = Counter()
    for role in _ROLES:
        for quad in graph.store.quads_for_pattern(None, NamedNode(TG + role), None):
            if isinstance(quad.object, NamedNode):
                counts[quad.object.value] += 1
    return counts


def _coordinates(graph: Graph) -> Iterator[tuple[str, tuple[float, float]]]:
    yield from ((iri, at) for iri, at in graph.places.known.items() if graph.cls(iri) == "Place")
    for latitude, longitude in _PAIRS:
        for quad in graph.store.quads_for_pattern(None, NamedNode(latitude), None):
            if isinstance(quad.subject, NamedNode):
                told = _number(quad.object), _number(graph.value(quad.subject.value, longitude))
                yield from _valid(quad.subject.value, *told)
    for predicate in _POINTS:
        for quad in graph.store.quads_for_pattern(None, NamedNode(predicate), None):
            match = _POINT.fullmatch(quad.object.value) if isinstance(quad.object, Literal) else None
            if match and isinstance(quad.subject, NamedNode):
                yield from _valid(quad.subject.value, _number(match[2]), _number(match[1]))


def _valid(iri: str, latitude: float | None, longitude: float | None) -> Iterator[tuple[str, tuple[float, float]]]:
    if latitude is not None and longitude is not None and abs(latitude) <= 90 and abs(longitude) <= 180:
        yield iri, (latitude, longitude)


def _number(value: object) -> float | None:
    text = value.value if isinstance(value, Literal) else value
    try:
        return float(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _box(points: list[Point]) -> Box:
    """The part of the map that holds all points, twice as wide as high, with a margin."""
    if not points:
        return (0, 0, WIDTH, HEIGHT)
    left, right = min(p.x for p in points) - 25, max(p.x for p in points) + 60
    top, bottom = min(p.y for p in points) - 20, max(p.y for p in points) + 20
    width = min(WIDTH, max(right - left, 2 * (bottom - top), 120))
    x = max(0, min(WIDTH - width, (left + right - width) / 2))
    y = max(0, min(HEIGHT - width / 2, (top + bottom - width / 2) / 2))
    return (round(x, 1), round(y, 1), round(width, 1), round(width / 2, 1))


def _world(graph: Graph, box: tuple[float, float, float, float]) -> list[tuple[float, float]]:
    """Where there are cities, as dots: they draw the land."""
    dots = {(_x(longitude), _y(latitude)) for latitude, longitude in graph.places.world}
    x, y, width, height = box
    return sorted(dot for dot in dots if x <= dot[0] <= x + width and y <= dot[1] <= y + height)


def _x(longitude: float) -> float:
    return round((longitude + 180) / 360 * WIDTH, 1)


def _y(latitude: float) -> float:
    return round((90 - latitude) / 180 * HEIGHT, 1)


def _labelled(points: list[Point], box: Box) -> list[tuple[Point, bool]]:
    """The points whose names can be written without touching one another, the weightiest first.

    The name stands behind the point, or before it (``True``) where it would leave the map.
    """
    scale, end = box[2] / 700, box[0] + box[2]
    taken: list[tuple[float, float, float, float]] = []
    found = []
    for point in points[:400]:
        width = (point.radius + 4 + 6.2 * len(point.thing.label)) * scale
        before = point.x + width > end
        left, right = (point.x - width, point.x) if before else (point.x, point.x + width)
        top, bottom = point.y - 7 * scale, point.y + 7 * scale
        if all(right < x or left > x2 or bottom < y or top > y2 for x, y, x2, y2 in taken):
            taken.append((left, top, right, bottom))
            found.append((point, before))
    return found
