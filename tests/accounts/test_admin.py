"""Users, roles, ministries and organisations in the admin."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Division, Ministry, Organisation, RoleGrant, User
from accounts.roles import Role
from tests.admin_pages import admin_url, errors_of, fields_of, new_rows, save, signed_in, text_of
from tests.factories import (
    PASSWORD,
    DivisionFactory,
    MinistryFactory,
    OrganisationFactory,
    OwnershipFactory,
    RoleGrantFactory,
    UserFactory,
    administrator,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return administrator()


@pytest.fixture
def client(user: User) -> Client:
    return signed_in(user)


def grant(client: Client, to: User, *rows: dict[str, Any]) -> Any:
    url = admin_url(to, "change")
    return save(client, url, new_rows(fields_of(client.get(url)), "role_grants", list(rows)))


class TestUsers:
    def test_a_user_is_made_with_a_password_and_signs_in_whatever_the_case_of_the_address(self, client: Client) -> None:
        values = {"name": "霞が関花子", "email": "Hanako@Example.go.jp", "password1": PASSWORD, "password2": PASSWORD}
        assert errors_of(save(client, admin_url(User, "add"), values)) == []
        made = User.objects.get(name="霞が関花子")
        assert (made.email, made.check_password(PASSWORD), made.is_superuser) == ("hanako@example.go.jp", True, False)

    def test_an_address_that_is_taken_is_refused_whatever_its_case(self, client: Client) -> None:
        UserFactory(email="hanako@example.go.jp")
        values = {"name": "別人", "email": "HANAKO@example.go.jp", "password1": PASSWORD, "password2": PASSWORD}
        answer = save(client, admin_url(User, "add"), values)
        assert set(errors_of(answer)) == {"このメールアドレスはすでに登録されています。別のアドレスを入れてください。"}

    def test_an_existing_address_is_kept_in_lower_case(self, client: Client) -> None:
        changed = UserFactory()
        assert errors_of(save(client, admin_url(changed, "change"), {"email": "New@Example.go.jp"})) == []
        changed.refresh_from_db()
        assert changed.email == "new@example.go.jp"

    def test_a_superuser_flag_cannot_be_set_here(self, client: Client) -> None:
        changed = UserFactory()
        save(client, admin_url(changed, "change"), {"is_superuser": "on"})
        changed.refresh_from_db()
        assert not changed.is_superuser

    def test_a_password_is_decided_anew_by_the_button(self, client: Client) -> None:
        changed = UserFactory()
        url = reverse("admin:auth_user_password_change", args=[changed.pk])
        assert url in client.get(admin_url(changed, "change")).content.decode()
        client.post(url, {"usable_password": "true", "password1": "Nagatacho-2-3-1", "password2": "Nagatacho-2-3-1"})
        changed.refresh_from_db()
        assert changed.check_password("Nagatacho-2-3-1")

    def test_nobody_but_administrators_decides_passwords(self) -> None:
        changed = UserFactory()
        url = reverse("admin:auth_user_password_change", args=[changed.pk])
        for role in (Role.EDITOR, Role.PUBLISHER, Role.AUDITOR):
            assert signed_in(UserFactory(roles=[role], is_superuser=True)).get(url).status_code == 403

    def test_the_list_says_who_is_what_and_where(self, client: Client) -> None:
        RoleGrantFactory(user__name="担当一郎", ministry__name="文部科学省")
        assert "府省庁の担当者（文部科学省）" in text_of(client.get(admin_url(User, "list")))


class TestRoles:
    def test_a_role_is_given(self, client: Client) -> None:
        to = UserFactory()
        assert errors_of(grant(client, to, {"role": "editor"})) == []
        assert RoleGrant.objects.get(user=to).role == Role.EDITOR

    def test_a_ministrys_role_names_the_ministry(self, client: Client) -> None:
        to, division = UserFactory(), DivisionFactory()
        assert errors_of(grant(client, to, {"role": "officer"})) == [
            "府省庁の役割には府省庁を選び、ほかの役割では空のままにしてください。"
        ]
        row = {"role": "officer", "ministry": division.ministry.pk, "division": division.pk}
        assert errors_of(grant(client, to, row)) == []

    def test_a_division_is_one_of_the_chosen_ministry(self, client: Client) -> None:
        row = {"role": "officer", "ministry": MinistryFactory().pk, "division": DivisionFactory().pk}
        assert errors_of(grant(client, UserFactory(), row)) == ["選んだ府省庁の課・室を選んでください。"]

    def test_an_editor_has_no_ministry(self, client: Client) -> None:
        answer = grant(client, UserFactory(), {"role": "editor", "ministry": MinistryFactory().pk})
        assert errors_of(answer) == ["府省庁の役割には府省庁を選び、ほかの役割では空のままにしてください。"]

    def test_the_organisations_role_names_the_organisation(self, client: Client) -> None:
        to, organisation = UserFactory(), OrganisationFactory()
        assert errors_of(grant(client, to, {"role": "organisation"})) == [
            "団体の参加者には団体を選び、ほかの役割では空のままにしてください。"
        ]
        assert errors_of(grant(client, to, {"role": "organisation", "organisation": organisation.pk})) == []

    @pytest.mark.parametrize("rows", [["editor", "editor"], ["editor"]])
    def test_the_same_role_twice_is_refused_beside_its_field(self, client: Client, rows: list[str]) -> None:
        to = UserFactory(roles=[] if len(rows) == 2 else [Role.EDITOR])
        answer = grant(client, to, *({"role": role} for role in rows))
        assert errors_of(answer) == ["この利用者にはすでに同じ役割があります。"]

    def test_a_role_that_is_taken_away_stays_in_the_history(self, client: Client, user: User) -> None:
        to = UserFactory(roles=[Role.EDITOR])
        save(client, admin_url(to, "change"), {"role_grants-0-DELETE": "on"})
        assert not RoleGrant.objects.filter(user=to).exists()
        history = text_of(client.get(admin_url(to, "history")))
        assert "役割の付与を削除" in history
        assert str(user) in history

    def test_the_last_administrator_keeps_the_role(self, client: Client, user: User) -> None:
        message = ["システム管理者が一人もいなくなります。先に別の人にこの役割を付けてください。"]
        url = admin_url(user, "change")
        assert errors_of(save(client, url, {"role_grants-0-DELETE": "on"})) == message
        assert errors_of(save(client, url, {"role_grants-0-role": "editor"})) == message
        fields = {name: value for name, value in fields_of(client.get(url)).items() if name != "is_active"}
        assert errors_of(client.post(url, fields)) == message
        administrator()
        assert errors_of(save(client, url, {"role_grants-0-role": "editor"})) == []


class TestMinistries:
    def test_a_ministry_is_made_with_its_divisions(self, client: Client) -> None:
        url = admin_url(Ministry, "add")
        values = {"name": "文部科学省", "short_name": "文科省", "slug": "mext", "order": "8"}
        rows = [{"name": "初等中等教育企画課"}, {"name": "著作権課"}]
        answer = save(client, url, {**values, **new_rows(fields_of(client.get(url)), "divisions", rows)})
        assert errors_of(answer) == []
        assert set(Division.objects.values_list("ministry__slug", "name")) == {
            ("mext", "初等中等教育企画課"),
            ("mext", "著作権課"),
        }

    def test_the_same_division_twice_is_refused(self, client: Client) -> None:
        ministry = DivisionFactory(name="著作権課").ministry
        url = admin_url(ministry, "change")
        answer = save(client, url, new_rows(fields_of(client.get(url)), "divisions", [{"name": "著作権課"}]))
        assert errors_of(answer) == ["この府省庁には同じ名称の課・室があります。"]

    def test_a_ministry_that_answers_for_an_issue_is_kept(self, client: Client) -> None:
        ministry = OwnershipFactory().ministry
        client.post(admin_url(ministry, "delete"), {"post": "yes"})
        assert Ministry.objects.filter(pk=ministry.pk).exists()


class TestOrganisations:
    @pytest.mark.parametrize("day", ["令和8年11月23日", "2026-11-23"])
    def test_the_day_of_verification_is_written_in_either_calendar(self, client: Client, day: str) -> None:
        values = {"name": "日本生成ＡＩ協会", "verified_at_0": day, "verified_at_1": "10:30"}
        assert errors_of(save(client, admin_url(Organisation, "add"), values)) == []
        japan = timezone.get_current_timezone()
        assert Organisation.objects.get().verified_at == datetime(2026, 11, 23, 10, 30, tzinfo=japan)

    def test_the_day_is_shown_as_it_is_spoken(self, client: Client) -> None:
        japan = timezone.get_current_timezone()
        organisation = OrganisationFactory(verified_at=datetime(2026, 11, 23, 10, 30, tzinfo=japan))
        assert fields_of(client.get(admin_url(organisation, "change")))["verified_at_0"] == "令和8年11月23日"

    def test_a_corporate_number_has_thirteen_digits_and_stands_once(self, client: Client) -> None:
        url = admin_url(Organisation, "add")
        answer = save(client, url, {"name": "協会", "corporate_number": "123"})
        assert errors_of(answer) == ["法人番号は半角数字13桁です。"]
        taken = OrganisationFactory().corporate_number
        answer = save(client, url, {"name": "協会", "corporate_number": taken})
        assert errors_of(answer) == ["この法人番号はすでに登録されています。"]
