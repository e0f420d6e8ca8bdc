//! The precision of a framework's computations.

use crate::network::synapses::Weight;

/// The weighted sums of a layer in each step of a presentation, `[steps, neurons]`, in the precision of a framework.
pub(crate) enum StepSums {
    F32(Vec<f32>),
    F64(Vec<f64>),
}

/// The precision that a framework computes in: f32 or f64.
pub(crate) trait Real: Weight + PartialOrd + Send + Sync + 'static {
    const ONE: Self;
    /// Whether the order of a sum matters. In f64 it hardly ever does.
    const ORDERED: bool;
    fn from_f64(x: f64) -> Self;
    fn to_f64(self) -> f64;
    /// `self` + `x` times `weight`. In f32 it is rounded once, because matrix products use fused
    /// multiply-adds.
    fn plus_product(self, x: Self, weight: Self) -> Self;
    /// Sums, `[steps, neurons]`, in this precision, to be shared.
    fn share(sums: Vec<Self>) -> StepSums;
    /// Shared sums; `None` if they have the other precision.
    fn shared(sums: &StepSums) -> Option<&[Self]>;
}

impl Real for f32 {
    const ONE: Self = 1.0;
    const ORDERED: bool = true;
    fn from_f64(x: f64) -> Self {
        x as f32
    }
    fn to_f64(self) -> f64 {
        f64::from(self)
    }
    fn plus_product(self, x: Self, weight: Self) -> Self {
        // The product of two f32 is exact in f64.
        (f64::from(x) * f64::from(weight) + f64::from(self)) as f32
    }
    fn share(sums: Vec<Self>) -> StepSums {
        StepSums::F32(sums)
    }
    fn shared(sums: &StepSums) -> Option<&[Self]> {
        if let StepSums::F32(sums) = sums { Some(sums) } else { None }
    }
}

impl Real for f64 {
    const ONE: Self = 1.0;
    const ORDERED: bool = false;
    fn from_f64(x: f64) -> Self {
        x
    }
    fn to_f64(self) -> f64 {
        self
    }
    fn plus_product(self, x: Self, weight: Self) -> Self {
        self + x * weight
    }
    fn share(sums: Vec<Self>) -> StepSums {
        StepSums::F64(sums)
    }
    fn shared(sums: &StepSums) -> Option<&[Self]> {
        if let StepSums::F64(sums) = sums { Some(sums) } else { None }
    }
}
