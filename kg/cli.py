"""The command ``kg``: parse the options, call one function of the library, show what it tells, exit with its code.

The stages are imported inside the commands, so that ``kg --version`` and a usage error do not wait for spaCy.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console, RenderableType

from kg import __version__, namespaces, progress, report
from kg.errors import ExitCode, OutputError, SettingsError, TreatygraphError
from kg.export.formats import ExportFormat
from kg.load.dialects import Store
from kg.query.layout import Layout
from kg.settings import BuildSettings, Format, checked_reference, format_of, parse_day, parse_fields

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.language.evaluate import Score
    from kg.resolution.reference import Record, Reference

app = typer.Typer(
    name="kg",
    help="Reads diplomatic texts and writes a knowledge graph that can be validated and queried.",
    epilog="Exit codes: 0 yes, 1 no, 2 usage, 3 input, 4 store, network or output, 5 a bug, 130 interrupted.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


wikidata = typer.Typer(help="Make an index of Wikidata to link to, and statements to give back.", rich_markup_mode=None)
app.add_typer(wikidata, name="wikidata")


PIPED_WIDTH = 120


@dataclass
class Flags:
    """What holds for the whole call."""

    debug: bool = False


class FailOn(StrEnum):
    """The mildest finding that makes ``kg validate`` say no."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"
    NONE = "none"


def main() -> None:
    """The entry point of the command."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str], commands: typer.Typer = app) -> int:
    """Run one of the commands with these arguments; returns its ``ExitCode``, errors are lines on stderr."""
    flags = Flags()
    command = typer.main.get_command(commands)
    try:
        with command.make_context("kg", list(arguments), obj=flags) as context:
            return command.invoke(context) or ExitCode.YES
    except typer.Exit as end:
        return end.exit_code
    except KeyboardInterrupt:
        _complain("interrupted; files that were there before are untouched")
        return ExitCode.INTERRUPTED
    except Exception as error:
        if flags.debug:
            traceback.print_exc()
        return _failure(error)


def _failure(error: Exception) -> ExitCode:
    match error:
        case TreatygraphError():
            _complain(str(error))
            return error.exit_code
        case typer.TyperException():
            _complain(f"{error.format_message().rstrip('.')}. Try 'kg --help'.")
            return ExitCode.USAGE
        case _:
            what = f"{type(error).__name__}: {error}".strip().splitlines()[0]
            _complain(
                f"a bug, not your input: {what} (please report it with what 'kg --debug ...' prints: CONTRIBUTING.md)"
            )
            return ExitCode.BUG


def _complain(message: str) -> None:
    print(f"kg: {message}", file=sys.stderr)


def _print(text: str) -> None:
    """Write to standard output now; raises ``OutputError`` when it is full or nobody reads it any more."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        # Python flushes once more at exit and would complain about the same error again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise OutputError(f"standard output: {error.strerror}") from error


def _show(shown: RenderableType) -> None:
    """Print a table, with colours on a terminal alone; in a pipe it has more room than an 80-column terminal."""
    console = Console(width=None if sys.stdout.isatty() else PIPED_WIDTH)
    with console.capture() as captured:
        console.print(shown)
    _print(captured.get())


def _print_lines(lines: Iterable[str]) -> None:
    _print("".join(f"{line}\n" for line in lines))


