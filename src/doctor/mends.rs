//! Tries changes, and finds the one that brings back the accuracy of the ANN.
//!
//! First, settings that differ from what suits the model go back to it, each alone: whoever set them is asked first. Only if that is
//! not enough, numbers are fitted. Among changes that help as much, the first in the order of this file is taken.

use super::cause::Cause;
use super::digits::Shown;
use super::error::DoctorError;
use super::measuring::Drive;
use super::report::Tried;
use super::setup::Setup;
use crate::changes::ModelChanges;
use crate::network::Activation;
use crate::settings::Settings;
use crate::simulation::Labelled;

/// Factors on the threshold that are tried, as exponents of 2.
const EXPONENTS: [i32; 14] = [-1, 1, -2, 2, -3, 3, -4, 4, -5, 5, -6, 6, -8, 8];

/// Neurons that stand for a hidden neuron of another activation than ReLU.
const PIECES: usize = 8;

/// A longer presentation has so many times the steps.
const LONGER: u32 = 10;

/// The most steps of a trial.
const MAX_STEPS_TRIED: u32 = 3500;

/// The digits of the trials, and what the ANN reads of them.
pub struct Trial<'a> {
    pub digits: &'a [Shown<'a>],
    pub calibration: &'a [Labelled],
    /// Digits that the ANN reads correctly.
    pub ann: usize,
}

/// A change that may mend a network.
struct Candidate {
    /// `None` for a change of the drive: whether neurons were saturated or silent tells the cause.
    cause: Option<Cause>,
    setup: Setup,
}

/// The network before a change.
struct Start<'a> {
    setup: &'a Setup,
    right: usize,
    drive: Drive,
}

impl<'a> Start<'a> {
    fn of(setup: &'a Setup, digits: &[Shown]) -> Result<Self, DoctorError> {
        let (right, drive) = setup.driven(digits)?;
        Ok(Self { setup, right, drive })
    }
}

/// The mended network, and why it needed that.
pub struct Mended {
    pub cause: Cause,
    pub setup: Setup,
    pub right: usize,
}

