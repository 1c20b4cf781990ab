from accounts.models.ministry import Division, Ministry
from accounts.models.organisation import Organisation
from accounts.models.role_grant import RoleGrant
from accounts.models.user import User

__all__ = ["Division", "Ministry", "Organisation", "RoleGrant", "User"]
