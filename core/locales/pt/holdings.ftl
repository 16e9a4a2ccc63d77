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
label-ward = Por quem
ward-signed = Sobre { $name }. { $guardian } ({ $relation }) assina em seu nome por acto próprio; um documento aqui guardado prova a relação.
ward-not-shown = Sobre { $name }. { $guardian } ({ $relation }) assina em seu nome, mas nenhum documento aqui guardado prova a relação.
ward-not-signed = Sobre { $name }. Ninguém assinou ainda em seu nome; { $guardian } ({ $relation }) pode fazê-lo.
relation-parent = pai ou mãe
relation-guardian = tutor

# How an item is shared.
share-never = nunca: não entra em nenhuma autorização, peça quem pedir
share-condition = sob condição: pergunta-se de cada vez
share-open = aberto: respondido sem voltar a perguntar; cada uso fica na mesma no registo

# Errors.
error-consent-not-present = Esta autorização contém dados do nível mais alto; é preciso a frase-passe outra vez.
    .now = { -now-secret }
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
