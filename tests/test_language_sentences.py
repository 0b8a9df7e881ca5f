import pytest
from spacy.language import Language

from kg.language import tokenizer
from kg.language.sentences import StartRules


@pytest.fixture(scope="module")
def nlp() -> Language:
    return tokenizer.blank()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("He met Mr. Lavrov in Moscow.", "Lavrov"),
        ("He went to St. Petersburg.", "Petersburg"),
        ("It was signed on Jan. 17 in Moscow.", "17"),
        ("It fulfils Art. 5 of the treaty.", "5"),
        ("The U.S. and Iran talked.", "and"),
        ('"We agree." He left.', '"'),
        ("“We agree.” He left.", "”"),
        ("They came (in May.) Then they left.", ")"),
        ("It began under Franklin D. Roosevelt in May.", "Roosevelt"),
        ("A U.S.-Iranian treaty was signed.", "-"),
        ("In May a U.S. Navy ship came.", "Navy"),
    ],
)
def test_no_sentence_begins_here(nlp: Language, text: str, word: str) -> None:
    doc = StartRules()(tokenizer.make_doc(nlp, text))
    assert [token.is_sent_start for token in doc if token.text == word][-1] is False


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("It ended. Mr. Lavrov left.", "Mr."),
        ('He left. "We agree," he said.', '"'),
        ("He left in Jan. Talks go on.", "Talks"),
        ("He saw the U.S. President.", "President"),
        ("He left. iPhones rang.", "iPhones"),
        ("They chose Plan B. Officials left.", "Officials"),
        ("He met John D. The talks failed.", "The"),
        ("It began in World War I. Norway left.", "Norway"),
        ('He left.\n"We agree."', '"'),
    ],
)
def test_the_parser_decides_here(nlp: Language, text: str, word: str) -> None:
    doc = StartRules()(tokenizer.make_doc(nlp, text))
    assert next(token for token in doc if token.text == word).is_sent_start is None


def test_empty_and_single_tokens(nlp: Language) -> None:
    assert [len(StartRules()(tokenizer.make_doc(nlp, text))) for text in ("", "x", "  ")] == [0, 1, 1]
