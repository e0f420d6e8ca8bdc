// The code of the chapters in three languages, each a whole program with the current numbers: ‹name› stands for a fact.
// tests/built/learn.test.js runs every program, and compares what it prints with the figure.

import { escapeText } from './svg.js';

/** @import { Facts } from './types.js' */

/**
 * @typedef {object} Code
 * @property {string} rust
 * @property {string} javascript
 * @property {string} numpy
 * @property {string} prints what each of them prints; a line `*` is a number that chance chooses
 */

const PLACE = /‹(\w+)›/g;

/**
 * A program with its numbers, as plain text.
 * @param {string} code
 * @param {Facts} facts
 */
export function programOf(code, facts) {
  return code.trim().replace(PLACE, (_, name) => facts[name]);
}

/**
 * A program as markup in which each number is an element of its own.
 * @param {string} code
 * @param {Facts} facts
 */
export function markupOf(code, facts) {
  return escapeText(code.trim()).replace(PLACE, (_, name) => `<span data-fact="${name}">${facts[name]}</span>`);
}

/** The names of the languages. */
export const LANGUAGES = /** @type {const} */ ([
  ['rust', 'Rust'],
  ['javascript', 'JavaScript'],
  ['numpy', 'NumPy'],
]);

/** By the id of the chapter. @type {Record<string, Code>} */
export const CODE = {
  see: {
    rust: `
fn main() {
    // The ink in each of the 28 columns of the picture.
    let ink = [‹columns›];
    let all: u32 = ink.iter().sum();
    let moment: f64 = ink.iter().enumerate().map(|(x, &ink)| x as f64 * f64::from(ink)).sum();
    println!("{:.2}", moment / f64::from(all));
}`,
    javascript: `
// The ink in each of the 28 columns of the picture.
const ink = [‹columns›];
const all = ink.reduce((sum, each) => sum + each, 0);
const moment = ink.reduce((sum, each, x) => sum + x * each, 0);
console.log((moment / all).toFixed(2));`,
    numpy: `
import numpy as np

# The ink in each of the 28 columns of the picture.
ink = np.array([‹columns›])
x = np.arange(28)
print(f"{(x * ink).sum() / ink.sum():.2f}")`,
    prints: '‹massX›',
  },

  spikes: {
    rust: `
fn main() {
    let (ink, steps) = (‹pixelInk›_f64, ‹steps›);
    let p = ink / 255.0;
    let n = f64::from(steps);
    println!("{:.0} {:.1}", n * p, (n * p * (1.0 - p)).sqrt());
    // A coin for each step, from a small generator (SplitMix64).
    let mut state = 1_u64;
    let mut toss = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z >> 11) as f64 / (1_u64 << 53) as f64
    };
    println!("{}", (0..steps).filter(|_| toss() < p).count());
}`,
    javascript: `
const [ink, steps] = [‹pixelInk›, ‹steps›];
const p = ink / 255;
console.log((steps * p).toFixed(0), Math.sqrt(steps * p * (1 - p)).toFixed(1));
// A coin for each step.
let spikes = 0;
for (let step = 0; step < steps; step++) if (Math.random() < p) spikes += 1;
console.log(spikes);`,
    numpy: `
import numpy as np

ink, steps = ‹pixelInk›, ‹steps›
p = ink / 255
print(f"{steps * p:.0f} {np.sqrt(steps * p * (1 - p)):.1f}")
# A coin for each step.
print((np.random.default_rng().random(steps) < p).sum())`,
    prints: '‹expected› ‹spread›\n*',
  },

  neuron: {
    rust: `
fn main() {
    let (tau, threshold, refractory, push) = (‹tau›_f64, 1.0_f32, ‹refractory›, ‹steady›_f32);
    let decay = (-1.0 / tau).exp() as f32;
    let (mut v, mut rest, mut spikes) = (0.0_f32, 0, 0);
    for _ in 0..1000 {
        v *= decay;
        if rest > 0 {
            rest -= 1;
            continue;
        }
        v += push;
        if v >= threshold {
            spikes += 1;
            v = 0.0;
            rest = refractory;
        }
    }
    println!("{spikes}");
}`,
    javascript: `
const [tau, threshold, refractory, push] = [‹tau›, 1, ‹refractory›, ‹steady›];
// The simulator computes with 32 bits; so does this.
const f32 = Math.fround;
const decay = f32(Math.exp(-1 / tau));
let [v, rest, spikes] = [0, 0, 0];
for (let step = 0; step < 1000; step++) {
  v = f32(v * decay);
  if (rest > 0) {
    rest -= 1;
    continue;
  }
  v = f32(v + f32(push));
  if (v >= threshold) {
    spikes += 1;
    v = 0;
    rest = refractory;
  }
}
console.log(spikes);`,
    numpy: `
import numpy as np

tau, threshold, refractory, push = ‹tau›, 1, ‹refractory›, np.float32(‹steady›)
decay = np.float32(np.exp(-1 / tau))
v, rest, spikes = np.float32(0), 0, 0
for step in range(1000):
    v *= decay
    if rest > 0:
        rest -= 1
        continue
    v += push
    if v >= threshold:
        spikes += 1
        v = np.float32(0)
        rest = refractory
print(spikes)`,
    prints: '‹fired›',
  },

  looks: {
    rust: `
fn main() {
    // Pushes up and down in a step, in thresholds.
    let (up, down, steps) = (‹driveUp›_f64, ‹driveDown›_f64, ‹steps›_f64);
    // It fires once for each threshold that arrives, at most once in a step.
    println!("{:.0}", (up - down).clamp(0.0, 1.0) * steps);
}`,
    javascript: `
// Pushes up and down in a step, in thresholds.
const [up, down, steps] = [‹driveUp›, ‹driveDown›, ‹steps›];
// It fires once for each threshold that arrives, at most once in a step.
console.log((Math.min(1, Math.max(0, up - down)) * steps).toFixed(0));`,
    numpy: `
import numpy as np

# Pushes up and down in a step, in thresholds.
up, down, steps = ‹driveUp›, ‹driveDown›, ‹steps›
# It fires once for each threshold that arrives, at most once in a step.
print(f"{np.clip(up - down, 0, 1) * steps:.0f}")`,
    prints: '‹driven›',
  },

  vote: {
    rust: `
fn main() {
    let votes = [‹votes›];
    let mut digits: Vec<usize> = (0..votes.len()).collect();
    digits.sort_by_key(|&digit| std::cmp::Reverse(votes[digit]));
    println!("{} {}", digits[0], digits[1]);
}`,
    javascript: `
const votes = [‹votes›];
const digits = [...votes.keys()].sort((a, b) => votes[b] - votes[a]);
console.log(digits[0], digits[1]);`,
    numpy: `
import numpy as np

votes = np.array([‹votes›])
first, second = np.argsort(-votes, kind="stable")[:2]
print(first, second)`,
    prints: '‹first› ‹next›',
  },

  steps: {
    rust: `
fn main() {
    // The lead of the first output in spikes, after each step.
    let leads = [‹leads›];
    let enough = leads.iter().position(|&lead| lead >= 2.5);
    println!("{}", enough.map_or(0, |place| place + 1));
}`,
    javascript: `
// The lead of the first output in spikes, after each step.
const leads = [‹leads›];
console.log(leads.findIndex((lead) => lead >= 2.5) + 1);`,
    numpy: `
import numpy as np

# The lead of the first output in spikes, after each step.
leads = np.array([‹leads›])
enough = np.flatnonzero(leads >= 2.5)
print(enough[0] + 1 if len(enough) else 0)`,
    prints: '‹stops›',
  },

  convert: {
    rust: `
fn fires(push: f32) -> u32 {
    let decay = (-1.0_f64 / 100.0).exp() as f32;
    let (mut v, mut spikes) = (0.0_f32, 0);
    for _ in 0..350 {
        v = v * decay + push;
        if v >= 1.0 {
            spikes += 1;
            v = 0.0;
        }
    }
    spikes
}

fn main() {
    println!("{} {} {}", fires(0.005), fires(0.5), fires(50.0));
}`,
    javascript: `
function fires(push) {
  const decay = Math.exp(-1 / 100);
  let [v, spikes] = [0, 0];
  for (let step = 0; step < 350; step++) {
    v = v * decay + push;
    if (v >= 1) {
      spikes += 1;
      v = 0;
    }
  }
  return spikes;
}

console.log(fires(0.005), fires(0.5), fires(50));`,
    numpy: `
import numpy as np

push = np.array([0.005, 0.5, 50])  # too weak, right, too strong
decay = np.exp(-1 / 100)
v, spikes = np.zeros(3), np.zeros(3, int)
for step in range(350):
    v = v * decay + push
    fired = v >= 1
    spikes += fired
    v[fired] = 0
print(*spikes)`,
    prints: '‹firesWeak› ‹firesRight› ‹firesStrong›',
  },

  cost: {
    rust: `
fn main() {
    let (input_spikes, hidden_spikes) = (‹plainInputSpikes›_u32, ‹plainHiddenSpikes›_u32);
    // Each spike adds one weight for every neuron of the next layer.
    let additions = input_spikes * 128 + hidden_spikes * 10;
    let multiplications = 784 * 128 + 128 * 10;
    println!("{additions} {multiplications}");
    println!("{:.0} {:.0}", f64::from(additions) * 0.9e-3, f64::from(multiplications) * 4.6e-3);
}`,
    javascript: `
const [inputSpikes, hiddenSpikes] = [‹plainInputSpikes›, ‹plainHiddenSpikes›];
// Each spike adds one weight for every neuron of the next layer.
const additions = inputSpikes * 128 + hiddenSpikes * 10;
const multiplications = 784 * 128 + 128 * 10;
console.log(additions, multiplications);
console.log((additions * 0.9e-3).toFixed(0), (multiplications * 4.6e-3).toFixed(0));`,
    numpy: `
import numpy as np

spikes = np.array([‹plainInputSpikes›, ‹plainHiddenSpikes›])
sizes = np.array([784, 128, 10])
# Each spike adds one weight for every neuron of the next layer.
additions = (spikes * sizes[1:]).sum()
multiplications = (sizes[:-1] * sizes[1:]).sum()
print(additions, multiplications)
print(f"{additions * 0.9e-3:.0f} {multiplications * 4.6e-3:.0f}")`,
    prints: '‹plainAdditions› ‹plainMultiplications›\n‹plainSpent› ‹plainAnnSpent›',
  },

  break: {
    rust: `
fn main() {
    let weights = [0.31_f64, -0.52, 0.08, 0.9, -0.17, -0.66];
    for bits in [4, 3, 2] {
        let most = f64::from((1 << (bits - 1)) - 1);
        let step = 0.9 / most;
        let error: f64 = weights.iter().map(|w| ((w / step).round() * step - w).powi(2)).sum();
        println!("{bits} {error:.4}");
    }
}`,
    javascript: `
const weights = [0.31, -0.52, 0.08, 0.9, -0.17, -0.66];
for (const bits of [4, 3, 2]) {
  const step = 0.9 / (2 ** (bits - 1) - 1);
  const error = weights.reduce((sum, w) => sum + (Math.round(w / step) * step - w) ** 2, 0);
  console.log(bits, error.toFixed(4));
}`,
    numpy: `
import numpy as np

weights = np.array([0.31, -0.52, 0.08, 0.9, -0.17, -0.66])
for bits in (4, 3, 2):
    step = 0.9 / (2 ** (bits - 1) - 1)
    error = ((np.round(weights / step) * step - weights) ** 2).sum()
    print(bits, f"{error:.4f}")`,
    prints: '4 ‹error4›\n3 ‹error3›\n2 ‹error2›',
  },
};
