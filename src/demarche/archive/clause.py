"""Conditions in SQL with their parameters, put together from parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Self


class QuestionError(ValueError):
    """A question that cannot be asked: which field, its value, what is wrong with it, and what to do."""

    def __init__(self, field: str, value: str, problem: str, remedy: str) -> None:
        super().__init__(f"{field} {value!r}: {problem} ({remedy})")
        self.field, self.value, self.problem, self.remedy = field, value, problem, remedy


class Clause(NamedTuple):
    """A condition and what stands for its question marks."""

    sql: str
    parameters: tuple[object, ...] = ()

    @classmethod
    def every(cls, clauses: Iterable[Self | None]) -> Self | None:
        """The condition that all of `clauses` hold; None of none."""
        return cls._joined([clause for clause in clauses if clause], " AND ")

    @classmethod
    def some(cls, clauses: Iterable[Self | None]) -> Self | None:
        """The condition that one of `clauses` holds; None of none."""
        return cls._joined([clause for clause in clauses if clause], " OR ")

    @classmethod
    def _joined(cls, clauses: Sequence[Self], between: str) -> Self | None:
        if len(clauses) < 2:
            return next(iter(clauses), None)
        parameters = tuple(parameter for clause in clauses for parameter in clause.parameters)
        return cls(f"({between.join(clause.sql for clause in clauses)})", parameters)


def any_of(clauses: Sequence[Clause]) -> Clause:
    """The condition that one of `clauses`, of which there is one at least, holds."""
    return Clause.some(clauses) or Clause("0")


def all_of(*clauses: Clause | None) -> Clause:
    """The condition that all of `clauses` hold."""
    return Clause.every(clauses) or Clause("1")


def in_query(column: str, query: str, *parameters: object) -> Clause:
    """The condition that `column` is among what `query` finds."""
    return Clause(f"{column} IN ({query})", parameters)
