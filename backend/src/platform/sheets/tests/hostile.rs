use super::*;
use std::time::Instant;

fn header() -> String {
    cells(1, &[("A", "姓名"), ("B", "身份证号码")])
}

#[test]
fn other_kinds_of_files_are_called_by_their_name() {
    let cases: [(&[u8], &str); 9] = [
        (b"", "空的"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest", ".xls"),
        (b"\xEF\xBB\xBF <html><table>", "网页"),
        (b"<?xml version=\"1.0\"?><Workbook/>", "网页"),
        ("姓名,身份证号码\n".as_bytes(), "CSV"),
        (b"\xD0\xD5\xC3\xFB,\xC9\xED", "CSV"),
        (b"%PDF-1.7", "不是 Excel"),
        (b"\x89PNG\r\n", "不是 Excel"),
        (b"PK\x03\x04 but no zip", "损坏"),
    ];
    for (bytes, word) in cases {
        assert!(refusal(bytes).contains(word), "{word}: {}", refusal(bytes));
    }
    assert!(refusal(&zipped(&[("word/document.xml", b"<x/>".as_slice())])).contains("不是 Excel"));
    assert!(refusal(&zipped(&[("xl/workbook.bin", b"x".as_slice())])).contains(".xlsb"));
}

#[test]
fn a_file_too_large_is_refused_before_it_is_looked_at() {
    assert!(
        refusal_within(&vec![0; (2 << 20) + 1], &Limits { bytes: 2 << 20, ..Limits::default() }).contains("超过 2 MB")
    );
}

#[test]
fn a_zip_bomb_is_refused_quickly() {
    let started = Instant::now();
    let zeros = vec![b' '; 70 << 20];
    let bomb = forged(&format!("<sheetData>{}</sheetData>", header()), &[("xl/sharedStrings.xml", &zeros)]);
    assert!(bomb.len() < 1 << 20, "it is small: {} bytes", bomb.len());
    assert!(refusal(&bomb).contains("解压后过大"));
    assert!(started.elapsed().as_secs() < 20);
}

#[test]
fn a_size_the_directory_lies_about_is_not_believed() {
    let zeros = vec![b' '; 1 << 20];
    let mut bomb = forged(&format!("<sheetData>{}</sheetData>", header()), &[("xl/media/a", &zeros)]);
    // The unpacked size, in the part's header and in the directory.
    let truth = (1u32 << 20).to_le_bytes();
    let places: Vec<usize> =
        bomb.windows(4).enumerate().filter(|(_, bytes)| *bytes == truth).map(|(at, _)| at).collect();
    assert!(!places.is_empty());
    for at in places {
        bomb[at..at + 4].copy_from_slice(&16u32.to_le_bytes());
    }
    let refusal = refusal_within(&bomb, &Limits { unpacked: 1 << 19, ..Limits::default() });
    assert!(refusal.contains("过大") || refusal.contains("损坏"), "{refusal}");
}

#[test]
fn more_texts_announced_than_there_are_reserve_no_memory() {
    let announced = |attributes: &str| {
        let texts = format!("<sst {attributes}><si><t>王强</t></si></sst>");
        let row = r#"<row r="2"><c r="A2" t="s"><v>0</v></c></row>"#;
        let sheet = format!("<sheetData>{}{row}</sheetData>", header());
        refusal(&forged(&sheet, &[("xl/sharedStrings.xml", texts.as_bytes())]))
    };
    assert_eq!(announced(r#"uniqueCount="1""#), "");
    assert!(announced(r#"uniqueCount="99999999999""#).contains("损坏"));
    assert!(announced(r#"x:uniqueCount="1" uniqueCount="99999999999""#).contains("损坏"));
}

#[test]
fn a_lonely_cell_in_the_last_corner_costs_nothing() {
    let corner = cells(1_048_576, &[("A", "王强"), ("XFD", "x")]);
    let bytes = forged(
        &format!(
            r#"<dimension ref="A1:XFD1048576"/><sheetData>{}{corner}</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>"#,
            header()
        ),
        &[],
    );
    let sheet = read_all(&bytes);
    assert_eq!((sheet.rows.len(), sheet.rows[0].number), (1, 1_048_576));
}

#[test]
fn merges_that_lie_upon_each_other_are_refused() {
    let rows: String = (2..2000).map(|row| cells(row, &[("B", "x")])).collect();
    let merges = r#"<mergeCell ref="A2:A1999"/>"#.repeat(10_000);
    let bytes = forged(&format!("<sheetData>{}{rows}</sheetData><mergeCells>{merges}</mergeCells>", header()), &[]);
    assert!(refusal(&bytes).contains("损坏"));
}

#[test]
fn the_forgeries_here_are_otherwise_good_workbooks() {
    let row = cells(2, &[("A", "王强")]);
    assert_eq!(read_all(&forged(&format!("<sheetData>{}{row}</sheetData>", header()), &[])).rows.len(), 1);
}

#[test]
fn forged_parts_are_damage_and_never_a_crash() {
    let head = header();
    let sheets = [
        "<sheetData>".to_owned(),
        String::new(),
        format!("<sheetData>{head}<row r=\"2\"><c r=\"A2\" t=\"s\"><v>99</v></c></row></sheetData>"),
        format!("<sheetData>{head}<row r=\"2\"><c r=\"A2\" t=\"wat\"><v>1</v></c></row></sheetData>"),
        format!("<sheetData>{head}<row r=\"2\"><c r=\"A2\"><b/></c></row></sheetData>"),
        format!("<sheetData>{head}<row r=\"2\"><c r=\"A2\" t=\"str\"><v>&bomb;</v></c></row></sheetData>"),
    ];
    for sheet in sheets {
        assert!(refusal(&forged(&sheet, &[])).contains("损坏"), "{sheet}");
    }
    // Arithmetic on these overflows inside the parser: a panic in debug builds, nonsense in release builds.
    let overflowing = [
        format!("<sheetData>{head}<row r=\"2\"><c r=\"ZZZZZZZ9999999999\"><v>1</v></c></row></sheetData>"),
        format!("<dimension ref=\"B9:A1\"/><sheetData>{head}</sheetData>"),
    ];
    for sheet in overflowing {
        let refusal = refusal(&forged(&sheet, &[]));
        assert!(refusal.is_empty() || refusal.contains("损坏"), "{sheet}: {refusal}");
    }
    assert!(!refusal(&zipped(&[("xl/workbook.xml", b"<workbook".as_slice())])).is_empty());
}

#[test]
fn any_broken_copy_of_a_good_file_is_answered() {
    let good = with_header(|sheet| {
        sheet.write(1, 0, "王强").unwrap();
    });
    for cut in (0..good.len()).step_by(97) {
        refusal(&good[..cut]);
        let mut flipped = good.clone();
        flipped[cut] ^= 0x55;
        refusal(&flipped);
    }
}
