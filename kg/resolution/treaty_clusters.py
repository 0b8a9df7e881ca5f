"""Which mentions mean the same treaty: clusters by name, year, parties and the words that describe them."""

from __future__ import annotations

from kg.extraction.grammar import portioned
from kg.extraction.lexicon import lexicon
from kg.extraction.page import Found
from kg.model import POLITIES
from kg.resolution.epochs import YEAR
from kg.resolution.local import Local
from kg.resolution.records import Record
from kg.resolution.treaty_anaphora import DEFINITE, MAKE, TreatyAnaphora, is_made
from kg.resolution.treaty_cluster import Cluster, compatible, same_name
from kg.resolution.treaty_descriptions import Description, TreatyDescriber
from kg.resolution.treaty_judging import agreement, dates, treaty_judge


class TreatyClusters:
    """The clusters of one document; ``shown_parties`` and ``shown_years`` are what single mentions show."""

    def __init__(self, local: Local, describer: TreatyDescriber) -> None:
        self.local = local
        self.page, self.mentions, self.reference = local.page, local.mentions, local.reference
        self.describer, self.judge = describer, treaty_judge(local.reference)
        self.clusters: list[Cluster] = []
        self.anaphora = TreatyAnaphora(local, describer, self.clusters)
        self.shown_parties: dict[int, tuple[str, ...]] = {}
        self.shown_years: dict[int, int] = {}

    def place(self, told: Description) -> None:
        """Join a mention to the cluster of its treaty, or begin one, or let it be."""
        mention = self.mentions[told.index]
        record = self._record(mention, told)
        cluster = self._find(told, record)
        if cluster is None:
            if not self._worth_a_cluster(told):
                return
            cluster = Cluster(key=f"#{told.index}", record=record)
            self.clusters.append(cluster)
        self._join(cluster, told, record)

    def _record(self, mention: Found, told: Description) -> Record | None:
        """The known treaty of this name, of the year told with it or another time in the document, if one is."""
        named = self.judge.named([mention])
        years = {told.year} if told.year else {c.year for c in self.clusters if c.year and same_name(c, told)}
        sentence = YEAR.findall(self.describer.head(told.index).sent.text) if len(named) > 1 and not years else ()
        beside = {int(each.signed[:4]) for each in named if each.signed and each.signed[:4] in sentence}
        asked = agreement((mention.text,), told.parties, dates(years or beside), told.words, self.page.document.issued)
        return self.judge.sure(self.judge.decide(asked, named)) if named else None

    def _find(self, told: Description, record: Record | None) -> Cluster | None:
        weak = lexicon().treaty_weak
        if record is not None:
            same = [c for c in self.clusters if c.record is not None and c.record.id == record.id]
            if same:
                return same[0]
        options = [c for c in self.clusters if compatible(c, told, record, self.page.document.issued)]
        if told.proper and told.words - weak:
            options = [c for c in options if same_name(c, told)]
            found = self._also_called(told, options[-1] if options else None)
            beside = found or self.anaphora.named_beside(told) or self.anaphora.defined(told)
            return beside or self.anaphora.announced(told)
        shown = self.anaphora.identified(told) or self.anaphora.of_lead(told) or self.anaphora.defined(told)
        if shown is not None:
            return shown
        heading = self.page.heading_of.get(self.mentions[told.index].paragraph)
        definite = told.determiner in {"the", "this"} and not told.proper and not told.apart
        if heading in self.anaphora.section and definite and told.words <= weak:
            return self.anaphora.section[heading]
        if not told.words and not told.parties and told.year is None and not told.subject_matter:
            return self.anaphora.anaphor(told, options) or self.anaphora.introduced(told)
        if told.words and not told.words <= weak:
            options = [
                c for c in options if told.words & c.words - weak or (c.words <= weak and told.words & weak & c.words)
            ]
        if told.year is not None and not (told.words or told.parties):
            options = [c for c in options if c.year == told.year]
        if told.parties and not told.words and told.year is None:
            options = [c for c in options if c.parties and told.parties <= c.parties] or [
                c for c in options if not c.parties and (c.title or (told.determiner in DEFINITE and not c.proper))
            ]
        if told.determiner in {"a", "an"} and not told.title:
            options = [c for c in options if c.title and self._of_kind(c, told) and not self._of_another(c, told)]
            made = is_made(self.describer.head(told.index))
            if told.parties and not made:  # "an Iraqi-Syrian accord" is no named one
                options = [c for c in options if not c.proper]
        if told.plural and not self.anaphora.some(told):
            options = [c for c in options if not c.proper]
        if told.year is not None and told.parties:  # "the 1883 Korean treaty" is none of which nothing such was told
            options = [c for c in options if c.year or c.parties or c.title]
        options = [c for c in options if told.year is not None and c.year == told.year] or options
        overlap = [c for c in options if told.words & c.words]
        options = overlap or options
        return self.anaphora.main(options)

    def _also_called(self, told: Description, named: Cluster | None) -> Cluster | None:
        """The cluster of this name, with that of which the text says that it is called so."""
        other = self.anaphora.called(told)
        if other is None or other is named or named is None:
            return other or named
        if other.record is None or named.record is None or other.record.id == named.record.id:
            named.absorb(other)
            self.clusters.remove(other)
        return named

    def _of_another(self, cluster: Cluster, told: Description) -> bool:
        """ "Australia, which has a security treaty": one described otherwise or of one who is no party; one ended."""
        verb = self.describer.head(told.index).head
        if verb.lemma_ in lexicon().ends_treaties:
            return self.describer.head(cluster.members[0]).head.lemma_ != verb.lemma_
        if verb.lemma_ != "have" or not cluster.parties:
            return False
        if told.words and cluster.words and told.words.isdisjoint(cluster.words):
            return True
        keys = self.local.subjects(told.index, verb)
        return any(self.local.entities[key].cls in POLITIES for key in keys) and keys.isdisjoint(cluster.parties)

    def _of_kind(self, cluster: Cluster, told: Description) -> bool:
        """Whether a noun may be another word for what has been told: "a pact" for a treaty, not "a truce"."""
        return told.noun in cluster.nouns or told.noun in lexicon().treaty_types_only

    def _worth_a_cluster(self, told: Description) -> bool:
        if told.noun == "document":
            return False
        if told.proper or (told.title and not told.plural):
            return True
        if told.plural:
            return bool(
                told.subject_matter and told.noun not in lexicon().treaty_types_only and told.parties
            ) or self._counted(told)
        described = told.words or told.year or told.parties or told.subject_matter or self._told_of(told)
        described = described or (told.determiner == "the" and self.anaphora.restricted(told))
        return bool(described) and told.determiner not in {
            "any",
            "no",
            "such",
        }

    def _told_of(self, told: Description) -> bool:
        """ "an agreement that they signed in 2001", "signed a treaty": a clause says which, or a verb makes it, unless
        the text is about one treaty anyway."""
        head = self.describer.head(told.index)
        clauses = [c for c in head.children if c.dep_ in {"acl", "acl:relcl"}]
        if told.determiner in {"a", "an", "the"} and any(c.lemma_ in MAKE for c in clauses):
            return True
        if told.determiner not in {"a", "an"}:
            return False
        made = is_made(head) or (head.dep_ == "nmod" and head.head.lemma_.lower() in MAKE)
        return made and all(self.anaphora.of_another_year(c, head) for c in self.clusters if c.title)

    def _counted(self, told: Description) -> bool:
        """ "23 documents", "agreements regarding the construction of ...": several instruments told as one."""
        head = self.describer.head(told.index)
        numbered = any(c.dep_ == "nummod" and c.lower_ not in {"two", "three", "both", "2", "3"} for c in head.children)
        return (
            numbered
            or portioned(head) != head
            or (bool(told.subject_matter) and told.determiner in {"in", "the", "of"})
        )

    def _join(self, cluster: Cluster, told: Description, record: Record | None) -> None:
        mention = self.mentions[told.index]
        if told.parties:
            self.shown_parties[told.index] = tuple(sorted(told.parties))
        if told.year is not None:
            self.shown_years[told.index] = told.year
        cluster.add(told, record)
        if self.page.paragraphs[mention.paragraph].block.kind == "heading":
            self.anaphora.section.setdefault(mention.paragraph, cluster)
        self.anaphora.last = cluster
