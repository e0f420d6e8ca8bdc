//! HDF5 files as h5py writes them: superblock 0, version 1 object headers, symbol tables, data in one piece or in one
//! compressed chunk.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;

/// A group or a dataset.
pub enum Node {
    /// Its members and its attributes.
    Group(Vec<(String, Node)>, Vec<(String, Vec<String>)>),
    /// Its shape and its numbers.
    Floats(Vec<u64>, Vec<f32>),
    /// Its shape and its texts.
    Texts(Vec<u64>, Vec<String>),
    /// Floats in one compressed chunk.
    Chunk(Vec<u64>, Vec<f32>),
}

/// An address that is not set.
const UNDEFINED: u64 = u64::MAX;

/// A file with that root.
pub fn file(root: &Node) -> Vec<u8> {
    let mut bytes = vec![0; 96];
    let header = write(root, &mut bytes);
    let end = bytes.len() as u64;
    let mut start = b"\x89HDF\r\n\x1a\n\0\0\0\0\0\x08\x08\0\x04\0\x10\0\0\0\0\0".to_vec();
    for number in [0, UNDEFINED, end, UNDEFINED, 0, header, 0, 0, 0] {
        start.extend(number.to_le_bytes());
    }
    bytes[..96].copy_from_slice(&start);
    bytes
}

/// Corrects the length that a damaged file claims.
pub fn repair(bytes: &mut [u8]) {
    let length = (bytes.len() as u64).to_le_bytes();
    if let Some(place) = bytes.get_mut(40..48) {
        place.copy_from_slice(&length);
    }
}

fn padded(bytes: &[u8]) -> Vec<u8> {
    let mut padded = bytes.to_vec();
    padded.resize(bytes.len().next_multiple_of(8), 0);
    padded
}

/// Writes a node; returns the address of its header.
fn write(node: &Node, bytes: &mut Vec<u8>) -> u64 {
    let messages = match node {
        Node::Group(members, attributes) => group(members, attributes, bytes),
        Node::Floats(shape, numbers) => {
            let data: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
            vec![message(1, &space(shape)), message(3, &float()), message(8, &contiguous(&data, bytes))]
        }
        Node::Texts(shape, texts) => {
            let length = texts.iter().map(String::len).max().unwrap_or(0).max(1);
            let data = fixed(texts, length);
            vec![message(1, &space(shape)), message(3, &text(length)), message(8, &contiguous(&data, bytes))]
        }
        Node::Chunk(shape, numbers) => {
            let data: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
            let filter =
                [&[1, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0][..], &[4, 0, 0, 0, 0, 0, 0, 0]].concat();
            let layout = chunk(shape, &data, bytes);
            vec![message(1, &space(shape)), message(3, &float()), message(8, &layout), message(11, &filter)]
        }
    };
    place(bytes);
    let address = bytes.len() as u64;
    bytes.extend([1, 0]);
    bytes.extend((messages.len() as u16).to_le_bytes());
    bytes.extend(1_u32.to_le_bytes());
    bytes.extend((messages.concat().len() as u32).to_le_bytes());
    bytes.extend([0; 4]);
    bytes.extend(messages.concat());
    address
}

fn place(bytes: &mut Vec<u8>) {
    bytes.resize(bytes.len().next_multiple_of(8), 0);
}

fn message(kind: u16, body: &[u8]) -> Vec<u8> {
    let body = padded(body);
    [&kind.to_le_bytes()[..], &(body.len() as u16).to_le_bytes(), &[0; 4], &body].concat()
}

fn space(shape: &[u64]) -> Vec<u8> {
    let sides: Vec<u8> = shape.iter().flat_map(|side| side.to_le_bytes()).collect();
    [&[1, shape.len() as u8, 0, 0, 0, 0, 0, 0][..], &sides].concat()
}

fn float() -> Vec<u8> {
    vec![0x11, 0x20, 0x1f, 0, 4, 0, 0, 0, 0, 0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0]
}

