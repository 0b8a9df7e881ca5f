"""How fast a dump is read: ``PYTHONPATH=. python tests/wikidata_speed.py [ENTITIES]`` writes one and tells.

Of 14 entities 12 are articles, one is a politician and one a hamlet; a line has 3.7 kB.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

from wikidata_help import entity, noise, write_dump

from kg.wikidata.indexing import make_index

TERMS = [("Q218295", {"P580": "2001-01-01", "P582": "2004"})] * 3


def entities(count: int) -> Iterator[dict[str, Any]]:
    for number, article in enumerate(noise(count * 12 // 14)):
        yield article
        if number % 12 == 0:
            claims = {"P31": ["Q5"], "P27": ["Q159"], "P106": ["Q82955"], "P39": TERMS, "P569": ["1950-03-21"]}
            yield entity(f"Q{number + 1000}", f"Politician {number}", claims, [f"Alias {number}"], 8)
        if number % 12 == 1:
            yield entity(f"Q{number + 1000}", f"Hamlet {number}", {"P17": ["Q159"], "P625": ["1 1"]}, [], 2)


def main(count: int) -> None:
    with TemporaryDirectory() as folder:
        for ending in ("json", "json.gz", "json.bz2"):
            dump = write_dump(Path(folder) / f"dump.{ending}", entities(count))
            size = (Path(folder) / "dump.json").stat().st_size / 1_000_000
            begun = process_time()
            result = make_index(dump, Path(folder) / "index")
            seconds = process_time() - begun
            print(
                f"{ending:9} {result.read:,} entities, {size:.0f} MB unpacked, {result.kept:,} kept:"
                f" {result.read / seconds:,.0f} a second, {size / seconds:.0f} MB a second of processor time"
            )
    print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB, the writing included")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
