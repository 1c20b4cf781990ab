"""The sitemap."""

from xml.etree import ElementTree as ET

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from issues.models import Issue
from issues.statuses import IssueStatus
from meetings.models import Meeting
from summaries.statuses import EditionStatus, PolicyStatus
from tests.factories import (
    EditionFactory,
    IssueFactory,
    MeetingFactory,
    PolicyDocumentFactory,
    QuestionFactory,
)
from tests.records.register import OURS

pytestmark = pytest.mark.django_db

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def listed(client: Client) -> dict[str, dict[str, str]]:
    """Each address in the sitemap with its forms in each language, without the host."""
    response = client.get("/sitemap.xml")
    assert response.status_code == 200
    # The document is our own.
    return {
        path(url.findtext(f"{SITEMAP}loc")): {
            link.attrib["hreflang"]: path(link.attrib["href"]) for link in url.iter(f"{XHTML}link")
        }
        for url in ET.fromstring(response.content)  # noqa: S314
    }


def path(address: str | None) -> str:
    assert address is not None
    return address.removeprefix("http://testserver")


def test_every_page_of_the_real_records_is_listed_once_a_language_and_answers(client: Client) -> None:
    call_command("import_records", OURS, verbosity=0)
    addresses = listed(client)
    japanese = {address for address in addresses if not address.startswith("/en/")}
    assert {address for address in addresses if address.startswith("/en/")} == {f"/en{one}" for one in japanese}
    # 8 pages of the site, 2 bodies, 9 meetings, 13 issues, 1 summary, 3 policy documents, 1 source
    assert len(japanese) == 37
    for address in addresses:
        assert client.get(address).status_code == 200, address


def test_each_address_names_itself_and_its_twin(client: Client) -> None:
    for address, languages in listed(client).items():
        bare = address.removeprefix("/en")
        assert languages == {"ja": bare, "en": f"/en{bare}"}


def test_nothing_hidden_is_listed(client: Client) -> None:
    before = listed(client).keys()
    for status in (IssueStatus.DRAFT, IssueStatus.WITHDRAWN):
        QuestionFactory(parent=IssueFactory(status=status))
    EditionFactory(status=EditionStatus.DRAFT)
    for policy_status in (PolicyStatus.DRAFT, PolicyStatus.WITHDRAWN):
        PolicyDocumentFactory(status=policy_status)
    body = EditionFactory._meta.model.objects.get().summary.body
    new = listed(client).keys() - before
    assert new == {body.get_absolute_url(), f"/en{body.get_absolute_url()}"}


def test_of_an_edition_only_what_is_not_at_its_summary_s_address_is_listed(client: Client) -> None:
    old = EditionFactory(summary__slug="s", status=EditionStatus.SUPERSEDED)
    EditionFactory(summary=old.summary)
    assert {address for address in listed(client) if "/summaries/s/" in address} == {
        "/summaries/s/",
        "/en/summaries/s/",
        "/summaries/s/editions/1/",
        "/en/summaries/s/editions/1/",
    }


@pytest.mark.parametrize("number", [1, 3, 1_000])
def test_the_sitemap_is_seven_queries_whatever_its_length(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    meeting, theme = MeetingFactory(), IssueFactory()
    Meeting.objects.bulk_create(MeetingFactory.build_batch(number, body=meeting.body))
    Issue.objects.bulk_create(QuestionFactory.build_batch(number, parent=theme))
    with django_assert_num_queries(7):
        response = client.get("/sitemap.xml")
    assert response.content.decode().count("<loc>") == 2 * (8 + 1 + 1 + number + 1 + number)
