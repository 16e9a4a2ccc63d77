# Cada erro: o que aconteceu; .now: o que fazer. Se saíram dados, dizem-no as left-* em notice.ftl.

# What to do now.
-now-ask = Peça à outra parte um novo código e tente de novo.
-now-scan = Leia de novo, com o código certo.
-now-stop = Não continue. Diga à outra parte o que viu.
-now-evidence = Guarde o que recebeu como prova e avise a outra parte.
-now-choose = Reveja a sua escolha e tente de novo.
-now-less = Escolha menos e tente de novo.
-now-late = Dirija-se ao destinatário para exercer os seus direitos.
-now-decline = Pode recusar.
-now-issuer = Peça um novo ao emissor.
-now-otherfile = Escolha outro ficheiro e tente de novo.
-now-other = Tente outra cópia.
-now-secret = Verifique a frase-passe ou o código de recuperação e tente de novo.
-now-disk = Verifique o espaço e as permissões do disco e tente de novo.
-now-machine = Reinicie o programa e tente de novo.
-now-close = Feche-o no outro lado e tente de novo.
-now-update = Actualize o programa e tente de novo.
-now-restore = Não o use mais. Verifique o registo; restaure uma cópia se for preciso.
-now-clock = Verifique o relógio desta máquina e tente de novo.
-now-list = Verifique as suas listas de confiança.
-now-rules = Use outro conjunto de regras.
-now-report = É um erro do programa. Comunique-o, por favor.

# bundle
error-bundle-bad-cost = A cópia indica um custo de frase-passe inaceitável.
    .now = { -now-other }
error-bundle-bad-header = O início da cópia está danificado.
    .now = { -now-otherfile }
error-bundle-damaged = A cópia está danificada.
    .now = { -now-otherfile }
error-bundle-io = Não foi possível ler ou escrever a cópia.
    .now = { -now-disk }
error-bundle-newer-version = A cópia foi feita por uma versão mais recente.
    .now = { -now-update }
error-bundle-no-secret = Não foi dada frase-passe nem código de recuperação.
    .now = { -now-report }
error-bundle-no-such-slot = A cópia não pode ser aberta deste modo.
    .now = { -now-secret }
error-bundle-not-a-bundle = O ficheiro não é uma cópia do Carimbo.
    .now = { -now-otherfile }
error-bundle-random = A fonte de números aleatórios falhou.
    .now = { -now-machine }
error-bundle-sealing = Não foi possível selar a cópia.
    .now = { -now-report }
error-bundle-truncated = Falta o fim da cópia.
    .now = { -now-otherfile }
error-bundle-wrong-secret = A frase-passe ou o código não abre esta cópia.
    .now = { -now-secret }

# cbor
error-cbor-bad-text = Os dados contêm texto mal codificado.
    .now = { -now-ask }
error-cbor-not-deterministic = Os dados não estão na codificação única prevista.
    .now = { -now-ask }
error-cbor-too-deep = Os dados têm demasiados níveis.
    .now = { -now-ask }
error-cbor-too-large = Os dados excedem o tamanho permitido.
    .now = { -now-ask }
error-cbor-trailing-bytes = Há bytes a mais depois dos dados.
    .now = { -now-ask }
error-cbor-truncated = Os dados terminam cedo demais.
    .now = { -now-ask }
error-cbor-unexpected-shape = Os dados não têm a forma esperada.
    .now = { -now-ask }
error-cbor-unsupported = Os dados contêm um valor que aqui não se usa.
    .now = { -now-ask }

# checkpoint
error-checkpoint-empty-root = O ponto de controlo de um registo vazio tem conteúdo.
    .now = { -now-evidence }
error-checkpoint-extension = O ponto de controlo tem linhas a mais.
    .now = { -now-evidence }
error-checkpoint-malformed = Isto não é um ponto de controlo de um registo.
    .now = { -now-evidence }
error-checkpoint-too-large = O ponto de controlo é de um registo impossivelmente grande.
    .now = { -now-evidence }
error-checkpoint-wrong-origin = O ponto de controlo é de outro registo.
    .now = { -now-evidence }

# claim-path
error-claim-path-empty = O caminho do dado está vazio.
    .now = { -now-ask }
error-claim-path-too-long = O caminho do dado é demasiado longo.
    .now = { -now-ask }

# consent
error-consent-blocked = Uma regra proíbe esta autorização.
    .now = { -now-stop }
