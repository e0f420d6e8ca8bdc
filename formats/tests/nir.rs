//! NIR files as frameworks read them: recordings of the frameworks, and graphs that are written and read back.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use spikepad::dialect::nir::{
    Graph, GraphNode, Importer, NeuronKind, NeuronNode, Node, NodeArray, ReadAs, ReadingTrace,
};
use spikepad::dialect::{Dialect, Given, SpikeTrain, Trace};
use spikepad::{Activation, Description, Layer, Model, Network, Npz, Numbers, Weights};
use spikepad_formats::{NamedBytes, nir_graph, write_nir};

/// Recordings of the frameworks, which `tests/reference/record_nir.py` made.
const RECORDINGS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/nir");

fn graph_of(bytes: &[u8]) -> Graph {
    nir_graph(NamedBytes { name: "graph.nir", bytes }).unwrap()
}

fn bytes_of(npz: &mut Npz, name: &str) -> Vec<u8> {
    match npz.array(name).unwrap().into_numbers() {
        Numbers::U8(bytes) => bytes,
        _ => panic!("{name} is uint8"),
    }
}

fn trace(graph: &Graph, read_as: ReadAs, inputs: usize, spikes: &[u8]) -> ReadingTrace {
    let train = SpikeTrain::new(inputs, spikes.to_vec()).unwrap();
    graph.read_as(read_as).unwrap().trace(&train).unwrap()
}

/// Compares a file's reading with a recording; returns the number of spikes.
fn compare(path: &Path) -> u64 {
    let name = path.file_stem().unwrap().to_str().unwrap();
    let (case, framework) = name.split_once("__").unwrap();
    let importer: Importer = framework.parse().unwrap();
    let dt = case.strip_prefix("dt").map(|dt| dt.parse().unwrap());
    let file = fs::read(path).unwrap();
    let mut npz = Npz::open(&file).unwrap();
    let graph = graph_of(&bytes_of(&mut npz, "graph"));
    let inputs = npz.shape("spikes").unwrap()[1];
    let spikes = bytes_of(&mut npz, "spikes");
    let ReadingTrace { trace, potentials } = trace(&graph, ReadAs { importer, dt }, inputs, &spikes);
    let mut total = 0;
    for (i, layer) in trace.layers.iter().enumerate() {
        let recorded = npz.array(&format!("s{}", i + 1)).unwrap().to_f64();
        let found: Vec<f64> = match &potentials {
            Some(potentials) if i + 1 == trace.layers.len() => {
                potentials.iter().copied().map(f64::from).collect()
            }
            _ => layer.spikes.iter().copied().map(f64::from).collect(),
        };
        let differ = found.iter().zip(&recorded).filter(|(found, recorded)| found != recorded).count();
        assert_eq!((found.len(), differ), (recorded.len(), 0), "{name}, layer {}", i + 1);
        total += layer.spikes.iter().map(|&count| u64::from(count)).sum::<u64>();
    }
    total
}

#[test]
fn every_reading_has_the_spikes_of_its_framework() {
    let mut recordings: Vec<_> =
        fs::read_dir(RECORDINGS).unwrap().map(|entry| entry.unwrap().path()).collect();
    recordings.sort();
    for importer in Importer::ALL.iter().filter(|importer| **importer != Importer::Equations) {
        let own =
            recordings.iter().filter(|path| path.to_str().unwrap().ends_with(&format!("__{importer}.npz")));
        let spikes: u64 = own.map(|path| compare(path)).sum();
        assert!(spikes > 500, "{importer}: {spikes} spikes");
    }
}

/// A network of 64 inputs, 12 hidden neurons and 10 outputs, whose numbers `seed` draws.
fn model(seed: u64, has_bias: bool) -> Model {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        // Multiples of 1/32, whose sums are exact in every order.
        ((state >> 40) % 64) as f32 / 32.0 - 0.75
    };
    let mut layer = |name: &str, inputs: usize, outputs: usize, activation| {
        let weights = ndarray::Array2::from_shape_fn((inputs, outputs), |_| next());
        let layer = Layer::new(name, Weights::Float(weights), activation);
        if has_bias { layer.with_bias(ndarray::Array1::from_shape_fn(outputs, |_| next())) } else { layer }
    };
    let layers = [layer("hidden", 64, 12, Activation::Relu), layer("output", 12, 10, Activation::Softmax)];
    Model::new(Network::new(layers.to_vec()).unwrap(), Description::default()).unwrap()
}

/// Dialects that a file can hold, with parameters.
fn expressible() -> impl Strategy<Value = (Importer, &'static str, Vec<(&'static str, Given)>)> {
    let number = |range: std::ops::Range<f64>| range.prop_map(Given::Number);
    prop_oneof![
        (number(0.0..1.0), number(0.1..9.0), prop::sample::select(vec![0.5, 1.0, 2.0])).prop_map(
            |(beta, threshold, scale)| {
                let set =
                    vec![("beta", beta), ("threshold", threshold), ("weight_scale", Given::Number(scale))];
                (Importer::SnnTorch, "snntorch_zero", set)
            }
        ),
        (number(1.1..30.0), any::<bool>(), number(0.1..9.0), number(-0.9..0.05)).prop_map(
            |(tau, decays, v, reset)| {
                let set = vec![
                    ("tau", tau),
                    ("decay_input", Given::Switch(decays)),
                    ("v_threshold", v),
                    ("v_reset", reset),
                ];
                (Importer::SpikingJelly, "spikingjelly", set)
            }
        ),
        (number(0.1..9.0), number(-0.9..0.05)).prop_map(|(v, reset)| {
            (Importer::SpikingJelly, "spikingjelly_if", vec![("v_threshold", v), ("v_reset", reset)])
        }),
        (number(1.0..50.0), number(0.1..9.0)).prop_map(|(tau, v)| {
            (Importer::Sinabs, "sinabs_nonorm", vec![("tau_mem", tau), ("spike_threshold", v)])
        }),
        number(0.1..9.0).prop_map(|v| (Importer::Norse, "norse_box", vec![("v_th", v)])),
        (number(0.5..9.0), number(0.002..0.05)).prop_map(|(v, tau)| {
            (Importer::Rockpool, "rockpool", vec![("threshold", v), ("tau_syn", tau)])
        }),
    ]
}

