"""Jobs on several machines: relayed to Celery's workers on RabbitMQ and on Redis, every effect exactly once."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from kombu import Connection
from kombu.exceptions import OperationalError
from redis import RedisError

from filo.foundation import clock
from filo.foundation.events.tests.samples import effects
from filo.foundation.jobs.leases import claim_relayed
from filo.foundation.jobs.models import Job, JobState
from filo.foundation.jobs.registry import QUEUES
from filo.foundation.jobs.relayed import broker
from filo.foundation.jobs.relayed.sending import Relay
from filo.foundation.jobs.running import run_claimed
from filo.foundation.jobs.services import cancel_job, enqueue, replay_job
from filo.foundation.jobs.tests.conftest import Spawn, until
from filo.foundation.jobs.tests.samples import TESTER, add, again, count_to

RABBITMQ = os.environ.get("FILO_TEST_RABBITMQ", "")
REDIS = os.environ.get("FILO_TEST_REDIS", "")
WORK = (
    "import sys, django; django.setup(); from filo.foundation.jobs.tests import samples; "
    "from filo.foundation.jobs.runner import main; main(only=sys.argv[1])"
)
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        not os.environ.get("DATABASE_URL", "").startswith("postgres"), reason="a broker wants PostgreSQL"
    ),
]


@contextlib.contextmanager
def own_redis() -> Iterator[str]:
    """A Redis: the given one, or one of our own."""
    if REDIS:
        yield REDIS
        return
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""])
    try:
        until(lambda: socket.socket().connect_ex(("127.0.0.1", port)) == 0)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.kill()
        process.wait()


@pytest.fixture(
    params=[
        pytest.param(
            "rabbitmq",
            marks=[pytest.mark.rabbitmq, pytest.mark.skipif(not RABBITMQ, reason="FILO_TEST_RABBITMQ=amqp://…")],
        ),
        pytest.param(
            "redis",
            marks=[
                pytest.mark.redis,
                pytest.mark.skipif(not (REDIS or shutil.which("redis-server")), reason="apt install redis-server"),
            ],
        ),
    ]
)
def at_broker(request: pytest.FixtureRequest) -> Iterator[str]:
    """A broker that answers."""
    with contextlib.nullcontext(RABBITMQ) if request.param == "rabbitmq" else own_redis() as address:
        yield address


@pytest.fixture
def use(settings: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Sets a broker, with queues of this test's own, which are gone afterwards."""
    prefix = f"filo-test-{uuid4().hex[:12]}"
    used: list[str] = []

    def begin(address: str) -> None:
        used.append(address)
        settings.BROKER_URL, settings.BROKER_PREFIX = address, prefix  # type: ignore[attr-defined]
        monkeypatch.setenv("FILO_BROKER_URL", address)
        monkeypatch.setenv("FILO_BROKER_PREFIX", prefix)
        broker.celery.cache_clear()

    yield begin
    broker.celery.cache_clear()
    for address in used:
        with contextlib.suppress(OSError, OperationalError, RedisError), Connection(address, connect_timeout=2) as line:
            for queue in QUEUES:
                line.default_channel.queue_delete(f"{prefix}.{queue}")
            line.default_channel.exchange_delete(prefix)


def done() -> int:
    return Job.objects.filter(state=JobState.DONE).count()


def test_many_jobs_have_one_effect_each_though_a_worker_is_killed(
    at_broker: str, use: Callable[[str], None], spawn: Spawn
) -> None:
    use(at_broker)
    jobs = [enqueue(add, code=f"job-{number:03}") for number in range(150)]
    first, _second, _relay = (spawn(WORK, part) for part in ("default", "default", "relay"))
    until(lambda: done() >= 30, seconds=120)
    first.kill()
    first.wait()
    seen = Job.objects.filter(state=JobState.RUNNING, leased_by__contains=f":{first.pid}:")
    seen.update(lease_until=clock.now() - timedelta(seconds=1))  # time goes by
    waiting = Job.objects.filter(state=JobState.READY, relayed_at__isnull=False)  # Redis keeps what it held unopened
    waiting.update(relayed_at=clock.now() - timedelta(minutes=6))
    until(lambda: done() == len(jobs), seconds=120)
    assert effects() == [f"job-{number:03}" for number in range(150)]


def test_what_is_relayed_is_relayed_once_by_whoever_relays(at_broker: str, use: Callable[[str], None]) -> None:
    use(at_broker)
    made = [enqueue(add, code=f"job-{number}") for number in range(10)]
    assert Relay().relay_due() == 10
    assert Relay().relay_due() == 0
    with broker.celery().connection_or_acquire() as line:
        assert line.default_channel.queue_declare(broker.place_of("default"), passive=True).message_count == 10
    with clock.at(clock.now() + timedelta(minutes=6)):  # nobody came for them: their messages may be lost
        assert Relay().relay_due() == 10
    assert {again(job).state for job in made} == {JobState.READY}


def test_a_broker_that_is_away_keeps_the_jobs_in_their_rows(use: Callable[[str], None]) -> None:
    made = enqueue(add, code="hall")
    relay = Relay()
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        use(f"redis://127.0.0.1:{closed.getsockname()[1]}/0")
        assert relay.relay_due() == 0
    assert (again(made).state, again(made).relayed_at) == (JobState.READY, None)


def test_it_catches_up_when_the_broker_is_back(at_broker: str, use: Callable[[str], None]) -> None:
    made, relay = enqueue(add, code="hall"), Relay()
    use("redis://127.0.0.1:1/0")
    assert relay.relay_due() == 0
    use(at_broker)
    assert relay.relay_due() == 1
    assert again(made).relayed_at is not None


def test_a_message_too_many_does_nothing() -> None:
    made = enqueue(add, code="hall")
    found = claim_relayed("one", made.pk)
    assert found is not None
    assert claim_relayed("two", made.pk) is None
    run_claimed(found)
    assert claim_relayed("two", made.pk) is None
    assert effects() == ["hall"]


def test_a_cancelled_job_stays_cancelled_when_its_message_comes(at_broker: str, use: Callable[[str], None]) -> None:
    use(at_broker)
    made = enqueue(add, code="hall")
    Relay().relay_due()
    cancel_job(TESTER, made)
    assert claim_relayed("one", made.pk) is None
    replay_job(TESTER, made)
    assert Relay().relay_due() == 1


def test_one_persons_long_jobs_are_relayed_one_at_a_time(at_broker: str, use: Callable[[str], None]) -> None:
    use(at_broker)
    for prefix in ("a", "b"):
        enqueue(count_to, number=1, prefix=prefix)
    relay = Relay()
    assert relay.relay_due() == 1
    assert relay.relay_due() == 0
    found = claim_relayed("one", Job.objects.exclude(relayed_at=None).get().pk)
    assert found is not None
    assert relay.relay_due() == 0
    run_claimed(found)
    assert relay.relay_due() == 1
