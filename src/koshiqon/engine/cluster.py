"""A cluster that speaks Spark Connect: it runs the steps of a register where its ministry's computers stand.

ClusterFault    the client is not installed, the cluster not there, a table not as it should be, a step refused

A cluster needs no shards: it reads all of them as one table and divides the rows by person itself. The steps are those
that DuckDB runs, in the spelling of Spark. Paths are those that the cluster sees, so they may be addresses of its
storage. No message holds what an engine says of values, since they are somebody's.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from koshiqon.stay.register.form import (
    CROSSINGS,
    GIVEN_STAYS,
    PENALTIES,
    PERMITS,
    PERSONS,
    PROFILES,
    Columns,
    Holds,
    fact_column,
)
from koshiqon.stay.register.law_tables import LawTable
from koshiqon.stay.register.step import Step

if TYPE_CHECKING:
    from pyspark.errors import PySparkException
    from pyspark.sql import DataFrame, SparkSession

    from koshiqon.engine.intake import Intake

PORT = 15002
"""Where a cluster listens if its address does not say."""

PATIENCE = 10
"""Seconds for a cluster to answer at all; its own client would try for minutes."""


_TALKATIVE = ("SQLQueryContextLogger", "DataFrameQueryContextLogger")
"""Where the client logs errors with the values that caused them."""


class ClusterFault(Exception):
    """What a letter tells; `code` is one of cluster_client_missing, cluster_unreachable, cluster_refused,
    cluster_table_missing, cluster_table_columns, cluster_step_refused, cluster_step_failed.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(f"{code}: {values}")
        self.code = code
        self.values = {name: str(value) for name, value in values.items()}


@dataclass(frozen=True, slots=True)
class Cluster:
    """A session with a cluster. Apache Spark notices a number that outgrows its type, and stops; in Sail it wraps
    around in silence.
    """

    session: SparkSession
    version: str
    notices_overflow: bool


@dataclass(frozen=True, slots=True)
class Source:
    """A table of the intake: its columns, and the Parquet file or the folder of such files that holds it (folders
    `shard=0` and so on within are read with it). None for a table that the register does not have: no rows.
    """

    columns: Columns
    path: str | None


@dataclass(frozen=True, slots=True)
class Result:
    """A table of the steps that is written: its columns, in the types and the order in which they stand in the file;
    rows with one value of `divided_by` come into one file, sorted by `order`.
    """

    table: str
    columns: Columns
    divided_by: str
    order: tuple[str, ...]


COMPLETIONS: Columns = (("profile", "INTEGER"), ("citizenship", "VARCHAR"), ("completed", "INTEGER"))


def sources_of(intake: Intake, facts: Iterable[str], address: str) -> dict[str, Source]:
    """The tables of an intake whose folder the cluster finds at an address; `facts` are the further of profiles."""
    further = tuple((fact_column(fact), "VARCHAR") for fact in sorted(facts))
    main = {"crossings": CROSSINGS} if intake.holds == Holds.CROSSINGS else {"given_stays": GIVEN_STAYS}
    whole = {"profiles": (*PROFILES, *further), "completions": COMPLETIONS}
    beside = {"permits": PERMITS, "penalties": PENALTIES}
    there = {name for name, rows in intake.side_rows.items() if rows}
    return (
        {name: Source(columns, f"{address}/{name}") for name, columns in {**main, "persons": PERSONS}.items()}
        | {name: Source(columns, f"{address}/{name}.parquet") for name, columns in whole.items()}
        | {name: Source(columns, f"{address}/{name}" if name in there else None) for name, columns in beside.items()}
    )


@contextmanager
def connect(address: str) -> Iterator[Cluster]:
    """A session with the cluster at an address such as sc://host:15002/;token=…, ended afterwards. Raises ClusterFault
    (cluster_client_missing, cluster_unreachable, cluster_refused).
    """
    if find_spec("pyspark") is None:
        raise ClusterFault("cluster_client_missing")
    _knock(address)
    from pyspark.errors import PySparkException
    from pyspark.logger import PySparkLogger
    from pyspark.sql import SparkSession

    for name in _TALKATIVE:
        PySparkLogger.getLogger(name).disabled = True
    try:
        session = SparkSession.builder.remote(address).create()
        session.conf.set("spark.sql.ansi.enabled", "true")
        session.conf.set("spark.sql.session.timeZone", "UTC")
        cluster = Cluster(session, session.version, _notices_overflow(session))
    except PySparkException as problem:
        raise ClusterFault("cluster_refused", host=_host(address), reason=_kind(problem)) from None
    try:
        yield cluster
    finally:
        session.stop()


@contextmanager
def tables(
    cluster: Cluster, steps: Iterable[Step], sources: Mapping[str, Source], law: Iterable[LawTable], scratch: str
) -> Iterator[None]:
    """The tables of these steps, over the sources and the law as tables of their names; afterwards they are forgotten.

    What is kept is written to a folder within `scratch`, a new one, and read from there: a plan that held all steps
    before it would grow beyond what any planner bears, and a computer that is lost costs one step. Whoever made the
    folder removes it. Raises ClusterFault (cluster_table_missing, cluster_table_columns, cluster_step_refused,
    cluster_step_failed).
    """
    given = {name: _opened(cluster.session, name, source) for name, source in sources.items()}
    given |= {table.name: _of_rows(cluster.session, table) for table in law}
    made = set[str]()
    try:
        for name, table in given.items():
            table.createOrReplaceTempView(name)
            made.add(name)
        for number, step in enumerate(steps):
            _make(cluster.session, step, f"{scratch}/{number:02d}-{step.name}")
            made.add(step.name)
        yield
    finally:
        for name in made:
            cluster.session.catalog.dropTempView(name)


