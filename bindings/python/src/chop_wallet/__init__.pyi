"""Chop, the data space wallet. Written by `bindings/python/stubs.py`; a test compares."""

import builtins
import enum
import typing

__all__ = ['Act', 'Ask', 'AskedCredential', 'Audit', 'AuditFlaw', 'CallbackError', 'Cancel', 'Candidate', 'CardView', 'ChopError', 'Claim', 'ClaimedQuery', 'Confirmation', 'Consent', 'ConsentCard', 'Consents', 'CreatedSpace', 'Desk', 'DeviceKeyError', 'DeviceKeys', 'ErrorText', 'Exchange', 'ExchangeState', 'Fault', 'Grants', 'Holdings', 'HttpCall', 'HttpClient', 'HttpError', 'HttpMethod', 'HttpReply', 'ItemCard', 'ItemVersion', 'KeptData', 'KeyPlace', 'KeyUse', 'Language', 'Left', 'Names', 'Network', 'NewHolding', 'NewOffer', 'NewSpace', 'Offer', 'OfferMode', 'OfferNews', 'OfferTo', 'OfferView', 'OfferWay', 'Offers', 'Outbound', 'Override', 'PackCard', 'PackKind', 'PackOffer', 'PackVerdict', 'Page', 'PageFinding', 'PageLine', 'Param', 'Pick', 'Place', 'Progress', 'Prompt', 'Record', 'RecordEntry', 'Requests', 'Role', 'Scanned', 'SealState', 'ShelfName', 'Space', 'SpaceType', 'StandingOf', 'Taken', 'TakenCredential', 'TakenData', 'TakenFile', 'Trust', 'TrustListView', 'WithdrawalReach', 'WithdrawnConsent', 'check_proof', 'create_space', 'draw_qr', 'explain', 'open_space', 'read_qr_picture', 'read_qr_pixels', 'recover_space', 'restore_space', 'scan']

class Act:
    """The act of agreeing, under way."""

    def consent_to(self, topic: str) -> None:
        """One separate consent, given now, with an id and a time of its own. One call, one topic."""

class Ask:
    """What a verifier asks for."""
    query: str
    terms: str

    def __init__(self, *, query: str, terms: str) -> None:
        ...

class AskedCredential:
    """One credential that is asked for."""
    query: str
    claims: typing.List[str]
    candidates: typing.List[Candidate]

    def __init__(self, *, query: str, claims: typing.List[str], candidates: typing.List[Candidate]) -> None:
        ...

class Audit:
    """What a re-check of the whole record found."""
    entries: int
    erased: int
    rows: int
    flaws: typing.List[AuditFlaw]

    def __init__(self, *, entries: int, erased: int, rows: int, flaws: typing.List[AuditFlaw]) -> None:
        ...

class AuditFlaw:
    """Something that is wrong with the record."""
    code: str
    place: str

    def __init__(self, *, code: str, place: str) -> None:
        ...

class CallbackError(Exception):
    """What a callback raises when it cannot go on."""

    class Failed(CallbackError):
        """Anything: the work that it was told of is stopped."""

        def __init__(self) -> None:
            ...

class Cancel:
    """A switch that ends long work from another thread: an audit, an import, a wait at a relay."""

    def __init__(self) -> None:
        """A switch that nobody has pressed."""

    def cancel(self) -> None:
        """Ends every call that holds this switch, also those not yet made."""

    def is_cancelled(self) -> bool:
        """Whether it was pressed."""

class Candidate:
    """A holding that could answer."""
    item: str
    title: str
    seal: SealState
    answers: typing.List[str]

    def __init__(self, *, item: str, title: str, seal: SealState, answers: typing.List[str]) -> None:
        ...

class CardView:
    """A card with the versions behind it."""
    id: str
    title: str
    doc_type: str
    issuer: str
    versions: typing.List[ItemVersion]

    def __init__(self, *, id: str, title: str, doc_type: str, issuer: str, versions: typing.List[ItemVersion]) -> None:
        ...

class ChopError(Exception):
    """A step that did not happen. `code` is stable; `explain` puts it into words."""

    class Failed(ChopError):
        """The only kind: the code tells them apart, and codes may be added."""
        code: str
        fault: Fault
        left: Left
        summary: str
        params: typing.List[Param]

        def __init__(self, code: str, fault: Fault, left: Left, summary: str, params: typing.List[Param]) -> None:
            ...

class Claim:
    """Somebody takes up an offer: verified, within what was offered, and let in. Nothing is spent yet."""

    def asked(self) -> typing.List[ClaimedQuery]:
        """What they would get: no more than was offered."""

    def confirm(self) -> None:
        """Yes. The use is on the record before the next step of the offer sends anything."""

    def is_ruled(self) -> bool:
        """Whether a rule that was set with the offer answers: the holder need not be asked."""

    def place(self) -> Place:
        """Where they say that they sit."""

    def reject(self) -> None:
        """No; the next step of the offer says so. It stays open for somebody else."""

    def who(self) -> Names:
        """Who, by the name that a list or certificate vouches for."""

class ClaimedQuery:
    """What one query of a claim asks for."""
    query: str
    claims: typing.List[str]

    def __init__(self, *, query: str, claims: typing.List[str]) -> None:
        ...

