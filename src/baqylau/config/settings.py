"""Django's settings. What may be chosen is read in `environment`; the rest is fixed here."""

from pathlib import Path
from typing import cast

from csp.constants import NONE, SELF
from django.utils.translation import gettext_noop as _

from baqylau.config import environment
from baqylau.config.databases import databases
from baqylau.config.mail import mail_server
from baqylau.config.secret import secret_key

CHOSEN = environment.read()
SETTINGS_TOLD = environment.tell()
"""Every setting as the administrator may see it: without passwords, with where it is set."""
HOME = Path(str(CHOSEN["HOME"]))
VAR = HOME / "var"
KEYS = HOME / "keys"
MODE = str(CHOSEN["MODE"])
IS_TRAINING = MODE == "training"
SITE = str(CHOSEN["SITE"])
PUBLIC_ADDRESS = str(CHOSEN["PUBLIC_ADDRESS"])
PACKAGE = Path(__file__).resolve().parent.parent

DEBUG = bool(CHOSEN["DEBUG"])
if DEBUG and not IS_TRAINING:
    raise environment.SettingError(_("BAQYLAU_DEBUG cannot be True in production."))
SECRET_KEY = secret_key(KEYS)
ALLOWED_HOSTS = list(cast("tuple[str, ...]", CHOSEN["HOSTS"]))
PORT = int(str(CHOSEN["PORT"]))
HTTPS = bool(CHOSEN["HTTPS"])

# ── Rooms ───────────────────────────────────────────────────────────────────────────────────────
ROOMS = (
    "baqylau.storage",
    "baqylau.web",
    "baqylau.journal",
    "baqylau.staff",
    "baqylau.files",
    "baqylau.jobs",
    "baqylau.imports",
    "baqylau.territories",
    "baqylau.institutions",
    "baqylau.lawbook",
    "baqylau.catalogue",
    "baqylau.contacts",
    "baqylau.casework",
    "baqylau.breaches",
    "baqylau.operation",
    "baqylau.figures",
)
BAQYLAU_MODULES = cast("tuple[str, ...]", CHOSEN["MODULES"])
# Our rooms stand first, so that their templates and translations win over those of others.
INSTALLED_APPS = [
    *ROOMS,
    *BAQYLAU_MODULES,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
]
MIDDLEWARE = [
    "baqylau.web.middleware.unaddressed",
    "baqylau.web.middleware.health",
    "baqylau.web.watching.watching",
    "django.middleware.security.SecurityMiddleware",
    "baqylau.web.middleware.policy",
    "csp.middleware.CSPMiddleware",
    "baqylau.web.middleware.scripts_at_the_desk",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "baqylau.web.middleware.PublicGZip",
    "baqylau.web.middleware.own_tree",
    "baqylau.web.middleware.readable",
    "baqylau.web.middleware.DeskSession",
    "django.middleware.common.CommonMiddleware",
    "baqylau.web.middleware.DeskCsrf",
    "baqylau.web.middleware.readable_forms",
    "baqylau.web.middleware.DeskMessages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "baqylau.staff.middleware.who",
    "baqylau.web.middleware.language",
    "baqylau.web.middleware.refusals",
]
# All addresses are known everywhere: letters, jobs and slips name pages of the other host too.
# Which of them a host answers is decided by `web.middleware.own_tree`.
ROOT_URLCONF = "baqylau.config.urls"
PUBLIC_URLCONF = "baqylau.config.urls_public"
WSGI_APPLICATION = "baqylau.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "baqylau.web.context.site",
            ],
            "builtins": ["django.templatetags.i18n", "baqylau.web.templatetags.web"],
        },
    }
]
FORM_RENDERER = "baqylau.web.forms.Renderer"

# ── The organisation ────────────────────────────────────────────────────────────────────────────
ORGANISATION = {
    "kk": CHOSEN["ORGANISATION_KK"] or "Азаматтық бақылау",
    "ru": CHOSEN["ORGANISATION_RU"] or "Гражданский контроль",
    "en": CHOSEN["ORGANISATION_EN"] or "Civic Control",
}
PHONE = str(CHOSEN["PHONE"])
SAFE_CHANNEL = str(CHOSEN["SAFE_CHANNEL"])
"""Where a demand for money is told while no sealed module is installed: telephone or address."""
SAFE_CHANNEL_WORDS = {code: str(CHOSEN[f"SAFE_CHANNEL_{code.upper()}"]) for code in ORGANISATION}

