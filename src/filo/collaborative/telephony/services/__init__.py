"""What is done about the telephone."""

from filo.collaborative.telephony.services.hearing import receive
from filo.collaborative.telephony.services.placing import is_his, place_call
from filo.collaborative.telephony.services.settings import keep_line, keep_seat
from filo.collaborative.telephony.services.trying import try_line

__all__ = ["is_his", "keep_line", "keep_seat", "place_call", "receive", "try_line"]