class Confirmation:
    """How the verifier says it went."""
    is_accepted: bool
    reason: typing.Optional[str]

    def __init__(self, *, is_accepted: bool, reason: typing.Optional[str]) -> None:
        ...

class Consent:
    """A yes to exactly one page."""

class ConsentCard:
    """One consent, as a list shows it."""
    id: str
    role: Role
    state: str
    is_valid: bool
    client_id: str
    purpose: str
    uses: int
    max_uses: int
    valid_from: int
    valid_until: int
    updated_at: int

    def __init__(self, *, id: str, role: Role, state: str, is_valid: bool, client_id: str, purpose: str, uses: int, max_uses: int, valid_from: int, valid_until: int, updated_at: int) -> None:
        ...

class Consents:
    """The consents of a space: those that were given from it, and at a desk those that were received."""

    def consent(self, consent: str) -> ConsentCard:
        """One consent."""

    def effect_of_withdrawal(self, consent: str, language: Language) -> str:
        """What a withdrawal would do and what it cannot do, as it was said before the yes."""

    def list(self) -> typing.List[ConsentCard]:
        """Every consent, latest first. What time demands is written down first: one that ran out says so."""

    def pause(self, consent: str) -> None:
        """Holds a consent back: nothing goes out under it until `resume`."""

    def request_deletion(self, consent: str) -> str:
        """Asks the recipient to delete, once the consent is over: the signed notice for them."""

    def resume(self, consent: str) -> None:
        """Lets a paused consent go on, within its time."""

    def sentence(self, consent: str, language: Language) -> str:
        """The consent in one sentence, made from the record that both sides hold."""

    def take_notice(self, notice: str) -> str:
        """At a desk: takes a holder's notice of a withdrawal or for deletion. The consent it is about."""

    def withdraw(self, consent: str, reason: str, language: Language) -> WithdrawnConsent:
        """Takes a consent back, whatever was done under it, in one step; the reason may be empty. The same again gives the same notice."""

class CreatedSpace:
    """A new space with its recovery code: shown once, written on paper, kept nowhere."""
    space: Space
    recovery_code: str

    def __init__(self, *, space: Space, recovery_code: str) -> None:
        ...

class Desk:
    """Asking and taking."""

    def accept(self, codes: typing.List[str]) -> Taken:
        """Takes the codes of the key, opens and checks the data and signs what was taken."""

    def ask(self, query: str, terms: str) -> Outbound:
        """Asks: a DCQL query (OpenID4VP 1.0 section 6) and terms of use, both JSON."""

    def certify(self, chain: typing.List[bytes]) -> None:
        """Keeps the certificate chain for that key: DER, leaf first."""

    def claim(self, envelope: str) -> Outbound:
        """Reads the whole grant in an envelope and acknowledges it. The data cannot be read yet."""

    def claim_offer(self, code: str, ask: typing.Optional[Ask], network: Network) -> Offer:
        """Takes up the offer of a code, `CHOP1:O…` or its link, or goes on where that was left off. Without `ask`: whatever was left sealed. Nothing is sent before the offer's first `step`."""

    def data(self, exchange: str) -> TakenData:
        """The data of an exchange once more, checked again."""

    def erase(self, exchange: str) -> Outbound:
        """Destroys what was taken in an exchange, now, and signs for that: to be shown to the holder, who takes it by `Grants.confirm_erased`."""

    def erase_due(self) -> typing.List[str]:
        """Destroys everything whose time is over; which exchanges they were. Call it when a space was opened and from time to time; `Grants.again` has the signed word of each."""

    def kept(self) -> typing.List[KeptData]:
        """What was taken from others and is still kept, first what is due first."""

    def public_key(self) -> str:
        """The public key that a certificate for this desk must carry: its JWK (RFC 7517)."""

    def state_key(self, days: int) -> str:
        """States a key to which offers may be sealed while this desk sleeps, for `days`, at most 90: give the text to those who offer."""

class DeviceKeyError(Exception):
    """Why the device did not do it."""

    class NoSuchKey(DeviceKeyError):
        """The store has no such key."""

        def __init__(self) -> None:
            ...

    class NotPresent(DeviceKeyError):
        """The person did not show that they are there."""

        def __init__(self) -> None:
            ...

    class Unavailable(DeviceKeyError):
        """Any other failure."""

        def __init__(self) -> None:
            ...

class DeviceKeys:
    """A key store of the device. Every call comes on a thread of the library's, may ask the person for their finger or face, and may fail. One that takes longer than `KeyPlace.device_seconds` is given up."""

    def make(self, id: str, purpose: KeyUse) -> bytes:
        """Makes a P-256 key that never leaves the hardware, under the name `id` (base64url, 22 letters). Gives the public point: 65 bytes, `04 ‖ x ‖ y`. # Errors Nothing was made then."""

    def public_key(self, id: str) -> typing.Optional[bytes]:
        """The public point of a key, or nothing when there is none of this name. # Errors When the store cannot be asked."""

    def sign(self, id: str, message: bytes, reason: str) -> bytes:
        """ECDSA over SHA-256 of `message` with the key `id`, as X9.62 DER: what `SHA256withECDSA` and `ecdsaSignatureMessageX962SHA256` give. `reason` may be shown when the person is asked. # Errors When the person or the store refused."""

    def destroy(self, id: str) -> None:
        """Destroys a key; one that does not exist is destroyed already. # Errors When it may still exist."""

    def anchor(self, name: str) -> typing.Optional[bytes]:
        """What was kept last under `name`, or nothing. # Errors When the store cannot be asked."""

    def set_anchor(self, name: str, anchor: bytes) -> None:
        """Keeps 40 bytes under `name`, durably, in place of what was there. # Errors When they may not have been kept."""

