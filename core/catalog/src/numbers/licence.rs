//! Licence numbers with the hybrid systems of ISO 7064.

use super::NumberFinding;
use super::credit::is_credit_code;
use super::place::{all_digits, decimal, registers_firms, value};

/// `1.2.156.3005.2.<type 21>.<issuer 18>.<serial>.<version 3>.<check>` (GB/T 36904, CD-4). The check
/// covers the four middle parts without the root and the dots.
pub(super) fn check_identifier(text: &[u8], out: &mut Vec<NumberFinding>) {
    let Some(rest) = text.strip_prefix(ROOT) else { return out.push(NumberFinding::Form) };
    let mut parts = rest.split(|c| *c == b'.');
    let (Some(of_type), Some(issuer), Some(serial), Some(version), Some([given]), None) =
        (parts.next(), parts.next(), parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return out.push(NumberFinding::Form);
    };
    let lengths = (of_type.len(), issuer.len(), version.len());
    if lengths != (21, 18, 3) || serial.is_empty() || serial.len() > MAX_SERIAL {
        return out.push(NumberFinding::Length);
    }
    let mut product = Hybrid::new(36);
    for c in [of_type, issuer, serial, version].into_iter().flatten() {
        let Some(value) = value(*c) else { return out.push(NumberFinding::Character) };
        product.add(value);
    }
    match value(*given) {
        None => out.push(NumberFinding::Character),
        Some(given) if given != product.check() => out.push(NumberFinding::CheckDigit),
        Some(_) => {}
    }
    let definer = of_type.get(..18).unwrap_or_default();
    if !is_credit_code(definer) || !is_credit_code(issuer) {
        out.push(NumberFinding::InnerCode);
    }
}

/// `JY`, 1 business format, 6 region, 6 sequence, 1 check (CD-5).
pub(super) fn check_food(number: &[u8], out: &mut Vec<NumberFinding>) {
    let Some(digits) = number.strip_prefix(b"JY") else { return out.push(NumberFinding::Form) };
    let Ok([body @ .., given]) = <&[u8; 14]>::try_from(digits) else {
        return out.push(NumberFinding::Length);
    };
    if !all_digits(digits) {
        return out.push(NumberFinding::Character);
    }
    let mut product = Hybrid::new(10);
    body.iter().for_each(|c| product.add(u32::from(c - b'0')));
    if u32::from(given - b'0') != product.check() {
        out.push(NumberFinding::FoodCheckDigit);
    }
    if !matches!(digits.first(), Some(b'1'..=b'3')) {
        out.push(NumberFinding::FoodFormat);
    }
    if !digits.get(1..7).and_then(decimal).is_some_and(registers_firms) {
        out.push(NumberFinding::UnknownRegion);
    }
}

/// ISO 7064 hybrid MOD M+1,M: P = M; for each value S = (P + v) mod M, 0 as M; P = 2S mod (M + 1).
struct Hybrid {
    modulus: u32,
    product: u32,
}

impl Hybrid {
    fn new(modulus: u32) -> Self {
        Self { modulus, product: modulus }
    }

    fn add(&mut self, value: u32) {
        // P is at most M and a value below it, so one subtraction is the whole remainder.
        let sum = self.product + value;
        let sum = if sum > self.modulus { sum - self.modulus } else { sum };
        let double = 2 * sum;
        self.product = if double > self.modulus { double - self.modulus - 1 } else { double };
    }

    /// (M + 1 − P) mod M.
    fn check(&self) -> u32 {
        (self.modulus + 1 - self.product) % self.modulus
    }
}

const ROOT: &[u8] = b"1.2.156.3005.2.";
/// Public identifiers have serials of 10 and 11; no length is published.
const MAX_SERIAL: usize = 64;
