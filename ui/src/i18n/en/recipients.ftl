recipients-empty = Nobody holds anything of yours.
recipients-empty-more = After a grant, the recipient stands here with what it may keep, until when, and your rights.
recipients-whoever = Whoever comes
recipients-trust-listed = on a trust list
recipients-trust-changed = the list names another certificate
recipients-trust-changed-more = The certificate it showed is not the one that your list names today. It may have a new one; ask them by another way if in doubt.
recipients-trust-unlisted = on no trust list
recipients-trust-open = nobody named
recipients-holds = { $count ->
    [one] Holds one grant, until { $date } at the latest
   *[other] Holds { $count } grants, until { $date } at the latest
 }
recipients-holds-nothing = Should hold nothing any more
recipients-grants = { $count ->
    [one] one grant
   *[other] { $count } grants
 }
recipients-cases = { $count ->
    [one] one open case
   *[other] { $count } open cases
 }
recipients-overdue = { $count ->
    [one] answer overdue
   *[other] { $count } answers overdue
 }
recipients-contact = Contact:
recipients-cases-title = Cases
recipients-held-title = What it holds
recipients-rights-title = Your rights there ({ $place })
recipients-rights-about = Choose one, and a letter is written for you; you send it yourself. The clock starts when you mark it as sent.
recipients-unconfirmed =  (unconfirmed)
recipients-no-days = no number of days in the law
recipients-within = answer within { $count } days
recipients-ask = Write
recipients-complain = Complain
recipients-dispute = Open a dispute
recipients-authorities = Supervised by:
recipients-pledge-open = something promised until { $date }
recipients-pledge-broken = a promise is overdue
recipients-pledge-kept = promise kept
recipients-uses = used { $uses } of { $most }
recipients-keep-until = May keep it until { $date }
recipients-never-read = The key did not leave: nobody could read it
recipients-reason = Reason
recipients-reason-free = May stay empty.
recipients-see-use = See the use
recipients-exports = Export this consent
recipients-export-page = A page to print
recipients-export-dpv = ISO/IEC TS 27560 (JSON-LD)
recipients-export-odrl = ODRL agreement (JSON-LD)
recipients-export-dossier = Transfer dossier
recipients-dossier-whole = nothing is missing
recipients-dossier-missing = { $count } things are missing, and the dossier says so
recipients-act-pause = Pause
recipients-about-pause = While it is paused nothing more goes out under it. You can resume at any time.
recipients-act-resume = Resume
recipients-about-resume = It goes on, within its time.
recipients-act-withdraw = Withdraw
recipients-about-withdraw = One step, and a signed notice for the recipient is made. What was seen or copied before is out of reach from here.
recipients-act-ask-deletion = Ask for deletion
recipients-about-ask-deletion = A signed request is made for you to hand over. Whether they delete cannot be checked from here.
recipients-act-deleted = Write down: they say it is deleted
recipients-about-deleted = This writes down what they say.
recipients-act-deletion-refused = Write down: they refuse to delete
recipients-about-deletion-refused = Write the reason that they gave.
recipients-act-ended = Write down: they ended it
recipients-about-ended = Write why.
recipients-act-void = Declare void
recipients-about-void = For what was no consent at all: under a wrong name, or by somebody who could not give it.
recipients-act-pledge = Promise something missing
recipients-about-pledge = Something is missing and promised for later. Both sides keep the same time; overdue, the promise is broken.
recipients-act-pledge-kept = Promise kept
recipients-about-pledge-kept = A signed word of it is made for the recipient.
recipients-act-close = Close
recipients-about-close = Nothing more follows after this.
recipients-notice-about = A signed notice was made. Save it and hand it over by a way of your own.
recipients-notice-save = Save the notice
recipients-notice-save-of = Save the notice: { $act }
recipients-pledge-what = What is missing
recipients-pledge-days = Within how many days
recipients-case-about = The letter is made from the consent record and what you say. Chop files nothing for you.
recipients-case-grant = About which grant
recipients-case-words = In your own words
recipients-case-words-hint = May stay empty; it goes into the letter.
recipients-case-open = Open the case
recipients-case-said = What was said
recipients-letter = The letter
recipients-letter-about = Print it, sign it and send it yourself. Then mark it as sent here: the clock starts with that.
recipients-letter-save = Save
recipients-letter-page = Save as a page to print
recipients-letter-print = Print
recipients-not-printed = Printing is not possible here. Save the letter as a file.
recipients-letter-text = Save as plain text
recipients-evidence = Evidence pack
recipients-mark = Mark: { $step }
recipients-step-about = It goes into your own record; nothing is sent to anybody.
recipients-step-reason = Their reason
recipients-step-words = Note
recipients-step-write = Write it down
recipients-hearing-at = When the hearing is
recipients-hearing-place = Where
recipients-hearing = Hearing: { $date }, { $place }
recipients-due = An answer is due by { $date }
recipients-days-left = { $count ->
    [0] due today
    [one] one day left
   *[other] { $count } days left
 }
recipients-days-over = { $count ->
    [one] one day overdue
   *[other] { $count } days overdue
 }
recipients-muted = Told no
recipients-muted-about = The same question of theirs does not come up while your no holds. Scan it again if you want to look all the same.
recipients-muted-times = no since { $since }, holds until { $until }
recipients-outdated = Values that have changed since
recipients-outdated-about = They got an earlier value than the one that holds now. A notice of correction is written for you; you send it yourself.
recipients-correct = Prepare a correction
recipients-correction-prepared = correction prepared, see the cases
recipients-trust-unjudged = trust lists cannot be judged: check the clock of this machine
recipients-trust-broken = one of your trust lists no longer verifies