class ErrorText:
    """An error in the reader's words."""
    what: str
    left: str
    now: str

    def __init__(self, *, what: str, left: str, now: str) -> None:
        ...

class Exchange:
    """One exchange."""
    id: str
    role: Role
    state: ExchangeState
    is_unconfirmed: bool
    peer: str
    purpose: str
    created_at: int
    expires_at: int
    updated_at: int

    def __init__(self, *, id: str, role: Role, state: ExchangeState, is_unconfirmed: bool, peer: str, purpose: str, created_at: int, expires_at: int, updated_at: int) -> None:
        ...

class ExchangeState:
    """Where an exchange stands: its stable word, and whether anything can still happen to it."""
    word: str
    is_open: bool

    def __init__(self, *, word: str, is_open: bool) -> None:
        ...

class Fault(enum.Enum):
    """Whose fault an error is."""
    PEER = 0
    USER = 1
    ENVIRONMENT = 2
    BUG = 3

class Grants:
    """The exchanges of this space, on either side."""

    def again(self, exchange: str) -> Outbound:
        """The stored message of an exchange once more, byte for byte."""

    def confirm(self, codes: typing.List[str]) -> Confirmation:
        """Takes the codes in which the verifier says how it went."""

    def confirm_erased(self, codes: typing.List[str]) -> str:
        """Takes the codes in which the verifier signs that what it took is erased. Which exchange that was."""

    def exchange(self, exchange: str) -> Exchange:
        """One exchange."""

    def list(self) -> typing.List[Exchange]:
        """All exchanges, newest first."""

    def release(self, acknowledgement: str) -> Outbound:
        """Takes the verifier's acknowledgement and gives the key: no receipt, no key. The same acknowledgement gives the same key again, another one gives nothing."""

    def uses(self) -> int:
        """How often something was granted from this space."""

    def withdraw(self, exchange: str) -> None:
        """Takes the grant back. Before the key left it is over; afterwards the error says so."""

class Holdings:
    """The holdings of a space."""

    def copy_file(self, item: str, to: str) -> None:
        """Copies the newest file of an item to `to`, which must not exist."""

    def erase(self, item: str) -> None:
        """Destroys the content of an item for good. The record keeps that it was held and erased."""

    def import_bytes(self, name: str, bytes: bytes, title: typing.Optional[str]) -> NewHolding:
        """Takes a credential, a summary, a record or any file of at most 100 MiB."""

    def import_file(self, path: str, title: typing.Optional[str], progress: typing.Optional[Progress]=..., cancel: typing.Optional[Cancel]=...) -> NewHolding:
        """As `import_bytes`, from a file; the file is read piece by piece and never whole. Stopped half-way, nothing of it is held."""

    def item(self, item: str) -> CardView:
        """One item with its versions."""

    def list(self, shelf: typing.Optional[ShelfName], after: typing.Optional[str], limit: int) -> typing.List[ItemCard]:
        """Cards of a shelf, or of both, newest first, from the card with `after` as its cursor on."""

    def make_credential_key(self) -> str:
        """A new key to which an issuer can bind a credential: its JWK (RFC 7517)."""

    def replace_bytes(self, item: str, name: str, bytes: bytes) -> NewHolding:
        """A new version of an item; the versions before stay."""

    def search(self, words: str, limit: int) -> typing.List[ItemCard]:
        """Cards whose title, issuer or searchable claims have these words or what they begin."""

    def text(self, item: str) -> str:
        """The newest text of an item: a credential, a summary, a record."""

class HttpCall:
    """One call to be made, exactly as it says: no redirect is followed, no cookie kept."""
    method: HttpMethod
    url: str
    content_type: str
    accept: str
    body: bytes
    wait_seconds: int
    max_bytes: int

    def __init__(self, *, method: HttpMethod, url: str, content_type: str, accept: str, body: bytes, wait_seconds: int, max_bytes: int) -> None:
        ...

class HttpClient:
    """The platform's own client: for a proxy, a pinned certificate, a network that only it may use. It may fail or hang; a call is waited for only so long."""

    def send(self, call: HttpCall) -> HttpReply:
        """Sends one call and gives what came back, of whatever status. Called on a thread of the library's. # Errors When nothing came back."""

class HttpError(Exception):
    """Why a call did not come to an answer."""

    class Unreachable(HttpError):
        """No connection was made: nothing was sent."""

        def __init__(self) -> None:
            ...

    class Certificate(HttpError):
        """The certificate is not trusted: nothing was sent."""

        def __init__(self) -> None:
            ...

    class TimedOut(HttpError):
        """It took too long; what was sent may have arrived."""

        def __init__(self) -> None:
            ...

    class Failed(HttpError):
        """Anything else; what was sent may have arrived."""

        def __init__(self) -> None:
            ...

