//! The little XML that WeChat speaks: elements with texts, no attributes, two or three deep.

use std::borrow::Cow;

use quick_xml::{Reader, events::Event};

/// A message has at most some kilobytes; what is larger is not one.
pub const LARGEST: usize = 256 * 1024;
const DEEPEST: usize = 8;
const MOST_ELEMENTS: usize = 2000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum XmlError {
    #[error("it is too large")]
    Size,
    #[error("it is not UTF-8")]
    Encoding,
    #[error("it is not well-formed")]
    Form,
    #[error("it declares a document type, which no message of WeChat's does")]
    DocumentType,
    #[error("it is nested too deeply")]
    Depth,
}

/// An element with what is in it. Comments and attributes are dropped.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Element {
    pub name: String,
    pub text: String,
    pub children: Vec<Element>,
}

impl Element {
    /// The document's own element.
    pub fn parse(body: &[u8]) -> Result<Self, XmlError> {
        if body.len() > LARGEST {
            return Err(XmlError::Size);
        }
        let text = std::str::from_utf8(body).map_err(|_| XmlError::Encoding)?;
        let mut reader = Reader::from_str(text);
        // The last one is open; the first holds the document.
        let mut open = vec![Self::default()];
        let mut elements = 0;
        loop {
            match reader.read_event().map_err(|_| XmlError::Form)? {
                Event::Start(start) => {
                    elements += 1;
                    if open.len() > DEEPEST || elements > MOST_ELEMENTS {
                        return Err(XmlError::Depth);
                    }
                    open.push(Self { name: start.name().into_inner().to_owned(), ..Self::default() });
                }
                Event::Empty(start) => {
                    let element = Self { name: start.name().into_inner().to_owned(), ..Self::default() };
                    open.last_mut().ok_or(XmlError::Form)?.children.push(element);
                }
                Event::End(_) => {
                    let mut closed = open.pop().ok_or(XmlError::Form)?;
                    // Blanks between elements are the writer's, not the text's.
                    if !closed.children.is_empty() {
                        closed.text.clear();
                    }
                    open.last_mut().ok_or(XmlError::Form)?.children.push(closed);
                }
                Event::Text(piece) => open.last_mut().ok_or(XmlError::Form)?.text.push_str(&piece.into_inner()),
                Event::CData(piece) => open.last_mut().ok_or(XmlError::Form)?.text.push_str(&piece.into_inner()),
                Event::GeneralRef(name) => {
                    let text = resolve(&name.into_inner())?;
                    open.last_mut().ok_or(XmlError::Form)?.text.push_str(&text);
                }
                Event::DocType(_) => return Err(XmlError::DocumentType),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
                Event::Eof => break,
            }
        }
        let [document] = open.as_mut_slice() else { return Err(XmlError::Form) };
        match document.children.pop() {
            Some(root) if document.children.is_empty() && document.text.trim().is_empty() => Ok(root),
            _ => Err(XmlError::Form),
        }
    }

    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// A child's text; nothing if there is no such child or nothing in it.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.child(name).map(|child| child.text.as_str()).filter(|text| !text.is_empty())
    }

    pub fn each<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }
}

/// The five entities of XML and characters by number. Nothing else has a meaning without a document type.
fn resolve(name: &str) -> Result<String, XmlError> {
    let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    let found = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => match name.strip_prefix('#') {
            Some(digits) => digits.strip_prefix('x').map_or_else(|| number(digits, 10), |digits| number(digits, 16)),
            None => None,
        },
    };
    found.map(String::from).ok_or(XmlError::Form)
}

/// Text as WeChat writes it. The one thing that must not stand inside is split over two sections.
pub fn cdata(text: &str) -> String {
    let safe: Cow<'_, str> =
        if text.contains("]]>") { Cow::Owned(text.replace("]]>", "]]]]><![CDATA[>")) } else { Cow::Borrowed(text) };
    // Characters that XML cannot carry at all would make the whole answer unreadable.
    let safe: String = safe.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t' | '\r')).collect();
    format!("<![CDATA[{safe}]]>")
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]

    use super::*;

    #[test]
    fn texts_sections_and_entities_are_put_together() {
        let xml = "<?xml version=\"1.0\"?>\n<xml><!-- c -->\n <A><![CDATA[<王>]]></A>\n<B>1 &amp; 2&#x4F60;&#22909;</B><C/><D><E>x</E> <E>y</E></D></xml>\n";
        let root = Element::parse(xml.as_bytes()).unwrap();
        assert_eq!((root.name.as_str(), root.get("A"), root.get("B")), ("xml", Some("<王>"), Some("1 & 2你好")));
        assert_eq!((root.get("C"), root.get("F"), root.text.as_str()), (None, None, ""));
        let inner: Vec<&str> = root.child("D").unwrap().each("E").map(|e| e.text.as_str()).collect();
        assert_eq!(inner, ["x", "y"]);
    }

    #[test]
    fn what_is_not_a_message_is_refused() {
        let deep = format!("{}{}", "<a>".repeat(20), "</a>".repeat(20));
        let wide = format!("<a>{}</a>", "<b></b>".repeat(2001));
        let cases: [(&[u8], XmlError); 11] = [
            (b"<!DOCTYPE x [<!ENTITY a \"b\">]><xml>&a;</xml>", XmlError::DocumentType),
            (b"<xml>&unknown;</xml>", XmlError::Form),
            (b"<xml>&#xD800;</xml>", XmlError::Form),
            (b"<xml><a></xml>", XmlError::Form),
            (b"<xml>", XmlError::Form),
            (b"<a/><b/>", XmlError::Form),
            (b"{}", XmlError::Form),
            (b"", XmlError::Form),
            (b"<xml>\xff</xml>", XmlError::Encoding),
            (deep.as_bytes(), XmlError::Depth),
            (wide.as_bytes(), XmlError::Depth),
        ];
        for (xml, error) in cases {
            assert_eq!(
                Element::parse(xml).err(),
                Some(error),
                "{}",
                String::from_utf8_lossy(&xml[..xml.len().min(60)])
            );
        }
        assert_eq!(Element::parse(&vec![b' '; LARGEST + 1]).err(), Some(XmlError::Size));
    }

    #[test]
    fn a_section_cannot_be_broken_out_of() {
        for text in ["plain", "a]]>b<evil/>", "]]>", "]]]]>>", "&lt;", "换行\n"] {
            let root = Element::parse(format!("<x><y>{}</y></x>", cdata(text)).as_bytes()).unwrap();
            assert_eq!(root.get("y"), Some(text));
        }
        assert_eq!(cdata("a\u{0}b"), "<![CDATA[ab]]>");
    }
}
