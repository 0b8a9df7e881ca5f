"""Who or what is looked for, and what is known of it besides its names."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HeldOffice:
    """An office that a person holds by the texts: its label, what it is of, and the first day that a text says so."""

    words: str
    of: str | None
    said: str | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """An entity of the graph. ``states`` are the polities and organisations that it belongs to or acts for, ``parties``
    those of a treaty, ``signed`` the date and the parties of the treaties that a person signed, ``years`` the first and
    last year of what it takes part in, ``date`` the day, month or year of a treaty's signing, ``near`` what else the
    texts name, for a name once by each word that tells of it, ``then`` what of that name was there at the time told,
    ``located`` whether the sentence has a capital as a place. Of a treaty: ``words`` that describe it, the year in
    which the text was ``written``, the ``place`` of signing. All entities are IRIs, or ids in front of which an IRI is
    to be put."""

    iri: str
    cls: str
    names: tuple[str, ...]
    same_as: str | None = None
    states: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    signed: tuple[tuple[str, tuple[str, ...]], ...] = ()
    offices: tuple[HeldOffice, ...] = ()
    years: tuple[int, int] | None = None
    date: str | None = None
    near: tuple[str, ...] = ()
    then: tuple[str, ...] | None = None
    located: bool | None = None
    words: frozenset[str] = frozenset()
    written: int | None = None
    place: str | None = None
