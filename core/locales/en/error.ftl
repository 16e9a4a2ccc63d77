# Each error: what happened; .now: what to do. Whether data left is said by left-* in notice.ftl.

# What to do now.
-now-ask = Ask the other side for a new code and try again.
-now-scan = Scan again, with the right code.
-now-stop = Do not go on. Tell the other side what you saw.
-now-evidence = Keep what you received as evidence, and tell the other side.
-now-choose = Look at your choice and try again.
-now-less = Take less and try again.
-now-late = Turn to the recipient to use your rights.
-now-decline = You may decline.
-now-issuer = Ask the issuer for a new one.
-now-otherfile = Choose another file and try again.
-now-other = Try another backup.
-now-secret = Check the passphrase or recovery code and try again.
-now-disk = Check the disk’s free space and permissions and try again.
-now-machine = Restart the program and try again.
-now-close = Close it elsewhere and try again.
-now-update = Update the program and try again.
-now-restore = Do not use it further. Check the record; restore a backup if needed.
-now-clock = Check this machine’s clock and try again.
-now-list = Check your trust lists.
-now-rules = Use another rule pack.
-now-report = This is a fault of the program. Please report it.

# bundle
error-bundle-bad-cost = The bundle names a passphrase cost that is not acceptable.
    .now = { -now-other }
error-bundle-bad-header = The head of the bundle is damaged.
    .now = { -now-otherfile }
error-bundle-damaged = The bundle is damaged.
    .now = { -now-otherfile }
error-bundle-io = The bundle could not be read or written.
    .now = { -now-disk }
error-bundle-newer-version = The bundle was made by a newer version.
    .now = { -now-update }
error-bundle-no-secret = No passphrase or recovery code was given for the bundle.
    .now = { -now-report }
error-bundle-no-such-slot = The bundle cannot be opened in this way.
    .now = { -now-secret }
error-bundle-not-a-bundle = The file is not a Chop bundle.
    .now = { -now-otherfile }
error-bundle-random = The random source failed.
    .now = { -now-machine }
error-bundle-sealing = The bundle could not be sealed.
    .now = { -now-report }
error-bundle-truncated = The end of the bundle is missing.
    .now = { -now-otherfile }
error-bundle-wrong-secret = The passphrase or recovery code does not open this bundle.
    .now = { -now-secret }

# cbor
error-cbor-bad-text = The CBOR holds text that is not UTF-8.
    .now = { -now-ask }
error-cbor-not-deterministic = The CBOR is not in its one deterministic encoding.
    .now = { -now-ask }
error-cbor-too-deep = The CBOR is nested too deeply.
    .now = { -now-ask }
error-cbor-too-large = The CBOR document is larger than allowed.
    .now = { -now-ask }
error-cbor-trailing-bytes = Bytes follow the CBOR document.
    .now = { -now-ask }
error-cbor-truncated = The CBOR document ends too early.
    .now = { -now-ask }
error-cbor-unexpected-shape = The CBOR does not have the expected shape.
    .now = { -now-ask }
error-cbor-unsupported = The CBOR holds a kind of value that is not used here.
    .now = { -now-ask }

# checkpoint
error-checkpoint-empty-root = The checkpoint of an empty log has a root of something.
    .now = { -now-evidence }
error-checkpoint-extension = The checkpoint has extension lines.
    .now = { -now-evidence }
error-checkpoint-malformed = The note is not the checkpoint of a log.
    .now = { -now-evidence }
error-checkpoint-too-large = The checkpoint is of a log larger than a log may be.
    .now = { -now-evidence }
error-checkpoint-wrong-origin = The checkpoint is of another log.
    .now = { -now-evidence }

# claim-path
error-claim-path-empty = The claim path is empty.
    .now = { -now-ask }
error-claim-path-too-long = The claim path is too long.
    .now = { -now-ask }

# consent
error-consent-blocked = A rule forbids this grant.
    .now = { -now-stop }
error-consent-not-asked = This was not asked for.
    .now = { -now-choose }
