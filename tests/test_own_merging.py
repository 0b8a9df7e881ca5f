"""What becomes of a packaged record that a user's entry is about, and which names go to the user's alone."""

from pathlib import Path

import pytest
from own_help import loaded, packaged

from kg.model import PartialDate
from kg.resolution.records import Membership, Term


def test_what_is_given_replaces_and_adds_to_the_packaged_record(tmp_path: Path) -> None:
    known = packaged().get("state/iran")
    assert known is not None
    found = loaded(
        tmp_path,
        "class,name,qid,aliases,demonyms,capital,member_of\n"
        "State,Iran (Islamic Republic),Q794,Land of the Lion,Irani,Shemiran,"
        "BRICS@2024-02-02|United Nations|Danubian League\n"
        "International organisation,Danubian League,,,,,\n",
    )
    iran = found.records["state/iran"]
    assert not found.errors and (iran.name, iran.qid, iran.since) == ("Iran (Islamic Republic)", "Q794", known.since)
    assert iran.aliases == ("Land of the Lion", "Iran", *known.aliases)
    assert iran.demonyms == ("Irani", *known.demonyms) and iran.seats == ("Shemiran", *known.seats)
    memberships = {m.organisation: m for m in iran.memberships}
    assert memberships["organisation/brics"].start == "2024-02-02"
    assert memberships["organisation/danubian-league"] == Membership("organisation/danubian-league")
    assert memberships["organisation/united-nations"].start == "1979-02-11"
    assert len(iran.memberships) == len(known.memberships) + 1


def test_an_office_of_the_user_goes_before_the_packaged_ones(tmp_path: Path) -> None:
    found = loaded(
        tmp_path,
        "class,name,offices\nPerson,Jane Q. Doe,foreign minister@Iran@2026-02-01\n"
        "Person,Masoud Pezeshkian,president@Iran|president@Iran@2024-07-30@2028|minister of health@Iran\n",
    )
    assert found.records["person/masoud-pezeshkian"].terms == (
        Term("Minister of Health", "state/iran"),
        Term("President", "state/iran", "2024-07-30", "2028"),
    )
    for when, id in (("2026-03", "person/jane-q-doe"), ("2025-03", "person/abbas-araghchi")):
        holder = found.reference.holder("foreign minister", "state/iran", PartialDate(when))
        assert holder is not None and holder.id == id


@pytest.mark.parametrize(("given", "kept"), [("1828", "1828-02-22"), ("1828-02", "1828-02-22"), ("1828-02-10", None)])
def test_a_date_that_is_only_less_exact_replaces_nothing(tmp_path: Path, given: str, kept: str | None) -> None:
    known = packaged().get("treaty/treaty-of-turkmenchay-1828")
    assert known is not None and known.signed
    found = loaded(tmp_path, f"class,name,signed\nTreaty,Treaty of Turkmenchay,{given}\n").only
    assert found.id == known.id and found.signed == (known.signed if kept else given)


def test_a_name_of_the_user_is_no_longer_that_of_packaged_records(tmp_path: Path) -> None:
    found = loaded(tmp_path, "class,name,acronyms\nOrganisation,Opera Club of Zenda,OPEC\nPlace,Georgia,\n")
    assert found.own.names == {"opera club of zenda", "OPEC", "Georgia"}
    assert [each.id for each in found.reference.by_name("OPEC")] == ["organisation/opera-club-of-zenda"]
    assert found.reference.get("organisation/opec") is not None
    town = loaded(tmp_path, "class,name,of\nPlace,Georgia,United States\n")
    georgia = [each.id for each in town.reference.by_name("Georgia")]
    assert (town.errors, georgia) == ([], ["place/georgia-us-state"])


def test_names_of_what_goes_by_the_year_and_of_capitals_are_shared(tmp_path: Path) -> None:
    found = loaded(
        tmp_path,
        "class,name,aliases,start,end,signed,id\n"
        "Historical state,Republic of Georgia 1918,Georgia,1918-05-26,1921-02-25,,\n"
        "Treaty,Zenda Treaty,Treaty of Gulistan,,,1950,\nPlace,Kremlin,,,,,place/kremlin-of-zenda\n",
    )
    assert not found.errors and found.own.names == {"Kremlin"}
    names = [each.id for each in found.reference.by_name("Georgia")]
    assert names[0] == "historical-state/republic-of-georgia-1918" and "state/georgia" in names
    assert "treaty/treaty-of-gulistan-1813" in [r.id for r in found.reference.by_name("Treaty of Gulistan")]
    assert found.reference.by_seat("Kremlin")[0].id == "state/russia"


def test_what_a_line_of_states_is_called_is_no_alias_of_one_of_them(tmp_path: Path) -> None:
    known = packaged().get("historical-state/qajar-iran")
    assert known is not None
    found = loaded(
        tmp_path, "class,name,id,aliases\nHistorical state,Qajar Iran,historical-state/qajar-iran,Tehran|Iran|Iranian\n"
    ).only
    assert found.aliases == known.aliases


def test_a_state_in_a_line_is_the_state_of_its_time(tmp_path: Path) -> None:
    rows = (
        "class,name,start,end,lineage,successors\n"
        "State,Ruritania,1990-05-01,,Ruritania,\n"
        "Historical state,Kingdom of Ruritania,1733,1990-04-30,Ruritania,Ruritania\n"
    )
    found = loaded(tmp_path, rows)
    assert not found.errors
    for when, id in (("1980", "historical-state/kingdom-of-ruritania"), ("2000", "state/ruritania")):
        assert found.reference.at("state/ruritania", PartialDate(when)).id == id
    wrong = loaded(tmp_path, rows + "Historical state,Elphberg Ruritania,,1700,Ruritania,\n")
    assert wrong.errors == ["0.csv: line 4: a state in a line needs a start"]


@pytest.mark.parametrize(
    ("row", "cause"),
    [
        ("Historical state,Baku,,,", "'Baku' has other meanings"),
        ("Person,Jane Doe,,premier@Nowhere,", "the office of 'Nowhere' is in none"),
        ("Historical state,Elam,1900,,Elam", "it refers to itself"),
        ("Historical state,Elam,1900,,Iran's", 'the successor "Iran\'s" is in none'),
    ],
)
def test_what_cannot_be(tmp_path: Path, row: str, cause: str) -> None:
    found = loaded(tmp_path, f"class,name,end,offices,successors\n{row}\n")
    assert not found.records and cause in found.errors[0]


def test_a_place_keeps_its_state_when_it_lies_in_another_place(tmp_path: Path) -> None:
    rows = "class,name,of\nPlace,Vnukovo Airport,place/moscow\nPlace,Zenda,place/moscow\n"
    found = loaded(tmp_path, rows)
    assert {id: each.country for id, each in found.records.items()} == {
        "place/vnukovo-airport": "state/russia",
        "place/zenda": "place/moscow",
    }
