# Como se partilha o que se guarda, por quem, e o que significam os níveis.

# The page.
mark-predicate = um sim, sem valor
predicate-age-over = Se tem { $years } anos ou mais
predicate-not-expired = Se o documento é válido hoje
predicate-name-document-match = Se o nome e o documento correspondem
predicate-at-least = Se { $what } é pelo menos { $bound }
label-level = Nível dos dados
level-L3 = L3: números de identidade, ou dados que ninguém classificou. A autorização vale no máximo uma hora.
level-L4 = L4, o mais alto: dados sensíveis. A frase-passe é pedida outra vez e a autorização vale no máximo dez minutos.
label-copy = Cópia anotada
copy-with-note = Em vez de “{ $title }” vai uma cópia com a nota: { $reason }; feita por { $maker }; válida até { $until }
label-ward = Por quem
ward-signed = Sobre { $name }. { $guardian } ({ $relation }) assina em seu nome por acto próprio; um documento aqui guardado prova a relação.
ward-not-shown = Sobre { $name }. { $guardian } ({ $relation }) assina em seu nome, mas nenhum documento aqui guardado prova a relação.
ward-not-signed = Sobre { $name }. Ninguém assinou ainda em seu nome; { $guardian } ({ $relation }) pode fazê-lo.
relation-parent = pai ou mãe
relation-guardian = tutor

# How an item is shared.
share-never = nunca: não entra em nenhuma autorização, peça quem pedir
share-condition = sob condição: pergunta-se de cada vez
share-open = aberto: a linha de comandos pode responder por si quando lho pedir (até ao nível L2); de resto, pergunta-se de cada vez; cada uso fica no registo

# Errors.
error-consent-not-present = Esta autorização contém dados do nível mais alto; é preciso a frase-passe outra vez.
    .now = { -now-passphrase }
error-grant-biometric-by-qr = Retratos e dados biométricos nunca vão num código QR.
    .now = { -now-choose }
error-consent-not-open = Nenhuma das suas regras responde a isto por si só.
    .now = { -now-choose }
error-consent-guardian-act = Falta a assinatura do tutor, ou ninguém a pediu.
    .now = { -now-choose }
error-profile-unknown = Esse perfil não existe.
    .now = { -now-choose }
error-profile-birth-date = A data de nascimento não é uma data, ou ainda está por vir.
    .now = { -now-choose }
error-profile-nameless = Um perfil precisa do nome da pessoa e do tutor.
    .now = { -now-choose }
error-profile-no-evidence = Este documento não prova relação nenhuma: foi escrito por si, apagado, ou tem um selo inválido.
    .now = { -now-choose }
error-copy-note-missing = Uma cópia anotada precisa do motivo e do nome de quem a faz.
    .now = { -now-choose }
error-copy-not-possible = Só um documento ou registo seu pode ir como cópia anotada.
    .now = { -now-choose }
error-copy-words = A nota da cópia falta, ou é longa de mais.
    .now = { -now-choose }
error-copy-times = As datas da cópia contradizem-se, ou o prazo é longo de mais.
    .now = { -now-choose }
error-copy-wrong-issuer = A cópia anotada não é do titular que autorizou.
    .now = { -now-stop }
error-copy-wrong-grant = A cópia anotada foi feita para outra autorização.
    .now = { -now-stop }
error-copy-other-content = Esta não é a cópia que foi anotada.
    .now = { -now-stop }
error-copy-not-yet-valid = A cópia anotada é do futuro.
    .now = { -now-clock }
error-copy-expired = A cópia anotada já não é válida.
    .now = { -now-ask }
