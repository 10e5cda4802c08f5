//! A query as text that reads back as the same query.

use std::fmt::{self, Display, Formatter};

use super::term::{Age, Form, Moment, Term};
use super::{Node, Query};

impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.sort {
            None => write(&self.root, f),
            Some(sort) => {
                write(&self.root, f)?;
                let gap = if self.is_empty() { "" } else { " " };
                write!(f, "{gap}sort:{}", sort.name())
            }
        }
    }
}

fn write(node: &Node, f: &mut Formatter<'_>) -> fmt::Result {
    match node {
        Node::And(all) => joined(all, " ", f, |part| matches!(part, Node::Or(_))),
        Node::Or(any) => joined(any, " OR ", f, |_| false),
        Node::Not(inner) => {
            f.write_str("-")?;
            grouped(inner, f, matches!(**inner, Node::And(_) | Node::Or(_)))
        }
        Node::Term(term) => term.fmt(f),
    }
}

fn joined(
    nodes: &[Node],
    between: &str,
    f: &mut Formatter<'_>,
    needs_group: impl Fn(&Node) -> bool,
) -> fmt::Result {
    for (at, node) in nodes.iter().enumerate() {
        if at > 0 {
            f.write_str(between)?;
        }
        grouped(node, f, needs_group(node))?;
    }
    Ok(())
}

fn grouped(node: &Node, f: &mut Formatter<'_>, group: bool) -> fmt::Result {
    if !group {
        return write(node, f);
    }
    f.write_str("(")?;
    write(node, f)?;
    f.write_str(")")
}

impl Display for Term {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text { field, form, text } => {
                if let Some(field) = field {
                    write!(f, "{}:", field.name())?;
                }
                match form {
                    Form::Word => f.write_str(text),
                    Form::Prefix => write!(f, "{text}*"),
                    Form::Phrase => write!(f, "\"{text}\""),
                }
            }
            Self::Is(is) => write!(f, "is:{}", is.name()),
            Self::Has(has) => write!(f, "has:{}", has.name()),
            Self::After(moment) => write!(f, "after:{moment}"),
            Self::Before(moment) => write!(f, "before:{moment}"),
            Self::Newer(age) => write!(f, "newer:{age}"),
            Self::Older(age) => write!(f, "older:{age}"),
            Self::Story(id) => write!(f, "story:{id}"),
            Self::Like(id) => write!(f, "like:{id}"),
        }
    }
}

impl Display for Moment {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(date) => write!(f, "{:04}", date.year()),
            Self::Month(date) => write!(f, "{:04}-{:02}", date.year(), date.month()),
            Self::Day(date) => write!(f, "{date}"),
        }
    }
}

impl Display for Age {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.count, self.unit.name())
    }
}
