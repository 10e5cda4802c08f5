//! Texts in, articles out: every `articles/*.txt` is compared with the JSON beside it.
//!
//! `UPDATE=1 cargo test articles` writes the JSON anew; look at the difference then.

use std::path::Path;
use std::{env, fs};

use dateline::export::json;
use dateline::extract::{Hints, document};
use serde_json::{Value, json};

#[test]
fn every_article_parses_to_what_stands_beside_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/articles");
    let update = env::var_os("UPDATE").is_some();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "txt") {
            continue;
        }
        seen += 1;
        let file_name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let hints = Hints { file_name, ..Hints::default() };
        let (_, (article, warnings)) = document(&fs::read(&path).unwrap(), &hints).unwrap();
        let warnings: Vec<String> = warnings.iter().map(ToString::to_string).collect();
        let found = json!({ "article": json::article(&article, &[]), "warnings": warnings });
        let expected_path = path.with_extension("expected.json");
        if update {
            let text = serde_json::to_string_pretty(&found).unwrap() + "\n";
            fs::write(&expected_path, text).unwrap();
            continue;
        }
        let expected = fs::read_to_string(&expected_path).unwrap_or_default();
        let expected: Value = serde_json::from_str(&expected).unwrap_or_default();
        if found != expected {
            let found = serde_json::to_string_pretty(&found).unwrap();
            wrong.push(format!("{}: {found}", path.display()));
        }
    }
    assert!(seen > 0, "no fixture in {}", folder.display());
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