def rows(cluster: Cluster, table: str) -> list[tuple[object, ...]]:
    """The rows of a small table, such as the counts of a run. Raises ClusterFault (cluster_step_failed)."""
    with _told(table):
        return [tuple(row) for row in cluster.session.table(table).collect()]


def write(cluster: Cluster, result: Result, folder: str, files: int) -> None:
    """Write a table as Parquet to a new folder, in at most so many files.

    They are whole when this returns, and only then: a record written afterwards says so. Raises ClusterFault
    (cluster_step_failed), also where the folder is there already.
    """
    sorting = dict.fromkeys((result.divided_by, *result.order))
    with _told(result.table):
        table = cluster.session.table(result.table).repartition(files, result.divided_by)
        table = table.sortWithinPartitions(*sorting).selectExpr(*_cast(result.columns))
        table.write.option("compression", "zstd").parquet(folder)


# --- tables ----------------------------------------------------------------------------------------------------------

_TYPES = {
    "BIGINT": "bigint",
    "INTEGER": "int",
    "SMALLINT": "smallint",
    "TINYINT": "tinyint",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "VARCHAR": "string",
    "STRING": "string",
}
"""What Spark calls the types of our columns."""


def _cast(columns: Columns) -> list[str]:
    return [f"CAST({name} AS {_TYPES[kind]}) AS {name}" for name, kind in columns]


def _opened(session: SparkSession, name: str, source: Source) -> DataFrame:
    """The table of a source, compared with its columns: Sail reads a path where nothing is as a table of nothing."""
    if source.path is None:
        nothing = ", ".join(f"CAST(NULL AS {_TYPES[kind]}) AS {column}" for column, kind in source.columns)
        return session.sql(f"SELECT {nothing} WHERE FALSE")
    with _told(name, missing=source.path):
        table = session.read.parquet(source.path)
        found = {column.name: column.dataType.simpleString() for column in table.schema.fields}
    if not found:
        raise ClusterFault("cluster_table_missing", table=name, path=source.path)
    differ = [f"{column} {kind}" for column, kind in source.columns if found.get(column) != _TYPES[kind]]
    if differ:
        raise ClusterFault("cluster_table_columns", table=name, path=source.path, columns=", ".join(differ))
    return table.select(*(column for column, _ in source.columns))


def _of_rows(session: SparkSession, table: LawTable) -> DataFrame:
    form = ", ".join(f"{name} {_TYPES[kind]}" for name, kind in table.columns)
    return session.createDataFrame(list(table.rows), form)


def _make(session: SparkSession, step: Step, folder: str) -> None:
    with _told(step.name):
        table = session.sql(step.sql)
        if step.kept:
            table.write.parquet(folder)
            table = session.read.schema(table.schema).parquet(folder)
        table.createOrReplaceTempView(step.name)


def _notices_overflow(session: SparkSession) -> bool:
    """Tried on a number that comes from a table, since one in the text is computed while planning."""
    from pyspark.errors import PySparkException

    try:
        session.sql("SELECT CAST(id AS BIGINT) + 9223372036854775807 FROM range(1, 2)").collect()
    except PySparkException:
        return True
    return False


# --- what goes wrong -------------------------------------------------------------------------------------------------


def _knock(address: str) -> None:
    """Raise ClusterFault where nobody listens. An address that is no URL is the client's own business."""
    if not address.startswith("sc://"):
        return
    parts = urlsplit(address)
    try:
        socket.create_connection((parts.hostname or "", parts.port or PORT), timeout=PATIENCE).close()
    except (OSError, ValueError) as problem:
        raise ClusterFault("cluster_unreachable", host=_host(address), reason=type(problem).__name__) from None


def _host(address: str) -> str:
    """The address without what follows it: a token may."""
    return address.partition(";")[0].rstrip("/")


@contextmanager
def _told(name: str, missing: str | None = None) -> Iterator[None]:
    """Turn what the cluster raises about a table into a ClusterFault; `missing` is the path that is read."""
    from pyspark.errors import AnalysisException, PySparkException

    try:
        yield
    except AnalysisException as problem:
        if missing is not None:
            raise ClusterFault("cluster_table_missing", table=name, path=missing) from None
        # of an analysis only names are told, never values
        line = next((line for line in str(problem).splitlines() if line.strip()), "")
        raise ClusterFault("cluster_step_refused", table=name, reason=line) from None
    except PySparkException as problem:
        raise ClusterFault("cluster_step_failed", table=name, reason=_kind(problem)) from None


def _kind(problem: PySparkException) -> str:
    """The name of an error, without its words."""
    return problem.getCondition() or type(problem).__name__
