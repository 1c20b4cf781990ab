"""The public pages of the register of 2023, one address or more of each kind."""

from django.urls import get_resolver

PAGES = (
    "/",
    "/meetings/",
    "/meetings/?body=ai-strategy-team&year=2023",
    "/meetings/ai-strategy-council/",
    "/meetings/ai-strategy-team/",
    "/meetings/ai-strategy-council/1/",
    "/meetings/ai-strategy-team/7/",
    "/sources/ai-strategy-2023/",
    "/issues/",
    "/issues/?view=table",
    "/issues/?theme=2&status=open",
    "/issues/2/",
    "/issues/2-4/",
    "/summaries/",
    "/summaries/tentative-summary-2023-05-26/",
    "/summaries/tentative-summary-2023-05-26/editions/1/",
    "/policies/",
    "/policies/honebuto-2023/",
    "/policies/new-capitalism-2023/",
    "/policies/innovation-2023/",
    "/search/",
    "/search/?q=著作権",
    "/search/?q=生成AI&kind=statement",
    "/search/?q=見つからない言葉",
    "/about/",
    "/accessibility/",
    "/privacy/",
)

ERRORS = (("/issues/99/", 404), ("/meetings/?year=never", 400))


def kinds_of_page() -> set[str]:
    """The names of all public routes that answer with a page, as `app:name`."""
    names = set()
    for app in ("portal", "meetings", "issues", "summaries"):
        _, resolver = get_resolver().namespace_dict[app]
        names |= {f"{app}:{name}" for name in resolver.reverse_dict if isinstance(name, str)}
    return names