class HttpMethod(enum.Enum):
    """How a call is made."""
    GET = 0
    POST = 1

class HttpReply:
    """What came back."""
    status: int
    content_type: str
    body: bytes

    def __init__(self, *, status: int, content_type: str, body: bytes) -> None:
        ...

class ItemCard:
    """A card on a shelf: what can be shown without opening the item."""
    id: str
    shelf: ShelfName
    form: str
    doc_type: str
    title: str
    issuer: str
    version: int
    updated_at: int
    expires_at: typing.Optional[int]
    seal: SealState
    seal_reason: str
    cursor: str

    def __init__(self, *, id: str, shelf: ShelfName, form: str, doc_type: str, title: str, issuer: str, version: int, updated_at: int, expires_at: typing.Optional[int], seal: SealState, seal_reason: str, cursor: str) -> None:
        ...

class ItemVersion:
    """One version of an item."""
    number: int
    added_at: int
    size: int

    def __init__(self, *, number: int, added_at: int, size: int) -> None:
        ...

class KeptData:
    """Data of others that this space keeps."""
    exchange: str
    purpose: str
    taken_at: int
    days: int
    due_at: int

    def __init__(self, *, exchange: str, purpose: str, taken_at: int, days: int, due_at: int) -> None:
        ...

class KeyPlace:
    """Where the private keys of a space live."""
    folder: str
    device: typing.Optional[DeviceKeys]
    device_seconds: int

    def __init__(self, *, folder: str, device: typing.Optional[DeviceKeys]=..., device_seconds: int=...) -> None:
        ...

class KeyUse(enum.Enum):
    """What a key is for. A key signs for one purpose only."""
    CREDENTIAL = 0
    CONSENT = 1
    VERIFIER = 2
    ITEM = 3
    OTHER = 4

class Language(enum.Enum):
    """A language of the product."""
    ZH_HANS = 0
    ZH_HANT = 1
    EN = 2
    PT = 3

class Left(enum.Enum):
    """Whether data left the device before a step failed."""
    NO = 0
    SEALED_ONLY = 1
    UNKNOWN = 2

class Names:
    """A name in every language of the product."""
    zh_hans: str
    zh_hant: str
    en: str
    pt: str

    def __init__(self, *, zh_hans: str, zh_hant: str, en: str, pt: str) -> None:
        ...

class Network:
    """Which relays may be called, and how."""
    relays: typing.List[str]
    allowed: typing.List[str]
    authorities: typing.Optional[str]
    seconds: int
    client: typing.Optional[HttpClient]

    def __init__(self, *, relays: typing.List[str], allowed: typing.List[str]=..., authorities: typing.Optional[str]=..., seconds: int=..., client: typing.Optional[HttpClient]=...) -> None:
        ...

class NewHolding:
    """What an import made."""
    id: str
    form: str
    doc_type: str
    title: str
    issuer: str
    seal: SealState
    seal_reason: str

    def __init__(self, *, id: str, form: str, doc_type: str, title: str, issuer: str, seal: SealState, seal_reason: str) -> None:
        ...

class NewOffer:
    """What a holder wants to offer."""
    query: str
    terms: str
    to: OfferTo
    way: OfferWay
    relay: str
    minutes: int

    def __init__(self, *, query: str, terms: str, to: OfferTo, way: OfferWay, relay: str, minutes: int) -> None:
        ...

class NewSpace:
    """What a new space is to be."""
    kind: SpaceType
    label: str
    place: Place

    def __init__(self, *, kind: SpaceType, label: str, place: Place) -> None:
        ...

class Offer:
    """One offer of this space, given or taken up."""

    def code(self) -> str:
        """Holder: the text of its code, `CHOP1:O…`."""

    def data(self) -> TakenData:
        """Verifier: the data once more, checked again."""

    def id(self) -> str:
        """Its id in this space."""

    def link(self) -> typing.Optional[str]:
        """Holder: the code as a link that any phone's camera opens; none for files to whoever comes."""

    def png(self, pixels: int) -> bytes:
        """Holder: the code as a PNG of about `pixels` a side, quiet zone included."""

    def step(self, seconds: int, cancel: typing.Optional[Cancel]=...) -> typing.List[OfferNews]:
        """Takes one step: one call to the relay, which may hold its answer back for `seconds`, at most 60. Empty: nothing happened, or nothing is to be done. A step that failed is taken again by calling again: the same bytes are sent."""

    def view(self) -> OfferView:
        """How it stands."""

    def watch(self, seconds: int, cancel: typing.Optional[Cancel]=...) -> typing.List[OfferNews]:
        """Takes steps until something happens, the offer is over or `seconds` are."""

    def withdraw(self, cancel: typing.Optional[Cancel]=...) -> typing.List[OfferNews]:
        """Holder: takes the offer back and hears the relay's signed answer, which is one of two: in time, or too late."""

class OfferMode(enum.Enum):
    """Which way an offer that was made goes."""
    LIVE = 0
    SEALED = 1
    FILES = 2

