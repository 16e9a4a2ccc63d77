//! `name=value&name=value`: the parameters of a link and of a posted form
//! (`application/x-www-form-urlencoded`, RFC 6749 appendix B), each name once.

use std::collections::BTreeMap;

/// Characters of a form that is read.
pub const MAX_FORM: usize = 4 << 20;
/// Parameters of one form.
const MAX_PARAMETERS: usize = 32;

chop_model::coded_errors! {
    /// Why parameters are not read.
    pub enum FormError {
        /// An escape that is none, bytes that are no text, a parameter without a value.
        Malformed => ("form.malformed", Peer, "the parameters cannot be read"),
        /// The same name twice: which one counts would be a guess.
        Doubled => ("form.doubled", Peer, "a parameter is there twice"),
        /// Longer than [`MAX_FORM`], or too many.
        TooLarge => ("form.too-large", Peer, "there are too many parameters"),
    }
}

/// Writes parameters.
pub fn write(parameters: &[(&str, &str)]) -> String {
    let each = |(name, value): &(&str, &str)| format!("{}={}", escape(name), escape(value));
    parameters.iter().map(each).collect::<Vec<_>>().join("&")
}

/// Reads parameters.
///
/// # Errors
/// [`FormError`].
pub fn read(text: &str) -> Result<BTreeMap<String, String>, FormError> {
    if text.len() > MAX_FORM || text.split('&').count() > MAX_PARAMETERS {
        return Err(FormError::TooLarge);
    }
    let mut read = BTreeMap::new();
    for parameter in text.split('&').filter(|parameter| !parameter.is_empty()) {
        let (name, value) = parameter.split_once('=').ok_or(FormError::Malformed)?;
        if read.insert(unescape(name)?, unescape(value)?).is_some() {
            return Err(FormError::Doubled);
        }
    }
    Ok(read)
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push_str(&format!("{byte:02X}"));
        }
    }
    out
}

fn unescape(text: &str) -> Result<String, FormError> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    loop {
        rest = match rest {
            [] => break,
            [b'%', high, low, tail @ ..] => {
                out.push(hex(*high)? << 4 | hex(*low)?);
                tail
            }
            [b'%', ..] => return Err(FormError::Malformed),
            [b'+', tail @ ..] => {
                out.push(b' ');
                tail
            }
            [byte, tail @ ..] => {
                out.push(*byte);
                tail
            }
        };
    }
    String::from_utf8(out).map_err(|_| FormError::Malformed)
}

fn hex(digit: u8) -> Result<u8, FormError> {
    match digit {
        b'0'..=b'9' => Ok(digit - b'0'),
        b'a'..=b'f' => Ok(digit - b'a' + 10),
        b'A'..=b'F' => Ok(digit - b'A' + 10),
        _ => Err(FormError::Malformed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let text = write(&[("response", "a.b_c-d"), ("state", "ä &=+%")]);
        assert_eq!(text, "response=a.b_c-d&state=%C3%A4%20%26%3D%2B%25");
        let read = read(&text).unwrap();
        assert_eq!(read["state"], "ä &=+%");
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_refused() {
        assert_eq!(read("a=1&a=2"), Err(FormError::Doubled));
        assert_eq!(read("a=1&%61=2"), Err(FormError::Doubled));
        for bad in ["a", "a=%", "a=%4", "a=%zz", "a=%ff"] {
            assert_eq!(read(bad), Err(FormError::Malformed), "{bad}");
        }
        assert_eq!(read(&"a&".repeat(40)), Err(FormError::TooLarge));
        assert_eq!(read("a=b+c").unwrap()["a"], "b c");
    }
}
