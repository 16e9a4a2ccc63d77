//! Use terms: complete, and fit to be read out on a consent page.

use chop_model::{Contact, LangText, LegalId, Purpose, Retention, UseTerms};
use serde_json::Value;

use super::{RequestError, RequestRule, USE_TERMS_FORMAT};
use crate::shown_text::{check_name, check_text};

/// The use terms of a `verifier_info` (OpenID4VP 1.0 section 5.11). Other formats are ignored, as the
/// section asks; ours must be there once and speak of the whole request.
pub(super) fn find(verifier_info: Option<&Value>, credential_ids: &[&str]) -> Result<UseTerms, RequestError> {
    let list = verifier_info.and_then(Value::as_array).ok_or(RequestRule::NoUseTerms)?;
    let mut ours =
        list.iter().filter(|info| info.get("format").and_then(Value::as_str) == Some(USE_TERMS_FORMAT));
    let info = ours.next().ok_or(RequestRule::NoUseTerms)?;
    if ours.next().is_some() {
        return Err(RequestRule::SeveralUseTerms.into());
    }
    read(info, "data", credential_ids)
}

/// Whether `verifier_info` has use terms.
pub(super) fn are_in(verifier_info: Option<&Value>) -> bool {
    let list = verifier_info.and_then(Value::as_array).into_iter().flatten();
    list.into_iter().any(|info| info.get("format").and_then(Value::as_str) == Some(USE_TERMS_FORMAT))
}

/// The use terms in the member `name` of `info`, for every credential of the request.
pub(super) fn read(info: &Value, name: &str, credential_ids: &[&str]) -> Result<UseTerms, RequestError> {
    if let Some(ids) = info.get("credential_ids") {
        let ids = ids.as_array().ok_or(RequestRule::BadUseTerms)?;
        if !credential_ids.iter().all(|id| ids.iter().any(|covered| covered == id)) {
            return Err(RequestRule::BadUseTerms.into());
        }
    }
    let data = info.get(name).ok_or(RequestRule::BadUseTerms)?;
    check_there(data)?;
    let terms: UseTerms = serde_json::from_value(data.clone()).map_err(|_| RequestRule::BadUseTerms)?;
    check(&terms)?;
    Ok(terms)
}

/// What is missing most often has a code of its own, before serde says only "not the shape".
fn check_there(data: &Value) -> Result<(), RequestRule> {
    let is_there = |value: Option<&Value>| value.is_some_and(|v| !v.is_null());
    let purpose = data.get("purpose");
    if !is_there(purpose) {
        return Err(RequestRule::NoPurpose);
    }
    if !is_there(purpose.and_then(|p| p.get("scene"))) {
        return Err(RequestRule::NoScene);
    }
    if !is_there(data.get("contact")) {
        return Err(RequestRule::NoContact);
    }
    Ok(())
}

/// Also holds a draft to the same rules.
pub(super) fn check(terms: &UseTerms) -> Result<(), RequestError> {
    let UseTerms {
        recipient,
        legal_id: LegalId { scheme, value },
        jurisdiction: _,
        contact,
        purpose,
        actions,
        retention: Retention { days, on_expiry: _ },
        onward,
        locations,
        necessity,
        impact,
        refusal,
        rights_channel,
        automated_decision,
        details,
    } = terms;
    each(recipient, check_name)?;
    check_name(scheme)?;
    check_name(value)?;
    check_purpose(purpose)?;
    check_contact(contact)?;
    if actions.is_empty() || actions.len() > MAX_LIST || locations.is_empty() || locations.len() > MAX_LIST {
        return Err(RequestRule::BadUseTerms.into());
    }
    if *days > MAX_RETENTION_DAYS || onward.len() > MAX_LIST {
        return Err(RequestRule::BadUseTerms.into());
    }
    onward.iter().try_for_each(|name| check_name(name))?;
    for text in [necessity, impact, refusal, automated_decision].into_iter().flatten() {
        each(text, check_text)?;
    }
    if rights_channel.trim().is_empty() {
        return Err(RequestRule::BadUseTerms.into());
    }
    check_text(rights_channel)?;
    super::details::check(details)
}

fn check_purpose(purpose: &Purpose) -> Result<(), RequestError> {
    let Purpose { code, id, scene, text } = purpose;
    let is_blank = |text: &str| text.trim().is_empty();
    if is_blank(code)
        || is_blank(id)
        || [&text.zh_hans, &text.zh_hant, &text.en, &text.pt].into_iter().any(|t| is_blank(t))
    {
        return Err(RequestRule::NoPurpose.into());
    }
    if is_blank(scene) {
        return Err(RequestRule::NoScene.into());
    }
    for short in [code, id, scene] {
        check_name(short)?;
    }
    each(text, check_text)
}

pub(super) fn check_contact(contact: &Contact) -> Result<(), RequestError> {
    let Contact { name, tel, email } = contact;
    // A name alone reaches nobody.
    if name.trim().is_empty() || (tel.trim().is_empty() && email.trim().is_empty()) {
        return Err(RequestRule::NoContact.into());
    }
    for text in [name, tel, email] {
        check_text(text)?;
    }
    Ok(())
}

pub(super) fn each<E: Into<RequestError>>(
    text: &LangText,
    check: impl Fn(&str) -> Result<(), E>,
) -> Result<(), RequestError> {
    let LangText { zh_hans, zh_hant, en, pt } = text;
    for one in [zh_hans, zh_hant, en, pt] {
        check(one).map_err(Into::into)?;
    }
    Ok(())
}

/// Entries of `actions`, `locations` and `onward`.
pub(super) const MAX_LIST: usize = 16;

/// A hundred years.
const MAX_RETENTION_DAYS: u32 = 36_525;
