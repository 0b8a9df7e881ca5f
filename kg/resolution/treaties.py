"""Which treaty a mention means: names, "a 2001 agreement", "Moscow's agreement with Pyongyang", "the pact".

Mentions are clustered by year, parties and the words that describe them; a description that adds nothing ("the deal")
is the treaty of its section, else the one that the text is about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from kg.extraction.frames import conjuncts, preposition
from kg.extraction.lexicon import lexicon
from kg.extraction.page import Form, Found, LocalEntity, Page
from kg.model import ORGANISATIONS, POLITIES, PartialDate
from kg.resolution.names import slug
from kg.resolution.reference import Record, Reference

_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")
_DATED = re.compile(
    r"(?:of|signed (?:on|in)|dated|from)\s+(?:\d{1,2}\s+)?(?:[A-Z]\w+\s+)?(?:\d{1,2},\s*)?(1[5-9]\d\d|20\d\d)\b"
)
_WEAK = {
    "comprehensive",
    "strategic",
    "partnership",
    "cooperation",
    "co-operation",
    "bilateral",
    "friendship",
    "broad",
    "mutual",
    "long",
    "term",
    "long-term",
    "wide",
    "ranging",
    "cooperative",
}
_FUNCTION = {"of", "and", "for", "between", "from", "with", "regarding", "concerning", "about", "over", "their", "its"}
_DEFINITE = {"the", "this", "that", "its", "their", "these", "those", "his", "said"}
_TYPES_ONLY = {"treaty", "pact", "agreement", "accord", "deal", "document"}


@dataclass
class _Description:
    """What one mention says of its treaty."""

    index: int
    words: frozenset[str]
    year: int | None
    parties: frozenset[str]
    determiner: str
    plural: bool
    proper: bool
    subject_matter: str
    noun: str
    title: bool


@dataclass
class _Cluster:
    key: str
    words: set[str] = field(default_factory=set)
    year: int | None = None
    parties: set[str] = field(default_factory=set)
    plural: bool = False
    proper: bool = False
    title: bool = False
    matter: str = ""
    nouns: set[str] = field(default_factory=set)
    members: list[int] = field(default_factory=list)
    record: Record | None = None


class TreatyResolver:
    """Clusters the treaty mentions of one document and enters the treaties among its entities."""

    def __init__(
        self,
        page: Page,
        mentions: list[Found],
        referents: dict[int, tuple[str, ...]],
        entities: dict[str, LocalEntity],
        reference: Reference,
        epochs: dict[int, PartialDate | None],
    ) -> None:
        self.page, self.mentions, self.referents, self.entities = page, mentions, referents, entities
        self.reference, self.epochs = reference, epochs
        self.clusters: list[_Cluster] = []
        self.section: dict[int, _Cluster] = {}
        self.last: _Cluster | None = None
        self.shown_parties: dict[int, tuple[str, ...]] = {}
        self.shown_years: dict[int, int] = {}

    def run(self) -> None:
        order = sorted(
            (k for k, m in enumerate(self.mentions) if m.cls == "Treaty"),
            key=lambda k: (self.mentions[k].paragraph, self.mentions[k].start),
        )
        for k in order:
            if not any(self._contains(k, n) for n in order if n != k):
                self._place(self._describe(k))
        for cluster in self.clusters:
            self._enter(cluster)

    def _contains(self, k: int, n: int) -> bool:
        """Whether mention ``n`` is a longer one around ``k``."""
        a, b = self.mentions[k], self.mentions[n]
        return (
            a.paragraph == b.paragraph
            and b.start <= a.start
            and a.end <= b.end
            and (b.end - b.start) > (a.end - a.start)
        )

    # describing -------------------------------------------------------------------------------------------------

    def _doc(self, mention: Found) -> Doc:
        return self.page.paragraphs[mention.paragraph].doc

    def _describe(self, k: int) -> _Description:
        mention = self.mentions[k]
        doc = self._doc(mention)
        block = self.page.paragraphs[mention.paragraph].block
        head = self._noun(mention, doc)
        before = doc[mention.start - 1].lower_ if mention.start else ""
        text = mention.text
        after = doc[mention.end : mention.end + 3].text
        year = _YEAR.search(text) or re.match(r"[,(\s]*(1[5-9]\d\d|20\d\d)\b", after)
        year = year or _DATED.match(doc[mention.end : mention.end + 7].text)
        year = year or (_YEAR.search(doc[max(0, mention.start - 1) : mention.start].text))
        matter = self._matter(head)
        return _Description(
            index=k,
            words=self._words(f"{text} {matter}", head),
            year=int(year.group(1)) if year else None,
            parties=frozenset(self._parties(mention, head)),
            determiner=before,
            plural=mention.plural or (mention.form is Form.NAME and head.lower_.endswith("s") and head.tag_ == "NNPS"),
            proper=mention.form is Form.NAME,
            subject_matter=matter,
            noun=head.lower_,
            title=block.kind == "title",
        )

    def _noun(self, mention: Found, doc: Doc) -> Token:
        heads = [t for t in doc[mention.start : mention.end] if t.lower_ in lexicon().treaty_heads]
        return heads[0] if heads else mention.head(doc)

    def _words(self, text: str, head: Token) -> frozenset[str]:
        generic = lexicon().treaty_generic
        words = re.findall(r"[a-z]+(?:-[a-z]+)*", text.lower())
        skipped = generic | lexicon().treaty_heads | _FUNCTION
        found = {w for w in words if w not in skipped and len(w) > 2}
        return frozenset(found - self._actor_words(head))

    def _actor_words(self, head: Token) -> set[str]:
        """Names of parties are told apart as parties, not as description."""
        names = [self.mentions[k].text.lower() for k in self._inside(head) if self.mentions[k].cls in POLITIES]
        words = {w for name in names for w in re.findall(r"[a-z]+", name)}
        return words | {f"{a}-{b}" for a in names for b in names if a != b}

    def _inside(self, head: Token) -> list[int]:
        edge = head.left_edge.i
        return [
            k
            for k, m in enumerate(self.mentions)
            if self._doc(m) is head.doc and edge <= m.start and m.end <= head.i + 1 and k in self.referents
        ]

    def _matter(self, head: Token) -> str:
        """ "on the construction of a plant": what a treaty without a name is about."""
        for child in head.children:
            marker = preposition(child) or child.lower_
            if child.dep_ in {"nmod", "prep", "acl"} and marker in {"on", "regarding", "concerning", "about", "over"}:
                return self._cut(head.doc, child.left_edge.i, min(child.right_edge.i + 1, child.left_edge.i + 10))
        return ""

    def _cut(self, doc: Doc, start: int, end: int) -> str:
        """The words up to where the parties or a further clause begin."""
        stop = next(
            (i for i in range(start + 1, end) if doc[i].lower_ in {"between", "with", ",", "which", "that"}), end
        )
        return str(doc[start:stop].text)

    def _parties(self, mention: Found, head: Token) -> set[str]:
        """States named as parties in the noun phrase: "between A and B", "A's agreement with B"."""
        tokens: list[Token] = []
        for child in head.children:
            if child.dep_ in {"nmod:poss", "poss", "compound", "amod", "nmod:desc"}:
                tokens += conjuncts(child)
                tokens += [t for c in conjuncts(child) for t in c.children if t.dep_ in {"compound", "amod", "nmod"}]
            elif child.dep_ in {"nmod", "obl"} and preposition(child) in {"between", "with", "among"}:
                tokens += conjuncts(child)
            elif child.dep_ == "prep" and child.lower_ in {"between", "with", "among"}:
                tokens += [t for c in child.children if c.dep_ == "pobj" for t in conjuncts(c)]
        tokens += [
            t for t in head.doc[head.left_edge.i : head.i] if t.dep_ in {"compound", "amod", "nmod:poss", "nmod"}
        ]
        inside = {t.i for t in tokens}
        found: set[str] = set()
        for k, m in enumerate(self.mentions):
            if m.paragraph != mention.paragraph or k not in self.referents:
                continue
            if any(m.start <= i < m.end for i in inside):
                wanted = POLITIES if m.end <= head.i else POLITIES | ORGANISATIONS
                found |= {x for x in self.referents[k] if self.entities[x].cls in wanted}
        return found | self._hyphenated(mention) | self._following(mention)

    def _following(self, mention: Found) -> set[str]:
        """ "with Pyongyang", "between Russia and Iran" right behind the noun, wherever the parser hangs it."""
        doc, i = self._doc(mention), mention.end
        if i + 1 >= len(doc) or doc[i].lower_ not in {"with", "between", "among"}:
            return set()
        several = doc[i].lower_ != "with"
        found: set[str] = set()
        i += 1
        while i < len(doc):
            if doc[i].text == "(" and i + 2 < len(doc) and doc[i + 2].text == ")":
                i += 3
                continue
            if doc[i].lower_ in {"the", "and", ",", "'s", "’s"} and (several or doc[i].lower_ == "the"):
                i += 1
                continue
            here = [
                k
                for k, m in enumerate(self.mentions)
                if m.paragraph == mention.paragraph and m.start == i and k in self.referents
            ]
            polities = [k for k in here if self.mentions[k].form is not Form.DEMONYM and self._actors(k)]
            if not polities:
                break
            found |= self._actors(polities[0])
            i = self.mentions[polities[0]].end
            if not several:
                break
        return found

    def _actors(self, k: int) -> set[str]:
        return {x for x in self.referents[k] if self.entities[x].cls in POLITIES | ORGANISATIONS}

    def _hyphenated(self, mention: Found) -> set[str]:
        """ "Iran-Russia", "Soviet-Iranian" at the front of the mention."""
        doc = self._doc(mention)
        found = set()
        for k, m in enumerate(self.mentions):
            if m.paragraph == mention.paragraph and k in self.referents and m.cls in POLITIES:
                touching = m.end <= mention.end and m.start >= mention.start
                hyphen = (m.end < len(doc) and doc[m.end].text in {"-", "–", "/"}) or (
                    m.start > 0 and doc[m.start - 1].text in {"-", "–", "/"}
                )
                if touching and hyphen:
                    found |= set(self.referents[k])
        return found

    # clustering -------------------------------------------------------------------------------------------------

    def _place(self, told: _Description) -> None:
        mention = self.mentions[told.index]
        record = next((r for r in map(self.reference.get, mention.candidates) if r and r.cls == "Treaty"), None)
        record = record if record is None or self._record_fits(record, told) else None
        cluster = self._find(told, record)
        if cluster is None:
            if not self._worth_a_cluster(told):
                return
            cluster = _Cluster(key=f"#{told.index}", record=record)
            self.clusters.append(cluster)
        self._join(cluster, told, record)

    def _record_fits(self, record: Record, told: _Description) -> bool:
        signed = int(record.signed[:4]) if record.signed else None
        return told.year is None or signed is None or signed == told.year

    def _find(self, told: _Description, record: Record | None) -> _Cluster | None:
        if record is not None:
            same = [c for c in self.clusters if c.record is not None and c.record.id == record.id]
            if same:
                return same[0]
        options = [c for c in self.clusters if self._compatible(c, told, record)]
        if told.proper and told.words - _WEAK:
            options = [c for c in options if self._same_name(c, told)]
            return options[-1] if options else None
        defined = self._defined(told)
        if defined is not None:
            return defined
        identified = self._identified(told)
        if identified is not None:
            return identified
        heading = self.page.heading_of.get(self.mentions[told.index].paragraph)
        if heading in self.section and told.determiner in {"the", "this"} and not told.proper and told.words <= _WEAK:
            return self.section[heading]
        if not told.words and not told.parties and told.year is None and not told.subject_matter:
            return self._anaphor(told, options)
        if told.words and not told.words <= _WEAK:
            options = [
                c
                for c in options
                if told.words & c.words - _WEAK or (c.words <= _WEAK and told.words & _WEAK & c.words)
            ]
        if told.year is not None and not (told.words or told.parties):
            options = [c for c in options if c.year == told.year]
        if told.parties and not told.words and told.year is None:
            options = [c for c in options if c.parties and told.parties <= c.parties] or [
                c for c in options if not c.parties and (c.title or told.determiner in _DEFINITE)
            ]
        overlap = [c for c in options if told.words & c.words]
        options = overlap or options
        return self._main(options)

    def _defined(self, told: _Description) -> _Cluster | None:
        """The entry's first words define what its title names: "Peace treaty between the Russian Empire and Persia"."""
        mention = self.mentions[told.index]
        block = self.page.paragraphs[mention.paragraph].block
        titled = [c for c in self.clusters if c.title and c.proper]
        before = self.page.paragraphs[mention.paragraph - 1].block.kind if mention.paragraph else ""
        opens = block.kind == "paragraph" and before in {"title", "heading"} and mention.start <= 1
        return titled[0] if opens and titled and mention.form is not Form.NAME else None

    def _identified(self, told: _Description) -> _Cluster | None:
        """ "The Jay Treaty was an agreement between ...", "the Jay Treaty, an agreement ...": the one that it is."""
        mention = self.mentions[told.index]
        head = self._noun(mention, self._doc(mention))
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

    def _same_name(self, cluster: _Cluster, told: _Description) -> bool:
        strong = told.words - _WEAK
        return bool(strong & cluster.words) and (strong <= cluster.words or cluster.words <= told.words)

    def _compatible(self, cluster: _Cluster, told: _Description, record: Record | None) -> bool:
        if cluster.record is not None and record is not None and cluster.record.id != record.id:
            return False
        if cluster.year is not None and told.year is not None and cluster.year != told.year:
            return False
        if told.year is not None and cluster.year is None and self._long_before(told.year):
            return False
        if cluster.plural != told.plural:
            return False
        if told.proper and told.year is not None and cluster.year != told.year:
            return False
        if cluster.proper and cluster.words - _WEAK and told.words and not told.words & cluster.words:
            return False
        both = told.parties and cluster.parties
        if both and not (told.parties <= cluster.parties or cluster.parties <= told.parties):
            return False
        if (
            told.determiner in {"a", "an"}
            and not told.words
            and (told.year or told.parties)
            and cluster.year != told.year
        ):
            return False
        if told.determiner in {"a", "an"} and not (told.words or told.year or told.parties):
            return False
        if told.determiner in {"another", "other"}:
            return False
        return not (told.subject_matter and cluster.words and not told.words & cluster.words)

    def _long_before(self, year: int) -> bool:
        """Whether a year is long past for a dated text: "the treaty of 2001" is not the one in today's headline."""
        issued = self.page.document.issued
        return issued is not None and issued.year - year > 1

    def _anaphor(self, told: _Description, options: list[_Cluster]) -> _Cluster | None:
        """ "the treaty": that of the section, else the last one told of, if it is definite."""
        mention = self.mentions[told.index]
        heading = self.page.heading_of.get(mention.paragraph)
        if heading in self.section and not told.plural:
            return self.section[heading]
        if told.determiner in {"a", "an", "any", "no"} or told.plural or self._restricted(told):
            return None
        options = [c for c in options if told.noun in c.nouns or c.nouns & _TYPES_ONLY or told.noun == "treaty"]
        same_noun = [c for c in options if told.noun in c.nouns]
        strange = told.noun not in _TYPES_ONLY
        if strange:
            return self._main(same_noun) if same_noun else None
        if self.last in options and self._recent(told):
            return self.last
        return self._main(options)

    def _restricted(self, told: _Description) -> bool:
        """ "the treaty on which the union rests": a clause without a comma says which one, so it is no other one."""
        mention = self.mentions[told.index]
        head = self._noun(mention, self._doc(mention))
        clauses = [c for c in head.children if c.dep_ in {"acl:relcl", "relcl"}]
        following = [t.lower_ for t in head.doc[head.i + 1 : head.i + 3]]
        if (
            len(following) == 2
            and following[1] == "which"
            and following[0] in {"on", "in", "by", "under", "to", "from"}
        ):
            return True
        return any(head.doc[c.left_edge.i - 1].text != "," and c.lemma_ not in {"sign", "ratify"} for c in clauses)

    def _recent(self, told: _Description) -> bool:
        if self.last is None or not self.last.members:
            return False
        last = self.mentions[self.last.members[-1]]
        return last.paragraph >= self.mentions[told.index].paragraph - 1

    def _main(self, options: list[_Cluster]) -> _Cluster | None:
        """The treaty that the text is about: that of the title, else the one most often named."""
        return max(options, key=lambda c: (c.title, len(c.members), -self.clusters.index(c)), default=None)

    def _worth_a_cluster(self, told: _Description) -> bool:
        if told.noun == "document":
            return False
        if told.proper or (told.title and not told.plural):
            return True
        if told.plural:
            return bool(told.subject_matter and told.noun not in _TYPES_ONLY and told.parties) or self._counted(told)
        described = told.words or told.year or told.parties or told.subject_matter or self._told_of(told)
        return bool(described) and told.determiner not in {
            "any",
            "no",
            "such",
        }

    def _told_of(self, told: _Description) -> bool:
        """ "an agreement that they signed in 2001": a clause says which."""
        mention = self.mentions[told.index]
        head = self._noun(mention, self._doc(mention))
        clauses = [c for c in head.children if c.dep_ in {"acl", "acl:relcl", "relcl"}]
        return told.determiner in {"a", "an"} and any(
            c.lemma_ in {"sign", "conclude", "reach", "ratify"} for c in clauses
        )

    def _counted(self, told: _Description) -> bool:
        """ "23 documents", "agreements regarding the construction of ...": several instruments told as one."""
        head = self._noun(self.mentions[told.index], self._doc(self.mentions[told.index]))
        numbered = any(c.dep_ == "nummod" and c.lower_ not in {"two", "three", "both", "2", "3"} for c in head.children)
        return numbered or (bool(told.subject_matter) and told.determiner in {"in", "the", "of"})

    def _join(self, cluster: _Cluster, told: _Description, record: Record | None) -> None:
        mention = self.mentions[told.index]
        if told.parties:
            self.shown_parties[told.index] = tuple(sorted(told.parties))
        if told.year is not None:
            self.shown_years[told.index] = told.year
        cluster.words |= told.words
        cluster.year = cluster.year or told.year
        if not cluster.parties or cluster.parties <= told.parties:
            cluster.parties |= told.parties
        cluster.plural = cluster.plural or told.plural
        cluster.proper = cluster.proper or told.proper
        cluster.title = cluster.title or told.title
        cluster.nouns.add(told.noun)
        cluster.matter = cluster.matter or told.subject_matter
        cluster.record = cluster.record or record
        cluster.members.append(told.index)
        if self.page.paragraphs[mention.paragraph].block.kind == "heading":
            self.section.setdefault(mention.paragraph, cluster)
        self.last = cluster

    # entering ---------------------------------------------------------------------------------------------------

    def _enter(self, cluster: _Cluster) -> None:
        names = list(dict.fromkeys(self._name_of(k) for k in cluster.members))
        best = max(names, key=lambda n: (len(self._content(n)), n[:1].isupper(), -names.index(n)))
        record = cluster.record or self._by_parties(cluster)
        name = record.name if record else self._titled(best, cluster)
        key = record.id if record else self._key(name, cluster)
        while key in self.entities and self.entities[key].cls != "Treaty":
            key += "-treaty"
        entity = self.entities.setdefault(key, LocalEntity(key, "Treaty", name))
        entity.record = record.id if record else None
        entity.aliases |= set(names)
        entity.year = cluster.year or entity.year
        entity.parties = tuple(sorted(cluster.parties)) or entity.parties
        for k in cluster.members:
            self.referents[k] = (key,)

    def _content(self, name: str) -> set[str]:
        return {w for w in name.lower().split() if w not in lexicon().treaty_generic}

    def _name_of(self, k: int) -> str:
        words = self.mentions[k].text.split()
        while len(words) > 1 and words[0].lower() in {"new", "the", "upcoming", "signed", "proposed"}:
            words = words[1:]
        return " ".join(words)

    def _titled(self, name: str, cluster: _Cluster) -> str:
        if name[:1].isupper():
            return name
        parties = " and ".join(sorted(self.entities[p].name for p in cluster.parties))
        if cluster.matter and len(self._content(name)) < 3 and cluster.matter not in name:
            return f"{name} {cluster.matter}"
        if len(cluster.parties) == 2 and len(self._content(name)) < 3:
            return f"{name} between {parties}"
        return name

    def _key(self, name: str, cluster: _Cluster) -> str:
        parties = [slug(self.entities[p].name) for p in sorted(cluster.parties)]
        words = (
            slug(name) if not parties or all(p in slug(name) for p in parties) else "-".join([*parties[:3], slug(name)])
        )
        year = str(cluster.year) if cluster.year and str(cluster.year) not in words else ""
        return "treaty/" + "-".join(w for w in (words, year) if w)

    def _by_parties(self, cluster: _Cluster) -> Record | None:
        """A known treaty with these parties, described by its own words, near the time of the text."""
        if not cluster.parties or cluster.plural:
            return None
        lineages = {self._lineage(p) for p in cluster.parties}
        fitting = []
        for record in self.reference:
            if record.cls != "Treaty" or not record.parties or {self._lineage(p) for p in record.parties} != lineages:
                continue
            own = {w for name in (record.name, *record.aliases) for w in re.findall(r"[a-z]+", name.lower())}
            if self._record_time(record, cluster) and (
                len(cluster.words & own) >= 2 or (cluster.year and not cluster.words)
            ):
                fitting.append(record)
        return fitting[0] if len(fitting) == 1 else None

    def _lineage(self, id: str) -> str:
        record = self.reference.get(id)
        return (record.lineage or record.id) if record else id

    def _record_time(self, record: Record, cluster: _Cluster) -> bool:
        if record.signed is None:
            return False
        signed = int(record.signed[:4])
        if cluster.year is not None:
            return cluster.year == signed
        issued = self.page.document.issued
        return (issued is not None and abs(issued.year - signed) <= 1) or (issued is None and signed >= 2000)
