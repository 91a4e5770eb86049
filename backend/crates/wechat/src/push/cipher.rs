//! AES-256-CBC as WeChat uses it: its own padding, and the appid inside.

use std::fmt;

use aes::Aes256;
use base64::{
    Engine,
    alphabet::STANDARD as ALPHABET,
    engine::{GeneralPurpose, GeneralPurposeConfig, general_purpose::STANDARD},
};
use cbc::{
    Decryptor, Encryptor,
    cipher::{Array, BlockModeDecrypt, BlockModeEncrypt, KeyIvInit},
};

/// WeChat pads to 32 bytes, although AES has blocks of 16.
const PADDED_TO: usize = 32;
const BLOCK: usize = 16;
const RANDOM: usize = 16;
const HEAD: usize = RANDOM + 4;

/// What is wrong with a sealed text or its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CipherError {
    #[error("the EncodingAESKey must have 43 characters of base64")]
    Key,
    #[error("the sealed text is not base64 of whole blocks")]
    Blocks,
    #[error("the padding is wrong")]
    Padding,
    #[error("the length inside is wrong")]
    Length,
    #[error("what is inside is not UTF-8")]
    Text,
    #[error("it was sealed for another app")]
    OtherApp,
}

/// Seals and opens the messages of one app.
#[derive(Clone)]
pub struct Cipher {
    key: [u8; 32],
    appid: String,
}

impl fmt::Debug for Cipher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cipher").field("appid", &self.appid).finish_non_exhaustive()
    }
}

impl Cipher {
    /// `encoding_key` is the EncodingAESKey of the settings page.
    pub fn new(encoding_key: &str, appid: impl Into<String>) -> Result<Self, CipherError> {
        // 43 characters are 258 bits: the last two mean nothing and need not be zero.
        const LENIENT: GeneralPurpose =
            GeneralPurpose::new(&ALPHABET, GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true));
        let decoded = LENIENT.decode(format!("{encoding_key}=")).map_err(|_| CipherError::Key)?;
        let key = decoded.try_into().map_err(|_| CipherError::Key)?;
        Ok(Self { key, appid: appid.into() })
    }

    pub fn seal(&self, text: &str) -> String {
        self.seal_with(rand::random(), text)
    }

    fn seal_with(&self, random: [u8; RANDOM], text: &str) -> String {
        let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
        let mut plain = [&random[..], &length.to_be_bytes(), text.as_bytes(), self.appid.as_bytes()].concat();
        let pad = PADDED_TO - plain.len() % PADDED_TO;
        plain.resize(plain.len() + pad, u8::try_from(pad).unwrap_or_default());
        let mut encryptor = Encryptor::<Aes256>::new(&Array(self.key), &Array(self.iv()));
        for block in plain.chunks_exact_mut(BLOCK) {
            if let Ok(block) = block.try_into() {
                encryptor.encrypt_block(block);
            }
        }
        STANDARD.encode(plain)
    }

    pub fn open(&self, sealed: &str) -> Result<String, CipherError> {
        let mut bytes = STANDARD.decode(sealed.trim()).map_err(|_| CipherError::Blocks)?;
        if bytes.is_empty() || !bytes.len().is_multiple_of(BLOCK) {
            return Err(CipherError::Blocks);
        }
        let mut decryptor = Decryptor::<Aes256>::new(&Array(self.key), &Array(self.iv()));
        for block in bytes.chunks_exact_mut(BLOCK) {
            decryptor.decrypt_block(block.try_into().map_err(|_| CipherError::Blocks)?);
        }
        self.unwrap(unpad(&bytes)?)
    }

    /// 16 random bytes, the length, the text, and for whom it is.
    fn unwrap(&self, plain: &[u8]) -> Result<String, CipherError> {
        let (head, rest) = plain.split_at_checked(HEAD).ok_or(CipherError::Length)?;
        let length = head[RANDOM..].iter().fold(0usize, |length, byte| length << 8 | usize::from(*byte));
        let (text, appid) = rest.split_at_checked(length).ok_or(CipherError::Length)?;
        if appid != self.appid.as_bytes() {
            return Err(CipherError::OtherApp);
        }
        String::from_utf8(text.to_vec()).map_err(|_| CipherError::Text)
    }

    fn iv(&self) -> [u8; BLOCK] {
        let mut iv = [0; BLOCK];
        iv.copy_from_slice(&self.key[..BLOCK]);
        iv
    }
}

