//! `spikepad bench --scaling`: measures how the time of a presentation grows with the work.

use std::time::{Duration, Instant};

use anyhow::Result;
use ndarray::{Array1, Array2};
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro128PlusPlus;
use serde::Serialize;
use spikepad::internals::vector_unit;
use spikepad::{
    Description, Digit, Model, Network, Observer, PIXELS, Settings, Spikes, SpikingNetwork, Weights,
};

use crate::output::Output;

/// Steps of a presentation, with the network that the page ships.
const STEPS: [u32; 6] = [50, 100, 200, 350, 700, 1400];

/// Rates of a full-ink pixel, Hz, with that network.
const RATES: [f64; 6] = [50.0, 100.0, 200.0, 400.0, 700.0, 1000.0];

/// Hidden neurons in one layer.
const HIDDEN: [usize; 7] = [128, 256, 512, 1024, 2048, 4096, 8192];

/// Hidden layers of 128 neurons each.
const LAYERS: [usize; 4] = [1, 2, 4, 8];

/// Outputs of a random network, as many as the shipped one has.
const CLASSES: usize = 10;

/// How often each presentation is measured in a row.
const IN_A_ROW: usize = 3;

/// Standard deviation, over the neurons, of the current in one step, in thresholds. Half of the weights are negative.
/// With this drive a hidden neuron fires in about one step in twelve, as in the shipped network.
const DRIVE: f32 = 0.2;

/// The data of the figure: time against each of four quantities.
#[derive(Serialize)]
struct Report {
    /// The vector unit.
    vectors: &'static str,
    points: Vec<Point>,
}

#[derive(Serialize)]
struct Point {
    /// The quantity that is varied.
    axis: &'static str,
    /// Its value.
    value: f64,
    /// Synaptic operations per presentation, averaged over the digits.
    synaptic_operations: f64,
    /// Microseconds per presentation in the fast simulation on one thread: the shortest time of each digit,
    /// averaged over the digits.
    us: f64,
}

/// A network, and the shortest time of each digit.
struct Case {
    axis: &'static str,
    value: f64,
    network: SpikingNetwork,
    synaptic_operations: f64,
    least: Vec<Duration>,
}

/// Measures every case once, and then repeatedly until `budget` is spent. Each axis varies one quantity. The others are
/// those of `settings`, and on the axes that do not change the network those of `model`.
pub fn run(
    model: &Model,
    settings: &Settings,
    digits: &[&Digit],
    budget: Duration,
    json: bool,
    out: &mut Output,
) -> Result<()> {
    let start = Instant::now();
    let mut cases = Vec::new();
    for steps in STEPS {
        let settings = settings.clone().with(|settings| settings.steps = steps);
        cases.push(Case::new("steps", f64::from(steps), model, &settings, digits)?);
    }
    for max_rate in RATES {
        let settings = settings.clone().with(|settings| settings.max_rate = max_rate);
        cases.push(Case::new("rate", max_rate, model, &settings, digits)?);
    }
    for hidden in HIDDEN {
        cases.push(Case::random("hidden", hidden, &[hidden], settings, digits)?);
    }
    for layers in LAYERS {
        cases.push(Case::random("layers", layers, &vec![128; layers], settings, digits)?);
    }

    // The cases take turns, as in `spikepad bench`.
    loop {
        for case in &mut cases {
            case.measure(digits, settings.seed)?;
        }
        if start.elapsed() >= budget {
            break;
        }
    }

    let report = Report { vectors: vector_unit(), points: cases.iter().map(Case::point).collect() };
    if json {
        writeln!(out, "{}", serde_json::to_string(&report)?)?;
        return Ok(());
    }
    writeln!(out, "one presentation, {} vectors, one thread", report.vectors)?;
    writeln!(out, "{:<8}{:>8}{:>22}{:>12}", "", "", "synaptic operations", "us")?;
    for Point { axis, value, synaptic_operations, us } in report.points {
        writeln!(out, "{axis:<8}{value:>8}{synaptic_operations:>22.0}{us:>12.1}")?;
    }
    Ok(())
}

impl Case {
    fn new(
        axis: &'static str,
        value: f64,
        model: &Model,
        settings: &Settings,
        digits: &[&Digit],
    ) -> Result<Self> {
        let mut network = SpikingNetwork::new(model, settings)?;
        let mut counter = Counter { fan_out: model.network().sizes()[1..].to_vec(), operations: 0 };
        for digit in digits {
            network.present(digit, settings.seed, &mut counter)?;
        }
        let synaptic_operations = counter.operations as f64 / digits.len() as f64;
        Ok(Self { axis, value, network, synaptic_operations, least: vec![Duration::MAX; digits.len()] })
    }

    /// A case with a network of random weights.
    fn random(
        axis: &'static str,
        value: usize,
        hidden: &[usize],
        settings: &Settings,
        digits: &[&Digit],
    ) -> Result<Self> {
        let model = random_model(hidden)?;
        // The settings of the shipped model do not suit this one.
        let settings = model.defaults().with(|s| (s.steps, s.seed) = (settings.steps, settings.seed));
        Self::new(axis, value as f64, &model, &settings, digits)
    }

    fn measure(&mut self, digits: &[&Digit], seed: u64) -> Result<()> {
        for (digit, least) in digits.iter().zip(&mut self.least) {
            for _ in 0..IN_A_ROW {
                let mut readout = self.network.readout();
                let start = Instant::now();
                self.network.present(digit, seed, &mut readout)?;
                *least = (*least).min(start.elapsed());
            }
        }
        Ok(())
    }

    fn point(&self) -> Point {
        let total: Duration = self.least.iter().sum();
        Point {
            axis: self.axis,
            value: self.value,
            synaptic_operations: self.synaptic_operations,
            us: total.as_secs_f64() * 1e6 / self.least.len() as f64,
        }
    }
}

/// Counts synaptic operations: a spike causes one in each synapse that it reaches.
struct Counter {
    /// Number of synapses from each neuron of the input and of each layer except the last.
    fan_out: Vec<usize>,
    operations: u64,
}

impl Observer for Counter {
    fn looks_at(&self, _: usize) -> bool {
        false
    }

    fn layer(&mut self, layer: usize, spikes: Spikes, _: &[f32]) {
        self.operations += spikes.total() * self.fan_out.get(layer).map_or(0, |&neurons| neurons as u64);
    }
}

/// A network of random 8-bit weights. `hidden` gives the neurons of each hidden layer.
fn random_model(hidden: &[usize]) -> Result<Model> {
    let mut random = Xoshiro128PlusPlus::seed_from_u64(1);
    let sizes = [&[PIXELS], hidden, &[CLASSES]].concat();
    let mut layers = Vec::new();
    for (i, sides) in sizes.windows(2).enumerate() {
        // From -127 to 127, with a standard deviation of 73.6.
        let integers = Array2::from_shape_simple_fn((sides[0], sides[1]), || {
            ((random.next_u32() % 255) as i16 - 127) as i8
        });
        // The sum of the squares of the incoming rates, in spikes per step. A digit gives about 80. A hidden
        // neuron's rate is the positive part of its drive, so its square is half of the drive's variance.
        let squares = if i == 0 { 80.0 } else { DRIVE * DRIVE / 2.0 * sides[0] as f32 };
        let scale = DRIVE / (73.6 * squares.sqrt());
        let weights = Weights::Int8 { integers, scales: Array1::from_elem(sides[1], scale) };
        layers.push((format!("layer {}", i + 1), weights));
    }
    Ok(Model::new(Network::without_biases(layers)?, Description::default())?)
}
