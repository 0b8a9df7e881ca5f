"""The packaged reference data with the user's own, for commands with ``--reference``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.cli import console
from kg.namespaces import ID
from kg.resolution.own import load as load_own
from kg.resolution.reference import Reference
from kg.settings import checked_reference


def reference_with(paths: Iterable[Path] | None, base: str = ID) -> tuple[Reference, bool]:
    """The reference data, and whether some of the user's rows are wrong, which is complained of.

    Raises ``SettingsError`` and ``InputError`` for files that are none.
    """
    packaged = Reference.load()
    own, wrong = load_own([checked_reference(path) for path in paths or ()], packaged, base)
    for error in wrong:
        console.complain(str(error))
    return packaged.with_own(own), bool(wrong)
