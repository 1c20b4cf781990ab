"""For a real installation. Everything secret or local comes from the environment; what is missing is said at start."""

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403  (settings modules build on each other by star)
from .base import env

_needed = {
    "SECRET_KEY": "50文字以上の無作為な文字列",
    "DATABASE_URL": "例: postgres://ronten:…@db.example.jp/ronten",
    "ALLOWED_HOSTS": "このサイトのホスト名。例: ronten.example.go.jp",
}
_missing = [f"{name}（{hint}）" for name, hint in _needed.items() if not env.str(name, default="")]
if _missing:
    raise ImproperlyConfigured("環境変数を設定してください: " + "、".join(_missing))

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
DATABASES = {"default": env.db_url("DATABASE_URL")}
DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": 8}
STATIC_ROOT = env.path("STATIC_ROOT", default=str(STATIC_ROOT))  # noqa: F405  (it comes by the star above)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
