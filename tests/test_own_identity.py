"""Which entity an entry is, and its id: nothing merges that a year, an owner or a Wikidata id tells apart."""

from pathlib import Path

import pytest
from own_help import Loaded, loaded, packaged


def one(folder: Path, columns: str, *rows: str) -> Loaded:
    return loaded(folder, "\n".join([f"class,name,{columns}", *rows]) + "\n")


@pytest.mark.parametrize(
    ("columns", "row", "id"),
    [
        ("id", "State,Persia,state/iran", "state/iran"),
        ("qid", "State,Persia of Today,Q794", "state/iran"),
        ("qid", "State,Iran,", "state/iran"),
        ("qid", "State,Islamic Republic of Iran,Q794", "state/iran"),
        ("qid", "Organisation,Shanghai Cooperation Organization,", "organisation/shanghai-cooperation-organisation"),
        ("signed", "Treaty,Treaty of Turkmenchay,1828", "treaty/treaty-of-turkmenchay-1828"),
        ("signed", "Treaty,Treaty of Turkmenchay,1829", "treaty/treaty-of-turkmenchay-1829"),
        ("signed", "Treaty,Convention of 1931,1931", "treaty/convention-of-1931"),
        ("of", "Place,Kazan,Russia", "place/kazan"),
        ("qid", "Place,Kazan,Q900900", "place/kazan-q900900"),
        ("start", "Person,Joe Biden,1801-02-03", "person/joe-biden-1801"),
        ("offices", "Person,Joe Biden,President@United States@2021", "person/joe-biden"),
        ("qid", "Person,Jane Q. Doe,", "person/jane-q-doe"),
        ("start", "Historical state,Iran,1501", "historical-state/iran"),
    ],
)
def test_what_an_entry_is(tmp_path: Path, columns: str, row: str, id: str) -> None:
    assert one(tmp_path, columns, row).only.id == id


@pytest.mark.parametrize(
    ("columns", "row", "cause"),
    [
        ("id", "Person,Iran,state/iran", "state/iran is a State in the packaged data, not a Person"),
        ("id,qid", "State,Elam,state/elam,Q794", "Q794 is state/iran in the packaged data, not state/elam"),
        ("qid", "Place,Iran Land,Q794", "Q794 is the State state/iran"),
        ("of", "Place,Kazan,Iran", "place/kazan is another Place of this name: give an id"),
        ("offices", "Person,Joe Biden,premier@Iran@2001", "person/joe-biden is another Person of this name"),
    ],
)
def test_what_it_cannot_be(tmp_path: Path, columns: str, row: str, cause: str) -> None:
    found = one(tmp_path, columns, row)
    assert not found.records and [cause in error for error in found.errors] == [True], found.errors


def test_rows_of_one_new_name_are_one_entity(tmp_path: Path) -> None:
    found = one(tmp_path, "start,aliases", "Conflict,Long War,1901,", "Conflict,Long War,1901-05,Tea War").only
    assert (found.id, found.start, found.aliases) == ("conflict/long-war", "1901-05", ("Tea War",))


def test_rows_that_contradict_each_other_are_both_refused(tmp_path: Path) -> None:
    found = one(tmp_path, "start", "Conflict,Long War,1901", "Place,Zenda,", "Conflict,Long War,1902")
    assert list(found.records) == ["place/zenda"]
    assert [error.split(": give")[0] for error in found.errors] == [
        f"0.csv: line 2: the start is 1901, but 1902 in {tmp_path / '0.csv'}, line 4",
        f"0.csv: line 4: the start is 1902, but 1901 in {tmp_path / '0.csv'}, line 2",
    ]


def test_treaties_of_one_name_and_other_years_are_two(tmp_path: Path) -> None:
    found = one(tmp_path, "signed", "Treaty,Zenda Pact,1921", "Treaty,Zenda Pact,1927-10-01", "Treaty,Zenda Pact,1921")
    assert sorted(found.records) == ["treaty/zenda-pact-1921", "treaty/zenda-pact-1927"] and not found.errors


def test_a_row_without_id_joins_the_one_that_has_it(tmp_path: Path) -> None:
    rows = ("Person,Jane Doe,person/jd,1950", "Person,Jane Doe,,1950-05-01", "Person,Jane Doe,,1960")
    found = one(tmp_path, "id,start", *rows)
    assert {id: each.start for id, each in found.records.items()} == {
        "person/jd": "1950-05-01",
        "person/jane-doe": "1960",
    }


def test_one_wikidata_id_is_one_entity(tmp_path: Path) -> None:
    found = one(tmp_path, "qid", "Place,Zenda,Q900902", "Place,Old Zenda,Q900902").only
    assert (found.id, found.name, found.aliases) == ("place/old-zenda", "Old Zenda", ("Zenda",))
    twice = one(tmp_path, "qid,id", "Place,Zenda,Q900902,place/a", "Place,Zenda,Q900902,place/b")
    assert len(twice.errors) == 2 and "Q900902 is given to place/a and place/b" in twice.errors[0]


def test_a_name_that_two_have_is_refused(tmp_path: Path) -> None:
    twins = {each.name for each in packaged() if each.id.startswith("person/antonio-costa")}
    assert len(twins) == 1
    found = one(tmp_path, "qid", f"Person,{twins.pop()},")
    assert "may be person/antonio-costa or person/antonio-costa-q610788: give the id" in found.errors[0]


@pytest.mark.parametrize(("one", "other"), [("C+", "C"), (f"{'Long ' * 20}Road 1", f"{'Long ' * 20}Road 2")])
def test_names_that_differ_only_outside_of_ids_are_not_one(tmp_path: Path, one: str, other: str) -> None:
    found = loaded(tmp_path, f"class,name\nOrganisation,{one}\nOrganisation,{other}\n")
    assert not found.records and len(found.errors) == 2
    assert "give ids" in found.errors[0] and found.errors[0].startswith("0.csv: line 2: its id would be organisation/")
