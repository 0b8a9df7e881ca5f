"""Which of the known entities a name in a text means, if any: the text around it as what is known of the bearer."""

from __future__ import annotations

from collections.abc import Iterable

from kg.extraction.page import LocalEntity, OfficePhrase
from kg.model import POLITIES, Link, Standing
from kg.resolution.epochs import other_year, years_told
from kg.resolution.judging.context import Context
from kg.resolution.judging.deciding import Decision, Judgement, decide
from kg.resolution.judging.known import Known, known
from kg.resolution.judging.rules import thresholds
from kg.resolution.judging.subject import HeldOffice, Subject
from kg.resolution.local import Local
from kg.resolution.names import words_of
from kg.resolution.records import Record


class MentionJudge:
    """Judges the names of one document by the table of features."""

    def __init__(self, local: Local) -> None:
        self.local = local
        self.known = known(local.reference)

    def person(self, k: int, records: Iterable[Record]) -> Decision:
        """Whether a person is one of these, by the offices told anywhere beside the same name."""
        phrases = [p for p in self.local.phrases if any(self._same_name(k, n) for n in p.persons)]
        offices = tuple(map(self._office, phrases))
        states = tuple(dict.fromkeys(office.of for office in offices if office.of))
        return self._decide(k, "Person", records, offices, states)

    def name(self, k: int, cls: str, records: Iterable[Record]) -> Decision:
        """Whether a place or an organisation is one of these; those called just so before others: OPEC is not OPEC+."""
        text, records = self.local.mentions[k].text, list(records)
        just_so = [each for each in records if text in {each.name, *each.aliases}]
        return self._decide(k, cls, just_so or records, states=self.behind(k))

    def behind(self, k: int) -> tuple[str, ...]:
        """The state named behind a comma: "Brest, Belarus"."""
        mention = self.local.mentions[k]
        doc = self.local.page.paragraphs[mention.paragraph].doc
        if mention.end + 1 >= len(doc) or doc[mention.end].text != ",":
            return ()
        at = {(m.paragraph, m.start): n for n, m in enumerate(self.local.mentions)}
        keys = self.local.referents.get(at.get((mention.paragraph, mention.end + 1), -1), ())
        return tuple(key for key in keys if self.local.entities[key].cls in POLITIES)

    def _decide(
        self,
        k: int,
        cls: str,
        records: Iterable[Record],
        offices: tuple[HeldOffice, ...] = (),
        states: tuple[str, ...] = (),
    ) -> Decision:
        mention = self.local.mentions[k]
        subject = Subject(
            "",
            cls,
            (mention.text,),
            states=states,
            offices=offices,
            years=self._years(k),
            near=tuple(self.local.entities),
        )
        return decide(subject, map(self.known.item, records), self._context(states))

    def _years(self, k: int) -> tuple[int, int] | None:
        """The years that are told of where a name stands: those of the sentence before those of the paragraph."""
        told = other_year(self.local.head(k).sent.text, self.local.page.document.issued)
        if told is not None:
            return told.year, told.year
        paragraph = self.local.mentions[k].paragraph
        return years_told(self.local.page.paragraphs[paragraph].doc.text, self.local.epochs[paragraph])

    def _context(self, states: Iterable[str]) -> Context:
        """The entities so far, and those that an office is of though the text does not name them."""
        entities = self.local.entities
        silent = [found for each in states if each not in entities and (found := self.local.reference.get(each))]
        subjects = [_as_subject(each) for each in entities.values()]
        subjects += [Subject(each.id, each.cls, (each.name,), each.id) for each in silent]
        return Context(subjects, self.known, self.known.kin)

    def _same_name(self, k: int, n: int) -> bool:
        mentions = self.local.mentions
        return k == n or words_of(mentions[k].text) == words_of(mentions[n].text)

    def _office(self, phrase: OfficePhrase) -> HeldOffice:
        owner = self.local.owner(phrase) or self.local.lexicon.role_default_of.get(phrase.role)
        owned = self.local.entities.get(owner or "")
        if owned is not None and owned.cls == "GovernmentBody" and owned.of:
            owner = owned.of
        return HeldOffice(phrase.role, owner, self._said(phrase))

    def _said(self, phrase: OfficePhrase) -> str | None:
        """The day of the text, for who holds the office now: a year of a heading is too coarse."""
        issued, told = self.local.page.document.issued, self.local.epochs[phrase.paragraph]
        sentence = self.local.page.paragraphs[phrase.paragraph].doc[phrase.start].sent.text
        if other_year(sentence, issued) is not None:
            return None
        return issued.text if issued is not None and told == issued and not phrase.former else None


def links(decision: Decision, by: Known) -> tuple[Link, ...]:
    """What a decision says of identities at Wikidata: the sure one, else those that are possible or declined."""
    sure = decision.judgement is Judgement.POSITIVE
    found = []
    for candidate in decision.candidates[: 1 if sure else None]:
        record = by.reference.get(candidate.id)
        if record is None or not record.qid:
            continue
        if candidate.contradicted:
            standing = Standing.DECLINED if candidate.features["name"] >= thresholds().sure_name else None
        elif decision.judgement is Judgement.NEGATIVE or candidate.score < thresholds().unsure:
            standing = None
        else:
            standing = Standing.SURE if sure else Standing.POSSIBLE
        if standing is not None:
            found.append(Link(record.qid, candidate.score, candidate.because, standing))
    return tuple(found)


def _as_subject(entity: LocalEntity) -> Subject:
    return Subject(entity.key, entity.cls, (entity.name,), entity.record)
