"""The admin as a person uses it: open a page, change some fields, press a button."""

from collections.abc import Mapping, Sequence
from typing import Any

import lxml.html
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from accounts.models import User


def signed_in(user: User) -> Client:
    """A browser in which `user` has signed in."""
    client = Client()
    client.force_login(user)
    return client


def admin_url(model: type[Model] | Model, page: str, *args: Any) -> str:
    """The address of a page of the admin: list, add, change, delete, history, deleted, status …"""
    name = "changelist" if page == "list" else page
    if isinstance(model, Model):
        args = (model.pk, *args)
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def autocomplete_url(model: type[Model], field: str, term: str = "") -> str:
    """The address that a field asks for its choices."""
    query = f"app_label={model._meta.app_label}&model_name={model._meta.model_name}&field_name={field}&term={term}"
    return f"{reverse('admin:autocomplete')}?{query}"


def fields_of(response: Any) -> dict[str, Any]:
    """What the page's own form would send if nobody touched it."""
    page = lxml.html.fromstring(response.content.decode())
    (form,) = [form for form in page.forms if form.get("id", "").endswith("_form") and form.get("method") == "post"]
    sent: dict[str, Any] = {}
    for name, value in form.form_values():
        if name == "_selected_action":
            continue
        sent[name] = (
            [*sent[name], value] if isinstance(sent.get(name), list) else [sent[name], value] if name in sent else value
        )
    return sent


def save(client: Client, url: str, changes: Mapping[str, Any]) -> Any:
    """Open the form at `url`, change these fields and save."""
    page = client.get(url)
    assert page.status_code == 200, page.status_code
    return client.post(url, {**fields_of(page), **changes})


def new_row(client: Client, url: str, prefix: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of one more row among the rows called `prefix`, as the button below them adds it."""
    return new_rows(fields_of(client.get(url)), prefix, [values])


def new_rows(fields: Mapping[str, Any], prefix: str, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The same for several rows beside those in `fields`."""
    total = int(fields[f"{prefix}-TOTAL_FORMS"])
    sent: dict[str, Any] = {f"{prefix}-TOTAL_FORMS": str(total + len(rows))}
    for number, values in enumerate(rows, total):
        blank = {
            name.replace("__prefix__", str(number)): value
            for name, value in fields.items()
            if name.startswith(f"{prefix}-__prefix__-")
        }
        sent |= {**blank, **{f"{prefix}-{number}-{name}": value for name, value in values.items()}}
    return sent


def errors_of(response: Any) -> list[str]:
    """Every complaint on the page, in order; none if what was sent is saved."""
    if response.status_code == 302:
        return []
    page = lxml.html.fromstring(response.content.decode())
    return [item.text_content().strip() for item in page.xpath('//ul[contains(@class, "errorlist")]/li')]


def text_of(response: Any) -> str:
    """What a reader sees of the page's main part, white space aside."""
    page = lxml.html.fromstring(response.content.decode())
    (main,) = page.xpath('//*[@id="content"]')
    return " ".join(main.text_content().split())


def registered() -> list[type[Model]]:
    """Every kind of record that has pages in the admin."""
    return list(admin.site._registry)
