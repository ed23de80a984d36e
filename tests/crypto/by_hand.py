"""A second reader, written from FORMAT.md alone: it shares no code with journal/crypto.

Slow and plain on purpose. When it and the room disagree, one of them does not do what FORMAT.md says.
"""

import base64
import hashlib
import hmac
import unicodedata

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
FIRST_PLACES = {"session": 1, "check_in": 2, "course": 3, "addition": 4, "profile": 5, "sign_in_about": 6}
SHARED_PLACES = {"device": 7, "share": 8, "pin": 9, "review": 10}
EXPORT_PLACES = {"log": 11, "import": 12}
PLACES = FIRST_PLACES | SHARED_PLACES | EXPORT_PLACES
SECTIONS = {"ratings": 1, "story": 2}
CARDS = {"in_person": 1, "link": 2}
LETTERS = {"share": 1, "returned": 2}
NOTES = {"ask": 1, "reply": 2, "reviewed": 3, "log": 4, "returned": 5}
LOCKS = {"password": 1, "recovery": 2, "sign_in": 3, "export": 9}


def info(purpose, context=b""):
    return b"shoreline/v1/" + purpose.encode() + b"\x00" + context


def extract(salt, secret):
    return hmac.new(salt or bytes(32), secret, hashlib.sha256).digest()


