"""What the telephone keeps."""

from filo.collaborative.telephony.models.call import RANKS, STATES, PhoneCall
from filo.collaborative.telephony.models.line import WAYS, PhoneLine, PhoneSeat

__all__ = ["RANKS", "STATES", "WAYS", "PhoneCall", "PhoneLine", "PhoneSeat"]
