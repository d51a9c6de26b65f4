"""Voices: the attributions of a report, completed over sentences - headlines with a colon, quotations that go on without a cue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from demarche.coding.cast import Cast
from demarche.coding.phrases import head, phrase
from demarche.coding.stances import stance_of
from demarche.knowledge.tables import wordlist
from demarche.language.attribution import quotations
from demarche.language.parse import Attribution, Chunk, Parse, Word

CARRIED = 2
"""A speaker named so many sentences before, or nearer, may be whose words stand without a cue."""
RETURNED = 2
"""Paragraphs that may lie between a speaker's name and "he" who speaks on."""
FLOATING = 4
"""A quotation of fewer words names something and tells nothing ("the “axis”")."""
HEADLINE = 30
"""Words that a headline may have."""
_SPEAKING = 6
"""Words that the speaker before or after a headline's colon may have."""
_PERSON = frozenset({"he", "she"})
_PRONOUNS = _PERSON | {"it", "they"}
_CLAUSES = {"asserts": ("ccomp",), "alleges": ("ccomp",), "denies": ("ccomp", "xcomp"), "fears": ("ccomp",), "promises": ("ccomp",)}
"""Relations of the clause that tells what is said, by the stance of the verb over it."""
_BODIES = wordlist("bodies that speak")


