"""What people choose about an import."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.fields.queries import fields_of as own_fields
from filo.foundation.web.forms import FiloForm
from filo.operational.parties.forms import RelationshipForm
from filo.operational.transfer.converting import TEXT
from filo.operational.transfer.encodings import ENCODINGS
from filo.operational.transfer.keys import keys_known
from filo.operational.transfer.mapping import (
    ADDRESS_PARTS,
    BELONGING,
    IDENTITY,
    OWN_CODE,
    USES,
    Column,
    fields_of,
    from_json,
)
from filo.operational.transfer.models import CONFLICTS, KINDS, MODES, ImportBatch, ImportMapping
from filo.operational.transfer.own_columns import ENTITY, NEW
from filo.operational.transfer.planning import usable_columns
from filo.operational.transfer.recognising import DELIMITERS
from filo.operational.transfer.services.belonging import Defaults
from filo.operational.transfer.sources.finding import programs
from filo.operational.transfer.thing_fields import ORDERS, PRODUCTS, THINGS

MEGABYTE = 1024 * 1024
WITH_HEADERS = ("sheet", "markup", "aligned")
LARGEST_UPLOAD = 25 * MEGABYTE
ACCEPTED = ".csv,.tsv,.txt,.xlsx,.xlsm,.xlsb,.xls,.ods,.vcf,.vcard,.json,.jsonl,.xml,.html,text/csv,text/vcard"
KEY_FIELDS = ("key_1", "key_2", "key_3")
OF_CUSTOMERS = ("company", "product_line", "area", "channel", "owner")
Choices = list[tuple[Any, Any]]


class FileForm(FiloForm):
    """A file, and what its rows are."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("Excel, ODS, CSV, vCard or JSON, up to 25 MB. Exports of other CRMs come in as they are."),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
    )
    kind = forms.ChoiceField(
        label=_("The rows are"), choices=[("", _("To be seen from the file")), *KINDS], required=False
    )
    program = forms.ChoiceField(label=_("It comes from"), required=False)
    mapping = forms.ChoiceField(label=_("Mapping of columns"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["program"].choices = [("", _("To be seen from the file")), *programs().items()]  # type: ignore[attr-defined]
        names = sorted({found.name for found in ImportMapping.objects.all()})
        self.fields["mapping"].choices = [("", _("Found by itself")), *((name, name) for name in names)]  # type: ignore[attr-defined]
        if not names:
            del self.fields["mapping"]

    def clean_file(self) -> Any:
        """Not too large for a page."""
        found = self.cleaned_data["file"]
        if found.size > LARGEST_UPLOAD:
            raise forms.ValidationError(
                _("This file has %(size)s MB; by page 25 MB can come in. Bring it in with “filo import”.")
                % {"size": round(found.size / MEGABYTE)}
            )
        return found


class SettingsForm(RelationshipForm):
    """How a file is read, what is done with its rows, and what new parties are to us."""

    kind = forms.ChoiceField(label=_("The rows are"), choices=KINDS)
    mode = forms.ChoiceField(label=_("What to do"), choices=MODES)
    conflict = forms.ChoiceField(
        label=_("Where the file says otherwise than a card"),
        choices=CONFLICTS,
        required=False,
        help_text=_("Numbers that are new, and what a card does not say yet, come in with every choice."),
    )
    encoding = forms.ChoiceField(label=_("Letters are written in"), choices=list(ENCODINGS.items()))
    delimiter = forms.ChoiceField(label=_("Columns are parted by"), choices=list(DELIMITERS.items()))
    key_1 = forms.ChoiceField(
        label=_("Rows are recognised by"),
        required=False,
        help_text=_("Several can be named, one after the other: the first by which anybody is found decides."),
    )
    key_2 = forms.ChoiceField(label=_("or else by"), required=False)
    key_3 = forms.ChoiceField(label=_("or else by"), required=False)
    make_firms = forms.BooleanField(
        label=_("Make the firms that people name and that are not here yet"), required=False
    )
    show_new = forms.BooleanField(
        label=_("Show new products in the shop at once"),
        required=False,
        help_text=_(
            "Else customers see them in reserved catalogues only, until they are released in the list of products."
        ),
    )
    part = forms.ChoiceField(label=_("Sheet"), required=False)
    has_header = forms.BooleanField(label=_("The first row holds the names of the columns"), required=False)
    mapping_name = forms.CharField(
        label=_("Keep this mapping as"),
        max_length=80,
        required=False,
        help_text=_("Under a name it is there again for the next file of the same source."),
    )

    def __init__(self, principal: Principal, batch: ImportBatch, *args: Any, **kwargs: Any) -> None:
        names = ("kind", "mode", "conflict", "encoding", "delimiter", "has_header", "part", "make_firms", "show_new")
        kwargs["initial"] = {name: getattr(batch, name) for name in names}
        kwargs["initial"] |= {name: getattr(batch, f"{name}_id") for name in OF_CUSTOMERS}
        kwargs["initial"] |= {f"key_{place}": key for place, key in enumerate(batch.keys, start=1)}
        super().__init__(principal, *args, **kwargs)
        self._offer_keys()
        self.fields["delimiter"].strip = False  # type: ignore[attr-defined]
        self._leave_out_needless(batch)

    def _offer_keys(self) -> None:
        offered = list(keys_known().items())
        for place, name in enumerate(KEY_FIELDS):
            first = _("As Filo recognises them") if not place else _("nothing else")
            self.fields[name].choices = [("", first), *offered[: -1 if not place else None]]  # type: ignore[attr-defined]

    def _leave_out_needless(self, batch: ImportBatch) -> None:
        """What only text has is not asked of a spreadsheet, nor a sheet where there is one alone."""
        is_of_people = batch.kind not in THINGS and "company" in fields_of(batch.kind)
        needless = [] if is_of_people or batch.kind == ORDERS else ["make_firms"]
        if batch.kind in THINGS:
            needless += [*KEY_FIELDS, "conflict"]
        needless += OF_CUSTOMERS if batch.kind == PRODUCTS else ["show_new"]
        if batch.kind == ORDERS:
            self.fields["make_firms"].label = _("Make the customers who are not here yet")
        needless += ["part"] if len(batch.parts) < 2 else []
        if batch.format != TEXT:
            needless += ["encoding", "delimiter"]
        if batch.format not in (TEXT, *WITH_HEADERS):
            needless.append("has_header")
        for name in needless:
            del self.fields[name]
        if "part" in self.fields:
            sheets = [(name, f"{name} ({rows})") for name, rows in batch.parts]
            self.fields["part"].choices = sheets  # type: ignore[attr-defined]

    def recognising(self) -> list[forms.BoundField]:
        """What becomes of the rows: by what they are recognised, and what is done."""
        names = ("mode", *KEY_FIELDS, "conflict", "make_firms", "show_new")
        return [self[name] for name in names if name in self.fields]

    @property
    def keys(self) -> list[str]:
        """The chosen keys, in their order."""
        return [self.cleaned_data[name] for name in KEY_FIELDS if self.cleaned_data.get(name)]

    def reading(self) -> list[forms.BoundField]:
        """How the file is read."""
        names = ("part", "kind", "encoding", "delimiter", "has_header")
        return [self[name] for name in names if name in self.fields]

    def belonging(self) -> list[forms.BoundField]:
        """What new parties are to us."""
        return [self[name] for name in OF_CUSTOMERS if name in self.fields]

    @property
    def defaults(self) -> Defaults:
        """What new parties are to us, as chosen."""
        return Defaults(*(self.cleaned_data.get(name) for name in OF_CUSTOMERS))


def meanings(principal: Principal, kind: str) -> Choices:
    """What a column can mean, for a select with groups."""
    hidden = principal.hidden("party")
    if kind in THINGS:
        told = [(code, field.label) for code, field in fields_of(kind).items() if field.masked_by not in hidden - {""}]
        return [("", _("Leave in the stored row")), (dict(KINDS)[kind], told)]
    own = {part.code for part in ADDRESS_PARTS} | {field.code for field in BELONGING}
    plain = [
        (field.code, field.label)
        for field in fields_of(kind).values()
        if "." not in field.code
        and field.code not in {*own, IDENTITY, OWN_CODE}
        and field.masked_by not in hidden - {""}
    ]
    places: Choices = [(part.code, part.label) for part in ADDRESS_PARTS]
    others: Choices = [
        (f"{use}.{part.code}", f"{part.label} ({label})")
        for use, label in USES.items()
        if use != "main"
        for part in ADDRESS_PARTS
    ]
    return [
        ("", _("Leave in the stored row")),
        (_("Who and how to reach them"), plain),
        (_("Address"), places),
        (_("Other addresses"), others),
        (_("What new ones are to us"), [(field.code, field.label) for field in BELONGING]),
        (_("Codes"), [(code, fields_of(kind)[code].label) for code in (IDENTITY, OWN_CODE)]),
        *_own_meanings(principal),
    ]


def _own_meanings(principal: Principal) -> Choices:
    """The firm's own fields, and for who may make them a new one."""
    found: Choices = [(field.name, field.label) for field in own_fields(ENTITY)]
    if principal.may("settings", "edit"):
        found.append((NEW, _("Make a field of this column")))
    return [(_("Your own fields"), found)] if found else []


def ways_of(column: Column, *, names_countries: bool) -> Choices:
    """How the cells of a column can be read where that is not the same everywhere; nothing for most columns.

    Where places are is asked only of a file that does not say it itself.
    """
    kind = column.format.partition(" ")[0]
    part = column.field.rpartition(".")[2]
    if column.field == "birth_date" or kind == "date":
        return [("dmy", _("day/month/year")), ("mdy", _("month/day/year"))]
    if kind in ("number", "money"):
        return [("comma", "1.234,56"), ("point", "1,234.56")]
    if part in ("postal_code", "province") and not names_countries:
        return [("italy", _("in Italy")), ("abroad", _("not in Italy"))]
    return []


def way_of(column: Column, ways: Choices) -> str:
    """The way in which they are read now."""
    codes = [code for code, _label in ways]
    return next((code for code in codes if code in column.format.split()), codes[0] if codes else "")


def shown_mapping(principal: Principal, batch: ImportBatch) -> tuple[Column, ...]:
    """The columns with the meanings that this principal may choose."""
    return usable_columns(principal, from_json(batch.mapping), batch.kind)
