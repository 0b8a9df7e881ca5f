"""A large graph of the same shape as a small one: ``python -m tools.scale output/sample.ttl 1000000 -o big.nt``.

What is read from documents is repeated under new names until there are as many triples; states and organisations keep
theirs, for there are as many of them however much is read. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

from pyoxigraph import parse

from kg.namespaces import ID

SHARED = ("state/", "historical-state/", "organisation/", "international-organisation/")
RENAMED = re.compile(rf"<({re.escape(ID)}(?!{'|'.join(SHARED)})[^#>]+)")


def scaled(lines: list[str], triples: int) -> Iterator[str]:
    """The lines of N-Triples and renamed copies of them, ``triples`` in all where the graph has renamable ones.

    Lines that no copy changes are there once.
    """
    yield from islice(lines, triples)
    varied = [line for line in lines if RENAMED.search(line)]
    copies = (RENAMED.sub(rf"<\1-{number}", line) for number in count(2) for line in varied)
    yield from islice(copies, max(triples - len(lines), 0) if varied else 0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("graph", type=Path)
    parser.add_argument("triples", type=int)
    parser.add_argument("-o", "--output", type=Path, required=True)
    called = parser.parse_args()
    lines = sorted({f"{quad.triple} .\n" for quad in parse(path=called.graph)})
    with called.output.open("w", encoding="utf-8") as out:
        out.writelines(scaled(lines, called.triples))


if __name__ == "__main__":
    main()
