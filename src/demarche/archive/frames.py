"""Events as a DataFrame of pandas or polars, whichever is installed."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from typing import Any

from demarche.archive.exports import flat
from demarche.archive.kept import Kept

LIBRARIES = ("pandas", "polars")
COLUMNS = flat.COLUMNS
"""The columns: those of the CSV form, with dates, whole numbers and numbers as such and all else as text."""

DATES = ("published", "date_start", "date_end")
NUMBERS = ("intensity", "confidence", "place_lat", "place_lon")
WHOLE = (
    "anchor_start", "anchor_end", "place_geonames_id", "carriers", "killed_low", "killed_high", "injured_low", "injured_high", "size_low", "size_high",
)  # fmt: skip


class FrameError(ImportError):
    """A DataFrame was asked for and nothing that makes one is installed."""


def frame(kept: Iterable[Kept], library: str | None = None) -> Any:  # noqa: ANN401  # of one library or the other
    """The events as a DataFrame of `library`, pandas or polars; of the one that is installed when None. FrameError when it is not installed."""
    if library not in (None, *LIBRARIES):
        raise ValueError(f"{library!r} makes no DataFrame here; use one of {', '.join(LIBRARIES)}")
    chosen = next((name for name in LIBRARIES if library in (None, name) and find_spec(name)), None)
    if chosen is None:
        raise FrameError(f'a DataFrame needs {library or "pandas or polars"}: pip install "demarche[{library or "pandas"}]"')
    columns: dict[str, list[Any]] = {name: [] for name in COLUMNS}
    for one in kept:
        for row in flat.rows(one):
            for name, values in columns.items():
                values.append(row.get(name))
    return _pandas(columns) if chosen == "pandas" else _polars(columns)


def _pandas(columns: dict[str, list[Any]]) -> Any:  # noqa: ANN401
    import numpy as np
    import pandas as pd

    def series(name: str, values: list[Any]) -> Any:  # noqa: ANN401
        if name in DATES:
            return pd.Series(np.array(values, "datetime64[D]").astype("datetime64[s]"))
        return pd.Series(values, dtype="Int64" if name in WHOLE else "float64" if name in NUMBERS else "string")

    return pd.DataFrame({name: series(name, values) for name, values in columns.items()})


def _polars(columns: dict[str, list[Any]]) -> Any:  # noqa: ANN401
    import polars as pl

    types = {name: pl.Date if name in DATES else pl.Int64 if name in WHOLE else pl.Float64 if name in NUMBERS else pl.String for name in COLUMNS}
    return pl.DataFrame(columns, schema=types)
