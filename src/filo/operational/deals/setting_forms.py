"""What administrators type about pipelines, stages and reasons of losses."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from filo.foundation.organisation.models import ProductLine, SellingCompany
from filo.foundation.web.forms import FiloForm
from filo.operational.deals.models import Pipeline, PipelineStage
from filo.operational.deals.requirements import REQUIRABLE


class Named(FiloForm):
    """In both languages."""

    name_it = forms.CharField(label=_("Italian name"), max_length=80)
    name_en = forms.CharField(label=_("English name"), max_length=80, required=False)


def row_field(label: Any, **more: Any) -> forms.ModelChoiceField[Any]:
    """One of the rows of a model, to be filled in with `fill`."""
    model = more.pop("model")
    return forms.ModelChoiceField(label=label, queryset=model._default_manager.none(), required=False, **more)


def fill(form: FiloForm, **rows: Any) -> None:
    """Say which rows fields choose from."""
    for name, found in rows.items():
        form.fields[name].queryset = found  # type: ignore[attr-defined]


class PipelineForm(Named):
    """A way of selling."""

    company = row_field(_("Company"), model=SellingCompany, empty_label=_("all"))
    product_line = row_field(_("Product line"), model=ProductLine, empty_label=_("all"))
    archived = forms.BooleanField(label=_("Not used for new deals any more"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill(self, company=SellingCompany.objects.all(), product_line=ProductLine.objects.all())


class StageForm(Named):
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


class ReasonForm(Named):
    """Why deals are lost."""

    active = forms.BooleanField(label=_("In use"), required=False, initial=True)
