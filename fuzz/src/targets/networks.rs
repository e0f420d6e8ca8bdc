//! Networks of other programs: Keras, PyTorch, ONNX, NIR and TensorFlow.js.

use spikepad::dialect::SpikeTrain;
use spikepad::dialect::nir::{Importer, ReadAs};
use spikepad_formats::{NamedBytes, Options, nir_graph, open};

use super::archives;
use super::hdf5::{self, Node};
use crate::input::decimal;
use crate::random::Random;
use crate::target::{Target, leave};
use crate::watch::Reading;

/// Keras's HDF5 files, and `.keras`.
pub const KERAS: Target =
    Target { name: "keras", examples: keras_examples, generate: keras, repair: repair_hdf5, read };

/// PyTorch's archives and its older stream.
pub const TORCH: Target =
    Target { name: "torch", examples: torch_examples, generate: torch, repair: repair_torch, read };

/// ONNX models.
pub const ONNX: Target =
    Target { name: "onnx", examples: onnx_examples, generate: onnx, repair: leave, read };

/// NIR graphs.
pub const NIR: Target =
    Target { name: "nir", examples: nir_examples, generate: nir, repair: repair_hdf5, read: read_nir };

/// TensorFlow.js: the JSON, a zero, and the weights.
pub const TFJS: Target =
    Target { name: "tfjs", examples: tfjs_examples, generate: tfjs, repair: leave, read: read_tfjs };

/// Opens a file of any format, without digits to try it on.
pub fn read(bytes: &[u8]) -> Reading {
    let opened = open(&[NamedBytes { name: "input", bytes }], &Options::default());
    opened.map(|opened| Box::new(opened) as Box<_>).map_err(|e| e.to_string())
}

/// Also runs the neurons of a graph as each framework reads them.
fn read_nir(bytes: &[u8]) -> Reading {
    if let Ok(graph) = nir_graph(NamedBytes { name: "input", bytes }) {
        for &importer in Importer::ALL {
            let Ok(mut reading) = graph.read_as(ReadAs { importer, dt: None }) else { continue };
            let inputs = reading.sizes()[0];
            if let Ok(train) = SpikeTrain::new(inputs, vec![1; 2 * inputs]) {
                let _ = reading.trace(&train);
            }
        }
    }
    read(bytes)
}

fn read_tfjs(bytes: &[u8]) -> Reading {
    let at = bytes.iter().position(|&byte| byte == 0).unwrap_or(bytes.len());
    let (json, weights) = bytes.split_at(at);
    let files = [
        NamedBytes { name: "model.json", bytes: json },
        NamedBytes { name: "w.bin", bytes: weights.get(1..).unwrap_or_default() },
    ];
    let opened = open(&files, &Options::default());
    opened.map(|opened| Box::new(opened) as Box<_>).map_err(|e| e.to_string())
}

#[expect(clippy::ptr_arg, reason = "the other readers' repairs change the length")]
fn repair_hdf5(bytes: &mut Vec<u8>, random: &mut Random) {
    if !random.once_in(8) {
        hdf5::repair(bytes);
    }
}

/// Small numbers, one of them odd at times.
fn numbers(count: u64, random: &mut Random) -> Vec<f32> {
    let odd = [f32::NAN, f32::INFINITY, 1e38, -1e38, 1e-40];
    let mut numbers: Vec<f32> = (0..count.min(3000)).map(|i| (i % 7) as f32 - 3.0).collect();
    if random.once_in(12) && !numbers.is_empty() {
        let at = random.below(numbers.len());
        numbers[at] = random.pick(&odd);
    }
    numbers
}

/// The sides of a few layers that chain, mostly.
fn sides(random: &mut Random) -> Vec<[u64; 2]> {
    let count = if random.once_in(10) { random.below(40) } else { 1 + random.below(3) };
    let mut inputs = random.pick(&[64, 64, 64, 100, 784]);
    let mut sides = Vec::new();
    for i in 0..count {
        let outputs = if random.once_in(15) { random.edge() } else { random.pick(&[2, 3, 10]) };
        sides.push([if random.once_in(30) { random.edge() } else { inputs }, outputs]);
        inputs = outputs;
        if i > 1 && inputs > 20 {
            break;
        }
    }
    sides
}

