"""Whether an entity is one of those that are known: candidates, a table of weighed features, a decision.

One table (``kg/data/judging/features.toml``) for all: ``known`` has the packaged and the user's own reference data as
candidates, ``kg.wikidata`` the items of an index or of the API.
"""
