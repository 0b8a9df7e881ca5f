"""Each row of the table of exit codes, by commands that end that way."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from conftest import Outcome

from kg import cli, errors
from kg.errors import ExitCode, InputError, OutputError, PipelineError, SettingsError, StoreError, TreatygraphError

RAISED = [
    (InputError("a.txt", "is empty"), ExitCode.INPUT, "kg: a.txt: is empty"),
    (SettingsError("--date x: no day"), ExitCode.USAGE, "kg: --date x: no day"),
    (PipelineError("no parser"), ExitCode.USAGE, "kg: no parser"),
    (OutputError("g.ttl: cannot be written"), ExitCode.STORE, "kg: g.ttl: cannot be written"),
    (StoreError("no answer"), ExitCode.STORE, "kg: no answer"),
]


def ending_with(error: BaseException) -> typer.Typer:
    commands = typer.Typer()
    commands.callback()(cli.common)

    @commands.command()
    def go() -> None:
        raise error

    return commands


def run(error: BaseException, capsys: pytest.CaptureFixture[str], *options: str) -> Outcome:
    code = cli.run([*options, "go"], ending_with(error))
    printed = capsys.readouterr()
    return Outcome(code, printed.out, printed.err)


@pytest.mark.parametrize(("error", "code", "line"), RAISED, ids=lambda value: type(value).__name__)
def test_an_error_ends_with_its_code_and_one_line(
    error: TreatygraphError, code: ExitCode, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ended = run(error, capsys)
    assert (ended.code, ended.message, ended.out) == (code, line, "")


def test_every_error_class_has_a_row_above() -> None:
    assert {type(error) for error, _, _ in RAISED} == set(TreatygraphError.__subclasses__())


def test_the_tree_in_the_docstring_says_the_same_codes() -> None:
    told = dict(re.findall(r"── (\w+) .*exit (\d+)\n", errors.__doc__ or ""))
    assert told == {cls.__name__: str(int(cls.exit_code)) for cls in TreatygraphError.__subclasses__()}


@pytest.mark.parametrize("error", [KeyError("x"), EOFError(), RuntimeError("first\nsecond"), AssertionError()])
def test_a_bug_is_one_line_that_says_how_to_report_it(error: Exception, capsys: pytest.CaptureFixture[str]) -> None:
    ended = run(error, capsys)
    assert ended.code == ExitCode.BUG
    assert type(error).__name__ in ended.message
    assert "CONTRIBUTING.md" in ended.message


def test_debug_adds_the_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    ended = run(KeyError("x"), capsys, "--debug")
    assert ended.code == ExitCode.BUG
    assert "Traceback" in ended.err


def test_an_interrupt_is_130(capsys: pytest.CaptureFixture[str]) -> None:
    ended = run(KeyboardInterrupt(), capsys)
    assert (ended.code, ended.out) == (ExitCode.INTERRUPTED, "")
    assert ended.message.startswith("kg: interrupted")


def test_no_answer_is_no(kg: Callable[..., Outcome]) -> None:
    assert kg("reference", "no such name anywhere").code == ExitCode.NO


def test_yes(kg: Callable[..., Outcome]) -> None:
    assert kg("--version").code == ExitCode.YES


@pytest.mark.parametrize(
    "arguments",
    [
        ("buidl",),
        ("build",),
        ("build", "a.txt", "--nonsense"),
        ("build", "a.txt", "--format", "docx"),
        ("build", "a.txt", "--workers", "many"),
        ("build", "a.txt", "--workers", "0"),
        ("build", "a.txt", "--date", "Friday"),
        ("build", "a.txt", "-o", "graph.docx"),
        ("build", "a.txt", "--fields", "words=body"),
        ("validate",),
        ("validate", "a.ttl", "--fail-on", "everything"),
    ],
    ids=" ".join,
)
def test_a_wrong_call_is_usage_and_one_line(kg: Callable[..., Outcome], arguments: tuple[str, ...]) -> None:
    ended = kg(*arguments)
    assert (ended.code, ended.out) == (ExitCode.USAGE, "")
    assert ended.message.startswith("kg: ")


def test_no_command_shows_the_help(kg: Callable[..., Outcome]) -> None:
    ended = kg()
    assert ended.code == ExitCode.USAGE
    assert "Commands:" in ended.err


def test_the_process_ends_with_the_code(kg_process: Callable[..., Outcome]) -> None:
    assert kg_process("--version").code == ExitCode.YES
    ended = kg_process("build")
    assert (ended.code, ended.message[:4]) == (ExitCode.USAGE, "kg: ")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_standard_output_is_output(kg_process: Callable[..., Outcome]) -> None:
    import subprocess
    import sys

    with Path("/dev/full").open("w") as full:
        done = subprocess.run([sys.executable, "-m", "kg", "--version"], stdout=full, stderr=subprocess.PIPE, text=True)
    assert (done.returncode, done.stderr) == (ExitCode.STORE, "kg: standard output: No space left on device\n")
