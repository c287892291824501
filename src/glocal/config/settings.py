"""Django's settings, read from the environment; every default works on one machine with nothing installed."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from glocal.config.home import home_folder, is_demo, secret_key

PACKAGE = Path(__file__).resolve().parent.parent
GLOCAL_HOME = home_folder()
GLOCAL_IS_DEMO = is_demo(GLOCAL_HOME)
SECRET_KEY = secret_key(GLOCAL_HOME)
DEBUG = os.environ.get("GLOCAL_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("GLOCAL_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("GLOCAL_ORIGINS", "").split(",") if o]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "glocal.web",
    "glocal.accounts",
    "glocal.audit",
    "glocal.lexicon",
    "glocal.places",
    "glocal.directory",
    "glocal.ingest",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "glocal.web.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "glocal.config.urls"
WSGI_APPLICATION = "glocal.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "glocal.web.context.frame",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {"environment": "glocal.web.jinja.environment"},
    },
]

SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",  # writers queue instead of failing half-way
    "timeout": 20,
    # FULL: what was acknowledged survives a power cut
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;",
}

_url = os.environ.get("GLOCAL_DATABASE_URL")
if _url:
    DATABASES = {"default": dj_database_url.parse(_url, conn_max_age=60, conn_health_checks=True)}
    DATABASES["default"].setdefault("TEST", {})
    DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = False
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(GLOCAL_HOME / "glocal.sqlite3"),
            "OPTIONS": SQLITE_OPTIONS,
            "CONN_MAX_AGE": 60,
            "TEST": {
                "NAME": GLOCAL_HOME / "test.sqlite3"
            },  # a file: the in-memory one cannot wait for a lock
        },
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "account_login"

_mail = urlsplit(os.environ.get("GLOCAL_MAIL_URL", ""))
GLOCAL_SENDS_MAIL = bool(_mail.hostname) and not GLOCAL_IS_DEMO
if GLOCAL_SENDS_MAIL:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = str(_mail.hostname), _mail.port or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.username or "", _mail.password or ""
    EMAIL_USE_TLS = _mail.scheme == "smtp+tls"
    EMAIL_USE_SSL = _mail.scheme == "smtps"
else:
    # nothing leaves the machine: what would have been sent lies in a folder
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = GLOCAL_HOME / "mail"
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if GLOCAL_SENDS_MAIL else "none"
DEFAULT_FROM_EMAIL = os.environ.get("GLOCAL_MAIL_FROM", "glocal@localhost")

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("it", _("Italian"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

FILE_UPLOAD_TEMP_DIR = None
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
GLOCAL_MAX_UPLOAD_BYTES = int(os.environ.get("GLOCAL_MAX_UPLOAD_BYTES", str(512 * 1024 * 1024)))

# Street tiles are the visitor's choice and this installation's setting; without a URL there is no switch.
GLOCAL_TILE_URL = os.environ.get("GLOCAL_TILE_URL", "")
GLOCAL_TILE_ATTRIBUTION = os.environ.get("GLOCAL_TILE_ATTRIBUTION", "© OpenStreetMap contributors")
# An online geocoder, off unless its address is given.
GLOCAL_GEOCODER_URL = os.environ.get("GLOCAL_GEOCODER_URL", "")

_tile_hosts = []
if GLOCAL_TILE_URL:
    _tile = urlsplit(GLOCAL_TILE_URL)
    _tile_hosts = [f"{_tile.scheme}://{_tile.netloc}"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:", *_tile_hosts],
        "font-src": [SELF],
        "connect-src": [SELF, *_tile_hosts],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    },
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
GLOCAL_HTTPS = os.environ.get("GLOCAL_HTTPS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = GLOCAL_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if GLOCAL_HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if GLOCAL_HTTPS else None

CSRF_FAILURE_VIEW = "glocal.web.views.csrf_failure"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