class Voices:
    """Who speaks where in one report."""

    def __init__(self, parse: Parse, cast: Cast) -> None:
        self.parse, self._cast = parse, cast

    @cached_property
    def told(self) -> tuple[Attribution, ...]:
        """The attributions with a source: those of the language model and those that follow from them, in the order of their contents."""
        read = [self._owned(a) for a in self.parse.attributions if a.source is not None]
        found = [*read, *self._headlines(read)]
        found += self._by_tree(found)
        return tuple(sorted([*found, *self._floating(found)], key=lambda a: (a.content.first, a.content.end)))

    @cached_property
    def quoted(self) -> frozenset[int]:
        """The words inside quotation marks."""
        return frozenset(i for chunk in self.quotations for i in range(chunk.first, chunk.end))

    @cached_property
    def quotations(self) -> tuple[Chunk, ...]:
        """The words between quotation marks."""
        return quotations(self.parse)

    def around(self, word: int) -> Attribution | None:
        """The attribution in whose content a word stands, the narrowest; a cue is in the voice of whoever tells of it."""
        return min(self._around(word), key=lambda a: len(a.content), default=None)

    def chain(self, word: int) -> tuple[Attribution, ...]:
        """The attributions around a word, innermost first: each further one tells of the one before, its cue and its content."""
        found: list[Attribution] = []
        for one in sorted(self._around(word), key=lambda a: len(a.content)):
            if not found or self._tells_of(one, found[-1]):
                found.append(one)
        return (*self._within(found[0], word), *found) if found else ()

    def before(self, word: int) -> Attribution | None:
        """The latest attribution with a source before a word, in its own sentence or the `CARRIED` before."""
        least = self.parse.words[word].sentence - CARRIED
        near = [a for a in self.told if a.source and a.source.first < word and self.parse.words[a.source.first].sentence >= least]
        return max(near, key=lambda a: a.source.first if a.source else -1, default=None)

    def meant_before(self, source: Chunk) -> Chunk | None:
        """Whom a source that is nothing but "he", "she", "it" or "they" goes on for: the latest source before it that may be called so, in its
        paragraph or the `RETURNED` before."""
        words, paragraphs = self.parse.words, self.parse.paragraphs
        pronoun = words[source.first].lower
        if len(source) > 1 or pronoun not in _PRONOUNS:
            return None
        least = paragraphs[words[source.first].sentence] - RETURNED
        near = (a.source for a in self.told if a.source and a.source.end <= source.first and paragraphs[words[a.source.first].sentence] >= least)
        for other in sorted(near, key=lambda other: -other.first):
            if self._is_pronoun(other) and words[other.first].lower == pronoun:
                return self.meant_before(other)
            if self._called(other, pronoun):
                return other
        return None

    def _called(self, source: Chunk, pronoun: str) -> bool:
        """Whether a source may be called by a pronoun: a person "he", a body "it", a body or several "they"; pronouns are nobody new."""
        top = self.parse.words[head(self.parse, source)]
        if top.upos == "PRON":
            return False
        if self._is_person(source, top) or pronoun in _PERSON:
            return self._is_person(source, top) and pronoun in _PERSON
        return pronoun == "they" or top.xpos not in ("NNS", "NNPS")

    def _is_person(self, source: Chunk, top: Word) -> bool:
        """Whether a source is one person, by name or by title."""
        labels = {name.label for name in self.parse.names if top.index in name}
        titled = top.xpos in ("NN", "NNP") and top.lemma.lower() not in _BODIES and self._cast.describe(self.parse.chunk_span(source).text).role is not None
        return "Person" in labels or (not labels and titled)

    def _around(self, word: int) -> Iterator[Attribution]:
        return (a for a in self.told if word in a.content and (a.cue is None or word not in a.cue))

    def _tells_of(self, outer: Attribution, inner: Attribution) -> bool:
        """Whether the content of one attribution holds cue and source of another that is not its own."""
        assert outer.source is not None
        assert inner.source is not None
        told = inner.cue or inner.source
        return outer.cue != inner.cue and outer.source != inner.source and told.first in outer.content and inner.source.first in outer.content

    def _owned(self, told: Attribution) -> Attribution:
        """An attribution under the subject of its own cue, where its source was taken from another sentence."""
        number = [self.parse.words[chunk.first].sentence for chunk in (told.source, told.cue) if chunk]
        if told.cue is None or len(set(number)) < 2:
            return told
        top = head(self.parse, told.cue)
        subject = next(self.parse.dependents(top, "nsubj"), None)
        own = subject is not None and subject.deprel == "nsubj" and subject.upos in ("NOUN", "PROPN")
        return Attribution(phrase(self.parse, subject.index, top), told.cue, told.content) if own and subject else told

    def _within(self, outer: Attribution, word: int) -> tuple[Attribution, ...]:
        """Whom the content of an attribution has say what a word is part of, innermost first; pronouns speak for the outer source too often."""
        path = (above.index for above in self.parse.ancestors(word))
        said = (self._saying(verb) for verb in path if verb in outer.content)
        return tuple(a for a in said if a and word in a.content and a.source and not self._is_pronoun(a.source) and a.source.first in outer.content)

    def _by_tree(self, read: Sequence[Attribution]) -> Iterator[Attribution]:
        """Clauses under a verb of saying that the language model has given to nobody."""
        for word in self.parse.words:
            found = self._saying(word.index) if word.upos == "VERB" else None
            if found and not any(a.content.first < found.content.end and found.content.first < a.content.end for a in read):
                yield found

    def _saying(self, verb: int) -> Attribution | None:
        """What a verb of saying has a party say, by the tree: the clause under it."""
        cue, words = Chunk(verb, verb + 1), self.parse.words
        kinds = _CLAUSES.get(stance_of(self.parse, cue) or "")
        if kinds is None:
            return None
        clause = next(self.parse.dependents(verb, *kinds), None)
        passive = any(self.parse.dependents(verb, "nsubj:pass", "csubj:pass"))
        subject = next(self.parse.dependents(verb, "obl:agent" if passive else "nsubj"), None)
        if clause is None or subject is None or (subject.upos == "PRON" and subject.lower not in _PRONOUNS):
            return None
        source = phrase(self.parse, subject.index, verb)
        profile = self._cast.describe(self.parse.chunk_span(source).text)
        if subject.upos != "PRON" and not (profile.country or profile.sector):
            return None
        part = [i for i in self.parse.subtree(clause.index) if words[i].upos != "PUNCT" and i not in source]
        return Attribution(source, cue, Chunk(part[0], part[-1] + 1)) if part else None

    def _is_pronoun(self, source: Chunk) -> bool:
        return len(source) == 1 and self.parse.words[source.first].upos == "PRON"

    def _headlines(self, read: Sequence[Attribution]) -> Iterator[Attribution]:
        """The headline, where a colon parts its speaker from what is said: "Minister: troops will leave", "Troops will leave: minister"."""
        words = [w for w in self.parse.words[: HEADLINE + 1] if self.parse.paragraphs[w.sentence] == self.parse.paragraphs[0]]
        colons = [word.index for word in words if word.text in (":", "–", "—")]
        if len(words) > HEADLINE or words[-1].text == "." or len(colons) != 1:
            return
        first, at, end = words[0].index, colons[0], words[-1].index + 1
        for speaker, content in ((Chunk(first, at), Chunk(at + 1, end)), (Chunk(at + 1, end), Chunk(first, at))):
            free = not any(a.content.first < content.end and content.first < a.content.end for a in read)
            if free and 0 < len(speaker) <= _SPEAKING < len(content) + 4 and self._speaks(speaker, words[at].text):
                yield Attribution(speaker, Chunk(at, at + 1), content)
                return

    def _speaks(self, chunk: Chunk, mark: str) -> bool:
        """Whether the words beside a colon name a person or body with a role in politics, and nothing is told of it."""
        if any(self.parse.words[i].upos in ("VERB", "AUX") for i in range(chunk.first, chunk.end)):
            return False
        named = any(n.label in ("Person", "Organization") and n.end == chunk.end for n in self.parse.names)
        profile = self._cast.describe(self.parse.chunk_span(chunk).text)
        return profile.sector is not None and (named or mark == ":")

    def _floating(self, found: Sequence[Attribution]) -> Iterator[Attribution]:
        """Quotations that no attribution covers, under the speaker of their paragraph or of the one that ends before it."""
        for quotation in self.quotations:
            if not self._tells(quotation) or any(a.content.first < quotation.end and quotation.first < a.content.end for a in found):
                continue
            speaker = self._speaker(found, quotation)
            if speaker is not None:
                yield Attribution(speaker.source, speaker.cue, quotation)

    def _tells(self, quotation: Chunk) -> bool:
        """Whether a quotation is more than a name or a term: long enough, with a verb."""
        return len(quotation) >= FLOATING and any(self.parse.words[i].upos == "VERB" for i in range(quotation.first, quotation.end))

    def _speaker(self, found: Sequence[Attribution], quotation: Chunk) -> Attribution | None:
        """Who spoke last before a quotation, in its paragraph or the one before; the paragraph of a quotation with no speaker must hold nothing else."""
        paragraphs, words = self.parse.paragraphs, self.parse.words
        here = paragraphs[words[quotation.first].sentence]
        near = [a for a in found if a.source and a.source.first < quotation.first and paragraphs[words[a.source.first].sentence] >= here - 1]
        last = max(near, key=lambda a: a.source.first if a.source else -1, default=None)
        if last is None or last.source is None or paragraphs[words[last.source.first].sentence] == here:
            return last
        outside = [w for w in words if paragraphs[w.sentence] == here and w.index not in self.quoted and w.upos != "PUNCT"]
        return None if outside else last
