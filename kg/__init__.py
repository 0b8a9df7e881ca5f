"""treatygraph: from diplomatic texts to a knowledge graph that can be trusted and queried."""

__version__ = "0.1.0"