def _print_json(value: dict[str, Any]) -> None:
    _print(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


@contextmanager
def _progress(quiet: bool = False) -> Iterator[progress.Progress]:
    """What a long job tells, on a terminal; over at the end, well or not."""
    shown = progress.for_console(Console(stderr=True), quiet)
    try:
        yield shown
    finally:
        shown.done()


def _version(wanted: bool) -> None:
    if wanted:
        _print(f"treatygraph {__version__}\n")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def common(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Print the traceback of an error.")] = False,
) -> None:
    # What holds for all commands; no docstring, because typer would show it as the help of the program.
    context.obj.debug = debug
    if context.invoked_subcommand is None:
        print(context.get_help(), file=sys.stderr)
        raise typer.Exit(ExitCode.USAGE)


@app.command()
def build(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT",
            help="Files, folders, globs or addresses to read, '-' for standard input: .txt, .html, .htm, .md, .jsonl,"
            " each also as .gz.",
        ),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")] = Path("output/graph.ttl"),
    format: Annotated[
        Format | None, typer.Option(help="The serialisation; else the ending of the file says it.")
    ] = None,
    base: Annotated[str, typer.Option(help="The IRI that the ids of entities are put behind.")] = namespaces.ID,
    date: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="The day of documents that give none themselves.")
    ] = None,
    workers: Annotated[int, typer.Option(help="How many processes read; the result is the same for any number.")] = 1,
    timeout: Annotated[float, typer.Option(help="How many seconds an address may take to answer.")] = 20.0,
    pipeline: Annotated[
        str, typer.Option(metavar="NAME", help="The language pipeline: default, fast, a folder or a spaCy package.")
    ] = "default",
    validation_report: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to write the sh:ValidationReport, as Turtle.")
    ] = None,
    fields: Annotated[
        str | None,
        typer.Option(
            metavar="OURS=THEIRS,...", help="Other names of the fields of JSON lines: text=body,title=headline."
        ),
    ] = None,
    references: Annotated[
        list[Path] | None,
        typer.Option(
            "--reference",
            metavar="FILE",
            help="Your own entities, before the packaged ones: .csv, .tsv or .ttl; may be given again.",
        ),
    ] = None,
    keep: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Keep what is read of each document here: a run that was stopped goes on from there.",
        ),
    ] = None,
    no_validate: Annotated[bool, typer.Option("--no-validate", help="Do not check the graph.")] = False,
    no_text: Annotated[bool, typer.Option("--no-text", help="Leave the texts of the documents out.")] = False,
    json_: Annotated[bool, typer.Option("--json", help="Print the figures as one JSON object.")] = False,
) -> ExitCode:
    """Read texts and write what they tell as a graph.

    An input that cannot be read is reported and left out; the graph of the others is written all the same.
    """
    settings = BuildSettings(
        output=output,
        format=format_of(output, format),
        base=base,
        date=None if date is None else parse_day(date),
        workers=workers,
        timeout=timeout,
        pipeline=pipeline,
        validation_report=validation_report,
        fields={} if fields is None else parse_fields(fields),
        keep=keep,
        validate=not no_validate,
        keep_text=not no_text,
        reference=tuple(references or ()),
    )
    result = _build(inputs, settings, quiet=json_)
    for error in result.errors:
        _complain(str(error))
    if json_:
        _print_json(report.as_json(result))
    else:
        _show(report.table(result))
        _print(f"The graph is in {result.output}.\n" if result.triples else "Nothing was read, nothing is written.\n")
    return _verdict(result)


def _build(inputs: Sequence[str], settings: BuildSettings, quiet: bool) -> report.BuildResult:
    from kg.pipeline import build as read_and_write

    with _progress(quiet) as shown:
        return read_and_write(inputs, settings, shown, getattr(sys.stdin, "buffer", None))


def _verdict(result: report.BuildResult) -> ExitCode:
    if result.errors:
        return ExitCode.INPUT
    return ExitCode.YES if result.report is None or result.report.conforms() else ExitCode.NO


@app.command()
def validate(
    graph: Annotated[Path, typer.Argument(metavar="GRAPH", help="A graph in any RDF syntax, told by its ending.")],
    fail_on: Annotated[FailOn, typer.Option(help="The mildest finding that makes the answer no.")] = FailOn.VIOLATION,
    report_file: Annotated[
        Path | None, typer.Option("--report", metavar="FILE", help="Where to write the sh:ValidationReport, as Turtle.")
    ] = None,
) -> ExitCode:
    """Check any graph: that its IRIs and literals are well-formed, then the shapes."""
    from kg.rdf.validate import Severity, validate
    from kg.writing import write_text

    found = validate(graph)
    if report_file:
        write_text(report_file, found.to_turtle())
    _print_lines(report.findings(found))
    _print(f"{found.triples:,} triples; conforms: {report.conformance(found)}\n")
    threshold = None if fail_on is FailOn.NONE else Severity(fail_on)
    return ExitCode.YES if found.conforms(threshold) else ExitCode.NO


