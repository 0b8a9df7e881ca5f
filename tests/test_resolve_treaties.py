"""Which treaty a mention means, in one document and across documents."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from doc_builder import doc, read, reference
from spacy.tokens import Doc

from kg.extraction.drafts import DraftFact
from kg.extraction.page import LocalEntity
from kg.model import NOBODY, Document, EntityRef, Modality, PartialDate, Passage, Span
from kg.resolution.corpus import DocumentReading
from kg.resolution.judging.deciding import Judgement
from kg.resolution.records import Record
from kg.resolution.reference import Reference
from kg.resolution.treaty_judging import TreatyJudge, agreement
from kg.resolution.treaty_links import TreatyLinker

Part = Doc | tuple[str, Doc]
SIGNED = "They|PRP|nsubj|2 signed|VBD|root|0|sign"
LAPSED = "lapsed|VBD|root|0|lapse"
BORDER = doc(f"{SIGNED} a|DT|det|5 border|NN|compound|5 treaty|NN|obj|2 with|IN|case|7 Iraq|NNP|nmod|5")
GULISTAN = "The|DT|det|2 Treaty|NNP|root|0 of|IN|case|4 Gulistan|NNP|nmod|2 (|,|punct|6 1813|CD|dep|2 )|,|punct|6"


def treaties(*parts: Part, issued: str | None = "2025-06-01") -> list[list[str]]:
    """The mentions of each treaty, treaties in the order in which they are first mentioned."""
    told = read(*parts, issued=issued)
    found: dict[str, list[str]] = {}
    for passage, keys in sorted(told.mentions):
        for key in keys:
            if told.entities[key].cls == "Treaty":
                found.setdefault(key, []).append(told.document.text[passage.span.start : passage.span.end])
    return list(found.values())


def names(*parts: Part, issued: str | None = "2025-06-01") -> list[str]:
    return [e.name for e in read(*parts, issued=issued).entities.values() if e.cls == "Treaty"]


# one document


@pytest.mark.parametrize(
    "parse",
    [
        f"The|DT|det|2 treaty|NN|nsubj|3 {LAPSED}",
        f"The|DT|det|2 pact|NN|nsubj|3 {LAPSED}",
        f"The|DT|det|3 border|NN|compound|3 treaty|NN|nsubj|4 {LAPSED}",
        f"This|DT|det|2 agreement|NN|nsubj|3 {LAPSED}",
    ],
)
def test_a_definite_description_is_the_treaty_told_of(parse: str) -> None:
    assert [len(mentions) for mentions in treaties(BORDER, doc(parse))] == [2]


@pytest.mark.parametrize(
    "parse",
    [
        f"Another|DT|det|3 trade|NN|compound|3 treaty|NN|nsubj|4 {LAPSED}",
        f"A|DT|det|3 2001|CD|nummod|3 treaty|NN|nsubj|4 {LAPSED}",
        f"A|DT|det|2 treaty|NN|nsubj|5 with|IN|case|4 Israel|NNP|nmod|2 {LAPSED}",
        f"The|DT|det|3 Jay|NNP|compound|3 Treaty|NNP|nsubj|4 {LAPSED}",
    ],
    ids=["another", "a year", "other parties", "a name"],
)
def test_another_treaty_stays_another(parse: str) -> None:
    assert [len(mentions) for mentions in treaties(BORDER, doc(parse))] == [1, 1]


@pytest.mark.parametrize(
    "parse",
    [
        f"A|DT|det|2 treaty|NN|nsubj|3 {LAPSED}",
        f"No|DT|det|2 treaty|NN|nsubj|3 {LAPSED}",
        f"Treaties|NNS|nsubj|2|treaty {LAPSED}",
    ],
)
def test_a_description_that_says_nothing_is_no_treaty(parse: str) -> None:
    assert treaties(doc(parse)) == []


def test_in_a_section_the_treaty_is_that_of_the_heading() -> None:
    text = doc("The|DT|det|2 treaty|NN|nsubj|3 ended|VBD|root|0|end the|DT|det|5 war|NN|obj|3")
    other = doc(GULISTAN.replace("Gulistan", "Turkmenchay").replace("1813", "1828"))
    parts = ("heading", doc(GULISTAN)), text, ("heading", other), text
    assert [mentions[-1] for mentions in treaties(*parts)] == ["treaty", "treaty"]
    assert [len(mentions) for mentions in treaties(*parts)] == [2, 2]


def test_a_known_treaty_is_its_record() -> None:
    told = read(("heading", doc(GULISTAN)))
    [treaty] = [e for e in told.entities.values() if e.cls == "Treaty"]
    assert treaty.record is not None and treaty.year == 1813
    record = reference().get(treaty.record)
    assert record is not None and (record.signed or "").startswith("1813")


def test_a_known_name_with_another_year_is_another_treaty() -> None:
    told = read(("heading", doc(GULISTAN.replace("1813", "1913"))))
    assert [e.record for e in told.entities.values() if e.cls == "Treaty"] == [None]


def test_a_treaty_without_a_name_is_called_by_what_it_is_and_whose() -> None:
    parsed = doc(
        f"Iran|NNP|nmod:poss|3 's|POS|case|1 treaty|NN|nsubj|6 with|IN|case|5 Iraq|NNP|nmod|3 {LAPSED}",
    )
    assert names(parsed) == ["treaty between Iran and Iraq"]


def test_the_fullest_name_is_the_name() -> None:
    first = doc(f"The|DT|det|3 border|NN|compound|3 treaty|NN|nsubj|4 {LAPSED}")
    second = doc(
        "The|DT|det|4 Border|NNP|compound|4 Navigation|NNP|compound|4 Treaty|NNP|nsubj|5 lapsed|VBD|root|0|lapse"
    )
    assert "Border Navigation Treaty" in names(second, first)


# across documents


def reading(
    document: str,
    name: str,
    parties: Iterable[str] = (),
    year: int | None = None,
    issued: str | None = None,
    key: str = "treaty/x",
    modality: Modality = Modality.ACTUAL,
) -> DocumentReading:
    """A document that tells of one treaty."""
    passage = Passage(f"document/{document}", Span(0, 1))
    told = [DraftFact(key, "party", EntityRef(p), passage, modality, NOBODY, 0.8, "t") for p in parties]
    if year:
        told.append(DraftFact(key, "signedOn", PartialDate(str(year)), passage, modality, NOBODY, 0.8, "t"))
    date = PartialDate(issued) if issued else None
    source = Document(f"document/{document}", document, "x", "", issued=date)
    return DocumentReading(source, {key: LocalEntity(key, "Treaty", name)}, (), tuple(told), (), (), 1)


PAIR = ("state/iran", "state/iraq")
KNOWN = Reference(
    [
        Record("state/iran", "State", "Iran"),
        Record("state/iraq", "State", "Iraq"),
        Record("treaty/border-1975", "Treaty", "Border Trade Treaty", signed="1975-06-13", parties=PAIR),
    ]
)


def links(*readings: DocumentReading, known: Reference | None = None) -> list[str]:
    renamed = TreatyLinker(readings, known or Reference([])).run()
    return [renamed[(r.document.id, key)] for r in readings for key in r.entities]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("border treaty", PAIR, 1975), ("border trade pact", PAIR, 1975), True),
        (("border treaty", PAIR, 1975), ("border treaty", PAIR, 1990), False),
        (("border treaty", PAIR, 1975), ("border treaty", ("state/iran", "state/israel"), 1975), False),
        (("Border Trade Treaty", (), None), ("Border Trade Treaty", (), None), True),
        (("fishing treaty", PAIR, 1975), ("nuclear treaty", PAIR, 1975), False),
        (("border treaty", PAIR, None), ("mining treaty", PAIR, None), False),
    ],
)
def test_treaties_of_two_documents(one: tuple, other: tuple, same: bool) -> None:  # type: ignore[type-arg]
    ids = links(reading("a", *one, key="treaty/a"), reading("b", *other, key="treaty/b"))
    assert (ids[0] == ids[1]) is same


def test_a_known_treaty_is_found_by_parties_year_and_words() -> None:
    assert links(reading("a", "border treaty", PAIR, 1975), known=KNOWN) == ["treaty/border-1975"]
    assert links(reading("a", "border treaty", PAIR, 1976), known=KNOWN) != ["treaty/border-1975"]
    assert links(reading("a", "nuclear treaty", PAIR, 1975), known=KNOWN) != ["treaty/border-1975"]


def test_without_a_year_a_known_treaty_must_be_near_and_described_alike() -> None:
    assert links(reading("a", "border trade treaty", PAIR, issued="1975-07-01"), known=KNOWN) == ["treaty/border-1975"]
    assert links(reading("a", "border trade treaty", PAIR, issued="2025-07-01"), known=KNOWN) != ["treaty/border-1975"]


RUR, DAN, ARC = "state/rur", "state/danubia", "state/arcadia"
ZENDA = [
    Record("state/rur", "State", "Ruritania"),
    Record("state/danubia", "State", "Danubia"),
    Record("state/arcadia", "State", "Arcadia"),
    Record("treaty/zenda-1883", "Treaty", "Treaty of Zenda", signed="1883-03-01", parties=(RUR, DAN), qid="Q1"),
    Record(
        "treaty/zenda-1898", "Treaty", "Treaty of Zenda", signed="1898-12-10", parties=(RUR, ARC), place="place/zenda"
    ),
    Record("treaty/arms-1", "Treaty", "Arms Limitation Treaty I", signed="1972-05-26", parties=(RUR, DAN)),
    Record("treaty/border", "Treaty", "Border Rivers Convention", signed="1950-01-02", parties=(RUR, DAN)),
]


@pytest.mark.parametrize(
    ("names", "parties", "date", "words", "id"),
    [
        (["Treaty of Zenda"], (), "1883", ["zenda"], "treaty/zenda-1883"),
        (["Treaty of Zenda"], (), "1898-12-10", ["zenda"], "treaty/zenda-1898"),
        (["Treaty of Zenda"], (RUR, ARC), None, ["zenda"], "treaty/zenda-1898"),
        (["Treaty of Zenda"], (), None, ["zenda"], None),
        (["Treaty of Zenda"], (), "1899", ["zenda"], None),
        (["Treaty of Zenda"], (DAN, ARC), "1883", ["zenda"], "treaty/zenda-1883"),
        (["Arms Limitation Treaty I"], (), None, ["arms"], "treaty/arms-1"),
        (["Arms Limitation Treaty II"], (RUR, DAN), "1972", ["arms"], None),
        (["agreement"], (RUR, DAN), "1950", [], "treaty/border"),
        (["rivers agreement"], (RUR, DAN), "1950", ["rivers"], "treaty/border"),
        (["fishing agreement"], (RUR, DAN), "1950", ["fishing"], None),
        (["rivers agreement"], (RUR, ARC), "1950", ["rivers"], None),
        (["rivers agreement"], (RUR, DAN), "1951", ["rivers"], None),
        (["border rivers agreement"], (RUR, DAN), None, ["border", "rivers"], None),
        (["border rivers agreement"], (), "1950-01-02", ["border", "rivers"], "treaty/border"),
        (["border rivers agreement"], (ARC,), "1950-01-02", ["border", "rivers"], None),
    ],
)
def test_a_known_treaty_is_judged_by_all_that_is_told(
    names: list[str], parties: tuple[str, ...], date: str | None, words: list[str], id: str | None
) -> None:
    judge = TreatyJudge(Reference(ZENDA))
    named = [each for each in ZENDA if each.cls == "Treaty" and each.name in names]
    found = judge.sure(judge.decide(agreement(names, parties, date, words, PartialDate("2024-05-01")), named))
    assert (found.id if found else None) == id


def test_the_order_of_the_known_treaties_makes_no_difference() -> None:
    told = agreement(["Treaty of Zenda"], (), None, ["zenda"], None)
    decisions = [TreatyJudge(Reference(ZENDA)).decide(told, each) for each in (ZENDA[3:5], ZENDA[4:2:-1])]
    assert decisions[0] == decisions[1] and decisions[0].judgement is Judgement.UNSURE


def test_planned_parties_do_not_make_two_treaties_one() -> None:
    one = reading("a", "border treaty", PAIR, 1975, key="treaty/a", modality=Modality.PLANNED)
    other = reading("b", "border trade pact", PAIR, 1975, key="treaty/b")
    assert len(set(links(one, other))) == 2


def test_ids_do_not_depend_on_the_order() -> None:
    readings = [
        reading("a", "border treaty", PAIR, 1975, key="treaty/a"),
        reading("b", "border trade pact", PAIR, 1975, key="treaty/b"),
        reading("c", "the border pact", PAIR, key="treaty/c"),
    ]
    forwards = dict(zip("abc", links(*readings), strict=True))
    assert dict(zip("cba", links(*readings[::-1]), strict=True)) == forwards
