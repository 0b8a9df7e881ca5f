"""treatygraph: from diplomatic texts to a knowledge graph that can be trusted and queried."""
