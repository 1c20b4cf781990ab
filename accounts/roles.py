"""The roles of domain.md. A role belongs to a person by a RoleGrant; what it opens is in each app's permissions.py."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """Who somebody is to the register. Anonymous readers have none."""

    PARTICIPANT = "participant", _("参加者")
    ORGANISATION = "organisation", _("団体の参加者")
    OFFICER = "officer", _("府省庁の担当者")
    LEAD = "lead", _("府省庁の責任者")
    EDITOR = "editor", _("編集者（事務局）")
    PUBLISHER = "publisher", _("公開責任者")
    AUDITOR = "auditor", _("監査担当者")
    ADMINISTRATOR = "administrator", _("システム管理者")


#: Roles that speak for one ministry; a grant of them names it.
MINISTRY_ROLES = (Role.OFFICER, Role.LEAD)
#: Roles that may read every draft of the council.
DRAFT_READERS = (Role.EDITOR, Role.PUBLISHER, Role.AUDITOR)
