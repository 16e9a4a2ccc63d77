# The command line. What core says already (seals, errors, the consent page) is not said here again.

# Asked at the terminal.
ask-passphrase = Passphrase
ask-new-passphrase = New passphrase
ask-once-more = Once more
ask-recovery-code = Recovery code
type-yes = Type “yes”:

# Labels.
label-space = Space
label-kind = Kind
label-id = Id
label-type = Type
label-issuer = Issuer
label-seal = Seal
label-versions = Versions
label-standing = Standing
label-log-key = Log key
label-fingerprint = Fingerprint
label-exchange = Exchange
label-recipient = Other side

# Spaces.
kind-person = person
kind-firm = firm
space-made = The space is ready: { $folder }
recovery-code = Recovery code, shown once and stored nowhere. Write it on paper: { $code }
label-epoch = Epoch
standing-current = at what the key store remembers
standing-not-witnessed = the key store does not remember this record
standing-rolled-back = older than the key store remembers
standing-not-witnessed-long = Note: the key store does not remember this record; whether it was rolled back cannot be said here.
standing-rolled-back-long = Take care: this space is older than its key store remembers. Nothing can be written until “chop space continue”.
interrupted = An earlier run was interrupted: { $count } without outcome, recorded as unknown.
passphrase-changed = The passphrase was changed.
nothing-rolled-back = Nothing was rolled back; nothing was done.
epoch-begun = A new epoch has begun. Frozen: { $frozen }.
backup-written = Backup written: { $file }
restored = Restored to { $folder }; it opens with the passphrase that the space had. The record began a new epoch; grants that were open are frozen.

# Holdings.
imported = Taken in: { $title } ({ $id })
replaced = Replaced: { $title } ({ $id })
nothing-found = Nothing found.
content-masked = Values are masked; --reveal shows them.
content-erased = The content was erased. The record of its uses stays.
erase-sure = Destroy the content of “{ $title }” for good? Copies that others have are out of reach.
erased = Erased: { $title }. The record of its uses stays provable. Copies that others have are out of reach.
nothing-done = Nothing was done.

# Trust and keys.
trust-added = Added: { $publisher }
trust-compare = Nothing was added. Compare the fingerprint with one that you got another way, then give it with --fingerprint.
trust-nobody = Nobody is trusted yet.
trust-good = verified, up to date
trust-stale = verified, but a newer edition is due
role-verifier = asks for data
role-issuer = issues credentials
key-certified = The certificates are kept for this key.
publisher-not-compared = Take care: the publisher of the anchors was not compared. Fingerprint: { $fingerprint }

# The walk.
pictures-written = { $count } picture(s) written to { $folder }
next-request = Next: the person scans these within five minutes.
next-data = Next: the other side scans these. They are sealed; the key has not left.
next-acknowledgement = Next: the person scans these and shows the key.
next-key = Next: the other side scans this. With it the data can be opened.
next-use = Next: the person scans these into the record.
can-be-chosen = What can be chosen:
not-held = not held; it looks as if you declined
nothing-chosen-yet = Nothing is chosen. Choose each claim that you grant with --choose.
separate-consents = Each of these is a consent of its own:
agree-with = To agree to exactly this page: chop { $command } … --agree { $code }
page-blocked = A rule forbids this grant. Nothing can be granted.
declined = Declined. To the other side it looks the same as if you had nothing.
received = Received, verified and exactly what was granted:
content-refused = The content is not what was promised. A signed refusal was written; nothing was taken.
use-confirmed = Confirmed: the other side signed what it took.
use-refused = The other side signed that it refused what it received.

# The record.
log-empty = The record has no exchange yet.
proof-written = Proof written: { $file }
not-valid = Not valid ({ $part }):
status-held = { $uri }  signed { $issued }, fetched { $fetched }
status-due = { $uri }  is due: “chop status refresh” fetches it
status-nothing-due = No credential here names a status list that is due.
status-not-checked = (status not checked)