error-consent-nothing-chosen = Nothing was chosen.
    .now = { -now-choose }
error-consent-other-page = The page agreed to is not the page of these choices.
    .now = { -now-choose }
error-consent-separate-missing = A separate consent is missing.
    .now = { -now-choose }

# content
error-content-bad-presentation = A presentation in the content cannot be read.
    .now = { -now-evidence }
error-content-bomb = The content is larger than allowed once unpacked.
    .now = { -now-evidence }
error-content-junk = The sealed content does not open with its own key.
    .now = { -now-evidence }
error-content-malformed = The opened content cannot be read.
    .now = { -now-evidence }
error-content-too-large = This is too much for one grant.
    .now = { -now-less }
error-content-wrong-ciphertext = The sealed content is not the one that was promised.
    .now = { -now-evidence }
error-content-wrong-content = The opened content is not the one that was promised.
    .now = { -now-evidence }
error-content-wrong-file = A file in the content is not the one that was sealed.
    .now = { -now-evidence }
error-content-wrong-key = The key is not the one that was promised.
    .now = { -now-evidence }

# core
error-core-internal = A step inside went wrong.
    .now = { -now-report }

# dcql
error-dcql-bad-id = An id in the request is not of letters, digits, _ and -.
    .now = { -now-ask }
error-dcql-bad-path = A claim path in the request is wrong.
    .now = { -now-ask }
error-dcql-bad-values = The request compares a claim with something that cannot be compared.
    .now = { -now-ask }
error-dcql-claim-sets = The request offers alternatives between claims.
    .now = { -now-ask }
error-dcql-credential-sets = The request offers alternatives between credentials.
    .now = { -now-ask }
error-dcql-doubled-claim = The request asks for one claim twice.
    .now = { -now-ask }
error-dcql-doubled-id = The request uses one id twice.
    .now = { -now-ask }
error-dcql-multiple = The request asks for several credentials at once under one id.
    .now = { -now-ask }
error-dcql-no-claims = The request does not say which claims it wants.
    .now = { -now-ask }
error-dcql-no-holder-binding = The request wants credentials that anybody could show.
    .now = { -now-ask }
error-dcql-no-type = The request does not say which type of credential it wants.
    .now = { -now-ask }
error-dcql-not-a-query = Not a DCQL query.
    .now = { -now-ask }
error-dcql-not-asked = Something was chosen that was not asked for.
    .now = { -now-report }
error-dcql-nothing-chosen = Nothing was chosen.
    .now = { -now-choose }
error-dcql-path-too-long = The request asks for a claim too deep inside.
    .now = { -now-ask }
error-dcql-too-many-claims = The request asks for too many claims.
    .now = { -now-ask }
error-dcql-too-many-credentials = The request asks for too many credentials.
    .now = { -now-ask }
error-dcql-too-many-values = The request names too many types or values.
    .now = { -now-ask }
error-dcql-trusted-authorities = The request restricts issuers in a way that is not known here.
    .now = { -now-ask }
error-dcql-unfit-text = The request names something that cannot be shown.
    .now = { -now-ask }
error-dcql-unknown-format = The request asks for a format that is not known here.
    .now = { -now-ask }
error-dcql-wildcard = The request asks for whatever is there.
    .now = { -now-ask }

# deflate
error-deflate-compressor = The data could not be compressed.
    .now = { -now-report }
error-deflate-damaged = The compressed data are damaged.
    .now = { -now-ask }
error-deflate-too-large = The compressed data are larger than allowed once unpacked.
    .now = { -now-ask }
error-deflate-unknown-dictionary = The data were compressed with an unknown dictionary.
    .now = { -now-ask }

# delivery
error-delivery-bad-times = The times of the delivery note contradict the grant.
    .now = { -now-stop }
error-delivery-expired = The delivery note has expired.
    .now = { -now-ask }
error-delivery-not-yet-valid = The delivery note is from the future.
    .now = { -now-clock }
error-delivery-wrong-ciphertext = The sealed content is not the one that the delivery note names.
    .now = { -now-evidence }
