//! Progress bars.

use indicatif::{ProgressBar, ProgressStyle};

/// A progress bar with the label `what`.
pub fn progress_bar(what: &'static str) -> ProgressBar {
    let style = ProgressStyle::with_template("{prefix:>18} {wide_bar} {pos}/{len} {msg} {eta} left");
    ProgressBar::no_length().with_prefix(what).with_style(style.expect("the template is fixed"))
}
