//! Names and shapes from files, as messages and reports show them.

/// The longest name that a message shows, in characters.
const LONGEST: usize = 80;

/// A text of at most `most` characters, without control characters.
pub fn shortened(text: &str, most: usize) -> String {
    let mut short: String =
        text.chars().take(most).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    if text.chars().nth(most).is_some() {
        short.push_str("...");
    }
    short
}

/// A name in quotation marks.
pub fn quoted(name: &str) -> String {
    format!("'{}'", shortened(name, LONGEST))
}

/// A shape, such as `[784, 32]`.
pub fn shape_text(shape: &[usize]) -> String {
    let sides: Vec<_> = shape.iter().take(8).map(usize::to_string).collect();
    format!("[{}{}]", sides.join(", "), if shape.len() > 8 { ", ..." } else { "" })
}

/// A number. The standard library's formatting would take 6 kB of gzip in the wasm (measured 2026-11-26).
pub fn number(number: f32) -> String {
    serde_json::to_string(&number).unwrap_or_default()
}

/// Compares names by their parts: numbers by value, the rest by letters. So `fc2` comes before `fc10`, and `dense` before
/// `dense_1`.
pub fn natural_order(a: &str, b: &str) -> std::cmp::Ordering {
    parts(a).cmp(parts(b)).then_with(|| a.cmp(b))
}

/// The parts of a name: a run of digits as a number, every other character alone.
fn parts(name: &str) -> impl Iterator<Item = (u8, u64, char)> + '_ {
    let mut rest = name.chars().peekable();
    std::iter::from_fn(move || {
        let first = rest.next()?;
        let Some(mut number) = first.to_digit(10).map(u64::from) else { return Some((1, 0, first)) };
        while let Some(digit) = rest.peek().and_then(|c| c.to_digit(10)) {
            number = number.saturating_mul(10).saturating_add(u64::from(digit));
            rest.next();
        }
        Some((0, number, '0'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_the_order_of_their_numbers() {
        let mut names =
            ["fc10", "fc2", "dense_1", "dense", "layers.3.weight", "layers.12.weight", "2", "10", "é"];
        names.sort_by(|a, b| natural_order(a, b));
        assert_eq!(
            names,
            ["2", "10", "dense", "dense_1", "fc2", "fc10", "layers.3.weight", "layers.12.weight", "é"]
        );
    }

    #[test]
    fn texts_from_files_are_short_and_plain() {
        assert_eq!(shortened("a\u{1b}[2Jb", 9), "a\u{fffd}[2Jb");
        assert_eq!(quoted(&"x".repeat(100)).len(), 85);
        assert_eq!(shape_text(&[784, 32]), "[784, 32]");
        assert_eq!(shape_text(&[1; 9]), "[1, 1, 1, 1, 1, 1, 1, 1, ...]");
    }
}
