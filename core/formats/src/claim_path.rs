//! The way to a claim: a claims path pointer (OpenID4VP 1.0 section 7), `["address", "locality"]`.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::Value;

/// Elements in one path.
pub const MAX_PATH_ELEMENTS: usize = 32;

chop_model::coded_errors! {
    /// Why a list is no claim path.
    pub enum ClaimPathError {
        /// A path names at least one thing.
        Empty => ("claim-path.empty", Peer, "the claim path is empty"),
        /// More than [`MAX_PATH_ELEMENTS`].
        TooLong => ("claim-path.too-long", Peer, "the claim path is too long"),
    }
}

/// One step of a [`ClaimPath`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PathElement {
    /// A member of an object.
    Key(String),
    /// An element of an array, the first is 0.
    Index(usize),
    /// Every element of an array; `null` on the wire.
    All,
}

/// A non-empty list of steps from the root of a credential's claims.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClaimPath(Vec<PathElement>);

impl ClaimPath {
    /// A path of these steps.
    ///
    /// # Errors
    /// [`ClaimPathError`] when there is none, or more than [`MAX_PATH_ELEMENTS`].
    pub fn new(elements: Vec<PathElement>) -> Result<Self, ClaimPathError> {
        match elements.len() {
            0 => Err(ClaimPathError::Empty),
            1..=MAX_PATH_ELEMENTS => Ok(Self(elements)),
            _ => Err(ClaimPathError::TooLong),
        }
    }

    /// The path to a claim at the top.
    pub fn key(name: &str) -> Self {
        Self(vec![PathElement::Key(name.to_owned())])
    }

    /// This path and one step more.
    ///
    /// # Errors
    /// [`ClaimPathError::TooLong`].
    pub fn then(&self, element: PathElement) -> Result<Self, ClaimPathError> {
        let mut elements = self.0.clone();
        elements.push(element);
        Self::new(elements)
    }

    /// The name of the member that the path begins with, unless it begins in an array.
    pub fn first_key(&self) -> Option<&str> {
        match self.0.first() {
            Some(PathElement::Key(key)) => Some(key),
            _ => None,
        }
    }

    /// The steps, at least one.
    pub fn elements(&self) -> &[PathElement] {
        &self.0
    }

    /// Whether a step stands for every element of an array.
    pub fn has_wildcard(&self) -> bool {
        self.0.contains(&PathElement::All)
    }

    /// The values this path selects in `claims` (OpenID4VP 1.0 section 7.1), in document order; none
    /// where the path meets a value of another kind than the step needs.
    pub fn resolve<'a>(&self, claims: &'a Value) -> Vec<&'a Value> {
        let mut selected = vec![claims];
        for element in &self.0 {
            let mut next = Vec::new();
            for value in selected {
                match (element, value) {
                    (PathElement::Key(key), Value::Object(members)) => next.extend(members.get(key)),
                    (PathElement::Index(index), Value::Array(items)) => next.extend(items.get(*index)),
                    (PathElement::All, Value::Array(items)) => next.extend(items),
                    _ => return Vec::new(),
                }
            }
            selected = next;
        }
        selected
    }
}

/// For people and logs: `address.locality`, `nationalities[0]`, `courses[*].name`.
impl fmt::Display for ClaimPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, element) in self.0.iter().enumerate() {
            match element {
                PathElement::Key(key) if position == 0 => f.write_str(key)?,
                PathElement::Key(key) => write!(f, ".{key}")?,
                PathElement::Index(index) => write!(f, "[{index}]")?,
                PathElement::All => f.write_str("[*]")?,
            }
        }
        Ok(())
    }
}

impl Serialize for PathElement {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Key(key) => serializer.serialize_str(key),
            Self::Index(index) => serializer.serialize_u64(*index as u64),
            Self::All => serializer.serialize_unit(),
        }
    }
}

impl<'de> Deserialize<'de> for PathElement {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::String(key) => Ok(Self::Key(key)),
            Value::Null => Ok(Self::All),
            Value::Number(n) => n
                .as_u64()
                .and_then(|n| usize::try_from(n).ok())
                .map(Self::Index)
                .ok_or_else(|| de::Error::custom("not an index")),
            _ => Err(de::Error::custom("not a step of a claim path")),
        }
    }
}

impl Serialize for ClaimPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for ClaimPath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(Vec::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{from_value, json};

    fn path(value: Value) -> ClaimPath {
        from_value(value).unwrap()
    }

    #[test]
    fn selects_as_openid4vp_section_7_3_says() {
        let claims = json!({"name": "A", "address": {"locality": "M"}, "degrees": [
            {"type": "B", "university": "b"}, {"type": "M"}], "nationalities": ["b", "p"]});
        for (pointer, expected) in [
            (json!(["name"]), vec![json!("A")]),
            (json!(["address", "locality"]), vec![json!("M")]),
            (json!(["degrees", null, "type"]), vec![json!("B"), json!("M")]),
            (json!(["degrees", null, "university"]), vec![json!("b")]),
            (json!(["nationalities", 1]), vec![json!("p")]),
            (json!(["nationalities", 2]), vec![]),
            (json!(["name", "x"]), vec![]),
            (json!(["address", 0]), vec![]),
        ] {
            let found: Vec<Value> = path(pointer.clone()).resolve(&claims).into_iter().cloned().collect();
            assert_eq!(found, expected, "{pointer}");
        }
    }

    #[test]
    fn reads_and_writes_only_paths() {
        for bad in [json!([]), json!([-1]), json!([1.5]), json!([true]), json!("a"), json!([["a"]])] {
            assert!(from_value::<ClaimPath>(bad.clone()).is_err(), "{bad}");
        }
        assert!(from_value::<ClaimPath>(json!(vec!["a"; MAX_PATH_ELEMENTS + 1])).is_err());
        let all = path(json!(["a", null, 3, "b"]));
        assert_eq!(serde_json::to_value(&all).unwrap(), json!(["a", null, 3, "b"]));
        assert_eq!(all.to_string(), "a[*][3].b");
        assert!(all.has_wildcard());
    }
}
