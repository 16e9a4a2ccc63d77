recipients-empty = Ninguém tem nada seu.
recipients-empty-more = Depois de uma autorização, o destinatário aparece aqui com o que pode guardar, até quando, e os seus direitos.
recipients-whoever = Quem vier
recipients-trust-listed = numa lista de confiança
recipients-trust-changed = a lista indica outro certificado
recipients-trust-changed-more = O certificado que mostrou não é o que a sua lista indica hoje. Pode ter um novo; na dúvida, pergunte-lhes por outra via.
recipients-trust-unlisted = em nenhuma lista de confiança
recipients-trust-open = ninguém indicado
recipients-holds = { $count ->
    [one] Guarda uma autorização, o mais tardar até { $date }
   *[other] Guarda { $count } autorizações, o mais tardar até { $date }
 }
recipients-holds-nothing = Já não deve guardar nada
recipients-grants = { $count ->
    [one] uma autorização
   *[other] { $count } autorizações
 }
recipients-cases = { $count ->
    [one] um caso aberto
   *[other] { $count } casos abertos
 }
recipients-overdue = { $count ->
    [one] resposta em atraso
   *[other] { $count } respostas em atraso
 }
recipients-contact = Contacto:
recipients-cases-title = Casos
recipients-held-title = O que guarda
recipients-rights-title = Os seus direitos lá ({ $place })
recipients-rights-about = Escolha um, e a carta é escrita por si; é você que a envia. O prazo conta a partir do dia em que a marcar como enviada.
recipients-unconfirmed =  (por confirmar)
recipients-no-days = a lei não fixa dias
recipients-within = resposta em { $count } dias
recipients-ask = Escrever
recipients-complain = Reclamar
recipients-dispute = Abrir um litígio
recipients-authorities = Autoridade de controlo:
recipients-pledge-open = algo prometido até { $date }
recipients-pledge-broken = uma promessa em atraso
recipients-pledge-kept = promessa cumprida
recipients-uses = usado { $uses } de { $most }
recipients-keep-until = Pode guardá-lo até { $date }
recipients-never-read = A chave não saiu: ninguém o pôde ler
recipients-reason = Motivo
recipients-reason-free = Pode ficar vazio.
recipients-see-use = Ver a utilização
recipients-exports = Exportar este consentimento
recipients-export-page = Uma página para imprimir
recipients-export-dpv = ISO/IEC TS 27560 (JSON-LD)
recipients-export-odrl = Acordo ODRL (JSON-LD)
recipients-export-dossier = Processo de transferência
recipients-dossier-whole = nada falta
recipients-dossier-missing = faltam { $count } coisas, e o processo di-lo
recipients-act-pause = Suspender
recipients-about-pause = Enquanto estiver suspenso, nada mais sai com base nele. Pode retomar a qualquer momento.
recipients-act-resume = Retomar
recipients-about-resume = Continua, dentro do seu prazo.
recipients-act-withdraw = Retirar
recipients-about-withdraw = Um só passo, e faz-se um aviso assinado para o destinatário. O que já foi visto ou copiado fica fora do alcance.
recipients-act-ask-deletion = Pedir o apagamento
recipients-about-ask-deletion = Faz-se um pedido assinado para você entregar. Se apagam, daqui não se pode verificar.
recipients-act-deleted = Anotar: dizem que apagaram
recipients-about-deleted = Anota apenas o que eles dizem.
recipients-act-deletion-refused = Anotar: recusam apagar
recipients-about-deletion-refused = Escreva o motivo que deram.
recipients-act-ended = Anotar: terminaram-no
recipients-about-ended = Escreva porquê.
recipients-act-void = Declarar nulo
recipients-about-void = Para o que nunca foi consentimento: sob nome errado, ou por quem não o podia dar.
recipients-act-pledge = Prometer o que falta
recipients-about-pledge = Falta algo e promete-se para depois. As duas partes contam o mesmo prazo; passado, a promessa está quebrada.
recipients-act-pledge-kept = Promessa cumprida
recipients-about-pledge-kept = Faz-se uma palavra assinada para o destinatário.
recipients-act-close = Fechar
recipients-about-close = Depois disto nada mais se segue.
recipients-notice-about = Foi feito um aviso assinado. Guarde-o e entregue-o pela via que quiser.
recipients-notice-save = Guardar o aviso
recipients-notice-save-of = Guardar o aviso: { $act }
recipients-pledge-what = O que falta
recipients-pledge-days = Em quantos dias
recipients-case-about = A carta é feita do registo de consentimento e do que disser. O Carimbo não entrega nada por si.
recipients-case-grant = Sobre que autorização
recipients-case-words = Por palavras suas
recipients-case-words-hint = Pode ficar vazio; vai na carta.
recipients-case-open = Abrir o caso
recipients-case-said = O que se disse
recipients-letter = A carta
recipients-letter-about = Imprima-a, assine-a e envie-a você. Depois marque-a aqui como enviada: o prazo começa aí.
recipients-letter-save = Guardar
recipients-letter-page = Guardar como página
recipients-letter-print = Imprimir
recipients-not-printed = Não é possível imprimir aqui. Guarde a carta como ficheiro.
recipients-letter-text = Guardar como texto
recipients-evidence = Pacote de provas
recipients-mark = Marcar: { $step }
recipients-step-about = Fica no seu próprio registo; nada é enviado a ninguém.
recipients-step-reason = O motivo deles
recipients-step-words = Nota
recipients-step-write = Anotar
recipients-hearing-at = Quando é a audiência
recipients-hearing-place = Onde
recipients-hearing = Audiência: { $date }, { $place }
recipients-due = Resposta devida até { $date }
recipients-days-left = { $count ->
    [0] termina hoje
    [one] falta um dia
   *[other] faltam { $count } dias
 }
recipients-days-over = { $count ->
    [one] um dia em atraso
   *[other] { $count } dias em atraso
 }
recipients-muted = A quem disse não
recipients-muted-about = O mesmo pedido não volta a aparecer enquanto o seu «não» estiver em vigor. Leia o código outra vez se, ainda assim, o quiser ver.
recipients-muted-times = não desde { $since }, vale até { $until }
recipients-outdated = Valores que entretanto mudaram
recipients-outdated-about = Receberam um valor anterior ao que vale agora. Redige-se um aviso de rectificação; é você que o envia.
recipients-correct = Preparar uma rectificação
recipients-correction-prepared = rectificação preparada, ver os casos
recipients-trust-unjudged = listas de confiança por avaliar: verifique o relógio desta máquina
recipients-trust-broken = uma das suas listas de confiança já não é válida
