"""Facts that no predicate tells but names and noun phrases do: offices, owners, places, treaties, conflicts."""

from __future__ import annotations

from collections.abc import Callable

from kg.extraction.concerns import ConcernReader
from kg.extraction.conflicts import ConflictReader
from kg.extraction.drafts import DraftFact
from kg.extraction.fields import FieldReader
from kg.extraction.mention_at import MentionAt
from kg.extraction.notes import Notes
from kg.extraction.offices_held import OfficeReader
from kg.extraction.page import OfficePhrase
from kg.extraction.speech import Speech
from kg.extraction.treaty_phrases import TreatyPhrases
from kg.extraction.whereabouts import Whereabouts


def read_details(
    notes: Notes,
    phrases: list[OfficePhrase],
    speech: Speech,
    mention_at: MentionAt,
    acts_for: dict[str, str],
    told: list[DraftFact],
    owner_then: Callable[[str, str], str],
) -> None:
    """Read those facts of one document into ``notes``; entities for offices are added to the resolved ones.

    ``told`` are the facts that the patterns read: a year in a name counts only where they give no date. ``acts_for``
    says for a person which polity or organisation he or she acts for, ``owner_then`` which state an owner of an office
    was when the person acted.
    """
    OfficeReader(notes, phrases, mention_at, acts_for, owner_then).read()
    whereabouts = Whereabouts(notes)
    whereabouts.owners()
    whereabouts.places()
    whereabouts.by_adjective()
    FieldReader(notes).read()
    TreatyPhrases(notes, speech, mention_at).read([*told, *notes.facts])
    ConcernReader(notes, speech, mention_at).read()
    ConflictReader(notes).read()