@app.command()
def evaluate(
    gold: Annotated[
        Path | None, typer.Argument(metavar="GOLD_DIR", help="A folder of annotations (.yaml), one file a text.")
    ] = None,
    texts: Annotated[
        list[Path] | None, typer.Argument(metavar="TEXT_DIR...", help="The folders that the texts are in.")
    ] = None,
    treebank: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A treebank (CoNLL-U) to parse instead.")
    ] = None,
    entities: Annotated[
        Path | None, typer.Option(metavar="FILE", help="An entity corpus (JSON lines) to find names in instead.")
    ] = None,
    events: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Sentences with PLOVER roots (.tsv) to find the types of.")
    ] = None,
    pipeline: Annotated[
        str, typer.Option(metavar="NAME", help="The language pipeline: default, fast, a folder or a spaCy package.")
    ] = "default",
    details: Annotated[bool, typer.Option("--details", help="List the facts that are missed or wrong.")] = False,
    json_: Annotated[bool, typer.Option("--json", help="Print the figures as one JSON object.")] = False,
) -> ExitCode:
    """Measure how well texts are read, against annotations that people made.

    Give GOLD_DIR and TEXT_DIR, or --treebank, --entities or --events; docs/evaluation.md describes the formats.
    """
    given = [one for one in (gold, treebank, entities, events) if one is not None]
    if len(given) != 1 or (gold is None) == bool(texts):
        raise SettingsError("give GOLD_DIR and TEXT_DIR, or one of --treebank, --entities and --events FILE")
    if gold is not None and texts:
        return _evaluate_texts(gold, texts, pipeline, details, json_)
    from kg.language import load

    nlp = load(pipeline)
    if events is not None:
        return _show_scores(*_event_scores(nlp, events), json_)
    return _show_scores(*_pipeline_scores(nlp, treebank, entities), json_)


def _evaluate_texts(gold: Path, texts: list[Path], pipeline: str, details: bool, json_: bool) -> ExitCode:
    from kg.evaluation import run, table

    with _progress(json_) as shown:
        found = run.evaluate(gold, texts, run.reader(pipeline), shown)
    for error in found.errors:
        _complain(str(error))
    if json_:
        _print_json(table.as_json(found))
    else:
        for each in table.of_texts(found):
            _show(each)
    if details:
        _print_lines(table.details(found))
    return ExitCode.INPUT if found.errors else ExitCode.YES


def _event_scores(nlp: Language, path: Path) -> tuple[Mapping[str, Score], dict[str, Any]]:
    from kg.evaluation.events import score

    found = score(nlp, path)
    return {**found.roots, "quadrants": found.quadrants}, found.figures()


def _pipeline_scores(
    nlp: Language, treebank: Path | None, names: Path | None
) -> tuple[Mapping[str, Score], dict[str, Any]]:
    from kg.language import evaluate

    if treebank is not None:
        scores = evaluate.syntax(nlp, treebank)
        return scores, evaluate.syntax_figures(scores)
    assert names is not None
    scores = evaluate.names(nlp, names)
    return scores, evaluate.name_figures(scores)


def _show_scores(scores: Mapping[str, Score], figures: dict[str, Any], json_: bool) -> ExitCode:
    from kg.evaluation import table

    if json_:
        _print_json(figures)
    else:
        _show(table.of_scores(scores))
    return ExitCode.YES