impl Trial<'_> {
    /// The digits that make one point of a hundred.
    pub fn point(&self) -> usize {
        self.digits.len() / 100
    }

    /// Finds what mends `setup`; `None` where nothing does.
    pub fn mend(&self, setup: &Setup, tried: &mut Vec<Tried>) -> Result<Option<Mended>, DoctorError> {
        let start = Start::of(setup, self.digits)?;
        let returned = self.returned(&start, tried)?;
        let (now, right) = returned.as_ref().map_or((setup, start.right), |one| (&one.setup, one.right));
        if right + self.point() >= self.ann {
            return Ok(returned);
        }
        let Some(fitted) = self.fitted(now, tried)? else { return Ok(returned) };
        Ok(Some(match returned {
            // What gained more is the cause.
            Some(returned) if right - start.right > fitted.right - right => {
                Mended { cause: returned.cause, ..fitted }
            }
            _ => fitted,
        }))
    }

    /// Whether so many more digits are worth a change.
    fn is_gain(&self, before: usize, after: usize) -> bool {
        let missing = self.ann.saturating_sub(before);
        after > before && 10 * (after - before) >= 4 * missing && after - before >= 2
    }

    /// Notes a trial, and tells the cause.
    fn run(
        &self,
        from: &Start,
        candidate: &Candidate,
        tried: &mut Vec<Tried>,
    ) -> Result<(Cause, usize), DoctorError> {
        let (cause, right) = match candidate.cause {
            Some(cause) => (cause, candidate.setup.right(self.digits)?),
            None => {
                let (right, drive) = candidate.setup.driven(self.digits)?;
                (from.drive.fault(&drive), right)
            }
        };
        tried.push(Tried {
            cause,
            settings: from.setup.flags(&candidate.setup),
            accuracy: right as f64 / self.digits.len().max(1) as f64,
        });
        Ok((cause, right))
    }

    /// Lets settings go back to the model's own.
    fn returned(&self, start: &Start, tried: &mut Vec<Tried>) -> Result<Option<Mended>, DoctorError> {
        let setup = start.setup;
        let singles = returns(setup);
        let mut results = Vec::with_capacity(singles.len());
        for single in &singles {
            results.push(self.run(start, single, tried)?);
        }
        let best_single = results.iter().map(|&(_, right)| right).max().unwrap_or(0);
        let all = (singles.len() > 1).then(|| Candidate { cause: None, setup: all_returned(setup) });
        let with_all = match &all {
            Some(all) if best_single + self.point() < self.ann => self.run(start, all, tried)?.1,
            _ => 0,
        };
        let best = best_single.max(with_all);
        if !self.is_gain(start.right, best) {
            return Ok(None);
        }
        let least = best.min(self.ann).saturating_sub(self.point());
        let enough = results.iter().position(|&(_, right)| right >= least);
        if let Some(i) = enough {
            let (cause, right) = results[i];
            return Ok(singles.into_iter().nth(i).map(|one| Mended { cause, setup: one.setup, right }));
        }
        let Some(all) = all else { return Ok(None) };
        self.needed(start, &singles, all.setup, with_all, tried).map(Some)
    }

    /// Where several settings have to change: leaves out each that does not matter. The one that matters most is the cause.
    fn needed(
        &self,
        start: &Start,
        singles: &[Candidate],
        all: Setup,
        right: usize,
        tried: &mut Vec<Tried>,
    ) -> Result<Mended, DoctorError> {
        let (mut mended, mut worst) = (Mended { cause: Cause::None, setup: all, right }, usize::MAX);
        for single in singles {
            let kept =
                Candidate { cause: single.cause, setup: without(start.setup, &single.setup, &mended.setup) };
            let (_, right) = self.run(start, &kept, tried)?;
            if right + self.point() >= mended.right {
                mended = Mended { setup: kept.setup, right, ..mended };
            } else if right < worst {
                let (cause, _) = self.run(start, single, tried)?;
                (worst, mended.cause) = (right, cause);
            }
        }
        if mended.cause == Cause::None {
            let drive = Candidate { cause: None, setup: mended.setup.clone() };
            mended.cause = self.run(start, &drive, tried)?.0;
        }
        Ok(mended)
    }

    /// Fits numbers, and what a setting cannot express.
    fn fitted(&self, setup: &Setup, tried: &mut Vec<Tried>) -> Result<Option<Mended>, DoctorError> {
        let start = Start::of(setup, self.digits)?;
        let mut best: Option<Mended> = None;
        for candidate in self.fits(setup) {
            let (cause, right) = self.run(&start, &candidate, tried)?;
            // Another kind of change has to be better by more than a point than an earlier one.
            let is_other =
                |best: &Mended| best.cause != cause || best.setup.changes != candidate.setup.changes;
            let margin = if best.as_ref().is_some_and(is_other) { self.point() } else { 0 };
            if best.as_ref().is_none_or(|best| right > best.right + margin) {
                best = Some(Mended { cause, setup: candidate.setup, right });
            }
            let is_threshold = candidate.cause.is_none();
            if !is_threshold && best.as_ref().is_some_and(|best| best.right + self.point() >= self.ann) {
                break;
            }
        }
        Ok(best.filter(|best| self.is_gain(start.right, best.right)))
    }

    /// What is tried where the settings are those of the model.
    fn fits(&self, setup: &Setup) -> Vec<Candidate> {
        let mut fits = Vec::new();
        let layers = setup.model.network().layers();
        let has_other = layers[..layers.len() - 1].iter().any(|layer| layer.activation != Activation::Relu);
        let reread = |changes: ModelChanges| setup.reread(changes, self.calibration).ok();
        if has_other {
            let changes = ModelChanges { activation_pieces: Some(PIECES), ..ModelChanges::default() };
            fits.extend(reread(changes).map(|setup| Candidate { cause: Some(Cause::Activation), setup }));
        }
        if setup.settings.tau_m.is_some() {
            let setup = setup.with(|settings| settings.tau_m = None);
            fits.push(Candidate { cause: Some(Cause::Leak), setup });
        }
        if setup.settings.refractory > 0 {
            let setup = setup.with(|settings| settings.refractory = 0);
            fits.push(Candidate { cause: Some(Cause::Refractory), setup });
        }
        for exponent in EXPONENTS {
            let setup = setup.with(|settings| settings.threshold *= libm::exp2(exponent.into()));
            if setup.settings.validate().is_ok() {
                fits.push(Candidate { cause: None, setup });
            }
        }
        if !setup.model.is_calibrated() {
            let changes = ModelChanges { calibrate: true, ..ModelChanges::default() };
            fits.extend(reread(changes).map(|setup| Candidate { cause: None, setup }));
        }
        if setup.settings.steps <= MAX_STEPS_TRIED / LONGER {
            let setup = setup.with(|settings| settings.steps *= LONGER);
            fits.push(Candidate { cause: Some(Cause::TooFewSteps), setup });
        }
        fits
    }
}