error-consent-not-asked = Isto não foi pedido.
    .now = { -now-choose }
error-consent-nothing-chosen = Nada foi escolhido.
    .now = { -now-choose }
error-consent-other-page = A página aceite não é a destas escolhas.
    .now = { -now-choose }
error-consent-separate-missing = Falta um consentimento separado.
    .now = { -now-choose }

# content
error-content-bad-presentation = Uma apresentação no conteúdo não pode ser lida.
    .now = { -now-evidence }
error-content-bomb = O conteúdo expandido excede o permitido.
    .now = { -now-evidence }
error-content-junk = O conteúdo selado não abre com a sua própria chave.
    .now = { -now-evidence }
error-content-malformed = O conteúdo aberto não pode ser lido.
    .now = { -now-evidence }
error-content-too-large = É demasiado para uma só autorização.
    .now = { -now-less }
error-content-wrong-ciphertext = O conteúdo selado não é o prometido.
    .now = { -now-evidence }
error-content-wrong-content = O conteúdo aberto não é o prometido.
    .now = { -now-evidence }
error-content-wrong-file = Um ficheiro do conteúdo não é o que foi selado.
    .now = { -now-evidence }
error-content-wrong-key = A chave não é a prometida.
    .now = { -now-evidence }

# core
error-core-internal = Um passo interno falhou.
    .now = { -now-report }

# dcql
error-dcql-bad-id = Um identificador do pedido tem caracteres não permitidos.
    .now = { -now-ask }
error-dcql-bad-path = Um caminho no pedido está errado.
    .now = { -now-ask }
error-dcql-bad-values = O pedido compara um dado com algo incomparável.
    .now = { -now-ask }
error-dcql-claim-sets = O pedido oferece alternativas entre dados.
    .now = { -now-ask }
error-dcql-credential-sets = O pedido oferece alternativas entre credenciais.
    .now = { -now-ask }
error-dcql-doubled-claim = O pedido pede o mesmo dado duas vezes.
    .now = { -now-ask }
error-dcql-doubled-id = O pedido usa o mesmo identificador duas vezes.
    .now = { -now-ask }
error-dcql-multiple = O pedido quer várias credenciais sob um identificador.
    .now = { -now-ask }
error-dcql-no-claims = O pedido não diz que dados quer.
    .now = { -now-ask }
error-dcql-no-holder-binding = O pedido quer credenciais que qualquer um pode mostrar.
    .now = { -now-ask }
error-dcql-no-type = O pedido não diz que tipo de credencial quer.
    .now = { -now-ask }
error-dcql-not-a-query = Isto não é uma consulta.
    .now = { -now-ask }
error-dcql-not-asked = Foi escolhido algo que não foi pedido.
    .now = { -now-report }
error-dcql-nothing-chosen = Nada foi escolhido.
    .now = { -now-choose }
error-dcql-path-too-long = O pedido vai demasiado fundo.
    .now = { -now-ask }
error-dcql-too-many-claims = O pedido quer demasiados dados.
    .now = { -now-ask }
error-dcql-too-many-credentials = O pedido quer demasiadas credenciais.
    .now = { -now-ask }
error-dcql-too-many-values = O pedido indica demasiados tipos ou valores.
    .now = { -now-ask }
error-dcql-trusted-authorities = O pedido restringe os emissores de um modo aqui desconhecido.
    .now = { -now-ask }
error-dcql-unfit-text = O pedido nomeia algo que não se pode mostrar.
    .now = { -now-ask }
error-dcql-unknown-format = O pedido quer um formato aqui desconhecido.
    .now = { -now-ask }
error-dcql-wildcard = O pedido quer tudo o que houver.
    .now = { -now-ask }

# deflate
error-deflate-compressor = Não foi possível comprimir os dados.
    .now = { -now-report }
error-deflate-damaged = Os dados comprimidos estão danificados.
    .now = { -now-ask }
error-deflate-too-large = Os dados comprimidos expandem-se demasiado.
    .now = { -now-ask }
error-deflate-unknown-dictionary = Os dados usam um dicionário desconhecido.
    .now = { -now-ask }

# delivery
error-delivery-bad-times = Os tempos da nota de entrega contradizem a autorização.
    .now = { -now-stop }
error-delivery-expired = A nota de entrega expirou.
    .now = { -now-ask }
error-delivery-not-yet-valid = A nota de entrega é do futuro.
    .now = { -now-clock }