@app.command()
def train(
    data: Annotated[
        Path, typer.Option(metavar="DIR", help="The public data: treebank/, ner/ and reference/ (docs/training.md).")
    ],
    texts: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Unlabelled news and history, .txt and .jsonl; else DATA/texts.")
    ] = None,
    held_out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="A folder whose texts are not trained on, wherever they are.")
    ] = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="Where the pipelines and all steps before them go.")
    ] = Path("output/training"),
) -> ExitCode:
    """Rebuild both language pipelines from public data.

    Needs treatygraph[train] and some hours. A run that was stopped goes on where it was.
    """
    from kg import training

    with _progress() as shown:
        figures = training.train(data, texts or data / "texts", held_out, output, shown)
    _print_json(figures)
    _print(f"The pipelines are in {output / 'default'} and {output / 'fast'}.\n")
    return ExitCode.YES


@app.command()
def load(
    graph: Annotated[
        Path, typer.Argument(metavar="GRAPH", help="Turtle, TriG, N-Triples or N-Quads, told by its ending, also .gz.")
    ],
    to: Annotated[str, typer.Option("--to", metavar="URL", help="The store: http://localhost:7878.")],
    store: Annotated[Store | None, typer.Option(help="Which store it is; else its answer says it.")] = None,
    into: Annotated[
        str | None,
        typer.Option(
            "--graph", metavar="IRI", help="The graph to replace, or 'default'; named graphs keep their names."
        ),
    ] = None,
    state: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to remember how far it is, else beside GRAPH.")
    ] = None,
    query_at: Annotated[
        str | None, typer.Option(metavar="URL", help="Where a generic store is queried, if not at --to.")
    ] = None,
) -> ExitCode:
    """Put a graph into a triple store, in the place of the one before.

    Nobody sees it half: docs/stores.md says how far each store keeps that. A load that was killed goes on where it was
    when it is called again. Credentials come from the environment alone: KG_STORE_USER and KG_STORE_PASSWORD, or
    KG_STORE_TOKEN.
    """
    from kg.load.credentials import Credentials
    from kg.load.loader import load
    from kg.load.settings import LoadSettings

    settings = LoadSettings(to, store, into, state, query_at)
    with _progress() as shown:
        result = load(graph, settings, Credentials.of(os.environ), shown)
    _print(f"{result.summary()}\n")
    return ExitCode.YES


@app.command()
def reference(
    query: Annotated[
        str | None, typer.Argument(metavar="QUERY", help="A name, or a part of one; all without it.")
    ] = None,
    references: Annotated[
        list[Path] | None,
        typer.Option(
            "--reference",
            metavar="FILE",
            help="Your own entities, before the packaged ones: .csv, .tsv or .ttl; may be given again.",
        ),
    ] = None,
    base: Annotated[str, typer.Option(help="The IRI that the ids in your graphs are behind.")] = namespaces.ID,
) -> ExitCode:
    """Search the packaged reference data, and your own.

    It holds the states of each time, organisations, persons, places and treaties, and says where each comes from.
    """
    from kg.resolution.own import load as load_own
    from kg.resolution.reference import Reference

    packaged = Reference.load()
    own, wrong = load_own([checked_reference(path) for path in references or ()], packaged, base)
    for error in wrong:
        _complain(str(error))
    found = _search(packaged.with_own(own), query or "")
    if found:
        _print_lines(report.records(found))
    else:
        _complain(f"no record is called {query!r}")
    return ExitCode.INPUT if wrong else ExitCode.YES if found else ExitCode.NO


