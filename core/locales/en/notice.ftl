# The words shown before consent. who, publisher, issuer and the like are written by others and isolated in code.

# The page.
notice-title = { $who } asks to see data of yours
label-who = Who asks
label-known-by = How the name is known
known-by-list = On the trust list of { $publisher }, issued { $date }
known-by-certificate = Only from its certificate, issued by { $authority }; it is on none of your trust lists
label-says-of-itself = Says of itself
label-warning = Take care
only-before-them = Go on only if you stand before { $who } in person. This code can be forwarded from somewhere else.
from-another-device = This request came from another device, perhaps from far away. Go on only if the screen of { $who } in front of you shows { $number }. If you did not start this yourself, say no.

# What.
stated-by-holder = stated by the holder, no issuer’s seal
from-issuer = from { $issuer }
seal-valid = seal valid; whether it was revoked was not checked
seal-status-checked = seal valid; not revoked, by its issuer’s list
seal-status-other = seal valid; its issuer’s list gives a status of its own
seal-revoked = revoked by its issuer
seal-suspended = suspended by its issuer
seal-invalid = seal invalid
seal-cannot-check = seal cannot be checked
mark-sensitive = sensitive
mark-optional = optional

# Why, and what happens to it.
label-why = Why
in-scene = scene: { $scene }
label-necessity = Why it is needed
label-impact = What it can mean for you
label-actions = What will be done
action-view = look at it
action-store = keep it
action-query = ask questions of it
action-share = pass it on to those named
nothing-said = nothing is said
label-kept = How long it is kept
kept-not = not kept after the look
kept-delete = { $days ->
        [one] 1 day, then deleted
       *[other] { $days } days, then deleted
    }
kept-return = { $days ->
        [one] 1 day, then given back
       *[other] { $days } days, then given back
    }
kept-anonymise = { $days ->
        [one] 1 day, then made anonymous
       *[other] { $days } days, then made anonymous
    }
label-onward = Passed on to
onward-nobody = nobody
label-stored-in = Where it is stored
place-CN = Mainland China
place-HK = Hong Kong
place-MO = Macao
place-other = another place
label-machine = Decided by a machine
machine-decides = A machine alone decides. Explained: { $explained }

# Rights.
label-refusal = If you say no
refusal-nothing-said = Nothing is said about consequences. You may say no.
label-rights = Your rights
rights = To see, copy, correct, erase, and have it explained: { $channel }
label-withdrawal = To withdraw
withdrawal = At any time in this space, until the key has left. After that nothing can be taken back from here: what was seen or copied is out of reach. To object, or to have it erased, turn to the recipient.

# How often, until when.
label-uses = How often
uses = { $uses ->
        [one] once
       *[other] { $uses } times
    }
label-until = Can be used until
until-with-zone = { $until } (UTC+8)
when-today = today at { $time }
when-tomorrow = tomorrow at { $time }
when = { $date } at { $time }
date = { $day } { $name } { $year }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

# The law, in words. Not legal advice.
label-blocked = Not allowed
label-mind = Please consider
label-rules = Rules
rules-not-advice = Rule pack { $pack } { $version }. This is not legal advice, and nothing is filed with anybody.

# Consents that are acts of their own.
label-separate = Separate consent
separate-act = { $act } ({ $source })
separate-act-unconfirmed = { $act } ({ $source }; source not yet confirmed)
separate-sensitive = I consent, separately, that { $who } receives sensitive data of mine ({ $class }).
separate-cross-border = I consent, separately, that data of mine ({ $what }) go to { $who } in { $place }, for { $why }, to { $actions }; contact: { $contact }; to use my rights there: { $rights }.
class-ordinary = personal data of a child
class-identity-number = identity number
class-health = health
class-biometric = biometric
class-private-life = private life
class-unclassified = not classified

# The sentence.
list-comma = { ", " }
list-and = { $before } and { $last }
and-more = { $more } more
sentence-look = Allow { $who } to look once, before { $until }, at your { $what }, for { $why }; { $kept }.
sentence-store = Allow { $who } to look once, before { $until }, at your { $what } and keep it, for { $why }; { $kept }.
sentence-share = Allow { $who } to look once, before { $until }, at your { $what } and pass it on to those named, for { $why }; { $kept }.
sentence-kept-not = not kept afterwards
sentence-kept-delete = { $days ->
        [one] deleted after 1 day
       *[other] deleted after { $days } days
    }
sentence-kept-return = { $days ->
        [one] given back after 1 day
       *[other] given back after { $days } days
    }
sentence-kept-anonymise = { $days ->
        [one] made anonymous after 1 day
       *[other] made anonymous after { $days } days
    }

# Whether data left, when something failed.
left-no = No data left.
left-sealed-only = Only sealed content was shown; without the key nobody reads it.
left-unknown = Data may have left: the record says “unknown”.
