"""No query reaches another endpoint unless its host is allowed: what this check misses, pyoxigraph would follow."""

import pytest

from kg.errors import SettingsError
from kg.query.service import check_services

EVIL = "<http://evil.example/>"
HIDDEN = [
    "SELECT * { SERVICE %s { ?a ?b ?c } }",
    "select*{service silent%s{?a ?b ?c}}",
    "ASK { ?s ?p 1SERVICE%s { ?a ?b ?c } }",
    "ASK { ?s ?p trueSERVICE%s { ?a ?b ?c } }",
    "ASK { ?s ?p ?o.SERVICE%s { ?a ?b ?c } }",
    "ASK { ?s ?p 'a'SERVICE%s { ?a ?b ?c } }",
    'ASK { FILTER(?a<?b#>"""\n) SERVICE %s { ?a ?b ?c } #"""\n}',
    "ASK { ?s <http://a/\\u0041'> ?o . SERVICE %s { ?a ?b ?c } #'\n}",
    "ASK { ?s <http://a/'> ?o . SERVICE %s { ?a ?b ?c } #'\n}",
    "ASK { ?s <http://a/#> ?o . SERVICE %s { ?a ?b ?c } }",
    "ASK { LATERAL { SERVICE %s { ?a ?b ?c } } }",
    "ASK { ?s ?p ?o } # it's\nVALUES ?s { } # '''\nSELECT { SERVICE#'''\n%s { } }",
    "ASK { SERVICE ?x { ?a ?b ?c } }",
    "PREFIX a: <http://evil.example/> ASK { SERVICE a: { ?a ?b ?c } }",
    "ASK { SERVICE <relative> { ?a ?b ?c } }",
    "ASK { SERVICE <http://ok.example@evil.example/> { ?a ?b ?c } }",
    "ASK { SERVICE <http://ok.example:8080/> { ?a ?b ?c } }",
    "ASK { SERVICE <http://ok.ex\\u0061mple/> { ?a ?b ?c } }",
    "ASK { SERVICE <http://ok.example:x/> { ?a ?b ?c } }",
    "ASK { SERVICE <http://ok.example/> { } SERVICE %s { } }",
    "ASK { SERVICE <http://ok.example/> { SERVICE %s { } } }",
]


@pytest.mark.parametrize("query", HIDDEN)
def test_a_service_is_found_wherever_it_stands(query: str) -> None:
    with pytest.raises(SettingsError, match="SERVICE"):
        check_services(query.replace("%s", EVIL), ["ok.example"])


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?x ex:serviceOf ?service ; rdfs:label 'SERVICE <http://evil.example/> {}' }",
        'ASK { ?x ex:publicService "a" } # SERVICE <http://evil.example/> { }',
        "ASK { ?x a <http://evil.example/SERVICE> }",
        "ASK { ?x rdfs:label '''SERVICE\n<http://evil.example/>'''@en-SERVICE }",
        "ASK { }",
    ],
)
def test_the_word_alone_is_no_service(query: str) -> None:
    assert check_services(query) is False


@pytest.mark.parametrize(
    "query", ["ASK { SERVICE <https://OK.example/sparql> { } }", "ASK{SERVICE SILENT#c\n<http://ok.example?x=1>{}}"]
)
def test_a_host_that_is_allowed_may_be_asked(query: str) -> None:
    assert check_services(query, ["ok.EXAMPLE"]) is True


def test_a_port_is_part_of_what_is_allowed() -> None:
    assert check_services("ASK { SERVICE <http://127.0.0.1:8080/> { } }", ["127.0.0.1:8080"])
    with pytest.raises(SettingsError, match=r"--allow-service 127\.0\.0\.1:8081 allows it"):
        check_services("ASK { SERVICE <http://127.0.0.1:8081/> { } }", ["127.0.0.1:8080"])
