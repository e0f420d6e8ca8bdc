//! The JavaScript interface: the classes `PictureReader` and `Picture`.

use js_sys::{Uint8Array, Uint32Array};
use wasm_bindgen::prelude::*;

use crate::notes::Note;
use crate::picture;
use crate::shrink::Reader;

#[wasm_bindgen(start)]
fn start() {
    console_error_panic_hook::set_once();
}

/// Takes the rows of a picture as they come.
#[wasm_bindgen]
pub struct PictureReader(Reader);

#[wasm_bindgen]
impl PictureReader {
    /// Begins a picture of these sides, in pixels.
    ///
    /// # Errors
    /// Where a side is zero or too large.
    #[wasm_bindgen(constructor)]
    pub fn new(width: usize, height: usize) -> Result<PictureReader, JsError> {
        Ok(Self(Reader::new(width, height)?))
    }

    /// Takes the next rows: red, green, blue and opacity of each pixel, as a canvas gives them.
    ///
    /// # Errors
    /// Where the bytes are not whole rows, or there are more rows than the picture has.
    #[wasm_bindgen(js_name = pushRows)]
    pub fn push_rows(&mut self, rgba: &[u8]) -> Result<(), JsError> {
        Ok(self.0.push_rows(rgba)?)
    }

    /// Ends the picture, and looks for digits in it. The reader cannot be used any more.
    ///
    /// # Errors
    /// Where rows are missing.
    pub fn finish(self) -> Result<Picture, JsError> {
        Ok(Picture(self.0.finish()?))
    }
}

/// Reads a TIFF file, which most browsers cannot decode, and looks for digits in it.
///
/// # Errors
/// Where it is damaged, of a kind that is not read, or too large.
#[cfg(feature = "tiff")]
#[wasm_bindgen(js_name = readTiff)]
pub fn read_tiff(bytes: &[u8]) -> Result<Picture, JsError> {
    Ok(Picture(crate::tiff::read_tiff(bytes)?))
}

/// A picture that was averaged to at most 1,024 pixels a side, with the digits in it.
#[wasm_bindgen]
pub struct Picture(picture::Picture);

#[wasm_bindgen]
impl Picture {
    /// Width in pixels after averaging.
    #[wasm_bindgen(getter)]
    pub fn width(&self) -> usize {
        self.0.width()
    }

    /// Height in pixels after averaging.
    #[wasm_bindgen(getter)]
    pub fn height(&self) -> usize {
        self.0.height()
    }

    /// Is the ink lighter than the paper?
    #[wasm_bindgen(getter, js_name = lightOnDark)]
    pub fn light_on_dark(&self) -> bool {
        self.0.light_on_dark()
    }

    /// The averaged picture, [height, width]: 0 is black, 255 white.
    pub fn grey(&self) -> Uint8Array {
        Uint8Array::from(self.0.grey().as_slice())
    }

    /// What was taken for the ink of digits, [height, width]: 0 is paper, 255 full ink.
    pub fn ink(&self) -> Uint8Array {
        Uint8Array::from(self.0.ink().as_slice())
    }

    /// What was not taken for it, [height, width]: 0 is nothing, 1 a line of the paper, 2 a frame, 3 a shadow or a table, 4 a
    /// speck.
    pub fn removed(&self) -> Uint8Array {
        Uint8Array::from(self.0.removed().as_slice())
    }

    /// The boxes of the digits in reading order, [digits, 4]: left, top, right, bottom, in pixels of the averaged picture, the
    /// last two not included.
    pub fn boxes(&self) -> Uint32Array {
        let sides = self.0.digits().flat_map(|b| [b.left, b.top, b.right, b.bottom]);
        Uint32Array::from(sides.map(|side| side as u32).collect::<Vec<_>>().as_slice())
    }

    /// Index of the digit that is read if nobody chooses another: the largest and most central. Undefined if there is none.
    #[wasm_bindgen(getter)]
    pub fn chosen(&self) -> Option<usize> {
        self.0.chosen()
    }

    /// A digit by its index: 28 x 28 bytes, 0 is paper, 255 full ink. Undefined if there is none.
    pub fn digit(&self, index: usize) -> Option<Uint8Array> {
        self.0.digit(index).map(|digit| Uint8Array::from(digit.ink()))
    }

    /// Some of the digits taken as one. Undefined if there are none with these indices.
    pub fn joined(&self, indices: &[u32]) -> Option<Uint8Array> {
        let indices: Vec<usize> = indices.iter().map(|&index| index as usize).collect();
        self.0.joined(&indices).map(|digit| Uint8Array::from(digit.ink()))
    }

    /// What a user should know about how the picture was read, as sentences.
    pub fn notes(&self) -> Vec<String> {
        self.0.notes().iter().map(Note::to_string).collect()
    }

    /// The names of the notes, in the same order: "zero-to-one", "nothing" or "several".
    #[wasm_bindgen(js_name = noteNames)]
    pub fn note_names(&self) -> Vec<String> {
        self.0.notes().iter().map(|note| note.name().to_owned()).collect()
    }

    /// Looks for digits anew, with a sensitivity from -1 to 1. More sensitive, and fainter marks are ink. 0 is what a reader
    /// uses.
    #[wasm_bindgen(js_name = withSensitivity)]
    pub fn with_sensitivity(&self, sensitivity: f32) -> Picture {
        Self(self.0.with_sensitivity(sensitivity))
    }
}