error-delivery-wrong-grant = The delivery note belongs to another grant.
    .now = { -now-evidence }
error-delivery-wrong-issuer = The delivery note is not from the holder who granted.
    .now = { -now-evidence }
error-delivery-wrong-request = The delivery note answers another request.
    .now = { -now-evidence }

# entry
error-entry-malformed = The bytes are not a log entry.
    .now = { -now-evidence }
error-entry-not-canonical = The log entry is not in its one canonical encoding.
    .now = { -now-evidence }
error-entry-too-large = The log entry is larger than an entry may be.
    .now = { -now-evidence }
error-entry-unknown-kind = The log entry is of an unknown kind.
    .now = { -now-evidence }

# envelope
error-envelope-bomb = The envelope is larger than allowed once unpacked.
    .now = { -now-ask }
error-envelope-malformed = The opened envelope cannot be read.
    .now = { -now-ask }
error-envelope-too-large = This is too much for one envelope.
    .now = { -now-less }

# exchange
error-exchange-already-released = The key was already given out.
    .now = { -now-late }
error-exchange-expired = The grant's time is over.
    .now = { -now-ask }
error-exchange-frozen = The space was restored or rolled back; this grant is frozen.
    .now = { -now-ask }
error-exchange-nonce-seen = This request's nonce was used before.
    .now = { -now-ask }
error-exchange-unknown = Nothing here is waiting for this code.
    .now = { -now-scan }
error-exchange-withdrawn = The grant was withdrawn.
    .now = { -now-ask }
error-exchange-wrong-step = The exchange is not at this step.
    .now = { -now-scan }

# file
error-file-bad-type = The type of the file is not a media type.
    .now = { -now-otherfile }
error-file-too-large = The file is larger than 100 MiB.
    .now = { -now-otherfile }
error-file-wrong-seal = The file is not the one that was sealed.
    .now = { -now-evidence }
error-file-wrong-size = The file does not have the size that was stated.
    .now = { -now-evidence }

# frame
error-frame-bad-base45 = The frame is not canonical Base45.
    .now = { -now-scan }
error-frame-bad-checksum = The checksum of the frame is wrong.
    .now = { -now-scan }
error-frame-bad-count = The number of the frame is out of range.
    .now = { -now-scan }
error-frame-bad-message = The message in the frames cannot be read.
    .now = { -now-ask }
error-frame-bomb = The message is larger than allowed once unpacked.
    .now = { -now-ask }
error-frame-contradiction = The frame contradicts the frames before it.
    .now = { -now-ask }
error-frame-foreign-frame = This frame belongs to another message.
    .now = { -now-scan }
error-frame-missing = Frames are missing.
    .now = { -now-scan }
error-frame-not-a-frame = This QR code is not a Chop frame.
    .now = { -now-scan }
error-frame-text-too-long = The frame text is longer than a frame can be.
    .now = { -now-scan }
error-frame-too-large = This is too much for QR codes.
    .now = { -now-less }
error-frame-truncated = The frame is cut off.
    .now = { -now-scan }
error-frame-unexpected-message = This is another message than the one awaited here.
    .now = { -now-scan }
error-frame-unknown-kind = The frame is of an unknown kind.
    .now = { -now-update }
error-frame-unknown-message = The message is of an unknown kind.
    .now = { -now-update }
error-frame-unknown-version = The frame has an unknown version.
    .now = { -now-update }
error-frame-wrong-message = The frames do not add up to the message that they name.
    .now = { -now-ask }

# grant
error-grant-bad-times = The times of the grant contradict each other.
    .now = { -now-stop }
error-grant-empty-scope = The grant permits nothing.
    .now = { -now-stop }
error-grant-expired = The grant has expired.
    .now = { -now-ask }
error-grant-no-key = The grant does not carry the key that signed it.
    .now = { -now-stop }
error-grant-no-purpose = The grant has no purpose.
    .now = { -now-stop }
error-grant-not-one-off = The grant is not for exactly one use.
    .now = { -now-stop }
error-grant-not-yet-valid = The grant is not valid yet.
    .now = { -now-clock }
