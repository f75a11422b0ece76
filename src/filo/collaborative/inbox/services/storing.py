"""What arrived is stored as a message, with its files and the words it is found by."""

from __future__ import annotations

from filo.collaborative.inbox.findable import keep_words
from filo.collaborative.inbox.models import Conversation, Message, MessageFile
from filo.collaborative.inbox.services.arrivals import Arrived
from filo.foundation import clock
from filo.foundation.folding import clean_line


def keep_message(conversation: Conversation, arrived: Arrived) -> Message:
    """The message with its files."""
    message = Message.objects.create(
        conversation=conversation,
        kind=arrived.kind,
        direction="in",
        channel=arrived.channel,
        at=arrived.at,
        author_name=clean_line(arrived.sender.name, max_length=200),
        from_address=arrived.sender.address,
        to=list(arrived.to),
        cc=list(arrived.cc),
        subject=clean_line(arrived.subject, max_length=500),
        text=arrived.text,
        reply_text=arrived.reply_text,
        html=arrived.html,
        message_id=arrived.message_id[:998],
        in_reply_to=arrived.in_reply_to[:998],
        references=list(arrived.references)[-50:],
        incoming_id=arrived.incoming_id,
        created_at=clock.now(),
    )
    MessageFile.objects.bulk_create(
        MessageFile(message=message, file_id=one.file_id, name=one.name, content_id=one.content_id, position=place)
        for place, one in enumerate(arrived.files)
    )
    keep_words(message, [one.name for one in arrived.files])
    return message
