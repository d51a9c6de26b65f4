from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from demarche.cli import app
from tests.intake.collections import NIGER


def test_a_table_is_read_and_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f'id,text,date\nfirst,"{NIGER}",2024-03-19\nsecond,,\n')
    done = CliRunner().invoke(app, ["read", str(path), "--format", "csv"])
    assert done.exit_code == 1
    assert "first" in done.output and "t.csv:row 3: no text" in done.output
    refused = CliRunner().invoke(app, ["read", str(path), "--output", str(path)])
    assert refused.exit_code == 2
    assert NIGER in path.read_text()
