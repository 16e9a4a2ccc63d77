# What a page of an offer says (mode C).
known-by-name = Yourself, by name. Who takes it up is verified then.
known-by-policy = Yourself: nobody by name. Who takes it up is verified then.
label-offer = Offer
offer-by-relay-live = Through the relay { $relay }, which sees only when and how much; you will see who takes it up and say yes or no.
offer-by-relay-named = Left at the relay { $relay }, sealed to this recipient. The relay sees who collects it and when, and gives out the key once, for a signed receipt. You need not be there.
offer-by-relay-files = Left at the relay { $relay } for whoever comes with the code. Warning: the relay together with a photo of the code could read these files.
offer-by-rule = You will not be asked again: whoever of these recipients takes it up first gets it.
offer-to-list = any verifier that { $publisher } lists
offer-to-list-in = any verifier that { $publisher } lists in { $place }
offer-to-registered = any registered verifier
label-sooner = Sooner than chosen
offer-ends-sooner = You chose { $chosen }, but data of this level are offered for { $most } at most: the offer ends then.
span-seconds = { $count ->
        [one] 1 second
       *[other] { $count } seconds
    }
span-and-rest = { $most } { $rest }
span-minutes = { $count ->
        [one] 1 minute
       *[other] { $count } minutes
    }
span-hours = { $count ->
        [one] 1 hour
       *[other] { $count } hours
    }
span-days = { $count ->
        [one] 1 day
       *[other] { $count } days
    }
