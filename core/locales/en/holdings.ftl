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
label-copy = Annotated copy
copy-with-note = In place of “{ $title }” goes a copy, marked: { $reason }; made by { $maker }; valid until { $until }
label-ward = For whom
ward-signed = About { $name }. { $guardian } ({ $relation }) signs for them by an act of their own; a holding here shows the relation.
ward-not-shown = About { $name }. { $guardian } ({ $relation }) signs for them, but no holding here shows the relation.
ward-not-signed = About { $name }. Nobody has signed for them yet; { $guardian } ({ $relation }) can.
relation-parent = parent
relation-guardian = guardian

# How an item is shared.
share-never = never: it is in no grant, whoever asks
share-condition = on condition: asked each time
share-open = open: the command line may answer by itself when told to (up to level L2), otherwise asked each time; every use is in the record

# Errors.
error-consent-not-present = This grant holds data of the highest level; the passphrase is wanted once more.
    .now = { -now-passphrase }
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
error-copy-note-missing = An annotated copy needs its reason and the name of who makes it.
    .now = { -now-choose }
error-copy-not-possible = Only a document or a record of your own can go as an annotated copy.
    .now = { -now-choose }
error-copy-words = The note on a copy is missing, or too long.
    .now = { -now-choose }
error-copy-times = The times of the copy contradict each other, or are too long.
    .now = { -now-choose }
error-copy-wrong-issuer = The annotated copy is not from the holder who granted.
    .now = { -now-stop }
error-copy-wrong-grant = The annotated copy was made for another grant.
    .now = { -now-stop }
error-copy-other-content = This is not the copy that was marked.
    .now = { -now-stop }
error-copy-not-yet-valid = The annotated copy is from the future.
    .now = { -now-clock }
error-copy-expired = The annotated copy is no longer valid.
    .now = { -now-ask }
