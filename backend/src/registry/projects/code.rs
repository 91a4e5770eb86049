//! The short code in a project's QR code: its number and six signs that only this installation can work out, so
//! that nobody walks through other people's projects by counting. It needs no column and never changes.

use subtle::ConstantTimeEq;

use crate::platform::crypto::Keyring;

/// Crockford's: no I, L, O, U, so that it can be read aloud.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SIGNS: usize = 6;

pub fn of(keys: &Keyring, number: i64) -> String {
    let number = u64::try_from(number).unwrap_or_default();
    format!("{}{}", base32(number, 1), proof(keys, number))
}

/// The number in a code that was made here.
pub fn number_in(keys: &Keyring, code: &str) -> Option<i64> {
    let code = code.trim().to_ascii_uppercase();
    let (number, signs) = code.split_at_checked(code.len().checked_sub(SIGNS)?)?;
    let value = |sign: u8| ALPHABET.iter().position(|known| *known == sign).and_then(|place| u64::try_from(place).ok());
    let number =
        number.bytes().try_fold(0u64, |sum, sign| sum.checked_mul(32)?.checked_add(value(sign)?)).filter(|n| *n > 0)?;
    let right: bool = proof(keys, number).as_bytes().ct_eq(signs.as_bytes()).into();
    i64::try_from(number).ok().filter(|_| right)
}

fn proof(keys: &Keyring, number: u64) -> String {
    let hash = keys.find_hash("project.short_code", &number.to_string());
    let bits = u64::from_str_radix(&hash[..8], 16).unwrap_or_default();
    base32(bits & ((1 << (5 * SIGNS)) - 1), SIGNS)
}

fn base32(mut number: u64, least: usize) -> String {
    let mut signs = Vec::new();
    while number > 0 || signs.len() < least {
        signs.push(char::from(ALPHABET[(number % 32) as usize]));
        number /= 32;
    }
    signs.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing test is the point")]
    use super::*;
    use crate::platform::config::Config;

    #[test]
    fn a_code_leads_back_to_its_number_and_nothing_else_does() {
        let keys = Keyring::new(&Config::demo().unwrap().crypto).unwrap();
        for number in [1, 31, 32, 10_001, i64::from(u32::MAX)] {
            let code = of(&keys, number);
            assert_eq!(number_in(&keys, &code), Some(number));
            assert_eq!(number_in(&keys, &code.to_ascii_lowercase()), Some(number));
            assert_eq!(number_in(&keys, &format!("1{code}")), None);
        }
        let other = of(&keys, 10_002);
        let forged = format!("{}{}", &of(&keys, 10_001)[..3], &other[3..]);
        assert_eq!(number_in(&keys, &forged), None);
        for nonsense in ["", "0", "ABCDEF", "项目的编号码", "!!!!!!!!!!", "ZZZZZZZZZZZZZZZZZZZZZZZZ"] {
            assert_eq!(number_in(&keys, nonsense), None, "{nonsense}");
        }
    }
}
