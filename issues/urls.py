"""Addresses of issues: /issues/2/ is a theme, /issues/2-4/ its fourth question."""

from django.urls import path, register_converter

from issues import views

app_name = "issues"


class AddressConverter:
    """「2」 or 「2-4」 in plain digits, without a zero in front, so that an issue has one address."""

    regex = "[1-9][0-9]{0,8}(?:-[1-9][0-9]{0,8})?"

    def to_python(self, value: str) -> str:
        """The address as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """The address as it stands."""
        return value


register_converter(AddressConverter, "address")

urlpatterns = [
    path("issues/", views.index, name="index"),
    path("issues/<address:address>/", views.issue, name="issue"),
]
