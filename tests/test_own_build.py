"""The example of the document, from its blocks to the graph: with the command, with workers, and given back."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Outcome
from pyoxigraph import Literal, NamedNode, RdfFormat, Store
from sample_corpus import SAMPLE

from kg.errors import ExitCode, SettingsError
from kg.namespaces import ID, OWL, PREFIXES, WD
from kg.pipeline import build
from kg.settings import BuildSettings

Run = Callable[..., Outcome]
TEXTS = {
    "talks.txt": "Ruritania and Iran Begin Talks in Zenda\n\n"
    "ZENDA, 14 March 2025 - Ruritanian Foreign Minister Rudolf Rassendyll met Abbas Araghchi, his Iranian counterpart, "
    "in Zenda on Friday. They discussed the Strelsau Convention, which Ruritania and Iran signed on 12 September 2024. "
    "Rassendyll said that the Danubian Customs League would support the talks.\n",
    "league.txt": "Land of Rur Joins League\n\nSTRELSAU, 3 April 2025 - The Land of Rur joined the DCL in 1996. "
    "President Flavia Elphberg signed a treaty with Georgia in 1999. Strelsau criticised Iran on Thursday.\n",
}


@pytest.fixture(scope="module")
def files(root: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The examples of ``docs/reference.md``."""
    folder = tmp_path_factory.mktemp("own")
    written = (root / "docs/reference.md").read_text(encoding="utf-8")
    blocks = re.findall(r"<!-- (\S+) -->\n```\w+\n(.*?)```", written, re.DOTALL)
    for name, block in blocks:
        (folder / name).write_text(block, encoding="utf-8")
    return [folder / name for name, _ in blocks]


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("texts")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [str(folder / name) for name in TEXTS]