error-grant-open-choice = The grant leaves open which data it permits.
    .now = { -now-stop }
error-grant-unknown-access = The grant permits something that is not known here.
    .now = { -now-stop }
error-grant-unknown-schema = The grant follows an unknown schema.
    .now = { -now-update }
error-grant-wildcard = The grant does not list its claims one by one.
    .now = { -now-stop }
error-grant-wrong-audience = The grant was made for another recipient.
    .now = { -now-stop }
error-grant-wrong-issuer = The grant names another issuer than its key.
    .now = { -now-stop }
error-grant-wrong-request = The grant answers another request.
    .now = { -now-stop }
error-grant-wrong-verifier-log = The grant echoes another log than the verifier's.
    .now = { -now-stop }

# holding
error-holding-erased = The holding was erased.
    .now = { -now-choose }
error-holding-foreign-key = The credential is bound to a key this wallet does not have.
    .now = { -now-issuer }
error-holding-none-fits = Nothing held answers this request.
    .now = { -now-decline }
error-holding-too-large = The file is larger than 100 MiB.
    .now = { -now-otherfile }
error-holding-unknown = There is no such holding.
    .now = { -now-choose }
error-holding-unknown-form = The form of this file is not known.
    .now = { -now-otherfile }

# jose
error-jose-bad-algorithm = The object uses an algorithm that is not allowed.
    .now = { -now-stop }
error-jose-bad-encoding = A part of the object is not canonical base64url.
    .now = { -now-ask }
error-jose-bad-header = A field in the object's header is wrong.
    .now = { -now-ask }
error-jose-bad-json = A part of the object is not well-formed JSON.
    .now = { -now-ask }
error-jose-bad-key = The key is not a P-256 public key.
    .now = { -now-ask }
error-jose-bad-seal = The sealed object does not open.
    .now = { -now-ask }
error-jose-bad-signature = The signature does not verify.
    .now = { -now-stop }
error-jose-compressed = The sealed object is compressed.
    .now = { -now-ask }
error-jose-critical-header = The object's header demands something unknown.
    .now = { -now-ask }
error-jose-duplicate-key = A part of the object has the same key twice.
    .now = { -now-ask }
error-jose-key-failure = The key could not be used.
    .now = { -now-machine }
error-jose-key-in-header = The object brings its own key.
    .now = { -now-stop }
error-jose-misuse = The object could not be made as asked.
    .now = { -now-report }
error-jose-not-compact = The object is not in compact form.
    .now = { -now-ask }
error-jose-too-deep = A part of the object is nested too deeply.
    .now = { -now-ask }
error-jose-too-large = The signed or sealed object is larger than allowed.
    .now = { -now-ask }
error-jose-wrong-party = The object was sealed for another exchange.
    .now = { -now-stop }
error-jose-wrong-recipient = The object was sealed to another key.
    .now = { -now-ask }
error-jose-wrong-type = The object is of another type than expected.
    .now = { -now-stop }

# json
error-json-duplicate-key = An object in the JSON text has the same key twice.
    .now = { -now-otherfile }
error-json-malformed = The text is not well-formed JSON.
    .now = { -now-otherfile }
error-json-not-utf8 = The JSON text is not plain UTF-8.
    .now = { -now-otherfile }
error-json-too-deep = The JSON text is nested too deeply.
    .now = { -now-otherfile }
error-json-too-large = The JSON text is larger than allowed.
    .now = { -now-otherfile }
error-json-wrong-shape = The JSON text does not have the expected fields.
    .now = { -now-otherfile }

# ledger
error-ledger-bad-proof-text = The text is not a log proof.
    .now = { -now-evidence }
error-ledger-fork = There are two different logs of the same size.
    .now = { -now-evidence }
error-ledger-missing-hash = A stored hash of the log is missing.
    .now = { -now-restore }
error-ledger-not-a-hash = A hash in the proof is not 32 bytes long.
    .now = { -now-evidence }
error-ledger-outside-tree = The proof speaks of a place outside the tree.
    .now = { -now-evidence }
