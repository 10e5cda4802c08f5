//! Tables: of data, and of layout, which are read as if they were not there.

use dom_query::NodeRef;

use super::flow::Flow;
use super::line::Voice;
use super::reader::Reader;
use super::{dom, media};
use crate::article::{Block, Cell, Row, Table};

/// Columns that one cell may span, and that a table may have.
const MAX_SPAN: usize = 64;

/// Reads a `table`.
pub(super) fn table(
    reader: &mut Reader,
    node: &NodeRef,
    voice: &Voice,
    flow: &mut Flow,
    depth: usize,
) {
    reader.flush(flow);
    let rows = rows(node);
    if is_layout(node, &rows) {
        for row in &rows {
            for cell in cells(row) {
                reader.children(&cell, voice, flow, depth);
                reader.flush(flow);
            }
        }
        return;
    }
    // A cell is text. What it shows is shown above the table.
    for img in dom::all(node, "img").filter(|img| !media::is_character(img)) {
        media::image(reader, &img, voice, flow);
    }
    let caption = node.children_it(false).find(|child| child.has_name("caption"));
    let caption =
        caption.map(|node| reader.spans(&node, &Voice::default(), depth)).unwrap_or_default();
    let mut table = Table { caption, head: Row::new(), rows: Vec::new() };
    // Columns taken by a cell of a row above, by how many more rows.
    let mut taken: Vec<usize> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let cells_of_row = read_row(reader, row, &mut taken, depth);
        if index == 0 && is_head(row) {
            table.head = cells_of_row;
        } else if cells_of_row.iter().any(|cell| !cell.is_empty()) {
            table.rows.push(cells_of_row);
        }
    }
    if let Some(table) = squared(table) {
        reader.push(flow, Block::Table(table));
    }
}

fn read_row(reader: &mut Reader, row: &NodeRef, taken: &mut Vec<usize>, depth: usize) -> Row {
    let mut out = Row::new();
    for cell in cells(row) {
        fill_taken(&mut out, taken);
        let span = |name| {
            let value = dom::attr(&cell, name).and_then(|value| value.parse::<usize>().ok());
            value.unwrap_or(1).clamp(1, MAX_SPAN)
        };
        let (wide, high) = (span("colspan"), span("rowspan"));
        let mut text = reader.spans(&cell, &Voice::default(), depth);
        for _ in 0..wide {
            if out.len() >= MAX_SPAN {
                break;
            }
            match taken.get_mut(out.len()) {
                Some(rows) => *rows = high - 1,
                None => taken.push(high - 1),
            }
            out.push(std::mem::take(&mut text));
        }
    }
    fill_taken(&mut out, taken);
    // Columns right of the row's end are free again one row later, too.
    for rows in taken.iter_mut().skip(out.len()) {
        *rows = rows.saturating_sub(1);
    }
    out
}

/// Steps over columns that a cell from above reaches into.
fn fill_taken(out: &mut Row, taken: &mut [usize]) {
    while let Some(rows) = taken.get_mut(out.len()).filter(|rows| **rows > 0) {
        *rows -= 1;
        out.push(Cell::new());
    }
}

/// Makes every row as long as the widest, and leaves out columns without a word.
fn squared(mut table: Table) -> Option<Table> {
    let width = table.rows.iter().chain([&table.head]).map(Vec::len).max().unwrap_or(0);
    let has_head = table.head.iter().any(|cell| !cell.is_empty());
    for row in table.rows.iter_mut().chain([&mut table.head]) {
        row.resize(width, Cell::new());
    }
    for column in (0..width).rev() {
        let empty = |row: &Row| row.get(column).is_none_or(Vec::is_empty);
        if table.rows.iter().all(empty) && empty(&table.head) {
            for row in table.rows.iter_mut().chain([&mut table.head]) {
                row.remove(column);
            }
        }
    }
    if !has_head {
        table.head.clear();
    }
    let empty = table.rows.is_empty() && table.head.is_empty();
    (!empty).then_some(table)
}

