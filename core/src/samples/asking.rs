//! DEMO requests: what is asked for, and the terms under which.

use chop_model::{
    Action, CollectionStatement, Jurisdiction, LangText, OnExpiry, Party, Purpose, Retention, Site,
    UseDetails, UseTerms,
};
use serde_json::{Value, json};

use super::parties::{hospital, text, university};

/// DEMO terms of the hospital: a student is to begin a clinical placement, so it asks for parts of a
/// patient summary and of a transcript.
pub fn hospital_terms() -> UseTerms {
    let purpose = Purpose {
        code: "employment.placement".into(),
        id: "https://w3id.org/dpv#PersonnelHiring".into(),
        scene: "placement".into(),
        text: text("临床实习", "臨床實習", "a clinical placement", "um estágio clínico"),
    };
    UseTerms {
        necessity: Some(text(
            "实习中会接触药物，须避免过敏与用药风险",
            "實習中會接觸藥物，須避免過敏與用藥風險",
            "the placement handles medicines, so allergies and interactions must be known",
            "o estágio envolve medicamentos, pelo que é preciso conhecer alergias e interacções",
        )),
        impact: Some(health_impact()),
        ..terms(hospital(), purpose, 30)
    }
}

/// DEMO query of the hospital: allergies and medications, and three claims of a transcript.
pub fn hospital_query() -> Value {
    json!({ "credentials": [summary_query(), transcript_query()] })
}

/// DEMO terms of the hospital's outpatient clinic.
pub fn outpatient_terms() -> UseTerms {
    let purpose = Purpose {
        code: "care.consultation".into(),
        id: "https://w3id.org/dpv/sector/health#ConsultationManagement".into(),
        scene: "outpatient".into(),
        text: text("门诊", "門診", "outpatient care", "consulta externa"),
    };
    UseTerms {
        necessity: Some(text(
            "避免用药风险",
            "避免用藥風險",
            "to avoid harmful medicines",
            "evitar riscos de medicação",
        )),
        impact: Some(health_impact()),
        ..terms(hospital(), purpose, 30)
    }
}

/// DEMO query of the outpatient clinic: allergies and medications.
pub fn outpatient_query() -> Value {
    json!({ "credentials": [summary_query()] })
}

/// DEMO terms of a university's registrar who admits a student.
pub fn registrar_terms() -> UseTerms {
    let purpose = Purpose {
        code: "edu.admission".into(),
        id: "https://w3id.org/dpv/sector/education#StudentAdmissionManagement".into(),
        scene: "admission".into(),
        text: text("入学审核", "入學審核", "admission to studies", "admissão a estudos"),
    };
    terms(university(), purpose, 180)
}

/// DEMO query of the registrar: three claims of a transcript.
pub fn registrar_query() -> Value {
    json!({ "credentials": [transcript_query()] })
}

fn summary_query() -> Value {
    json!({
        "id": "summary", "format": "dc+sd-jwt", "meta": { "vct_values": ["urn:chop:ips:1"] },
        "claims": [{ "path": ["48765-2"] }, { "path": ["10160-0"] }],
    })
}

fn transcript_query() -> Value {
    json!({
        "id": "transcript", "format": "dc+sd-jwt", "meta": { "vct_values": [super::TRANSCRIPT_VCT] },
        "claims": [{ "path": ["name"] }, { "path": ["award"] }, { "path": ["gpa"] }],
    })
}

fn terms(asker: Party, purpose: Purpose, days: u32) -> UseTerms {
    let Party { names, legal_id, jurisdiction, contact } = asker;
    UseTerms {
        rights_channel: contact.email.clone(),
        recipient: names,
        legal_id,
        jurisdiction,
        contact,
        purpose,
        actions: vec![Action::View, Action::Store],
        retention: Retention { days, on_expiry: OnExpiry::Delete },
        onward: Vec::new(),
        locations: vec![jurisdiction],
        necessity: None,
        impact: None,
        refusal: Some(text(
            "自愿提供；不提供时可改交纸本",
            "自願提供；不提供時可改交紙本",
            "you may say no and bring paper instead",
            "pode recusar e apresentar papel",
        )),
        automated_decision: None,
        details: UseDetails {
            // Shenzhen: the hospital is in one of the nine cities.
            site: (jurisdiction == Jurisdiction::Cn).then(|| Site {
                jurisdiction,
                city: Some("440300".into()),
                zone: None,
            }),
            collection_statement: (jurisdiction == Jurisdiction::Hk).then(collection_statement),
            ..UseDetails::default()
        },
    }
}

/// PDPO DPP1(3), for whoever collects in Hong Kong.
fn collection_statement() -> CollectionStatement {
    CollectionStatement {
        obligatory: false,
        consequence: text(
            "不提供时可改交纸本",
            "不提供時可改交紙本",
            "without it, paper will do",
            "sem isso, basta o papel",
        ),
        transferees: text("本校职员", "本校職員", "staff of this institution", "pessoal desta instituição"),
        access_contact: "dpo@example.invalid".into(),
    }
}

fn health_impact() -> LangText {
    text(
        "若泄露，可能影响隐私、就业与保险",
        "若洩露，可能影響私隱、就業與保險",
        "if it leaked, privacy, work and insurance could suffer",
        "em caso de fuga, a privacidade, o trabalho e os seguros podem sofrer",
    )
}
