"""A user's own reference data: entities from tables and graphs that go before the packaged ones (docs/reference.md)."""

from __future__ import annotations

from kg.resolution.own.loading import load

__all__ = ["load"]