error-delivery-wrong-ciphertext = O conteúdo selado não é o que a nota de entrega indica.
    .now = { -now-evidence }
error-delivery-wrong-grant = A nota de entrega pertence a outra autorização.
    .now = { -now-evidence }
error-delivery-wrong-issuer = A nota de entrega não é do titular que autorizou.
    .now = { -now-evidence }
error-delivery-wrong-request = A nota de entrega responde a outro pedido.
    .now = { -now-evidence }

# entry
error-entry-malformed = Isto não é uma entrada do registo.
    .now = { -now-evidence }
error-entry-not-canonical = A entrada não está na codificação única prevista.
    .now = { -now-evidence }
error-entry-too-large = A entrada é demasiado grande.
    .now = { -now-evidence }
error-entry-unknown-kind = A entrada é de um tipo desconhecido.
    .now = { -now-evidence }

# envelope
error-envelope-bomb = O envelope expandido excede o permitido.
    .now = { -now-ask }
error-envelope-malformed = O envelope aberto não pode ser lido.
    .now = { -now-ask }
error-envelope-too-large = É demasiado para um envelope.
    .now = { -now-less }

# exchange
error-exchange-already-released = A chave já foi entregue.
    .now = { -now-late }
error-exchange-expired = O prazo da autorização terminou.
    .now = { -now-ask }
error-exchange-frozen = O espaço foi restaurado ou recuou; esta autorização está congelada.
    .now = { -now-ask }
error-exchange-nonce-seen = O número único deste pedido já foi usado.
    .now = { -now-ask }
error-exchange-unknown = Nada aqui espera este código.
    .now = { -now-scan }
error-exchange-withdrawn = A autorização foi retirada.
    .now = { -now-ask }
error-exchange-wrong-step = A troca não está neste passo.
    .now = { -now-scan }

# file
error-file-bad-type = O tipo do ficheiro não é válido.
    .now = { -now-otherfile }
error-file-too-large = O ficheiro tem mais de 100 MiB.
    .now = { -now-otherfile }
error-file-wrong-seal = O ficheiro não é o que foi selado.
    .now = { -now-evidence }
error-file-wrong-size = O ficheiro não tem o tamanho declarado.
    .now = { -now-evidence }

# frame
error-frame-bad-base45 = O código está mal codificado.
    .now = { -now-scan }
error-frame-bad-checksum = A soma de controlo do código está errada.
    .now = { -now-scan }
error-frame-bad-count = O número do código está fora do intervalo.
    .now = { -now-scan }
error-frame-bad-message = A mensagem dos códigos não pode ser lida.
    .now = { -now-ask }
error-frame-bomb = A mensagem expandida excede o permitido.
    .now = { -now-ask }
error-frame-contradiction = Este código contradiz os anteriores.
    .now = { -now-ask }
error-frame-foreign-frame = Este código pertence a outra mensagem.
    .now = { -now-scan }
error-frame-missing = Faltam códigos.
    .now = { -now-scan }
error-frame-not-a-frame = Este código QR não é do Carimbo.
    .now = { -now-scan }
error-frame-text-too-long = O texto do código é demasiado longo.
    .now = { -now-scan }
error-frame-too-large = É demasiado para códigos QR.
    .now = { -now-less }
error-frame-truncated = O código está cortado.
    .now = { -now-scan }
error-frame-unexpected-message = Aqui espera-se outra mensagem.
    .now = { -now-scan }
error-frame-unknown-kind = O código é de um tipo desconhecido.
    .now = { -now-update }
error-frame-unknown-message = A mensagem é de um tipo desconhecido.
    .now = { -now-update }
error-frame-unknown-version = O código é de uma versão desconhecida.
    .now = { -now-update }
error-frame-wrong-message = Os códigos juntos não formam a mensagem indicada.
    .now = { -now-ask }

# grant
error-grant-bad-times = Os tempos da autorização contradizem-se.
    .now = { -now-stop }
error-grant-empty-scope = A autorização não permite nada.
    .now = { -now-stop }
error-grant-expired = A autorização expirou.
    .now = { -now-ask }
error-grant-no-key = A autorização não traz a chave que a assinou.
    .now = { -now-stop }
error-grant-no-purpose = A autorização não tem finalidade.
    .now = { -now-stop }
error-grant-not-one-off = A autorização não é para exactamente um uso.
    .now = { -now-stop }
