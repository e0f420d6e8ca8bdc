//! The constants of an ONNX graph: initializers, and what a few nodes make of them.

use rten_onnx::onnx::{DataLocation, DataType, GraphProto, NodeProto, TensorProto};

use crate::error::Problem;
use crate::numbers::FloatType;

/// How many nodes a constant may pass through.
const MAX_DEPTH: usize = 8;

/// The name and the bytes of each file that was opened.
pub type Files<'a> = &'a [(&'a str, &'a [u8])];

/// A constant.
#[derive(Debug, Clone)]
pub struct Constant {
    /// Its name in the graph.
    pub name: String,
    /// The length of each axis.
    pub shape: Vec<usize>,
    /// Row-major.
    pub values: Vec<f32>,
}

/// The constants of a graph, by name.
pub struct Constants<'a> {
    graph: &'a GraphProto,
    files: Files<'a>,
}

/// Why a constant is not read: `None` if the name is of none.
type Failure = Option<Problem>;

impl<'a> Constants<'a> {
    /// The constants of that graph.
    #[must_use]
    pub fn new(graph: &'a GraphProto, files: Files<'a>) -> Self {
        Self { graph, files }
    }

    /// The initializer of that name.
    fn initializer(&self, name: &str) -> Option<&'a TensorProto> {
        self.graph.initializer.iter().find(|tensor| tensor.name.as_deref() == Some(name))
    }

    /// The node that makes the value of that name.
    fn maker(&self, name: &str) -> Option<&'a NodeProto> {
        self.graph.node.iter().find(|node| node.output.iter().any(|output| output == name))
    }

    /// Whether a name is that of an initializer.
    #[must_use]
    pub fn is_initializer(&self, name: &str) -> bool {
        self.initializer(name).is_some()
    }

    /// The name of the initializer that a constant is made of.
    #[must_use]
    pub fn source<'b>(&'b self, mut name: &'b str) -> &'b str {
        for _ in 0..MAX_DEPTH {
            match self.maker(name).and_then(|node| node.input.first()) {
                Some(before) => name = before,
                None => break,
            }
        }
        name
    }

    /// The type of the numbers of an initializer.
    #[must_use]
    pub fn stored(&self, initializer: &str) -> String {
        let kind = self.initializer(initializer).and_then(|tensor| float_type(tensor.data_type?));
        kind.map_or_else(|| "constants".into(), |kind| kind.words().into())
    }

    /// The shape of a constant.
    pub fn shape(&self, name: &str) -> Result<Vec<usize>, Failure> {
        let (tensor, transposed) = self.find(name, 0)?;
        let mut shape = sides(tensor)?;
        if transposed {
            shape.reverse();
        }
        Ok(shape)
    }

    /// The numbers of a constant.
    pub fn read(&self, name: &str) -> Result<Constant, Failure> {
        let (tensor, transposed) = self.find(name, 0)?;
        let mut shape = sides(tensor)?;
        let mut values = self.values(tensor, &shape)?;
        if let (true, &[rows, columns]) = (transposed, &shape[..]) {
            values = (0..rows * columns).map(|i| values[i % rows * columns + i / rows]).collect();
            shape.reverse();
        }
        Ok(Constant { name: name.to_owned(), shape, values })
    }

    /// The tensor behind a name, and whether it is transposed on the way.
    fn find(&self, name: &str, depth: usize) -> Result<(&'a TensorProto, bool), Failure> {
        if let Some(tensor) = self.initializer(name) {
            return Ok((tensor, false));
        }
        let node = self.maker(name).filter(|_| depth < MAX_DEPTH).ok_or(None)?;
        let before = || node.input.first().ok_or(None).and_then(|input| self.find(input, depth + 1));
        match node.op_type.as_deref().unwrap_or_default() {
            "Constant" => {
                let value = node.attribute.iter().find_map(|attribute| attribute.t.as_ref());
                Ok((value.ok_or(None)?, false))
            }
            "Identity" | "Cast" => before(),
            "Transpose" => {
                let (tensor, transposed) = before()?;
                let permutation = node.attribute.iter().find(|a| a.name.as_deref() == Some("perm"));
                let is_turned = permutation.is_none_or(|perm| perm.ints == [1, 0]);
                if tensor.dims.len() != 2 || !is_turned { Err(None) } else { Ok((tensor, !transposed)) }
            }
            op => {
                let name = node.name.clone().unwrap_or_default();
                Err(Some(Problem::layer(
                    op,
                    name,
                    "it makes the weights of a layer; only constant weights are read",
                )))
            }
        }
    }

    fn values(&self, tensor: &TensorProto, shape: &[usize]) -> Result<Vec<f32>, Problem> {
        let name = || tensor.name.clone().unwrap_or_default();
        let count = shape.iter().try_fold(1_usize, |count, &side| count.checked_mul(side));
        let kind = tensor.data_type.unwrap_or(DataType(0));
        let float = float_type(kind).ok_or_else(|| {
            let dtype = kind.name().map_or_else(|| format!("type {}", kind.0), str::to_owned);
            Problem::NumberType { tensor: name(), dtype }
        })?;
        let is_external = tensor.data_location.is_some_and(|location| location == DataLocation::EXTERNAL);
        let halves =
            || tensor.int32_data.iter().flat_map(|bits| (*bits as u16).to_le_bytes()).collect::<Vec<u8>>();
        let values: Vec<f32> = if is_external {
            float.floats(self.external(tensor)?, false)
        } else if let Some(raw) = &tensor.raw_data {
            float.floats(&raw.borrow(), false)
        } else {
            match float {
                FloatType::F32 => tensor.float_data.clone(),
                FloatType::F64 => tensor.double_data.iter().map(|&value| value as f32).collect(),
                FloatType::F16 | FloatType::Bf16 => float.floats(&halves(), false),
            }
        };
        if Some(values.len()) == count {
            return Ok(values);
        }
        let found = values.len();
        let reason = format!(
            "the tensor {} has {found} numbers, which are not those of its shape",
            crate::text::quoted(&name())
        );
        Err(Problem::damaged("ONNX", reason))
    }

    /// The bytes of a tensor that are in another file.
    fn external(&self, tensor: &TensorProto) -> Result<&'a [u8], Problem> {
        let entry = |key: &str| {
            let entry = tensor.external_data.iter().find(|entry| entry.key.as_deref() == Some(key));
            entry.and_then(|entry| entry.value.as_deref())
        };
        let location = entry("location").unwrap_or_default();
        // The name alone: a path may lead anywhere.
        let wanted = location.rsplit(['/', '\\']).next().unwrap_or(location);
        let is_wanted = |name: &str| name.rsplit(['/', '\\']).next() == Some(wanted);
        let file = self.files.iter().find(|(name, _)| is_wanted(name));
        let (_, bytes) = file.ok_or_else(|| Problem::MissingFiles { names: vec![wanted.to_owned()] })?;
        let number = |key: &str| entry(key).map(|text| text.trim().parse::<usize>());
        let damaged =
            || Problem::damaged("ONNX", format!("its part in {} is not there", crate::text::quoted(wanted)));
        let offset = number("offset").transpose().map_err(|_| damaged())?.unwrap_or(0);
        let rest = bytes.get(offset..).ok_or_else(damaged)?;
        match number("length").transpose().map_err(|_| damaged())? {
            Some(length) => rest.get(..length).ok_or_else(damaged),
            None => Ok(rest),
        }
    }
}

