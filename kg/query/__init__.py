"""Questions to a graph: SPARQL 1.1 with the prefixes declared, and the named questions with their parameters."""
