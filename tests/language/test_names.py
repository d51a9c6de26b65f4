from demarche.language.names import agreed
from demarche.language.parse import Chunk

WORDS = ["Wagner", "left", ";", "Wagner", "fought", ";", "Wagner", "won", ";", "Mali", "paid", "Wagner"]


def test_mentions_written_alike_take_the_label_of_most():
    names = [Chunk(0, 1, "Person"), Chunk(3, 4, "Organization"), Chunk(6, 7, "Organization"), Chunk(9, 10, "Location")]
    assert [name.label for name in agreed(names, WORDS)] == ["Organization", "Organization", "Organization", "Location"]


def test_half_is_not_most():
    names = [Chunk(0, 1, "Person"), Chunk(3, 4, "Organization")]
    assert list(agreed(names, WORDS)) == names
