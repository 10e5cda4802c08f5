//! `Near`: the story of one source whose title is nearly another.
//!
//! Titles are sets of terms, each as heavy as it is rare. How alike two are is half
//! the share of what they have in common in all they say, half its share in the
//! shorter one. Editors rewrite titles, so a little likeness must do where a source
//! has few stories; the more it has, the likelier that some are alike by chance, and
//! the more is asked for.

use std::collections::HashMap;

use super::{Index, SourceIndex};
use crate::related::terms::is_number;

/// How alike a title must be to the only one of its source, from 0 to 1.
const ALIKE: f64 = 0.32;

/// How much more is asked for with ten times the stories.
const ALIKE_PER_TENFOLD: f64 = 0.08;

/// How far the next best must be behind.
const MARGIN: f64 = 0.1;

/// What two titles must have in common, counted in terms that no title has.
const LEAST_IN_COMMON: f64 = 1.3;

/// What is left of the likeness of titles that name different numbers.
const OTHER_NUMBERS: f64 = 0.7;

/// Titles that are so much alike but for their numbers are two of a series.
const SERIES: f64 = 0.5;

type TermIndex = u32;

/// The terms of the titles of a library.
#[derive(Debug, Default)]
pub(super) struct Near {
    terms: HashMap<String, TermIndex>,
    /// By term.
    weights: Vec<f64>,
    /// The weight of a term that no title has.
    heaviest: f64,
    /// By story.
    titles: Vec<Title>,
    /// How many stories each source has.
    sizes: HashMap<SourceIndex, u32>,
    /// Which story of which source has which term, sorted.
    stories: Vec<(SourceIndex, TermIndex, Index)>,
}

/// What a title says: its weight, and that of its words without the numbers.
#[derive(Debug, Clone, Default)]
struct Title {
    weight: f64,
    words: f64,
    numbers: Vec<String>,
}

/// What a title has in common with the one that is looked for.
#[derive(Debug, Clone, Copy, Default)]
struct Common {
    weight: f64,
    words: f64,
}

impl Near {
    /// Learns the titles of a library in order, each with its source and its terms.
    pub fn new(titles: &[(SourceIndex, Vec<String>)]) -> Self {
        let mut near = Self::default();
        let mut counts = Vec::<u32>::new();
        for (index, (source, terms)) in (0..).zip(titles) {
            *near.sizes.entry(*source).or_default() += 1;
            for term in terms {
                let next = counts.len() as TermIndex;
                let term = *near.terms.entry(term.clone()).or_insert(next);
                if term == next {
                    counts.push(0);
                }
                if let Some(count) = counts.get_mut(term as usize) {
                    *count += 1;
                }
                near.stories.push((*source, term, index));
            }
        }
        near.stories.sort_unstable();
        // Inverse document frequency, kept above zero.
        let all = f64::from(titles.len() as u32);
        let weight = |count: u32| (1.0 + all / (1.0 + f64::from(count))).ln();
        near.weights = counts.into_iter().map(weight).collect();
        near.heaviest = all.ln_1p();
        near.titles = titles.iter().map(|(_, terms)| near.title(terms)).collect();
        near
    }

    /// The story of a source whose title is near enough to these terms, and nearer
    /// than any other.
    pub fn find(&self, source: SourceIndex, terms: &[String]) -> Option<Index> {
        let asked = self.title(terms);
        let mut best = (0.0, None);
        let mut next = 0.0;
        for (index, common) in self.in_common(source, terms) {
            if common.weight < LEAST_IN_COMMON * self.heaviest {
                continue;
            }
            let alike =
                self.titles.get(index as usize).map_or(0.0, |title| alike(&asked, title, common));
            if alike > best.0 {
                next = best.0;
                best = (alike, Some(index));
            } else if alike > next {
                next = alike;
            }
        }
        let (alike, index) = best;
        let size = self.sizes.get(&source).copied().unwrap_or(1).max(1);
        let enough = ALIKE + ALIKE_PER_TENFOLD * f64::from(size).log10();
        index.filter(|_| alike >= enough && alike - next >= MARGIN)
    }

    /// What each story of a source has in common with these terms, if anything.
    fn in_common(&self, source: SourceIndex, terms: &[String]) -> HashMap<Index, Common> {
        let mut found = HashMap::<_, Common>::new();
        for term in terms {
            let Some(index) = self.terms.get(term) else { continue };
            let weight = self.weight(term);
            let from =
                self.stories.partition_point(|(at, term, _)| (*at, *term) < (source, *index));
            let with = self.stories.iter().skip(from);
            for (_, _, story) in with.take_while(|(at, term, _)| (*at, *term) == (source, *index)) {
                let common = found.entry(*story).or_default();
                common.weight += weight;
                if !is_number(term) {
                    common.words += weight;
                }
            }
        }
        found
    }

    fn title(&self, terms: &[String]) -> Title {
        let mut title = Title::default();
        for term in terms {
            let weight = self.weight(term);
            title.weight += weight;
            if is_number(term) {
                title.numbers.push(term.clone());
            } else {
                title.words += weight;
            }
        }
        title
    }

    fn weight(&self, term: &str) -> f64 {
        let index = self.terms.get(term);
        let weight = index.and_then(|index| self.weights.get(*index as usize));
        weight.copied().unwrap_or(self.heaviest)
    }
}

/// How alike two titles are, from 0 to 1.
fn alike(one: &Title, other: &Title, common: Common) -> f64 {
    let alike = half_and_half(one.weight, other.weight, common.weight);
    let lacks = |one: &Title, other: &Title| {
        one.numbers.iter().any(|number| !other.numbers.contains(number))
    };
    if !(lacks(one, other) && lacks(other, one)) {
        return alike;
    }
    let words = common.words / (one.words + other.words - common.words).max(f64::EPSILON);
    if words >= SERIES { 0.0 } else { alike * OTHER_NUMBERS }
}

/// Half the share in all they say, half the share in the shorter one.
fn half_and_half(one: f64, other: f64, common: f64) -> f64 {
    let all = (one + other - common).max(f64::EPSILON);
    let shorter = one.min(other).max(f64::EPSILON);
    f64::midpoint(common / all, common / shorter)
}
