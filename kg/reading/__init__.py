"""Paths, URLs and corpora to documents: the text of record, its metadata, and which parts are read."""

from kg.reading.fetch import UrlFetcher
from kg.reading.options import Fetched, Fetcher, ReadingOptions
from kg.reading.reader import read, read_inputs
from kg.reading.sources import Source, discover

__all__ = ["Fetched", "Fetcher", "ReadingOptions", "Source", "UrlFetcher", "discover", "read", "read_inputs"]
