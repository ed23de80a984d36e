"""The shapes of cards and pins on the wire. Unknown fields are refused."""

from marshmallow import Schema, fields, validate

from journal.accounts.fields import Shape, Utc
from journal.crypto import CARD_PURPOSES
from journal.sessions.fields import Truth

VERIFIED = ("in_person", "compared", "not_verified")


class Digits(Schema):
    """The fingerprint of one's own keys as 12 groups of 5 digits, to be compared by eye or read out."""

    digits = fields.List(fields.String(), required=True)


class CardDraft(Schema):
    """What a card is for: `in_person` is shown to be scanned and lasts minutes; a `link` can be sent and lasts days."""

    purpose = fields.String(required=True, validate=validate.OneOf(list(CARD_PURPOSES)))


class CardMade(Schema):
    """A card of one's own, to stand in the fragment of an address: /meet#<card>."""

    card = fields.String(required=True)
    purpose = fields.String(required=True)
    name = fields.String(required=True)
    expires_at = Utc(required=True)
    digits = fields.List(fields.String(), required=True)


class CardShown(Schema):
    """A card that somebody was shown."""

    card = fields.String(required=True, validate=validate.Length(1, 600))


class CardToKeep(CardShown):
    """A card of somebody to keep."""

    sent = Truth(
        load_default=False,
        metadata={"description": "true where it came by a message: whatever the card says, nobody was met by it"},
    )


class CardRead(Shape):
    """Whose card it is, checked against the keys that are published for them."""

    name = fields.String(required=True)
    purpose = fields.String(required=True)
    expires_at = Utc(required=True)
    digits = fields.List(fields.String(), required=True)
    pin_id = fields.UUID(metadata={"description": "there when this very person is kept already"})


class Pin(Schema):
    """Somebody whose keys the patient keeps, and how they were verified."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    verified = fields.String(required=True, validate=validate.OneOf(VERIFIED))
    digits = fields.List(fields.String(), required=True)
    met_at = Utc(required=True)
    key_differs = fields.Boolean(
        required=True, metadata={"description": "the keys published for them are not those that were kept"}
    )
    left = fields.Boolean(required=True, metadata={"description": "their account is gone or was shut"})
    shares = fields.Integer(required=True, metadata={"description": "shares with them that are live"})


class Pins(Schema):
    """Everybody kept."""

    pins = fields.List(fields.Nested(Pin), required=True)
