"""`koshiqon serve`: the laboratory in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    import socket
    from collections.abc import Mapping

    from koshiqon.settings import Settings

GRACE = 10
"""Seconds in which what was asked before a stop is still answered."""
WAITING = 75
"""Seconds for which a connection without a question stays open: longer than a proxy keeps it (nginx: 60)."""
MOST_CONNECTIONS = 1000
"""Connections to one process; who comes later is told to come again (503)."""
OF_THIS_MACHINE = ("localhost", "127.0.0.1", "[::1]")
"""The names of a server that only this machine can reach: any other is a strange site's (DNS rebinding)."""
LONGEST_HEAD = 32 * 1024
"""Bytes of a request before its body."""


def serve(
    host: Annotated[str, typer.Option(help="The address to listen at; 0.0.0.0 is every one of this machine.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(help="The port; 0 takes one that is free.", min=0, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="So many processes answer.", min=1, max=64)] = 1,
    base_path: Annotated[str | None, typer.Option(help="Where a proxy puts the site, such as /koshiqon.")] = None,
    public: Annotated[
        bool | None,
        typer.Option("--public/--local", help="Without registers, or with. Usual: with, where only this machine asks."),
    ] = None,
    proxy_headers_from: Annotated[
        list[str] | None,
        typer.Option(metavar="ADDRESS", help="Believe X-Forwarded-… of a proxy at this address. Repeat it."),
    ] = None,
    answer_to: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="Answer only where the address has this name. Repeat it. Usual: any, or "
            "localhost where registers may be given and only this machine asks.",
        ),
    ] = None,
    runs: Annotated[str | None, typer.Option(help="The folder where registers and their results lie.")] = None,
    registers_from: Annotated[
        list[str] | None,
        typer.Option(metavar="FOLDER", help="Registers in this folder may be named instead of given. Repeat it."),
    ] = None,
    country: Annotated[str | None, typer.Option(help="A country that ships (kaz) or the path of its folder.")] = None,
    lang: Annotated[str | None, typer.Option(help="Language of what is said here: en, ru, kk …")] = None,
) -> None:
    """Open the laboratory in a browser: my stay, who am I in law, law on a day, figures, registers, review, the API.

    What an option does not say, a variable KOSHIQON_… does. Standard output has the log: a line of JSON an answer.
    """
    from koshiqon.cli.speaking import translations_for

    language, _ = translations_for(lang)
    told = {"COUNTRY": country, "BASE_PATH": base_path, "RUNS": runs}
    told |= {"NAMES": " ".join(answer_to) if answer_to else None}
    told |= {"REGISTERS": None if public is None else "no" if public else "yes"}
    told |= {"REGISTERS_FROM": _folders(registers_from, language)}
    believed = _addresses(proxy_headers_from or [], language)
    with _listening(host, port, language) as listening:
        settings = _settings(told, _alone(listening), language)
        if workers == 1:
            _one(settings, listening, believed, language)
        else:
            _several(workers, settings, listening, believed, language)


# --- what was asked --------------------------------------------------------------------------------------------------


def _settings(told: Mapping[str, str | None], alone: bool, language: str) -> Settings:
    """The settings of options, else of the variables. A secret is drawn here where none is given."""
    import os
    import secrets
    from dataclasses import replace

    from koshiqon.cli.speaking import leave
    from koshiqon.settings import UnfitSetting, settings_from

    usual = {"KOSHIQON_REGISTERS": "yes" if alone else "no"}
    given = {f"KOSHIQON_{name}": value for name, value in told.items() if value is not None}
    try:
        settings = settings_from({**usual, **os.environ, **given})
    except UnfitSetting as problem:
        leave(problem.code, problem.values, language)
    names = OF_THIS_MACHINE if alone and settings.registers and not settings.names else settings.names
    return replace(settings, names=names, secret=settings.secret or secrets.token_urlsafe(32))


def _folders(given: list[str] | None, language: str) -> str | None:
    import os
    from pathlib import Path

    from koshiqon.cli.speaking import leave

    for folder in given or []:
        if os.pathsep in folder or not Path(folder).is_dir() or not os.access(folder, os.R_OK | os.X_OK):
            leave("serve_no_folder", {"path": folder}, language)
    return os.pathsep.join(given) if given else None


def _addresses(given: list[str], language: str) -> list[str]:
    from ipaddress import ip_network

    from koshiqon.cli.speaking import leave

    for address in given:
        try:
            ip_network(address)
        except ValueError:
            leave("serve_no_address", {"value": address}, language)
    return given


# --- where it listens ------------------------------------------------------------------------------------------------


