"""PostgreSQL and Spark for tests that take them: installed from ordinary registries when asked, started and ended here.

    python tests/support/start_engines.py    # apt-get install postgresql; pip install psycopg, pyspark

PostgreSQL runs by the user `postgres` where we are root, in a folder of its own, and listens on a socket there alone.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER = "postgres"


def install() -> None:
    """What is not there yet. Spark wants Java 17."""
    if _program("initdb") is None:
        subprocess.run(["apt-get", "install", "-y", "postgresql"], check=True)
    wanted = [name for module, name in (("psycopg", "psycopg[binary]"), ("pyspark", "pyspark[connect]"))
              if importlib.util.find_spec(module) is None]  # fmt: skip
    if wanted:
        subprocess.run([sys.executable, "-m", "pip", "install", *wanted], check=True)


def missing_for_postgresql() -> str:
    """What is missing to run PostgreSQL, '' where nothing is."""
    if importlib.util.find_spec("psycopg") is None:
        return "PostgreSQL: psycopg is not installed"
    return "" if _program("initdb") else "PostgreSQL: no server is installed"


def missing_for_spark() -> str:
    """What is missing to run Spark, '' where nothing is."""
    if importlib.util.find_spec("pyspark") is None:
        return "Spark: pyspark is not installed"
    return "" if shutil.which("java") else "Spark: there is no Java"


@contextmanager
def postgresql() -> Iterator[dict[str, str]]:
    """A server of its own; yields the settings by which it is found."""
    with tempfile.TemporaryDirectory(prefix="anjian-pg-") as name:
        folder = Path(name)
        user = USER if os.geteuid() == 0 else ""
        if user:
            shutil.chown(folder, user)
        data = str(folder / "data")
        _run(user, "initdb", "-D", data, "-U", "anjian", "-A", "trust", "-E", "UTF8", "--locale=C")
        options = f"-k {folder} -c listen_addresses='' -c fsync=off"
        _run(user, "pg_ctl", "-D", data, "-l", str(folder / "log"), "-o", options, "-w", "start")
        try:
            yield {"PGHOST": name, "PGUSER": "anjian", "PGDATABASE": "postgres"}
        finally:
            _run(user, "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


def _program(name: str) -> str | None:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name)


def _run(user: str, program: str, *arguments: str) -> None:
    at = _program(program)
    assert at is not None, program
    line = ["runuser", "-u", user, "--", at, *arguments] if user else [at, *arguments]
    done = subprocess.run(line, capture_output=True, text=True, check=False, cwd="/")
    assert done.returncode == 0, done.stdout + done.stderr


if __name__ == "__main__":
    install()
