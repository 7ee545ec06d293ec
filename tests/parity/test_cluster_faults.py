"""What is the matter with a cluster is said in codes, before hours of work and without the values of anybody's row."""

from __future__ import annotations

import re
import socket
from pathlib import Path

import duckdb
import pytest

from koshiqon.engine.cluster import ClusterFault, Result, Source, connect, rows, tables, write
from koshiqon.render.cluster_letters import CLUSTER_FAULTS
from koshiqon.stay.register.form import PERMITS
from koshiqon.stay.register.step import Step


def test_every_fault_has_a_letter():
    assert set(re.findall(r"cluster_\w+", str(ClusterFault.__doc__))) == set(CLUSTER_FAULTS)


def test_without_the_extra_the_client_is_missed(monkeypatch):
    monkeypatch.setattr("koshiqon.engine.cluster.find_spec", lambda name: None)
    with pytest.raises(ClusterFault) as told, connect("sc://127.0.0.1"):
        pass
    assert (told.value.code, told.value.values) == ("cluster_client_missing", {})


def test_where_nobody_listens_a_cluster_is_given_up_at_once_and_its_token_is_not_told(monkeypatch):
    monkeypatch.setattr("koshiqon.engine.cluster.find_spec", lambda name: "there")
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(ClusterFault) as told, connect(f"sc://127.0.0.1:{port}/;token=secret"):
        pass
    assert told.value.code == "cluster_unreachable"
    assert told.value.values == {"host": f"sc://127.0.0.1:{port}", "reason": "ConnectionRefusedError"}


@pytest.fixture
def permits(tmp_path: Path) -> str:
    path = tmp_path / "permits.parquet"
    row = "SELECT CAST(1 AS BIGINT) AS key, 'trp_work' AS title, 18000 AS since, CAST(NULL AS INTEGER) AS until"
    duckdb.sql(f"COPY ({row}) TO '{path}' (FORMAT parquet)")
    return str(path)


def code_of(cluster, tmp_path, sources=None, steps=(), read=None):
    with pytest.raises(ClusterFault) as told, tables(cluster, steps, sources or {}, [], str(tmp_path / "scratch")):
        rows(cluster, read)
    assert CLUSTER_FAULTS[told.value.code].format(**told.value.values)
    return told.value.code, told.value.values


@pytest.mark.cluster
def test_a_table_that_is_not_there_is_missed(cluster, tmp_path):
    code, values = code_of(cluster, tmp_path, {"permits": Source(PERMITS, f"{tmp_path}/nothing.parquet")})
    assert code == "cluster_table_missing"
    assert values == {"table": "permits", "path": f"{tmp_path}/nothing.parquet"}


@pytest.mark.cluster
def test_a_table_that_the_register_does_not_have_has_no_rows(cluster, tmp_path):
    with tables(cluster, [], {"permits": Source(PERMITS, None)}, [], str(tmp_path)):
        assert rows(cluster, "permits") == []


@pytest.mark.cluster
def test_a_table_with_other_columns_or_types_is_refused(cluster, tmp_path, permits):
    asked = (("key", "BIGINT"), ("title", "INTEGER"), ("since", "BIGINT"), ("ended", "DATE"))
    code, values = code_of(cluster, tmp_path, {"permits": Source(asked, permits)})
    assert code == "cluster_table_columns"
    assert values == {"table": "permits", "path": permits, "columns": "title INTEGER, since BIGINT, ended DATE"}


@pytest.mark.cluster
def test_a_step_that_names_what_is_not_there_is_refused(cluster, tmp_path, permits):
    step = Step("later", "SELECT nowhere FROM permits")
    code, values = code_of(cluster, tmp_path, {"permits": Source(PERMITS, permits)}, [step])
    assert (code, values["table"]) == ("cluster_step_refused", "later")
    assert "nowhere" in values["reason"]


@pytest.mark.cluster
def test_a_step_that_fails_on_a_value_does_not_tell_the_value(cluster, tmp_path, permits, capfd):
    step = Step("numbers", "SELECT CAST(title AS BIGINT) AS number FROM permits")
    code, values = code_of(cluster, tmp_path, {"permits": Source(PERMITS, permits)}, [step])
    assert (code, values["table"]) == ("cluster_step_failed", "numbers")
    assert "trp_work" not in f"{values} {capfd.readouterr()}"


@pytest.mark.cluster
def test_a_table_that_was_not_kept_fails_when_it_is_read(cluster, tmp_path, permits):
    step = Step("numbers", "SELECT CAST(title AS BIGINT) AS number FROM permits", kept=False)
    code, _ = code_of(cluster, tmp_path, {"permits": Source(PERMITS, permits)}, [step], read="numbers")
    assert code == "cluster_step_failed"


@pytest.mark.cluster
def test_what_stands_in_a_folder_is_never_written_over(cluster, tmp_path, permits):
    result = Result("permits", PERMITS, "key", ("since",))
    with tables(cluster, [], {"permits": Source(PERMITS, permits)}, [], str(tmp_path / "scratch")):
        write(cluster, result, f"{tmp_path}/out", 1)
        with pytest.raises(ClusterFault, match="cluster_step_refused"):
            write(cluster, result, f"{tmp_path}/out", 1)
    assert duckdb.sql(f"FROM '{tmp_path}/out/*.parquet'").fetchall() == [(1, "trp_work", 18000, None)]


@pytest.mark.cluster
def test_tables_are_forgotten_afterwards(cluster, tmp_path, permits):
    steps = [Step("one", "SELECT key FROM permits"), Step("other", "SELECT key FROM one", kept=False)]
    with tables(cluster, steps, {"permits": Source(PERMITS, permits)}, [], str(tmp_path / "scratch")):
        assert rows(cluster, "other") == [(1,)]
    for name in ("permits", "one", "other"):
        with pytest.raises(ClusterFault, match="cluster_step_refused"):
            rows(cluster, name)
