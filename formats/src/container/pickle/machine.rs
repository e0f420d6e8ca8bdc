//! The machine that reads a pickle.

use super::names::is_allowed;
use super::value::{Id, Value, broken};
use crate::error::Problem;
use crate::text::shortened;

/// The most instructions of a pickle. A state dict takes about 25 for each tensor.
pub(super) const MAX_INSTRUCTIONS: usize = 1 << 18;

/// The longest text or name, in bytes.
const MAX_TEXT: usize = 1 << 16;

/// The values of a pickle.
#[derive(Debug)]
pub struct Pickle {
    values: Vec<Value>,
    /// The value that the pickle is of.
    pub root: Id,
}

impl Pickle {
    /// The value at a place.
    #[must_use]
    pub fn value(&self, id: Id) -> &Value {
        self.values.get(id as usize).unwrap_or(&Value::None)
    }

    /// The places of all values.
    pub fn ids(&self) -> impl Iterator<Item = Id> + use<> {
        0..self.values.len() as Id
    }

    /// The items of a tuple or list; none of other values.
    #[must_use]
    pub fn items(&self, id: Id) -> &[Id] {
        match self.value(id) {
            Value::Tuple(items) | Value::List(items) => items,
            _ => &[],
        }
    }

    /// The text at a place.
    #[must_use]
    pub fn text(&self, id: Id) -> Option<&str> {
        match self.value(id) {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The whole number at a place, if it can count something.
    #[must_use]
    pub fn size(&self, id: Id) -> Option<usize> {
        match self.value(id) {
            Value::Int(number) => usize::try_from(*number).ok(),
            _ => None,
        }
    }
}

/// Reads the pickle at the start of `bytes`. Returns it with the number of bytes that it takes.
///
/// # Errors
/// [`Problem::Global`] names what the pickle refers to beyond the list of what is read; [`Problem::Damaged`] and
/// [`Problem::TooLarge`].
pub fn read(bytes: &[u8]) -> Result<(Pickle, usize), Problem> {
    let mut machine = Machine {
        bytes,
        at: 0,
        values: Vec::new(),
        stack: Vec::new(),
        marks: Vec::new(),
        memo: Vec::new(),
        remembered: 0,
        copied: 0,
    };
    for _ in 0..MAX_INSTRUCTIONS {
        if let Some(root) = machine.step()? {
            return Ok((Pickle { values: machine.values, root }, machine.at));
        }
    }
    let what = format!("its pickle has more than {MAX_INSTRUCTIONS} instructions");
    Err(Problem::TooLarge { what, most: MAX_INSTRUCTIONS.to_string() })
}

struct Machine<'a> {
    bytes: &'a [u8],
    at: usize,
    values: Vec<Value>,
    stack: Vec<Id>,
    /// Heights of the stack at the marks.
    marks: Vec<usize>,
    /// Values by their place in the memo; `Id::MAX` where there is none.
    memo: Vec<Id>,
    /// How many values are in the memo.
    remembered: u32,
    /// Items of dictionaries that were made of lists.
    copied: usize,
}

impl Machine<'_> {
    /// Does the next instruction. Returns the value that the pickle is of at its end.
    fn step(&mut self) -> Result<Option<Id>, Problem> {
        let [code] = self.take()?;
        match code {
            b'.' => return self.pop().map(Some),
            // PROTO, FRAME
            0x80 => drop(self.take::<1>()?),
            0x95 => drop(self.take::<8>()?),
            b'(' => self.marks.push(self.stack.len()),
            b'0' => drop(self.pop()?),
            b'1' => drop(self.take_to_mark()?),
            b'2' => {
                let top = self.top()?;
                self.stack.push(top);
            }
            b'N' => self.push(Value::None),
            0x88 => self.push(Value::Bool(true)),
            0x89 => self.push(Value::Bool(false)),
            b'K' => {
                let [byte] = self.take()?;
                self.push(Value::Int(byte.into()));
            }
            b'M' => {
                let number = u16::from_le_bytes(self.take()?);
                self.push(Value::Int(number.into()));
            }
            b'J' => {
                let number = i32::from_le_bytes(self.take()?);
                self.push(Value::Int(number.into()));
            }
            b'I' => self.integer_line()?,
            b'L' => {
                let line = self.line()?.trim_end_matches('L').to_owned();
                let number = line.parse().map_err(|_| broken("a number is not whole"))?;
                self.push(Value::Int(number));
            }
            0x8a => {
                let [length] = self.take()?;
                self.long(length.into())?;
            }
            0x8b => {
                let length = self.length()?;
                self.long(length)?;
            }
            b'G' => {
                let number = f64::from_be_bytes(self.take()?);
                self.push(Value::Float(number));
            }
            b'F' => {
                let number = self.line()?.trim().parse().map_err(|_| broken("a number is not valid"))?;
                self.push(Value::Float(number));
            }
            // Texts: BINUNICODE, SHORT_BINUNICODE, BINUNICODE8, BINSTRING, SHORT_BINSTRING
            b'X' | b'T' => {
                let length = self.length()?;
                self.text(length)?;
            }
            0x8c | b'U' => {
                let [length] = self.take()?;
                self.text(length.into())?;
            }
            0x8d => {
                let length = self.long_length()?;
                self.text(length)?;
            }
            b'V' | b'S' => {
                let line = self.line()?.trim_matches(['\'', '"']).to_owned();
                self.push(Value::Text(line));
            }
            // Bytes: BINBYTES, SHORT_BINBYTES, BINBYTES8, BYTEARRAY8
            b'B' => {
                let length = self.length()?;
                self.skip_bytes(length)?;
            }
            b'C' => {
                let [length] = self.take()?;
                self.skip_bytes(length.into())?;
            }
            0x8e | 0x96 => {
                let length = self.long_length()?;
                self.skip_bytes(length)?;
            }
            b')' => self.push(Value::Tuple(Vec::new())),
            b't' => {
                let items = self.take_to_mark()?;
                self.push(Value::Tuple(items));
            }
            0x85..=0x87 => {
                let from = self.stack.len().checked_sub(usize::from(code - 0x84)).ok_or_else(empty)?;
                let items = self.stack.split_off(from);
                self.push(Value::Tuple(items));
            }
            b']' | 0x8f => self.push(Value::List(Vec::new())),
            b'l' | 0x91 => {
                let items = self.take_to_mark()?;
                self.push(Value::List(items));
            }
            b'a' => {
                let item = self.pop()?;
                self.append(&[item])?;
            }
            b'e' | 0x90 => {
                let items = self.take_to_mark()?;
                self.append(&items)?;
            }
            b'}' => self.push(Value::Dict(Vec::new())),
            b'd' => {
                let items = self.take_to_mark()?;
                self.push(Value::Dict(Vec::new()));
                self.set_items(&items)?;
            }
            b's' => {
                let (value, key) = (self.pop()?, self.pop()?);
                self.set_items(&[key, value])?;
            }
            b'u' => {
                let items = self.take_to_mark()?;
                self.set_items(&items)?;
            }
            b'c' => {
                let (module, name) = (self.line()?.to_owned(), self.line()?.to_owned());
                self.name(&module, &name)?;
            }
            0x93 => {
                let (name, module) = (self.pop()?, self.pop()?);
                let text = |id| match self.values.get(id as usize) {
                    Some(Value::Text(text)) => Ok(text.clone()),
                    _ => Err(broken("a name is not text")),
                };
                let (module, name) = (text(module)?, text(name)?);
                self.name(&module, &name)?;
            }
            // REDUCE, NEWOBJ
            b'R' | 0x81 => {
                let (arguments, function) = (self.pop()?, self.pop()?);
                self.call(function, arguments)?;
            }
            0x92 => {
                let _keywords = self.pop()?;
                let (arguments, function) = (self.pop()?, self.pop()?);
                self.call(function, arguments)?;
            }
            // BUILD gives a value its attributes: torch keeps the versions of layers there.
            b'b' => {
                self.pop()?;
                self.top()?;
            }
            b'Q' => {
                let id = self.pop()?;
                self.push(Value::Stored(id));
            }
            b'q' => {
                let [at] = self.take()?;
                self.remember(at.into())?;
            }
            b'r' => {
                let at = u32::from_le_bytes(self.take()?);
                self.remember(at)?;
            }
            b'p' => {
                let at = self.memo_line()?;
                self.remember(at)?;
            }
            0x94 => {
                let at = self.remembered;
                self.remember(at)?;
            }
            b'h' => {
                let [at] = self.take()?;
                self.recall(at.into())?;
            }
            b'j' => {
                let at = u32::from_le_bytes(self.take()?);
                self.recall(at)?;
            }
            b'g' => {
                let at = self.memo_line()?;
                self.recall(at)?;
            }
            _ => {
                return Err(broken(format!(
                    "the instruction {code:#04x} at byte {} is not read",
                    self.at - 1
                )));
            }
        }
        Ok(None)
    }