error-grant-not-yet-valid = A autorização ainda não é válida.
    .now = { -now-clock }
error-grant-open-choice = A autorização deixa em aberto que dados permite.
    .now = { -now-stop }
error-grant-unknown-access = A autorização permite algo aqui desconhecido.
    .now = { -now-stop }
error-grant-unknown-schema = A autorização segue um esquema desconhecido.
    .now = { -now-update }
error-grant-wildcard = A autorização não indica os dados um a um.
    .now = { -now-stop }
error-grant-wrong-audience = A autorização foi feita para outro destinatário.
    .now = { -now-stop }
error-grant-wrong-issuer = A autorização indica um emissor diferente da sua chave.
    .now = { -now-stop }
error-grant-wrong-request = A autorização responde a outro pedido.
    .now = { -now-stop }
error-grant-wrong-verifier-log = A autorização refere outro registo que não o do verificador.
    .now = { -now-stop }

# holding
error-holding-erased = O documento foi apagado.
    .now = { -now-choose }
error-holding-foreign-key = A credencial está ligada a uma chave que esta carteira não tem.
    .now = { -now-issuer }
error-holding-none-fits = Nada do que se guarda responde a este pedido.
    .now = { -now-decline }
error-holding-too-large = O ficheiro tem mais de 100 MiB.
    .now = { -now-otherfile }
error-holding-unknown = Esse documento não existe.
    .now = { -now-choose }
error-holding-unknown-form = A forma deste ficheiro é desconhecida.
    .now = { -now-otherfile }

# jose
error-jose-bad-algorithm = Usa-se um algoritmo não permitido.
    .now = { -now-stop }
error-jose-bad-encoding = Uma parte não está bem codificada.
    .now = { -now-ask }
error-jose-bad-header = Um campo do cabeçalho está errado.
    .now = { -now-ask }
error-jose-bad-json = Uma parte não é JSON correcto.
    .now = { -now-ask }
error-jose-bad-key = A chave não é uma chave pública P-256.
    .now = { -now-ask }
error-jose-bad-seal = O conteúdo selado não abre.
    .now = { -now-ask }
error-jose-bad-signature = A assinatura não confere.
    .now = { -now-stop }
error-jose-compressed = O conteúdo selado está comprimido, o que não se aceita.
    .now = { -now-ask }
error-jose-critical-header = O cabeçalho exige algo desconhecido.
    .now = { -now-ask }
error-jose-duplicate-key = Uma parte tem a mesma chave duas vezes.
    .now = { -now-ask }
error-jose-key-failure = A chave não pôde ser usada.
    .now = { -now-machine }
error-jose-key-in-header = O objecto traz a sua própria chave.
    .now = { -now-stop }
error-jose-misuse = O objecto não pôde ser feito como pedido.
    .now = { -now-report }
error-jose-not-compact = Não está na forma compacta.
    .now = { -now-ask }
error-jose-too-deep = Uma parte tem demasiados níveis.
    .now = { -now-ask }
error-jose-too-large = Excede o tamanho permitido.
    .now = { -now-ask }
error-jose-wrong-party = Foi selado para outra troca.
    .now = { -now-stop }
error-jose-wrong-recipient = Foi selado para outra chave.
    .now = { -now-ask }
error-jose-wrong-type = É de um tipo diferente do esperado.
    .now = { -now-stop }

# json
error-json-duplicate-key = O JSON tem a mesma chave duas vezes.
    .now = { -now-otherfile }
error-json-malformed = O texto não é JSON correcto.
    .now = { -now-otherfile }
error-json-not-utf8 = O JSON não é UTF-8 simples.
    .now = { -now-otherfile }
error-json-too-deep = O JSON tem demasiados níveis.
    .now = { -now-otherfile }
error-json-too-large = O JSON excede o tamanho permitido.
    .now = { -now-otherfile }
error-json-wrong-shape = O JSON não tem os campos esperados.
    .now = { -now-otherfile }

# ledger
error-ledger-bad-proof-text = O texto não é uma prova de registo.
    .now = { -now-evidence }
error-ledger-fork = Há dois registos diferentes do mesmo tamanho.
    .now = { -now-evidence }
error-ledger-missing-hash = Falta um resumo guardado do registo.
    .now = { -now-restore }
error-ledger-not-a-hash = Um resumo da prova não tem 32 bytes.
    .now = { -now-evidence }
