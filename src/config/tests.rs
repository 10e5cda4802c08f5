use super::*;

/// The sample with every setting and every section in force.
fn uncommented() -> String {
    let lines = SAMPLE.lines().map(|line| match line.strip_prefix('#') {
        Some(rest) if !rest.is_empty() && !rest.starts_with(' ') => rest,
        _ => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_sample_changes_nothing_as_it_is() {
    assert_eq!(Config::parse(SAMPLE), (Config::default(), Vec::new()));
}

#[test]
fn the_sample_shows_the_defaults() {
    assert_ne!(uncommented(), SAMPLE);
    assert_eq!(Config::parse(&uncommented()), (Config::default(), Vec::new()));
}

#[test]
fn the_sample_names_every_setting() {
    let (_, asked, _) = Config::read("");
    let text = uncommented();
    for name in asked {
        // Places for keys are told of in words, and have none in the sample.
        if name.starts_with("keys.") && name != "keys.keymap" {
            let place = format!("[{name}]");
            assert!(SAMPLE.contains(&place), "the sample does not speak of {place}");
            continue;
        }
        let mut section = "";
        let found = text.lines().any(|line| {
            if let Some(head) = line.strip_prefix('[') {
                section = head.trim_end_matches(']');
            }
            let key = line.split_once(" = ").map_or(section, |(key, _)| key);
            let path = if line.starts_with('[') || section.is_empty() {
                key.to_owned()
            } else {
                format!("{section}.{key}")
            };
            path == name
        });
        assert!(found, "the sample does not set {name}");
    }
}
