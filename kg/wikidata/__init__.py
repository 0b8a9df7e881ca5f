"""Wikidata: a local index of a dump, links of a graph's entities to it, and statements to give back.

``index`` makes the index, ``linking`` judges candidates that come from it, from the API (``online``) or from a
reconciliation service (``reconcile``), ``statements`` writes what Wikidata lacks. Nothing here asks the network unless
it is handed a client.
"""
