//! Where the panes stand at a size. Asked by update and by draw alike, so that both agree.

/// Cells of the whole screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Size {
    pub width: u16,
    pub height: u16,
}

/// A rectangle of cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Area {
    pub x: u16,
    pub y: u16,
    pub width: u16,
    pub height: u16,
}

impl Area {
    /// Whether a cell is in it.
    pub fn contains(self, column: u16, row: u16) -> bool {
        (self.x..self.x.saturating_add(self.width)).contains(&column)
            && (self.y..self.y.saturating_add(self.height)).contains(&row)
    }
}

/// Which pane the keys go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Focus {
    Sources,
    #[default]
    List,
    Article,
}

/// What beside the size decides where the panes stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the reader's own")]
pub struct Arrangement {
    pub focus: Focus,
    pub zen: bool,
    pub sources: bool,
    /// One pane at a time at every size, without ornaments.
    pub accessible: bool,
    /// An article is open or on its way, so that a reading pane has something to show.
    pub reading: bool,
    /// Cells of a line of text that the reader wants.
    pub measure: u16,
}

/// The panes. A pane that is not on the screen is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Panes {
    pub sources: Option<Area>,
    pub list: Option<Area>,
    pub article: Option<Area>,
    /// The row of titles above the panes; none where rows are few.
    pub title: Option<Area>,
    pub status: Area,
    /// List rows take two rows each: the title, and what is known of it.
    pub tall_rows: bool,
    /// The screen is too small for anything but a sentence.
    pub too_small: bool,
}

/// Cells left of the text for section marks, quote bars and labels.
pub const GUTTER: u16 = 2;

/// Where the panes stand.
pub fn panes(size: Size, how: Arrangement) -> Panes {
    let Size { width, height } = size;
    let whole = Area { x: 0, y: 0, width, height };
    if width < 24 || height < 8 {
        return Panes { status: whole, too_small: true, ..Panes::default() };
    }
    let status = Area { y: height - 1, height: 1, ..whole };
    if how.zen && how.reading && how.focus == Focus::Article {
        let article = Area { height: height - 1, ..whole };
        return Panes { article: Some(article), status, ..Panes::default() };
    }
    let title = (height >= 16).then_some(Area { height: 1, ..whole });
    let top = title.map_or(0, |title| title.height);
    let body = Area { y: top, height: height - 1 - top, ..whole };
    let panes = Panes { title, status, tall_rows: width < 60, ..Panes::default() };
    if width < 100 || how.accessible {
        return match how.focus {
            Focus::Sources => Panes { sources: Some(body), ..panes },
            Focus::List => Panes { list: Some(body), ..panes },
            Focus::Article => Panes { article: Some(body), ..panes },
        };
    }
    let sources = if width >= 160 && how.sources { 24 } else { 0 };
    let list =
        if width >= 160 { (width / 3).clamp(52, 72) } else { (width * 38 / 100).clamp(36, 56) };
    // Where there is no room beside the list, the sources stand in its place.
    let instead = sources == 0 && how.focus == Focus::Sources;
    // One cell for each rule between panes.
    let left = if sources > 0 { sources + 1 } else { 0 };
    let right = left + list + 1;
    Panes {
        sources: match sources {
            0 => instead.then_some(Area { width: list, ..body }),
            _ => Some(Area { width: sources, ..body }),
        },
        list: (!instead).then_some(Area { x: left, width: list, ..body }),
        article: Some(Area { x: right, width: width - right, ..body }),
        ..panes
    }
}

/// The text within a reading pane: as wide as the measure allows, centered, with room
/// for the gutter at its left and for the scroll bar at its right. The gutter is not in it.
pub fn text_area(pane: Area, measure: u16, centered: bool) -> Area {
    let room = pane.width.saturating_sub(4).max(1);
    let width = measure.min(room);
    let x = if centered && pane.width > width + 4 { (pane.width - width) / 2 } else { GUTTER };
    let above = u16::from(pane.height > 12);
    let below = u16::from(pane.height > 20);
    let height = pane.height - above - below;
    Area { x: pane.x + x.min(pane.width), y: pane.y + above, width, height }
}
