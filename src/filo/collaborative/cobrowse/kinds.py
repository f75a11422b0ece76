"""What kinds of forms two can fill in: higher apps declare theirs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise

from filo.collaborative.cobrowse.models import SharedForm
from filo.foundation.access.principal import Principal

Values = Mapping[str, str]


@dataclass(frozen=True)
class Field:
    """A field that both see. input: the type of the input, "select" with `choices` as (code, label), or "check" with
    one of them, which the customer alone ticks. link: where what he agrees to can be read, as (address, words).
    """

    name: str
    label: str | Promise
    input: str = "text"
    required: bool = False
    autocomplete: str = ""
    choices: Sequence[tuple[str, str | Promise]] = field(default_factory=tuple)
    most: int = 300
    link: tuple[str, str | Promise] | None = None


@dataclass(frozen=True)
class Kind:
    """begin: what stands in the fields when it is shown. fields: of a form as things are now. send: does what it is
    for, once, when the customer sends it; gives the address that he goes on to; raises `InvalidFields`. about: a
    template (path, variables) above the fields, such as what is bought. outcome: the same for what came of one that was
    sent, as far as this colleague may see it.
    """

    code: str
    title: str | Promise
    begin: Callable[[SharedForm], dict[str, str]]
    fields: Callable[[SharedForm], Sequence[Field]]
    send: Callable[[SharedForm], str]
    about: Callable[[SharedForm], tuple[str, dict[str, object]] | None] = lambda _form: None
    button: str | Promise = ""
    outcome: Callable[[SharedForm, Principal], tuple[str, dict[str, object]] | None] = lambda _form, _principal: None


_kinds: dict[str, Kind] = {}


def declare(kind: Kind) -> None:
    """Have two fill in forms of this kind."""
    _kinds[kind.code] = kind


def kind_of(form: SharedForm) -> Kind:
    """The kind of a form. Raises `KeyError` for one that nobody declares any more."""
    return _kinds[form.kind]


def kinds() -> list[Kind]:
    """All of them."""
    return list(_kinds.values())