error-ledger-outside-tree = A prova refere um lugar fora da árvore.
    .now = { -now-evidence }
error-ledger-proof-length = A prova tem resumos a mais ou a menos.
    .now = { -now-evidence }
error-ledger-too-large = A árvore é impossivelmente grande.
    .now = { -now-evidence }
error-ledger-wrong-root = A prova leva a outra raiz.
    .now = { -now-evidence }

# log
error-log-broken = O registo não concorda consigo próprio.
    .now = { -now-restore }
error-log-rolled-back = O espaço é mais antigo do que o cofre de chaves recorda.
    .now = { -now-restore }

# note
error-note-bad-key = O texto não é a chave de um registo.
    .now = { -now-evidence }
error-note-bad-signature = A assinatura não confere.
    .now = { -now-evidence }
error-note-malformed = O texto não é uma nota assinada.
    .now = { -now-evidence }
error-note-not-alone = A nota não tem exactamente uma assinatura.
    .now = { -now-evidence }
error-note-not-signed = A nota não pôde ser assinada.
    .now = { -now-machine }
error-note-too-large = A nota é demasiado grande.
    .now = { -now-evidence }
error-note-unknown-signer = Nenhuma chave conhecida a assinou.
    .now = { -now-evidence }

# notice
error-notice-bad-words = Um ficheiro de palavras está danificado.
    .now = { -now-report }
error-notice-no-such-time = Uma data está fora do calendário.
    .now = { -now-ask }
error-notice-no-words = Faltam palavras nesta língua.
    .now = { -now-report }

# pack
error-pack-bad-packing = A forma compactada não pode ser lida.
    .now = { -now-ask }
error-pack-not-canonical = Uma parte não está bem codificada.
    .now = { -now-ask }
error-pack-not-compact = O texto não é um JWS, JWE ou SD-JWT compacto.
    .now = { -now-ask }
error-pack-too-large = O texto é demasiado longo.
    .now = { -now-less }

# policy
error-policy-pack-date = Uma regra tem uma data que não existe.
    .now = { -now-rules }
error-policy-pack-duplicate = Duas regras têm o mesmo número.
    .now = { -now-rules }
error-policy-pack-malformed = Não tem a forma de um conjunto de regras.
    .now = { -now-rules }
error-policy-pack-routes = Uma regra não diz como vale em cada rota.
    .now = { -now-rules }
error-policy-pack-too-large = O conjunto de regras é demasiado grande.
    .now = { -now-rules }

# presentation
error-presentation-junk = O conteúdo não abre com a chave dada.
    .now = { -now-evidence }
error-presentation-not-granted = O que se recebeu não é o que foi autorizado.
    .now = { -now-evidence }

# qr
error-qr-no-code = Não se encontrou código QR na imagem.
    .now = { -now-scan }
error-qr-not-drawn = Não foi possível desenhar o código QR.
    .now = { -now-report }
error-qr-picture-bytes = A imagem tem mais de 20 MiB.
    .now = { -now-otherfile }
error-qr-picture-damaged = A imagem está danificada.
    .now = { -now-otherfile }
error-qr-picture-form = O ficheiro não é PNG nem JPEG.
    .now = { -now-otherfile }
error-qr-picture-pixels = A imagem tem mais de 40 megapíxeis.
    .now = { -now-otherfile }
error-qr-too-long = O texto não cabe num código QR de versão 15.
    .now = { -now-report }
error-qr-too-many-pictures = Mais de 200 imagens de uma vez.
    .now = { -now-less }

# receipt
error-receipt-from-future = O recibo é do futuro.
    .now = { -now-clock }
error-receipt-no-certificate = O recibo não indica o seu certificado.
    .now = { -now-evidence }
error-receipt-too-early = O recibo é anterior à autorização.
    .now = { -now-evidence }
error-receipt-too-many = O recibo indica demasiados dados.
    .now = { -now-evidence }
error-receipt-wrong-audience = O recibo é para outro titular.
    .now = { -now-evidence }
error-receipt-wrong-certificate = O recibo indica um certificado diferente do do pedido.
    .now = { -now-evidence }
error-receipt-wrong-ciphertext = O recibo é de outro conteúdo selado.
    .now = { -now-evidence }
error-receipt-wrong-claims = O recibo indica dados que não foram apresentados.
    .now = { -now-evidence }
error-receipt-wrong-delivery = O recibo é de outra entrega.
    .now = { -now-evidence }
