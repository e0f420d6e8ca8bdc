//! PyTorch's files: a zip file of a pickle and storages, or the older stream of pickles and storages
//! (`torch/serialization.py`, functions `_save` and `_legacy_save`).

use spikepad::ZipFile;

use super::entry::{Entry, Tensors};
use super::pickle::{self, Id, Pickle, Value};
use crate::error::Problem;
use crate::numbers::FloatType;

/// The number that the older stream begins with, cut to 64 bits.
const MAGIC: i64 = 0x1950_a86a_20f9_469c_fc6c_u128 as i64;

/// How deep dictionaries may lie in dictionaries.
const MAX_DEPTH: usize = 8;

/// The longest key of a dictionary that leads to a tensor, in bytes.
const MAX_NAME: usize = 256;

/// The most tensors of a file.
const MAX_TENSORS: usize = 1 << 12;

/// A tensor: a view of a storage.
#[derive(Debug)]
struct View {
    storage: String,
    kind: Option<FloatType>,
    offset: usize,
    strides: Vec<usize>,
}

/// Where the storages are.
#[derive(Debug)]
enum Storages<'a> {
    /// In the folder with that name of an archive.
    Zip { zip: ZipFile<'a>, folder: String, big_endian: bool },
    /// Behind the pickles, by key.
    Stream(Vec<(String, &'a [u8])>),
}

/// A file in memory.
#[derive(Debug)]
pub struct TorchFile<'a> {
    /// The tensors in the order in which they were saved. A name is the path of keys that leads to the tensor.
    entries: Vec<Entry>,
    paths: Vec<Vec<String>>,
    views: Vec<View>,
    storages: Storages<'a>,
}

/// The error that a file is damaged.
fn broken(reason: impl std::fmt::Display) -> Problem {
    Problem::damaged("PyTorch", reason)
}

/// Whether these bytes begin like the older stream.
#[must_use]
pub fn is_stream(bytes: &[u8]) -> bool {
    pickle::read(bytes.get(..64.min(bytes.len())).unwrap_or_default())
        .is_ok_and(|(pickle, _)| *pickle.value(pickle.root) == Value::Int(MAGIC))
}

impl<'a> TorchFile<'a> {
    /// Reads the names and shapes of the tensors in an archive whose pickle is `FOLDER/data.pkl`.
    ///
    /// # Errors
    /// [`Problem`] where it is damaged, or its pickle refers to more than tensors.
    pub fn from_zip(mut zip: ZipFile<'a>, folder: &str) -> Result<Self, Problem> {
        let folder = folder.to_owned();
        let bytes = zip.bytes(&format!("{folder}data.pkl"));
        let bytes = bytes.ok_or_else(|| broken("its data.pkl is missing"))?.map_err(broken)?;
        let (pickle, _) = pickle::read(&bytes)?;
        let order = zip.bytes(&format!("{folder}byteorder")).and_then(Result::ok);
        let big_endian = order.is_some_and(|order| order == b"big");
        Self::collect(&pickle, Storages::Zip { zip, folder, big_endian })
    }

    /// Reads the older stream: a magic number, the version of the protocol, facts about the machine, the value itself, the
    /// keys of the storages, and the storages.
    ///
    /// # Errors
    /// [`Problem`] where it is damaged, or its pickle refers to more than tensors.
    pub fn from_stream(bytes: &'a [u8]) -> Result<Self, Problem> {
        let mut rest = bytes;
        let mut next = || {
            let (pickle, length) = pickle::read(rest)?;
            rest = &rest[length..];
            Ok::<_, Problem>(pickle)
        };
        next()?;
        next()?;
        let facts = next()?;
        if let Value::Dict(pairs) = facts.value(facts.root) {
            let little = pairs.iter().find(|&&(key, _)| facts.text(key) == Some("little_endian"));
            if little.is_some_and(|&(_, value)| *facts.value(value) == Value::Bool(false)) {
                let advice = "save it again on a little-endian machine";
                return Err(Problem::Unsupported {
                    what: "a PyTorch file of a big-endian machine".into(),
                    advice,
                });
            }
        }
        let (pickle, keys) = (next()?, next()?);
        let sizes = storage_sizes(&pickle);
        let mut storages = Vec::new();
        for &key in keys.items(keys.root) {
            let key = keys.text(key).ok_or_else(|| broken("the key of a storage is no text"))?;
            let (count, data) = rest.split_first_chunk().ok_or_else(|| broken("it is cut short"))?;
            let size = sizes.iter().find(|(other, _)| other == key).map_or(1, |(_, size)| *size);
            let length = usize::try_from(u64::from_le_bytes(*count)).ok().and_then(|n| n.checked_mul(size));
            let parts = length.and_then(|length| data.split_at_checked(length));
            let (storage, after) = parts.ok_or_else(|| broken("it is cut short"))?;
            storages.push((key.to_owned(), storage));
            if storages.len() > MAX_TENSORS {
                return Err(broken("it has too many storages"));
            }
            rest = after;
        }
        Self::collect(&pickle, Storages::Stream(storages))
    }

    /// Finds the tensors in the dictionaries and lists of a value.
    fn collect(pickle: &Pickle, storages: Storages<'a>) -> Result<Self, Problem> {
        let mut file = Self { entries: Vec::new(), paths: Vec::new(), views: Vec::new(), storages };
        let mut visits = 0;
        file.visit(pickle, pickle.root, &mut Vec::new(), &mut visits)?;
        Ok(file)
    }

    fn visit(
        &mut self,
        pickle: &Pickle,
        id: Id,
        path: &mut Vec<String>,
        visits: &mut usize,
    ) -> Result<(), Problem> {
        *visits += 1;
        if self.entries.len() > MAX_TENSORS || *visits > 64 * MAX_TENSORS {
            let what = format!("it holds more than {MAX_TENSORS} tensors, or far more other values");
            return Err(Problem::TooLarge { what, most: MAX_TENSORS.to_string() });
        }
        if let Some((view, shape)) = tensor(pickle, id)? {
            let dtype = view.kind.map_or("other numbers than floats", FloatType::words).to_owned();
            self.entries.push(Entry { name: path.join("."), shape, dtype, is_float: view.kind.is_some() });
            self.paths.push(path.clone());
            self.views.push(view);
        } else if path.len() < MAX_DEPTH {
            match pickle.value(id) {
                Value::Dict(pairs) => {
                    for &(key, value) in pairs {
                        let key = match pickle.value(key) {
                            Value::Text(text) => text.clone(),
                            Value::Int(number) => number.to_string(),
                            _ => continue,
                        };
                        if key.len() > MAX_NAME {
                            return Err(broken("the name of a tensor is too long"));
                        }
                        path.push(key);
                        self.visit(pickle, value, path, visits)?;
                        path.pop();
                    }
                }
                Value::List(items) | Value::Tuple(items) => {
                    for (index, &item) in items.iter().enumerate() {
                        path.push(index.to_string());
                        self.visit(pickle, item, path, visits)?;
                        path.pop();
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The path of keys that leads to each tensor.
    #[must_use]
    pub fn paths(&self) -> &[Vec<String>] {
        &self.paths
    }

    /// Takes `prefix` from the names that begin with it.
    pub fn strip_prefix(&mut self, prefix: &str) {
        for entry in &mut self.entries {
            if let Some(rest) = entry.name.strip_prefix(prefix) {
                entry.name = rest.to_owned();
            }
        }
    }

    /// Keeps the tensors for which `keep` gives a new name.
    pub fn rename(&mut self, keep: impl Fn(&[String]) -> Option<String>) {
        let entries = std::mem::take(&mut self.entries);
        let paths = std::mem::take(&mut self.paths);
        let views = std::mem::take(&mut self.views);
        for ((entry, path), view) in entries.into_iter().zip(paths).zip(views) {
            if let Some(name) = keep(&path) {
                self.entries.push(Entry { name, ..entry });
                self.paths.push(path);
                self.views.push(view);
            }
        }
    }
}

impl Tensors for TorchFile<'_> {
    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn read(&mut self, index: usize) -> Result<Vec<f32>, Problem> {
        let (entry, view) = (&self.entries[index], &self.views[index]);
        let kind = view.kind.ok_or_else(|| entry.number_type())?;
        let count = entry.len();
        let (owned, big_endian);
        let bytes: &[u8] = match &mut self.storages {
            Storages::Zip { zip, folder, big_endian: big } => {
                big_endian = *big;
                let bytes = zip.bytes(&format!("{folder}data/{}", view.storage));
                owned = bytes
                    .ok_or_else(|| broken(format!("the storage {} is missing", view.storage)))?
                    .map_err(broken)?;
                &owned
            }
            Storages::Stream(storages) => {
                big_endian = false;
                let storage = storages.iter().find(|(key, _)| *key == view.storage);
                storage.ok_or_else(|| broken("a storage is missing"))?.1
            }
        };
        // The last number of the view is in the storage, and so are all others.
        let reach = entry.shape.iter().zip(&view.strides).try_fold(view.offset, |at, (&side, &stride)| {
            at.checked_add(side.checked_sub(1)?.checked_mul(stride)?)
        });
        let numbers = bytes.len() / kind.size();
        if count == 0 || reach.is_none_or(|reach| reach >= numbers) {
            return Err(broken(format!(
                "the tensor {} is larger than its storage",
                crate::text::quoted(&entry.name)
            )));
        }
        if count > numbers {
            return Err(broken("a tensor repeats the numbers of its storage"));
        }
        let mut floats = Vec::with_capacity(count);
        let mut place = vec![0; entry.shape.len()];
        for _ in 0..count {
            let at =
                view.offset + place.iter().zip(&view.strides).map(|(i, stride)| i * stride).sum::<usize>();
            floats.push(kind.float(&bytes[at * kind.size()..], big_endian));
            for axis in (0..place.len()).rev() {
                place[axis] += 1;
                if place[axis] < entry.shape[axis] {
                    break;
                }
                place[axis] = 0;
            }
        }
        Ok(floats)
    }
}

/// The tensor that a call makes, with its shape; `None` for another value.
fn tensor(pickle: &Pickle, id: Id) -> Result<Option<(View, Vec<usize>)>, Problem> {
    let Value::Call { function, arguments } = pickle.value(id) else { return Ok(None) };
    let Value::Name(name) = pickle.value(*function) else { return Ok(None) };
    let arguments = pickle.items(*arguments);
    match name.as_str() {
        // A parameter holds a tensor, which cannot be a parameter itself.
        "torch._utils._rebuild_parameter"
        | "torch._utils._rebuild_parameter_with_state"
        | "torch.nn.parameter.Parameter" => arguments.first().map_or(Ok(None), |&data| view(pickle, data)),
        _ => view(pickle, id),
    }
}

/// The view that a call of `_rebuild_tensor_v2(storage, offset, size, stride, ..)` makes.
fn view(pickle: &Pickle, id: Id) -> Result<Option<(View, Vec<usize>)>, Problem> {
    let Value::Call { function, arguments } = pickle.value(id) else { return Ok(None) };
    let is_tensor = matches!(pickle.value(*function), Value::Name(name)
        if name == "torch._utils._rebuild_tensor_v2" || name == "torch._utils._rebuild_tensor");
    if !is_tensor {
        return Ok(None);
    }
    let damaged = || broken("a tensor of its pickle is not valid");
    let &[storage, offset, size, stride, ..] = pickle.items(*arguments) else { return Err(damaged()) };
    let (kind, _, key) = stored(pickle, storage).ok_or_else(damaged)?;
    let sizes = |id| pickle.items(id).iter().map(|&side| pickle.size(side)).collect::<Option<Vec<_>>>();
    let (shape, strides) = sizes(size).zip(sizes(stride)).ok_or_else(damaged)?;
    let offset = pickle.size(offset).ok_or_else(damaged)?;
    if shape.len() != strides.len() || shape.len() > 16 {
        return Err(damaged());
    }
    Ok(Some((View { storage: key.to_owned(), kind, offset, strides }, shape)))
}

/// What a pickle says of a storage: the type of its numbers with their size, and its key.
fn stored(pickle: &Pickle, id: Id) -> Option<(Option<FloatType>, usize, &str)> {
    let Value::Stored(description) = pickle.value(id) else { return None };
    let &[_, kind, key, ..] = pickle.items(*description) else { return None };
    let Value::Name(kind_name) = pickle.value(kind) else { return None };
    let kind = match kind_name.rsplit('.').next()? {
        "FloatStorage" => (Some(FloatType::F32), 4),
        "DoubleStorage" => (Some(FloatType::F64), 8),
        "HalfStorage" => (Some(FloatType::F16), 2),
        "BFloat16Storage" => (Some(FloatType::Bf16), 2),
        "LongStorage" | "ComplexFloatStorage" => (None, 8),
        "IntStorage" | "QInt32Storage" => (None, 4),
        "ShortStorage" => (None, 2),
        "ComplexDoubleStorage" => (None, 16),
        _ => (None, 1),
    };
    Some((kind.0, kind.1, pickle.text(key)?))
}

/// The size of a number in each storage, by key.
fn storage_sizes(pickle: &Pickle) -> Vec<(String, usize)> {
    pickle
        .ids()
        .filter_map(|id| stored(pickle, id))
        .map(|(_, size, key)| (key.to_owned(), size))
        .take(MAX_TENSORS)
        .collect()
}
