"""Mentions to entities within one document: names, surnames, roles, pronouns, groups, bodies, states in time."""

from __future__ import annotations

import pytest
from doc_builder import doc, page, read, reference
from spacy.tokens import Doc

from kg.extraction.page import LocalEntity
from kg.model import PartialDate
from kg.resolution.bodies import body_identity, kind_of
from kg.resolution.epochs import epochs
from kg.resolution.names import NameIndex, words_of
from kg.resolution.places import countries_of
from kg.resolution.reference import Reference

PUTIN = doc(
    "Russian|JJ|amod|3 President|NNP|compound|3 Vladimir|NNP|nsubj|5 Putin|NNP|flat|3 met|VBD|root|0|meet "
    "Masoud|NNP|obj|5 Pezeshkian|NNP|flat|6 .|.|punct|5"
)


def referents(*parts: Doc | tuple[str, Doc], issued: str | None = "2025-06-01") -> dict[str, set[str]]:
    """What each mention of the last paragraph stands for, by its text."""
    told = read(*parts, issued=issued)
    start = told.document.blocks[-1].span.start
    found: dict[str, set[str]] = {}
    for passage, keys in told.mentions:
        if passage.span.start >= start:
            text = told.document.text[passage.span.start : passage.span.end]
            found.setdefault(text, set()).update(told.entities[k].name for k in keys)
    return found


# names


@pytest.mark.parametrize(
    ("parse", "expected"),
    [
        ("Iran|NNP|nsubj|2 left|VBD|root|0", {"Iran": {"Iran"}}),
        ("Tehran|NNP|nsubj|2 objected|VBD|root|0", {"Tehran": {"Iran"}}),
        ("They|PRP|nsubj|2 met|VBD|root|0 in|IN|case|4 Tehran|NNP|obl|2", {"Tehran": {"Tehran"}}),
        ("They|PRP|nsubj|2 met|VBD|ROOT|0 in|IN|prep|2 Tehran|NNP|pobj|3", {"Tehran": {"Tehran"}}),
        ("They|PRP|nsubj|2 flew|VBD|root|0|fly to|IN|case|4 Tehran|NNP|obl|2", {"Tehran": {"Tehran"}}),
        ("They|PRP|nsubj|2 visited|VBD|root|0|visit Tehran|NNP|obj|2", {"Tehran": {"Tehran"}}),
    ],
)
def test_names_of_states_and_seats(parse: str, expected: dict[str, set[str]]) -> None:
    found = referents(doc(parse))
    assert {k: v for k, v in found.items() if k in expected} == expected


def test_an_acronym_in_brackets_is_its_name() -> None:
    first = doc(
        "The|DT|det|4 Eurasian|NNP|compound|4 Trade|NNP|compound|4 Institute|NNP|nsubj|8 (|,|punct|6 ETI|NNP|appos|4 "
        ")|,|punct|6 grew|VBD|root|0|grow"
    )
    second = doc("ETI|NNP|nsubj|2 grew|VBD|root|0|grow")
    told = read(first, second)
    institute = [e for e in told.entities.values() if "Institute" in e.name]
    assert len(institute) == 1
    assert "ETI" in institute[0].aliases
    assert {e.name for e in told.entities.values()} == {"Eurasian Trade Institute"}


def test_the_last_word_of_a_name_is_what_it_names() -> None:
    first = doc("The|DT|det|4 Eurasian|NNP|compound|4 Trade|NNP|compound|4 Institute|NNP|nsubj|5 grew|VBD|root|0|grow")
    second = doc("The|DT|det|2 Institute|NNP|nsubj|3 grew|VBD|root|0|grow", ents=[(1, 2, "ORG")])
    [institute] = read(first, second).entities.values()
    assert institute.name == "Eurasian Trade Institute" and "Institute" not in institute.aliases
    assert {e.name for e in read(second, first).entities.values()} == {"Institute", "Eurasian Trade Institute"}


# persons


def test_a_surname_is_the_person_named_before() -> None:
    assert referents(PUTIN, doc("Putin|NNP|nsubj|2 left|VBD|root|0"))["Putin"] == {"Vladimir Putin"}


def test_a_surname_is_the_person_named_later() -> None:
    told = read(doc("President|NNP|compound|2 Putin|NNP|nsubj|3 left|VBD|root|0"), PUTIN)
    assert [k for k in told.entities if k.startswith("person/")] == [
        "person/vladimir-putin",
        "person/masoud-pezeshkian",
    ]


def test_a_description_by_office_is_its_holder() -> None:
    found = referents(PUTIN, doc("The|DT|det|3 Russian|JJ|amod|3 president|NN|nsubj|4 left|VBD|root|0"))
    assert found["The Russian president"] == {"Vladimir Putin"}