class OfferNews:
    """What one step of an offer brought."""

    def __init__(self) -> None:
        ...

    class MOVED(OfferNews):
        """It moved on."""
        state: str

        def __init__(self, state: str) -> None:
            ...

    class CLAIMED(OfferNews):
        """Holder: somebody takes it up. Confirm or reject while the lease runs."""
        claim: Claim

        def __init__(self, claim: Claim) -> None:
            ...

    class CLAIM_REFUSED(OfferNews):
        """Holder: a claim was refused without asking."""
        code: str

        def __init__(self, code: str) -> None:
            ...

    class ANOTHER_CLAIM(OfferNews):
        """Holder: another claim came beside the one that is ahead."""
        who: typing.Optional[Names]

        def __init__(self, who: typing.Optional[Names]) -> None:
            ...

    class COLLECTED(OfferNews):
        """Holder: somebody collected it."""
        who: Names

        def __init__(self, who: Names) -> None:
            ...

    class USED(OfferNews):
        """Holder: the recipient said how it went."""
        is_accepted: bool
        reason: typing.Optional[str]

        def __init__(self, is_accepted: bool, reason: typing.Optional[str]) -> None:
            ...

    class REVOKED_AT(OfferNews):
        """Holder: withdrawn in time."""
        at: int

        def __init__(self, at: int) -> None:
            ...

    class ALREADY_RELEASED_AT(OfferNews):
        """Holder: too late to withdraw."""
        at: int

        def __init__(self, at: int) -> None:
            ...

    class STRANGE(OfferNews):
        """Holder: the relay handed over what does not fit; nothing was taken from it."""
        code: str

        def __init__(self, code: str) -> None:
            ...

    class RECEIVED(OfferNews):
        """Verifier: the data, checked."""
        data: TakenData

        def __init__(self, data: TakenData) -> None:
            ...

    class CONTENT_REFUSED(OfferNews):
        """Verifier: not what was promised; a signed refusal goes back."""
        reason: str

        def __init__(self, reason: str) -> None:
            ...

    class RELAY_FAULT(OfferNews):
        """The relay contradicts itself. The proof is kept."""

        def __init__(self) -> None:
            ...

    class RELAY_REFUSED(OfferNews):
        """The relay will not."""
        code: str
        may_pass: bool

        def __init__(self, code: str, may_pass: bool) -> None:
            ...

    def is_MOVED(self) -> bool:
        ...

    def is_moved(self) -> bool:
        ...

    def is_CLAIMED(self) -> bool:
        ...

    def is_claimed(self) -> bool:
        ...

    def is_CLAIM_REFUSED(self) -> bool:
        ...

    def is_claim_refused(self) -> bool:
        ...

    def is_ANOTHER_CLAIM(self) -> bool:
        ...

    def is_another_claim(self) -> bool:
        ...

    def is_COLLECTED(self) -> bool:
        ...

    def is_collected(self) -> bool:
        ...

    def is_USED(self) -> bool:
        ...

    def is_used(self) -> bool:
        ...

    def is_REVOKED_AT(self) -> bool:
        ...

    def is_revoked_at(self) -> bool:
        ...

    def is_ALREADY_RELEASED_AT(self) -> bool:
        ...

    def is_already_released_at(self) -> bool:
        ...

    def is_STRANGE(self) -> bool:
        ...

    def is_strange(self) -> bool:
        ...

    def is_RECEIVED(self) -> bool:
        ...

    def is_received(self) -> bool:
        ...

    def is_CONTENT_REFUSED(self) -> bool:
        ...

    def is_content_refused(self) -> bool:
        ...

    def is_RELAY_FAULT(self) -> bool:
        ...

    def is_relay_fault(self) -> bool:
        ...

    def is_RELAY_REFUSED(self) -> bool:
        ...

    def is_relay_refused(self) -> bool:
        ...

class OfferTo:
    """Whom an offer lets in."""

    def __init__(self) -> None:
        ...

    class CLIENTS(OfferTo):
        """These client ids."""
        ids: typing.List[str]

        def __init__(self, ids: typing.List[str]) -> None:
            ...

    class OF_LIST(OfferTo):
        """Whom this list names."""
        publisher: str
        place: typing.Optional[Place]

        def __init__(self, publisher: str, place: typing.Optional[Place]) -> None:
            ...

    class REGISTERED(OfferTo):
        """Whom an authority of the trust lists vouches for."""

        def __init__(self) -> None:
            ...

    def is_CLIENTS(self) -> bool:
        ...

    def is_clients(self) -> bool:
        ...

    def is_OF_LIST(self) -> bool:
        ...

    def is_of_list(self) -> bool:
        ...

    def is_REGISTERED(self) -> bool:
        ...

    def is_registered(self) -> bool:
        ...

class OfferView:
    """One offer, as a list shows it."""
    id: str
    role: Role
    mode: OfferMode
    state: str
    is_open: bool
    relay: str
    peer: str
    purpose: str
    others: int
    created_at: int
    expires_at: int

    def __init__(self, *, id: str, role: Role, mode: OfferMode, state: str, is_open: bool, relay: str, peer: str, purpose: str, others: int, created_at: int, expires_at: int) -> None:
        ...

