//! Arrays of numbers with the arithmetic of NumPy 2, in which frameworks compute their parameters.

/// An array of floating-point numbers as NumPy holds it: 32 or 64 bits wide, of any shape.
///
/// A result is as wide as the wider of its operands; a Python number takes the width of the array (NEP 50). Numbers are
/// kept in 64 bits, and those of a narrow array are rounded to 32 after each operation. For +, -, * and / this is what an
/// operation in 32 bits gives, because 53 bits of precision are more than twice 24 and two.
#[derive(Debug, Clone, PartialEq)]
pub struct NodeArray {
    shape: Vec<usize>,
    values: Vec<f64>,
    single: bool,
}

impl NodeArray {
    /// An array of that shape with `values` in the order of its last axis first; `single` where they have 32 bits.
    /// `None` if there are none, or not as many as the shape says.
    #[must_use]
    pub fn new(shape: &[usize], values: Vec<f64>, single: bool) -> Option<Self> {
        let count = shape.iter().try_fold(1_usize, |all, &side| all.checked_mul(side));
        (count == Some(values.len()) && !values.is_empty()).then(|| {
            let array = Self { shape: shape.into(), values: Vec::new(), single };
            Self { values: values.into_iter().map(|x| array.rounded(x)).collect(), ..array }
        })
    }

    /// The same number `count` times, in 64 bits.
    #[must_use]
    pub fn full(count: usize, value: f64) -> Self {
        Self { shape: vec![count.max(1)], values: vec![value; count.max(1)], single: false }
    }

    /// The length of each axis; empty for a single number.
    #[must_use]
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// The numbers.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Whether they have 32 bits.
    #[must_use]
    pub fn is_single(&self) -> bool {
        self.single
    }

    fn rounded(&self, x: f64) -> f64 {
        if self.single { f64::from(x as f32) } else { x }
    }

    /// `f(x, number)` for each number x. `number` is one of Python's.
    pub(super) fn with(&self, number: f64, f: impl Fn(f64, f64) -> f64) -> Self {
        let number = self.rounded(number);
        let values = self.values.iter().map(|&x| self.rounded(f(x, number))).collect();
        Self { shape: self.shape.clone(), values, single: self.single }
    }

    /// `f(x, y)` for the numbers of both. A single number stands for as many as the other array has.
    pub(super) fn and(&self, other: &Self, f: impl Fn(f64, f64) -> f64) -> Self {
        let count = self.values.len().max(other.values.len());
        let rank = |array: &Self| (array.values.len(), array.shape.len());
        let shape = if rank(self) >= rank(other) { &self.shape } else { &other.shape };
        let result = Self { shape: shape.clone(), values: Vec::new(), single: self.single && other.single };
        let values = (0..count).map(|i| result.rounded(f(self.at(i), other.at(i)))).collect();
        Self { values, ..result }
    }

    fn at(&self, i: usize) -> f64 {
        if self.values.len() == 1 { self.values[0] } else { self.values.get(i).copied().unwrap_or(f64::NAN) }
    }

    /// The number, if all are the same (`numpy.unique`).
    pub(super) fn uniform(&self) -> Option<f64> {
        let first = self.values[0];
        self.values.iter().all(|&x| x == first).then_some(first)
    }

    /// The least number (`numpy.unique(..)[0]`).
    pub(super) fn least(&self) -> f64 {
        self.values.iter().copied().fold(f64::INFINITY, f64::min)
    }

    /// Whether each number is close to the one of `other` (`numpy.allclose`, rtol 1e-5, atol 1e-8).
    pub(super) fn all_close(&self, other: &Self) -> bool {
        let count = self.values.len().max(other.values.len());
        (0..count).all(|i| is_close(self.at(i), other.at(i), 1e-5, 1e-8))
    }

    /// Whether each number is close to `number`.
    pub(super) fn all_close_to(&self, number: f64) -> bool {
        self.values.iter().all(|&x| is_close(x, number, 1e-5, 1e-8))
    }

    /// A number for each of `count` neurons, in 32 bits. `None` where there are neither as many nor one.
    pub(super) fn singles(&self, count: usize) -> Option<Vec<f32>> {
        self.doubles(count).map(|values| values.iter().map(|&x| x as f32).collect())
    }

    /// A number for each of `count` neurons. `None` where there are neither as many nor one.
    pub(super) fn doubles(&self, count: usize) -> Option<Vec<f64>> {
        (self.values.len() == count || self.values.len() == 1)
            .then(|| (0..count).map(|i| self.at(i)).collect())
    }
}

/// `numpy.isclose` for numbers that are finite, or equal.
pub(super) fn is_close(x: f64, y: f64, relative: f64, absolute: f64) -> bool {
    x == y || (x.is_finite() && y.is_finite() && (x - y).abs() <= absolute + relative * y.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn array(values: &[f64], single: bool) -> NodeArray {
        NodeArray::new(&[values.len()], values.to_vec(), single).unwrap()
    }

    #[test]
    fn narrow_arrays_round_as_numpy_does() {
        let tau = array(&[0.02, 0.05], true);
        let narrow = |x: f64| x as f32;
        let expected = [1.0 - narrow(1e-4) / narrow(0.02), 1.0 - narrow(1e-4) / narrow(0.05)];
        let beta = tau.with(1e-4, |tau, dt| dt / tau).with(1.0, |x, one| one - x);
        assert_eq!(beta.singles(2).unwrap(), expected);
        assert!(beta.is_single());
        let wide = array(&[0.02, 0.05], false).with(1e-4, |tau, dt| dt / tau);
        assert_eq!(wide.values(), [1e-4 / 0.02, 1e-4 / 0.05]);
    }

    #[test]
    fn the_wider_array_decides() {
        let (narrow, wide) = (array(&[0.1], true), array(&[0.3, 0.7], false));
        let product = narrow.and(&wide, |x, y| x * y);
        assert_eq!(product.values(), [f64::from(0.1_f32) * 0.3, f64::from(0.1_f32) * 0.7]);
        assert_eq!((product.shape(), product.is_single()), (&[2][..], false));
        assert!(narrow.and(&narrow, |x, y| x + y).is_single());
    }

    #[test]
    fn equality_is_that_of_numpy() {
        assert!(array(&[1.000_009, 1.0], false).all_close_to(1.0));
        assert!(!array(&[1.000_02], false).all_close_to(1.0));
        assert!(!array(&[f64::NAN], false).all_close_to(1.0));
        assert_eq!(array(&[2.0, 2.0], true).uniform(), Some(2.0));
        assert_eq!(array(&[2.0, 2.5], true).uniform(), None);
        assert_eq!(array(&[2.0, -2.5], true).least(), -2.5);
    }

    #[test]
    fn an_array_has_as_many_numbers_as_its_shape() {
        assert!(NodeArray::new(&[2, 2], vec![0.0; 3], true).is_none());
        assert!(NodeArray::new(&[0], Vec::new(), true).is_none());
        assert!(NodeArray::new(&[usize::MAX, 2], vec![0.0], true).is_none());
        assert_eq!(NodeArray::new(&[], vec![0.5], true).unwrap().singles(3).unwrap(), [0.5; 3]);
        assert!(array(&[1.0, 2.0], true).singles(3).is_none());
    }
}
