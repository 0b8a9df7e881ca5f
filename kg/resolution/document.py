"""Mentions of one document to entities of that document: names, surnames, roles, pronouns, groups.

A sieve in the manner of Lee et al. (2013): the surest evidence first (a known full name), then names within the
document, then descriptions by office, then "the two countries" and pronouns by recency and salience.
"""

from __future__ import annotations

from types import MappingProxyType

from kg.extraction.page import Form, Found, OfficePhrase, Page, Resolved
from kg.resolution.descriptions import Descriptions
from kg.resolution.groups import Groups
from kg.resolution.local import Local
from kg.resolution.mention_judging import MentionJudge
from kg.resolution.moving import Moved, Moving
from kg.resolution.name_joins import NameJoins
from kg.resolution.naming import Naming
from kg.resolution.persons import Persons
from kg.resolution.pronouns import Pronouns
from kg.resolution.reference import Reference
from kg.resolution.treaties import TreatyResolver


def resolve_document(
    page: Page,
    mentions: list[Found],
    phrases: list[OfficePhrase],
    reference: Reference,
    moved: Moved = MappingProxyType({}),
) -> Resolved:
    """Decide for each mention which entities of the document it stands for, if no reviewer ``moved`` it to another.

    Returns the mentions in the order given with their referents by index (none for what stays unresolved) and the
    entities of the document by key. Keys of known entities are ids of the reference data; the others are
    ``<class>/<slug of the name>``.
    """
    local = Local(page, mentions, phrases, reference)
    judge = MentionJudge(local)
    naming, persons = Naming(local, judge), Persons(local, judge)
    others = [k for k in local.order if mentions[k].cls not in {"Person", "Treaty"} and local.is_name(k)]
    for k in sorted(others, key=lambda k: (mentions[k].cls == "GovernmentBody", local.ambiguous(k))):
        naming.name(k)  # owners before their bodies, plain names before those that need a context
    joins = NameJoins(local)
    joins.acronyms()
    joins.appositions()
    persons.full_names()
    persons.surnames()
    for k in local.order:
        if k not in local.referents and mentions[k].cls not in {"Person", "Treaty"} and local.is_name(k):
            naming.unknown(k)
    joins.last_words()
    moving = Moving(local, moved)
    moving.run()
    descriptions = Descriptions(local)
    descriptions.learn_roles()
    treaties = TreatyResolver(local)
    treaties.run()
    moving.run()
    clusters = treaties.clusters
    moving.years(clusters.shown_parties, clusters.shown_years)
    _without_names(local, descriptions)
    moving.run()
    return Resolved(mentions, local.referents, local.entities, clusters.shown_parties, clusters.shown_years)


def _without_names(local: Local, descriptions: Descriptions) -> None:
    """Descriptions, groups and pronouns in the order of the text: each may rest on those before it."""
    groups, pronouns = Groups(local), Pronouns(local)
    for k in local.order:
        mention = local.mentions[k]
        if k in local.referents or mention.cls == "Treaty":
            continue
        if mention.form is Form.NOMINAL:
            descriptions.resolve(k)
        elif mention.form is Form.GROUP:
            for n, other in enumerate(local.mentions):  # "their ministers"
                if other.form is Form.PRONOUN and mention.holds(other):
                    local.refer(n, pronouns.referents(n))
            owners = groups.owners(k)
            found = descriptions.named(k, owners) or (descriptions.holders(k) if mention.role else ())
            local.refer(k, found or groups.members(k) or descriptions.holders(k, owners))
        elif mention.form is Form.PRONOUN:
            local.refer(k, pronouns.referents(k))
