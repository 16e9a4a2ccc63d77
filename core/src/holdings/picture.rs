//! Portraits and biometrics never go into a QR code (gba.md row 41): whoever films the screen would have
//! them for life. By other ways they go only where the holder switched that on for the item.

use chop_formats::request::Carrier;
use chop_policy::{Class, Pack};
use serde_json::Value;

use super::Mark;

/// Whether a claim may leave by `carrier`, as far as it is biometric.
pub(crate) fn may_leave<S: AsRef<str>>(
    pack: &Pack,
    (vct, path): (&str, &[S]),
    values: &[&Value],
    (carrier, mark): (Carrier, &Mark),
) -> bool {
    let is_biometric = pack.claims().sensitivity(vct, path).class == Class::Biometric
        || path.iter().any(|key| BIOMETRIC.contains(&key.as_ref()))
        || values.iter().any(|value| holds_picture(value));
    !is_biometric || (carrier != Carrier::Optic && mark.biometric)
}

/// Whether a picture is in the value, whatever its claim is called.
pub(crate) fn holds_picture(value: &Value) -> bool {
    match value {
        Value::String(text) => is_picture(text),
        Value::Array(items) => items.iter().any(holds_picture),
        Value::Object(members) => members.values().any(holds_picture),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// A data URI of a picture, or the base64 of the first bytes of JPEG, PNG, JPEG 2000, GIF or WebP.
fn is_picture(text: &str) -> bool {
    let is_long = text.len() >= SHORTEST_PICTURE;
    text.starts_with("data:image/") || (is_long && BEGINNINGS.iter().any(|start| text.starts_with(start)))
}

/// Names of biometric claims in documents that the rules do not classify (gba.md section 3.1; ISO/IEC
/// 18013-5 section 7.2).
const BIOMETRIC: [&str; 8] = [
    "portrait",
    "photo",
    "face_image",
    "fingerprint",
    "iris",
    "signature_usual_mark",
    "biometric_template_face",
    "biometric_template_finger",
];
const BEGINNINGS: [&str; 7] = ["/9j/", "_9j_", "iVBORw0KGgo", "AAAADGpQ", "/0//", "R0lGOD", "UklGR"];
/// Shorter than any picture, longer than words that begin alike.
const SHORTEST_PICTURE: usize = 64;

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn gba_row_41_a_picture_is_known_by_its_name_and_by_its_bytes() {
        let pack = Pack::built_in().unwrap();
        let jpeg = json!(format!("/9j/{}", "A".repeat(80)));
        let switched_on = Mark { biometric: true, ..Mark::UNMARKED };
        for (claim, value, is_biometric) in [
            ("portrait", json!("anything"), true),
            ("photo", json!("anything"), true),
            ("note", jpeg.clone(), true),
            ("note", json!({"deep": [jpeg]}), true),
            ("note", json!("data:image/png;base64,AA"), true),
            ("note", json!("/9j/ is how a JPEG begins"), false),
            ("name", json!("陈大文"), false),
        ] {
            let judge =
                |carrier, mark: &Mark| may_leave(&pack, ("urn:x", &[claim]), &[&value], (carrier, mark));
            for mark in [Mark::UNMARKED, switched_on] {
                assert_eq!(judge(Carrier::Optic, &mark), !is_biometric, "{claim} by QR");
            }
            assert_eq!(judge(Carrier::Relay, &Mark::UNMARKED), !is_biometric, "{claim} by relay");
            assert!(judge(Carrier::Relay, &switched_on), "{claim} by relay, switched on");
        }
    }
}
