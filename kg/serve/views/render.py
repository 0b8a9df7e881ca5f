"""Templates to pages. Everything is escaped; nothing of the graph is ever marked as safe."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kg import __version__, resources
from kg.serve.reply import HTML, Reply
from kg.serve.vocabulary import local, short, word
from kg.serve.words import counted, date_words, plural


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates, all of them compiled: a worker can open no file later."""
    env = Environment(
        loader=FileSystemLoader(resources.data("web") / "templates"),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=-1,
    )
    env.filters |= {
        "counted": lambda n, noun: counted(n, noun),
        "date": date_words,
        "word": word,
        "short": short,
        "plural": plural,
    }
    env.filters |= {"local": local, "thousands": lambda n: f"{n:,}"}
    env.globals |= {"version": __version__}
    for name in env.list_templates():
        env.get_template(name)
    return env


def page(template: str, status: int = 200, headers: dict[str, str] | None = None, **values: Any) -> Reply:
    """A page."""
    text = environment().get_template(template).render(**values)
    return Reply(status, HTML, text.encode("utf-8", "replace"), headers or {})
