"""Which form of an answer a client prefers (RFC 9110, 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterable


def best(accept: str, offered: Iterable[str]) -> str | None:
    """The media type of ``offered`` with the highest quality, the first among equals; ``None`` when none is wanted.

    An empty header accepts all. The most specific range decides on a type: ``text/html;q=0.1, */*`` likes all more.
    """
    ranges = _ranges(accept) or [("*/*", 1.0)]
    types = list(offered)
    rated = [(_quality(each, ranges), -position, each) for position, each in enumerate(types)]
    quality, _, chosen = max(rated, default=(0.0, 0, ""))
    return chosen if quality > 0 else None


def _ranges(accept: str) -> list[tuple[str, float]]:
    found = []
    for part in accept.split(","):
        name, *parameters = (each.strip().lower() for each in part.split(";"))
        if name:
            found.append((name, _weight(parameters)))
    return found


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return float(parameter.removeprefix("q="))
            except ValueError:
                return 0.0
    return 1.0


def _quality(media_type: str, ranges: list[tuple[str, float]]) -> float:
    wanted = (media_type, f"{media_type.partition('/')[0]}/*", "*/*")
    for name in wanted:
        weights = [weight for each, weight in ranges if each == name]
        if weights:
            return max(weights)
    return 0.0
