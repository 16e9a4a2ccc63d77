//! Strict JSON (RFC 8259, narrowed as RFC 8725 section 2.9 and I-JSON, RFC 7493, ask): one pass,
//! one meaning.
//!
//! serde_json alone keeps the last of two equal keys; two readers could then see two documents under
//! one signature. Here a duplicate key at any depth is an error, and so are a byte order mark, bytes
//! that are not UTF-8, lone surrogates, trailing bytes, and depth or size beyond the bounds.

use std::cell::Cell;
use std::fmt;

use serde::de::{self, DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// Containers inside each other, the outermost counted as 1.
pub const MAX_DEPTH: usize = 64;

chop_model::coded_errors! {
    /// Why a text is not the JSON we read.
    pub enum JsonError {
        /// More bytes than the caller allows.
        TooLarge => ("json.too-large", Peer, "the JSON text is larger than allowed"),
        /// Not UTF-8, or a byte order mark in front (RFC 8259 section 8.1).
        NotUtf8 => ("json.not-utf8", Peer, "the JSON text is not plain UTF-8"),
        /// The same key twice in one object (RFC 8259 section 4, RFC 7515 section 4).
        DuplicateKey => ("json.duplicate-key", Peer, "an object in the JSON text has the same key twice"),
        /// Nested deeper than [`MAX_DEPTH`].
        TooDeep => ("json.too-deep", Peer, "the JSON text is nested too deeply"),
        /// Not JSON, or followed by more bytes.
        Malformed => ("json.malformed", Peer, "the text is not well-formed JSON"),
        /// JSON, but not of the expected shape.
        WrongShape => ("json.wrong-shape", Peer, "the JSON text does not have the expected fields"),
    }
}

/// Reads one JSON value of at most `max_bytes`. Integers beyond 64 bits become the nearest double.
///
/// # Errors
/// The variant of [`JsonError`] that names the fault; never [`JsonError::WrongShape`].
pub fn parse(bytes: &[u8], max_bytes: usize) -> Result<Value, JsonError> {
    if bytes.len() > max_bytes {
        return Err(JsonError::TooLarge);
    }
    if bytes.starts_with(BYTE_ORDER_MARK) {
        return Err(JsonError::NotUtf8);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| JsonError::NotUtf8)?;
    let fault = Cell::new(JsonError::Malformed);
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = Strict { depth: 0, fault: &fault }.deserialize(&mut reader).map_err(|_| fault.get())?;
    reader.end().map_err(|_| JsonError::Malformed)?;
    Ok(value)
}

/// As [`parse`], then into `T`. What `T` does not know is its own decision
/// (`#[serde(deny_unknown_fields)]`).
///
/// # Errors
/// As [`parse`], and [`JsonError::WrongShape`] when the value is no `T`.
pub fn parse_as<T: DeserializeOwned>(bytes: &[u8], max_bytes: usize) -> Result<T, JsonError> {
    serde_json::from_value(parse(bytes, max_bytes)?).map_err(|_| JsonError::WrongShape)
}

/// Reads any value `depth` containers down. What serde_json finds wrong itself stays `Malformed`;
/// what only we refuse is left in `fault`, because serde's errors are text.
#[derive(Clone, Copy)]
struct Strict<'a> {
    depth: usize,
    fault: &'a Cell<JsonError>,
}

