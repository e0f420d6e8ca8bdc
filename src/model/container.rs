//! Reads the safetensors format (<https://github.com/huggingface/safetensors>): the length of the header, the header in
//! JSON, and the bytes of the tensors.

use crate::json::{FieldError, Fields, Json};
use crate::sorting::ascending;

/// The longest header that is read, in bytes: 1 MiB. The format allows 100 MB, but the header of a network of 65,536
/// neurons with a layout needs half of this, and a parsed header takes up to twenty times its length.
const MAX_HEADER: usize = 1 << 20;

/// The longest name of a tensor, in bytes.
const MAX_NAME: usize = 256;

/// The entry of the header that is not a tensor.
const METADATA: &str = "__metadata__";

/// The contents of a file.
pub struct Container<'a> {
    tensors: Vec<(String, Tensor<'a>)>,
    metadata: Vec<(String, String)>,
}

/// A tensor: a type, a shape and bytes.
pub struct Tensor<'a> {
    /// The name of the type in the format, for example F32 or I8.
    pub dtype: String,
    /// The length of each axis.
    pub shape: Vec<usize>,
    /// Its bytes, little-endian, row-major.
    pub data: &'a [u8],
}

impl<'a> Container<'a> {
    /// Reads a file.
    ///
    /// # Errors
    /// A text that says what is wrong with the file.
    pub fn read(bytes: &'a [u8]) -> Result<Self, String> {
        let (length, rest) = bytes.split_first_chunk().ok_or("it ends before its header")?;
        let length = usize::try_from(u64::from_le_bytes(*length)).ok();
        let parts = length.and_then(|length| rest.split_at_checked(length));
        let (header, data) = parts.ok_or("it ends within its header")?;
        if header.len() > MAX_HEADER {
            return Err("its header has more than 1048576 bytes".into());
        }
        let header = str::from_utf8(header).map_err(|_| "its header is not text")?;
        let entries = Json::parse(header)?.entries().ok_or("its header is not an object")?;

        let mut container = Self { tensors: Vec::new(), metadata: Vec::new() };
        let mut spans = Vec::new();
        for (name, json) in entries {
            if name == METADATA {
                container.metadata = texts(json).ok_or("its metadata is not an object of texts")?;
                continue;
            }
            if name.len() > MAX_NAME {
                return Err("the name of a tensor has more than 256 bytes".into());
            }
            let (tensor, span) =
                tensor(json, data).map_err(|reason| format!("in the tensor '{name}', {reason}"))?;
            container.tensors.push((name, tensor));
            spans.push(span);
        }
        let mut covered = 0;
        for [begin, end] in ascending(spans) {
            if begin != covered {
                return Err("its tensors overlap, or leave gaps".into());
            }
            covered = end;
        }
        if covered != data.len() {
            return Err("it is longer than its tensors".into());
        }
        Ok(container)
    }

    /// The names of the tensors.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.tensors.iter().map(|(name, _)| &**name)
    }

    /// The tensor of that name.
    pub fn tensor(&self, name: &str) -> Option<&Tensor<'a>> {
        self.tensors.iter().find(|(other, _)| other == name).map(|(_, tensor)| tensor)
    }

    /// The metadata of that name.
    pub fn metadata(&self, name: &str) -> Option<&str> {
        self.metadata.iter().find(|(other, _)| other == name).map(|(_, text)| &**text)
    }
}

/// Reads the header entry of a tensor whose bytes are in `data`. Returns the tensor, and where its bytes begin and end.
fn tensor(json: Json, data: &[u8]) -> Result<(Tensor<'_>, [usize; 2]), String> {
    let (dtype, shape, span) = fields(json).map_err(|e| e.to_string())?;
    let bytes = data.get(span[0]..span[1]).ok_or("the bytes are not all in the file")?;
    // Networks consist of these types. The sizes of other types are not checked.
    let size = match &*dtype {
        "F32" => 4,
        "I8" => 1,
        _ => return Ok((Tensor { dtype, shape, data: bytes }, span)),
    };
    if shape.iter().try_fold(size, |size, &side| side.checked_mul(size)) != Some(bytes.len()) {
        return Err("the bytes are not as many as its shape asks for".into());
    }
    Ok((Tensor { dtype, shape, data: bytes }, span))
}

