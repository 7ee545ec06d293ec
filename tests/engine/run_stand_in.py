"""A tiny run for tests of the run itself: it counts the letters of words, shard by shard, into Parquet.

As a program it runs over the words of a file, slowly enough to be killed: `run_stand_in.py WORDS FOLDER [SECONDS]`.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from pathlib import Path

import duckdb

from koshiqon.engine.fingerprint import hashes_of
from koshiqon.engine.run_folder import write_json
from koshiqon.engine.screening import Judging, Screened, TakenIn, Work, screen

SHARDS = 4


def work_on(words: Path, seconds: float = 0.0) -> Work:
    """Words that begin with # are set aside."""

    def take_in(into: Path, told) -> TakenIn:
        into.mkdir()
        read = words.read_text(encoding="utf-8").split()
        kept = [word for word in read if not word.startswith("#")]
        for number in range(SHARDS):
            time.sleep(seconds)
            (into / f"{number}.txt").write_text("\n".join(kept[number::SHARDS]), encoding="utf-8")
            told(number + 1, SHARDS)
        return TakenIn(SHARDS, {"rows": len(read), "quarantined": len(read) - len(kept)}, {"words": "counted"})

    def prepare(shards: Path) -> Judging:
        def judge(number: int, folder: Path) -> Mapping[str, int]:
            found = (shards / f"{number}.txt").read_text(encoding="utf-8").split()
            target = folder / "stays" / f"stays-{number:04d}.parquet"
            target.parent.mkdir(exist_ok=True)
            unfinished = target.with_name(target.name + ".unfinished")
            with duckdb.connect(config={"threads": 1}) as connection:
                connection.execute("SET enable_progress_bar = false")
                values = ", ".join(f"('{word}')" for word in found)
                copied = f"SELECT word, length(word) AS letters FROM (VALUES {values}) t (word) ORDER BY word"
                connection.execute(f"COPY ({copied}) TO '{unfinished}' (FORMAT parquet)")
            time.sleep(seconds)
            unfinished.replace(target)
            return {"entries": len(found)}

        return Judging(judge)

    def publish(folder: Path, record: Mapping[str, object]) -> None:
        (folder / "tables").mkdir(exist_ok=True)
        time.sleep(seconds)
        write_json(folder / "tables" / "counts.json", {"counts": record["counts"]})

    return Work(take_in, prepare, publish)


def run(words: Path, folder: Path, seconds: float = 0.0, told=lambda _phase, _done, _of: None, **asked) -> Screened:
    fingerprint = {"inputs": hashes_of(words, [words]), **asked}
    return screen(fingerprint, folder, work_on(words, seconds), told, at_once=2)


if __name__ == "__main__":
    run(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]) if len(sys.argv) > 3 else 0.0)