fn node_array(count: usize) -> impl Strategy<Value = NodeArray> {
    let shape = prop_oneof![Just(vec![count]), Just(Vec::new())];
    (shape, any::<bool>(), prop::collection::vec(-1e3..1e3_f64, count)).prop_map(|(shape, single, values)| {
        let values = if shape.is_empty() { values[..1].to_vec() } else { values };
        NodeArray::new(&shape, values, single).unwrap()
    })
}

fn neurons(count: usize) -> impl Strategy<Value = Node> {
    prop::sample::select(&NeuronKind::ALL[..]).prop_flat_map(move |kind| {
        let names: Vec<_> = kind.needed().iter().chain(kind.optional()).copied().collect();
        let arrays = prop::collection::vec(node_array(count), names.len());
        arrays.prop_map(move |arrays| {
            let parameters = names.iter().copied().zip(arrays).collect();
            Node::Neurons(NeuronNode::new(kind, parameters).unwrap())
        })
    })
}

fn node() -> impl Strategy<Value = Node> {
    let side = 1..6_usize;
    prop_oneof![
        (side.clone(), side, any::<bool>(), any::<u32>()).prop_map(|(inputs, outputs, has_bias, seed)| {
            let number = |i: usize| (seed.wrapping_mul(i as u32 + 7) % 1000) as f32 / 64.0 - 5.0;
            let weights = ndarray::Array2::from_shape_fn((inputs, outputs), |(i, j)| number(i * 9 + j));
            Node::Weights { weights, bias: has_bias.then(|| (0..outputs).map(number).collect()) }
        }),
        (1..6_usize).prop_flat_map(neurons),
        (1..6_usize).prop_flat_map(node_array).prop_map(Node::Scale),
        (1..6_usize).prop_flat_map(node_array).prop_map(Node::Threshold),
        (prop::option::of(prop::collection::vec(1..9_usize, 1..4)), -1..3_i64, -1..3_i64)
            .prop_map(|(input, start, end)| Node::Flatten { input, start, end }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// The readings are those of the frameworks, so the file gives the dialect's spikes in the framework, too.
    #[test]
    fn a_written_file_is_read_back_to_the_spikes_of_the_dialect(
        (importer, name, set) in expressible(), seed: u64, has_bias: bool,
    ) {
        let model = model(seed, has_bias);
        let mut dialect = Dialect::named(name).unwrap();
        set.iter().for_each(|(name, value)| dialect.set(name, value).unwrap());
        let graph = graph_of(&write_nir(&Graph::of(&model, &dialect, importer).unwrap()).unwrap());
        let spikes: Vec<u8> = (0..64 * 40).map(|i| u8::from((i * 7919 + i / 64 * 31) % 5 < 2)).collect();
        let train = SpikeTrain::new(64, spikes.clone()).unwrap();
        let expected = Trace::of(&model, &dialect, &train, &[]).unwrap();
        let found = trace(&graph, ReadAs { importer, dt: None }, 64, &spikes).trace;
        for (found, expected) in found.layers.iter().zip(&expected.layers) {
            prop_assert_eq!(&found.spikes, &expected.spikes);
        }
    }

    #[test]
    fn every_graph_is_read_as_it_was_written(inner in prop::collection::vec(node(), 0..9), version in "[0-9.]{1,6}") {
        let ends = [(Node::Input(vec![1, 8, 8]), "input"), (Node::Output(vec![10]), "output")];
        let [first, last] = ends.map(|(node, name)| GraphNode { name: name.into(), node });
        let inner = inner.into_iter().enumerate().map(|(i, node)| GraphNode { name: format!("n{i}"), node });
        let nodes = std::iter::once(first).chain(inner).chain([last]).collect();
        let graph = Graph { version: Some(version), nodes };
        prop_assert_eq!(graph_of(&write_nir(&graph).unwrap()), graph);
    }
}

#[test]
fn what_an_importer_does_not_read_is_not_written() {
    let refused = |importer, name: &str, set: &[(&str, Given)]| {
        let mut dialect = Dialect::named(name).unwrap();
        set.iter().for_each(|(name, value)| dialect.set(name, value).unwrap());
        Graph::of(&model(1, false), &dialect, importer).unwrap_err().to_string()
    };
    let contains = |text: String, part: &str| assert!(text.contains(part), "{text}");
    contains(refused(Importer::SnnTorch, "snntorch", &[]), "reset_mechanism=zero");
    contains(refused(Importer::SnnTorch, "norse", &[]), "neurons of Norse");
    contains(refused(Importer::SpikingJelly, "spikingjelly_tau20_soft", &[]), "no reset by subtraction");
    contains(
        refused(Importer::SpikingJelly, "spikingjelly", &[("tau", Given::Number(1.0))]),
        "more than one step",
    );
    contains(refused(Importer::Sinabs, "sinabs", &[]), "norm_input=false");
    contains(refused(Importer::Sinabs, "sinabs_iaf", &[]), "lowest potential");
    contains(refused(Importer::Norse, "norse", &[]), "norse_box");
    contains(refused(Importer::Rockpool, "rockpool_single", &[]), "65536");
}
