# Names of what is held.

# The two shelves.
shelf-credentials = Credentials
shelf-data = Data

# Types of documents.
doc-urn-chop-ips-1 = International Patient Summary (by section)
doc-urn-chop-transcript-1 = Academic transcript (whole)
doc-urn-chop-item-1 = Item of the holder
doc-unknown = other credential ({ $type })

# Claims in general.
claim-unknown = { $path }
claim-position = no. { $n }
claim-age-over = Age of { $years } or over
claim-not-expired = Validity today
claim-name-document-match = Match of name and document
claim-at-least = { $what } of at least { $bound }

# Patient summary: sections by LOINC code (HL7 IPS).
doc-urn-chop-ips-1-patient = Patient
doc-urn-chop-ips-1-document = About the document
doc-urn-chop-ips-1-11450-4 = Problem list
doc-urn-chop-ips-1-48765-2 = Allergies and intolerances
doc-urn-chop-ips-1-10160-0 = Medication summary
doc-urn-chop-ips-1-11369-6 = Immunizations
doc-urn-chop-ips-1-30954-2 = Results
doc-urn-chop-ips-1-47519-4 = History of procedures
doc-urn-chop-ips-1-46264-8 = Medical devices
doc-urn-chop-ips-1-42348-3 = Advance directives
doc-urn-chop-ips-1-104605-1 = Alerts
doc-urn-chop-ips-1-47420-5 = Functional status
doc-urn-chop-ips-1-11348-0 = Past problems
doc-urn-chop-ips-1-10162-6 = Pregnancy
doc-urn-chop-ips-1-81338-6 = Patient story
doc-urn-chop-ips-1-18776-5 = Plan of care
doc-urn-chop-ips-1-29762-2 = Social history
doc-urn-chop-ips-1-8716-3 = Vital signs

# Transcript.
doc-urn-chop-transcript-1-holder = Holder
doc-urn-chop-transcript-1-name = Name
doc-urn-chop-transcript-1-student_no = Student number
doc-urn-chop-transcript-1-institution = Institution
doc-urn-chop-transcript-1-programme = Programme
doc-urn-chop-transcript-1-award = Award
doc-urn-chop-transcript-1-level = Level
doc-urn-chop-transcript-1-period = Period of study
doc-urn-chop-transcript-1-grade_scale = Grading scale
doc-urn-chop-transcript-1-credit_unit = What a credit is
doc-urn-chop-transcript-1-courses = Courses
doc-urn-chop-transcript-1-credits_total = Credits in total
doc-urn-chop-transcript-1-gpa = GPA
doc-urn-chop-transcript-1-registrar = Registrar
doc-urn-chop-transcript-1-issue_date = Issue date

# An item of the holder.
doc-urn-chop-item-1-origin = Origin
doc-urn-chop-item-1-title = Title
doc-urn-chop-item-1-file = File (seal, type, size)

# Purposes.
purpose-care-consultation = medical consultation
purpose-care-emergency = emergency care
purpose-care-referral = referral
purpose-care-pharmacy = dispensing of medicines
purpose-edu-admission = admission to studies
purpose-edu-credit-transfer = transfer of credits
purpose-employment-application = job application
purpose-employment-placement = placement
purpose-finance-account-opening = opening an account
purpose-finance-credit = application for credit
purpose-insurance-claim = insurance claim
purpose-housing-rental = renting a home
purpose-identity-check = identity check
purpose-public-service = public service
purpose-research-study = research

# Scenes.
scene-outpatient = outpatient clinic
scene-inpatient = hospital ward
scene-emergency = emergency room
scene-admission = admissions office
scene-application = application
scene-placement = place of the placement
scene-counter = at the counter
