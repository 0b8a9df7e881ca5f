"""Which tellings are one happening."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extraction.drafts import DraftEvent, DraftFact
from kg.model import NOBODY, ClassRef, EntityRef, Modality, PartialDate, Passage, Span, Value
from kg.resolution.merging import merge_events, place_of

ACTUAL, PLANNED = Modality.ACTUAL, Modality.PLANNED


def event(
    cls: str,
    *told: str,
    document: str = "a",
    at: int = 0,
    modality: Modality = ACTUAL,
    kind: str = "",
    entity: str | None = None,
    name: str = "",
) -> DraftEvent:
    """An event of properties such as ``participant putin`` and ``date 2025``."""
    passage = Passage(f"document/{document}", Span(at, at + 1))
    pairs = [(p, value(p, v)) for p, v in (t.split(" ") for t in told)]
    properties = [
        DraftFact("#", p, v, passage, modality, NOBODY, 0.8, "t") for p, v in [("type", ClassRef(cls)), *pairs]
    ]
    return DraftEvent(cls, kind, 0, at, modality, properties, entity, name)


def value(predicate: str, text: str) -> Value:
    return PartialDate(text) if predicate == "date" else EntityRef(text)


def count(*events: DraftEvent) -> int:
    """How many happenings these are, in whatever order they come."""
    found = {len(merge_events([copy(e) for e in order])[0]) for order in permutations(events)}
    assert len(found) == 1
    return found.pop()


def copy(told: DraftEvent) -> DraftEvent:
    return DraftEvent(
        told.cls, told.kind, told.paragraph, told.token, told.modality, list(told.properties), told.entity, told.name
    )


BOTH = ("participant putin", "participant xi")
CEDED = ("agent persia", "target russia")


@pytest.mark.parametrize(
    ("one", "other", "number"),
    [
        (event("Meeting", *BOTH, "date 2025-06-01"), event("Meeting", *BOTH, document="b"), 1),
        (event("Cession", *CEDED, "date 1828"), event("Cession", *CEDED), 1),
        (event("Cession", *CEDED, "date 1828"), event("Cession", *CEDED, document="b"), 2),
        (event("Cession", *CEDED, "date 1828"), event("Cession", *CEDED, "date 1828", document="b"), 1),
        (event("Cession", *CEDED, "concernsTreaty x"), event("Cession", *CEDED, "concernsTreaty y"), 2),
        (event("Meeting", *BOTH, "date 2025-06-01"), event("Meeting", *BOTH, "date 2025-06", document="b"), 1),
        (event("Meeting", *BOTH, "date 2025-06-01"), event("Meeting", *BOTH, "date 2025-06-02", document="b"), 2),
        (event("Meeting", *BOTH, "location kazan"), event("Meeting", *BOTH, "location minsk", document="b"), 2),
        (event("Meeting", *BOTH), event("Meeting", "participant putin", "participant modi", document="b"), 2),
        (event("Meeting", *BOTH), event("Meeting", "participant putin", document="b"), 1),
        (event("Meeting", *BOTH), event("Meeting", document="b"), 2),
        (event("Meeting", *BOTH), event("Visit", *BOTH, document="b"), 2),
        (event("Meeting", *BOTH), event("Meeting", *BOTH, document="b", modality=PLANNED), 2),
        (event("Visit", "agent xi", "target iran"), event("Visit", "agent xi", document="b"), 1),
        (event("Visit", "agent xi", "target iran"), event("Visit", "agent xi", "target iraq", document="b"), 2),
        (event("Visit", "agent xi", "target iran"), event("Visit", "agent modi", "target iran", document="b"), 2),
        (event("Signing", "concernsTreaty t"), event("Signing", "concernsTreaty t", "date 1813", document="b"), 1),
        (event("Signing", "concernsTreaty t"), event("Signing", "concernsTreaty u", document="b"), 2),
        (event("Signing"), event("Signing", document="b"), 2),
        (
            event("Signing", "concernsTreaty t", "date 1813"),
            event("Signing", "concernsTreaty t", "date 1814", document="b"),
            1,
        ),
        (
            event("Ratification", "concernsTreaty t", "agent duma"),
            event("Ratification", "concernsTreaty t", "agent majlis", document="b"),
            2,
        ),
        (
            event("Interaction", "agent iran", "target iraq", kind="ACCUSE"),
            event("Interaction", "agent iran", "target iraq", kind="ACCUSE", document="b"),
            1,
        ),
        (
            event("Interaction", "agent iran", "target iraq", kind="ACCUSE"),
            event("Interaction", "agent iran", "target iraq", kind="SUPPORT", document="b"),
            2,
        ),
        (
            event("Interaction", "agent iran", "target iraq", kind="ACCUSE"),
            event("Interaction", "agent iraq", "target iran", kind="ACCUSE", document="b"),
            2,
        ),
        (event("Summit", name="BRICS summit"), event("Summit", name="the BRICS summit", document="b"), 1),
        (event("Summit", name="BRICS summit"), event("Summit", name="SCO summit", document="b"), 2),
        (event("Summit", "date 2023"), event("Summit", "date 2024", document="b"), 2),
        (event("Conflict", entity="war"), event("Conflict", entity="war", document="b"), 1),
        (event("Conflict", entity="war"), event("Conflict", entity="other", document="b"), 2),
        (event("Conflict", entity="war"), event("Conflict", document="b"), 2),
    ],
)
def test_two_tellings(one: DraftEvent, other: DraftEvent, number: int) -> None:
    assert count(one, other) == number


def test_what_either_tells_is_kept() -> None:
    [merged], _ = merge_events(
        [event("Meeting", *BOTH, "date 2025"), event("Meeting", *BOTH, "location kazan", document="b")]
    )
    assert {p.predicate for p in merged.properties} == {"type", "participant", "date", "location"}
    assert {p.passage.document for p in merged.properties} == {"document/a", "document/b"}


def test_a_planned_signing_that_happened_is_actual() -> None:
    planned = event("Signing", "concernsTreaty t", modality=PLANNED)
    [merged], _ = merge_events([planned, event("Signing", "concernsTreaty t", document="b")])
    assert merged.modality is ACTUAL


def test_references_lead_to_the_event_that_remains() -> None:
    one, other = event("Meeting", *BOTH, "date 2025"), event("Meeting", *BOTH, document="b", at=5)
    place = place_of(other)
    [merged], at = merge_events([one, other])
    assert at[place] is merged
    assert at["@document/a.0.0"] is merged


def test_no_events_give_none() -> None:
    assert merge_events([]) == ([], {})


SOME = st.builds(
    event,
    st.sampled_from(["Meeting", "Visit", "Signing", "Summit", "Interaction"]),
    st.sampled_from(["participant putin", "agent xi", "concernsTreaty t", "location kazan"]),
    st.sampled_from(["date 2025", "date 2024-05-01", "target iran", "participant xi"]),
    document=st.sampled_from("abc"),
    at=st.integers(0, 50),
    modality=st.sampled_from(Modality),
)


@given(st.lists(SOME, max_size=6, unique_by=lambda e: (e.properties[0].passage.document, e.token)))
@settings(max_examples=60, deadline=None)
def test_nothing_is_lost_and_merging_again_changes_nothing(events: list[DraftEvent]) -> None:
    told = {(p.predicate, p.object) for e in events for p in e.properties}
    merged, at = merge_events([copy(e) for e in events])
    assert {(p.predicate, p.object) for e in merged for p in e.properties} == told
    assert len(at) == len(events)
    assert len(merged) <= len(events)


@given(st.lists(SOME, max_size=5, unique_by=lambda e: (e.properties[0].passage.document, e.token)), st.randoms())
@settings(max_examples=60, deadline=None)
def test_the_order_does_not_matter(events: list[DraftEvent], random: object) -> None:
    shuffled = [copy(e) for e in events]
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    def shape(merged: list[DraftEvent]) -> list[object]:
        return [(e.cls, sorted(map(repr, e.properties))) for e in merged]

    assert shape(merge_events(shuffled)[0]) == shape(merge_events([copy(e) for e in events])[0])


def test_summits_without_a_name_are_one_in_a_text_and_others_in_other_texts() -> None:
    def summit(document: str, token: int, *pairs: tuple[str, Value]) -> DraftEvent:
        passage = Passage(document, Span(token, token + 1))
        properties = [DraftFact("#", p, v, passage, Modality.ACTUAL, NOBODY, 0.8, "t") for p, v in pairs]
        told = DraftFact("#", "type", ClassRef("Summit"), passage, Modality.ACTUAL, NOBODY, 0.8, "t")
        return DraftEvent("Summit", "", 0, token, Modality.ACTUAL, [told, *properties], name="summit")

    kazan = summit("document/a", 1, ("date", PartialDate("2024")), ("location", EntityRef("place/kazan")))
    again, elsewhere = summit("document/a", 9), summit("document/b", 3)
    merged, _ = merge_events([kazan, again, elsewhere])
    assert [sorted({p.passage.document for p in e.properties}) for e in merged] == [["document/a"], ["document/b"]]
