//! Values behind a mask: over somebody's shoulder the form of a holding is enough.

use serde_json::Value;

/// The same tree with every text, number and truth value behind a mask. What says how the holding is
/// built stays: names of members, and the type and times of the credential itself.
pub(crate) fn masked(value: &Value) -> Value {
    match value {
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| match PLAIN.contains(&name.as_str()) {
                true => (name.clone(), value.clone()),
                false => (name.clone(), masked(value)),
            })
            .collect(),
        Value::Array(items) => items.iter().map(masked).collect(),
        Value::Null => Value::Null,
        Value::Bool(_) | Value::Number(_) | Value::String(_) => MASK.into(),
    }
}

/// Members that say what kind of thing it is, not about whom.
const PLAIN: [&str; 5] = ["vct", "iat", "exp", "nbf", "resourceType"];
const MASK: &str = "•••";

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn no_value_shines_through() {
        let claims =
            json!({"vct": "urn:x", "name": "陈大文", "list": [1, {"a": true, "b": null}], "empty": {}});
        let expected =
            json!({"vct": "urn:x", "name": "•••", "list": ["•••", {"a": "•••", "b": null}], "empty": {}});
        assert_eq!(masked(&claims), expected);
    }
}
