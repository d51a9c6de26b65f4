"""Parquet tables, a few rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from demarche.intake.document import Document, IntakeError
from demarche.intake.place import Place

ROWS_AT_ONCE = 64
MAX_CHUNK = 2_000_000_000
"""The largest column of one row group, in bytes unpacked as the file declares it; pyarrow may hold it whole."""


def read(source: BinaryIO, place: Place) -> Iterator[Document | IntakeError]:
    """The documents of a Parquet table; only the columns of the fields are read. Rows count from 1."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise IntakeError(place.where, "Parquet needs pyarrow, which is not installed", "pip install 'demarche[parquet]'") from None
    try:
        file = pq.ParquetFile(source, buffer_size=1 << 20, pre_buffer=False)
        columns = place.fields.among(file.schema_arrow.names, place.where)
        wanted = sorted({_top(column, file.schema_arrow.names) for column in columns.fields.values()})
        _check(file.metadata, place.where)
        number = 0
        for batch in file.iter_batches(batch_size=ROWS_AT_ONCE, columns=wanted):
            cells = [batch.column(index) for index in range(batch.num_columns)]
            for index in range(batch.num_rows):
                number += 1
                where, name = place.row("row", number)
                try:
                    row = {key: _python(column[index], where) for key, column in zip(batch.schema.names, cells, strict=True)}
                    yield columns.document(row, where, name)
                except IntakeError as error:
                    yield error
    except (pa.ArrowException, OSError) as error:
        told = " ".join(str(error).split())[:200]
        raise IntakeError(place.where, f"damaged Parquet file: {told}", "write it again") from None


def _python(value: Any, where: str) -> Any:  # noqa: ANN401  # whatever a cell holds
    try:
        found = value.as_py()
    except (UnicodeDecodeError, ValueError, OverflowError) as error:
        raise IntakeError(where, f"a cell that cannot be read: {type(error).__name__}", "repair the row") from None
    if isinstance(found, bytes):
        try:
            return found.decode("utf-8")
        except UnicodeDecodeError:
            raise IntakeError(where, "not UTF-8 text", "write the column as text") from None
    return found


def _top(column: str, names: list[str]) -> str:
    return column if column in names else column.partition(".")[0]


def _check(metadata: Any, where: str) -> None:  # noqa: ANN401  # pyarrow has no types
    for group in range(metadata.num_row_groups):
        found = metadata.row_group(group)
        if any(found.column(index).total_uncompressed_size > MAX_CHUNK for index in range(found.num_columns)):
            raise IntakeError(where, f"a column of row group {group} is larger than {MAX_CHUNK // 1_000_000_000} GB", "write it in smaller row groups")
