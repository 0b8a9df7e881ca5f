"""What was read, as RDF: IRIs, claims, graphs, serialisations, SHACL."""
