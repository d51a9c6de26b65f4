"""How good demarche is: scores against the gold annotation and public corpora, with pinned floors (`python -m evaluation`)."""