@app.command()
def serve(
    graph: Annotated[
        Path,
        typer.Argument(
            metavar="GRAPH_OR_STORE",
            help="A file in any RDF syntax, also as .gz, or the folder of an Oxigraph store.",
        ),
    ],
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port; 0 takes a free one.")] = 7878,
    name: Annotated[
        list[str] | None, typer.Option(metavar="HOST", help="A host name the server goes by, besides localhost.")
    ] = None,
    texts: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="The sources, for a graph written with --no-text.")
    ] = None,
    allow_host: Annotated[
        list[str] | None, typer.Option(metavar="HOST", help="A host that SERVICE may call; none without it.")
    ] = None,
    origin: Annotated[
        list[str] | None,
        typer.Option(metavar="ORIGIN", help="A web origin whose pages may read; else OpenRefine's on this machine."),
    ] = None,
    workers: Annotated[
        int | None, typer.Option(help="How many requests are answered at once; else one for each processor, 2 to 8.")
    ] = None,
    timeout: Annotated[float, typer.Option(help="How many seconds a request may take.")] = 20.0,
    memory: Annotated[int, typer.Option(help="How many MiB a request may take beside the graph.")] = 1024,
    max_rows: Annotated[int, typer.Option(help="How many rows a result may have.")] = 100_000,
) -> ExitCode:
    """Serve a graph: explorer, SPARQL endpoint and reconciliation service.

    It only reads, and only this machine reaches it unless --host and --name say otherwise. Ctrl-C stops it.
    """
    try:
        from kg.serve.server import serve as answer
    except ImportError as error:
        raise SettingsError(f"kg serve needs more packages: pip install 'treatygraph[serve]' ({error})") from error
    from kg.serve.settings import OPENREFINE, Limits, ServeSettings, default_workers

    settings = ServeSettings(
        graph=graph,
        host=host,
        port=port,
        names=tuple(name or ()),
        allow_hosts=tuple(allow_host or ()),
        origins=tuple(origin or OPENREFINE),
        texts=texts,
        workers=workers if workers is not None else default_workers(),
        limits=Limits(timeout, memory, max_rows),
    )
    with _progress() as shown:
        answer(settings, shown, lambda address, opened: _print(report.served(graph, address, opened.triples)))
    return ExitCode.YES


def _search(known: Reference, query: str) -> tuple[Record, ...]:
    """Records of this name first, then those with a name that holds it."""
    exact = known.by_name(query) if query else ()
    holding = (each for name, each, _ in known.names() if query.casefold() in name.casefold())
    return tuple(dict.fromkeys((*exact, *holding)))


@app.command()
def query(
    graph: Annotated[
        Path | None,
        typer.Argument(metavar="GRAPH", help="A graph in any RDF syntax, also as .gz, or a store folder (RocksDB)."),
    ] = None,
    sparql: Annotated[
        str | None, typer.Argument(metavar="SPARQL", help="A query; known prefixes are declared.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", "-f", metavar="FILE", help="A file with the query, '-' for standard input.")
    ] = None,
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="A named question instead.")] = None,
    parameters: Annotated[
        list[str] | None,
        typer.Option("--param", "-p", metavar="NAME=VALUE", help="A value for a parameter of the named question."),
    ] = None,
    format: Annotated[
        Layout | None, typer.Option(help="How to write the answer; else as a table, a graph as turtle.")
    ] = None,
    timeout: Annotated[float, typer.Option(help="How many seconds the query may take once the graph is read.")] = 60.0,
    services: Annotated[
        list[str] | None,
        typer.Option("--allow-service", metavar="HOST", help="A host whose endpoint SERVICE may ask; none without it."),
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the named questions and their parameters.")] = False,
    show: Annotated[
        str | None, typer.Option("--show", metavar="NAME", help="Print the SPARQL of a named question.")
    ] = None,
) -> ExitCode:
    """Ask a graph in SPARQL 1.1, or by the name of a question.

    The answer to ASK is true or false, and the exit code says it too: 1 for false and where nothing was found.
    """
    from kg.query import asking

    if list_ or show:
        _print_lines(asking.about(show, parameters or ()))
        return ExitCode.YES
    asked = asking.Asked(graph, sparql, file, name, tuple(parameters or ()))
    found = asking.ask(asked, sys.stdin, timeout, services or ())
    _print(found.written(format, Console().width if sys.stdout.isatty() else None).decode())
    return ExitCode.YES if found else ExitCode.NO


@app.command()
def export(
    graph: Annotated[Path, typer.Argument(metavar="GRAPH", help="A graph in any RDF syntax, or a store folder.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write, for csv a folder.")],
    format: Annotated[
        ExportFormat | None, typer.Option(help="What to write; else the ending of the file says it.")
    ] = None,
) -> ExitCode:
    """Write a graph for other tools: any RDF syntax, RDF 1.2, GraphML for Gephi, CSV for Neo4j."""
    from kg.export.exporting import export as write

    _print(f"{graph} is in {output}, as {write(graph, output, format)}.\n")
    return ExitCode.YES


