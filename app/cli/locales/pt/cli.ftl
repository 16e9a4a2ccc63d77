# A linha de comandos. O que o núcleo já diz (selos, erros, a página do consentimento) não se repete aqui.

# Perguntado no terminal.
ask-passphrase = Frase-passe
ask-new-passphrase = Nova frase-passe
ask-once-more = Outra vez
ask-recovery-code = Código de recuperação
type-yes = Escreva “sim”:

# Rótulos.
label-space = Espaço
label-kind = Espécie
label-id = Id
label-type = Tipo
label-issuer = Emissor
label-seal = Selo
label-versions = Versões
label-standing = Situação
label-log-key = Chave do registo
label-fingerprint = Impressão digital
label-exchange = Troca
label-recipient = Outra parte

# Espaços.
kind-person = pessoa
kind-firm = empresa
space-made = O espaço está pronto: { $folder }
recovery-code = Código de recuperação, mostrado uma vez e guardado em lado nenhum. Escreva-o em papel: { $code }
label-epoch = Época
standing-current = como o depósito de chaves se lembra
standing-not-witnessed = o depósito de chaves não conhece este registo
standing-rolled-back = mais antigo do que o depósito de chaves se lembra
standing-not-witnessed-long = Nota: o depósito de chaves não conhece este registo; aqui não se pode dizer se foi reposto um estado antigo.
standing-rolled-back-long = Atenção: este espaço é mais antigo do que o depósito de chaves se lembra. Nada se escreve antes de “chop space continue”.
interrupted = Uma execução anterior foi interrompida: { $count } sem resultado, registado como desconhecido.
passphrase-changed = A frase-passe foi alterada.
nothing-rolled-back = Nada foi reposto; nada foi feito.
epoch-begun = Começou uma nova época. Congelados: { $frozen }.
backup-written = Cópia escrita: { $file }
restored = Restaurado em { $folder }; abre com a frase-passe que o espaço tinha. O registo começou uma nova época; as concessões abertas ficam congeladas.

# Bens.
imported = Recebido: { $title } ({ $id })
replaced = Substituído: { $title } ({ $id })
nothing-found = Nada encontrado.
content-masked = Os valores estão ocultos; --reveal mostra-os.
content-erased = O conteúdo foi apagado. O registo dos usos fica.
erase-sure = Destruir para sempre o conteúdo de “{ $title }”? As cópias que outros têm ficam fora de alcance.
erased = Apagado: { $title }. O registo dos usos continua a poder ser provado. As cópias que outros têm ficam fora de alcance.
nothing-done = Nada foi feito.

# Confiança e chaves.
trust-added = Acrescentado: { $publisher }
trust-compare = Nada foi acrescentado. Compare a impressão digital com uma obtida por outra via e indique-a com --fingerprint.
trust-nobody = Ainda não se confia em ninguém.
trust-good = verificado, actual
trust-stale = verificado, mas já devia haver edição mais nova
role-verifier = pede dados
role-issuer = emite credenciais
key-certified = Os certificados ficam guardados para esta chave.
publisher-not-compared = Atenção: quem publica a lista não foi comparado. Impressão digital: { $fingerprint }

# O percurso.
pictures-written = { $count } imagem(ns) escritas em { $folder }
next-request = A seguir: a pessoa lê estes códigos em cinco minutos.
next-data = A seguir: a outra parte lê estes códigos. Estão selados; a chave não saiu.
next-acknowledgement = A seguir: a pessoa lê estes códigos e mostra a chave.
next-key = A seguir: a outra parte lê este código. Com ele abrem-se os dados.
next-use = A seguir: a pessoa lê estes códigos para o registo.
can-be-chosen = O que se pode escolher:
not-held = não existe aqui; parece uma recusa
nothing-chosen-yet = Nada foi escolhido. Escolha com --choose cada dado que concede.
separate-consents = Cada um destes é um consentimento à parte:
agree-with = Para aceitar exactamente esta página: chop grant … --agree { $code }
page-blocked = Uma regra proíbe esta concessão. Nada pode ser concedido.
declined = Recusado. Para a outra parte é como se não tivesse nada.
received = Recebido, verificado e exactamente o que foi concedido:
content-refused = O conteúdo não é o prometido. Foi escrita uma recusa assinada; nada foi aceite.
use-confirmed = Confirmado: a outra parte assinou o que recebeu.
use-refused = A outra parte assinou que recusou o que recebeu.

