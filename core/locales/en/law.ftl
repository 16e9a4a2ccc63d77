# The law: frames around the words of the rule pack, classes, separate consents. Not legal advice.
law-with-source = { $title }: { $what } { $now } ({ $rule }: { $source })
law-with-unconfirmed-source = { $title }: { $what } { $now } ({ $rule }: { $source }; source not yet confirmed)
class-genetic = genetic
class-financial-account = financial account
class-whereabouts = whereabouts
class-other-sensitive = other sensitive data
class-business = business data
class-trade-secret = trade secret
class-impersonal = not about a person
separate-provide = I consent, separately, that whoever holds my data ({ $what }) sends them to { $who } directly.
separate-automated = I consent, separately, that { $who } has a machine alone decide about me.
separate-public = I consent, separately, that { $who } makes my data ({ $what }) public. What is public cannot be called back.
separate-new-purpose = I consent, separately, that my data ({ $what }) serve a new purpose: { $why }.
