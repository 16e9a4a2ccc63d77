# Nomes do que se guarda.

# The two shelves.
shelf-credentials = Credenciais
shelf-data = Dados

# Types of documents.
doc-urn-chop-ips-1 = Resumo Internacional do Utente (por secções)
doc-urn-chop-transcript-1 = Registo académico (integral)
doc-urn-chop-item-1 = Documento do titular
doc-unknown = outra credencial ({ $type })

# Claims in general.
claim-unknown = { $path }
claim-position = n.º { $n }
claim-age-over = Idade de { $years } anos ou mais
claim-not-expired = Validade hoje
claim-name-document-match = Correspondência entre nome e documento
claim-at-least = { $what } de pelo menos { $bound }

# Patient summary: sections by LOINC code (HL7 IPS).
doc-urn-chop-ips-1-patient = Utente
doc-urn-chop-ips-1-document = Sobre o documento
doc-urn-chop-ips-1-11450-4 = Problemas activos
doc-urn-chop-ips-1-48765-2 = Alergias e intolerâncias
doc-urn-chop-ips-1-10160-0 = Medicação
doc-urn-chop-ips-1-11369-6 = Imunizações
doc-urn-chop-ips-1-30954-2 = Resultados
doc-urn-chop-ips-1-47519-4 = Procedimentos
doc-urn-chop-ips-1-46264-8 = Dispositivos médicos
doc-urn-chop-ips-1-42348-3 = Directivas antecipadas
doc-urn-chop-ips-1-104605-1 = Alertas
doc-urn-chop-ips-1-47420-5 = Estado funcional
doc-urn-chop-ips-1-11348-0 = Problemas anteriores
doc-urn-chop-ips-1-10162-6 = Gravidez
doc-urn-chop-ips-1-81338-6 = História do utente
doc-urn-chop-ips-1-18776-5 = Plano de cuidados
doc-urn-chop-ips-1-29762-2 = História social
doc-urn-chop-ips-1-8716-3 = Sinais vitais

# Transcript.
doc-urn-chop-transcript-1-holder = Titular
doc-urn-chop-transcript-1-name = Nome
doc-urn-chop-transcript-1-student_no = N.º de estudante
doc-urn-chop-transcript-1-institution = Instituição
doc-urn-chop-transcript-1-programme = Curso
doc-urn-chop-transcript-1-award = Grau
doc-urn-chop-transcript-1-level = Nível
doc-urn-chop-transcript-1-period = Período de estudos
doc-urn-chop-transcript-1-grade_scale = Escala de classificação
doc-urn-chop-transcript-1-credit_unit = Definição de crédito
doc-urn-chop-transcript-1-courses = Disciplinas
doc-urn-chop-transcript-1-credits_total = Total de créditos
doc-urn-chop-transcript-1-gpa = Média
doc-urn-chop-transcript-1-registrar = Serviço de Assuntos Académicos
doc-urn-chop-transcript-1-issue_date = Data de emissão

# An item of the holder.
doc-urn-chop-item-1-origin = Origem
doc-urn-chop-item-1-title = Título
doc-urn-chop-item-1-file = Ficheiro (selo, tipo, tamanho)

# Purposes.
purpose-care-consultation = consulta médica
purpose-care-emergency = urgência médica
purpose-care-referral = encaminhamento
purpose-care-pharmacy = dispensa de medicamentos
purpose-edu-admission = admissão a estudos
purpose-edu-credit-transfer = transferência de créditos
purpose-employment-application = candidatura a emprego
purpose-employment-placement = estágio
purpose-finance-account-opening = abertura de conta
purpose-finance-credit = pedido de crédito
purpose-insurance-claim = participação de seguro
purpose-housing-rental = arrendamento
purpose-identity-check = verificação de identidade
purpose-public-service = serviço público
purpose-research-study = investigação

# Scenes.
scene-outpatient = consulta externa
scene-inpatient = internamento
scene-emergency = serviço de urgência
scene-admission = serviço de admissões
scene-application = candidatura
scene-placement = local do estágio
scene-counter = ao balcão
