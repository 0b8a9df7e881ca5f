import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Outcome

from kg import progress
from kg.errors import ExitCode, InputError
from kg.evaluation import gold, run, table
from kg.evaluation.links import Linked, by_kind, linked
from kg.evaluation.scoring import Score, score
from kg.language.evaluate import Score as Tally
from kg.model import (
    Attribution,
    Claim,
    Document,
    Entity,
    EntityRef,
    Event,
    Knowledge,
    Mention,
    Modality,
    Passage,
    Span,
    Statement,
    Value,
)

Run = Callable[..., Outcome]
TEXT = 'Iran and Oman signed a treaty in Muscat. Oman may join BRICS. "We are glad," Iran said.'
GOLD = """
document: talks.txt
entities:
  iran: {type: State, name: Iran, qid: Q794}
  oman: {type: State, name: Oman, qid: Q842}
  brics: {type: InternationalOrganisation, name: BRICS}
  pact: {type: Treaty, name: treaty}
  muscat: {type: Place, name: Muscat}
facts:
  - [pact, party, iran]
  - [pact, party, oman]
  - [muscat, locatedIn, oman]
  - {fact: [oman, memberOf, brics], modality: Possible}
events:
  - {type: Signing, participants: [iran, oman], treaty: pact, location: muscat}
  - {type: Interaction, kind: SUPPORT, agent: iran, target: oman}
statements:
  - {speaker: iran, quote: "We are glad"}
"""
PLACE = Passage("document/talks", Span(0, 4))
DOCUMENT = Document("document/talks", "talks.txt", TEXT, "")
ENTITIES = (
    Entity("state/iran", "State", "Iran", qid="Q794"),
    Entity("state/oman", "State", "Oman", qid="Q1"),
    Entity("organisation/brics", "InternationalOrganisation", "BRICS"),
    Entity("treaty/pact", "Treaty", "treaty"),
    Entity("place/muscat", "Place", "Muscat"),
    Entity("place/rome", "Place", "Rome"),
)


def claim(subject: str, predicate: str, object: Value, modality: Modality = Modality.ACTUAL) -> Claim:
    return Claim(subject, predicate, object, PLACE, modality)


