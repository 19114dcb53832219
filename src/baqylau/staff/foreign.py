"""What Django and allauth say to people, marked as ours so that our catalogues translate it.

Django's Kazakh is half complete and allauth has none. The words stand here as those packages write
them; the catalogues of this room then win, because our rooms come first in INSTALLED_APPS.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

SIGN_IN = (
    _("This account is currently inactive."),
    _("The email address and/or password you specified are not correct."),
    _("Please type your current password."),
    _("Incorrect code."),
    _("Incorrect password."),
    _("Invalid login."),
    _("Too many failed login attempts. Try again later."),
    _("Be patient, you are sending too many requests."),
    _("Use your password"),
    _("Use authenticator app or code"),
    _("Use a security key"),
    _("Email address"),
    _("Password"),
    _("Current Password"),
    _("Code"),
)
"""allauth.account: its adapter and the forms of sign-in and reauthentication."""

SECOND_FACTOR = (
    _("You cannot deactivate two-factor authentication."),
    _("You cannot generate recovery codes without having two-factor authentication enabled."),
    _("Authenticator code"),
    _("Recovery codes"),
    _("TOTP Authenticator"),
    _("WebAuthn"),
)
"""allauth.mfa."""

FIELDS = (
    _("This field is required."),
    _("Enter a whole number."),
    _("Enter a number."),
    _("Enter a valid date."),
    _("Enter a valid time."),
    _("Enter a valid date/time."),
    _("Enter a valid duration."),
    _("The number of days must be between {min_days} and {max_days}."),
    _("No file was submitted. Check the encoding type on the form."),
    _("No file was submitted."),
    _("The submitted file is empty."),
    ngettext_lazy(
        "Ensure this filename has at most %(max)d character (it has %(length)d).",
        "Ensure this filename has at most %(max)d characters (it has %(length)d).",
        "max",
    ),
    _("Please either submit a file or check the clear checkbox, not both."),
    _("Upload a valid image. The file you uploaded was either not an image or a corrupted image."),
    _("Enter a valid URL."),
    _("Select a valid choice. %(value)s is not one of the available choices."),
    _("Select a valid choice. That choice is not one of the available choices."),
    _("“%(pk)s” is not a valid value."),
    _("Enter a list of values."),
    _("Enter a complete value."),
    _("Enter a valid UUID."),
    _("Enter a valid JSON."),
    _("(Hidden field %(name)s) %(error)s"),
    _(
        "ManagementForm data is missing or has been tampered with. Missing fields: "
        "%(field_names)s. You may need to file a bug report if the issue persists."
    ),
    ngettext_lazy(
        "Please submit at most %(num)d form.", "Please submit at most %(num)d forms.", "num"
    ),
    ngettext_lazy(
        "Please submit at least %(num)d form.", "Please submit at least %(num)d forms.", "num"
    ),
    _("Order"),
    _("Delete"),
    _(
        "%(datetime)s couldn’t be interpreted in time zone %(current_timezone)s; it may be "
        "ambiguous or it may not exist."
    ),
    _("Clear"),
    _("Currently"),
    _("Change"),
    _("Unknown"),
    _("Yes"),
    _("No"),
)
"""django.forms."""

VALIDATORS = (
    _("Enter a valid value."),
    _("Enter a valid domain name."),
    _("Enter a valid integer."),
    _("Enter a valid email address."),
    _("Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."),
    _("Enter a valid “slug” consisting of Unicode letters, numbers, underscores, or hyphens."),
    _("Enter a valid %(protocol)s address."),
    _("IPv4"),
    _("IPv6"),
    _("IPv4 or IPv6"),
    _("Enter only digits separated by commas."),
    _("Ensure this value is %(limit_value)s (it is %(show_value)s)."),
    _("Ensure this value is less than or equal to %(limit_value)s."),
    _("Ensure this value is greater than or equal to %(limit_value)s."),
    _("Ensure this value is a multiple of step size %(limit_value)s."),
    _(
        "Ensure this value is a multiple of step size %(limit_value)s, starting from %(offset)s, "
        "e.g. %(offset)s, %(valid_value1)s, %(valid_value2)s, and so on."
    ),
    ngettext_lazy(
        "Ensure this value has at least %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at least %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
    ngettext_lazy(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
    ngettext_lazy(
        "Ensure that there are no more than %(max)s digit in total.",
        "Ensure that there are no more than %(max)s digits in total.",
        "max",
    ),
    ngettext_lazy(
        "Ensure that there are no more than %(max)s decimal place.",
        "Ensure that there are no more than %(max)s decimal places.",
        "max",
    ),
    ngettext_lazy(
        "Ensure that there are no more than %(max)s digit before the decimal point.",
        "Ensure that there are no more than %(max)s digits before the decimal point.",
        "max",
    ),
    _(
        "File extension “%(extension)s” is not allowed. Allowed extensions are: "
        "%(allowed_extensions)s."
    ),
    _("Null characters are not allowed."),
)
"""django.core.validators."""

DAYS = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
    _("Mon"),
    _("Tue"),
    _("Wed"),
    _("Thu"),
    _("Fri"),
    _("Sat"),
    _("Sun"),
)
"""django.utils.dates: days of the week."""

MONTHS = (
    _("January"),
    _("February"),
    _("March"),
    _("April"),
    _("May"),
    _("June"),
    _("July"),
    _("August"),
    _("September"),
    _("October"),
    _("November"),
    _("December"),
    _("jan"),
    _("feb"),
    _("mar"),
    _("apr"),
    _("may"),
    _("jun"),
    _("jul"),
    _("aug"),
    _("sep"),
    _("oct"),
    _("nov"),
    _("dec"),
    pgettext_lazy("abbrev. month", "Jan."),
    pgettext_lazy("abbrev. month", "Feb."),
    pgettext_lazy("abbrev. month", "March"),
    pgettext_lazy("abbrev. month", "April"),
    pgettext_lazy("abbrev. month", "May"),
    pgettext_lazy("abbrev. month", "June"),
    pgettext_lazy("abbrev. month", "July"),
    pgettext_lazy("abbrev. month", "Aug."),
    pgettext_lazy("abbrev. month", "Sept."),
    pgettext_lazy("abbrev. month", "Oct."),
    pgettext_lazy("abbrev. month", "Nov."),
    pgettext_lazy("abbrev. month", "Dec."),
    pgettext_lazy("alt. month", "January"),
    pgettext_lazy("alt. month", "February"),
    pgettext_lazy("alt. month", "March"),
    pgettext_lazy("alt. month", "April"),
    pgettext_lazy("alt. month", "May"),
    pgettext_lazy("alt. month", "June"),
    pgettext_lazy("alt. month", "July"),
    pgettext_lazy("alt. month", "August"),
    pgettext_lazy("alt. month", "September"),
    pgettext_lazy("alt. month", "October"),
    pgettext_lazy("alt. month", "November"),
    pgettext_lazy("alt. month", "December"),
)
"""django.utils.dates: months alone, short, and within a date."""

SPANS_AND_SIZES = (
    ngettext_lazy("%(num)d year", "%(num)d years", "num"),
    ngettext_lazy("%(num)d month", "%(num)d months", "num"),
    ngettext_lazy("%(num)d week", "%(num)d weeks", "num"),
    ngettext_lazy("%(num)d day", "%(num)d days", "num"),
    ngettext_lazy("%(num)d hour", "%(num)d hours", "num"),
    ngettext_lazy("%(num)d minute", "%(num)d minutes", "num"),
    _(", "),
    _("yes,no,maybe"),
    ngettext_lazy("%(size)d byte", "%(size)d bytes", "size"),
    _("%s KB"),
    _("%s MB"),
    _("%s GB"),
    _("or"),
    _("midnight"),
    _("noon"),
)
"""Template filters of Django: spans of time, yes and no, sizes of files."""

PAGES = (
    _("That page number is not an integer"),
    _("That page number is less than 1"),
    _("That page contains no results"),
)
"""django.core.paginator."""

UNREACHED = frozenset(
    {
        # Nobody signs up, changes an address, or resets a passphrase by mail here.
        "You cannot remove your primary email address.",
        "This email address is already associated with this account.",
        "A user is already registered with this email address.",
        "Invalid or expired key.",
        "The password reset token was invalid.",
        "You cannot add more than %d email addresses.",
        "The email address is not assigned to any user account.",
        "Your primary email address must be verified.",
        "The new value must be different from the current one.",
        "Please select only one.",
        "Forgot your password?",
        "You must type the same password each time.",
        "Remember Me",
        "Email (again)",
        "Email address confirmation",
        "Email (optional)",
        "You must type the same email each time.",
        "Password (again)",
        "New Password",
        "New Password (again)",
        "You cannot add an email address to an account protected by two-factor authentication.",
        "You cannot activate two-factor authentication until you have verified your email address.",
        # Our own adapter names passkeys, and our own form asks for nothing more.
        "Master key",
        "Backup key",
        "Key nr. {number}",
        "Passwordless",
        (
            "Enabling passwordless operation allows you to sign in using just this key, but "
            "imposes additional requirements such as biometrics or PIN protection."
        ),
        # Accounts have neither user names nor telephones.
        "The phone number and/or password you specified are not correct.",
        "A user is already registered with this phone number.",
        "The phone number is not assigned to any user account.",
        "Username can not be used. Please use other username.",
        "The username and/or password you specified are not correct.",
        "Enter a phone number including country code (e.g. +1 for the US).",
        "Phone",
        "Username",
        "Login",
        "Username, email or phone",
        "Username or email",
        "Username or phone",
        "Email or phone",
        "Username (optional)",
    }
)
"""Sentences of allauth that no page of ours can show, so that nobody translates them."""
