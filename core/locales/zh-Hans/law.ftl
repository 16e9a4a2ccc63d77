# The law: frames around the words of the rule pack, classes, separate consents. Not legal advice.
law-with-source = { $title }：{ $what }{ $now }（{ $rule }：{ $source }）
law-with-unconfirmed-source = { $title }：{ $what }{ $now }（{ $rule }：{ $source }；依据尚未核实）
class-genetic = 遗传
class-financial-account = 金融账户
class-whereabouts = 行踪轨迹
class-other-sensitive = 其他敏感资料
class-business = 企业资料
class-trade-secret = 商业秘密
class-impersonal = 不涉及个人
separate-provide = 我单独同意：持有我资料（{ $what }）的机构可以直接提供给{ $who }。
separate-automated = 我单独同意：{ $who }可以由机器单独对我作出决定。
separate-public = 我单独同意：{ $who }可以公开我的资料（{ $what }）。公开后收不回来。
separate-new-purpose = 我单独同意：我的资料（{ $what }）用于新的用途：{ $why }。
