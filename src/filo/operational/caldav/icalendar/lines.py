"""Lines of iCalendar as nested components. What is not a line is left out; what does not nest is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from filo.operational.caldav.errors import NoCalendar

DEEPEST, MOST_LINES = 6, 20_000
_LINE = re.compile(r"([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:\"[^\"]*\"|[^\";:])*)*):(.*)", re.DOTALL)
_PARAMETER = re.compile(r";([A-Za-z0-9-]+)=((?:\"[^\"]*\"|[^\";:])*)")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True)
class Line:
    """NAME;PARAMETER=…:value."""

    name: str
    value: str
    parameters: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The value as a text."""
        return _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], self.value)


@dataclass
class Component:
    """BEGIN:NAME … END:NAME; `raw` are its lines as they came, the components within it too."""

    name: str
    lines: list[Line] = field(default_factory=list)
    parts: list[Component] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)

    def first(self, name: str) -> Line | None:
        """The first line of this name."""
        return next(self.each(name), None)

    def each(self, name: str) -> Iterator[Line]:
        """The lines of this name."""
        return (line for line in self.lines if line.name == name)

    def words(self, name: str) -> str:
        """The text of the first line of this name, or nothing."""
        line = self.first(name)
        return line.text if line else ""

    def named(self, name: str) -> list[Component]:
        """The components of this name within it."""
        return [part for part in self.parts if part.name == name]


def read_calendar(data: bytes) -> Component:
    """The VCALENDAR of a file. Raises `NoCalendar`."""
    try:
        lines = re.sub(r"\r?\n[ \t]", "", data.decode("utf-8-sig")).splitlines()
    except UnicodeDecodeError:
        raise NoCalendar from None
    if len(lines) > MOST_LINES:
        raise NoCalendar
    found = _nested([line for line in lines if line.strip()])
    if found.name != "VCALENDAR":
        raise NoCalendar
    return found


def _nested(lines: list[str]) -> Component:
    outer = Component("")
    open_ones = [outer]
    for raw in lines:
        for one in open_ones[1:]:
            one.raw.append(raw)
        line = _line(raw)
        if line is None:
            continue
        if line.name == "BEGIN":
            inner = Component(line.value.strip().upper(), raw=[raw])
            open_ones[-1].parts.append(inner)
            open_ones.append(inner)
        elif line.name == "END":
            if len(open_ones) < 2 or open_ones.pop().name != line.value.strip().upper():
                raise NoCalendar
        else:
            open_ones[-1].lines.append(line)
        if len(open_ones) > DEEPEST:
            raise NoCalendar
    if len(open_ones) != 1 or len(outer.parts) != 1:
        raise NoCalendar
    return outer.parts[0]


def _line(raw: str) -> Line | None:
    found = _LINE.fullmatch(raw)
    if found is None:
        return None
    parameters = {name.upper(): value.strip('"') for name, value in _PARAMETER.findall(found[2])}
    return Line(found[1].upper(), found[3], parameters)