    fn push(&mut self, value: Value) {
        // There are fewer values than instructions.
        self.stack.push(self.values.len() as Id);
        self.values.push(value);
    }

    fn pop(&mut self) -> Result<Id, Problem> {
        // What lies below a mark belongs to what was begun before it.
        let floor = self.marks.last().copied().unwrap_or(0);
        if self.stack.len() <= floor {
            return Err(empty());
        }
        self.stack.pop().ok_or_else(empty)
    }

    fn top(&self) -> Result<Id, Problem> {
        self.stack.last().copied().ok_or_else(empty)
    }

    /// Takes everything above the last mark from the stack.
    fn take_to_mark(&mut self) -> Result<Vec<Id>, Problem> {
        let mark = self.marks.pop().ok_or_else(|| broken("a mark is missing"))?;
        if mark > self.stack.len() {
            return Err(empty());
        }
        Ok(self.stack.split_off(mark))
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N], Problem> {
        let bytes = self.bytes.get(self.at..).and_then(|rest| rest.first_chunk()).ok_or_else(ended)?;
        self.at += N;
        Ok(*bytes)
    }

    fn slice(&mut self, length: usize) -> Result<&[u8], Problem> {
        let end = self.at.checked_add(length).ok_or_else(ended)?;
        let slice = self.bytes.get(self.at..end).ok_or_else(ended)?;
        self.at = end;
        Ok(slice)
    }

