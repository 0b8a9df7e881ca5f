"""Kinds of sentences read by the shipped pipeline: tests/fixtures/sentences.toml says what each tells."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import reading_gold
import reading_help
from doc_builder import ISSUED

from kg.model import Modality, PartialDate

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "fixtures" / "sentences.toml").read_text(encoding="utf-8")
)["case"]

KEYS = {
    "expect": Modality.ACTUAL,
    "expect_planned": Modality.PLANNED,
    "expect_possible": Modality.POSSIBLE,
    "expect_negated": Modality.NEGATED,
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"].splitlines()[0][:50])
def test_a_kind_of_sentence_is_read_as_it_says(case: dict[str, Any], tmp_path: Path) -> None:
    name = "note.md" if case["text"].startswith("# ") else "note.txt"
    document = replace(reading_help.read_text(tmp_path, case["text"], name), issued=PartialDate(ISSUED))
    told = reading_gold.reader().read(document)
    for key, modality in KEYS.items():
        said = reading_gold.said(told, modality) | reading_gold.triples(told, modality)
        assert [x for x in case.get(key, ()) if x not in said] == [], sorted(said)
    said = reading_gold.said(told) | reading_gold.triples(told)
    assert [x for x in case.get("unexpected", ()) if x in said] == []