def test_an_office_that_the_text_leaves_open_is_looked_up_for_its_day() -> None:
    parsed = doc("The|DT|det|3 Iranian|JJ|amod|3 president|NN|nsubj|4 left|VBD|root|0")
    assert referents(parsed, issued="2025-06-01")["The Iranian president"] == {"Masoud Pezeshkian"}
    assert referents(parsed, issued="2022-06-01")["The Iranian president"] == {"Ebrahim Raisi"}


@pytest.mark.parametrize(
    ("parse", "who"),
    [
        ("He|PRP|nsubj|2 left|VBD|root|0", "Vladimir Putin"),
        (
            "Masoud|NNP|nsubj|3 Pezeshkian|NNP|flat|1 said|VBD|root|0|say he|PRP|nsubj|5 left|VBD|ccomp|3",
            "Masoud Pezeshkian",
        ),
    ],
    ids=["subject before", "same sentence"],
)
def test_a_pronoun_is_the_subject_before(parse: str, who: str) -> None:
    found = referents(PUTIN, doc(parse))
    assert (found.get("He") or found["he"]) == {who}


def test_nobody_is_meant_by_a_pronoun_without_anyone_before() -> None:
    assert "He" not in referents(doc("He|PRP|nsubj|2 left|VBD|root|0"))


def test_both_leaders_are_the_two_persons_before() -> None:
    found = referents(PUTIN, doc("Both|DT|det|2 leaders|NNS|nsubj|3 left|VBD|root|0"))
    assert found["Both leaders"] == {"Vladimir Putin", "Masoud Pezeshkian"}


def test_his_counterpart_is_the_person_of_the_other_state_or_that_state() -> None:
    parsed = doc("His|PRP$|nmod:poss|3 Iranian|JJ|amod|3 counterpart|NN|nsubj|4 left|VBD|root|0")
    found = referents(PUTIN, parsed)
    assert any(v <= {"Masoud Pezeshkian", "Iran"} for k, v in found.items() if "counterpart" in k)


# groups and bodies


def test_his_counterpart_holds_the_office_of_the_person_nearest_before() -> None:
    minister = doc(
        "Iranian|JJ|amod|4 Foreign|NNP|compound|3 Minister|NNP|compound|4 Abbas|NNP|nsubj|6 Araghchi|NNP|flat|4 "
        "spoke|VBD|root|0|speak .|.|punct|6"
    )
    president = doc(
        "Russian|JJ|amod|3 President|NNP|compound|3 Vladimir|NNP|nsubj|5 Putin|NNP|flat|3 met|VBD|root|0|meet "
        "his|PRP$|nmod:poss|8 Iranian|JJ|amod|8 counterpart|NN|obj|5 .|.|punct|5"
    )
    found = referents(minister, president)
    [who] = [v for k, v in found.items() if "counterpart" in k]
    assert who == {"Iran"}


def test_three_states_are_the_list_before() -> None:
    listed = doc(
        "Iran|NNP|nsubj|6 ,|,|punct|3 Iraq|NNP|conj|1 and|CC|cc|5 Russia|NNP|conj|1 spoke|VBD|root|0|speak .|.|punct|6 "
        "Turkey|NNP|nsubj|9 objected|VBD|root|0|object .|.|punct|9"
    )
    group = doc("The|DT|det|3 three|CD|nummod|3 countries|NNS|nsubj|4|country left|VBD|root|0|leave")
    assert referents(listed, group)["The three countries"] == {"Iran", "Iraq", "Russia"}


def test_two_countries_are_the_pair_before() -> None:
    first = doc("Iran|NNP|nsubj|4 and|CC|cc|3 Iraq|NNP|conj|1 left|VBD|root|0")
    found = referents(first, doc("The|DT|det|3 two|CD|nummod|3 countries|NNS|nsubj|4 met|VBD|root|0|meet"))
    assert found["The two countries"] == {"Iran", "Iraq"}


def test_two_countries_mean_nothing_after_one() -> None:
    first = doc("Iran|NNP|nsubj|2 left|VBD|root|0")
    found = referents(first, doc("The|DT|det|3 two|CD|nummod|3 countries|NNS|nsubj|4 met|VBD|root|0|meet"))
    assert "The two countries" not in found


def test_a_government_is_its_state() -> None:
    parsed = doc("The|DT|det|3 Iranian|JJ|amod|3 government|NN|nsubj|4 left|VBD|root|0")
    assert referents(parsed)["The Iranian government"] == {"Iran"}


