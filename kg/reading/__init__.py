"""Paths, URLs and corpora to documents: the text of record, its metadata, and which parts are read."""
