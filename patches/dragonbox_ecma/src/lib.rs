//! Stands in for the crate `dragonbox_ecma`: numbers written as JavaScript writes them.
//!
//! The crate's table of powers of ten is 10 KB that nothing compresses. The standard library, which is in the wasm module anyway,
//! finds the same digits - the fewest that mean the number - without it, and slower: numbers that are keys are few.

/// What a number is written into.
#[derive(Clone, Debug, Default)]
pub struct Buffer(String);

impl Buffer {
    /// Empty.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The number as `String(value)` is in JavaScript.
    pub fn format(&mut self, value: f64) -> &str {
        self.0 = written(value);
        &self.0
    }

    /// The same of a number that is finite.
    pub fn format_finite(&mut self, value: f64) -> &str {
        self.format(value)
    }
}

fn written(value: f64) -> String {
    if value.is_nan() {
        return "NaN".to_owned();
    }
    if value == 0.0 {
        return "0".to_owned();
    }
    let sign = if value < 0.0 { "-" } else { "" };
    if value.is_infinite() {
        return format!("{sign}Infinity");
    }
    let scientific = format!("{:e}", value.abs());
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let digits = mantissa.replace('.', "");
    // Where the point stands, counted from the first digit.
    let point = 1 + exponent.parse::<i32>().unwrap_or_default();
    let length = digits.len() as i32;
    let number = match point {
        _ if length <= point && point <= 21 => digits + &"0".repeat((point - length) as usize),
        1..=21 => format!("{}.{}", &digits[..point as usize], &digits[point as usize..]),
        -5..=0 => format!("0.{}{digits}", "0".repeat(-point as usize)),
        _ => {
            let (first, rest) = digits.split_at(1);
            let dot = if rest.is_empty() { "" } else { "." };
            format!("{first}{dot}{rest}e{:+}", point - 1)
        }
    };
    format!("{sign}{number}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_javascript_writes_them() {
        let cases = [
            (0.0, "0"),
            (-0.0, "0"),
            (1.0, "1"),
            (-1.5, "-1.5"),
            (123.456, "123.456"),
            (0.1 + 0.2, "0.30000000000000004"),
            (1e20, "100000000000000000000"),
            (1e21, "1e+21"),
            (123_456_789_012_345_680_000.0, "123456789012345680000"),
            (1.25e21, "1.25e+21"),
            (0.000_001, "0.000001"),
            (0.000_012_5, "0.0000125"),
            (1e-7, "1e-7"),
            (1.5e-7, "1.5e-7"),
            (5e-324, "5e-324"),
            (f64::MAX, "1.7976931348623157e+308"),
            (f64::NAN, "NaN"),
            (f64::INFINITY, "Infinity"),
            (f64::NEG_INFINITY, "-Infinity"),
        ];
        for (value, expected) in cases {
            assert_eq!(Buffer::new().format(value), expected);
        }
    }
}