# O registo.
log-empty = O registo ainda não tem trocas.
audit-good = O registo concorda consigo e com todas as tabelas.
audit-bad = O registo não se sustenta.
audit-counts = Verificadas { $entries } entradas e { $rows } linhas.
log-entry-opened = espaço criado
log-entry-imported = recebido
log-entry-replaced = substituído
log-entry-offered = mostrado à outra parte
log-entry-requested = pedido
log-entry-approved = aprovado
log-entry-declined = recusado
log-entry-spent = concedido uma vez
log-entry-received = dados selados recebidos
log-entry-acked = acusada a recepção
log-entry-released = chave mostrada
log-entry-verified = aberto e verificado
log-entry-used = uso assinado
log-entry-refused = recusa
log-entry-unknown = resultado desconhecido
log-entry-revoked = retirado
log-entry-consent-moved = consentimento: um passo
log-entry-expired = expirado
log-entry-erased = conteúdo apagado
log-entry-exported = prova exportada
log-entry-backup-made = cópia feita
log-entry-restored = nova época
log-entry-key-rotated = chave ou definição alterada
log-entry-trust-added = lista de confiança acrescentada
log-entry-pack-added = pacote de regras ou catálogo acrescentado
log-entry-status-taken = lista de estados recebida
log-entry-trust-removed = lista de confiança removida
log-entry-gone = entrada apagada; a folha fica
log-state-spent = concedido; dados selados mostrados
log-state-acked = chave entregue; ainda sem recibo de uso
log-state-used = usado e assinado
log-state-refused-by-verifier = recusado pela outra parte
log-state-sent = autorizado e enviado; ainda não se sabe se chegou
log-state-delivered = entregue; quem pediu não assinou recibo
log-state-declined = recusado
log-state-withdrawn = retirado
log-state-frozen = congelado
log-state-requested = pedido
log-state-acknowledged = acusada a recepção; à espera da chave
log-state-accepted = aceite
log-state-refused = recusado
log-state-erased = apagado
proof-written = Prova escrita: { $file }
not-valid = Não é válido ({ $part }):
status-held = { $uri }  assinada em { $issued }, obtida em { $fetched }
status-due = { $uri }  está por actualizar: “chop status refresh” obtém-na
status-nothing-due = Nenhuma credencial indica uma lista de estados por actualizar.
status-not-checked = (estado não verificado)

