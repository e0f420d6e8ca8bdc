//! Damages files.

use crate::random::Random;

/// The longest input, in bytes: limits that grow with a file must hold for small ones.
pub const MAX_INPUT: usize = 16 << 10;

/// Changes `bytes` in one to four places.
pub fn damage(bytes: &mut Vec<u8>, others: &[Vec<u8>], random: &mut Random) {
    for _ in 0..=random.below(4) {
        damage_once(bytes, others, random);
    }
    bytes.truncate(MAX_INPUT);
}

fn damage_once(bytes: &mut Vec<u8>, others: &[Vec<u8>], random: &mut Random) {
    let length = bytes.len();
    let at = random.below(length);
    let longest = if random.once_in(3) { length } else { 8 };
    let span = at..(at + 1 + random.below(longest)).min(length);
    match random.below(11) {
        _ if length == 0 => bytes.push(random.byte()),
        0 => bytes[at] ^= 1 << random.below(8),
        1 => bytes[at] = random.byte(),
        2 => bytes.truncate(at),
        3 => drop(bytes.drain(span)),
        4 => {
            let copy = bytes[span].to_vec();
            insert(bytes, at, &copy);
        }
        5 => {
            let copy = bytes[span].repeat(1 + random.below(50));
            insert(bytes, at, &copy);
        }
        6 => {
            let number = random.edge();
            let width = random.pick(&[1, 2, 4, 8]);
            let bigs = number.to_be_bytes();
            let number = if random.once_in(2) {
                number.to_le_bytes()[..width].to_vec()
            } else {
                bigs[8 - width..].to_vec()
            };
            bytes.iter_mut().skip(at).zip(number).for_each(|(byte, new)| *byte = new);
        }
        7 => replace_decimal(bytes, random),
        8 => {
            let other = &others[random.below(others.len())];
            let from = random.below(other.len());
            let part = other[from..(from + random.below(64)).min(other.len())].to_vec();
            insert(bytes, at, &part);
        }
        9 => bytes[span].fill(random.pick(&[0, 255, b' ', b'[', b'9'])),
        _ => {
            let to = random.below(length);
            bytes.swap(at, to);
        }
    }
}

fn insert(bytes: &mut Vec<u8>, at: usize, part: &[u8]) {
    bytes.splice(at..at, part.iter().copied().take(MAX_INPUT));
}

/// Replaces a number in decimals by another.
fn replace_decimal(bytes: &mut Vec<u8>, random: &mut Random) {
    let starts: Vec<usize> = (0..bytes.len())
        .filter(|&i| bytes[i].is_ascii_digit() && (i == 0 || !bytes[i - 1].is_ascii_digit()))
        .collect();
    if starts.is_empty() {
        return;
    }
    let start = starts[random.below(starts.len())];
    let length = bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    bytes.splice(start..start + length, decimal(random).into_bytes());
}

/// A number in decimals, most of them of a kind that hurts.
pub fn decimal(random: &mut Random) -> String {
    let words = [
        "-1",
        "1e308",
        "-1e308",
        "1e-320",
        "0.1",
        "1e999",
        "null",
        "NaN",
        "-0",
        "0x10",
        "1e6",
        "999999999999999999999",
    ];
    if random.once_in(2) { random.edge().to_string() } else { random.pick(&words).to_owned() }
}
