"""What a worker answers: a status, a media type and bytes."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

HTML = "text/html; charset=utf-8"
JSON = "application/json"
PLAIN = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Reply:
    """An HTTP response without the headers that all have."""

    status: int
    media_type: str
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def plain(cls, status: int, message: str) -> Reply:
        """A line for a person."""
        return cls(status, PLAIN, f"{message}\n".encode("utf-8", "replace"))

    @classmethod
    def of_json(cls, value: Any, status: int = 200) -> Reply:
        """A JSON value."""
        return cls(status, JSON, json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))

    @property
    def head(self) -> dict[str, Any]:
        """All but the body, as a message's head."""
        return {"status": self.status, "type": self.media_type, "headers": self.headers}