READ = Knowledge(
    documents=(DOCUMENT,),
    entities=ENTITIES,
    mentions=tuple(Mention(PLACE, entity.id) for entity in ENTITIES),
    events=(Event("event/signing", "Signing", ""),),
    claims=(
        claim("treaty/pact", "party", EntityRef("state/iran")),
        claim("treaty/pact", "party", EntityRef("organisation/brics")),
        claim("state/oman", "memberOf", EntityRef("organisation/brics")),
        claim("event/signing", "participant", EntityRef("state/iran")),
        claim("event/signing", "concernsTreaty", EntityRef("treaty/pact")),
    ),
    statements=(
        Statement(
            "s", PLACE, Attribution("state/iran"), (Passage("document/talks", Span(63, TEXT.index(",", 60) + 1)),)
        ),
    ),
)


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "gold").mkdir()
    (tmp_path / "texts").mkdir()
    (tmp_path / "gold" / "talks.yaml").write_text(GOLD, encoding="utf-8")
    (tmp_path / "texts" / "talks.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path / "gold", tmp_path / "texts"


def figures(knowledge: Knowledge, folders: tuple[Path, Path]) -> Score:
    return score(gold.load(folders[0] / "talks.yaml"), DOCUMENT, knowledge)


def test_all_that_is_told_is_counted(folders: tuple[Path, Path]) -> None:
    found = figures(READ, folders)
    assert found.entities == Tally(5, 6, 5)
    assert found.links == Tally(1, 2, 2)
    assert found.facts == Tally(1, 2, 2)
    assert found.further == Tally(0, 0, 1)
    assert found.events == Tally(1, 1, 1)
    assert found.slots == Tally(1, 1, 3)
    assert found.interactions == Tally(0, 0, 1)
    assert found.quotes == Tally(1, 1, 1)
    assert (found.told_as_actual, found.unreal) == (1, 1)
    assert found.missed == (("pact", "party", "oman"),)
    assert found.wrong == (("pact", "party", "brics"),)
    kinds = found.kinds().values()
    assert (sum(each.right for each in kinds), sum(each.wrong for each in kinds)) == (1, 1)
    assert found.properties() == {"locatedIn": Tally(0, 0, 1), "party": Tally(1, 2, 2)}


def test_a_planned_fact_told_as_planned_is_no_lie_and_an_actual_one_is_missed_then(folders: tuple[Path, Path]) -> None:
    planned = replace(READ, claims=tuple(replace(c, modality=Modality.PLANNED) for c in READ.claims))
    found = figures(planned, folders)
    assert (found.told_as_actual, found.unreal) == (0, 1)
    assert found.facts == Tally(0, 0, 2)


def test_interactions_need_the_right_agent_and_target(folders: tuple[Path, Path]) -> None:
    for agent, target, right in (("state/iran", "state/oman", 1), ("state/oman", "state/iran", 0)):
        event = Event("event/support", "Interaction", "")
        claims = (claim(event.id, "agent", EntityRef(agent)), claim(event.id, "target", EntityRef(target)))
        found = figures(replace(READ, events=(event, event), claims=claims), folders)
        assert found.interactions == Tally(right, right, 1)


def test_folders_are_scored_and_what_cannot_be_read_is_told(folders: tuple[Path, Path]) -> None:
    (folders[0] / "broken.yaml").write_text("entities: [", encoding="utf-8")
    (folders[0] / "other.yaml").write_text("entities: {}", encoding="utf-8")
    found = run.evaluate(folders[0], [folders[1]], lambda _: READ, progress.Silent())
    assert list(found.scores) == ["talks"]
    assert [str(error).split(":")[0].rsplit("/")[-1] for error in found.errors] == ["broken.yaml", "other.yaml"]
    assert found.total == found.scores["talks"]
    assert table.as_json(found)["total"]["facts"] == {
        "precision": 0.5, "recall": 0.5, "f1": 0.5, "right": 1, "told": 2, "gold": 2,
    }  # fmt: skip
    assert list(table.details(found)) == ["talks: missed: pact party oman", "talks: wrong: pact party brics"]


@pytest.mark.parametrize(
    ("wrong", "cause"),
    [
        ("facts: []", "it must have entities"),
        ("entities: {}\nfact: []", "no keys but"),
        ("entities: {iran: {name: Iran}}", "KeyError: 'type'"),
        ("entities: {}\nfacts: [[iran, party, oman]]", "no entity has the key iran"),
        ("entities: {iran: {type: State, name: Iran}}\nfacts: [[iran, likes, oman]]", "no fact of the annotation"),
        ("entities: {}\nevents: [{type: Visit, modality: Perhaps}]", "Perhaps"),
        ("- a list", "it must have entities"),
    ],
)
def test_a_wrong_annotation_is_named_with_its_cause(tmp_path: Path, wrong: str, cause: str) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text(wrong, encoding="utf-8")
    with pytest.raises(InputError, match=rf"wrong\.yaml: .*{cause}"):
        gold.load(path)


def test_the_command_prints_tables_and_json(kg: Run, folders: tuple[Path, Path]) -> None:
    shown = kg("evaluate", *folders, "--pipeline", "fast", "--details")
    assert shown.code == ExitCode.YES
    assert "talks" in shown.out and "unreal" in shown.out and "party" in shown.out
    found = json.loads(kg("evaluate", *folders, "--pipeline", "fast", "--json").out)
    assert found["total"]["entities"]["gold"] == 5
    assert found["total"]["facts"]["right"] >= 1


@pytest.mark.parametrize(
    "given", [[], ["gold"], ["gold", "texts", "--treebank", "x"], ["--treebank", "x", "--entities", "y"]]
)
def test_one_kind_of_gold_is_asked_for(kg: Run, given: list[str]) -> None:
    found = kg("evaluate", *given)
    assert (found.code, "give GOLD_DIR and TEXT_DIR" in found.message) == (ExitCode.USAGE, True)


def test_the_command_measures_a_pipeline(kg: Run, tmp_path: Path) -> None:
    trees, names = tmp_path / "trees.conllu", tmp_path / "names.jsonl"
    rows = ["1\tIran\tIran\tPROPN\tNNP\t_\t2\tnsubj\t_\t_", "2\tagreed\tagree\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No",
            "3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_"]  # fmt: skip
    trees.write_text("\n".join(rows) + "\n\n", encoding="utf-8")
    names.write_text('{"tokens": ["Iran", "agreed", "."], "spans": [[0, 1, "LOC"]]}\n', encoding="utf-8")
    syntax = json.loads(kg("evaluate", "--treebank", trees, "--pipeline", "fast", "--json").out)
    assert {"uas", "las", "tag", "lemma", "sentence_f"} < syntax.keys()
    assert syntax["las"] == 1.0
    found = json.loads(kg("evaluate", "--entities", names, "--pipeline", "fast", "--json").out)
    assert (found["precision"], found["recall"], found["f1"]) == (1.0, 1.0, 1.0)
    assert found["labels"]["PLACE"]["gold"] == 1
    assert "PLACE" in kg("evaluate", "--entities", names, "--pipeline", "fast").out


CODED = """sentence\tsource\ttarget\tgold_root\tgold_penta
Norway accused Chile of spying.\tNorway\tChile\tACCUSE\t3
Norway freed the sailors of Chile.\tNorway\tChile\tYIELD\t2
Norway is north of Chile.\tNorway\tChile\tAID\t2
"""


def test_the_command_measures_types_of_events(kg: Run, tmp_path: Path) -> None:
    path = tmp_path / "coded.tsv"
    path.write_text(CODED, encoding="utf-8")
    found = json.loads(kg("evaluate", "--events", path, "--json").out)
    assert (found["macro_f1"], found["quadrant_accuracy"]) == (0.6667, 0.6667)
    assert found["roots"]["YIELD"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "gold": 1}
    assert "quadrants" in kg("evaluate", "--events", path).out


@pytest.mark.parametrize(
    ("content", "cause"), [("", "no column sentence"), ("a\tb\n", "no column"), (CODED[:44], "no sentences")]
)
def test_a_table_that_cannot_be_read_is_named(kg: Run, tmp_path: Path, content: str, cause: str) -> None:
    path = tmp_path / "coded.tsv"
    path.write_text(content, encoding="utf-8")
    found = kg("evaluate", "--events", path)
    assert found.code == ExitCode.INPUT
    assert "coded.tsv" in found.message and cause in found.message


def test_files_that_are_not_there_are_named(kg: Run, tmp_path: Path) -> None:
    for option in ("--treebank", "--entities", "--events"):
        assert "nowhere" in kg("evaluate", option, tmp_path / "nowhere", "--pipeline", "fast").message
    assert kg("evaluate", tmp_path, tmp_path / "nowhere").code == ExitCode.INPUT


def test_links_are_counted_by_kind() -> None:
    def told(type: str, qid: str) -> gold.GoldEntity:
        return gold.GoldEntity("x", type, ("X",), qid)

    pairs = [
        (told("Person", "Q1"), Entity("person/x", "Person", "X", qid="Q1")),
        (told("Person", "Q1"), Entity("person/x", "Person", "X", qid="Q2")),
        (told("Person", "Q1"), Entity("person/x", "Person", "X")),
        (told("GovernmentBody", "Q1"), None),
        (told("HistoricalState", ""), None),
    ]
    counted = by_kind(linked(pairs))
    assert counted == {"people": Linked(1, 1, 1, 0), "organisations": Linked(unread=1)}
    assert counted["people"].gold == 3


def test_own_entities_are_for_annotated_texts_alone(kg: Callable[..., Outcome], tmp_path: Path) -> None:
    ended = kg("evaluate", "--treebank", tmp_path / "x.conllu", "--reference", tmp_path / "own.csv")
    assert ended.code == ExitCode.USAGE
    assert "--reference goes with GOLD_DIR" in ended.message