class OfferWay:
    """Which way an offer goes."""

    def __init__(self) -> None:
        ...

    class LIVE(OfferWay):
        """This space answers the claim."""
        by_rule: bool

        def __init__(self, by_rule: bool) -> None:
            ...

    class SEALED(OfferWay):
        """Sealed to the verifier of a key statement (`Desk.state_key`); this space may sleep."""
        statement: str

        def __init__(self, statement: str) -> None:
            ...

    class FILES(OfferWay):
        """Plain files for whoever comes with the code. A relay with a photo of it could read them."""

        def __init__(self) -> None:
            ...

    def is_LIVE(self) -> bool:
        ...

    def is_live(self) -> bool:
        ...

    def is_SEALED(self) -> bool:
        ...

    def is_sealed(self) -> bool:
        ...

    def is_FILES(self) -> bool:
        ...

    def is_files(self) -> bool:
        ...

class Offers:
    """Offers of a space over some relays."""

    def draft(self, offer: NewOffer, cancel: typing.Optional[Cancel]=...) -> Prompt:
        """Asks the relay who it is, judges the draft and finds what could answer it. Nothing is chosen, and nothing of it leaves. The prompt is answered as a request's is; it cannot be declined."""

    def list(self) -> typing.List[OfferView]:
        """Every offer of the space, given or taken up, newest first."""

    def make(self, consent: Consent, cancel: typing.Optional[Cancel]=...) -> Offer:
        """Makes the offer and puts it at the relay; only then is there a code to show. Where the relay does not take it, it is withdrawn here and the error says why."""

    def offer(self, offer: str) -> Offer:
        """One offer, to go on with."""

class Outbound:
    """A message that may leave now: its use is on the record already. Show the frames, then call `shown`; a message that was not shown is "outcome unknown" in the record."""

    def exchange(self) -> str:
        """The exchange."""

    def frames(self) -> typing.List[str]:
        """The texts of its QR codes, each `CHOP1:…`, to be shown one after the other."""

    def png(self, number: int, pixels: int) -> bytes:
        """The QR code of frame `number` (from 0) as a PNG of about `pixels` a side, quiet zone included."""

    def shown(self) -> None:
        """Says that the frames were shown. Once."""

class Override:
    """A warning that the holder grants in spite of, and why. The reason is kept."""
    rule: str
    reason: str

    def __init__(self, *, rule: str, reason: str) -> None:
        ...

class PackCard:
    """A pack that is held beside what comes with the library."""
    fingerprint: str
    kind: PackKind
    id: str
    version: str
    effective_from: int
    added_at: int
    is_in_force: bool

    def __init__(self, *, fingerprint: str, kind: PackKind, id: str, version: str, effective_from: int, added_at: int, is_in_force: bool) -> None:
        ...

class PackKind(enum.Enum):
    """What a pack is for."""
    RULES = 0
    CATALOG = 1

class PackOffer:
    """A pack before it is accepted."""
    fingerprint: str
    is_known_publisher: bool
    kind: PackKind
    id: str
    version: str
    effective_from: int
    types: typing.List[str]
    purposes: typing.List[str]

    def __init__(self, *, fingerprint: str, is_known_publisher: bool, kind: PackKind, id: str, version: str, effective_from: int, types: typing.List[str], purposes: typing.List[str]) -> None:
        ...

class PackVerdict:
    """What a proof pack proves."""
    is_valid: bool
    findings: typing.List[str]

    def __init__(self, *, is_valid: bool, findings: typing.List[str]) -> None:
        ...

class Page:
    """The page as it is shown for some picks."""
    title: str
    lines: typing.List[PageLine]
    sentence: str
    code: str
    separate: typing.List[str]
    findings: typing.List[PageFinding]
    is_blocked: bool
    wants_presence: bool

    def __init__(self, *, title: str, lines: typing.List[PageLine], sentence: str, code: str, separate: typing.List[str], findings: typing.List[PageFinding], is_blocked: bool, wants_presence: bool) -> None:
        ...

class PageFinding:
    """What a rule found."""
    rule: str
    blocks: bool
    text: str
    citation: str
    is_confirmed: bool

    def __init__(self, *, rule: str, blocks: bool, text: str, citation: str, is_confirmed: bool) -> None:
        ...

class PageLine:
    """A line of the page."""
    kind: str
    label: str
    value: str

    def __init__(self, *, kind: str, label: str, value: str) -> None:
        ...

class Param:
    """A named value of an error."""
    name: str
    value: str

    def __init__(self, *, name: str, value: str) -> None:
        ...

class Pick:
    """What to grant for one query. There is no "all": every claim is named."""
    query: str
    item: typing.Optional[str]
    claims: typing.List[str]

    def __init__(self, *, query: str, item: typing.Optional[str], claims: typing.List[str]) -> None:
        ...

class Place(enum.Enum):
    """Where somebody lives or sits."""
    CN = 0
    HK = 1
    MO = 2
    OTHER = 3

class Progress:
    """Hears how far long work came, on the thread that called. No lock is held: it may call back into the space."""

    def go_on(self, done: int, total: int) -> bool:
        """`done` of `total` entries or bytes. False stops the work: it fails with `border.stopped`. # Errors Stops the work too: it fails with `border.callback-failed`."""

