//! What a certificate says of itself, as far as it is shown: whether to believe it is rustls's business.

use chrono::{DateTime, NaiveDateTime, Utc};
use rustls_pki_types::{CertificateDer, pem::PemObject};
use sha2::{Digest, Sha256};

/// Of one certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// SHA-256 of the whole.
    pub fingerprint: String,
    pub subject: String,
    pub issuer: String,
    pub serial: String,
    pub not_before: DateTime<Utc>,
    pub not_after: DateTime<Utc>,
}

pub fn fingerprint(der: &[u8]) -> String {
    hex(&Sha256::digest(der))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads the first certificate of a PEM file; nothing if there is none, or if it is not whole.
pub fn read_pem(pem: &str) -> Option<Facts> {
    let der = CertificateDer::from_pem_slice(pem.as_bytes()).ok()?;
    read(&der)
}

pub fn read(der: &[u8]) -> Option<Facts> {
    let mut certificate = Der(der).inside(SEQUENCE)?;
    let mut signed = certificate.inside(SEQUENCE)?;
    // The version stands first where there is one.
    if signed.peek()? == VERSION {
        signed.next()?;
    }
    let serial = hex(signed.expect(INTEGER)?);
    signed.expect(SEQUENCE)?;
    let issuer = name(signed.inside(SEQUENCE)?)?;
    let mut validity = signed.inside(SEQUENCE)?;
    let (not_before, not_after) = (time(&mut validity)?, time(&mut validity)?);
    let subject = name(signed.inside(SEQUENCE)?)?;
    Some(Facts { fingerprint: fingerprint(der), subject, issuer, serial, not_before, not_after })
}

const INTEGER: u8 = 0x02;
const OBJECT_ID: u8 = 0x06;
const UTC_TIME: u8 = 0x17;
const GENERAL_TIME: u8 = 0x18;
const BMP_STRING: u8 = 0x1e;
const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const VERSION: u8 = 0xa0;

/// A run of values: a tag, a length, and what it holds.
struct Der<'a>(&'a [u8]);

impl<'a> Der<'a> {
    fn peek(&self) -> Option<u8> {
        self.0.first().copied()
    }

    fn next(&mut self) -> Option<(u8, &'a [u8])> {
        let (tag, rest) = self.0.split_first()?;
        let (first, rest) = rest.split_first()?;
        let (length, rest) = if *first < 0x80 {
            (usize::from(*first), rest)
        } else {
            let count = usize::from(first & 0x7f);
            let digits = rest.get(..count).filter(|_| (1..=4).contains(&count))?;
            (digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit)), &rest[count..])
        };
        let value = rest.get(..length)?;
        self.0 = &rest[length..];
        Some((*tag, value))
    }

    fn expect(&mut self, tag: u8) -> Option<&'a [u8]> {
        self.next().filter(|(found, _)| *found == tag).map(|(_, value)| value)
    }

    fn inside(&mut self, tag: u8) -> Option<Self> {
        self.expect(tag).map(Self)
    }
}

/// `CN=张三, O=某公司`, with the parts that people know by name.
fn name(mut parts: Der<'_>) -> Option<String> {
    let mut shown = Vec::new();
    while !parts.0.is_empty() {
        let mut pair = parts.inside(SET)?.inside(SEQUENCE)?;
        let label = match pair.expect(OBJECT_ID)? {
            [0x55, 0x04, 0x03] => "CN",
            [0x55, 0x04, 0x0a] => "O",
            [0x55, 0x04, 0x0b] => "OU",
            [0x55, 0x04, 0x05] => "SN",
            _ => continue,
        };
        let (tag, value) = pair.next()?;
        shown.push(format!("{label}={}", text(tag, value)));
    }
    Some(shown.join(", "))
}

fn text(tag: u8, value: &[u8]) -> String {
    let shown = if tag == BMP_STRING {
        let units: Vec<u16> = value.as_chunks::<2>().0.iter().map(|pair| u16::from_be_bytes(*pair)).collect();
        String::from_utf16_lossy(&units)
    } else {
        String::from_utf8_lossy(value).into_owned()
    };
    shown.chars().filter(|c| !c.is_control()).take(200).collect()
}

fn time(values: &mut Der<'_>) -> Option<DateTime<Utc>> {
    let (tag, value) = values.next()?;
    let digits = std::str::from_utf8(value).ok()?.strip_suffix('Z')?;
    let whole = match tag {
        // Two digits of the year, from 1950 to 2049.
        UTC_TIME if digits.get(..2)? < "50" => format!("20{digits}"),
        UTC_TIME => format!("19{digits}"),
        GENERAL_TIME => digits.to_owned(),
        _ => return None,
    };
    NaiveDateTime::parse_from_str(&whole, "%Y%m%d%H%M%S").ok().map(|time| time.and_utc())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]
    use rcgen::{CertificateParams, DnType, KeyPair};

    use super::*;

    #[test]
    fn a_certificate_says_whose_it_is_and_until_when() {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.distinguished_name.push(DnType::CommonName, "张三");
        params.distinguished_name.push(DnType::OrganizationName, "江门市第一建设有限公司");
        params.not_before = rcgen::date_time_ymd(2026, 1, 2);
        params.not_after = rcgen::date_time_ymd(2051, 3, 4);
        let certificate = params.self_signed(&KeyPair::generate().unwrap()).unwrap();
        let facts = read_pem(&certificate.pem()).unwrap();
        assert!(facts.subject.contains("CN=张三") && facts.subject.contains("O=江门市第一建设有限公司"), "{facts:?}");
        assert_eq!(facts.not_before.to_rfc3339(), "2026-01-02T00:00:00+00:00");
        assert_eq!(facts.not_after.to_rfc3339(), "2051-03-04T00:00:00+00:00");
        assert_eq!(facts.fingerprint, fingerprint(certificate.der()));
    }

    #[test]
    fn what_is_cut_off_is_no_certificate() {
        let certificate =
            CertificateParams::new(Vec::new()).unwrap().self_signed(&KeyPair::generate().unwrap()).unwrap();
        let der = certificate.der();
        for length in 0..der.len() {
            // Past the validity and the subject nothing more is read.
            drop(read(&der[..length]));
        }
        assert_eq!(read(&der[..20]), None);
        assert_eq!(read_pem("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"), None);
    }
}
