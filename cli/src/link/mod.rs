//! Links to a drawing, as the page's "Copy link" writes them (`www/state/link.js`).

mod codec;
mod curve;

use spikepad::{Damage, Digit, Drawing, DrawingError, PIXELS, SETTINGS, Setting};
use thiserror::Error;

use crate::readers::{DrawnError, drawable};
use curve::{LinkPoint, NORMAL_WIDTH, pieces};

/// The most of a link that is read, bytes. No link that the page writes has more.
pub const MAX_LINK: usize = 400_000;

/// The side of the pad, canvas units.
const CANVAS: f64 = 280.0;

/// The pen's width, canvas units.
const PEN: f64 = 20.0;
const PENS: std::ops::RangeInclusive<f64> = 4.0..=40.0;

/// What the page shows besides the drawing, which changes no spike.
const PAGE_ONLY: [&str; 6] = ["v", "hide", "view", "neuron", "speed", "loop"];

/// Why a link cannot be read.
#[derive(Debug, Error)]
pub enum LinkError {
    /// Longer than any that the page writes.
    #[error("the link has more than {MAX_LINK} bytes, more than any that the page writes")]
    TooLong,
    /// A part with a value that it cannot have.
    #[error("the link's part '{key}' cannot be read: the page writes no such value; copy the link again")]
    Value {
        /// The name of the part.
        key: String,
    },
    /// A part that this version does not know.
    #[error("the link has a part '{key}' that this version does not know; a newer one may")]
    Key {
        /// The name of the part.
        key: String,
    },
    /// There is neither a drawing nor a picture.
    #[error("the link holds no drawing: choose \"Copy link\" on the page after drawing")]
    Empty,
    /// Strokes that cannot be drawn, or would take too long.
    #[error(transparent)]
    Drawn(#[from] DrawnError),
}

/// How a drawing becomes a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Framing {
    Fitted,
    Centred,
    AsDrawn,
}

/// What is drawn.
#[derive(Debug)]
enum Ink {
    Strokes(Vec<Vec<LinkPoint>>),
    Picture(Box<[u8; PIXELS]>),
}

/// What a link says that changes spikes.
#[derive(Debug)]
pub struct Link {
    /// Settings that differ from the network's own: names and values.
    pub settings: Vec<(&'static str, String)>,
    /// The network, if it is not the page's own.
    pub network: Option<LinkedNetwork>,
    /// What is broken in it.
    pub damage: Option<Damage>,
    ink: Ink,
    pen: f64,
    framing: Framing,
}

/// The network of a link.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkedNetwork {
    /// The first digits of the SHA-256 of its files, or `question`.
    pub digest: String,
    /// What the user chose when it was opened, such as `0..255:activation=tanh`.
    pub choices: String,
    /// The name of its file; empty for the question's.
    pub file: String,
}

impl Link {
    /// Reads a link: an address with a #, or what stands behind it.
    ///
    /// # Errors
    /// [`LinkError`] names the part that cannot be read.
    pub fn read(text: &str) -> Result<Self, LinkError> {
        if text.len() > MAX_LINK {
            return Err(LinkError::TooLong);
        }
        let fragment = text.trim().split_once('#').map_or(text.trim(), |(_, fragment)| fragment);
        let (mut settings, mut network, mut damage) = (Vec::new(), None, None);
        let (mut strokes, mut picture) = (None, None);
        let (mut pen, mut framing) = (PEN, Framing::Fitted);
        for (key, value) in form_urlencoded::parse(fragment.as_bytes()) {
            let wrong = || LinkError::Value { key: key.to_string() };
            match &*key {
                "draw" => strokes = Some(codec::decode_strokes(&value).ok_or_else(wrong)?),
                "picture" => picture = Some(codec::decode_picture(&value).ok_or_else(wrong)?),
                "pen" => pen = value.parse().ok().filter(|pen| PENS.contains(pen)).ok_or_else(wrong)?,
                "frame" => framing = framing_of(&value).ok_or_else(wrong)?,
                "break" => damage = Some(value.parse().map_err(|_| wrong())?),
                "network" => network = Some(LinkedNetwork::read(&value).ok_or_else(wrong)?),
                key if PAGE_ONLY.contains(&key) => {}
                key => {
                    let unknown = || LinkError::Key { key: key.to_owned() };
                    let Setting { name, .. } =
                        SETTINGS.iter().find(|setting| setting.key == key).ok_or_else(unknown)?;
                    settings.push((*name, value.into_owned()));
                }
            }
        }
        // The page shows the picture where a link holds both.
        let picture = picture.map(|picture| Ink::Picture(Box::new(picture)));
        let ink = picture.or(strokes.map(Ink::Strokes)).ok_or(LinkError::Empty)?;
        Ok(Self { settings, network, damage, ink, pen, framing })
    }

