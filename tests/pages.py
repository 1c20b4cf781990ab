"""Reading a page as its reader does: elements by XPath, words without the white space of the source."""

import json
from typing import Any

from django.http import HttpResponseBase
from lxml import html


def page(response: HttpResponseBase) -> html.HtmlElement:
    """The page that was answered."""
    return html.document_fromstring(getattr(response, "content", b""))


def words(element: html.HtmlElement) -> str:
    """What is to be read in an element."""
    return " ".join(element.text_content().split())


def all_words(response: HttpResponseBase, path: str) -> list[str]:
    """What is to be read in each element at an XPath, in order."""
    return [words(element) for element in page(response).xpath(path)]


def links(response: HttpResponseBase, path: str = "//main") -> list[str]:
    """Where the links within the elements at an XPath lead, in order."""
    return [str(address) for address in page(response).xpath(f"({path})//a/@href")]


def linked_data(response: HttpResponseBase) -> dict[str, Any]:
    """The schema.org data of the page."""
    (script,) = page(response).xpath('//script[@type="application/ld+json"]')
    data: dict[str, Any] = json.loads(script.text)
    return data