def expand(key, purpose, context=b"", length=32):
    out = block = b""
    for counter in range(1, length // 32 + 1):
        block = hmac.new(key, block + info(purpose, context) + bytes([counter]), hashlib.sha256).digest()
        out += block
    return out


def hkdf(secret, purpose, context=b"", salt=b""):
    return expand(extract(salt, secret), purpose, context)


def fields(blob, kind, *sizes):
    """The fixed fields of a blob after its prefix, then everything that remains."""
    assert blob[:2] == bytes([1, kind])
    assert int.from_bytes(blob[2:6], "big") == len(blob) - 6
    at, parts = 6, []
    for size in sizes:
        parts.append(blob[at : at + size])
        at += size
    return [*parts, blob[at:]]


def unseal(key, box, aad):
    return AESGCM(key).decrypt(box[:12], box[12:], aad)


def open_password(blob, password, account_id):
    memory, passes, lanes, salt, box = fields(blob, 0x10, 4, 1, 1, 16)
    assert (memory, passes, lanes) == (b"\x00\x01\x00\x00", b"\x03", b"\x01")
    spaced = "".join(" " if unicodedata.category(c) == "Zs" else c for c in password)
    typed = unicodedata.normalize("NFC", spaced).encode()
    stretched = Argon2id(salt=salt, length=32, iterations=3, lanes=1, memory_cost=65536).derive(typed)
    return unseal(hkdf(stretched, "password-way-in", account_id), box, blob[:28] + account_id)


def open_recovery(blob, code, account_id):
    salt, box = fields(blob, 0x11, 16)
    value = 0
    for symbol in code.replace("-", ""):
        value = value * 32 + CROCKFORD.index(symbol)
    value, check = divmod(value, 1024)
    assert value % 1021 == check
    key = hkdf(value.to_bytes(17, "big"), "recovery-way-in", account_id, salt)
    return unseal(key, box, blob[:22] + account_id)


def sign_in_row(cookie):
    return hkdf(base64.urlsafe_b64decode(cookie + "="), "sign-in-row")


def open_sign_in(blob, cookie, account_id):
    (box,) = fields(blob, 0x30)
    key = hkdf(base64.urlsafe_b64decode(cookie + "="), "sign-in-wrap", account_id)
    return unseal(key, box, blob[:6] + account_id + sign_in_row(cookie))


def open_lock(blob, pepper, lock_key, account_id, where):
    kind, place_id = where
    pepper_id, box = fields(blob, 0x20, 4)
    assert pepper_id == expand(pepper, "pepper-id")[:4]
    aad = blob[:10] + account_id + bytes([LOCKS[kind], len(place_id)]) + place_id
    return unseal(hkdf(pepper, "lock", account_id, lock_key), box, aad)


def open_section(sealed, root_key, owner, where):
    return open_with(sealed, 0x40, hkdf(root_key, "section-wrap", owner), owner, where)


def open_lent(sealed, share, where):
    """Section 10: section 7 with another key around the section key, and another header."""
    assert where["kind"] in ("session", "check_in", "course", "addition")
    wrap = hkdf(share[where["section"]], "share-wrap", share["share"] + share["owner"])
    return open_with(sealed, 0x51, wrap, share["owner"], where)


def open_with(sealed, key_kind, wrap, owner, where):
    key, body = sealed
    key_epoch, key_box = fields(key, key_kind, 4)
    body_epoch, commitment, body_box = fields(body, 0x41, 4, 32)
    assert key_epoch == body_epoch == b"\x00\x00\x00\x01"
    codes = bytes([PLACES[where["kind"]], SECTIONS[where["section"]]])
    bound = codes + where["row_id"] + owner + where["revision"].to_bytes(8, "big") + body_epoch
    section_key = unseal(wrap, key_box, key[:10] + bound + hashlib.sha256(body).digest())
    both = expand(section_key, "section-key", length=64)
    assert both[32:] == commitment
    return unpad(unseal(both[:32], body_box, body[:42] + bound))


def unpad(padded, largest=1024 * 1024):
    length = int.from_bytes(padded[:4], "big")
    fitting = [512 << step for step in range(12) if 512 << step >= 4 + length]
    assert len(padded) == fitting[0] <= largest
    assert not padded[4 + length :].strip(b"\x00")
    return padded[4 : 4 + length]


def open_note(blob, share, where):
    kind, box = fields(blob, 0x52, 1)
    assert kind[0] == NOTES[where["kind"]]
    bound = share["share"] + share["owner"] + where["note"] + where["revision"].to_bytes(8, "big")
    key = hkdf(share["ratings"], "share-note", share["share"] + share["owner"])
    return unpad(unseal(key, box, blob[:7] + bound))


def root_key(bundle):
    epoch, floor, _, _, _, root, rest = fields(bundle, 0x01, 4, 1, 32, 32, 32, 32)
    assert (epoch, floor, rest) == (b"\x00\x00\x00\x01", b"\x01", b"")
    return root


def fingerprint(public, account_id):
    account, epoch, _deposit, _share, signing, signature = fields(public, 0x02, 16, 4, 32, 1216, 32)
    assert (account, epoch) == (account_id, b"\x00\x00\x00\x01")
    Ed25519PublicKey.from_public_bytes(signing).verify(signature, info("public-identity", public[:-64]))
    return hashlib.sha256(info("fingerprint", public[:-64])).digest()


def signing_key(public):
    return Ed25519PublicKey.from_public_bytes(fields(public, 0x02, 16, 4, 32, 1216, 32)[4])


def read_card(blob, public, account_id):
    """What a card says, when it is of this public identity."""
    purpose, account, print_, expires_at, length, rest = fields(blob, 0x53, 1, 16, 32, 8, 1)
    name = rest[:-64]
    assert (account, print_) == (account_id, fingerprint(public, account_id))
    assert 1 <= len(name) == length[0] <= 160
    signing_key(public).verify(blob[-64:], info("card", blob[:-64]))
    named = {code: word for word, code in CARDS.items()}[purpose[0]]
    return {"purpose": named, "expires_at": int.from_bytes(expires_at, "big"), "name": name.decode()}


def digits(print_):
    raw = expand(print_, "digits", length=64)[:60]
    return [f"{int.from_bytes(raw[at : at + 5], 'big') % 100000:05}" for at in range(0, 60, 5)]


def open_letter(blob, reader, sender, where):
    """Section 10; reader and sender as their accounts and public identities, the reader's bundle too."""
    purpose, by, to, letter_id, enc, sealed = fields(blob, 0x50, 1, 16, 16, 16, 1120)
    assert (purpose[0], letter_id) == (LETTERS[where["purpose"]], where["letter"])
    assert (by, to) == (sender["account"], reader["account"])
    share_secret = reader["bundle"][43:75]
    key, nonce = hpke_schedule(b"\x64\x7a", xwing(share_secret, enc), info("letter", blob[:55]))
    inner = unpad(AESGCM(key).decrypt(nonce, sealed, b""), 4096)
    own = fingerprint(reader["public_identity"], reader["account"])
    signed = info("letter-signature", blob[:55] + own + inner[64:])
    signing_key(sender["public_identity"]).verify(inner[:64], signed)
    return inner[64:]


def xwing(seed, enc):
    """What X-Wing's decapsulation gives, in the draft's own steps."""
    expanded = hashlib.shake_256(seed).digest(96)
    mlkem, x25519 = (
        MLKEM768PrivateKey.from_seed_bytes(expanded[:64]),
        X25519PrivateKey.from_private_bytes(expanded[64:]),
    )
    ct_m, ct_x = enc[:1088], enc[1088:]
    ss_x = x25519.exchange(X25519PublicKey.from_public_bytes(ct_x))
    pk_x = x25519.public_key().public_bytes_raw()
    label = bytes.fromhex("5c2e2f2f5e5c")
    return hashlib.sha3_256(mlkem.decapsulate(ct_m) + ss_x + ct_x + pk_x + label).digest()


def backup_fingerprint(public):
    (rest,) = fields(public, 0x80)
    assert rest[1216:] == hashlib.sha256(info("backup-key", public[:1222])).digest()
    return rest[1216:]


def open_backup_secret(blob, passphrase):
    """Section 15: the seed in a private key file, under a passphrase or not."""
    if blob[1] == 0x81:
        seed, _ = fields(blob, 0x81, 32)
        return seed
    memory, passes, lanes, salt, print_, box = fields(blob, 0x82, 4, 1, 1, 16, 32)
    assert (memory, passes, lanes) == (b"\x00\x01\x00\x00", b"\x03", b"\x01")
    stretched = Argon2id(salt=salt, length=32, iterations=3, lanes=1, memory_cost=65536).derive(passphrase.encode())
    return unseal(hkdf(stretched, "backup-key-wrap", print_), box, blob[:60])


def open_backup(blob, seed, pepper):
    """Section 15: part and payload of a backup, its mark checked."""
    part, print_, enc, sealed = fields(blob[:1207], 0x83, 1, 32, 1120)
    key, nonce = hpke_schedule(b"\x64\x7a", xwing(seed, enc), info("backup", blob[:39]))
    file_key = AESGCM(key).decrypt(nonce, sealed, b"")
    chunks = AESGCM(expand(file_key, "backup-payload", hashlib.sha256(blob[:1207]).digest()))
    rest, plain, number = blob[1207:], b"", 0
    while rest:
        chunk, rest = rest[:65552], rest[65552:]
        plain += chunks.decrypt(number.to_bytes(11, "big") + (b"\x00" if rest else b"\x01"), chunk, None)
        number += 1
    payload, pepper_id, mark = plain[:-36], plain[-36:-32], plain[-32:]
    assert pepper_id == expand(pepper, "pepper-id")[:4]
    assert mark == expand(pepper, "backup-origin", hashlib.sha256(blob[:1207] + payload).digest())
    return {1: "database", 2: "keyring"}[part[0]], print_, payload


def open_deposit(blob, bundle, device_key, account_id, deposit_id):
    """Section 9, with RFC 9180's base mode spelled out."""
    device_id, enc, sealed = fields(blob, 0x60, 16, 32)
    place = account_id + device_id + deposit_id
    key, nonce = hpke_key(bundle[11:43], enc, info("deposit", blob[:22] + place))
    padded = AESGCM(key).decrypt(nonce, sealed, b"")
    length = int.from_bytes(padded[:4], "big")
    mac, document = padded[4:36], padded[36 : 4 + length]
    assert not any(padded[4 + length :])
    assert mac == hmac.new(device_key, info("deposit-mac", place + document), hashlib.sha256).digest()
    return document


def hpke_key(secret, enc, info_):
    private = X25519PrivateKey.from_private_bytes(secret)
    shared = private.exchange(X25519PublicKey.from_public_bytes(enc))
    kem = b"KEM\x00\x20"
    context = enc + private.public_key().public_bytes_raw()
    shared = labelled_expand(kem, labelled_extract(kem, b"", b"eae_prk", shared), b"shared_secret", context, 32)
    return hpke_schedule(b"\x00\x20", shared, info_)


def hpke_schedule(kem_id, shared, info_):
    suite = b"HPKE" + kem_id + b"\x00\x01\x00\x02"
    context = b"\x00" + labelled_extract(suite, b"", b"psk_id_hash", b"")
    context += labelled_extract(suite, b"", b"info_hash", info_)
    secret = labelled_extract(suite, shared, b"secret", b"")
    nonce = labelled_expand(suite, secret, b"base_nonce", context, 12)
    return labelled_expand(suite, secret, b"key", context, 32), nonce


def labelled_extract(suite, salt, label, secret):
    return hmac.new(salt or bytes(32), b"HPKE-v1" + suite + label + secret, hashlib.sha256).digest()


def labelled_expand(suite, key, label, context, length):
    text = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + context
    return hmac.new(key, text + b"\x01", hashlib.sha256).digest()[:length]


def login_index(index_key, name):
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).strip()
    return expand(index_key, "login-index", folded.encode())


def subject_hash(index_key, purpose, subject):
    return expand(index_key, "subject-hash", purpose.encode() + b"\x00" + subject.encode())


def token_hash(purpose, token):
    return hkdf(token.encode(), "token-hash", purpose.encode())
