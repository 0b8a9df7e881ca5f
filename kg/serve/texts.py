"""The texts of documents whose graph was written without them, from the folder of the sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts by the SHA-256 that the graph gives for them: a source that has changed is not found."""

    by_digest: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> Texts:
        """All documents in and below a folder, read as ``kg build`` reads them; unreadable ones are left out.

        Raises ``SettingsError`` when there is no such folder.
        """
        from kg.model import Document
        from kg.reading.reader import read_inputs

        if not folder.is_dir():
            raise SettingsError(f"--texts: no such folder: {folder}")
        documents = read_inputs([str(folder)])
        return cls({each.sha256: each.text for each in documents if isinstance(each, Document)})