    fn length(&mut self) -> Result<usize, Problem> {
        usize::try_from(u32::from_le_bytes(self.take()?)).map_err(broken)
    }

    fn long_length(&mut self) -> Result<usize, Problem> {
        usize::try_from(u64::from_le_bytes(self.take()?)).map_err(broken)
    }

    fn line(&mut self) -> Result<&str, Problem> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let rest = rest.get(..MAX_TEXT.min(rest.len())).unwrap_or_default();
        let length = rest.iter().position(|&byte| byte == b'\n').ok_or_else(ended)?;
        self.at += length + 1;
        str::from_utf8(&rest[..length]).map_err(|_| broken("a text is not UTF-8"))
    }

    fn memo_line(&mut self) -> Result<u32, Problem> {
        self.line()?.trim().parse().map_err(|_| broken("a place in the memo is no number"))
    }

    /// INT: a number, or a truth value in two digits.
    fn integer_line(&mut self) -> Result<(), Problem> {
        let value = match self.line()? {
            "00" => Value::Bool(false),
            "01" => Value::Bool(true),
            line => Value::Int(line.trim().parse().map_err(|_| broken("a number is not whole"))?),
        };
        self.push(value);
        Ok(())
    }

    /// A number in two's complement, little-endian, cut to 64 bits.
    fn long(&mut self, length: usize) -> Result<(), Problem> {
        let bytes = self.slice(length)?;
        let negative = bytes.last().is_some_and(|byte| byte & 0x80 != 0);
        let mut number = if negative { [0xff; 8] } else { [0; 8] };
        number.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
        self.push(Value::Int(i64::from_le_bytes(number)));
        Ok(())
    }

    fn text(&mut self, length: usize) -> Result<(), Problem> {
        if length > MAX_TEXT {
            let what = format!("a text of the pickle has {length} bytes");
            return Err(Problem::TooLarge { what, most: MAX_TEXT.to_string() });
        }
        let text = String::from_utf8_lossy(self.slice(length)?).into_owned();
        self.push(Value::Text(text));
        Ok(())
    }

    fn skip_bytes(&mut self, length: usize) -> Result<(), Problem> {
        self.slice(length)?;
        self.push(Value::Bytes);
        Ok(())
    }

    fn name(&mut self, module: &str, name: &str) -> Result<(), Problem> {
        let full = format!("{module}.{name}");
        if !is_allowed(module, name) {
            return Err(Problem::Global { name: shortened(&full, 120) });
        }
        self.push(Value::Name(full));
        Ok(())
    }

    /// A call. An `OrderedDict` is a dictionary, and a set a list, which later instructions fill.
    fn call(&mut self, function: Id, arguments: Id) -> Result<(), Problem> {
        let name = match self.values.get(function as usize) {
            Some(Value::Name(name)) => name.as_str(),
            _ => "",
        };
        let value = match name {
            "collections.OrderedDict"
            | "collections.defaultdict"
            | "collections.Counter"
            | "argparse.Namespace" => Value::Dict(self.pairs(arguments)),
            "builtins.set" | "__builtin__.set" => Value::List(Vec::new()),
            _ => Value::Call { function, arguments },
        };
        if let Value::Dict(pairs) = &value {
            // A list may be given to many of them.
            self.copied += pairs.len();
            if self.copied > MAX_INSTRUCTIONS {
                return Err(broken("its dictionaries have too many items"));
            }
        }
        self.push(value);
        Ok(())
    }

    /// The pairs that Python 2 gives to an `OrderedDict`: a list of lists of two.
    fn pairs(&self, arguments: Id) -> Vec<(Id, Id)> {
        let items = |id: Id| match self.values.get(id as usize) {
            Some(Value::Tuple(items) | Value::List(items)) => items.as_slice(),
            _ => &[],
        };
        let [list] = items(arguments) else { return Vec::new() };
        items(*list)
            .iter()
            .filter_map(|&pair| <[Id; 2]>::try_from(items(pair)).ok())
            .map(|[k, v]| (k, v))
            .collect()
    }

    fn append(&mut self, items: &[Id]) -> Result<(), Problem> {
        let top = self.top()? as usize;
        match self.values.get_mut(top) {
            Some(Value::List(list)) => list.extend(items),
            _ => return Err(broken("items are given to what is no list")),
        }
        Ok(())
    }

    fn set_items(&mut self, items: &[Id]) -> Result<(), Problem> {
        let top = self.top()? as usize;
        match self.values.get_mut(top) {
            Some(Value::Dict(pairs)) => pairs.extend(items.chunks_exact(2).map(|pair| (pair[0], pair[1]))),
            _ => return Err(broken("items are given to what is no dictionary")),
        }
        Ok(())
    }

    fn remember(&mut self, at: u32) -> Result<(), Problem> {
        let top = self.top()?;
        let at = usize::try_from(at).ok().filter(|&at| at < MAX_INSTRUCTIONS);
        let at = at.ok_or_else(|| broken("a place in the memo is out of range"))?;
        if self.memo.len() <= at {
            self.memo.resize(at + 1, Id::MAX);
        }
        self.remembered += u32::from(self.memo[at] == Id::MAX);
        self.memo[at] = top;
        Ok(())
    }

    fn recall(&mut self, at: u32) -> Result<(), Problem> {
        let id = self.memo.get(at as usize).copied().filter(|&id| id != Id::MAX);
        self.stack.push(id.ok_or_else(|| broken("a place in the memo is empty"))?);
        Ok(())
    }
}

fn empty() -> Problem {
    broken("its stack is empty")
}

fn ended() -> Problem {
    broken("it ends too early")
}
