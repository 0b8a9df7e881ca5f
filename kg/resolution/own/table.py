"""Entities from a table: CSV as RFC 4180 has it, separated by commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.errors import SettingsError
from kg.resolution.offices import canonical
from kg.resolution.own.entries import (
    DATED,
    Entry,
    Reading,
    Wrong,
    columns,
    date,
    entity_id,
    folders,
    in_order,
    names,
    parted,
    text,
    wikidata_id,
)
from kg.resolution.records import Membership, Record, Term

REQUIRED = ("class", "name")
SEPARATORS = ",;\t"
MAX_BYTES = 100_000_000

Row = dict[str, str]


def read(path: Path) -> Reading:
    """The rows of a table as entries; a wrong row is an error, the others count.

    Raises ``SettingsError`` for a file that cannot be read, is not UTF-8, or has another header.
    """
    content = _content(path)
    separator, header = _header(path, content)
    found = Reading()
    for number, cells in _rows(content, separator):
        entry = Entry(str(path), f"line {number}", Record("", "", ""))
        try:
            if isinstance(cells, Wrong):
                raise cells
            record = _record(_named(header, cells), str(path))
            found.entries.append(Entry(entry.file, entry.place, record))
        except Wrong as wrong:
            found.errors.append(entry.wrong(str(wrong)))
    return found


def _content(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise SettingsError(f"--reference {path}: larger than {MAX_BYTES // 1_000_000} MB")
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise SettingsError(f"--reference {path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"--reference {path}: not UTF-8 (byte {error.start + 1}); save it as UTF-8") from None


def _header(path: Path, content: str) -> tuple[str, list[str]]:
    """The separator by which most of the first line are known columns, and the columns."""
    first = content.split("\n", 1)[0].rstrip("\r")
    splits = {s: [_column(cell) for cell in next(csv.reader([first], delimiter=s), [])] for s in SEPARATORS}
    separator, header = max(splits.items(), key=lambda split: sum(cell in columns() for cell in split[1]))
    missing = [name for name in REQUIRED if name not in header]
    unknown = [name for name in header if name not in columns()]
    twice = sorted({name for name in header if header.count(name) > 1})
    for fault, which in (("lacks", missing), ("has the unknown", unknown), ("has twice the", twice)):
        if which:
            wrong = f"the header {fault} column {', '.join(map(repr, which))}"
            raise SettingsError(f"--reference {path}: {wrong}; known are {', '.join(columns())}")
    return separator, header


def _column(cell: str) -> str:
    return "_".join(cell.strip().lower().split())


def _rows(content: str, separator: str) -> Iterator[tuple[int, list[str] | Wrong]]:
    """Line and cells of each row below the header that is not empty."""
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=separator, strict=True)
    end = 0
    while True:
        begin, end = end + 1, end
        try:
            cells: list[str] | Wrong = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            cells = Wrong(f"no CSV: {error}")
        end = reader.line_num
        if begin > 1 and (isinstance(cells, Wrong) or any(cell.strip() for cell in cells)):
            yield begin, cells


def _named(header: list[str], cells: list[str]) -> Row:
    if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
        raise Wrong(f"{len(cells)} cells under {len(header)} columns")
    return dict.fromkeys(columns(), "") | {k: v.strip() for k, v in zip(header, cells, strict=False)}


def _record(row: Row, file: str) -> Record:
    cls = _class(row["class"])
    for column, classes in columns().items():
        if row[column] and classes and cls not in classes:
            raise Wrong(f"a {cls} has no {column!r}; it is for {', '.join(sorted(classes))}")
    name = text(row["name"])
    aliases = names([*_parts(row["aliases"]), *_parts(row["acronyms"])], besides=[name])
    surnames = names(_parts(row["surnames"]))
    if cls == "Person":
        aliases, last = parted(name, aliases)
        surnames = names([*surnames, *last])
    dates: dict[str, Any] = {column: date(row[column], column.replace("_", " ")) for column in DATED}
    in_order(dates["start"] or dates["signed"], dates["end"])
    return Record(
        entity_id(row["id"]),
        cls,
        name,
        aliases,
        demonyms=names(_parts(row["demonyms"])),
        qid=wikidata_id(row["qid"]),
        lineage=row["lineage"] or None,
        successors=tuple(sorted(_parts(row["successors"]))),
        country=row["of"] or None,
        seats=names(_parts(row["capital"])),
        surnames=surnames,
        terms=tuple(sorted(map(_term, _parts(row["offices"])), key=repr)),
        memberships=tuple(sorted(map(_membership, _parts(row["member_of"])), key=repr)),
        prior=1.0,
        parties=tuple(sorted(_parts(row["parties"]))),
        place=row["signed_at"] or None,
        sources=(file,),
        **dates,
    )


def _class(cell: str) -> str:
    plain = {_letters(cls): cls for cls in folders()}
    found = plain.get(_letters(cell).replace("ization", "isation"))
    if found is None:
        raise Wrong(f"{cell!r} is no class; known are {', '.join(folders())}" if cell else "no class")
    return found


def _letters(name: str) -> str:
    return "".join(c for c in name.lower() if c.isalpha())


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


def _dated(part: str, shape: str, size: int) -> list[str]:
    cells = [cell.strip() for cell in part.split("@")]
    if not size - 2 <= len(cells) <= size or not all(cells[: size - 2]):
        raise Wrong(f"{part!r} is not of the form {shape}")
    return cells + [""] * (size - len(cells))


def _term(part: str) -> Term:
    role, of, start, end = _dated(part, "role@of@start@end", 4)
    begun, ended = date(start, f"the start of {role!r}"), date(end, f"the end of {role!r}")
    in_order(begun, ended, f"{role!r} ")
    return Term(canonical(text(role)), of, begun, ended)


def _membership(part: str) -> Membership:
    of, start, end = _dated(part, "organisation@start@end", 3)
    begun, ended = date(start, f"the start of {of!r}"), date(end, f"the end of {of!r}")
    in_order(begun, ended, f"{of!r} ")
    return Membership(of, begun, ended)
