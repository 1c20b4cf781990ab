"""What a reader sees where a page cannot be: each says what to do next (domain.md, bad input)."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers

#: Fields of a refused form that are not given back: secrets, and what Django's forms carry for themselves.
_SECRET = ("password", "csrfmiddlewaretoken", "secret", "otp", "code")
_MACHINERY = ("_FORMS", "next")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400. Ours name what is wrong; for a bad host name or a broken upload not even the frame of a page can be made."""
    if isinstance(exception, BadRequest) and exception.args:
        return render(request, "400_named.html", {"explanation": str(exception)}, status=400)
    return HttpResponse(render_to_string("400.html"), status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403, with the sentence that the refusal came with."""
    return render(request, "403.html", {"explanation": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404. Nothing of it is kept, as it may stand for something not yet public."""
    response = render(request, "404.html", status=404)
    response["Cache-Control"] = "no-store"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500, without anything that may itself have failed."""
    return HttpResponse(render_to_string("500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 where a form came without its token: too late, or after signing in anew. What was typed is given back."""
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if not name.lower().endswith(_SECRET) and not name.endswith(_MACHINERY)
        for value in values
        if value.strip()
    ]
    response = render(request, "403_csrf.html", {"typed": typed}, status=403)
    add_never_cache_headers(response)
    return response