/// A table that only places things: it says so, holds blocks or tables, or has one column.
fn is_layout(node: &NodeRef, rows: &[NodeRef]) -> bool {
    if node.attr("role").is_some_and(|role| matches!(&*role, "presentation" | "none")) {
        return true;
    }
    let has_head = dom::all(node, "th").any(|head| !dom::text(&head).is_empty());
    let widest = rows.iter().map(|row| cells(row).count()).max().unwrap_or(0);
    if widest < 2 && !has_head {
        return true;
    }
    rows.iter().flat_map(cells).any(|cell| {
        let mut paragraphs = 0;
        cell.descendants_it().filter_map(|node| dom::name(&node)).any(|name| match &*name {
            "table" | "h1" | "h2" | "h3" | "h4" | "blockquote" | "pre" | "figure" | "article" => {
                true
            }
            "p" => {
                paragraphs += 1;
                paragraphs > 3
            }
            _ => false,
        })
    })
}

/// The rows of a table and not of a table within it.
fn rows<'a>(table: &NodeRef<'a>) -> Vec<NodeRef<'a>> {
    let mut rows = Vec::new();
    for child in table.children_it(false) {
        if child.has_name("tr") {
            rows.push(child);
        } else if ["thead", "tbody", "tfoot"].iter().any(|name| child.has_name(name)) {
            rows.extend(child.children_it(false).filter(|child| child.has_name("tr")));
        }
    }
    rows
}

fn cells<'a>(row: &NodeRef<'a>) -> impl Iterator<Item = NodeRef<'a>> + use<'a> {
    row.children_it(false).filter(|child| child.has_name("td") || child.has_name("th"))
}

/// A first row that heads columns: in `thead`, or of `th` alone.
fn is_head(row: &NodeRef) -> bool {
    row.parent().is_some_and(|parent| parent.has_name("thead"))
        || (cells(row).next().is_some() && cells(row).all(|cell| cell.has_name("th")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Span;
    use crate::extract::html::fragment;

    fn check(html: &str, lines: &str) {
        let (article, _) = fragment(html, None);
        let text =
            |row: &Row| row.iter().map(|cell| Span::join(cell)).collect::<Vec<_>>().join("|");
        let mut out = Vec::new();
        for block in &article.blocks {
            match block {
                Block::Table(table) => {
                    out.push(format!("head {}", text(&table.head)));
                    out.extend(table.rows.iter().map(text));
                }
                other => out.push(format!("- {}", other.text())),
            }
        }
        assert_eq!(out.join("\n"), lines, "{html}");
    }

    #[test]
    fn every_row_is_as_wide_as_the_widest() {
        check(
            "<table><tr><th>Pier<th>Depth<tr><td>North<td>4 m<tr><td>South</table>",
            "head Pier|Depth\nNorth|4 m\nSouth|",
        );
        check(
            "<table><tr><td>a<td>b<tr><td colspan=2>c<tr><td rowspan=2>d<td>e<tr><td>f</table>",
            "head \na|b\nc|\nd|e\n|f",
        );
        check("<table><thead><tr><th>x<th></thead><tr><td>1<td></table>", "head x\n1");
    }

    #[test]
    fn a_table_for_layout_is_flow() {
        check("<table><tr><td><p>One</p><tr><td><p>Two</p></table>", "- One\n- Two");
        check("<table role=presentation><tr><td>a<td>b</table>", "- a\n- b");
        check("<table><tr><td><table><tr><td>a<td>b</table><td>c</table>", "head \na|b\n- c");
    }

    #[test]
    fn pictures_of_cells_stand_above_the_table() {
        let html = "<table><tr><td><img src=https://a.example/a.png alt=A>North<td>4 m</table>";
        check(html, "- \nhead \nNorth|4 m");
    }

    #[test]
    fn spans_of_absurd_size_are_bounded() {
        let (article, _) = fragment(
            "<table><tr><td colspan=99999999 rowspan=99999999>a<td>b<tr><td>c</table>",
            None,
        );
        assert!(article.blocks.len() <= 1);
    }
}
