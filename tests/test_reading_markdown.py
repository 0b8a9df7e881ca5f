from __future__ import annotations

from pathlib import Path

import pytest
from reading_help import blocks, cut, read_text, skipped

from kg.reading.markdown import unlinked

LONG = (
    "The delegations met on Monday in the old town hall and agreed on a **protocol** about\n[fisheries](https://x.org)."
)

TEXT = f"""---
title: Protocol signed
date: 2024-03-04
publisher: "Harbour Gazette"
url: https://example.org/pact
---

# Protocol signed #

{LONG}

What it says
------------

1. It names zones in which boats may fish.
2. It sets up a commission of experts.

> It was a good day.

```
code is not read
```

***

| a | b |
|---|---|
"""


def test_a_markdown_text_is_its_own_record(tmp_path: Path) -> None:
    document = read_text(tmp_path, TEXT, "pact.md")
    assert document.text == TEXT
    assert blocks(document)[:3] == [("title", "Protocol signed"), ("paragraph", LONG), ("heading", "What it says")]
    assert ("paragraph", "It names zones in which boats may fish.") in blocks(document)
    assert ("paragraph", "It was a good day.") in blocks(document)
    assert cut(document, document.blocks[-1].heading) == "What it says"


def test_what_is_markup_is_not_read(tmp_path: Path) -> None:
    found = skipped(read_text(tmp_path, TEXT, "pact.md"))
    assert found["------------"] == found["***"] == found["|---|---|"] == "markup"
    assert found["code is not read"] == "code"
    assert found[TEXT[: TEXT.index("\n\n")]] == "front matter"


def test_front_matter_is_metadata(tmp_path: Path) -> None:
    document = read_text(tmp_path, TEXT, "pact.md")
    assert (document.title, document.publisher) == ("Protocol signed", "Harbour Gazette")
    assert document.issued and document.issued.text == "2024-03-04"
    assert document.url == "https://example.org/pact"


def test_a_rule_at_the_top_is_no_front_matter(tmp_path: Path) -> None:
    document = read_text(tmp_path, "---\n\nThe delegations met in the town hall.\n\nThey went home.\n", "pact.md")
    assert [kind for kind, _ in blocks(document)] == ["paragraph", "paragraph"]


def test_code_that_never_ends(tmp_path: Path) -> None:
    document = read_text(tmp_path, "# Title\n\nOne sentence.\n\n```\nrest\n# no heading", "pact.md")
    assert [kind for kind, _ in blocks(document)] == ["title", "paragraph"]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("the [Council](https://x.org/a_(b)) met", "the Council met"),
        ('a [pact](https://x.org "its title").', "a pact."),
        ("the [Duma](<https://x.org/a b>) and [Oman](/oman)", "the Duma and Oman"),
        ("![flag](flag.png) of [Iran](#iran)", "flag of Iran"),
        ("they [sic] met (in Oslo)", "they [sic] met (in Oslo)"),
        ("[1](one of many) is no link", "[1](one of many) is no link"),
    ],
)
def test_addresses_of_links_are_not_read_and_no_character_moves(text: str, read: str) -> None:
    found = unlinked(text)
    assert len(found) == len(text)
    assert " ".join(found.split()).replace(" .", ".") == read
    assert all(after in (before, " ") for before, after in zip(text, found, strict=True))