error-receipt-wrong-grant = O recibo é de outra autorização.
    .now = { -now-evidence }
error-receipt-wrong-holder-log = O recibo refere outro registo que não o do titular.
    .now = { -now-evidence }
error-receipt-wrong-issuer = O recibo não vem de quem pediu.
    .now = { -now-evidence }
error-receipt-wrong-key-commitment = O recibo é de outra chave.
    .now = { -now-evidence }
error-receipt-wrong-organisation = O recibo indica uma organização diferente do certificado.
    .now = { -now-evidence }
error-receipt-wrong-presentation = O recibo indica outra apresentação que não a dada.
    .now = { -now-evidence }
error-receipt-wrong-previous = O recibo não segue o anterior.
    .now = { -now-evidence }
error-receipt-wrong-request = O recibo é de outro pedido.
    .now = { -now-evidence }

# request
error-request-answered-before = Este pedido já foi respondido.
    .now = { -now-ask }

# scan
error-scan-missing-frames = Faltam códigos.
    .now = { -now-scan }
error-scan-other-message = Este código pertence a outro passo.
    .now = { -now-scan }
error-scan-unknown = Este código não é nosso.
    .now = { -now-scan }

# sd-jwt-vc
error-sd-jwt-vc-bad-claim = Um dado da credencial é de tipo errado.
    .now = { -now-issuer }
error-sd-jwt-vc-hidden-claim = A credencial esconde um dado que deve mostrar sempre.
    .now = { -now-issuer }
error-sd-jwt-vc-no-type = A credencial não diz o que é.
    .now = { -now-issuer }

# sd-jwt
error-sd-jwt-bad-algorithm = A credencial usa um algoritmo não permitido.
    .now = { -now-stop }
error-sd-jwt-bad-digest = A lista de resumos da credencial está errada.
    .now = { -now-stop }
error-sd-jwt-bad-disclosure = Uma revelação está malformada.
    .now = { -now-stop }
error-sd-jwt-bad-encoding = Uma parte da credencial não está bem codificada.
    .now = { -now-stop }
error-sd-jwt-bad-header = O cabeçalho da credencial é inaceitável.
    .now = { -now-stop }
error-sd-jwt-bad-holder-signature = A assinatura do titular não confere.
    .now = { -now-stop }
error-sd-jwt-bad-json = Uma parte da credencial não é JSON correcto.
    .now = { -now-stop }
error-sd-jwt-bad-key-binding = A prova do titular está malformada.
    .now = { -now-stop }
error-sd-jwt-bad-signature = A assinatura do emissor não confere.
    .now = { -now-stop }
error-sd-jwt-bad-time = Uma data da credencial está errada.
    .now = { -now-stop }
error-sd-jwt-digest-twice = Um resumo aparece duas vezes na credencial.
    .now = { -now-stop }
error-sd-jwt-duplicate-key = Uma parte da credencial tem a mesma chave duas vezes.
    .now = { -now-stop }
error-sd-jwt-expired = A credencial expirou.
    .now = { -now-issuer }
error-sd-jwt-issued-in-future = A credencial foi emitida no futuro.
    .now = { -now-clock }
error-sd-jwt-key-binding-in-future = A apresentação foi feita no futuro.
    .now = { -now-clock }
error-sd-jwt-key-binding-too-old = A apresentação é demasiado antiga.
    .now = { -now-ask }
error-sd-jwt-key-failure = A chave não pôde ser usada.
    .now = { -now-machine }
error-sd-jwt-malformed = O texto não é um SD-JWT.
    .now = { -now-otherfile }
error-sd-jwt-name-collision = Um dado revelado existe duas vezes.
    .now = { -now-stop }
error-sd-jwt-no-holder-key = A credencial não está ligada à chave do titular.
    .now = { -now-issuer }
error-sd-jwt-no-key-binding = A apresentação não prova que vem do titular.
    .now = { -now-stop }
error-sd-jwt-no-such-claim = A credencial não tem esse dado.
    .now = { -now-report }
error-sd-jwt-not-for-us = A credencial destina-se a outrem.
    .now = { -now-stop }
error-sd-jwt-not-issuable = Estes dados não podem ser emitidos.
    .now = { -now-report }
error-sd-jwt-not-yet-valid = A credencial ainda não é válida.
    .now = { -now-clock }
error-sd-jwt-reserved-name = Um dado tem um nome reservado.
    .now = { -now-stop }
