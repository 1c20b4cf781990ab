"""What may happen next to a meeting, and how sure a record's place is."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class IllegalTransition(Exception):
    """A move that the table does not have. `str()` of it is a sentence for the person who tried."""

    def __init__(self, old: TextChoices, new: TextChoices) -> None:
        self.old, self.new = old, new
        super().__init__(gettext("「%(old)s」から「%(new)s」へは移せません。") % {"old": old.label, "new": new.label})


class MeetingStatus(TextChoices):
    """States of a meeting (domain.md, table of states)."""

    PLANNED = "planned", _("開催予定")
    HELD = "held", _("開催済み")
    MINUTES_DRAFT = "minutes_draft", _("議事録作成中")
    MINUTES_PUBLISHED = "minutes_published", _("議事録公開")
    POSTPONED = "postponed", _("延期")
    CANCELLED = "cancelled", _("中止")

    @property
    def next(self) -> tuple["MeetingStatus", ...]:
        """The states that a meeting in this one may move to."""
        return _MEETING_MOVES[self]

    @property
    def meaning(self) -> str | Promise:
        """One sentence for whoever moves a meeting to this state."""
        return _MEETING_MEANINGS[self]


_MEETING_MOVES = {
    MeetingStatus.PLANNED: (MeetingStatus.HELD, MeetingStatus.POSTPONED, MeetingStatus.CANCELLED),
    MeetingStatus.HELD: (MeetingStatus.MINUTES_DRAFT,),
    MeetingStatus.MINUTES_DRAFT: (MeetingStatus.MINUTES_PUBLISHED,),
    MeetingStatus.MINUTES_PUBLISHED: (),
    MeetingStatus.POSTPONED: (MeetingStatus.PLANNED, MeetingStatus.CANCELLED),
    MeetingStatus.CANCELLED: (),
}

_MEETING_MEANINGS = {
    MeetingStatus.PLANNED: _("これから開かれます。開催日が予告として表示されます。"),
    MeetingStatus.HELD: _("開かれました。"),
    MeetingStatus.MINUTES_DRAFT: _("議事録を書いています。議事録はまだ公開されません。"),
    MeetingStatus.MINUTES_PUBLISHED: _("議事録をだれでも読めます。"),
    MeetingStatus.POSTPONED: _("延期されました。新しい日が決まったら開催予定に戻します。"),
    MeetingStatus.CANCELLED: _("開かれないことになりました。"),
}


class Placement(TextChoices):
    """How it is known that a record belongs where it stands (its body, section, order or link)."""

    STATED = "stated", _("資料に明記")
    INFERRED = "inferred", _("推定（編集者の確認待ち）")
    CONFIRMED = "confirmed", _("編集者が確認")