@app.command()
def link(
    graph: Annotated[Path, typer.Argument(metavar="GRAPH", help="A graph that 'kg build' wrote.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="OUT", help="The file to write; else GRAPH-linked.")
    ] = None,
    index: Annotated[
        Path | None, typer.Option(metavar="INDEX", help="Link by an index that 'kg wikidata index' made.")
    ] = None,
    online: Annotated[bool, typer.Option("--online", help="Link by the services of Wikidata.")] = False,
    reconcile: Annotated[
        str | None, typer.Option(metavar="URL", help="Link by a service of the W3C Reconciliation API 0.2.")
    ] = None,
    contact: Annotated[
        str | None,
        typer.Option(
            envvar="TREATYGRAPH_CONTACT", metavar="ADDRESS", help="Your e-mail or web address, which services are told."
        ),
    ] = None,
    cache: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Where answers are kept; else in the user's cache.")
    ] = None,
    endpoint: Annotated[
        str | None, typer.Option(metavar="URL", help="The action API (w/api.php) of another Wikibase.")
    ] = None,
    query_service: Annotated[
        str | None, typer.Option(metavar="URL", help="The SPARQL endpoint of another Wikibase.")
    ] = None,
    timeout: Annotated[float, typer.Option(help="How many seconds a service may take to answer.")] = 60.0,
) -> ExitCode:
    """Link the entities of a graph to Wikidata, or to another collection.

    Sure identities become owl:sameAs, possible ones skos:closeMatch with a score. Entities with an identity keep it.
    """
    from kg.wikidata import report as told
    from kg.wikidata.linking import link as link_graph
    from kg.wikidata.services import LinkSettings, linker

    settings = LinkSettings(index, online, reconcile, contact, cache, endpoint, query_service, timeout)
    with _progress() as shown:
        result = link_graph(
            graph, output or graph.with_name(f"{graph.stem}-linked{graph.suffix}"), linker(settings), shown
        )
    _print_lines(told.link_lines(result))
    return ExitCode.YES


@wikidata.command("index")
def wikidata_index(
    dump: Annotated[Path, typer.Argument(metavar="DUMP", help="A JSON dump of Wikidata: .json, .json.gz, .json.bz2.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="INDEX", help="The file to write.")],
) -> ExitCode:
    """Make an index of the states, organisations, politicians, treaties, offices, conflicts and places of a dump.

    A run that was interrupted goes on where it was when it is called again.
    """
    from kg.wikidata import report as told
    from kg.wikidata.indexing import make_index

    with _progress() as shown:
        result = make_index(dump, output, shown)
    _print_lines(told.index_lines(result))
    return ExitCode.YES


@wikidata.command("statements")
def wikidata_statements(
    graph: Annotated[Path, typer.Argument(metavar="GRAPH", help="A graph with links to Wikidata.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="The folder to write to.")],
    known: Annotated[
        Path,
        typer.Option(
            metavar="FILE", help="What Wikidata has: an index, or a file or folder (.json) of entities in its JSON."
        ),
    ],
    retrieved: Annotated[
        str, typer.Option(metavar="YYYY-MM-DD", help="The day on which the sources were read, told as P813.")
    ],
    confidence: Annotated[float, typer.Option(help="The least confidence of a claim, 0 to 1.")] = 0.8,
) -> ExitCode:
    """Write statements that Wikidata does not have, as QuickStatements and as a table, for a person to review."""
    from kg.resolution.reference import Reference
    from kg.wikidata import report as told
    from kg.wikidata.statements import StatementSettings, write_statements

    settings = StatementSettings(parse_day(retrieved, "--retrieved"), confidence)
    result = write_statements(graph, output, known, settings, Reference.load())
    for line in result.refused:
        _complain(f"refused: {line}")
    _print_lines(told.statement_lines(result))
    return ExitCode.YES