# A demonstração.
demo-title-summary = Resumo clínico (DEMONSTRAÇÃO)
demo-title-transcript = Certificado de notas (DEMONSTRAÇÃO)
demo-title-file = Digitalização (DEMONSTRAÇÃO)
demo-title-record = As minhas notas (DEMONSTRAÇÃO)
demo-banner = DEMONSTRAÇÃO. Ninguém nesta história existe: cada nome, número e valor é um exemplo, e cada chave foi feita agora e não vale nada.
demo-authorities = ② Uma raiz, uma clínica, uma universidade e quem publica a lista, tudo de demonstração, são feitos na hora.
demo-spaces = ① Dois espaços: de um residente em Hong Kong e de um hospital no Interior da China. Cada um selado com a sua frase-passe.
demo-trust = ③ Ambos aceitam a lista de confiança pela impressão digital de quem a publica: { $fingerprint }
demo-imports = ④ O residente recebe duas credenciais, um ficheiro e um registo:
demo-asks = ⑤ O hospital pede. O pedido assinado são { $count } imagem(ns), válido cinco minutos; a primeira:
demo-page = ⑥ O que o residente vê:
demo-sentences = ⑦ A última frase antes do selo, em quatro línguas:
demo-separate = Um consentimento à parte, acto próprio: { $topic }
demo-agrees = ⑧ O residente escolhe { $count } dados e aceita exactamente esta página, { $code }.
demo-data = ⑨ Os dados saem selados, { $count } imagem(ns); sem a chave ninguém os lê. A primeira:
demo-acknowledgement = ⑩ O hospital assina o que ainda não pode ler: { $count } imagem(ns).
demo-key = ⑪ A assinatura confere: agora, e só agora, a chave sai.
demo-hospital-sees = ⑫ O que o hospital vê (valores de exemplo):
demo-use = ⑬ O hospital assina o que recebeu, { $count } imagem(ns); o residente junta isso ao registo.
demo-keeps-resident = O que o residente guarda: os seus bens, a concessão, os recibos e { $size } entradas do registo.
demo-keeps-hospital = O que o hospital guarda: exactamente os dados concedidos, os recibos e { $size } entradas do seu registo.
demo-second = ⑭ As mesmas imagens segunda vez:
demo-second-resident = residente, o pedido outra vez
demo-second-hospital = hospital, os dados outra vez
demo-audits = ⑮ Os dois registos são verificados de novo, cada entrada e cada linha:
demo-proof = ⑯ Um ficheiro prova tudo, sem o valor de dado algum: { $file }
demo-check-alone = Verificado sozinho:
demo-check-anchored = Verificado com a lista de confiança:
demo-tamper = ⑰ Cópias com um defeito, numa pasta temporária:
demo-tamper-byte = um byte da prova mudado
demo-tamper-row = uma linha do espaço mudada sem o registo
demo-tamper-database = um byte do ficheiro do espaço mudado
demo-tamper-older = uma pasta mais antiga reposta
demo-left = Ficam em { $folder }: as imagens, os dois espaços com os registos, a lista de confiança e uma prova.
demo-end = DEMONSTRAÇÃO: tudo correu como deve, e cada defeito foi apontado.
demo-end-bad = DEMONSTRAÇÃO: algo não correu como deve. Ver acima.

# O que a verificação de uma prova encontra.
finding-who-signed-not-checked = coerente em si; não se verificou quem assinou
finding-signers-anchored = coerente, e as suas âncoras respondem por quem assinou
finding-verifier-certificate = verificador { $client }: certificado sha256 { $sha256 }
finding-issuer-certificate = emissor da apresentação { $number }: certificado sha256 { $sha256 }
finding-grant-key = concessão: chave { $key }
finding-log-key = registo: chave { $key }
finding-log-key-expected = registo: chave { $key }, a indicada
finding-signed-by-verifier = assinado pelo verificador: { $part }, { $time }
finding-signed-by-grant-key = assinado pela chave que concedeu: { $part }, { $time }
finding-granted = concedido: { $granted } de { $asked } dados pedidos, para { $purposes }, guardado { $days } dias
finding-use-accepted = o verificador diz que aceitou o que recebeu
finding-use-refused = o verificador diz que não aceitou o que recebeu
finding-holder-named = concedido por um titular que uma credencial nomeia (apresentação { $number })
finding-holder-not-vouched-for = concedido por uma chave por quem ninguém responde nesta prova
finding-anchored-by = { $part } com âncora: { $name }, âncora sha256 { $sha256 }
finding-logged = registo: mostradas { $entries } de { $size } entradas, todas no registo
finding-log-continues = registo: continua o de { $size } entradas com que a outra parte se comprometeu por assinatura
finding-log-self-asserted = registo só afirmado por si: ninguém mais o viu antes desta prova
finding-time-asserted = tempo: afirmado pelos relógios das duas partes, sem testemunha
part-file = ficheiro
part-log = registo
part-entry = entrada { $number }
part-request = pedido
part-grant = concessão
part-delivery = entrega
part-consent-record = registo do consentimento
part-ack = acuse de recepção
part-use = recibo de uso
part-refused = recusa
part-erased = apagamento
part-presentation = apresentação { $number }
part-opening = compromisso do registo