# ── Storage ─────────────────────────────────────────────────────────────────────────────────────
DATABASES = databases(VAR, str(CHOSEN["DATABASE_URL"]), str(CHOSEN["SEALED_DATABASE_URL"]))
DATABASE_ROUTERS = ["baqylau.storage.router.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# ── Languages and time ──────────────────────────────────────────────────────────────────────────
LANGUAGE_CODE = "kk"
LANGUAGES = [
    (code, name)
    for code, name in (("kk", "Қазақша"), ("ru", "Русский"), ("en", "English"))
    if code in cast("tuple[str, ...]", CHOSEN["LANGUAGES"])
]
LOCALE_PATHS = [PACKAGE / "config" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Almaty"
FORMAT_MODULE_PATH = ["baqylau.web.formats"]

# ── Static files ────────────────────────────────────────────────────────────────────────────────
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 31_536_000

# ── Staff ───────────────────────────────────────────────────────────────────────────────────────
AUTH_USER_MODEL = "staff.User"
AUTHENTICATION_BACKENDS = ["baqylau.staff.backend.Passphrase"]
LOGIN_URL = "/desk/sign-in/"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = LOGIN_URL
STAFF_SHIFT = 12 * 3600
"""Seconds for which one full sign-in, with its second factor, lasts at a browser."""
STAFF_IDLE = 60 * int(str(CHOSEN["IDLE_MINUTES"]))
"""Seconds without a touch after which the desk locks itself."""
STAFF_SECOND_FACTOR = not IS_TRAINING
"""Whether those who see people's data, and administrators, must have a second factor."""
ACCOUNT_ADAPTER = "baqylau.staff.adapter.Adapter"
ACCOUNT_FORMS = {"login": "baqylau.staff.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
# Passphrases are counted by the sign-in form itself; of allauth's limits those stay that count
# one person's second-factor codes, and none that counts addresses (MFA_RATE_LIMITS has only such).
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "5/5m/key",
    "reauthenticate": "10/5m/user",
}
MFA_RATE_LIMITS = False
MFA_ADAPTER = "baqylau.staff.adapter.FactorAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "add_webauthn": "baqylau.staff.passkeys.AddForm",
    "authenticate_webauthn": "baqylau.staff.passkeys.AuthenticateForm",
    "login_webauthn": "baqylau.staff.passkeys.LoginForm",
    "reauthenticate_webauthn": "baqylau.staff.passkeys.ReauthenticateForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True

# ── Mail: everything waits in the queue of `jobs`, which sends it by the clock ──────────────────
MAIL_SERVER = mail_server(str(CHOSEN["EMAIL_URL"]))
EMAIL_BACKEND = "baqylau.jobs.letters.QueueBackend"
MAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = MAIL_SERVER.get("host", "")
EMAIL_PORT = int(MAIL_SERVER.get("port", 25))
EMAIL_HOST_USER = MAIL_SERVER.get("user", "")
EMAIL_HOST_PASSWORD = MAIL_SERVER.get("password", "")
EMAIL_USE_TLS = MAIL_SERVER.get("security") == "starttls"
EMAIL_USE_SSL = MAIL_SERVER.get("security") == "tls"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = str(CHOSEN["MAIL_FROM"])

# ── Uploads ─────────────────────────────────────────────────────────────────────────────────────
FILE_UPLOAD_HANDLERS = ["baqylau.files.uploads.Handler"]
FILES_ROOT = VAR / "files"
SPOOL_ROOT = VAR / "spool"

# ── Backups ─────────────────────────────────────────────────────────────────────────────────────
BACKUP_FOLDER = str(CHOSEN["BACKUP_FOLDER"])
BACKUP_AT = str(CHOSEN["BACKUP_AT"])
BACKUP_DAYS = int(str(CHOSEN["BACKUP_DAYS"]))

# ── Cookies: only the desk has any ──────────────────────────────────────────────────────────────
SESSION_COOKIE_NAME = "desk"
SESSION_COOKIE_PATH = "/desk/"
# Longer than the shift, so that a form sent after its end still has a known author.
SESSION_COOKIE_AGE = 2 * STAFF_SHIFT
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
# In the session, so that a form that one colleague left open cannot be sent as another.
CSRF_USE_SESSIONS = True
# Before anybody has signed in it is in a cookie: a page for strangers stores nothing.
CSRF_COOKIE_NAME = "desk_form"
CSRF_COOKIE_PATH = SESSION_COOKIE_PATH
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "baqylau.web.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# ── What browsers are told ──────────────────────────────────────────────────────────────────────
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "img-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
# Nothing is ever spooled to disk in clear: what memory does not hold goes through `files`.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
# The handler keeps the first twenty and drops the rest as they come; the form then says so, and
# nobody who chose two hundred loses what they typed.
DATA_UPLOAD_MAX_NUMBER_FILES = 1_000

METRICS_TOKEN = str(CHOSEN["METRICS_TOKEN"])
"""What opens /metrics; "" for no such page."""

# ── Log: no address, no browser, no query ───────────────────────────────────────────────────────
LOG = str(CHOSEN["LOG"])
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "lines": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "json": {"()": "baqylau.config.lines.JsonLines"},
    },
    "filters": {"discreet": {"()": "baqylau.config.lines.Discreet"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": LOG,
            "filters": ["discreet"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    # A refused address may hold a code or a link's token: only our own faults are logged.
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security.csrf": {"level": "ERROR"},
        # It would repeat whatever a visitor sent as the name of the site.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
