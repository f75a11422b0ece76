"""What is typed about a page and its blocks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from filo.collaborative.pages.blocks import AUDIENCES, HOLDS, LONGEST
from filo.foundation.web.forms import FiloForm
from filo.operational.catalogue.models import Product
from filo.operational.profile.queries import kinds_in_use

MARKS = _("**bold**, - for a list, ## for a title, [words](address) for a link.")
ASKED = _(
    "One question a line. * at the end: it has to be answered. … at the end: room for a long answer. Answers to choose "
    "from behind a colon: Size: S, M, L. With no question it is a button that leads to the page of requests."
)


class PageForm(FiloForm):
    """Its address, its names, its days."""

    slug = forms.SlugField(
        label=_("Address"),
        max_length=60,
        help_text=_("/p/pages/… A page called portal-home or shop-home stands on that home."),
    )
    title_it = forms.CharField(label=_("Title in Italian"), max_length=120)
    title_en = forms.CharField(label=_("Title in English"), max_length=120, required=False)
    from_day = forms.DateField(label=_("Shown from"), required=False)
    until_day = forms.DateField(label=_("Shown until"), required=False)


class BlockForm(FiloForm):
    """One block; a kind has only the fields that it holds."""

    it = forms.CharField(label=_("In Italian"), max_length=LONGEST, widget=forms.Textarea({"rows": 6}), help_text=MARKS)
    en = forms.CharField(
        label=_("In English"), max_length=LONGEST, required=False, widget=forms.Textarea({"rows": 6}), help_text=MARKS
    )
    upload = forms.FileField(label=_("Picture"), required=False)
    ask_it = forms.CharField(
        label=_("Questions in Italian"),
        max_length=4_000,
        required=False,
        widget=forms.Textarea({"rows": 6}),
        help_text=ASKED,
    )
    ask_en = forms.CharField(
        label=_("Questions in English"), max_length=4_000, required=False, widget=forms.Textarea({"rows": 6})
    )
    category = forms.ChoiceField(label=_("Category"), required=False)
    most = forms.IntegerField(label=_("How many"), required=False, min_value=1, max_value=24, initial=6)
    audience = forms.ChoiceField(label=_("Who sees it"), choices=AUDIENCES, required=False)
    trait = forms.ChoiceField(label=_("Of whom we know"), required=False)
    value = forms.CharField(label=_("that it is"), max_length=200, required=False)

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = {*HOLDS[kind], *(("upload",) if kind == "picture" else ())}
        if "category" in held:
            named = Product.objects.exclude(category="").values_list("category", flat=True)
            choices = [("", "–"), *((name, name) for name in named.distinct().order_by("category"))]
            self.fields["category"].choices = choices  # type: ignore[attr-defined]
        if "trait" in held:
            self.fields["trait"].choices = [("", "–"), *((k.code, str(k)) for k in kinds_in_use())]  # type: ignore[attr-defined]
        if kind == "picture":
            for name in ("it", "en"):
                self.fields[name].widget = forms.TextInput()
                self.fields[name].help_text = _("What can be seen on it, for whoever does not see it.")
        for name in set(self.fields) - held:
            del self.fields[name]
