"""The pages: what they show of a graph, and that a hostile graph does nothing in them."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest
from serve_graphs import HOSTILE, ID, SMALL, TEXT, graph

from kg.serve.graph import Graph
from kg.serve.texts import Texts
from kg.serve.views import VIEWS


@pytest.fixture(scope="module")
def small() -> Graph:
    return graph(SMALL)


@pytest.fixture(scope="module")
def hostile() -> Graph:
    return graph(HOSTILE)


def page(of: Graph, view: str, **arguments: str) -> str:
    reply = VIEWS[view](of, {"form": "html", "today": "2026", **arguments})
    assert reply.status == 200
    return reply.body.decode()


def node(of: Graph, name: str) -> str:
    return page(of, "resource", iri=ID + name)


class Text(HTMLParser):
    """The text of the element with an id, and all tags with their attributes."""

    def __init__(self, html: str, wanted: str = "text") -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text, self._wanted, self._depth = "", wanted, 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if self._depth or dict(attrs).get("id") == self._wanted:
            self._depth += tag not in ("input", "meta", "link", "img")

    def handle_endtag(self, tag: str) -> None:
        self._depth -= bool(self._depth)

    def handle_data(self, data: str) -> None:
        self.text += data if self._depth else ""


def test_the_text_of_a_document_is_shown_character_for_character(small: Graph) -> None:
    assert Text(node(small, "document/d1")).text == TEXT


def test_each_passage_is_at_its_own_address(small: Graph) -> None:
    ids = {attributes.get("id") for _, attributes in Text(node(small, "document/d1")).tags}
    assert {"char=0,58", "char=0,9", "char=60,75"} <= ids


def test_a_passage_with_other_characters_is_not_marked_but_counted(small: Graph) -> None:
    html = node(small, "document/d1")
    assert "char=1,5" not in html
    assert "1 passage of this document is not marked" in html


def test_a_document_leads_back_to_the_very_claim(small: Graph) -> None:
    assert "/treatygraph/id/treaty/pact#c-c1" in node(small, "document/d1")
    assert 'id="c-c1"' in node(small, "treaty/pact")


def test_a_fact_leads_to_its_characters(small: Graph) -> None:
    assert "/treatygraph/id/document/d1#char=0,58" in node(small, "treaty/pact")


def test_a_less_precise_claim_supports_the_fact_and_another_day_does_not(small: Graph) -> None:
    html = re.sub(r"\s+", " ", node(small, "treaty/pact"))
    signed = html[html.index('id="p-signedOn"') : html.index("</div>", html.index('id="p-signedOn"'))]
    assert signed.count("<dd") == 2
    assert "2 passages" in signed and "told otherwise" in signed and "5 June 1901" in signed


def test_the_life_of_a_treaty_tells_what_is_only_possible(small: Graph) -> None:
    html = node(small, "treaty/pact")
    steps = re.findall(r'<li class="(\w+)">\s*<span class="dot">.*?<h3>([\w ]+)</h3>', html, re.DOTALL)
    assert steps == [
        ("Untold", "Negotiated"),
        ("Actual", "Signed"),
        ("Untold", "Ratified"),
        ("Untold", "In force"),
        ("Possible", "Ended"),
    ]


def test_modality_is_told_in_words_and_shapes_too(small: Graph) -> None:
    html = page(small, "unrealised")
    assert "possible" in html and '<span class="mod Possible">' in html and "stroke-dasharray" in html
    assert "Termination of the Pact of Bern" in html


def test_disagreements_show_both_sides_with_their_words(small: Graph) -> None:
    html = page(small, "disagreements")
    assert "5 May 1901" in html and "5 June 1901" in html and html.count("#char=0,58") == 2


def test_who_met_whom_counts_shared_events(small: Graph) -> None:
    html = node(small, "state/ruritania")
    assert "Met with" in html and "Syldavia" in html


def test_the_timeline_runs_from_1800_to_today(small: Graph) -> None:
    html = page(small, "timeline")
    assert "1800 to 2026" in html and "1900 to 1909: 2" in html and "Pact of Bern" in html
    assert "Pact of Bern" not in page(small, "timeline", **{"from": "1902", "to": "1990"}).partition('id="list"')[2]


@pytest.mark.parametrize("given", [{"from": "x", "to": "99999"}, {"from": "2000", "to": "1900"}, {"kind": "<b>"}])
def test_the_timeline_takes_any_parameters(small: Graph, given: dict[str, str]) -> None:
    assert "<b>" not in page(small, "timeline", **given).partition("<main")[2].replace("<b>and", "")


def test_the_network_has_a_budget_and_tells_the_rest(small: Graph) -> None:
    people = "".join(
        f'<person/p{n}> a tg:Person ; rdfs:label "P {n}"@en ; tg:represents <state/ruritania> .\n' for n in range(80)
    )
    big = graph(SMALL + people)
    data = json.loads(page(big, "network/data", nodes="50"))
    assert len(data["nodes"]) == 50 and data["nodes"][0]["label"] == "Ruritania"
    assert "50 shown" in page(big, "network", nodes="50") and "and 33 more" in page(big, "network", nodes="50")


def test_a_place_with_coordinates_is_on_the_map(small: Graph) -> None:
    assert page(small, "map").count('class="places"') == 1
    wkt = SMALL + '<place/bern> wdt:P625 "Point(7.45 46.95)" . <place/x> a tg:Place ; wdt:P625 "Point(999 0)" .'
    html = page(graph(wkt), "map")
    assert "46.95" in html and "999" not in html


def test_search_finds_any_name_whatever_its_accents(small: Graph) -> None:
    found = json.loads(page(small, "suggest", q="KINGDOM óf rur"))
    assert [(hit["label"], hit["also"]) for hit in found] == [("Ruritania", "Kingdom of Ruritania")]
    assert "Nothing here is called so" in page(small, "search", q="atlantis")


def test_an_exact_name_comes_before_a_longer_one(small: Graph) -> None:
    assert [h["label"] for h in json.loads(page(small, "suggest", q="bern"))][:2] == ["Bern", "Pact of Bern"]


def test_without_its_text_a_document_shows_the_words_it_has() -> None:
    bare = graph(re.sub(r"nif:isString \"[^\"]*\"", "tg:sectionTitle 'x'", SMALL))
    assert "The graph holds no text" in node(bare, "document/d1") and TEXT[:58] in node(bare, "document/d1")
    kept = Graph.indexed(bare.store, bare.index, Texts({"00": TEXT}))
    assert Text(node(kept, "document/d1")).text == TEXT


@pytest.mark.parametrize(
    ("form", "begins"), [("turtle", b"@prefix"), ("ntriples", b"<"), ("jsonld", b"["), ("rdfxml", b"<?xml")]
)
def test_a_node_is_described_in_each_syntax(small: Graph, form: str, begins: bytes) -> None:
    reply = VIEWS["resource"](small, {"path": "/treatygraph/id/treaty/pact", "form": form})
    assert reply.status == 200 and reply.body.startswith(begins) and b"claim/c1" in reply.body


@pytest.mark.parametrize("iri", ["", "nonsense", "https://w3id.org/nothing", "javascript:boom()", "a b<>", "\x00"])
def test_what_is_not_in_the_graph_is_missing(small: Graph, iri: str) -> None:
    assert VIEWS["resource"](small, {"iri": iri, "form": "html"}).status == 404


HOSTILE_PAGES = [
    ("resource", {"iri": ID + name})
    for name in ["document/evil", "state/evil", "claim/evil", "event/evil", "treaty/evil"]
]
HOSTILE_PAGES += [("resource", {"iri": ID + "statement/evil"}), ("resource", {"iri": ID + "disagreement/evil"})]
HOSTILE_PAGES += [
    (name, {"q": "script", "class": "State", "query": "</textarea><script>boom()</script>"})
    for name in VIEWS
    if name != "resource"
]


@pytest.mark.parametrize(("view", "arguments"), HOSTILE_PAGES)
def test_nothing_of_a_hostile_graph_becomes_code(hostile: Graph, view: str, arguments: dict[str, str]) -> None:
    reply = VIEWS[view](hostile, {"form": "html", "today": "2026", **arguments})
    assert reply.status == 200
    if not reply.media_type.startswith("text/html"):
        return
    for tag, attributes in Text(reply.body.decode()).tags:
        assert tag != "img"
        assert (
            tag != "script"
            or str(attributes.get("src", "")).startswith("/static/")
            or attributes.get("type") == "application/json"
        )
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        for name in ("href", "src", "action"):
            value = attributes.get(name)
            assert value is None or value.startswith(("/", "#", "http://", "https://")), (tag, value)
    assert b"49" not in reply.body or view != "search"


def test_a_hostile_text_is_shown_as_it_is(hostile: Graph) -> None:
    shown = Text(node(hostile, "document/evil")).text
    assert shown.startswith("</script><script>boom()</script><img src=x onerror=boom()>")
