"""What happened to summaries, for pages and feeds that join the moves of all apps."""

from django.utils.translation import gettext as _

from accounts.permissions import Visitor
from meetings.content import Localised, in_readers_language
from meetings.timeline import PublicEvent
from summaries.models import Edition
from summaries.statuses import PUBLIC_EDITIONS


def public_events(user: Visitor, limit: int) -> list[PublicEvent]:
    """The last `limit` publications of editions, latest first; also of those that were withdrawn later."""
    editions = (
        Edition.objects.visible_to(user)
        .filter(status__in=PUBLIC_EDITIONS)
        .select_related("summary")
        .order_by("-published_on", "-pk")[:limit]
    )
    return [
        PublicEvent(
            edition.published_on,
            _("論点整理を公表"),
            edition_name(edition.summary.title, edition.summary.title_en, edition.number),
            edition.get_absolute_url(),
        )
        for edition in editions
        if edition.published_on  # a constraint of the database says that it is there
    ]


def edition_name(title: str, title_en: str, number: int) -> Localised:
    """「AIに関する暫定的な論点整理 第1版」, in the language of the page as far as the title is."""
    english = _("%(summary)s 第%(number)s版") % {"summary": title_en, "number": number} if title_en else ""
    return in_readers_language(f"{title} 第{number}版", english)