error-ledger-proof-length = The proof has more or fewer hashes than its tree asks for.
    .now = { -now-evidence }
error-ledger-too-large = The tree is larger than a tree may be.
    .now = { -now-evidence }
error-ledger-wrong-root = The proof leads to another root.
    .now = { -now-evidence }

# log
error-log-broken = The record does not agree with itself.
    .now = { -now-restore }
error-log-rolled-back = The space is older than its key store remembers.
    .now = { -now-restore }

# note
error-note-bad-key = The text is not the key of a log.
    .now = { -now-evidence }
error-note-bad-signature = The signature on the note does not verify.
    .now = { -now-evidence }
error-note-malformed = The text is not a signed note.
    .now = { -now-evidence }
error-note-not-alone = The note does not have exactly one signature.
    .now = { -now-evidence }
error-note-not-signed = The note could not be signed.
    .now = { -now-machine }
error-note-too-large = The signed note is larger than a note may be.
    .now = { -now-evidence }
error-note-unknown-signer = No known key signed the note.
    .now = { -now-evidence }

# notice
error-notice-bad-words = A file of words is damaged.
    .now = { -now-report }
error-notice-no-such-time = A time lies outside the calendar.
    .now = { -now-ask }
error-notice-no-words = Words are missing in this language.
    .now = { -now-report }

# pack
error-pack-bad-packing = The packed form cannot be read.
    .now = { -now-ask }
error-pack-not-canonical = A part of the text is not canonical base64url.
    .now = { -now-ask }
error-pack-not-compact = The text is not a compact JWS, JWE or SD-JWT.
    .now = { -now-ask }
error-pack-too-large = The text is too long to be packed.
    .now = { -now-less }

# policy
error-policy-pack-date = A rule of the pack has a date that is none.
    .now = { -now-rules }
error-policy-pack-duplicate = Two rules of the pack have the same id.
    .now = { -now-rules }
error-policy-pack-malformed = The rule pack is not in the form of a rule pack.
    .now = { -now-rules }
error-policy-pack-routes = A rule of the pack does not say how it holds on each route.
    .now = { -now-rules }
error-policy-pack-too-large = The rule pack is too large.
    .now = { -now-rules }

# presentation
error-presentation-junk = The content does not open with the key that was given.
    .now = { -now-evidence }
error-presentation-not-granted = What was received is not what was granted.
    .now = { -now-evidence }

# qr
error-qr-no-code = No QR code was found in the picture.
    .now = { -now-scan }
error-qr-not-drawn = The QR code could not be drawn.
    .now = { -now-report }
error-qr-picture-bytes = The picture's file is larger than 20 MiB.
    .now = { -now-otherfile }
error-qr-picture-damaged = The picture is damaged.
    .now = { -now-otherfile }
error-qr-picture-form = The file is neither a PNG nor a JPEG picture.
    .now = { -now-otherfile }
error-qr-picture-pixels = The picture has more than 40 megapixels.
    .now = { -now-otherfile }
error-qr-too-long = The text does not fit one QR code of version 15.
    .now = { -now-report }
error-qr-too-many-pictures = More than 200 pictures at once.
    .now = { -now-less }

# receipt
error-receipt-from-future = The receipt is from the future.
    .now = { -now-clock }
error-receipt-no-certificate = The receipt does not name its certificate.
    .now = { -now-evidence }
error-receipt-too-early = The receipt is older than its grant.
    .now = { -now-evidence }
error-receipt-too-many = The receipt names too many claims.
    .now = { -now-evidence }
error-receipt-wrong-audience = The receipt is for another holder.
    .now = { -now-evidence }
error-receipt-wrong-certificate = The receipt names another certificate than the request's.
    .now = { -now-evidence }
error-receipt-wrong-ciphertext = The receipt is for other sealed content.
    .now = { -now-evidence }
error-receipt-wrong-claims = The receipt names claims that were not presented.
    .now = { -now-evidence }
error-receipt-wrong-delivery = The receipt is for another delivery.
    .now = { -now-evidence }
