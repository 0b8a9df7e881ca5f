"""Tables of a user's own entities: separators, encodings, each wrong row with its line, wrong headers."""

from pathlib import Path

import pytest
from own_help import loaded

from kg.errors import SettingsError
from kg.resolution.own import table
from kg.resolution.own.entries import columns
from kg.resolution.records import Membership, Term


def read(folder: Path, content: bytes | str, name: str = "own.csv") -> table.Reading:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return table.read(path)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_header_tells_the_separator(tmp_path: Path, separator: str, mark: bytes, end: str) -> None:
    rows = [["Name", " Class ", "Member Of"], ["Zenda, Old; Town", "State", "SCO@2001"]]
    lines = [separator.join(f'"{cell}"' for cell in row) for row in rows]
    found = read(tmp_path, mark + end.join(lines).encode())
    assert [e.record.name for e in found.entries] == ["Zenda, Old; Town"] and not found.errors
    assert found.entries[0].record.memberships == (Membership("SCO", "2001"),)


def test_a_row_gives_all_that_a_record_holds(tmp_path: Path) -> None:
    content = (
        "class,name,aliases,acronyms,qid,start,offices\n"
        "person,Rudolf  Rassendyll,Rassendyll|Rudi the Red,RR,https://www.wikidata.org/wiki/Q42,1961-02,"
        "foreign minister@state/iran@2001-05@2003|energy minister@Iran\n"
    )
    record = read(tmp_path, content).entries[0].record
    assert (record.name, record.cls, record.qid, record.start) == ("Rudolf Rassendyll", "Person", "Q42", "1961-02")
    assert record.aliases == ("RR", "Rudi the Red") and record.surnames == ("Rassendyll",)
    assert set(record.terms) == {
        Term("Minister of Foreign Affairs", "state/iran", "2001-05", "2003"),
        Term("Minister of Energy", "Iran"),
    }


@pytest.mark.parametrize(
    ("row", "cause"),
    [
        ("Ship,Boat", "'Ship' is no class"),
        (",Boat", "no class"),
        ("Place,", "is no name"),
        ("Place,...", "is no name"),
        ("Place,Zen\u202eda", "cannot be seen"),
        ("Place,Zenda,1990", "a Place has no 'start'"),
        ("State,Zenda,,1990", "a State has no 'end'"),
        ("Person,Jane Doe,1946-02-29", "start '1946-02-29' is no date"),
        ("Person,Jane Doe,756", "start '756' is no date"),
        ("Conflict,War,1990,1989-12", "ends (1989-12) before it begins (1990)"),
        ("Place,Zenda,,,P5", "'P5' is no Wikidata id"),
        ("Place,Zenda,,,,Zenda", "'Zenda' is no id"),
        ("Place,Zenda,,,,ship/zenda", "'ship/zenda' is no id"),
        ("Place,Zenda,,,,place/../etc", "'place/../etc' is no id"),
        ("Person,Jane Doe,,,,,premier@x@2001@2000", "'premier' ends (2000) before it begins (2001)"),
        ("Person,Jane Doe,,,,,premier", "not of the form role@of@start@end"),
        ("Person,Jane Doe,,,,,premier@@2001", "not of the form role@of@start@end"),
        ("Person,Jane Doe,,,,,premier@x@soon", "the start of 'premier' 'soon' is no date"),
        ("Place,Zenda,,,,,,,x", "9 cells under 7 columns"),
        ('Place,"Zenda"x', "no CSV"),
    ],
)
def test_a_wrong_row_is_told_with_its_line_and_the_rest_is_used(tmp_path: Path, row: str, cause: str) -> None:
    content = f'class,name,start,end,qid,id,offices\nPlace,"Old\nTown"\n\n{row}\nPlace,New Town\n'
    found = read(tmp_path, content)
    assert [e.record.name for e in found.entries] == ["Old Town", "New Town"]
    assert [e.place for e in found.entries] == ["line 2", "line 6"]
    assert len(found.errors) == 1 and str(found.errors[0]).startswith(f"{tmp_path / 'own.csv'}: line 5: ")
    assert cause in found.errors[0].cause


def test_a_quote_that_is_left_open_is_told_where_it_opens(tmp_path: Path) -> None:
    found = read(tmp_path, 'class,name\nPlace,Zenda\nPlace,"Strelsau\nPlace,Hentzau\n')
    assert [e.record.name for e in found.entries] == ["Zenda"]
    assert [e.cause.split(":")[0] for e in found.errors] == ["line 3"]


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        ("", "lacks column 'class', 'name'"),
        ("name\nZenda\n", "lacks column 'class'"),
        ("class,nmae\n", "lacks column 'name'"),
        ("class,name,colour\n", "unknown column 'colour'"),
        ("class,name,Name\n", "has twice the column 'name'"),
        (b"class,name\nPlace,Z\xfcrich\n", "not UTF-8"),
    ],
)
def test_a_wrong_file_stops_the_run(tmp_path: Path, content: bytes | str, cause: str) -> None:
    with pytest.raises(SettingsError, match=r"own\.csv") as raised:
        read(tmp_path, content)
    assert cause in str(raised.value)


def test_a_missing_file_stops_the_run(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"none\.csv: No such file"):
        table.read(tmp_path / "none.csv")


def test_the_document_has_each_column_and_no_other(root: Path) -> None:
    rows = [row for row in (root / "docs/reference.md").read_text(encoding="utf-8").splitlines() if row[:3] == "| `"]
    named = [name.strip(" `") for row in rows for name in row.split("|")[1].split(",")]
    assert sorted(named) == sorted(columns())


def test_a_name_without_latin_letters_has_an_id(tmp_path: Path) -> None:
    found = loaded(tmp_path, "class,name\nPlace,東京\n").only
    assert found.id.startswith("place/x") and found.name == "東京"
