"""Entities from Turtle: our own graphs given back, nodes of others, and what is no entity."""

from pathlib import Path

import pytest
from own_help import loaded, packaged

from kg.errors import SettingsError
from kg.resolution.own import nodes
from kg.resolution.records import Term


def test_our_reference_data_given_back_says_the_same(tmp_path: Path, root: Path) -> None:
    folder = root / "ontology" / "reference"
    files = [(folder / f"{name}.ttl").read_text(encoding="utf-8") for name in ("historical-states", "treaties")]
    found = loaded(tmp_path, *files)
    assert len(found.records) > 200 and not found.errors and not found.own.names
    for id, record in found.records.items():
        known = packaged().get(id)
        assert known is not None
        for field in ("cls", "name", "qid", "start", "end", "since", "successors", "parties", "signed"):
            assert getattr(record, field) == getattr(known, field), (id, field)
        assert sorted(record.aliases) == sorted(known.aliases)


def test_nodes_of_others_get_ids_and_may_refer_to_one_another(tmp_path: Path) -> None:
    found = loaded(
        tmp_path,
        """ex:r a tg:State ; skos:prefLabel "Ruritania"@en, "Ruritanie"@fr ; owl:sameAs wd:Q1234567890 ;
               tg:earliest "1990-05-01"^^xsd:date .
           ex:p a tg:Person ; rdfs:label "Flavia Elphberg" ; skos:altLabel "Elphberg"@en, "President"@en, "Флавия"@ru ;
               tg:holdsOffice ex:o .
           ex:o a tg:Office ; rdfs:label "President of Ruritania"@en ; tg:officeOf ex:r .
           ex:b a tg:GovernmentBody, tg:Organisation ; rdfs:label "Straits Board of Ruritania"@en ;
               skos:altLabel "Straits Board"@en ; tg:bodyOf ex:r .""",
    )
    assert not found.errors
    state, person = found.records["state/ruritania"], found.records["person/flavia-elphberg"]
    assert (state.qid, state.start) == ("Q1234567890", "1990-05")
    assert person.terms == (Term("President", "state/ruritania"),)
    assert person.surnames == ("Elphberg",) and person.aliases == ()
    body = found.records["body/straits-board-of-ruritania"]
    assert body.country == "state/ruritania" and body.aliases == ()


def test_ids_stand_behind_the_base(tmp_path: Path) -> None:
    turtle = '<https://x.org/id/place/old-zenda> a tg:Place ; rdfs:label "Zenda"@en .'
    assert loaded(tmp_path, turtle, base="https://x.org/id/").only.id == "place/old-zenda"
    assert loaded(tmp_path, turtle).only.id == "place/zenda"


@pytest.mark.parametrize(
    "turtle",
    [
        'id:event/x a tg:Meeting ; rdfs:label "Meeting"@en .',
        'id:event/y a tg:Conflict ; rdfs:label "War of Y"@en .',
        'id:treaty/x a tg:Treaty ; rdfs:label "interim agreement"@en .',
        'id:treaty/x a tg:Treaty ; rdfs:label "Strategic Partnership Treaty"@en .',
        'id:person/bush a tg:Person ; rdfs:label "Bush"@en .',
        'id:office/x a tg:Office ; rdfs:label "President of Iran"@en ; tg:officeOf id:state/iran .',
        "id:claim/x a tg:Claim .",
    ],
)
def test_what_is_no_entity_with_a_name_is_passed_over(tmp_path: Path, turtle: str) -> None:
    found = loaded(tmp_path, turtle)
    assert found.records == {} and found.errors == []


@pytest.mark.parametrize(
    ("turtle", "cause"),
    [
        ("id:place/x a tg:Place .", "no English rdfs:label"),
        ('id:place/x a tg:Place ; rdfs:label "Zürich"@de .', "no English rdfs:label"),
        ('id:place/x a tg:Place, tg:Person ; rdfs:label "X Y" .', "two classes: Person, Place"),
        ('id:place/x a tg:Place ; rdfs:label "X" ; owl:sameAs wd:Q1, wd:Q2 .', "two entities of Wikidata"),
        ('id:place/x a tg:Place ; rdfs:label "X" ; owl:sameAs wd:L1 .', "no Wikidata id"),
        ('id:x a tg:Place ; rdfs:label "X" .', "'x' is no id"),
        ('id:person/x a tg:Place ; rdfs:label "X" .', "the id of a Place begins with place/"),
        ('id:place/x a tg:Place ; rdfs:label "X" ; tg:locatedIn ex:nowhere .', "in none of the files"),
        ('id:treaty/x a tg:Treaty ; rdfs:label "X Pact" ; tg:signedOn "2001-02-30"^^xsd:date .', "tg:signedOn"),
        ('id:state/x a tg:State ; rdfs:label "X" ; tg:latest "2001-02-03"^^xsd:date .', "a State has no end"),
    ],
)
def test_a_wrong_node_is_named(tmp_path: Path, turtle: str, cause: str) -> None:
    found = loaded(tmp_path, turtle)
    assert found.records == {} and len(found.errors) == 1
    assert found.errors[0].startswith("0.ttl: <https://w3id.org/treatygraph/id/") and cause in found.errors[0]


@pytest.mark.parametrize("content", [b"ex:a ex:b", b"\x80", b"<a> <b> <c> ."])
def test_what_is_no_turtle_stops_the_run(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "own.ttl"
    path.write_bytes(content)
    with pytest.raises(SettingsError, match=r"own\.ttl: cannot be read as Turtle"):
        nodes.read(path, "https://x.org/")
