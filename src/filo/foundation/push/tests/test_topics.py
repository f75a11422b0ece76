"""A topic is heard by those whom its owner lets listen, an unknown or misspelt one by nobody."""

from __future__ import annotations

from uuid import UUID

from filo.foundation.access.principal import Principal
from filo.foundation.push import topics
from filo.foundation.push.protocol import Listen, read_request

ANNA = Principal(kind="staff", name="Anna")


def test_the_owner_of_a_topic_decides() -> None:
    topics.register("colour", lambda principal, reference: reference == "red" and principal.name == "Anna")
    assert topics.may_listen(ANNA, "colour:red")
    assert not topics.may_listen(ANNA, "colour:blue")
    assert not topics.may_listen(Principal(kind="staff", name="Ugo"), "colour:red")


def test_unknown_misspelt_and_endless_topics_are_heard_by_nobody() -> None:
    topics.register("thing", lambda _principal, reference: bool(UUID(reference)))
    for topic in ("", ":", "unknown:1", "thing", "thing:no-uuid", "thing:" + "x" * 200):
        assert not topics.may_listen(ANNA, topic)


def test_a_pages_request_is_read() -> None:
    assert read_request({"text": '{"listen": ["a:1", "a:1"], "since": 5}'}) == Listen(frozenset({"a:1"}), 5)
    assert read_request({"text": '{"listen": []}'}) == Listen(frozenset(), None)
    assert read_request({"text": '{"pong": true}'}) is None
