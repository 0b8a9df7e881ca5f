"""How an answer can be written."""

from __future__ import annotations

from enum import StrEnum


class Layout(StrEnum):
    """The layouts of answers: CSV and JSON are those of SPARQL 1.1 Query Results, Turtle is for graphs."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    TURTLE = "turtle"