def _listening(host: str, port: int, language: str) -> socket.socket:
    """A socket that takes connections from now on; leaves with a letter where none can be had."""
    import errno
    import socket

    from koshiqon.cli.speaking import leave

    values = {"host": host, "port": str(port)}
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as problem:
        leave("serve_host_unknown", {**values, "reason": str(getattr(problem, "strerror", None) or problem)}, language)
    family, kind, protocol, _, address = min(found, key=lambda entry: entry[0] != socket.AF_INET)
    listening = socket.socket(family, kind, protocol)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    letters = {errno.EADDRINUSE: "serve_port_taken", errno.EACCES: "serve_port_forbidden"}
    letters |= {errno.EADDRNOTAVAIL: "serve_host_unknown"}
    try:
        listening.bind(address)
        listening.listen(2048)
    except OSError as problem:
        listening.close()
        reason = {"reason": problem.strerror or str(problem)}
        leave(letters.get(problem.errno or 0, "serve_cannot_listen"), values | reason, language)
    return listening


def _alone(listening: socket.socket) -> bool:
    """Whether only this machine itself can reach the server."""
    from ipaddress import ip_address

    return ip_address(listening.getsockname()[0].partition("%")[0]).is_loopback


def _url(listening: socket.socket, base_path: str) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}{base_path}/"


# --- how it runs -----------------------------------------------------------------------------------------------------


def _one(settings: Settings, listening: socket.socket, believed: list[str], language: str) -> None:
    """Answer in this process."""
    import uvicorn

    from koshiqon.cli.speaking import leave
    from koshiqon.sources.faults import UnreadableCountry
    from koshiqon.web.application import application
    from koshiqon.web.site import site_of

    try:
        app = application(site_of(settings))
    except UnreadableCountry as problem:
        leave(problem.code, problem.values, language)
    server = uvicorn.Server(uvicorn.Config(app, **_how(believed)))
    _stop_quietly()
    _tell(settings, listening, language)
    server.run([listening])


def _several(workers: int, settings: Settings, listening: socket.socket, believed: list[str], language: str) -> None:
    """Answer in several processes, which find the settings in their environment and so sign alike.

    The country is read here first, so that a fault of it is told once, as a letter.
    """
    import os

    import uvicorn
    from uvicorn.config import STARTUP_FAILURE
    from uvicorn.supervisors import Multiprocess

    from koshiqon.cli.speaking import leave
    from koshiqon.settings import variables_of
    from koshiqon.sources.country_folder import load_country
    from koshiqon.sources.faults import UnreadableCountry

    try:
        load_country(settings.country)
    except UnreadableCountry as problem:
        leave(problem.code, problem.values, language)
    os.environ |= variables_of(settings)
    factory = "koshiqon.web.application:from_environment"
    server = Multiprocess(uvicorn.Config(factory, factory=True, workers=workers, **_how(believed)), [listening])
    _tell(settings, listening, language)
    server.run()
    if any(process.exitcode == STARTUP_FAILURE for process in server.processes):
        leave("serve_workers_fell", {}, language, 1)


def _how(believed: list[str]) -> dict[str, Any]:
    """How uvicorn listens: no word of what it is, no log of its own, nobody believed who was not named."""
    from koshiqon.web.logs import CONFIGURATION

    return {
        "log_config": CONFIGURATION,
        "access_log": False,
        "server_header": False,
        "proxy_headers": bool(believed),
        "forwarded_allow_ips": believed,
        "ws": "none",
        "limit_concurrency": MOST_CONNECTIONS,
        "timeout_keep_alive": WAITING,
        "timeout_graceful_shutdown": GRACE,
        "h11_max_incomplete_event_size": LONGEST_HEAD,
    }


def _stop_quietly() -> None:
    """A stop that was asked for is no failure: uvicorn ends its work and gives the signal back, we leave with 0."""
    import signal
    import sys

    for asked in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked, lambda *_: sys.exit(0))


def _tell(settings: Settings, listening: socket.socket, language: str) -> None:
    """Say on standard error where the server is and what it keeps."""
    from koshiqon.render.catalogs import catalog
    from koshiqon.render.letters import letter

    host = listening.getsockname()[0]
    values = {"url": _url(listening, settings.base_path), "host": host, "folder": str(settings.runs.resolve())}
    codes = ["serve_listens", "serve_keeps_nothing", "serve_registers" if settings.registers else "serve_no_registers"]
    codes += ["serve_registers_for_all"] if settings.registers and not _alone(listening) else []
    for code in codes:
        typer.echo(letter(code, {**values, "hours": str(settings.keep_hours)}, catalog(language)), err=True)
