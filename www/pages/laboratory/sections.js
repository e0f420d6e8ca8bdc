// The sections of the laboratory, for one network.

/** @import { Sample } from '../../pad/samples.js' */
/** @import { Images } from '../../simulator/worker-types.js' */
/** @import { MeasuringBar } from './measuring-bar.js' */
/** @import { Measurements } from './context.js' */
/** @import { Plan, Simulator } from './types.js' */

import { createMeasurements } from '../../measuring/measurements.js';
import { fitImages } from '../../simulator/fitting.js';
import { find } from '../../ui/dom.js';
import { messageOf } from '../../ui/errors.js';
import { yieldToMain } from '../../ui/yield-to-main.js';
import { readAddress, writeAddress } from './address.js';
import { createAdvice } from './advice.js';
import { createChangeList } from './change-list.js';
import { costsOf } from './costs.js';
import { whyNotMeasurable } from './network-choice.js';
import { createNeuron } from './neuron.js';
import { createPair, PEN_WIDTH } from './pair.js';
import { createPairPad } from './pair-pad.js';
import { groupsOf, keyOf } from './plan.js';
import { inRepresentativeOrder } from './sample-order.js';
import { createScripts } from './scripts.js';
import { createSweep } from './sweep.js';
import { createTable } from './table.js';
import { createWalkthrough } from './walkthrough.js';

/**
 * Images per chunk. It must not depend on the number of workers: a dialect that keeps its state from image to image resets
 * it at the start of each chunk.
 */
const CHUNK = 100;

/** Numbers of images. */
const STAGES = [200, 1000, 10_000];

/** The choices of the sections, unless the address has others. */
const DEFAULTS = { sweep: 'snntorch', pair: 'snntorch,bindsnet', changes: '', neuron: 'snntorch,bindsnet' };

/**
 * @param {HTMLElement} root holds the markup of all sections
 * @param {object} options
 * @param {Simulator} options.simulator its model is the network, as are the weights of its parts
 * @param {() => Worker} options.startWorker see worker.js
 * @param {() => Promise<Images>} options.loadImages
 * @param {() => Promise<Sample[]>} options.loadSamples
 * @param {URL} options.digits labelled digits for the doctor
 * @param {MeasuringBar} options.bar
 * @param {{ show: (sentence: string) => void, hide: () => void }} options.trouble
 * @param {() => void} options.onChange there is something new to draw
 * @param {() => void} options.onDestroy
 */