def test_one_ministry_under_three_names_is_one_entity() -> None:
    left = "left|VBD|root|0|leave"
    told = read(
        doc(f"The|DT|det|4 Iranian|JJ|amod|4 Foreign|NNP|compound|4 Ministry|NNP|nsubj|5 {left}"),
        doc(f"The|DT|det|4 Iranian|JJ|amod|4 foreign|JJ|amod|4 ministry|NN|nsubj|5 {left}"),
        doc(f"The|DT|det|2 ministry|NN|nsubj|3 {left}"),
    )
    assert [e.name for e in told.entities.values() if e.cls == "GovernmentBody"] == [
        "Ministry of Foreign Affairs of Iran"
    ]


# time


def test_a_paragraph_tells_of_the_year_in_its_heading() -> None:
    heading = doc(
        "The|DT|det|2 Treaty|NNP|root|0 of|IN|case|4 Gulistan|NNP|nmod|2 (|,|punct|6 1813|CD|dep|2 )|,|punct|6"
    )
    text = doc("Russia|NNP|nsubj|2 won|VBD|root|0|win")
    told = page(text, ("heading", heading), text)
    assert list(epochs(told).values()) == [PartialDate("2025-06-01"), PartialDate("1813"), PartialDate("1813")]
    assert referents(text, ("heading", heading), text)["Russia"] == {"Russian Empire"}


def test_without_a_day_the_title_s_year_counts() -> None:
    text = doc("Russia|NNP|nsubj|2 won|VBD|root|0|win")
    title = doc("The|DT|det|2 war|NN|root|0 of|IN|case|4 1813|CD|nmod|2")
    assert referents(("title", title), text, issued=None)["Russia"] == {"Russian Empire"}
    assert referents(text, issued=None)["Russia"] == {"Russia"}


def test_the_year_of_publication_in_a_heading_is_not_more_than_the_day() -> None:
    heading = doc("Talks|NNS|root|0|talk of|IN|case|3 2025|CD|nmod|1")
    assert set(epochs(page(("heading", heading))).values()) == {PartialDate("2025-06-01")}


# names as keys


@pytest.mark.parametrize(
    ("name", "words"),
    [("Dr. José Núñez", ("jose", "nunez")), ("Sir", ("sir",)), ("Putin's", ("putin",)), ("", ())],
)
def test_words_of_a_name(name: str, words: tuple[str, ...]) -> None:
    assert words_of(name) == words


@pytest.fixture
def people() -> NameIndex:
    index = NameIndex()
    index.add("Vladimir Putin", "putin")
    index.add("Ali Khamenei", "ali")
    index.add("Mojtaba Khamenei", "mojtaba")
    index.add("Seyed Abbas Araghchi", "araghchi")
    return index


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Putin", "putin"),
        ("Vladimir Putin", "putin"),
        ("Vladimir Vladimirovich Putin", "putin"),
        ("Mr. Putin", "putin"),
        ("Abbas Araghchi", "araghchi"),
        ("Khamenei", None),
        ("Ali Khamenei", "ali"),
        ("Medvedev", None),
        ("", None),
        ("Lyudmila Putina", None),
    ],
)
def test_people_by_shorter_names(people: NameIndex, name: str, key: str | None) -> None:
    assert people.find(name) == key


@pytest.fixture
def iran() -> LocalEntity:
    return LocalEntity("state/iran", "State", "Iran", "state/iran", {"Iranian", "Iran"})


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Iran’s Foreign Ministry", "foreign ministry"),
        ("the Iranian Foreign Ministry", "foreign ministry"),
        ("Ministry of Health of Iran", "ministry of health"),
        ("Foreign Ministry", "foreign ministry"),
        ("country's parliament", "parliament"),
    ],
)
def test_what_kind_of_body_it_is(text: str, kind: str, iran: LocalEntity) -> None:
    assert kind_of(text, iran) == kind


def test_a_body_unknown_to_the_reference_data_is_named_by_kind_and_owner(iran: LocalEntity) -> None:
    name, key, record = body_identity("Iranian Ministry of Magic", "state/iran", {"state/iran": iran}, reference())
    assert (name, key, record) == ("Ministry of Magic of Iran", "body/ministry-of-magic-of-iran", None)


def test_a_known_body_is_its_record(iran: LocalEntity) -> None:
    russia = LocalEntity("state/russia", "State", "Russia", "state/russia", {"Russian"})
    name, _, record = body_identity("Russian State Duma", "state/russia", {"state/russia": russia}, reference())
    assert record is not None and name == "State Duma"


def test_places_lie_in_the_state_of_today() -> None:
    entities = {"p": LocalEntity("p", "Place", "Dushanbe", reference().by_name("Dushanbe")[0].id)}
    assert list(countries_of(entities, reference()).values()) == ["state/tajikistan"]
    assert entities["state/tajikistan"].name == "Tajikistan"


def test_unknown_places_lie_nowhere() -> None:
    assert countries_of({"p": LocalEntity("p", "Place", "Nowhere")}, Reference([])) == {}
