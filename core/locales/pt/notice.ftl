# As palavras mostradas antes do consentimento. who, publisher, issuer e semelhantes são escritos por outros e isolados no código.

# The page.
notice-title = { $who } pede para ver dados seus
label-who = Quem pede
label-known-by = Como se conhece o nome
known-by-list = Na lista de confiança de { $publisher }, emitida em { $date }
known-by-certificate = Só pelo seu certificado, emitido por { $authority }; não consta das suas listas de confiança
label-says-of-itself = Diz de si próprio
label-warning = Atenção
only-before-them = Continue só se estiver pessoalmente perante { $who }. Este código pode ter sido reencaminhado de outro lugar.
from-another-device = Este pedido veio de outro aparelho, talvez de longe. Continue apenas se o ecrã de { $who } à sua frente mostrar { $number }. Se não foi você que começou, recuse.

# What.
stated-by-holder = declarado pelo titular, sem selo de emissor
from-issuer = de { $issuer }
seal-valid = selo válido; não se verificou se foi revogado
seal-status-checked = selo válido; não revogado, segundo a lista do emissor
seal-status-other = selo válido; a lista do emissor indica um estado próprio
seal-revoked = revogado pelo emissor
seal-suspended = suspenso pelo emissor
seal-invalid = selo inválido
seal-cannot-check = o selo não pode ser verificado
mark-sensitive = sensível
mark-optional = facultativo

# Why, and what happens to it.
label-why = Para quê
in-scene = contexto: { $scene }
label-necessity = Porque é necessário
label-impact = O que pode significar para si
label-actions = O que será feito
action-view = consultar
action-store = guardar
action-query = fazer perguntas sobre os dados
action-share = transmitir aos indicados
nothing-said = nada é dito
label-kept = Por quanto tempo se guarda
kept-not = não se guarda depois de consultado
kept-delete = { $days ->
        [one] 1 dia, depois apagado
       *[other] { $days } dias, depois apagado
    }
kept-return = { $days ->
        [one] 1 dia, depois devolvido
       *[other] { $days } dias, depois devolvido
    }
kept-anonymise = { $days ->
        [one] 1 dia, depois tornado anónimo
       *[other] { $days } dias, depois tornado anónimo
    }
label-onward = Transmitido a
onward-nobody = ninguém
label-stored-in = Onde fica guardado
place-CN = Interior da China
place-HK = Hong Kong
place-MO = Macau
place-other = outro lugar
label-machine = Decidido por máquina
machine-decides = Só uma máquina decide. Explicação: { $explained }

# Rights.
label-refusal = Se recusar
refusal-nothing-said = Nada é dito sobre consequências. Pode recusar.
label-rights = Os seus direitos
rights = Consultar, copiar, corrigir, apagar e pedir explicações: { $channel }
label-withdrawal = Retirar
withdrawal = A qualquer momento neste espaço, até a chave sair. Depois, nada se retira a partir daqui: o que foi visto ou copiado está fora de alcance. Para se opor ou pedir o apagamento, dirija-se ao destinatário.

# How often, until when.
label-uses = Quantas vezes
uses = { $uses ->
        [one] uma vez
       *[other] { $uses } vezes
    }
label-until = Pode ser usado até
until-with-zone = { $until } (UTC+8)
when-today = hoje às { $time }
when-tomorrow = amanhã às { $time }
when = { $date } às { $time }
date = { $day } de { $name } de { $year }
month-1 = Janeiro
month-2 = Fevereiro
month-3 = Março
month-4 = Abril
month-5 = Maio
month-6 = Junho
month-7 = Julho
month-8 = Agosto
month-9 = Setembro
month-10 = Outubro
month-11 = Novembro
month-12 = Dezembro

# The law, in words. Not legal advice.
label-blocked = Não permitido
label-mind = Pondere
label-rules = Regras
rules-not-advice = Conjunto de regras { $pack } { $version }. Não é aconselhamento jurídico e nada é comunicado a ninguém.

# Consents that are acts of their own.
label-separate = Consentimento separado
separate-act = { $act } ({ $source })
separate-act-unconfirmed = { $act } ({ $source }; fonte por confirmar)
separate-sensitive = Consinto, separadamente, que { $who } receba dados sensíveis meus ({ $class }).
separate-cross-border = Consinto, separadamente, que dados meus ({ $what }) sigam para { $who } ({ $place }), para { $why }, a fim de { $actions }; contacto: { $contact }; para exercer os meus direitos aí: { $rights }.
class-ordinary = dados pessoais de uma criança
class-identity-number = número de identificação
class-health = saúde
class-biometric = biométricos
class-private-life = vida privada
class-unclassified = não classificados

# The sentence.
list-comma = { ", " }
list-and = { $before } e { $last }
and-more = mais { $more }
sentence-look = Permitir que { $who } consulte uma vez, até { $until }, os seus dados ({ $what }), para { $why }; { $kept }.
sentence-store = Permitir que { $who } consulte uma vez, até { $until }, os seus dados ({ $what }) e os guarde, para { $why }; { $kept }.
sentence-share = Permitir que { $who } consulte uma vez, até { $until }, os seus dados ({ $what }) e os transmita aos indicados, para { $why }; { $kept }.
sentence-kept-not = sem guardar depois
sentence-kept-delete = { $days ->
        [one] apagado após 1 dia
       *[other] apagado após { $days } dias
    }
sentence-kept-return = { $days ->
        [one] devolvido após 1 dia
       *[other] devolvido após { $days } dias
    }
sentence-kept-anonymise = { $days ->
        [one] tornado anónimo após 1 dia
       *[other] tornado anónimo após { $days } dias
    }

# Whether data left, when something failed.
left-no = Nenhum dado saiu.
left-sealed-only = Só foi mostrado conteúdo selado; sem a chave ninguém o lê.
left-unknown = Os dados podem ter saído: o registo diz “desconhecido”.
