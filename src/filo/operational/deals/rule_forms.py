"""What administrators type about rules of scoring and of assignment."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from filo.foundation.accounts.models import User
from filo.foundation.accounts.queries import active_people
from filo.foundation.amounts import read_number
from filo.foundation.organisation.models import Area, Channel, ProductLine, SellingCompany, Unit
from filo.foundation.web.forms import FiloForm
from filo.operational.deals.models import Pipeline
from filo.operational.deals.models.assigning import GIVES
from filo.operational.deals.models.assigning import WAYS as GIVING
from filo.operational.deals.models.scoring import WAYS as SCORING
from filo.operational.deals.score import BEHAVIOURS, COMPARING, FIT_FIELDS, OPERATORS
from filo.operational.deals.setting_forms import Named, fill, row_field


class ScoreRuleForm(Named):
    """What gives points."""

    way = forms.ChoiceField(label=_("What is looked at"), choices=SCORING)
    pipeline = row_field(_("Pipeline"), model=Pipeline, empty_label=_("all"))
    field = forms.ChoiceField(
        label=_("Of what"),
        choices=[(_("What it is"), list(FIT_FIELDS.items())), (_("What happens"), list(BEHAVIOURS.items()))],
    )
    operator = forms.ChoiceField(label=_("How it is"), choices=list(OPERATORS.items()), initial="is")
    value = forms.CharField(label=_("Compared with"), max_length=200, required=False)
    points = forms.IntegerField(label=_("Points"), min_value=-100, max_value=100)
    within_days = forms.IntegerField(
        label=_("Of the last days"), min_value=1, max_value=999, initial=90, help_text=_("For what happens.")
    )
    half_life = forms.IntegerField(label=_("Counts half after so many days"), min_value=1, max_value=999, initial=30)
    most = forms.IntegerField(label=_("At most so many points"), min_value=1, max_value=100, initial=30)
    active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill(self, pipeline=Pipeline.objects.all())

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        known = FIT_FIELDS if found.get("way") == "fit" else BEHAVIOURS
        if "field" in found and found["field"] not in known:
            self.add_error("field", str(_("Choose one of those for what is looked at.")))
        return found

    def clean_value(self) -> str:
        """A number to compare with as it is kept, however it was typed: 10.000 is ten thousand to an Italian."""
        text: str = self.cleaned_data["value"]
        if self.cleaned_data.get("operator") not in COMPARING:
            return text
        try:
            return f"{read_number(text):f}"
        except ValueError:
            raise forms.ValidationError(_("Write a number.")) from None


class AssignmentRuleForm(FiloForm):
    """Who gets what is like this; what is empty does not matter."""

    name = forms.CharField(label=_("Name"), max_length=120)
    gives = forms.ChoiceField(label=_("What it gives"), choices=GIVES, initial="deals", required=False)
    pipeline = row_field(_("Pipeline"), model=Pipeline, empty_label=_("any"))
    company = row_field(_("Company"), model=SellingCompany, empty_label=_("any"))
    product_line = row_field(_("Product line"), model=ProductLine, empty_label=_("any"))
    area = row_field(_("Area"), model=Area, empty_label=_("any"))
    channel = row_field(_("Channel"), model=Channel, empty_label=_("any"))
    provinces = forms.CharField(
        label=_("Provinces, or beginnings of postal codes"), max_length=300, required=False, help_text="MI MB 201"
    )
    language = forms.ChoiceField(
        label=_("Language of the customer"),
        choices=[("", _("any")), ("it", "Italiano"), ("en", "English")],
        required=False,
    )
    min_score = forms.IntegerField(label=_("At least so many points"), min_value=-100, max_value=100, required=False)
    people = forms.ModelMultipleChoiceField(label=_("Who gets them"), queryset=User.objects.none(), required=False)
    way = forms.ChoiceField(label=_("How they are shared out"), choices=GIVING)
    unit = row_field(_("Unit"), model=Unit, empty_label=_("that of the person"))
    active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill(
            self,
            pipeline=Pipeline.objects.all(),
            company=SellingCompany.objects.all(),
            product_line=ProductLine.objects.all(),
            area=Area.objects.all(),
            channel=Channel.objects.all(),
            people=active_people(),
            unit=Unit.objects.all(),
        )

    def clean_gives(self) -> str:
        """Deals, where nothing is said."""
        return self.cleaned_data["gives"] or "deals"


class WouldGetForm(FiloForm):
    """A deal that does not exist, to see who would get it."""

    pipeline = row_field(_("Pipeline"), model=Pipeline, empty_label=_("any"))
    company = row_field(_("Company"), model=SellingCompany, empty_label=_("any"))
    product_line = row_field(_("Product line"), model=ProductLine, empty_label=_("any"))
    area = row_field(_("Area"), model=Area, empty_label=_("any"))
    channel = row_field(_("Channel"), model=Channel, empty_label=_("any"))
    province = forms.CharField(label=_("Province"), max_length=60, required=False)
    postal_code = forms.CharField(label=_("Postal code"), max_length=10, required=False)
    language = forms.ChoiceField(
        label=_("Language of the customer"), choices=[("it", "Italiano"), ("en", "English")], required=False
    )
    score = forms.IntegerField(label=_("Points"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill(
            self,
            pipeline=Pipeline.objects.all(),
            company=SellingCompany.objects.all(),
            product_line=ProductLine.objects.all(),
            area=Area.objects.all(),
            channel=Channel.objects.all(),
        )
