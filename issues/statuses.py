"""What may happen next to an issue, and what each state means to a reader."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class IssueStatus(TextChoices):
    """States of an issue (domain.md, table of states)."""

    DRAFT = "draft", _("下書き")
    OPEN = "open", _("提起")
    DISCUSSING = "discussing", _("議論中")
    SUMMARISED = "summarised", _("整理済み")
    REFLECTED = "reflected", _("政府方針に反映")
    CLOSED = "closed", _("終了")
    CARRIED_OVER = "carried_over", _("継続検討")
    WITHDRAWN = "withdrawn", _("取り下げ")

    @property
    def next(self) -> tuple["IssueStatus", ...]:
        """The states that an issue in this one may move to."""
        return _MOVES[self]

    @property
    def meaning(self) -> str | Promise:
        """One sentence for a reader who meets the state for the first time."""
        return _MEANINGS[self]

    @property
    def is_public(self) -> bool:
        """Whether everybody may read an issue in this state. A withdrawn one only explains itself (410)."""
        return self not in (IssueStatus.DRAFT, IssueStatus.WITHDRAWN)


_MOVES = {
    IssueStatus.DRAFT: (IssueStatus.OPEN,),
    IssueStatus.OPEN: (
        IssueStatus.DISCUSSING,
        IssueStatus.CARRIED_OVER,
        IssueStatus.WITHDRAWN,
    ),
    IssueStatus.DISCUSSING: (
        IssueStatus.SUMMARISED,
        IssueStatus.CARRIED_OVER,
        IssueStatus.WITHDRAWN,
    ),
    IssueStatus.SUMMARISED: (
        IssueStatus.REFLECTED,
        IssueStatus.CARRIED_OVER,
        IssueStatus.WITHDRAWN,
    ),
    IssueStatus.REFLECTED: (IssueStatus.CLOSED, IssueStatus.OPEN, IssueStatus.WITHDRAWN),
    IssueStatus.CLOSED: (IssueStatus.OPEN, IssueStatus.WITHDRAWN),
    IssueStatus.CARRIED_OVER: (IssueStatus.DISCUSSING, IssueStatus.WITHDRAWN),
    IssueStatus.WITHDRAWN: (),
}

_MEANINGS = {
    IssueStatus.DRAFT: _("事務局が準備しています。公開されていません。"),
    IssueStatus.OPEN: _("論点として挙げられ、これから議論されます。"),
    IssueStatus.DISCUSSING: _("会議で議論しています。"),
    IssueStatus.SUMMARISED: _("議論の結果が論点整理にまとめられました。"),
    IssueStatus.REFLECTED: _("論点整理の内容が政府方針に反映されました。"),
    IssueStatus.CLOSED: _("必要な対応が終わりました。"),
    IssueStatus.CARRIED_OVER: _("今回は結論を出さず、引き続き検討します。"),
    IssueStatus.WITHDRAWN: _("論点から外されました。理由をこの論点のページに示しています。"),
}

#: The order in which pages list and draw the public states: from raised to done.
PUBLIC_STATUSES = (
    IssueStatus.OPEN,
    IssueStatus.DISCUSSING,
    IssueStatus.CARRIED_OVER,
    IssueStatus.SUMMARISED,
    IssueStatus.REFLECTED,
    IssueStatus.CLOSED,
)
