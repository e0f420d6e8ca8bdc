//! Draws all templates on one sheet, as SVG.

use std::fmt::Write;

use spikepad::Point;

use crate::templates::{Template, Templates, curve};

/// Templates in a row, width and height of the cell of each, and the height of a digit, in units of the picture.
const COLUMNS: usize = 10;
const CELL: [f64; 2] = [78.0, 60.0];
const HEIGHT: f64 = 40.0;

/// Every so many points of a curve are enough at this size, and those where it turns by a larger angle (radians).
const STRIDE: usize = 4;
const TURN: f64 = 0.3;

/// Space for a heading, and around the sheet.
const HEADING: f64 = 28.0;
const MARGIN: f64 = 12.0;

/// The sheet: a heading and rows for each digit and for the shapes, each template with its name.
pub fn sheet(templates: &Templates) -> String {
    let groups: Vec<(String, &[Template])> = templates
        .digits
        .iter()
        .enumerate()
        .map(|(digit, group)| (digit.to_string(), group.as_slice()))
        .chain([("Shapes that are no digits".to_owned(), templates.other.as_slice())])
        .collect();
    let rows: usize = groups.iter().map(|(_, group)| group.len().div_ceil(COLUMNS)).sum();
    let width = COLUMNS as f64 * CELL[0] + 2.0 * MARGIN;
    let height = rows as f64 * CELL[1] + groups.len() as f64 * HEADING + 2.0 * MARGIN;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"system-ui, sans-serif\" font-size=\"6\">\n\
         <title>The stroke templates of the training</title>\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>\n"
    );
    let mut top = MARGIN;
    for (heading, group) in groups {
        let _ = writeln!(svg, "<text x=\"{MARGIN}\" y=\"{}\" font-size=\"14\">{heading}</text>", top + 16.0);
        top += HEADING;
        for (index, template) in group.iter().enumerate() {
            let left = MARGIN + (index % COLUMNS) as f64 * CELL[0];
            draw(&mut svg, template, [left, top + (index / COLUMNS) as f64 * CELL[1]]);
        }
        top += group.len().div_ceil(COLUMNS) as f64 * CELL[1];
    }
    svg + "</svg>\n"
}

/// Draws one template and its name in the cell whose corner is at `left`, `top`.
fn draw(svg: &mut String, template: &Template, [left, top]: [f64; 2]) {
    let strokes: Vec<_> = template.strokes.iter().map(|stroke| curve(stroke)).collect();
    let widest = strokes.iter().flatten().map(|point| point[0]).fold(0.0, f64::max);
    let x0 = left + (CELL[0] - widest * HEIGHT) / 2.0;
    let _ = write!(
        svg,
        "<g fill=\"none\" stroke=\"#000\" stroke-width=\"3\" stroke-linecap=\"round\" stroke-linejoin=\"round\">"
    );
    for stroke in strokes {
        let _ = write!(svg, "<path d=\"");
        let last = stroke.len() - 1;
        for (i, [x, y]) in stroke
            .iter()
            .enumerate()
            .filter(|(i, _)| i % STRIDE == 0 || *i == last || turn(&stroke, *i) > TURN)
        {
            let command = if i == 0 { 'M' } else { 'L' };
            let _ = write!(svg, "{command}{:.1} {:.1}", x0 + x * HEIGHT, top + 4.0 + y * HEIGHT);
        }
        // A dot: a line of no length with round ends.
        let _ = write!(svg, "{}\"/>", if stroke.len() == 1 { "h0" } else { "" });
    }
    let _ = writeln!(
        svg,
        "</g><text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
        left + CELL[0] / 2.0,
        top + CELL[1] - 5.0,
        template.name
    );
}

/// The angle by which the line turns at an inner point, radians.
fn turn(line: &[Point], index: usize) -> f64 {
    let heading = |from: Point, to: Point| (to[1] - from[1]).atan2(to[0] - from[0]);
    let change = heading(line[index], line[index + 1]) - heading(line[index - 1], line[index]);
    change.sin().atan2(change.cos()).abs()
}
