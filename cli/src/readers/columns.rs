//! Which columns of a table are labels and pixels.

use csv::ByteRecord;

/// The fewest pixels of an image in a table: 8 x 8. Fewer columns are no image.
const FEWEST_PIXELS: usize = 64;

/// What tables call the column of labels, in small letters.
const LABEL_NAMES: [&str; 7] = ["label", "labels", "class", "target", "digit", "number", "y"];

/// What tables call a column that counts the rows. pandas writes one without a name.
const INDEX_NAMES: [&str; 6] = ["", "id", "index", "imageid", "image_id", "unnamed: 0"];

/// The columns of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// Their number.
    pub count: usize,
    /// Whether the first row names them.
    pub has_header: bool,
    /// The column of labels.
    pub label: Option<usize>,
    /// Whether there are pixels, in all columns but those of labels and of indices.
    pub has_pixels: bool,
    /// The side of each image; 0 without pixels.
    pub side: usize,
    indices: Vec<usize>,
}

impl Columns {
    /// Finds the columns from the first row. Named columns of labels and indices can be anywhere. Otherwise, of a square
    /// number of columns and one, the first has labels. A single column has labels. None if it is none of these.
    pub fn of(first: &ByteRecord) -> Option<Self> {
        let count = first.len();
        let has_header = is_header(first);
        let name = |column: usize| {
            let name = String::from_utf8_lossy(first.get(column).unwrap_or_default());
            name.trim().to_ascii_lowercase()
        };
        let named = |names: &[&str]| {
            let columns = (0..count).filter(|&column| has_header && names.contains(&name(column).as_str()));
            columns.collect::<Vec<usize>>()
        };
        let (indices, labels) = (named(&INDEX_NAMES), named(&LABEL_NAMES));
        let rest = count - indices.len();
        let mut label = labels.first().copied();
        let first_left = (0..count).find(|column| !indices.contains(column));
        if label.is_none() && (rest == 1 || side_of(rest).is_none() && side_of(rest - rest.min(1)).is_some())
        {
            label = first_left;
        }
        let side = side_of(rest - usize::from(label.is_some()));
        (side.is_some() || label.is_some()).then(|| Self {
            count,
            has_header,
            label,
            has_pixels: side.is_some(),
            side: side.unwrap_or(0),
            indices,
        })
    }

    /// Whether a column has pixels.
    pub fn is_pixel(&self, column: usize) -> bool {
        self.has_pixels && self.label != Some(column) && !self.indices.contains(&column)
    }
}

/// The side of a square image of so many pixels.
fn side_of(pixels: usize) -> Option<usize> {
    let side = pixels.isqrt();
    (pixels >= FEWEST_PIXELS && side * side == pixels).then_some(side)
}

/// Whether a row names the columns: with words, or with their numbers, as pandas names them where they have no names.
fn is_header(row: &ByteRecord) -> bool {
    let number = |field: &[u8]| std::str::from_utf8(field).ok()?.trim().parse::<f64>().ok();
    let counts_from =
        |first: usize| row.iter().zip(first..).all(|(field, i)| number(field) == Some(i as f64));
    row.iter().any(|field| number(field).is_none())
        || row.len() > FEWEST_PIXELS && (counts_from(0) || counts_from(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The column of labels, the side and whether the first row is a header.
    fn found(fields: impl IntoIterator<Item = String>) -> Option<(Option<usize>, usize, bool)> {
        let record = ByteRecord::from(fields.into_iter().collect::<Vec<_>>());
        Columns::of(&record).map(|columns| (columns.label, columns.side, columns.has_header))
    }

    fn named(names: &[&str], pixels: usize, last: &[&str]) -> Option<(Option<usize>, usize, bool)> {
        let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
        found(owned(names).into_iter().chain((0..pixels).map(|i| format!("pixel{i}"))).chain(owned(last)))
    }

    #[test]
    fn columns_are_found_by_name_or_by_number() {
        assert_eq!(named(&["label"], 784, &[]), Some((Some(0), 28, true)), "Kaggle's train.csv");
        assert_eq!(named(&[], 784, &[]), Some((None, 28, true)), "Kaggle's test.csv");
        assert_eq!(named(&["id"], 784, &[]), Some((None, 28, true)), "a column of indices");
        assert_eq!(named(&["", "Label"], 784, &[]), Some((Some(1), 28, true)), "written by pandas");
        assert_eq!(named(&[], 784, &["class"]), Some((Some(784), 28, true)), "OpenML");
        assert_eq!(named(&["what"], 64, &[]), Some((Some(0), 8, true)), "an unknown name");
        assert_eq!(named(&["ImageId", "Label"], 0, &[]), Some((Some(1), 0, true)), "labels alone");
        let numbers = |count: usize, first: usize| found((first..first + count).map(|i| i.to_string()));
        assert_eq!(numbers(785, 0), Some((Some(0), 28, true)), "numbers as names");
        assert_eq!(numbers(785, 7), Some((Some(0), 28, false)));
        assert_eq!(numbers(784, 7), Some((None, 28, false)));
        assert_eq!(numbers(1, 7), Some((Some(0), 0, false)));
        assert_eq!((numbers(0, 0), numbers(2, 5), numbers(783, 5)), (None, None, None));
    }
}
