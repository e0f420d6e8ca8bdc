//! Chooses the readout rule on digits that training has not seen.

use anyhow::Result;
use rayon::prelude::*;
use spikepad::{
    EvaluationOptions, Labelled, Model, ReadoutRule, SpikingNetwork, evaluate, presentation_seed,
};

use crate::card;

/// Leads that are tried, in spikes.
const LEADS: [f64; 12] = [0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 3.5, 4.0];

/// The largest allowed mean number of steps to an early answer.
const MEAN_STEPS: f64 = 5.0;

/// Number of steps of a presentation. An answer that is not given earlier is read after the last step.
const LAST: u32 = 100;

/// Fraction of the digits whose margin counts as too small.
const REFUSED: f64 = 0.005;

/// Chooses the largest lead that decides within [`MEAN_STEPS`] on average, and the margin that all digits except
/// the fraction [`REFUSED`] reach. The most accurate lead is not chosen, because several leads differ by only one
/// or two digits and a larger lead is safer.
pub fn choose(model: &Model, digits: &[Labelled], seed: u64) -> Result<ReadoutRule> {
    let settings = model.defaults().with(|settings| settings.seed = seed);
    let with = |rule: ReadoutRule| card::described(model, |d| d.readout = Some(rule));
    let mut best = ReadoutRule { lead: LEADS[0], sure_margin: 0.0 };
    for lead in LEADS {
        let rule = ReadoutRule { lead, sure_margin: 0.0 };
        let early = evaluate(
            &with(rule)?,
            &settings,
            digits,
            &EvaluationOptions { steps: &[LAST], ..Default::default() },
        )?
        .early;
        println!(
            "lead of {lead}: {:.2} % in {:.1} steps, 95 % in {}",
            100.0 * early.accuracy,
            early.mean_steps,
            early.steps_95
        );
        if early.mean_steps <= MEAN_STEPS {
            best = rule;
        }
    }

    let network = SpikingNetwork::new(&with(best)?, &settings)?;
    let mut margins: Vec<f64> = digits
        .par_iter()
        .enumerate()
        .map_init(
            || network.clone(),
            |network, (i, labelled)| {
                let seed = presentation_seed(seed, i as u64);
                Ok(network.verdict(labelled.digit.as_ref(), seed)?.margin)
            },
        )
        .collect::<Result<_>>()?;
    margins.sort_by(f64::total_cmp);
    let refused = (margins.len() as f64 * REFUSED) as usize;
    Ok(ReadoutRule { sure_margin: margins.get(refused).copied().unwrap_or(0.0), ..best })
}
