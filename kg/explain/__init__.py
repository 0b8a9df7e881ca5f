"""Why an entity of a graph is one entity, and why it is linked: told from the graph and the reference data alone."""
