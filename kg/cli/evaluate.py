"""``kg evaluate``: measure how well texts are read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli import console, options
from kg.errors import ExitCode, SettingsError

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.language.evaluate import Score


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
    pipeline: options.Pipeline = "default",
    references: options.References = None,
    details: Annotated[bool, typer.Option("--details", help="List the facts that are missed or wrong.")] = False,
    json_: options.Json = False,
) -> ExitCode:
    """Measure how well texts are read, against annotations that people made.

    Give GOLD_DIR and TEXT_DIR, or --treebank, --entities or --events; docs/evaluation.md describes the formats.
    """
    given = [one for one in (gold, treebank, entities, events) if one is not None]
    if len(given) != 1 or (gold is None) == bool(texts):
        raise SettingsError("give GOLD_DIR and TEXT_DIR, or one of --treebank, --entities and --events FILE")
    if gold is not None and texts:
        return _evaluate_texts(gold, texts, pipeline, references, details, json_)
    if references:
        raise SettingsError("--reference goes with GOLD_DIR and TEXT_DIR")
    from kg.language import load

    nlp = load(pipeline)
    if events is not None:
        return _show_scores(*_event_scores(nlp, events), json_)
    return _show_scores(*_pipeline_scores(nlp, treebank, entities), json_)


def _evaluate_texts(
    gold: Path, texts: list[Path], pipeline: str, references: list[Path] | None, details: bool, json_: bool
) -> ExitCode:
    from kg.cli.known import reference_with
    from kg.evaluation import run, table

    known, wrong = reference_with(references)
    with console.progress(json_) as bar:
        found = run.evaluate(gold, texts, run.reader(pipeline, known), bar)
    for error in found.errors:
        console.complain(str(error))
    if json_:
        console.put_json(table.as_json(found))
    else:
        for each in table.of_texts(found):
            console.show(each)
    if details:
        console.put_lines(table.details(found))
    return ExitCode.INPUT if found.errors or wrong else ExitCode.YES


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
        console.put_json(figures)
    else:
        console.show(table.of_scores(scores))
    return ExitCode.YES