fn product(sides: &[u64]) -> u64 {
    sides.iter().fold(1, |product: u64, &side| product.saturating_mul(side))
}

fn dense(name: &str, activation: &str) -> String {
    format!(
        r#"{{"class_name":"Dense","config":{{"name":"{name}","activation":"{activation}","use_bias":true}}}}"#
    )
}

fn sequential(layers: &[String]) -> String {
    format!(r#"{{"class_name":"Sequential","config":{{"name":"m","layers":[{}]}}}}"#, layers.join(","))
}

/// A model in the layout of `.h5`, or one of `.weights.h5`.
fn keras_file(sides: &[[u64; 2]], is_legacy: bool, config: Option<String>, random: &mut Random) -> Vec<u8> {
    let (mut groups, mut names) = (Vec::new(), Vec::new());
    for (i, &[inputs, outputs]) in sides.iter().enumerate() {
        let name = if i == 0 { "dense".to_owned() } else { format!("dense_{i}") };
        let kernel = numbers(product(&[inputs, outputs]), random);
        let kernel = if random.once_in(4) {
            Node::Chunk(vec![inputs, outputs], kernel)
        } else {
            Node::Floats(vec![inputs, outputs], kernel)
        };
        let bias = Node::Floats(vec![outputs], numbers(outputs, random));
        let group = if is_legacy {
            let own = Node::Group(vec![("bias:0".into(), bias), ("kernel:0".into(), kernel)], Vec::new());
            let weights = ["kernel:0", "bias:0"].map(|leaf| format!("{name}/{leaf}")).to_vec();
            Node::Group(vec![(name.clone(), own)], vec![("weight_names".into(), weights)])
        } else {
            let vars = Node::Group(vec![("0".into(), kernel), ("1".into(), bias)], Vec::new());
            Node::Group(vec![("vars".into(), vars)], Vec::new())
        };
        names.push(name.clone());
        groups.push((name, group));
    }
    let mut attributes = vec![("keras_version".to_owned(), vec!["2.12.0".to_owned()])];
    attributes.extend(config.map(|config| ("model_config".to_owned(), vec![config])));
    if is_legacy {
        attributes.push(("layer_names".into(), names));
        return hdf5::file(&Node::Group(groups, attributes));
    }
    hdf5::file(&Node::Group(vec![("layers".into(), Node::Group(groups, Vec::new()))], attributes))
}

fn keras(random: &mut Random) -> Vec<u8> {
    let sides = sides(random);
    let words = ["relu", "softmax", "linear", "tanh", "selu", "sine", ""];
    let layers: Vec<String> = (0..sides.len())
        .flat_map(|i| {
            let name = if i == 0 { "dense".to_owned() } else { format!("dense_{i}") };
            let extra = match random.below(12) {
                0 => r#"{"class_name":"Conv2D","config":{"name":"c"}}"#.to_owned(),
                1 => format!(r#"{{"class_name":"Rescaling","config":{{"scale":{}}}}}"#, decimal(random)),
                2 => r#"{"class_name":"BatchNormalization","config":{"name":"b"}}"#.to_owned(),
                3 => sequential(&[dense("inner", "relu")]),
                4 => "[".repeat(random.below(300)),
                _ => r#"{"class_name":"Dropout","config":{"name":"d"}}"#.to_owned(),
            };
            [extra, dense(&name, random.pick(&words))]
        })
        .collect();
    let config = random.once_in(2).then(|| sequential(&layers));
    let is_legacy = random.once_in(2);
    if random.once_in(4) {
        let weights = keras_file(&sides, false, None, random);
        let files = [
            ("config.json".to_owned(), sequential(&layers).into_bytes()),
            ("model.weights.h5".to_owned(), weights),
        ];
        return archives::zip(&files, random.once_in(3));
    }
    keras_file(&sides, is_legacy, config, random)
}

fn keras_examples() -> Vec<Vec<u8>> {
    let mut random = Random::new(1, 0, 0);
    let sides = [[64, 3], [3, 2]];
    let config = || sequential(&[dense("dense", "relu"), dense("dense_1", "softmax")]);
    let weights = keras_file(&sides, false, None, &mut random);
    let files =
        [("config.json".to_owned(), config().into_bytes()), ("model.weights.h5".to_owned(), weights.clone())];
    vec![
        keras_file(&sides, true, Some(config()), &mut random),
        keras_file(&sides, true, None, &mut random),
        weights,
        archives::zip(&files, false),
    ]
}

fn nir_file(sides: &[[u64; 2]], random: &mut Random) -> Vec<u8> {
    let kind = |name: &str| ("type".to_owned(), Node::Texts(Vec::new(), vec![name.to_owned()]));
    let mut nodes = vec![("input".to_owned(), Node::Group(vec![kind("Input")], Vec::new()))];
    let (mut edges, mut before) = (Vec::new(), "input".to_owned());
    for (i, &[inputs, outputs]) in sides.iter().enumerate() {
        let weight = numbers(product(&[inputs, outputs]), random);
        let weight = if random.once_in(3) {
            Node::Chunk(vec![outputs, inputs], weight)
        } else {
            Node::Floats(vec![outputs, inputs], weight)
        };
        let bias = Node::Floats(vec![outputs], numbers(outputs, random));
        let words = ["Affine", "Affine", "Affine", "Linear", "Conv2d", "Scale", "Flatten"];
        let affine =
            vec![("bias".to_owned(), bias), kind(random.pick(&words)), ("weight".to_owned(), weight)];
        let neuron = kind(random.pick(&["LIF", "LIF", "IF", "CubaLIF", "LI", "Threshold"]));
        // In the order of their names, as HDF5 has them.
        let mut parameter = |name: &str| {
            let shape = if random.once_in(8) { Vec::new() } else { vec![outputs] };
            (name.to_owned(), Node::Floats(shape.clone(), numbers(product(&shape), random)))
        };
        let mut neurons: Vec<_> = ["r", "tau", "tau_mem", "tau_syn"].map(&mut parameter).into();
        let voltages = ["v_leak", "v_reset", "v_threshold", "w_in"].map(&mut parameter);
        neurons.push(neuron);
        neurons.extend(voltages);
        if random.once_in(2) {
            neurons.retain(|(name, _)| name != "v_reset");
        }
        for (name, members) in [(format!("a{i}"), affine), (format!("n{i}"), neurons)] {
            nodes.push((name.clone(), Node::Group(members, Vec::new())));
            edges.extend([before, name.clone()]);
            before = name;
        }
    }
    edges.extend([before, "output".to_owned()]);
    if random.once_in(10) {
        edges.extend(["output".to_owned(), "input".to_owned()]);
    }
    nodes.push(("output".to_owned(), Node::Group(vec![kind("Output")], Vec::new())));
    let edges = ("edges".to_owned(), Node::Texts(vec![edges.len() as u64 / 2, 2], edges));
    let node = Node::Group(vec![edges, ("nodes".to_owned(), Node::Group(nodes, Vec::new()))], Vec::new());
    hdf5::file(&Node::Group(vec![("node".to_owned(), node)], Vec::new()))
}

fn nir(random: &mut Random) -> Vec<u8> {
    let sides = sides(random);
    nir_file(&sides, random)
}

fn nir_examples() -> Vec<Vec<u8>> {
    // Seeds whose choices make files that are read.
    (0..40).map(|number| nir_file(&[[64, 3], [3, 2]], &mut Random::new(2, 0, number))).take(6).collect()
}

fn unicode(text: &str) -> Vec<u8> {
    [b"X", &(text.len() as u32).to_le_bytes()[..], text.as_bytes()].concat()
}

fn integer(number: u64) -> Vec<u8> {
    [b"J", &(number as u32).to_le_bytes()[..]].concat()
}

fn tuple(items: &[Vec<u8>]) -> Vec<u8> {
    [b"(", &items.concat()[..], b"t"].concat()
}

/// The pickle of a state dict, and the bytes of its storages.
fn state_dict(sides: &[[u64; 2]], random: &mut Random) -> (Vec<u8>, Vec<Vec<u8>>) {
    let (mut items, mut storages) = (Vec::new(), Vec::new());
    for (i, &[inputs, outputs]) in sides.iter().enumerate() {
        for (leaf, shape) in [("weight", vec![outputs, inputs]), ("bias", vec![outputs])] {
            let key = storages.len().to_string();
            let kind = random.pick(&["Float", "Float", "Float", "Float", "Half", "Double", "Long"]);
            let count = if random.once_in(20) { random.edge() } else { product(&shape) };
            let stored = [
                unicode("storage"),
                format!("ctorch\n{kind}Storage\n").into_bytes(),
                unicode(&key),
                unicode("cpu"),
                integer(count),
            ];
            let mut strides: Vec<u64> = shape.iter().skip(1).copied().chain([1]).collect();
            if random.once_in(12) {
                strides.reverse();
            }
            let list = |numbers: &[u64]| tuple(&numbers.iter().map(|&n| integer(n)).collect::<Vec<_>>());
            let arguments = [
                [tuple(&stored), b"Q".to_vec()].concat(),
                integer(if random.once_in(20) { random.edge() } else { 0 }),
                list(&shape),
                list(&strides),
                b"\x89ccollections\nOrderedDict\n)R".to_vec(),
            ];
            items.extend(unicode(&format!("fc{i}.{leaf}")));
            items.extend(b"ctorch._utils\n_rebuild_tensor_v2\n");
            items.extend(tuple(&arguments));
            items.push(b'R');
            storages.push(numbers(product(&shape), random).iter().flat_map(|x| x.to_le_bytes()).collect());
        }
    }
    let extra: &[u8] = match random.below(20) {
        0 => b"X\x01\0\0\0aN",
        1 => b"X\x01\0\0\0acposix\nsystem\n(X\x04\0\0\0exittR",
        2 => b"X\x01\0\0\0a]q\x00h\x00a",
        _ => b"",
    };
    let pickle = [b"\x80\x02ccollections\nOrderedDict\n)R(", &items[..], extra, b"u."].concat();
    (pickle, storages)
}

fn torch_zip(sides: &[[u64; 2]], random: &mut Random) -> Vec<u8> {
    let (pickle, storages) = state_dict(sides, random);
    let mut files = vec![("m/data.pkl".to_owned(), pickle), ("m/byteorder".to_owned(), b"little".to_vec())];
    files.extend(storages.into_iter().enumerate().map(|(i, bytes)| (format!("m/data/{i}"), bytes)));
    archives::zip(&files, random.once_in(6))
}

fn torch_stream(sides: &[[u64; 2]], random: &mut Random) -> Vec<u8> {
    let (pickle, storages) = state_dict(sides, random);
    let mut bytes = b"\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19.\x80\x02M\xe9\x03.\x80\x02}(".to_vec();
    bytes.extend([unicode("little_endian"), b"\x88u.".to_vec(), pickle].concat());
    let keys: Vec<Vec<u8>> = (0..storages.len()).map(|i| unicode(&i.to_string())).collect();
    bytes.extend([b"\x80\x02](", &keys.concat()[..], b"e."].concat());
    for storage in storages {
        bytes.extend((storage.len() as u64 / 4).to_le_bytes());
        bytes.extend(storage);
    }
    bytes
}

fn torch(random: &mut Random) -> Vec<u8> {
    let sides = sides(random);
    if random.once_in(2) { torch_zip(&sides, random) } else { torch_stream(&sides, random) }
}

fn torch_examples() -> Vec<Vec<u8>> {
    let sides = [[64, 3], [3, 2]];
    let all = (0..4).map(|number| Random::new(3, 0, number));
    all.flat_map(|mut random| [torch_zip(&sides, &mut random), torch_stream(&sides, &mut random)]).collect()
}

/// Damage of an archive itself is mostly found by its checksums.
fn repair_torch(bytes: &mut Vec<u8>, random: &mut Random) {
    static EXAMPLES: std::sync::LazyLock<Vec<Vec<u8>>> = std::sync::LazyLock::new(torch_examples);
    if bytes.starts_with(b"PK") {
        archives::damage_an_example(bytes, &EXAMPLES, random);
    }
}

fn varint(mut number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number > 0x7f {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}

fn field(number: u64, content: &[u8]) -> Vec<u8> {
    [varint(number << 3 | 2), varint(content.len() as u64), content.to_vec()].concat()
}

fn whole(number: u64, value: u64) -> Vec<u8> {
    [varint(number << 3), varint(value)].concat()
}

fn tensor(name: &str, shape: &[u64], random: &mut Random) -> Vec<u8> {
    let floats = numbers(product(shape), random);
    let raw: Vec<u8> = floats.iter().flat_map(|x| x.to_le_bytes()).collect();
    let kind = if random.once_in(15) { random.below(18) as u64 } else { 1 };
    let dims = shape.iter().flat_map(|&side| whole(1, side)).collect();
    let place = if random.once_in(3) { 4 } else { 9 };
    [dims, whole(2, kind), field(8, name.as_bytes()), field(place, &raw)].concat()
}

fn onnx_file(sides: &[[u64; 2]], random: &mut Random) -> Vec<u8> {
    let (mut graph, mut value) = (Vec::new(), "x".to_owned());
    let node = |op: &str, inputs: &[&str], output: &str, attributes: &[u8]| {
        let inputs: Vec<u8> = inputs.iter().flat_map(|input| field(1, input.as_bytes())).collect();
        field(
            1,
            &[inputs, field(2, output.as_bytes()), field(4, op.as_bytes()), attributes.to_vec()].concat(),
        )
    };
    for (i, &[inputs, outputs]) in sides.iter().enumerate() {
        let (w, b, out, act) = (format!("w{i}"), format!("b{i}"), format!("h{i}"), format!("a{i}"));
        let transposed = random.once_in(2);
        let shape = if transposed { [outputs, inputs] } else { [inputs, outputs] };
        graph.extend(field(5, &tensor(&w, &shape, random)));
        graph.extend(field(5, &tensor(&b, &[outputs], random)));
        let attribute = [field(1, b"transB"), whole(3, transposed.into()), whole(20, 2)].concat();
        graph.extend(node("Gemm", &[&value, &w, &b], &out, &field(5, &attribute)));
        let op =
            random.pick(&["Relu", "Relu", "Relu", "Softmax", "Flatten", "Add", "Conv", "Clip", "Transpose"]);
        graph.extend(node(op, &[&out, if random.once_in(9) { &b } else { "" }], &act, &[]));
        value = act;
    }
    graph.extend(field(11, &field(1, b"x")));
    if random.once_in(20) {
        for _ in 0..random.below(60) {
            graph = field(1, &field(5, &field(6, &graph)));
        }
    }
    [whole(1, 8), field(2, b"fuzz"), field(7, &graph)].concat()
}

fn onnx(random: &mut Random) -> Vec<u8> {
    let sides = sides(random);
    onnx_file(&sides, random)
}

fn onnx_examples() -> Vec<Vec<u8>> {
    (0..8).map(|number| onnx_file(&[[64, 3], [3, 2]], &mut Random::new(4, 0, number))).collect()
}

fn tfjs_file(sides: &[[u64; 2]], random: &mut Random) -> Vec<u8> {
    let (mut layers, mut weights, mut data) = (Vec::new(), Vec::new(), Vec::new());
    for (i, &[inputs, outputs]) in sides.iter().enumerate() {
        layers.push(dense(&format!("d{i}"), random.pick(&["relu", "relu", "softmax", "swish"])));
        for (leaf, shape) in [("kernel", vec![inputs, outputs]), ("bias", vec![outputs])] {
            let side = if random.once_in(15) { decimal(random) } else { format!("{shape:?}") };
            let shape_text = if side.starts_with('[') { side } else { format!("[{side}]") };
            let quantization = match random.below(10) {
                0 => r#","quantization":{"dtype":"float16"}"#.to_owned(),
                1 => format!(r#","quantization":{{"dtype":"uint8","scale":{},"min":-1}}"#, decimal(random)),
                _ => String::new(),
            };
            weights.push(format!(
                r#"{{"name":"d{i}/{leaf}","shape":{shape_text},"dtype":"float32"{quantization}}}"#
            ));
            data.extend(numbers(product(&shape), random).iter().flat_map(|x| x.to_le_bytes()));
        }
    }
    let paths = if random.once_in(20) { r#""w.bin","w.bin""# } else { r#""w.bin""# };
    let json = format!(
        r#"{{"modelTopology":{},"weightsManifest":[{{"paths":[{paths}],"weights":[{}]}}]}}"#,
        sequential(&layers),
        weights.join(",")
    );
    [json.as_bytes(), b"\0", &data].concat()
}

fn tfjs(random: &mut Random) -> Vec<u8> {
    let sides = sides(random);
    tfjs_file(&sides, random)
}

fn tfjs_examples() -> Vec<Vec<u8>> {
    (0..4).map(|number| tfjs_file(&[[64, 3], [3, 2]], &mut Random::new(5, 0, number))).collect()
}
