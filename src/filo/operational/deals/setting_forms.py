"""What administrators type about pipelines, stages, reasons of losses, and rules of scoring and assignment."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from filo.foundation.accounts.models import User
from filo.foundation.accounts.queries import active_people
from filo.foundation.organisation.models import Area, Channel, ProductLine, SellingCompany, Unit
from filo.foundation.web.forms import FiloForm
from filo.operational.deals.models import Pipeline, PipelineStage
from filo.operational.deals.models.assigning import WAYS as GIVING
from filo.operational.deals.models.scoring import WAYS as SCORING
from filo.operational.deals.requirements import REQUIRABLE
from filo.operational.deals.score import BEHAVIOURS, FIT_FIELDS, OPERATORS


class _Named(FiloForm):
    """In both languages."""

    name_it = forms.CharField(label=_("Italian name"), max_length=80)
    name_en = forms.CharField(label=_("English name"), max_length=80, required=False)


def _row(label: Any, **more: Any) -> forms.ModelChoiceField[Any]:
    model = more.pop("model")
    return forms.ModelChoiceField(label=label, queryset=model._default_manager.none(), required=False, **more)


def _fill(form: FiloForm, **rows: Any) -> None:
    for name, found in rows.items():
        form.fields[name].queryset = found  # type: ignore[attr-defined]


class PipelineForm(_Named):
    """A way of selling."""

    company = _row(_("Company"), model=SellingCompany, empty_label=_("all"))
    product_line = _row(_("Product line"), model=ProductLine, empty_label=_("all"))
    archived = forms.BooleanField(label=_("Not used for new deals any more"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _fill(self, company=SellingCompany.objects.all(), product_line=ProductLine.objects.all())


class StageForm(_Named):
    """A stage of a pipeline."""

    probability = forms.IntegerField(label=_("Probability, in %"), min_value=0, max_value=100, initial=50)
    stale_after = forms.IntegerField(
        label=_("Stands still after so many days"), min_value=0, max_value=999, initial=14, help_text=_("0: never.")
    )
    required = forms.MultipleChoiceField(
        label=_("What a deal must have to come here"),
        choices=list(REQUIRABLE.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    next_codes = forms.MultipleChoiceField(
        label=_("Where it may go from here"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: anywhere. It may always be lost."),
    )

    def __init__(self, pipeline: Pipeline, stage: PipelineStage | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [one for one in pipeline.stages.all() if one.kind != "lost" and (stage is None or one.pk != stage.pk)]
        self.fields["next_codes"].choices = [(one.code, one.name) for one in others]  # type: ignore[attr-defined]
        if stage is not None and not stage.is_open:
            for name in ("probability", "stale_after", "next_codes"):
                del self.fields[name]


class ReasonForm(_Named):
    """Why deals are lost."""

    active = forms.BooleanField(label=_("In use"), required=False, initial=True)


class ScoreRuleForm(_Named):
    """What gives points."""

    way = forms.ChoiceField(label=_("What is looked at"), choices=SCORING)
    pipeline = _row(_("Pipeline"), model=Pipeline, empty_label=_("all"))
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
        _fill(self, pipeline=Pipeline.objects.all())

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        known = FIT_FIELDS if found.get("way") == "fit" else BEHAVIOURS
        if "field" in found and found["field"] not in known:
            self.add_error("field", str(_("Choose one of those for what is looked at.")))
        return found


class AssignmentRuleForm(FiloForm):
    """Who gets deals that are like this; what is empty does not matter."""

    name = forms.CharField(label=_("Name"), max_length=120)
    pipeline = _row(_("Pipeline"), model=Pipeline, empty_label=_("any"))
    company = _row(_("Company"), model=SellingCompany, empty_label=_("any"))
    product_line = _row(_("Product line"), model=ProductLine, empty_label=_("any"))
    area = _row(_("Area"), model=Area, empty_label=_("any"))
    channel = _row(_("Channel"), model=Channel, empty_label=_("any"))
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
    unit = _row(_("Unit"), model=Unit, empty_label=_("that of the person"))
    active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _fill(
            self,
            pipeline=Pipeline.objects.all(),
            company=SellingCompany.objects.all(),
            product_line=ProductLine.objects.all(),
            area=Area.objects.all(),
            channel=Channel.objects.all(),
            people=active_people(),
            unit=Unit.objects.all(),
        )


class WouldGetForm(FiloForm):
    """A deal that does not exist, to see who would get it."""

    pipeline = _row(_("Pipeline"), model=Pipeline, empty_label=_("any"))
    company = _row(_("Company"), model=SellingCompany, empty_label=_("any"))
    product_line = _row(_("Product line"), model=ProductLine, empty_label=_("any"))
    area = _row(_("Area"), model=Area, empty_label=_("any"))
    channel = _row(_("Channel"), model=Channel, empty_label=_("any"))
    province = forms.CharField(label=_("Province"), max_length=60, required=False)
    postal_code = forms.CharField(label=_("Postal code"), max_length=10, required=False)
    language = forms.ChoiceField(
        label=_("Language of the customer"), choices=[("it", "Italiano"), ("en", "English")], required=False
    )
    score = forms.IntegerField(label=_("Points"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _fill(
            self,
            pipeline=Pipeline.objects.all(),
            company=SellingCompany.objects.all(),
            product_line=ProductLine.objects.all(),
            area=Area.objects.all(),
            channel=Channel.objects.all(),
        )
