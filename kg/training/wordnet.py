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
    irregular = {(form, tag): lemmas[0] for form, lemmas in exceptions["verb"].items() for tag in _irregular_tags(form)}
    yield from ((form, tag, lemma) for (form, tag), lemma in irregular.items() if form.isalpha())
    for verb in index["verb"]:
        yield from ((form, tag, verb) for form, tag in _regular(verb) if (form, tag) not in irregular)
    plurals = {form: lemmas[0] for form, lemmas in exceptions["noun"].items() if len(lemmas) == 1 and form.isalpha()}
    yield from ((form, "NNS", noun) for form, noun in plurals.items())
    nouns = frozenset(noun for noun in index["noun"] if noun.isalpha() and len(noun) > 2)
    for noun in sorted(nouns):
        form = noun if _same_in_plural(noun, nouns) else _with_s(noun)
        if form not in plurals and (form == noun or form not in nouns):
            yield form, "NNS", noun


def _table(name: str) -> dict[str, dict[str, list[str]]]:
    packed = files("spacy_lookups_data").joinpath("data", f"{name}.json.gz").read_bytes()
    table: dict[str, dict[str, list[str]]] = json.loads(gzip.decompress(packed))
    return table


def _irregular_tags(form: str) -> tuple[str, ...]:
    return ("VBG",) if form.endswith("ing") else ("VBZ",) if form.endswith("s") else _PAST


def _regular(verb: str) -> Iterator[tuple[str, str]]:
    if not verb.isalpha() or len(verb) < 3:
        return
    past = verb[:-1] + "ied" if _changes_y(verb) else verb + ("d" if verb.endswith("e") else "ed")
    yield from ((past, tag) for tag in _PAST)
    yield _participle(verb), "VBG"
    yield _with_s(verb), "VBZ"


def _with_s(word: str) -> str:
    if _changes_y(word):
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def _changes_y(word: str) -> bool:
    return word.endswith("y") and word[-2] not in _VOWELS


def _participle(verb: str) -> str:
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    return (verb[:-1] if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) else verb) + "ing"


def _same_in_plural(noun: str, nouns: frozenset[str]) -> bool:
    singulars = (noun[:-1], noun[:-2], noun[:-3] + "y")
    return noun.endswith("s") and not noun.endswith("ss") and not nouns.intersection(singulars)