    /// The digit that a network with pictures of `side` x `side` pixels sees, `None` if nothing is drawn, and how many digits the
    /// drawing holds.
    ///
    /// # Errors
    /// [`LinkError`] if the strokes cannot be drawn.
    pub fn digit(&self, side: usize) -> Result<(Option<Digit>, usize), LinkError> {
        let strokes = match &self.ink {
            Ink::Picture(ink) => return Ok((Digit::from_ink(ink).and_then(|digit| digit.resized(side)), 1)),
            Ink::Strokes(strokes) => strokes,
        };
        let drawing = drawable(self.drawing(strokes).map_err(DrawnError::from)?)?;
        let digit = match self.framing {
            Framing::Fitted => {
                let raster = drawing.rasterise();
                raster.as_ref().and_then(|raster| Digit::from_raster_with_side(raster, side))
            }
            framing => {
                let raster = drawing.rasterise_on_canvas(CANVAS);
                let centred = framing == Framing::Centred;
                let digit = raster.as_ref().and_then(|raster| Digit::from_uncropped(raster, centred));
                digit.and_then(|digit| digit.resized(side))
            }
        };
        Ok((digit, drawing.digits().len()))
    }

    /// The line of the pen. The page hands its points and widths to the simulator in single precision.
    fn drawing(&self, strokes: &[Vec<LinkPoint>]) -> Result<Drawing, DrawingError> {
        let single = |value: f64| f64::from(value as f32);
        let pieces: Vec<_> = strokes.iter().flat_map(|stroke| pieces(stroke)).collect();
        let widths = pieces.iter().map(|piece| single(piece.width / NORMAL_WIDTH * self.pen)).collect();
        let points = |piece: &curve::Piece| {
            piece.points.iter().map(|point| [single(point.x), single(point.y)]).collect()
        };
        Drawing::new(pieces.iter().map(points).collect(), self.pen)?.with_widths(widths)
    }
}

impl LinkedNetwork {
    /// `question`, or the digest, the choices if there are any, and the name of the file (`www/state/network-code.js`).
    fn read(text: &str) -> Option<Self> {
        if text == Self::QUESTION {
            return Some(Self { digest: text.into(), choices: String::new(), file: String::new() });
        }
        let (before, file) = text.split_once('~')?;
        let (digest, choices) = before.split_once(':').unwrap_or((before, ""));
        let is_digest = digest.len() == 16 && digest.bytes().all(|byte| byte.is_ascii_hexdigit());
        (is_digest && !file.is_empty()).then(|| Self {
            digest: digest.into(),
            choices: choices.into(),
            file: file.into(),
        })
    }

    /// In place of a digest: the network of the question, `www/assets/question-784-128-10.safetensors`.
    pub const QUESTION: &str = "question";
}

fn framing_of(text: &str) -> Option<Framing> {
    match text {
        "mnist" => Some(Framing::Fitted),
        "centred" => Some(Framing::Centred),
        "drawn" => Some(Framing::AsDrawn),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A dot in the middle of the pad.
    const DOT: &str = "BgZgZ";

    #[test]
    fn a_link_is_read_with_its_settings_and_network() {
        let text = format!(
            "https://example.org/?a#v=1&steps=61&tau=inf&pen=26&view=votes&\
             network=0123456789abcdef:0..255:activation=tanh~my%20net.h5&draw={DOT}"
        );
        let link = Link::read(&text).unwrap();
        assert_eq!(link.settings, [("steps", "61".to_owned()), ("tauM", "inf".to_owned())]);
        let network = link.network.as_ref().unwrap();
        assert_eq!((&*network.choices, &*network.file), ("0..255:activation=tanh", "my net.h5"));
        assert_eq!(link.pen, 26.0);
        let (digit, digits) = link.digit(28).unwrap();
        assert_eq!((digit.is_some(), digits), (true, 1));
    }

    #[test]
    fn an_error_names_the_part() {
        let error = |text: &str| Link::read(text).unwrap_err().to_string();
        assert!(error("#draw=ACIHGo&v=1").contains("'draw'"));
        for part in ["break=all", "pen=41", "frame=wide", "network=12~x", "picture=AA"] {
            let key = part.split_once('=').unwrap().0;
            assert!(error(&format!("draw={DOT}&{part}")).contains(&format!("'{key}'")), "{part}");
        }
        assert!(error(&format!("draw={DOT}&wings=2")).contains("'wings'"));
        assert!(error("v=1").contains("holds no drawing"));
        assert!(error(&"a".repeat(MAX_LINK + 1)).contains("bytes"));
    }

    #[test]
    fn a_picture_wins_over_strokes() {
        // 255 pixels of paper three times, then 18 of paper and one of ink.
        let picture = "_wD_AP8AEgH_";
        let link = Link::read(&format!("picture={picture}&draw={DOT}")).unwrap();
        assert!(matches!(link.ink, Ink::Picture(_)));
    }
}