@pytest.fixture(scope="module")
def graph(files: list[Path], texts: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("graph") / "graph.ttl"
    result = build(texts, BuildSettings(output=output, pipeline="fast", reference=tuple(files)))
    assert result.errors == () and result.report is not None and result.report.conforms()
    return output


@pytest.fixture(scope="module")
def store(graph: Path) -> Store:
    found = Store()
    found.load(path=graph, format=RdfFormat.TURTLE)
    return found


def test_names_aliases_acronyms_and_demonyms_are_read(store: Store) -> None:
    asked = "ASK { ?x nif:anchorOf ?words ; itsrdf:taIdentRef ?entity }"
    for words, id in {
        "Ruritania": "state/ruritania",
        "Ruritanian": "state/ruritania",
        "Land of Rur": "state/ruritania",
        "Rudolf Rassendyll": "person/rudolf-rassendyll",
        "Rassendyll": "person/rudolf-rassendyll",
        "Danubian Customs League": "organisation/danubian-customs-league",
        "DCL": "organisation/danubian-customs-league",
        "Strelsau Convention": "treaty/strelsau-convention-2024",
        "Zenda": "place/zenda",
        "Flavia Elphberg": "person/flavia-elphberg",
    }.items():
        found = store.query(
            asked.replace("?words", str(Literal(words))).replace("?entity", f"<{ID}{id}>"), prefixes=PREFIXES
        )
        assert found, words


def test_wikidata_ids_are_identities(store: Store) -> None:
    identity = store.quads_for_pattern(NamedNode(ID + "person/flavia-elphberg"), NamedNode(OWL + "sameAs"), None)
    assert [quad.object for quad in identity] == [NamedNode(WD + "Q5458048")]


def test_workers_and_order_make_no_difference(files: list[Path], texts: list[str], graph: Path, tmp_path: Path) -> None:
    output = tmp_path / "graph.ttl"
    settings = BuildSettings(output=output, pipeline="fast", workers=2, reference=tuple(reversed(files)))
    build(list(reversed(texts)), settings)
    assert output.read_bytes() == graph.read_bytes()


def test_a_graph_given_back_changes_nothing_but_how_sure_links_are(tmp_path: Path) -> None:
    inputs = [str(SAMPLE / name) for name in ("araghchi-moscow.txt",)]
    first, second = tmp_path / "first.ttl", tmp_path / "second.ttl"
    build(inputs, BuildSettings(output=first, pipeline="fast"))
    build(inputs, BuildSettings(output=second, pipeline="fast", reference=(first,)))
    scores = re.compile(r"^ +tg:(because|score) .*$", re.MULTILINE)
    assert scores.sub("", first.read_text()) == scores.sub("", second.read_text())


def test_the_command_reports_wrong_rows_and_uses_the_rest(kg: Run, texts: list[str], tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("class,name\nState,Ruritania\nShip,Boat\n")
    ended = kg("build", texts[0], "--pipeline", "fast", "--reference", own, "-o", tmp_path / "g.ttl", "--json")
    assert ended.code == ExitCode.INPUT and ended.message.startswith(f"kg: {own}: line 3: 'Ship' is no class")
    assert "state:ruritania a tg:State" in (tmp_path / "g.ttl").read_text(encoding="utf-8")


def test_the_command_stops_before_it_reads(kg: Run, texts: list[str], tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("name,colour\nRuritania,red\n")
    ended = kg("build", texts[0], "--reference", own, "-o", tmp_path / "g.ttl")
    assert ended.code == ExitCode.USAGE and "lacks column 'class'" in ended.message
    assert not (tmp_path / "g.ttl").exists()


@pytest.mark.parametrize(
    ("names", "cause"), [({"reference": "own.xlsx"}, "the ending"), ({"output": "own.ttl"}, "is to be written too")]
)
def test_settings_that_make_no_sense(names: dict[str, str], cause: str) -> None:
    output, own = Path(names.get("output", "g.ttl")), Path(names.get("reference", "own.ttl"))
    with pytest.raises(SettingsError, match=f"--reference {own}: {cause}"):
        BuildSettings(output=output, reference=(own,))


def test_reference_searches_both_and_says_where_from(kg: Run, files: list[Path]) -> None:
    ended = kg("reference", "Ruritania", *(word for file in files for word in ("--reference", file)))
    lines = ended.out.splitlines()
    assert ended.code == ExitCode.YES and lines[1].startswith("state/ruritania ")
    assert lines[1].endswith(str(files[0])) and len(lines) == 4
    packaged = kg("reference", "Islamic Republic of Iran", "--reference", files[0]).out.splitlines()[1]
    assert packaged.startswith("state/iran ") and packaged.endswith("countrycodes, mledoze, wikidata")
    assert kg("reference", "Ruritania").code == ExitCode.NO


def test_a_name_that_the_user_has_too_is_the_users(tmp_path: Path) -> None:
    own, text, output = tmp_path / "own.csv", tmp_path / "t.txt", tmp_path / "g.ttl"
    own.write_text(
        "class;name;acronyms;of;start\nOrganisation;Union of Nomads;UN;;\nPlace;Georgia;;United States;\n"
        "Person;Sergey Lavrov;;;1980\nTreaty;Treaty of Gulistan;;;\n",
        encoding="utf-8",
    )
    text.write_text(
        "Talks\n\nATLANTA, 3 April 2025 - The UN met in Georgia on Thursday. Sergey Lavrov visited Georgia. "
        "The Treaty of Gulistan of 1813 was discussed.\n",
        encoding="utf-8",
    )
    build([str(text)], BuildSettings(output=output, pipeline="fast", reference=(own,)))
    found = Store()
    found.load(path=output, format=RdfFormat.TURTLE)
    meant = {
        str(row["words"].value): str(row["entity"].value).removeprefix(ID)
        for row in found.query(
            "SELECT ?words ?entity { ?x nif:anchorOf ?words ; itsrdf:taIdentRef ?entity }", prefixes=PREFIXES
        )
    }
    assert meant == {
        "UN": "organisation/union-of-nomads",
        "Georgia": "place/georgia-us-state",
        "Sergey Lavrov": "person/sergey-lavrov-1980",
        "Treaty of Gulistan": "treaty/treaty-of-gulistan-1813",
    }
