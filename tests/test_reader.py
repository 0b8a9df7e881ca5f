"""Documents that are read together are read as each alone."""

import pytest
from sample_corpus import SAMPLE

from kg.language import load
from kg.model import Document
from kg.reader import Reader
from kg.reading import read_inputs
from kg.resolution.reference import Reference


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return [found for found in read_inputs([str(SAMPLE)]) if isinstance(found, Document)]


@pytest.mark.parametrize("pipeline", ["default", "fast"])
def test_a_document_is_read_alike_whatever_is_read_with_it(pipeline: str, documents: list[Document]) -> None:
    assert len(documents) > 10
    reader = Reader(load(pipeline), Reference.load())
    alone = [reader.read(document) for document in documents]
    assert list(reader.read_all([(document, {}) for document in documents])) == alone
    assert list(reader.read_all([(document, {}) for document in documents[::-1]])) == alone[::-1]


def test_no_documents_say_nothing() -> None:
    assert list(Reader(load("fast"), Reference.load()).read_all([])) == []
