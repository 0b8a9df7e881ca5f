"""All files together: the same for any order, and what refers to a wrong row is wrong too."""

import itertools
from pathlib import Path

from own_help import loaded, packaged

from kg.namespaces import ID
from kg.resolution.own import load

TABLE = """class,name,of,aliases,start
State,Ruritania,,Land of Rur,1990
Place,Zenda,Ruritania,,
Place,Hentzau,Nowhere,,
State,Ruritania,,Rur,1990-05
Conflict,Long War,,,1901
Conflict,Long War,,,1902
Person,Jane Doe,,,
Government body,Straits Board,Ruritania,,
"""
GRAPH = """ex:z a tg:Place ; rdfs:label "Zenda"@en ; skos:altLabel "Old Zenda"@en ; owl:sameAs wd:Q900904 .
id:person/jd a tg:Person ; rdfs:label "Jane Doe" ; skos:altLabel "Doe" ."""


def test_the_order_of_rows_and_files_makes_no_difference(tmp_path: Path) -> None:
    header, *rows = TABLE.splitlines(keepends=True)
    paths = [tmp_path / "a.csv", tmp_path / "b.ttl", tmp_path / "c.csv"]
    loaded(tmp_path, GRAPH)
    (tmp_path / "0.ttl").rename(paths[1])
    seen = set()
    for order in (rows, rows[::-1], rows[3:] + rows[:3]):
        paths[0].write_text(header + "".join(order[:4]))
        paths[2].write_text(header + "".join(order[4:]))
        for files in itertools.permutations(paths):
            own, errors = load(files, packaged(), ID)
            records = [(r.id, r.name, r.aliases, r.qid, r.country, r.start, r.surnames) for r in own.records]
            seen.add((tuple(records), own.names, len(errors)))
    assert len(seen) == 1
    ((records, _, wrong),) = seen
    assert wrong == 3
    assert [record[0] for record in records] == [
        "body/straits-board",
        "person/jd",
        "place/zenda",
        "state/ruritania",
    ]


def test_what_refers_to_a_wrong_row_is_wrong_too(tmp_path: Path) -> None:
    found = loaded(
        tmp_path,
        "class,name,of,offices\nState,Ruritania,,\nOrganisation,Bank of Nowhere,Nowhere,\n"
        "Government body,Board,Bank of Nowhere,\nPerson,Jane Doe,,head@Board\nPerson,John Doe,,king@Ruritania\n",
    )
    assert sorted(found.records) == ["person/john-doe", "state/ruritania"]
    assert [error.split(":")[1] for error in found.errors] == [" line 3", " line 4", " line 5"]


def test_states_that_come_after_themselves_are_refused(tmp_path: Path) -> None:
    found = loaded(
        tmp_path,
        "class,name,successors,end\nHistorical state,Elam,Parsa,1900\nHistorical state,Parsa,Elam,1910\n"
        "Historical state,Media,Elam,1890\nHistorical state,Lydia,Iran,1880\n",
    )
    assert list(found.records) == ["historical-state/lydia"]
    assert sum("lead back to itself" in error for error in found.errors) == 2 and len(found.errors) == 3


def test_nothing_changes_nothing() -> None:
    own, errors = load([], packaged(), ID)
    assert not own.records and not errors and packaged().with_own(own) is packaged()


def test_one_file_given_twice_counts_once(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("class,name\nPlace,Zenda\nShip,Boat\n")
    own, errors = load([path, path], packaged(), ID)
    assert len(own.records) == 1 and len(errors) == 1
