"""The mentions of one treaty with all that they say, and whether a further mention may mean it."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extraction.lexicon import lexicon
from kg.model import PartialDate
from kg.resolution.records import Record
from kg.resolution.treaty_descriptions import Description


@dataclass
class Cluster:
    """The mentions of one treaty and all that they say of it."""

    key: str
    words: set[str] = field(default_factory=set)
    year: int | None = None
    parties: set[str] = field(default_factory=set)
    plural: bool = False
    proper: bool = False
    title: bool = False
    matter: str = ""
    nouns: set[str] = field(default_factory=set)
    names: set[frozenset[str]] = field(default_factory=set)
    members: list[int] = field(default_factory=list)
    record: Record | None = None

    def add(self, told: Description, record: Record | None) -> None:
        """Take up one more mention."""
        self.words |= told.words
        self.year = self.year or told.year
        if not self.parties or self.parties <= told.parties:
            self.parties |= told.parties
        self.names |= {told.words} if told.proper and told.words else set()
        self.plural = self.plural or told.plural
        self.proper = self.proper or told.proper
        self.title = self.title or told.title
        self.nouns.add(told.noun)
        self.matter = self.matter or told.subject_matter
        self.record = self.record or record
        self.members.append(told.index)

    def absorb(self, other: Cluster) -> None:
        """Take up all that another cluster has, which is of the same treaty."""
        self.year = self.year or other.year
        self.matter = self.matter or other.matter
        self.record = self.record or other.record
        self.plural = self.plural or other.plural
        self.proper = self.proper or other.proper
        self.title = self.title or other.title
        self.words |= other.words
        self.parties |= other.parties
        self.nouns |= other.nouns
        self.names |= other.names
        self.members += other.members


def compatible(cluster: Cluster, told: Description, record: Record | None, issued: PartialDate | None) -> bool:
    """Whether a mention may mean the treaty of a cluster, as far as what both say of it goes."""
    if cluster.record is not None and record is not None and cluster.record.id != record.id:
        return False
    if cluster.year is not None and told.year is not None and cluster.year != told.year:
        return False
    if told.year is not None and cluster.year is None and _long_before(told.year, issued):
        return False
    if cluster.plural != told.plural:
        return False
    if told.proper and told.year is not None and cluster.year != told.year:
        return False
    if cluster.proper and cluster.words - lexicon().treaty_weak and told.words and not told.words & cluster.words:
        return False
    both = told.parties and cluster.parties
    if both and not (told.parties <= cluster.parties or cluster.parties <= told.parties):
        return False
    if told.determiner in {"a", "an"} and not told.words and (told.year or told.parties) and cluster.year != told.year:
        return False
    if told.determiner in {"a", "an"} and not (told.words or told.year or told.parties):
        return False
    if told.determiner in {"another", "other"} or (told.apart and cluster.title):
        return False
    return not (told.subject_matter and cluster.words and not told.words & cluster.words)


def _long_before(year: int, issued: PartialDate | None) -> bool:
    """Whether a year is long past for a dated text: "the treaty of 2001" is not the one in today's headline."""
    return issued is not None and issued.year - year > 1


def same_name(cluster: Cluster, told: Description) -> bool:
    """Whether the name that a mention has is that of the cluster."""
    strong = told.words - lexicon().treaty_weak
    known = cluster.names or {frozenset(cluster.words)}
    return any(strong & words and (strong <= words or words <= told.words) for words in known)