/// A setting that can lose accuracy.
struct Return {
    /// `None` for one that changes the drive.
    cause: Option<Cause>,
    /// Whether it is worse than the usual one.
    is_worse: fn(&Settings, &Settings) -> bool,
    /// Sets it to the usual one.
    apply: fn(&mut Settings, &Settings),
}

impl Return {
    const fn new(
        cause: Option<Cause>,
        is_worse: fn(&Settings, &Settings) -> bool,
        apply: fn(&mut Settings, &Settings),
    ) -> Self {
        Self { cause, is_worse, apply }
    }
}

/// Steps in which a membrane decays to 37 %.
fn memory(settings: &Settings) -> f64 {
    settings.tau_m.unwrap_or(f64::INFINITY) / settings.dt
}

/// All of them, in the order in which a cause is named.
const RETURNS: [Return; 10] = [
    Return::new(
        Some(Cause::Readout),
        |s, usual| s.readout != usual.readout,
        |s, usual| s.readout = usual.readout,
    ),
    Return::new(
        Some(Cause::Refractory),
        |s, usual| s.refractory > usual.refractory,
        |s, usual| s.refractory = usual.refractory,
    ),
    Return::new(
        Some(Cause::Leak),
        |s, usual| s.tau_m != usual.tau_m && memory(s) < memory(usual),
        |s, usual| s.tau_m = usual.tau_m,
    ),
    Return::new(None, |s, usual| s.threshold != usual.threshold, |s, usual| s.threshold = usual.threshold),
    Return::new(
        None,
        |s, usual| s.normalisation != usual.normalisation,
        |s, usual| s.normalisation = usual.normalisation,
    ),
    Return::new(None, |s, usual| s.max_rate != usual.max_rate, |s, usual| s.max_rate = usual.max_rate),
    Return::new(None, |s, usual| s.encoding != usual.encoding, |s, usual| s.encoding = usual.encoding),
    Return::new(None, |s, usual| s.dt != usual.dt, |s, usual| s.dt = usual.dt),
    Return::new(None, |s, usual| s.reset != usual.reset, |s, usual| s.reset = usual.reset),
    Return::new(Some(Cause::TooFewSteps), |s, usual| s.steps < usual.steps, |s, usual| s.steps = usual.steps),
];

/// `setup` with one setting after another at the model's own.
fn returns(setup: &Setup) -> Vec<Candidate> {
    let usual = setup.model.defaults();
    let mut candidates = Vec::new();
    if setup.keeps_state {
        let setup = Setup { keeps_state: false, ..setup.clone() };
        candidates.push(Candidate { cause: Some(Cause::StateNotReset), setup });
    }
    for one in RETURNS.iter().filter(|one| (one.is_worse)(&setup.settings, &usual)) {
        let setup = setup.with(|settings| (one.apply)(settings, &usual));
        candidates.push(Candidate { cause: one.cause, setup });
    }
    candidates
}

/// `setup` with all of these settings at the model's own.
fn all_returned(setup: &Setup) -> Setup {
    let usual = setup.model.defaults();
    let mut all = Setup { keeps_state: false, ..setup.clone() };
    for one in RETURNS.iter().filter(|one| (one.is_worse)(&setup.settings, &usual)) {
        (one.apply)(&mut all.settings, &usual);
    }
    all
}

/// `mended` without the change that leads from `setup` to `single`.
fn without(setup: &Setup, single: &Setup, mended: &Setup) -> Setup {
    let mut kept = mended.clone();
    kept.keeps_state =
        if setup.keeps_state == single.keeps_state { mended.keeps_state } else { setup.keeps_state };
    let texts = setup.settings.texts().into_iter().zip(single.settings.texts());
    for ((setting, text), _) in texts.filter(|((_, before), (_, after))| before != after) {
        // The text is a value of this setting.
        let _ = kept.settings.set(setting.name, &text);
    }
    kept
}
