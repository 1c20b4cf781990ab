"""For tests: the database that tests/database.py has started (or DATABASE_URL named), quick password hashing."""

from .base import *  # noqa: F403  (settings modules build on each other by star)
from .base import INSTALLED_APPS, MIDDLEWARE, env

SECRET_KEY = "for-tests-only-and-nowhere-else-0123456789-abcdefghij"
DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DATABASES = {"default": env.db_url("DATABASE_URL", default="postgres:///ronten")}
DATABASES["default"]["TEST"] = {"TEMPLATE": env.str("TEST_DATABASE_TEMPLATE", default="") or None}
INSTALLED_APPS = [*INSTALLED_APPS, "django_linear_migrations"]
# WhiteNoise scans all files for each test client; the live server serves static files itself.
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
