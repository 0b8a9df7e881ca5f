"""Maintainers' script that builds the reference data from the open data sets and our own tables.

``python -m tools.reference --data DIR`` reads the data sets under ``DIR/reference`` and ``kg/data/reference/*.tsv``
and writes ``kg/data/reference.jsonl.gz`` and ``ontology/reference/*.ttl``, the same bytes each time.
"""
