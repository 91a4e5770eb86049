//! The house stands as ARCHITECTURE.md says: a floor imports only floors below it.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// From the ground up. `entity` stands beside the stairs: everybody may use it, it uses only the platform's types.
const FLOORS: &[&str] = &["platform", "registry", "site", "oversight", "channels"];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("backend/src")
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    entries
        .flat_map(|entry| {
            let path = entry.unwrap().path();
            if path.is_dir() { rust_files(&path) } else { vec![path] }
        })
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect()
}

/// Every module a file names by its path from the crate's root.
fn imports(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (start, _) in text.match_indices("crate::") {
        let rest = text[start + "crate::".len()..].trim_start();
        if let Some(group) = rest.strip_prefix('{') {
            found.extend(heads_of_group(group));
        } else {
            found.push(head(rest));
        }
    }
    found
}

fn head(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// The first names inside `{a::b, c::{d, e}}`, one nesting deep.
fn heads_of_group(group: &str) -> Vec<String> {
    let (mut depth, mut at_start, mut found) = (0, true, Vec::new());
    for (index, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => at_start = true,
            _ if at_start && letter.is_alphabetic() => {
                found.push(head(&group[index..]));
                at_start = false;
            }
            _ => {}
        }
    }
    found
}

#[test]
fn a_floor_imports_only_floors_below_it() {
    for (height, floor) in FLOORS.iter().enumerate() {
        for file in rust_files(&source().join(floor)) {
            for import in imports(&fs::read_to_string(&file).unwrap()) {
                let above = FLOORS[height + 1..].contains(&import.as_str());
                assert!(!above, "{} imports {import}, which is a floor above", file.display());
            }
        }
    }
}

#[test]
fn entities_import_no_feature() {
    for file in rust_files(&source().join("entity")) {
        for import in imports(&fs::read_to_string(&file).unwrap()) {
            assert!(["entity", "platform"].contains(&import.as_str()), "{} imports {import}", file.display());
        }
    }
}

#[test]
fn no_file_of_ours_has_grown_into_a_pile() {
    for file in rust_files(&source()) {
        let lines = fs::read_to_string(&file).unwrap().lines().count();
        assert!(lines <= 400, "{} has {lines} lines: split it by verb", file.display());
    }
}

#[test]
fn the_reader_of_imports_sees_groups() {
    let text = "use crate::{\n    platform::{auth, web::{A, B}},\n    site::roster,\n};\nuse crate::entity::x;";
    assert_eq!(imports(text), ["platform", "site", "entity"]);
}

/// The name a type has in the API document, if this line begins one.
fn described(lines: &[&str], at: usize) -> Option<String> {
    if !lines[at].trim_start().starts_with("#[derive(") || !lines[at].contains("ToSchema") {
        return None;
    }
    let head = &lines[at + 1..lines.len().min(at + 8)];
    let declared = head.iter().find_map(|line| {
        let line = line.trim_start().trim_start_matches("pub ").trim_start_matches("(crate) ");
        line.strip_prefix("struct ").or_else(|| line.strip_prefix("enum "))
    })?;
    let renamed = head.iter().find_map(|line| line.trim_start().strip_prefix("#[schema(as = "));
    (!declared.contains('<')).then(|| self::head(renamed.unwrap_or(declared)))
}

#[test]
fn no_two_types_have_one_name_in_the_api_document() {
    let mut seen = std::collections::BTreeMap::new();
    for file in rust_files(&source()) {
        let text = fs::read_to_string(&file).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        for name in (0..lines.len()).filter_map(|at| described(&lines, at)) {
            if let Some(other) = seen.insert(name.clone(), file.clone()) {
                panic!("{name} is described in {} and in {}", other.display(), file.display());
            }
        }
    }
    assert!(seen.len() > 100, "types are found at all");
}