# The demo.
demo-title-summary = Patient summary (DEMO)
demo-title-transcript = Transcript (DEMO)
demo-title-file = Scan (DEMO)
demo-title-record = My own notes (DEMO)
demo-banner = DEMO. Nobody in this story exists: every name, number and value is a sample, and every key was made just now and is worth nothing.
demo-authorities = ② A demo root, clinic, university and list publisher are made on the spot.
demo-spaces = ① Four spaces: a resident’s in Hong Kong and a hospital’s in Shenzhen; a resident’s in Zhuhai and a university’s in Macao. Each is sealed under its passphrase.
demo-trust = ③ Both accept the demo trust list by the fingerprint of its publisher: { $fingerprint }
demo-imports = ④ The resident takes in two credentials, a file and a record:
demo-asks = ⑤ The hospital asks. Its signed request is { $count } picture(s), good for five minutes; the first:
demo-page = ⑥ What the resident sees:
demo-sentences = ⑦ The last sentence before the seal, in four languages:
demo-separate = A separate consent, an act of its own: { $topic }
demo-agrees = ⑧ The resident chooses { $count } claims and agrees to exactly this page, { $code }.
demo-data = ⑨ The data leave sealed, { $count } picture(s); without the key nobody reads them. The first:
demo-acknowledgement = ⑩ The hospital signs for what it cannot read yet: { $count } picture(s).
demo-key = ⑪ The signature holds: now, and only now, the key leaves.
demo-hospital-sees = ⑫ What the hospital sees (sample values):
demo-use = ⑬ The hospital signs what it took, { $count } picture(s); the resident takes that into the record.
demo-keeps-resident = What the resident keeps: its holdings, the grant, the receipts and { $size } entries of the record.
demo-keeps-hospital = What the hospital keeps: exactly the granted claims, its receipts and { $size } entries of its own record.
demo-second = ⑭ The same pictures a second time:
demo-second-resident = resident, request again
demo-second-hospital = hospital, data again
demo-audits = ⑮ Both records are checked again, every entry and every row:
demo-proof = ⑯ One file proves it, and holds no value of any claim: { $file }
demo-check-alone = Checked alone:
demo-check-anchored = Checked with the demo trust list:
demo-tamper = ⑰ Copies with a fault, in a temporary folder:
demo-tamper-byte = one byte of the proof changed
demo-tamper-row = a row of the space changed behind the record
demo-tamper-database = one byte of the space’s file changed
demo-tamper-older = an older folder put back
demo-title-paper = Transcript of a college (DEMO)
demo-shenzhen = ◆ Hong Kong → Shenzhen. First the hospital asks for health data and does not say why it needs them.
demo-law = What the law of this route says to the page:
demo-law-nothing = Nothing is found against it.
demo-law-blocked = So nothing can be granted. The hospital asks again, and says why:
demo-override = { $rule } warns. The resident goes on with a reason, which goes into the record: { $reason }
demo-reason = DEMO: for this story only
demo-record = ◆ The consent record { $id }: the same bytes on both sides, digest { $digest }. Where it stands:
demo-exports = The record as a page for people, in the terms of DPV, and as an ODRL agreement: { $folder }
demo-macao = ◆ Zhuhai → Macao. A resident of Zhuhai is to show a transcript to a university in Macao. There a machine decides first, and nobody is named who would explain it.
demo-macao-agrees = The resident of Zhuhai chooses { $count } claims and agrees to exactly this page, { $code }.
demo-macao-sees = What the university sees, after the same five messages (sample values):
demo-withdrawn = The resident of Zhuhai takes the consent back, in one step. What that reaches, and what it cannot:
demo-notice = The university takes the signed notice, { $file }. There the consent stands so:
demo-scan = ◆ One scan, through a relay. chop-relay runs as a process of its own at { $relay }; it hands on what it cannot read.
demo-scan-none = ◆ One scan, through a relay: LEFT OUT, because there is no chop-relay beside chop or on the PATH. “cargo build --package chop-relay” makes it; “make run” does so by itself.
demo-scan-agrees = The resident offers { $count } claim to whoever is on the demo trust list, and agrees to exactly this page, { $code }.
demo-scan-code = The whole offer is one code of version { $version }, here as it was read back from its picture. Nothing of the data is in it. Then the resident’s space is closed.
demo-scan-claims = The hospital scans the picture and claims the offer over a socket, signed. The space is asleep, so it waits.
demo-scan-second = A university with a photo of the same code claims it too, and is refused: another was first.
demo-scan-wakes = The space wakes up and asks the relay what happened.
demo-scan-asked = It checks chain, names, law and what is asked, and shows who it is: { $who }. The resident says yes.
demo-scan-sees = The hospital signed for sealed data, got the key for that signature, and signed for what it took (sample values):
demo-scan-another = Another offer, which the resident takes back:
demo-scan-revoked = The relay answers, signed: revoked at { $at }. Nobody can claim it any more.
demo-scan-audits = Both records, with all that went through the relay, are checked again:
demo-scan-relay = The head of the relay’s own log, signed by the key that the grants name:
demo-left = Left for you in { $folder }: the pictures, all spaces with their records, the trust list, the consent records for others, and one proof.
demo-end = DEMO: everything went as it must, and every fault was named.
demo-end-bad = DEMO: something did not go as it must. See above.

