"""Which mentions mean the same treaty: clusters by name, year, parties and the words that describe them."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction.grammar import portioned
from kg.extraction.lexicon import lexicon
from kg.extraction.page import Form, Found
from kg.model import POLITIES
from kg.resolution.epochs import YEAR
from kg.resolution.local import Local
from kg.resolution.records import Record
from kg.resolution.treaty_cluster import Cluster, compatible, same_name
from kg.resolution.treaty_descriptions import DATED, Description, TreatyDescriber
from kg.resolution.treaty_judging import agreement, dates, treaty_judge

_MAKE = {
    "signature",
    "signing",
    "sign",
    "conclude",
    "conclusion",
    "reach",
    "ratify",
    "ink",
    "initial",
    "strike",
    "seal",
}
_DEFINITE = {"the", "this", "that", "its", "their", "these", "those", "his", "said"}


class TreatyClusters:
    """The clusters of one document; ``shown_parties`` and ``shown_years`` are what single mentions show."""

    def __init__(self, local: Local, describer: TreatyDescriber) -> None:
        self.local = local
        self.page, self.mentions, self.reference = local.page, local.mentions, local.reference
        self.describer, self.judge = describer, treaty_judge(local.reference)
        self.clusters: list[Cluster] = []
        self.section: dict[int, Cluster] = {}
        self.last: Cluster | None = None
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
            return options[-1] if options else self._named_beside(told) or self._defined(told)
        lead = self._of_lead(told)
        if lead is not None:
            return lead
        defined = self._defined(told)
        if defined is not None:
            return defined
        identified = self._identified(told)
        if identified is not None:
            return identified
        heading = self.page.heading_of.get(self.mentions[told.index].paragraph)
        definite = told.determiner in {"the", "this"} and not told.proper and not told.apart
        if heading in self.section and definite and told.words <= weak:
            return self.section[heading]
        if not told.words and not told.parties and told.year is None and not told.subject_matter:
            return self._anaphor(told, options) or self._introduced(told)
        if told.words and not told.words <= weak:
            options = [
                c for c in options if told.words & c.words - weak or (c.words <= weak and told.words & weak & c.words)
            ]
        if told.year is not None and not (told.words or told.parties):
            options = [c for c in options if c.year == told.year]
        if told.parties and not told.words and told.year is None:
            options = [c for c in options if c.parties and told.parties <= c.parties] or [
                c for c in options if not c.parties and (c.title or (told.determiner in _DEFINITE and not c.proper))
            ]
        if told.determiner in {"a", "an"} and not told.title:
            options = [c for c in options if c.title and self._of_kind(c, told) and not self._of_another(c, told)]
        if told.year is not None and told.parties:  # "the 1883 Korean treaty" is none of which nothing such was told
            options = [c for c in options if c.year or c.parties or c.title]
        options = [c for c in options if told.year is not None and c.year == told.year] or options
        overlap = [c for c in options if told.words & c.words]
        options = overlap or options
        return self._main(options)

    def _of_lead(self, told: Description) -> Cluster | None:
        """ "signed a long-awaited treaty" in the first paragraph is what the headline has announced."""
        index = self.mentions[told.index].paragraph
        titled = [c for c in self.clusters if c.title]
        first = next((p.index for p in self.page.paragraphs if p.block.kind == "paragraph"), None)
        if len(titled) != 1 or index != first or told.proper or told.plural or told.year:
            return None
        if titled[0].proper:
            return titled[0] if told.determiner == "the" and not told.words and self._restricted(told) else None
        apart = told.parties and titled[0].parties and not told.parties & titled[0].parties
        return titled[0] if told.determiner in {"a", "an"} and not apart and len(titled[0].members) == 1 else None

    def _of_another(self, cluster: Cluster, told: Description) -> bool:
        """ "Australia, which has a security treaty": whose treaty it is, where that is no party of the cluster's."""
        verb = self.describer.head(told.index).head
        if verb.lemma_ != "have" or not cluster.parties:
            return False
        keys = self.local.subjects(told.index, verb)
        return any(self.local.entities[key].cls in POLITIES for key in keys) and keys.isdisjoint(cluster.parties)

    def _defined(self, told: Description) -> Cluster | None:
        """The entry's first words define what its title names: "Peace treaty between the Russian Empire and Persia"."""
        mention = self.mentions[told.index]
        block = self.page.paragraphs[mention.paragraph].block
        titled = [c for c in self.clusters if c.title and c.proper]
        before = self.page.paragraphs[mention.paragraph - 1].block.kind if mention.paragraph else ""
        opens = block.kind == "paragraph" and before in {"title", "heading"} and mention.start <= 1
        verbless = not any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in self.describer.head(told.index).sent)
        return titled[0] if opens and titled and (mention.form is not Form.NAME or verbless) else None

    def _identified(self, told: Description) -> Cluster | None:
        """ "The Jay Treaty was an agreement between ...", "the Jay Treaty, an agreement ...": the one that it is."""
        mention = self.mentions[told.index]
        head = self.describer.head(told.index)
        others = (
            [c for c in head.children if c.dep_ in {"nsubj", "nsubj:outer"}] if told.determiner in {"a", "an"} else []
        )
        if head.dep_ == "appos" and told.determiner in {"a", "an", "the"}:
            others.append(head.head)
        for other in others:
            for cluster in self.clusters:
                for k in cluster.members:
                    m = self.mentions[k]
                    if m.paragraph == mention.paragraph and m.start <= other.i < m.end:
                        return cluster
        return None

    def _named_beside(self, told: Description) -> Cluster | None:
        """ "A convention of 4 June 1878, the Cyprus Convention,": the one without a name before the comma."""
        mention = self.mentions[told.index]
        doc = self.page.paragraphs[mention.paragraph].doc
        start = mention.start - (doc[mention.start - 1].lower_ == "the")
        for cluster in self.clusters if doc[start - 1].text == "," else ():
            for k in cluster.members:
                other = self.mentions[k]
                between = doc[other.end : start - 1].text
                if (
                    other.paragraph == mention.paragraph
                    and other.end < start
                    and (not between or DATED.fullmatch(between))
                ):
                    return None if cluster.proper else cluster
        return None

    def _anaphor(self, told: Description, options: list[Cluster]) -> Cluster | None:
        """ "the treaty": that of the section, else the last one told of, if it is definite."""
        mention = self.mentions[told.index]
        heading = self.page.heading_of.get(mention.paragraph)
        if heading in self.section and not told.plural:
            return self.section[heading]
        if told.plural:
            return next((c for c in options if c.plural and c.title and told.noun in c.nouns), None)
        if told.determiner in {"a", "an", "any", "no"} or self._restricted(told):
            return None
        options = [
            c for c in options if told.noun in c.nouns or c.nouns & lexicon().treaty_types_only or told.noun == "treaty"
        ]
        elsewhere = [c for c in options if c is not self.last or not self._same_sentence(c, told)]
        if self.last is None or told.noun not in self.last.nouns:
            options = elsewhere or options  # "unlike the pact with Oman, the deal ..." is of another one
        same_noun = [c for c in options if told.noun in c.nouns]
        strange = told.noun not in lexicon().treaty_types_only
        if strange:
            return self._main(same_noun) if same_noun else None
        if (
            self.last in options
            and self._recent(told)
            and (told.noun in self.last.nouns or not any(c.title for c in options))
            and (self._same_sentence(self.last, told) or self._salient(self.last))
        ):
            return self.last
        return self._main(options)

    def _salient(self, cluster: Cluster) -> bool:
        """Whether a text on one treaty has turned to another: not with "left over from the Treaty of Paris"."""
        entry = any(c.title and c.proper and c is not cluster for c in self.clusters)
        return not entry or self.describer.head(cluster.members[-1]).dep_ not in {"nmod", "obl"}

    def _introduced(self, told: Description) -> Cluster | None:
        """ "They signed an agreement": the one that the title names and that the text has not come to yet."""
        titled = [c for c in self.clusters if c.title and c.proper and told.noun in c.nouns]
        head = self.describer.head(told.index)
        if len(titled) != 1 or told.determiner not in {"a", "an"} or told.apart or not _is_made(head):
            return None
        kinds = {self.page.paragraphs[self.mentions[k].paragraph].block.kind for k in titled[0].members}
        come_to = not kinds <= {"title", "heading"}
        return None if come_to or self._of_another_year(titled[0], head) else titled[0]

    def _restricted(self, told: Description) -> bool:
        """ "the treaty on which the union rests": a clause without a comma says which one, so it is no other one."""
        head = self.describer.head(told.index)
        clauses = [c for c in head.children if c.dep_ == "acl:relcl"]
        following = [t.lower_ for t in head.doc[head.i + 1 : head.i + 3]]
        if (
            len(following) == 2
            and following[1] == "which"
            and following[0] in {"on", "in", "by", "under", "to", "from"}
        ):
            return True
        added = (c for c in clauses if "," not in {head.doc[c.left_edge.i - 1].text, c.left_edge.text})
        return any(c.lemma_ not in {"sign", "ratify"} for c in added)

    def _same_sentence(self, cluster: Cluster, told: Description) -> bool:
        """Whether the treaty has been named in the sentence already."""
        mention, start = self.mentions[told.index], self.describer.head(told.index).sent.start
        return any(
            self.mentions[k].paragraph == mention.paragraph and start <= self.mentions[k].start < mention.start
            for k in cluster.members
        )

    def _of_kind(self, cluster: Cluster, told: Description) -> bool:
        """Whether a noun may be another word for what has been told: "a pact" for a treaty, not "a truce"."""
        return told.noun in cluster.nouns or told.noun in lexicon().treaty_types_only

    def _recent(self, told: Description) -> bool:
        if self.last is None or not self.last.members:
            return False
        last = self.mentions[self.last.members[-1]]
        entry = any(c.title and c.proper for c in self.clusters)
        return last.paragraph >= self.mentions[told.index].paragraph - (not entry)

    def _main(self, options: list[Cluster]) -> Cluster | None:
        """The treaty that the text is about: that of the title, else the one most often named."""
        return max(options, key=lambda c: (c.title, len(c.members), -self.clusters.index(c)), default=None)

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
        described = described or (told.determiner == "the" and self._restricted(told))
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
        if told.determiner in {"a", "an", "the"} and any(c.lemma_ in _MAKE for c in clauses):
            return True
        if told.determiner not in {"a", "an"}:
            return False
        made = _is_made(head) or (head.dep_ == "nmod" and head.head.lemma_.lower() in _MAKE)
        return made and all(self._of_another_year(c, head) for c in self.clusters if c.title)

    def _of_another_year(self, cluster: Cluster, noun: Token) -> bool:
        """ "In 1907 they concluded a convention" is not the treaty of 1905 that the text is about."""
        told = {int(year) for year in YEAR.findall(noun.sent.text)}
        signed = cluster.record.signed if cluster.record is not None else None
        own = cluster.year or (int(signed[:4]) if signed else None)
        return own is not None and bool(told) and own not in told

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
            self.section.setdefault(mention.paragraph, cluster)
        self.last = cluster


def _is_made(noun: Token) -> bool:
    """Whether a verb makes it: "signed a treaty"."""
    return noun.dep_ in {"obj", "nsubj:pass"} and noun.head.lemma_.lower() in _MAKE
