//! Finds out whether a drawing is of one digit or of several.

use super::components::Components;
use super::grouping::group;
use super::strokes::Drawing;

/// A pen that is drawn with the thinnest of MNIST's widths, in canvas units.
const THIN: f64 = 1e-3;

impl Drawing {
    /// The strokes of each digit, in reading order: one list of indices if the drawing is of one digit, none if nothing is
    /// drawn. Strokes that touch each other belong to one digit, and so do strokes that lie as the parts of one digit do:
    /// see [`group`]. Strokes that are no part of a digit, such as dots beside it, are in no list.
    #[must_use]
    pub fn digits(&self) -> Vec<Vec<usize>> {
        // A thick pen joins digits whose strokes are apart.
        let thin = Self { strokes: self.strokes.clone(), widths: vec![THIN; self.strokes.len()] };
        let Some(canvas) = thin.fit() else { return Vec::new() };
        let Some(raster) = thin.rasterise() else { return Vec::new() };
        let components = Components::of_raster(&raster);
        let pieces: Vec<usize> = (0..components.list().len()).collect();
        // The component that each stroke begins in.
        let component_of = |stroke: &Vec<[f64; 2]>| {
            let at = canvas.place(*stroke.first()?);
            let [x, y] = [(at[0], canvas.width), (at[1], canvas.height)]
                .map(|(place, count)| (place.max(0.0) as usize).min(count - 1));
            let run = components.runs().iter().find(|run| run.row == y && run.columns.contains(&x))?;
            Some(run.component)
        };
        let places: Vec<Option<usize>> = self.strokes.iter().map(component_of).collect();
        let strokes_of = |pieces: &[usize]| {
            let belongs = |place: &Option<usize>| place.is_some_and(|component| pieces.contains(&component));
            (0..places.len()).filter(|&stroke| belongs(&places[stroke])).collect()
        };
        group(&components, &pieces).iter().map(|group| strokes_of(&group.pieces)).collect()
    }
}