# What was typed, and what the machine refuses.
usage-no-state-home = Neither XDG_STATE_HOME nor HOME is set; name --keys DIR.
usage-not-the-same = The two are not the same.
usage-first-line-empty = { $path }: the first line is empty.
usage-no-terminal = There is no terminal to ask at; name a file for it.
usage-too-large = { $path } is larger than { $max } bytes.
usage-exists = { $path } is there already; nothing is written over.
usage-file = { $path }: { $error }
machine-file = { $path }: { $error }
machine-pictures = { $what }
    The step itself was done. Draw its pictures again: chop again { $exchange } --out DIR
usage-add-yes = There is no terminal to ask at; add --yes.
usage-name-value = { $typed }: NAME=VALUE is wanted.
usage-no-topic = { $typed } is no topic of a separate consent.
usage-fingerprint = A fingerprint has 43 characters of base64url.
usage-no-certificate = The file has no certificate in PEM form.
usage-which-space = Which space? Name --space DIR.
usage-many-ids = { $start } is the beginning of more than one id.
usage-no-id = No id begins with { $start }.
usage-picture-name = { $path }: the name must end in .png or .svg.
usage-not-fresh = { $path } is not empty; name a fresh folder.
usage-has-pictures = { $path } has pictures already; name another folder.

# What the holder says of an item, and for whom they act.
label-share = Shared
label-subject = About
label-born = Born
label-guardian = Guardian
label-evidence = Evidence of the relation
no-evidence = No holding shows the relation yet; nothing can be signed for them.
age-under-14 = under 14
age-under-16 = 14 or 15
age-under-18 = 16 or 17
age-adult = of age
biometrics-allowed = Biometric claims may leave, but never by a QR code.
never-by-qr = held; never by a QR code
values-that-go = What would go says:
ask-passphrase-again = Passphrase, once more: this grant holds data of the highest level
demo-present = This is data of the highest level, so the resident gives the passphrase once more.

# Catalogue, packs, numbers.
badge-conflict = ⚠ differs from another document
label-effective-from = In force from
label-purposes = Purposes
label-responsible = Responsible body
label-provider = Provider
label-contact = Contact
number-right = Nothing is wrong.
number-wrong = The number is wrong:
number-form-only = Only the form is checked: no check digit is published.
pack-added = Added: { $id } { $version }
pack-built-in = Beside these: the rules and the catalogue that came with the program.
pack-compare = Not added. Compare the fingerprint with one you have from elsewhere, then add it with --fingerprint.
pack-known-publisher = Not added. You have accepted this publisher before.
pack-in-force = in force
pack-not-in-force = superseded or not yet in force
pack-key-made = The key is in { $path }. Keep it secret. Fingerprint: { $fingerprint }
pack-signed = Signed: { $path }. Publisher’s fingerprint: { $fingerprint }
paper-stale = What it says is old; ask the issuer for a new one.
purpose-keeping = Kept for { $days } days at most (unconfirmed)
usage-no-such-type = The catalogue has no { $code }.
usage-pack-key = This is no key file of a publisher.

