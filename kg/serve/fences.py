"""What a worker may not do: take more memory than its share, or reach the network."""

from __future__ import annotations

import os
import resource
from contextlib import suppress
from pathlib import Path

_MEBIBYTE = 1 << 20
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000


def limit_memory(mebibytes: int) -> None:
    """Let this process take so much memory beyond what it has; where the system tells not what it has, nothing."""
    statm = Path("/proc/self/statm")
    if statm.is_file():
        has = int(statm.read_text().split()[0]) * resource.getpagesize()
        _limit(resource.RLIMIT_AS, has + mebibytes * _MEBIBYTE)


def cut_off(*, files: bool) -> None:
    """Take the network away from this process.

    One that needs no ``files`` any more can open nothing at all: what it has open stays so. For the others the system
    is asked for a network of their own without a way out, which not every system grants.
    """
    if not files:
        _limit(resource.RLIMIT_NOFILE, 0)
    elif unshare := getattr(os, "unshare", None):  # Linux, from Python 3.12
        with suppress(OSError):
            unshare(_NEW_USER | _NEW_NETWORK)


def _limit(which: int, value: int) -> None:
    hard = resource.getrlimit(which)[1]
    allowed = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(which, (allowed, allowed))