error-sd-jwt-too-deep = A credencial tem demasiados níveis.
    .now = { -now-stop }
error-sd-jwt-too-large = A credencial excede o tamanho permitido.
    .now = { -now-stop }
error-sd-jwt-too-many = A credencial tem demasiadas partes.
    .now = { -now-stop }
error-sd-jwt-unexpected-key-binding = Esperava-se uma credencial, não uma apresentação.
    .now = { -now-otherfile }
error-sd-jwt-unknown-hash = A credencial usa um resumo desconhecido.
    .now = { -now-stop }
error-sd-jwt-unreferenced-disclosure = Uma revelação não pertence à credencial.
    .now = { -now-stop }
error-sd-jwt-wrong-audience = A apresentação foi feita para outrem.
    .now = { -now-stop }
error-sd-jwt-wrong-grant = A apresentação pertence a outra autorização.
    .now = { -now-stop }
error-sd-jwt-wrong-nonce = A apresentação foi feita para outro pedido.
    .now = { -now-stop }
error-sd-jwt-wrong-sd-hash = A apresentação foi alterada depois de assinada.
    .now = { -now-stop }
error-sd-jwt-wrong-type = A credencial é de um tipo diferente do esperado.
    .now = { -now-stop }

# text
error-text-bidi-control = Um texto tem um carácter que inverte a leitura.
    .now = { -now-stop }
error-text-control-character = Um texto tem um carácter de controlo.
    .now = { -now-stop }
error-text-empty = Falta um texto obrigatório.
    .now = { -now-ask }
error-text-invisible-character = Um texto tem um carácter invisível.
    .now = { -now-stop }
error-text-too-long = Um texto é demasiado longo para se mostrar.
    .now = { -now-ask }

# transcript
error-transcript-course = Uma disciplina do registo não está completa.
    .now = { -now-issuer }
error-transcript-fields = O registo académico não tem os campos devidos.
    .now = { -now-otherfile }
error-transcript-not-json = O ficheiro não é um objecto JSON correcto até 1 MiB.
    .now = { -now-otherfile }

# trust
error-trust-bad-dates = As datas da lista não concordam.
    .now = { -now-list }
error-trust-bad-roles = Uma entrada da lista tem papéis errados.
    .now = { -now-list }
error-trust-doubled-entry = A lista indica o mesmo certificado duas vezes.
    .now = { -now-list }
error-trust-encryption-key-signs = Uma chave de cifra da lista também assina.
    .now = { -now-list }
error-trust-forked = O editor assinou duas listas diferentes com o mesmo número.
    .now = { -now-stop }
error-trust-ids-disagree = A lista de confiança e o certificado dão identificadores diferentes.
    .now = { -now-stop }
error-trust-looks-like-listed = O nome pode ser confundido com o de outrem que consta da lista.
    .now = { -now-stop }
error-trust-names-disagree = A lista de confiança e o certificado nomeiam organizações diferentes.
    .now = { -now-stop }
error-trust-not-a-list = Isto não é uma lista de confiança.
    .now = { -now-otherfile }
error-trust-not-yet-issued = A lista foi emitida no futuro.
    .now = { -now-clock }
error-trust-older = A lista é mais antiga do que a existente.
    .now = { -now-list }
error-trust-other-publisher = A lista não está assinada pelo editor aceite.
    .now = { -now-stop }
error-trust-other-role = A lista não indica esta parte para este papel.
    .now = { -now-stop }
error-trust-superseded = A lista é mais antiga do que uma já vista.
    .now = { -now-list }
error-trust-too-many = A lista de confiança é demasiado longa.
    .now = { -now-list }
error-trust-unknown-version = A lista é de uma versão mais recente.
    .now = { -now-update }

# vault
error-vault-bad-row = Uma linha do espaço foi alterada por fora.
    .now = { -now-restore }
error-vault-cost-out-of-bounds = O custo da frase-passe está fora dos limites.
    .now = { -now-choose }
error-vault-damaged = A base de dados do espaço está danificada.
    .now = { -now-restore }
error-vault-disk-full = O disco está cheio.
    .now = { -now-disk }
error-vault-erased = O conteúdo foi apagado.
    .now = { -now-choose }
error-vault-exists = Já existe.
    .now = { -now-choose }
error-vault-file-unavailable = Um ficheiro do espaço não pôde ser usado.
    .now = { -now-disk }
