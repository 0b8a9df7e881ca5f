"""Which treaty a mention means: names, "a 2001 agreement", "Moscow's agreement with Pyongyang", "the pact"."""

from __future__ import annotations

from kg.extraction.lexicon import lexicon
from kg.extraction.page import LocalEntity
from kg.resolution.judging.deciding import Decision
from kg.resolution.local import Local
from kg.resolution.mention_judging import links
from kg.resolution.treaty_cluster import Cluster
from kg.resolution.treaty_clusters import TreatyClusters
from kg.resolution.treaty_descriptions import TreatyDescriber
from kg.resolution.treaty_judging import agreement, dates
from kg.slugs import slug


class TreatyResolver:
    """Clusters the treaty mentions of one document and enters the treaties among its entities."""

    def __init__(self, local: Local) -> None:
        self.page, self.mentions, self.referents = local.page, local.mentions, local.referents
        self.entities, self.reference = local.entities, local.reference
        self.describer = TreatyDescriber(local)
        self.clusters = TreatyClusters(local, self.describer)

    def run(self) -> None:
        """Resolve all mentions of treaties, longer ones in place of those inside of them."""
        order = sorted(
            (k for k, m in enumerate(self.mentions) if m.cls == "Treaty"),
            key=lambda k: (self.mentions[k].paragraph, self.mentions[k].start),
        )
        for k in order:
            if not any(self._contains(k, n) for n in order if n != k):
                self.clusters.place(self.describer.describe(k))
        for cluster in self.clusters.clusters:
            self._enter(cluster)

    def _contains(self, k: int, n: int) -> bool:
        """Whether mention ``n`` is a longer one around ``k``."""
        a, b = self.mentions[k], self.mentions[n]
        return b.holds(a) and not a.holds(b)

    def _enter(self, cluster: Cluster) -> None:
        names = list(dict.fromkeys(self._name_of(k) for k in self._naming(cluster)))
        best = max(names, key=lambda n: (len(self._content(n)), n[:1].isupper(), -names.index(n)))
        decision = self._judged(cluster, names)
        record = cluster.record or (None if cluster.plural else self.clusters.judge.sure(decision))
        name = record.name if record else self._titled(best, cluster)
        key = record.id if record else self._key(name, cluster)
        while key in self.entities and self.entities[key].cls != "Treaty":
            key += "-treaty"
        entity = self.entities.setdefault(key, LocalEntity(key, "Treaty", name))
        entity.record = record.id if record else None
        entity.judged(links(decision, self.clusters.judge.known))
        entity.aliases |= set(names)
        entity.year = cluster.year or entity.year
        entity.parties = tuple(sorted(cluster.parties)) or entity.parties
        for k in cluster.members:
            self.referents[k] = (key,)

    def _naming(self, cluster: Cluster) -> list[int]:
        """The mentions that may name the treaty: a headline's words only where the text has none of its own."""
        running = [
            k
            for k in cluster.members
            if self.page.paragraphs[self.mentions[k].paragraph].block.kind != "title"
            and self._content(self._name_of(k))
        ]
        return running if running and not cluster.proper else cluster.members

    def _content(self, name: str) -> set[str]:
        return {w for w in name.lower().split() if w not in lexicon().treaty_generic}

    def _name_of(self, k: int) -> str:
        words = self.mentions[k].text.split()
        while len(words) > 1 and words[0].lower() in {"new", "the", "upcoming", "signed", "proposed"}:
            words = words[1:]
        return " ".join(words)

    def _titled(self, name: str, cluster: Cluster) -> str:
        if name[:1].isupper():
            return name
        parties = " and ".join(sorted(self.entities[p].name for p in cluster.parties))
        if cluster.matter and len(self._content(name)) < 3 and cluster.matter not in name:
            return f"{name} {cluster.matter.lstrip(' ,')}"
        if len(cluster.parties) == 2 and len(self._content(name)) < 3:
            return f"{name} between {parties}"
        return name

    def _key(self, name: str, cluster: Cluster) -> str:
        parties = [slug(self.entities[p].name) for p in sorted(cluster.parties)]
        words = (
            slug(name) if not parties or all(p in slug(name) for p in parties) else "-".join([*parties[:3], slug(name)])
        )
        year = str(cluster.year) if cluster.year and str(cluster.year) not in words else ""
        return "treaty/" + "-".join(w for w in (words, year) if w)

    def _judged(self, cluster: Cluster, names: list[str]) -> Decision:
        """Which known treaty it is, by all that its mentions tell."""
        judge, year = self.clusters.judge, dates([cluster.year] if cluster.year else [])
        told = agreement(names, cluster.parties, year, cluster.words, self.page.document.issued)
        return judge.decide(told, judge.named(self.mentions[k] for k in cluster.members))
