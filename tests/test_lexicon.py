"""The word lists: complete, consistent with each other and with the ontology, and made ready for look-up."""

from __future__ import annotations

import re
import tomllib

import pytest
from doc_builder import reference

from kg import resources
from kg.extraction.lexicon import Phrases, lexicon, plain, with_plurals

LEX = lexicon()


@pytest.mark.parametrize(
    ("noun", "plural"),
    [
        ("treaty", "treaties"),
        ("pact", "pacts"),
        ("memorandum", "memorandums"),
        ("speech", "speeches"),
        ("day", "days"),
        ("box", "boxes"),
    ],
)
def test_regular_plurals(noun: str, plural: str) -> None:
    assert with_plurals([noun]) == {noun, plural}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Director‑General", "director-general"),
        ("Iran’s  Foreign\nMinister", "iran's foreign minister"),
        ("", ""),
    ],
)
def test_plain_text(text: str, expected: str) -> None:
    assert plain(text) == expected


@pytest.mark.parametrize(
    ("text", "at", "length"),
    [
        ("the foreign ministry said", 1, 2),
        ("the foreign policy", 1, 1),
        ("ministry", 0, 1),
        ("foreign", 0, 1),
        ("the trade", 1, 0),
        ("the", 5, 0),
        ("", 0, 0),
    ],
)
def test_the_longest_phrase_is_found(text: str, at: int, length: int) -> None:
    phrases = Phrases(["foreign", "foreign ministry", "ministry"])
    assert phrases.length(text.split(), at) == length


@pytest.mark.parametrize("name", ["nouns", "offices", "verbs", "modality"])
def test_words_are_written_in_lower_case(name: str) -> None:
    table = tomllib.loads((resources.data("lexicon") / f"{name}.toml").read_text(encoding="utf-8"))

    def words(value: object) -> list[str]:
        if isinstance(value, str):
            return [value]
        if isinstance(value, dict):
            return [w for k, v in value.items() for w in [*words(k), *words(v)]]
        return [w for v in value for w in words(v)] if isinstance(value, list) else []

    assert [w for w in words(table) if w != w.lower()] == []


def test_types_of_treaties_are_concepts_of_the_scheme() -> None:
    scheme = (resources.ontology() / "schemes" / "treaty-types.ttl").read_text(encoding="utf-8")
    assert [v for v in set(LEX.treaty_types.values()) if not re.search(rf"[/:]{v}\b", scheme)] == []


def test_what_describes_a_treaty_can_head_its_name() -> None:
    assert LEX.treaty_descriptive <= LEX.treaty_heads


def test_states_behind_words_are_records() -> None:
    ids = set(LEX.combining.values()) | set(LEX.role_default_of.values())
    assert [i for i in ids if reference().get(i) is None] == []


def test_synonyms_of_roles_lead_to_roles_that_have_none_themselves() -> None:
    assert [v for v in LEX.role_synonyms.values() if v in LEX.role_synonyms] == []


def test_no_word_is_in_two_modalities() -> None:
    table = tomllib.loads((resources.data("lexicon") / "modality.toml").read_text(encoding="utf-8"))
    table["governors"].pop("actual")  # "help" says so only in some forms
    for section in ("auxiliaries", "governors", "adjectives"):
        lists = [set(words) for words in table[section].values()]
        assert sum(map(len, lists)) == len(set().union(*lists)), section
