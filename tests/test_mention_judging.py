"""Names in a text against the reference data: wrong but tempting records are declined, unsure ones stay possible."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from doc_builder import doc, page

from kg.extraction.page import Form, Found, LocalEntity, OfficePhrase, Resolved
from kg.model import Standing
from kg.resolution.document import resolve_document
from kg.resolution.records import Record, Term
from kg.resolution.reference import Own, Reference
from kg.resolution.word_order import same_words

SURE, POSSIBLE, DECLINED = Standing

STATES = [
    Record("state/rur", "State", "Ruritania", prior=0.9),
    Record("state/danubia", "State", "Danubia", prior=0.9),
]
RUDOLF = Record(
    "person/rudolf-elphberg",
    "Person",
    "Rudolf Elphberg",
    surnames=("Elphberg",),
    qid="Q1",
    terms=(Term("Minister of Foreign Affairs", "state/rur", "2019-03-01", "2023-01-31"),),
    prior=0.6,
)
ZENDA = Record("place/zenda", "Place", "Zenda", qid="Q2", country="state/rur", prior=0.6)
OTHER_ZENDA = Record("place/zenda-2", "Place", "Zenda", qid="Q3", country="state/danubia", prior=0.62)


def told(
    text: str,
    issued: str | None,
    records: Iterable[Record],
    names: Iterable[str],
    role: str | None = None,
    of: str | None = None,
) -> Resolved:
    """A text with these names in it; ``role`` of ``of`` stands beside the first."""
    words = text.split()
    parse = doc(" ".join(f"{word}|NNP|{'root|0' if i == 0 else 'dep|1'}" for i, word in enumerate(words)))
    reference = Reference([*STATES, *records])
    found = [_mention(name, words, reference) for name in names]
    at = next((k for k, m in enumerate(found) if m.text == of), None)
    phrases = [OfficePhrase(0, 0, 1, role, at, (0,))] if role else []
    return resolve_document(page(parse, issued=issued), found, phrases, reference)


def _mention(name: str, words: list[str], reference: Reference) -> Found:
    size = len(name.split())
    start = next(i for i in range(len(words)) if words[i : i + size] == name.split())
    records = reference.by_name(name) or reference.persons_by_surname(name)
    cls = records[0].cls if records else "Person"
    form = Form.SURNAME if size == 1 and cls == "Person" else Form.NAME
    return Found(0, start, start + size, cls, form, name, tuple(r.id for r in records))


def first(found: Resolved) -> tuple[str, str | None, list[tuple[str, Standing]]]:
    """The entity of the first name: key, record and links."""
    entity = found.entities[found.referents[0][0]]
    return entity.key, entity.record, [(link.target, link.standing) for link in entity.links]


TEXT = "Rudolf Elphberg spoke in Ruritania and in Danubia"


def test_the_holder_of_the_office_is_sure() -> None:
    found = told(TEXT, "2020-05-01", [RUDOLF], ["Rudolf Elphberg", "Ruritania"], "foreign minister", "Ruritania")
    assert first(found) == ("person/rudolf-elphberg", "person/rudolf-elphberg", [("Q1", SURE)])


def test_who_took_the_office_later_is_declined() -> None:
    found = told(TEXT, "2015-05-01", [RUDOLF], ["Rudolf Elphberg", "Ruritania"], "foreign minister", "Ruritania")
    assert first(found) == ("person/rudolf-elphberg-2", None, [("Q1", DECLINED)])


def test_who_is_appointed_is_called_by_the_office_some_weeks_before() -> None:
    found = told(TEXT, "2019-02-01", [RUDOLF], ["Rudolf Elphberg", "Ruritania"], "foreign minister", "Ruritania")
    assert first(found)[1] == "person/rudolf-elphberg"


def test_a_homonym_of_another_states_office_is_not_taken() -> None:
    found = told(TEXT, "2020-05-01", [RUDOLF], ["Rudolf Elphberg", "Danubia"], "foreign minister", "Danubia")
    assert first(found)[1] is None


def test_a_homonym_of_another_century_is_declined() -> None:
    found = told(TEXT, "1830", [RUDOLF], ["Rudolf Elphberg", "Ruritania"])
    assert first(found) == ("person/rudolf-elphberg-2", None, [("Q1", DECLINED)])


def test_of_two_of_one_name_the_one_with_the_office_is_taken() -> None:
    other = Record(
        "person/rudolf-elphberg-1",
        "Person",
        "Rudolf Elphberg",
        qid="Q9",
        terms=(Term("Minister of Health", "state/danubia", "2018", "2022"),),
        prior=0.9,
    )
    for role, of, key in (("foreign minister", "Ruritania", "Q1"), ("health minister", "Danubia", "Q9")):
        found = told(TEXT, "2020-05-01", [RUDOLF, other], ["Rudolf Elphberg", "Ruritania", "Danubia"], role, of)
        assert first(found)[2] == [(key, SURE)]


def test_a_name_alone_is_only_possible() -> None:
    found = told(TEXT, None, [RUDOLF], ["Rudolf Elphberg"])
    assert first(found) == ("person/rudolf-elphberg", None, [("Q1", POSSIBLE)])


def test_a_name_and_the_state_of_the_office_are_sure() -> None:
    assert first(told(TEXT, None, [RUDOLF], ["Rudolf Elphberg", "Ruritania"]))[2] == [("Q1", SURE)]
    assert first(told(TEXT, None, [RUDOLF], ["Rudolf Elphberg", "Danubia"]))[2] != [("Q1", SURE)]


@pytest.mark.parametrize(
    ("role", "issued", "linked"),
    [("foreign minister", "2020-05-01", True), (None, "2020-05-01", False), ("foreign minister", "2015-05-01", False)],
)
def test_a_surname_needs_the_office_and_the_time(role: str | None, issued: str, linked: bool) -> None:
    found = told("Elphberg spoke in Ruritania", issued, [RUDOLF], ["Elphberg", "Ruritania"], role, "Ruritania")
    linked_to = [found.entities[key].record for key in found.referents.get(0, ())]
    assert (linked_to == ["person/rudolf-elphberg"]) is linked


@pytest.mark.parametrize(("state", "id"), [("Ruritania", "place/zenda"), ("Danubia", "place/zenda-2")])
def test_of_two_cities_the_one_of_the_state_behind_it(state: str, id: str) -> None:
    found = told(f"Zenda , {state}", None, [ZENDA, OTHER_ZENDA], ["Zenda", state])
    assert first(found)[1] == id


@pytest.mark.parametrize("names", [["Zenda"], ["Zenda", "Ruritania"]])
def test_two_cities_without_their_state_stay_possible(names: list[str]) -> None:
    """That a state is named somewhere is too little: of a capital's guests, each has a city of that name at home."""
    found = told("Zenda is not far from Ruritania", None, [ZENDA, OTHER_ZENDA], names)
    assert first(found)[1] is None
    assert {target for target, standing in first(found)[2] if standing is POSSIBLE} == {"Q2", "Q3"}


