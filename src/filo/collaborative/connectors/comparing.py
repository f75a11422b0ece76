"""Which of three values holds: what both sides knew last, what Filo says now, what the back office says now.

The merge of a field is the ordinary one of three versions; where both sides changed it to different values, or one
changed what the other owns, the owner of the field decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(slots=True)
class Compared:
    """take: values of theirs for us; give: values of ours for them; ask: what a person has to decide (ours, theirs);
    agreed: what both sides know from now on; what is given counts once it was taken, and is what they have until then.
    """

    take: dict[str, str] = field(default_factory=dict)
    give: dict[str, str] = field(default_factory=dict)
    ask: dict[str, tuple[str, str]] = field(default_factory=dict)
    agreed: dict[str, str] = field(default_factory=dict)


def compare(
    theirs: Mapping[str, str],
    ours: Mapping[str, str] | None,
    before: Mapping[str, str] | None,
    owners: Mapping[str, str],
) -> Compared:
    """`ours` is None for what Filo does not have, `before` for what is met for the first time.

    A field that nobody named an owner for is the back office's. Only fields that the row has are compared.
    """
    found = Compared()
    for name, their in theirs.items():
        if ours is None:
            found.take[name] = found.agreed[name] = their
            continue
        our, base = ours.get(name, ""), (before or {}).get(name)
        if our == their:
            found.agreed[name] = their
            continue
        owner = owners.get(name, "theirs")
        they_changed, we_changed = base is None or their != base, base is None or our != base
        if owner == "theirs":
            found.take[name] = found.agreed[name] = their
        elif owner == "ours":
            found.give[name], found.agreed[name] = our, their
        elif they_changed and we_changed:
            found.ask[name] = (our, their)
            if base is not None:
                found.agreed[name] = base
        elif they_changed:
            found.take[name] = found.agreed[name] = their
        else:
            found.give[name], found.agreed[name] = our, their
    return found
