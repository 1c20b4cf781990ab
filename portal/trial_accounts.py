"""Accounts to try Ronten with. Only the development settings name a file for them."""

import secrets
from pathlib import Path

from accounts.actions import create_account
from accounts.models import User
from accounts.roles import Role

TRIAL_ROLES = {
    "editor@example.jp": Role.EDITOR,
    "publisher@example.jp": Role.PUBLISHER,
    "administrator@example.jp": Role.ADMINISTRATOR,
}


def make_trial_accounts(file: Path) -> None:
    """Make an account for each trial role if nobody has one yet. Addresses and passwords are kept in the file."""
    if User.objects.exists():
        return
    passwords = {email: secrets.token_urlsafe(12) for email in TRIAL_ROLES}
    file.unlink(missing_ok=True)
    file.touch(mode=0o600)
    file.write_text("".join(f"{email} {password}\n" for email, password in passwords.items()), encoding="utf-8")
    for email, role in TRIAL_ROLES.items():
        create_account(email=email, name=str(role.label), roles=[role], password=passwords[email])


def trial_passwords(file: Path) -> dict[str, str]:
    """The address and first password of each trial account. Empty where there are none: the database may be another."""
    if not file.exists():
        return {}
    passwords = dict(line.split() for line in file.read_text(encoding="utf-8").splitlines())
    known = set(User.objects.filter(email__in=passwords).values_list("email", flat=True))
    return {email: password for email, password in passwords.items() if email in known}
