// Stands in for pkg/formats.js in a page. A file is JSON: the sizes of the layers, or an error.

/** @typedef {{ sizes: number[], error?: string, warnings?: string[], scalings?: number[] | null,
 *   unstated?: boolean, neurons?: object }} Given `unstated`: does the file tell no activation? */

export default async function init() {}

/**
 * @param {readonly { name: string, bytes: Uint8Array }[]} files
 * @param {{ scaling?: string, activation?: string }} choices
 */
export function openNetwork(files, choices) {
  const { name, bytes } = files.find((file) => file.name.endsWith('.json')) ?? files[0];
  /** @type {Given} */
  const {
    sizes,
    error,
    warnings = [],
    scalings = [0.97, 0.11],
    unstated,
    neurons,
  } = JSON.parse(new TextDecoder().decode(bytes));
  if (error) throw new Error(`${name}: ${error}`);
  const scaling = choices.scaling ?? '0..1';
  if (!['0..1', '0..255'].includes(scaling)) throw new Error(`${name}: there is no input scaling '${scaling}'`);
  const { activation = 'relu' } = choices;
  const layers = sizes.slice(1).map((outputs, i) => ({
    name: `dense_${i + 1}`,
    inputs: sizes[i],
    outputs,
    activation: i + 2 === sizes.length ? 'softmax' : activation,
    bias: true,
  }));
  const side = Math.sqrt(sizes[0]);
  return {
    safetensors: safetensorsOf(sizes, scaling === '0..1' ? 1 : 1 / 255),
    report: {
      format: 'Keras HDF5',
      writer: 'Keras 2.15.0',
      input: {
        shape: [side, side],
        scaling,
        accuracy: scalings && 0.97,
        candidates: ['0..1', '0..255'].map((each, i) => ({ scaling: each, accuracy: scalings?.[i] ?? 0 })),
      },
      layers,
      ...(unstated && { hidden_activation: { activation, usual: ['relu', 'tanh'] } }),
      ...(neurons && { neurons }),
      assumptions: [`The input scaling is ${scaling}.`, 'Dropout is left out.', ...warnings],
    },
  };
}

/**
 * A network that reads a picture by the rows that have most ink, in the simulator's format.
 * @param {readonly number[]} sizes
 * @param {number} scale of the weights of the first layer
 */
function safetensorsOf(sizes, scale) {
  const names = sizes.slice(1).map((_, layer) => `dense_${layer + 1}`);
  const about = {
    format: 'spikepad-network/1',
    layers: names,
    activations: Object.fromEntries(['max', 'percentile99', 'percentile99.9'].map((key) => [key, names.map(() => 1)])),
    provenance: {},
  };
  /** @type {Record<string, unknown>} */
  const header = { __metadata__: { spikepad: JSON.stringify(about) } };
  /** @type {Float32Array[]} */
  const tensors = [];
  let end = 0;
  for (const [layer, name] of names.entries()) {
    const [inputs, outputs] = [sizes[layer], sizes[layer + 1]];
    const weights = Float32Array.from({ length: inputs * outputs }, (_, i) => {
      const [from, to] = [Math.floor(i / outputs), i % outputs];
      const own = Math.floor((from * outputs) / inputs) === to || Math.floor((to * inputs) / outputs) === from;
      return (layer === 0 ? scale : 1) * (own ? 0.2 : -0.01);
    });
    header[`${name}.weight`] = {
      dtype: 'F32',
      shape: [inputs, outputs],
      data_offsets: [end, end + weights.byteLength],
    };
    end += weights.byteLength;
    tensors.push(weights);
  }
  const text = JSON.stringify(header);
  const json = new TextEncoder().encode(text.padEnd(8 * Math.ceil(text.length / 8)));
  const bytes = new Uint8Array(8 + json.length + end);
  new DataView(bytes.buffer).setUint32(0, json.length, true);
  bytes.set(json, 8);
  let at = 8 + json.length;
  for (const tensor of tensors) {
    bytes.set(new Uint8Array(tensor.buffer), at);
    at += tensor.byteLength;
  }
  return bytes;
}