def test_a_city_by_far_the_best_known_is_sure() -> None:
    found = told("Zenda is old", None, [Record("place/z", "Place", "Zenda", qid="Q4", prior=0.9), ZENDA], ["Zenda"])
    assert first(found)[1] == "place/z"


def test_the_order_of_the_records_makes_no_difference() -> None:
    text, names = "Zenda is old", ["Zenda"]
    assert first(told(text, None, [ZENDA, OTHER_ZENDA], names)) == first(told(text, None, [OTHER_ZENDA, ZENDA], names))


def test_own_records_are_judged_as_packaged_ones_are() -> None:
    assert Reference(STATES, Own((RUDOLF,))).by_name("Rudolf Elphberg") == (RUDOLF,)


def test_another_spelling_is_sure_with_the_office_alone() -> None:
    text = "Rudolf Elfberg spoke in Ruritania"
    sure = told(text, "2020-05-01", [RUDOLF], ["Rudolf Elfberg", "Ruritania"], "foreign minister", "Ruritania")
    assert first(sure)[2] == [("Q1", SURE)]
    open_ = told(text, "2020-05-01", [RUDOLF], ["Rudolf Elfberg", "Ruritania"])
    assert first(open_) == ("person/rudolf-elfberg", None, [("Q1", POSSIBLE)])


@pytest.mark.parametrize("text", ["Rudolf Elphbergskiy", "Rudolf Elphbergskyy", "Rudolf Elphbergski"])
def test_another_romanisation_is_the_same_name(text: str) -> None:
    elphbergsky = Record("person/x", "Person", "Rudolf Elphbergsky", qid="Q7", terms=RUDOLF.terms, prior=0.9)
    found = told(f"{text} spoke in Ruritania", "2020-05-01", [elphbergsky], [text, "Ruritania"])
    assert first(found) == ("person/x", "person/x", [("Q7", SURE)])


@pytest.mark.parametrize(
    ("text", "role", "key"),
    [
        ("R. Elphberg", "foreign minister", "person/rudolf-elphberg"),
        ("Rudolf K. Elphberg", "foreign minister", "person/rudolf-elphberg"),
        ("R. Elphberg", None, None),
        ("M. Elphberg", "foreign minister", None),
        ("Michael Elphberg", "foreign minister", None),
    ],
)
def test_initials_need_the_office(text: str, role: str | None, key: str | None) -> None:
    found = told(f"{text} spoke in Ruritania", "2020-05-01", [RUDOLF], [text, "Ruritania"], role, "Ruritania")
    assert first(found)[1] == key


def test_honorifics_are_no_part_of_who_somebody_is() -> None:
    assert first(told("Sir Fritz Tarlenheim spoke", None, [], ["Sir Fritz Tarlenheim"]))[0] == "person/fritz-tarlenheim"


def test_an_organisation_is_known_by_its_words_in_any_order() -> None:
    board = Record("body/board", "GovernmentBody", "Ruritania Straits General Board", country="state/rur", qid="Q5")
    text = "General Straits Board of Ruritania"
    mention = Found(0, 0, 5, "GovernmentBody", Form.NAME, text)
    parse = doc(" ".join(f"{word}|NNP|{'root|0' if i == 0 else 'dep|1'}" for i, word in enumerate(text.split())))
    found = resolve_document(page(parse), [mention], [], Reference([*STATES, board]))
    assert found.referents[0] == ("body/board",)


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        (("1965 India-Pakistan War", "India-Pakistan War of 1965"), 1),
        (("1965 India-Pakistan War", "India-Pakistan War of 1971"), 2),
        (("Bank Street", "Street Bank"), 2),
    ],
)
def test_the_same_words_in_another_order_are_one(names: tuple[str, str], ids: int) -> None:
    entities = [(f"conflict/{n}", LocalEntity(f"conflict/{n}", "Conflict", name)) for n, name in enumerate(names)]
    merged = same_words(entities)
    assert merged == same_words(entities[::-1])
    assert len({merged.get(id, id) for id, _ in entities}) == ids
