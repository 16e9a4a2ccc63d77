//! Who plays on the second route, Zhuhai → Macao, and with which paper: a transcript of a college in
//! Guangdong, type `transcript` of the catalogue. DEMO: nobody here exists.

use chop_core::Error;
use chop_core::plumbing::formats::claim_path::ClaimPath;
use chop_core::plumbing::model::{
    Action, Contact, Jurisdiction, LangText, LegalId, OnExpiry, Party, Purpose, Retention, UseDetails,
    UseTerms,
};
use chop_core::samples::{self, Transcript};
use serde_json::{Map, Value, json};

/// DEMO: the college that issued the transcript, in Guangdong.
pub fn college() -> Party {
    Party {
        names: text("示例学院", "示例學院", "Sample College", "Instituto Exemplo"),
        legal_id: LegalId { scheme: "USCC".into(), value: "124400000000000055".into() },
        jurisdiction: Jurisdiction::Cn,
        contact: contact("data@college.example.invalid"),
    }
}

/// DEMO: the university that asks, in Macao. Macao publishes no form for such a number.
pub fn university() -> Party {
    Party {
        names: text(
            "示例大学（澳门）",
            "示例大學（澳門）",
            "Sample University of Macao",
            "Universidade Exemplo de Macau",
        ),
        legal_id: LegalId { scheme: "DEMO".into(), value: "00000003".into() },
        jurisdiction: Jurisdiction::Mo,
        contact: contact("dpo@university.example.invalid"),
    }
}

/// The claims of the transcript, without the `vct`, and what of it can be shown or kept back by itself.
pub fn paper() -> Result<(Map<String, Value>, Vec<ClaimPath>), Error> {
    let transcript = Transcript::read(samples::TRANSCRIPT)?;
    let mut claims = transcript.claims().clone();
    let LangText { zh_hans, zh_hant, en, pt } = college().names;
    let names = json!({ "zh-Hans": zh_hans, "zh-Hant": zh_hant, "en": en, "pt": pt });
    claims.insert("institution".into(), names);
    Ok((claims, transcript.disclosable()))
}

/// What an admission needs by the catalogue's template, and nothing else.
pub fn query() -> Value {
    let claims: Vec<_> = ["name", "institution", "programme", "award", "gpa"]
        .iter()
        .map(|name| json!({ "path": [name] }))
        .collect();
    json!({ "credentials": [{
        "id": "transcript", "format": "dc+sd-jwt", "meta": { "vct_values": [samples::TRANSCRIPT_VCT] }, "claims": claims,
    }] })
}

/// Admission, where a machine decides first and nobody says where to have that explained: the law warns.
pub fn terms() -> UseTerms {
    let Party { names, legal_id, jurisdiction, contact } = university();
    UseTerms {
        rights_channel: contact.email.clone(),
        recipient: names,
        legal_id,
        jurisdiction,
        contact,
        purpose: Purpose {
            code: "edu.admission".into(),
            id: "https://w3id.org/dpv/sector/education#StudentAdmissionManagement".into(),
            scene: "admission".into(),
            text: text("入学审核", "入學審核", "admission to studies", "admissão a estudos"),
        },
        actions: vec![Action::View, Action::Store],
        retention: Retention { days: 180, on_expiry: OnExpiry::Delete },
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
        automated_decision: Some(text(
            "由程序先按学历与专业筛选",
            "由程式先按學歷與專業篩選",
            "a program first sorts applications by level and major",
            "um programa faz a primeira selecção pelo grau e pelo curso",
        )),
        details: UseDetails::default(),
    }
}

fn text(zh_hans: &str, zh_hant: &str, en: &str, pt: &str) -> LangText {
    LangText { zh_hans: zh_hans.into(), zh_hant: zh_hant.into(), en: en.into(), pt: pt.into() }
}

fn contact(email: &str) -> Contact {
    Contact { name: "Sample Data Protection Officer".into(), tel: String::new(), email: email.into() }
}
