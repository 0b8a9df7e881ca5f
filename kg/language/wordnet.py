"""Inflected forms of the verbs and nouns of WordNet (in the package spacy-lookups-data), for the table of lemmas."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from importlib.resources import files

_VOWELS = frozenset("aeiou")
_PAST = ("VBD", "VBN")


def inflections() -> Iterator[tuple[str, str, str]]:
    """Triples of form, Penn Treebank tag and lemma. Raises ``ModuleNotFoundError`` without spacy-lookups-data."""
    index, exceptions = _table("en_lemma_index"), _table("en_lemma_exc")
    irregular = {form: lemmas[0] for form, lemmas in exceptions["verb"].items() if len(lemmas) == 1}
    for form, lemma in irregular.items():
        yield from ((form, tag, lemma) for tag in _irregular_tags(form) if "_" not in form)
    for verb in index["verb"]:
        yield from ((form, tag, verb) for form, tag in _regular(verb) if form not in irregular)
    for form, lemmas in exceptions["noun"].items():
        if len(lemmas) == 1 and form.isalpha():
            yield form, "NNS", lemmas[0]
    nouns = frozenset(index["noun"])
    yield from ((noun, "NNS", noun) for noun in index["noun"] if _same_in_plural(noun, nouns))


def _table(name: str) -> dict[str, dict[str, list[str]]]:
    packed = files("spacy_lookups_data").joinpath("data", f"{name}.json.gz").read_bytes()
    table: dict[str, dict[str, list[str]]] = json.loads(gzip.decompress(packed))
    return table


def _irregular_tags(form: str) -> tuple[str, ...]:
    return ("VBG",) if form.endswith("ing") else ("VBZ",) if form.endswith("s") else _PAST


def _regular(verb: str) -> Iterator[tuple[str, str]]:
    if not verb.isalpha() or len(verb) < 3:
        return
    changes_y = verb.endswith("y") and verb[-2] not in _VOWELS
    past = verb[:-1] + "ied" if changes_y else verb + ("d" if verb.endswith("e") else "ed")
    yield from ((past, tag) for tag in _PAST)
    yield _participle(verb), "VBG"
    hisses = verb.endswith(("s", "x", "z", "ch", "sh", "o"))
    yield verb[:-1] + "ies" if changes_y else verb + ("es" if hisses else "s"), "VBZ"


def _participle(verb: str) -> str:
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    return (verb[:-1] if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) else verb) + "ing"


def _same_in_plural(noun: str, nouns: frozenset[str]) -> bool:
    singulars = (noun[:-1], noun[:-2], noun[:-3] + "y")
    return noun.endswith("s") and not noun.endswith("ss") and noun.isalpha() and not nouns.intersection(singulars)
