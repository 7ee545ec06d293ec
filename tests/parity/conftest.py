"""The cluster that tests speak to: Sail within this process, or Apache Spark in a process of its own.

`make test` runs the tests that are marked `cluster` on Sail, `make test-spark` on Apache Spark, both by setting
KOSHIQON_CLUSTER; with its client in the environment .venv-cluster.
"""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from koshiqon.engine.cluster import Cluster, connect

SPARK = Path(__file__).parent.parent.parent / ".venv-spark" / "bin"


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    match os.environ.get("KOSHIQON_CLUSTER"):
        case "sail":
            server = sail()
        case "spark":
            server = spark(tmp_path_factory.mktemp("spark"))
        case _:
            pytest.skip("needs Sail or Apache Spark: make test and make test-spark run it with them")
    with server as address, connect(address) as cluster:
        yield cluster


@contextmanager
def sail() -> Iterator[str]:
    os.environ["SAIL_RUNTIME__STACK_SIZE"] = str(64 * 1024 * 1024)
    from pysail.spark import SparkConnectServer

    server = SparkConnectServer()
    server.start(background=True)
    host, port = server.listening_address
    yield f"sc://{host}:{port}"
    server.stop()


@contextmanager
def spark(folder: Path) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = {
        "spark.connect.grpc.binding.address": "127.0.0.1",
        "spark.connect.grpc.binding.port": str(port),
        "spark.driver.host": "127.0.0.1",
        "spark.log.level": "ERROR",
        "spark.sql.shuffle.partitions": "2",  # two hundred only wait for each other here
        "spark.sql.warehouse.dir": str(folder),
        "spark.ui.enabled": "false",
    }
    told = [part for name, value in settings.items() for part in ("--conf", f"{name}={value}")]
    server = "org.apache.spark.sql.connect.service.SparkConnectServer"
    command = [
        str(SPARK / "spark-submit"),
        "--master",
        "local[2]",
        "--driver-memory",
        "2g",
        *told,
        "--class",
        server,
        "spark-internal",
    ]
    paths = {**os.environ, "PATH": f"{SPARK}{os.pathsep}{os.environ['PATH']}"}  # it looks for its own Python there
    with (folder / "log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log, env=paths) as process:
        try:
            wait_for(port, process, folder / "log")
            yield f"sc://127.0.0.1:{port}"
        finally:
            process.terminate()


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until and process.poll() is None:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"Apache Spark did not start:\n{log.read_text(errors='replace')[-3000:]}")
