//! Photographed sheets as one PDF: each an A4 page, turned the way the photograph lies, the JPEG as it is.

use pictures::Format;

use super::Refusal;

/// A4 at 150 dots an inch: small print stays legible, and twenty pages stay below ten megabytes.
pub(super) const LONGEST_EDGE: u32 = 1754;
pub(super) const QUALITY: u8 = 78;

/// A4 in points, upright.
const SHORT: f64 = 595.28;
const LONG: f64 = 841.89;
const MARGIN: f64 = 18.0;
/// The catalog and the tree of pages stand before the pages, which take three objects each.
const BEFORE: usize = 2;
const EACH: usize = 3;

/// Binds JPEGs in red, green and blue, as `pictures::keep` makes them.
pub(super) fn bind(sheets: &[Vec<u8>]) -> Result<Vec<u8>, Refusal> {
    let mut pdf = Pdf::default();
    let page = |index: usize| BEFORE + 1 + index * EACH;
    let kids: Vec<String> = (0..sheets.len()).map(|index| format!("{} 0 R", page(index))).collect();
    pdf.object("<< /Type /Catalog /Pages 2 0 R >>");
    pdf.object(&format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), sheets.len()));
    for (index, jpeg) in sheets.iter().enumerate() {
        let (width, height) = pictures::dimensions(Format::Jpeg, jpeg).ok_or(Refusal::BrokenPicture)?;
        let place = Place::of(f64::from(width), f64::from(height));
        let at = page(index);
        pdf.object(&format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {:.2} {:.2}] /Contents {} 0 R \
             /Resources << /XObject << /Sheet {} 0 R >> >> >>",
            place.paper.0,
            place.paper.1,
            at + 1,
            at + 2
        ));
        let Place { size: (w, h), corner: (x, y), .. } = place;
        pdf.stream("", format!("q {w:.2} 0 0 {h:.2} {x:.2} {y:.2} cm /Sheet Do Q").as_bytes());
        let picture = format!(
            "/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceRGB \
             /BitsPerComponent 8 /Filter /DCTDecode "
        );
        pdf.stream(&picture, jpeg);
    }
    Ok(pdf.finish())
}

/// Where a picture lies on its page.
struct Place {
    paper: (f64, f64),
    size: (f64, f64),
    corner: (f64, f64),
}

impl Place {
    fn of(width: f64, height: f64) -> Self {
        let paper = if width > height { (LONG, SHORT) } else { (SHORT, LONG) };
        let room = (paper.0 - 2.0 * MARGIN, paper.1 - 2.0 * MARGIN);
        let scale = (room.0 / width).min(room.1 / height);
        let size = (width * scale, height * scale);
        Self { paper, size, corner: ((paper.0 - size.0) / 2.0, (paper.1 - size.1) / 2.0) }
    }
}

/// Objects one after another, and where each begins.
struct Pdf {
    bytes: Vec<u8>,
    begins: Vec<usize>,
}

impl Default for Pdf {
    fn default() -> Self {
        // The four bytes above 127 say that what follows is not text.
        Self { bytes: b"%PDF-1.4\n%\xE2\xE3\xCF\xD3\n".to_vec(), begins: Vec::new() }
    }
}

impl Pdf {
    fn begin(&mut self) {
        self.begins.push(self.bytes.len());
        let number = self.begins.len();
        self.put(format!("{number} 0 obj\n").as_bytes());
    }

    fn object(&mut self, dictionary: &str) {
        self.begin();
        self.put(dictionary.as_bytes());
        self.put(b"\nendobj\n");
    }

    fn stream(&mut self, entries: &str, content: &[u8]) {
        self.begin();
        self.put(format!("<< {entries}/Length {} >>\nstream\n", content.len()).as_bytes());
        self.put(content);
        self.put(b"\nendstream\nendobj\n");
    }

    fn put(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    fn finish(mut self) -> Vec<u8> {
        let (table, count) = (self.bytes.len(), self.begins.len() + 1);
        self.put(format!("xref\n0 {count}\n0000000000 65535 f \n").as_bytes());
        for begin in std::mem::take(&mut self.begins) {
            self.put(format!("{begin:010} 00000 n \n").as_bytes());
        }
        self.put(format!("trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").as_bytes());
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing test is the point")]
    use ::image::RgbImage;

    use super::*;
    use crate::platform::files::pdf;

    fn jpeg(width: u32, height: u32) -> Vec<u8> {
        pictures::encode(&RgbImage::new(width, height), 80).unwrap()
    }

    fn text(pdf: &[u8]) -> String {
        String::from_utf8_lossy(pdf).into_owned()
    }

    #[test]
    fn every_object_stands_where_the_table_says() {
        let bound = bind(&[jpeg(300, 400), jpeg(400, 300)]).unwrap();
        assert!(pdf::check(&bound).is_ok());
        let all = text(&bound);
        let begins = all.split("xref\n0 9\n").nth(1).unwrap().lines().skip(1).take(8);
        for (number, line) in (1..).zip(begins) {
            let begin: usize = line[..10].parse().unwrap();
            assert!(bound[begin..].starts_with(format!("{number} 0 obj").as_bytes()), "{number}");
        }
    }

    #[test]
    fn a_page_lies_as_its_photograph_does() {
        let upright = text(&bind(&[jpeg(300, 400)]).unwrap());
        assert!(upright.contains("/MediaBox [0 0 595.28 841.89]"));
        let lying = text(&bind(&[jpeg(400, 300)]).unwrap());
        assert!(lying.contains("/MediaBox [0 0 841.89 595.28]"));
        assert!(lying.contains("/Count 1"));
    }

    #[test]
    fn what_is_no_picture_is_no_page() {
        assert!(bind(&[b"nothing".to_vec()]).is_err());
    }
}
