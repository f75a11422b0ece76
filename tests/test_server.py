"""The process tree serves, survives and ends as `filo serve` promises."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from filo.testing.served import Served, can_bind, environment, lives, served, start, tree_of, until

MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("site")) as running:
        for _ in range(20):  # every worker has met a body and a stream before memory is looked at
            running.get("/upload", method="POST", body=b"x" * MEGABYTE)
            running.get("/stream?parts=20")
        yield running


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[Served]:
    """A tree of its own, for a test that breaks it."""
    with served(tmp_path) as running:
        yield running


@pytest.mark.once
def test_a_page_answers(site: Served) -> None:
    reply = site.get("/hello")
    assert (reply.status, reply.body) == (200, b"hello")
    assert ("content-length", "5") in reply.headers


@pytest.mark.once
def test_the_request_reaches_django_as_it_was_sent(site: Served) -> None:
    reply = site.get("/caff%C3%A8?q=%C3%A8", X_A="1", Cookie="a=1")
    seen = json.loads(reply.body)
    assert seen["path"] == "/caffè"
    assert seen["QUERY_STRING"] == "q=%C3%A8"
    assert seen["REMOTE_ADDR"] == "127.0.0.1"
    assert [value.split(";")[0] for name, value in reply.headers if name == "set-cookie"] == [
        "one=1",
        "two=2",
    ]


@pytest.mark.once
def test_headers_of_a_client_cannot_pass_for_a_proxys(site: Served) -> None:
    with socket.create_connection(("127.0.0.1", site.port)) as line:
        line.sendall(
            b"GET /echo HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Forwarded-Proto: https\r\n"
            b"X_Forwarded_For: 9.9.9.9\r\nX-Twice: 1\r\nX-Twice: 2\r\n\r\n"
        )
        seen = json.loads(_read_all(line).split(b"\r\n\r\n")[1])
    assert seen["secure"] is False
    assert "HTTP_X_FORWARDED_FOR" not in seen
    assert seen["HTTP_X_TWICE"] == "1,2"


@pytest.mark.once
def test_a_head_request_gets_the_head_alone(site: Served) -> None:
    assert site.get("/hello", method="HEAD").body == b""
    assert site.get("/file?size=2000000", method="HEAD").body == b""


@pytest.mark.once
def test_a_large_body_is_taken_in_through_the_disk(site: Served) -> None:
    before = site.memory()
    assert site.get("/upload", method="POST", body=b"x" * 15 * MEGABYTE).body == str(15 * MEGABYTE).encode()
    assert site.memory() - before < 8


@pytest.mark.once
def test_a_body_beyond_the_limit_is_refused_without_being_read(site: Served) -> None:
    before = site.memory()
    parts = (b"x" * MEGABYTE for _ in range(20))
    reply = site.get("/upload", method="POST", body=parts)
    assert reply.status == 413
    with socket.create_connection(("127.0.0.1", site.port)) as line:
        line.sendall(b"POST /api/v1/imports HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n")
        assert b"413" in line.recv(100)
    assert site.memory() - before < 8


@pytest.mark.once
def test_a_long_answer_arrives_whole_and_stays_out_of_memory(site: Served) -> None:
    before = site.memory()
    reply = site.get("/stream?parts=800")
    assert len(reply.body) == 800 * 65536
    assert ("content-length", str(800 * 65536)) in reply.headers
    assert len(site.get("/file?size=3000000").body) == 3_000_000
    assert site.memory() - before < 12


@pytest.mark.once
def test_static_files_come_with_their_type_and_are_asked_for_again_only_when_changed(site: Served) -> None:
    reply = site.get("/static/web/live.js")
    headers = dict(reply.headers)
    assert (reply.status, headers["content-type"]) == (200, 'text/javascript; charset="utf-8"')
    assert site.get("/static/web/live.js", If_None_Match=headers["etag"]).status == 304
    assert site.get("/static/../settings.py").status == 404


@pytest.mark.once
def test_an_answer_that_breaks_half_way_is_no_file(site: Served) -> None:
    assert site.get("/broken-stream").status == 500


@pytest.mark.once
def test_clients_that_stall_or_leave_hold_nothing_up(site: Served) -> None:
    with contextlib.ExitStack() as stack:
        for _ in range(8):
            line = stack.enter_context(socket.create_connection(("127.0.0.1", site.port)))
            line.sendall(b"GET /stream?parts=400 HTTP/1.1\r\nHost: localhost\r\n\r\n")
            line.recv(10)
        assert site.get("/hello").body == b"hello"
    for _ in range(8):
        with socket.create_connection(("127.0.0.1", site.port)) as line:
            line.sendall(b"POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000000\r\n\r\nabc")
    assert site.get("/hello").body == b"hello"


def test_the_threads_and_their_database_connections_stay(site: Served) -> None:
    lines = {tuple(site.get("/line").body.split()) for _ in range(60)}
    threads = {thread for thread, _connection in lines}
    workers = 2 if os.environ.get("DATABASE_URL", "").startswith("postgres") else 1
    assert len(threads) <= 4 * workers
    assert len(lines) == len(threads)


def test_ctrl_c_ends_everything(own_site: Served) -> None:
    pids = own_site.tree()
    with socket.create_connection(("127.0.0.1", own_site.port)) as line:
        line.sendall(b"GET /slow?seconds=1 HTTP/1.1\r\nHost: localhost\r\n\r\n")
        own_site.process.send_signal(signal.SIGINT)
        assert own_site.process.wait(8) == 0
    assert not any(map(lives, pids))
    assert "Traceback" not in own_site.log.read_text()


@pytest.mark.once
def test_a_request_that_does_not_end_does_not_keep_the_tree(own_site: Served) -> None:
    with socket.create_connection(("127.0.0.1", own_site.port)) as line:
        line.sendall(b"GET /slow?seconds=300 HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert own_site.get("/hello").body == b"hello"
        own_site.process.terminate()
        assert own_site.process.wait(20) == 0


@pytest.mark.once
def test_asking_twice_ends_it_at_once(own_site: Served) -> None:
    pids = own_site.tree()
    with socket.create_connection(("127.0.0.1", own_site.port)) as line:
        line.sendall(b"GET /slow?seconds=300 HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert own_site.get("/hello").body == b"hello"
        own_site.process.send_signal(signal.SIGINT)
        assert until(lambda: not _answers(own_site), seconds=20)
        own_site.process.send_signal(signal.SIGINT)
        assert own_site.process.wait(20) == 0
    assert until(lambda: not any(map(lives, pids)), seconds=20)


@pytest.mark.once
def test_a_kill_while_it_starts_leaves_nothing(tmp_path: Path) -> None:
    with served(tmp_path):
        second = start(tmp_path, DATABASE_URL="", FILO_WORKERS="2")
        assert until(lambda: len(tree_of(second.pid)) >= 3, seconds=40)
        pids = tree_of(second.pid)
        second.kill()
        second.communicate(timeout=30)
        assert until(lambda: not any(map(lives, pids)), seconds=20)


@pytest.mark.once
def test_after_a_kill_of_the_supervisor_the_port_is_free(own_site: Served) -> None:
    pids = own_site.tree()
    assert len(pids) >= 3
    own_site.process.kill()
    assert until(lambda: can_bind(own_site.port), seconds=20)
    assert until(lambda: not any(map(lives, pids)), seconds=30)


@pytest.mark.parametrize("depth", [1, 2], ids=["web", "worker"])
def test_a_killed_web_process_is_started_again(own_site: Served, depth: int) -> None:
    before = own_site.tree()[depth:]  # lifeline.END_WITHIN gives them 15 s
    os.kill(before[0], signal.SIGKILL)
    assert until(lambda: not lives(before[0]), seconds=20)
    assert until(lambda: _answers(own_site), seconds=40)
    if depth == 1:  # its workers went with it
        assert until(lambda: not any(map(lives, before)), seconds=30)


def test_a_part_that_fails_is_named_and_tried_again(tmp_path: Path) -> None:
    with served(tmp_path, role="all") as running:  # the small site has no jobs: that part cannot run
        assert until(lambda: running.log.read_text().count("the part “jobs” has ended") >= 2, seconds=60)
        assert running.get("/hello").body == b"hello"
        running.process.terminate()
        assert running.process.wait(20) == 0


@pytest.mark.once
def test_a_taken_port_is_said_in_one_line(own_site: Served, tmp_path: Path) -> None:
    second = start(tmp_path, port=own_site.port)
    second.communicate(timeout=30)
    assert second.returncode == 1
    line = own_site.log.read_text().strip().splitlines()[-1]
    taken = f"filo: port {own_site.port} is taken by another program"
    assert line == f"{taken}; choose another, for example --port {own_site.port + 1}"


@pytest.mark.once
def test_a_wrong_setting_stops_the_start_with_its_line(tmp_path: Path) -> None:
    process = start(tmp_path, DATABASE_URL="oracle://nowhere")
    process.communicate(timeout=30)
    assert process.returncode == 2
    lines = (tmp_path / "log").read_text().strip().splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("filo: DATABASE_URL is not understood")


@pytest.mark.once
def test_each_command_has_its_help() -> None:
    from filo.config.commands import commands

    for name in commands():
        told = subprocess.run(
            [sys.executable, "-m", "filo", name, "--help"], capture_output=True, text=True, check=True
        )
        assert f"./filo {name}" in told.stdout


@pytest.mark.once
def test_a_command_before_the_first_migration_says_what_to_do(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "filo", "user", "list"]
    settings = {"DJANGO_SETTINGS_MODULE": "filo.config.settings", "DATABASE_URL": ""}
    told = subprocess.run(command, env=environment(tmp_path, **settings), capture_output=True, text=True)
    assert told.returncode == 1
    assert told.stderr.splitlines()[-1].endswith("./filo migrate brings it up to date")


def _answers(site: Served) -> bool:
    try:
        return site.get("/hello").body == b"hello"
    except OSError:
        return False


def _read_all(line: socket.socket) -> bytes:
    received = b""
    while part := line.recv(65536):
        received += part
    return received
