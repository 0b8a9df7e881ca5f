"""The sample corpus and its gold annotations: complete, well-formed, and about the same texts."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from sample_corpus import GOLD, SAMPLE, documents

from kg.model import AGENTS, ENTITY_CLASSES, EVENT_CLASSES, Modality, PartialDate

DOCUMENTS = {name: (path, text) for name, path, text in documents()}
DATES = {"signedOn", "inForceFrom", "terminatedOn"}
WORDS = {"holdsOffice", "concerns"}
DESCRIBED = {"Treaty", "Event"}  # these may go by a name that the annotator gave them
HISTORICAL = {
    1813: "gulistan",
    1828: "turkmenchay",
    1921: "friendship",
    1927: "neutrality",
    1940: "commerce",
    1954: "frontier",
}
STAGES = ["ashgabat-talks", "treaty-signed", "duma-flash", "ratification-explained", "ministry-statement"]

Gold = dict[str, Any]


def gold(name: str) -> Gold:
    loaded: Gold = yaml.safe_load((GOLD / f"{name}.yaml").read_text(encoding="utf-8"))
    return loaded


def facts(annotation: Gold) -> Iterator[tuple[list[Any], Gold]]:
    for fact in annotation["facts"]:
        yield (fact["fact"], fact) if isinstance(fact, dict) else (fact, {})


def flat(text: str) -> str:
    straight = text.translate(str.maketrans("‘’“”", "''\"\""))
    return re.sub(r"\s+", " ", straight).casefold()


def occurs(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(flat(name))}(?!\w)", flat(text)) is not None


each_document = pytest.mark.parametrize("name", sorted(DOCUMENTS))


def test_there_are_twelve_documents_or_more() -> None:
    assert len(DOCUMENTS) >= 12


def test_every_document_has_gold_and_every_gold_a_document() -> None:
    assert {path.stem for path in GOLD.glob("*.yaml")} == set(DOCUMENTS)


def test_every_kind_of_input_is_there() -> None:
    assert {path.suffix for path, _ in DOCUMENTS.values()} == {".txt", ".md", ".html", ".jsonl", ".gz"}


def test_the_sources_tell_of_every_file_and_its_register() -> None:
    listed = re.findall(
        r"^(\S+\.(?:txt|md|html|jsonl|gz)) {2,}(\S.*?) {2,}", (SAMPLE / "SOURCES.rst").read_text(), re.M
    )
    assert sorted(file for file, _ in listed) == sorted({path.name for path, _ in DOCUMENTS.values()})
    registers = {register for _, register in listed}
    assert registers >= {
        "news report",
        "agency flash",
        "ministry statement",
        "encyclopaedia entry",
        "web page",
        "denial",
    }


@each_document
def test_the_gold_is_of_this_text(name: str) -> None:
    path, text = DOCUMENTS[name]
    document = gold(name)["document"]
    assert document in {path.name, f"{name}.txt"}
    beside = GOLD / document
    assert document == path.name or beside.read_text(encoding="utf-8") == text


@each_document
def test_texts_are_short(name: str) -> None:
    assert 40 < len(DOCUMENTS[name][1].split()) <= 350


@each_document
def test_names_occur_in_the_text(name: str) -> None:
    _, text = DOCUMENTS[name]
    for key, entity in gold(name)["entities"].items():
        assert entity["type"] in ENTITY_CLASSES, key
        assert [x for x in entity.get("also", []) if not occurs(x, text)] == [], key
        assert entity.get("also") or entity["type"] in DESCRIBED or occurs(entity["name"], text), key
        assert re.fullmatch(r"Q[1-9]\d*", entity.get("qid", "Q1")), key


@each_document
def test_no_entity_is_given_twice(name: str) -> None:
    entities = gold(name)["entities"].values()
    names = Counter((entity["name"], entity["type"]) for entity in entities)
    qids = Counter(entity["qid"] for entity in entities if "qid" in entity)
    assert max([*names.values(), *qids.values()]) == 1


@each_document
def test_facts_speak_of_entities_and_real_dates(name: str) -> None:
    annotation = gold(name)
    entities = annotation["entities"]
    for fact, qualifiers in facts(annotation):
        subject, predicate, value, *of = fact
        assert {subject, *of} <= entities.keys(), fact
        assert predicate not in DATES or PartialDate(str(value)), fact
        assert predicate != "duration" or re.fullmatch(r"P\d+Y", value), fact
        assert predicate in DATES | WORDS | {"duration"} or value in entities, fact
        assert qualifiers.get("modality", "Actual") in list(Modality), fact
        assert qualifiers.get("by", subject) in entities, fact


@each_document
def test_events_have_entities_in_their_roles(name: str) -> None:
    annotation = gold(name)
    entities = annotation["entities"]
    for event in annotation["events"]:
        assert event["type"] in EVENT_CLASSES
        actors = [
            *event.get("participants", []),
            *(event[role] for role in ("agent", "target", "host") if role in event),
        ]
        assert [x for x in actors if entities[x]["type"] not in AGENTS] == [], event
        assert {event[role] for role in ("location", "within", "treaty", "by") if role in event} <= entities.keys(), (
            event
        )
        assert "date" not in event or PartialDate(str(event["date"]))
        assert event.get("modality", "Actual") in list(Modality)


@each_document
def test_a_signing_is_told_alike_as_facts_and_as_event(name: str) -> None:
    annotation = gold(name)
    signings = [e for e in annotation["events"] if e["type"] == "Signing" and "modality" not in e]
    dates = {(e["treaty"], str(e["date"])) for e in signings if "date" in e}
    assert dates == {(f[0], str(f[2])) for f, q in facts(annotation) if f[1] == "signedOn" and "modality" not in q}


@each_document
def test_quotations_begin_in_the_text_after_a_quotation_mark(name: str) -> None:
    _, text = DOCUMENTS[name]
    annotation = gold(name)
    for statement in annotation["statements"]:
        assert re.search(rf'["“]{re.escape(statement["quote"])}', text), statement
        assert annotation["entities"][statement["speaker"]]["type"] in AGENTS


@pytest.mark.parametrize("name", [n for n, (path, _) in DOCUMENTS.items() if path.suffix == ".html"])
def test_the_article_is_in_the_page_and_the_rest_is_not_in_the_article(name: str) -> None:
    path, article = DOCUMENTS[name]
    page = html.unescape(re.sub(r"<[^>]+>", "\n", path.read_text(encoding="utf-8")))
    assert [line for line in article.splitlines() if line not in page] == []
    around = ["cookie policy", "Share on X", "Related articles", "Comments (2)", "Log in", "All rights reserved"]
    assert [x for x in around if x not in page or x in article] == []


def test_feed_records_have_all_fields_and_addresses_that_lead_nowhere() -> None:
    records = [json.loads(line) for line in (SAMPLE / "briefs.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {frozenset(record) for record in records} == {frozenset({"title", "text", "date", "url", "publisher"})}
    assert all(record["url"].startswith("https://example.org/") and PartialDate(record["date"]) for record in records)


def test_the_treaty_of_2025_is_followed_from_negotiation_to_entry_into_force() -> None:
    told = [{e["type"] for e in gold(name)["events"] if e.get("modality", "Actual") == "Actual"} for name in STAGES]
    for kind, kinds in zip(
        ["Negotiation", "Signing", "Ratification", "Ratification", "EntryIntoForce"], told, strict=True
    ):
        assert kind in kinds


def test_two_sources_disagree_about_the_entry_into_force() -> None:
    dates = {
        str(f[2]): q.get("by") for f, q in facts(gold("which-date")) if f[1] == "inForceFrom" and "modality" not in q
    }
    assert len(dates) == 2
    assert len(set(dates.values())) == 2


@pytest.mark.parametrize(("year", "stem"), sorted(HISTORICAL.items()))
def test_every_historical_treaty_has_its_entry(year: int, stem: str) -> None:
    signed = [str(f[2]) for f, _ in facts(gold(f"{stem}-{year}")) if f[1] == "signedOn"]
    assert any(date.startswith(str(year)) for date in signed)


def test_modality_is_varied() -> None:
    modalities = Counter(q.get("modality", "Actual") for name in DOCUMENTS for _, q in facts(gold(name)))
    assert modalities["Planned"] >= 5
    assert modalities["Negated"] >= 5
