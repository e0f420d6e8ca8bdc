//! The digits of an examination.

use super::error::DoctorError;
use crate::digit::Digit;
use crate::simulation::Labelled;

/// A digit with its index in the set, on which its input spikes depend.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    pub index: usize,
    /// `None` for a blank picture: every answer to it is wrong.
    pub digit: Option<&'a Digit>,
    pub label: usize,
}

/// All digits of a set, which must be classes of the network.
///
/// # Errors
/// [`DoctorError`] where there are none, or a label is no class.
pub fn checked(images: &[Labelled], classes: usize) -> Result<Vec<Shown<'_>>, DoctorError> {
    if let Some(image) = images.iter().position(|image| usize::from(image.label) >= classes) {
        return Err(DoctorError::Label { image, label: images[image].label, classes });
    }
    if images.iter().all(|image| image.digit.is_none()) {
        return Err(DoctorError::NoDigits);
    }
    Ok(all(images))
}

/// All digits of a set.
fn all(images: &[Labelled]) -> Vec<Shown<'_>> {
    let shown = images.iter().enumerate().map(|(index, image)| Shown {
        index,
        digit: image.digit.as_ref(),
        label: usize::from(image.label),
    });
    shown.collect()
}

/// At most `count` of the digits, as many of each class as there are, in the order of the set.
pub fn balanced<'a>(digits: &[Shown<'a>], count: usize) -> Vec<Shown<'a>> {
    if digits.len() <= count {
        return digits.to_vec();
    }
    let mut seen = [0_usize; 256];
    let mut ranked: Vec<(usize, Shown)> = digits
        .iter()
        .map(|&shown| {
            let rank = &mut seen[shown.label.min(255)];
            *rank += 1;
            (*rank, shown)
        })
        .collect();
    ranked.sort_by_key(|&(rank, shown)| (rank, shown.index));
    ranked.truncate(count);
    ranked.sort_by_key(|&(_, shown)| shown.index);
    ranked.into_iter().map(|(_, shown)| shown).collect()
}

/// How many of the answers are the labels.
pub fn right<'a>(digits: &[Shown], answers: impl IntoIterator<Item = &'a Option<usize>>) -> usize {
    digits.iter().zip(answers).filter(|(shown, answer)| **answer == Some(shown.label)).count()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn a_sample_has_as_many_of_each_class() {
        let labels = [0, 0, 0, 0, 1, 1, 2];
        let images: Vec<_> = labels.iter().map(|&label| Labelled { digit: None, label }).collect();
        let digits = all(&images);
        let indices = |count| balanced(&digits, count).iter().map(|shown| shown.index).collect::<Vec<_>>();
        assert_eq!(indices(3), [0, 4, 6]);
        assert_eq!(indices(5), [0, 1, 4, 5, 6]);
        assert_eq!(indices(9).len(), 7);
    }
}
