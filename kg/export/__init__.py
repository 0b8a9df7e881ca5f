"""Graphs for other tools: every RDF serialisation, RDF 1.2, and networks for Gephi and Neo4j."""