error-receipt-wrong-grant = The receipt is for another grant.
    .now = { -now-evidence }
error-receipt-wrong-holder-log = The receipt echoes another log than the holder's.
    .now = { -now-evidence }
error-receipt-wrong-issuer = The receipt is from somebody else than who asked.
    .now = { -now-evidence }
error-receipt-wrong-key-commitment = The receipt is for another key.
    .now = { -now-evidence }
error-receipt-wrong-organisation = The receipt names another organisation than its certificate.
    .now = { -now-evidence }
error-receipt-wrong-presentation = The receipt names another presentation than the one given.
    .now = { -now-evidence }
error-receipt-wrong-previous = The receipt does not follow the one before it.
    .now = { -now-evidence }
error-receipt-wrong-request = The receipt is for another request.
    .now = { -now-evidence }

# request
error-request-answered-before = This request was answered before.
    .now = { -now-ask }

# scan
error-scan-missing-frames = Frames are missing.
    .now = { -now-scan }
error-scan-other-message = This code belongs to another step.
    .now = { -now-scan }
error-scan-unknown = The code is none of ours.
    .now = { -now-scan }

# sd-jwt-vc
error-sd-jwt-vc-bad-claim = A claim of the credential is of the wrong kind.
    .now = { -now-issuer }
error-sd-jwt-vc-hidden-claim = The credential hides a claim that must always be shown.
    .now = { -now-issuer }
error-sd-jwt-vc-no-type = The credential does not say what it is.
    .now = { -now-issuer }

# sd-jwt
error-sd-jwt-bad-algorithm = The credential uses a signature algorithm that is not allowed.
    .now = { -now-stop }
error-sd-jwt-bad-digest = The credential's list of digests is malformed.
    .now = { -now-stop }
error-sd-jwt-bad-disclosure = A disclosure is malformed.
    .now = { -now-stop }
error-sd-jwt-bad-encoding = A part of the credential is not canonical base64url.
    .now = { -now-stop }
error-sd-jwt-bad-header = The credential's header is not acceptable.
    .now = { -now-stop }
error-sd-jwt-bad-holder-signature = The holder's signature does not verify.
    .now = { -now-stop }
error-sd-jwt-bad-json = A part of the credential is not well-formed JSON.
    .now = { -now-stop }
error-sd-jwt-bad-key-binding = The proof of the holder is malformed.
    .now = { -now-stop }
error-sd-jwt-bad-signature = The issuer's signature does not verify.
    .now = { -now-stop }
error-sd-jwt-bad-time = A time in the credential is malformed.
    .now = { -now-stop }
error-sd-jwt-digest-twice = A digest appears twice in the credential.
    .now = { -now-stop }
error-sd-jwt-duplicate-key = A part of the credential has the same key twice.
    .now = { -now-stop }
error-sd-jwt-expired = The credential has expired.
    .now = { -now-issuer }
error-sd-jwt-issued-in-future = The credential was issued in the future.
    .now = { -now-clock }
error-sd-jwt-key-binding-in-future = The presentation was made in the future.
    .now = { -now-clock }
error-sd-jwt-key-binding-too-old = The presentation is too old.
    .now = { -now-ask }
error-sd-jwt-key-failure = The key could not be used.
    .now = { -now-machine }
error-sd-jwt-malformed = The text is not an SD-JWT.
    .now = { -now-otherfile }
error-sd-jwt-name-collision = A disclosed claim exists twice.
    .now = { -now-stop }
error-sd-jwt-no-holder-key = The credential is not bound to the holder's key.
    .now = { -now-issuer }
error-sd-jwt-no-key-binding = The presentation does not prove that it comes from the holder.
    .now = { -now-stop }
error-sd-jwt-no-such-claim = The credential has no such claim.
    .now = { -now-report }
error-sd-jwt-not-for-us = The credential is meant for somebody else.
    .now = { -now-stop }
error-sd-jwt-not-issuable = These claims cannot be issued.
    .now = { -now-report }
