//! `Labels`: letters on the links in sight, to open or copy one by typing them.

use crate::layout::Target;

/// The keys under the fingers, and those above them for when nine do not do.
const HOME: &str = "asdfghjkl";
const MORE: &str = "asdfghjklqwertyuiop";

/// What choosing a link does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LabelUse {
    Open,
    Copy,
}

/// The letters on the links, and those typed so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labels {
    pub purpose: LabelUse,
    pub labels: Vec<(String, Target)>,
    pub typed: String,
}

impl Labels {
    /// Labels for targets, from the top of the page down. All have the same length, so
    /// that none is the beginning of another.
    pub fn new(purpose: LabelUse, targets: impl IntoIterator<Item = Target>) -> Self {
        let mut unique: Vec<Target> = Vec::new();
        for target in targets {
            if !unique.contains(&target) {
                unique.push(target);
            }
        }
        let labels = labels(unique.len());
        Self { purpose, labels: labels.into_iter().zip(unique).collect(), typed: String::new() }
    }

    /// Takes a letter. Says which target is meant, once only one is.
    pub fn press(&mut self, letter: char) -> Option<Target> {
        let mut typed = self.typed.clone();
        typed.extend(letter.to_lowercase());
        if self.labels.iter().any(|(label, _)| label.starts_with(&typed)) {
            self.typed = typed;
        }
        self.labels.iter().find(|(label, _)| *label == self.typed).map(|(_, target)| *target)
    }

    /// What Enter would take: the first that begins with what is typed.
    pub fn best(&self) -> Option<Target> {
        self.matching().next().map(|(_, target)| target)
    }

    /// The labels that begin with what is typed.
    pub fn matching(&self) -> impl Iterator<Item = (&str, Target)> {
        self.labels
            .iter()
            .filter(|(label, _)| label.starts_with(&self.typed))
            .map(|(label, target)| (label.as_str(), *target))
    }
}

/// So many labels, all of one length: the shortest that suffices.
fn labels(count: usize) -> Vec<String> {
    if count <= HOME.len() {
        return HOME.chars().take(count).map(String::from).collect();
    }
    if count <= MORE.len() {
        return MORE.chars().take(count).map(String::from).collect();
    }
    // More than 361 links in sight is more than a screen shows.
    MORE.chars().flat_map(|a| MORE.chars().map(move |b| format!("{a}{b}"))).take(count).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::LinkId;

    #[test]
    fn no_label_begins_another_and_the_top_gets_the_home_row() {
        for count in [1, 9, 10, 19, 20, 300] {
            let made = Labels::new(LabelUse::Open, (0..count).map(|id| Target::Link(LinkId(id))));
            assert_eq!(made.labels.len(), count as usize);
            let length = made.labels[0].0.len();
            assert!(made.labels.iter().all(|(label, _)| label.len() == length));
            assert!(made.labels[0].0.starts_with('a'));
        }
    }

    #[test]
    fn typing_narrows_and_a_letter_of_no_label_is_not_taken() {
        let mut made = Labels::new(LabelUse::Open, (0..30).map(|id| Target::Link(LinkId(id))));
        assert_eq!(made.press('z'), None);
        assert_eq!(made.typed, "");
        assert_eq!(made.press('s'), None);
        assert_eq!(made.press('A'), Some(Target::Link(LinkId(19))));
    }
}
