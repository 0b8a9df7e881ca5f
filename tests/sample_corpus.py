"""The documents of the sample corpus, each as plain text under the name of its gold annotation."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from kg import resources

SAMPLE = resources.data("sample")
GOLD = Path(__file__).parent / "gold"


def documents() -> Iterator[tuple[str, Path, str]]:
    """Each document's name (the stem of its gold file), the file it is in and its text.

    Line *n* of ``feed.jsonl`` is ``feed-n``. The text of a web page is its article, which is kept beside the gold.
    """
    for path in sorted(p for p in SAMPLE.iterdir() if p.suffix != ".rst"):
        if path.suffix == ".jsonl":
            lines = path.read_text(encoding="utf-8").splitlines()
            for number, record in enumerate(map(json.loads, lines), start=1):
                yield f"{path.stem}-{number}", path, f"{record['title']}\n\n{record['text']}\n"
        elif path.suffix == ".gz":
            yield path.name.removesuffix(".txt.gz"), path, gzip.decompress(path.read_bytes()).decode()
        elif path.suffix == ".html":
            yield path.stem, path, (GOLD / f"{path.stem}.txt").read_text(encoding="utf-8")
        else:
            yield path.stem, path, path.read_text(encoding="utf-8")
