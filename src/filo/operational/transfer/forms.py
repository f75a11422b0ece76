"""What people choose about an import."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.web.forms import FiloForm
from filo.operational.parties.forms import RelationshipForm
from filo.operational.transfer.mapping import ADDRESS_PARTS, IDENTITY, USES, Column, fields_of, from_json
from filo.operational.transfer.models import KINDS, MODES, ImportBatch, ImportMapping
from filo.operational.transfer.planning import usable_columns
from filo.operational.transfer.recognising import DELIMITERS, ENCODINGS
from filo.operational.transfer.services.belonging import Defaults

MEGABYTE = 1024 * 1024
LARGEST_UPLOAD = 25 * MEGABYTE
Choices = list[tuple[Any, Any]]


class FileForm(FiloForm):
    """A file, and what its rows are."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("CSV or TSV, as any spreadsheet saves it, up to 25 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
    )
    kind = forms.ChoiceField(
        label=_("The rows are"), choices=[("", _("To be seen from the file")), *KINDS], required=False
    )
    mapping = forms.ChoiceField(label=_("Mapping of columns"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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
    encoding = forms.ChoiceField(label=_("Letters are written in"), choices=list(ENCODINGS.items()))
    delimiter = forms.ChoiceField(label=_("Columns are parted by"), choices=list(DELIMITERS.items()))
    has_header = forms.BooleanField(label=_("The first row holds the names of the columns"), required=False)
    mapping_name = forms.CharField(
        label=_("Keep this mapping as"),
        max_length=80,
        required=False,
        help_text=_("Under a name it is there again for the next file of the same source."),
    )

    def __init__(self, principal: Principal, batch: ImportBatch, *args: Any, **kwargs: Any) -> None:
        names = ("kind", "mode", "encoding", "delimiter", "has_header")
        own = ("company", "product_line", "area", "channel", "owner")
        kwargs["initial"] = {name: getattr(batch, name) for name in names}
        kwargs["initial"] |= {name: getattr(batch, f"{name}_id") for name in own}
        super().__init__(principal, *args, **kwargs)
        self.fields["delimiter"].strip = False  # type: ignore[attr-defined]

    def reading(self) -> list[forms.BoundField]:
        """How the file is read."""
        return [self[name] for name in ("kind", "mode", "encoding", "delimiter", "has_header")]

    def belonging(self) -> list[forms.BoundField]:
        """What new parties are to us."""
        return [self[name] for name in ("company", "product_line", "area", "channel", "owner")]

    @property
    def defaults(self) -> Defaults:
        """What new parties are to us, as chosen."""
        found = self.cleaned_data
        return Defaults(found["company"], found["product_line"], found["area"], found["channel"], found["owner"])


def meanings(principal: Principal, kind: str) -> Choices:
    """What a column can mean, for a select with groups."""
    hidden = principal.hidden("party")
    own = {part.code for part in ADDRESS_PARTS}
    plain = [
        (field.code, field.label)
        for field in fields_of(kind).values()
        if "." not in field.code and field.code not in {*own, IDENTITY} and field.masked_by not in hidden - {""}
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
        (_("Codes"), [(IDENTITY, fields_of(kind)[IDENTITY].label)]),
    ]


def shown_mapping(principal: Principal, batch: ImportBatch) -> tuple[Column, ...]:
    """The columns with the meanings that this principal may choose."""
    return usable_columns(principal, from_json(batch.mapping), batch.kind)