/// The names of the files that the tensors of a graph are in.
#[must_use]
pub fn external_files(graph: &GraphProto) -> Vec<String> {
    let locations =
        graph.initializer.iter().filter(|tensor| tensor.data_location == Some(DataLocation::EXTERNAL));
    let locations = locations.flat_map(|tensor| &tensor.external_data);
    let locations = locations.filter(|entry| entry.key.as_deref() == Some("location"));
    let mut names: Vec<String> = Vec::new();
    for location in locations.filter_map(|entry| entry.value.as_deref()) {
        let name = location.rsplit(['/', '\\']).next().unwrap_or(location);
        if !names.iter().any(|other| other == name) {
            names.push(name.to_owned());
        }
    }
    names
}

fn float_type(kind: DataType) -> Option<FloatType> {
    match kind {
        DataType::FLOAT => Some(FloatType::F32),
        DataType::DOUBLE => Some(FloatType::F64),
        DataType::FLOAT16 => Some(FloatType::F16),
        DataType::BFLOAT16 => Some(FloatType::Bf16),
        _ => None,
    }
}

fn sides(tensor: &TensorProto) -> Result<Vec<usize>, Problem> {
    let sides = tensor.dims.iter().map(|&side| usize::try_from(side));
    sides.collect::<Result<_, _>>().map_err(|_| Problem::damaged("ONNX", "a side of a tensor is negative"))
}