export function createSections(root, { simulator, startWorker, bar, trouble, onChange, onDestroy, ...options }) {
  const { api, model, parts } = simulator;
  const sizes = [...model.layerSizes()];
  const workers = navigator.hardwareConcurrency || 2;
  const address = { ...DEFAULTS, ...readAddress() };
  /** Those that were made, to be destroyed. @type {{ destroy: () => void }[]} */
  let components = [];
  let destroyed = false;
  let draw = (/** @type {boolean} */ _resized) => {};
  /** Called while nothing is measured: before and after it. */
  let [pause, resume] = [() => {}, () => {}];
  /** How many pieces of work measure. */
  let running = 0;
  /** @type {Promise<Images> | null} */
  let sample = null;

  /** The test images in the order in which they are measured. */
  function loadImages() {
    sample ??= options.loadImages().then(inRepresentativeOrder);
    sample.catch(() => {
      sample = null;
    });
    return sample;
  }

  /** @param {() => Promise<unknown>} work */
  async function run(work) {
    trouble.hide();
    running += 1;
    pause();
    try {
      await work();
    } catch (error) {
      trouble.show(messageOf(error));
    }
    running -= 1;
    if (running === 0) resume();
    onChange();
  }

  /**
   * Adds a component to those that are destroyed.
   * @template {{ destroy: () => void }} T
   * @param {T} component
   */
  function add(component) {
    components.push(component);
    return component;
  }

  async function make() {
    await yieldToMain();
    if (destroyed) return;
    const problem = whyNotMeasurable(sizes);
    if (problem) throw new Error(problem);
    const dialects = api.dialects();
    const spiking = dialects.filter(({ readouts }) => readouts.length > 0);
    const groupOf = groupsOf(api);
    /** @type {Measurements} */
    const measurements = createMeasurements({
      parts,
      startWorker,
      workers,
      loadImages,
      keyOf,
      nameOf: ({ dialect }) => dialect,
      groupOf,
      division: { chunk: CHUNK, firstOf: (chunk) => chunk * CHUNK },
      stages: STAGES,
      costOf: costsOf(dialects, sizes, groupOf),
      onChange,
      onTrouble: (sentence) => trouble.show(sentence),
    });
    add({ destroy: measurements.stop });
    const advice = add(createAdvice({ parts, digits: options.digits, onChange }));
    const { images } = bar;
    const scripts = add(
      createScripts(root, {
        simulator,
        loadImages,
        measurements,
        images,
        onTrouble: (sentence) => trouble.show(sentence),
      }),
    );
    const laboratory = { dialects, sizes, measurements, advice, scripts, images, run };
    const section = (/** @type {string} */ id) => find(root, `#${id}`, HTMLElement);

    await yieldToMain();
    if (destroyed) return;
    const table = add(createTable(section('table'), laboratory));
    const chooseSweep = (/** @type {string} */ dialect) => {
      writeAddress({ sweep: dialect });
      onChange();
    };
    const sweep = add(createSweep(section('sweep'), laboratory, address.sweep, chooseSweep));

    await yieldToMain();
    if (destroyed) return;
    const network = {
      weights: sizes.slice(1).map((_, layer) => model.weights(layer)),
      biases: biasesOf(model),
      async loadImages() {
        const { ink, ...rest } = await loadImages();
        return { ...rest, ink: /** @type {Uint8Array<ArrayBuffer>} */ (fitImages(api, ink, sizes[0])) };
      },
    };
    const walkthrough = add(createWalkthrough(section('walkthrough'), laboratory, network));
    const chooseChanges = (/** @type {readonly string[]} */ ids) => writeAddress({ changes: ids.join(',') });
    const chosen = address.changes.split(',');
    const changes = add(createChangeList(section('changes'), laboratory, chosen, chooseChanges));
    const pair = add(
      createPair(section('pair'), {
        simulator,
        scripts,
        dialects: spiking,
        chosen: address.pair.split(','),
        onChoose: (names) => writeAddress({ pair: names.join(',') }),
        onChange,
      }),
    );
    add(
      createPairPad(section('pair-pad'), {
        penWidth: PEN_WIDTH,
        loadSamples: options.loadSamples,
        onDraw: pair.show,
      }),
    );
    const neuron = add(
      createNeuron(section('neuron'), {
        simulator,
        dialects: spiking,
        chosen: address.neuron.split(','),
        onChoose: (names) => writeAddress({ neuron: names.join(',') }),
        onChange,
      }),
    );
    pause = advice.stop;
    resume = () => {
      if (measurements.outcome === 'finished') advice.ask(table.measured());
    };
    const measured = [table, sweep, walkthrough];
    bar.serve({
      stop: measurements.stop,
      runEverything: () =>
        run(async () => {
          for (const { measure } of measured) if ((await measure(images())) === false) return;
        }),
    });
    add({ destroy: () => bar.serve(null) });

    draw = (resized) => {
      // First the components that read their size, before a change to the page makes the layout invalid.
      pair.draw(resized);
      neuron.draw(resized);
      sweep.draw(resized);
      bar.show(measurements, workers, distinct(measured.flatMap(({ plans }) => plans())));
      table.draw();
      walkthrough.draw();
      changes.draw();
    };
  }

  return {
    /** Resolves when the sections are made. @type {Promise<void>} */
    ready: make(),

    /** @param {boolean} resized may the size or the colours of the page have changed? */
    draw: (resized) => draw(resized),

    destroy() {
      destroyed = true;
      draw = () => {};
      for (const component of components.reverse()) component.destroy();
      components = [];
      onDestroy();
    },
  };
}

/** Each plan once. @param {readonly Plan[]} plans */
function distinct(plans) {
  return [...new Map(plans.map((plan) => [keyOf(plan), plan])).values()];
}

/**
 * The biases of each layer, [outputs], as they were trained; empty for a layer without.
 * @param {Simulator['model']} model
 */
function biasesOf(model) {
  // Currents are biases times the gains of the conversion: with these settings, 1 in every layer.
  const settings = {
    ...model.defaults(),
    normalisation: /** @type {const} */ ('none'),
    maxRate: 1000,
    dt: 1,
    threshold: 1,
  };
  const layers = [...model.layerSizes()].length - 1;
  return Array.from({ length: layers }, (_, layer) => model.constantCurrents(layer, settings));
}
