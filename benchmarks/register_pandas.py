"""Contender `pandas`: the whole job as a good analyst would write it with pandas, whole columns at a time.

    .venv-bench/bin/python benchmarks/register_pandas.py REGISTER FOLDER DAY THREADS GIB LIMITS

Crossings are read, those without a person or with an impossible moment left out, moments made days on the clock of the
checkpoint, duplicates dropped, entries and exits paired by shifting, days in the window found by `merge_asof` by
person, limits taken by citizenship and day of entry, verdicts written. It knows no permits, penalties, second
passports, purposes or doubts: so it does less than screening does. GIB is not kept to: pandas has no such setting.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from itertools import pairwise
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from register_columns import COLUMNS, files_of

EPOCH = date(1970, 1, 1)
NEVER = np.iinfo(np.int32).max
DUPLICATE = pd.Timedelta(minutes=10)
COUNTED_SINCE = (date(2023, 1, 27) - EPOCH).days
"""Stays that began earlier are in no window of a later row."""
FIRST = pd.Timestamp("1991-01-01", tz="UTC")
ROW_GROUP = 122_880
CATEGORIES = ["citizenship", "direction", "checkpoint", "sex", "purpose"]


def crossings(register: Path, last: date) -> tuple[pd.DataFrame, pd.Index]:
    """Crossings that can be read, in the order of persons and moments, persons as numbers; and who the numbers are."""
    table = pq.read_table(files_of(register), columns=list(COLUMNS), read_dictionary=CATEGORIES)
    frame = table.to_pandas(split_blocks=True, self_destruct=True)
    del table
    end = pd.Timestamp(last, tz="UTC") + pd.Timedelta(days=2)
    codes, persons = pd.factorize(frame.pop("person"))
    frame = frame.assign(person=codes.astype(np.int32), out=frame.pop("direction") == "out")
    frame = frame[(frame["person"] >= 0) & frame["moment"].between(FIRST, end, inclusive="left")]
    frame["day"] = days_of(frame, register)
    frame = frame.drop(columns="checkpoint").sort_values(["person", "moment"], ignore_index=True)
    again = (frame["person"] == frame["person"].shift()) & (frame["out"] == frame["out"].shift())
    return frame[~(again & (frame["moment"].diff() <= DUPLICATE))].reset_index(drop=True), persons


def days_of(frame: pd.DataFrame, register: Path) -> np.ndarray:
    """The day on the clock of the checkpoint, counted from 1970-01-01."""
    checkpoints = pd.read_parquet(register / "truth-checkpoints.parquet").set_index("checkpoint")["zone"]
    known = frame["checkpoint"].cat
    zones = checkpoints.reindex(known.categories).fillna("UTC").to_numpy()
    zone_of_row = np.append(zones, "UTC").astype(object)
    days = np.empty(len(frame), np.int32)
    for zone in set(zone_of_row):
        there = (zone_of_row == zone)[known.codes.to_numpy()]
        local = frame.loc[there, "moment"].dt.tz_convert(zone).dt.tz_localize(None)
        days[there] = local.to_numpy().astype("datetime64[D]").astype(np.int32)
    return days


def stays_of(frame: pd.DataFrame, last: int) -> pd.DataFrame:
    """Crossings paired by looking at the row before and the row after: each entry with the exit that follows it; an
    entry without one lasts until the next crossing or is open; an exit without an entry began with the crossing before.
    """
    person, out, day = frame["person"], frame["out"], frame["day"]
    next_own, last_own = person == person.shift(-1), person == person.shift()
    next_out = out.shift(-1, fill_value=False)
    lonely = out & ~(last_own & ~out.shift(fill_value=False))
    entry = np.where(lonely & last_own, day.shift(fill_value=0), day)
    exit_ = np.where(out, day, np.where(next_own, day.shift(-1, fill_value=0), NEVER))
    derived = np.where(lonely, "missing_entry", np.where(~out & next_own & ~next_out, "missing_exit", ""))
    stays = frame.drop(columns=["day", "moment", "out"])
    stays = stays.assign(entry=entry.astype(np.int32), exit=exit_.astype(np.int32), derived=pd.Categorical(derived))
    stays = stays[(~out | lonely) & (stays["entry"] <= last)].reset_index(drop=True)
    stays["through"] = stays["exit"].clip(upper=last)
    return stays


def with_limits(stays: pd.DataFrame, limits: Path) -> pd.DataFrame:
    """Each stay with the limits of its citizenship on the day of entry."""
    rows = pd.read_csv(limits, parse_dates=["since", "until"], keep_default_na=False, na_values=[""])
    for name in ("since", "until"):
        rows[name] = rows[name].to_numpy().astype("datetime64[D]").astype(np.int32)
    known = stays["citizenship"].cat.categories
    rows = rows[rows["citizenship"].isin(known)].sort_values("since")
    rows["citizenship"] = pd.Categorical(rows["citizenship"], known)
    rows["regime"] = pd.Categorical(rows["regime"])
    left = stays[["citizenship", "entry"]].sort_values("entry", kind="stable")
    wanted = ["since", "until", "citizenship", "per_entry", "in_window", "window", "regime"]
    found = pd.merge_asof(left, rows[wanted], left_on="entry", right_on="since", by="citizenship")
    found = found.set_index(left.index).sort_index()
    found.loc[found["entry"] >= found["until"], ["per_entry", "in_window", "window", "regime"]] = None
    return stays.join(found[["per_entry", "in_window", "window", "regime"]])


def with_windows(stays: pd.DataFrame) -> pd.DataFrame:
    """Each stay with the days of the window that ends with its last day; a day that two stays share counts once. The
    days so far of the last stay that is wholly before the window leave it, and the first days of the one after that.
    """
    era = stays["person"] * 2 + (stays["entry"] >= COUNTED_SINCE)
    own = era == era.shift()
    first = stays["entry"] + (own & (stays["entry"] == stays["through"].shift()))
    so_far = (stays["through"] - first + 1).groupby(era, sort=False).cumsum()
    stays = stays.assign(era=era, so_far=so_far)
    following = first.shift(-1).where(era == era.shift(-1), NEVER)
    right = pd.DataFrame({"era": era, "through": stays["through"], "gone": so_far, "following": following})
    left = pd.DataFrame({"era": era, "before": stays["through"] - stays["window"].fillna(180).astype(np.int64)})
    gone = asof(left, right.astype({"through": np.int64}), "before", "through")
    begins = gone["following"].fillna(first.groupby(era, sort=False).transform("first"))
    sticks_out = (left["before"] + 1 - begins).clip(lower=0)
    stays["days_in_window"] = (so_far - gone["gone"].fillna(0) - sticks_out).astype(np.int32)
    return stays


def asof(left: pd.DataFrame, right: pd.DataFrame, on: str, at: str) -> pd.DataFrame:
    """For each row of `left` the last row of `right` of the same person at or before it, in the order of `left`."""
    ordered = left.sort_values(on, kind="stable")
    found = pd.merge_asof(ordered, right.sort_values(at, kind="stable"), left_on=on, right_on=at, by="era")
    return found.set_index(ordered.index).sort_index()


def with_verdicts(stays: pd.DataFrame) -> pd.DataFrame:
    """Each stay with its first unlawful day. Of the few that hold too many days, the day on which it became so many is
    where the days of absence so far are as many as the window has room for.
    """
    beyond = (stays["entry"] + stays["per_entry"]).where(stays["per_entry"].notna(), NEVER)
    over = stays["days_in_window"] > stays["in_window"]
    late = stays[over]
    absent = stays["through"] - stays["so_far"]
    right = pd.DataFrame({"era": stays["era"], "absent": absent.astype(np.int64), "gone": stays["so_far"]})
    room = (late["window"] - late["in_window"]).astype(np.int64)
    left = pd.DataFrame({"era": late["era"], "before": absent[over] - room})
    gone = asof(left, right[right["era"].isin(late["era"])], "before", "absent")["gone"].fillna(0)
    too_many = (absent[over] + 1 + late["in_window"] + gone).clip(lower=late["entry"])
    first = beyond.copy()
    first[over] = np.minimum(first[over], too_many)
    unlawful = first <= stays["through"]
    stays["first_unlawful_day"] = first.where(unlawful, NEVER).astype(np.int32)
    stays["days"] = stays["through"] - stays["entry"] + 1
    stays["overstay_days"] = (stays["through"] + 1 - stays["first_unlawful_day"]).clip(lower=0)
    known = stays["regime"].notna()
    certainty = np.where(unlawful, "yes", np.where(known, "no", "unknown"))
    stays["certainty"] = pd.Categorical(certainty)
    return stays


def write(stays: pd.DataFrame, persons: pd.Index, to: Path) -> None:
    """One row a stay, by person and entry."""
    days = {
        name: pa.array(stays[name].to_numpy(), pa.int32(), mask=(stays[name] == NEVER).to_numpy()).cast(pa.date32())
        for name in ("entry", "exit", "first_unlawful_day")
    }
    names = ("citizenship", "purpose", "sex", "birth_year", "derived", "regime", "days", "days_in_window")
    plain = {name: pa.Array.from_pandas(stays[name]) for name in (*names, "overstay_days", "certainty")}
    person = pa.array(persons.take(stays["person"].to_numpy()))
    table = pa.table({"person": person, **plain, **days})
    pq.write_table(table, to, compression="zstd", row_group_size=ROW_GROUP)


def main(register: str, folder: str, day: str, threads: str, _memory: str, limits: str) -> None:
    """Do the job, and tell as JSON what it took."""
    pa.set_cpu_count(int(threads))
    pa.set_io_thread_count(int(threads))
    out = Path(folder)
    out.mkdir(parents=True)
    until = date.fromisoformat(day)
    last = (until - EPOCH).days
    marks = [("", perf_counter(), process_time())]
    frame, persons = crossings(Path(register), until)
    marks.append(("reading", perf_counter(), process_time()))
    stays = stays_of(frame, last)
    del frame
    marks.append(("pairing", perf_counter(), process_time()))
    stays = with_verdicts(with_windows(with_limits(stays, Path(limits))))
    marks.append(("screening", perf_counter(), process_time()))
    write(stays, persons, out / "stays.parquet")
    marks.append(("writing", perf_counter(), process_time()))
    stages = {
        name: {"wall": wall - wall_before, "processor": processor - processor_before}
        for (_, wall_before, processor_before), (name, wall, processor) in pairwise(marks)
    }
    size = (out / "stays.parquet").stat().st_size
    print(json.dumps({"stages": stages, "stays": len(stays), "result_bytes": size}))


if __name__ == "__main__":
    main(*sys.argv[1:])
