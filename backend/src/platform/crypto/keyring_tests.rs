#![expect(clippy::unwrap_used, reason = "a test may panic")]

use super::*;

const CONTEXT: &str = "person.id_number";

fn key(byte: u8) -> Secret {
    Secret::new(STANDARD.encode([byte; 32]))
}

fn config(keys: &[(&str, u8)], active: &str) -> CryptoConfig {
    CryptoConfig {
        keys: keys.iter().map(|(id, byte)| ((*id).to_owned(), key(*byte))).collect(),
        active: active.to_owned(),
        index_key: key(9),
    }
}

fn ring(keys: &[(&str, u8)], active: &str) -> Keyring {
    Keyring::new(&config(keys, active)).unwrap()
}

#[test]
fn what_is_sealed_opens_again_and_never_looks_the_same_twice() {
    let ring = ring(&[("2026a", 1)], "2026a");
    let first = ring.seal(CONTEXT, "值 11010119900307");
    let second = ring.seal(CONTEXT, "值 11010119900307");
    assert!(first.starts_with("2026a."));
    assert_ne!(first, second);
    assert_eq!(ring.open(CONTEXT, &first).unwrap(), "值 11010119900307");
    assert_eq!(ring.open(CONTEXT, &ring.seal(CONTEXT, "")).unwrap(), "");
}

#[test]
fn a_value_moved_to_another_column_does_not_open() {
    let ring = ring(&[("2026a", 1)], "2026a");
    let sealed = ring.seal(CONTEXT, "secret");
    assert_eq!(ring.open("person.bank_card", &sealed), Err(OpenProblem::Forged));
}

#[test]
fn a_changed_byte_anywhere_is_noticed() {
    let ring = ring(&[("2026a", 1)], "2026a");
    let sealed = ring.seal(CONTEXT, "secret");
    let body = STANDARD.decode(sealed.split_once('.').unwrap().1).unwrap();
    for place in 0..body.len() {
        let mut changed = body.clone();
        changed[place] ^= 1;
        let forged = format!("2026a.{}", STANDARD.encode(&changed));
        assert_eq!(ring.open(CONTEXT, &forged), Err(OpenProblem::Forged), "byte {place}");
    }
}

#[test]
fn what_was_never_sealed_is_malformed() {
    let ring = ring(&[("2026a", 1)], "2026a");
    for text in ["", "no dot", "2026a.%%%", "2026a.", "2026a.AAAA", ".AAAA", "UPPER.AAAA"] {
        assert_eq!(ring.open(CONTEXT, text), Err(OpenProblem::Malformed), "{text}");
    }
}

#[test]
fn after_a_rotation_old_values_open_and_say_that_they_are_old() {
    let before = ring(&[("2026a", 1)], "2026a");
    let after = ring(&[("2026a", 1), ("2026b", 2)], "2026b");
    let old = before.seal(CONTEXT, "secret");
    assert_eq!(after.open(CONTEXT, &old).unwrap(), "secret");
    assert!(after.needs_rotation(&old));
    assert!(!before.needs_rotation(&old));
    let new = after.seal(CONTEXT, "secret");
    assert!(!after.needs_rotation(&new));
    assert_eq!(before.open(CONTEXT, &new), Err(OpenProblem::UnknownKey("2026b".into())));
    assert_eq!(before.find_hash(CONTEXT, "secret"), after.find_hash(CONTEXT, "secret"));
}

#[test]
fn the_hash_to_find_by_depends_on_value_context_and_key() {
    let one = ring(&[("2026a", 1)], "2026a");
    let hash = one.find_hash(CONTEXT, "x");
    assert_eq!(hash.len(), 64);
    assert_eq!(hash, one.find_hash(CONTEXT, "x"));
    assert_ne!(hash, one.find_hash(CONTEXT, "y"));
    assert_ne!(hash, one.find_hash("person.bank_card", "x"));
    let other = Keyring::new(&CryptoConfig { index_key: key(8), ..config(&[("2026a", 1)], "2026a") }).unwrap();
    assert_ne!(hash, other.find_hash(CONTEXT, "x"));
}

#[test]
fn derived_keys_differ_by_purpose_and_follow_the_documented_formula() {
    let ring = ring(&[("2026a", 1)], "2026a");
    assert_ne!(ring.derive("captcha"), ring.derive("links"));
    let mut mac = hmac_with(&[9; 32]);
    mac.update(b"mingce/derive/captcha");
    assert_eq!(ring.derive("captcha").as_slice(), mac.finalize().into_bytes().as_slice());
}

#[test]
fn a_configuration_that_makes_no_keyring_is_told_by_its_key() {
    let problem = |config: CryptoConfig| Keyring::new(&config).unwrap_err().to_string();
    assert!(problem(config(&[("2026a", 1)], "2027a")).contains("crypto.active"));
    assert!(problem(config(&[("2026.a", 1)], "2026.a")).contains("crypto.keys"));
    let mut short = config(&[("2026a", 1)], "2026a");
    short.keys.insert("2026b".into(), Secret::new(STANDARD.encode([1; 16])));
    assert!(problem(short).contains("crypto.keys.2026b"));
    let unset = CryptoConfig { index_key: Secret::default(), ..config(&[("2026a", 1)], "2026a") };
    assert!(problem(unset).contains("crypto.index_key"));
}
