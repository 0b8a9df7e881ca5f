"""What a cell refers to: ids, Wikidata ids and names, the user's own first; what is unknown or unclear is refused."""

from pathlib import Path

import pytest
from own_help import loaded

ROWS = """class,name,id,aliases,of,qid
State,Ruritania,state/rur,Land of Rur,,Q900903
Organisation,Moscow Circle,,Iran Club,,
Organisation,Kremlin Watch,,Iran|Iran Club,,
"""


@pytest.mark.parametrize(
    ("cell", "id"),
    [
        ("Ruritania", "state/rur"),
        ("the Land of Rur", "state/rur"),
        ("state/rur", "state/rur"),
        ("Q900903", "state/rur"),
        ("state/iran", "state/iran"),
        ("Q159", "state/russia"),
        ("Russian Federation", "state/russia"),
        ("Iran", "organisation/kremlin-watch"),
        ("SCO", "organisation/shanghai-cooperation-organisation"),
    ],
)
def test_what_is_meant(tmp_path: Path, cell: str, id: str) -> None:
    found = loaded(tmp_path, ROWS + f"Government body,Straits Board,,,{cell},\n")
    assert not found.errors and found.records["body/straits-board"].country == id


@pytest.mark.parametrize(
    ("cell", "cause"),
    [
        ("Atlantis", "the owner 'Atlantis' is in none of the files"),
        ("Q900999", "'Q900999' is in none of the files"),
        ("person/joe-biden", "the owner 'person/joe-biden' is a Person"),
        ("Joe Biden", "the owner 'Joe Biden' is in none"),
        ("Iran Club", "may be organisation/kremlin-watch or organisation/moscow-circle: give the id"),
    ],
)
def test_what_cannot_be_told(tmp_path: Path, cell: str, cause: str) -> None:
    found = loaded(tmp_path, ROWS + f"Government body,Straits Board,,,{cell},\n")
    assert len(found.records) == 3 and len(found.errors) == 1
    assert found.errors[0].startswith("0.csv: line 5: the owner") and cause in found.errors[0]
