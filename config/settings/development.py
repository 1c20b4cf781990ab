"""For trying Ronten on one machine: the embedded database unless DATABASE_URL names another, and no secrets to set.

DEBUG is off unless asked for (`DEBUG=1`), so that what is tried is what is deployed: real error pages, the real CSP.
"""

from config.embedded_postgres import database_settings
from config.local import local_dir, secret_key

from .base import *  # noqa: F403  (settings modules build on each other by star)
from .base import env

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = secret_key()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
DATABASES = {"default": env.db_url("DATABASE_URL") if env.str("DATABASE_URL", default="") else database_settings()}
DATABASES["default"]["CONN_MAX_AGE"] = 600
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
STATIC_ROOT = None  # nothing is collected: WhiteNoise serves static files from where they are written
MEDIA_ROOT = local_dir() / "media"
TRIAL_ACCOUNTS = local_dir() / "accounts.txt"