class Prompt:
    """A verified request that waits for an answer. Nothing is chosen in it."""

    def agree(self, page_code: str, language: Language) -> Act:
        """Begins an agreement to the page with this code; separate consents are acts of their own in it."""

    def answer(self, picks: typing.List[Pick], overrides: typing.List[Override], act: Act) -> Consent:
        """The yes to exactly the page that `act` names. When something is missing, the error names it and the prompt can be answered again: nothing was spent."""

    def asked(self) -> typing.List[AskedCredential]:
        """What is asked for, with what could answer."""

    def asker(self, language: Language) -> str:
        """Who asks, in the reader's language, by the name that a list or certificate vouches for."""

    def asker_place(self) -> Place:
        """Where the asker says that it sits."""

    def decline(self) -> str:
        """No, in one step. To the asker it looks as if nothing were held. The id of the line in the record."""

    def page(self, picks: typing.List[Pick], overrides: typing.List[Override], language: Language) -> Page:
        """The page for these picks: what is granted, to whom, why, for how long, and what the law says."""

class Record:
    """The record of a space."""

    def audit(self, progress: typing.Optional[Progress]=..., cancel: typing.Optional[Cancel]=...) -> Audit:
        """Checks every entry, every row and every file against the log. Long on a long record."""

    def lines(self, limit: int) -> typing.List[RecordEntry]:
        """The last `limit` lines, newest first."""

    def prove(self, exchange: str, with_credential: bool) -> bytes:
        """A proof pack of one exchange: `*.chop-proof`. With the credential's issuer part where the holder wants to be named."""

class RecordEntry:
    """A line of the record. It holds digests and codes, never a value."""
    index: int
    kind: typing.Optional[str]
    at: typing.Optional[int]
    exchange: typing.Optional[str]

    def __init__(self, *, index: int, kind: typing.Optional[str], at: typing.Optional[int], exchange: typing.Optional[str]) -> None:
        ...

class Requests:
    """Requests to this space."""

    def grant(self, consent: Consent) -> Outbound:
        """Grants what the consent says, once. The use is on the record before this returns; the consent and the request are used up."""

    def look(self, request: str) -> Prompt:
        """Verifies a request and finds what could answer it. Nothing is written and nothing leaves."""

class Role(enum.Enum):
    """Which side of an exchange this space is on."""
    HOLDER = 0
    VERIFIER = 1

class Scanned:
    """What the scanned codes hold. Nothing in it was verified yet."""

    def __init__(self) -> None:
        ...

    class REQUEST(Scanned):
        """Somebody asks: `Requests.look`."""
        text: str

        def __init__(self, text: str) -> None:
            ...

    class OFFER(Scanned):
        """The code of an offer: `Desk.claim_offer`."""
        text: str

        def __init__(self, text: str) -> None:
            ...

    class DATA(Scanned):
        """Somebody grants: `Desk.claim`."""
        text: str

        def __init__(self, text: str) -> None:
            ...

    class ACKNOWLEDGEMENT(Scanned):
        """The verifier acknowledged: `Grants.release`."""
        text: str

        def __init__(self, text: str) -> None:
            ...

    class KEY(Scanned):
        """The key: `Desk.accept`, with the same codes."""

        def __init__(self) -> None:
            ...

    class OUTCOME(Scanned):
        """The verifier says how it went: `Grants.confirm`, with the same codes."""

        def __init__(self) -> None:
            ...

    class ERASED(Scanned):
        """The verifier signs that what it took is erased: `Grants.confirm_erased`, with the same codes."""

        def __init__(self) -> None:
            ...

    def is_REQUEST(self) -> bool:
        ...

    def is_request(self) -> bool:
        ...

    def is_OFFER(self) -> bool:
        ...

    def is_offer(self) -> bool:
        ...

    def is_DATA(self) -> bool:
        ...

    def is_data(self) -> bool:
        ...

    def is_ACKNOWLEDGEMENT(self) -> bool:
        ...

    def is_acknowledgement(self) -> bool:
        ...

    def is_KEY(self) -> bool:
        ...

    def is_key(self) -> bool:
        ...

    def is_OUTCOME(self) -> bool:
        ...

    def is_outcome(self) -> bool:
        ...

    def is_ERASED(self) -> bool:
        ...

    def is_erased(self) -> bool:
        ...

class SealState(enum.Enum):
    """What the seal of a holding says."""
    VALID = 0
    INVALID = 1
    CANNOT_CHECK = 2
    SELF_STATED = 3

class ShelfName(enum.Enum):
    """The two shelves."""
    CREDENTIALS = 0
    DATA = 1

class Space:
    """An open space."""

    def backup(self, passphrase: str, to: str) -> None:
        """Writes a sealed backup to the file `to`, which must not exist."""

    def change_passphrase(self, passphrase: str) -> None:
        """Replaces every passphrase by this one."""

    def consents(self) -> Consents:
        """What was agreed to, and what became of it."""

    def desk(self) -> Desk:
        """The verifier's side."""

    def grants(self) -> Grants:
        """What was granted."""

    def holdings(self) -> Holdings:
        """What is held."""

    def interrupted(self) -> int:
        """Steps that a crash interrupted, closed as "outcome unknown" when the space was opened."""

    def kind(self) -> SpaceType:
        """Whose it is."""

    def label(self) -> str:
        """The name it is shown by."""

    def lock(self) -> None:
        """Locks the space now: keys leave memory, and every call but a new `open_space` fails."""

    def lock_after(self, seconds: int) -> None:
        """Locks the space after `seconds` without use; 0 turns that off."""

    def lock_if_idle(self) -> bool:
        """Locks the space if it was idle for that long; whether it is locked now."""

    def offers(self, network: Network) -> Offers:
        """What is offered through relays."""

    def place(self) -> Place:
        """Where its owner lives or sits."""

    def reauthenticate(self, passphrase: str) -> None:
        """Takes the passphrase as a proof that the owner is there now. It counts for two minutes; a grant whose page `wants_presence` needs it."""

    def record(self) -> Record:
        """What happened."""

    def requests(self) -> Requests:
        """What is asked."""

    def standing(self) -> StandingOf:
        """What the key store remembers of the record."""

    def trust(self) -> Trust:
        """Whom to believe."""

