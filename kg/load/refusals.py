"""What a store's refusal means and what can be done about it, in one line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from kg.load.credentials import PASSWORD, TOKEN, USER
from kg.load.dialects import Dialect

_LONGEST = 200


def refusal(status: int, headers: Mapping[str, str], body: bytes, dialect: Dialect, known: bool) -> str:
    """In plain words, for an answer of 300 or more; ``known`` says whether there were credentials to send."""
    said = _said(headers, body)
    match status:
        case 401 | 407 if not known:
            return f"wants to know who loads: set {USER} and {PASSWORD}, or {TOKEN}"
        case 401 | 407:
            return f"does not accept the credentials that {USER} and {PASSWORD}, or {TOKEN}, hold"
        case 403:
            return f"forbids it{'' if known else f' without credentials ({USER} and {PASSWORD}, or {TOKEN})'}{said}"
        case 404:
            return f"is not there (404); for {dialect.title} give an address like {dialect.example}{said}"
        case 413:
            return f"takes no request that large (413){said}"
        case _ if status < 400:
            return f"sends on to {_elsewhere(headers)} ({status}), which is not followed; give --to the right address"
        case _ if status >= 500:
            return f"failed ({status}){said}"
        case _:
            return f"does not understand {dialect.title}'s dialect ({status}); name the store with --store{said}"


def _elsewhere(headers: Mapping[str, str]) -> str:
    """Where a redirect points, without credentials or parameters."""
    try:
        there = urlsplit(headers.get("location", ""))
        host = there.netloc.rpartition("@")[2]
    except ValueError:
        host = ""
    return f"{there.scheme}://{host}{there.path}" if host else "another address"


def _said(headers: Mapping[str, str], body: bytes) -> str:
    """The first line of what the store says, without anything a terminal would act on; nothing for a web page."""
    if "html" in headers.get("content-type", ""):
        return ""
    lines = body.decode(errors="replace").strip().splitlines()
    text = re.sub(r"[^\x20-\x7e\xa0-\u1fff]+", " ", lines[0]).strip() if lines else ""
    return f": {text[:_LONGEST]}" if text else ""
