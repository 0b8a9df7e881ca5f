"""Which treaty a mention means that says little or nothing of it: "the treaty", "an agreement", "the pact"."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction.lexicon import lexicon
from kg.extraction.page import Form
from kg.resolution.epochs import YEAR
from kg.resolution.local import Local
from kg.resolution.treaty_cluster import Cluster
from kg.resolution.treaty_descriptions import DATED, Description, TreatyDescriber

MAKE = frozenset(
    {"conclude", "conclusion", "initial", "ink", "ratify", "reach", "seal", "sign", "signature", "signing", "strike"}
)

DEFINITE = frozenset({"the", "this", "that", "its", "their", "these", "those", "his", "said"})


class TreatyAnaphora:
    """Finds the cluster of a mention by where it stands and what was told before it; for one document.

    ``clusters`` are those begun so far; ``section`` gives that of a heading, ``last`` is the one told of last.
    """

    def __init__(self, local: Local, describer: TreatyDescriber, clusters: list[Cluster]) -> None:
        self.page, self.mentions, self.describer, self.clusters = local.page, local.mentions, describer, clusters
        self.section: dict[int, Cluster] = {}
        self.last: Cluster | None = None

    def of_lead(self, told: Description) -> Cluster | None:
        """ "signed a long-awaited treaty" in the first paragraph is what the headline has announced."""
        titled = self._titled(told)
        if titled is None or told.plural or told.year:
            return None
        if titled.proper:
            return titled if told.determiner == "the" and not told.words and self.restricted(told) else None
        return titled if told.determiner in {"a", "an"} and _is_new(titled, told) else None

    def announced(self, told: Description) -> Cluster | None:
        """ "Signed the Lima Treaty" in the first paragraph, where the headline says no more than "sign treaty"."""
        titled = self._titled(told)
        if titled is None or titled.proper or told.plural or not is_made(self.describer.head(told.index)):
            return None
        of_kind = told.noun in titled.nouns or titled.nouns & lexicon().treaty_types_only
        made = is_made(self.describer.head(titled.members[0]))
        return titled if of_kind and made and _is_new(titled, told) else None

    def _titled(self, told: Description) -> Cluster | None:
        """The one treaty of the headline, for a mention in the first paragraph."""
        titled = [c for c in self.clusters if c.title]
        first = next((p.index for p in self.page.paragraphs if p.block.kind == "paragraph"), None)
        return titled[0] if len(titled) == 1 and self.mentions[told.index].paragraph == first else None

    def defined(self, told: Description) -> Cluster | None:
        """The entry's first words define what its title names: "Peace treaty between the Russian Empire and Persia"."""
        mention = self.mentions[told.index]
        block = self.page.paragraphs[mention.paragraph].block
        titled = [c for c in self.clusters if c.title and c.proper]
        before = self.page.paragraphs[mention.paragraph - 1].block.kind if mention.paragraph else ""
        opens = block.kind == "paragraph" and before in {"title", "heading"} and mention.start <= 1
        verbless = not any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in self.describer.head(told.index).sent)
        return titled[0] if opens and titled and (mention.form is not Form.NAME or verbless) else None

    def identified(self, told: Description) -> Cluster | None:
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

    def named_beside(self, told: Description) -> Cluster | None:
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

    def called(self, told: Description) -> Cluster | None:
        """ "The Onís Treaty of 1819, also called the Transcontinental Treaty": two names of one."""
        mention, lex = self.mentions[told.index], lexicon()
        before = [(c, self.mentions[k]) for c in self.clusters for k in c.members]
        near = [(m.end, c) for c, m in before if m.paragraph == mention.paragraph and m.end < mention.start]
        end, cluster = max(near, key=lambda pair: pair[0], default=(0, None))
        words = [t.lower_ for t in self.page.paragraphs[mention.paragraph].doc[end : mention.start] if t.is_alpha]
        said = " ".join(w for w in words if w not in lex.alias_adverbs and w != "the")
        return cluster if said in lex.alias_phrases else None

    def anaphor(self, told: Description, options: list[Cluster]) -> Cluster | None:
        """ "the treaty": that of the section, else the last one told of, if it is definite."""
        mention = self.mentions[told.index]
        heading = self.page.heading_of.get(mention.paragraph)
        if heading in self.section and not told.plural:
            return self.section[heading]
        if told.plural:
            if not self.some(told):
                return None
            return next((c for c in options if c.plural and c.title and told.noun in c.nouns), None)
        if told.determiner in {"a", "an", "any", "no"} or self.restricted(told):
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
            return self.main(same_noun) if same_noun else None
        if (
            self.last in options
            and self._recent(told)
            and (told.noun in self.last.nouns or not any(c.title for c in options))
            and (self._same_sentence(self.last, told) or self._salient(self.last))
        ):
            return self.last
        return self.main(options)

    def _salient(self, cluster: Cluster) -> bool:
        """Whether a text on one treaty has turned to another: not with "left over from the Treaty of Paris"."""
        entry = any(c.title and c.proper and c is not cluster for c in self.clusters)
        return not entry or self.describer.head(cluster.members[-1]).dep_ not in {"nmod", "obl"}

    def some(self, told: Description) -> bool:
        """Whether a plural tells of some that are known or made: not "to reach agreements"."""
        head = self.describer.head(told.index)
        return told.determiner in DEFINITE or (is_made(head) and head.head.tag_ in {"VBD", "VBN"})

    def introduced(self, told: Description) -> Cluster | None:
        """ "They signed an agreement": the one that the title names and that the text has not come to yet."""
        titled = [c for c in self.clusters if c.title and c.proper and told.noun in c.nouns]
        head = self.describer.head(told.index)
        if len(titled) != 1 or told.determiner not in {"a", "an"} or told.apart or not is_made(head):
            return None
        kinds = {self.page.paragraphs[self.mentions[k].paragraph].block.kind for k in titled[0].members}
        come_to = not kinds <= {"title", "heading"}
        return None if come_to or self.of_another_year(titled[0], head) else titled[0]

    def restricted(self, told: Description) -> bool:
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

    def _recent(self, told: Description) -> bool:
        if self.last is None or not self.last.members:
            return False
        last = self.mentions[self.last.members[-1]]
        entry = any(c.title and c.proper for c in self.clusters)
        return last.paragraph >= self.mentions[told.index].paragraph - (not entry)

    def main(self, options: list[Cluster]) -> Cluster | None:
        """The treaty that the text is about: that of the title, else the one most often named."""
        return max(options, key=lambda c: (c.title, len(c.members), -self.clusters.index(c)), default=None)

    def of_another_year(self, cluster: Cluster, noun: Token) -> bool:
        """ "In 1907 they concluded a convention" is not the treaty of 1905 that the text is about."""
        told = {int(year) for year in YEAR.findall(noun.sent.text)}
        signed = cluster.record.signed if cluster.record is not None else None
        own = cluster.year or (int(signed[:4]) if signed else None)
        return own is not None and bool(told) and own not in told


def _is_new(cluster: Cluster, told: Description) -> bool:
    """Whether nothing was said of a treaty after the headline, and the mention does not speak of other parties."""
    apart = told.parties and cluster.parties and not told.parties & cluster.parties
    return not apart and len(cluster.members) == 1


def is_made(noun: Token) -> bool:
    """Whether a verb makes it: "signed a treaty"."""
    return noun.dep_ in {"obj", "nsubj:pass"} and noun.head.lemma_.lower() in MAKE
