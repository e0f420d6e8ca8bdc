//! Drawings: lines of JSON.

use spikepad::Digit;
use spikepad_cli::read_drawn;

use crate::input::decimal;
use crate::random::Random;
use crate::target::{Target, leave};
use crate::watch::Reading;

/// Drawings, as `spikepad classify --strokes` reads them.
pub const STROKES: Target = Target { name: "strokes", examples, generate, repair: leave, read };

fn read(bytes: &[u8]) -> Reading {
    let mut digits = Vec::new();
    let mut error = None;
    for line in bytes.split(|&byte| byte == b'\n').filter(|line| !line.trim_ascii().is_empty()) {
        match read_drawn(line, 16.0) {
            Ok(drawn) => digits.push(drawn.drawing.rasterise().as_ref().and_then(Digit::from_raster)),
            Err(e) => error = Some(e.to_string()),
        }
    }
    match error {
        Some(error) if digits.is_empty() => Err(error),
        _ => Ok(Box::new(digits)),
    }
}

fn examples() -> Vec<Vec<u8>> {
    let lines = [
        r#"{"id":"a","label":7,"strokes":[[[60,70],[200,64],[120,230]]]}"#,
        r#"{"id":2,"strokes":[[[140,40],[140,240]],[[1e5,-3.25]]],"source":"x"}"#,
        "{\"id\":null,\"strokes\":[]}\n\n{\"id\":[1,{\"a\":2}],\"label\":null,\"strokes\":[[],[[0,0]]]}",
    ];
    lines.map(|line| line.as_bytes().to_vec()).to_vec()
}

fn generate(random: &mut Random) -> Vec<u8> {
    let strokes = if random.once_in(10) { random.below(1500) } else { random.below(6) };
    let most = if random.once_in(10) { 1500 } else { 12 };
    let range = random.pick(&[1, 300, 300, 1_000_000]);
    let mut text = String::new();
    for _ in 0..strokes {
        let points = random.below(most);
        let points: Vec<_> = (0..points)
            .map(|_| {
                let mut coordinate = || match random.below(200) {
                    0 => decimal(random),
                    _ => random.below(range).to_string(),
                };
                format!("[{},{}]", coordinate(), coordinate())
            })
            .collect();
        text.push_str(&format!("{}[{}]", if text.is_empty() { "" } else { "," }, points.join(",")));
        if text.len() > 15_000 {
            break;
        }
    }
    let id = match random.below(8) {
        0 => "[".repeat(random.below(4000)),
        1 => format!("\"{}\"", "\\u0041".repeat(random.below(500))),
        _ => decimal(random),
    };
    format!(r#"{{"id":{id},"strokes":[{text}]}}"#).into_bytes()
}