error-sd-jwt-not-yet-valid = The credential is not valid yet.
    .now = { -now-clock }
error-sd-jwt-reserved-name = A claim has a reserved name.
    .now = { -now-stop }
error-sd-jwt-too-deep = The credential is nested too deeply.
    .now = { -now-stop }
error-sd-jwt-too-large = The credential is larger than allowed.
    .now = { -now-stop }
error-sd-jwt-too-many = The credential has more parts than allowed.
    .now = { -now-stop }
error-sd-jwt-unexpected-key-binding = A credential was expected, not a presentation.
    .now = { -now-otherfile }
error-sd-jwt-unknown-hash = The credential uses an unknown hash.
    .now = { -now-stop }
error-sd-jwt-unreferenced-disclosure = A disclosure does not belong to the credential.
    .now = { -now-stop }
error-sd-jwt-wrong-audience = The presentation was made for somebody else.
    .now = { -now-stop }
error-sd-jwt-wrong-grant = The presentation belongs to another grant.
    .now = { -now-stop }
error-sd-jwt-wrong-nonce = The presentation was made for another request.
    .now = { -now-stop }
error-sd-jwt-wrong-sd-hash = The presentation was changed after it was signed.
    .now = { -now-stop }
error-sd-jwt-wrong-type = The credential is of another type than expected.
    .now = { -now-stop }

# text
error-text-bidi-control = A text holds a character that turns the reading direction.
    .now = { -now-stop }
error-text-control-character = A text holds a control character.
    .now = { -now-stop }
error-text-empty = A text that must be there is empty.
    .now = { -now-ask }
error-text-invisible-character = A text holds an invisible character.
    .now = { -now-stop }
error-text-too-long = A text is too long to be shown.
    .now = { -now-ask }

# transcript
error-transcript-course = A course of the transcript is not complete.
    .now = { -now-issuer }
error-transcript-fields = The transcript does not have the fields of a transcript.
    .now = { -now-otherfile }
error-transcript-not-json = The file is not a well-formed JSON object of at most 1 MiB.
    .now = { -now-otherfile }

# trust
error-trust-bad-dates = The dates of the list do not fit each other.
    .now = { -now-list }
error-trust-bad-roles = An entry of the list has wrong roles.
    .now = { -now-list }
error-trust-doubled-entry = The list names one certificate twice.
    .now = { -now-list }
error-trust-encryption-key-signs = An encryption key in the list is also a signing key.
    .now = { -now-list }
error-trust-forked = The publisher signed two different lists under one number.
    .now = { -now-stop }
error-trust-ids-disagree = The trust list and the certificate give different identifiers.
    .now = { -now-stop }
error-trust-looks-like-listed = The name can be taken for that of somebody else who is listed.
    .now = { -now-stop }
error-trust-names-disagree = The trust list and the certificate name different organisations.
    .now = { -now-stop }
error-trust-not-a-list = Not a trust list.
    .now = { -now-otherfile }
error-trust-not-yet-issued = The list was issued in the future.
    .now = { -now-clock }
error-trust-older = The list is older than the one already held.
    .now = { -now-list }
error-trust-other-publisher = The list is not signed by the publisher that was accepted.
    .now = { -now-stop }
error-trust-other-role = The list does not name this party for this role.
    .now = { -now-stop }
error-trust-superseded = The list is older than one that was seen before.
    .now = { -now-list }
error-trust-too-many = The trust list is too long.
    .now = { -now-list }
error-trust-unknown-version = The list is of a newer version.
    .now = { -now-update }

# vault
error-vault-bad-row = A row of the space was changed from outside.
    .now = { -now-restore }
error-vault-cost-out-of-bounds = The key derivation cost is out of bounds.
    .now = { -now-choose }
error-vault-damaged = The database of the space is damaged.
    .now = { -now-restore }
error-vault-disk-full = The disk is full.
    .now = { -now-disk }
error-vault-erased = The content was erased.
    .now = { -now-choose }
error-vault-exists = It exists already.
    .now = { -now-choose }