fn text(length: usize) -> Vec<u8> {
    [&[0x13, 0, 0, 0][..], &(length as u32).to_le_bytes()].concat()
}

fn fixed(texts: &[String], length: usize) -> Vec<u8> {
    let one = |text: &String| {
        let mut bytes = text.clone().into_bytes();
        bytes.resize(length, 0);
        bytes
    };
    texts.iter().flat_map(one).collect()
}

fn contiguous(data: &[u8], bytes: &mut Vec<u8>) -> Vec<u8> {
    place(bytes);
    let address = bytes.len() as u64;
    bytes.extend(data);
    [&[3, 1][..], &address.to_le_bytes(), &(data.len() as u64).to_le_bytes()].concat()
}

fn chunk(shape: &[u64], data: &[u8], bytes: &mut Vec<u8>) -> Vec<u8> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
    let _ = packed.write_all(data);
    let packed = packed.finish().unwrap_or_default();
    place(bytes);
    let at = bytes.len() as u64;
    bytes.extend(&packed);
    place(bytes);
    let tree = bytes.len() as u64;
    bytes.extend(b"TREE\x01\0\x01\0");
    bytes.extend([UNDEFINED.to_le_bytes(), UNDEFINED.to_le_bytes()].concat());
    bytes.extend((packed.len() as u32).to_le_bytes());
    bytes.extend([0; 4]);
    bytes.extend(vec![0; 8 * (shape.len() + 1)]);
    bytes.extend(at.to_le_bytes());
    bytes.extend(vec![0; 8 * (shape.len() + 2)]);
    let sides: Vec<u8> = shape.iter().flat_map(|&side| (side as u32).to_le_bytes()).collect();
    [&[3, 2, shape.len() as u8 + 1][..], &tree.to_le_bytes(), &sides, &4_u32.to_le_bytes()].concat()
}

/// The messages of a group: its symbol table and its attributes.
fn group(
    members: &[(String, Node)],
    attributes: &[(String, Vec<String>)],
    bytes: &mut Vec<u8>,
) -> Vec<Vec<u8>> {
    let mut names = vec![0; 8];
    let mut symbols = Vec::new();
    for (name, node) in members {
        let header = write(node, bytes);
        symbols.extend((names.len() as u64).to_le_bytes());
        symbols.extend(header.to_le_bytes());
        symbols.extend([0; 24]);
        names.extend(padded(format!("{name}\0").as_bytes()));
    }
    place(bytes);
    let table = bytes.len() as u64;
    bytes.extend(b"SNOD\x01\0");
    bytes.extend((members.len() as u16).to_le_bytes());
    bytes.extend(symbols);
    let tree = bytes.len() as u64;
    bytes.extend(b"TREE\0\0\x01\0");
    for number in [UNDEFINED, UNDEFINED, 0, table, names.len() as u64] {
        bytes.extend(number.to_le_bytes());
    }
    let heap = bytes.len() as u64;
    bytes.extend(b"HEAP\0\0\0\0");
    for number in [names.len() as u64, UNDEFINED, heap + 32] {
        bytes.extend(number.to_le_bytes());
    }
    bytes.extend(names);
    let mut messages = vec![message(17, &[tree.to_le_bytes(), heap.to_le_bytes()].concat())];
    for (name, texts) in attributes {
        let length = texts.iter().map(String::len).max().unwrap_or(0).max(1);
        let (name, kind, space) = (format!("{name}\0"), text(length), space(&[texts.len() as u64]));
        let sizes = [name.len(), kind.len(), space.len()].map(|size| (size as u16).to_le_bytes()).concat();
        let parts = [padded(name.as_bytes()), padded(&kind), padded(&space), fixed(texts, length)].concat();
        messages.push(message(12, &[&[1, 0][..], &sizes, &parts].concat()));
    }
    messages
}
