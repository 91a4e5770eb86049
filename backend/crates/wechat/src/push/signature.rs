//! SHA-1 over sorted words, which is how WeChat signs.

use sha1::{Digest, Sha1};

pub(crate) fn sha1_hex(text: &str) -> String {
    Sha1::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Of `[token, timestamp, nonce]`, and for sealed messages of the sealed text as well.
pub fn sign(words: &[&str]) -> String {
    let mut words = words.to_vec();
    words.sort_unstable();
    sha1_hex(&words.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_vectors() {
        let sealed = "jn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMhkP72vVOfg==";
        assert_eq!(sign(&["pamtest", "1409304348", "xxxxxx", sealed]), "82c962d39941aa48552f90ef55aa323dc620cc10");
        assert_eq!(sign(&["pamtest", "1409304348", "xxxxxx"]), "76480565cbe296026c53aaacd1ad523a1ddba24f");
    }
}