# Over a network.
type-their-number = If you grant it, type the number of the other screen: --number NN. Saying no is safe: chop decline.
usage-out-folder = Name a folder for the pictures: --out DIR.
usage-their-number = Type the number that the other screen shows: --number NN. If it shows none, decline.
usage-loopback-only = A demo server listens on this machine only, for example 127.0.0.1:8088.
machine-cannot-listen = The server cannot listen there; perhaps another program does.
posted-used = The asker took exactly what you granted, and signed for it.
posted-refused = The asker signed that it did not take the data. They were in its hands all the same.
posted-no-receipt = The asker says that it has the data, and signed nothing. Receipts are voluntary this way.
posted-bad-receipt = What the asker sent as a receipt does not hold. It has the data.
posted-not-taken = The asker answered { $status } and signed nothing. The data may be in its hands; the same answer can be sent again.
ask-tx-code = The code that the issuer gave you another way (tries, as far as it says: { $tries }):
keep-sure = Keep this credential?
demo-issuer-serves = DEMO issuer at { $origin }. Offers, codes and the trust list lie in { $folder }; publisher: { $publisher }
demo-verifier-serves = DEMO verifier at { $origin }: open it in a browser, or POST { $origin }/session.

# Consents after they were given.
consents-none = There is no consent yet.
deletion-asked = The request to delete is signed. Send it to the recipient; its answer is written down with: chop consent delete-answer
notice-withdrawn = The holder withdrew: no further use from now on.
pledge-open = The pledge is signed. Send it to the recipient: overdue, it is broken on both sides.
notice-pledged = The holder promises what is missing until the day it names; overdue, the pledge is broken.
notice-kept = What was promised is there.
notice-delete = The holder asks for deletion: delete what was received, and answer.
export-written = Written: { $file }
copy-marked = Annotated copy, mark checked: { $reason }; made by { $maker }

# Offers through a relay.
offer-drafted = Drafted at { $at }: give it back with --drafted { $at } when you agree.
offer-made = The offer is made. Show the code; then “chop watch”.
no-offers = No offers.
offer-left = { $minutes } min { $seconds } s left
offer-others = { $count } other claims
offer-claimed-by = { $who } takes it up. Hand over what was offered?
offer-claim-refused = A claim was refused here; the offer stays open. [{ $code }]
offer-another-claim = Another claim came: { $who }
offer-collected-by = Collected by { $who }
offer-revoked-at = Withdrawn, by the relay's signature, at { $at }
offer-released-at = Too late: already given out, by the relay's signature, at { $at }
offer-strange = Something came that does not fit; nothing was taken from it. [{ $code }]
offer-received = The data are here and checked.
offer-relay-fault = The relay contradicts itself. The proof is kept.
usage-terms = These are no terms of use: { $path }
offer-state-made = made, not yet at the relay
offer-state-open = open
offer-state-answered = answered, not yet delivered
offer-state-delivered = delivered, sealed
offer-state-acknowledged = receipt is here
offer-state-released = key given out
offer-state-done = used, receipt kept
offer-state-withdrawing = withdrawal on its way
offer-state-withdrawn = withdrawn
offer-state-expired = expired
offer-state-frozen = frozen since a restore
offer-state-rejecting = refusing a claim
offer-state-claiming = claim made
offer-state-pending = waiting for the holder
offer-state-receipt-signed = receipt signed
offer-state-awaiting-key = waiting for the key
offer-state-taken = taken, receipt on its way
offer-state-finished = taken
offer-state-refused = refused
offer-state-proving = checking the relay
usage-case = Say what the case is about: --right NAME for a request, --field TYPE/KEY for a wrong value.
kept-nothing = Nothing of others is kept here.
kept-due = due now: “chop erase-taken --due” destroys it
kept-days = { $days } days left
kept-erased = Erased. The signed statement is in the record; copies written to files are out of reach.
kept-erased-due = { $count } erased whose time was over.
erasure-confirmed = The other side signed that it erased what it took. Copies it made elsewhere are out of reach of any proof.
