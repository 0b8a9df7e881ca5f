"""The documents say what is so: commands, exit codes, make targets, and the excerpt that the README shows."""

import re
from pathlib import Path

import pytest
import typer
from pyoxigraph import RdfFormat, parse
from rich.console import Console

from kg import cli
from kg.errors import ExitCode
from kg.namespaces import PREFIXES
from tools import answer, commands

SAMPLE = Path("output/sample.ttl")


def shown_block(readme: str, name: str) -> str:
    """The fenced block of the README that stands below ``<!-- name -->``."""
    found = re.search(rf"<!-- {name} -->\n+```\w*\n(.*?)```", readme, re.DOTALL)
    assert found, f"the README has no block {name}"
    return found[1]


@pytest.fixture(scope="module")
def readme(root: Path) -> str:
    return (root / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def sample(root: Path) -> Path:
    if not (root / SAMPLE).is_file():
        pytest.skip("output/sample.ttl is not built")
    return root / SAMPLE


def names() -> list[str]:
    return sorted(getattr(typer.main.get_command(cli.app), "commands"))  # noqa: B009


def test_the_command_reference_is_the_help(root: Path) -> None:
    written = (root / "docs" / "commands.md").read_text(encoding="utf-8")
    assert written == commands.page(), "run 'make docs'"


@pytest.mark.parametrize("name", names())
def test_each_command_is_documented(name: str, readme: str) -> None:
    assert f"## `kg {name}`" in commands.page()
    assert f"kg {name} " in readme


def test_each_option_says_what_it_does() -> None:
    command = typer.main.get_command(cli.app)
    options = [option for name in names() for option in getattr(command, "commands")[name].params]  # noqa: B009
    assert options and all(option.help for option in options)


@pytest.mark.parametrize("document", ["README.md", "docs/exit-codes.md"])
def test_the_table_of_exit_codes_is_whole(root: Path, document: str) -> None:
    rows = re.findall(r"^\| (\d+) \|", (root / document).read_text(encoding="utf-8"), re.MULTILINE)
    assert [int(row) for row in rows] == [int(code) for code in ExitCode]


def test_exit_codes_go_by_their_names(root: Path) -> None:
    rows = re.findall(r"^\| (\d+) \| (\w+) \|", (root / "docs/exit-codes.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert {name: int(code) for code, name in rows} == {code.name: int(code) for code in ExitCode}


def test_each_make_target_that_is_named_exists(root: Path, readme: str) -> None:
    contributing = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([\w-]+):", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"make ([a-z-]+)`", readme + contributing)) <= targets


def test_links_between_the_documents_lead_somewhere(root: Path) -> None:
    for document in [*root.glob("*.md"), *root.glob("docs/*.md")]:
        for link in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / link).exists(), f"{document.name}: {link}"


def test_the_first_screen_has_graph_query_answer_and_the_two_commands(readme: str) -> None:
    screen = "\n".join(readme.splitlines()[:70])
    assert all(part in screen for part in ("<!-- excerpt -->", "<!-- query -->", "<!-- answer -->"))
    assert "make demo" in screen and "make test" in screen


def test_the_excerpt_is_part_of_the_sample_graph(readme: str, sample: Path) -> None:
    text = sample.read_text(encoding="utf-8")
    prefixes = "".join(f"{line}\n" for line in text.splitlines() if line.startswith("@prefix"))
    excerpt = {quad.triple for quad in parse(prefixes + shown_block(readme, "excerpt"), format=RdfFormat.TURTLE)}
    missing = excerpt - {quad.triple for quad in parse(text, format=RdfFormat.TURTLE)}
    assert excerpt and not missing


@pytest.mark.parametrize(("file", "asked", "told"), [("treaties", "query", "answer"), ("lineage", "lineage", "line")])
def test_the_queries_of_the_readme_are_those_of_the_files_and_give_their_answers(
    readme: str, sample: Path, root: Path, file: str, asked: str, told: str
) -> None:
    query = root / "docs" / f"{file}.rq"
    known = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    body = query.read_text(encoding="utf-8").partition("SELECT")
    assert shown_block(readme, asked).strip() == (body[1] + body[2]).strip()
    assert all(line in known for line in re.findall(r"^PREFIX .*\n", body[0], re.MULTILINE))
    console = Console(width=110)
    with console.capture() as captured:
        console.print(answer.answer(sample, query))
    lines = [line.rstrip() for line in captured.get().splitlines()]
    assert [line.rstrip() for line in shown_block(readme, told).splitlines()] == lines
