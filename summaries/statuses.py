"""What may happen next to an edition of a summary, a policy document and a trace link."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class EditionStatus(TextChoices):
    """States of an edition (domain.md, table of states)."""

    DRAFT = "draft", _("下書き")
    SUBMITTED = "submitted", _("承認待ち")
    RETURNED = "returned", _("差し戻し")
    PUBLISHED = "published", _("公開")
    SUPERSEDED = "superseded", _("旧版")
    WITHDRAWN = "withdrawn", _("取り下げ")

    @property
    def next(self) -> tuple["EditionStatus", ...]:
        """The states that an edition in this one may move to."""
        return _EDITION_MOVES[self]

    @property
    def meaning(self) -> str | Promise:
        """One sentence for whoever moves an edition to this state."""
        return _EDITION_MEANINGS[self]

    @property
    def is_public(self) -> bool:
        """Whether everybody may read the text. A superseded or withdrawn text stays, and its page says so."""
        return self in PUBLIC_EDITIONS

    @property
    def is_editable(self) -> bool:
        """Whether an editor may change the text: never once it is submitted or public."""
        return self in (EditionStatus.DRAFT, EditionStatus.RETURNED)


_EDITION_MOVES = {
    EditionStatus.DRAFT: (EditionStatus.SUBMITTED,),
    EditionStatus.SUBMITTED: (EditionStatus.PUBLISHED, EditionStatus.RETURNED),
    EditionStatus.RETURNED: (EditionStatus.SUBMITTED,),
    EditionStatus.PUBLISHED: (EditionStatus.SUPERSEDED, EditionStatus.WITHDRAWN),
    EditionStatus.SUPERSEDED: (),
    EditionStatus.WITHDRAWN: (),
}

_EDITION_MEANINGS = {
    EditionStatus.DRAFT: _("編集者が書いています。公開されていません。"),
    EditionStatus.SUBMITTED: _("公開責任者の承認を待っています。文は変えられません。"),
    EditionStatus.RETURNED: _("直すために編集者へ戻されました。理由が編集者に示されます。"),
    EditionStatus.PUBLISHED: _("だれでも読めます。文は変えられません。公開中の版は旧版になります。"),
    EditionStatus.SUPERSEDED: _("新しい版が公開されました。この版も読めます。"),
    EditionStatus.WITHDRAWN: _("取り下げられました。文は残り、取り下げの説明が付きます。"),
}

PUBLIC_EDITIONS = (EditionStatus.PUBLISHED, EditionStatus.SUPERSEDED, EditionStatus.WITHDRAWN)


class PolicyStatus(TextChoices):
    """States of a policy document in the register. The text is another office's; here it is only shown or not."""

    DRAFT = "draft", _("下書き")
    PUBLISHED = "published", _("公開")
    WITHDRAWN = "withdrawn", _("取り下げ")

    @property
    def next(self) -> tuple["PolicyStatus", ...]:
        """The states that a policy document in this one may move to."""
        return _POLICY_MOVES[self]

    @property
    def meaning(self) -> str | Promise:
        """One sentence for whoever moves a policy document to this state."""
        return _POLICY_MEANINGS[self]


_POLICY_MOVES = {
    PolicyStatus.DRAFT: (PolicyStatus.PUBLISHED,),
    PolicyStatus.PUBLISHED: (PolicyStatus.WITHDRAWN,),
    PolicyStatus.WITHDRAWN: (PolicyStatus.PUBLISHED,),
}

_POLICY_MEANINGS = {
    PolicyStatus.DRAFT: _("編集者が書き写しています。公開されていません。"),
    PolicyStatus.PUBLISHED: _("だれでも読めます。文は変えられません。"),
    PolicyStatus.WITHDRAWN: _("文は示さず、取り下げの理由だけを示します。"),
}


class TraceKind(TextChoices):
    """How a sentence of a policy document carries a statement."""

    VERBATIM = "verbatim", _("そのまま")
    PARTIAL = "partial", _("一部")
    PARAPHRASE = "paraphrase", _("言い換え")


class TraceStatus(TextChoices):
    """Whether an editor has looked at a trace link. Only confirmed ones are public."""

    PROPOSED = "proposed", _("候補")
    CONFIRMED = "confirmed", _("確認済み")
    REJECTED = "rejected", _("不採用")
