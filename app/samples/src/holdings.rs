//! What the sample resident keeps. DEMO: every name, number and value is invented.

use chop_core::holdings::{Form, Import};
use chop_core::plumbing::model::Lang;
use chop_core::{Error, WalletError};
use serde_json::json;

use crate::spaces::Cast;

/// Words in four languages, known when this is compiled.
pub(crate) struct Text {
    zh_hans: &'static str,
    zh_hant: &'static str,
    en: &'static str,
    pt: &'static str,
}

impl Text {
    pub(crate) fn in_lang(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::ZhHans => self.zh_hans,
            Lang::ZhHant => self.zh_hant,
            Lang::En => self.en,
            Lang::Pt => self.pt,
        }
    }
}

/// Imports the credentials (summary, transcript, identity card) and what the resident wrote and filed.
pub(crate) fn take_in(cast: &Cast, credentials: &[String]) -> Result<(), Error> {
    let titles = [SUMMARY, TRANSCRIPT, IDENTITY];
    for (title, text) in titles.iter().zip(credentials) {
        import(cast, Form::SdJwt, title, "credential.sd-jwt", text.as_bytes())?;
    }
    let lang = cast.lang;
    for (title, record) in [
        (
            EMERGENCY,
            json!({ "title": EMERGENCY.in_lang(lang), "contact": CONTACT.in_lang(lang), "phone": "+852 0000 0000", "blood_group": "O+" }),
        ),
        (
            HOUSEHOLD,
            json!({ "title": HOUSEHOLD.in_lang(lang), "members": 3, "monthly_rent": "HKD 12000", "since": "2022-08" }),
        ),
        (
            LANGUAGES,
            json!({ "title": LANGUAGES.in_lang(lang), "cantonese": "C2", "putonghua": "C1", "english": "C1", "portuguese": "A2" }),
        ),
    ] {
        import(cast, Form::Record, &title, "record.json", record.to_string().as_bytes())?;
    }
    import(cast, Form::File, &LETTER, "letter.txt", LETTER_TEXT.in_lang(lang).as_bytes())
}

fn import(cast: &Cast, form: Form, title: &Text, name: &str, mut bytes: &[u8]) -> Result<(), Error> {
    let size = u64::try_from(bytes.len()).map_err(|_| WalletError::Internal)?;
    let title = Some(title.in_lang(cast.lang));
    cast.resident.import(Import { form: Some(form), title, name, size, bytes: &mut bytes })?;
    Ok(())
}

/// What the resident's space is called.
pub(crate) const RESIDENT: Text =
    Text { zh_hans: "示例居民", zh_hant: "示例居民", en: "Sample resident", pt: "Residente exemplo" };
const SUMMARY: Text = Text {
    zh_hans: "示例：病历摘要",
    zh_hant: "示例：病歷摘要",
    en: "Sample: patient summary",
    pt: "Exemplo: resumo clínico",
};
const TRANSCRIPT: Text = Text {
    zh_hans: "示例：成绩单",
    zh_hant: "示例：成績單",
    en: "Sample: transcript",
    pt: "Exemplo: certidão de notas",
};
const IDENTITY: Text = Text {
    zh_hans: "示例：身份证",
    zh_hant: "示例：身份證",
    en: "Sample: identity card",
    pt: "Exemplo: bilhete de identidade",
};
const EMERGENCY: Text = Text {
    zh_hans: "示例：紧急联系人",
    zh_hant: "示例：緊急聯絡人",
    en: "Sample: emergency contact",
    pt: "Exemplo: contacto de emergência",
};
const CONTACT: Text =
    Text {
        zh_hans: "示例联系人", zh_hant: "示例聯絡人", en: "Sample contact", pt: "Contacto exemplo"
    };
const HOUSEHOLD: Text = Text {
    zh_hans: "示例：住户资料",
    zh_hant: "示例：住戶資料",
    en: "Sample: household",
    pt: "Exemplo: agregado familiar",
};
const LANGUAGES: Text = Text {
    zh_hans: "示例：语言能力",
    zh_hant: "示例：語言能力",
    en: "Sample: languages",
    pt: "Exemplo: línguas",
};
const LETTER: Text = Text {
    zh_hans: "示例：转诊信",
    zh_hant: "示例：轉介信",
    en: "Sample: referral letter",
    pt: "Exemplo: carta de referência",
};
const LETTER_TEXT: Text = Text {
    zh_hans: "示例\n\n转诊信\n\n兹转介示例居民到示例医院门诊。\n示例诊所\n",
    zh_hant: "示例\n\n轉介信\n\n茲轉介示例居民到示例醫院門診。\n示例診所\n",
    en: "SAMPLE\n\nReferral\n\nThe sample resident is referred to the outpatient clinic of the Sample Hospital.\nSample Clinic\n",
    pt: "EXEMPLO\n\nReferência\n\nO residente exemplo é encaminhado para a consulta externa do Hospital Exemplo.\nClínica Exemplo\n",
};
