"""The Reconciliation Service API, 0.2 and 1.0-draft, over the entities of a graph: what OpenRefine links tables with.

Both specifications: https://reconciliation-api.github.io/specs/. Entities are known by their IRIs, types and properties
by their names in the ontology (``Treaty``, ``party``).
"""