impl Strict<'_> {
    fn inside<E: de::Error>(self) -> Result<Self, E> {
        if self.depth == MAX_DEPTH {
            return Err(self.refuse(JsonError::TooDeep));
        }
        Ok(Self { depth: self.depth + 1, ..self })
    }

    fn refuse<E: de::Error>(self, fault: JsonError) -> E {
        self.fault.set(fault);
        E::custom(fault)
    }
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, v: bool) -> Result<Value, E> {
        Ok(Value::Bool(v))
    }

    fn visit_i64<E>(self, v: i64) -> Result<Value, E> {
        Ok(Value::Number(v.into()))
    }

    fn visit_u64<E>(self, v: u64) -> Result<Value, E> {
        Ok(Value::Number(v.into()))
    }

    fn visit_f64<E: de::Error>(self, v: f64) -> Result<Value, E> {
        Number::from_f64(v).map(Value::Number).ok_or_else(|| self.refuse(JsonError::Malformed))
    }

    fn visit_str<E>(self, v: &str) -> Result<Value, E> {
        Ok(Value::String(v.to_owned()))
    }

    fn visit_string<E>(self, v: String) -> Result<Value, E> {
        Ok(Value::String(v))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let inside = self.inside()?;
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(inside)? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let inside = self.inside()?;
        let mut members = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            if members.contains_key(&key) {
                return Err(self.refuse(JsonError::DuplicateKey));
            }
            let value = map.next_value_seed(inside)?;
            members.insert(key, value);
        }
        Ok(Value::Object(members))
    }
}

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> Option<JsonError> {
        parse(text.as_bytes(), 4096).err()
    }

    #[test]
    fn reads_what_serde_json_reads() {
        for text in ["null", " [1,-2,3.5,1e3,\"\\ud83d\\ude00\",true]\n", r#"{"a":{"b":[{}]},"c":"港"}"#] {
            assert_eq!(parse(text.as_bytes(), 100), Ok(serde_json::from_str(text).unwrap()), "{text}");
        }
    }

    #[test]
    fn duplicate_keys_are_refused_at_any_depth() {
        for text in [r#"{"a":1,"a":1}"#, r#"[{"b":{"a":1,"\u0061":2}}]"#, r#"{"a":{"x":[]},"a":null}"#] {
            assert_eq!(fault(text), Some(JsonError::DuplicateKey), "{text}");
        }
    }

    #[test]
    fn what_is_not_one_plain_value_is_refused() {
        for text in ["", "1 2", "{} x", "{}\0", "[1,]", "{a:1}", "'a'", "NaN", "01", "\"\t\"", "1e999"] {
            assert_eq!(fault(text), Some(JsonError::Malformed), "{text}");
        }
        for text in [r#""\ud800""#, r#""\udc00""#, r#"{"\ud800\u0041":1}"#] {
            assert_eq!(fault(text), Some(JsonError::Malformed), "{text}");
        }
        for bytes in [&b"\"\xff\""[..], b"\xef\xbb\xbf{}", b"\"\xed\xa0\x80\"", b"{\xc0\xaf}"] {
            assert_eq!(parse(bytes, 100), Err(JsonError::NotUtf8));
        }
        assert!(parse(b"{\0}\0", 100).is_err(), "UTF-16 is no disguise");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_as_serde_json_reads_it_or_refused(
            tokens in proptest::collection::vec(proptest::sample::select(TOKENS), 0..12),
        ) {
            let text = tokens.concat();
            match (parse(text.as_bytes(), 4096), serde_json::from_str::<Value>(&text)) {
                (Ok(ours), theirs) => proptest::prop_assert_eq!(ours, theirs.unwrap()),
                (Err(JsonError::DuplicateKey), _) => {}
                (Err(fault), theirs) => {
                    proptest::prop_assert_eq!(fault, JsonError::Malformed);
                    proptest::prop_assert!(theirs.is_err(), "{}", text);
                }
            }
        }
    }

    const TOKENS: &[&str] = &[
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"a\":",
        "\"a\"",
        "\"b\":1",
        "1",
        "-",
        "0",
        ".5",
        "e9",
        "true",
        "null",
        " ",
        "\"\\u00e9\"",
        "\\ud800",
        "\"",
        "港",
        "\t",
    ];

    #[test]
    fn depth_and_size_are_bounded() {
        let nested = |n: usize| "[".repeat(n) + &"]".repeat(n);
        assert_eq!(fault(&nested(MAX_DEPTH)), None);
        assert_eq!(fault(&nested(MAX_DEPTH + 1)), Some(JsonError::TooDeep));
        assert_eq!(fault(&nested(200)), Some(JsonError::TooDeep));
        assert_eq!(parse(b"[1]", 2), Err(JsonError::TooLarge));
    }

    #[test]
    fn types_are_read_with_the_same_strictness() {
        #[derive(Debug, PartialEq, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct One {
            a: u8,
        }
        assert_eq!(parse_as(br#"{"a":1}"#, 100), Ok(One { a: 1 }));
        assert_eq!(parse_as::<One>(br#"{"a":1,"a":1}"#, 100), Err(JsonError::DuplicateKey));
        assert_eq!(parse_as::<One>(br#"{"a":1,"b":1}"#, 100), Err(JsonError::WrongShape));
    }
}
