from __future__ import annotations

import pytest

from kg.extraction.speech_lexicon import FRAMES, KINDS, speech_data, speech_verbs


def test_every_verb_has_a_known_kind_and_frames() -> None:
    for verb in speech_verbs().values():
        assert verb.kind in KINDS
        assert verb.frames and verb.frames <= FRAMES


def test_rows_hold_nothing_else_and_are_in_order() -> None:
    rows = speech_data()["verbs"]
    assert all(set(row) <= {"kind", "frames", "factive", "also"} for row in rows.values())
    assert list(rows) == sorted(rows)


@pytest.mark.parametrize(("british", "american"), [("emphasise", "emphasize"), ("criticise", "criticize")])
def test_both_spellings(british: str, american: str) -> None:
    assert speech_verbs()[british] is speech_verbs()[american]


def test_what_the_verbs_say() -> None:
    verbs = speech_verbs()
    assert verbs["note"].factive and not verbs["claim"].factive
    assert "as" in verbs["describe"].frames
    assert "recipient" in verbs["tell"].frames
    assert (verbs["praise"].kind, verbs["deny"].kind, verbs["urge"].kind) == ("evaluate", "deny", "request")
