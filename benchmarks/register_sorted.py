"""Contender `sorted`: DuckDB reads the crossings, orders them by person and day and writes them, and does nothing else.

    python benchmarks/register_sorted.py REGISTER FOLDER DAY THREADS GIB

It reads the columns that screening reads, has the same threads, memory and folder to spill into, and writes Parquet
with the same packing and row groups.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from register_columns import COLUMNS, files_of

from koshiqon.engine.duckdb import Room, connect, execute, quoted, write_parquet


def main(register: str, folder: str, _day: str, threads: str, memory: str) -> None:
    """Sort, and tell as JSON what came of it."""
    out = Path(folder)
    out.mkdir(parents=True)
    files = ", ".join(quoted(file) for file in files_of(Path(register)))
    columns = ", ".join(COLUMNS)
    written = out / "crossings.parquet"
    with connect(Room(out / "unfinished" / "spill", float(memory), int(threads))) as connection:
        write_parquet(
            connection,
            f"SELECT {columns} FROM read_parquet([{files}]) ORDER BY person, CAST(moment AS DATE)",
            written,
        )
        ((rows,),) = execute(connection, f"SELECT sum(num_rows) FROM parquet_file_metadata({quoted(written)})")
    print(json.dumps({"rows": int(str(rows)), "result_bytes": written.stat().st_size}))


if __name__ == "__main__":
    main(*sys.argv[1:])