class SpaceType(enum.Enum):
    """Whose space it is."""
    PERSON = 0
    FIRM = 1

class StandingOf(enum.Enum):
    """What the device's key store remembers of the record."""
    CURRENT = 0
    NOT_WITNESSED = 1
    ROLLED_BACK = 2

class Taken:
    """What came of a key."""
    data: typing.Optional[TakenData]
    refused_because: typing.Optional[str]
    answer: Outbound

    def __init__(self, *, data: typing.Optional[TakenData], refused_because: typing.Optional[str], answer: Outbound) -> None:
        ...

class TakenCredential:
    """One credential."""
    query: str
    vct: str
    issuer: typing.Optional[str]
    claims: str
    is_status_unchecked: bool

    def __init__(self, *, query: str, vct: str, issuer: typing.Optional[str], claims: str, is_status_unchecked: bool) -> None:
        ...

class TakenData:
    """Data that verified."""
    credentials: typing.List[TakenCredential]
    files: typing.List[TakenFile]

    def __init__(self, *, credentials: typing.List[TakenCredential], files: typing.List[TakenFile]) -> None:
        ...

class TakenFile:
    """One file."""
    name: str
    mime: str
    bytes: builtins.bytes

    def __init__(self, *, name: str, mime: str, bytes: builtins.bytes) -> None:
        ...

class Trust:
    """The trust lists of a space."""

    def add(self, list: str, fingerprint: str) -> None:
        """Accepts a list under the fingerprint that was compared."""

    def add_pack(self, pack: str, fingerprint: typing.Optional[str]=...) -> None:
        """Accepts a pack. The first one of a publisher needs the fingerprint that was compared, later ones do not. One that is refused changes nothing."""

    def fingerprint(self, list: str) -> str:
        """The fingerprint of a list's publisher, to be compared with one from elsewhere."""

    def lists(self, language: Language) -> typing.List[TrustListView]:
        """The lists in force."""

    def look_at_pack(self, pack: str) -> PackOffer:
        """Who signed a pack and what it would bring. Nothing is kept."""

    def packs(self) -> typing.List[PackCard]:
        """Every pack that was accepted, superseded ones too, in the order in which they came."""

class TrustListView:
    """A trust list that was accepted."""
    publisher: str
    edition: int
    issued_at: int
    next_update: int
    is_stale: bool
    entries: int

    def __init__(self, *, publisher: str, edition: int, issued_at: int, next_update: int, is_stale: bool, entries: int) -> None:
        ...

class WithdrawalReach(enum.Enum):
    """What a withdrawal reached. There is no third answer."""
    NOTHING_WAS_READ = 0
    FROM_NOW_ON_ONLY = 1

class WithdrawnConsent:
    """A consent that was taken back."""
    reach: WithdrawalReach
    effect: str
    notice: str

    def __init__(self, *, reach: WithdrawalReach, effect: str, notice: str) -> None:
        ...

def check_proof(pack: bytes) -> PackVerdict:
    """Checks a proof pack on its own: no space is needed."""

def create_space(folder: str, new: NewSpace, passphrase: str, keys: KeyPlace) -> CreatedSpace:
    """Makes a space in `folder`, which must be empty or absent. Takes about a second: the passphrase is stretched by Argon2id."""

def draw_qr(text: str, pixels: int) -> bytes:
    """The QR code of `text` as a PNG of about `pixels` a side, quiet zone included."""

def explain(error: ChopError, language: Language) -> typing.Optional[ErrorText]:
    """The words of the error `code` in `language`, where this version knows the code."""

def open_space(folder: str, passphrase: str, keys: KeyPlace) -> Space:
    """Opens a space. A wrong passphrase, a damaged file and a space that another process holds have codes of their own."""

def read_qr_picture(picture: bytes) -> typing.List[str]:
    """The texts of the QR codes in a picture, PNG or JPEG."""

def read_qr_pixels(pixels: bytes, width: int) -> typing.List[str]:
    """The texts of the QR codes in a camera's frame: one byte of brightness a pixel, row by row."""

def recover_space(folder: str, recovery_code: str, new_passphrase: str, keys: KeyPlace) -> Space:
    """Opens a space with its recovery code and gives it a new passphrase."""

def restore_space(backup: str, passphrase: str, folder: str, keys: KeyPlace) -> Space:
    """Restores a sealed backup into `folder`. Open grants are frozen: the copy may be older than the log."""

def scan(texts: typing.List[str]) -> Scanned:
    """Puts a message together from the texts of its codes, in any order. Frames that are missing are named in the error `scan.missing-frames`."""
