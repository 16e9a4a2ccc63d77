# How what is held is shared, for whom, and what its levels mean.

# The page.
mark-predicate = a yes, no value
predicate-age-over = Whether you are { $years } or over
predicate-not-expired = Whether the document is valid today
predicate-name-document-match = Whether name and document belong together
predicate-at-least = Whether { $what } is at least { $bound }
label-level = Level of the data
level-L3 = L3: identity numbers, or data that nobody has classified. The grant holds for an hour at most.
level-L4 = L4, the highest: sensitive data. Your passphrase is asked once more, and the grant holds for ten minutes at most.
label-ward = For whom
ward-signed = About { $name }. { $guardian } ({ $relation }) signs for them by an act of their own; a holding here shows the relation.
ward-not-shown = About { $name }. { $guardian } ({ $relation }) signs for them, but no holding here shows the relation.
ward-not-signed = About { $name }. Nobody has signed for them yet; { $guardian } ({ $relation }) can.
relation-parent = parent
relation-guardian = guardian

# How an item is shared.
share-never = never: it is in no grant, whoever asks
share-condition = on condition: asked each time
share-open = open: answered without asking again; every use is still in the record

# Errors.
error-consent-not-present = This grant holds data of the highest level; the passphrase is wanted once more.
    .now = { -now-secret }
error-grant-biometric-by-qr = Portraits and biometric data never go into a QR code.
    .now = { -now-choose }
error-consent-not-open = None of your rules answers this by itself.
    .now = { -now-choose }
error-consent-guardian-act = The guardian’s signature is missing, or nobody asked for one.
    .now = { -now-choose }
error-profile-unknown = There is no such profile.
    .now = { -now-choose }
error-profile-birth-date = The birth date is no date, or still to come.
    .now = { -now-choose }
error-profile-nameless = A profile needs the person’s name and the guardian’s.
    .now = { -now-choose }
error-profile-no-evidence = This holding shows no relation: it was written by yourself, erased, or has an invalid seal.
    .now = { -now-choose }