fn unpad(bytes: &[u8]) -> Result<&[u8], CipherError> {
    let pad = bytes.last().map_or(0, |byte| usize::from(*byte));
    let fits = (1..=PADDED_TO).contains(&pad) && pad <= bytes.len();
    let (plain, padding) = bytes.split_at(bytes.len() - if fits { pad } else { 0 });
    let right = fits && padding.iter().all(|byte| usize::from(*byte) == pad);
    right.then_some(plain).ok_or(CipherError::Padding)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]

    use super::*;

    const KEY: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
    const SEALED: &str = "jn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMhkP72vVOfg==";

    fn cipher() -> Cipher {
        Cipher::new(KEY, "wxb11529c136998cb6").unwrap()
    }

    #[test]
    fn the_published_vector_in_both_directions() {
        assert_eq!(cipher().seal_with(*b"aaaabbbbccccdddd", "我是中文abcd123"), SEALED);
        assert_eq!(cipher().open(SEALED).unwrap(), "我是中文abcd123");
    }

    #[test]
    fn every_length_comes_back() {
        for length in 0..70 {
            let text = "x".repeat(length);
            let sealed = cipher().seal(&text);
            assert_eq!(STANDARD.decode(&sealed).unwrap().len() % PADDED_TO, 0);
            assert_eq!(cipher().open(&sealed).unwrap(), text);
        }
        assert_ne!(cipher().seal("a"), cipher().seal("a"));
    }

    #[test]
    fn a_good_cipher_for_another_app_is_refused() {
        let other = Cipher::new(KEY, "wx0000000000000000").unwrap();
        assert_eq!(cipher().open(&other.seal("a")), Err(CipherError::OtherApp));
        // Nor one whose appid merely begins or ends like ours.
        let longer = Cipher::new(KEY, "wxb11529c136998cb6x").unwrap();
        assert_eq!(cipher().open(&longer.seal("a")), Err(CipherError::OtherApp));
    }

    #[test]
    fn nonsense_is_an_error_and_never_a_panic() {
        for nonsense in ["", "x", "====", "AAAA", &"A".repeat(40), &STANDARD.encode([7; 64])] {
            assert!(cipher().open(nonsense).is_err(), "{nonsense}");
        }
        let whole = STANDARD.decode(SEALED).unwrap();
        for at in 0..whole.len() {
            let mut bent = whole.clone();
            bent[at] ^= 0x55;
            let opened = cipher().open(&STANDARD.encode(bent));
            assert_ne!(opened.as_deref(), Ok("我是中文abcd123"), "byte {at}");
        }
        assert!(Cipher::new("short", "wx").is_err() && Cipher::new(&"!".repeat(43), "wx").is_err());
    }

    #[test]
    fn debug_does_not_show_the_key() {
        assert_eq!(format!("{:?}", cipher()), r#"Cipher { appid: "wxb11529c136998cb6", .. }"#);
    }

    #[test]
    fn padding_is_checked_byte_by_byte() {
        assert_eq!(unpad(&[1, 2, 2]), Ok(&[1][..]));
        assert_eq!(unpad(&[1, 3, 2]), Err(CipherError::Padding));
        assert_eq!(unpad(&[0]), Err(CipherError::Padding));
        assert_eq!(unpad(&[33; 40]), Err(CipherError::Padding));
        assert_eq!(unpad(&[5, 5]), Err(CipherError::Padding));
        assert_eq!(unpad(&[]), Err(CipherError::Padding));
    }
}