error-vault-folder-not-empty = A pasta não está vazia.
    .now = { -now-choose }
error-vault-in-use = O espaço está aberto noutro lado.
    .now = { -now-close }
error-vault-internal = O cofre cometeu um erro.
    .now = { -now-report }
error-vault-keystore-unavailable = O cofre de chaves não pôde ser usado.
    .now = { -now-machine }
error-vault-last-slot = O último modo de abrir o espaço não pode ser removido.
    .now = { -now-choose }
error-vault-locked = O espaço está fechado.
    .now = { -now-secret }
error-vault-missing = Essa entrada não existe.
    .now = { -now-choose }
error-vault-mistyped-recovery-code = O código de recuperação está mal escrito.
    .now = { -now-secret }
error-vault-newer-version = O espaço foi escrito por uma versão mais recente.
    .now = { -now-update }
error-vault-no-platform-keystore = A plataforma não tem cofre de chaves.
    .now = { -now-secret }
error-vault-no-such-slot = Esse modo de abrir não existe.
    .now = { -now-choose }
error-vault-not-a-space = A pasta não é um espaço.
    .now = { -now-otherfile }
error-vault-random = A fonte de números aleatórios falhou.
    .now = { -now-machine }
error-vault-size-differs = O ficheiro mudou enquanto era lido.
    .now = { -now-otherfile }
error-vault-space-damaged = Ambas as cópias de space.json estão danificadas.
    .now = { -now-restore }
error-vault-too-large = O ficheiro é demasiado grande.
    .now = { -now-otherfile }
error-vault-wrong-key = A chave não abre este espaço.
    .now = { -now-secret }
error-vault-wrong-passphrase = A frase-passe não abre este espaço.
    .now = { -now-secret }
error-vault-wrong-recovery-code = O código de recuperação não abre este espaço.
    .now = { -now-secret }
error-vault-wrong-state = Não está no estado que este passo exige.
    .now = { -now-choose }

# x509
error-x509-anchor-not-authority = A âncora de confiança não é o certificado de uma autoridade.
    .now = { -now-list }
error-x509-anchor-not-valid = A âncora de confiança está fora da validade.
    .now = { -now-list }
error-x509-bad-name = Um nome do certificado não pode ser mostrado.
    .now = { -now-stop }
error-x509-bad-signature = A assinatura de um certificado não confere.
    .now = { -now-stop }
error-x509-critical-extension = Um certificado exige algo desconhecido.
    .now = { -now-stop }
error-x509-expired = Um certificado expirou.
    .now = { -now-stop }
error-x509-issuer-not-authority = Um certificado foi emitido por quem não é autoridade.
    .now = { -now-stop }
error-x509-issuer-not-for-certificates = O certificado da autoridade não serve para assinar certificados.
    .now = { -now-stop }
error-x509-leaf-is-anchor = O certificado de quem assina é a própria âncora.
    .now = { -now-stop }
error-x509-leaf-is-authority = O certificado de quem assina é de uma autoridade.
    .now = { -now-stop }
error-x509-missing = Não foi dado nenhum certificado.
    .now = { -now-stop }
error-x509-name-not-allowed = A autoridade não pode responder por este nome.
    .now = { -now-stop }
error-x509-no-key-usage = O certificado de quem assina não diz para que serve a chave.
    .now = { -now-stop }
error-x509-not-a-certificate = Isto não é um certificado X.509.
    .now = { -now-stop }
error-x509-not-for-signing = O certificado de quem assina não serve para assinar.
    .now = { -now-stop }
error-x509-not-yet-valid = Um certificado ainda não é válido.
    .now = { -now-clock }
error-x509-path-too-long = A cadeia é mais longa do que a autoridade permite.
    .now = { -now-stop }
error-x509-self-signed = O certificado de quem assina responde por si próprio.
    .now = { -now-stop }
error-x509-too-large = Um certificado é demasiado grande.
    .now = { -now-stop }
error-x509-too-many = Há demasiados certificados.
    .now = { -now-stop }
error-x509-unknown-anchor = Ninguém em quem aqui se confia responde por quem assina.
    .now = { -now-list }
error-x509-wrong-algorithm = Um certificado usa um algoritmo não aceite.
    .now = { -now-stop }
error-x509-wrong-key = A chave de quem assina não é P-256.
    .now = { -now-stop }
error-x509-wrong-order = Os certificados não vão do signatário à âncora.
    .now = { -now-stop }