# O que foi escrito, e o que a máquina recusa.
usage-no-state-home = Nem XDG_STATE_HOME nem HOME estão definidos; indique --keys DIR.
usage-not-the-same = Os dois não são iguais.
usage-first-line-empty = { $path }: a primeira linha está vazia.
usage-no-terminal = Não há terminal onde perguntar; indique um ficheiro.
usage-too-large = { $path } tem mais de { $max } bytes.
usage-exists = { $path } já existe; nada se escreve por cima.
usage-file = { $path }: { $error }
machine-file = { $path }: { $error }
machine-pictures = { $what }
    O passo em si foi feito. Desenhe de novo as imagens: chop again { $exchange } --out DIR
usage-add-yes = Não há terminal onde perguntar; acrescente --yes.
usage-name-value = { $typed }: falta NAME=VALUE.
usage-no-topic = { $typed } não é assunto de um consentimento à parte.
usage-fingerprint = Uma impressão digital tem 43 caracteres de base64url.
usage-no-certificate = O ficheiro não tem certificado em forma PEM.
usage-which-space = Que espaço? Indique --space DIR.
usage-many-ids = { $start } é o começo de mais do que um id.
usage-no-id = Nenhum id começa por { $start }.
usage-picture-name = { $path }: o nome tem de acabar em .png ou .svg.
usage-not-fresh = { $path } não está vazia; indique uma pasta nova.
usage-has-pictures = { $path } já tem imagens; indique outra pasta.

# What the holder says of an item, and for whom they act.
label-share = Partilha
label-subject = Sobre
label-born = Nascimento
label-guardian = Tutor
label-evidence = Prova da relação
no-evidence = Nenhum documento prova ainda a relação; não se pode assinar em seu nome.
age-under-14 = menos de 14 anos
age-under-16 = 14 ou 15 anos
age-under-18 = 16 ou 17 anos
age-adult = maior de idade
biometrics-allowed = Os dados biométricos podem sair, mas nunca num código QR.
never-by-qr = guardado; nunca num código QR
values-that-go = O que sairia diz:
ask-passphrase-again = Frase-passe, outra vez: esta autorização contém dados do nível mais alto
demo-present = São dados do nível mais alto, por isso o residente dá outra vez a frase-passe.
log-entry-marked = um documento foi marcado
log-entry-profile-set = um perfil foi escrito

# Catalogue, packs, numbers.
badge-conflict = ⚠ difere de outro documento
label-effective-from = Em vigor desde
label-purposes = Finalidades
label-responsible = Entidade competente
label-provider = Fornecedor
label-contact = Contacto
number-right = Nada está errado.
number-wrong = O número está errado:
number-form-only = Só se verifica a forma: não há dígito de controlo publicado.
pack-added = Acrescentado: { $id } { $version }
pack-built-in = Além destes: as regras e o catálogo que vieram com o programa.
pack-compare = Não acrescentado. Compare a impressão digital com a que obteve noutro lugar e acrescente com --fingerprint.
pack-known-publisher = Não acrescentado. Já aceitou este editor.
pack-in-force = em vigor
pack-not-in-force = substituído ou ainda não em vigor
pack-key-made = A chave está em { $path }. Mantenha-a secreta. Impressão digital: { $fingerprint }
pack-signed = Assinado: { $path }. Impressão digital do editor: { $fingerprint }
paper-stale = O que diz é antigo; peça um novo ao emissor.
purpose-keeping = Conservado no máximo { $days } dias (não confirmado)
usage-no-such-type = O catálogo não tem { $code }.
usage-pack-key = Isto não é um ficheiro de chave de um editor.

