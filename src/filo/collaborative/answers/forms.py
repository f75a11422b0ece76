"""What is right instead, and where the question leads from now on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from filo.collaborative.answers.models import AutoReply
from filo.collaborative.knowledge.models import Article
from filo.foundation.access.principal import Principal
from filo.foundation.web.forms import FiloForm


class CorrectionForm(FiloForm):
    """The text goes to the customer; the article learns the question."""

    text = forms.CharField(
        label=_("What is right"), widget=forms.Textarea(attrs={"rows": 8}), max_length=100_000, strip=True
    )
    article = forms.ModelChoiceField(
        label=_("The article that answers this question"),
        queryset=Article.objects.none(),
        required=False,
        empty_label=_("None: there is no such article yet"),
    )

    def __init__(self, principal: Principal, answer: AutoReply, data: Any = None) -> None:
        super().__init__(data)
        field = self.fields["article"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = Article.objects.visible_to(principal).filter(state="published")
