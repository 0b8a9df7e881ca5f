"""Errors, by whose fault it is and by what follows: skip this one input, or stop the run.

    TreatygraphError
    ├── InputError        this input cannot be read: it is reported, the rest of the run goes on   exit 3
    ├── SettingsError     the call is wrong: stop                                                  exit 2
    ├── OutputError       the result cannot be written: stop                                       exit 4
    ├── StoreError        a store or the network does not answer as it should                      exit 4
    └── PipelineError     the language pipeline lacks something                                    exit 2
"""

from __future__ import annotations


class TreatygraphError(Exception):
    """Base of all errors that a user can do something about; the message names the file and the cause."""


class InputError(TreatygraphError):
    """An input that cannot be read. ``source`` is the file or URL, ``cause`` the reason in plain words."""

    def __init__(self, source: str, cause: str) -> None:
        super().__init__(f"{source}: {cause}")
        self.source = source
        self.cause = cause


class SettingsError(TreatygraphError):
    """A wrong option or a combination that makes no sense."""


class OutputError(TreatygraphError):
    """The output could not be written; what was there before is untouched."""


class StoreError(TreatygraphError):
    """A store or a network service failed."""


class PipelineError(TreatygraphError):
    """The language pipeline cannot be loaded or lacks a component that reading needs."""