error-vault-file-unavailable = A file of the space could not be used.
    .now = { -now-disk }
error-vault-folder-not-empty = The folder is not empty.
    .now = { -now-choose }
error-vault-in-use = The space is open elsewhere.
    .now = { -now-close }
error-vault-internal = The vault made an error.
    .now = { -now-report }
error-vault-keystore-unavailable = The key store could not be used.
    .now = { -now-machine }
error-vault-last-slot = The last way to open the space cannot be removed.
    .now = { -now-choose }
error-vault-locked = The space is locked.
    .now = { -now-secret }
error-vault-missing = There is no such entry.
    .now = { -now-choose }
error-vault-mistyped-recovery-code = The recovery code is mistyped.
    .now = { -now-secret }
error-vault-newer-version = The space was written by a newer version.
    .now = { -now-update }
error-vault-no-platform-keystore = The platform has no key store.
    .now = { -now-secret }
error-vault-no-such-slot = There is no such slot.
    .now = { -now-choose }
error-vault-not-a-space = The folder is not a space.
    .now = { -now-otherfile }
error-vault-random = The random source failed.
    .now = { -now-machine }
error-vault-size-differs = The file changed while it was read.
    .now = { -now-otherfile }
error-vault-space-damaged = Both copies of space.json are damaged.
    .now = { -now-restore }
error-vault-too-large = The file is too large.
    .now = { -now-otherfile }
error-vault-wrong-key = The key does not open this space.
    .now = { -now-secret }
error-vault-wrong-passphrase = The passphrase does not open this space.
    .now = { -now-secret }
error-vault-wrong-recovery-code = The recovery code does not open this space.
    .now = { -now-secret }
error-vault-wrong-state = It is not in the state that this step needs.
    .now = { -now-choose }

# x509
error-x509-anchor-not-authority = The trust anchor is not an authority's certificate.
    .now = { -now-list }
error-x509-anchor-not-valid = The trust anchor is outside its validity.
    .now = { -now-list }
error-x509-bad-name = A name in the certificate cannot be shown.
    .now = { -now-stop }
error-x509-bad-signature = A certificate's signature does not verify.
    .now = { -now-stop }
error-x509-critical-extension = A certificate demands something unknown.
    .now = { -now-stop }
error-x509-expired = A certificate has expired.
    .now = { -now-stop }
error-x509-issuer-not-authority = A certificate was issued by somebody who is no authority.
    .now = { -now-stop }
error-x509-issuer-not-for-certificates = An authority's certificate is not for signing certificates.
    .now = { -now-stop }
error-x509-leaf-is-anchor = The signer's certificate is a trust anchor.
    .now = { -now-stop }
error-x509-leaf-is-authority = The signer's certificate is that of an authority.
    .now = { -now-stop }
error-x509-missing = No certificate was given.
    .now = { -now-stop }
error-x509-name-not-allowed = An authority may not vouch for this name.
    .now = { -now-stop }
error-x509-no-key-usage = The signer's certificate does not say what its key is for.
    .now = { -now-stop }
error-x509-not-a-certificate = Not an X.509 certificate.
    .now = { -now-stop }
error-x509-not-for-signing = The signer's certificate is not for signing.
    .now = { -now-stop }
error-x509-not-yet-valid = A certificate is not valid yet.
    .now = { -now-clock }
error-x509-path-too-long = The chain is longer than an authority allows.
    .now = { -now-stop }
error-x509-self-signed = The signer's certificate vouches for itself.
    .now = { -now-stop }
error-x509-too-large = A certificate is too large.
    .now = { -now-stop }
error-x509-too-many = Too many certificates.
    .now = { -now-stop }
error-x509-unknown-anchor = Nobody who is trusted here vouches for the signer.
    .now = { -now-list }
error-x509-wrong-algorithm = A certificate is signed with an algorithm that is not accepted.
    .now = { -now-stop }
error-x509-wrong-key = The signer's key is not a P-256 key.
    .now = { -now-stop }
error-x509-wrong-order = The certificates are not in the order leaf to anchor.
    .now = { -now-stop }