fn fields(json: Json) -> Result<(String, Vec<usize>, [usize; 2]), FieldError> {
    let mut fields = Fields::of(json, "the entry")?;
    let size = |json: Json| json.list(|json| usize::try_from(json.whole()?).ok());
    let dtype = fields.read("dtype", "text", |json| json.text())?;
    let shape = fields.read("shape", "a list of whole numbers", size)?;
    let span = fields.read("data_offsets", "two whole numbers", |json| {
        json.list(|json| usize::try_from(json.whole()?).ok())?.try_into().ok()
    })?;
    fields.finish()?;
    Ok((dtype, shape, span))
}

fn texts(json: Json) -> Option<Vec<(String, String)>> {
    json.entries()?.into_iter().map(|(name, json)| Some((name, json.text()?))).collect()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use safetensors::tensor::{Dtype, SafeTensors, TensorView};

    use super::*;

    fn file(header: &str, data: &[u8]) -> Vec<u8> {
        [&(header.len() as u64).to_le_bytes(), header.as_bytes(), data].concat()
    }

    fn message(header: &str, data: &[u8]) -> String {
        Container::read(&file(header, data)).map_or_else(|reason| reason, |_| "nothing is wrong".into())
    }

    #[test]
    fn errors_say_what_is_wrong() {
        let tensor = |dtype, shape, offsets| {
            let tensor = r#""dtype": "DTYPE", "shape": SHAPE, "data_offsets": OFFSETS"#;
            tensor.replace("DTYPE", dtype).replace("SHAPE", shape).replace("OFFSETS", offsets)
        };
        let one = |entry: String| message(&format!(r#"{{"a": {{{entry}}}}}"#), &[0; 8]);
        assert_eq!(one(tensor("F32", "[1, 2]", "[0, 8]")), "nothing is wrong");
        assert_eq!(
            one(tensor("F64", "[7]", "[0, 8]")),
            "nothing is wrong",
            "of a type that is not looked at"
        );
        assert!(one(tensor("F32", "[3]", "[0, 8]")).contains("'a', the bytes are not as many"));
        assert!(one(tensor("I8", "[4294967296, 4294967296, 8]", "[0, 8]")).contains("not as many"));
        assert!(one(tensor("F32", "[-1]", "[0, 8]")).contains("'shape' must be"));
        assert!(one(tensor("F32", "[3]", "[0, 12]")).contains("not all in the file"));
        assert!(one(tensor("F32", "[0]", "[4, 0]")).contains("not all in the file"));
        assert!(one(tensor("F32", "[1]", "[0]")).contains("'data_offsets' must be two"));
        assert!(one(tensor("F32", "[1]", "[0, 4]")).contains("longer than its tensors"));
        assert!(one(tensor("F32", "[1]", "[4, 8]")).contains("gaps"));
        assert!(one(tensor("F32", "[1]", "[0, 4]") + r#", "b": 1"#).contains("'b' is not known"));
        assert!(one(r#""dtype": "F32", "shape": [2]"#.into()).contains("'data_offsets' is missing"));
        assert!(message(r#"{"__metadata__": {"a": 1}}"#, &[]).contains("metadata"));
        assert!(message("[]", &[]).contains("not an object"));
        assert!(message("{", &[]).contains("EOF"));
        assert_eq!(message("{}", &[]), "nothing is wrong");
        let cut = Container::read(&file("{}", &[])[..9]).err();
        assert_eq!(cut.as_deref(), Some("it ends within its header"));
    }

    /// A file that the safetensors library has written.
    fn written() -> impl Strategy<Value = Vec<u8>> {
        let tensor = (prop_oneof![Just(Dtype::F32), Just(Dtype::I8), Just(Dtype::F64)], vec(0usize..4, 0..4));
        vec(tensor, 0..5).prop_map(|tensors| {
            let bytes = |(dtype, shape): &(Dtype, Vec<usize>)| {
                (0..shape.iter().product::<usize>() * dtype.bitsize() / 8)
                    .map(|i| i as u8)
                    .collect::<Vec<_>>()
            };
            let data: Vec<_> = tensors.iter().map(bytes).collect();
            let views = tensors.iter().zip(&data).enumerate().map(|(i, ((dtype, shape), data))| {
                (format!("tensor {i}"), TensorView::new(*dtype, shape.clone(), data).unwrap())
            });
            safetensors::serialize(views, Some([("key".into(), "\"text\"".into())].into())).unwrap()
        })
    }

    /// Valid or nearly valid entries of a header.
    fn entry() -> impl Strategy<Value = String> {
        let number = || prop_oneof![0u64..9, any::<u64>()];
        let dtype = prop_oneof![Just("F32"), Just("I8"), Just("F64"), Just("?")];
        (dtype, vec(number(), 0..4), vec(number(), 1..4)).prop_map(|(dtype, shape, offsets)| {
            format!(r#"{{"dtype": "{dtype}", "shape": {shape:?}, "data_offsets": {offsets:?}}}"#)
        })
    }

    proptest! {
        #[test]
        fn any_bytes_are_an_error_or_a_file(bytes in vec(any::<u8>(), 0..200)) {
            let _ = Container::read(&bytes);
            let _ = Container::read(&[&(bytes.len() as u64 / 2).to_le_bytes()[..], &bytes].concat());
        }

        #[test]
        fn no_tensor_is_larger_than_its_file(
            entries in vec(entry(), 1..3),
            metadata in ".*",
            data in vec(any::<u8>(), 0..9),
        ) {
            let entries = entries.iter().enumerate().map(|(i, entry)| format!(r#""{i}": {entry}"#));
            let header = format!(r#"{{"__metadata__": {{"key": {metadata:?}}}, {}}}"#,
                entries.collect::<Vec<_>>().join(", "));
            let bytes = file(&header, &data);
            let Ok(read) = Container::read(&bytes) else { return Ok(()) };
            prop_assert_eq!(read.tensors.iter().map(|(_, tensor)| tensor.data.len()).sum::<usize>(), data.len());
            for (_, Tensor { dtype, shape, data }) in &read.tensors {
                let bytes = match &**dtype { "F32" => 4, "I8" => 1, _ => continue };
                let side = |&side: &usize| side as u128;
                prop_assert_eq!(shape.iter().map(side).product::<u128>() * bytes, data.len() as u128);
            }
        }

        #[test]
        fn files_are_read_as_the_safetensors_library_reads_them(
            bytes in written(),
            damage in proptest::option::of((0usize..400, any::<u8>())),
        ) {
            let mut bytes = bytes;
            if let Some((at, byte)) = damage {
                let length = bytes.len();
                bytes[at % length] = byte;
            }
            match (Container::read(&bytes), SafeTensors::deserialize(&bytes)) {
                (Ok(ours), Ok(theirs)) => {
                    prop_assert_eq!(ours.tensors.len(), theirs.len());
                    for (name, view) in theirs.tensors() {
                        let tensor = ours.tensor(&name).unwrap();
                        prop_assert_eq!(&tensor.dtype, &format!("{:?}", view.dtype()));
                        prop_assert_eq!((&*tensor.shape, tensor.data), (view.shape(), view.data()));
                    }
                    let metadata = SafeTensors::read_metadata(&bytes).unwrap().1.metadata().clone();
                    let theirs = metadata.as_ref().and_then(|metadata| metadata.get("key"));
                    prop_assert_eq!(ours.metadata("key"), theirs.map(|text| &**text));
                }
                (Err(_), Err(_)) => {}
                // The sizes of types that no network uses are not checked.
                (ours, theirs) => prop_assert!(
                    damage.is_some() && ours.is_ok(),
                    "{:?} against {:?}", ours.err(), theirs.err(),
                ),
            }
        }
    }
}
