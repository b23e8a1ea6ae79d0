"""The one settings file. What differs between machines comes from the environment; what is missing stops the start."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

from csp.constants import NONE, SELF

from neet.accounts.rules.sign_on import providers_from
from neet.environment import database, flag, listed, secret_key
from neet.kept_rows import *  # noqa: F403  each name is a setting
from neet.lines import stop_unsafe
from neet.registries import *  # noqa: F403  each name is a setting: what the floors above hang into the ground
from neet.registries_of_answers import *  # noqa: F403  what they answer to a self-assessment
from neet.registries_of_people import *  # noqa: F403  and what becomes of the rows of people
from neet.registries_of_work import *  # noqa: F403  and what runs without anybody waiting

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("VAR_DIR", ROOT / "var"))

# --- the machine ---------------------------------------------------------------------------------
DEBUG = flag("DEBUG")
TESTING = "pytest" in sys.modules
PRODUCTION = flag("PRODUCTION")
DEMO = flag("DEMO") and not PRODUCTION
BASE_URL = os.environ.get("BASE_URL", "http://127.0.0.1:8000")
ALLOWED_HOSTS = listed("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1],testserver")
CSRF_TRUSTED_ORIGINS = listed("CSRF_TRUSTED_ORIGINS")
SECRET_KEY = secret_key(VAR, production=PRODUCTION)
SECRET_KEY_FALLBACKS = listed("SECRET_KEY_FALLBACKS")  # earlier ones, until what they locked is locked anew

# --- databases: the owner changes tables, the application role serves -----------------------------
DATABASE_URL = os.environ.get("DATABASE_URL", "postgresql:///neet")
OWNER_DATABASE_URL = os.environ.get("OWNER_DATABASE_URL", DATABASE_URL)
OWNER_COMMANDS = {"migrate", "seed", "flush", "createcachetable"}
AS_OWNER = TESTING or flag("AS_OWNER") or (len(sys.argv) > 1 and sys.argv[1] in OWNER_COMMANDS)
DATABASES = {"default": database(OWNER_DATABASE_URL if AS_OWNER else DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- applications -----------------------------------------------------------------------------------
INSTALLED_APPS = [
    "neet.ui",
    "neet.accounts",
    "neet.audit",
    "neet.files",
    "neet.messages",
    "neet.jobs",
    "schools",
    "tracking",
    "returns",
    "caseload",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "import_export",
    "rest_framework",
]
if find_spec("django_linear_migrations"):  # only developers make migrations
    INSTALLED_APPS.append("django_linear_migrations")

MIDDLEWARE = [
    "neet.accounts.middleware.number_requests",
    "neet.accounts.middleware.refuse_programs_in_clear",
    "django.middleware.security.SecurityMiddleware",
    "neet.logs.log_requests",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "neet.accounts.middleware.keep_nothing",
    "neet.accounts.middleware.limit_sessions",
    "neet.accounts.middleware.require_second_factor",
    "neet.accounts.middleware.choose_place",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "neet.urls"
WSGI_APPLICATION = "neet.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "neet.ui.context.shell",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- who signs in -----------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "neet.accounts.passwords.LongEnough"},
    {"NAME": "neet.accounts.passwords.NotObvious"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
SESSION_ENGINE = "neet.accounts.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
TRUSTED_PROXIES = int(os.environ.get("TRUSTED_PROXIES", "0"))  # how many stand before us and name the caller
# After how many days without signing in an account closes; 0: never.
UNUSED_ACCOUNT_DAYS = int(os.environ.get("UNUSED_ACCOUNT_DAYS", "180"))
ACCOUNT_ADAPTER = "neet.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an account begins with an invitation sent to its mailbox
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = (
    "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # asks no table
)
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_FORMS = {
    "login": "neet.accounts.forms.SignInForm",
    "reset_password": "neet.accounts.forms.ResetForm",
    "reset_password_from_key": "neet.accounts.forms.NewPasswordForm",
    "change_password": "neet.accounts.forms.ChangePasswordForm",
}
# A guesser at one address stops after ten tries; the owner at another address still gets in.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "10/10m/ip,100/h/key",
    "second_factor": "5/5m/key",
    "send_code": "3/10m/key",
    "sign_on": "60/10m/ip",
    "answer_wrong": "60/10m/ip",
    "answer_code": "60/10m/ip",
    # A whole year group answers behind one address: only links that open nothing are counted by it.
    "survey_door_wrong": "60/10m/ip",
    "survey_answer": "10/10m/key",
    "upload_link_wrong": "60/10m/ip",
    "upload_link_file": "20/10m/key",
    "public_reader_wrong": "60/10m/ip",
}
MFA_ADAPTER = "neet.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # allauth's table of addresses is not used
MFA_REAUTHENTICATION_REQUIRED = False  # our own views ask for a fresh second factor
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
MFA_FORMS = {
    "activate_totp": "neet.accounts.forms.AppForm",
    "add_webauthn": "neet.accounts.forms.PasskeyForm",
    "login_webauthn": "neet.accounts.forms.PasskeyAloneForm",
}
# With whose accounts people may sign in: the council's own, by OpenID Connect (docs/developers.md).
SIGN_ON = providers_from(os.environ)
MAILBOX_CODES_SOURCE = "schools.queries.allow_mailbox_codes"
AUTHORITY_SOURCE = "schools.queries.authority"
COUNCIL_CONTACT_SOURCE = "schools.queries.council_contact"
DESK_NAMES = "schools.queries.desk_name"
PLACE_NAMES = "schools.queries.place_name"
COUNCIL_NAME = os.environ.get("COUNCIL_NAME", "")
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "account_login"
SCOPE_SOURCE = "schools.queries.places_of"
# What a statement that is built once depends on beside its arguments and the day (neet/statements/once.py).
STATEMENTS_FOLLOW = ("tracking.reference.queries.stamp",)
STATEMENTS_BUILT_ONCE_OR_FAIL = DEBUG or TESTING
FIELD_POLICY = "tracking.register.fields.policy"

# --- the read API: JSON, nothing open that did not say to whom ---------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "schools.tokens.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["neet.accounts.access.Nobody"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["neet.bodies.JsonParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": ["neet.accounts.limits.NotedThrottle"],
    "DEFAULT_THROTTLE_RATES": {"user": "120/min", "files": "20/min"},
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Participation",
    "DESCRIPTION": "Reading the register, the code lists and the establishments, as the signed-in person or the "
    "system account may; and bringing, sending and taking back returns. Nothing else is changed through it.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PUBLIC": True,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"deepLinking": False, "persistAuthorization": False, "validatorUrl": None},
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
}

# --- words, time, static files ------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
DATE_FORMAT = "j F Y"
STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", VAR / "static"))
STATIC_STORAGE = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
if PRODUCTION:
    STATIC_STORAGE = "whitenoise.storage.CompressedManifestStaticFilesStorage"
elif DEBUG or TESTING:
    STATIC_STORAGE = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": STATIC_STORAGE},
}
STATICFILES_DIRS = [ROOT / "build" / "static"] if (ROOT / "build" / "static").exists() else []
MEDIA_ROOT = VAR / "files"
# Who was erased, as meaningless numbers, beside the database: a restored backup may be older than an erasure.
ERASED_LIST = VAR / ("erased-in-tests.csv" if TESTING else "erased.csv")
# A folder in another place where the sealed trail is copied, a file for each seal; this system only adds there.
TRAIL_COPY = "" if TESTING else os.environ.get("TRAIL_COPY", "")
# With less room than this for files (bytes) a host says that it cannot serve.
LEAST_ROOM = 200 << 20
# Who brings this token reads the numbers at /metrics; without one there is no such page.
METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")
LARGEST_FILE = int(os.environ.get("LARGEST_FILE_MB", "250")) << 20
# ClamAV by its socket or host:port: each file that is sent is checked there.
CLAMD_ADDRESS = os.environ.get("CLAMD_ADDRESS", "")
SCAN_COMMAND = os.environ.get(
    "SCAN_COMMAND", ""
).split()  # a virus scanner that is given a path and fails for a bad file

# --- messages: into files under var/ unless a mail server is named; a demonstration writes to nobody ---------
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_PASSWORD", "")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 10
EMAIL_FILE_PATH = VAR / "outbox"
_posted_by = "smtp" if EMAIL_HOST and not DEMO else "filebased"
EMAIL_BACKEND = f"django.core.mail.backends.{_posted_by}.EmailBackend"
TEXT_FILE_PATH = VAR / "outbox" / "texts"
LETTER_FILE_PATH = VAR / "outbox" / "letters"
NOTIFY_API_KEY = "" if DEMO else os.environ.get("NOTIFY_API_KEY", "")
NOTIFY_URL = os.environ.get("NOTIFY_URL", "https://api.notifications.service.gov.uk")
# Templates at Notify that read ((body)), and ((subject)); without one for e-mail the mail server is used.
NOTIFY_TEXT_TEMPLATE = os.environ.get("NOTIFY_TEXT_TEMPLATE", "")
NOTIFY_EMAIL_TEMPLATE = os.environ.get("NOTIFY_EMAIL_TEMPLATE", "")
# Letters cost, and the council's service at Notify has to be allowed to send its own PDFs: asked for by name.
NOTIFY_LETTERS = flag("NOTIFY_LETTERS")
_by_notify = "neet.messages.ways.by_notify" if NOTIFY_API_KEY else ""
POST_BY = {
    "email": (NOTIFY_EMAIL_TEMPLATE and _by_notify) or "neet.messages.ways.by_mail",
    "text": (NOTIFY_TEXT_TEMPLATE and _by_notify) or "neet.messages.ways.into_a_file",
    "letter": (_by_notify if NOTIFY_LETTERS else "") or "neet.messages.ways.into_a_file",
}
ASK_AFTER = _by_notify and "neet.messages.ways.asked_of_notify"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("EMAIL_FROM", "no-reply@localhost")

# --- safety ---------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
DEVICE_COOKIE_NAME = "device"  # of a browser that is remembered after the second factor
MESSAGES_COOKIE_NAME = "messages"
MESSAGE_STORAGE = "neet.ui.said.Storage"
if PRODUCTION:
    SECURE_SSL_REDIRECT = flag("SECURE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^health$"]  # whoever balances the load asks inside
    if TRUSTED_PROXIES:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    DEVICE_COOKIE_NAME = "__Host-device"
    MESSAGES_COOKIE_NAME = "__Host-messages"

# --- background work: rows say what is due, the broker only rings; without one the sweep finds it --------
REDIS_URL = os.environ.get("REDIS_URL", "")
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1) or "memory://"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "socket_connect_timeout": 2,
    "max_retries": 0,  # a page that rings in vain goes on at once; measured: six seconds otherwise
    "interval_start": 0,
}
CELERY_TASK_PUBLISH_RETRY = False  # a page does not wait for the broker
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = "small"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "neet.jobs.tasks.sweep_jobs", "schedule": 15, "options": {"expires": 15}},
    "due": {"task": "neet.jobs.tasks.do_due_work", "schedule": 60, "options": {"expires": 60}},
    "seal": {"task": "neet.audit.tasks.seal", "schedule": 60, "options": {"expires": 60}},
    "answered": {
        "task": "returns.surveys.many.tasks.find_waiting",
        "schedule": 30,
        "options": {"expires": 30},
    },
    "post": {"task": "neet.messages.tasks.deliver", "schedule": 20, "options": {"expires": 20}},
    "asked_after": {"task": "neet.messages.tasks.follow", "schedule": 120, "options": {"expires": 120}},
    "reading": {"task": "tracking.tasks.look_at_reading", "schedule": 1800, "options": {"expires": 1800}},
}
LAPSING_DAYS = int(os.environ.get("LAPSING_DAYS", "30"))  # how long beforehand somebody is asked to confirm
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE

# --- what processes share: counters of attempts and the like, in the database as Redis may be emptied ----
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"}}

# --- words about itself: one JSON line per event, nobody's data (neet/logs.py) ----------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "neet.logs.JsonLines"}},
    "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["lines"], "level": "WARNING"},
    "loggers": {
        "neet": {"level": "WARNING" if TESTING else "INFO"},
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "weasyprint": {"level": "ERROR"},  # warns of every font that is wider than it can say, in each PDF
        "notifications_python_client": {"level": "CRITICAL"},  # its words could hold somebody's number
        "django.request": {"level": "ERROR"},  # answers 4xx stand in the lines of neet.requests
        "django.server": {"handlers": ["lines"], "level": "WARNING", "propagate": False},
    },
}

# --- with real people nothing starts with an open line or a credential that everybody knows -----------------
PLAIN_LINES = listed("PLAIN_LINES")  # hosts on a network of this installation alone
if PRODUCTION:
    stop_unsafe(globals(), PLAIN_LINES)

# --- the launcher: a database without any of these is empty, and may be filled with the demonstration -----
EMPTY_WITHOUT = ["accounts.User", "tracking.YoungPerson"]
