"""treatygraph: from diplomatic texts to a knowledge graph that can be trusted and queried.

What is named in ``__all__`` is the public interface; everything else may change with any release.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kg.errors import (
    ExitCode,
    InputError,
    OutputError,
    PipelineError,
    SettingsError,
    StoreError,
    TreatygraphError,
)
from kg.settings import BuildSettings, Format

if TYPE_CHECKING:
    from kg.pipeline import build
    from kg.rdf.validate import validate
    from kg.report import BuildResult

__version__ = "0.1.0"
__all__ = [
    "BuildResult",
    "BuildSettings",
    "ExitCode",
    "Format",
    "InputError",
    "OutputError",
    "PipelineError",
    "SettingsError",
    "StoreError",
    "TreatygraphError",
    "__version__",
    "build",
    "validate",
]

# Fetched when asked for: with them come spaCy and pySHACL, seconds that `import kg` need not cost.
_LATER = {"BuildResult": "kg.report", "build": "kg.pipeline", "validate": "kg.rdf.validate"}


def __getattr__(name: str) -> Any:
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
