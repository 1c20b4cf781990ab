"""What the admin asks about the texts of summaries and policy documents."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts.forms import RecordForm
from issues.models import Issue
from meetings.forms import OrderedFormSet
from summaries.models import Edition, Passage, Section, Sentence, Statement


class KeyedFormSet(OrderedFormSet):
    """Rows with permanent keys. A new row without one gets the next that was never used: s5-2-4 after s5-2-3."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "key" in form.fields:
            form.fields["key"].required = False
            form.fields["key"].disabled = not form.instance._state.adding
            form.fields["key"].help_text = _("空のままなら次の番号が付きます。保存した後は変えられません。")

    def clean(self) -> None:
        """Place and name the rows, then refuse what is there twice."""
        self.refuse_keys_in_use()
        self.name_with_next_key()
        super().clean()

    def prefix_of(self, row: Any) -> str:
        """What the key of a new row begins with."""
        raise NotImplementedError

    def used_keys(self) -> set[str]:
        """The keys that no new row may be given."""
        raise NotImplementedError

    def keys_in_use(self) -> set[str]:
        """The keys that nobody may write for a new row, as far as the form of a row does not ask for itself."""
        return set()

    def refuse_keys_in_use(self) -> None:
        """Refuse the keys that were written for new rows and belong to others."""
        named = [form for form in self.kept_forms() if form.instance._state.adding and form.instance.key]
        in_use = self.keys_in_use() if named else set()
        for form in named:
            if form.instance.key in in_use:
                form.add_error("key", _("この記録番号はもう使われています。空のままにすると次の番号が付きます。"))
            in_use.add(form.instance.key)

    def name_with_next_key(self) -> None:
        """Name the rows without a key in the order in which they were written."""
        kept = self.kept_forms()
        nameless = [form.instance for form in kept if not form.instance.key]
        used = self.used_keys() | {form.instance.key for form in kept} if nameless else set()
        for row in nameless:
            row.key = next_key(self.prefix_of(row), used)
            used.add(row.key)


def next_key(prefix: str, used: Iterable[str]) -> str:
    """`prefix` with the number after the highest that `used` has for it."""
    numbers = (re.fullmatch(rf"{re.escape(prefix)}(\d+)", key) for key in used)
    return f"{prefix}{max((int(number[1]) for number in numbers if number), default=0) + 1}"


class InEditionFormSet(KeyedFormSet):
    """Sections or statements. They share their keys, because both are anchors of one page."""

    def edition(self) -> Edition:
        """The edition that the rows belong to."""
        raise NotImplementedError

    def used_keys(self) -> set[str]:
        # Of all editions: an anchor means the same in each.
        return keys_in(edition__summary=self.edition().summary_id)

    def keys_in_use(self) -> set[str]:
        return keys_in(edition=self.edition().pk)


def keys_in(**where: int) -> set[str]:
    """The keys of the sections and statements there."""
    sections, statements = (model.objects.filter(**where).values_list("key") for model in (Section, Statement))
    return {key for (key,) in sections.order_by().union(statements.order_by())}


class SectionFormSet(InEditionFormSet):
    """The sections of an edition."""

    counted_within = ("parent_id",)

    def edition(self) -> Edition:
        return self.instance

    def prefix_of(self, row: Section) -> str:
        return f"{row.parent.key}-" if row.parent else "s"

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        self.offer(form, "parent", self.instance.sections.filter(parent=None).order_by("order"))


class SectionForm(RecordForm):
    """One section on a page of its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "parent" in self.fields:
            tops = Section.objects.filter(edition=self.instance.edition_id, parent=None).order_by("order")
            self.fields["parent"].queryset = tops.exclude(pk=self.instance.pk)


class StatementForm(RecordForm):
    """A statement and the issues that it answers."""

    answers = forms.ModelMultipleChoiceField(
        label=_("答える論点"),
        queryset=Issue.objects.none(),
        required=False,
        widget=AutocompleteSelectMultiple(Statement._meta.get_field("issues"), admin.site),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answers"].queryset = Issue.objects.select_related("parent")
        if self.instance.pk:
            self.initial["answers"] = [issue.pk for issue in self.instance.issues.all()]
            self.offer_within(self.instance.section)

    def offer_within(self, section: Section) -> None:
        """On a page of its own: the sections of its edition, and the statements of its section to stand below."""
        if "section" in self.fields:
            sections = Section.objects.filter(edition=section.edition_id)
            self.fields["section"].queryset = sections.order_by(F("parent__order").asc(nulls_first=True), "order")
        if "parent" in self.fields:
            tops = section.statements.filter(parent=None).exclude(pk=self.instance.pk)
            self.fields["parent"].queryset = tops.order_by("order")

    def clean(self) -> dict[str, Any]:
        """A statement and those below it stand in one section."""
        cleaned = super().clean() or self.cleaned_data
        parent, section = cleaned.get("parent"), cleaned.get("section", self.instance.section)
        if parent and (parent == self.instance or parent.section != section):
            self.add_error("parent", _("同じ節の別の文を選んでください。"))
        if "section" in self.changed_data and self.instance.children.exists():
            self.add_error("section", _("下に文があるので、節を移せません。先にその「上の文」を空にしてください。"))
        return cleaned

    def _save_m2m(self) -> None:
        super()._save_m2m()
        self.instance.issues.set(self.cleaned_data["answers"])


class StatementFormSet(InEditionFormSet):
    """The statements of a section."""

    def edition(self) -> Edition:
        return self.instance.edition

    def prefix_of(self, row: Statement) -> str:
        return f"{self.instance.key}-"

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.instance.edition_id = self.instance.edition_id
        if self.instance.pk:
            self.offer(form, "parent", self.instance.statements.filter(parent=None).order_by("order"))


class PassageFormSet(KeyedFormSet):
    """The passages of a policy document."""

    def prefix_of(self, row: Passage) -> str:
        return f"{self.instance.slug}-p"

    def used_keys(self) -> set[str]:
        return set(Passage.objects.filter(key__startswith=f"{self.instance.slug}-p").values_list("key", flat=True))


class SentenceFormSet(KeyedFormSet):
    """The sentences of a passage."""

    def prefix_of(self, row: Sentence) -> str:
        return f"{self.instance.key}-s-"

    def used_keys(self) -> set[str]:
        return set(Sentence.objects.filter(key__startswith=f"{self.instance.key}-s-").values_list("key", flat=True))
