"""Errors, by whose fault it is and by what follows: skip this one input, or stop the run.

TreatygraphError
├── InputError        this input cannot be read: it is reported, the rest of the run goes on   exit 3
├── SettingsError     the call is wrong: stop                                                  exit 2
├── OutputError       the result cannot be written: stop                                       exit 4
├── StoreError        a store or the network does not answer as it should                      exit 4
└── PipelineError     the language pipeline lacks something                                    exit 2
"""

from __future__ import annotations

from enum import IntEnum
from typing import ClassVar


class ExitCode(IntEnum):
    """How every command ends: the one table of exit codes."""

    YES = 0
    NO = 1
    USAGE = 2
    INPUT = 3
    STORE = 4
    BUG = 5
    INTERRUPTED = 130


class TreatygraphError(Exception):
    """Base of all errors that a user can do something about; the message names the file and the cause."""

    exit_code: ClassVar[ExitCode] = ExitCode.BUG


class InputError(TreatygraphError):
    """An input that cannot be read. ``source`` is the file or URL, ``cause`` the reason in plain words."""

    exit_code = ExitCode.INPUT

    def __init__(self, source: str, cause: str) -> None:
        super().__init__(f"{source}: {cause}")
        self.source = source
        self.cause = cause

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str]]:
        """For pickling, since ``args`` has the message alone; so it can come from another process."""
        return type(self), (self.source, self.cause)


class SettingsError(TreatygraphError):
    """A wrong option or a combination that makes no sense."""

    exit_code = ExitCode.USAGE


class OutputError(TreatygraphError):
    """The output could not be written; what was there before is untouched."""

    exit_code = ExitCode.STORE


class StoreError(TreatygraphError):
    """A store or a network service failed."""

    exit_code = ExitCode.STORE


class PipelineError(TreatygraphError):
    """The language pipeline cannot be loaded or lacks a component that reading needs."""

    exit_code = ExitCode.USAGE