# Over a network.
type-their-number = Se autorizar, escreva o número do outro ecrã: --number NN. Recusar é seguro: chop decline.
usage-out-folder = Indique uma pasta para as imagens: --out DIR.
usage-their-number = Escreva o número que o outro ecrã mostra: --number NN. Se não mostrar nenhum, recuse.
usage-loopback-only = Um servidor de demonstração só escuta nesta máquina, por exemplo 127.0.0.1:8088.
machine-cannot-listen = O servidor não consegue escutar aí; talvez outro programa o faça.
posted-used = Quem pediu recebeu exactamente o que autorizou e assinou recibo.
posted-refused = Quem pediu assinou que não aceitou os dados. Mesmo assim, estiveram nas suas mãos.
posted-no-receipt = Quem pediu diz que tem os dados e não assinou nada. Desta forma, os recibos são voluntários.
posted-bad-receipt = O que quem pediu enviou como recibo não é válido. Tem os dados.
posted-not-taken = Quem pediu respondeu { $status } e não assinou nada. Os dados podem estar nas suas mãos; a mesma resposta pode ser reenviada.
ask-tx-code = O código que o emissor lhe deu por outra via (tentativas, se o diz: { $tries }):
keep-sure = Guardar esta credencial?
demo-issuer-serves = Emissor de DEMONSTRAÇÃO em { $origin }. Propostas, códigos e lista de confiança em { $folder }; editor: { $publisher }
demo-verifier-serves = Verificador de DEMONSTRAÇÃO em { $origin }: abra num navegador, ou POST { $origin }/session.

# Consents after they were given.
consents-none = Ainda não há consentimentos.
deletion-asked = O pedido de eliminação está assinado. Envie-o ao destinatário; a resposta regista-se com: chop consent delete-answer
notice-withdrawn = O titular retirou: nenhum uso a partir de agora.
notice-delete = O titular pede a eliminação: apague o que recebeu e responda.
export-written = Escrito: { $file }
copy-marked = Cópia anotada, nota verificada: { $reason }; feita por { $maker }

# Ofertas por retransmissor.
offer-drafted = Redigida em { $at }: devolva-o com --drafted { $at } ao concordar.
offer-made = A oferta está feita. Mostre o código; depois “chop watch”.
no-offers = Sem ofertas.
offer-left = faltam { $minutes } min { $seconds } s
offer-others = { $count } outras reclamações
offer-claimed-by = { $who } reclama-a. Entregar o que foi oferecido?
offer-claim-refused = Uma reclamação foi recusada aqui; a oferta continua aberta. [{ $code }]
offer-another-claim = Chegou outra reclamação: { $who }
offer-collected-by = Levantada por { $who }
offer-revoked-at = Retirada, com assinatura do retransmissor, em { $at }
offer-released-at = Tarde demais: já entregue, com assinatura do retransmissor, em { $at }
offer-strange = Chegou algo que não se ajusta; nada dele foi usado. [{ $code }]
offer-received = Os dados chegaram e foram verificados.
offer-relay-fault = O retransmissor contradiz-se. A prova fica guardada.
usage-terms = Isto não são termos de uso: { $path }
offer-state-made = feita, ainda não no retransmissor
offer-state-open = aberta
offer-state-answered = respondida, ainda não entregue
offer-state-delivered = entregue, selada
offer-state-acknowledged = recibo recebido
offer-state-released = chave entregue
offer-state-done = usada, recibo guardado
offer-state-withdrawing = a ser retirada
offer-state-withdrawn = retirada
offer-state-expired = expirada
offer-state-frozen = congelada desde uma reposição
offer-state-rejecting = a recusar uma reclamação
offer-state-claiming = reclamação feita
offer-state-pending = à espera do titular
offer-state-receipt-signed = recibo assinado
offer-state-awaiting-key = à espera da chave
offer-state-taken = recebida, recibo a caminho
offer-state-finished = recebida
offer-state-refused = recusada
offer-state-proving = a verificar o retransmissor
