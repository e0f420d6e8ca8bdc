//! When the outputs suffice for an answer, chosen on digits that training has not seen.

use anyhow::Result;
use rayon::prelude::*;
use spikepad::{
    EvaluationOptions, Labelled, Model, ReadoutRule, SpikingNetwork, evaluate, presentation_seed,
};

use crate::card;

/// Leads that are tried, in spikes.
const LEADS: [f64; 12] = [0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 3.5, 4.0];

/// Mean steps to an answer may be at most this many.
const MEAN_STEPS: f64 = 5.0;

/// Steps after which an early answer is taken as it stands.
const LAST: u32 = 100;

/// Share of the digits whose margin is to leave a doubt.
const REFUSED: f64 = 0.005;

/// The largest lead that decides within [`MEAN_STEPS`] on average, and the margin that all but
/// [`REFUSED`] of the digits reach. Not the most accurate lead: several differ by a digit or two,
/// and the larger is the safer.
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
