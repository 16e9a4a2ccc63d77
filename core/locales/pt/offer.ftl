# O que diz a página de uma oferta.
known-by-name = O próprio, pelo nome. Quem a reclamar será verificado nesse momento.
known-by-policy = O próprio: ninguém em particular. Quem a reclamar será verificado nesse momento.
label-offer = Oferta
offer-by-relay-live = Pelo retransmissor { $relay }, que só vê quando e quanto; verá quem a reclama e dirá sim ou não.
offer-by-relay-named = Deixada no retransmissor { $relay }, selada para este destinatário. O retransmissor vê quem a levanta e quando, e entrega a chave uma só vez, contra recibo assinado. Não precisa de estar ligado.
offer-by-relay-files = Deixada no retransmissor { $relay } para quem vier com o código. Atenção: o retransmissor, com uma fotografia do código, poderia ler estes ficheiros.
offer-by-rule = Não lhe será perguntado outra vez: o primeiro destes destinatários a reclamá-la recebe-a.
offer-to-list = qualquer verificador que { $publisher } lista
offer-to-list-in = qualquer verificador que { $publisher } lista em { $place }
offer-to-registered = qualquer verificador registado
label-sooner = Mais cedo do que escolheu
offer-ends-sooner = Escolheu { $chosen }, mas dados deste nível só se oferecem durante { $most } no máximo: a oferta termina então.
span-seconds = { $count ->
        [one] 1 segundo
       *[other] { $count } segundos
    }
span-and-rest = { $most } e { $rest }
span-minutes = { $count ->
        [one] 1 minuto
       *[other] { $count } minutos
    }
span-hours = { $count ->
        [one] 1 hora
       *[other] { $count } horas
    }
span-days = { $count ->
        [one] 1 dia
       *[other] { $count } dias
    }
