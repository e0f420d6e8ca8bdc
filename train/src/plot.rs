//! Draws a line chart of accuracy against the number of steps, as SVG.

use std::fmt::Write;

/// Width and height of the picture; left, top, right and bottom of the plot area, in the same units.
const SIZE: [f64; 2] = [760.0, 420.0];
const AREA: [f64; 4] = [56.0, 40.0, 560.0, 372.0];

/// Lowest and highest accuracy shown, %. Lower values are drawn at the lowest.
const RANGE: [f64; 2] = [94.0, 100.0];

/// Colours that colour-blind readers can distinguish (M. Okabe and K. Ito, "Color universal design", 2008).
const COLOURS: [&str; 5] = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00"];

/// One line of the chart.
pub struct Line {
    /// Its name in the legend.
    pub name: String,
    /// Whether it is dashed.
    pub dashed: bool,
    /// Steps and accuracy in %.
    pub points: Vec<(f64, f64)>,
}

/// Draws the lines over a logarithmic axis of steps, and a horizontal line at the ANN's accuracy, `level`.
pub fn plot(title: &str, lines: &[Line], level: f64) -> String {
    let [left, top, right, bottom] = AREA;
    let [width, height] = SIZE;
    let all = || lines.iter().flat_map(|line| line.points.iter().map(|p| p.0));
    let (first, last) = (all().fold(f64::INFINITY, f64::min), all().fold(1.0, f64::max));
    let x = |steps: f64| left + (steps / first).ln() / (last / first).ln() * (right - left);
    let y = |accuracy: f64| {
        let share = (accuracy.clamp(RANGE[0], RANGE[1]) - RANGE[0]) / (RANGE[1] - RANGE[0]);
        bottom - share * (bottom - top)
    };

    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"system-ui, sans-serif\" font-size=\"12\">\n\
         <title>{title}</title>\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>\n\
         <text x=\"{left}\" y=\"22\" font-size=\"14\">{title}</text>\n"
    );
    let mut tick = RANGE[0];
    while tick <= RANGE[1] {
        let at = y(tick);
        let _ = writeln!(
            svg,
            "<line x1=\"{left}\" x2=\"{right}\" y1=\"{at:.1}\" y2=\"{at:.1}\" stroke=\"#ddd\"/>\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{tick} %</text>",
            left - 6.0,
            at + 4.0
        );
        tick += 1.0;
    }
    if let Some(line) = lines.first() {
        for &(steps, _) in &line.points {
            let _ = writeln!(
                svg,
                "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{steps}</text>",
                x(steps),
                bottom + 18.0
            );
        }
    }
    let _ = writeln!(
        svg,
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">steps</text>\n\
         <line x1=\"{left}\" x2=\"{right}\" y1=\"{:.1}\" y2=\"{:.1}\" stroke=\"#000\" stroke-width=\"0.8\"/>\
         <text x=\"{:.1}\" y=\"{:.1}\">ANN</text>",
        (left + right) / 2.0,
        bottom + 38.0,
        y(level),
        y(level),
        right + 8.0,
        y(level) + 4.0,
    );
    for (i, line) in lines.iter().enumerate() {
        let colour = COLOURS[i % COLOURS.len()];
        let dash = if line.dashed { " stroke-dasharray=\"5 4\"" } else { "" };
        let points = line.points.iter().map(|&(s, a)| format!("{:.1},{:.1}", x(s), y(a)));
        let at = bottom - 20.0 * (lines.len() - i) as f64;
        let _ = writeln!(
            svg,
            "<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"{dash} points=\"{}\"/>\n\
             <line x1=\"{}\" x2=\"{}\" y1=\"{at}\" y2=\"{at}\" stroke=\"{colour}\" stroke-width=\"2\"{dash}/>\
             <text x=\"{}\" y=\"{}\">{}</text>",
            points.collect::<Vec<_>>().join(" "),
            right + 40.0,
            right + 64.0,
            right + 70.0,
            at + 4.0,
            line.name
        );
    }
    svg.push_str("</svg>\n");
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_placed_by_the_axes() {
        let line = |points| Line { name: "a".into(), dashed: false, points };
        let svg = plot("t", &[line(vec![(10.0, 94.0), (1000.0, 100.0)])], 99.0);
        // From the lower left corner of the plot to its upper right one.
        assert!(svg.contains("points=\"56.0,372.0 560.0,40.0\""), "{svg}");
    }
}
