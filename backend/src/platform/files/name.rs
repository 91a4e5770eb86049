//! The name people see on a file. It never becomes part of a path.

/// Characters of a name, extension included.
const LONGEST: usize = 120;
/// An ending longer than this is part of the name: "第3.2版最终稿".
const LONGEST_EXTENSION: usize = 5;

/// Takes away what plays tricks on people or on file systems, and puts the true extension at the end.
pub fn clean(claimed: &str, extension: &str) -> String {
    let last = claimed.rsplit(['/', '\\']).next().unwrap_or_default();
    let tidy: String = last.chars().filter(|c| !is_invisible(*c)).map(replace_reserved).collect();
    let stem = without_extension(&tidy).trim_matches(|c: char| c == '.' || c.is_whitespace());
    let room = LONGEST - extension.chars().count() - 1;
    let stem: String = stem.chars().take(room).collect();
    let stem = stem.trim_end();
    match stem {
        "" => format!("文件.{extension}"),
        device if is_device(device) => format!("_{device}.{extension}"),
        stem => format!("{stem}.{extension}"),
    }
}

fn without_extension(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, end))
            if end.chars().count() <= LONGEST_EXTENSION && end.chars().all(|c| c.is_ascii_alphanumeric()) =>
        {
            stem
        }
        _ => name,
    }
}

/// Control characters, and those that reorder or hide the text around them.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{00AD}'
                | '\u{061C}'
                | '\u{180E}'
                | '\u{200B}'..='\u{200F}'
                | '\u{2028}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}'
                | '\u{FEFF}'
                | '\u{FFF9}'..='\u{FFFB}'
                | '\u{E0000}'..='\u{E007F}'
        )
}

/// What Windows does not allow in a name.
fn replace_reserved(c: char) -> char {
    if "<>:\"|?*".contains(c) { '_' } else { c }
}

/// Names that are devices on Windows, whatever their extension.
fn is_device(stem: &str) -> bool {
    let first = stem.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let numbered = |prefix: &str| first.strip_prefix(prefix).is_some_and(|n| n.len() == 1 && n != "0");
    matches!(first.as_str(), "CON" | "PRN" | "AUX" | "NUL") || numbered("COM") || numbered("LPT")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_names_stay_and_get_their_true_extension() {
        assert_eq!(clean("施工许可证.jpg", "jpg"), "施工许可证.jpg");
        assert_eq!(clean("施工许可证.PNG", "jpg"), "施工许可证.jpg");
        assert_eq!(clean("合同 第3.2版最终修订稿", "pdf"), "合同 第3.2版最终修订稿.pdf");
        assert_eq!(clean("𠮷田·阿里木.jpeg", "jpg"), "𠮷田·阿里木.jpg");
    }

    #[test]
    fn paths_are_cut_off() {
        assert_eq!(clean("../../etc/passwd", "pdf"), "passwd.pdf");
        assert_eq!(clean(r"C:\Users\王\证明.pdf", "pdf"), "证明.pdf");
        assert_eq!(clean("..", "pdf"), "文件.pdf");
        assert_eq!(clean(".htaccess", "jpg"), "htaccess.jpg");
        assert_eq!(clean("a/b/", "jpg"), "文件.jpg");
    }

    #[test]
    fn characters_that_deceive_are_removed() {
        assert_eq!(clean("证明\u{202E}gpj.exe", "jpg"), "证明gpj.jpg");
        assert_eq!(clean("a\u{0}b\r\nc\u{200B}.pdf", "pdf"), "abc.pdf");
        assert_eq!(clean("a<b>:c|d?.pdf", "pdf"), "a_b__c_d_.pdf");
        assert_eq!(clean("\u{202E}\u{FEFF}", "pdf"), "文件.pdf");
    }

    #[test]
    fn device_names_are_defused() {
        assert_eq!(clean("CON.txt", "pdf"), "_CON.pdf");
        assert_eq!(clean("com1", "pdf"), "_com1.pdf");
        assert_eq!(clean("console", "pdf"), "console.pdf");
    }

    #[test]
    fn long_names_are_cut_by_characters() {
        let name = clean(&"长".repeat(500), "xlsx");
        assert_eq!(name.chars().count(), LONGEST);
        assert!(name.ends_with("长.xlsx"));
    }
}
