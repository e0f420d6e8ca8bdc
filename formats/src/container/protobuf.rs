//! Checks the structure of ONNX files before a library reads them (<https://protobuf.dev/programming-guides/encoding/>).
//!
//! `rten-onnx` 0.27 allocates as many bytes as a field of the file claims, follows graphs in graphs without end, and takes
//! up to a hundred times the bytes of a file of empty messages. It gets only files that pass [`check`].

use crate::error::Problem;

/// The most messages and other fields with a length, in a whole file. A network of 32 layers has about 1,500.
const MAX_FIELDS: usize = 1 << 16;

/// How deep messages may lie in messages. A model without graphs in graphs needs 7.
const MAX_DEPTH: usize = 16;

/// The messages of <https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3> that hold others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Message {
    Model,
    Graph,
    Node,
    Attribute,
    Tensor,
    ValueInfo,
    Type,
    TensorType,
    Sequence,
    Shape,
    /// Nothing with a length in it but texts and bytes.
    Leaf,
}

impl Message {
    /// The message that a field holds; `None` if it holds something else.
    fn inside(self, field: u64) -> Option<Self> {
        Some(match (self, field) {
            (Self::Model, 7) | (Self::Attribute, 6) => Self::Graph,
            (Self::Model, 8 | 14) | (Self::Tensor, 13) | (Self::Shape, 1) => Self::Leaf,
            (Self::Graph, 1) => Self::Node,
            (Self::Graph, 5) | (Self::Attribute, 5) => Self::Tensor,
            (Self::Graph, 11..=13) => Self::ValueInfo,
            (Self::Node, 5) => Self::Attribute,
            (Self::ValueInfo, 2) | (Self::Sequence, 1) => Self::Type,
            (Self::Type, 1) => Self::TensorType,
            (Self::Type, 4) => Self::Sequence,
            (Self::TensorType, 2) => Self::Shape,
            _ => return None,
        })
    }
}

fn broken(reason: &str) -> Problem {
    Problem::damaged("ONNX", reason)
}

/// Checks that every field of a model lies within the message that holds it. Returns whether it holds a graph.
///
/// # Errors
/// [`Problem::Damaged`], or [`Problem::TooLarge`] for a file of very many fields.
pub fn check(bytes: &[u8]) -> Result<bool, Problem> {
    let mut fields = 0;
    walk(bytes, Message::Model, 0, &mut fields)
}

fn walk(mut rest: &[u8], message: Message, depth: usize, fields: &mut usize) -> Result<bool, Problem> {
    if depth > MAX_DEPTH {
        return Err(broken("its messages lie too deep in messages"));
    }
    let mut has_graph = false;
    while !rest.is_empty() {
        let tag = varint(&mut rest)?;
        let field = tag >> 3;
        if field == 0 {
            return Err(broken("a field has no number"));
        }
        let length = match tag & 7 {
            0 => {
                varint(&mut rest)?;
                0
            }
            1 => 8,
            5 => 4,
            2 => usize::try_from(varint(&mut rest)?).map_err(|_| broken("a field is too long"))?,
            _ => return Err(broken("a field is of no type")),
        };
        let (value, after) =
            rest.split_at_checked(length).ok_or_else(|| broken("a field reaches beyond its message"))?;
        rest = after;
        if tag & 7 == 2 {
            *fields += 1;
            if *fields > MAX_FIELDS {
                let what = format!("it has more than {MAX_FIELDS} parts");
                return Err(Problem::TooLarge { what, most: MAX_FIELDS.to_string() });
            }
            if let Some(inside) = message.inside(field) {
                walk(value, inside, depth + 1, fields)?;
                has_graph |= message == Message::Model && inside == Message::Graph;
            }
        }
    }
    Ok(has_graph)
}

fn varint(rest: &mut &[u8]) -> Result<u64, Problem> {
    let mut number = 0_u64;
    for shift in (0..64).step_by(7) {
        let (&byte, after) = rest.split_first().ok_or_else(|| broken("it ends within a number"))?;
        *rest = after;
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Ok(number);
        }
    }
    Err(broken("a number is too long"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn fields_lie_within_their_messages() {
        // A graph (field 7) of 2 bytes, which are a node (field 1) of 0 bytes.
        assert!(check(&[7 << 3 | 2, 2, 1 << 3 | 2, 0]).unwrap());
        assert!(!check(&[1 << 3, 8]).unwrap());
        for bytes in [
            &[7 << 3 | 2, 2, 1 << 3 | 2, 1][..],
            &[0x3a, 0xff, 0xff, 0xff, 0xff, 0x0f],
            &[0x0b],
            &[2],
            &[0x80; 11],
        ] {
            assert!(check(bytes).is_err(), "{bytes:?}");
        }
    }

    #[test]
    fn deep_and_many_messages_are_refused() {
        // A graph, a node, an attribute, a graph, and so on.
        let mut deep = Vec::new();
        for _ in 0..40 {
            for field in [6, 5, 1] {
                deep = [vec![field << 3 | 2, deep.len().min(127) as u8], deep].concat();
                deep.truncate(120);
            }
        }
        deep = [vec![7 << 3 | 2, deep.len() as u8], deep].concat();
        assert!(check(&deep).is_err());
        assert!(check(&[0x3a, 0].repeat(MAX_FIELDS + 1)).unwrap_err().to_string().contains("65536 parts"));
    }

    proptest! {
        #[test]
        fn what_passes_is_read_by_the_library(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            if check(&bytes).is_ok() {
                let _ = rten_onnx::onnx::ModelProto::parse_buf(&bytes);
            }
        }
    }
}
