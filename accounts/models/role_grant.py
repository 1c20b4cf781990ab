"""Which person has which role."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.history import recorded
from accounts.models.ministry import Division, Ministry
from accounts.models.organisation import Organisation
from accounts.models.user import User
from accounts.roles import MINISTRY_ROLES, Role


@recorded
class RoleGrant(models.Model):
    """A role given to a person: ministry roles name the ministry, the organisation role names the organisation."""

    user = models.ForeignKey(User, models.CASCADE, related_name="role_grants", verbose_name=_("利用者"))
    role = models.CharField(_("役割"), max_length=20, choices=Role.choices)
    ministry = models.ForeignKey(
        Ministry, models.PROTECT, null=True, blank=True, related_name="role_grants", verbose_name=_("府省庁")
    )
    division = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="role_grants", verbose_name=_("課・室")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="role_grants", verbose_name=_("団体・事業者")
    )

    class Meta:
        verbose_name = _("役割の付与")
        verbose_name_plural = _("役割の付与")
        ordering = ["user", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "ministry", "organisation"],
                name="role_grant_once",
                nulls_distinct=False,
                violation_error_message=_("この利用者にはすでに同じ役割があります。"),
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=MINISTRY_ROLES, ministry__isnull=False)
                | (~models.Q(role__in=MINISTRY_ROLES) & models.Q(ministry__isnull=True, division__isnull=True)),
                name="role_grant_ministry_with_ministry_role",
                violation_error_message=_("府省庁の役割には府省庁を選び、ほかの役割では空のままにしてください。"),
            ),
            models.CheckConstraint(
                condition=models.Q(role=Role.ORGANISATION, organisation__isnull=False)
                | (~models.Q(role=Role.ORGANISATION) & models.Q(organisation__isnull=True)),
                name="role_grant_organisation_with_its_role",
                violation_error_message=_("団体の参加者には団体を選び、ほかの役割では空のままにしてください。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"
