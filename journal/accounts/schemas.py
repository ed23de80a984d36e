"""The shapes of accounts on the wire. Unknown fields are refused."""

from typing import Any

from marshmallow import Schema, fields, validate

from journal.accounts.fields import Line, Secret, Shape, TimeZone, Utc
from journal.accounts.settings import HOLD_LEAST, HOLD_MOST
from journal.content import choices
from journal.content.help import regions

LOGIN_NAME = 64
PASSWORD = 512  # In code points as sent; the room counts them composed, as a person does.
CODE = 200
EVENING = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
PASSWORD_RULE: dict[str, Any] = {"description": "15 to 128 characters of any kind, and none of the common ones"}

CODE_RULE = {"description": "where a second factor is set: the six digits its app shows, or one of its recovery codes"}


class Registration(Schema):
    """Who may sign up."""

    mode = fields.String(required=True, validate=validate.OneOf(["open", "invitation", "closed"]))


class Backups(Shape):
    """How long whoever runs this keeps backups, in days; absent where they do not say."""

    kept_days = fields.Integer()


class Passphrase(Schema):
    """Four random words to use as a password."""

    passphrase = fields.String(required=True)


class SignUp(Schema):
    """Somebody new."""

    login_name = fields.String(required=True, validate=validate.Length(1, LOGIN_NAME))
    password = Secret(PASSWORD, metadata=PASSWORD_RULE)
    invitation = fields.String(validate=validate.Length(1, CODE))


class SignInDraft(Schema):
    """Who asks to be let in."""

    login_name = fields.String(required=True, validate=validate.Length(1, LOGIN_NAME))
    password = Secret(PASSWORD)
    code = Secret(CODE, required=False, metadata=CODE_RULE)


class RecoveryDraft(Schema):
    """Who comes back with a recovery code."""

    login_name = fields.String(required=True, validate=validate.Length(1, LOGIN_NAME))
    recovery_code = Secret(CODE)
    new_password = Secret(PASSWORD, metadata=PASSWORD_RULE)
    code = Secret(CODE, required=False, metadata=CODE_RULE)


class PasswordAgain(Schema):
    """The password of whoever is signed in."""

    password = Secret(PASSWORD)


class NewPassword(Schema):
    """A change of password."""

    current_password = Secret(PASSWORD)
    new_password = Secret(PASSWORD, metadata=PASSWORD_RULE)


class Account(Shape):
    """An account and the sign-in that asks."""

    id = fields.UUID(required=True)
    login_name = fields.String(required=True)
    role = fields.String(required=True, validate=validate.OneOf(["patient", "therapist"]))
    recovery_code_confirmed = fields.Boolean(required=True)
    signed_in_until = Utc(required=True, metadata={"description": "when this sign-in ends if nothing more is asked"})
    second_factor_due = fields.Boolean(
        required=True, metadata={"description": "whether this sign-in has yet to pass the second factor"}
    )
    stepped_up_until = Utc(metadata={"description": "absent when the password would be asked for again"})


class SignedIn(Schema):
    """Somebody let in; the cookies come with it."""

    account = fields.Nested(Account, required=True)


class Joined(Schema):
    """Somebody let in, and the recovery code: told this once and never again."""

    account = fields.Nested(Account, required=True)
    recovery_code = fields.String(required=True)


class RecoveryCode(Schema):
    """A recovery code: told this once and never again."""

    recovery_code = fields.String(required=True)


class SecondFactor(Schema):
    """Whether a second factor is set, and how many of its recovery codes were not used yet."""

    enabled = fields.Boolean(required=True)
    recovery_codes_left = fields.Integer(required=True)


class NewSecondFactor(Schema):
    """What an authenticator app needs: told this once and never again."""

    secret = fields.String(required=True, metadata={"description": "base32"})
    uri = fields.String(required=True, metadata={"description": "the same for a QR code: otpauth://totp/..."})


class FirstCode(Schema):
    """The first code of a new second factor."""

    code = Secret(CODE)


class SecondFactorRecoveryCodes(Schema):
    """Codes that work once each in place of the app's: told this once and never again."""

    recovery_codes = fields.List(fields.String(), required=True)


class SteppedUp(Schema):
    """Until when the password need not be given again."""

    stepped_up_until = Utc(required=True)


class SignIn(Schema):
    """Being signed in on one device."""

    id = fields.String(required=True)
    current = fields.Boolean(required=True)
    device = fields.String(required=True)
    signed_in_at = Utc(required=True)
    last_seen_at = Utc(required=True)
    expires_at = Utc(required=True)


class SignIns(Schema):
    """Everywhere the owner is signed in."""

    sign_ins = fields.List(fields.Nested(SignIn), required=True)


class Contact(Schema):
    """Whom to call."""

    name = Line(100, required=True)
    phone = Line(40, required=True)


class Settings(Schema):
    """What the owner set; what was not set is absent."""

    display_name = Line(80, metadata={"description": "the name by which people one shares with know one"})
    time_zone = TimeZone(metadata={"description": "an IANA name, such as Europe/Dublin"})
    region = fields.String(validate=validate.OneOf([region.id for region in regions()]))
    own_contact = fields.Nested(Contact)
    clinic = fields.Nested(Contact)
    usual_route = fields.String(validate=validate.OneOf(choices.ROUTES))
    usual_place = Line(200)
    evening_at = fields.String(
        # The length too: in Python a $ lets a line break pass.
        validate=[validate.Regexp(EVENING, error="Use hours and minutes, such as 20:00."), validate.Length(equal=5)],
        metadata={"description": "a time of day, such as 20:00"},
    )
    hold_hours = fields.Integer(
        strict=True,
        validate=validate.Range(HOLD_LEAST, HOLD_MOST),
        metadata={"description": "how long what is written after a dose is held; 24 where nothing is set"},
    )
