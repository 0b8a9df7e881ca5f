"""The query operation of the SPARQL 1.1 Protocol, as its section 2.1 and the cases of its test suite have it."""

from urllib.parse import quote

import pytest

from kg.serve.guard import Dataset
from kg.serve.negotiate import best
from kg.serve.protocol import FORM, QUERY, UPDATE, ProtocolError, operation

ASK = "ASK { ?s ?p 'ü' }"


@pytest.mark.parametrize(
    ("method", "address", "content_type", "body"),
    [
        ("GET", f"query={quote(ASK)}", "", b""),
        ("POST", "", FORM, f"query={quote(ASK)}".encode()),
        ("POST", "", f"{FORM}; charset=UTF-8", f"query={quote(ASK)}".encode()),
        ("POST", "", QUERY, ASK.encode()),
        ("POST", "", f"{QUERY.upper()};charset=utf-8", ASK.encode()),
    ],
    ids=["GET", "form", "form with charset", "direct", "direct with charset"],
)
def test_the_ways_to_ask(method: str, address: str, content_type: str, body: bytes) -> None:
    assert operation(method, address, content_type, body).query == ASK


@pytest.mark.parametrize("direct", [False, True])
def test_the_dataset_of_the_request(direct: bool) -> None:
    graphs = "default-graph-uri=http%3A%2F%2Fg%2F1&default-graph-uri=http://g/2&named-graph-uri=http://g/3"
    if direct:
        asked = operation("POST", graphs, QUERY, ASK.encode())
    else:
        asked = operation("POST", "", FORM, f"query=ASK%7B%7D&{graphs}".encode())
    assert asked.dataset == Dataset(("http://g/1", "http://g/2"), ("http://g/3",))


@pytest.mark.parametrize(
    ("method", "address", "content_type", "body", "status"),
    [
        ("GET", "", "", b"", 400),
        ("GET", "query=", "", b"", 400),
        ("GET", "query=ASK%7B%7D&query=ASK%7B%7D", "", b"", 400),
        ("GET", "query=%ff", "", b"", 400),
        ("POST", "", FORM, b"", 400),
        ("POST", "query=ASK%7B%7D", FORM, b"", 400),
        ("POST", "query=ASK%7B%7D", QUERY, b"ASK{}", 400),
        ("POST", "", QUERY, b"\xff", 400),
        ("POST", "", FORM, b"update=CLEAR+ALL", 403),
        ("GET", "update=CLEAR+ALL", "", b"", 403),
        ("POST", "", UPDATE, b"CLEAR ALL", 403),
        ("POST", "", "text/plain", b"ASK{}", 415),
        ("POST", "", "", b"ASK{}", 415),
    ],
)
def test_what_is_no_query(method: str, address: str, content_type: str, body: bytes, status: int) -> None:
    with pytest.raises(ProtocolError) as error:
        operation(method, address, content_type, body)
    assert error.value.status == status


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "a/x"),
        ("*/*", "a/x"),
        ("b/y", "b/y"),
        ("b/*", "b/y"),
        ("a/x;q=0.5, b/y", "b/y"),
        ("a/*;q=0.1, */*;q=0.9", "b/y"),
        ("A/X ; Q=0.2 , b/y;q=0.1", "a/x"),
        ("a/x;q=0, */*", "b/y"),
        ("c/z", None),
        ("b/y;q=0", None),
        ("b/y;q=much", None),
    ],
)
def test_the_form_that_a_client_prefers(accept: str, chosen: str | None) -> None:
    assert best(accept, ["a/x", "b/y"]) == chosen
