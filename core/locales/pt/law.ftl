# The law: frames around the words of the rule pack, classes, separate consents. Not legal advice.
law-with-source = { $title }: { $what } { $now } ({ $rule }: { $source })
law-with-unconfirmed-source = { $title }: { $what } { $now } ({ $rule }: { $source }; fonte por confirmar)
class-genetic = genéticos
class-financial-account = conta financeira
class-whereabouts = localização
class-other-sensitive = outros dados sensíveis
class-business = dados da empresa
class-trade-secret = segredo comercial
class-impersonal = não pessoais
separate-provide = Consinto, separadamente, que quem detém os meus dados ({ $what }) os envie directamente a { $who }.
separate-automated = Consinto, separadamente, que { $who } deixe só uma máquina decidir sobre mim.
separate-public = Consinto, separadamente, que { $who } torne públicos os meus dados ({ $what }). O que é público não volta atrás.
separate-new-purpose = Consinto, separadamente, que os meus dados ({ $what }) sirvam uma nova finalidade: { $why }.
