"""What a reader sees where a page cannot be, and what machines are told."""

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.views.decorators.csrf import csrf_protect
from pytest_django import Settings

from config import urls
from portal import errors
from tests import factories
from tests.pages import all_words, page

pytestmark = pytest.mark.django_db


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("この操作は、あなたの役割ではできません。")


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("とても内密な事情")


@csrf_protect
def form(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


#: The site's addresses, and some that fail.
urlpatterns = [
    path("forbidden/", forbidden),
    path("broken/", broken),
    path("form/", form),
    *urls.urlpatterns,
]
handler400, handler403 = errors.bad_request, errors.permission_denied
handler404, handler500 = errors.not_found, errors.server_error


@pytest.fixture
def failing(settings: Settings) -> Client:
    """A client of a site with pages that fail, which answers as in production."""
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


@pytest.mark.parametrize(("prefix", "title"), [("", "ページが見つかりません"), ("/en", "Page not found")])
def test_what_is_not_there_is_said_in_the_language_of_the_address(client: Client, prefix: str, title: str) -> None:
    response = client.get(f"{prefix}/nothing-here/")
    assert (response.status_code, all_words(response, "//h1")) == (404, [title])
    assert response.headers["Cache-Control"] == "no-store"
    assert page(response).xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_refusal_tells_why(failing: Client) -> None:
    response = failing.get("/forbidden/")
    assert response.status_code == 403
    assert "この操作は、あなたの役割ではできません。" in all_words(response, "//main//p")


def test_our_own_failure_is_said_in_both_languages_and_gives_nothing_away(failing: Client) -> None:
    response = failing.get("/broken/")
    assert response.status_code == 500
    assert len(all_words(response, "//h1 | //h2[@lang='en'] | //*[@lang='en']//h2")) == 2
    assert "内密" not in response.content.decode()


def test_failure_of_the_database_still_gets_its_page(failing: Client) -> None:
    def down(*args: object) -> None:
        raise RuntimeError("no database")

    with connection.execute_wrapper(down):
        assert failing.get("/issues/").status_code == 500


def test_forged_host_is_refused_without_being_repeated(client: Client) -> None:
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert b"evil.example" not in response.content


def test_wrong_filter_names_itself_and_leads_back_to_the_list(client: Client) -> None:
    response = client.get("/en/issues/?colour=red")
    assert response.status_code == 400
    assert all_words(response, "//main//p") == ["This list has no filter called “colour”."]
    assert page(response).xpath("//main//li/a/@href") == ["/en/issues/", "/en/"]


def test_form_without_its_token_gives_back_what_was_typed(failing: Client) -> None:
    typed = {
        "opinion": "透明性が大切です。\n<b>以上</b>",
        "reason": ["一つ", "二つ"],
        "password": "Kasumigaseki-3-1-1",
        "email_code": "123456",
        "agenda-TOTAL_FORMS": "3",
        "empty": "  ",
    }
    response = failing.post("/form/", typed)
    assert response.status_code == 403
    fields = page(response).xpath("//textarea")
    labels = [page(response).xpath(f"//label[@for='{field.get('id')}']")[0].text for field in fields]
    assert list(zip(labels, [field.text.lstrip("\n") for field in fields], strict=True)) == [
        ("opinion", "透明性が大切です。\n<b>以上</b>"),
        ("reason", "一つ"),
        ("reason", "二つ"),
    ]
    assert "no-store" in response.headers["Cache-Control"]


def test_late_sign_in_gets_its_page_and_no_password_back(failing: Client) -> None:
    response = failing.post("/admin/login/", {"username": "a@example.go.jp", "password": "Kasumigaseki-3-1-1"})
    assert response.status_code == 403
    assert "Kasumigaseki" not in response.content.decode()


def test_machines_are_told_that_the_site_lives(client: Client) -> None:
    for address in ("/healthz", "/readyz"):
        response = client.get(address)
        assert (response.status_code, response.content) == (200, b"ok\n")
        assert "no-store" in response.headers["Cache-Control"]


def test_site_without_its_database_lives_but_is_not_ready(client: Client) -> None:
    def down(*args: object) -> None:
        raise OperationalError("no database")

    with connection.execute_wrapper(down):
        assert client.get("/healthz").status_code == 200
        assert client.get("/readyz").status_code == 503


def test_robots_may_read_all_but_the_admin(client: Client) -> None:
    assert client.get("/robots.txt").content.decode() == (
        "User-agent: *\nDisallow: /admin/\nDisallow: /en/admin/\nSitemap: http://testserver/sitemap.xml\n"
    )


def test_favicon_is_where_browsers_look(client: Client) -> None:
    response = client.get("/favicon.ico")
    assert (response.status_code, response.headers["Location"]) == (302, f"{settings.STATIC_URL}img/favicon.ico")


def test_every_page_carries_the_strict_policy(client: Client) -> None:
    factories.MeetingFactory(number=1)
    for address in ("/", "/meetings/council-1/1/", "/nothing/", "/issues/?colour=red"):
        policy = client.get(address).headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert (
            page(client.get(address)).xpath(
                "//@style | //style | //script[not(@type='application/ld+json')][not(@src)]"
            )
            == []
        )
