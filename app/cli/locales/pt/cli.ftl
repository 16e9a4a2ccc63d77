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
standing-current = como o cofre de chaves se lembra
standing-not-witnessed = o cofre de chaves não conhece este registo
standing-rolled-back = mais antigo do que o cofre de chaves se lembra
standing-not-witnessed-long = Nota: o cofre de chaves não conhece este registo; aqui não se pode dizer se foi reposto um estado antigo.
standing-rolled-back-long = Atenção: este espaço é mais antigo do que o cofre de chaves se lembra. Nada se escreve antes de “chop space continue”.
interrupted = Uma execução anterior foi interrompida: { $count } sem resultado, registado como desconhecido.
passphrase-changed = A frase-passe foi alterada.
nothing-rolled-back = Nada foi reposto; nada foi feito.
epoch-begun = Começou uma nova época. Congelados: { $frozen }.
backup-written = Cópia escrita: { $file }
restored = Restaurado em { $folder }; abre com a frase-passe que o espaço tinha. O registo começou uma nova época; as autorizações abertas ficam congeladas.

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
agree-with = Para aceitar exactamente esta página: chop { $command } … --agree { $code }
page-blocked = Uma regra proíbe esta autorização. Nada pode ser autorizado.
declined = Recusado. Para a outra parte é como se não tivesse nada.
received = Recebido, verificado e exactamente o que foi autorizado:
content-refused = O conteúdo não é o prometido. Foi escrita uma recusa assinada; nada foi aceite.
use-confirmed = Confirmado: a outra parte assinou o que recebeu.
use-refused = A outra parte assinou que recusou o que recebeu.

# O registo.
log-empty = O registo ainda não tem trocas.
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
demo-spaces = ① Quatro espaços: de um residente em Hong Kong e de um hospital em Shenzhen; de um residente em Zhuhai e de uma universidade em Macau. Cada um selado com a sua frase-passe.
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
demo-keeps-resident = O que o residente guarda: os seus bens, a autorização, os recibos e { $size } entradas do registo.
demo-keeps-hospital = O que o hospital guarda: exactamente os dados autorizados, os recibos e { $size } entradas do seu registo.
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
demo-title-paper = Registo académico de um instituto (DEMO)
demo-shenzhen = ◆ Hong Kong → Shenzhen. Primeiro, o hospital pede dados de saúde sem dizer por que precisa deles.
demo-law = O que a lei deste percurso diz da página:
demo-law-nothing = Nada se encontrou contra.
demo-law-blocked = Por isso nada pode ser autorizado. O hospital volta a pedir e diz porquê:
demo-override = { $rule } avisa. O residente prossegue com um motivo, que fica no registo: { $reason }
demo-reason = DEMO: só para esta história
demo-record = ◆ O registo de consentimento { $id }: os mesmos bytes dos dois lados, resumo { $digest }. Em que ponto está:
demo-exports = O registo como página para pessoas, nos termos do DPV e como acordo ODRL: { $folder }
demo-macao = ◆ Zhuhai → Macau. Um residente de Zhuhai vai mostrar um registo académico a uma universidade de Macau. Lá decide primeiro uma máquina, e não se indica quem o explique.
demo-macao-agrees = O residente de Zhuhai escolhe { $count } dados e concorda exactamente com esta página, { $code }.
demo-macao-sees = O que a universidade vê, depois das mesmas cinco mensagens (valores de exemplo):
demo-withdrawn = O residente de Zhuhai retira o consentimento num só passo. O que isso alcança e o que não alcança:
demo-notice = A universidade recebe o aviso assinado, { $file }. Lá o consentimento está assim:
demo-scan = ◆ Uma só leitura, por um retransmissor. O chop-relay corre num processo próprio em { $relay }; entrega o que não consegue ler.
demo-scan-none = ◆ Uma só leitura, por um retransmissor: OMITIDO, porque não há chop-relay ao lado do chop nem no PATH. “cargo build --package chop-relay” cria-o; “make run” fá-lo por si.
demo-scan-agrees = O residente oferece { $count } dado a quem estiver na lista de confiança de demonstração e concorda exactamente com esta página, { $code }.
demo-scan-code = Toda a oferta é um código de versão { $version }, aqui tal como foi lido da sua imagem. Não contém nenhum dos dados. Depois o espaço do residente fecha-se.
demo-scan-claims = O hospital lê a imagem e reclama a oferta por um socket, com assinatura. O espaço dorme, por isso espera.
demo-scan-second = Uma universidade com uma fotografia do mesmo código também a reclama e é recusada: outro chegou primeiro.
demo-scan-wakes = O espaço acorda e pergunta ao retransmissor o que aconteceu.
demo-scan-asked = Verifica a cadeia, os nomes, a lei e o que é pedido, e mostra quem é: { $who }. O residente diz que sim.
demo-scan-sees = O hospital assinou por dados selados, recebeu a chave em troca dessa assinatura e assinou pelo que recebeu (valores de exemplo):
demo-scan-another = Outra oferta, que o residente retira:
demo-scan-revoked = O retransmissor responde, com assinatura: revogada em { $at }. Já ninguém a pode reclamar.
demo-scan-audits = Os dois registos, com tudo o que passou pelo retransmissor, são verificados de novo:
demo-scan-relay = A cabeça do registo do próprio retransmissor, assinada com a chave que as autorizações indicam:
demo-left = Ficam em { $folder }: as imagens, os espaços com os registos, a lista de confiança, os registos de consentimento para outros e uma prova.
demo-end = DEMONSTRAÇÃO: tudo correu como deve, e cada defeito foi apontado.
demo-end-bad = DEMONSTRAÇÃO: algo não correu como deve. Ver acima.

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
pledge-open = A promessa está assinada. Envie-a ao destinatário: passado o prazo, fica quebrada dos dois lados.
notice-pledged = O titular promete o que falta até ao dia que indica; passado o prazo, a promessa fica quebrada.
notice-kept = O que foi prometido já está disponível.
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
usage-case = Diga de que trata o caso: --right NOME para um pedido, --field TIPO/CHAVE para um valor errado.
kept-nothing = Nada de outrem é guardado aqui.
kept-due = prazo terminado: «chop erase-taken --due» destrói
kept-days = faltam { $days } dias
kept-erased = Apagado. A declaração assinada está no registo; cópias escritas em ficheiros ficam fora de alcance.
kept-erased-due = { $count } apagados cujo prazo terminou.
erasure-confirmed = A outra parte assinou que apagou o que recebeu. Cópias feitas noutro lugar ficam fora do alcance de qualquer prova.
