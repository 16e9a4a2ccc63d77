# The law: frames around the words of the rule pack, classes, separate consents. Not legal advice.
law-with-source = { $title }：{ $what }{ $now }（{ $rule }：{ $source }）
law-with-unconfirmed-source = { $title }：{ $what }{ $now }（{ $rule }：{ $source }；依據尚未核實）
class-genetic = 遺傳
class-financial-account = 金融賬戶
class-whereabouts = 行蹤軌跡
class-other-sensitive = 其他敏感資料
class-business = 企業資料
class-trade-secret = 商業秘密
class-impersonal = 不涉及個人
separate-provide = 我單獨同意：持有我資料（{ $what }）的機構可以直接提供予{ $who }。
separate-automated = 我單獨同意：{ $who }可以由機器單獨對我作出決定。
separate-public = 我單獨同意：{ $who }可以公開我的資料（{ $what }）。公開後收不回來。
separate-new-purpose = 我單獨同意：我的資料（{ $what }）用於新的用途：{ $why }。
