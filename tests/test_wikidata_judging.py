"""Judging: what is taken, and the tempting wrong candidates that are declined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pytest
from wikidata_help import Value, entity

from kg.resolution.judging.context import Context, lineages
from kg.resolution.judging.deciding import Decision, Judgement, decide
from kg.resolution.judging.features import FEATURES
from kg.resolution.judging.items import Item
from kg.resolution.judging.rules import rules_of
from kg.resolution.judging.subject import HeldOffice, Subject
from kg.resolution.reference import Reference
from kg.wikidata.items import item_of, settings
from kg.wikidata.kinds import kinds_of
from kg.wikidata.subjects import LINKED

BASE = "https://w3id.org/treatygraph/id/"
STATES = [
    Subject(f"{BASE}state/russia", "State", ("Russia",), "Q159"),
    Subject(f"{BASE}state/iran", "State", ("Iran",), "Q794"),
    Subject(f"{BASE}state/iraq", "State", ("Iraq",), "Q796"),
    Subject(f"{BASE}state/greece", "State", ("Greece",), "Q41"),
    Subject(f"{BASE}state/united-kingdom", "State", ("United Kingdom",), "Q145"),
    Subject(f"{BASE}state/ukraine", "State", ("Ukraine",), "Q212"),
    Subject(f"{BASE}historical-state/russian-empire", "HistoricalState", ("Russian Empire",), "Q34266"),
    Subject(f"{BASE}historical-state/qajar-iran", "HistoricalState", ("Qajar Iran",), "Q189326"),
]
RUSSIA, IRAN, IRAQ, GREECE, BRITAIN, UKRAINE, EMPIRE, QAJAR = (state.iri for state in STATES)


def item(id: str, label: str, claims: Mapping[str, Sequence[Value]], pages: int = 20, *aliases: str) -> Item:
    made = item_of(entity(id, label, claims, aliases, pages))
    assert made is not None
    return made


def position(id: str, label: str, state: str) -> Item:
    return item(id, label, {"P31": ["Q4164871"], "P1001": [state]})


POSITIONS = [
    position("Q218295", "President of Russia", "Q159"),
    position("Q9000000002", "Minister of Foreign Affairs of Iran", "Q794"),
    position("Q9000000003", "Minister of Foreign Affairs of Iraq", "Q796"),
    position("Q9000000004", "Minister of Infrastructure and Transport of Greece", "Q41"),
    position("Q9000000005", "Prime Minister of Greece", "Q41"),
    position("Q9000000006", "Minister of Culture and Information Policy of Ukraine", "Q212"),
    position("Q9000000008", "ambassador to Brunei", "Q145"),
    position("Q9000000007", "Speaker of the Verkhovna Rada", "Q212"),
]


class Known:
    """Candidates that are at hand."""

    source = "test"

    def __init__(self, items: Iterable[Item]) -> None:
        self.items = {each.id: each for each in items}

    def search(self, subject: Subject, context: Context) -> Sequence[Item]:
        return list(self.items.values())

    def get(self, ids: Iterable[str]) -> Mapping[str, Item]:
        return {id: self.items[id] for id in ids if id in self.items}

    def kinds(self, item: Item) -> frozenset[str]:
        return kinds_of(item)


@pytest.fixture(scope="module")
def reference() -> Reference:
    return Reference.load()


@pytest.fixture
def judge(reference: Reference) -> Any:
    """``judge(subject, *candidates)``: the decision."""

    def call(subject: Subject, *candidates: Item) -> Decision:
        context = Context([*STATES, subject], Known([*candidates, *POSITIONS]), lineages(reference))
        forward = decide(subject, candidates, context)
        assert forward == decide(subject, candidates[::-1], context), "the order of candidates must not matter"
        return forward

    return call


def person(name: str, *offices: HeldOffice, **given: Any) -> Subject:
    return Subject(
        f"{BASE}person/x", "Person", (name,), offices=offices, states=tuple(o.of for o in offices if o.of), **given
    )


def treaty(name: str, date: str | None, *parties: str) -> Subject:
    return Subject(f"{BASE}treaty/x", "Treaty", (name,), parties=parties, date=date)


def human(id: str, name: str, office: str | None = None, start: str | None = None, **claims: Sequence[Value]) -> Item:
    held: list[Value] = [] if office is None else [(office, {"P580": start} if start else {})]
    return item(id, name, {"P31": ["Q5"], "P39": held, **claims})


FOREIGN_MINISTER = HeldOffice("Foreign Minister of Iran", IRAN, "2025-04-18")
ARAGHCHI = human("Q7459020", "Abbas Araghchi", "Q9000000002", "2024-08-21", P27=["Q794"])


def test_the_foreign_minister_of_then_is_sure(judge: Any) -> None:
    made = judge(person("Abbas Araqchi", FOREIGN_MINISTER), ARAGHCHI)
    assert (made.judgement, made.best.id) == (Judgement.POSITIVE, "Q7459020")
    assert "office 1.00" in made.best.because


def test_a_name_alone_makes_nobody_sure(judge: Any) -> None:
    assert judge(person("Abbas Araghchi"), ARAGHCHI).judgement is Judgement.UNSURE


def test_another_name_is_no_candidate(judge: Any) -> None:
    made = judge(person("Hossein Amirabdollahian", FOREIGN_MINISTER), ARAGHCHI)
    assert (made.judgement, made.candidates) == (Judgement.NEGATIVE, ())


def test_a_homonym_with_another_office_is_declined(judge: Any) -> None:
    """Two politicians of Ukraine are called Oleksandr Tkachenko: a speaker of 1998 and a minister of 2020."""
    speaker = human("Q920728", "Oleksandr Tkachenko", "Q9000000007", "1998-07-07", P27=["Q212"])
    minister = human("Q4458923", "Oleksandr Tkachenko", "Q9000000006", "2020-06-04", P27=["Q212"])
    office = HeldOffice("Minister of Culture and Information Policy of Ukraine", UKRAINE, "2021-03-01")
    made = judge(person("Oleksandr Tkachenko", office), speaker, minister)
    assert (made.judgement, made.best.id) == (Judgement.POSITIVE, "Q4458923")
    assert judge(person("Oleksandr Tkachenko", office), speaker).judgement is not Judgement.POSITIVE


def test_two_homonyms_of_one_office_are_not_sure(judge: Any) -> None:
    """Two ambassadors of the United Kingdom to Brunei of 2017 are called Richard Lindsay."""
    one = human("Q56872431", "Richard Lindsay", "Q9000000008", "2017")
    other = human("Q75333789", "Richard Lindsay", "Q9000000008", "2017")
    subject = person("Richard Lindsay", HeldOffice("Ambassador to Brunei", BRITAIN, "2017-11-01"))
    assert judge(subject, one).judgement is Judgement.POSITIVE
    made = judge(subject, one, other)
    assert (made.judgement, [c.id for c in made.candidates]) == (Judgement.UNSURE, ["Q56872431", "Q75333789"])


def test_a_homonym_without_office_is_declined(judge: Any) -> None:
    footballer = human("Q9000000050", "Abbas Araghchi", P27=["Q794"])
    assert judge(person("Abbas Araghchi", FOREIGN_MINISTER), footballer).judgement is not Judgement.POSITIVE
    assert judge(person("Abbas Araghchi", FOREIGN_MINISTER), footballer, ARAGHCHI).best.id == "Q7459020"


def test_a_homonym_of_another_country_is_declined(judge: Any) -> None:
    iraqi = human("Q9000000051", "Abbas Araghchi", "Q9000000003", "2020", P27=["Q796"])
    assert judge(person("Abbas Araghchi", FOREIGN_MINISTER), iraqi).judgement is not Judgement.POSITIVE


def test_who_took_the_office_later_is_declined(judge: Any) -> None:
    """A text of 2008 cannot mean the Kostas Karamanlis who became minister in 2019."""
    later = human("Q20995434", "Kostas Karamanlis", "Q9000000004", "2019-07-09", P27=["Q41"])
    office = HeldOffice("Minister of Infrastructure and Transport of Greece", GREECE, "2008-05-01")
    made = judge(person("Kostas Karamanlis", office), later)
    assert made.judgement is Judgement.NEGATIVE
    assert made.best.contradicted == ("office",)
    now = HeldOffice(office.words, GREECE, "2020-05-01")
    assert judge(person("Kostas Karamanlis", now), later).judgement is Judgement.POSITIVE


def test_who_held_it_long_ago_is_not_sure(judge: Any) -> None:
    term = ("Q9000000002", {"P580": "1997", "P582": "2005"})
    former = item("Q435799", "Kamal Kharazi", {"P31": ["Q5"], "P39": [term]})
    assert judge(person("Kamal Kharazi", FOREIGN_MINISTER), former).judgement is Judgement.UNSURE


def test_who_had_died_or_was_not_born_is_declined(judge: Any) -> None:
    late = human("Q9000000052", "Abbas Mirza", P569=["1901"], P27=["Q189326"])
    early = human("Q9000000053", "Abbas Mirza", P569=["1571"], P570=["1629"])
    for wrong in (late, early):
        assert judge(person("Abbas Mirza", years=(1813, 1828)), wrong).judgement is Judgement.NEGATIVE


def test_who_signed_for_a_party_while_in_office_is_sure(judge: Any) -> None:
    putin = human("Q7747", "Vladimir Putin", "Q218295", "2000-05-07")
    assert (
        judge(person("Vladimir Putin", signed=(("2001-03-12", (IRAN, RUSSIA)),)), putin).judgement is Judgement.POSITIVE
    )
    assert (
        judge(person("Vladimir Putin", signed=(("1999-03-12", (IRAN, RUSSIA)),)), putin).judgement is Judgement.UNSURE
    )


def test_a_citizen_of_the_forerunner_is_of_the_state(judge: Any) -> None:
    soviet = human("Q9000000054", "Andrey Rudenko", P27=["Q15180"], P569=["1962"])
    made = judge(person("Andrey Rudenko", HeldOffice("Envoy", None), years=(2024, 2025)), soviet)
    assert made.best.features.get("country") is None
    subject = Subject(f"{BASE}person/x", "Person", ("Andrey Rudenko",), states=(RUSSIA,))
    assert judge(subject, soviet).best.features["country"] == 1.0


MINISTRIES = [
    item("Q9000000011", "Ministry of Foreign Affairs", {"P1001": ["Q159"]}, 20, "Russian Foreign Ministry"),
    item("Q9000000012", "Ministry of Foreign Affairs", {"P1001": ["Q794"]}, 19, "Iranian Foreign Ministry"),
]


@pytest.mark.parametrize(("state", "id"), [(RUSSIA, "Q9000000011"), (IRAN, "Q9000000012")])
def test_the_ministry_of_the_state_is_taken(state: str, id: str, judge: Any) -> None:
    subject = Subject(f"{BASE}body/x", "GovernmentBody", ("Ministry of Foreign Affairs",), states=(state,))
    made = judge(subject, *MINISTRIES)
    assert (made.judgement, made.best.id) == (Judgement.POSITIVE, id)


def test_another_states_ministry_is_declined(judge: Any) -> None:
    subject = Subject(f"{BASE}body/x", "GovernmentBody", ("Ministry of Foreign Affairs",), states=(IRAQ,))
    made = judge(subject, *MINISTRIES)
    assert made.judgement is Judgement.NEGATIVE
    assert all(candidate.contradicted == ("country",) for candidate in made.candidates)


def test_a_ministry_of_nobody_is_not_sure(judge: Any) -> None:
    subject = Subject(f"{BASE}body/x", "GovernmentBody", ("Ministry of Foreign Affairs",))
    assert judge(subject, *MINISTRIES).judgement is Judgement.UNSURE


LONDON = item("Q1160895", "Treaty of London", {"P31": ["Q131569"], "P585": ["1839-04-19"]}, 30)


@pytest.mark.parametrize("date", ["1915-04-26", "1913", "1827-07", "1840"])
def test_another_years_treaty_is_declined(date: str, judge: Any) -> None:
    made = judge(treaty("Treaty of London", date), LONDON)
    assert (made.judgement, made.best.contradicted) == (Judgement.NEGATIVE, ("date",))


@pytest.mark.parametrize("name", ["Treaty of London of 1915", "Treaty of London (1913)"])
def test_another_year_in_the_name_is_declined(name: str, judge: Any) -> None:
    dated = item("Q1160895", "Treaty of London (1839)", {"P31": ["Q131569"]}, 30)
    assert judge(treaty(name, None), dated).judgement is Judgement.NEGATIVE


def test_the_year_in_the_label_is_a_date_where_none_is_told(judge: Any) -> None:
    dated = item("Q1160895", "Treaty of London (1839)", {"P31": ["Q131569"]}, 30)
    assert judge(treaty("Treaty of London", "1913-05-30"), dated).judgement is Judgement.NEGATIVE


def test_a_treaty_of_the_day_is_sure_and_one_without_date_is_not(judge: Any) -> None:
    assert judge(treaty("Treaty of London", "1839-04-19"), LONDON).judgement is Judgement.POSITIVE
    assert judge(treaty("Treaty of London", None), LONDON).judgement is Judgement.UNSURE


def test_the_calendar_of_the_source_does_not_part_treaties(judge: Any) -> None:
    old_style = item("Q9000000022", "Treaty of Gulistan", {"P585": ["1813-10-12"], "P1891": ["Q34266", "Q189326"]})
    made = judge(treaty("Treaty of Gulistan", "1813-10-24", EMPIRE, QAJAR), old_style)
    assert (made.judgement, made.best.features["date"]) == (Judgement.POSITIVE, 0.9)


def test_the_states_of_one_line_are_one_party(judge: Any) -> None:
    """Wikidata often has the state of today as the signatory of an old treaty."""
    modern = item("Q9000000022", "Treaty of Gulistan", {"P585": ["1813"], "P1891": ["Q159", "Q794"]})
    made = judge(treaty("Treaty of Gulistan", "1813-10-24", EMPIRE, QAJAR), modern)
    assert (made.judgement, made.best.features["parties"]) == (Judgement.POSITIVE, 1.0)


def test_a_treaty_between_others_is_declined(judge: Any) -> None:
    others = item("Q9000000023", "Treaty of Friendship", {"P585": ["1921-02-26"], "P1891": ["Q41", "Q796"]})
    assert judge(treaty("Treaty of Friendship", "1921-02-26", RUSSIA, IRAN), others).judgement is Judgement.NEGATIVE


PLACES = [
    item("Q1", "Tripoli", {"P31": ["Q515"], "P17": ["Q1016"]}, 90),
    item("Q2", "Tripoli", {"P31": ["Q515"], "P17": ["Q822"]}, 60),
]


def test_a_place_name_of_two_cities_is_not_sure(judge: Any) -> None:
    assert judge(Subject(f"{BASE}place/x", "Place", ("Tripoli",)), *PLACES).judgement is Judgement.UNSURE


def test_a_city_by_far_the_best_known_is_sure(judge: Any) -> None:
    rome = item("Q220", "Rome", {"P31": ["Q515"], "P17": ["Q38"]}, 250)
    village = item("Q3", "Rome", {"P31": ["Q515"], "P17": ["Q30"]}, 12)
    assert judge(Subject(f"{BASE}place/x", "Place", ("Rome",)), rome, village).judgement is Judgement.POSITIVE


def test_a_state_is_not_a_federal_state_or_a_city_of_its_name(judge: Any) -> None:
    wrong = [
        item("Q1428", "Georgia", {"P17": ["Q30"], "P625": ["33 -83"], "P1001": ["Q30"]}, 200),
        item("Q4", "Georgia", {"P31": ["Q515"], "P17": ["Q30"]}, 9),
    ]
    right = item("Q230", "Georgia", {"P31": ["Q3624078"]}, 250)
    subject = Subject(f"{BASE}state/georgia", "State", ("Georgia", "Tbilisi"))
    assert judge(subject, *wrong).judgement is Judgement.NEGATIVE
    assert judge(subject, *wrong, right).best.id == "Q230"
    assert judge(subject, *wrong, right).judgement is Judgement.POSITIVE


def test_a_historical_state_is_not_its_successor(judge: Any) -> None:
    iran = item("Q794", "Iran", {"P31": ["Q3624078"]}, 250, "Persia")
    qajar = item("Q189326", "Qajar Iran", {"P31": ["Q3024240"], "P571": ["1789"], "P576": ["1925"]}, 60, "Persia")
    subject = Subject(
        f"{BASE}historical-state/qajar-iran", "HistoricalState", ("Qajar Iran", "Persia", "Iran"), years=(1813, 1828)
    )
    made = judge(subject, iran, qajar)
    assert (made.judgement, made.best.id) == (Judgement.POSITIVE, "Q189326")
    pahlavi = item("Q207991", "Pahlavi Iran", {"P31": ["Q3024240"], "P571": ["1925"], "P576": ["1979"]}, 60, "Persia")
    assert judge(subject, pahlavi).judgement is Judgement.NEGATIVE


@pytest.mark.parametrize("cls", LINKED)
def test_each_class_has_rules_that_name_features_and_kinds(cls: str) -> None:
    rules = rules_of(cls)
    assert set(rules.weights) - {"name"} <= set(FEATURES)
    assert rules.kinds <= set(settings()["kinds"])
    assert all(set(row) <= {*rules.weights, "share"} for row in rules.sure)
