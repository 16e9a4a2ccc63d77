//! DEMO parties: an issuer in Hong Kong for each kind of credential, and a hospital across the border.

use chop_model::{Contact, Jurisdiction, LangText, LegalId, Party};

/// DEMO: the hospital that asks, in Shenzhen.
pub fn hospital() -> Party {
    Party {
        names: text("示例医院", "示例醫院", "Sample Hospital", "Hospital Exemplo"),
        legal_id: legal_id("USCC", "124400000000000004"),
        jurisdiction: Jurisdiction::Cn,
        contact: contact("dpo@hospital.example.invalid"),
    }
}

/// DEMO: the clinic that issued the patient summary, in Hong Kong.
pub fn clinic() -> Party {
    Party {
        names: text("示例诊所", "示例診所", "Sample Clinic", "Clínica Exemplo"),
        legal_id: legal_id("BRN", "00000001"),
        jurisdiction: Jurisdiction::Hk,
        contact: contact("data@clinic.example.invalid"),
    }
}

/// DEMO: the university that issued the transcript, in Hong Kong.
pub fn university() -> Party {
    Party {
        names: text("示例大学", "示例大學", "Sample University", "Universidade Exemplo"),
        legal_id: legal_id("BRN", "00000002"),
        jurisdiction: Jurisdiction::Hk,
        contact: contact("registry@university.example.invalid"),
    }
}

/// DEMO: the office that issued the identity card, in Guangdong.
pub fn office() -> Party {
    Party {
        names: text(
            "示例市公安局",
            "示例市公安局",
            "Sample City Public Security",
            "Segurança Pública Exemplo",
        ),
        legal_id: legal_id("USCC", "114400000000000007"),
        jurisdiction: Jurisdiction::Cn,
        contact: contact("data@office.example.invalid"),
    }
}

/// DEMO: who publishes the trust list.
pub fn list_publisher() -> LangText {
    text("示例信任名单", "示例信任名單", "Sample Trust List", "Lista de Confiança Exemplo")
}

pub(super) fn text(zh_hans: &str, zh_hant: &str, en: &str, pt: &str) -> LangText {
    LangText { zh_hans: zh_hans.into(), zh_hant: zh_hant.into(), en: en.into(), pt: pt.into() }
}

fn legal_id(scheme: &str, value: &str) -> LegalId {
    LegalId { scheme: scheme.into(), value: value.into() }
}

fn contact(email: &str) -> Contact {
    Contact { name: "Sample Data Protection Officer".into(), tel: String::new(), email: email.into() }
}
